"""The numbers that a text writes, with their places: digits, words, shares, ranges, and the hedges before them.

A number is read whole or not at all: "£1.4bn" and "20m euros" are, "60m" is not, which may be a length. English; other languages read
digits alone.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from sitegen.content.stretches import Stretches


class Number(NamedTuple):
    """A number at `start:end` of a text; `share` where it is a fraction or a percentage."""

    value: int | Fraction
    start: int
    end: int
    share: bool = False


_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "zero": 0,
}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_DOZEN = {"dozen": 12}
_WORD = "|".join([*_ONES, *_TENS, *_SCALES, *_DOZEN])
_SPELLED = re.compile(
    rf"\b(?:(?:a|an)\s+(?=(?:hundred|thousand|million|billion|dozen)\b))?(?:{_WORD})(?:(?:[\s-]+(?:and\s+)?)(?:{_WORD}))*\b", re.I
)
_FRACTION = re.compile(rf"\b(?:(?P<n>{'|'.join(_ONES)}|a|an)[\s-]+)?(?P<d>{'|'.join(_PARTS)})(?P<s>s?)\b(?=\s+of\b|[\s-]|[.,;:)]|$)", re.I)
_DIGITS = re.compile(
    r"(?<![\w.,'’·٫٬/])(?<![^\W\d]-)(?P<minus>(?<![\w)\]])[-−]|\bminus\s)?"
    r"(?P<int>\d{1,3}(?:[,\u00a0\u202f\u2009]\d{3}){1,5}|\d{1,18})(?P<dec>\.\d{1,9})?(?![.,'’·٫٬\u00a0\u202f\u2009]?\d)"
    r"(?:\s?(?P<pct>%|percent\b|per cent\b)|/(?P<den>\d{1,6})(?![\w/])|[\s-](?P<scale>thousand|million|billion|trillion)\b"
    r"|\s?(?P<short>bn|mn|trn|tn)(?!\w)|(?P<sum>[mkMK])(?!\w))?",
    re.I,
)
_SHORT = {"bn": 10**9, "mn": 10**6, "trn": 10**12, "tn": 10**12, "m": 10**6, "k": 1000}
_CURRENCY_BEFORE = re.compile(r"[$£€¥₹₽₴]\s?\Z")
_CURRENCY_AFTER = re.compile(
    r"\s(?:euros?|dollars?|pounds?|yen|yuan|francs?|rupees?|rupiah|roubles?|rubles?|hryvnias?|pesos?|naira|rand|reais|lira|won|baht|dirhams?"
    r"|shillings?|kron(?:er|or|a|e)|zlotys?|forints?)\b", re.I,
)  # fmt: skip
_GROUP_AFTER = re.compile(r" \d{3}(?!\d)")
_GROUP_BEFORE = re.compile(r"\d \Z")
_SCALE = "|".join(_SCALES)
_HALVES = re.compile(
    rf"\b(?P<part>half|(?:a\s+)?quarter|three[\s-]quarters)(?:\s+of)?\s+an?\s+(?P<scale>{_SCALE})\b"
    rf"|\b(?P<n>{'|'.join(_ONES)})\s+and\s+a\s+half(?:\s+(?P<of>{_SCALE}))?\b",
    re.I,
)
_RATIO = re.compile(
    rf"\b(?P<n>{'|'.join(_ONES)}|\d{{1,3}})\s+(?:in|out\s+of)\s+(?:every\s+)?"
    rf"(?P<d>{'|'.join([*_ONES, *_TENS])}|hundred|\d{{1,5}})\b(?![,.]\d)",
    re.I,
)
_OF_RANGE = re.compile(rf"\s?(?:to|or|[-–])\s?\$?£?€?\d[\d,]*(?:\.\d+)?[\s-](?P<scale>{_SCALE})\b", re.I)
_AND_RANGE = re.compile(rf"\s+and\s+\$?£?€?\d[\d,]*(?:\.\d+)?[\s-](?P<scale>{_SCALE})\b", re.I)
_LETTERS = re.compile(r"[a-z]+")
_VOCABULARY = frozenset([*_ONES, *_TENS, *_SCALES, *_DOZEN, *_PARTS, *(f"{part}s" for part in _PARTS)])
"""Where none of these words stands, no number is spelled."""


def may_be_number(word: str) -> bool:
    """Whether a word can be a part of a number that is written here."""
    return any(char.isdigit() for char in word) or word.lower() in _VOCABULARY or word.lower() in _BETWEEN


_BETWEEN = frozenset(["a", "an", "and", "percent", "per", "cent"])


def is_read_in_full(lang: str) -> bool:
    """Whether this room reads the words and the points of a language's numbers too: of English alone."""
    return lang.startswith("en")


