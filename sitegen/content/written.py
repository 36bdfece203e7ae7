"""Metadata as it is written: members with every sign between them, so that what is put together again is the same text.

What stands above a member, and is no member, is comments and empty lines, and goes with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from sitegen.content.front import end_of
from sitegen.content.node import Mapping, Node, Scalar
from sitegen.content.threeway import REMARKS, Said

_GAP: Final = r"(?:\s|(?<=\s)#[^\r\n]*+)*+"
_HYPHEN = re.compile(rf"{_GAP}-")
_COLON = re.compile(r"[ \t]*:")
_EMPTY = re.compile(r"([ \t]*)(#[^\n]*)?(?:\n|\Z)")
"""A line that says nothing."""
_REMARK = re.compile(r"(?<!\S)#[^\n]*")


class Unlike(Exception):
    """It is written in a way that cannot be taken apart, or not put together."""


class Raw(NamedTuple):
    """A scalar."""

    text: str
    said: Said


class Member(NamedTuple):
    """A key or an entry with its value. `above`: what stands on the lines above it; `label`: its key, or hyphen, with all before the value;
    `beside`: the rest of its last line, and comments below that are indented further than it."""

    key: str
    above: str
    label: str
    value: Written
    beside: str
    said: Said

    @property
    def core(self) -> str:
        return f"{self.label}{written(self.value)}{self.beside}"


class Block(NamedTuple):
    """Members on lines of their own, at a `column`; `is_inline`: the first stands behind the hyphen of an entry. `foot`: what is below."""

    members: tuple[Member, ...]
    foot: str
    column: int
    is_inline: bool
    said: Said


class Flow(NamedTuple):
    """Members between brackets. Above each but the first stands what parts it from the one before, the comma within."""

    opening: str
    members: tuple[Member, ...]
    closing: str
    said: Said


Written = Raw | Block | Flow


def written(value: Written) -> str:
    """The text of a value."""
    if isinstance(value, Raw):
        return value.text
    if isinstance(value, Flow):
        return "".join([value.opening, *(f"{one.above}{one.core}" for one in value.members), value.closing])
    indent = " " * value.column
    lines = (f"{one.above}{'' if value.is_inline and not at else indent}{one.core}" for at, one in enumerate(value.members))
    return "".join([*lines, value.foot])


def taken_apart(text: str, root: Mapping) -> Block:
    r"""The metadata `text` as members; `root` has the spans of its nodes in it. Raises Unlike.

    >>> from sitegen.content.cutting import root_of
    >>> text = "# of Marn\nname: Marn # so\naliases: [Old,  New]\n"
    >>> block = taken_apart(text, root_of("a.notes.yaml", text))
    >>> written(block) == text, block.members[0].above, block.members[1].value.members[1].above
    (True, '# of Marn\n', ',  ')
    """
    if root.flow:
        raise Unlike
    return _Apart(text).block(root, 0, len(text)) if root.items else Block((), text, 0, False, {})


class _Apart:
    def __init__(self, text: str) -> None:
        self.text = text

    def block(self, node: Node, begin: int, limit: int) -> Block:
        """A mapping or list of lines, with all between `begin` and `limit`."""
        assert not isinstance(node, Scalar)
        members: list[Member] = []
        column, is_inline, at = -1, False, begin
        for one in node.items:
            key, value = one if isinstance(one, tuple) else (None, one)
            start = key.span[0] if key is not None else self.hyphen(at)
            line = self.text.rfind("\n", 0, start) + 1
            if line < at:
                if members or start != at:
                    raise Unlike
                is_inline, above = True, ""
            else:
                above = self.text[at:line]
                if self.text[line:start].strip(" ") or _stripped(above):
                    raise Unlike
            if start - line != (column if members else start - line):
                raise Unlike
            column = start - line
            member, at = self.member(key, value, start, column, limit)
            members.append(member._replace(above=above, said=_with_remarks(member, above) if key is None else member.said))
        foot = self.text[at:limit]
        if _stripped(foot):
            raise Unlike
        said: Said = {one.key: one.said for one in members} if isinstance(node, Mapping) else [one.said for one in members]
        return Block(tuple(members), foot, column, is_inline, said)

    def hyphen(self, at: int) -> int:
        found = _HYPHEN.match(self.text, at)
        if found is None:
            raise Unlike
        return found.end() - 1

    def member(self, key: Scalar | None, value: Node, start: int, column: int, limit: int) -> tuple[Member, int]:
        """A member that stands on lines, and where these end."""
        name = key.text if key is not None else ""
        after = key.span[1] if key is not None else start + 1
        if key is not None:
            colon = _COLON.match(self.text, after)
            if colon is None:
                raise Unlike
            after = colon.end()
        stop = self.below(self.line_end(max(after, self.last_word(value, after))), column, limit)
        if isinstance(value, Scalar) or value.flow:
            first, last = value.span if value.span[0] < value.span[1] else (after, after)
            last = first + len(self.text[first:last].rstrip()) if isinstance(value, Scalar) else last
            inner: Written = Raw(self.text[first:last], _text(value)) if isinstance(value, Scalar) else self.flow(value)
            beside = self.text[last:stop]
        else:
            line = self.line_end(after)
            first = min(line, value.span[0])
            inner = self.block(value, first, stop)
            beside = ""
        return Member(name, "", self.text[start:first], inner, beside, inner.said), stop

    def last_word(self, value: Node, floor: int) -> int:
        """Behind the last word of a value."""
        return floor + len(self.text[floor : max(end_of(value), floor)].rstrip())

    def line_end(self, at: int) -> int:
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found + 1

    def below(self, at: int, column: int, limit: int) -> int:
        """Where the comments end that stand below a member and are indented further than it."""
        stop = at
        while at < limit and (line := _EMPTY.match(self.text, at)) is not None and line.end() > at:
            at = line.end()
            if line[2] and len(line[1]) > column:
                stop = at
        return stop

    def flow(self, node: Node) -> Flow:
        assert not isinstance(node, Scalar)
        start, end = node.span
        members: list[Member] = []
        opening, at = self.text[start : start + 1], start + 1
        for one in node.items:
            key, value = one if isinstance(one, tuple) else (None, one)
            begin = key.span[0] if key is not None else value.span[0]
            after = begin if key is None else key.span[1]
            if key is not None and (colon := _COLON.match(self.text, after)) is not None:
                after = colon.end()
            first, last = value.span if value.span[0] < value.span[1] else (after, after)
            inner: Written = Raw(self.text[first:last], _text(value)) if isinstance(value, Scalar) else self.flow(value)
            above = self.text[at:begin] if members else ""
            opening = opening if members else self.text[start:begin]
            members.append(Member(key.text if key is not None else "", above, self.text[begin:first], inner, "", inner.said))
            at = last
        said: Said = {one.key: one.said for one in members} if isinstance(node, Mapping) else [one.said for one in members]
        return Flow(opening, tuple(members), self.text[at:end], said)


def _text(value: Scalar) -> str | None:
    return None if value.is_null else value.text


def _stripped(text: str) -> str:
    """What is left of lines without comments."""
    return _REMARK.sub("", text).strip()


def _with_remarks(member: Member, above: str) -> Said:
    """What an entry says, and the comments that are its own."""
    if not isinstance(member.said, dict):
        return member.said
    remarks = "\n".join([*remarks_of(above), *_remarks(member)])
    return {**member.said, REMARKS: remarks} if remarks else member.said


def remarks_of(text: str) -> list[str]:
    """The comments between members."""
    return _REMARK.findall(text)


def _remarks(member: Member) -> Iterator[str]:
    yield from (one for text in (member.above, member.label) for one in remarks_of(text))
    value = member.value
    if not isinstance(value, Raw):
        for text in (value.opening, value.closing) if isinstance(value, Flow) else (value.foot,):
            yield from remarks_of(text)
        for one in value.members:
            yield from _remarks(one)
    yield from remarks_of(member.beside)
