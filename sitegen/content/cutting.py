r"""Takes members out of the lists and mappings of a file, and gives its scalars another text, by their spans.

Nothing else changes: comments stay, also the one beside what goes, and so do order, quotes and line ends. What was changed is read again
and must say what was meant; else the file stays as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from sitegen.content.front import end_of
from sitegen.content.node import Mapping as Keys
from sitegen.content.node import Node, Scalar
from sitegen.content.nodes import nodes_in_full
from sitegen.content.threeway import Said
from sitegen.content.uses import fences
from sitegen.content.writer import quoted
from sitegen.model.problem import Fault

_GAP: Final = r"(?:\s|(?<=\s)#[^\r\n]*+)*+"
"""What may stand between two members beside their sign: white space and comments."""
_HYPHEN = re.compile(rf"{_GAP}-")
_COMMA = re.compile(rf"{_GAP},")
_REST = re.compile(r"[ \t]*+(?:#[^\r\n]*+)?(\r?\n|\Z)")
"""The rest of a line that holds nothing more but a comment."""
_COMMENT = re.compile(r"#[^\r\n]*")
_HEADER = re.compile(r"[|>][^\r\n#]*(#[^\r\n]*)?")
_HOLE = "\0"
"""Stands where something was cut within brackets, until it is known whether its line holds anything else. YAML does not allow it."""
_HOLES = re.compile(rf"{_HOLE}[ \t{_HOLE}]*+(\r?\n|\Z)?")


class Edit(NamedTuple):
    """That `start:end` of a text becomes another text."""

    start: int
    end: int
    text: str


class Rewritten(NamedTuple):
    """A text with its edits; `done`: the `id()` of the nodes of which it could be done."""

    text: str
    done: frozenset[int]


class _Gone:
    """What a node says that is taken out."""


@lru_cache(maxsize=16)  # an act at the desk asks several times for the same few files
def root_of(path: str, text: str) -> Keys | None:
    """The metadata of a file, with the span of every node; None where not all of it can be read. Its nodes are not to be changed."""
    start, end = borders(path, text)
    if start < 0:
        return None
    root, problems = nodes_in_full(text[start:end], path, 1 + text.count("\n", 0, start), start)
    return None if problems else root


def borders(path: str, text: str) -> tuple[int, int]:
    """Where the metadata of a file begins and ends; -1 where it has none."""
    if not path.endswith(".md"):
        return int(text.startswith("\ufeff")), len(text)
    try:
        return fences(text, path)[:2]
    except Fault:
        return -1, -1


def said(node: Node, gone: Collection[int] = (), texts: Mapping[int, str] = {}) -> Said:
    """What a node says without the nodes that are `gone`, and with other `texts` for some of its scalars, both by their `id()`. What is
    emptied by that is gone too."""
    found = _left(node, gone, texts)
    return {} if isinstance(found, _Gone) else found


def _left(node: Node, gone: Collection[int], texts: Mapping[int, str]) -> Said | _Gone:
    if isinstance(node, Scalar):
        return texts.get(id(node), None if node.is_null else node.text)
    if isinstance(node, Keys):
        kept = [(key.text, _left(value, gone, texts)) for key, value in node.items if id(key) not in gone]
        pairs = {key: value for key, value in kept if not isinstance(value, _Gone)}
        return pairs if pairs or not node.items else _Gone()
    items = [_left(one, gone, texts) for one in node.items if id(one) not in gone]
    rest = [one for one in items if not isinstance(one, _Gone)]
    return rest if rest or not node.items else _Gone()


def rewritten(path: str, text: str, root: Keys, gone: Collection[int], texts: Mapping[int, str]) -> Rewritten:
    r"""A file without the members that are `gone` (items of lists; keys, with their values) and what holds nothing else, and with other
    `texts` for some scalars. `root` is its metadata, as `root_of` gives it; nodes are named by their `id()`.

    >>> text = "name: A\nwaive: [B] # one\n"
    >>> root = root_of("a.notes.yaml", text)
    >>> rewritten("a.notes.yaml", text, root, {id(root.items[1][1].items[0])}, {}).text
    'name: A\n# one\n'
    """
    start, end = borders(path, text)
    cut = _Cut(text[:end], root, start, gone)
    cut.in_root(root)
    written = {id(one): _as_written(text[one.span[0] : one.span[1]], texts[id(one)]) for one in _scalars(root) if id(one) in texts}
    edits = [*cut.edits, *(Edit(*one.span, new) for one in _scalars(root) if (new := written.get(id(one))) is not None)]
    done = frozenset([*cut.done, *(one for one, new in written.items() if new is not None)])
    after = _applied(text[:end], edits) + text[end:] if done else text
    again = root_of(path, after)
    meant = said(root, done, {one: new for one, new in texts.items() if one in done})
    if again is None or said(again) != meant or comments_of(path, after) != comments_of(path, text):
        return Rewritten(text, frozenset())
    return Rewritten(after, done)


def has_comment(path: str, text: str, root: Keys, key: Scalar, value: Node) -> bool:
    """Whether a comment stands within a key and its value, or beside them."""
    stop = text.find("\n", _end(text, value, key.span[1]) - 1)
    stop = len(text) if stop < 0 else stop
    return any(key.span[0] <= start < stop for start, _ in _comments(text, root, *borders(path, text)))


def comments_of(path: str, text: str) -> list[str]:
    """The comments in the metadata of a file, in their order; none where it cannot be read."""
    root = root_of(path, text)
    return [] if root is None else [text[start:end] for start, end in _comments(text, root, *borders(path, text))]


def _comments(text: str, root: Keys, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the comments of a text stand: what no scalar holds, from a number sign on."""
    if text.find("#", start, end) < 0:
        return
    for one in sorted(_scalars(root), key=lambda one: one.span):
        yield from (found.span() for found in _COMMENT.finditer(text, start, one.span[0]))
        header = _HEADER.match(text, one.span[0], one.span[1])
        if header is not None and header[1]:
            yield header.span(1)
        start = max(start, one.span[1])
    yield from (found.span() for found in _COMMENT.finditer(text, start, end))


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
        return
    for one in node.items:
        for part in one if isinstance(one, tuple) else (one,):
            yield from _scalars(part)


