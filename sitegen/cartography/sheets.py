"""Sheets: which piece of the earth a map shows, and where a place lies on it.

Up to a hemisphere the projection is Lambert's azimuthal one, centred on the sheet, which keeps areas and shows the shapes of a region as
they are (Snyder, "Map Projections: A Working Manual", 1987, pages 182 to 190); the world is shown in Equal Earth (Šavrič, Patterson and
Jenny, 2019).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sitegen.cartography.earth import CONTINENT, COUNTRY, REGION, WORLD

WIDTH, HEIGHT = 800, 560
"""Of a sheet, in halves of a pixel."""
BREADTHS = (160, 320, 640, 1280, 2560, 5120, 10240)
"""How many kilometres a sheet may be across. Land and borders are known to about a kilometre, so that none is smaller."""
RADIUS = 6371.0072
"""Of the sphere that has the earth's area, in kilometres."""
ROOM = 0.8
"""The part of a sheet in which all that it must show is to lie."""
STEADY = 6
"""Sheets of one breadth lie on a grid of a sixth of it."""
WHOLE = 0
"""In the place of a breadth: the world."""
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2
_ACROSS = 2 * math.pi / (_M * _A1)
"""Of the world in Equal Earth, in radii."""
Spot = tuple[float, float]
"""Latitude and longitude, in degrees."""


