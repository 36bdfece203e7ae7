"""Where places are, as maps show them."""

from __future__ import annotations

from sitegen.model.base import Value
from sitegen.model.digest import Digest
from sitegen.model.kinds import TOPICS

TRACE = "trace/"
"""With what the keys of the cards of traces begin."""


class Spot(Value, frozen=True):
    """Where a place is, in degrees, and what that stands for: point, settlement, district, region, country or line."""

    lat: float
    lon: float
    precision: str


class Shape(Value, frozen=True):
    """The outline of a place (`closed`: rings), or the line that it is: of each its longitudes and its latitudes. `west` to `north`: the
    degrees between which it lies; east of 180 they go on."""

    closed: bool
    lines: tuple[tuple[tuple[float, ...], tuple[float, ...]], ...]
    west: float
    south: float
    east: float
    north: float


class Maps(Value, frozen=True):
    """What maps are made from: the digest of the base map, and the point of view on borders. `tiles`: the pattern of their addresses, and
    whom they are owed to; both empty without. `page`: whether there is a page of the map; `base`: the address of its own base map."""

    earth: Digest
    borders: str
    tiles: tuple[str, str] = ("", "")
    page: bool = False
    base: str = ""


class Trace(Value, frozen=True, tag=True):
    """Which articles lead to a place or topic: of each its stem, its month (`2022-05`, empty where that is unknown), and of a place the
    sources and claims that it states something about it with."""

    of: str
    found: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...]

    @property
    def key(self) -> str:
        return trace_key(self.of)

    @property
    def is_topic(self) -> bool:
        return self.of.startswith(TOPICS.key(""))


def trace_key(entry: str) -> str:
    """What a trace is called among the cards.

    >>> trace_key("places/kyiv")
    'trace/places/kyiv'
    """
    return f"{TRACE}{entry}"
