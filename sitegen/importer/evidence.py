"""What speaks for a name to be a place, and against it: the words around it, and what the name is besides.

A name is a place where its evidence weighs more than nothing. The weights were fitted by logistic regression to some 8,600 names in
news articles of which people had marked the places: TR-News (Kamalloo and Rafiei 2018), GeoVirus (Gritta and others 2018) and GeoWebNews
(Gritta and others 2019). Those before them are set by hand, for these texts have none of it or mark it otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from math import fsum

from sitegen.importer.gazetteer import FIRST_NAME, SURNAME, WORD, Entry, Gazetteer, first_names, is_of_the_gazetteer, key_of
from sitegen.importer.language import Language, of_language
from sitegen.importer.tokens import Token, Tokenized

BIG = 250_000
"""Inhabitants of a town that is known far away."""
SETTLED = 40
"""Signs before a name in which words are sought that tell a place."""
WEIGHTS: Mapping[str, float] = {
    "headline": -0.5, "headline town": -1.0, "shouted": 0.0, "shouted town": -0.7, "noun": -3.0, "government": -4.0,
    "attributive": -2.5, "ending": 4.0, "unlisted": -1.4, "the nature": 1.5,
    # fitted
    "dateline": 3.0, "held": 2.9, "country": 2.5, "at": 2.1, "place word": 2.0, "settled": 1.5, "direction": 1.4, "region": 1.3,
    "listed": 1.2, "city": 1.1, "feature": 1.0, "from": 1.0, "any": 0.6, "bracketed": -0.1, "first name": -0.2, "nature": -0.2,
    "words": -0.2, "alias": -0.6, "possessive": -0.6, "affiliation": -0.7, "large town": -0.7, "begins": -0.8, "capitals": -0.9,
    "surname": -0.9, "after adjective": -1.1, "before title": -1.1, "word": -1.3, "after word": -1.4, "site": -1.6, "town": -1.6,
    "after title": -1.8, "village": -1.8, "before adjective": -1.9, "before place word": -1.9, "after name": -2.0, "person": -2.0,
    "before name": -2.2, "of name": -2.2, "after place word": -2.4, "before government": -2.4, "adjective": -2.5, "no place": -2.5,
    "of government": -2.6, "after first name": -2.9, "before organisation": -3.2, "of organisation": -3.6,
}  # fmt: skip

_DATELINE = re.compile(
    r"(?:,\s[^—–\n]{0,30})?\s?(?:\([^)]{0,200}\)\s?)?[—–]|(?:\s\([^)]{0,200}\))?\s--?\s|(?:,\s[^()\n]{0,30})?\s?\([^)]{0,60}\)\.?\s?[-.–—]"
)
_POSSESSIVE = re.compile(r"[’'ʼ]s?(?!\w)")


@lru_cache(maxsize=8192)  # of many names the same is told
def weight(evidence: frozenset[str]) -> float:
    """How much evidence speaks for a place; against one where it is less than nothing."""
    return fsum(WEIGHTS[one] for one in evidence if one in WEIGHTS)  # to the same sum, in whatever order a set gives them


class Evidence:
    """The weighing of names in one text. `people`: the full names of its persons."""

    def __init__(self, language: Language, gazetteer: Gazetteer, people: Collection[str]) -> None:
        self.language = language
        self.gazetteer = gazetteer
        self.people = {word for name in people for word in name.split()}
        words = language.words
        self.at_places, self.locatives, self.directions = words("at_places"), words("locatives"), words("directions")
        self.place_words, self.titles, self.articles = words("place_words"), words("titles"), words("articles")
        self.place_endings = tuple(words("place_endings"))
        self.not_places = words("not_places") | words("months_words") | words("weekdays")
        self.adjectives = words("not_names") | words("demonyms")
        self.no_names = self.adjectives | self.not_places
        self.function_words = self.articles | words("questions") | words("asides") | words("units_end") | self.locatives | words("he")
        self.speech, self.auxiliaries, self.affiliations = words("speech"), words("auxiliaries"), words("affiliations")
        self.verbs, self.predicates = self.function_words | self.speech, self.speech | self.auxiliaries
        self.wheres = self.place_words | self.directions
        self.kinds = language.organisation_kinds
        self.abbreviations = {form.lower(): str(name) for form, name in language.lists.get("abbreviations", {}).items()}

    def of(self, block: Tokenized, at: int, count: int, entries: Sequence[Entry]) -> frozenset[str]:
        """All evidence for the name of `count` words that begins with a word; `entries`: the places that bear it."""
        kind = _size(entries)
        leads = frozenset(self.leads(block, at))
        out = {"any", kind, *leads, *self._name(block, at, count, kind), *self._around(block, at, count, entries[0], leads)}
        first, last = block.tokens[at], block.tokens[at + count - 1]
        if is_of_the_gazetteer(self.language.tag) and key_of(entries[0].name) != key_of(block.text[first.start : last.end]):
            out.add("alias")
        if kind == "nature" and "article" in leads:
            out.add("the nature")
        is_town = kind not in ("country", "region", "nature")
        if block.style:
            out |= {block.style, f"{block.style} town"} if is_town and kind != "city" else {block.style}
        elif self.language.flag("nouns_capitalised"):  # where every noun has a capital
            if count == 1 and is_town and "settled" not in leads and self._may_be_noun(block, at):
                out.add("noun")
        else:
            out |= {*self._run_before(block, at), *self._run_after(block, at + count - 1)}
        return frozenset(out)

    def _may_be_noun(self, block: Tokenized, at: int) -> bool:
        """Whether a German word stands as other nouns do: with an article before it, an adjective, or none of the words before places."""
        before = block.before(at)
        if before is None or before.lower in self.language.words("definite"):
            return True
        return before.lower not in self.locatives and before.lower not in self.at_places

    def leads(self, block: Tokenized, at: int) -> Iterator[str]:
        """What the words before a name say of it."""
        start = block.tokens[at].start
        if self._settled.search(block.text, max(0, start - SETTLED), start):
            yield "settled"
        before = block.before(at)
        has_article = before is not None and before.lower in self.articles
        if has_article:
            yield "article"
        lead = block.before(at - 1) if has_article else before
        if lead is not None and lead.lower in self.at_places:
            yield "at"
        elif lead is not None and lead.lower in self.locatives:
            yield "from"
        if before is not None and before.lower in self.directions:
            yield "direction"
        if not self.affiliations.isdisjoint(word.lower for word in block.tokens[max(0, at - 6) : at]):
            yield "affiliation"

    def _name(self, block: Tokenized, at: int, count: int, kind: str) -> Iterator[str]:
        """What the name itself says."""
        first, last = block.tokens[at], block.tokens[at + count - 1]
        text = block.text[first.start : last.end]
        lower = text.lower()
        if count > 1:
            yield "words"
        else:
            flags = self.gazetteer.besides(key_of(text))
            yield from (name for flag, name in ((WORD, "word"), (FIRST_NAME, "first name"), (SURNAME, "surname")) if flags & flag)
            if text in self.people and kind != "country":
                yield "person"
            if self.place_endings and lower.endswith(self.place_endings):
                yield "ending"
        if lower in self.not_places or block.text[last.end : last.end + 1] in ("$", "/"):  # "US$2"
            yield "no place"
        if lower in self.adjectives:
            yield "adjective"
        if text.isupper() and not block.style:
            yield "capitals" if len(text) < 5 else "dateline" if at < 2 else "shouted"

    def _around(self, block: Tokenized, at: int, count: int, best: Entry, leads: frozenset[str]) -> Iterator[str]:
        """What stands around it."""
        first, last = block.tokens[at], block.tokens[at + count - 1]
        text, after = block.text[first.start : last.end], block.after(at + count - 1)
        is_short = not block.style and text.replace(".", "").isupper() and len(text) < 6
        if is_short and after is not None and after.lower not in self.verbs:
            yield "attributive"  # "US forces"
        acts = after is not None and after.lower in self.predicates and leads.isdisjoint(("at", "from", "settled"))
        if _POSSESSIVE.match(block.text, last.end):
            yield "government" if _is_capital_city(best) else "possessive"
        elif (acts and _is_capital_city(best)) or (best.kind == "site" and leads.isdisjoint(("at", "from"))):
            yield "government"
        if block.begins(at):
            yield "begins"
        if self.is_explained(block, at + count - 1):
            yield "place word"
        following = block.tokens[at + count] if at + count < len(block.tokens) else None
        if following is not None and following.gap == ", " and self._holds(following, best):
            yield "held"
        if at and first.gap == ", " and block.tokens[at - 1].is_capital:
            yield "listed"
        if "(" in first.gap and block.text[last.end : last.end + 1] == ")":
            yield "bracketed"
        is_first = at < 2 or (self.language.flag("nouns_capitalised") and block.begins(at))
        if is_first and not text.isupper() and _DATELINE.match(block.text, last.end):
            yield "dateline"

    def is_explained(self, block: Tokenized, at: int) -> bool:
        """Whether a name is said to be a place behind it: ", a town of"."""
        return self._apposition.match(block.text, block.tokens[at].end) is not None

    def _run_after(self, block: Tokenized, at: int) -> Iterator[str]:
        """Whether a name goes on behind what may be a place."""
        after = block.after(at)
        if after is None:
            return
        if not after.is_capital:
            if after.lower in self.place_words:
                yield "place word"
            return
        heads = [self.kinds.get(one.lower) for one in block.run(at + 1)]
        if after.lower in self.titles:
            yield "before title"
        elif any(heads):
            yield "before government" if heads[-1] in ("government", "military") else "before organisation"
        elif after.lower in self.place_words:
            yield "before place word"
        else:
            yield "before adjective" if after.lower in self.no_names else "before name"

    def _run_before(self, block: Tokenized, at: int) -> Iterator[str]:
        """Whether what may be a place is the end of a longer name."""
        before = block.before(at)
        if before is None:
            return
        if before.is_capital:
            if before.lower in self.titles:
                yield "after title"
            elif before.lower in self.wheres:
                yield "after place word"
            elif before.lower in self.no_names:
                yield "after adjective"
            elif before.text in first_names():
                yield "after first name"
            elif before.lower not in self.function_words:
                yield "after word" if block.begins(at - 1) else "after name"
        elif before.lower in self.language.words("of") and at > 1:
            if block.tokens[at - 1].gap == ", " and block.tokens[at - 2].is_capital:
                yield "settled"  # "Ann Lee, of Mira"
            elif block.tokens[at - 1].gap == " ":
                yield from self._of(block.tokens[at - 2])
        elif before.lower in self.language.words("definite") and at > 2 and block.tokens[at - 2].lower in self.language.words("of"):
            yield from self._of(block.tokens[at - 3])

    def _of(self, head: Token) -> Iterator[str]:
        """Whether a name has a place's in it: "Bank of Mira", "Mary of Mira"."""
        kind = self.kinds.get(head.lower) if head.is_capital else None
        if kind is not None:
            yield "of government" if kind in ("government", "military") else "of organisation"
        elif head.is_capital and head.lower not in self.wheres:
            yield "of name"

    def _holds(self, word: Token, entry: Entry) -> bool:
        """Whether a word behind a comma names what a place lies in."""
        if not word.is_capital:
            return False
        holders = () if word.lower in self.abbreviations else self.gazetteer.found(key_of(word.text))
        return word.lower in self.abbreviations or any(
            one.kind in ("country", "region") and one.country == entry.country for one in holders
        )

    @of_language
    def _settled(self) -> re.Pattern[str]:
        """The words before a name that say that it is a place."""
        return re.compile(rf"(?<!\w)(?:{self.language.any_of('settled')})\s*\Z", re.I)

    @of_language
    def _apposition(self) -> re.Pattern[str]:
        articles, settlements = self.language.any_of("articles"), self.language.any_of("settlements")
        return re.compile(rf",\s(?:{articles})\s[\w\s-]{{0,30}}?(?:{settlements})(?!\w)", re.I)


def _size(entries: Sequence[Entry]) -> str:
    """What kind of place a name may mean."""
    kind = entries[0].kind
    if kind in ("country", "region"):
        return kind
    if kind in ("area", "sea", "river", "site"):
        return "nature"
    size = max(one.population for one in entries)
    return "city" if size >= BIG else "large town" if size >= 50_000 else "town" if size >= 10_000 else "village"


def _is_capital_city(entry: Entry) -> bool:
    """Whether a name may stand for a government: a city of a million, or a site such as the Kremlin."""
    return entry.kind == "site" or (entry.kind == "city" and entry.population >= 1_000_000)
