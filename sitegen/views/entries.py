"""The views of entries, one function a kind: `view_of` says of which record. `VIEWS` has them all once this room is there."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import msgspec

from sitegen.archive.timeline import anchor_of
from sitegen.model import records
from sitegen.model.article import ArticleCard, Entry, EntryCard, Key
from sitegen.model.kinds import KINDS, SOURCES, TOPICS
from sitegen.model.pages import Contributed, EntryPage
from sitegen.model.prepared import prepared
from sitegen.model.site import Contribution
from sitegen.model.speech import message
from sitegen.model.tally import Series
from sitegen.speech import Speech
from sitegen.views import words
from sitegen.views.claims import by_claim, stated_of
from sitegen.views.maps import place_map, places_map
from sitegen.views.paging import numbered, paging_view
from sitegen.views.sentences import sentences
from sitegen.views.shelf import Shelf, Store
from sitegen.views.strip import strip_view
from sitegen.views.subject import VIEWS, Subject, each, view_of
from sitegen.views.telling import correction_views, document_view, name_views, snapshot_views, sum_views
from sitegen.views.types import (
    FormView,
    FoundView,
    JudgementView,
    LinkView,
    MapView,
    PageView,
    PlaceView,
    SourceView,
    TopicView,
)

__all__ = ["VIEWS", "entry_view", "found_views", "review_of"]

_contribution = msgspec.msgpack.Decoder(prepared(Contribution)).decode


def review_of(record: records.Page, shelf: Shelf) -> str:
    return words.said(shelf.speech, words.REVIEWS, record.review.state) if record.review else ""


def found_views(found: Iterable[Contributed], shelf: Shelf) -> tuple[FoundView, ...]:
    out = []
    months = set()
    for one in found:
        given = _contribution(one.value)
        article = shelf.cards[one.article]
        card = shelf.card(article)
        date = article.date if isinstance(article, ArticleCard) else None
        month = date.first[:7] if date is not None and date.first[:7] == date.last[:7] else ""
        shown = sentences(given, shelf, f"{card.href}#")
        documents = [document_view(shelf.speech, citation.document) for citation, excerpt in given.citations if excerpt is None]
        appearances = [appearance for sentence in shown for appearance in sentence.appearances] if given.sums else []
        out.append(
            FoundView(
                card,
                tuple([document for document in documents if document is not None]),
                shown,
                sum_views(shelf.speech, given.sums, f"{card.href}#", appearances),
                anchor_of(month) if month and month not in months else "",
            )
        )
        months.add(month)
    return tuple(out)


def entry_view(page: EntryPage, shelf: Shelf, store: Store) -> PageView:
    """The view of an entry's page."""
    entry: Entry = store.value(page.entry, Entry)
    card = entry.card
    related = [shelf.cards[key] for key in page.related if key in shelf.cards]
    subject = Subject(
        frame=shelf.frame(page.template, numbered(card.title, page.paging, shelf.speech), page.address, page.kind, fed=page.paging.address),
        card=card,
        kind=words.category(shelf.speech, card.kind, card.category),
        within=shelf.known(_above(card, shelf)),
        contents=tuple(shelf.card(one) for one in related if isinstance(one, EntryCard) and one.above[:1] == (card.key,)),
        related=related,
        blocks=shelf.body(entry.elements),
        found=found_views(page.found, shelf),
        total=page.total,
        paging=paging_view(page.paging, shelf),
        review=review_of(entry.record, shelf),
        shelf=shelf,
        forms=tuple(FormView(one.text, one.articles, one.publishers) for one in page.forms),
        strip=strip_view(page.months, shelf),
        corrections=correction_views(shelf.speech, entry.record.corrections) if not page.paging.number else (),
        parts=page.parts,
        past=page.past,
        map=_map(page, card, shelf, store),
        readings=tuple(one for key in page.summed if isinstance(month := shelf.cards.get(key), Series) for one in month.readings),
    )
    return VIEWS[KINDS[card.kind].record](entry.record, subject)


def _map(page: EntryPage, card: EntryCard, shelf: Shelf, store: Store) -> MapView | None:
    """Where a place is, or the places of a topic; on the front."""
    if page.paging.number:
        return None
    if card.spot is not None:
        return place_map(card, shelf.entries(page.near), page.shapes, shelf, store)
    return places_map(shelf.entries(key for _, key in card.relations), shelf)


def _above(card: EntryCard, shelf: Shelf) -> list[Key]:
    """What a page stands within, the nearest first, as far as it is public; safe against circles."""
    out: list[Key] = []
    above = card.above
    while above and above[0] not in out:
        out.append(above[0])
        found = shelf.cards.get(above[0])
        above = found.above if isinstance(found, EntryCard) else ()
    return out


