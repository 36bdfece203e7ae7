"""Cuts a raw text into its blocks: the lines that belong together, as a reader sees them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from sitegen.content.text import normal


class Block(NamedTuple):
    """Lines that belong together, as one. `is_apart`: a blank line stands above it, or nothing; `is_row`: it has columns."""

    text: str
    is_apart: bool = True
    is_row: bool = False


ITEM = re.compile(r"(?:[•●▪‣*–—·.-]|\d{1,3}[.)]|[a-z][.)])\s+(?=\S)")
"""What an item of a list begins with."""
RULE = re.compile(r"[\W_]+\Z")
"""A line of signs."""
TICKER = re.compile(r"(\+{2,3})\s.{3,150}\s\1")
"""A line between plus signs, above the news of a live ticker."""


RESULT = re.compile(r".*\S\s\d{1,3}[:–-]\d{1,3}(?:\s\(\d{1,3}[:–-]\d{1,3}\))?")
"""A line that ends with the result of a game."""


def blocks_of(text: str) -> list[Block]:
    """The blocks of a text. Blank lines set them apart; within such a block every line is one, unless it was wrapped. Where blank lines
    part no paragraphs, none is known to stand with another."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    stanzas: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            stanzas[-1].append(line)
        elif stanzas[-1]:
            stanzas.append([])
    wrapped = _is_wrapped(lines)
    out: list[Block] = []
    for number, stanza in enumerate(stanzas):
        first = len(out)
        is_head = number == 0 or (number < HEADS and len(stanza) < HEADS and not any(_ENDS.search(line) for line in stanza))
        for block in _joined(stanza, wrapped=wrapped, is_head=is_head):
            if words := normal(block):
                out.append(Block(words, len(out) == first, _COLUMNS.search(block.strip()) is not None))
    long = [block for block in out[1:] if len(block.text) > PARAGRAPH]
    is_parted = 2 * sum(block.is_apart for block in long) >= len(long)
    return out if is_parted else [block._replace(is_apart=True) for block in out]


_COLUMNS = re.compile(r"\S\s{3,}\S")
_ENDS = re.compile(r"[.!?…][”\"’»)]*\s*\Z")
HEADS = 3
"""Groups of lines among which those of a text's head are, and lines of such a group, of which none ends a sentence."""
PARAGRAPH = 80
"""Signs of a block that is a paragraph."""


def _is_wrapped(lines: list[str]) -> bool:
    """Whether the lines of a text were broken at a width: most that another follows are long, none is very long."""
    inner = [line.rstrip() for line, following in pairwise(lines) if line.strip() and following.strip()]
    if len(inner) < 3 or max(map(len, inner)) > 100:
        return False
    if sum(len(line) > LONG for line in lines) > 0.1 * len(inner):
        return False  # its paragraphs are lines; those that follow each other are of a head or a list
    goes_on = sum(not re.search(r"[.!?:;”\"]\Z", line) and len(line) > 45 for line in inner)
    return goes_on > 0.4 * len(inner)


def _indented(stanza: list[str]) -> list[str]:
    """The lines, with those joined that are set in from the margin and broken there, as captions are in typed papers."""
    out: list[list[str]] = []
    before = ""
    for line in stanza:
        is_set_in = line[:2].isspace() and before[:2].isspace() and len(before.strip()) > 40
        if is_set_in and line.strip()[:1].islower() and not _ENDS.search(before):
            out[-1].append(line.strip())
        else:
            out.append([line])
        before = line
    return [" ".join(lines) for lines in out]


LONG = 150
"""Signs of a line that nobody has broken at a width."""


def _joined(stanza: list[str], *, wrapped: bool, is_head: bool) -> list[str]:
    """The blocks within lines that no blank line parts."""
    if not wrapped:
        return _indented(stanza)
    out: list[list[str]] = []
    for index, line in enumerate(stanza):
        before = stanza[index - 1] if index else ""
        begins = (
            not index
            or ITEM.match(line.lstrip()) is not None
            or re.search(r"\s{3,}\S", line.strip()) is not None  # columns
            or re.search(r"\s{3,}\S", before.strip()) is not None
            or len(before.strip()) < (60 if is_head and index < 8 else 40)
            or (is_head and before.isupper())
            or RULE.fullmatch(before) is not None
            or TICKER.fullmatch(before.strip()) is not None
        )
        if begins:
            out.append([line])
        else:
            out[-1].append(line)
    return ["\n".join(lines) for lines in out]
