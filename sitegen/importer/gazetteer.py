"""The gazetteer: which places bear a name. Its data is a compact extract of GeoNames and others (`data/LICENCE.md`).

Nothing of it is held in memory: a name is asked for, and a text asks for some hundred.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

SHIPPED = Path(__file__).parent / "data/places.db"


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


def key_of(name: str) -> str:
    """The form by which a name is looked up: small letters without accents, words with a space between.

    >>> key_of("Dayr Az-Zawr"), key_of("Rhône"), key_of("Sana'a")
    ('dayr az zawr', 'rhone', 'sanaa')
    """
    folded = name.casefold()
    if not folded.isascii():
        folded = "".join(char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", re.sub(r"['’ʼ]", "", folded)))


class Gazetteer:
    """An open gazetteer."""

    def __init__(self, path: Path = SHIPPED) -> None:
        self.connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        self.found = lru_cache(maxsize=20_000)(self._found)

    def _found(self, key: str) -> tuple[Entry, ...]:
        """The places that bear a name (as `key_of` gives it): those that are called so before those that are also called so."""
        rows = self.connection.execute("select place.* from name join place on place.id = name.place where name.key = ?", (key,))
        entries = [Entry(*row) for row in rows]
        return tuple(sorted(entries, key=lambda one: (key_of(one.name) != key, -one.population, one.id)))
