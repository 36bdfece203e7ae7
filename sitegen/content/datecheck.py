"""Checks the dates of one article: the day count against the date, and every date against the words that lead to it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from sitegen.content.anchoring import Haystack, Missing
from sitegen.content.dating import disagreement
from sitegen.content.reading import Reading
from sitegen.content.text import normal
from sitegen.model import records
from sitegen.model.base import Record
from sitegen.model.dates import Edtf


class DateCheck:
    """The dates of an article. `calendar` and `day` are what it counts by and to, where it counts at all."""

    def __init__(self, record: records.Article, haystack: Haystack, reader: Reading, calendars: Mapping[str, records.Calendar]) -> None:
        self.record = record
        self.haystack = haystack
        self.reader = reader
        self.calendars = calendars
        self.everywhere = range(len(haystack.starts))
        self.calendar, self.day = self._day()

    def _day(self) -> tuple[str | None, int | None]:
        """The calendar and the day count."""
        record = self.record
        calendar = record.calendar
        if calendar is None and record.day is not None:
            if len(self.calendars) != 1:
                self.reader.problem(
                    record,
                    "missing-calendar",
                    "`day` is given without `calendar`",
                    f"one of: {', '.join(self.calendars) or 'none is in sitegen.yaml'}",
                )
                return None, record.day
            calendar = next(iter(self.calendars))
        if calendar is None:
            return None, None
        if calendar not in self.calendars:
            self.reader.problem(
                record,
                "unknown-calendar",
                f"no calendar {calendar!r} is in sitegen.yaml",
                f"one of: {', '.join(self.calendars) or 'none yet'}",
            )
            return None, record.day
        if record.date is None or record.date.day is None:
            if record.day is not None:
                self.reader.problem(record, "day-without-date", "`day` needs a date known to the day", "give `date`", key="day")
            return calendar, None
        scale = self.calendars[calendar]
        number = (record.date.day - datetime.date.fromisoformat(scale.epoch)).days + scale.first_day
        if record.day is not None and record.day != number:
            self.reader.problem(
                record, "day-disagrees", f"`day` is {record.day}, but {record.date.text} is day {number} of {calendar}",
                f"{calendar} calls {scale.epoch} day {scale.first_day}; correct `day` or `date`", key="day",
            )  # fmt: skip
        return calendar, number

    def check_basis(self) -> None:
        for basis in self.record.date_basis:
            if self.record.date is None:
                self.reader.problem(basis, "basis-without-date", "the article has no date that this could lead to", "give `date`")
                continue
            self._check(basis, basis.rule, basis.quote, self.record.date, None)

    def _check(self, at: Record, rule: str | None, quote: str | None, date: Edtf, base: datetime.date | None) -> None:
        if quote is None:
            if rule not in (None, "editor", "markup", "file-name"):
                self.reader.problem(at, "missing-quote", f"the rule {rule!r} needs the words that it reads", "give `quote`")
                return
        elif not any(self.haystack.all(quote, within=self.everywhere)):
            missing = self.haystack.find(quote, within=self.everywhere)
            if isinstance(missing, Missing):
                self.reader.problem(at, missing.code, missing.message, missing.hint)
            return
        if rule is None:
            return
        scale = self.calendars.get(self.calendar or "")
        seed = self.record.seed.path.rsplit("/", 1)[-1] if self.record.seed else ""
        why = disagreement(rule, normal(quote or ""), date, base, scale, seed)
        if why:
            self.reader.problem(at, "date-disagrees", why, "correct the date, the quote or the rule; `rule: editor` makes it your reading")

    def check_when(self, when: records.When | None) -> None:
        if when is not None:
            base = self.record.date.day if self.record.date else None
            self._check(when, when.rule, when.quote, when.date, base)
