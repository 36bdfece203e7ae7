"""Noun phrases that may be subjects, by the word lists of a language: "a senior officer", "la mairie", "doctors at the hospital"; and the
abbreviations that a text explains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sitegen.importer.language import Language, alternatives, of_language

_WORD, _NOUN = r"[^\W\d_][\w-]*(?:['’][^\W\d_]*)?", r"[^\W\d_][\w-]*"
_BRACKETED = re.compile(r"(?<=[\w’'-]\s)\((?:[^\W\d_]{1,9}\s[–—-]\s)?([^\W\d_]{2,8})\)")
"""Letters in brackets, which another word may come before: "(далі – ДПІ)"."""
_WORDS_BEFORE = re.compile(r"(?:[\w’'-]{1,40}\s){1,9}\Z")
FAR = 9 * 41
"""Signs of nine words, the longest with their spaces."""
SUBJECT = 170
"""Signs that a subject has at most; a longer stretch is no subject."""
BESIDE = 3
"""Words of a name beside its abbreviation's letters: "of", "and the"."""


class Phrase(NamedTuple):
    """A noun with what belongs to it: its `article`, in small letters; the `name`, all but the article; the `noun`, in small letters."""

    article: str
    name: str
    noun: str


class Phrases:
    """The reading of noun phrases in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.has_articles = bool(language.words("definite"))
        self.indefinite = language.words("indefinite")
        self.plural_endings = tuple(language.words("plural_endings"))

    def of(self, segment: str) -> Phrase | None:
        """What a segment is, if the whole of it can be a noun phrase: whether it is, its words do not tell.

        >>> from sitegen.importer.language import language
        >>> Phrases(language("en")).of("the council’s waste team")
        Phrase(article='the', name='council’s waste team', noun='team')
        >>> Phrases(language("fr")).of("une source proche de l’enquête").noun
        'source'
        """
        words = segment.strip(" ,;:–—-“”\"'.")
        found = self._phrase.fullmatch(words) or self._phrase_by.fullmatch(words) if len(segment) <= SUBJECT else None
        return Phrase((found["article"] or "").lower(), found["name"], found["noun"].lower()) if found is not None else None

    def is_document(self, phrase: Phrase) -> bool:
        """Whether a phrase is of something written: "a report", "the minutes of the council"."""
        return phrase.noun in self.language.words("documents") or phrase.noun in self.language.words("records")

    def is_several(self, phrase: Phrase) -> bool:
        """Whether a noun means several, in languages whose endings tell."""
        return phrase.noun.endswith(self.plural_endings)

    def is_new(self, phrase: Phrase) -> bool:
        """Whether a phrase speaks of something that was not told of before."""
        return not phrase.article or phrase.article in self.indefinite

    def without_article(self, segment: str) -> str:
        """A phrase without what says that it is known already: "the", "its"."""
        return self.definite.sub("", segment)

    @of_language
    def definite(self) -> re.Pattern[str]:
        """What stands before something that is known already."""
        return re.compile(rf"(?:{self.language.any_of('definite')}|{self.language.any_of('determiners')})(?:\s|(?<=['’]))", re.I)

    @of_language
    def by(self) -> re.Pattern[str]:
        """What follows a noun of which is told who did something to it: "obtained by"."""
        return re.compile(rf"\s{_WORD}\s(?:{self.language.any_of('agents')})(?!\w)", re.I)

    @of_language
    def _phrase(self) -> re.Pattern[str]:
        return self._noun_with(frozenset())

    @of_language
    def _phrase_by(self) -> re.Pattern[str]:
        """The same of what somebody made: "a survey by volunteers"."""
        return self._noun_with(self.language.words("agents"))

    def _noun_with(self, agents: frozenset[str]) -> re.Pattern[str]:
        words = self.language.words
        before = words("articles") | words("definite") | words("indefinite") | words("determiners")
        article = rf"(?:(?P<article>{alternatives(before)})(?:\s|(?<=['’])))?"
        links = alternatives(words("locatives") | words("name_links") | words("of"))
        plain = rf"(?!(?:{links})\s)(?:{_WORD}|\d{{4}}(?=\s))"
        of = rf"(?:(?:\s(?:{links}|{alternatives(agents)})|{self.by.pattern})(?:\s|(?<=['’])){_WORD}(?:\s{_WORD}){{0,4}})?"
        if self.language.flag("head_first"):
            return re.compile(rf"{article}(?P<name>(?P<noun>{_NOUN})(?:\s{plain}){{0,3}}{of})", re.I)
        return re.compile(rf"{article}(?P<name>(?:{plain}\s){{0,3}}(?P<noun>{_NOUN}){of})", re.I)


def abbreviated(block: str) -> Iterator[tuple[str, str]]:
    """The abbreviations that a text explains in brackets behind what they stand for, each with that.

    >>> list(abbreviated("Boats of the Camel Pilots’ Association (CPA) sank."))
    [('CPA', 'Camel Pilots’ Association')]
    """
    for found in _BRACKETED.finditer(block):
        short = found[1]
        before = _WORDS_BEFORE.search(block, max(0, found.start() - FAR), found.start())
        if before is None or sum(letter.isupper() for letter in short) < 2:
            continue
        words = before.group().split()
        firsts = [word[0].lower() for word in words]
        letters = short.lower()
        for count in range(min(len(words), len(short) + BESIDE), 1, -1):
            rest = iter(firsts[-count:])
            if firsts[-count] == letters[0] and all(letter in rest for letter in letters):
                yield short, " ".join(words[-count:])
                break
