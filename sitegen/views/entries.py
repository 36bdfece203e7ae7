"""The views of entries, one function a kind: `view_of` says of which record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

import msgspec

from sitegen import urls
from sitegen.archive.series import events
from sitegen.model import records
from sitegen.model.article import Card, Entry, EntryCard, Key
from sitegen.model.kinds import CLAIMS, KINDS, SOURCES, TOPICS
from sitegen.model.pages import Contributed, EntryPage
from sitegen.model.site import Contribution
from sitegen.model.speech import message
from sitegen.model.tally import Reading, Series, Tally, tally_key
from sitegen.speech import Speech
from sitegen.views import words
from sitegen.views.chart import chart_view
from sitegen.views.paging import numbered, paging_view
from sitegen.views.sentences import sentences
from sitegen.views.shelf import Shelf, Store
from sitegen.views.strip import strip_view
from sitegen.views.types import (
    AssessmentView,
    BlockView,
    BreakView,
    CardView,
    ClaimView,
    DegreeView,
    EventView,
    FormView,
    FoundView,
    Frame,
    LinkView,
    OfClaimView,
    PageView,
    PagingView,
    PlaceView,
    RelationView,
    SourceView,
    StatedView,
    StripView,
    TopicView,
    WordingView,
)

_contribution = msgspec.msgpack.Decoder(Contribution).decode


def review_of(record: records.Page, shelf: Shelf) -> str:
    return words.said(shelf.speech, words.REVIEWS, record.review.state) if record.review else ""


def found_views(found: Iterable[Contributed], shelf: Shelf) -> tuple[FoundView, ...]:
    out = []
    for one in found:
        given = _contribution(one.value)
        card = shelf.card(shelf.cards[one.article])
        shown = sentences(given, shelf, f"{card.href}#")
        documents = [shelf.document(citation.document) for citation, excerpt in given.citations if excerpt is None]
        appearances = [appearance for sentence in shown for appearance in sentence.appearances] if given.sums else []
        out.append(
            FoundView(
                card,
                tuple([document for document in documents if document is not None]),
                shown,
                shelf.sums(given.sums, f"{card.href}#", appearances),
            )
        )
    return tuple(out)


class Subject(NamedTuple):
    """What the view of every kind is made with. `within` are the pages that it stands within, `related` those that stand within it or name
    it, and `contents` of these the ones that stand within it."""

    frame: Frame
    card: EntryCard
    kind: str
    within: tuple[CardView, ...]
    contents: tuple[CardView, ...]
    related: Sequence[Card]
    blocks: tuple[BlockView, ...]
    found: tuple[FoundView, ...]
    total: int | None
    paging: PagingView
    review: str
    shelf: Shelf
    forms: tuple[FormView, ...]
    strip: StripView | None
    readings: tuple[Reading, ...]

    def named(self, how: str) -> tuple[CardView, ...]:
        """The pages that its record names under a key, as far as they may be shown."""
        return self.shelf.known(key for one, key in self.card.relations if one == how)

    def naming(self, kind: str, how: str) -> tuple[CardView, ...]:
        """The pages of a kind that name it under a key."""
        return tuple(
            self.shelf.card(one)
            for one in self.related
            if isinstance(one, EntryCard) and one.kind == kind and (how, self.card.key) in one.relations
        )


R = TypeVar("R", bound=records.Page)
V = TypeVar("V")
VIEWS: dict[type[records.Page], Callable[[Any, Subject], PageView]] = {}


def view_of(record: type[R]) -> Callable[[Callable[[R, Subject], PageView]], Callable[[R, Subject], PageView]]:
    """That a function gives the view of the pages whose files hold this record."""

    def say(view: Callable[[R, Subject], PageView]) -> Callable[[R, Subject], PageView]:
        VIEWS[record] = view
        return view

    return say


def entry_view(page: EntryPage, shelf: Shelf, store: Store) -> PageView:
    """The view of an entry's page."""
    entry: Entry = store.value(page.entry, Entry)
    card = entry.card
    related = [shelf.cards[key] for key in page.related if key in shelf.cards]
    subject = Subject(
        frame=shelf.frame(page.template, numbered(card.title, page.paging, shelf.speech), page.address, page.kind),
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
        strip=strip_view(page.months, shelf.speech),
        readings=tuple(one for key in page.summed if isinstance(month := shelf.cards.get(key), Series) for one in month.readings),
    )
    return VIEWS[KINDS[card.kind].record](entry.record, subject)


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
        names=of.shelf.names(record.aliases),
        containers=of.within,
        contents=of.contents,
        topics=of.naming(TOPICS.plural, "places"),
        lat=_degrees(of.shelf.speech, location.lat, *_LATITUDE) if location else "",
        lon=_degrees(of.shelf.speech, location.lon, *_LONGITUDE) if location else "",
        location=(location.lat, location.lon) if location else None,
        precision=words.said(of.shelf.speech, words.PRECISIONS, record.precision),
        has_pin=location is not None and record.precision in ("point", "settlement", "district"),
        links=_gazetteers(record.links),
        forms=of.forms,
        strip=of.strip,
        blocks=of.blocks,
        found=of.found,
        total=of.total,
        paging=of.paging,
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
        names=of.shelf.names(record.aliases),
        since=since,
        until=until,
        containers=of.within,
        contents=of.contents,
        places=of.named("places"),
        sources=_each((*of.named("source"), *of.naming(SOURCES.plural, "topic"))),
        url=links.url or "",
        links=found,
        forms=of.forms,
        strip=of.strip,
        blocks=of.blocks,
        found=of.found,
        total=of.total,
        paging=of.paging,
        review=of.review,
    )


