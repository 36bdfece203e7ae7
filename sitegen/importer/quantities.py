"""The quantities of a claim: its numbers with their units and hedges, without dates, ordinals and the numbers of names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from sitegen.content.numbers import hedge_before, numbers
from sitegen.importer.language import Language
from sitegen.importer.numerals import numerals
from sitegen.importer.tokens import CAPITAL


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
    english = language.tag.startswith("en")
    text = text.replace("...", "   ")  # "60 KTS...70 MPH"
    if english:
        found = [(one.value, one.share, one.start, one.end) for one in numbers(text, "en")]
        taken = [(start, end) for *_, start, end in found]
        found += [one for one in _joined(text) if not any(start < one[3] and one[2] < end for start, end in taken)]
    else:
        found = numerals(text, language)
    found = sorted(found, key=lambda one: one[2])
    rules = _rules(language)
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


_JOINED = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:,\d{3}){1,5}|\d{1,18})(\.\d{1,9})?(?=(?:km/h|mph|kmh|km|kg|cm|mm|m|g|kt|kts|ft|lbs?|ha|kW|MW|GW|C|F)\b)"
)


_TWICE = re.compile(r"\b[Tt]wice\b")


def _joined(text: str) -> list[tuple[int | Fraction, bool, int, int]]:
    """Numbers that are written together with their unit ("60m"), and "twice"."""
    joined = (
        (Fraction(found[1].replace(",", "") + (found[2] or "")) * _millions(found), False, *found.span())
        for found in _JOINED.finditer(text)
    )
    return [*joined, *((2, False, *found.span()) for found in _TWICE.finditer(text))]


_COUNTED = re.compile(
    r"m\s(?!(?:hurdles|relays?|freestyle|sprints?|races?|heats?|finals?|titles?|runs?|events?|metres|of|from|to|in|and)\b)(?:[a-z]+\s)?[a-z]+s\b|m\speople\b"
)
_DISTANCES = frozenset(
    ["50", "60", "100", "110", "200", "400", "800", "1500", "1,500", "3000", "3,000", "5000", "5,000", "10000", "10,000"]
)


def _millions(found: re.Match[str]) -> int:
    """By what a number before "m" is to be multiplied: "14m customers" are people, "60m hurdles" lengths."""
    is_count = found[0] not in _DISTANCES and _COUNTED.match(found.string, found.end()) is not None
    return 10**6 if is_count else 1


_NAMED = re.compile(rf"\b({CAPITAL}[a-zà-ÿ]+|[Tt]ype|AK|[Nn]o|[Pp]art|Chapter|Article|Section|F|MiG|Su|T)[-\s.]?\Z")
"""A name with a number."""
_SCORE = re.compile(r"(?<![\w/.-])\d{1,3}[-–]\d{1,3}(?![\w/]|-\d|[.,]\d)")
"""The result of a game, or a range: two counts."""
_CALIBRE = re.compile(r"-(?:gauge|pattern|type|caliber|calibre)")
_DIGITS = re.compile(r"\d{1,4}")
_GOES_ON = re.compile(r"[-/]\d|(?:st|nd|rd|th)\b|:\d\d")
_FOUR_OF_CLOCK = re.compile(r"[0-2]\d[0-5]\d")
_CLOCK_AFTER = re.compile(r"\s?(?:hours|hrs|GMT|UTC|Z\b)")
_TIME_AFTER = re.compile(r"(?::\d\d|\s*(?:a\.?m\.?|p\.?m\.?|uhr|o[’']clock|utc|gmt)\b)", re.I)
_MINUTES = re.compile(r"(?<!\d)[0-2]?\d:\Z")
"""An hour, before its minutes."""
_NOUN_AFTER = re.compile(r"\s+[a-zäöüа-яі]{3,}s?\b(?<!and)(?<!by)")
_GERMAN_NOUN_AFTER = re.compile(r"\s+[A-ZÄÖÜ][a-zäöüß]{2,}")
BEFORE = 40
"""Signs before a number in which words are sought that tell what it is."""


class _Rules:
    """The words around numbers that tell what they are, of one language, as patterns."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.is_english = language.tag.startswith("en")
        any_of = language.any_of
        self.percent = re.compile(rf"%|percent|per cent|{any_of('percent')}", re.I)
        self.numbered, self.currencies, self.periods, self.pronouns, self.years, self.approx = (
            re.compile(rf"(?<!\w)(?:{any_of(name)})\.?\s+(?:the\s+)?\Z", re.I)
            for name in ("numbered", "currencies", "periods", "one_after", "year_after", "approx")
        )
        self.part_of_name, self.one_before, self.clock, self.or_more = (
            re.compile(rf"[\s-]+(?:{any_of(name)})(?!\w)", re.I) for name in ("halves", "one_before", "clock", "or_more")
        )
        self.counted = re.compile(rf"\s+(?:[a-z]+\s)?(?:{any_of('counted')})\b", re.I)
        months = any_of("months")
        self.month_before = re.compile(rf"(?:{months})\.?\s*(?:\d{{1,2}},?\s*)?\Z", re.I)
        self.month_after = re.compile(rf"\.?(?:st|nd|rd|th)?\s*(?:of\s+)?(?:{months})\b", re.I)
        names = ("articles", "asides", "questions", "units_end", "locatives", "approx", "months")
        self.small = frozenset().union(*(language.words(name) for name in names))

    def is_no_count(self, text: str, start: int, end: int, scores: Sequence[tuple[int, int]]) -> bool:
        """Whether a number counts nothing: "the second quarter", "Highway 6", "no one", "9 o'clock". `scores`: the results of games."""
        shown, before = text[start:end].lower(), text[max(0, start - BEFORE) : start]
        if shown in ("quarter", "half") and (self.periods.search(before) or self.part_of_name.match(text, end)):
            return True
        if self.clock.match(text, end) or self.numbered.search(before) or (shown.isdigit() and _CALIBRE.match(text, end)):
            return True
        if shown in self.language.words("ones") and not self.or_more.match(text, end):
            return bool(self.pronouns.search(before) or self.one_before.match(text, end) or before.endswith("-"))
        if self.currencies.search(before):
            return False
        is_short = len(shown) < 3 and shown.isdigit() and text[end : end + 1] != "%"
        named = _NAMED.search(before) if is_short and not text[end : end + 1].isalnum() else None
        if named is not None:  # "Highway 6", and not "The 25-year-old"
            return named[1].lower() not in self.small
        if any(first <= start and end <= last for first, last in scores):
            return False
        return shown.isdigit() and (before.endswith(("-", "/")) or _GOES_ON.match(text, end) is not None)

    def is_date(self, text: str, start: int, end: int) -> bool:
        """Whether a number is part of a date or a time of day, or a year."""
        shown, before = text[start:end], text[max(0, start - BEFORE) : start]
        if not _DIGITS.fullmatch(shown):
            return False
        if len(shown) == 4:
            year = int(shown)
            if shown[0] == "0" or (_FOUR_OF_CLOCK.fullmatch(shown) and _CLOCK_AFTER.match(text, end)):
                return True  # 0600, 1800 hours
            if 1000 <= year <= 2100 and not self._is_counted(text, end, year):
                return True
            if 1800 <= year <= 2100 and self.years.search(before):
                return True
        is_minutes = len(shown) == 2 and _MINUTES.search(before) is not None
        return is_minutes or any((self.month_before.search(before), self.month_after.match(text, end), _TIME_AFTER.match(text, end)))

    def _is_counted(self, text: str, end: int, year: int) -> bool:
        """Whether the words behind four digits say that they count something, and are no year."""
        is_german = self.language.tag.startswith("de")
        pattern = self.counted if self.is_english and year >= 1900 else _GERMAN_NOUN_AFTER if is_german else _NOUN_AFTER
        return pattern.match(text, end) is not None

    def is_hedged(self, text: str, start: int, end: int) -> bool:
        if self.is_english and hedge_before(text, start) != "exact":
            return True
        return bool(self.approx.search(text[max(0, start - BEFORE) : start]) or self.or_more.match(text, end))


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
        if (word.lower() in language.words("units_end") and not (word.lower() == "of" and out)) or len(out) == 4:
            break
        out.append(word)
    while out and out[-1].lower() == "of":
        out.pop()
    shown = " ".join(out)
    at = after.find(shown) + len(shown)
    joined = _NEXT_ITEM.match(after, at) if out else None
    if joined and joined[1].split()[0].lower() in language.words("joining"):  # an item of a list: "2,087 trucks and jeeps, 9 …"
        return " ".join([*out, *joined[1].split()])
    return shown
