"""The base map that comes with the program, as `tools/basemap.py` writes it from Natural Earth.

One table in MessagePack: `levels`, from coarse to fine, each with the degrees of its cells, the steps in a degree and its cells by their
south-west corner ("30 50"); `views`, the points of view on borders, and `kinds`, of each border line by each point of view 0 (a border), 1
(disputed) or 2 (none); `countries`, of each its names and where these are written; `areas` and, by each point of view, `owners`, the areas
of countries; `raster` tells in which area the middle of each half degree lies; `inset` is the world, small. A cell is packed (zlib) and
holds by its layers lines and rings: where each begins, in steps, how far each point is from the one before, across and up, as 16-bit
numbers, and the number of a border line. Only cells that a sheet needs are ever unpacked.
"""

from __future__ import annotations

import math
import sys
import zlib
from array import array
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

import msgspec

from sitegen.model.digest import Digest, digest_of

DE_FACTO = "de-facto"
"""Borders as Natural Earth has them where no point of view is asked for: by who holds the land."""
WORLD, CONTINENT, COUNTRY, REGION = range(4)
"""The levels."""


class Line(NamedTuple):
    """A line or ring of the base map, in degrees; `number`: of a border line."""

    lons: list[float]
    lats: list[float]
    number: int


class Country(NamedTuple):
    """A country: its code (Natural Earth's own, of three letters), its names by language, and where they are written."""

    code: str
    wikidata: str
    names: dict[str, str]
    lat: float
    lon: float


class Area(NamedTuple):
    """A piece of a country: its rings, and between which degrees it lies."""

    rings: list[Line]
    west: float
    south: float
    east: float
    north: float


class Earth:
    """The base map of these bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.cell = lru_cache(maxsize=48)(self._cell)
        self.owners = lru_cache(maxsize=2)(self._owners)

    @cached_property
    def digest(self) -> Digest:
        return digest_of(self.data)

    @cached_property
    def _table(self) -> Any:
        return msgspec.msgpack.decode(self.data, strict=False)

    @property
    def views(self) -> list[str]:
        """The points of view on borders that there are."""
        found: list[str] = self._table["views"]
        return found

    def kind(self, number: int, view: str) -> int:
        """What a border line is by a point of view: 0 a border, 1 disputed, 2 none."""
        found: int = self._table["kinds"][number][self.views.index(view)]
        return found

    def lines(self, level: int, layer: str, west: float, south: float, east: float, north: float) -> Iterator[Line]:
        """What a layer has in the cells between these degrees; east of 180 they go on, as the sheet does, once around the globe at most."""
        size: int = self._table["levels"][level]["cell"]
        first = math.floor(west / size)
        for column in range(first, min(math.ceil(east / size), first + 360 // size)):
            lon = (column * size + 180) % 360 - 180
            for row in range(math.floor(south / size), math.ceil(north / size)):
                yield from self.cell(level, lon, row * size).get(layer, ())

    def _cell(self, level: int, lon: int, lat: int) -> dict[str, list[Line]]:
        table = self._table["levels"][level]
        packed = table["cells"].get(f"{lon} {lat}")
        if packed is None:
            return {}
        layers = msgspec.msgpack.decode(zlib.decompress(packed))
        return {name: [_line(one, table["steps"]) for one in lines] for name, lines in layers.items()}

    @cached_property
    def countries(self) -> dict[str, Country]:
        return {
            one["code"]: Country(one["code"], one["wikidata"], one["names"], one["lat"], one["lon"]) for one in self._table["countries"]
        }

    @cached_property
    def areas(self) -> list[Area]:
        out = []
        for rings in msgspec.msgpack.decode(zlib.decompress(self._table["areas"])):
            lines = [_line([*ring, 0], self._table["levels"][CONTINENT]["steps"]) for ring in rings]
            lons, lats = lines[0].lons, lines[0].lats
            out.append(Area(lines, min(lons), min(lats), max(lons), max(lats)))
        return out

    def _owners(self, view: str) -> list[str]:
        """Of each of the areas the code of its country, by a point of view."""
        first, *others = self._table["owners"]
        found = [first[number] for number in range(len(first))]
        if view != self.views[0]:
            for number, code in others[self.views.index(view) - 1].items():
                found[number] = code
        return found

    @property
    def inset(self) -> str:
        """The land of the world, small, as a path (`drawing.world`)."""
        found: str = self._table["inset"]
        return found

    @cached_property
    def _raster(self) -> array[int]:
        found = array("H", zlib.decompress(self._table["raster"]))
        if sys.byteorder == "big":
            found.byteswap()
        return found

    def area_near(self, lat: float, lon: float) -> int:
        """The number of the area about a place, to half a degree; -1 at sea."""
        row, column = math.floor((lat + 90) * 2), math.floor((lon + 180) * 2) % 720
        return self._raster[min(359, max(0, row)) * 720 + column] - 1

    @cached_property
    def contested(self) -> frozenset[int]:
        """The areas that some point of view gives to another country."""
        return frozenset(number for by in self._table["owners"][1:] for number in by)

    def country_at(self, lat: float, lon: float, view: str) -> str:
        """The code of the country in which a place lies; empty at sea."""
        for area, owner in zip(self.areas, self.owners(view), strict=True):
            inside = area.west <= lon <= area.east and area.south <= lat <= area.north
            if inside and sum(within(ring.lons, ring.lats, lon, lat) for ring in area.rings) % 2:
                return owner
        return ""

    def claimed(self, code: str) -> list[Area]:
        """The areas that some points of view give to a country and others do not."""
        first, *others = self._table["owners"]
        given = {number for by in others for number, owner in by.items() if owner == code}
        return [self.areas[number] for number in sorted(self.contested) if number in given or first[number] == code]

    def areas_of(self, code: str, view: str) -> list[Area]:
        """The areas of a country; where no point of view is asked for, without those that are contested."""
        left_out = self.contested if view == DE_FACTO else frozenset()
        return [area for number, area in enumerate(self.areas) if self.owners(view)[number] == code and number not in left_out]


def _line(coded: list[Any], steps: int) -> Line:
    lon, lat, across, up, number = coded
    xs, ys = array("h"), array("h")
    xs.frombytes(across)
    ys.frombytes(up)
    if sys.byteorder == "big":
        xs.byteswap()
        ys.byteswap()
    scale = 1 / steps
    return Line([x * scale for x in accumulate(xs, initial=lon)], [y * scale for y in accumulate(ys, initial=lat)], number)


def within(xs: list[float], ys: list[float], x: float, y: float) -> bool:
    """Whether a point lies in a ring: a ray from it crosses the ring an odd number of times.

    >>> within([0, 4, 4, 0], [0, 0, 4, 4], 1, 1), within([0, 4, 4, 0], [0, 0, 4, 4], 5, 1)
    (True, False)
    """
    inside = False
    before_x, before_y = xs[-1], ys[-1]
    for to_x, to_y in zip(xs, ys, strict=True):
        if (to_y > y) != (before_y > y) and x < (before_x - to_x) * (y - to_y) / (before_y - to_y) + to_x:
            inside = not inside
        before_x, before_y = to_x, to_y
    return inside
