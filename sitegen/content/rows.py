r"""The short way through YAML: rows of a hyphen, a key and a value, which is plain words, double quotes, or brackets that hold these.

Most files hold nothing else, and what `import` writes seldom does. They are read here in half of the time that libyaml's events take,
to the very same nodes; a property test holds the two together. At the first doubt there is no result, and libyaml reads it all, or says
what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.content.node import DEPTH_LIMIT, Mapping, Node, Scalar, Sequence

_HIDDEN = r"\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufffe\uffff"
"""What YAML does not allow, takes for a line break, or (the tab) reads in one way here and in another there."""
_QUOTED = rf'"(?:[^"\\{_HIDDEN}]++|\\["\\])*+"'
_KEY = rf'\w[\w-]{{0,98}}+|"(?:[^"\\#{_HIDDEN}]|\\["\\]){{1,98}}+"'


def _plain(signs: str) -> str:
    """Words without quotes: they begin with no sign of YAML's, and hold none of these."""
    words = rf"[^ {signs}{_HIDDEN}]++"
    return rf"""(?![?:,\[\]{{}}#&*!|>'"%@`]|-(?!\d)){words}(?: ++{words})*+"""


_BLOCK, _FLOW = _plain(":#"), _plain(r":#,?\[\]{}")
_ROW = re.compile(rf"^( *+)(- (?=\S))?(?:({_KEY}):(?: |$))?(?:({_QUOTED}|{_BLOCK})$)?(.*)$", re.M)
_PART = re.compile(rf"(?:({_KEY}): )?({_QUOTED}|{_FLOW})?(, |.|\Z)")
_COMMENT = re.compile(rf"#[^{_HIDDEN}]*+")
_FOLDED = re.compile(rf" *+([^ {_HIDDEN}](?:[^{_HIDDEN}]*[^ {_HIDDEN}])?)")
_ESCAPE = re.compile(r'\\(["\\])')

_Part = tuple[str, str, str]
"""Within brackets: a key, a value and the sign behind them; each may be empty."""
_END: _Part = ("", "", "")


class _Doubt(Exception):
    """Here may be more than the short way knows."""


def mapping(text: str, path: str, first_line: int) -> Mapping | None:
    """The mapping that `text` writes, or None where that is in doubt. `first_line` is the line of the file on which it begins."""
    rows = _Rows(text, path, first_line)
    try:
        root = rows.pairs(0, 1)
    except _Doubt:
        return None
    return root if root.items and rows.column < 0 else None


class _Rows:
    """The rows of a text, of which one is at hand: `column` is where it begins, -1 behind the last."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.path = path
        self.lines = text.split("\n")
        self.rows: list[tuple[str, str, str, str, str]] = _ROW.findall(text)
        self.first_line = self.line = first_line
        self.at = -1
        self.take()

    def take(self) -> None:
        """Takes the next row at hand; blank lines and comments are none."""
        while self.at + 1 < len(self.rows):
            self.at += 1
            spaces, hyphen, self.key, self.text, self.rest = self.rows[self.at]
            if hyphen or self.key or self.text or (self.rest and not _COMMENT.fullmatch(self.rest)):
                self.column, self.is_entry, self.line = len(spaces), bool(hyphen), self.first_line + self.at
                return
        self.column = -1

    def pairs(self, column: int, depth: int) -> Mapping:
        """The mapping whose keys begin at a column."""
        if depth > DEPTH_LIMIT:
            raise _Doubt
        line = self.line
        pairs: dict[str, tuple[Scalar, Node]] = {}
        while self.column == column and not self.is_entry:
            if not self.key:
                raise _Doubt
            name = _scalar(self.key, self.path, self.line)
            if name.text in pairs:
                raise _Doubt
            pairs[name.text] = name, self.value(column, depth)
        return Mapping(list(pairs.values()), self.path, line, False)

    def entries(self, column: int, depth: int) -> Sequence:
        """The list whose hyphens stand at a column."""
        if depth > DEPTH_LIMIT:
            raise _Doubt
        line = self.line
        items: list[Node] = []
        while self.column == column and self.is_entry:
            if self.key:
                self.column, self.is_entry = column + 2, False
                items.append(self.pairs(column + 2, depth + 1))
            else:
                items.append(self.value(column, depth))
        return Sequence(items, self.path, line)

    def value(self, column: int, depth: int) -> Node:
        """The value of the row at hand, on it or on those below it."""
        value: Node
        if self.text:
            value = _scalar(self.text, self.path, self.line)
        elif not self.rest:
            self.take()
            if self.column > column and not self.is_entry:
                return self.pairs(self.column, depth + 1)
            if self.column >= column and self.is_entry:
                return self.entries(self.column, depth + 1)
            raise _Doubt
        elif self.rest == ">-":
            value = self.folded(column)
        else:
            parts: Iterator[_Part] = iter(_PART.findall(self.rest))
            key, text, sign = next(parts)
            if key or text or " #" in self.rest:  # a comment, or what must not be taken for one
                raise _Doubt
            value = self.flow(sign, parts, depth + 1)
            if next(parts) != _END:
                raise _Doubt
        self.take()
        return value

    def folded(self, column: int) -> Scalar:
        """The lines below, which begin further in and are one text."""
        line = self.line
        words: list[str] = []
        start = 0
        while self.at + 1 < len(self.lines) and (found := _FOLDED.fullmatch(self.lines[self.at + 1])) and found.start(1) > column:
            if words and found.start(1) != start:
                raise _Doubt
            start = found.start(1)
            words.append(found[1])
            self.at += 1
        after = self.at + 1  # more of the text may follow below blank lines
        while after < len(self.lines) and len(self.lines[after]) < start and not self.lines[after].strip():
            after += 1
        if not words or (after < len(self.lines) and self.lines[after].startswith(" " * start)):
            raise _Doubt
        return Scalar(" ".join(words), self.path, line, False)

    def flow(self, opening: str, parts: Iterator[_Part], depth: int) -> Node:
        """What stands in brackets, up to their end."""
        closing = {"{": "}", "[": "]"}.get(opening)
        if closing is None or depth > DEPTH_LIMIT:
            raise _Doubt
        path, line = self.path, self.line
        pairs: dict[str, tuple[Scalar, Node]] = {}
        items: list[Node] = []
        sign = ", "
        while sign == ", ":
            key, text, sign = next(parts, _END)
            value: Node
            if text:
                value = _scalar(text, path, line)
            elif sign == closing and not (key or pairs or items):
                break
            else:
                value = self.flow(sign, parts, depth + 1)
                key_after, text_after, sign = next(parts, _END)
                if key_after or text_after:
                    raise _Doubt
            if opening == "[" and not key:
                items.append(value)
            elif opening == "{" and key:
                name = _scalar(key, path, line)
                if name.text in pairs:
                    raise _Doubt
                pairs[name.text] = name, value
            else:
                raise _Doubt
        if sign != closing:
            raise _Doubt
        return Mapping(list(pairs.values()), path, line, True) if opening == "{" else Sequence(items, path, line, True)


def _scalar(text: str, path: str, line: int) -> Scalar:
    if text[0] != '"':
        return Scalar(text, path, line, True)
    return Scalar(_ESCAPE.sub(r"\1", text[1:-1]) if "\\" in text else text[1:-1], path, line, False)
