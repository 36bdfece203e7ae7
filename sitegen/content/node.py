"""What is written in YAML, as a tree in which every scalar is still text and every node knows its line."""

from __future__ import annotations

import msgspec

DEPTH_LIMIT = 12
"""Levels of nesting; the formats need six."""
NULLS = ("", "~", "null")
"""What means null where it is written without quotes."""


class Scalar(msgspec.Struct):
    text: str
    path: str
    line: int
    plain: bool
    """Written without quotes, so that `null` and nothing at all mean null."""
    comment: bool = False
    """A comment follows on its line."""
    span: tuple[int, int] = (0, 0)
    """Where it stands in its file, quotes and all; known only where a file is read to be edited."""

    @property
    def is_null(self) -> bool:
        return self.plain and self.text in NULLS


class Sequence(msgspec.Struct):
    items: list[Node]
    path: str
    line: int
    flow: bool = False
    span: tuple[int, int] = (0, 0)


class Mapping(msgspec.Struct):
    items: list[tuple[Scalar, Node]]
    path: str
    line: int
    flow: bool
    span: tuple[int, int] = (0, 0)


Node = Scalar | Sequence | Mapping


def line_of(node: Node, *keys: str) -> int:
    """The line on which the last of some keys stands, each within the one before; of the last that there is; 0 where there is none."""
    line = 0
    for key in keys:
        found = next((one for one in node.items if one[0].text == key), None) if isinstance(node, Mapping) else None
        if found is None:
            break
        line, node = found[0].line, found[1]
    return line
