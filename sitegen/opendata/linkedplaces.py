"""The places as GeoJSON in the Linked Places Format 1.1, with the context by which it is JSON-LD too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from sitegen import urls
from sitegen.archive.index import address_of
from sitegen.model.kinds import PLACES
from sitegen.opendata.types import About, Asked

CONTEXT = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"
WIKIDATA, GEONAMES = "http://www.wikidata.org/entity/", "https://sws.geonames.org/"
WITHIN = "gvp:broaderPartitive"
"""How the vocabulary of the Getty, which the format takes, says that a place is part of another."""


def places(asked: Asked, about: About) -> Iterator[bytes]:
    """All places: one that has no point has no geometry, and its names and links all the same.

    `precision` says what a point stands for; of an area it is about the middle, and no more. The format wants a time for each place, for
    which its names are those: nobody says one here, and none is made up.
    """
    yield b'{"@context":' + msgspec.json.encode(CONTEXT) + b',"type":"FeatureCollection","features":['
    before = b"\n"
    titles = dict(asked.rows(f"SELECT id, name FROM {PLACES.plural}"))
    for one in asked.named(f"SELECT * FROM {PLACES.plural} ORDER BY id"):
        names = [name for (name,) in asked.rows("SELECT name FROM place_names WHERE place = ? ORDER BY number", one["id"])]
        yield before + msgspec.json.encode(_feature(one, names, titles, about))
        before = b",\n"
    yield b"\n]}\n"


def _feature(one: dict[str, Any], names: list[str], titles: dict[str, str], about: About) -> dict[str, Any]:
    spot = [one["longitude"], one["latitude"]] if "latitude" in one and "longitude" in one else None
    cited = [{"label": about.title, "@id": one["url"]}]
    links = [WIKIDATA + one["wikidata"]] if "wikidata" in one else []
    links += [f"{GEONAMES}{one['geonames']}/"] if "geonames" in one else []
    out: dict[str, Any] = {
        "@id": one["url"],
        "type": "Feature",
        "properties": {key: one[key] for key in ("id", "kind", "precision") if key in one} | {"title": one["name"]},
        "names": [{"toponym": name, "citations": cited} for name in names],
        "types": [{"label": one["kind"], "sourceLabels": [{"label": one["kind"], "lang": "en"}]}],
        "geometry": {"type": "Point", "coordinates": spot} if spot else None,
        "links": [{"type": "closeMatch", "identifier": link} for link in links],
    }
    if "parent" in one:
        above = about.base_url + urls.encoded(address_of(PLACES.key(one["parent"])))
        out["relations"] = [{"relationType": WITHIN, "relationTo": above, "label": titles[one["parent"]]}]
    return out
