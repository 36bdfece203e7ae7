"""The rules of a language: word lists from `languages/LANG.yaml`, made ready for matching. A language is added by adding a file: to the
program, or to `languages/` of an archive."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction
from functools import cache, cached_property, lru_cache, wraps
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar

from sitegen.importer import wordlists
from sitegen.importer.tokens import words_of

T = TypeVar("T")


def of_language(method: Callable[[Any], T]) -> cached_property[T]:
    """A property that follows from the language of its object alone, as the patterns of its rules do: it is made once for all texts of
    that language, where the object is of one text."""

    @wraps(method)
    def made(self: Any) -> T:
        known: dict[object, T] = self.language.made
        if method not in known:
            known[method] = method(self)
        return known[method]

    return cached_property(made)


def alternatives(words: Iterable[str]) -> str:
    """A pattern of any of these words, the longest first; none where there are none."""
    return _alternatives(frozenset(words))


@lru_cache(maxsize=256)  # the same lists are asked for at every sentence
def _alternatives(words: frozenset[str]) -> str:
    """What words begin with alike is tried once: where thousands are listed, to try them one by one takes most of an import."""
    tree: _Tree = {}
    for word in sorted({re.sub("[’ʼ]", "'", word.lower()) for word in words}):
        node = tree
        for sign in word:
            node = node.setdefault(_pattern_of(sign), {})
        node[""] = {}
    return _branches(tree) if tree else r"(?!)"


_Tree: TypeAlias = "dict[str, _Tree]"
"""Words by their signs, as patterns; the empty one says that a word ends here."""


@cache
def _pattern_of(sign: str) -> str:
    return {"'": "['’ʼ]", " ": r"\s+"}.get(sign) or re.escape(sign)


def _branches(tree: _Tree) -> str:
    """The pattern of what may follow; the longest first."""
    ways = [sign + _branches(rest) for sign, rest in tree.items() if sign]
    if not ways:
        return ""
    return f"(?:{'|'.join(ways)})?" if "" in tree else ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


def _forms(word: object) -> Iterable[str]:
    """A word in small letters, with each of the apostrophes that printers use."""
    small = str(word).lower()
    return {small.replace("'", sign) for sign in "'’ʼ"}


class Language:
    """One language's word lists, and the patterns made of them. What a file does not list is empty."""

    def __init__(self, tag: str, lists: Mapping[str, Any]) -> None:
        self.tag = tag
        self.lists = lists
        self.made: dict[object, Any] = {}
        """What rooms have made of the lists (`of_language`)."""
        # asked for at every sentence; kept with the language, and gone with it
        self.words = cache(self._words)
        self.table = cache(self._table)
        self.fractions = cache(self._fractions)
        self.any_of = cache(self._any_of)
        self.pattern = cache(self._pattern)
        self.leading = cache(self._leading)
        self.marks = cache(self._marks)

    def _words(self, name: str) -> frozenset[str]:
        """A list or the keys of a table, in small letters."""
        return frozenset(form for word in self.lists.get(name, ()) for form in _forms(word))

    def _table(self, name: str) -> dict[str, int]:
        """A table of numbers by words, in small letters."""
        return {form: int(value) for word, value in self.lists.get(name, {}).items() for form in _forms(word)}

    def _fractions(self, name: str) -> dict[str, Fraction]:
        """A table of numbers by words of which some are no whole numbers."""
        return {form: Fraction(str(value)) for word, value in self.lists.get(name, {}).items() for form in _forms(word)}

    def flag(self, name: str) -> bool:
        """What is so or not in a language, such as that the day comes before the month in figures."""
        return bool(self.lists.get(name, False))

    def _any_of(self, name: str) -> str:
        """The words of a list or table as a part of a pattern."""
        return alternatives(self.words(name))

    def _pattern(self, name: str) -> re.Pattern[str]:
        """The words of a list, whole, in any case."""
        return re.compile(rf"(?<!\w)(?:{self.any_of(name)})(?!\w)", re.I)

    def _leading(self, name: str, then: str) -> re.Pattern[str]:
        """The words of a list in any case, and a pattern of what follows them: for texts that begin so."""
        return re.compile(rf"(?:{self.any_of(name)}){then}", re.I)

    def _marks(self, name: str) -> frozenset[str]:
        """The longest word in each of a list."""
        return _longest_of(self.words(name))

    def may_have(self, name: str, text: str) -> bool:
        """Whether a text has a word that is the longest in one of a list: if not, the list's pattern need not be sought."""
        return not self.marks(name).isdisjoint(words_of(text))

    def finditer(self, name: str, text: str) -> Iterator[re.Match[str]]:
        """Where words of a list stand in a text."""
        return self.pattern(name).finditer(text) if self.may_have(name, text) else iter(())

    def may_name_body(self, text: str) -> bool:
        """Whether a text has a word by which an organisation may be named."""
        words, (marks, endings) = words_of(text), self._of_bodies
        return not marks.isdisjoint(words) or (bool(endings) and any(word.endswith(endings) for word in words))

    @cached_property
    def _of_bodies(self) -> tuple[frozenset[str], tuple[str, ...]]:
        """The longest words in what organisations are called by, and the endings."""
        return _longest_of(self.organisation_kinds), tuple(self.organisation_endings)

    @cached_property
    def organisation_kinds(self) -> dict[str, str]:
        """Head noun of an organisation -> its kind."""
        lists: Mapping[str, Iterable[str]] = self.lists.get("organisations", {})
        return {word.lower(): kind for kind, words in lists.items() for word in words}

    @cached_property
    def organisation_endings(self) -> dict[str, str]:
        """Ending of a compound that names an organisation -> its kind."""
        lists: Mapping[str, Iterable[str]] = self.lists.get("organisation_endings", {})
        return {word.lower(): kind for kind, words in lists.items() for word in words}

    @cached_property
    def organisation(self) -> re.Pattern[str]:
        endings = rf"|\w{{3,30}}(?:{alternatives(self.organisation_endings)})" if self.organisation_endings else ""
        return re.compile(rf"(?<!\w)(?:{alternatives(self.organisation_kinds)}{endings})(?!\w)", re.I)

    def kind_of_body(self, noun: str) -> str | None:
        """The kind of an organisation by its head noun, or by the ending of a compound; None of what is none."""
        word = " ".join(noun.lower().split())
        if word in self.organisation_kinds:
            return self.organisation_kinds[word]
        return next(
            (kind for ending, kind in self.organisation_endings.items() if word.endswith(ending) and len(word) > len(ending) + 2), None
        )


