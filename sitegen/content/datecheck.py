"""Checks the dates of one article: the day count against the date, and every date against the words that lead to it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sitegen.content.anchoring import Haystack, Missing
from sitegen.content.dating import disagreement
from sitegen.content.reading import Reading
from sitegen.content.text import normal
from sitegen.model import records
from sitegen.model.base import Record
from sitegen.model.dates import Edtf

WORDLESS = (None, "editor", "markup", "file-name")
"""The rules that read no words of the article."""


class Dated(NamedTuple):
    """A date, with what is said to lead to it: by which rule, from which words, and from which day it counts."""

    at: Record
    rule: str | None
    quote: str | None
    date: Edtf
    base: datetime.date | None


def counted(record: records.Article, calendars: Mapping[str, records.Calendar], reader: Reading) -> tuple[str | None, int | None]:
    """The calendar by which an article counts, and its day in it; None where it does not count, or the day is not known."""
    calendar = record.calendar
    if calendar is None and record.day is not None:
        if len(calendars) != 1:
            hint = f"one of: {', '.join(calendars) or 'none is in sitegen.yaml'}"
            reader.problem(record, "missing-calendar", "`day` is given without `calendar`", hint, key="day")
            return None, record.day
        calendar = next(iter(calendars))
    if calendar is None:
        return None, None
    if calendar not in calendars:
        hint = f"one of: {', '.join(calendars) or 'none yet'}"
        reader.problem(record, "unknown-calendar", f"no calendar {calendar!r} is in sitegen.yaml", hint, key="calendar")
        return None, record.day
    if record.date is None or record.date.day is None:
        if record.day is not None:
            hint = "give `date`" if record.date is None else f"{record.date.text} is no single day"
            reader.problem(record, "day-without-date", "`day` needs a date known to the day", hint, key="day")
        return calendar, None
    scale = calendars[calendar]
    number = (record.date.day - datetime.date.fromisoformat(scale.epoch)).days + scale.first_day
    if record.day is not None and record.day != number:
        message = f"`day` is {record.day}, but {record.date.text} is day {number} of {calendar}"
        hint = f"{calendar} calls {scale.epoch} day {scale.first_day}; correct `day` or `date`"
        reader.problem(record, "day-disagrees", message, hint, key="day")
    return calendar, number


def dates_of(record: records.Article, reader: Reading) -> Iterator[Dated]:
    """Every date of an article that is said to follow from words."""
    for basis in record.date_basis:
        if record.date is None:
            reader.problem(basis, "basis-without-date", "the article has no date that this could lead to", "give `date`")
        else:
            yield Dated(basis, basis.rule, basis.quote, record.date, None)
    base = record.date.day if record.date else None
    for entry in record.claims:
        for one in (entry.from_, entry.total, *entry.items) if isinstance(entry, records.Group) else (entry,):
            for when in (one.as_of, one.when, one.said) if one else ():
                if when is not None:
                    yield Dated(when, when.rule, when.quote, when.date, base)


def readable(dates: Iterable[Dated], haystack: Haystack, reader: Reading) -> Iterator[Dated]:
    """Those of the dates whose words stand in the article; of the others it is told that they do not."""
    everywhere = range(len(haystack.starts))
    for one in dates:
        if one.quote is None:
            if one.rule not in WORDLESS:
                reader.problem(one.at, "missing-quote", f"the rule {one.rule!r} needs the words that it reads", "give `quote`")
                continue
        elif not any(haystack.all(one.quote, within=everywhere)):
            missing = haystack.find(one.quote, within=everywhere)
            if isinstance(missing, Missing):
                reader.problem(one.at, missing.code, missing.message, missing.hint)
            continue
        yield one


def disagreeing(dates: Iterable[Dated], record: records.Article, scale: records.Calendar | None) -> Iterator[tuple[Record, str]]:
    """The dates to which their words do not lead, and why not."""
    seed = record.seed.path.rsplit("/", 1)[-1] if record.seed else ""
    for one in dates:
        why = disagreement(one.rule, normal(one.quote or ""), one.date, one.base, scale, seed) if one.rule else None
        if why:
            yield one.at, why
