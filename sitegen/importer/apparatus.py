"""Writes the notes of an imported article: its claims, a line each, with their figures and dates; itemised lists as groups.

A line may have plainer forms: where the fullest would not hold against the text, the next is tried, and in the end the claim is left
out. Nothing that a build would refuse is written.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from sitegen import urls
from sitegen.content.dating import disagreement, shifted, weekday_before
from sitegen.content.numbers import is_readable, share_of
from sitegen.content.writer import quoted, word
from sitegen.importer.claims import Claim, Given
from sitegen.importer.days import written
from sitegen.importer.language import Language
from sitegen.importer.quantities import Quantity
from sitegen.importer.speaker import Speaker
from sitegen.importer.stubs import undecided
from sitegen.importer.sureness import of_claim, of_group, unread
from sitegen.model.dates import exact
from sitegen.model.kinds import CLAIMS

HEAD = (
    "# Proposed by `sitegen import`. An entry with a `todo` is undecided: take out `todo` to keep it, or the entry to drop it.",
    "claims:",
)
SCHEMA = "schema/notes.schema.json"
"""Where `sitegen init` puts the schema of notes, by which editors' tools complete and check them."""


class Entry(NamedTuple):
    """A claim or a group as notes have it: its forms, the fullest first; the claim pages that the first asks for: stem -> unit; and `where`
    another reader proposes it in what that one answers."""

    forms: tuple[str, ...]
    pages: Mapping[str, str] = {}
    where: str = ""


class Writing(NamedTuple):
    """What entries are written with: the language, the article's date, the stem of each speaker, the claim pages that the archive has
    for a unit, every stem of a claim page that is taken, and the probability from which on nobody is asked."""

    language: Language
    date: datetime.date | None
    sources: Mapping[Speaker, str]
    by_unit: Mapping[str, str]
    taken: Collection[str]
    accept: float | None = None


def entries(claims: Sequence[Claim], writing: Writing) -> list[Entry]:
    """The entries of an article's notes."""
    out: list[Entry] = []
    ids = Ids()
    seen: dict[str, int] = {}
    for number, claim in enumerate(claims):
        total = _total(claims, number, writing.language) if claim.given is None else None
        if total is None:
            out.append(_claim(claim, writing, ids.new, seen))
            continue
        alone = _claim(claim, writing, ids.next, seen)
        group, pages = _group(claim, *total, writing, ids.new)
        out.append(Entry((group, *alone.forms), pages))
    return out


class Ids:
    """Ids that are given once each; one that is taken already gets a number."""

    def __init__(self, taken: Iterable[Container[str]] = ()) -> None:
        self.used: set[str] = set()
        self.taken = (self.used, *taken)
        self.numbers: dict[str, int] = {}

    def next(self, base: str) -> str:
        """The id that would be given."""
        number = self.numbers.get(base, 1)
        while any(_numbered(base, number) in ids for ids in self.taken):
            number += 1
        self.numbers[base] = number
        return _numbered(base, number)

    def new(self, base: str) -> str:
        id = self.next(base)
        self.used.add(id)
        return id


def _numbered(base: str, number: int) -> str:
    return f"{base}-{number}" if number > 1 else base


def head(schema: str) -> tuple[str, ...]:
    """The lines above the entries. `schema`: where in the archive the schema of notes lies; empty where it has none."""
    return (f"# yaml-language-server: $schema=../../{schema}", *HEAD) if schema else HEAD


def notes(lines: Iterable[str], schema: str = "") -> str:
    """The notes file of these lines."""
    return "\n".join([*head(schema), *lines]) + "\n"


def _claim(claim: Claim, writing: Writing, new: Callable[[str], str], seen: dict[str, int]) -> Entry:
    """One claim: with its date where the text tells one, and without it."""
    quote = claim.text.strip()
    seen[quote] = seen.get(quote, 0) + 1
    given = claim.given or Given("", "", "", 0, ())
    parts = [f"id: {word(new(given.id)) if given.id else _id(claim.text, claim.quantities, new)}", f"quote: {quoted(quote)}"]
    nth = given.nth or seen[quote]
    if nth > 1 or given.nth:
        parts.append(f"nth: {nth}")
    parts.append(f"source: {_source(claim.speaker, writing)}")
    if given.page:
        parts.append(f"claim: {word(given.page)}")
    told = [f"{key}: {date}" for key, date in (("as_of", _as_of(quote, writing)), ("when", _when(quote, writing))) if date][:1]
    dates = [*given.dates] or told
    todo = undecided(of_claim(claim), writing.accept)
    figures = [shown for quantity in claim.quantities if (shown := figure(quantity, quote, writing.language.tag))]
    all_figures = [f"figures: [{', '.join(figures)}]"] if figures else []
    plain = undecided(unread(claim)) if figures else todo
    forms = [[*parts, *dates, *all_figures, *todo], [*parts, *all_figures, *todo], [*parts, *plain]]
    return Entry(tuple(dict.fromkeys(f"  - {{{', '.join(form)}}}" for form in forms)), where=given.where)


def _source(speaker: Speaker | None, writing: Writing) -> str:
    return word(writing.sources.get(speaker, "article")) if speaker is not None else "article"


@lru_cache(maxsize=8)
def _state(language: Language) -> re.Pattern[str]:
    as_of, times = language.any_of("as_of"), language.any_of("times_of_day")
    return re.compile(rf"\b(?:{as_of})\s+({language.any_of('weekdays')})\b(?:\s+(?:{times}))?", re.I)


@lru_cache(maxsize=8)
def _on_day(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{language.any_of('on_days')})\s+({language.any_of('weekdays')})(?!\w)", re.I)