@lru_cache(maxsize=256)  # a quote is asked for its numbers by several checks, one after the other
def numbers(text: str, lang: str = "en") -> tuple[Number, ...]:
    """The numbers in reading order. A number that cannot be read whole is left out: in languages other than English that is every one
    with a point or comma in it, whose meaning differs, and every word.

    >>> [(str(n.value), n.share) for n in numbers("about one-third of 27,400 troops, forty-two tanks and 2.5 million")]
    [('1/3', True), ('27400', False), ('42', False), ('2500000', False)]
    """
    english = is_read_in_full(lang)
    out = [number for found in _DIGITS.finditer(text) if (number := _of_digits(found, text, english)) is not None]
    if english and not _VOCABULARY.isdisjoint(_LETTERS.findall(text.lower())):
        ratios = [ratio for found in _RATIO.finditer(text) if (ratio := _ratio(found)) is not None]
        stretches = Stretches(ratios)
        out = [number for number in out if not stretches.meet(number.start, number.start + 1)] + ratios
        out += _of_words(text, Stretches(out))
    return tuple(_mixed(sorted(out, key=lambda number: number.start), text))


def _mixed(found: list[Number], text: str) -> list[Number]:
    """A whole number with a fraction behind it is one: "1 1/2 years"."""
    out: list[Number] = []
    for number in found:
        before = out[-1] if out else None
        is_part = number.share and 0 < number.value < 1 and "/" in text[number.start : number.end]
        if before is not None and is_part and not before.share and before.value.denominator == 1 and text[before.end : number.start] == " ":
            out[-1] = Number(before.value + number.value, before.start, number.end)
        else:
            out.append(number)
    return out


def _of_digits(found: re.Match[str], text: str, english: bool) -> Number | None:
    start, end = found.span()
    whole, dec, percent, den, scale = found.group("int", "dec", "pct", "den", "scale")
    short = (found["short"] or found["sum"] or "").lower()
    if found["sum"] and not (_CURRENCY_BEFORE.search(text, max(0, start - 2), start) or _CURRENCY_AFTER.match(text, end)):
        return None  # "60m" may be a length
    if (
        not percent
        and not scale
        and not short
        and (text[end : end + 1].isalpha() or text[end : end + 1].isnumeric() or text[end : end + 1] == "‰")
    ):
        return None
    if len(whole) <= 3 and (_GROUP_AFTER.match(text, end) or (len(whole) == 3 and _GROUP_BEFORE.search(text, max(0, start - 2), start))):
        return None  # "27 400" may be one number or two
    if not english and (dec or "," in whole or scale or short):
        return None
    digits = "".join(filter(str.isdigit, whole))
    value: int | Fraction = Fraction(digits + dec) if dec else int(digits)
    if found["minus"]:
        value = -value
    if percent:
        return Number(Fraction(value) / 100, start, end, True)
    if den and int(den):
        return Number(Fraction(value) / int(den), start, end, True)
    if english and not scale and not short:
        scale = _range_scale(text, start, end)
    value *= _SCALES[scale.lower()] if scale else _SHORT.get(short, 1)
    return Number(int(value) if value.denominator == 1 else value, start, end)


_RANGE_BEGINS = re.compile(r"\bbetween\s+[$£€]?\Z", re.I)


def _range_scale(text: str, start: int, end: int) -> str | None:
    """The scale that a lower bound shares with the upper: "2.1 to 2.4 million", "between 2 and 3 million"."""
    found = _OF_RANGE.match(text, end)
    if found is None and _RANGE_BEGINS.search(text, max(0, start - 12), start):
        found = _AND_RANGE.match(text, end)
    return found["scale"] if found else None


def _of_words(text: str, taken: Stretches) -> list[Number]:
    """The numbers in words. One that touches another ("two thirds million") is left out with it."""
    out: list[Number] = []
    for found in _HALVES.finditer(text):
        scale = _SCALES[(found["scale"] or found["of"]).lower()] if found["scale"] or found["of"] else 1
        part = (found["part"] or "half").lower()
        share = Fraction(1, 2) if part == "half" else Fraction(3, 4) if part.startswith("three") else Fraction(1, 4)
        half = share * scale if found["scale"] else (_ONES[found["n"].lower()] + share) * scale
        out.append(Number(half if half.denominator != 1 else int(half), *found.span()))
    loose = [number for found in _FRACTION.finditer(text) if (number := _of_parts(found)) is not None]
    spelled = [Number(value, *found.span()) for found in _SPELLED.finditer(text) if (value := _spelled(found.group())) is not None]
    shares, halves = Stretches(loose), Stretches(out)
    every = sorted((*loose, *(one for one in spelled if not shares.hold(one))), key=_start)
    # a third between two would part them, so that each can touch its neighbours alone
    touching = [other.start < one.end or _TOUCHING.fullmatch(text, one.end, other.start) is not None for one, other in pairwise(every)]
    for one, before, after in zip(every, (False, *touching), (*touching, False), strict=False):
        if before or after or taken.meet(one.start, one.end) or halves.meet(one.start, one.end):
            continue
        at = one.start
        while at > 0 and text[at - 1].isspace():
            at -= 1
        if not text[max(0, at - 1) : at].isnumeric():
            out.append(one)
    return out


