"""The words of a text that tell a time, and where each leads: the audit of an article's dates.

The rules are those of `dating` and are the same in every language: a bare weekday is the latest such day on or before the article's date,
"last" lies strictly before it and "next" strictly after; a date without a year is the one nearest to the article's date; a week begins on
Monday; "after 80 days" counts elapsed days from the calendar's epoch, "the 80th day" begins with 1 on it, and "day 80" counts as the
calendar does. A count may be of something else ("the third day of the trial"), so that one is read only where it leads to within a week of
the article's date; else it is told as words that lead to no day by rule. What follows from no rule is not told at all: "recently", "in
spring", a month alone ("may" is a verb), the names of papers and feasts that hold a day of the week.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from sitegen.content.dating import shifted, weekday_before
from sitegen.model.dates import Edtf, edtf
from sitegen.model.records import Calendar

NEAR = 7
"""Days of the article's date within which a count must lead to be taken for one of its calendar."""
_NAMES_BEFORE = re.compile(r"(?:\b(?:Black|Bloody|Good|Easter|Palm|Ash|Shrove)) \Z")
_NAMES_AFTER = re.compile(r" (?:Times|Telegraph|Mail|Express|Mirror|Herald|Post|People|Sun|Star|Tribune)\b")


class Expression(NamedTuple):
    """Words at `start:end` that tell a time: the rule that reads them (`DateRule`), and where they lead; None where that is not known: for
    want of a date of the article, or of a calendar."""

    start: int
    end: int
    rule: str
    date: Edtf | None


