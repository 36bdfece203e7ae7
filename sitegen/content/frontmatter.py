"""The two halves of a content file: metadata between fences that are exactly `---`, and the body below."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from sitegen.content.nearest import did_you_mean
from sitegen.content.node import Mapping, Node, Scalar
from sitegen.content.nodes import nodes
from sitegen.content.reading import ANYWHERE
from sitegen.model.problem import Problem

SIZE_LIMIT = 4 * 1024 * 1024
"""Bytes of one content file."""


class Halves(NamedTuple):
    """The metadata, the body, and the body's first line in the file (from 1)."""

    front: Mapping
    body: str
    body_line: int
    problems: list[Problem]


def decode(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """The text of a content file: UTF-8, with or without BOM, any line ends."""
    if len(data) > SIZE_LIMIT:
        hint = f"a content file may have {SIZE_LIMIT // 1024**2} MiB; split it"
        return "", [Problem(path, 0, "too-large", f"the file has {len(data):,} bytes", hint)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        return "", [Problem(path, line, "invalid-utf8", message, "save the file as UTF-8")]
    return (text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text), []


def halves(data: bytes, path: str) -> Halves:
    """Splits a content file. Where it cannot be split, the metadata is empty and a problem says why."""
    text, problems = decode(data, path)
    empty = Mapping([], path, 1, False)
    if problems:
        return Halves(empty, "", 1, problems)
    if not text.startswith("---\n"):
        hint = "begin the file with a line `---`, the metadata, and another line `---`"
        return Halves(empty, text, 1, [Problem(path, 1, "no-front-matter", "the metadata is missing", hint)])
    end = 3 if text.startswith("---\n---\n") or text == "---\n---" else text.find("\n---\n", 3)
    if end < 0 and text.endswith("\n---"):
        end = len(text) - 4
    if end < 0:
        hint = "end the metadata with a line that is exactly `---`"
        return Halves(empty, "", 1, [Problem(path, 1, "no-front-matter", "the metadata does not end", hint)])
    front, found = nodes(text[4 : end + 1], path, 2)
    return Halves(front, text[end + 5 :], text.count("\n", 0, end + 5) + 1, found)


def line_of(data: bytes, path: str, words: str) -> int:
    """The line on which a content file says some words: as a value of its metadata, else anywhere; 0 where it does not."""
    found = next((one.line for one in _scalars(halves(data, path).front) if one.text.strip("/") == words), 0)
    text = decode(data, path)[0]
    at = -1 if found else text.find(words)
    return text.count("\n", 0, at) + 1 if at >= 0 else found


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
        return
    for one in node.items:
        yield from _scalars(one[1] if isinstance(one, tuple) else one)


def merged(front: Mapping, notes: Mapping, allowed: Collection[str], elsewhere: Collection[str]) -> tuple[Mapping, list[Problem]]:
    """Front matter and apparatus as one mapping. A key in both is a problem, and so is one that the apparatus may not have."""
    lines = {key.text: key.line for key, _ in front.items}
    problems: list[Problem] = []
    items = list(front.items)
    for key, value in notes.items:
        if key.text not in allowed and key.text not in ANYWHERE:
            hint = did_you_mean(key.text, allowed, f"here stand {', '.join(sorted(allowed))}")
            if key.text in elsewhere:
                hint = f"`{key.text}` belongs into the front matter of {front.path}"
            problems.append(Problem(key.path, key.line, "unknown-key", f"unknown key {key.text!r}", hint))
        elif key.text in lines and key.text not in ANYWHERE:
            hint = f"it stands on line {lines[key.text]} of {front.path}; keep one of the two"
            problems.append(Problem(key.path, key.line, "key-in-both", f"{key.text!r} stands in the front matter too", hint))
        else:
            items.append((key, value))
    return Mapping(items, front.path, front.line, front.flow), problems
