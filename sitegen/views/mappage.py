"""The page of the map: all places, drawn as clusters, and listed beside."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from sitegen.archive.lists import natural
from sitegen.cartography.sheets import HEIGHT, WIDTH, Sheet, near, sheet_of
from sitegen.model.article import EntryCard, Key
from sitegen.model.kinds import PLACES
from sitegen.model.pages import MapPage
from sitegen.model.speech import message
from sitegen.model.tally import Tally, tally_key
from sitegen.views import words
from sitegen.views.maps import base_view, closer
from sitegen.views.shelf import Shelf
from sitegen.views.types import ClusterView, LinkView, MapPageView, MapPlaceView

LISTED = 500
"""Places in the list beside the map; the list of places has them all."""
CLOSE = 64
"""Places whose marks would be nearer to one another are a cluster, in halves of a pixel."""
SMALLEST, LARGEST = 8, 44
_TITLE = message("Map")


def map_page_view(page: MapPage, shelf: Shelf) -> MapPageView:
    """The view of the page of the map."""
    maps = shelf.site.maps
    assert maps is not None
    cards = [card for card in shelf.entries(page.places) if card.spot is not None]
    counts = {card.key: articles_of(card, shelf) for card in cards}
    by_count = sorted(cards, key=lambda card: (-counts[card.key], card.key))
    spots = [(card.spot.lat, card.spot.lon) for card in cards if card.spot]
    sheet = closer(spots, sheet_of(spots))
    clusters = _clusters(by_count, counts, sheet, shelf)
    listed = sorted(by_count[:LISTED], key=lambda card: (natural(card.title), card.stem))
    title = shelf.speech.gettext(_TITLE)
    places = words.title(shelf.speech, PLACES.plural)
    return MapPageView(
        frame=shelf.frame(page.template, title, page.address, page.address.strip("/")),
        title=title,
        map=msgspec.structs.replace(base_view(sheet, shelf), is_disputed=True),  # the script shows the whole world
        clusters=clusters,
        left_out=len(cards) - sum(one.count for one in clusters),
        places=tuple(
            MapPlaceView(shelf.card(card), counts[card.key], words.said(shelf.speech, words.PRECISIONS, card.spot.precision))
            for card in listed
            if card.spot
        ),
        total=len(cards),
        all=LinkView(places, shelf.href(f"{PLACES.plural}/")),
        data={
            "places": shelf.href(f"{page.address}places.geojson"),
            "articles": shelf.href(f"{page.address}articles.json"),
            "base": shelf.href(maps.base),
        },
        tiles=maps.tiles[0],
        credit=maps.tiles[1],
        view=shelf.earth.views.index(maps.borders) if shelf.earth else 0,
    )


def articles_of(card: EntryCard, shelf: Shelf) -> int:
    """How many articles lead to a place."""
    tally = shelf.cards.get(tally_key(card.key))
    return tally.articles if isinstance(tally, Tally) else 0


def _clusters(cards: Sequence[EntryCard], counts: Mapping[Key, int], sheet: Sheet, shelf: Shelf) -> tuple[ClusterView, ...]:
    """The places as clusters: each joins the first that is near it. They come with those first to which most articles lead, and a cluster
    stands where its first place does."""
    located = [(card, card.spot) for card in cards if card.spot]
    placed = sheet.project([spot.lat for _, spot in located], [near(spot.lon, sheet.lon) for _, spot in located])
    cells: dict[tuple[int, int], list[_Cluster]] = {}
    for (card, _), (x, y) in zip(located, placed, strict=True):
        if not (0 <= x <= WIDTH and 0 <= y <= HEIGHT):
            continue
        column, row = int(x // CLOSE), int(y // CLOSE)
        around = (one for up in (-1, 0, 1) for side in (-1, 0, 1) for one in cells.get((column + side, row + up), ()))
        joined = next((one for one in around if math.hypot(one.x - x, one.y - y) < CLOSE), None)
        if joined is None:
            joined = _Cluster(card, x, y)
            cells.setdefault((column, row), []).append(joined)
        joined.count += 1
        joined.articles += counts[card.key]
    clusters = [one for some in cells.values() for one in some]
    most = max((one.articles for one in clusters), default=0) or 1
    out = []
    for one in clusters:
        radius = round(SMALLEST + (LARGEST - SMALLEST) * (one.articles / most) ** 0.5)
        out.append(ClusterView(round(one.x), round(one.y), radius, one.count, shelf.card(one.first)))
    return tuple(sorted(out, key=lambda one: (-one.r, one.place.href)))


@dataclass
class _Cluster:
    first: EntryCard
    x: float
    y: float
    count: int = 0
    articles: int = 0


def origin_of(url: str) -> str:
    """The host of an address, as the Content Security Policy names it.

    >>> origin_of("https://t.example.org/{z}/{x}/{y}.png")
    'https://t.example.org'
    """
    found = re.match(r"https://[^/]+", url)
    return found.group() if found else ""
