"""The numbers that a text writes, with their places: digits, words, shares, ranges, and the hedges before them.

A number is read whole or not at all. English; other languages read digits alone.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple


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
    r"(?<![\w.,])(?<![^\W\d]-)"
    r"(?P<int>\d{1,3}(?:[,\u00a0\u202f\u2009 ]\d{3})+(?!\d)|\d+)(?P<dec>\.\d+)?(?:\s?(?P<pct>%|percent\b|per cent\b)"
    r"|/(?P<den>\d+)(?![\w/])|[\s-](?P<scale>thousand|million|billion|trillion)\b)?",
    re.I,
)


_LETTERS = re.compile(r"[a-z]+")
_SUFFIX = re.compile(r"(?:st|nd|rd|th|s|k|m)\b", re.I)
_VOCABULARY = frozenset([*_ONES, *_TENS, *_SCALES, *_DOZEN, *_PARTS, *(f"{part}s" for part in _PARTS)])
"""Where none of these words stands, no number is spelled."""


@lru_cache(maxsize=256)  # a quote is asked for its numbers by several checks, one after the other
def numbers(text: str) -> tuple[Number, ...]:
    """The numbers in reading order.

    >>> [(str(n.value), n.share) for n in numbers("about one-third of 27,400 troops, forty-two tanks and 2.5 million")]
    [('1/3', True), ('27400', False), ('42', False), ('2500000', False)]
    """
    out = [number for found in _DIGITS.finditer(text) if (number := _of_digits(found, text)) is not None]
    if not _VOCABULARY.isdisjoint(_LETTERS.findall(text.lower())):
        out += [number for found in _FRACTION.finditer(text) if (number := _of_parts(found)) is not None]
        taken = [(number.start, number.end) for number in out]
        for found in _SPELLED.finditer(text):
            if not any(a < found.end() and found.start() < b for a, b in taken):
                out.append(Number(_spelled(found.group()), found.start(), found.end()))
    return tuple(sorted(out, key=lambda number: number.start))


def _of_digits(found: re.Match[str], text: str) -> Number | None:
    start, end = found.span()
    if text[end : end + 1].isalpha() and not _SUFFIX.match(text, end):
        return None
    whole, dec, percent, den, scale = found.group("int", "dec", "pct", "den", "scale")
    digits = "".join(filter(str.isdigit, whole)) if not whole.isdigit() else whole
    value: int | Fraction = Fraction(digits + dec) if dec else int(digits)
    if percent:
        return Number(Fraction(value) / 100, start, end, True)
    if den and int(den):
        return Number(Fraction(value) / int(den), start, end, True)
    return Number(value * _SCALES[scale.lower()] if scale else value, start, end)


def _of_parts(found: re.Match[str]) -> Number | None:
    """A fraction in words. "A third of the cities" is one, "third of the cities" may be an ordinal."""
    count, part, plural = found.group("n", "d", "s")
    over = _ONES.get((count or "one").lower(), 1)
    if (count is None and part.lower() not in ("half", "quarter")) or (over == 1 and count and plural):
        return None
    return Number(Fraction(over, _PARTS[part.lower()]), *found.span(), True)


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


def is_readable(value: Fraction | Decimal, quote: str, *, share: bool = False) -> bool:
    """Whether a figure stands in the quote, written in digits or in words."""
    wanted = Fraction(value)
    return any(n.value == wanted and n.share == share for n in numbers(quote))


def decimal(value: int | Fraction) -> Decimal | None:
    """The number as a decimal where it has a finite one."""
    try:
        out = Decimal(value.numerator) / Decimal(value.denominator)
    except ArithmeticError:
        return None
    return out if Fraction(out) == value else None