_WORD = re.compile(r"\w+")


def _longest_of(words: Iterable[str]) -> frozenset[str]:
    """The longest word in each of these; none of what has no word, such as "©"."""
    return frozenset(max(found, key=len) for word in words if (found := _WORD.findall(word)))


_OWN: ContextVar[Mapping[str, Language]] = ContextVar("own", default=MappingProxyType({}))
"""The languages that the archive at hand has files of, by their tags."""


@contextmanager
def languages_of(root: Path) -> Iterator[None]:
    """Within it an archive's own languages are known too, before the program's. Raises Fault where a file of one cannot be used."""
    token = _OWN.set({tag: Language(tag, lists) for tag, lists in wordlists.of_archive(root).items()})
    try:
        yield
    finally:
        _OWN.reset(token)


def language(tag: str) -> Language:
    """The rules of the language with this tag; of one that has no file, no rules."""
    own = _OWN.get().get(tag.split("-", maxsplit=1)[0].lower())
    return own if own is not None else _shipped(tag)


@lru_cache(maxsize=32)
def _shipped(tag: str) -> Language:
    path = wordlists.SHIPPED / f"{tag.split('-', maxsplit=1)[0].lower()}.yaml"
    return Language(tag, wordlists.read(path) if path.is_file() else {})


def known() -> list[str]:
    """The languages that have a file."""
    return sorted({*_OWN.get(), *(path.stem for path in wordlists.SHIPPED.glob("*.yaml"))})


_TELLING = ("common", "letters")
"""The lists by which a language is told."""


def _told(tag: str, name: str) -> frozenset[str]:
    """What tells a language: its commonest words, or letters. The rest of its lists is not read for that."""
    own = _OWN.get().get(tag)
    return own.words(name) if own is not None else _telling(tag).words(name)


@cache
def _telling(tag: str) -> Language:
    return Language(tag, wordlists.read(wordlists.SHIPPED / f"{tag}.yaml", _TELLING))


def guessed(text: str, default: str) -> str:
    """The language of a text, by its commonest words; the archive's own where they do not tell."""
    words = re.findall(r"[^\W\d_]+", text[:6_000].lower())
    scores = {tag: sum(map(common.__contains__, words)) for tag, common in ((tag, _told(tag, "common")) for tag in known())}
    best = max(scores, key=lambda tag: scores[tag])
    if scores[best] > 0.08 * len(words) and scores[best] > 1.3 * scores.get(default.split("-", maxsplit=1)[0], 0):
        return best
    return _by_letters(text[:6_000].lower(), default)


def _by_letters(text: str, default: str) -> str:
    """The language whose own letters a text has most of, where it is hardly written in those of Latin; else the archive's own."""
    letters = Counter(text)
    latin = sum(count for sign, count in letters.items() if sign.isascii() and sign.isalpha())
    others = sum(count for sign, count in letters.items() if not sign.isascii() and sign.isalpha())
    own = {tag: sum(letters[letter] for letter in _told(tag, "letters")) for tag in known()}
    best = max(own, key=lambda tag: own[tag])
    return best if others > latin and own[best] else default
