"""YAML as a tree in which every scalar is still text and every node knows its line.

Nothing is guessed: `no`, `12:30`, `0123` stay what they are until our own schema types them. Duplicate keys, anchors,
aliases, tags, second documents and deep nesting are problems.
"""

from __future__ import annotations

import re
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
    comment: bool = False
    """A comment follows on its line."""

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
        parser = yaml.CSafeLoader(text)
        root = _document(iter(parser.get_event, None), path, first_line, problems)
        if root is not None and " #" in text:
            _note_comments(root, text.split("\n"), first_line)
    except _Stop as stop:
        line, code, message, hint = stop.args
        return empty, [*problems, Problem(path, line, code, message, hint)]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        return empty, [*problems, _syntax(error, text, path, line, first_line)]
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


def _syntax(error: yaml.MarkedYAMLError, text: str, path: str, line: int, first_line: int) -> Problem:
    """What the parser could not read, told by the line that it stumbled over."""
    lines = text.split("\n")
    at = min(line - first_line, len(lines) - 1)
    if at and "could not find expected ':'" in (error.problem or ""):
        line, at = line - 1, at - 1  # the parser only notices on the line after
    shown = lines[at].strip()
    what = error.problem or "this is not YAML"
    if "\t" in lines[at]:
        why, hint = "a tab stands here", "indent with spaces"
    elif "escape character" in what:
        why, hint = "a backslash stands within double quotes", "double the backslash, or use single quotes"
    elif lines[at].count('"') > 2 or re.search(r':\s*"[^"]*"\s*[^\s,}\]#]', lines[at]):
        why, hint = (
            "double quotes stand within double quotes, or words after them",
            "put the whole value in single quotes, or use “ ” inside",
        )
    elif re.match(r"[^\"']*: [^\"'\[{|>]*: ", lines[at]):
        why, hint = "a second colon stands in the value", "put the value in double quotes"
    elif re.match(r"\s*-?\s*[\w-]+:\S", lines[at]):
        why, hint = "a space is missing after the colon", "write `key: value`"
    elif re.match(r"\s*-\S", lines[at]):
        why, hint = "a space is missing after the hyphen", "write `- entry`"
    else:
        why, hint = what, "check the indentation of this line and the one before, and put text that begins with a sign in double quotes"
    return Problem(path, line, "yaml-syntax", f"{why}: {shown[:80]!r}", hint)


_NodeEvent = yaml.AliasEvent | yaml.ScalarEvent | yaml.SequenceStartEvent | yaml.MappingStartEvent
_NODE_EVENTS = (yaml.AliasEvent, yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent)


def _note_comments(node: Node, lines: list[str], first_line: int) -> None:
    """Marks the unquoted scalars that a comment follows: of a text, it may have cut off the rest."""
    if isinstance(node, Scalar):
        line = lines[node.line - first_line] if node.plain else ""
        node.comment = " #" in line and line.split(" #")[0].rstrip().endswith(node.text)
        return
    for item in node.items:
        _note_comments(item[1] if isinstance(item, tuple) else item, lines, first_line)


def _document(events: Iterator[yaml.Event], path: str, base: int, problems: list[Problem]) -> Node | None:
    root: Node | None = None
    documents = 0
    for event in events:
        if isinstance(event, yaml.StreamEndEvent):
            break
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
