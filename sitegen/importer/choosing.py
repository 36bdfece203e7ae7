"""Which of several places of one name is meant: the one in the countries and near the places that the text names, then the largest."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice, pairwise

from sitegen.importer.evidence import BIG
from sitegen.importer.gazetteer import Entry, key_of
from sitegen.importer.mentions import Mention

KINDS: Mapping[str, float] = {"country": 6.0, "region": 3.0, "river": 3.0, "sea": 4.0, "area": 4.0, "site": 4.0, "city": 0.5}
SIZE, SAME, AMONG, WITHIN, HELD, HOLDS, BESIDE = 1.0, 1.0, 2.5, 1.5, 6.0, 3.0, 0.9
"""How much it counts that a place has ten times the inhabitants, is called just so, lies in a country that the text names, in a region
that it names, in what it says that the place lies in, holds another, and is near one other place."""
COMPANY, ALONE = 1.0, 0.5
"""How much it speaks for a town that another place is near it, and against a small one that none is, nor its country named."""
REGION_SIZE = 0.05
"""The same of a region, of whose inhabitants the gazetteer has but a guess."""
COMPANIONS = 300
"""Places of a text that are compared with each other one; an article names some thirty."""
NEAR = 2.0
"""Degrees within which places are taken to belong together."""


def chosen(mentions: Sequence[Mention], blocks: Sequence[str]) -> dict[str, Entry]:
    """The place that each name means; without the names that mean none."""
    by_text: dict[str, list[Mention]] = {}
    for one in mentions:
        if one.entries:
            by_text.setdefault(one.text, []).append(one)
    weights = {text: max(one.weight for one in ones) for text, ones in by_text.items()}
    likely = {text: ones[0].entries for text, ones in by_text.items() if weights[text] > -1.0}
    countries = _countries(likely, weights)
    containers = _containers(mentions, blocks)
    holders = {
        text: [entry for one in names for entry in likely.get(one, ()) if entry.kind in ("region", "country")]
        for text, names in containers.items()
    }
    regions = [ones[0] for text, ones in likely.items() if weights[text] > 0.0 and ones[0].kind == "region"][:COMPANIONS]
    holding = {one for names in containers.values() for one in names}
    best: dict[str, Entry] = {}
    for _ in range(2):  # first by themselves, then by what lies near
        near = _companions(best, weights)
        for text, entries in likely.items():
            beside = [entry for name, entry in near if name != text]
            values = [
                _likelihood(entry, text, countries, beside)
                + WITHIN * any(_lies_in(entry, one) for one in regions)
                + HELD * any(_lies_in(entry, one) for one in holders.get(text, ()))
                + HOLDS * (text in holding and entry.kind in ("region", "country"))
                for entry in entries
            ]
            best[text] = entries[values.index(max(values))]
    near = _companions(best, weights)
    return {text: entry for text, entry in best.items() if _is_meant(text, entry, weights[text], near, countries)}


def _companions(best: Mapping[str, Entry], weights: Mapping[str, float]) -> list[tuple[str, Entry]]:
    """The places, by their names, that surely are some."""
    return list(islice(((text, entry) for text, entry in best.items() if weights[text] > 0.0), COMPANIONS))


def _likelihood(entry: Entry, text: str, countries: Mapping[str, int], beside: Sequence[Entry]) -> float:
    """How likely a place is meant by its name, in the company of others."""
    scale = SIZE if entry.kind != "region" else REGION_SIZE
    value = KINDS.get(entry.kind, 0.0) + scale * math.log10(max(entry.population, 1000) / 1000)
    value += SAME * (key_of(entry.name) == key_of(text)) + AMONG * min(countries.get(entry.country, 0), 4) / 4
    return value + BESIDE * min(3, sum(_is_near(entry, other) for other in beside))


def _is_meant(text: str, entry: Entry, weight: float, near: Sequence[tuple[str, Entry]], countries: Counter[str]) -> bool:
    """Whether a name means a place at all: by its own weight, and by what other places are beside it."""
    if entry.kind in ("city", "town", "village"):
        beside = any(_is_near(entry, other) for name, other in near if name != text)
        among = bool(entry.country) and countries[entry.country] > (3 if entry.population >= BIG else 1)
        weight += COMPANY * beside - ALONE * (not beside and not among and entry.population < BIG)
    return weight > 0.0


def _countries(likely: Mapping[str, tuple[Entry, ...]], weights: Mapping[str, float]) -> Counter[str]:
    """How much a text speaks of each country."""
    out: Counter[str] = Counter()
    for text, entries in likely.items():
        entry = entries[0]
        if entry.country and weights[text] > 0.0:
            out[entry.country] += 3 if entry.kind == "country" else 2 if entry.population >= BIG else 1
    return out


def _containers(mentions: Sequence[Mention], blocks: Sequence[str]) -> dict[str, set[str]]:
    """The names that stand behind each after a comma, as what it lies in: "Butte, Montana"."""
    out: dict[str, set[str]] = {}
    for one, following in pairwise(mentions):
        if one.block == following.block and blocks[one.block][one.end : following.start] in (", ", " ("):
            out.setdefault(one.text, set()).add(following.text)
    return out


def _lies_in(entry: Entry, holder: Entry) -> bool:
    """Whether a place lies in a region or country."""
    if entry.country != holder.country or entry is holder:
        return False
    return holder.kind == "country" or entry.region.partition(".")[0] == holder.region.rpartition("-")[2]


def _is_near(entry: Entry, other: Entry) -> bool:
    if entry.lat is None or entry.lon is None or other.lat is None or other.lon is None or "country" in (entry.kind, other.kind):
        return False
    return abs(entry.lat - other.lat) < NEAR and abs(entry.lon - other.lon) < NEAR
