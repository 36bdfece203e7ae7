"""Whether the words of a text lead to a date: one check for each date rule.

Rules and conventions: a day count counts elapsed days from the calendar's epoch ("after 80 days"); an ordinal day begins with
1 on the epoch ("the 221st day"); a bare weekday is the latest such day on or before the base date, "last" lies strictly before
it, "next" strictly after (`reference/domain.md` section 4, row 5).
"""

from __future__ import annotations

import datetime
import re

from sitegen.content.numbers import numbers
from sitegen.model.dates import Edtf
from sitegen.model.records import Calendar

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = "|".join([*_MONTHS, "sept", *(m[:3] for m in _MONTHS)])
_ORDERS = [
    re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b"),
    re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<mm>{_MONTH})\b\.?,?(?: (?P<y>\d{{4}}))?", re.I),
    re.compile(rf"\b(?P<mm>{_MONTH})\b\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<y>\d{{4}}))?", re.I),
    re.compile(r"\b(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})\b"),
    re.compile(r"\b(?P<m>\d{1,2})[./](?P<d>\d{1,2})[./](?P<y>\d{4})\b"),
    re.compile(rf"\b(?P<mm>{_MONTH})\b\.?,? (?P<y>\d{{4}})\b", re.I),
    re.compile(r"(?<!\d)(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>1[0-9]{3}|20[0-9]{2})(?!\d)"),
]
_RELATIVE = {"today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "yesterday": -1, "tomorrow": 1}
_AGO = re.compile(r"\bdays? (?:ago|earlier|before)\b", re.I)


def disagreement(
    rule: str, quote: str, date: Edtf, base: datetime.date | None, calendar: Calendar | None, file_name: str = ""
) -> str | None:
    """Why the words do not lead to the date, in words for editors; None where they do.

    `base` is the date from which relative words count: the article's own. A rule that cannot be checked without
    it is not held against the editor.
    """
    match rule:
        case "editor" | "markup":
            return None
        case "file-name":
            return _explicit(file_name, date, "the seed's file name")
        case "explicit" | "dateline":
            return _explicit(quote, date, f"“{quote}”")
        case "day-count" | "ordinal-day":
            return _counted(rule, quote, date, calendar)
        case "weekday":
            return _weekday(quote, date, base)
        case "relative":
            return _relative(quote, date, base)
    return None


def _explicit(text: str, date: Edtf, where: str) -> str | None:
    candidates = list(_written(text))
    if not candidates:
        return f"no date is written in {where}"
    for year, month, day in candidates:
        if _agrees(date, year, month, day):
            return None
    return f"{where} does not write {date.text}"


def _written(text: str) -> list[tuple[int | None, int | None, int | None]]:
    out: list[tuple[int | None, int | None, int | None]] = []
    for order in _ORDERS:
        for found in order.finditer(text):
            parts = found.groupdict()
            month = int(parts["m"]) if parts.get("m") else None
            if parts.get("mm"):
                month = next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(parts["mm"].lower()[:3]))
            year, day = parts.get("y"), parts.get("d")
            out.append((int(year) if year else None, month, int(day) if day else None))
    return out


def _agrees(date: Edtf, year: int | None, month: int | None, day: int | None) -> bool:
    first = datetime.date.fromisoformat(date.first)
    last = datetime.date.fromisoformat(date.last)
    if year is not None and not first.year <= year <= last.year:
        return False
    if (first == last or (first.year, first.month) == (last.year, last.month)) and month is not None and month != first.month:
        return False
    return first != last or (month is not None and day == first.day)


def _counted(rule: str, quote: str, date: Edtf, calendar: Calendar | None) -> str | None:
    if calendar is None:
        return "the article has no calendar to count by"
    ordinals = [int(found) for found in re.findall(r"\b(\d{1,6})(?:st|nd|rd|th|er|ère|e|ème|[ºª])(?!\w)", quote)]
    counts = [*(int(n.value) for n in numbers(quote) if n.value.denominator == 1), *ordinals]
    if not counts:
        return f"“{quote}” holds no number of days"
    epoch = datetime.date.fromisoformat(calendar.epoch)
    back = 1 if rule == "ordinal-day" else 0
    days = []
    for count in counts:
        day = shifted(epoch, count - back)
        if day is not None:
            days.append(day)
    if date.day in days:
        return None
    return f"“{quote}” leads to {' or '.join(day.isoformat() for day in days) or 'no day'}, not to {date.text}"


def shifted(base: datetime.date, days: int) -> datetime.date | None:
    """The day so many days away; None beyond the years 1 to 9999."""
    try:
        return base + datetime.timedelta(days=days)
    except OverflowError:
        return None


def weekday_before(base: datetime.date, weekday: int, *, strictly: bool = False) -> datetime.date:
    """The latest such weekday (Monday is 0) on or before the base.

    >>> weekday_before(datetime.date(2022, 5, 15), 5).isoformat()
    '2022-05-14'
    """
    back = (base.weekday() - weekday) % 7
    return shifted(base, -(back or (7 if strictly else 0))) or base


def _weekday(quote: str, date: Edtf, base: datetime.date | None) -> str | None:
    words = re.findall(r"[a-z]+", quote.lower())
    named = [(index, WEEKDAYS.index(word)) for index, word in enumerate(words) if word in WEEKDAYS]
    if not named:
        return f"“{quote}” names no day of the week"
    if date.day is None:
        return f"{date.text} is not a single day"
    if date.day.weekday() not in [weekday for _, weekday in named]:
        return f"{date.text} was a {WEEKDAYS[date.day.weekday()].capitalize()}"
    if base is None:
        return None
    wanted = []
    for index, weekday in named:
        before = words[index - 1] if index else ""
        if before == "next":
            wanted.append(shifted(weekday_before(base, weekday), 7) or base)
        else:
            wanted.append(weekday_before(base, weekday, strictly=before == "last"))
    if date.day in wanted:
        return None
    return f"“{quote}” leads to {wanted[0].isoformat()} from {base.isoformat()}, not to {date.text}"


def _relative(quote: str, date: Edtf, base: datetime.date | None) -> str | None:
    """Checked where the words are exact ("yesterday", "three days ago"); vaguer words are the editor's reading."""
    words = quote.lower()
    if any(weekday in words for weekday in WEEKDAYS):
        return f"“{quote}” names a day of the week: use `rule: weekday`"
    if base is None:
        return None
    shift = next((days for word, days in _RELATIVE.items() if word in words), None)
    if shift is None and _AGO.search(quote):
        counts = [int(n.value) for n in numbers(quote) if n.value.denominator == 1]
        shift = -counts[0] if counts else None
    if shift is None:
        return None
    day = shifted(base, shift)
    if day is None:
        return f"“{quote}” leads beyond the calendar"
    return None if date.covers(day) else f"“{quote}” leads to {day.isoformat()} from {base.isoformat()}, not to {date.text}"
