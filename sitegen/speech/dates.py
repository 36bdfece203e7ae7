"""Dates in words: what EDTF says of them (about, uncertain, from, until, seasons, decades), by the patterns of the language.

Where a date follows a word that governs it ("about May 1912"), it is asked for in that form: months, seasons and decades have another
one in many languages ("травень 1912", but "близько травня 1912").
"""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from sitegen.model.speech import message, message_in
from sitegen.speech import Speech

# Translators: in the context "governed" the words follow another that governs them: "about spring 2001", "from the 1910s". Where your
# language has one form for both, translate them alike.
_SEASONS = {
    "21": (message("spring %(year)s"), message_in("governed", "spring %(year)s")),
    "22": (message("summer %(year)s"), message_in("governed", "summer %(year)s")),
    "23": (message("autumn %(year)s"), message_in("governed", "autumn %(year)s")),
    "24": (message("winter %(year)s"), message_in("governed", "winter %(year)s")),
}
# Translators: a decade: "1910s".
_DECADE = message("%(decade)ss"), message_in("governed", "%(decade)ss")
_CENTURY = message("%(start)s to %(end)s"), message_in("governed", "%(start)s to %(end)s")
_PARTS = re.compile(r"'([^']*)'|([A-Za-z])\2*")


@lru_cache(maxsize=16384)
def text_of(speech: Speech, text: str, *, weekday: bool = False) -> str:
    """An EDTF date in words; with the weekday, where it is known to the day and that is asked for.

    >>> from sitegen.speech import english
    >>> [text_of(english(), text) for text in ("1912-05~", "191X", "2001-21?", "2022-02/..")]
    ['about May 1912', '1910s', 'spring 2001 (uncertain)', 'from February 2022']
    >>> text_of(english(), "2022-05-15", weekday=True)
    'Sunday, 15 May 2022'
    """
    if "/" not in text:
        return _marked(speech, text, weekday=weekday)
    start, _, end = text.partition("/")
    if start in ("", ".."):
        # Translators: the month, season or decade behind it has its governed form.
        return speech.pgettext("date", "until %(date)s") % {"date": _marked(speech, end, weekday=weekday, governed=True)}
    if end in ("", ".."):
        return speech.pgettext("date", "from %(date)s") % {"date": _marked(speech, start, weekday=weekday, governed=True)}
    between = {"start": _marked(speech, start, weekday=weekday), "end": _marked(speech, end, weekday=weekday)}
    return speech.gettext("%(start)s to %(end)s") % between


def from_until(speech: Speech, start: str, end: str) -> list[str]:
    """When something was, of which either end may be unknown (empty)."""
    out = [text_of(speech, f"{start}/..")] if start else []
    return [*out, text_of(speech, f"../{end}")] if end else out


def _marked(speech: Speech, text: str, *, weekday: bool = False, governed: bool = False) -> str:
    """A date that is no interval, with what is said of how sure it is."""
    bare = text.rstrip("~?%")
    if text.endswith(("~", "%")):
        words = speech.pgettext("date", "about %(date)s") % {"date": _bare(speech, bare, weekday=weekday, governed=True)}
    else:
        words = _bare(speech, bare, weekday=weekday, governed=governed)
    return speech.gettext("%(date)s (uncertain)") % {"date": words} if text.endswith(("?", "%")) else words


def _bare(speech: Speech, text: str, *, weekday: bool, governed: bool) -> str:
    year, month, day = (*text.split("-"), "", "")[:3]

    def said(forms: tuple[str, tuple[str, str]], **words: str) -> str:
        return (speech.pgettext(*forms[1]) if governed else speech.gettext(forms[0])) % words

    if year.endswith("XX"):
        return said(_CENTURY, start=f"{year[:2]}00", end=f"{year[:2]}99")
    if year.endswith("X"):
        return said(_DECADE, decade=year.replace("X", "0"))
    if month in _SEASONS:
        return said(_SEASONS[month], year=year)
    if month in ("", "XX"):
        return _patterned(speech, speech.cldr.year, year)
    if day in ("", "XX"):
        pattern = speech.cldr.month
        return _patterned(speech, pattern.replace("L", "M") if governed else pattern, year, int(month))
    return _patterned(speech, speech.cldr.full if weekday else speech.cldr.day, year, int(month), int(day))


def _patterned(speech: Speech, pattern: str, year: str, month: int = 1, day: int = 1) -> str:
    """A date by a pattern of CLDR, as far as languages use them for whole dates: d, dd, M, MM, MMMM, LLLL, y, EEEE."""

    def part(found: re.Match[str]) -> str:
        letters = found.group()
        match letters:
            case "EEEE":
                return speech.cldr.weekdays[datetime.date(int(year), month, day).weekday()]
            case "MMMM" | "LLLL":
                return (speech.cldr.months if letters == "MMMM" else speech.cldr.lone_months)[month - 1]
            case "M" | "MM" | "L" | "LL":
                return f"{month:0{len(letters)}}"
            case "d" | "dd":
                return f"{day:0{len(letters)}}"
            case "y":
                return year
            case _:
                return found.group(1) or ""

    return _PARTS.sub(part, pattern)
