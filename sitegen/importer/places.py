"""Where it happened: the places that a text names, found by the archive's own names, the gazetteer, and the words around a name.

A capitalised name is a place where the archive knows it, or where the gazetteer does and nothing speaks against it: it is no person's
name, no part of a longer name, no town of a few thousand in a country that the text never mentions. Of several places of one name
the one is taken that lies among the others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sitegen.importer.gazetteer import Entry, Gazetteer, key_of
from sitegen.importer.language import Language
from sitegen.importer.people import CAPITAL

_WORD = re.compile(r"[^\W_]+(?:[-’'ʼ.][^\W_]+)*\.?")
LONGEST = 4
"""Words in a place's name at most."""
KNOWN_BY_SIZE = 250_000
"""Inhabitants of a town that needs no preposition before its name."""


class Place(NamedTuple):
    """A place of a text: the name for the archive, the forms as printed, and what is known of it. `known` is the stem of the archive's
    own page of it, `id` its number in the gazetteer, `country` an ISO code."""

    name: str
    mentions: tuple[str, ...]
    kind: str
    lat: float | None
    lon: float | None
    country: str = ""
    id: int | None = None
    known: str | None = None


class _Candidate(NamedTuple):
    block: int
    start: int
    end: int
    text: str
    entries: tuple[Entry, ...]
    known: str | None
    is_firm: bool


