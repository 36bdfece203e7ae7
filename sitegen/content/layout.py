r"""Lays out the metadata of a file as this archive's files have it: keys in the order of the table, one space after a colon, no blanks at
line ends, at most one empty line. Comments go with their keys; what a value says and how it is quoted, and every sign below the metadata,
stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from sitegen.content.front import end_of, line_end
from sitegen.content.node import Mapping, Node, Scalar
from sitegen.content.node import Sequence as Listed
from sitegen.content.nodes import nodes_in_full
from sitegen.model.problem import Problem


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


def laid_out(text: str, path: str, order: Sequence[str], first_line: int = 1) -> tuple[str, list[Problem]]:
    r"""The metadata `text`, which is YAML and begins on a line of its file, with the keys of its first level in an order; as it is where it
    cannot be read.

    >>> laid_out("kind:  city # one\n# of old\nname: A\naliases: [ B,C ]  \n", "a.md", ("name", "aliases", "kind"))
    ('# of old\nname: A\naliases: [B, C]\nkind: city # one\n', [])
    """
    _, problems = nodes_in_full(text, path, first_line)
    if problems:
        return text, problems
    if not text.endswith("\n"):
        text += line_end(text)

    def ordered(text: str, root: Mapping) -> str:
        return _ordered(text, root, order)

    for step in (_spaced, ordered, _trimmed):
        text = step(text, nodes_in_full(text, path, 1, 0)[0])
    return text, []


def _spaced(text: str, root: Mapping) -> str:
    """With one space after a colon, and none within brackets."""
    for edit in sorted(_edits(text, root), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _edits(text: str, node: Node) -> Iterator[_Edit]:
    if isinstance(node, Scalar):
        return
    start, end = node.span
    if text[start : start + 1] in ("[", "{") and end > start:
        if "\n" not in text[start:end] and _is_full(node):
            yield _Edit(start, end, _flow(text, node))
        return
    if isinstance(node, Listed):
        for one in node.items:
            yield from _edits(text, one)
        return
    for key, value in node.items:
        between = re.compile(r"[ \t]*:[ \t]+").fullmatch(text, key.span[1], value.span[0])
        if between and value.span[0] < value.span[1]:
            yield _Edit(key.span[1], value.span[0], ": ")
        yield from _edits(text, value)


def _is_full(node: Node) -> bool:
    """Whether nothing in a node is left empty: `{a: }` has no sign that could be moved."""
    if isinstance(node, Scalar):
        return node.span[0] < node.span[1]
    items = [part for one in node.items for part in (one if isinstance(one, tuple) else (one,))]
    return all(_is_full(one) for one in items)


def _flow(text: str, node: Node) -> str:
    """A node in brackets, each of its scalars as it is written."""
    if isinstance(node, Scalar):
        return text[node.span[0] : node.span[1]]
    if isinstance(node, Listed):
        return f"[{', '.join(_flow(text, one) for one in node.items)}]"
    return f"{{{', '.join(f'{_flow(text, key)}: {_flow(text, value)}' for key, value in node.items)}}}"


def _ordered(text: str, root: Mapping, order: Sequence[str]) -> str:
    """With the keys in their order, those that are not in it behind the others as they stand."""
    if not root.items:
        return text
    begins = [_begin(text, key.span[0], end_of(before[1]) if before else 0) for key, before in _with_before(root)]
    key, value = root.items[-1]
    last = _line_end(text, max(key.span[1], end_of(value)) - 1)
    stops = [*begins[1:], last]
    place = {key: number for number, key in enumerate(order)}
    pieces = [(place.get(key.text, len(place)), text[start:stop]) for (key, _), start, stop in zip(root.items, begins, stops, strict=True)]
    if [rank for rank, _ in pieces] == sorted(rank for rank, _ in pieces):
        return text
    return text[: begins[0]] + "".join(piece for _, piece in sorted(pieces, key=itemgetter(0))) + text[last:]


def _with_before(root: Mapping) -> Iterator[tuple[Scalar, tuple[Scalar, Node] | None]]:
    before = None
    for one in root.items:
        yield one[0], before
        before = one


def _begin(text: str, at: int, after: int) -> int:
    """Where the lines of a key begin: with the comments directly above it, as far as they lie behind the value before."""
    start = text.rfind("\n", 0, at) + 1
    floor = _line_end(text, after - 1) if after else 0
    while start > floor:
        above = text.rfind("\n", 0, start - 1) + 1
        if above < floor or not text[above:start].startswith("#"):
            break
        start = above
    return start


def _line_end(text: str, at: int) -> int:
    """Where the line ends that holds a place, its line end included."""
    found = text.find("\n", max(at, 0))
    return len(text) if found < 0 else found + 1


def _trimmed(text: str, root: Mapping) -> str:
    """Without blanks at line ends, and with at most one empty line, but in values that take several lines."""
    kept = sorted(_several_lines(text, root))
    out: list[str] = []
    at = 0
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        start, at = at, at + len(line)
        if any(one < at and start < end for one, end in kept):
            out.append(line)
            continue
        end = "\r\n" if line.endswith("\r\n") else "\n" if line.endswith("\n") else ""
        trimmed = line.rstrip(" \t\r\n") + end
        if trimmed.strip() or (out and out[-1].strip()):
            out.append(trimmed)
    while out and not out[-1].strip() and not any(end > len(text) - len(out[-1]) for _, end in kept):
        out.pop()
    return "".join(out)


def _several_lines(text: str, node: Node) -> Iterator[tuple[int, int]]:
    if isinstance(node, Scalar):
        if "\n" in text[node.span[0] : node.span[1]]:
            yield node.span
        return
    for one in node.items:
        yield from _several_lines(text, one[1] if isinstance(one, tuple) else one)
