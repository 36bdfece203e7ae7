"""What a sheet shows of the earth, as paths of SVG (whole numbers, each point by its distance from the one before: few bytes)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from sitegen.cartography.earth import CONTINENT, COUNTRY, DE_FACTO, REGION, WORLD, Area, Earth, Line
from sitegen.cartography.sheets import BREADTHS, HEIGHT, WHOLE, WIDTH, Sheet, apart, near
from sitegen.model.atlas import Shape
from sitegen.model.digest import Digest

Point = tuple[float, float]
MARGIN = 12
"""By which what is drawn goes beyond the sheet: ends of lines, and edges that cutting makes, are not seen."""
NEAR = {REGION: 2.2, COUNTRY: 2.2, CONTINENT: 3.0, WORLD: 4.0}
"""Points of a path are not nearer to one another, by the level of the base map."""
SHORT = 6
"""Length of the shortest line that is drawn on a coarse sheet."""
SMALL = 24
"""Square units of the smallest land that is drawn."""
PLAIN = 12
"""Units across from which on what is drawn of a place is seen without a mark."""
LARGE = 1280
"""Kilometres across the largest sheet on which it is looked where a country's name has room; on larger ones it stands where Natural Earth
has it."""
COLUMNS, ROWS = 12, 8
"""Of the points by which it is seen which country lies where."""
MANY = 30
"""Names of countries on a large sheet."""
SEEN = 3
"""Of these points in a country whose name is written."""


class Written(NamedTuple):
    """The name of a country, and where it may stand: the best place first."""

    code: str
    spots: tuple[Point, ...]


class Drawn(NamedTuple):
    """A sheet's paths. `names`: of the countries on it."""

    land: str
    lakes: str
    rivers: str
    borders: str
    disputed: str
    names: tuple[Written, ...]


@dataclass(frozen=True)
class Outline:
    """A shape that is known by its digest alone, so that its points are not looked at where it has been drawn before."""

    digest: Digest
    shape: Shape = field(compare=False)


INSET_WIDTH, INSET_HEIGHT = 168, 86
"""Of the world in the corner of a sheet."""
INSET = INSET_WIDTH / WIDTH


def in_inset(lat: float, lon: float) -> Point:
    """Where a place lies on the world in the corner."""
    x, y = Sheet(0, 0, WHOLE).at(lat, lon)
    return x * INSET, y * INSET - (HEIGHT * INSET - INSET_HEIGHT) / 2


def world(earth: Earth) -> str:
    """The land of the world in the corner: made once, with the base map (`Earth.inset`)."""
    out = []
    for line in earth.lines(WORLD, "land", *Sheet(0, 0, WHOLE).bounds):
        points = [in_inset(lat, lon) for lat, lon in zip(line.lats, line.lons, strict=True)]
        kept = _thinned(points, 3.0)
        if len(kept) > 4:
            out.append(path_of(kept) + "z")
    return "".join(out)


@lru_cache(maxsize=256)
def drawn(earth: Earth, sheet: Sheet, view: str) -> Drawn:
    """What a sheet shows, with the borders by a point of view."""
    west, south, east, north = sheet.bounds

    def lines(layer: str) -> Iterator[Line]:
        return earth.lines(sheet.level, layer, west, south, east, north)

    borders: tuple[list[str], list[str]] = ([], [])
    for line in lines("borders"):
        kind = earth.kind(line.number, view)
        if kind < 2:
            borders[kind].extend(_strokes(sheet, line))
    return Drawn(
        land="".join(path for line in lines("land") for path in _filled(sheet, line, SMALL)),
        lakes="".join(path for line in lines("lakes") for path in _filled(sheet, line, SMALL)),
        rivers="".join(path for line in lines("rivers") for path in _strokes(sheet, line)),
        borders="".join(borders[0]),
        disputed="".join(borders[1]),
        names=_names(earth, sheet, view) if 0 < sheet.across <= LARGE else _known_names(earth, sheet, view),
    )


