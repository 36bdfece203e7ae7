"""The page of the map: all places, drawn as clusters, and listed beside."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sitegen.archive.lists import natural
from sitegen.cartography.sheets import HEIGHT, WIDTH, Sheet, near, sheet_of
from sitegen.model.article import EntryCard
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
CLOSE = 56
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
    listed = sorted(by_count[:LISTED], key=lambda card: (natural(card.title), card.stem))
    title = shelf.speech.gettext(_TITLE)
    places = words.title(shelf.speech, PLACES.plural)
    return MapPageView(
        frame=shelf.frame(page.template, title, page.address, page.address.strip("/")),
        title=title,
        map=base_view(sheet, shelf),
        clusters=_clusters(by_count, counts, sheet, shelf),
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


def _clusters(cards: Sequence[EntryCard], counts: dict[str, int], sheet: Sheet, shelf: Shelf) -> tuple[ClusterView, ...]:
    """The places by the cells of a grid; each cluster stands where its first place does, that to which most articles lead."""
    cells: dict[tuple[int, int], list[tuple[float, float, EntryCard]]] = {}
    for card in cards:
        if card.spot:
            x, y = sheet.at(card.spot.lat, near(card.spot.lon, sheet.lon))
            cells.setdefault((int(x // CLOSE), int(y // CLOSE)), []).append((x, y, card))
    most = max(1, max((sum(counts[card.key] for _, _, card in some) for some in cells.values()), default=1))
    out = []
    for some in cells.values():
        x, y, first = some[0]
        articles = sum(counts[card.key] for _, _, card in some)
        radius = round(SMALLEST + (LARGEST - SMALLEST) * (articles / most) ** 0.5)
        if 0 <= x <= WIDTH and 0 <= y <= HEIGHT:
            out.append(ClusterView(round(x), round(y), radius, len(some), shelf.card(first)))
    return tuple(sorted(out, key=lambda one: -one.r))


def origin_of(url: str) -> str:
    """The host of an address, as the Content Security Policy names it.

    >>> origin_of("https://t.example.org/{z}/{x}/{y}.png")
    'https://t.example.org'
    """
    found = re.match(r"https://[^/]+", url)
    return found.group() if found else ""
