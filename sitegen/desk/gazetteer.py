"""What the gazetteer knows under the name of a place, as a page of a place would say it."""

from __future__ import annotations

from functools import lru_cache

from sitegen.cartography.sheets import apart
from sitegen.importer.gazetteer import Gazetteer, key_of

FOUND = 12
"""Places that are proposed for one name."""
_PRECISION = dict(zip(("river", "sea", "area", "site"), ("line", "region", "region", "point"), strict=True))
_PRECISION |= {kind: kind for kind in ("country", "region", "district")}
"""What the point of a place of some kinds stands for; of all others a settlement."""


@lru_cache(maxsize=1)
def _gazetteer() -> Gazetteer:
    return Gazetteer()


def places_of(name: str, near: tuple[float, float] | None = None) -> list[dict[str, str]]:
    """The places that bear a name, the best known first; `near`: with how far they lie from there."""
    out = []
    for one in _gazetteer().found(key_of(name))[:FOUND]:
        if one.lat is None or one.lon is None:
            continue
        told = {
            "name": one.name, "kind": one.kind, "country": one.country, "lat": f"{one.lat:g}", "lon": f"{one.lon:g}",
            "precision": _PRECISION.get(one.kind, "settlement"), "people": f"{one.population:,}" if one.population else "",
        }  # fmt: skip
        if near is not None:
            told["away"] = f"{apart(*near, one.lat, one.lon):,.0f} km"
        out.append(told)
    return out