def _as_written(raw: str, text: str) -> str | None:
    """A scalar with another text, quoted as it was; None where it is written over lines of its own."""
    if raw[:1] in ("|", ">", ""):
        return None
    if raw[0] == '"':
        return quoted(text)
    if raw[0] == "'":
        return "'" + text.replace("'", "''") + "'"
    return quoted(text) if text[:1] in ('"', "'", "`") else text


def _applied(text: str, edits: Iterable[Edit]) -> str:
    """A text with its edits, and without the lines of which nothing is left."""
    out, at = [], 0
    for edit in sorted(edits):
        out += [text[at : edit.start], edit.text]
        at = edit.end
    return _closed("".join([*out, text[at:]]))


def _closed(text: str) -> str:
    """A text without its holes: without the blanks before one that ends a line, and without a line that holds nothing else."""
    out, at = [], 0
    for hole in _HOLES.finditer(text):
        start, end = hole.start(), hole[1]
        if end is None:
            out += [text[at:start], hole.group().replace(_HOLE, "")]
        else:
            line = text.rfind("\n", 0, start) + 1
            out += [text[at:start].rstrip(" \t"), end if text[line:start].strip(" \t") else ""]
        at = hole.end()
    return "".join([*out, text[at:]])


def _end(text: str, value: Node, floor: int) -> int:
    """Where the last word of a value stands; `floor` where it has none."""
    end = max(end_of(value), floor)
    return floor + len(text[floor:end].rstrip())


class _Member(NamedTuple):
    """An item with its hyphen, or a key with its value: `start:end` of the text. `going`: the `id()` of the nodes for which it goes; empty
    where it stays."""

    start: int
    end: int
    going: frozenset[int]


