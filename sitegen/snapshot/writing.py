"""Puts snapshots into a content file, by spans: comments and all else stay (`content.amending`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sitegen.content.amending import Add, Address, Step, amended
from sitegen.content.cutting import root_of, said
from sitegen.content.node import Mapping as Keys
from sitegen.content.node import Node, Scalar
from sitegen.content.node import Sequence as Listed
from sitegen.content.threeway import Said
from sitegen.model.base import Record
from sitegen.model.problem import Fault
from sitegen.model.records import Archived

_OTHERS = ("extra", "archived")
"""Keys below which no address is that of a source: what is not checked, and the snapshots themselves."""


def with_snapshots(path: str, text: str, table: type[Record], found: Mapping[str, Archived]) -> str:
    """A file in which each of some addresses has one snapshot more, wherever it is cited; `table` is that of its metadata. What is there
    already is not added again. Raises Fault where the file cannot be read, or the snapshot not be written in its place."""
    root = root_of(path, text)
    if root is None:
        raise Fault(f"{path} cannot be read; correct it first")
    steps: list[Step] = []
    for at, url, there in _addresses(root, ()):
        new = found.get(url)
        if new is not None and all((one.get("url"), one.get("record")) != (new.url, new.record) for one in there):
            steps.append(Add((*at, "archived"), _written(new)))
    return amended(path, text, table, steps) if steps else text


def _written(one: Archived) -> Said:
    values = (("url", one.url), ("warc", one.warc), ("record", one.record), ("date", one.date), ("sha256", one.sha256))
    return {key: value for key, value in values if value}


def _addresses(node: Node, at: Address) -> Iterator[tuple[Address, str, Sequence[Mapping[str, Said]]]]:
    """Every address of a source in a file: where the keys stand that it is among, the address, and what its snapshots say."""
    if isinstance(node, Keys):
        pairs = {key.text: value for key, value in node.items}
        url = pairs.get("url")
        if isinstance(url, Scalar) and not url.is_null:
            there = said(pairs["archived"]) if "archived" in pairs else []
            yield at, url.text, [one for one in there if isinstance(one, dict)] if isinstance(there, list) else []
        for key, value in pairs.items():
            if key not in _OTHERS:
                yield from _addresses(value, (*at, key))
    elif isinstance(node, Listed):
        for number, one in enumerate(node.items):
            yield from _addresses(one, (*at, number))
