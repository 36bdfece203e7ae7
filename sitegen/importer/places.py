"""Where it happened: the places that a text names, found by the archive's own names, the gazetteer, and the words around a name.

A capitalised name is a place where the archive knows it, or where the gazetteer does and nothing speaks against it: it is no person's
name, no part of a longer name, no town of a few thousand in a country that the text never mentions. Of several places of one name
the one is taken that lies among the others.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from sitegen.importer.gazetteer import Entry, Gazetteer, key_of
from sitegen.importer.language import Language, alternatives
from sitegen.importer.people import CAPITAL

_WORD = re.compile(r"[^\W_]+(?:[-’'ʼ.][^\W_]+)*\.?")
LONGEST = 4
"""Words in a place's name at most."""
SETTLED = 40
"""Signs before a name in which words are sought that tell a place."""
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
    kind: str = "village"
    """Of a place that no gazetteer knows."""
    is_faint: bool = False
    """Whether other places must lie near for this to be one."""


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
        self.function_words = language.words("articles") | language.words("questions") | language.words("asides")
        self.institutions = language.any_of("institutions")
        self.is_german = language.tag.startswith("de")

    def places(self, blocks: Sequence[str]) -> list[Place]:
        """The places of a text, in the order of their first mention."""
        found = [one for number, block in enumerate(blocks) for one in self._candidates(number, block)]
        chosen = _chosen(found, _containers(found, blocks))
        out: dict[object, Place] = {}
        for one in found:
            entry = chosen.get(one.text)
            if entry is None and one.known is None and one.entries:
                continue
            key = one.known or (entry.id if entry else key_of(one.text))
            before = out.get(key)
            head, _, last = one.text.rpartition(" ")
            bare = [head] if last in self.place_words else []  # "Mira province"
            mentions = tuple(dict.fromkeys([*(before.mentions if before else ()), one.text, *bare]))
            if entry is not None:
                out[key] = Place(entry.name, mentions, entry.kind, entry.lat, entry.lon, entry.country, entry.id, one.known)
            else:
                out[key] = Place(
                    before.name if before else one.text, mentions, before.kind if before else one.kind, None, None, known=one.known
                )
        return list(out.values())

    def _candidates(self, number: int, block: str) -> list[_Candidate]:
        words = list(_WORD.finditer(block))
        shouted = sum(word.group().isupper() for word in words) > 0.6 * len(words) if words else False
        is_title = sum(bool(re.match(CAPITAL, word.group())) for word in words) > 0.7 * len(words)
        out: list[_Candidate] = []
        at = 0
        while at < len(words):
            one = None if shouted or is_title else self._feature(number, block, words[at].start())
            one = one or self._at(number, block, words, at, shouted=shouted)
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
            if re.search(rf"(?<!\w)(?:{self.language.any_of('definite')})\s\Z", block[: words[at].start()], re.I):  # "the Atlantic"
                entries = tuple(one for one in entries if one.kind in ("sea", "river", "area")) or entries
            start, end = words[at].start(), words[at].start() + len(text)
            if known is not None:
                return _Candidate(number, start, end, text, entries, known, True)
            if count == 2 and last.group().lower() == "city":
                continue  # "Kyiv City" is Kyiv
            if not entries:
                continue
            firm = self._is_firm(block, words, at, count, entries, shouted=shouted)
            if firm is not None:
                return _Candidate(number, start, end, text, entries, None, firm, is_faint=not firm and self._begins(block, start))
        if not shouted and (self._is_settled(block, words, at) or self._is_in_place(block, words, at)):
            run = re.match(rf"{CAPITAL}[\w’-]+(?:\s{CAPITAL}[\w’-]+)?", block[words[at].start() :])
            if run and not self._is_person(run.group().split()) and run.group().lower() not in self.not_places | self.adjectives:
                text = re.sub(r"[’'ʼ]s?$", "", run.group())
                return _Candidate(number, words[at].start(), words[at].start() + len(text), text, (), None, True)
        return None

    @cached_property
    def _features(self) -> re.Pattern[str]:
        """A lake, a river, a county by its name: "Lake Mira", "the Mira River"."""
        name = rf"(?:St\.\s)?{CAPITAL}[\w’'-]*"
        before, after = (alternatives(self.language.lists.get(name, ())) for name in ("features_before", "features_after"))
        return re.compile(
            rf"(?i:{before})\s{name}(?:\s{name})?(?!\w)|{name}(?:\s{name})?\s(?=[A-Z])(?i:{after})(?!\w)(?![’'-]|\s{CAPITAL})"
        )

    def _feature(self, number: int, block: str, start: int) -> _Candidate | None:
        """A feature of the land or a part of a country, which its name tells as such."""
        found = self._features.match(block, start)
        if found is None or found.group().split()[0].lower() in self.language.words("articles") | self.language.words("questions"):
            return None
        text = re.sub(r"[’'ʼ]s?$", "", found.group())
        first, *_, last = text.split()
        kinds = {**self.language.lists.get("features_before", {}), **self.language.lists.get("features_after", {})}
        kind = kinds.get(last.lower()) or kinds.get(first.lower()) or "area"
        whole = self.gazetteer.found(key_of(text))
        base = () if whole or kind != "region" else self.gazetteer.found(key_of(text[: -len(last) - 1]))
        entries = whole or tuple(one for one in base if one.kind == "region")
        end = start + len(text)
        return _Candidate(number, start, end, text, entries, self.own.get(text), True, str(kind))

    def _is_in_place(self, block: str, words: list[re.Match[str]], at: int) -> bool:
        """Whether a name that nothing else knows stands where a place stands: "in Mira"."""
        if not at or self.is_german or len(words[at].group()) < 4 or words[at].group().isupper():
            return False
        before, gap = words[at - 1].group().lower(), block[words[at - 1].end() : words[at].start()]
        run = re.match(rf"{CAPITAL}[\w’-]+(?:\s{CAPITAL}[\w’-]+)*", block[words[at].start() :])
        names = run.group().split() if run else []
        if before not in self.language.words("at_places") or gap != " " or not 0 < len(names) < 3:
            return False
        others = self.language.words("organisations_other") | self.function_words | self.place_words
        kinds = self.language.organisation_kinds
        return not any(name.lower() in others or name.lower() in kinds or name.isupper() for name in names)

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
        return self._settled.search(block, max(0, words[at].start() - SETTLED), words[at].start()) is not None

    @cached_property
    def _settled(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{self.language.any_of('settled')})\s*\Z", re.I)

    def _is_firm(
        self, block: str, words: list[re.Match[str]], at: int, count: int, entries: Sequence[Entry], *, shouted: bool
    ) -> bool | None:
        """Whether a name is surely a place; None where it surely is none, or no more than a chance."""
        start, end = words[at].start(), words[at + count - 1].end()
        text = block[start:end]
        lower = text.lower()
        before = words[at - 1].group().lower() if at and re.fullmatch(r"\s*[“\"(]?", block[words[at - 1].end() : start]) else ""
        is_followed = at + count < len(words) and block[end - 1] != "." and block[end : words[at + count].start()] == " "
        after = words[at + count].group() if is_followed else ""
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
        return False if len(text) > 4 else None

    def _begins(self, block: str, start: int) -> bool:
        """Whether a sentence begins there, so that a capital letter tells nothing."""
        return not start or re.search(r"[.!?:]\W*\Z", block[:start]) is not None

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


