"""How dates, figures and kinds are put into words. The words themselves are the catalogue's (`sitegen.speech`); what an article prints, and
what editors write, stays as it is."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from sitegen.model.dates import Edtf, exact
from sitegen.model.kinds import CLAIMS, KINDS, PLACES, SOURCES, TOPICS
from sitegen.model.records import Calendar, Figure, When
from sitegen.model.speech import counted_message, message, message_in
from sitegen.speech import Speech
from sitegen.speech.dates import text_of
from sitegen.views.types import DateView, FigureView, TimeView

# Translators: a figure and what the text says of it: "more than 27,400".
HEDGES = {
    "exact": "%(number)s",
    "about": message("about %(number)s"),
    "nearly": message("nearly %(number)s"),
    "more-than": message("more than %(number)s"),
    "at-least": message("at least %(number)s"),
    "less-than": message("less than %(number)s"),
    "at-most": message("at most %(number)s"),
    "up-to": message("up to %(number)s"),
}
# Translators: the labels of editors' notes.
NOTE_LABELS = {
    "context": message("Context"),
    "loaded-language": message("Loaded language"),
    "sic": message("Sic"),
    "unattributed": message("No source named"),
    "name": message("Name"),
    "definition": message("Definition"),
    "question": message("Question"),
}
# Translators: titles of lists, and of parts of the site.
TITLES = (
    message("Articles"), message("Places"), message("Topics"), message("Sources"), message("Claims"), message("Pages"), message("Timeline"),
)  # fmt: skip
# Translators: the noun alone, as it stands behind a number: "3 articles".
COUNTED = (
    counted_message("article", "articles"), counted_message("place", "places"), counted_message("topic", "topics"),
    counted_message("source", "sources"), counted_message("claim", "claims"), counted_message("page", "pages"),
)  # fmt: skip
# Translators: what a page is about, beside its title and at the beginning of a line: "a city", "a government body".
_CATEGORIES = {
    PLACES: {
        "country": message_in("kind", "country"),
        "region": message_in("kind", "region"),
        "district": message_in("kind", "district"),
        "city": message_in("kind", "city"),
        "town": message_in("kind", "town"),
        "village": message_in("kind", "village"),
        "site": message_in("kind", "site"),
        "river": message_in("kind", "river"),
        "sea": message_in("kind", "sea"),
        "area": message_in("kind", "area"),
    },
    TOPICS: {
        "event": message_in("kind", "event"),
        "person": message_in("kind", "person"),
        "organization": message_in("kind", "organization"),
        "law": message_in("kind", "law"),
        "object": message_in("kind", "object"),
        "other": message_in("kind", "topic"),
    },
    SOURCES: {
        "government": message_in("kind", "government body"),
        "military": message_in("kind", "military body"),
        "thinktank": message_in("kind", "think tank"),
        "media": message_in("kind", "media"),
        "ngo": message_in("kind", "NGO"),
        "person": message_in("kind", "person"),
        "social": message_in("kind", "social media"),
        "document": message_in("kind", "document"),
        "other": message_in("kind", "source"),
    },
    CLAIMS: {
        "quantity": message_in("kind", "quantity"),
        "event": message_in("kind", "event"),
        "control": message_in("kind", "control of a place"),
        "intent": message_in("kind", "intent"),
        "forecast": message_in("kind", "forecast"),
        "assessment": message_in("kind", "assessment"),
        "caption": message_in("kind", "caption"),
        "other": message_in("kind", "statement"),
    },
}
# Translators: how a claim stands to another, whose title follows: "part of Russian equipment lost".
RELATIONS = {
    "part-of": (message("part of"), message("has as a part")),
    "total-of": (message("total of"), message("counted in")),
    "supports": (message("supports"), message("supported by")),
    "contradicts": (message("contradicts"), message("contradicted by")),
    "supersedes": (message("supersedes"), message("superseded by")),
}
# Translators: what happens between two figures of one source.
EVENTS = {
    "falls": message("less than before, though it is a running total"),
    "leaps": message("ten times as much as before, or a tenth"),
    "revised": message("another figure as of the same day"),
}
# Translators: how a claim stands in the archive: in a word or two, and why, in a sentence. No verdict on who is right.
STATUS = {
    "superseded": (message("Superseded."), message("The editors point to another claim: %(claim)s.")),
    "differing": (message("Differing."), message("Of the newest day of which several voices give a figure, what they say does not meet.")),
    "corrected": (message("Corrected."), message("A source has given another figure for a day of which it had told before.")),
    "several": (message("Several sources."), message("%(count)s voices that do not belong to one another say something of it.")),
    "single": (message("Single source."), message("Nobody but %(source)s is credited with it here.")),
    "one-voice": (
        message("Single source."),
        message("Those who are credited belong to one another, or are known by way of one another: one voice."),
    ),
    "unattributed": (
        message("Unattributed."),
        message("No source is named: articles say it in their own voice, or leave open who says it."),
    ),
}
# Translators: what an editor changed of a claim, at the beginning of a line; what stood and stands there follows.
CHANGES = {
    "title": message("Title"),
    "kind": message("Kind"),
    "unit": message("Unit"),
    "about": message("About"),
    "cumulative": message("Running total"),
    "relations": message("Related claims"),
    "breaks": message("Breaks in counting"),
    "assessment": message("Assessment"),
    "other": message("%(key)s: changed"),
    "body": message("The text below was changed."),
    "first": message("First written."),
    "unread": message("Changed."),
    "yes": message("yes"),
    "no": message("no"),
    "hidden": message("a claim that is not public"),
}
# Translators: large numbers beside the scale of a chart.
LARGE = ((10**12, message("%(number)s trillion")), (10**9, message("%(number)s billion")), (10**6, message("%(number)s million")))
# Translators: what a location on the map stands for.
PRECISIONS = {
    "point": message("a point"),
    "settlement": message("a settlement"),
    "district": message("a district"),
    "region": message("a region"),
    "country": message("a country"),
    "line": message("a line, such as a river"),
}
REVIEWS = {
    "imported": message("imported, not yet checked by an editor"),
    "in-work": message("being checked by an editor"),
    "checked": message("checked"),
}
# Translators: whether an editor has seen a document that an article cites.
FOUND = {
    "yes": message("seen by an editor"),
    "reported": message("known from the article alone"),
    "no": message("sought and not found"),
}
# Translators: how credible an editor holds a statement (Admiralty code, 1 to 6).
CREDIBILITY = {
    "confirmed": message("confirmed by others"),
    "probable": message("probably true"),
    "possible": message("possibly true"),
    "doubtful": message("doubtful"),
    "improbable": message("improbable"),
    "unknown": message("cannot be judged"),
}
# Translators: how reliable an editor holds a source (Admiralty code, A to F).
RELIABILITY = {
    "A": message("reliable"),
    "B": message("usually reliable"),
    "C": message("fairly reliable"),
    "D": message("not usually reliable"),
    "E": message("unreliable"),
    "F": message("cannot be judged"),
}
# Translators: from what a date was taken.
RULES = {
    "explicit": message("written out"),
    "dateline": message("dateline"),
    "markup": message("markup of the original"),
    "file-name": message("name of the seed file"),
    "day-count": message("days elapsed"),
    "ordinal-day": message("number of the day"),
    "weekday": message("day of the week"),
    "relative": message("relative to the article’s date"),
    "editor": message("an editor’s reading"),
}
# Translators: where the words stand in an article.
WHERE = {"title": message("title"), "heading": message("heading"), "caption": message("caption")}
STANCES = {
    "asserts": message("the speaker asserts it"),
    "denies": message("the speaker denies it"),
    "doubts": message("the speaker doubts it"),
    "reports": message("the speaker reports it"),
}
# Translators: how far the wordings of a claim go, as a heading.
DEGREES = {
    "asserted": message_in("degree", "asserted"),
    "hedged": message_in("degree", "hedged"),
    "said": message_in("degree", "said"),
    "denied": message_in("degree", "denied"),
}
# Translators: what a name of a place, person or body is, beside it.
STATUSES = {
    "official": message_in("name", "official"),
    "variant": message_in("name", "variant"),
    "exonym": message_in("name", "exonym"),
    "historic": message_in("name", "historic"),
    "transliteration": message_in("name", "transliteration"),
    "short": message_in("name", "short"),
}
# Translators: before a date: "as of 15 May 2022", "happened 15 May 2022", "said 15 May 2022".
TIMES = message("as of"), message("happened"), message("said")


def said(speech: Speech, words: Mapping[str, str], name: str | None) -> str:
    """The words of a table; empty where none are asked for."""
    return speech.gettext(words[name]) if name else ""


def category(speech: Speech, kind: str, category: str) -> str:
    """What the `kind:` of a page is called.

    >>> from sitegen.speech import english
    >>> category(english(), "sources", "ngo"), category(english(), "places", "city")
    ('NGO', 'city')
    """
    found = _CATEGORIES.get(KINDS[kind], {}).get(category)
    return speech.pgettext(*found) if found else category


def title(speech: Speech, of: str) -> str:
    """The title of a list, and of the part of the site that it leads to."""
    return speech.gettext(KINDS[of].title if of in KINDS else of.capitalize())


@lru_cache(maxsize=16384)
def date_view(date: Edtf, speech: Speech) -> DateView:
    """A date for readers.

    >>> from sitegen.model.dates import edtf
    >>> from sitegen.speech import english
    >>> date_view(edtf("1912-05~"), english()).text, date_view(edtf("2022-02-24/2022-05-15"), english()).text
    ('about May 1912', '24 February 2022 to 15 May 2022')
    """
    bare = date.text.rstrip("~?%")
    is_season = len(bare) == 7 and bare[5:].isdigit() and int(bare[5:]) > 12
    machine = bare if "/" not in bare and "X" not in bare and not is_season else ""
    return DateView(text_of(speech, date.text), machine, text_of(speech, date.text, weekday=True))


@lru_cache(maxsize=16384)
def day_view_of(iso: str, speech: Speech) -> DateView:
    """The same for a plain ISO day."""
    return date_view(exact(datetime.date.fromisoformat(iso)), speech)


def counted(speech: Speech, way: str, count: int) -> str:
    """How many articles were reported, or statements say that something happened."""
    number = {"num": speech.number(str(count))}
    if way == "happened":
        return speech.ngettext("%(num)s statement", "%(num)s statements", count) % number
    return speech.ngettext("%(num)s article", "%(num)s articles", count) % number


def of_counted(speech: Speech, what: str, count: str) -> str:
    """A stretch of time with what there is of it, as a link to it is called.

    >>> from sitegen.speech import english
    >>> of_counted(english(), "May 2022", counted(english(), "reported", 12))
    'May 2022: 12 articles'
    """
    # Translators: a stretch of time, or a name and a stretch of time, and what there is of it: "May 2022: 12 articles".
    return speech.gettext("%(what)s: %(count)s") % {"what": what, "count": count}


def number(speech: Speech, value: Decimal | int | None) -> str:
    """A number with its digits in groups; empty for None.

    >>> from sitegen.speech import english
    >>> number(english(), Decimal("27400")), number(english(), Decimal("2.50"))
    ('27,400', '2.50')
    """
    return "" if value is None else speech.number(f"{value:f}" if isinstance(value, Decimal) else str(value))


def hedged(speech: Speech, hedge: str | None, amount: str) -> str:
    """An amount with what the text says of it."""
    return speech.gettext(HEDGES[hedge]) % {"number": amount} if hedge and hedge != "exact" else amount


def figure_view(figure: Figure, speech: Speech) -> FigureView:
    """A figure as a phrase.

    >>> from sitegen.speech import english
    >>> figure_view(Figure(value=Decimal(27400), unit="troops", hedge="more-than", scope="killed"), english()).text
    'more than 27,400 troops'
    """
    if figure.share:
        amount = speech.gettext("%(share)s of %(whole)s") % {"share": figure.share, "whole": figure.of} if figure.of else figure.share
    elif figure.value is not None:
        amount = speech.number(f"{figure.value:f}")
    elif figure.min is not None and figure.max is not None:
        between = {"start": number(speech, figure.min), "end": number(speech, figure.max)}
        amount = speech.gettext("%(start)s to %(end)s") % between
    elif figure.min is not None:
        amount = speech.gettext("from %(number)s") % {"number": number(speech, figure.min)}
    else:
        amount = speech.gettext("to %(number)s") % {"number": number(speech, figure.max)}
    unit = (f" ({figure.unit})" if figure.share else f" {figure.unit}") if figure.unit else ""
    if figure.hedge:
        amount = hedged(speech, figure.hedge, amount)
    return FigureView(f"{amount}{unit}", figure.scope or "")


def span(speech: Speech, low: Decimal | None, high: Decimal | None) -> str:
    """What a wording allows, of which either end may be open."""
    start, end = number(speech, low), number(speech, high)
    if start and end:
        return start if start == end else speech.gettext("%(start)s to %(end)s") % {"start": start, "end": end}
    return speech.gettext("%(number)s or more") % {"number": start} if start else speech.gettext("%(number)s or less") % {"number": end}


def time_view(label: str, when: When, speech: Speech) -> TimeView:
    return TimeView(speech.gettext(label), date_view(when.date, speech), when.quote or "", said(speech, RULES, when.rule))


def day_label(calendar: Calendar, day: int) -> str:
    return calendar.label.replace("{n}", str(day))


def counted_otherwise(calendar: Calendar, day: int, speech: Speech) -> str:
    """The number that a day has where the first is counted the other way: as day 1, or as day 0."""
    first = 0 if calendar.first_day else 1
    other = {"number": speech.number(str(day - calendar.first_day + first)), "first": speech.number(str(first))}
    return speech.gettext("Where the first day is called day %(first)s, this is day %(number)s.") % other


def counting(calendar: Calendar, speech: Speech) -> str:
    """How a calendar counts, in a sentence."""
    epoch = day_view_of(calendar.epoch, speech).text
    return speech.gettext("Counted so that %(date)s is %(day)s.") % {"date": epoch, "day": day_label(calendar, calendar.first_day)}
