"""The names of a text that may be places: those of the archive, of the gazetteer, and those that the words around them make places."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from sitegen.content.forms import NAME_LIMIT
from sitegen.importer.evidence import Evidence, weight
from sitegen.importer.gazetteer import Entry, Gazetteer, countries, is_of_the_gazetteer, key_of
from sitegen.importer.language import Language, alternatives, of_language
from sitegen.importer.tokens import CAPITAL, PARTICLES, SAINT, Token, Tokenized, tokenized, without_possessive

LONGEST = 6
"""Words in a place's name at most."""
_NAME = rf"{CAPITAL}[\w’'-]{{0,60}}+"
"""A word of a name; none is longer."""


class Mention(NamedTuple):
    """A name at `start:end` of a block. `entries`: the places of the gazetteer that bear it; `known`: the stem of the archive's own
    place of that name; `weight`: how much speaks for a place; `kind`: of a place that no gazetteer knows."""

    block: int
    start: int
    end: int
    text: str
    entries: tuple[Entry, ...]
    known: str | None = None
    weight: float = 0.0
    kind: str = "village"
    evidence: frozenset[str] = frozenset()


class _List(NamedTuple):
    """The mentions so far in one list ("Mira, Grubel and Wolde"): how many, and whether all are places."""

    size: int
    are_places: bool