class _Cut:
    """What is cut out of a text, so that some members are gone. `done`: those of which it can be done."""

    def __init__(self, text: str, root: Keys, start: int, gone: Collection[int]) -> None:
        self.text = text
        self.gone = gone
        self.comments = list(_comments(text, root, start, len(text)))
        self.edits: list[Edit] = []
        self.done: set[int] = set()

    def in_root(self, root: Keys) -> None:
        if self.inside(root) and not root.flow:
            self.of_lines(self.members(root))

    def inside(self, node: Node) -> frozenset[int]:
        """What is gone within a node is cut; but where all of it is, nothing is cut yet, and these are the nodes for which it goes."""
        if isinstance(node, Scalar) or not node.items:
            return frozenset()
        members = self.members(node)
        if all(one.going for one in members):
            return frozenset().union(*(one.going for one in members))
        if any(one.going for one in members):
            (self.of_brackets if node.flow else self.of_lines)(members)
        return frozenset()

    def members(self, node: Node) -> list[_Member]:
        assert not isinstance(node, Scalar)
        out: list[_Member] = []
        at = node.span[0]
        for one in node.items:
            key, value = one if isinstance(one, tuple) else (one, one)
            going = frozenset([id(key)]) if id(key) in self.gone else self.inside(value)
            start = key.span[0]
            if key is value and not node.flow:
                found = _HYPHEN.match(self.text, at)
                start = found.end() - 1 if found else start
            at = _end(self.text, value, key.span[0] if key is value else key.span[1])
            out.append(_Member(start, at, going))
        return out

    def of_lines(self, members: list[_Member]) -> None:
        """Members that stand on lines of their own. Where something stands before the first of them, the next one takes its place."""
        for number, one in enumerate(members):
            if not one.going:
                continue
            line = self.text.rfind("\n", 0, one.start) + 1
            head = self.text[line : one.start]
            rest = _REST.match(self.text, one.end)
            if rest is not None and not head.strip(" "):
                self.cut(one, Edit(line, rest.end(), "".join(f"{head}{said}{rest[1]}" for said in self.said(line, rest.end()))))
            elif number + 1 < len(members) and not members[number + 1].going and not self.said(one.start, members[number + 1].start):
                self.cut(one, Edit(one.start, members[number + 1].start, ""))

    def of_brackets(self, members: list[_Member]) -> None:
        """Members between brackets, each with a comma: its own, or the one before it where what follows goes too. One that holds a comment
        stays, for a comment would end the line."""
        members = [one._replace(going=frozenset()) if self.said(one.start, one.end) else one for one in members]
        commas = [found.end() - 1 if (found := _COMMA.match(self.text, one.end)) else -1 for one in members]
        last = max((number for number, one in enumerate(members) if not one.going), default=-1)
        if last < 0 or -1 in commas[:-1]:
            return
        for number, one in enumerate(members):
            if one.going and (number < last or commas[-1] >= 0):
                comma = commas[number]
                if self.text[one.end : comma].strip(" \t"):
                    self.cut(one, Edit(one.start, one.end, _HOLE), Edit(comma, self.after(comma), _HOLE))
                else:
                    self.cut(one, Edit(one.start, self.after(comma), _HOLE))
            elif one.going:
                comma = commas[number - 1]
                if "\n" in self.text[comma : one.start]:
                    self.cut(one, Edit(comma, comma + 1, _HOLE), Edit(one.start, one.end, _HOLE))
                else:
                    self.cut(one, Edit(comma, one.end, _HOLE))

    def after(self, comma: int) -> int:
        """Where the next word begins behind a comma; behind the comma itself where none follows on its line."""
        found = re.compile(r"[ \t]*+(?![ \t#\r\n])").match(self.text, comma + 1)
        return found.end() if found else comma + 1

    def cut(self, one: _Member, *edits: Edit) -> None:
        self.edits += edits
        self.done |= one.going

    def said(self, start: int, end: int) -> list[str]:
        """The comments that begin within a stretch."""
        first, last = (bisect_left(self.comments, (at,)) for at in (start, end))
        return [self.text[begin:stop] for begin, stop in self.comments[first:last]]
