"""Reads the outline of a place from GeoJSON (RFC 7946)."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any

from sitegen.cartography.sheets import stretch
from sitegen.model.atlas import Shape

LARGEST = 2_000_000
"""Bytes of a file."""
MOST = 20_000
"""Points of a shape: more than maps show of it."""
PLACES = 3
"""Decimals of a degree that are kept: about a hundred metres."""
CLOSE = 0.003
"""Degrees: what is nearer to the point before it the largest map does not tell from it."""
FEW = 100
"""Points that are kept, however close."""
_PARTS = {"Polygon": 1, "MultiPolygon": 2, "LineString": 0, "MultiLineString": 1}
"""Each geometry, and how many lists stand around its lists of positions."""


class NoShape(Exception):
    """A file holds no shape; the words say why, and in which member of it. `line`: of the file, where that is known."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


def shape_of(data: bytes) -> Shape:
    """The shape that a file holds: its areas, or where it has none its lines. Raises NoShape."""
    if len(data) > LARGEST:
        raise NoShape(f"the file is larger than {LARGEST:,} bytes")
    try:
        read = json.loads(data, parse_int=float)  # of whatever length: what is too large is infinite, and no position
    except UnicodeDecodeError as error:
        raise NoShape("the file is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise NoShape(f"the file is no JSON: {error.msg}", error.lineno) from error
    except RecursionError as error:
        raise NoShape("the file is nested too deep") from error
    found = list(_lines(read, "", 0))
    if not found:
        raise NoShape("the file has neither areas nor lines")
    seen = [(is_area, positions) for is_area, positions in found if len(positions) > (2 if is_area else 1)]
    if not seen:
        raise NoShape("the shape is smaller than a hundred metres, which no map shows")
    if sum(len(positions) for _, positions in seen) > MOST:
        raise NoShape(f"the shape has more than {MOST:,} points")
    closed = any(is_area for is_area, _ in seen)
    kept = [_thinned(positions) for is_area, positions in seen if is_area == closed]
    lines = tuple((tuple(lon for lon, _ in one), tuple(lat for _, lat in one)) for one in kept)
    west, east = stretch((min(lons), max(lons)) for lons, _ in lines)
    lats = [lat for _, some in lines for lat in some]
    return Shape(closed, lines, west, min(lats), east, max(lats))


def _thinned(positions: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The positions of a line without those that no map shows; the last one stays."""
    if len(positions) <= FEW:
        return positions
    lon, lat = positions[0]
    out = [(lon, lat)]
    for one in positions[1:-1]:
        if abs(one[0] - lon) + abs(one[1] - lat) >= CLOSE:
            lon, lat = one
            out.append(one)
    return [*out, positions[-1]]


def _lines(value: Any, where: str, depth: int) -> Iterator[tuple[bool, list[tuple[float, float]]]]:
    """The rings and lines of an object of GeoJSON: whether it is a ring, and its positions, each that differs from the one before. `where`
    names the member."""
    kind = value.get("type") if isinstance(value, dict) else None
    if not isinstance(kind, str):
        raise NoShape(f"{where or 'the file'} is no GeoJSON of a known type")
    if depth > 4:
        raise NoShape(f"{where} is nested too deep")
    if kind in ("FeatureCollection", "GeometryCollection"):
        name = "features" if kind == "FeatureCollection" else "geometries"
        parts = value.get(name)
        if not isinstance(parts, list):
            raise NoShape(f"{_within(where, name)} is no list")
        for number, part in enumerate(parts):
            yield from _lines(part, f"{_within(where, name)}[{number}]", depth + 1)
    elif kind == "Feature":
        if value.get("geometry") is not None:
            yield from _lines(value["geometry"], _within(where, "geometry"), depth + 1)
    elif kind in _PARTS:
        yield from _geometry(value.get("coordinates"), _PARTS[kind], "Polygon" in kind, _within(where, "coordinates"))
    elif kind not in ("Point", "MultiPoint"):
        raise NoShape(f"{where or 'the file'} is no GeoJSON of a known type, but {kind[:40]!r}")


def _geometry(value: Any, depth: int, is_area: bool, where: str) -> Iterator[tuple[bool, list[tuple[float, float]]]]:
    if not isinstance(value, list):
        raise NoShape(f"{where} is no list")
    if depth:
        for number, part in enumerate(value):
            yield from _geometry(part, depth - 1, is_area, f"{where}[{number}]")
        return
    positions = [_position(one, f"{where}[{number}]") for number, one in enumerate(value)]
    if len(positions) < (4 if is_area else 2):
        raise NoShape(f"{where} has too few positions")
    if is_area and positions[0] != positions[-1]:
        raise NoShape(f"{where} does not end where it begins")
    for number, (one, other) in enumerate(pairwise(positions), start=1):
        if abs(one[0] - other[0]) > 180 and not abs(one[1]) == abs(other[1]) == 90:
            raise NoShape(f"{where}[{number}] is more than half of the globe from the one before: what crosses 180 degrees is cut there")
    yield is_area, [one for one, _ in groupby((round(lon, PLACES), round(lat, PLACES)) for lon, lat in positions)]


def _position(value: Any, where: str) -> tuple[float, float]:
    if not isinstance(value, list) or len(value) < 2 or not all(isinstance(one, float) and math.isfinite(one) for one in value[:2]):
        raise NoShape(f"{where} is no position: longitude and latitude, in degrees")
    lon, lat = value[:2]
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise NoShape(f"{where} lies not on the earth: longitude from -180 to 180 comes first, then latitude from -90 to 90")
    return lon, lat


def _within(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name
