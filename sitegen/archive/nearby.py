"""Which places lie near one another."""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sitegen.archive.index import Index
from sitegen.cartography.sheets import RADIUS
from sitegen.model.article import EntryCard, Key
from sitegen.model.kinds import PLACES

MOST = 8
"""Neighbours of a place."""
FARTHEST = 250
"""Kilometres to the farthest."""
LEAF = 12
"""Points of the tree that are looked at together."""
WIDE = ("region", "country", "line")
"""What places stand for that lie about others rather than near them."""

Placed = tuple[Key, float, float]
Vector = tuple[float, float, float]
"""A point of the unit sphere, whose axis goes through the poles: to it neither a pole nor the line of 180 degrees is special."""
Point = tuple[Vector, list[Key]]
"""A vector, and the places that lie there, as many as can matter."""


class Split(NamedTuple):
    """A node of a k-d tree (Bentley, "Multidimensional Binary Search Trees", 1975): what lies below and above a plane across an axis."""

    axis: int
    plane: float
    below: Tree
    above: Tree


Tree = list[Point] | Split


def located(index: Index) -> list[EntryCard]:
    """The public places whose location is known."""
    cards = (head.card for head in index.public(PLACES.plural))
    return [card for card in cards if isinstance(card, EntryCard) and card.spot is not None]


def neighbours(places: Sequence[EntryCard]) -> tuple[Placed, ...]:
    """Those that can be near others, as `nearby` has them."""
    return tuple((card.key, card.spot.lat, card.spot.lon) for card in places if card.spot and card.spot.precision not in WIDE)


def nearby(places: Sequence[Placed], asked: Iterable[Placed]) -> list[tuple[Key, tuple[Key, ...]]]:
    """Of each place that is asked for the nearest others, nearest first."""
    there: dict[Vector, list[Key]] = {}
    for key, lat, lon in sorted(places):
        there.setdefault(_vector(lat, lon), []).append(key)
    tree = _tree([(vector, keys[: MOST + 1]) for vector, keys in there.items()])
    return [(key, _nearest(tree, key, _vector(lat, lon))) for key, lat, lon in asked]


def _vector(lat: float, lon: float) -> Vector:
    up, around = math.radians(lat), math.radians(lon)
    # to a hundredth of a millimetre: what is one place by two ways of writing it is one vector
    return round(math.cos(up) * math.cos(around), 12), round(math.cos(up) * math.sin(around), 12), round(math.sin(up), 12)


def _tree(points: list[Point]) -> Tree:
    if len(points) <= LEAF:
        return points
    spread = [max(along) - min(along) for along in zip(*(vector for vector, _ in points), strict=True)]
    axis = spread.index(max(spread))
    points.sort(key=lambda one: one[0][axis])
    half = len(points) // 2
    return Split(axis, points[half][0][axis], _tree(points[:half]), _tree(points[half:]))


def _nearest(tree: Tree, own: Key, at: Vector) -> tuple[Key, ...]:
    """The places that are nearest by the squares of chords, which grow with the way along the globe."""
    found: list[tuple[float, Key]] = []
    farthest = (2 * math.sin(FARTHEST / RADIUS / 2)) ** 2
    x, y, z = at

    def look(tree: Tree) -> None:
        nonlocal farthest
        if isinstance(tree, Split):
            away = at[tree.axis] - tree.plane
            look(tree.above if away >= 0 else tree.below)
            if away * away <= farthest:
                look(tree.below if away >= 0 else tree.above)
            return
        for (to_x, to_y, to_z), keys in tree:
            chord = (x - to_x) ** 2 + (y - to_y) ** 2 + (z - to_z) ** 2
            if chord <= farthest:
                for key in keys:
                    if key != own:
                        insort(found, (chord, key))
                if len(found) >= MOST:
                    del found[MOST:]
                    farthest = found[-1][0]

    look(tree)
    return tuple(key for _, key in found)