class Names:
    """The finding of mentions in one text. `own`: name -> stem, of the archive's places; `people`: the full names of its persons."""

    def __init__(self, language: Language, gazetteer: Gazetteer, own: Mapping[str, str], people: Collection[str]) -> None:
        self.language = language
        self.gazetteer = gazetteer
        self.own = own
        self.evidence = Evidence(language, gazetteer, people)
        self.no_places = language.words("organisations_other") | self.evidence.no_names
        self.no_unlisted = self.evidence.function_words | self.evidence.place_words
        self.countries = {} if is_of_the_gazetteer(language.tag) else countries(language.tag)
        self.endings: Mapping[str, Sequence[str]] = language.lists.get("case_endings", {})
        self.definite, self.joining, self.city_words = (language.words(name) for name in ("definite", "joining", "city_words"))

    def mentions(self, number: int, text: str) -> Iterator[Mention]:
        """The mentions of a block, in order; none lies within another."""
        block = tokenized(text)
        told = {} if block.style else {one.start: one for one in (*self._features(number, text), *self._sites(number, text))}
        end = -1
        listed = _List(0, True)
        for at, word in enumerate(block.tokens):
            if not word.is_capital or word.start < end:
                continue
            if listed.size and not self._list_gap.fullmatch(text, end, word.start):
                listed = _List(0, True)
            found = self._told(told[word.start], block, at) if word.start in told else self._listed(number, block, at)
            if found is None and not block.style:
                found = self._unlisted(number, block, at, listed)
            if found is not None and len(found.text) <= NAME_LIMIT:
                yield found
                end, listed = found.end, _List(listed.size + 1, listed.are_places and found.weight > 0)

    def _listed(self, number: int, block: Tokenized, at: int) -> Mention | None:
        """The longest name of the archive or the gazetteer that begins with a word."""
        words, evidence = block.tokens, self.evidence
        shortest = 1 if words[at].lower in evidence.function_words else 0
        for count in range(min(LONGEST, len(words) - at), shortest, -1):
            last = words[at + count - 1]
            if not (last.is_capital or last.lower in evidence.place_words) or not _is_whole(words[at + 1 : at + count]):
                continue
            start, end = words[at].start, last.end
            text = block.text[start:end]
            known = self.own.get(text)
            entries = self._entries(text, block, at, count)
            if entries and text.lower() in evidence.abbreviations and block.text[end : end + 1] == ".":
                end, text = end + 1, f"{text}."
            if known is not None:
                return Mention(number, start, end, text, entries, known, 9.0)
            if entries:
                found = evidence.of(block, at, count, entries)
                return Mention(number, start, end, text, entries, None, weight(found), evidence=found)
        return None

    def _entries(self, text: str, block: Tokenized, at: int, count: int) -> tuple[Entry, ...]:
        """The places of that name; of an abbreviation only after a comma: "Butte, Mont."."""
        words = block.tokens
        full = self.evidence.abbreviations.get(text.lower())
        if full is not None:
            gaps = (" ",) if block.style == "shouted" else (", ", " (")
            is_after = at > 0 and words[at].gap in gaps and words[at - 1].is_capital
            if block.style == "shouted":  # "SALEM OR", but not "COVERS ON"
                is_after = is_after and bool(self.gazetteer.found(key_of(words[at - 1].text)))
            return tuple(one for one in self.gazetteer.found(key_of(full)) if one.kind == "region") if is_after else ()
        entries = self._named(text)
        if not entries and count > 1 and words[at + count - 1].lower in self.city_words:  # "Quebec City"
            entries = tuple(one for one in self.gazetteer.found(key_of(text.rpartition(" ")[0])) if one.kind == "city")
        if not entries and count < 3 and self.endings and not block.begins(at):
            entries = self._in_another_case(text)
        before = block.before(at)
        if before is not None and before.lower in self.definite:  # "the Atlantic"
            entries = tuple(one for one in entries if one.kind in ("sea", "river", "area")) or entries
        return entries

    def _in_another_case(self, text: str) -> tuple[Entry, ...]:
        """The places whose name has another form in the nominative, by the language's endings: "Харкові" is "Харків"."""
        words = (
            [word[: -len(end)] + other for end in self.endings if word.endswith(end) for other in self.endings[end]]
            for word in text.split()
        )
        forms = (" ".join(form) for form in itertools.product(*words))
        return next((found for form in forms if (found := self._named(form))), ())

    def _named(self, text: str) -> tuple[Entry, ...]:
        """The places of a name: a country where the language calls it so, else those that bear it."""
        code = self.countries.get(key_of(text))
        country = self.gazetteer.country(code) if code else ()
        return country or self.gazetteer.found(key_of(text))

    # names that tell what they are

    def _told(self, mention: Mention, block: Tokenized, at: int) -> Mention:
        """A feature or a site with its evidence."""
        found = mention.evidence | set(self.evidence.leads(block, at))
        return mention._replace(evidence=found, weight=weight(found), known=self.own.get(mention.text))

    @of_language
    def _feature(self) -> re.Pattern[str]:
        name = rf"(?:(?:{SAINT})\.\s)?{_NAME}"
        before, after, small = (alternatives(self.language.lists.get(f"features_{where}", ())) for where in ("before", "after", "small"))
        return re.compile(
            rf"(?<!\w)(?:(?i:{before})\s{name}(?:\s{name})?(?!\w)"
            rf"|{name}(?:\s{name})?\s(?={CAPITAL})(?i:{after})(?!\w)(?![’'-]|\s{CAPITAL})|{name}\s(?:{small})(?!\w))"
        )

    @cached_property
    def _kinds(self) -> dict[str, str]:
        """What each word in the name of a feature makes of it."""
        lists = (self.language.lists.get(f"features_{where}", {}) for where in ("before", "after", "small"))
        return {word: kind for words in lists for word, kind in words.items()}

    def _features(self, number: int, block: str) -> Iterator[Mention]:
        """Features of the land and parts of a country whose names tell so: "Lake Mira", "the Mira River", "Mira County"."""
        for found in self._feature.finditer(block):
            text = without_possessive(found.group())
            first, *_, last = text.split()
            is_body = any(word.lower() in self.evidence.kinds for word in text.split()[1:])  # "River Board"
            if is_body or first.lower() in self.evidence.function_words:
                continue
            kind = self._kinds.get(last.lower()) or self._kinds.get(first.lower()) or "area"
            entries = self.gazetteer.found(key_of(text)) or self._in_another_case(text)
            if not entries and kind == "region":
                entries = tuple(one for one in self.gazetteer.found(key_of(text[: -len(last) - 1])) if one.kind == "region")
            start = found.start()
            yield Mention(number, start, start + len(text), text, entries, kind=kind, evidence=frozenset(["feature"]))

    @of_language
    def _site(self) -> re.Pattern[str]:
        of, the = self.language.any_of("of"), self.language.any_of("definite")
        names = rf"{_NAME}(?:\s(?:(?:{of}|{the}|{PARTICLES})\s)?{_NAME}){{0,3}}"
        return re.compile(rf"(?<!\w){names}?\s(?i:{self.language.any_of('institutions')})\b(?:\s(?:{of})\s{CAPITAL}\w+)?")

    def _sites(self, number: int, block: str) -> Iterator[Mention]:
        """Universities, stadiums, bridges: sites, with the location of the town that each is named after."""
        for found in self._site.finditer(block):
            text = found.group()
            if not re.match(CAPITAL, text.split()[-1]):
                continue
            entries = [
                one
                for word in text.split()[:-1]
                for one in self.gazetteer.found(key_of(word))
                if one.kind in ("city", "town") and key_of(one.name) == key_of(word)
            ]
            site = tuple(one._replace(id=-1 - number, name=text, kind="site", population=0) for one in entries[:1])
            yield Mention(number, *found.span(), text, site, kind="site", evidence=frozenset(["site"]))

    # names that no list knows

    @of_language
    def _list_gap(self) -> re.Pattern[str]:
        return re.compile(rf",?\s(?:{alternatives(self.joining)})\s|,\s", re.I)

    def _unlisted(self, number: int, block: Tokenized, at: int, listed: _List) -> Mention | None:
        """A name of which the words before it say that it is a place: "in Mira", "the village of Mira", "Kyiv, Bucha, Mira and"."""
        leads = {*self.evidence.leads(block, at)}
        run = block.run(at)
        if self.evidence.is_explained(block, at + len(run) - 1):
            leads.add("settled")
        if "settled" in leads:
            run = run[:2]
        elif listed.size > 1 and listed.are_places and self._goes_on(block, at):
            leads, run = {"settled"}, run[:1]
        elif self.language.flag("nouns_capitalised") or "at" not in leads or "article" in leads or len(run) > 2 or len(run[0].text) < 3:
            return None
        if not all(self._may_be_place(word, is_told="settled" in leads) for word in run):
            return None
        start, end = run[0].start, run[-1].end
        found = frozenset([*leads, "unlisted"])
        return Mention(number, start, end, block.text[start:end], (), None, weight(found), evidence=found)

    def _goes_on(self, block: Tokenized, at: int) -> bool:
        """Whether a list goes on behind a word."""
        if at + 1 == len(block.tokens):
            return False
        after = block.tokens[at + 1]
        return after.lower in self.joining or (after.is_capital and self._list_gap.match(block.text, block.tokens[at].end) is not None)

    def _may_be_place(self, word: Token, *, is_told: bool) -> bool:
        evidence = self.evidence
        if word.lower in self.no_places or word.text in evidence.people:
            return False
        return is_told or not (word.text.isupper() or word.lower in evidence.kinds or word.lower in self.no_unlisted)


def _is_whole(words: Sequence[Token]) -> bool:
    """Whether the words behind the first of a name belong to it: with spaces between, or as "D.C." to "Washington"."""
    gaps = {one.gap for one in words}
    return gaps <= {" ", "\N{NO-BREAK SPACE}"} or (len(words) == 1 and gaps == {", "} and words[0].text.isupper())