def _as_of(quote: str, writing: Writing) -> str:
    """The date of a state or count that a claim names: "as of Sunday morning", "by 18 July"; empty where it names none."""
    days = writing.language.table("weekdays")
    found = _state(writing.language).search(quote) if writing.date is not None else None
    if found is None or writing.date is None:
        return ""
    date = weekday_before(writing.date, days[found[1].lower()])
    if disagreement("weekday", found.group(), exact(date), writing.date, None) is not None:
        return ""
    return f"{{date: {date.isoformat()}, quote: {quoted(found.group())}, rule: weekday}}"


def _when(quote: str, writing: Writing) -> str:
    """The date of an event that a claim names, if it names but one: written out, by a weekday, as "yesterday"."""
    language = writing.language
    full = [(date, quote[start:end], "explicit") for date, start, end in written(quote, language)]
    days, relative = language.table("weekdays"), language.table("relative")
    near: list[tuple[datetime.date, str, str]] = []
    if writing.date is not None:
        named = _on_day(language).finditer(quote)
        near += [(weekday_before(writing.date, days[found[1].lower()]), found.group(), "weekday") for found in named]
        for found in language.pattern("relative").finditer(quote):
            date = shifted(writing.date, relative[found.group().lower()])
            near += [(date, found.group(), "relative")] if date is not None else []
    if len([*full, *near]) != 1:
        return ""
    date, words, rule = [*full, *near][0]
    if disagreement(rule, words, exact(date), writing.date, None) is not None:
        return ""
    return f"{{date: {date.isoformat()}, quote: {quoted(words)}, rule: {rule}}}"


def figure(quantity: Quantity, quote: str, lang: str) -> str:
    """A figure as notes write it; empty where it could not be read in the quote again."""
    words = quantity.unit.removeprefix("share").removeprefix("percent").strip()
    unit = f", unit: {quoted(words)}" if words else ""
    if quantity.share:
        return f"{{share: {quoted(quantity.share)}{unit}}}" if is_readable(share_of(quantity.share), quote, lang, share=True) else ""
    value = f"{quantity.value:.15g}"
    return f"{{value: {value}{unit}}}" if "e" not in value and is_readable(share_of(value), quote, lang) else ""


def _id(text: str, quantities: Sequence[Quantity], new: Callable[[str], str]) -> str:
    """An id that tells what is claimed: its first figure and what it counts, or its first words."""
    first = quantities[0] if quantities else None
    if first is not None and first.unit and not first.share:
        base = f"c-{first.value:g}-{urls.slug(first.unit, 20)}"
    else:
        base = f"c-{urls.slug(text, 24)}"
    return new(re.sub(r"[^a-z0-9]+", "-", base).strip("-"))


# itemised lists

ITEMS = 3
"""Figures that a sentence must list to be a group."""


@lru_cache(maxsize=8)
def _itemises(language: Language) -> re.Pattern[str]:
    """What a claim begins with that lists parts of a total: "These included"."""
    totals, include, including = (language.any_of(name) for name in ("totals", "include", "including"))
    return re.compile(rf"(?:{totals})\s+(?:{include})\b|(?:{including})\b", re.I)


def _total(claims: Sequence[Claim], number: int, language: Language) -> tuple[Claim, Quantity] | None:
    """The total that an itemised sentence is said to be part of: the last figure of the claim before it."""
    claim = claims[number]
    if len(claim.quantities) < ITEMS or not number or not _itemises(language).match(claim.text):
        return None
    before = claims[number - 1]
    whole = [quantity for quantity in before.quantities if not quantity.share]
    if not whole or before.speaker != claim.speaker or any(item.share for item in claim.quantities):
        return None
    return before, whole[-1]


def _group(claim: Claim, before: Claim, total: Quantity, writing: Writing, new: Callable[[str], str]) -> tuple[str, dict[str, str]]:
    """An itemised list with its total, in one line, and the claim pages that it asks for."""
    stated = _phrase(before.text, total, writing.language)
    pages: dict[str, str] = {}
    items = []
    for item in claim.quantities:
        quote = f"{claim.text[item.start : item.end]} {item.unit}".strip()
        stem = writing.by_unit.get(item.unit.lower()) or _page_stem(item.unit, writing.taken)
        if stem and item.unit.lower() not in writing.by_unit:
            pages[stem] = item.unit
        items.append(f"{{id: {_id(quote, [item], new)}, quote: {quoted(quote)}{f', claim: {word(stem)}' if stem else ''}}}")
    when = _as_of(before.text, writing)
    given = f"source: {_source(claim.speaker, writing)}{f', as_of: {when}' if when else ''}"
    head = f"{{id: {_id(stated, [total], new)}, quote: {quoted(stated)}}}"
    parts = [f"total: {head}", f"from: {{{given}}}", "list: partial", f"items: [{', '.join(items)}]"]
    return f"  - {{{', '.join([*parts, *undecided(of_group(claim, before), writing.accept)])}}}", pages


def _page_stem(unit: str, taken: Collection[str]) -> str:
    stem = urls.slug(unit)
    return stem if urls.is_stem(stem) and CLAIMS.key(stem) not in taken else ""


def _phrase(text: str, quantity: Quantity, language: Language) -> str:
    """A figure in its words, hedge and unit and all: "some 7,000 units of Russian military equipment"."""
    hedges = language.any_of("approx")
    hedge = re.search(rf"(?<!\w)(?:{hedges})\s+\Z", text[: quantity.start], re.I)
    rest = re.match(r"[\s-]*(?:[^\W\d_][\w’'-]*(?:\s(?=[^\W\d_])|))*", text[quantity.end :])
    stop = quantity.end + (rest.end() if rest else 0)
    return text[hedge.start() if hedge else quantity.start : stop].strip()
