"""When an article is of, with the words that tell it: a date that is written out as its own, a count of days, the name of its file.

Only what the text itself says of itself: a date in its running text is that of an event, not of the article.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from sitegen.content.anchoring import cuts
from sitegen.content.dating import disagreement, shifted
from sitegen.content.numbers import numbers
from sitegen.importer.language import Language, alternatives
from sitegen.importer.people import CAPITAL
from sitegen.model.dates import exact
from sitegen.model.records import Calendar


class Basis(NamedTuple):
    """The words that lead to a date, the rule by which they do, and the date from which they count (ISO), if any."""

    quote: str
    rule: str
    base: str = ""


class Dated(NamedTuple):
    """A date with what leads to it; None and nothing where there is no evidence."""

    date: datetime.date | None
    basis: tuple[Basis, ...] = ()


def dated(blocks: Sequence[str], language: Language, calendar: Calendar | None, name: str, captions: Sequence[str] = ()) -> Dated:
    """The date of an article: what the first rule says that knows. `blocks`: the title first, captions aside; `name`: of its file."""
    rules: tuple[Callable[[], Dated], ...] = (
        lambda: _counted_from(blocks, language),
        lambda: _counted(blocks, calendar, language),
        lambda: _stated(blocks, language),
        lambda: _pictured(captions, language),
        lambda: _named(name),
    )
    return next((found for rule in rules if (found := rule()).date is not None), Dated(None))


_ORDINAL = r"(?:st|nd|rd|th|er|e|ème|º|\.|-?й|-?го)"
"""What makes an ordinal of a number, in any of the languages."""


def _counted_from(blocks: Sequence[str], language: Language) -> Dated:
    """A day of a count of which the text says when it began: "the 100th day of a strike that began on 4 March"."""
    days = language.any_of("days")
    ordinal = re.compile(rf"(?<!\w)(?P<n>\d{{1,4}}){_ORDINAL}?\s+(?:{days})(?!\w)", re.I)
    began = re.compile(rf"(?<!\w)(?:{language.any_of('began')})\s+\Z", re.I)
    for block in blocks:
        for found in ordinal.finditer(block):
            for date, start, end in written(block[found.end() : found.end() + FROM], language):
                day = shifted(date, int(found["n"]) - 1)
                if day is not None and began.search(block, found.end(), found.end() + start):
                    return Dated(day, (Basis(block[found.start() : found.end() + end], "relative", date.isoformat()),))
    return Dated(None)


FROM = 120
"""Signs behind a count of days within which its beginning is told."""


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


_YEAR = re.compile(r"\d{4}")


@lru_cache(maxsize=8)
def _full_dates(language: Language) -> tuple[re.Pattern[str], ...]:
    """The orders in which full dates are written."""
    month = alternatives(language.table("months"))
    day = r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|\.º|º|\.)?"
    patterns = (
        rf"(?<![\w.]){day}(?:\s*(?:(?:of|de|d['’])\s*)?|-)(?P<m>{month})(?:\.?,?\s+(?:del?\s+)?|-)(?P<y>\d{{4}})(?!\d)",
        rf"(?<!\w)(?P<m>{month})\.?\s+{day},?\s+(?P<y>\d{{4}})(?!\d)",
        r"(?<![\d-])(?P<y>\d{4})-(?P<n>\d{2})-(?P<d>\d{2})(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?(?![\w-])",
        r"(?<![\d.])(?P<d>\d{1,2})\.\s?(?P<n>\d{1,2})\.\s?(?P<y>\d{4})(?!\d)",
        *([r"(?<![\d/])(?P<d>\d{1,2})/(?P<n>\d{1,2})/(?P<y>\d{4})(?![\d/])"] if language.flag("day_before_month") else []),
    )
    return tuple(re.compile(pattern, re.I) for pattern in patterns)


def written(text: str, language: Language) -> list[tuple[datetime.date, int, int]]:
    """The full dates that are written out in a text, with their places: "15 May 2022", "May 15, 2022", "2022-05-15", "15.5.2022"."""
    if not _YEAR.search(text):
        return []
    months = language.table("months")
    out = []
    for pattern in _full_dates(language):
        for found in pattern.finditer(text):
            groups = found.groupdict()
            number = months[groups["m"].lower()] if groups.get("m") else int(groups["n"])
            try:
                out.append((datetime.date(int(groups["y"]), number, int(groups["d"])), *found.span()))
            except ValueError:
                continue
    return sorted(out, key=lambda one: one[1])


LINE = 90
"""Signs of a line below a title that ends with a date."""
_LEAD = re.compile(r"[,.|·–—]\s*(?:\w+,?\s)?\Z")
HEAD = 300
"""Signs from the beginning of a block within which it may tell the article's own date."""
_PLACE = rf"{CAPITAL}[\w’'-]+(?:[\s-]{CAPITAL}[\w’'-]+){{0,2}},\s*(?:(?:den|le|el|a)\s+)?\Z"
_BRACKET_BEHIND = re.compile(r"\)\s?[–—-]")
_YEAR_BEHIND = re.compile(r"(?:\s(?:року|р\.))?\s?[.:–—-]")
_DASH_BEHIND = re.compile(r"\s*(?:\([\w\s/.]+\)\s*)?[–—-]")