@view_of(records.Place)
def _place(record: records.Place, of: Subject) -> PlaceView:
    location = record.location
    return PlaceView(
        frame=of.frame,
        title=record.name,
        kind=of.kind,
        names=name_views(of.shelf.speech, record.aliases),
        containers=of.within,
        contents=of.contents,
        topics=of.naming(TOPICS.plural, "places"),
        lat=_degrees(of.shelf.speech, location.lat, *_LATITUDE) if location else "",
        lon=_degrees(of.shelf.speech, location.lon, *_LONGITUDE) if location else "",
        location=(location.lat, location.lon) if location else None,
        precision=words.said(of.shelf.speech, words.PRECISIONS, record.precision),
        has_pin=location is not None and record.precision in ("point", "settlement", "district"),
        map=of.map,
        links=_gazetteers(record.links),
        forms=of.forms,
        strip=of.strip,
        blocks=of.blocks,
        found=of.found,
        total=of.total,
        paging=of.paging,
        corrections=of.corrections,
        review=of.review,
    )


@view_of(records.Topic)
def _topic(record: records.Topic, of: Subject) -> TopicView:
    since, until = (words.date_view(date, of.shelf.speech) if date else None for date in (record.from_, record.until))
    links = record.links or records.TopicLinks()
    found = _authorities(links.wikidata, links.viaf)
    return TopicView(
        frame=of.frame,
        title=record.name,
        kind=of.kind,
        names=name_views(of.shelf.speech, record.aliases),
        since=since,
        until=until,
        containers=of.within,
        contents=of.contents,
        places=of.named("places"),
        map=of.map,
        sources=each((*of.named("source"), *of.naming(SOURCES.plural, "topic"))),
        url=links.url or "",
        archived=snapshot_views(of.shelf.speech, links.archived),
        links=found,
        forms=of.forms,
        strip=of.strip,
        blocks=of.blocks,
        found=of.found,
        total=of.total,
        paging=of.paging,
        corrections=of.corrections,
        review=of.review,
    )


@view_of(records.Source)
def _source(record: records.Source, of: Subject) -> SourceView:
    links = record.links or records.SourceLinks()
    return SourceView(
        frame=of.frame,
        title=record.name,
        kind=of.kind,
        names=name_views(of.shelf.speech, record.aliases),
        parents=of.within[:1],
        members=of.contents,
        topics=each((*of.named("topic"), *of.naming(TOPICS.plural, "source"))),
        side=record.side or "",
        url=record.url or "",
        archived=snapshot_views(of.shelf.speech, record.archived),
        links=_authorities(links.wikidata, links.viaf),
        reliability=tuple(
            JudgementView(
                grade=one.grade,
                means=words.said(of.shelf.speech, words.RELIABILITY, one.grade),
                why=one.why,
                by="",
                date=words.day_view_of(one.date, of.shelf.speech),
            )
            for one in sorted(record.reliability, key=lambda one: one.date, reverse=True)
        ),
        credited=by_claim(stated_of(of.found)),
        blocks=of.blocks,
        found=of.found,
        total=of.total,
        paging=of.paging,
        corrections=of.corrections,
        review=of.review,
    )


# Translators: degrees as an atlas writes them.
_LATITUDE = message("%(degrees)s° N"), message("%(degrees)s° S")
_LONGITUDE = message("%(degrees)s° E"), message("%(degrees)s° W")


def _degrees(speech: Speech, value: float, positive: str, negative: str) -> str:
    """Degrees as an atlas writes them.

    >>> from sitegen.speech import english
    >>> _degrees(english(), -77.04, *_LONGITUDE)
    '77.04° W'
    """
    return speech.gettext(positive if value >= 0 else negative) % {"degrees": speech.number(f"{Decimal(f'{abs(value):g}'):f}")}


def _gazetteers(links: records.PlaceLinks | None) -> tuple[LinkView, ...]:
    if links is None:
        return ()
    out = []
    if links.geonames:
        out.append(LinkView("GeoNames", f"https://www.geonames.org/{links.geonames}/"))
    if links.wikidata:
        out.append(LinkView("Wikidata", f"https://www.wikidata.org/wiki/{links.wikidata}"))
    return tuple(out)


def _authorities(wikidata: str | None, viaf: str | None) -> tuple[LinkView, ...]:
    """The same person or body in other files of names."""
    links = (("Wikidata", "https://www.wikidata.org/wiki/", wikidata), ("VIAF", "https://viaf.org/viaf/", viaf))
    return tuple(LinkView(name, before + id) for name, before, id in links if id)
