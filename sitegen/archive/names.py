"""Mentions of places: longest name first, at word boundaries, possessives allowed, never inside a link or code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from sitegen.content.text import normal, spaced
from sitegen.model.article import PlaceCard
from sitegen.model.base import Value
from sitegen.model.digest import digest, encode
from sitegen.model.site import Mention
from sitegen.model.text import Block

WORD = re.compile(r"\w+")


class Name(Value, frozen=True, order=True):
    """One wording and the places that it may mean; `places` empty: it is no mention here."""

    text: str
    places: tuple[str, ...]


class Ambiguous(NamedTuple):
    """A name that several places bear, at a place of the text where nothing decides between them."""

    name: str
    places: tuple[str, ...]
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
    """All names of all places, to be asked which of them can occur in a text.

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
    def of(cls, places: Iterable[PlaceCard]) -> Names:
        """The names that these places bear."""
        bearers: dict[str, set[str]] = {}
        for place in places:
            for written in place.names:
                text = normal(written)
                if first_word(text):
                    bearers.setdefault(text, set()).add(place.stem)
        return cls(Name(text, tuple(sorted(stems))) for text, stems in bearers.items())

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
    """Every mention in the blocks of an article, in order.

    `names` may be limited to those whose words all occur. `ignore` and `corrected` (wording -> place) are the editor's
    and win over names of the same length. `taken` are ids that mentions must not get.
    """
    wordings = _wordings(names, ignore, corrected)
    firsts = {first_word(one.text) for one in wordings}
    used = set(taken)
    counts: dict[str, int] = {}
    seen_in_section: set[str] = set()
    found: list[Mention] = []
    ambiguous: list[Ambiguous] = []
    for number, block in enumerate(blocks):
        if block.kind == "heading":
            seen_in_section = set()
        if block.kind in ("code", "image"):
            continue
        for start, end, places in _occurrences(block, wordings, firsts):
            if len(places) > 1:
                ambiguous.append(Ambiguous(block.text[start:end], places, number))
                continue
            place = places[0]
            counts[place] = counts.get(place, 0) + 1
            id = f"p-{place}-{counts[place]}"
            while id in used:
                id += "-x"
            used.add(id)
            linked = block.kind not in ("title", "heading") and place not in seen_in_section
            if linked:
                seen_in_section.add(place)
            found.append(Mention(id, place, number, start, end, linked))
    return found, ambiguous


class _Wording(NamedTuple):
    """A name as it is sought: `offset` is where its first word begins in it."""

    text: str
    offset: int
    places: tuple[str, ...]


def _wordings(names: Iterable[Name], ignore: Iterable[str], corrected: Mapping[str, str]) -> list[_Wording]:
    """What is to be sought, the editor's wordings in the place of the same names; without names that have no word."""
    places = {name.text: name.places for name in names}
    places.update({normal(text): () for text in ignore})
    places.update({normal(text): (place,) for text, place in corrected.items()})
    found = ((text, WORD.search(text), meant) for text, meant in places.items())
    return [_Wording(text, word.start(), meant) for text, word, meant in found if word]


def _occurrences(block: Block, wordings: Iterable[_Wording], firsts: AbstractSet[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Where names stand in a block: from the left, the longest first where several begin with one word.

    `firsts`: the first words of all names.
    """
    text = spaced(block.text)
    candidates = []
    for one in wordings:
        start = text.find(one.text)
        while start >= 0:
            candidates.append((start + one.offset, -len(one.text), one.text, start, one.places))
            start = text.find(one.text, start + 1)
    barred = [(f.start, f.end) for f in block.formats if f.tag in ("link", "code")] if candidates else []
    done = 0
    for word, _, name, start, places in sorted(candidates):
        end = start + len(name)
        begins_word = word == 0 or not (text[word - 1].isalnum() or text[word - 1] == "_")
        if start < done or not begins_word or not _whole(text, start, end, firsts):
            continue
        if places and not any(a < end and start < b for a, b in barred):
            yield start, end, places
        done = end


def _whole(text: str, start: int, end: int, firsts: AbstractSet[str]) -> bool:
    """Whether a name ends at a word's border, and does not end a longer hyphenated name ("Frankivsk" in "Ivano-Frankivsk")."""
    if end < len(text) and (text[end].isalnum() or text[end] == "_"):
        return False
    if start > 1 and text[start - 1] == "-" and text[start - 2].isalnum():
        before = re.search(r"\w+\Z", text[: start - 1])
        return before is None or not before.group()[0].isupper() or before.group() in firsts
    return True
