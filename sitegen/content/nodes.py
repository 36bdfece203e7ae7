"""YAML as a tree in which every scalar is still text and every node knows its line.

Nothing is guessed: `no`, `12:30`, `0123` stay what they are until our own schema types them. Duplicate keys, anchors,
aliases, tags, second documents and deep nesting are problems.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import yaml

from sitegen.model.problem import Problem

DEPTH_LIMIT = 12
"""Levels of nesting; the formats need six."""


class Scalar(msgspec.Struct):
    text: str
    path: str
    line: int
    plain: bool
    """Written without quotes, so that `null` and nothing at all mean null."""

    @property
    def is_null(self) -> bool:
        return self.plain and self.text in ("", "~", "null")


class Sequence(msgspec.Struct):
    items: list[Node]
    path: str
    line: int


class Mapping(msgspec.Struct):
    items: list[tuple[Scalar, Node]]
    path: str
    line: int
    flow: bool


Node = Scalar | Sequence | Mapping


class _Stop(Exception):
    """Reading cannot go on after this problem."""

    def __init__(self, line: int, code: str, message: str, hint: str) -> None:
        self.args = (line, code, message, hint)


def nodes(text: str, path: str, first_line: int) -> tuple[Mapping, list[Problem]]:
    """The mapping that `text` writes, and what is wrong with it.

    `first_line` is the line of the file on which the text begins, counted from 1.
    """
    problems: list[Problem] = []
    empty = Mapping([], path, first_line, False)
    try:
        root = _document(yaml.parse(text, Loader=yaml.CSafeLoader), path, first_line, problems)
    except _Stop as stop:
        line, code, message, hint = stop.args
        return empty, [*problems, Problem(path, line, code, message, hint)]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        what = error.problem or "this is not YAML"
        hint = "check the indentation, and put text that holds `: ` or `#` or begins with a sign in double quotes"
        return empty, [*problems, Problem(path, line, "yaml-syntax", what, hint)]
    except yaml.reader.ReaderError as error:
        line = first_line + text.count("\n", 0, error.position if isinstance(error.position, int) else 0)
        return empty, [
            *problems,
            Problem(path, line, "yaml-syntax", "a character that YAML does not allow", "remove the control character"),
        ]
    if root is None or (isinstance(root, Scalar) and root.is_null):
        return empty, problems
    if not isinstance(root, Mapping):
        hint = "write `key: value` lines"
        return empty, [*problems, Problem(path, root.line, "wrong-type", "expected keys and values", hint)]
    return root, problems


_NodeEvent = yaml.AliasEvent | yaml.ScalarEvent | yaml.SequenceStartEvent | yaml.MappingStartEvent
_NODE_EVENTS = (yaml.AliasEvent, yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent)


def _document(events: Iterator[yaml.Event], path: str, base: int, problems: list[Problem]) -> Node | None:
    root: Node | None = None
    documents = 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _Stop(
                    _line(event, base),
                    "yaml-second-document",
                    "a second YAML document begins here",
                    "a fence is a line that is exactly `---`; remove this one",
                )
        elif isinstance(event, _NODE_EVENTS):
            root = _node(event, events, path, base, problems, 1)
    return root


def _line(event: yaml.Event, base: int) -> int:
    return base + (event.start_mark.line if event.start_mark else 0)


def _next(events: Iterator[yaml.Event]) -> _NodeEvent | None:
    """The next node of a collection, or None at its end."""
    event = next(events)
    return event if isinstance(event, _NODE_EVENTS) else None


def _node(event: _NodeEvent, events: Iterator[yaml.Event], path: str, base: int, problems: list[Problem], depth: int) -> Node:
    line = _line(event, base)
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        raise _Stop(
            line,
            "yaml-anchor",
            "anchors (`&name`) and aliases (`*name`) are not allowed",
            "write the value out, or put it in double quotes if it is text",
        )
    if event.tag is not None:
        raise _Stop(line, "yaml-tag", f"tags such as {event.tag!r} are not allowed", "put the value in double quotes")
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(event.value, path, line, event.style is None or event.style == "")
    if depth > DEPTH_LIMIT:
        raise _Stop(line, "yaml-too-deep", f"nested deeper than {DEPTH_LIMIT} levels", "the formats need no more than six")
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Node] = []
        while (item := _next(events)) is not None:
            items.append(_node(item, events, path, base, problems, depth + 1))
        return Sequence(items, path, line)
    pairs: list[tuple[Scalar, Node]] = []
    seen: dict[str, int] = {}
    flow = bool(getattr(event, "flow_style", False))
    while (name := _next(events)) is not None:
        key = _node(name, events, path, base, problems, depth + 1)
        content = _next(events)
        assert content is not None  # libyaml gives every key a value
        value = _node(content, events, path, base, problems, depth + 1)
        if not isinstance(key, Scalar):
            raise _Stop(key.line, "wrong-type", "a key must be a word", "put the key in double quotes")
        if key.text in seen:
            problems.append(
                Problem(
                    path,
                    key.line,
                    "duplicate-key",
                    f"{key.text!r} stands twice",
                    f"it stands first on line {seen[key.text]}; keep one of the two",
                )
            )
            continue
        seen[key.text] = key.line
        pairs.append((key, value))
    return Mapping(pairs, path, line, flow)
