"""Mentions of places and topics: longest name first, at word boundaries, possessives allowed, never inside a link, an address or code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from sitegen.content.stretches import Stretches
from sitegen.content.text import normal, spaced
from sitegen.content.urlwords import addresses
from sitegen.model.article import EntryCard, Key
from sitegen.model.base import Value
from sitegen.model.digest import digest, encode
from sitegen.model.kinds import KINDS, mentionable
from sitegen.model.site import Mention
from sitegen.model.text import Block

WORD = re.compile(r"\w+")


class Name(Value, frozen=True, order=True):
    """One wording and the pages that it may mean; `pages` empty: it is no mention here."""

    text: str
    pages: tuple[Key, ...]


class Ambiguous(NamedTuple):
    """A name that several pages bear, at a place of the text where nothing decides between them."""

    name: str
    pages: tuple[Key, ...]
    block: int


def first_word(name: str) -> str:
    """The word by which a name is looked up; empty where it has none."""
    found = WORD.search(name)
    return found.group() if found else ""


def words_of(blocks: Iterable[Block]) -> frozenset[str]:
    """The words of a text, for choosing the names that can occur in it."""
    out: set[str] = set()
    for block in blocks:
        out.update(WORD.findall(block.text))
    return frozenset(out)


class Names:
    """All names of all places and topics, to be asked which of them can occur in a text.

    Each is filed under its rarest word, so that two thousand places that all begin with "Town" are told apart by the word that
    differs: an article is asked for a handful of names, not for all of them.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        self.all = tuple(sorted(names))
        words = [(name, WORD.findall(name.text)) for name in self.all]
        common = Counter(word for _, every in words for word in set(every))
        self.digest = digest("names", encode(self.all))
        self.by_rarest: dict[str, list[tuple[Name, frozenset[str]]]] = {}
        for name, every in words:
            rarest = min(every, key=lambda word: (common[word], word))
            self.by_rarest.setdefault(rarest, []).append((name, frozenset(every)))

    @classmethod
    def of(cls, cards: Iterable[EntryCard]) -> Names:
        """The names by which these pages are mentioned."""
        bearers: dict[str, set[Key]] = {}
        for card in cards:
            for written in card.names:
                text = normal(written)
                if first_word(text):
                    bearers.setdefault(text, set()).add(card.key)
        return cls(Name(text, tuple(sorted(keys))) for text, keys in bearers.items())

    def possible(self, words: AbstractSet[str]) -> tuple[Name, ...]:
        """The names of which every word is among these, in a fixed order."""
        found = [name for word in words & self.by_rarest.keys() for name, every in self.by_rarest[word] if every <= words]
        return tuple(sorted(found))


def mentions(
    blocks: Sequence[Block],
    names: Iterable[Name],
    ignore: Iterable[str],
    corrected: Mapping[str, str],
    taken: Iterable[str],
) -> tuple[list[Mention], list[Ambiguous]]:
    """Every mention in the blocks of an article, in order, and each ambiguous name once a block.

    `names` may be limited to those whose words all occur. `ignore` and `corrected` (wording -> key) are the editor's
    and win over names of the same length. `taken` are ids that mentions must not get.
    """
    sought = _Sought(names, ignore, corrected)
    used = set(taken)
    counts: dict[str, int] = {}
    seen_in_section: set[Key] = set()
    found: list[Mention] = []
    ambiguous: dict[tuple[str, int], Ambiguous] = {}
    for number, block in enumerate(blocks):
        if block.kind == "heading":
            seen_in_section = set()
        if block.kind in ("code", "image"):
            continue
        for start, end, pages in sought.occurrences(block):
            if len(pages) > 1:
                name = block.text[start:end]
                ambiguous.setdefault((name, number), Ambiguous(name, pages, number))
                continue
            page = pages[0]
            counts[page] = counts.get(page, 0) + 1
            id = mention_id(page, counts[page])
            while id in used:
                id += "-x"
            used.add(id)
            linked = block.kind not in ("title", "heading") and page not in seen_in_section
            if linked:
                seen_in_section.add(page)
            found.append(Mention(id, page, number, start, end, linked))
    return found, list(ambiguous.values())