class Sheet(NamedTuple):
    """A sheet by its middle and how many kilometres it is across."""

    lat: float
    lon: float
    across: int

    @property
    def level(self) -> int:
        """Which level of the base map it shows."""
        if not self.across or self.across > 2560:
            return WORLD
        return REGION if self.across <= 320 else COUNTRY if self.across <= 1280 else CONTINENT

    @property
    def scale(self) -> float:
        """Units of a sheet to a kilometre."""
        return WIDTH / self.across if self.across else WIDTH / (_ACROSS * RADIUS)

    def project(self, lats: Sequence[float], lons: Sequence[float]) -> list[tuple[float, float]]:
        """Where places lie on the sheet; what is farther than a quarter of the globe lies outside."""
        if not self.across:
            return [_equal_earth(lat, lon) for lat, lon in zip(lats, lons, strict=True)]
        sin, cos, sqrt, rad = math.sin, math.cos, math.sqrt, math.pi / 180
        sin_0, cos_0, lon_0 = sin(self.lat * rad), cos(self.lat * rad), self.lon
        size = self.scale * RADIUS
        out = []
        for lat, lon in zip(lats, lons, strict=True):
            phi, turn = lat * rad, (lon - lon_0) * rad
            cos_phi, sin_phi = cos(phi), sin(phi)
            along = cos_phi * cos(turn)
            k = size * sqrt(2 / max(1e-3, 1 + sin_0 * sin_phi + cos_0 * along))
            out.append((WIDTH / 2 + k * cos_phi * sin(turn), HEIGHT / 2 - k * (cos_0 * sin_phi - sin_0 * along)))
        return out

    def faces(self, lat: float, lon: float) -> bool:
        """Whether a place lies on the half of the globe of which the sheet has the middle."""
        return apart(self.lat, self.lon, lat, lon) < RADIUS * math.pi / 2

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        return self.project([lat], [lon])[0]

    def back(self, x: float, y: float) -> Spot:
        """The place that lies at a point of a sheet of up to a continent."""
        across, up = (x - WIDTH / 2) / (self.scale * RADIUS), (HEIGHT / 2 - y) / (self.scale * RADIUS)
        away = math.hypot(across, up)
        if not away:
            return self.lat, self.lon
        c = 2 * math.asin(min(1.0, away / 2))
        sin_0, cos_0 = math.sin(math.radians(self.lat)), math.cos(math.radians(self.lat))
        lat = math.asin(max(-1.0, min(1.0, math.cos(c) * sin_0 + up * math.sin(c) * cos_0 / away)))
        lon = math.atan2(across * math.sin(c), away * cos_0 * math.cos(c) - up * sin_0 * math.sin(c))
        return math.degrees(lat), self.lon + math.degrees(lon)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north of it, in degrees: never too narrow."""
        if not self.across:
            return -180, -90, 180, 90
        half = self.across / 2
        up = half * HEIGHT / WIDTH * 1.35 / 111.2
        north, south = self.lat + up, self.lat - up
        if north > 84 or south < -84 or self.across > 8000:
            reach = min(90.0, math.degrees(math.hypot(half, half * HEIGHT / WIDTH) / RADIUS))
            return self.lon - 180, max(-90, self.lat - reach), self.lon + 180, min(90, self.lat + reach)
        side = half * 1.15 / 111.2 / math.cos(math.radians(max(abs(north), abs(south))))
        return self.lon - side, south, self.lon + side, north

    def holds(self, spots: Iterable[Spot], room: float = ROOM) -> bool:
        """Whether all of them lie well within it."""
        found = list(spots)
        if not self.across:
            return True
        if any(apart(self.lat, self.lon, *spot) > self.across for spot in found):
            return False
        placed = self.project([lat for lat, _ in found], [near(lon, self.lon) for _, lon in found])
        return all(abs(x - WIDTH / 2) <= WIDTH / 2 * room and abs(y - HEIGHT / 2) <= HEIGHT / 2 * room for x, y in placed)


def _equal_earth(lat: float, lon: float) -> tuple[float, float]:
    theta = math.asin(_M * math.sin(math.radians(lat)))
    two = theta * theta
    six = two * two * two
    x = math.radians(lon) * math.cos(theta) / (_M * (_A1 + 3 * _A2 * two + six * (7 * _A3 + 9 * _A4 * two)))
    y = theta * (_A1 + _A2 * two + six * (_A3 + _A4 * two))
    size = WIDTH / _ACROSS
    return WIDTH / 2 + x * size, HEIGHT / 2 - y * size


def near(lon: float, other: float) -> float:
    """A longitude, counted on around the globe to be nearest to another.

    >>> near(-179, 178), near(10, 20)
    (181, 10)
    """
    return lon + 360 * round((other - lon) / 360)


def apart(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """The kilometres between two places along the globe (the haversine formula).

    >>> round(apart(50.45, 30.52, 49.99, 36.23))
    409
    """
    up, across = math.radians(to_lat - lat) / 2, math.radians(to_lon - lon) / 2
    part = math.sin(up) ** 2 + math.cos(math.radians(lat)) * math.cos(math.radians(to_lat)) * math.sin(across) ** 2
    return 2 * RADIUS * math.asin(min(1.0, math.sqrt(part)))


def middle(spots: Sequence[Spot]) -> Spot:
    """The middle of the box around some places; across the line of 180 degrees where that is shorter.

    >>> middle([(0, 170), (10, -170)])
    (5.0, 180.0)
    """
    lats = [lat for lat, _ in spots]
    west, east = stretch((lon, lon) for _, lon in spots)
    return (min(lats) + max(lats)) / 2, near((west + east) / 2, 0)


def stretch(spans: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """The shortest stretch that holds some spans of longitudes, each from its west to its east; beyond 180 it goes on, so that -180 is 180.

    >>> stretch([(170, 170), (-170, -160)]), stretch([(180, 180), (-180, -180)]), stretch([(-90, 90), (90, 180), (-180, -90)])
    ((170, 200), (180, 180), (-180, 180))
    """
    ordered = sorted((west % 360, east - west) for west, east in spans)
    reached = max(begin + breadth for begin, breadth in ordered) - 360
    gaps = []
    for begin, breadth in ordered:
        gaps.append((begin - reached, begin))
        reached = max(reached, begin + breadth)
    widest, west = max(gaps)  # it lies where the widest gap does not
    return (near(west, 0), near(west, 0) + 360 - widest) if widest > 0 else (-180, 180)


def sheet_of(spots: Sequence[Spot], least: int = BREADTHS[0]) -> Sheet:
    """The smallest sheet, of at least a breadth, on which all of these places lie well."""
    lat, lon = middle(spots)
    if len(spots) == 1:
        return _steady(lat, lon, least)
    for across in BREADTHS:
        if across >= least:
            sheet = _steady(lat, lon, across)
            if sheet.holds(spots):
                return sheet
    return Sheet(0, 0, WHOLE)


def _steady(lat: float, lon: float, across: int) -> Sheet:
    """The sheet of the grid whose middle is nearest."""
    step = across / STEADY / 111.2
    up = max(-90.0, min(90.0, round(lat / step) * step))
    side = step / max(0.1, math.cos(math.radians(up)))
    return Sheet(round(up, 4), round(round(lon / side) * side, 4), across)
