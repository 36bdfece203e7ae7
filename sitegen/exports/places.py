"""All places as GeoJSON (RFC 7946), and by what the script of the map chooses among them."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from sitegen import urls
from sitegen.archive.index import address_of
from sitegen.model.article import Card, EntryCard, Key
from sitegen.model.atlas import Trace, trace_key
from sitegen.model.kinds import CLAIMS, SOURCES
from sitegen.model.pages import MapData, MapPage
from sitegen.model.site import SiteCard
from sitegen.model.tally import Tally, tally_key
from sitegen.speech import speech_of
from sitegen.views import words

_encode = msgspec.json.Encoder().encode


def places(page: MapPage, site: SiteCard, cards: Mapping[Key, Card]) -> bytes:
    """The places as a collection of points. `precision` says what each point stands for; of an area it is about the middle, and no more."""
    speech = speech_of(site.language)
    features = []
    for key in page.places:
        card, tally = cards.get(key), cards.get(tally_key(key))
        if isinstance(card, EntryCard) and card.spot is not None:
            properties = {
                "name": card.title,
                "kind": card.category,
                "label": words.category(speech, card.kind, card.category),
                "precision": card.spot.precision,
                "articles": tally.articles if isinstance(tally, Tally) else 0,
                "url": site.base_url + urls.encoded(address_of(key)),
            }
            point = {"type": "Point", "coordinates": [card.spot.lon, card.spot.lat]}
            features.append({"type": "Feature", "id": card.stem, "geometry": point, "properties": properties})
    return b'{"type":"FeatureCollection","features":[\n' + b",\n".join(_encode(one) for one in features) + b"\n]}\n"


def map_data(page: MapData, site: SiteCard, cards: Mapping[Key, Card]) -> bytes:
    """Which articles lead to each place, for the script of the map.

    `months`, `sources` (titles), `kinds` of claims (id and label) and `topics` (title, and the articles that lead there) are named by their
    numbers. `places`: by id a list of articles, each its number, its month or -1, the sources and the kinds of claims about the place.
    """
    speech = speech_of(site.language)
    traces = [(key, one) for key in page.places if isinstance(one := cards.get(trace_key(key)), Trace)]
    articles: dict[str, int] = {}
    months = sorted({month for _, trace in traces for _, month, _, _ in trace.found if month})
    month_of = {month: number for number, month in enumerate(months)}
    sources: dict[str, int] = {}
    kinds: dict[str, int] = {}
    claim_kinds = {
        key: card.category for key in page.others if isinstance(card := cards.get(key), EntryCard) and card.kind == CLAIMS.plural
    }
    found: dict[str, list[list[object]]] = {}
    for key, trace in traces:
        found[key.partition("/")[2]] = [
            [
                articles.setdefault(stem, len(articles)),
                month_of.get(month, -1),
                [sources.setdefault(one, len(sources)) for one in said_by if one in cards],
                sorted({kinds.setdefault(claim_kinds[one], len(kinds)) for one in claims if one in claim_kinds}),
            ]
            for stem, month, said_by, claims in trace.found
        ]
    topics = []
    for key in page.topics:
        traced, card = cards.get(trace_key(key)), cards.get(key)
        if isinstance(traced, Trace) and isinstance(card, EntryCard):
            about = sorted(articles[stem] for stem, *_ in traced.found if stem in articles)
            if about:
                topics.append([card.title, about])
    return (
        _encode(
            {
                "months": months,
                "sources": [title_of(cards, key) for key in sources],
                "kinds": [[kind, words.category(speech, CLAIMS.plural, kind)] for kind in kinds],
                "topics": topics,
                "places": found,
            }
        )
        + b"\n"
    )


def title_of(cards: Mapping[Key, Card], key: Key) -> str:
    card = cards.get(key)
    return card.title if isinstance(card, EntryCard) else key.removeprefix(SOURCES.key(""))
