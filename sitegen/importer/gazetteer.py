"""The gazetteer: which places bear a name. Its data is a compact extract of GeoNames and others (`data/LICENCE.md`).

Nothing of it is held in memory: a name is asked for, and a text asks for some hundred.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent / "data"
SHIPPED = HERE / "places.db"
WORD, FIRST_NAME, SURNAME = 1, 2, 4
"""What the name of a place is besides: a word of English, a person's first name, a surname."""


def is_of_the_gazetteer(tag: str) -> bool:
    """Whether the gazetteer calls places as a language does: another name of one is there an alias, or of another language."""
    return tag.startswith("en")


class Entry(NamedTuple):
    """A place of the gazetteer; `country` is its ISO code, `lat` and `lon` are missing where it is drawn as no point."""

    id: int
    name: str
    kind: str
    country: str
    region: str
    lat: float | None
    lon: float | None
    population: int


@lru_cache(maxsize=20_000)
def key_of(name: str) -> str:
    """The form by which a name is looked up: small letters without accents, words with a space between.

    >>> key_of("Dayr Az-Zawr"), key_of("Rhône"), key_of("Sana'a")
    ('dayr az zawr', 'rhone', 'sanaa')
    """
    folded = name.casefold()
    if folded.isascii() and folded.isalpha():
        return folded
    if not folded.isascii():
        folded = "".join(char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", re.sub(r"['’ʼ]", "", folded)))


class Gazetteer:
    """An open gazetteer."""

    def __init__(self, path: Path = SHIPPED) -> None:
        self.connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        self.found = lru_cache(maxsize=20_000)(self._found)
        self.besides = lru_cache(maxsize=20_000)(self._besides)

    def _found(self, key: str) -> tuple[Entry, ...]:
        """The places that bear a name (as `key_of` gives it): those that are called so before those that are also called so, the best known
        first."""
        rows = self.connection.execute("select place.* from name join place on place.id = name.place where name.key = ?", (key,))
        entries = [Entry._make((*named, _degrees(lat), _degrees(lon), population)) for *named, lat, lon, population in rows]
        return tuple(sorted(entries, key=lambda one: (key_of(one.name) != key, -_prominence(one), -one.population, one.id)))

    def country(self, code: str) -> tuple[Entry, ...]:
        """The country with this ISO code."""
        row = self.connection.execute("select * from place where kind = 'country' and country = ?", (code,)).fetchone()
        if row is None:
            return ()
        *named, lat, lon, population = row
        return (Entry._make((*named, _degrees(lat), _degrees(lon), population)),)

    def _besides(self, key: str) -> int:
        """What a name of places is besides: the sum of WORD, FIRST_NAME, SURNAME."""
        row = self.connection.execute("select flags from besides where key = ?", (key,)).fetchone()
        return int(row[0]) if row else 0


def _degrees(thousandths: int | None) -> float | None:
    return None if thousandths is None else thousandths / 1000


def _prominence(entry: Entry) -> int:
    """How well known a place is, as if in inhabitants: the gazetteer counts those of settlements and countries only."""
    if entry.kind in ("region", "area", "sea", "river", "site"):
        return 50_000 if entry.region.endswith(".county") else 1_000_000
    return 100_000_000 if entry.kind == "country" else entry.population


@cache
def countries(tag: str) -> dict[str, str]:
    """What a language calls the countries (CLDR), as `key_of` gives it -> ISO code; nothing of a language that CLDR does not know."""
    from babel import Locale, UnknownLocaleError

    try:
        named = Locale.parse(tag.replace("-", "_")).territories
    except (ValueError, UnknownLocaleError):
        return {}
    return {key_of(name): code for code, name in named.items() if len(code) == 2 and code.isalpha()}


@cache
def first_names() -> dict[str, str]:
    """Given names of many countries as they are written, each with "m" or "f" where it is given to men or to women only."""
    lines = (HERE / "first_names.tsv").read_text(encoding="utf-8").splitlines()
    return {name: sex for name, _, sex in (line.partition("\t") for line in lines)}
