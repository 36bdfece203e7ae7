"""Dates as archives write them: EDTF level 0 and 1 (ISO 8601-2), kept as text with the span they cover."""

import calendar
import datetime
import re

from sitegen.model.base import Value

_SIMPLE = re.compile(r"(\d{3}[\dX]|\d\dXX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?([~?%]?)\Z", re.ASCII)
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (1, 12)}
"""The months of seasons, as they are in the north; winter is at both ends of a year, and at which nobody says."""
_OPEN_START, _OPEN_END = "0001-01-01", "9999-12-31"


class Edtf(Value, frozen=True):
    """An EDTF date.

    `text` is what the editor wrote; `first` and `last` are the earliest and the latest day that it can mean,
    as ISO dates. Level 1 is read whole but for years outside 0001 to 9999, which Python's calendar lacks.
    """

    text: str
    first: str
    last: str

    @property
    def day(self) -> datetime.date | None:
        """The day, where the date is known to the day."""
        return datetime.date.fromisoformat(self.first) if self.first == self.last else None

    @property
    def sort(self) -> str:
        """The day by which the date is put in order: its last, or its first where it is open."""
        return self.first if self.last == _OPEN_END else self.last

    @property
    def approximate(self) -> bool:
        return self.text.endswith(("~", "%"))

    @property
    def uncertain(self) -> bool:
        return self.text.endswith(("?", "%"))

    def covers(self, day: datetime.date) -> bool:
        return self.first <= day.isoformat() <= self.last


def edtf(text: str) -> Edtf:
    """The date that `text` writes.

    >>> edtf("1912-05").last
    '1912-05-31'
    >>> edtf("2022-02/..").first
    '2022-02-01'

    Raises ValueError where it is not a date.
    """
    if "/" in text:
        start, _, end = text.partition("/")
        unknown = ("", "..")
        if start in unknown and end in unknown:
            raise ValueError(text)
        first = _OPEN_START if start in unknown else _span(start)[0]
        last = _OPEN_END if end in unknown else _span(end)[1]
        if first > last:
            raise ValueError(text)
        return Edtf(text, first, last)
    return Edtf(text, *_span(text))


def spanning(first: str, last: str) -> Edtf:
    """The plainest date from one day (ISO) to another: a day, a month, a year, else a stretch.

    >>> spanning("2022-05-15", "2022-05-15").text, spanning("2022-02-01", "2022-02-28").text, spanning("1999-01-01", "1999-12-31").text
    ('2022-05-15', '2022-02', '1999')
    >>> spanning("2022-02-24", "2022-05-15").text, spanning("2022-02-24", "9999-12-31").text
    ('2022-02-24/2022-05-15', '2022-02-24/..')
    """
    for text in (first, first[:7], first[:4]):
        if _span(text) == (first, last):
            return Edtf(text, first, last)
    return Edtf(f"{'..' if first == _OPEN_START else first}/{'..' if last == _OPEN_END else last}", first, last)


def holding(first: str, last: str) -> str:
    """The smallest of day, month and year that holds all from one day (ISO) to another; empty where no year does.

    >>> holding("1911-07-04", "1911-07-04"), holding("1911-07-01", "1911-07-31"), holding("1911-07-01", "1911-09-30")
    ('1911-07-04', '1911-07', '1911')
    >>> holding("1910-01-01", "1919-12-31")
    ''
    """
    return next((first[:size] for size in (10, 7, 4) if first[:size] == last[:size]), "")


def exact(day: datetime.date) -> Edtf:
    """The EDTF date of one day."""
    iso = day.isoformat()
    return Edtf(iso, iso, iso)


def _span(text: str) -> tuple[str, str]:
    found = _SIMPLE.match(text)
    if not found:
        raise ValueError(text)
    year, month, day, _ = found.groups()
    first_year, last_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if month is None or month == "XX":
        if day not in (None, "XX"):
            raise ValueError(text)
        months = (1, 12)
    elif int(month) in _SEASONS and day is None:
        months = _SEASONS[int(month)]
    else:
        months = (int(month), int(month))
    if "X" in year and months != (1, 12):
        raise ValueError(text)
    if day is None or day == "XX":
        last_day = calendar.monthrange(last_year, months[1])[1] if 1 <= months[1] <= 12 else 0
        days = (1, last_day)
    else:
        days = (int(day), int(day))
    return (
        datetime.date(first_year, months[0], days[0]).isoformat(),
        datetime.date(last_year, months[1], days[1]).isoformat(),
    )
