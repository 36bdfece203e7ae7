"""The quantities of a claim: its numbers with their units and hedges, without dates, ordinals and the numbers of names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from sitegen.content.numbers import hedge_before, is_read_in_full, may_be_number, numbers
from sitegen.importer.language import Language, alternatives
from sitegen.importer.numerals import figure, numerals, value_of
from sitegen.importer.tokens import CAPITAL, SMALL


class Quantity(NamedTuple):
    """A number of a claim: its value, the words after it that say of what, whether it is hedged. A share is a decimal fraction;
    `share` has it as records write it (`1/3`, `30%`)."""

    value: int | float
    unit: str
    approx: bool
    start: int
    end: int
    share: str = ""


@lru_cache(maxsize=64)  # a sentence is asked for its quantities before it is a claim, and as one
def quantities(text: str, language: Language) -> tuple[Quantity, ...]:
    """The numbers of a text with their units and hedges; no dates, no ordinals, no numbers in names."""
    out: list[Quantity] = []
    rules = _rules(language)
    text = text.replace("...", "   ")  # "60 KTS...70 MPH"
    if is_read_in_full(language.tag):
        found = [(one.value, one.share, one.start, one.end) for one in numbers(text, language.tag)]
    else:
        found = numerals(text, language)
    taken = [(start, end) for *_, start, end in found]
    found += [one for one in rules.joined(text) if not any(start < one[3] and one[2] < end for start, end in taken)]
    found = sorted(found, key=lambda one: one[2])
    scores = [one.span() for one in _SCORE.finditer(text)]
    for value, share, start, end in found:
        if rules.is_date(text, start, end) or rules.is_no_count(text, start, end, scores):
            continue
        shown = text[start:end]
        percent = share and rules.percent.search(shown)
        number = value * 100 if percent else value
        given: int | float = round(float(number), 3) if share and not percent else int(number) if number == int(number) else float(number)
        unit = ("percent " if percent else "share " if share else "") + _unit(text[end:], language)
        fraction = Fraction(value)
        written = f"{float(number):g}%" if percent else f"{fraction.numerator}/{fraction.denominator}" if share else ""
        out.append(Quantity(given, unit.strip(), rules.is_hedged(text, start, end), start, end, written))
    return tuple(out)


_DISTANCES = frozenset([50, 60, 100, 110, 200, 400, 800, 1500, 3000, 5000, 10000])
"""Metres that races have."""
_SCORE = re.compile(r"(?<![\w/.-])\d{1,3}[-–]\d{1,3}(?![\w/]|-\d|[.,]\d)")
"""The result of a game, or a range: two counts."""
_DIGITS = re.compile(r"\d{1,4}")
_JOINS_ON = re.compile(rf"[^\W_]|-{SMALL}")
_FOUR_OF_CLOCK = re.compile(r"[0-2]\d[0-5]\d")
_ZONE = "GMT|UTC"
_MINUTES = re.compile(r"(?<!\d)[0-2]?\d:\Z")
"""An hour, before its minutes."""
_NOUN_AFTER = re.compile(rf"\s+({SMALL}{{3,}})\b")
_NOUN_IN_CAPITALS_AFTER = re.compile(rf"\s+{CAPITAL}{SMALL}{{2,}}")
BEFORE = 40
"""Signs before a number in which words are sought that tell what it is."""


class _Rules:
    """The words around numbers that tell what they are, of one language, as patterns."""

    def __init__(self, language: Language) -> None:
        self.language = language
        any_of = language.any_of
        self.percent = re.compile(rf"%|{any_of('percent')}", re.I)
        self.numbered, self.currencies = (re.compile(rf"(?<!\w)(?:{any_of(name)})\.?\s+\Z", re.I) for name in ("numbered", "currencies"))
        self.periods, self.pronouns, self.years, self.approx = (
            re.compile(rf"(?<!\w)(?:{any_of(name)})\.?\s+(?:(?:{any_of('definite')})\s+)?\Z", re.I)
            for name in ("periods", "one_after", "year_after", "approx")
        )
        self.part_of_name, self.one_before, self.clock, self.or_more = (
            re.compile(rf"[\s-]+(?:{any_of(name)})(?!\w)", re.I) for name in ("halves", "one_before", "clock", "or_more")
        )
        self.counted = re.compile(rf"\s+(?:{SMALL}+\s)?(?:{any_of('counted')})\b", re.I)
        months = any_of("months")
        self.month_before = re.compile(rf"(?:{months})\.?\s*(?:\d{{1,2}},?\s*)?\Z", re.I)
        ordinals, of, marks = any_of("ordinals"), any_of("of"), any_of("time_marks")
        self.month_after = re.compile(rf"\.?(?:{ordinals})?\s*(?:(?:{of})\s+)?(?:{months})\b", re.I)
        self.goes_on = re.compile(rf"[-/]\d|(?:{ordinals})\b|:\d\d")
        self.hours = re.compile(rf"\s?(?:{any_of('hours')}|(?-i:{_ZONE}|Z\b))", re.I)
        self.time_after = re.compile(rf"(?::\d\d|\s*(?:{marks}|{_ZONE})(?!\w))", re.I)
        self.model_after = re.compile(rf"-(?:{any_of('model_ends')})(?!\w)", re.I)
        self.named = re.compile(rf"\b({CAPITAL}{SMALL}+|{_as_written(language, 'models')})[-\s.]?\Z")
        self.in_joined = re.compile(rf"(?<![\w.,])(?P<figure>{figure(language)})(?=(?:{_as_written(language, 'unit_signs')})\b)")
        metres, plural = any_of("in_metres"), any_of("plural_endings")
        counted = rf"m\s(?!(?:{metres}|{of}|{any_of('units_end')})\b)(?:{SMALL}+\s)?{SMALL}*(?:{plural})\b"
        self.in_millions = re.compile(counted if language.words("in_metres") else r"(?!)")
        unread = [word for word in language.fractions("numbers") if is_read_in_full(language.tag) and not may_be_number(word)]
        self.in_words = re.compile(rf"(?<!\w)(?:{alternatives(unread)})(?!\w)", re.I)
        names = ("articles", "asides", "questions", "units_end", "locatives", "approx", "months")
        self.small = frozenset().union(*(language.words(name) for name in names))

    def is_no_count(self, text: str, start: int, end: int, scores: Sequence[tuple[int, int]]) -> bool:
        """Whether a number counts nothing: "the second quarter", "Highway 6", "no one", "9 o'clock". `scores`: the results of games."""
        shown, before = text[start:end].lower(), text[max(0, start - BEFORE) : start]
        if shown in self.language.words("parts") and (self.periods.search(before) or self.part_of_name.match(text, end)):
            return True
        if self.clock.match(text, end) or self.numbered.search(before) or (shown.isdigit() and self.model_after.match(text, end)):
            return True
        if shown in self.language.words("ones") and not self.or_more.match(text, end):
            return bool(self.pronouns.search(before) or self.one_before.match(text, end) or before.endswith("-"))
        if self.currencies.search(before):
            return False
        is_short = len(shown) < 3 and shown.isdigit() and text[end : end + 1] != "%"
        named = self.named.search(before) if is_short and not _JOINS_ON.match(text, end) else None
        if named is not None and named[1].lower() not in self.small:  # "Highway 6", and not "The 25-year-old"
            return True
        if any(first <= start and end <= last for first, last in scores):
            return False
        return shown.isdigit() and (before.endswith(("-", "/")) or self.goes_on.match(text, end) is not None)

    def is_date(self, text: str, start: int, end: int) -> bool:
        """Whether a number is part of a date or a time of day, or a year."""
        shown, before = text[start:end], text[max(0, start - BEFORE) : start]
        if not _DIGITS.fullmatch(shown):
            return False
        if len(shown) == 4:
            year = int(shown)
            if shown[0] == "0" or (_FOUR_OF_CLOCK.fullmatch(shown) and self.hours.match(text, end)):
                return True  # 0600, 1800 hours
            if 1000 <= year <= 2100 and not self._is_counted(text, end, year):
                return True
            if 1800 <= year <= 2100 and self.years.search(before):
                return True
        is_minutes = len(shown) == 2 and _MINUTES.search(before) is not None
        return is_minutes or any((self.month_before.search(before), self.month_after.match(text, end), self.time_after.match(text, end)))

    def _is_counted(self, text: str, end: int, year: int) -> bool:
        """Whether the words behind four digits say that they count something, and are no year."""
        if self.language.words("counted") and year >= CENTURIES:
            return self.counted.match(text, end) is not None
        if self.language.flag("nouns_capitalised"):
            return _NOUN_IN_CAPITALS_AFTER.match(text, end) is not None
        noun = _NOUN_AFTER.match(text, end)
        return noun is not None and noun[1] not in self.language.words("units_end")

    def joined(self, text: str) -> list[tuple[int | Fraction, bool, int, int]]:
        """Numbers that are written together with their unit ("60m"), and those in words that only the language's list has ("twice")."""
        joined = (
            (value_of(found["figure"], self.language) * self._millions(found), False, *found.span())
            for found in self.in_joined.finditer(text)
        )
        words = self.language.fractions("numbers")
        times = ((words[found.group().lower()], False, *found.span()) for found in self.in_words.finditer(text))
        return [*joined, *times]

    def _millions(self, found: re.Match[str]) -> int:
        """By what a number before "m" is to be multiplied: "14m customers" are people, "60m hurdles" lengths."""
        is_race = value_of(found["figure"], self.language) in _DISTANCES
        return 10**6 if not is_race and self.in_millions.match(found.string, found.end()) is not None else 1

    def is_hedged(self, text: str, start: int, end: int) -> bool:
        if is_read_in_full(self.language.tag) and hedge_before(text, start) != "exact":
            return True
        return bool(self.approx.search(text[max(0, start - BEFORE) : start]) or self.or_more.match(text, end))


