"""Numbers of a language by its word lists: digits grouped by points or spaces and a decimal comma, or by commas and a decimal point;
numbers in words, scales ("Millionen") and parts ("Drittel"). English ones are read by the room that checks figures (`content/numbers`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from sitegen.importer.language import Language, alternatives

Reading = tuple[Fraction | int, bool, int, int]
"""A number, whether it is a share, and the stretch of the text where it stands."""


def figure(language: Language) -> str:
    """The pattern of a number in digits, as a language groups them; a longer one is left out."""
    group, decimal = (",", r"\.") if language.flag("decimal_point") else (r".\u00a0\u202f\u2009 ", ",")
    return rf"(?:\d{{1,3}}(?:[{group}]\d{{3}}){{1,5}}|\d{{1,18}})(?:{decimal}\d{{1,9}})?"


@lru_cache(maxsize=8)
def words(language: Language) -> dict[str, Fraction]:
    """Every number in words up to 99, as the language writes it."""
    ones, tens = language.fractions("numbers"), language.fractions("tens")
    form = str(language.lists.get("compound", ""))
    ones_below = {word: value for word, value in ones.items() if 0 < value < 10 and value.denominator == 1 and " " not in word}
    joined = {form.format(one=one, ten=ten): a + b for ten, a in tens.items() for one, b in ones_below.items()} if form else {}
    return {**ones, **tens, **joined}


def numerals(text: str, language: Language) -> list[Reading]:
    """The numbers of a text, in order."""
    out = list(_read(text, list(_number(language).finditer(text)), words(language), language))
    parts = language.table("parts")
    loose = _part(language).finditer(text)
    taken = [(start, end) for _, _, start, end in out]
    out += [(Fraction(1, parts[one["part"].lower()]), True, *one.span()) for one in loose if not _is_in(one.start(), taken)]
    return sorted(out, key=lambda one: one[2])


@lru_cache(maxsize=8)
def _number(language: Language) -> re.Pattern[str]:
    """A number with its sign, and the percent, the scale or the part behind it."""
    scales, parts = language.table("scales"), language.table("parts")
    count = rf"(?P<figure>{figure(language)})|(?P<word>{alternatives(words(language))})"
    after = (
        rf"(?:\s?(?P<percent>%|(?:{language.any_of('percent')})(?!\w))|\s(?P<scale>{alternatives(scales)})(?!\w)\.?"
        rf"|\s(?P<part>{alternatives(parts)})(?!\w))"
    )
    minus = rf"(?P<minus>(?:{language.any_of('minus')})\s|[-−–](?=\d))?"
    return re.compile(rf"(?<![\w.,]){minus}(?:{count})(?!\w|[.,]\d){after}?", re.I)


@lru_cache(maxsize=8)
def _part(language: Language) -> re.Pattern[str]:
    """A part alone: "half"."""
    return re.compile(rf"(?<!\w)(?P<part>{alternatives(language.table('parts'))})(?!\w)", re.I)


def _read(text: str, found: list[re.Match[str]], spelled: dict[str, Fraction], language: Language) -> Iterator[Reading]:
    scales, parts = language.table("scales"), language.table("parts")
    for number, one in enumerate(found):
        value: Fraction | int = value_of(one["figure"], language) if one["figure"] else spelled[re.sub(r"\s+", " ", one["word"].lower())]
        value = -value if one["minus"] else value
        scale, part = one["scale"], one["part"]
        if (
            scale is None
            and number + 1 < len(found)
            and re.fullmatch(rf"\s(?:[-–]|{language.any_of('to')})\s", text[one.end() : found[number + 1].start()])
        ):
            scale = found[number + 1]["scale"]  # "2 bis 3 Millionen"
        if one["word"] and value == 1 and scale is None and part is None:
            continue  # an article
        if one["percent"]:
            yield Fraction(value) / 100, True, *one.span()
        elif part and value < parts[part.lower()]:
            yield Fraction(int(value), parts[part.lower()]), True, *one.span()
        else:
            whole = value * (scales[scale.lower()] if scale else 1)
            yield int(whole) if whole.denominator == 1 else whole, False, *one.span()


def value_of(figure: str, language: Language) -> Fraction | int:
    """The value of a number in digits, as a language groups them.

    >>> from sitegen.importer.language import language
    >>> value_of("1.250,5", language("de")), value_of("1,250.5", language("en"))
    (Fraction(2501, 2), Fraction(2501, 2))
    """
    whole, _, decimals = figure.partition("." if language.flag("decimal_point") else ",")
    digits = re.sub(r"\D", "", whole)
    return Fraction(f"{digits}.{decimals}") if decimals else int(digits)


def _is_in(place: int, taken: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in taken)