@lru_cache(maxsize=32)
def country(earth: Earth, sheet: Sheet, code: str, view: str) -> str:
    """The area of a country on a sheet."""
    return "".join(path for area in earth.areas_of(code, view) for ring in area.rings for path in _filled(sheet, ring, SMALL))


@lru_cache(maxsize=32)
def claimed(earth: Earth, sheet: Sheet, code: str) -> str:
    """The areas of which it is in dispute whether they are a country's, on a sheet."""
    return "".join(path for area in earth.claimed(code) for ring in area.rings for path in _filled(sheet, ring, SMALL))


@lru_cache(maxsize=64)
def shape(sheet: Sheet, outline: Outline) -> str:
    """An outline, or the line that a place is, on a sheet."""
    lines = (Line(list(lons), list(lats), 0) for lons, lats in outline.shape.lines)
    return "".join(path for line in lines for path in (_filled(sheet, line, 0) if outline.shape.closed else _strokes(sheet, line)))


@lru_cache(maxsize=64)
def is_plain(path: str) -> bool:
    """Whether something of what is drawn is so large that it is seen without a mark.

    >>> is_plain("M3 4l20 3 0-9z"), is_plain("M300 400l2 3 0-1zM3 4l5 1"), is_plain("")
    (True, False, False)
    """
    for part in path.split("M"):
        steps = [int(number) for number in re.findall("-?[0-9]+", part)]
        for along in (steps[2::2], steps[3::2]):
            reached = list(accumulate(along, initial=0))
            if max(reached) - min(reached) >= PLAIN:
                return True
    return False


def _filled(sheet: Sheet, line: Line, least: float) -> Iterator[str]:
    """A ring, cut at the edge of the sheet."""
    points = _placed(sheet, line)
    if not points:
        return
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    if right < 0 or left > WIDTH or bottom < 0 or top > HEIGHT or (right - left) * (bottom - top) < least:
        return
    if left < -MARGIN or right > WIDTH + MARGIN or top < -MARGIN or bottom > HEIGHT + MARGIN:
        points = cut(points, -MARGIN, -MARGIN, WIDTH + MARGIN, HEIGHT + MARGIN)
    whole = _thinned(points, NEAR[sheet.level])
    if len(whole) > 2:
        yield path_of(whole) + "z"


def _strokes(sheet: Sheet, line: Line) -> Iterator[str]:
    """The parts of a line that can be seen."""
    run: list[Point] = []
    before: Point | None = None
    points = _placed(sheet, line)
    if sheet.level == WORLD and sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(points)) < SHORT:
        return
    for point in points:
        if before is not None and _is_seen(before, point):
            run = run or [before]
            run.append(point)
        elif run:
            yield path_of(_thinned(run, NEAR[sheet.level]))
            run = []
        before = point
    if run:
        yield path_of(_thinned(run, NEAR[sheet.level]))


def _placed(sheet: Sheet, line: Line) -> list[Point]:
    """Where the points of a line lie; none where the whole of it is beyond the sheet, or on the other half of the globe: a ring that holds
    the antipode would be turned inside out."""
    west, south, east, north = sheet.bounds
    left, right = min(line.lons), max(line.lons)
    turn = near((left + right) / 2, (west + east) / 2) - (left + right) / 2
    if right + turn < west or left + turn > east or max(line.lats) < south or min(line.lats) > north:
        return []
    if sheet.across == BREADTHS[-1] and not any(map(sheet.faces, line.lats, line.lons)):
        return []
    return sheet.project(line.lats, line.lons)


def _is_seen(a: Point, b: Point) -> bool:
    return not (max(a[0], b[0]) < 0 or min(a[0], b[0]) > WIDTH or max(a[1], b[1]) < 0 or min(a[1], b[1]) > HEIGHT)


