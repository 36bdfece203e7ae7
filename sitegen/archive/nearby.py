"""Which places lie near one another."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from sitegen.archive.index import Index
from sitegen.cartography.sheets import apart
from sitegen.model.article import EntryCard, Key
from sitegen.model.kinds import PLACES

MOST = 8
"""Neighbours of a place."""
FARTHEST = 250
"""Kilometres to the farthest."""
CELL = 0.25
"""Degrees of the cells in which they are sought, from a place outwards."""
RINGS = 10
WIDE = ("region", "country", "line")
"""What places stand for that lie about others rather than near them."""

Placed = tuple[Key, float, float]


def located(index: Index) -> list[EntryCard]:
    """The public places whose location is known."""
    cards = (head.card for head in index.public(PLACES.plural))
    return [card for card in cards if isinstance(card, EntryCard) and card.spot is not None]


def neighbours(places: Sequence[EntryCard]) -> tuple[Placed, ...]:
    """Those that can be near others, as `nearby` has them."""
    return tuple((card.key, card.spot.lat, card.spot.lon) for card in places if card.spot and card.spot.precision not in WIDE)


def nearby(places: Sequence[Placed], asked: Iterable[Placed]) -> list[tuple[Key, tuple[Key, ...]]]:
    """Of each place that is asked for the nearest others, nearest first."""
    cells: dict[tuple[int, int], list[Placed]] = {}
    for one in places:
        cells.setdefault(_cell(one), []).append(one)
    return [(place[0], tuple(key for _, key in _nearest(place, cells))) for place in asked]


def _nearest(place: Placed, cells: dict[tuple[int, int], list[Placed]]) -> list[tuple[float, Key]]:
    key, lat, lon = place
    row, column = _cell(place)
    found: list[tuple[float, Key]] = []
    last = RINGS
    for ring in range(RINGS + 1):
        if ring > last:
            break
        for one in _ring(cells, row, column, ring):
            away = apart(lat, lon, one[1], one[2])
            if one[0] != key and away <= FARTHEST:
                found.append((away, one[0]))
        if len(found) >= MOST:
            # what lies in the next rings may be nearer than what lies in a corner of this, or, where degrees are narrow, beside it
            last = min(last, math.ceil(ring * 1.5 / max(0.2, math.cos(math.radians(lat)))) + 1)
    return sorted(found)[:MOST]


def _ring(cells: dict[tuple[int, int], list[Placed]], row: int, column: int, ring: int) -> Iterable[Placed]:
    around = round(360 / CELL)
    for up in range(-ring, ring + 1):
        for side in range(-ring, ring + 1) if abs(up) == ring else (-ring, ring):
            yield from cells.get((row + up, (column + side) % around), ())
            if not ring:
                return


def _cell(place: Placed) -> tuple[int, int]:
    return math.floor(place[1] / CELL), math.floor(place[2] / CELL) % round(360 / CELL)
