"""Days that a text counts: the 100th of a strike that began on a day that it tells, or of what a calendar of the archive counts from."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from sitegen.content.anchoring import cuts
from sitegen.content.dating import disagreement, shifted
from sitegen.content.numbers import numbers
from sitegen.importer.days import Basis, Dated, written
from sitegen.importer.language import Language
from sitegen.importer.tokens import CAPITAL
from sitegen.model.dates import exact
from sitegen.model.records import Calendar

_ORDINAL = r"(?:st|nd|rd|th|er|e|ème|º|\.|-?й|-?го)"
"""What makes an ordinal of a number, in any of the languages."""


def counted_from(blocks: Sequence[str], language: Language) -> Dated:
    """A day of a count of which the text says when it began: "the 100th day of a strike that began on 4 March"."""
    days = language.any_of("days")
    ordinal = re.compile(rf"(?<!\w)(?P<n>\d{{1,4}}){_ORDINAL}?\s+(?:{days})(?!\w)", re.I)
    where = rf"(?:\w{{1,5}}\s+(?-i:{CAPITAL}[\w’'-]*)(?:\s(?-i:{CAPITAL}[\w’'-]*)){{0,2}}\s+(?:\w{{1,3}}\s+)?)?"
    began = re.compile(rf"(?<!\w)(?:{language.any_of('began')})\s+{where}\Z", re.I)
    for block in blocks:
        for found in ordinal.finditer(block):
            for date, start, end in written(block[found.end() : found.end() + FROM], language):
                day = shifted(date, int(found["n"]) - 1)
                if day is not None and began.search(block, found.end(), found.end() + start):
                    return Dated(day, (Basis(block[found.start() : found.end() + end], "relative", date.isoformat()),))
    return Dated(None)


FROM = 120
"""Signs behind a count of days within which its beginning is told."""


_COUNT = re.compile(
    r"\b(?:after|for|in|over)?\s*(?P<n>\d{1,4}|[a-z]+(?:[- ][a-z]+){0,3}) days "
    r"(?:of (?:the )?(?:fighting|war|invasion|siege|full-scale (?:war|invasion)|hostilities)"
    r"|into (?:the )?\w+|since (?:the )?\w+ (?:began|started))\b"
    r"|\b(?:on )?(?:the )?(?P<o>\d{1,4})(?:st|nd|rd|th) day (?:of|since)(?: the)? (?!an?\b)[\w-]+\b",
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


def counted(blocks: Sequence[str], calendar: Calendar | None, language: Language) -> Dated:
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
