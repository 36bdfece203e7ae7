"""When an article is of, with the words that tell it: a date that is written out as its own, a count of days, the name of its file.

Only what the text itself says of itself: a date in its running text is that of an event, not of the article.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from sitegen.importer.daycounts import counted, counted_from
from sitegen.importer.days import Basis, Dated, written
from sitegen.importer.language import Language, alternatives
from sitegen.importer.tokens import CAPITAL
from sitegen.model.records import Calendar


def dated(
    blocks: Sequence[str],
    language: Language,
    calendar: Calendar | None,
    name: str,
    captions: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> Dated:
    """The date of an article: what the first rule says that knows. `blocks`: the title first, captions aside; `name`: of its file; `notes`:
    what whoever copied it says of that."""
    rules: tuple[Callable[[], Dated], ...] = (
        lambda: counted_from(blocks, language),
        lambda: counted(blocks, calendar, language),
        lambda: _copied(notes, blocks, language),
        lambda: _stated(blocks, language),
        lambda: _told(blocks, language),
        lambda: _pictured(captions, language),
        lambda: _named(name),
    )
    return next((found for rule in rules if (found := rule()).date is not None), Dated(None))


@lru_cache(maxsize=8)
def page(language: Language) -> re.Pattern[str]:
    """A page of a paper, as those tell who copy from it."""
    return re.compile(rf"(?<!\w)(?:{language.any_of('pages')})\s?\d{{1,3}}(?!\w)", re.I)


def _copied(notes: Sequence[str], blocks: Sequence[str], language: Language) -> Dated:
    """The day of the paper that a text was copied from, by a note above the title, or one behind the text that names a page."""
    behind = [block for block in blocks[-3:] if len(block) <= HEAD and page(language).search(block)]
    for block in (*notes, *behind):
        for date, start, end in written(block, language):
            return Dated(date, (Basis(block[start:end], "explicit"),))
    return Dated(None)


def _told(blocks: Sequence[str], language: Language) -> Dated:
    """The day of a dispatch that tells it with its day of the week where it begins, behind a place and who sends it: "Kiel (abc). On
    Wednesday, 15 January 2020, …"."""
    days = language.table("weekdays")
    for block in blocks[1:HEADS]:
        if not _SENT.match(block):
            continue
        for date, start, end in written(block[:HEAD], language):
            before = re.search(rf"(?<!\w)({alternatives(days)})\W+(?:\w{{1,3}}\s+)?\Z", block[:start], re.I)
            if before and days[before[1].lower()] == date.weekday():
                return Dated(date, (Basis(block[before.start() : end], "explicit"),))
    return Dated(None)


HEADS = 6
"""Blocks of a text among which the first of a dispatch is."""
_SENT = re.compile(rf"{CAPITAL}[\w’' -]{{1,40}}\s?[(/][^()/]{{2,20}}[)/]\s?[.:–—-]")


def _pictured(captions: Sequence[str], language: Language) -> Dated:
    """The one day that captions tell with its day of the week, as newspapers do of pictures of the day."""
    days = language.table("weekdays")
    told = {}
    for caption in captions:
        for date, start, end in written(caption, language):
            before = re.search(rf"(?<!\w)({alternatives(days)})\W+(?:\w{{1,3}}\s+)?\Z", caption[:start], re.I)
            if before and days[before[1].lower()] == date.weekday():
                told[date] = caption[before.start() : end]
    return Dated(*next((date, (Basis(words, "explicit"),)) for date, words in told.items())) if len(told) == 1 else Dated(None)


STAMP, BESIDE = 160, 12
"""Signs of a line of a page's head that tells its day, and words beside it: who wrote, "updated", how long the article takes to read."""


def stamped(line: str, language: Language) -> Dated:
    """The day that a line tells which stands above running text: "Ada Brook | 5 Sep 2017, 11:30"."""
    found = written(line, language) if len(line) <= STAMP else []
    if not found:
        return Dated(None)
    date, start, end = found[0]
    rest = re.sub(r"[\W\d_]+", " ", line[:start] + line[end:]).split()
    return Dated(date, (Basis("", "markup"),)) if len(rest) <= BESIDE else Dated(None)


LINE = 90
"""Signs of a line below a title that ends with a date."""
_LEAD = re.compile(r"[,.|·–—]\s*(?:\w+,?\s)?\Z")
HEAD = 300
"""Signs from the beginning of a block within which it may tell the article's own date."""
_IN = r"(?:\s\([^()]{2,40}\))?"
_PLACE = rf"{CAPITAL}[\w’'-]+(?:[\s-]{CAPITAL}[\w’'-]+){{0,2}}{_IN},\s*"
_SHOUTED_PLACE = rf"{CAPITAL}(?:{CAPITAL}|[\s.,’'-]){{2,40}}{_IN},?\s*"
_BRACKET_BEHIND = re.compile(r"\)\s?[–—-]")
_DASH_BEHIND = re.compile(r"\s*(?:[(/][^()/]{2,40}[)/]\s?\.?\s*)?[–—-]")
_LIVED = re.compile(r"\([^()]*\b1\d{3}\s[–—-]\s[^()]*\)")
"""When somebody lived, in brackets."""
_STAMPED = re.compile(r"\s[|·•]\s|(?<!\d)\d{1,2}[:.h]\d{2}(?!\d)")
"""What else a line has that tells when an article was published: a time, signs between its parts."""
NEAR, BEHIND = 5, 25
"""Blocks of a text among which its date is; where no running text comes before, up to so many."""


