"""The numbers that a text writes, with their places: digits, words, shares, ranges, and the hedges before them.

A number is read whole or not at all. English; other languages read digits alone.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple


class Number(NamedTuple):
    """A number at `start:end` of a text; `share` where it is a fraction or a percentage."""

    value: Fraction
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
    r"(?<![\w.,])(?<![^\W\d]-)"
    r"(?P<int>\d{1,3}(?:[,\u00a0\u202f\u2009 ]\d{3})+(?!\d)|\d+)(?P<dec>\.\d+)?(?:\s?(?P<pct>%|percent\b|per cent\b)"
    r"|/(?P<den>\d+)(?![\w/])|[\s-](?P<scale>thousand|million|billion|trillion)\b)?",
    re.I,
)


def numbers(text: str) -> list[Number]:
    """The numbers in reading order.

    >>> [(str(n.value), n.share) for n in numbers("about one-third of 27,400 troops, forty-two tanks and 2.5 million")]
    [('1/3', True), ('27400', False), ('42', False), ('2500000', False)]
    """
    out: list[Number] = []
    for found in _DIGITS.finditer(text):
        value = Fraction(re.sub(r"\D", "", found["int"]) + (found["dec"] or ""))
        after = text[found.end() : found.end() + 2]
        if after[:1].isalpha() and not re.match(r"(?:st|nd|rd|th|s|k|m)\b", text[found.end() :], re.I):
            continue
        if found["pct"]:
            out.append(Number(value / 100, found.start(), found.end(), True))
        elif found["den"] and int(found["den"]):
            out.append(Number(value / int(found["den"]), found.start(), found.end(), True))
        else:
            scale = _SCALES[found["scale"].lower()] if found["scale"] else 1
            out.append(Number(value * scale, found.start(), found.end()))
    for found in _FRACTION.finditer(text):
        over = _ONES.get((found["n"] or "one").lower(), 1)
        if found["n"] is None and found["d"].lower() not in ("half", "quarter"):
            continue  # "third of the cities" alone may be an ordinal
        if over == 1 and found["n"] and found["s"]:
            continue
        out.append(Number(Fraction(over, _PARTS[found["d"].lower()]), found.start(), found.end(), True))
    shares = [(n.start, n.end) for n in out]
    for found in _SPELLED.finditer(text):
        if any(a < found.end() and found.start() < b for a, b in shares):
            continue
        out.append(Number(Fraction(_spelled(found.group())), found.start(), found.end()))
    return sorted(out, key=lambda n: n.start)


def _spelled(words: str) -> int:
    total = current = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _ONES:
            current += _ONES[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word == "dozen":
            current = max(current, 1) * 12
        elif word in _SCALES:
            total += max(current, 1) * _SCALES[word]
            current = 0
    return total + current


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
_BEFORE = [(name, re.compile(rf"(?:^|\W)(?:{words})\s+(?:the\s+)?\Z", re.I)) for name, words in _HEDGES]


def hedge_before(text: str, start: int) -> str:
    """The hedge in the words directly before a number; `exact` where there is none.

    >>> hedge_before("destroyed some 7,000 units", 15)
    'about'
    """
    before = text[max(0, start - 24) : start]
    return next((name for name, pattern in _BEFORE if pattern.search(before)), "exact")


def share_of(text: str) -> Fraction:
    """The value of a share as records write it: `1/3` or `12.5%`."""
    return Fraction(text.rstrip("% ")) / 100 if text.endswith("%") else Fraction(text)


def is_readable(value: Fraction | Decimal, quote: str, *, share: bool = False) -> bool:
    """Whether a figure stands in the quote, written in digits or in words."""
    wanted = Fraction(value)
    return any(n.value == wanted and n.share == share for n in numbers(quote))


def decimal(value: Fraction) -> Decimal | None:
    """The number as a decimal where it has a finite one."""
    try:
        out = Decimal(value.numerator) / Decimal(value.denominator)
    except ArithmeticError:
        return None
    return out if Fraction(out) == value else None