def mention_id(page: Key, number: int) -> str:
    """The id that the mention of a page gets, counted from 1 in each article.

    >>> mention_id("places/kyiv", 2), is_mention("p-kyiv-2"), is_mention("c-lost")
    ('p-kyiv-2', True, False)
    """
    kind, _, stem = page.partition("/")
    return f"{KINDS[kind].letter}-{stem}-{number}"


def is_mention(id: str) -> bool:
    """Whether an id looks like that of a mention."""
    return any(id.startswith(f"{kind.letter}-") for kind in mentionable())


class _Wording(NamedTuple):
    """A name as it is sought: `begin:end` of it is what lies from its first word to its last."""

    text: str
    begin: int
    end: int
    pages: tuple[Key, ...]


FEW = 16
"""First words that are sought one by one; where there are more, every word of a text is looked up."""


class _Sought:
    """What is sought in one article: names, with the editor's wordings in the place of the same ones; without names that have no word.

    `begun`: every beginning of a name from its first word on that ends with a word; `named`: under what lies from the first word to the
    last, the names, the longest first. So a text is read once, word by word, however many names there are.
    """

    def __init__(self, names: Iterable[Name], ignore: Iterable[str], corrected: Mapping[str, str]) -> None:
        pages = {name.text: name.pages for name in names}
        pages.update({normal(text): () for text in ignore})
        pages.update({normal(text): (page,) for text, page in corrected.items()})
        self.firsts: set[str] = set()
        self.begun: set[str] = set()
        self.named: dict[str, list[_Wording]] = {}
        for text, meant in sorted(pages.items(), key=lambda one: (-len(one[0]), one[0])):
            words = [word.span() for word in WORD.finditer(text)]
            if words:
                begin, end = words[0][0], words[-1][1]
                self.firsts.add(text[begin : words[0][1]])
                self.begun.update(text[begin:stop] for _, stop in words[:-1])
                self.named.setdefault(text[begin:end], []).append(_Wording(text, begin, end, meant))

    def occurrences(self, block: Block) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Where names stand in a block: from the left, the longest first where several begin with one word."""
        text = spaced(block.text)
        barred: Stretches | None = None
        done = 0
        for first in self._begins(text):
            if first < done:
                continue
            for start, end, pages in sorted(self._at(text, first), key=lambda one: one[0] - one[1]):
                if start < done or not _ends_word(text, end) or self._ends_longer(text, start):
                    continue
                if barred is None:
                    barred = Stretches((*(one for one in block.formats if one.tag in ("link", "code")), *addresses(text)))
                if pages and not barred.meet(start, end):
                    yield start, end, pages
                done = end
                break

    def _begins(self, text: str) -> Iterable[int]:
        """Where the first words of names begin words of a text."""
        if len(self.firsts) > FEW:
            return (word.start() for word in WORD.finditer(text) if word.group() in self.firsts)
        return sorted(at for first in self.firsts for at in _standing(first, text))

    def _at(self, text: str, first: int) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """The names whose first word begins at a place of a text."""
        word = WORD.match(text, first)
        while word is not None:
            words = text[first : word.end()]
            for one in self.named.get(words, ()):
                start = first - one.begin
                if start >= 0 and text.startswith(one.text, start):
                    yield start, start + len(one.text), one.pages
            word = WORD.search(text, word.end()) if words in self.begun else None

    def _ends_longer(self, text: str, start: int) -> bool:
        """Whether what begins here ends a longer hyphenated name ("Frankivsk" in "Ivano-Frankivsk")."""
        if start < 2 or text[start - 1] != "-" or not text[start - 2].isalnum():
            return False
        at = start - 1
        while at > 0 and _is_of_word(text[at - 1]):
            at -= 1
        return text[at].isupper() and text[at : start - 1] not in self.firsts


def _standing(word: str, text: str) -> Iterator[int]:
    """Where a word stands as one."""
    at = text.find(word)
    while at >= 0:
        if (at == 0 or not _is_of_word(text[at - 1])) and _ends_word(text, at + len(word)):
            yield at
        at = text.find(word, at + len(word))


def _ends_word(text: str, end: int) -> bool:
    return end >= len(text) or not _is_of_word(text[end])


def _is_of_word(char: str) -> bool:
    return char.isalnum() or char == "_"
