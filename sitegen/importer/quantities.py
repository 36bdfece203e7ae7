"""The quantities of a claim: its numbers with their units and hedges, without dates, ordinals and the numbers of names."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from sitegen.content.numbers import hedge_before, numbers
from sitegen.importer.language import Language
from sitegen.importer.numerals import numerals
from sitegen.importer.people import CAPITAL


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
    for value, share, start, end in found:
        if _is_date(text, start, end, language) or _is_no_count(text, start, end, language):
            continue
        shown = text[start:end]
        percent = share and re.search(rf"%|percent|per cent|{language.any_of('percent')}", shown, re.I)
        number = value * 100 if percent else value
        given: int | float = round(float(number), 3) if share and not percent else int(number) if number == int(number) else float(number)
        unit = ("percent " if percent else "share " if share else "") + _unit(text[end:], language)
        fraction = Fraction(value)
        written = f"{float(number):g}%" if percent else f"{fraction.numerator}/{fraction.denominator}" if share else ""
        out.append(Quantity(given, unit.strip(), _is_hedged(text, start, end, language), start, end, written))
    return tuple(out)


_JOINED = re.compile(r"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?=(?:km/h|mph|kmh|km|kg|cm|mm|m|g|kt|kts|ft|lbs?|ha|kW|MW|GW|C|F)\b)")


def _joined(text: str) -> list[tuple[int | Fraction, bool, int, int]]:
    """Numbers that are written together with their unit ("60m"), and "twice"."""
    joined = (
        (Fraction(found[1].replace(",", "") + (found[2] or "")) * _millions(found), False, *found.span())
        for found in _JOINED.finditer(text)
    )
    return [*joined, *((2, False, *found.span()) for found in re.finditer(r"\b[Tt]wice\b", text))]


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


_EXCLUDED = re.compile(r"\b(?:this|that|no|any|every|the|which|another|each|other|first|last|second|only)\s+\Z", re.I)


_NAMED = re.compile(rf"\b({CAPITAL}[a-zà-ÿ]+|[Tt]ype|AK|[Nn]o|[Pp]art|Chapter|Article|Section|F|MiG|Su|T)[-\s.]?\Z")
"""A name with a number."""
_SCORE = re.compile(r"(?<![\w/.-])\d{1,3}[-–]\d{1,3}(?![\w/]|-\d|[.,]\d)")
"""The result of a game, or a range: two counts."""
_PERIOD = re.compile(r"\b(?:first|second|third|fourth|last|single|next|previous|every|each|per|this|that|final|same|opening)\s+\Z", re.I)
_CLOCK = re.compile(r"\s+(?:in the (?:morning|afternoon|evening)|at night|o[’']clock)\b", re.I)


def _is_no_count(text: str, start: int, end: int, language: Language) -> bool:
    shown = text[start:end].lower()
    if re.fullmatch(r"quarter|half", shown) and (_PERIOD.search(text[:start]) or re.match(r"-?(?:final|time|back)", text[end:])):
        return True  # a period, and no share
    if _CLOCK.match(text, end):
        return True
    if re.search(rf"(?<!\w)(?:{language.any_of('numbered')})\.?\s\Z", text[:start], re.I):
        return True
    if shown in ("one", "ein", "eine", "einen") and (
        _EXCLUDED.search(text[:start])
        or re.match(r"\s+(?:of\b(?!\s+them)|another|another’s|more\b|day\b|side\b|can\b|or more)", text[end:])
        or re.search(r"-\Z", text[:start])
    ):
        return not re.match(r"\s+or more", text[end:])
    if re.search(rf"(?<!\w)(?:{language.any_of('currencies')})\.?\s\Z", text[:start], re.I):
        return False
    named = _NAMED.search(text[max(0, start - 24) : start]) if re.fullmatch(r"\d{1,2}", shown) and text[end : end + 1] != "%" else None
    if named is not None and re.match(r"(?:\W|\Z)", text[end:]):  # "Highway 6", and not "The 25-year-old"
        lists = ("articles", "asides", "questions", "units_end", "locatives", "approx", "months")
        return not any(named[1].lower() in language.words(name) for name in lists)
    if re.match(r"-\w", text[end:]) and re.fullmatch(r"\d+", shown) and re.match(r"-(?:gauge|pattern|type|caliber|calibre)", text[end:]):
        return True
    if any(one.start() <= start and end <= one.end() for one in _SCORE.finditer(text)):
        return False
    return (
        bool(re.search(r"[-/]\Z", text[:start]) and shown.isdigit())
        or bool(re.match(r"[-/]\d", text[end:]) and shown.isdigit())
        or bool(re.match(r"(?:st|nd|rd|th)\b|:\d\d", text[end:]))
    )


def _is_date(text: str, start: int, end: int, language: Language) -> bool:
    """Whether a number is part of a date or a time of day, or a year."""
    shown = text[start:end]
    if not re.fullmatch(r"\d{1,4}", shown):
        return False
    if re.fullmatch(r"0\d{3}", shown) or (re.fullmatch(r"[0-2]\d[0-5]\d", shown) and re.match(r"\s?(?:hours|hrs|GMT|UTC|Z\b)", text[end:])):
        return True  # 0600, 1800 hours
    months = language.any_of("months")
    before, after = text[:start].lower(), text[end:].lower()
    if re.search(rf"(?:{months})\.?\s*(?:\d{{1,2}},?\s*)?\Z", before) or re.match(
        rf"\.?(?:st|nd|rd|th)?\s*(?:of\s+)?(?:{months})\b", after
    ):
        return True
    if len(shown) == 4 and 1000 <= int(shown) <= 2100 and not _is_counted(after, year=int(shown) >= 1900, language=language):
        return True
    if (
        len(shown) == 4
        and 1800 <= int(shown) <= 2100
        and re.search(r"\b(?:in|since|by|from|until|of|before|after|seit|im jahr|erst|bis|vor|nach|у|з|до)\s+\Z", before)
    ):
        return True
    return bool(re.match(r"(?::\d\d|\s*(?:a\.?m\.?|p\.?m\.?|uhr|o’clock|utc|gmt)\b)", after))


def _is_counted(after: str, *, year: bool, language: Language) -> bool:
    """Whether the words behind four digits say that they count something; `year`: the digits may well be a year."""
    if year and language.tag.startswith("en"):
        return re.match(rf"\s+(?:[a-z]+\s)?(?:{language.any_of('counted')})\b", after) is not None
    return re.match(r"\s+[a-zäöüа-яі]{3,}s?\b(?<!and)(?<!by)", after.partition(".")[0]) is not None


def _is_hedged(text: str, start: int, end: int, language: Language) -> bool:
    if language.tag.startswith("en") and hedge_before(text, start) != "exact":
        return True
    words = language.any_of("approx")
    return bool(
        re.search(rf"(?<!\w)(?:{words})\s*(?:the\s+)?\Z", text[max(0, start - 24) : start], re.I)
        or re.match(r"\s+(?:or more|or so)\b", text[end:])
    )


def _unit(after: str, language: Language) -> str:
    """The words after a number, up to the first that ends a noun phrase."""
    found = re.match(r"[\s-]*((?:[^\W\d_][\w’'-]*\s*){1,6})", after)
    out: list[str] = []
    for word in found[1].split() if found else ():
        if word.lower() in language.words("units_end") and not (word.lower() == "of" and out):
            break
        out.append(word)
        if len(out) == 4:
            break
    while out and out[-1].lower() == "of":
        out.pop()
    joined = re.match(rf"[\s-]*{re.escape(' '.join(out))}(\s+\w+\s+\w+),\s+(?:\w+\s+)?\d", after) if out else None
    if joined and joined[1].split()[0].lower() in ("and", "und", "та", "і"):  # an item of a list: "2,087 trucks and jeeps, 9 …"
        return " ".join([*out, *joined[1].split()])
    return " ".join(out)
