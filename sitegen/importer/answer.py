"""What another reader answers, read as the work of a stranger: each value that cannot be used is told, with where it stands, and the rest
goes on.

A proposal without what it needs is left out (a claim without its words, or with a source that is none: its words would be the article's
own); of one with a wrong value besides, that value.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar, get_args

from sitegen import urls
from sitegen.content.forms import FORMS, NAME_LIMIT
from sitegen.content.nearest import did_you_mean
from sitegen.content.text import normal
from sitegen.content.writer import quoted
from sitegen.importer.apparatus import figure
from sitegen.importer.claims import Claim, Given
from sitegen.importer.places import Place
from sitegen.importer.proposal import Proposal, Source
from sitegen.importer.quantities import Quantity
from sitegen.importer.speaker import Speaker
from sitegen.importer.structure import Structure
from sitegen.importer.topics import Topic
from sitegen.model.base import Choice
from sitegen.model.kinds import CLAIMS
from sitegen.model.records import DateRule, PlaceKind, SourceKind, TopicKind
from sitegen.model.todo import SURENESS, Todo
from sitegen.program import NoAnswer

MOST: Mapping[str, int] = {"sources": 200, "places": 300, "topics": 200, "claims": 1000}
"""Proposals of each kind."""
NEEDED = ("sources", "places", "claims")
FEW = 30
"""Names of one place, figures of one claim."""
WORDS = 2_000
"""Signs of a claim's words."""
REASON = 200
"""Signs of a reason, and of a unit."""
KNOWN = ("file", "part", "title", "title_probability", "date", "date_basis", "captions", "headings")
"""What a dry run prints besides. The rules read it, whoever proposes the rest."""
JUDGED = ("sure", "why")
MEASURED = ("probability", "source_probability")
"""What a dry run prints of a proposal besides. Of another reader it was not measured, and counts for nothing."""
_ODD = re.compile(r"[\ufdd0-\ufdef\ufffe\uffff]")
_BODY = ("paragraph", "item", "heading")
"""The pieces of a text in which a claim may stand."""


class Answered(NamedTuple):
    """What an answer proposes, and what of it cannot be used, a line each."""

    proposal: Proposal
    wrong: tuple[str, ...]


def answered(answer: object, read: Structure, lang: str, own: Mapping[str, str], by: str, taken: Collection[str]) -> Answered:
    """What a reader proposes, with each claim at its place in the text. `own`: names of the archive's places -> their stems; `by`: what the
    reader is called; `taken`: the keys of the archive's pages. Raises NoAnswer where it is nothing of the kind."""
    if not isinstance(answer, dict):
        raise NoAnswer(f"expected an object with `sources`, `places` and `claims`, found {_shown(answer)}")
    if MOST.keys().isdisjoint(answer):
        raise NoAnswer("the answer has none of `sources`, `places`, `topics` and `claims`")
    return _Answer(read, lang, own, by, taken).read(answer)