def _stated(blocks: Sequence[str], language: Language) -> Dated:
    """A date that an article gives as its own: after "as of" or "published", in a dateline, or alone in a line near its ends."""
    said, on, weekdays, marks = (language.any_of(name) for name in ("dated", "on_days", "weekdays", "time_marks"))
    for block in blocks:
        for date, start, end in written(block, language):
            if start > HEAD:
                break
            before = re.search(
                rf"(?<!\w)(?:{said})\s*[:,]?\s*(?:(?:{on})\s+)?(?:\d[\w:.]*(?:\s?(?:{marks}))?,?\s+)?(?:(?:{weekdays}),?\s+)?\Z",
                block[:start],
                re.I,
            )
            if before and before.start() < 40:
                return Dated(date, (Basis(block[before.start() : end], "explicit"),))
    running = next((number for number, block in enumerate(blocks[:BEHIND]) if len(block) > STAMP), 0)
    near = [*blocks[: max(NEAR, running + NEAR)], *blocks[-2:]] if len(blocks) > NEAR else list(blocks)
    for number, block in enumerate(near):
        for date, start, end in written(block, language):
            if start > HEAD or _LIVED.fullmatch(block):
                break
            beside = f"{block[:start]}  {block[end:]}"
            is_line = len(block) <= HEAD and not re.search(r"\w{3}[.!?]\s+\w", beside)
            is_stamp = 0 < number < running + NEAR and bool(_STAMPED.search(beside)) and stamped(block, language).date is not None
            is_last = not re.search(r"[\w.!?]", block[end:])  # and no sentence of running text
            ends = 0 < number < 4 and len(block) <= LINE and _LEAD.search(block[:start]) and is_last
            if ends or is_stamp or (is_line and len(re.sub(r"[\W\d_]+", " ", beside).split()) <= 6):
                return Dated(date, (Basis(block[start:end], "explicit"),))
            lead = block[:start]
            place, shouted, year_behind = _datelines(language)
            if lead[:1] == "(" and place.fullmatch(lead, 1) and _BRACKET_BEHIND.match(block, end):
                return Dated(date, (Basis(block[1:end], "dateline"),))
            if place.fullmatch(lead) and year_behind.match(block, end):
                return Dated(date, (Basis(block[:end], "dateline"),))
            if shouted.fullmatch(lead) or _DASH_BEHIND.match(block, end):
                return Dated(date, (Basis(block[:end], "dateline"),))
    for block in near:
        found = _short(block, language) or _shouted(block, language)
        if found is not None:
            return found
    return Dated(None)


@lru_cache(maxsize=8)
def _datelines(language: Language) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A place before a date, the same in capitals, and what may stand behind its year: "Lahr, den", "VALMIRA,", "року –"."""
    on = rf"(?:(?:{language.any_of('before_days')})\s+)?"
    behind = rf"(?:\s(?:{language.any_of('year_words')}))?\s?[.:–—-]"
    return re.compile(rf"{_PLACE}{on}"), re.compile(rf"{_SHOUTED_PLACE}{on}"), re.compile(behind)


def _short(block: str, language: Language) -> Dated | None:
    """A date with two signs for its year, behind a word that says that it is the article's, or before a time: "Stand: 27.04.24, 7:39"."""
    if len(block) > LINE:
        return None
    said = language.any_of("dated")
    found = re.search(rf"(?:(?<!\w)(?:{said})\s*[:,]?\s*|^)(\d{{1,2}})\.(\d{{1,2}})\.(\d{{2}})(?![\d.])", block, re.I)
    is_bare = found is not None and found.group() == block.strip()
    if found is None or (found.start() == found.start(1) and not is_bare and not re.search(r"\d[:.h]\d{2}", block[found.end() :])):
        return None
    year = int(found[3])
    try:
        date = datetime.date((1900 if year > CENTURY else 2000) + year, int(found[2]), int(found[1]))
    except ValueError:
        return None
    return Dated(date, (Basis(block[found.start(1) : found.end()], "explicit"),))


CENTURY = 50
"""Two signs for a year from which on it is one of the last century."""


def _shouted(block: str, language: Language) -> Dated | None:
    """The head of a bulletin: "0900 UTC TUE SEP 24 2024"."""
    if len(block) > 80:
        return None
    months = language.table("months")
    found = re.search(
        rf"(?:\d{{3,4}}\s+)?(?:[A-Z]{{2,4}}\s+)?(?:[A-Z]{{3}}\s+)?\b({alternatives(months)})\s+(\d{{1,2}}),?\s+(\d{{4}})\b", block, re.I
    )
    if found is None:
        return None
    try:
        date = datetime.date(int(found[3]), months[found[1].lower()], int(found[2]))
    except ValueError:
        return None
    return Dated(date, (Basis(found.group().strip(), "explicit"),))


def _named(name: str) -> Dated:
    """The date that a file's name begins with."""
    found = re.match(r"(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)", name)
    if found is None or not 1500 <= int(found[1]) <= 2100:
        return Dated(None)
    try:
        date = datetime.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return Dated(None)
    return Dated(date, (Basis("", "file-name"),))