class Finder:
    """The finding of places in one text. `own`: name -> stem, of the archive's places; `people`: surnames and full names."""

    def __init__(self, language: Language, gazetteer: Gazetteer, own: Mapping[str, str], people: Iterable[str]) -> None:
        self.language = language
        self.gazetteer = gazetteer
        self.own = own
        self.full_names = set(people)
        self.people = {word for name in self.full_names for word in name.split()}
        self.locatives = language.words("locatives")
        self.not_places = language.words("not_places") | language.words("months_words") | language.words("weekdays")
        self.place_words = language.words("place_words")
        self.titles = language.words("titles")
        self.adjectives = language.words("not_names")
        self.institutions = language.any_of("institutions")
        self.is_german = language.tag.startswith("de")

    def places(self, blocks: Sequence[str]) -> list[Place]:
        """The places of a text, in the order of their first mention."""
        found = [one for number, block in enumerate(blocks) for one in self._candidates(number, block)]
        chosen = _chosen(found)
        out: dict[object, Place] = {}
        for one in found:
            entry = chosen.get(one.text)
            if entry is None and one.known is None and one.entries:
                continue
            key = one.known or (entry.id if entry else key_of(one.text))
            before = out.get(key)
            mentions = tuple(dict.fromkeys([*(before.mentions if before else ()), one.text]))
            if entry is not None:
                out[key] = Place(entry.name, mentions, entry.kind, entry.lat, entry.lon, entry.country, entry.id, one.known)
            else:
                out[key] = Place(before.name if before else one.text, mentions, "village", None, None, known=one.known)
        return list(out.values())

    def _candidates(self, number: int, block: str) -> list[_Candidate]:
        words = list(_WORD.finditer(block))
        shouted = sum(word.group().isupper() for word in words) > 0.6 * len(words) if words else False
        out: list[_Candidate] = []
        at = 0
        while at < len(words):
            one = self._at(number, block, words, at, shouted=shouted)
            if one is None:
                at += 1
                continue
            out.append(one)
            while at < len(words) and words[at].start() < one.end:
                at += 1
        return out

    def _at(self, number: int, block: str, words: list[re.Match[str]], at: int, *, shouted: bool) -> _Candidate | None:
        """The longest place name that begins with a word."""
        first = words[at].group()
        if not re.match(CAPITAL, first) or (not shouted and len(first) < 2):
            return None
        site = None if shouted else self._institution(number, block, words[at].start())
        if site is not None:
            return site
        for count in range(min(LONGEST, len(words) - at), 0, -1):
            last = words[at + count - 1]
            text = block[words[at].start() : last.end()].rstrip(".")
            if re.search(r"[,;:!?()“”\"\n]|\.\s", text) and not re.fullmatch(r"[^,]+, (?:[A-Z]{2}|D\.C)", text):
                continue
            if count > 1 and not re.match(CAPITAL, last.group()) and last.group().lower() not in self.place_words:
                continue
            text = re.sub(r"[’'ʼ]s?$", "", text)
            key = key_of(text)
            known = self.own.get(text)
            entries = self.gazetteer.found(key) or (self._without_ending(text) if count == 1 else ())
            start, end = words[at].start(), words[at].start() + len(text)
            if known is not None:
                return _Candidate(number, start, end, text, entries, known, True)
            if count == 2 and last.group().lower() == "city":
                continue  # "Kyiv City" is Kyiv
            if not entries:
                continue
            firm = self._is_firm(block, words, at, count, entries, shouted=shouted)
            if firm is not None:
                return _Candidate(number, start, end, text, entries, None, firm)
        if not shouted and self._is_settled(block, words, at):
            run = re.match(rf"{CAPITAL}[\w’-]+(?:\s{CAPITAL}[\w’-]+)?", block[words[at].start() :])
            if run and not self._is_person(run.group().split()) and run.group().lower() not in self.not_places | self.adjectives:
                text = re.sub(r"[’'ʼ]s?$", "", run.group())
                return _Candidate(number, words[at].start(), words[at].start() + len(text), text, (), None, True)
        return None

    def _institution(self, number: int, block: str, start: int) -> _Candidate | None:
        """A university, a stadium, a bridge: a site, with the location of the town that it is named after."""
        names = rf"{CAPITAL}[\w’'-]*(?:\s(?:of\s|the\s|de\s)?{CAPITAL}[\w’'-]*){{0,3}}"
        found = re.match(rf"{names}?\s(?i:{self.institutions})\b(?:\sof\s{CAPITAL}\w+)?", block[start:])
        if found is None or not re.match(CAPITAL, found.group().split()[-1]):
            return None
        for word in found.group().split()[:-1]:
            town = next(
                (one for one in self.gazetteer.found(key_of(word)) if one.kind in ("city", "town") and key_of(one.name) == key_of(word)),
                None,
            )
            if town is not None:
                entry = town._replace(id=-1 - number, name=found.group(), kind="site", population=0)
                return _Candidate(number, start, start + found.end(), found.group(), (entry,), None, True)
        return _Candidate(number, start, start + found.end(), found.group(), (), None, True)

    def _without_ending(self, text: str) -> tuple[Entry, ...]:
        """German names bear an s in the genitive."""
        if self.language.tag.startswith("de") and text.endswith("s") and len(text) > 5:
            return tuple(
                one for one in self.gazetteer.found(key_of(text[:-1])) if one.kind in ("country", "region", "area", "river", "sea")
            )
        return ()

    def _is_person(self, words: Sequence[str]) -> bool:
        return any(re.sub(r"[’'ʼ]s$", "", word) in self.people for word in words)

    def _is_settled(self, block: str, words: list[re.Match[str]], at: int) -> bool:
        """Whether the words before a name say that it is a place."""
        before = block[: words[at].start()].lower().rstrip()
        return any(re.search(rf"(?<!\w){re.escape(word)}\Z", before) for word in self.language.words("settled"))

    def _is_firm(
        self, block: str, words: list[re.Match[str]], at: int, count: int, entries: Sequence[Entry], *, shouted: bool
    ) -> bool | None:
        """Whether a name is surely a place; None where it surely is none, or no more than a chance."""
        start, end = words[at].start(), words[at + count - 1].end()
        text = block[start:end]
        lower = text.lower()
        before = words[at - 1].group().lower() if at and re.fullmatch(r"\s*[“\"(]?", block[words[at - 1].end() : start]) else ""
        after = words[at + count].group() if at + count < len(words) and block[end : words[at + count].start()] == " " else ""
        best = entries[0]
        is_broad = best.kind in ("country", "area", "river", "sea") or (best.kind == "region" and len(text) > 4)
        size = max(one.population for one in entries)
        is_located = (
            before in self.locatives or self._is_settled(block, words, at) or (after.lower() in self.place_words and not self.is_german)
        )
        if f"{text} {re.sub(r'[’ʼ]s$', '', after)}" in self.full_names:
            return None
        if lower.rstrip(".") in self.not_places or (count == 1 and self._is_person([text]) and best.kind != "country"):
            return None
        if before.rstrip(".") in self.titles and best.kind not in ("country", "region"):
            return None
        if text.isupper() and not shouted and len(text) < 5:
            return None
        if after.lower() == "regional" and not is_broad:
            return None
        if re.search(r"[’']s?\Z", text) and _is_capital(best):
            return None  # "Moscow’s troops": the government, not the city
        if is_broad:
            return True
        if shouted:
            return True if size >= KNOWN_BY_SIZE and len(text) > 4 else None
        if self.is_german and count == 1 and (before not in self.locatives or self._is_noun(block, start)):
            return True if size >= KNOWN_BY_SIZE else None
        if re.match(CAPITAL, after) and count == 1 and not re.search(r"[’']s?\Z", text) and not self.is_german:
            kind = self.language.organisation_kinds.get(after.lower().rstrip("."))
            is_joined = after.lower().rstrip(".") in self.place_words | self.titles or (kind is not None and kind not in ("media", "other"))
            if not is_joined and not (size >= 2 * KNOWN_BY_SIZE and kind is None and not self._is_club(after)):
                return None
        previous = words[at - 1].group() if at else ""
        if (
            previous
            and re.match(CAPITAL, previous)
            and before
            and before not in self.place_words | self.locatives
            and size < KNOWN_BY_SIZE
            and not self.is_german
        ):
            return None
        if size >= KNOWN_BY_SIZE or is_located:
            return True
        is_listed = bool(re.search(rf"{CAPITAL}[\w-]+,?\s(?:and\s)?\Z", block[max(0, start - 30) : start]))
        if is_listed or "-" in text or count > 1:
            return False
        return False if len(text) > 4 and start > 0 and block[max(0, start - 2) : start] != ". " else None

    def _is_noun(self, block: str, start: int) -> bool:
        """Whether a German word has an article or an adjective before it, as a town has not."""
        return bool(re.search(r"(?:\b(?:der|die|das|den|dem|des|ein\w*|kein\w*)|\w+(?:em|en|er|es|igem))\s\Z", block[:start], re.I))

    def _is_club(self, word: str) -> bool:
        return word.lower() in {
            "united",
            "city",
            "rovers",
            "wanderers",
            "albion",
            "athletic",
            "hotspur",
            "fc",
            "bears",
            "bulls",
            "giants",
            "kings",
        }