class _Answer:
    """The reading of one answer."""

    def __init__(self, read: Structure, lang: str, own: Mapping[str, str], by: str, taken: Collection[str]) -> None:
        self.structure = read
        self.lang = lang
        self.own = own
        self.by = by
        self.taken = taken
        self.wrong: list[str] = []
        self.pieces = [normal(piece.text) for piece in read.pieces]
        self.text = "\n".join([normal(read.title or ""), *map(normal, read.above), *self.pieces])

    def read(self, answer: dict[Any, Any]) -> Answered:
        self.unknown(answer, "", (*MOST, *KNOWN, "reader"))
        if "reader" in answer:
            self.by = self.line(answer["reader"], "reader", 60) or self.by
        for key in MOST:
            if key not in answer and key in NEEDED:
                self.tell(key, "is missing")
        sources: dict[str, Source] = {}
        for where, one in self.entries(answer, "sources", ("name", "mention", "kind")):
            source = self.source(one, where)
            if source is not None and sources.setdefault(source.speaker.name, source) is not source:
                self.tell(f"{where}.name", f"“{source.speaker.name}” is there already")
        places = [self.place(one, where) for where, one in self.entries(answer, "places", _PLACE)]
        topics = [self.topic(one, where) for where, one in self.entries(answer, "topics", ("name", "kind"))]
        claims = [self.claim(one, where, sources) for where, one in self.entries(answer, "claims", _CLAIM)]
        found = Proposal(tuple(sources.values()), _those(places), _those(claims), _those(topics))
        return Answered(found, tuple(self.wrong))

    # what is told

    def tell(self, where: str, what: str) -> None:
        self.wrong.append(f"{where}: {what}")

    def unknown(self, one: dict[Any, Any], where: str, keys: Collection[str]) -> None:
        for key in one:
            if key not in keys:
                name = _shown(key)
                hint = did_you_mean(key, keys, f"keys: {', '.join(keys)}") if isinstance(key, str) else f"keys: {', '.join(keys)}"
                self.tell(where or "the answer", f"unknown key {name}; {hint}")

    # values

    def entries(self, answer: dict[Any, Any], key: str, keys: Collection[str]) -> Iterator[tuple[str, dict[Any, Any]]]:
        """The objects of a list, each with where it stands."""
        for where, one in self.items(answer.get(key), key, MOST[key]):
            if isinstance(one, dict):
                self.unknown({key: value for key, value in one.items() if key not in MEASURED}, where, (*keys, *JUDGED))
                yield where, one
            else:
                self.tell(where, f"expected an object, found {_shown(one)}")

    def items(self, value: object, where: str, most: int) -> Iterator[tuple[str, object]]:
        if value is None:
            return
        if not isinstance(value, list | tuple):
            self.tell(where, f"expected a list, found {_shown(value)}")
            return
        if len(value) > most:
            self.tell(where, f"{len(value):,} are too many: the first {most:,} are read")
        yield from ((f"{where}[{number}]", one) for number, one in enumerate(value[:most]))

    def line(self, value: object, where: str, limit: int) -> str:
        """A line of text with its white space collapsed; empty where it is none."""
        if not isinstance(value, str):
            self.tell(where, "is missing" if value is None else f"expected text, found {_shown(value)}")
            return ""
        text = normal(value)
        if not re.search(r"\w", text):
            self.tell(where, f"expected some words, found {_shown(value)}")
        elif len(text) > limit:
            self.tell(where, f"{len(text):,} signs are too many; at most {limit:,}")
        elif _ODD.search(text) or any(unicodedata.category(char) in ("Cc", "Cs") for char in text):
            self.tell(where, f"signs that no text has, in {_shown(value)}")
        else:
            return text
        return ""

    def choice(self, value: object, where: str, members: Collection[str], default: str) -> str:
        if value is None:
            return default
        if isinstance(value, str) and value in members:
            return value
        self.tell(where, f"{_shown(value)} is none of {', '.join(members)}")
        return default

    def number(self, value: object, where: str) -> int | float | None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.tell(where, "is missing" if value is None else f"expected a number, found {_shown(value)}")
        elif not math.isfinite(value) if isinstance(value, float) else abs(value) > 10**18:
            self.tell(where, f"{_shown(value)} is no number that can be read")
        else:
            return value
        return None

    def todo(self, one: dict[Any, Any], where: str) -> Todo:
        """How sure a proposal is, in the reader's own words; where it says nothing, that is doubtful."""
        sureness = self.choice(one.get("sure"), f"{where}.sure", SURENESS, "doubtful")
        why = self.line(one["why"], f"{where}.why", REASON) if one.get("why") is not None else ""
        return Todo(next(word for word in SURENESS if word == sureness), f"{why or 'no reason was given'} (by {self.by})")

    # proposals

    def source(self, one: dict[Any, Any], where: str) -> Source | None:
        name = self.line(one.get("name"), f"{where}.name", NAME_LIMIT)
        mention = self.line(one["mention"], f"{where}.mention", NAME_LIMIT) if one.get("mention") is not None else ""
        kind = self.choice(one.get("kind"), f"{where}.kind", _members(SourceKind), "other")
        todo = self.todo(one, where)
        return Source(Speaker(name, mention or name, kind), todo) if name else None

    def place(self, one: dict[Any, Any], where: str) -> Place | None:
        name = self.line(one.get("name"), f"{where}.name", NAME_LIMIT)
        forms = [self.line(form, place, NAME_LIMIT) for place, form in self.items(one.get("mentions"), f"{where}.mentions", FEW)]
        kind = self.choice(one.get("kind"), f"{where}.kind", _members(PlaceKind), "site")
        lat, lon = (self.degrees(one, where, key, most) for key, most in (("lat", 90), ("lon", 180)))
        todo = self.todo(one, where)
        there = [form for form in dict.fromkeys((*forms, name)) if form and self.stands(form)]
        if not name:
            return None
        if not there:
            self.tell(where, f"neither “{name}” nor one of its mentions stands in the text")
            return None
        if (lat is None) != (lon is None):
            self.tell(where, "`lat` and `lon` are needed both")
            lat = lon = None
        known = next((self.own[form] for form in (name, *there) if form in self.own), None)
        return Place(name, tuple(there), kind, lat, lon, known=known, todo=todo, where=where)

    def degrees(self, one: dict[Any, Any], where: str, key: str, most: int) -> float | None:
        value = self.number(one[key], f"{where}.{key}") if one.get(key) is not None else None
        if value is not None and abs(value) > most:
            self.tell(f"{where}.{key}", f"{_shown(value)} does not lie between {-most} and {most}")
            return None
        return None if value is None else float(value)

    def topic(self, one: dict[Any, Any], where: str) -> Topic | None:
        name = self.line(one.get("name"), f"{where}.name", NAME_LIMIT)
        kind = self.choice(one.get("kind"), f"{where}.kind", _members(TopicKind), "other")
        todo = self.todo(one, where)
        if name and not self.stands(name):
            self.tell(f"{where}.name", f"“{name}” does not stand in the text")
            return None
        return Topic(name, kind, todo, where) if name else None

    def stands(self, words: str) -> bool:
        """Whether words stand in the text, cutting none of its own."""
        return words in self.text and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", self.text) is not None

    def claim(self, one: dict[Any, Any], where: str, sources: Mapping[str, Source]) -> Claim | None:
        text = self.line(one.get("text"), f"{where}.text", WORDS)
        todo = self.todo(one, where)
        speaker = None
        if one.get("source") is not None:
            name = self.line(one["source"], f"{where}.source", NAME_LIMIT)
            if name not in sources:
                if name:
                    self.tell(f"{where}.source", f"`sources` has no “{name}”, so that the claim is left out")
                return None
            speaker = sources[name].speaker
        given = self.given(one, where)
        if not text:
            return None
        found = next((n for n, piece in enumerate(self.structure.pieces) if piece.kind in _BODY and text in self.pieces[n]), None)
        if found is None:
            self.tell(f"{where}.text", f"no paragraph, item or heading of the text has the words “{_short(text)}”")
            return None
        values = self.items(one.get("quantities"), f"{where}.quantities", FEW)
        quantities = tuple(told for place, value in values if (told := self.quantity(value, place, text)))
        start = self.pieces[found].find(text)
        return Claim(found, start, start + len(text), text, speaker, quantities, todo=todo, given=given)

    def given(self, one: dict[Any, Any], where: str) -> Given:
        """What a claim says besides: its id, the page of its claim, which of several passages it quotes, its dates."""
        id, page, nth = one.get("id"), one.get("claim"), one.get("nth")
        if id is not None and not (isinstance(id, str) and urls.is_stem(id)):
            self.tell(f"{where}.id", f"{_shown(id)} is no id: small letters, digits and hyphens")
            id = None
        if page is not None and not (isinstance(page, str) and CLAIMS.key(page) in self.taken):
            self.tell(f"{where}.claim", f"the archive has no claim {_shown(page)}")
            page = None
        if nth is not None and (isinstance(nth, bool) or not isinstance(nth, int) or not 1 <= nth <= 9999):
            self.tell(f"{where}.nth", f"expected a whole number from 1, found {_shown(nth)}")
            nth = None
        dates = [
            f"{key}: {when}" for key in ("as_of", "when") if one.get(key) is not None and (when := self.when(one[key], f"{where}.{key}"))
        ]
        return Given(where, id or "", page or "", nth or 0, tuple(dates))

    def when(self, one: object, where: str) -> str:
        """A date of a claim as notes write it; empty where it is none."""
        if not isinstance(one, dict):
            self.tell(where, f"expected an object with `date`, found {_shown(one)}")
            return ""
        self.unknown(one, where, ("date", "quote", "rule"))
        date = self.line(one.get("date"), f"{where}.date", 40)
        try:
            parts = [f"date: {quoted(FORMS['edtf'](date).text)}"] if date else []
        except ValueError as error:
            self.tell(f"{where}.date", f"{_shown(date)}: {error}")
            return ""
        if one.get("quote") is not None:
            quote = self.line(one["quote"], f"{where}.quote", WORDS)
            if quote and not self.stands(quote):
                self.tell(f"{where}.quote", f"“{_short(quote)}” does not stand in the text")
                return ""
            parts += [f"quote: {quoted(quote)}"] if quote else []
        rule = self.choice(one.get("rule"), f"{where}.rule", _members(DateRule), "")
        parts += [f"rule: {rule}"] if rule else []
        return f"{{{', '.join(parts)}}}" if date else ""

    def quantity(self, one: object, where: str, text: str) -> Quantity | None:
        if not isinstance(one, dict):
            self.tell(where, f"expected an object, found {_shown(one)}")
            return None
        self.unknown(one, where, ("value", "unit", "approx", "share"))
        value = self.number(one.get("value"), f"{where}.value")
        unit = self.line(one["unit"], f"{where}.unit", REASON) if one.get("unit") else ""
        approx, share = one.get("approx"), one.get("share")
        if approx is not None and not isinstance(approx, bool):
            self.tell(f"{where}.approx", f"expected true or false, found {_shown(approx)}")
        if share is not None and not _is_share(share):
            self.tell(f"{where}.share", f"expected a share such as 1/3 or 12.5%, found {_shown(share)}")
            share = None
        if value is None:
            return None
        if share is None and (unit.startswith("%") or unit.partition(" ")[0] == "percent"):
            share = f"{value:g}%" if _is_share(f"{value:g}%") else None
        found = Quantity(value, unit.removeprefix("%").strip(), approx is True, 0, 0, share or "")
        if not figure(found, text, self.lang):
            self.tell(f"{where}.value", f"{_shown(share or value)} cannot be read in “{_short(text)}”")
            return None
        return found


T = TypeVar("T")


def _those(some: Iterable[T | None]) -> tuple[T, ...]:
    """Those of some that could be read."""
    return tuple(one for one in some if one is not None)


_PLACE = ("name", "mentions", "kind", "lat", "lon")
_CLAIM = ("text", "source", "quantities", "id", "claim", "nth", "as_of", "when")


def _members(choice: Any) -> tuple[str, ...]:
    """The members of a closed list of `model.records`."""
    return next(mark.members for mark in get_args(choice) if isinstance(mark, Choice))


def _is_share(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(FORMS["fraction"](value))
    except ValueError:
        return False


def _shown(value: object) -> str:
    """A value as it is told of; of what is no value of JSON, its type."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float() | str():
            return _short(repr(value)) if not isinstance(value, int) or abs(value) < 10**20 else "a number of many digits"
        case dict():
            return "an object"
        case list() | tuple():
            return "a list"
    return f"a value of the type {type(value).__name__}"


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:59].rstrip()}…"
