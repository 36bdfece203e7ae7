"""YAML as a tree in which every scalar is still text and every node knows its line.

Nothing is guessed: `no`, `12:30`, `0123` stay what they are until our own schema types them. Duplicate keys, anchors,
aliases, tags, second documents and deep nesting are problems.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import yaml

from sitegen.content import rows
from sitegen.content.node import DEPTH_LIMIT, Mapping, Node, Scalar, Sequence
from sitegen.model.problem import Code, Problem


class _Stop(Exception):
    """Reading cannot go on after this problem."""

    def __init__(self, line: int, code: Code, message: str, hint: str) -> None:
        self.told = (line, code, message, hint)


def nodes(text: str, path: str, first_line: int) -> tuple[Mapping, list[Problem]]:
    """The mapping that `text` writes, and what is wrong with it.

    `first_line` is the line of the file on which the text begins, counted from 1.
    """
    root = rows.mapping(text, path, first_line)
    return (root, []) if root is not None else nodes_in_full(text, path, first_line)


def nodes_in_full(text: str, path: str, first_line: int, start: int | None = None) -> tuple[Mapping, list[Problem]]:
    """The same by libyaml alone. `start`: where the text begins in its file, if scalars are to have their spans."""
    problems: list[Problem] = []
    empty = Mapping([], path, first_line, False)
    try:
        root = _Document(text, path, first_line, problems, start).root()
    except _Stop as stop:
        line, code, message, hint = stop.told
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
    opened = _opened(error, lines, path, first_line)
    if opened is not None:
        return opened
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
    elif opening := re.match(r"\s*(?:-\s+)?(?:[\w-]+:\s+)?([@`%&*!|>])", lines[at]) if "cannot start" in what else None:
        why, hint = f"a value cannot begin with {opening[1]}", "put the value in double quotes"
    elif re.match(r"\s*-\S", lines[at]):
        why, hint = "a space is missing after the hyphen", "write `- entry`"
    elif "mapping values are not allowed" in what and at and re.match(r"\s*-?\s*[\w-]+:\S", lines[at - 1]):
        line, shown = line - 1, lines[at - 1].strip()
        why, hint = "a space is missing after the colon", "write `key: value`"
    elif "mapping values are not allowed" in what and at and _indent(lines[at]) > _indent(lines[at - 1]):
        why, hint = "this line is indented further than the one above it, which has its value already", "begin it below that line's key"
    elif "mapping values are not allowed" in what and at and re.match(r"[\w-]+ ", lines[at - 1].strip()) and ":" not in lines[at - 1]:
        line, shown = line - 1, lines[at - 1].strip()
        why, hint = "a colon is missing after the key", "write `key: value`"
    elif "expected key" in what and at and lines[at].lstrip().startswith("- "):
        why, hint = "this entry does not begin where the others of its list do", "put its hyphen below theirs"
    else:
        why = "this line, or the one above it, is not written as keys and values are"
        hint = "write `key: value` on each line, keys that belong together in one column; put text with signs in it in double quotes"
    return Problem(path, line, "yaml-syntax", f"{why}: {shown[:80]!r}", hint)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _opened(error: yaml.MarkedYAMLError, lines: list[str], path: str, first_line: int) -> Problem | None:
    """What was opened and never closed, told by the line on which it was opened: the parser stumbles only where it gives up."""
    begin, end = error.context_mark, error.problem_mark
    if begin is None or end is None or begin.line >= min(end.line, len(lines)):
        return None
    sign, shown = lines[begin.line][begin.column : begin.column + 1], lines[begin.line].strip()[:80]
    context = error.context or ""
    if "quoted scalar" in context:
        why, hint = f"a quotation mark {sign} begins a value here and nothing ends it", f"end it with {sign}"
    elif "flow" in context and sign in "{[":
        why, hint = f"a bracket {sign} is opened here and nothing closes it", f"close it with {'}' if sign == '{' else ']'}"
        if " #" in lines[begin.line][begin.column :]:
            hint = "“ #” begins a comment, which takes the bracket with it: put the value in double quotes"
    else:
        return None
    return Problem(path, first_line + begin.line, "yaml-syntax", f"{why}: {shown!r}", hint)


class _Document:
    """The reading of one document, event by event. A file has hundreds of them, so what is done for each is little."""

    def __init__(self, text: str, path: str, base: int, problems: list[Problem], start: int | None) -> None:
        self.event: Callable[[], Any] = yaml.CSafeLoader(text).get_event
        self.path = path
        self.base = base
        self.problems = problems
        self.start = start
        self.end = 0
        """Where the list or mapping that was read last has its end."""
        lines = enumerate(text.split("\n"), base) if " #" in text else ()
        self.commented = {number: line.split(" #")[0].rstrip() for number, line in lines if " #" in line}
        """The lines that may end in a comment, as far as it."""

    def root(self) -> Node | None:
        root: Node | None = None
        documents = 0
        while (kind := type(event := self.event())) is not yaml.StreamEndEvent:
            if kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise _Stop(
                        self.base + event.start_mark.line,
                        "yaml-second-document",
                        "a second YAML document begins here",
                        "a fence is a line that is exactly `---`; remove this one",
                    )
            elif isinstance(event, yaml.NodeEvent):
                root = self.node(event, 1)
        return root

    def node(self, event: Any, depth: int) -> Node:
        line = self.base + event.start_mark.line
        if event.anchor is not None:  # an alias has one too
            raise _Stop(
                line,
                "yaml-anchor",
                "anchors (`&name`) and aliases (`*name`) are not allowed",
                "write the value out, or put it in double quotes if it is text",
            )
        if event.tag is not None:
            raise _Stop(line, "yaml-tag", f"tags such as {event.tag!r} are not allowed", "put the value in double quotes")
        kind = type(event)
        if kind is yaml.ScalarEvent:
            scalar = Scalar(event.value, self.path, line, not event.style)
            if self.start is not None:
                scalar.span = self.start + event.start_mark.index, self.start + event.end_mark.index
            return scalar
        if depth > DEPTH_LIMIT:
            raise _Stop(line, "yaml-too-deep", f"nested deeper than {DEPTH_LIMIT} levels", "the formats need no more than six")
        node: Sequence | Mapping
        if kind is yaml.SequenceStartEvent:
            node = Sequence(self.items(depth + 1), self.path, line, bool(event.flow_style))
        else:
            node = Mapping(self.pairs(depth + 1), self.path, line, bool(event.flow_style))
        if self.start is not None:
            node.span = self.start + event.start_mark.index, self.start + self.end
        return node

    def items(self, depth: int) -> list[Node]:
        """The entries of a list, up to its end."""
        items: list[Node] = []
        while type(event := self.event()) is not yaml.SequenceEndEvent:
            items.append(self.node(event, depth))
        self.end = _index(event.end_mark)
        if self.commented:
            self.note_comments(items)
        return items

    def pairs(self, depth: int) -> list[tuple[Scalar, Node]]:
        """The keys and values of a mapping, up to its end."""
        pairs: dict[str, tuple[Scalar, Node]] = {}
        while type(event := self.event()) is not yaml.MappingEndEvent:
            key = self.node(event, depth)
            value = self.node(self.event(), depth)
            if type(key) is not Scalar:
                raise _Stop(key.line, "wrong-type", "a key must be a word", "put the key in double quotes")
            if key.text in pairs:
                self.problems.append(
                    Problem(
                        self.path,
                        key.line,
                        "duplicate-key",
                        f"{key.text!r} stands twice",
                        f"it stands first on line {pairs[key.text][0].line}; keep one of the two",
                    )
                )
                continue
            pairs[key.text] = key, value
        self.end = _index(event.end_mark)
        if self.commented:
            self.note_comments([value for _, value in pairs.values()])
        return list(pairs.values())

    def note_comments(self, nodes: Iterable[Node]) -> None:
        """Marks the unquoted scalars that a comment follows: of a text, it may have cut off the rest."""
        for node in nodes:
            if type(node) is Scalar and node.plain and node.line in self.commented:
                node.comment = self.commented[node.line].endswith(node.text)


def _index(mark: Any) -> int:
    """Where a mark of libyaml's stands."""
    index: int = mark.index
    return index