CENTURIES = 1900
"""From this year on four digits are one, unless words behind them are known to be counted."""


def _as_written(language: Language, name: str) -> str:
    """The words of a list as a part of a pattern, in the letters in which they are listed: "kW"."""
    return "|".join(map(re.escape, sorted(language.lists.get(name, ()), key=len, reverse=True))) or "(?!)"


@lru_cache(maxsize=8)
def _rules(language: Language) -> _Rules:
    return _Rules(language)


_NOUNS = re.compile(r"[\s-]*((?:[^\W\d_][\w’'-]*\s*){1,6})")
_NEXT_ITEM = re.compile(r"(\s+\w+\s+\w+),\s+(?:\w+\s+)?\d")


def _unit(after: str, language: Language) -> str:
    """The words after a number, up to the first that ends a noun phrase."""
    found = _NOUNS.match(after)
    if found is None:
        return ""
    out: list[str] = []
    for word in found[1].split():
        if (word.lower() in language.words("units_end") and not (word.lower() in language.words("of") and out)) or len(out) == 4:
            break
        out.append(word)
    while out and out[-1].lower() in language.words("of"):
        out.pop()
    shown = " ".join(out)
    at = after.find(shown) + len(shown)
    joined = _NEXT_ITEM.match(after, at) if out else None
    if joined and joined[1].split()[0].lower() in language.words("joining"):  # an item of a list: "2,087 trucks and jeeps, 9 …"
        return " ".join([*out, *joined[1].split()])
    return shown