def _containers(found: Sequence[_Candidate], blocks: Sequence[str]) -> dict[str, set[str]]:
    """The names that stand behind each after a comma, as what it lies in: "Butte, Montana"."""
    out: dict[str, set[str]] = {}
    for one, following in itertools.pairwise(found):
        if one.block == following.block and blocks[one.block][one.end : following.start] == ", ":
            out.setdefault(one.text, set()).add(following.text)
    return out


def _chosen(found: Sequence[_Candidate], containers: Mapping[str, set[str]]) -> dict[str, Entry]:
    """For each name the place that is meant: the one in the countries that the text is about and near the other places, then the
    largest."""
    countries: Counter[str] = Counter()
    for one in found:
        for entry in one.entries[:1]:
            if entry.country:
                countries[entry.country] += 3 if entry.kind == "country" else 2 if one.is_firm and entry.population >= KNOWN_BY_SIZE else 1
    by_text = {one.text: one.entries for one in found if one.entries}
    firm = {one.text for one in found if one.is_firm}
    holding = {
        text: [entry for one in texts for entry in by_text.get(one, ()) if entry.kind in ("region", "country")]
        for text, texts in containers.items()
    }
    contained = {one for texts in containers.values() for one in texts}
    best: dict[str, Entry] = {}
    for _ in range(2):  # first by themselves, then by what lies near
        near = list(best.items())
        best = {
            text: max(
                entries,
                key=lambda entry: (
                    _likelihood(entry, text, countries[entry.country])
                    + (4.0 if any(_lies_in(entry, one) for one in holding.get(text, ())) else 0.0)
                    + (3.0 if text in contained and entry.kind in ("region", "country") and len(entries) > 1 else 0.0)
                    + 0.9 * min(3, sum(_is_near(entry, other) for name, other in near if name != text)),
                    -entry.id,
                ),
            )
            for text, entries in by_text.items()
        }
    faint = {one.text for one in found} - {one.text for one in found if not one.is_faint}
    sure = [entry for text, entry in best.items() if text in firm]
    out: dict[str, Entry] = {}
    for text, entry in best.items():
        is_beside = any(_is_near(entry, other) for other in sure if other is not entry)
        if text in faint and not is_beside:
            continue
        is_among = countries[entry.country] > (1 if entry.country else 0)
        is_town = entry.kind in ("town", "village")
        is_sure = text in firm and (entry.population >= 15_000 or not is_town or is_among or len(text) > 5)
        if is_sure or is_beside or (is_among and countries[entry.country] >= 3):
            out[text] = entry
    return out


def _lies_in(entry: Entry, holder: Entry) -> bool:
    """Whether a place lies in a region or country."""
    if entry.country != holder.country or entry is holder:
        return False
    return holder.kind == "country" or entry.region == holder.region.rpartition("-")[2]


NEAR = 2.0
"""Degrees within which places are taken to belong together."""


def _is_near(entry: Entry, other: Entry) -> bool:
    if (
        entry.lat is None
        or entry.lon is None
        or other.lat is None
        or other.lon is None
        or other.kind == "country"
        or entry.kind == "country"
    ):
        return False
    return abs(entry.lat - other.lat) < NEAR and abs(entry.lon - other.lon) < NEAR


_LIKELY = {"country": 6.0, "region": 0.5, "river": 3.0, "sea": 4.0, "area": 3.0, "city": 1.5}


def _likelihood(entry: Entry, text: str, mentions: int) -> float:
    """How likely a place is meant by its name: by its kind and size, whether it is called just so, and how often the text names its
    country. The weights were chosen on labelled articles."""
    is_same = key_of(entry.name) == key_of(text)
    size = min(entry.population, 10_000_000) / 1_000_000
    return _LIKELY.get(entry.kind, 0.0) + size + (2.0 if is_same else 0.0) + 2.5 * min(mentions, 4) / 4
