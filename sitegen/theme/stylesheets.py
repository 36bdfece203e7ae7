"""The addresses of a theme's assets, which carry the digest of their bytes; and the stylesheets that name others of them.

What a stylesheet says is not read further than its comments, texts, `url(…)` and `@import`: a pattern of these four is all that it takes,
and leaves every other byte as it is, where a parser of CSS would have to write the sheet anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from posixpath import dirname, join, normpath, relpath
from typing import NamedTuple
from urllib.parse import quote, unquote

from sitegen.content.nearest import did_you_mean
from sitegen.model.digest import digest_of
from sitegen.model.problem import Problem

FOLDER = "assets"
_COMMENT = r"/\*.*?(?:\*/|\Z)"
_TEXT = r""""(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'"""
_TOKEN = re.compile(
    rf"""{_COMMENT}
    | (?<![\w-])url\(\s*+(?P<url>{_TEXT}|[^\s"'()]++)(?=\s*+\))
    | @import(?:\s|{_COMMENT})*+(?P<sheet>{_TEXT})
    | {_TEXT}""",
    re.X | re.S | re.I,
)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/|[?#]|$", re.I)
"""How a reference begins that leads to no asset: with a scheme (`data:` is one) or a slash; and one that has no path."""


class Asset(NamedTuple):
    """A file of a theme as it is published."""

    address: str
    data: bytes


class Reference(NamedTuple):
    """A stylesheet's naming of an asset. `start`, `end`: where in its text; `tail`: the query and fragment, which stay."""

    start: int
    end: int
    line: int
    asset: str
    tail: str


def published(assets: Mapping[str, tuple[str, bytes]]) -> tuple[dict[str, Asset], list[Problem]]:
    """Assets (name -> the file for messages, and its bytes) as they are published. A stylesheet is given its digest after those that it
    names, so that it has another address as soon as one of them has. Where there are problems, stylesheets are left as they are."""
    texts = {name: _text(data) for name, (_, data) in sorted(assets.items()) if name.lower().endswith(".css")}
    references = {name: _references(name, text) for name, text in texts.items()}
    hint = "put it into `assets/` of the theme"
    problems = [
        Problem(assets[name][0], one.line, "missing-asset", f"there is no asset {one.asset!r}", did_you_mean(one.asset, assets, hint))
        for name, found in references.items()
        for one in found
        if one.asset not in assets
    ]
    named = {name: [one.asset for one in found] for name, found in references.items()}
    order: list[str] = []
    try:
        order = [name for name in TopologicalSorter(named).static_order() if name in texts]
    except CycleError as error:
        first, *others = reversed(error.args[1])  # each names the next, and the last is the first
        line = next(one.line for one in references[first] if one.asset == others[0])
        message = f"the stylesheet names itself: {' → '.join((first, *others))}"
        problems.append(Problem(assets[first][0], line, "stylesheet-circle", message, "let one of them do without the other"))
    out = {name: Asset(_address(name, data), data) for name, (_, data) in assets.items()}
    for name in order if not problems else ():
        data = _replaced(name, texts[name], references[name], out).encode("utf-8", "surrogateescape")
        out[name] = Asset(_address(name, data), data)
    return out, problems


def _text(data: bytes) -> str:
    """As text that has every byte, whatever the encoding."""
    return data.decode("utf-8", "surrogateescape")


@lru_cache(maxsize=64)
def _references(name: str, text: str) -> tuple[Reference, ...]:
    """What the stylesheet `name` names. What leads out of the theme's assets is the affair of who wrote it."""
    return tuple(_read(name, text))


def _read(name: str, text: str) -> Iterator[Reference]:
    for found in _TOKEN.finditer(text):
        group = "url" if found["url"] is not None else "sheet"
        written = found[group]
        if written is None:
            continue
        start, end = found.span(group)
        if written[0] in "\"'":
            written, start, end = written[1:-1], start + 1, end - 1
        path = re.split(r"[?#]", written, maxsplit=1)[0]
        asset = normpath(join(dirname(name), unquote(path)))
        if not _ELSEWHERE.match(written) and not f"{asset}/".startswith("../"):
            yield Reference(start, end, text.count("\n", 0, start) + 1, asset, written[len(path) :])


def _replaced(name: str, text: str, references: Iterable[Reference], out: Mapping[str, Asset]) -> str:
    """The stylesheet with the addresses of what it names, seen from its own."""
    parts, at = [], 0
    for one in references:
        address = relpath(out[one.asset].address, join(FOLDER, dirname(name)))
        parts += [text[at : one.start], quote(address), one.tail]
        at = one.end
    return "".join([*parts, text[at:]])


def _address(name: str, data: bytes) -> str:
    """`style.css` -> `assets/style.0123456789ab.css`."""
    stem, dot, ending = name.rpartition(".")
    return f"{FOLDER}/{stem if dot else name}.{digest_of(data).hex()[:12]}{dot}{ending if dot else ''}"
