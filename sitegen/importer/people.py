"""The persons of a text: runs of capitalised words that bear a title or a known first name, that speak, or that look like a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import takewhile

from sitegen.importer.gazetteer import first_names
from sitegen.importer.language import Language, of_language
from sitegen.importer.tokens import CAPITAL, NAME, PARTICLES, SMALLS

_POSSESSIVE = re.compile(r"[’']s?$")
_WORDS = re.compile(r"[\w-]+")
_AGED = re.compile(r",\s\d{1,2},|\s\(\d{1,2}\)")
"""How old somebody is, behind the name: "Ann Lee, 71,", "Ann Lee (71)"."""
_WITHIN = re.compile(rf"(?<=[{SMALLS},;”\"] )({CAPITAL}[\w-]{{1,}})(?!\s{CAPITAL})")
"""A word with a capital within a sentence."""


class People:
    """The persons whom one text names in full. `by_surname`: surname -> full name; `firm`: full names of those who surely are
    persons, for they bear a title or a known first name, or they speak; `single`: words with a capital that stand alone within a
    sentence."""

    def __init__(self, language: Language, blocks: Iterable[str]) -> None:
        self.language = language
        self.titles = language.words("titles")
        lists = ("asides", "questions", "locatives", "unnamed", "he", "units_end", "articles")
        self.function_words = frozenset().union(*(language.words(name) for name in lists))
        others = ("place_words", "months_words", "weekdays", "not_names", "demonyms")
        self.no_names = frozenset().union(*(language.words(name) for name in others)) - language.words("first_names")
        self.person = cache(self._person)  # a run is asked for at each reading of its sentence
        self.is_title = cache(self._is_title)
        self.speech = language.words("speech") - language.words("weak") - language.words("counting")
        self.is_inflected = language.flag("names_inflected")
        self.firm: set[str] = set()
        self.by_surname: dict[str, str] = {}
        self.by_stem: dict[str, list[str]] = {}
        """The surnames by their first letters: all are compared with each word that may be one in another case."""
        self.single: set[str] = set()
        self.sexes: dict[str, str] = {}
        self.roles: dict[str, str] = {}
        """Titles and occupations -> the person who was last told of by one."""
        self.men, self.women = language.words("men"), language.words("women")
        for block in blocks:
            self._meet(block)
            self.single.update(_WITHIN.findall(block))

    def is_small(self, name: str) -> bool:
        """Whether a word with a capital is no name for all that: "The", "April"."""
        return name.lower() in self.function_words or name.lower() in self.no_names

    def within(self, block: str) -> Iterator[tuple[int, int, str]]:
        """The persons whom a block names in full, or by a surname that the text has in full, each with where."""
        for run in NAME.finditer(block):
            person = self.person(run.group())
            shown = person or run.group()
            full = person if " " in person else self.full(shown)
            at = run.group().rfind(shown)
            if full and at >= 0:
                yield run.start() + at, run.start() + at + len(shown), full

    def _meet(self, block: str) -> None:
        """Takes in the persons of one block."""
        for found in NAME.finditer(block):
            person = self.person(found.group())
            if not person:
                continue
            before = _WORDS.findall(block[max(0, found.start() - 30) : found.start()].lower())[-1:]
            after = _WORDS.findall(block[found.end() : found.end() + 20].lower())[:1]
            removed = found.group()[: -len(person)].split() if found.group().endswith(person) else []
            has_title = any(self.is_title(word) for word in [*removed, *before])
            shown = {word.rstrip(".").lower() for word in (*removed, *before)}
            sex = "m" if shown & self.men else "f" if shown & self.women else ""
            if sex:
                self.sexes[person.rsplit(" ", 1)[-1]] = sex
            if " " not in person:
                continue
            speaks = not self.speech.isdisjoint(after) or not self.speech.isdisjoint(before)
            if (
                has_title
                or _AGED.match(block, found.end())
                or person.split()[0].lower() in self.language.words("first_names")
                or person.split()[0] in first_names()
                or speaks
            ):
                self.firm.add(person)
            elif self.language.flag("nouns_capitalised"):
                continue  # every noun has a capital there
            for role in {word.rstrip(".").lower() for word in (*removed, *before) if self.is_title(word)}:
                self.roles[role] = person
            told = self._role.match(block, found.end())
            if told is not None and self.is_title(told[1]):
                self.roles[told[1].lower()] = person
            for surname in self._surnames(person):
                if surname not in self.by_surname:
                    self.by_surname[surname] = person
                    self.by_stem.setdefault(surname[:STEM], []).append(surname)

    def _surnames(self, person: str) -> Sequence[str]:
        """By what a person may be called alone: the last name, and where people have two surnames the first of both."""
        *names, last = person.split()
        has_two = len(names) > 1 and self.language.flag("two_surnames") and names[-1][:1].isupper() and names[-1] not in first_names()
        return (last, names[-1]) if has_two else (last,)

    def _person(self, run: str) -> str:
        """The person in a run of capitalised words: what follows the last title, without words of organisations; else empty."""
        if len(run.split()) < 2:
            return ""  # which most runs are
        owners = [i for i, word in enumerate(run.split()[:-1]) if _POSSESSIVE.search(word)]  # "Mira's Ann Lee"
        words = [_POSSESSIVE.sub("", word) for word in run.split()[owners[-1] + 1 if owners else 0 :]]
        while words and words[0].lower() in self.function_words:
            words = words[1:]
        while len(words) > 2 and words[-1].isupper() and self.is_title(words[-1]):
            words = words[:-1]  # "Ann Lee MP"
        last = max(
            (
                i
                for i, word in enumerate(words)
                if self.is_title(word) and not (i > 0 and i == len(words) - 1 and word.lower() not in self.titles)
            ),
            default=-1,
        )
        rest = words[last + 1 :]
        if last < 0 and len(rest) > 2 and rest[0] not in first_names() and rest[1] in first_names():
            rest = rest[1:]  # what somebody is, at the beginning of a sentence: "Pensioner Ann Lee"
        if self.language.flag("nouns_capitalised") and any(self._is_article(rest, at) for at in range(len(rest))):
            return ""  # two nouns with an article between them
        if not rest or len(rest) > 4 or (last < 0 and len(rest) < 2):
            return ""
        lower = {word.lower() for word in rest}
        if self.language.organisation.search(" ".join(rest)) or any(word.isupper() and len(word) > 2 for word in rest):
            return ""
        if rest[-1].lower() in self.function_words or (last < 0 and lower & self.no_names and rest[0] not in first_names()):
            return ""
        return " ".join(rest)

    def _is_article(self, words: Sequence[str], at: int) -> bool:
        """Whether a small word in a run of names is an article, and no part of a name: "Lahr den Streit", but "Anna von der Heide"."""
        return words[at] in self.language.words("definite") and (at == 0 or words[at - 1] not in _PARTICLES)

    def full(self, surname: str) -> str:
        """The full name of whom a surname means, in whatever case either stands; empty where none is known."""
        if surname in self.by_surname or not surname[:1].isupper() or not self.is_inflected:
            return self.by_surname.get(surname, "") if surname[:1].isupper() else ""
        alike = (other for other in self.by_stem.get(surname[:STEM], ()) if _of_one_stem(surname, other))
        return self.by_surname.get(next(alike, ""), "")

    def sex(self, person: str) -> str:
        """What a person's title or first name tells: "m", "f", or nothing."""
        return self.sexes.get(person.rsplit(" ", 1)[-1]) or first_names().get(person.partition(" ")[0], "")

    def _is_title(self, word: str) -> bool:
        """Whether a word says what somebody is: a title or an occupation, known or by its ending."""
        small = word.lower().rstrip(".")
        return small in self.titles or bool(self._occupation.search(small))

    @of_language
    def _role(self) -> re.Pattern[str]:
        """What a person is said to be behind the name: ", the mayor"."""
        return re.compile(rf",\s(?:(?:{self.language.any_of('articles')})\s)?(?:[\w-]+\s){{0,2}}?([^\W\d_][\w-]+)(?=[,.])", re.I)

    @of_language
    def _occupation(self) -> re.Pattern[str]:
        return re.compile(rf"\w{{2}}(?:{self.language.any_of('title_endings')})\Z")


_PARTICLES = frozenset(PARTICLES.split("|"))
STEM = 4
"""Letters that two forms of a surname have in common at least."""


def _of_one_stem(one: str, other: str) -> bool:
    """Whether two words may be one name in two cases.

    >>> _of_one_stem("Калуш", "Калуша"), _of_one_stem("Белея", "Белей"), _of_one_stem("Калуш", "Калина")
    (True, True, False)
    """
    common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return common >= max(STEM, min(len(one), len(other)) - 2) and max(len(one), len(other)) - common <= 3