_start = attrgetter("start")
_TOUCHING = re.compile(r"[\s-]*+(?:a|an|and|of an?)?[\s-]*+")


def _of_parts(found: re.Match[str]) -> Number | None:
    """A fraction in words. "A third of the cities" is one, "third of the cities" may be an ordinal."""
    count, part, plural = found.group("n", "d", "s")
    over = _ONES.get((count or "one").lower(), 1)
    if (count is None and part.lower() not in ("half", "quarter")) or (over == 1 and count and plural):
        return None
    return Number(Fraction(over, _PARTS[part.lower()]), *found.span(), True)


def _ratio(found: re.Match[str]) -> Number | None:
    """The share of "one in ten" and "three out of five"; "5 in 2022" is none."""
    count, whole = (int(one) if one.isdigit() else {**_ONES, **_TENS, "hundred": 100}[one.lower()] for one in (found["n"], found["d"]))
    if not 0 < count < whole or (found["n"].isdigit() and not found["d"].isdigit()) or 1000 <= whole <= 2100:
        return None
    return Number(Fraction(count, whole), *found.span(), True)


def _spelled(words: str) -> int | None:
    """The number that words spell; None where they are no one number ("twenty twenty-two")."""
    total = group = 0
    scale = max(_SCALES.values()) * 10
    last = 1000  # the size of the last word: each must be smaller, until a scale closes the group
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in ("a", "an", "and"):
            continue
        if word == "hundred":
            if not 0 <= group <= 9 or last < 1:
                return None
            group, last = max(group, 1) * 100, 100
        elif word == "dozen":
            if total or group > 99:
                return None
            group, last = max(group, 1) * 12, 0
        elif word in _SCALES:
            if _SCALES[word] >= scale:
                return None
            scale = _SCALES[word]
            total, group, last = total + max(group, 1) * scale, 0, 1000
        else:
            value = _TENS.get(word) or _ONES[word]
            size = 10 if word in _TENS else 1
            if last <= size or (value > 9 and last <= 10):
                return None
            group, last = group + value, size
    return total + group


_HEDGES = [  # the longer wordings first: "no more than" ends in "more than"
    ("at-most", r"at most|no more than|not more than"),
    ("at-least", r"at least|no fewer than|no less than|not less than"),
    ("more-than", r"more than|over|upwards of|in excess of"),
    ("less-than", r"less than|fewer than|under"),
    ("up-to", r"up to|as many as|as much as"),
    ("nearly", r"nearly|almost|close to"),
    ("about", r"about|some|around|roughly|approximately|approx\.|circa|an estimated|estimated"),
    ("exact", r"exactly"),
]
_BEFORE = re.compile(
    r"(?:^|\W)(?:" + "|".join(f"(?P<{name.replace('-', '_')}>{words})" for name, words in _HEDGES) + r")\s+(?:the\s+)?\Z", re.I
)


def hedge_before(text: str, start: int) -> str:
    """The hedge in the words directly before a number; `exact` where there is none.

    >>> hedge_before("destroyed some 7,000 units", 15)
    'about'
    """
    found = _BEFORE.search(text, max(0, start - 24), start)
    return found.lastgroup.replace("_", "-") if found and found.lastgroup else "exact"


def share_of(text: str) -> Fraction:
    """The value of a share as records write it: `1/3` or `12.5%`."""
    return Fraction(text.rstrip("% ")) / 100 if text.endswith("%") else Fraction(text)


@lru_cache(maxsize=256)  # a quote may have as many figures as numbers
def _firsts(text: str, lang: str) -> tuple[dict[int | Fraction | Decimal, Number], frozenset[tuple[int | Fraction, bool]]]:
    """The first number of each value, and every value with whether it is a share."""
    found = numbers(text, lang)
    return {number.value: number for number in reversed(found)}, frozenset((number.value, number.share) for number in found)


def first_of(value: Fraction | Decimal, text: str, lang: str = "en") -> Number | None:
    """The first number of a text that has this value."""
    return _firsts(text, lang)[0].get(value)


def is_readable(value: Fraction | Decimal, quote: str, lang: str = "en", *, share: bool = False) -> bool:
    """Whether a figure stands in the quote, written in digits or in words."""
    whole = value.denominator == 1 if isinstance(value, Fraction) else value == value.to_integral_value()
    return (int(value) if whole else Fraction(value), share) in _firsts(quote, lang)[1]


def decimal(value: int | Fraction) -> Decimal | None:
    """The number as a decimal where it has a finite one."""
    try:
        out = Decimal(value.numerator) / Decimal(value.denominator)
    except ArithmeticError:
        return None
    return out if Fraction(out) == value else None
