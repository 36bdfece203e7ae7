"""Reads a plain text as an editor would at a first glance: title, headings, captions, paragraphs, and the day that it counts.

It only sorts the words into pieces; it changes none of them.
"""

from __future__ import annotations

import datetime
import re
from typing import Literal, NamedTuple

from sitegen.content.anchoring import cuts
from sitegen.content.dating import disagreement, shifted
from sitegen.content.numbers import numbers
from sitegen.content.text import caption_of, normal
from sitegen.model.dates import exact
from sitegen.model.records import Calendar


class Piece(NamedTuple):
    """A block of a raw article. Of a caption, `text` is what is printed, parentheses and all."""

    kind: Literal["heading", "caption", "paragraph"]
    text: str


class Basis(NamedTuple):
    """The words that lead to a date, and the rule by which they do."""

    quote: str
    rule: str


class Structure(NamedTuple):
    """A raw article, sorted. `date` is None where nothing in the text tells it."""

    title: str | None
    pieces: tuple[Piece, ...]
    date: datetime.date | None
    basis: tuple[Basis, ...]


TITLE_LIMIT = 300
CAPTION_LIMIT = 400
_HEADING_LIMIT = 90


def structure(text: str, calendar: Calendar | None) -> Structure:
    """The structure of a raw text. The first block is the title, unless it is a paragraph."""
    blocks = _blocks(text)
    title = None
    if blocks and len(blocks[0]) <= TITLE_LIMIT and (len(blocks) == 1 or not re.search(r"[.]\Z", blocks[0]) or len(blocks[0]) <= 120):
        title, blocks = blocks[0], blocks[1:]
    pieces = tuple(Piece(_kind(block, blocks[index + 1] if index + 1 < len(blocks) else None), block) for index, block in enumerate(blocks))
    date, basis = _counted_day([title or "", *blocks], calendar)
    return Structure(title, pieces, date, basis)


def _blocks(text: str) -> list[str]:
    """Paragraphs are set apart by blank lines; where there are none, each line is one."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = re.split(r"\n[^\S\n]*\n", lines) if re.search(r"\n[^\S\n]*\n", lines.strip()) else lines.split("\n")
    return [words for part in parts if (words := normal(part))]


def _kind(block: str, following: str | None) -> Literal["heading", "caption", "paragraph"]:
    if len(block) <= CAPTION_LIMIT and caption_of(block) != block and block.count("(") == block.count(")"):
        return "caption"
    is_short = len(block) <= _HEADING_LIMIT and block[0].isalpha() and not block[0].islower()
    if following and is_short and not re.search(r"[.!?:;,…”\"')]\Z", block) and re.search(r"\w", block):
        leads = len(following) > len(block) or (following.startswith("(") and following.endswith(")"))
        return "heading" if leads else "paragraph"
    return "paragraph"


_COUNT = re.compile(
    r"\b(?:after|for|in|over)?\s*(?P<n>\d{1,4}|[a-z]+(?:[- ][a-z]+){0,3}) days "
    r"(?:of (?:the )?(?:fighting|war|invasion|siege|full-scale (?:war|invasion)|hostilities)"
    r"|into (?:the )?\w+|since (?:the )?\w+ (?:began|started))\b"
    r"|\b(?:on )?(?:the )?(?P<o>\d{1,4})(?:st|nd|rd|th) day (?:of|since)(?: the)? \w+\b",
    re.I,
)


def _counted_day(blocks: list[str], calendar: Calendar | None) -> tuple[datetime.date | None, tuple[Basis, ...]]:
    """The date that a day count leads to under the calendar; weekdays named beside it that agree are a second basis."""
    if calendar is None:
        return None, ()
    epoch = datetime.date.fromisoformat(calendar.epoch)
    for block in blocks:
        for found in _COUNT.finditer(block):
            quote = found.group().strip()
            if found["o"]:
                day, rule = int(found["o"]) - 1, "ordinal-day"
            else:
                count = [n for n in numbers(found["n"]) if n.value.denominator == 1]
                if not count:
                    continue
                day, rule = int(count[-1].value), "day-count"
            date = shifted(epoch, day)
            if date is None or cuts(block + " ", found.start(), found.end()):
                continue
            if disagreement(rule, quote, exact(date), None, calendar) is not None:
                continue
            return date, (Basis(quote, rule), *_weekday(block, date))
    return None, ()


def _weekday(block: str, date: datetime.date) -> tuple[Basis, ...]:
    found = re.search(r"\b(?:as of|on) (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|evening|night|afternoon))?\b", block)
    if found and disagreement("weekday", found.group(), exact(date), date, None) is None:
        return (Basis(found.group(), "weekday"),)
    return ()