class _Words(NamedTuple):
    """The words of a language, each as a pattern: weekdays (Monday first) and months (January first); `shifts` are relative days; `last`
    and `next` stand before a weekday or a period; `ago` has a `n`, `day_n` and `nth_day` too, `elapsed` counts days that are over."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    shifts: dict[str, int]
    last: str
    next: str
    periods: dict[str, str]
    ago: str
    day_n: str
    nth_day: str
    elapsed: str
    numbers: tuple[str, ...]


_LANGUAGES = {
    "en": _Words(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"),
        {"the day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0,
         "this evening": 0, "last night": -1, "the day after tomorrow": 2, "tomorrow": 1},
        "last", "next", {"week": "week", "month": "month", "year": "year"},
        r"(?P<n>{n}) days? ago", r"day (?P<n>\d{{1,5}})", r"(?P<n>\d{{1,5}})(?:st|nd|rd|th) day", r"after (?P<n>\d{{1,5}}) days",
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    ),
    "de": _Words(
        ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "(?:samstag|sonnabend)", "sonntag"),
        ("januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember"),
        {"vorgestern": -2, "gestern": -1, "heute": 0, "übermorgen": 2},
        r"(?:letzte[nrs]?|vorige[nrs]?|vergangene[nrs]?)", r"(?:nächste[nrs]?|kommende[nrs]?)",
        {"woche": "week", "monats?": "month", "jahr(?:es)?": "year"},
        r"vor (?P<n>{n}) tag(?:en)?", r"tag (?P<n>\d{{1,5}})", r"(?P<n>\d{{1,5}})\. tag(?:e|es)?", r"nach (?P<n>\d{{1,5}}) tagen",
        ("eine[mnr]?", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"),
    ),
    "uk": _Words(
        ("понеділ(?:ок|ка)", "вівтор(?:ок|ка)", "серед[ау]", "четвер(?:га)?", "п[’'ʼ]ятниц[яюі]", "субот[ауи]", "неділ[яюі]"),
        ("січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня", "листопада", "грудня"),
        {"позавчора": -2, "учора": -1, "вчора": -1, "сьогодні": 0, "завтра": 1, "післязавтра": 2},
        "(?:минул(?:ого|ої|ий|у))", "(?:наступн(?:ого|ої|ий|у))", {"тижня": "week", "місяця": "month", "року": "year"},
        r"(?P<n>{n}) (?:день|дні|днів) тому", r"день (?P<n>\d{{1,5}})", r"(?P<n>\d{{1,5}})-й день", r"(?:після|за) (?P<n>\d{{1,5}}) днів",
        ("один", "два", "три", "чотири", "п[’'ʼ]ять", "шість", "сім", "вісім", "дев[’'ʼ]ять", "десять", "одинадцять", "дванадцять"),
    ),
}  # fmt: skip


def expressions(text: str, lang: str, base: datetime.date | None, calendar: Calendar | None) -> Iterator[Expression]:
    """The words of a text that tell a time, in order, none over another; none in a language that is not known. `base`: the article's
    date, from which relative words count.

    >>> [(one.rule, one.date.text) for one in expressions("On Friday, as on 3 May:", "en", datetime.date(2022, 5, 15), None) if one.date]
    [('weekday', '2022-05-13'), ('explicit', '2022-05-03')]
    """
    language = lang.partition("-")[0]
    if language in _LANGUAGES:
        for found in _pattern(language).finditer(text):
            if not _is_name(found, text):
                yield Expression(found.start(), found.end(), *_read(found, _LANGUAGES[language], base, calendar))


def weekday_of(text: str, lang: str) -> Iterator[tuple[str, int, Edtf]]:
    """Where a text names a day of the week before a full date: the words, the weekday (Monday is 0), and the date.

    >>> [(words, weekday, date.text) for words, weekday, date in weekday_of("on Monday, 11 June 1924", "en")]
    [('Monday, 11 June 1924', 0, '1924-06-11')]
    """
    language = lang.partition("-")[0]
    if language not in _LANGUAGES:
        return
    words = _LANGUAGES[language]
    for found in _full(language).finditer(text):
        date = _explicit(found, words, None)
        if date is not None and date.day is not None:
            yield found.group(), _numbered(_Found(found)["weekday"], words.weekdays), date


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = _LANGUAGES[language]
    number = "|".join([r"\d{1,4}", *words.numbers])
    weekday, period = _any(words.weekdays), _any(words.periods)
    parts = [
        *_explicit_parts(words),
        rf"(?P<shift>{_any(sorted(words.shifts, key=len, reverse=True))})",
        rf"(?P<ago>{words.ago.format(n=number)})",
        rf"(?P<nth>{words.nth_day.format()})",
        rf"(?P<elapsed>{words.elapsed.format()})",
        rf"(?P<day>{words.day_n.format()})",
        rf"(?P<last>{words.last}) (?P<of>{weekday}|{period})",
        rf"(?P<next>{words.next}) (?P<to>{weekday}|{period})",
        rf"(?P<weekday>{weekday})",
    ]
    return _named_once(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])")


@cache
def _full(language: str) -> re.Pattern[str]:
    words = _LANGUAGES[language]
    dates = "|".join(_explicit_parts(words)[:3])
    return _named_once(rf"(?<![\w-])(?P<weekday>{_any(words.weekdays)})(?:,? (?:the |den |dem )?)(?:{dates})(?![\w-])")


def _explicit_parts(words: _Words) -> list[str]:
    """The ways in which dates are written out; those of a whole date first."""
    month = _any(words.months)
    return [
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)? (?:of )?(?P<m>{month})(?:,? (?P<y>\d{{4}}))?",
        rf"(?P<m>{month}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? (?P<y>\d{{4}}))?",
        r"(?P<y>\d{4})-(?P<mm>\d{2})-(?P<d>\d{2})",
        rf"(?P<m>{month}) (?P<y>\d{{4}})",
    ]


def _named_once(pattern: str) -> re.Pattern[str]:
    """A pattern in which a name may stand several times: each gets a number, which `_group` takes for the name."""
    names: dict[str, int] = {}

    def numbered(found: re.Match[str]) -> str:
        names[found[1]] = names.get(found[1], 0) + 1
        return f"(?P<{found[1]}_{names[found[1]]}>"

    return re.compile(re.sub(r"\(\?P<(\w+)>", numbered, pattern), re.I)


def _is_name(match: re.Match[str], text: str) -> bool:
    """Whether the words are a part of a name, or the English verbs "may" and "march"."""
    month = _Found(match)["m"]
    if month in ("may", "march"):
        return True
    around = text[max(0, match.start() - 10) : match.start()], text[match.end() : match.end() + 12]
    return bool(_NAMES_BEFORE.search(around[0]) or _NAMES_AFTER.match(around[1]))


class _Found:
    """What a pattern found, by the names that stand in it, whichever of them took part."""

    def __init__(self, match: re.Match[str]) -> None:
        self.groups = {name.rpartition("_")[0]: text for name, text in match.groupdict().items() if text is not None}

    def __getitem__(self, name: str) -> str:
        return self.groups.get(name, "")


def _read(match: re.Match[str], words: _Words, base: datetime.date | None, calendar: Calendar | None) -> tuple[str, Edtf | None]:
    """By which rule an expression is read, and where it leads."""
    found = _Found(match)
    if found["d"] or found["m"] or found["y"]:
        return "explicit", _explicit(match, words, base)
    if found["nth"]:
        return "ordinal-day", _counted(int(found["n"]) - 1, calendar, base)
    if found["elapsed"]:
        return "day-count", _counted(int(found["n"]), calendar, base)
    if found["day"]:
        return "day-count", _counted(int(found["n"]) - calendar.first_day, calendar, base) if calendar else None
    if found["weekday"]:
        return "weekday", _on(weekday_before(base, _numbered(found["weekday"], words.weekdays))) if base else None
    if found["of"] or found["to"]:
        return _beside(found["of"] or found["to"], words, base, is_before=bool(found["of"]))
    if found["ago"]:
        days = int(found["n"]) if found["n"].isdigit() else _numbered(found["n"], words.numbers) + 1
        return "relative", _on(shifted(base, -days)) if base else None
    days = next(days for word, days in words.shifts.items() if re.fullmatch(word, found["shift"], re.I))
    return "relative", _on(shifted(base, days)) if base else None


def _explicit(match: re.Match[str], words: _Words, base: datetime.date | None) -> Edtf | None:
    """A date that is written out; of a day without a year that which is nearest to the base."""
    found = _Found(match)
    month = int(found["mm"]) if found["mm"] else _numbered(found["m"], words.months) + 1
    if not found["d"]:
        return edtf(f"{int(found['y']):04}-{month:02}")
    years = [int(found["y"])] if found["y"] else [base.year - 1, base.year, base.year + 1] if base else []
    days = [day for year in years if (day := _day(year, month, int(found["d"]))) is not None]
    return _on(min(days, key=lambda day: abs((day - base).days) if base else 0, default=None))


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _beside(named: str, words: _Words, base: datetime.date | None, *, is_before: bool) -> tuple[str, Edtf | None]:
    """A weekday or a period before or after the base."""
    period = next((period for pattern, period in words.periods.items() if re.fullmatch(pattern, named, re.I)), "")
    if not period:
        if base is None:
            return "weekday", None
        last = weekday_before(base, _numbered(named, words.weekdays), strictly=is_before)
        return "weekday", _on(last if is_before else shifted(last, 7))
    if base is None:
        return "relative", None
    step = -1 if is_before else 1
    if period == "year":
        return "relative", edtf(f"{base.year + step:04}")
    if period == "month":
        months = base.year * 12 + base.month - 1 + step
        return "relative", edtf(f"{months // 12:04}-{months % 12 + 1:02}")
    monday = shifted(base, 7 * step - base.weekday())
    sunday = shifted(monday, 6) if monday else None
    return "relative", edtf(f"{monday.isoformat()}/{sunday.isoformat()}") if monday and sunday else None


def _counted(days: int, calendar: Calendar | None, base: datetime.date | None) -> Edtf | None:
    """The day to which a count leads, where it is near enough to the base to be one of the calendar."""
    day = shifted(datetime.date.fromisoformat(calendar.epoch), days) if calendar else None
    return _on(day) if day is not None and base is not None and abs((day - base).days) <= NEAR else None


def _on(day: datetime.date | None) -> Edtf | None:
    return edtf(day.isoformat()) if day is not None else None


def _numbered(word: str, patterns: tuple[str, ...]) -> int:
    return next(number for number, pattern in enumerate(patterns) if re.fullmatch(pattern, word, re.I))


def _any(patterns: Iterable[str]) -> str:
    return f"(?:{'|'.join(patterns)})"
