"""A piece of the base map on which an editor sets a point: as maps of pages are drawn, around any middle."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from sitegen.cartography.drawing import drawn
from sitegen.cartography.earth import Earth
from sitegen.cartography.lettering import Plate
from sitegen.cartography.sheets import BREADTHS, HEIGHT, WIDTH, Sheet

ACROSS = (20, 40, 80, *BREADTHS[:-1])
"""Kilometres that may be across. Below 160 the base map shows no more than it knows, and a point can be set the closer."""
NAMED = 60
"""Places of the archive whose names are written, where there is room."""
DOT = 6
"""The radius of a place's mark, in units of a sheet."""


def piece(lat: float, lon: float, level: int, earth: Earth, view: str, places: Iterable[tuple[str, float, float]]) -> dict[str, Any]:
    """The sheet of a level (an index of `ACROSS`) around a middle: its paths, and the archive's places on it."""
    sheet = _sheet(lat, lon, level)
    found = drawn(earth, sheet, view)
    layers = (
        ("land", found.land),
        ("lake", found.lakes),
        ("river", found.rivers),
        ("border", found.borders),
        ("border disputed", found.disputed),
    )
    placed = [(title, *sheet.at(north, east)) for title, north, east in places if sheet.faces(north, east)]
    seen = [(title, x, y) for title, x, y in placed if 0 < x < WIDTH and 0 < y < HEIGHT]
    plate = Plate()
    for _, x, y in seen:
        plate.keep(x, y, DOT)
    shown = [
        {"x": round(x), "y": round(y), "name": title, "label": plate.beside(title, x, y, DOT) if number < NAMED else None}
        for number, (title, x, y) in enumerate(seen)
    ]
    names = [{"name": one.code, "x": one.spots[0][0], "y": one.spots[0][1]} for one in found.names if one.spots]
    return {
        "wide": WIDTH,
        "high": HEIGHT,
        "level": level,
        "levels": len(ACROSS),
        "across": sheet.across,
        "paths": [{"kind": kind, "path": path} for kind, path in layers if path],
        "places": shown,
        "countries": names,
    }


def spot(lat: float, lon: float, level: int, x: float, y: float) -> tuple[float, float]:
    """Where a point of that sheet lies, in degrees, as closely as the sheet tells."""
    sheet = _sheet(lat, lon, level)
    north, east = sheet.back(x, y)
    digits = max(1, min(5, round(math.log10(111_000 / (sheet.across * 1000 / WIDTH)))))
    return round(north, digits), round((east + 540) % 360 - 180, digits)


def _sheet(lat: float, lon: float, level: int) -> Sheet:
    return Sheet(max(-85.0, min(85.0, lat)), (lon + 540) % 360 - 180, ACROSS[max(0, min(len(ACROSS) - 1, level))])
