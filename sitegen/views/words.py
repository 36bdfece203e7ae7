"""How dates, figures and kinds are put into words. English; dates of other languages are printed in their ISO form."""

from __future__ import annotations

import datetime
from decimal import Decimal
from functools import lru_cache

from sitegen.model.dates import Edtf, exact
from sitegen.model.kinds import CLAIMS, KINDS, SOURCES, TOPICS
from sitegen.model.records import Calendar, Figure, When
from sitegen.views.types import DateView, FigureView, TimeView

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}

HEDGES = {
    "exact": "", "about": "about ", "nearly": "nearly ", "more-than": "more than ", "at-least": "at least ", "less-than": "less than ",
    "at-most": "at most ", "up-to": "up to ",
}  # fmt: skip
NOTE_LABELS = {
    "context": "Context", "loaded-language": "Loaded language", "sic": "Sic", "unattributed": "No source named", "name": "Name",
    "definition": "Definition", "question": "Question",
}  # fmt: skip
_CATEGORIES = {
    SOURCES: {
        "government": "government body", "military": "military body", "thinktank": "think tank", "ngo": "NGO", "social": "social media",
        "other": "source",
    },
    CLAIMS: {"control": "control of a place", "other": "statement"},
    TOPICS: {"other": "topic"},
}  # fmt: skip
"""What a page's `kind:` is called, where it is not called so."""


def category(kind: str, category: str) -> str:
    """What the `kind:` of a page is called.

    >>> category("sources", "ngo"), category("places", "city")
    ('NGO', 'city')
    """
    return _CATEGORIES.get(KINDS[kind], {}).get(category, category)


RELATIONS = {
    "part-of": ("part of", "has as a part"),
    "total-of": ("total of", "counted in"),
    "supports": ("supports", "supported by"),
    "contradicts": ("contradicts", "contradicted by"),
    "supersedes": ("supersedes", "superseded by"),
}
PRECISIONS = {
    "point": "a point", "settlement": "a settlement", "district": "a district", "region": "a region", "country": "a country",
    "line": "a line, such as a river",
}  # fmt: skip
REVIEWS = {
    "imported": "imported, not yet checked by an editor",
    "in-work": "being checked by an editor",
    "checked": "checked",
}
FOUND = {"yes": "seen by an editor", "reported": "known from the article alone", "no": "sought and not found"}
RULES = {
    "explicit": "written out", "dateline": "dateline", "markup": "markup of the original", "file-name": "name of the seed file",
    "day-count": "days elapsed", "ordinal-day": "number of the day", "weekday": "day of the week",
    "relative": "relative to the article’s date",
    "editor": "an editor’s reading",
}  # fmt: skip


def date_view(date: Edtf, lang: str) -> DateView:
    """A date for readers.

    >>> from sitegen.model.dates import edtf
    >>> date_view(edtf("1912-05~"), "en").text, date_view(edtf("2022-02-24/2022-05-15"), "en").text
    ('about May 1912', '24 February 2022 to 15 May 2022')
    """
    bare = date.text.rstrip("~?%")
    machine = bare if "/" not in bare and "X" not in bare and bare[5:7] not in _SEASONS else ""
    if not lang.startswith("en"):
        return DateView(date.text, machine)
    if "/" in date.text:
        start, _, end = date.text.partition("/")
        if start in ("", ".."):
            return DateView(f"until {_words(end)}", "")
        if end in ("", ".."):
            return DateView(f"from {_words(start)}", "")
        return DateView(f"{_words(start)} to {_words(end)}", "")
    return DateView(_words(date.text), machine)


def day_view_of(iso: str, lang: str) -> DateView:
    """The same for a plain ISO day."""
    return date_view(exact(datetime.date.fromisoformat(iso)), lang)


@lru_cache(maxsize=8192)
def _words(text: str) -> str:
    mark = text[-1] if text[-1] in "~?%" else ""
    bare = text.rstrip("~?%")
    parts = bare.split("-")
    year = f"{parts[0].replace('X', '0')}s" if parts[0].endswith("X") and not parts[0].endswith("XX") else parts[0]
    if parts[0].endswith("XX"):
        year = f"{parts[0][:2]}00 to {parts[0][:2]}99"
    words = year
    if len(parts) > 1 and parts[1] != "XX":
        words = f"{_SEASONS[parts[1]]} {year}" if parts[1] in _SEASONS else f"{_MONTHS[int(parts[1]) - 1]} {year}"
        if len(parts) > 2 and parts[2] != "XX":
            words = f"{int(parts[2])} {words}"
    about = "about " if mark in ("~", "%") and mark else ""
    return f"{about}{words}{' (uncertain)' if mark in ('?', '%') and mark else ''}"


def number(value: Decimal | None) -> str:
    """A number with its digits in groups; empty for None.

    >>> number(Decimal("27400")), number(Decimal("2.50"))
    ('27,400', '2.50')
    """
    if value is None:
        return ""
    text = str(value)
    return f"{int(text):,}" if len(text) < 20 and text.isdigit() else f"{value:,}"  # a Decimal takes ten times as long to group


def figure_view(figure: Figure) -> FigureView:
    """A figure as a phrase.

    >>> figure_view(Figure(value=Decimal(27400), unit="troops", hedge="more-than", scope="killed")).text
    'more than 27,400 troops'
    """
    if figure.share:
        amount = f"{figure.share} of {figure.of}" if figure.of else figure.share
    elif figure.value is not None:
        amount = number(figure.value)
    elif figure.min is not None and figure.max is not None:
        amount = f"{number(figure.min)} to {number(figure.max)}"
    else:
        amount = f"from {number(figure.min)}" if figure.min is not None else f"to {number(figure.max)}"
    unit = (f" ({figure.unit})" if figure.share else f" {figure.unit}") if figure.unit else ""
    return FigureView(f"{HEDGES[figure.hedge or 'exact']}{amount}{unit}", figure.scope or "")


def time_view(label: str, when: When, lang: str) -> TimeView:
    return TimeView(label, date_view(when.date, lang), when.quote or "", RULES[when.rule] if when.rule else "")


def day_label(calendar: Calendar, day: int) -> str:
    return calendar.label.replace("{n}", str(day))


def counting(calendar: Calendar, lang: str) -> str:
    """How a calendar counts, in a sentence."""
    epoch = day_view_of(calendar.epoch, lang).text
    return f"Counted so that {epoch} is {day_label(calendar, calendar.first_day)}."


def language(tag: str) -> str:
    """The name of a language, where it is among those that archives of ours have met; else its tag."""
    return {
        "en": "English", "uk": "Ukrainian", "ru": "Russian", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian",
        "pl": "Polish", "be": "Belarusian", "ro": "Romanian", "tr": "Turkish", "crh": "Crimean Tatar", "ar": "Arabic", "la": "Latin",
    }.get(tag.split("-", maxsplit=1)[0], tag)  # fmt: skip
