"""What stands above a title, and beside it: lines that say what the text is and when it may be told, a date, who wrote it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sitegen.importer.blocks import ITEM
from sitegen.importer.captions import is_caption
from sitegen.importer.dates import written
from sitegen.importer.gazetteer import first_names
from sitegen.importer.language import Language
from sitegen.importer.people import CAPITAL

TITLE_LIMIT = 300
HEADING_LIMIT = 90


_NUMBER = r"(?:(?:nr|no|n\.?\s?º|№)\.?\s*)?\d[\d/.-]*"
"""The number of a release: "Nr. 12", "118/2022"."""


def _opens(block: str, language: Language) -> bool:
    over = language.any_of("above_title")
    return (
        len(block) <= TITLE_LIMIT
        and re.fullmatch(rf"(?:{over})(?:\W+(?:{over}))*+(?:\s+{_NUMBER})?(?:\W*+|\s[–—|-]\s.{{1,60}})", block, re.I) is not None
    )


def headed(blocks: Sequence[str], language: Language) -> int:
    """How many lines stand above the title: words for what the text is, dates, the part of the paper. None, where nothing that may be a
    title follows them."""
    count = 0
    while count < min(len(blocks) - 1, ABOVE) and (
        _opens(blocks[count], language)
        or is_date(blocks[count], language)
        or _is_kicker(blocks[count], blocks[count + 1])
        or (count and _LABEL.fullmatch(blocks[count]))
        or (not count and (_SLUG.fullmatch(blocks[0]) or _leads_three(blocks, language)))
    ):
        count += 1
    return count if count and _heads(blocks[count]) else 0


ABOVE = 6
"""Lines that may stand above a title."""


_LABEL = re.compile(r"[^\W\d_]{3,20}\s?:\s+\S{1,20}(?:\s\S{1,20}){0,2}")
"""A line of a release that says something about it: "Embargo: none"."""
_SLUG = re.compile(r"[A-Z]{2,4}-[A-Z]\S+(?:\s[A-Z0-9]\S*){0,3}")
"""By what an agency files a story: "BC-Ferry Strike"."""


def _leads_three(blocks: Sequence[str], language: Language) -> bool:
    """Whether a first line is the shortest of three that stand above the text: what it is about, the title, what it says more."""
    if len(blocks) < 4 or not is_running(blocks[3]):
        return False
    first, title, more = blocks[:3]
    told = any(byline_of(one, language) or is_date(one, language) or is_caption(one, language) for one in (title, more))
    return len(first.split()) < len(title.split()) and len(more.split()) > 5 and not told and _heads(title) and _heads(more)


def _is_kicker(block: str, following: str) -> bool:
    """Whether a first line tells what the article is about, above its title: "CYCLING | Tour of the Ribera, stage 3", "OBITUARY"."""
    parts = re.split(r"\s[|·•]\s", block)
    is_short = (len(parts) > 1 or len(block.split()) <= 4) and len(block) <= HEADING_LIMIT
    if is_short and parts[0].isupper() and not following.isupper() and _heads(following):
        return True
    words = block.split()
    may_head = _heads(following) and not is_running(following)
    return len(words) <= KICKER and len(following.split()) > 2 * KICKER and may_head and words[0] not in first_names()


KICKER = 2
"""Words of a line that tells what is below it ("Local history"); one of three may be a title."""


def _heads(block: str) -> bool:
    """Whether a block is surely no sentence, so that lines above it are above a title."""
    return may_be_title(block, alone=False) and not block.endswith(".")


def is_date(block: str, language: Language) -> bool:
    """Whether a line tells a date and little else: "Monday, 3 May 2021, 18:05", "Kirchzarten, den 23. März 2022"."""
    dates = written(block, language) if len(block) <= HEADING_LIMIT else []
    return bool(dates) and len(re.sub(r"[\W\d_]+", " ", block[: dates[0][1]] + block[dates[0][2] :]).split()) <= 5


def byline_of(block: str, language: Language) -> str:
    """Who a line says that the article is by: "By Ada Brook", "Ada Brook | 9 September 2023"; else empty."""
    if len(block) > HEADING_LIMIT:
        return ""
    by = rf"(?i:{language.any_of('by')})\s*:?\s+"
    name = rf"{CAPITAL}[\w.’'-]*(?:\s(?:(?:de|van|von|der|and|und|та)\s)?{CAPITAL}[\w.’'-]*){{0,5}}"
    found = re.fullmatch(rf"{by}(?P<by>{name})(?:,\s[^.]{{3,60}})?|(?P<alone>{name})\s[|·•]\s.{{4,40}}", block)
    return (found["by"] or found["alone"]) if found else ""


def may_be_title(block: str, *, alone: bool) -> bool:
    """Whether a block may be a title. `alone`: nothing follows it."""
    return len(block) <= TITLE_LIMIT and not _is_paragraph(block, alone=alone)


def _is_paragraph(block: str, *, alone: bool) -> bool:
    """Whether a first block is running text and no title: several sentences, or a long one with a full stop."""
    if re.search(r"[.!?][”\"’']?\s+[A-ZÀ-ÖØ-Þ]\S+(?:\s+\S+){3,}\.\Z", block):
        return True
    return not alone and block.endswith(".") and len(block) > 120


def is_running(block: str) -> bool:
    """Whether a block is running text: a sentence, or an item of a list."""
    return ITEM.match(block) is not None or (len(block.split()) > 7 and re.search(r"[.!?:…][”\"’»“)]*\Z", block) is not None)