@view_of(records.Source)
def _source(record: records.Source, of: Subject) -> SourceView:
    grade = record.reliability
    links = record.links or records.SourceLinks()
    return SourceView(
        frame=of.frame,
        title=record.name,
        kind=of.kind,
        names=of.shelf.names(record.aliases),
        parents=of.within[:1],
        members=of.contents,
        topics=_each((*of.named("topic"), *of.naming(TOPICS.plural, "source"))),
        side=record.side or "",
        url=record.url or "",
        links=_authorities(links.wikidata, links.viaf),
        grade=grade.grade if grade else "",
        grade_why=grade.why if grade else "",
        grade_date=of.shelf.date(grade.date) if grade else None,
        credited=by_claim(_stated(of.found)),
        blocks=of.blocks,
        found=of.found,
        total=of.total,
        paging=of.paging,
        review=of.review,
    )


_PARTING = ("part-of", "total-of")
"""The relations of a whole to its parts."""


@view_of(records.Claim)
def _claim(record: records.Claim, of: Subject) -> ClaimView:
    related = [(one.type, 0, card) for one in record.relations for card in of.shelf.known([CLAIMS.key(one.claim)])]
    for card in of.related:
        related += [(how, 1, of.shelf.card(card)) for how, key in getattr(card, "relations", ()) if key == of.card.key]
    gettext = of.shelf.speech.gettext
    found = of.shelf.cards.get(tally_key(of.card.key))
    tally = found if isinstance(found, Tally) else None
    happening = events(of.readings, record.breaks, cumulative=bool(record.measure and record.measure.cumulative))
    verdict = record.assessment
    assessment = None
    if verdict:
        date = words.day_view_of(verdict.date, of.shelf.speech)
        assessment = AssessmentView(
            verdict=verdict.verdict, by=verdict.by, date=date, why=verdict.why, evidence=of.shelf.evidence(verdict.evidence)
        )
    measure = record.measure
    stated = _stated(of.found)
    series = sorted((one for one in stated if one.statement.figures), key=_when, reverse=True)
    return ClaimView(
        frame=of.frame,
        title=record.title,
        kind=of.kind,
        unit=measure.unit if measure else "",
        about=(measure.about or "") if measure else "",
        cumulative=bool(measure and measure.cumulative),
        wholes=_each(card for how, way, card in related if (how, way) in (("part-of", 0), ("total-of", 1))),
        parts=_each(card for how, way, card in related if (how, way) in (("part-of", 1), ("total-of", 0))),
        relations=tuple(
            RelationView(gettext(words.RELATIONS[how][way]), card) for how, way, card in dict.fromkeys(related) if how not in _PARTING
        ),
        assessment=assessment,
        series=tuple(series),
        voices=tally.voices if tally else 0,
        compared=tuple(of.shelf.reading(one) for one in tally.compared) if tally else (),
        meet=tally.meet if tally else True,
        csv=of.shelf.href(urls.figures_of(of.frame.address)) if of.readings and of.shelf.site.data else "",
        chart=chart_view(of.readings, record, of.shelf),
        events=tuple(EventView(one.kind, gettext(words.EVENTS[one.kind]), *map(of.shelf.reading, one[1:])) for one in happening),
        breaks=tuple(
            BreakView(words.date_view(one.date, of.shelf.speech), of.shelf.link(SOURCES.key(one.source)) if one.source else None, one.why)
            for one in record.breaks
        ),
        degrees=() if series else _degrees_of(of.found, of.shelf.speech),
        speakers=_each(speaker for one in stated for speaker in one.statement.speakers),
        blocks=of.blocks,
        found=of.found,
        total=of.total,
        paging=of.paging,
        review=of.review,
    )


def _stated(found: Iterable[FoundView]) -> list[StatedView]:
    return [StatedView(one.article, statement) for one in found for sentence in one.sentences for statement in sentence.appearances]


def by_claim(stated: Iterable[StatedView]) -> tuple[OfClaimView, ...]:
    """The statements that belong to claims, by these."""
    of: dict[LinkView, list[StatedView]] = {}
    for one in stated:
        if one.statement.claim is not None:
            of.setdefault(one.statement.claim, []).append(one)
    ordered = sorted(of.items(), key=lambda each: each[0].text)
    return tuple(OfClaimView(claim, tuple(sorted(some, key=_when, reverse=True))) for claim, some in ordered)


def figures_of(found: Iterable[FoundView]) -> tuple[OfClaimView, ...]:
    """The statements that give a figure, by their claims."""
    return by_claim(one for one in _stated(found) if one.statement.figures)


def _when(one: StatedView) -> str:
    """The day that a statement is of, as text that sorts."""
    dates = (*(time.date for time in one.statement.times), *((one.article.date,) if one.article.date else ()))
    return next((date.iso for date in dates if date.iso), "")


def _degrees_of(found: Iterable[FoundView], speech: Speech) -> tuple[DegreeView, ...]:
    """The sentences by how far they go: of several statements in one, the first tells."""
    degrees: dict[str, list[WordingView]] = {degree: [] for degree in words.DEGREES}
    for one in found:
        for sentence in one.sentences:
            for said in sentence.appearances[:1]:
                own = "asserted" if said.voice == "own" or said.stance == "asserts" else "denied" if said.stance == "denies" else "said"
                degrees["hedged" if said.hedge and own != "denied" else own].append(WordingView(one.article, sentence))
    return tuple(
        DegreeView(degree, speech.pgettext(*words.DEGREES[degree]), tuple(wordings)) for degree, wordings in degrees.items() if wordings
    )


def _each(shown: Iterable[V]) -> tuple[V, ...]:
    return tuple(dict.fromkeys(shown))


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
