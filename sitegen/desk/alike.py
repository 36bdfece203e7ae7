"""Pages of one kind whose names look alike: perhaps one page that was made twice. An editor decides; nothing is joined by likeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz

from sitegen.importer.gazetteer import key_of
from sitegen.model.article import EntryCard, Key

LIKE = 85
"""Percent of the signs of two names that must be the same (rapidfuzz's ratio): one letter in seven may differ."""
SHORT = 5
"""Signs below which names are alike only where they are the same but for capitals, accents and signs: Mali is not Bali."""
CROWD = 60
"""Names that begin alike and are held one against the other: beyond, only those next to one another in the alphabet are."""


def alike(cards: Iterable[EntryCard]) -> Iterator[tuple[Key, Key]]:
    """The pairs of pages whose names look alike, each once, in order."""
    bearers: dict[str, set[Key]] = defaultdict(set)
    for card in cards:
        for name in (card.title, *card.names):
            if key := key_of(name):
                bearers[key].add(card.key)
    found: set[tuple[Key, Key]] = set()
    for keys in bearers.values():
        found |= _pairs(sorted(keys), sorted(keys))
    groups: dict[str, list[str]] = defaultdict(list)
    for name in bearers:
        if len(name) >= SHORT:
            groups[name[:2]].append(name)
            groups[name[-4:]].append(name)
    for names in groups.values():
        for one, other in _close(sorted(names)):
            if fuzz.ratio(one, other, score_cutoff=LIKE):
                found |= _pairs(sorted(bearers[one]), sorted(bearers[other]))
    yield from sorted(found)


def _pairs(ones: Sequence[Key], others: Sequence[Key]) -> set[tuple[Key, Key]]:
    return {(min(one, other), max(one, other)) for one in ones for other in others if one != other}


def _close(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for number, one in enumerate(names):
        for other in names[number + 1 : number + 1 + (len(names) if len(names) <= CROWD else 3)]:
            yield one, other