def _is_capital(entry: Entry) -> bool:
    """Whether a name may stand for a government: a city of a million."""
    return entry.kind == "city" and entry.population >= 1_000_000


def _chosen(found: Sequence[_Candidate]) -> dict[str, Entry]:
    """For each name the place that is meant: the one in the countries that the text is about, then the largest."""
    countries: Counter[str] = Counter()
    for one in found:
        for entry in one.entries[:1]:
            if entry.country:
                countries[entry.country] += 3 if entry.kind == "country" else 2 if one.is_firm and entry.population >= KNOWN_BY_SIZE else 1
    out: dict[str, Entry] = {}
    firm = {one.text for one in found if one.is_firm}
    for one in found:
        if one.text in out or not one.entries:
            continue
        scores = {entry: _likelihood(entry, one.text, countries[entry.country]) for entry in one.entries}
        best = max(one.entries, key=lambda entry: (scores[entry], -entry.id))
        is_among = countries[best.country] > (1 if best.country else 0)
        is_town = best.kind in ("town", "village")
        is_sure = one.text in firm and (best.population >= 15_000 or not is_town or is_among or len(one.text) > 5)
        if is_sure or (is_among and countries[best.country] >= 3):
            out[one.text] = best
    return out


_LIKELY = {"country": 6.0, "region": 0.5, "river": 3.0, "sea": 4.0, "area": 3.0, "city": 1.5}


def _likelihood(entry: Entry, text: str, mentions: int) -> float:
    """How likely a place is meant by its name: by its kind and size, whether it is called just so, and how often the text names its
    country. The weights were chosen on labelled articles."""
    is_same = key_of(entry.name) == key_of(text)
    size = min(entry.population, 10_000_000) / 1_000_000
    return _LIKELY.get(entry.kind, 0.0) + size + (2.0 if is_same else 0.0) + 2.5 * min(mentions, 4) / 4