def _stated(blocks: Sequence[str], language: Language) -> Dated:
    """A date that an article gives as its own: after "as of" or "published", in a dateline, or alone in a line near its ends."""
    said = language.any_of("dated")
    for block in blocks:
        for date, start, end in written(block, language):
            if start > HEAD:
                break
            before = re.search(
                rf"(?<!\w)(?:{said})\s*[:,]?\s*(?:on\s+)?(?:\d[\w:.]*(?:\s?[ap]\.?m\.?)?,?\s+)?(?:\w+day,?\s+)?\Z", block[:start], re.I
            )
            if before and before.start() < 40:
                return Dated(date, (Basis(block[before.start() : end], "explicit"),))
    near = [*blocks[:5], *blocks[-2:]] if len(blocks) > 5 else list(blocks)
    for number, block in enumerate(near):
        for date, start, end in written(block, language):
            if start > HEAD:
                break
            beside = f"{block[:start]}  {block[end:]}"
            is_line = len(block) <= HEAD and not re.search(r"\w{3}[.!?]\s+\w", beside)
            ends = 0 < number < 4 and len(block) <= LINE and _LEAD.search(block[:start]) and not re.search(r"\w", block[end:])
            if ends or (is_line and len(re.sub(r"[\W\d_]+", " ", beside).split()) <= 6):
                return Dated(date, (Basis(block[start:end], "explicit"),))
            lead = block[:start]
            if re.match(rf"\({_PLACE}", lead) and _BRACKET_BEHIND.match(block, end):
                return Dated(date, (Basis(block[1:end], "dateline"),))
            if re.match(_PLACE, lead) and _YEAR_BEHIND.match(block, end):
                return Dated(date, (Basis(block[:end], "dateline"),))
            if re.match(r"[A-ZÀ-Þ][A-ZÀ-Þ\s.,’'-]{2,40},?\s*\Z", lead) or _DASH_BEHIND.match(block, end):
                return Dated(date, (Basis(block[:end], "dateline"),))
    for block in near:
        found = _shouted(block, language)
        if found is not None:
            return found
    return Dated(None)


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


_COUNT = re.compile(
    r"\b(?:after|for|in|over)?\s*(?P<n>\d{1,4}|[a-z]+(?:[- ][a-z]+){0,3}) days "
    r"(?:of (?:the )?(?:fighting|war|invasion|siege|full-scale (?:war|invasion)|hostilities)"
    r"|into (?:the )?\w+|since (?:the )?\w+ (?:began|started))\b"
    r"|\b(?:on )?(?:the )?(?P<o>\d{1,4})(?:st|nd|rd|th) day (?:of|since)(?: the)? [\w-]+\b",
    re.I,
)


@lru_cache(maxsize=8)
def _ordinal_of(language: Language) -> re.Pattern[str]:
    """A count of days in a language that says what it counts: "на 100-й день повномасштабного вторгнення"."""
    words = language.any_of("days_of")
    return re.compile(rf"(?<!\w)(?P<o>\d{{1,4}}){_ORDINAL}\s+(?:{language.any_of('days')})\s+(?:\w+\s+){{0,2}}(?:{words})(?!\w)", re.I)


def _counts(block: str, language: Language) -> Iterator[re.Match[str]]:
    yield from _COUNT.finditer(block)
    if language.words("days_of"):
        yield from _ordinal_of(language).finditer(block)


def _counted(blocks: Sequence[str], calendar: Calendar | None, language: Language) -> Dated:
    """The date that a day count leads to under the calendar; weekdays named beside it that agree are a second basis."""
    if calendar is None:
        return Dated(None)
    epoch = datetime.date.fromisoformat(calendar.epoch)
    latest = Dated(None)  # of several counts the greatest is the day of writing
    where = ""
    for block in blocks:
        ended = f"{block} "
        for found in _counts(block, language):
            quote, said = found.group().strip(), found.groupdict()
            if said["o"]:
                day, rule = int(said["o"]) - 1, "ordinal-day"
            else:
                count = [n for n in numbers(said.get("n") or "") if n.value.denominator == 1]
                if not count:
                    continue
                day, rule = int(count[-1].value), "day-count"
            date = shifted(epoch, day)
            if date is None or cuts(ended, found.start(), found.end()):
                continue
            if disagreement(rule, quote, exact(date), None, calendar) is not None:
                continue
            if latest.date is None or date > latest.date:
                latest, where = Dated(date, (Basis(quote, rule, calendar.epoch),)), block
    return latest._replace(basis=(*latest.basis, *_weekday(where, latest.date))) if latest.date is not None else latest


def _weekday(block: str, date: datetime.date) -> tuple[Basis, ...]:
    found = re.search(r"\b(?:as of|on) (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|evening|night|afternoon))?\b", block)
    if found and disagreement("weekday", found.group(), exact(date), date, None) is None:
        return (Basis(found.group(), "weekday", date.isoformat()),)
    return ()
