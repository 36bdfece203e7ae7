"""Cuts a raw text into its blocks: the lines that belong together, as a reader sees them."""

from __future__ import annotations

import re
from itertools import pairwise

from sitegen.content.text import normal

ITEM = re.compile(r"(?:[•●▪‣*–—·.-]|\d{1,3}[.)]|[a-z][.)])\s+(?=\S)")
"""What an item of a list begins with."""
RULE = re.compile(r"[\W_]+\Z")
"""A line of signs."""
TICKER = re.compile(r"(\+{2,3})\s.{3,150}\s\1")
"""A line between plus signs, above the news of a live ticker."""


def blocks_of(text: str) -> list[str]:
    """The blocks of a text. Blank lines set them apart; within such a block every line is one, unless it was wrapped."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    stanzas: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            stanzas[-1].append(line)
        elif stanzas[-1]:
            stanzas.append([])
    wrapped = _is_wrapped(lines)
    out: list[str] = []
    for number, stanza in enumerate(stanzas):
        out += _joined(stanza, wrapped=wrapped, is_head=number == 0)
    return [words for block in out if (words := normal(block))]


def _is_wrapped(lines: list[str]) -> bool:
    """Whether the lines of a text were broken at a width: most that another follows are long, none is very long."""
    inner = [line.rstrip() for line, following in pairwise(lines) if line.strip() and following.strip()]
    if len(inner) < 3 or max(map(len, inner)) > 100:
        return False
    goes_on = sum(not re.search(r"[.!?:;”\"]\Z", line) and len(line) > 45 for line in inner)
    return goes_on > 0.4 * len(inner)


def _joined(stanza: list[str], *, wrapped: bool, is_head: bool) -> list[str]:
    """The blocks within lines that no blank line parts."""
    if not wrapped:
        return stanza
    out: list[list[str]] = []
    for index, line in enumerate(stanza):
        before = stanza[index - 1] if index else ""
        begins = (
            not index
            or ITEM.match(line.lstrip()) is not None
            or re.search(r"\s{3,}\S", line.strip()) is not None  # columns
            or re.search(r"\s{3,}\S", before.strip()) is not None
            or len(before.strip()) < (60 if is_head and index < 4 else 40)
            or (is_head and before.isupper())
            or RULE.fullmatch(before) is not None
            or TICKER.fullmatch(before.strip()) is not None
        )
        if begins:
            out.append([line])
        else:
            out[-1].append(line)
    return ["\n".join(lines) for lines in out]