def cut(points: Sequence[Point], left: float, top: float, right: float, bottom: float) -> list[Point]:
    """A ring, cut by a box (Sutherland and Hodgman, 1974).

    >>> cut([(0, 0), (4, 0), (4, 4), (0, 4)], 2, -1, 9, 9)
    [(2.0, 0.0), (4, 0), (4, 4), (2.0, 4.0)]
    """
    found = list(points)
    for axis, edge, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        if not found:
            break
        out: list[Point] = []
        before = found[-1]
        was = (before[axis] - edge) * sign
        for point in found:
            now = (point[axis] - edge) * sign
            if (now >= 0) != (was >= 0):
                part = was / (was - now)
                out.append((before[0] + (point[0] - before[0]) * part, before[1] + (point[1] - before[1]) * part))
            if now >= 0:
                out.append(point)
            before, was = point, now
        found = out
    return found


def _thinned(points: Sequence[Point], near: float) -> list[tuple[int, int]]:
    """The points in whole numbers, without those that are too near to be told apart; the last one stays."""
    last_x, last_y = points[0] if points else (0.0, 0.0)
    out = [(round(last_x), round(last_y))] if points else []
    for x, y in points[1:-1]:
        if abs(x - last_x) + abs(y - last_y) >= near:
            last_x, last_y = x, y
            out.append((round(x), round(y)))
    if len(points) > 1 and (end := (round(points[-1][0]), round(points[-1][1]))) != out[-1]:
        out.append(end)
    return out


def path_of(points: Sequence[tuple[int, int]]) -> str:
    """A path through points.

    >>> path_of([(3, 4), (5, 1), (5, 0)])
    'M3 4l2-3 0-1'
    """
    parts = []
    before_x, before_y = points[0]
    for x, y in points[1:]:
        dx, dy = x - before_x, y - before_y
        parts.append(f"{dx if dx < 0 else f' {dx}'}{dy if dy < 0 else f' {dy}'}")
        before_x, before_y = x, y
    return f"M{points[0][0]} {points[0][1]}l{''.join(parts).lstrip()}" if parts else ""


def _names(earth: Earth, sheet: Sheet, view: str) -> tuple[Written, ...]:
    """The countries that take up enough of a sheet, and where their names may stand: of points on a grid those that lie in them, from the
    middle of these outwards. Where no point of view is asked for, nothing is written where it is in dispute whose land it is."""
    inside: dict[str, list[Point]] = {}
    owners = earth.owners(view)
    for row in range(1, ROWS - 1):
        for column in range(2, COLUMNS - 2):
            x, y = (column + 0.5) * WIDTH / COLUMNS, (row + 0.5) * HEIGHT / ROWS
            number = earth.area_near(*sheet.back(x, y))
            if number >= 0 and (view != DE_FACTO or number not in earth.contested):
                inside.setdefault(owners[number], []).append((x, y))
    out = []
    for code, spots in sorted(inside.items(), key=lambda one: (-len(one[1]), one[0])):
        if len(spots) >= SEEN:
            x, y = sum(x for x, _ in spots) / len(spots), sum(y for _, y in spots) / len(spots)
            nearest = sorted(spots, key=lambda spot: (spot[0] - x) ** 2 + 4 * (spot[1] - y) ** 2)
            out.append(Written(code, tuple(nearest[:24])))
    return tuple(out)


def _known_names(earth: Earth, sheet: Sheet, view: str) -> tuple[Written, ...]:
    """The countries whose names stand on a large sheet, the largest first; where a point of view gives one to another it has none."""
    owned = set(earth.owners(view))
    out = []
    for one in earth.countries.values():
        if sheet.across and apart(sheet.lat, sheet.lon, one.lat, one.lon) > sheet.across:
            continue
        x, y = sheet.at(one.lat, near(one.lon, sheet.lon))
        if one.code in owned and 0 < x < WIDTH and 0 < y < HEIGHT:
            out.append(Written(one.code, ((x, y),)))
    return tuple(out[:MANY])


def box_of(areas: Iterable[Area]) -> list[tuple[float, float]]:
    """Corners of the box around areas, as latitude and longitude: of a country with far islands, of its largest area."""
    largest = max(areas, key=lambda one: (one.east - one.west) * (one.north - one.south))
    return [(largest.south, largest.west), (largest.north, largest.east), (largest.south, largest.east), (largest.north, largest.west)]
