"""Maps of places, drawn while the site is built: a sheet of the base map, the places on it by how exactly their location is known, and
where in the world it lies. A point is a dot, a settlement a ring, a district or region its outline or a soft area, a river a line, a
country its borders: nothing pretends to be a point that is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from sitegen.archive.index import address_of
from sitegen.cartography.drawing import (
    INSET,
    INSET_HEIGHT,
    INSET_WIDTH,
    Outline,
    box_of,
    claimed,
    country,
    drawn,
    in_inset,
    is_plain,
    shape,
)
from sitegen.cartography.earth import DE_FACTO, Earth
from sitegen.cartography.lettering import Plate
from sitegen.cartography.sheets import BREADTHS, HEIGHT, WHOLE, WIDTH, Sheet, apart, near, sheet_of
from sitegen.model.article import EntryCard, Key
from sitegen.model.atlas import Shape
from sitegen.model.digest import Digest
from sitegen.views.shelf import Shelf, Store
from sitegen.views.types import InsetView, LinkView, MapLabelView, MapView, MarksView, OutlineView

MOST = 300
"""Places on one map; of more those that are named most come first, as they are given."""
RADII = {"point": 7, "settlement": 9, "district": 34, "region": 60, "line": 34, "country": 60}
"""Of the marks of places, in halves of a pixel. An area without an outline is a soft one of one size: how large it is nobody has said."""
KINDS = {"point": "dot", "settlement": "ring"}
"""Of marks; all others are soft."""
LABELS = 12
"""Places of an article that have their names on its map: the list beside it has them all."""
LEAST = {"point": 640, "settlement": 640, "district": 640, "region": 1280, "line": 1280, "country": 2560}
"""Kilometres across the smallest sheet for a place alone: it is to be seen where it lies."""
CROWD = 5
"""Neighbours that are enough on a smaller sheet."""
EDGE = 8
"""How near to the edge of a sheet a place may lie."""
FAR = 4
"""Of the places of an article a quarter may be left out where the others then have a sheet four times as large."""


class Shaped(NamedTuple):
    """An outline, and whether it is that of the place itself."""

    outline: Outline
    is_own: bool


def place_map(
    card: EntryCard, neighbours: Sequence[EntryCard], shapes: Sequence[tuple[Key, Digest]], shelf: Shelf, store: Store
) -> MapView | None:
    """The map of one place, with those near it."""
    earth, maps = shelf.earth, shelf.site.maps
    if earth is None or maps is None or card.spot is None:
        return None
    spot, own = card.spot, [Shaped(Outline(digest, store.value(digest, Shape)), key == card.key) for key, digest in shapes]
    outline = [one.outline for one in own if one.is_own]
    spots = [(spot.lat, spot.lon)]
    if outline:
        spots = _corners(outline[0].shape)
    elif spot.precision == "country":
        code = _code(card, earth, maps.borders)
        spots = box_of(areas) if (areas := earth.areas_of(code, maps.borders)) else spots
    least = LEAST[spot.precision] if not outline else BREADTHS[1]
    if least == LEAST["point"] and not outline:
        least = _least(spot.lat, spot.lon, neighbours)
    return _map([card], neighbours, own, sheet_of(spots, least), shelf)


def places_map(cards: Iterable[EntryCard], shelf: Shelf) -> MapView | None:
    """The map of several places; None where none of them has a location. The sheet is that of the finest that are known:
    a country is shown where nothing else is."""
    earth, maps = shelf.earth, shelf.site.maps
    located = [card for card in cards if card.spot is not None]
    if earth is None or maps is None or not located:
        return None
    fine = [card for card in located if card.spot and card.spot.precision in ("point", "settlement", "district")]
    middling = [card for card in located if card.spot and card.spot.precision in ("region", "line")]
    spots = [(card.spot.lat, card.spot.lon) for card in fine or middling or located if card.spot]
    sheet = sheet_of(spots, LEAST["point"] if fine else LEAST["region"] if middling else LEAST["country"])
    sheet = closer(spots, sheet)
    if len(located) == 1 and located[0].spot and located[0].spot.precision == "country":
        code = _code(located[0], earth, maps.borders)
        if areas := earth.areas_of(code, maps.borders):
            sheet = sheet_of(box_of(areas))
    return _map([*fine, *middling] or located, (), (), sheet, shelf)


def closer(spots: Sequence[tuple[float, float]], sheet: Sheet) -> Sheet:
    """A sheet for most of some places, where it shows them much larger than that for all."""
    if len(spots) >= FAR:
        lat, lon = (sorted(one)[len(spots) // 2] for one in zip(*spots, strict=True))
        nearest = sorted(spots, key=lambda one: apart(lat, lon, *one))
        close = sheet_of(nearest[: len(nearest) - len(nearest) // FAR], LEAST["point"])
        if close.across and (not sheet.across or close.across * FAR <= sheet.across):
            return close
    return sheet


def base_view(sheet: Sheet, shelf: Shelf) -> MapView:
    """A sheet without places."""
    return _map((), (), (), sheet, shelf)


def _map(subjects: Sequence[EntryCard], others: Sequence[EntryCard], shapes: Sequence[Shaped], sheet: Sheet, shelf: Shelf) -> MapView:
    earth, maps = shelf.earth, shelf.site.maps
    assert earth is not None
    assert maps is not None
    found = drawn(earth, sheet, maps.borders)
    plate = Plate()
    on_it = _seen(sheet, subjects)
    left_out, seen = len(subjects) - len(on_it), on_it[:MOST]
    countries = (card for card, _, _ in seen if card.spot and card.spot.precision == "country")
    codes = {card.key: code for card in countries if (code := _code(card, earth, maps.borders))}
    areas = {key: country(earth, sheet, code, maps.borders) for key, code in codes.items()}
    outlines = [(shape(sheet, one.outline), one) for one in shapes]
    known = areas | {card.key: path for card in subjects for path, one in outlines if one.is_own}
    beside = _seen(sheet, others)
    marks: dict[tuple[bool, str], list[str]] = {}
    wanted = []
    for (card, x, y), is_subject in (*((one, False) for one in beside), *((one, True) for one in seen)):
        assert card.spot is not None
        kind, radius = KINDS.get(card.spot.precision, "soft"), RADII[card.spot.precision]
        if kind == "soft" and is_subject and is_plain(known.get(card.key, "")):
            radius = 0  # it is drawn as it is
        elif kind == "soft" and (not is_subject or card.key in known):
            radius = RADII["district"] * 2 // 3
        if radius:
            marks.setdefault((is_subject, kind), []).append(_circle(x, y, radius))
        away = 6 if kind == "soft" else radius
        plate.keep(x, y, max(away, 10 if kind == "soft" else 0))
        wanted.append((card, x, y, away, is_subject))
    inset = _inset(earth, sheet, [(x, y) for _, x, y, _, _ in wanted]) if sheet.across and sheet.across <= BREADTHS[-2] else None
    if inset:
        plate.taken.append((inset.x - 4, inset.y - 4, inset.x + inset.width + 4, inset.y + inset.height + 4))
    labels = []
    wanted.sort(key=lambda one: not one[-1])  # what the page is about comes first
    for card, x, y, away, is_subject in wanted[:LABELS]:
        text = _short(card.title)
        label = plate.beside(text, x, y, away)
        if label:
            href = "" if is_subject else shelf.href(address_of(card.key))
            labels.append(MapLabelView(text, label.x, label.y, label.anchor, href, is_subject))
    names = []
    for one in found.names:
        name = _name(earth, one.code, shelf.site.language.tag)
        label = plate.within(name, one.spots)
        if label:
            names.append(MapLabelView(name, label.x, label.y, label.anchor))
    return MapView(
        width=WIDTH,
        height=HEIGHT,
        land=found.land,
        lakes=found.lakes,
        rivers=found.rivers,
        borders=found.borders,
        disputed=found.disputed,
        area="".join(areas.values()),
        claimed="".join(claimed(earth, sheet, code) for code in codes.values()) if maps.borders == DE_FACTO else "",
        outlines=tuple(OutlineView(path, one.outline.shape.closed, one.is_own) for path, one in outlines if path),
        names=tuple(names),
        marks=tuple(MarksView(kind, "".join(paths), is_subject) for (is_subject, kind), paths in marks.items()),
        labels=tuple(labels),
        inset=inset,
        borders_by="" if maps.borders == DE_FACTO else maps.borders,
        is_disputed=bool(found.disputed) or (maps.borders != DE_FACTO and bool(found.borders)),
        near=tuple(LinkView(card.title, shelf.href(address_of(card.key))) for card, _, _ in beside),
        left_out=left_out,
    )


def _circle(x: int, y: int, r: int) -> str:
    """A circle as a path."""
    return f"M{x - r} {y}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0-{2 * r} 0"


def _seen(sheet: Sheet, cards: Sequence[EntryCard]) -> list[tuple[EntryCard, int, int]]:
    """The places that lie on a sheet, and where."""
    spots = [card.spot for card in cards if card.spot]
    placed = sheet.project([one.lat for one in spots], [near(one.lon, sheet.lon) for one in spots])
    shown = [(card, round(x), round(y)) for card, (x, y) in zip((card for card in cards if card.spot), placed, strict=True)]
    edge = EDGE if sheet.across else 0  # beyond the edge of the world there is nothing
    return [(card, x, y) for card, x, y in shown if edge <= x <= WIDTH - edge and edge <= y <= HEIGHT - edge]


def _least(lat: float, lon: float, neighbours: Sequence[EntryCard]) -> int:
    """How small a sheet may be on which there are neighbours enough."""
    away = sorted(apart(lat, lon, card.spot.lat, card.spot.lon) for card in neighbours if card.spot)
    enough = away[CROWD - 1] if len(away) >= CROWD else LEAST["point"]
    return next((across for across in BREADTHS if enough <= across * 0.3), LEAST["point"]) if enough < 200 else LEAST["point"]


@lru_cache(maxsize=4096)
def _code(card: EntryCard, earth: Earth, view: str) -> str:
    """The country that a place is: by its Wikidata id, else that in which its location lies."""
    by_id = next((one.code for one in earth.countries.values() if card.wikidata and one.wikidata == card.wikidata), "")
    return by_id or (earth.country_at(card.spot.lat, card.spot.lon, view) if card.spot else "")


def _name(earth: Earth, code: str, tag: str) -> str:
    """The name of a country in a language, else in English."""
    names: Mapping[str, str] = earth.countries[code].names if code in earth.countries else {}
    return names.get(tag.split("-", maxsplit=1)[0].lower()) or names.get("en", "")


def _corners(one: Shape) -> list[tuple[float, float]]:
    """Of the box around a shape, with the middles between them: the longest way around the globe is not taken for the shortest."""
    return [(lat, lon) for lat in (one.south, one.north) for lon in (one.west, (one.west + one.east) / 2, one.east)]


def _short(text: str, most: int = 28) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _inset(earth: Earth, sheet: Sheet, marks: Sequence[tuple[int, int]]) -> InsetView:
    """The world in a corner where no place lies, with the place of the sheet in it."""
    corners = [(left, top) for top in (HEIGHT - INSET_HEIGHT - 6, 6) for left in (6, WIDTH - INSET_WIDTH - 6)]

    def crowd(corner: tuple[int, int]) -> int:
        return sum(
            corner[0] - 20 < x < corner[0] + INSET_WIDTH + 20 and corner[1] - 20 < y < corner[1] + INSET_HEIGHT + 20 for x, y in marks
        )

    left, top = min(corners, key=crowd)
    x, y = in_inset(sheet.lat, near(sheet.lon, 0))
    return InsetView(
        x=left,
        y=top,
        width=INSET_WIDTH,
        height=INSET_HEIGHT,
        land=earth.inset,
        mark_x=round(left + x),
        mark_y=round(top + y),
        size=max(10, round(sheet.across * Sheet(0, 0, WHOLE).scale * INSET)),
    )
