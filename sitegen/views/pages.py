"""One function a kind of page: from its argument list to its view. `view` is the door."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Any

import msgspec

from sitegen.model import records
from sitegen.model.article import Article, ArticleCard, Card, Entry, Key, PictureCard, PlaceCard
from sitegen.model.dates import edtf, exact
from sitegen.model.pages import (
    ArticlePage,
    DayPage,
    EntryPage,
    Found,
    FreePage,
    HomePage,
    ListPage,
    NotFoundPage,
    Page,
    RedirectPage,
    TombstonePage,
)
from sitegen.model.site import Contribution, SiteCard
from sitegen.views import words
from sitegen.views.article import article_view
from sitegen.views.sentences import sentences
from sitegen.views.shelf import Shelf, Store
from sitegen.views.types import (
    AssessmentView,
    ClaimView,
    CountView,
    DayPageView,
    DayView,
    FoundView,
    FreeView,
    GroupView,
    HomeView,
    LinkView,
    ListView,
    NotFoundView,
    PageView,
    PlaceView,
    RedirectView,
    RelationView,
    SiteView,
    SourceView,
    TombstoneView,
)

CSP = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; base-uri 'self'"
"""The Content Security Policy of the published site (DESIGN section 6)."""
_contribution = msgspec.msgpack.Decoder(Contribution).decode
SECTIONS = (("Articles", "articles/"), ("Places", "places/"), ("Sources", "sources/"), ("Claims", "claims/"), ("Timeline", "timeline/"))


def site_view(site: SiteCard) -> SiteView:
    """What templates see of the site."""
    return SiteView(
        site.title,
        site.description,
        site.lang,
        site.base,
        tuple(LinkView(text, site.base + address) for text, address in SECTIONS),
        tuple(LinkView(link.text, site.base + link.address) for link in site.nav),
        tuple(LinkView(link.text, site.base + link.address) for _, link in site.policies),
        site.base + site.feed if site.feed else "",
        {name: site.base + address for name, address in site.assets.items()},
        CSP,
    )


def view(page: Page, beside: tuple[Key, Key], site: SiteCard, cards: Mapping[Key, Card], store: Store) -> PageView:
    """The view of a page. `cards` are those that it may show, `beside` an article's neighbours among them; `store` holds what the
    digests of its arguments stand for."""
    shelf = Shelf(site, cards, page.paging.address.removesuffix("/") if isinstance(page, EntryPage) else "")
    match page:
        case ArticlePage():
            older, newer = (shelf.card(cards[key]) if key in cards else None for key in beside)
            return article_view(page, shelf, store.value(page.article, Article), older, newer)
        case EntryPage():
            return _entry(page, shelf, store)
        case DayPage():
            return _day(page, shelf)
        case ListPage():
            return _list(page, shelf)
        case HomePage():
            return _home(page, shelf, store)
        case FreePage():
            entry: Entry = store.value(page.entry, Entry)
            frame = shelf.frame(page.template, entry.card.title, page.address)
            return FreeView(frame, entry.card.title, shelf.body(entry.elements), _review(entry.record))
        case TombstonePage():
            return _tombstone(page, shelf, store.card(page.card))
        case RedirectPage():
            return RedirectView(shelf.frame(page.template, "Moved", page.target), "Moved", shelf.href(page.target))
        case NotFoundPage():
            return NotFoundView(shelf.frame(page.template, "Page not found", page.address), "Page not found")
        case _:
            raise TypeError(f"{type(page).__name__} has no template")


def _review(record: records.Page) -> str:
    return words.REVIEWS[record.review.state] if record.review else ""


def _found(found: Iterable[Found], shelf: Shelf) -> tuple[FoundView, ...]:
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


def _entry(page: EntryPage, shelf: Shelf, store: Store) -> PageView:
    entry: Entry = store.value(page.entry, Entry)
    related = [shelf.cards[key] for key in page.related if key in shelf.cards]
    found = _found(page.found, shelf)
    paging = shelf.paging(page.paging)
    title = entry.card.title
    if paging.label:
        title = f"{title} ({paging.label.split(',')[0].lower()})"
    frame = shelf.frame(page.template, title, page.address, page.kind)
    blocks = shelf.body(entry.elements)
    record = entry.record
    match record:
        case records.Place():
            assert isinstance(entry.card, PlaceCard)
            location = record.location
            return PlaceView(
                frame, record.name, record.kind, shelf.names(record.aliases),
                shelf.known(_containers(entry.card, shelf)), tuple(shelf.card(card) for card in related),
                _degrees(location.lat, "N", "S") if location else "", _degrees(location.lon, "E", "W") if location else "",
                words.PRECISIONS[record.precision] if record.precision else "",
                location is not None and record.precision in ("point", "settlement", "district"),
                _gazetteers(record.links), blocks, found, page.total, paging, _review(record),
            )  # fmt: skip
        case records.Source():
            grade = record.reliability
            links: tuple[LinkView, ...] = (
                (LinkView("Wikidata", f"https://www.wikidata.org/wiki/{record.links.wikidata}"),)
                if record.links and record.links.wikidata
                else ()
            )
            if record.links and record.links.viaf:
                links += (LinkView("VIAF", f"https://viaf.org/viaf/{record.links.viaf}"),)
            return SourceView(
                frame, record.name, words.SOURCE_KINDS[record.kind], shelf.names(record.aliases),
                shelf.known([f"sources/{record.parent}"] if record.parent else []), tuple(shelf.card(card) for card in related),
                record.side or "", record.url or "", links, grade.grade if grade else "", grade.why if grade else "",
                shelf.date(grade.date) if grade else None, blocks, found, page.total, paging, _review(record),
            )  # fmt: skip
        case records.Claim():
            return _claim(frame, record, entry, shelf, related, found, page)
        case _:
            raise TypeError(f"{entry.path} is no place, source or claim")


def _claim(
    frame: Any,
    record: records.Claim,
    entry: Entry,
    shelf: Shelf,
    related: list[Card],
    found: tuple[FoundView, ...],
    page: EntryPage,
) -> ClaimView:
    relations = [
        RelationView(words.RELATIONS[one.type][0], card) for one in record.relations for card in shelf.known([f"claims/{one.claim}"])
    ]
    for card in related:
        for type_, stem in getattr(card, "relations", ()):
            if stem == entry.card.stem:
                relations.append(RelationView(words.RELATIONS[type_][1], shelf.card(card)))
    verdict = record.assessment
    assessment = None
    if verdict:
        date = words.day_view_of(verdict.date, shelf.lang)
        assessment = AssessmentView(verdict.verdict, verdict.by, date, verdict.why, shelf.evidence(verdict.evidence))
    measure = record.measure
    return ClaimView(
        frame, record.title, words.CLAIM_KINDS[record.kind], measure.unit if measure else "", (measure.about or "") if measure else "",
        bool(measure and measure.cumulative), tuple(relations), assessment, shelf.body(entry.elements), found, page.total,
        shelf.paging(page.paging), _review(record),
    )  # fmt: skip


def _containers(place: PlaceCard, shelf: Shelf) -> list[Key]:
    """The containers of a place, the smallest first, as far as they are public; safe against circles."""
    out: list[Key] = []
    within = place.within
    while within and f"places/{within[0]}" not in out:
        key = f"places/{within[0]}"
        out.append(key)
        card = shelf.cards.get(key)
        within = card.within if isinstance(card, PlaceCard) else ()
    return out


def _degrees(value: float, positive: str, negative: str) -> str:
    """Degrees as an atlas writes them.

    >>> _degrees(-77.04, "E", "W")
    '77.04° W'
    """
    return f"{abs(value):g}° {positive if value >= 0 else negative}"


def _gazetteers(links: records.PlaceLinks | None) -> tuple[LinkView, ...]:
    if links is None:
        return ()
    out = []
    if links.geonames:
        out.append(LinkView("GeoNames", f"https://www.geonames.org/{links.geonames}/"))
    if links.wikidata:
        out.append(LinkView("Wikidata", f"https://www.wikidata.org/wiki/{links.wikidata}"))
    return tuple(out)


def _day(page: DayPage, shelf: Shelf) -> DayPageView:
    calendar = shelf.site.calendars[page.calendar]
    label = words.day_label(calendar, page.number)
    date = datetime.date.fromisoformat(calendar.epoch) + datetime.timedelta(days=page.number - calendar.first_day)

    def neighbour(number: int | None) -> DayView | None:
        return shelf.day(page.calendar, number) if number is not None else None

    view = words.date_view(exact(date), shelf.lang)
    return DayPageView(
        shelf.frame(page.template, f"{label} ({view.text})", page.address, "timeline"), label, view, words.counting(calendar, shelf.lang),
        shelf.known(page.articles), _found(page.found, shelf),
        neighbour(page.older), neighbour(page.newer),
    )  # fmt: skip


_TITLES = {"articles": "Articles", "places": "Places", "sources": "Sources", "claims": "Claims", "timeline": "Timeline"}


def _list(page: ListPage, shelf: Shelf) -> ListView:
    dated = page.kind in ("articles", "timeline")
    cards = [shelf.cards[key] for key in page.cards if key in shelf.cards]
    groups = []
    label: Callable[[Card], str] = _month if page.kind == "timeline" else _year if dated else _letter
    for heading, group in groupby(cards, key=label):
        groups.append(GroupView(heading, tuple(shelf.card(card) for card in group)))
    paging = shelf.paging(page.paging, dated=dated)
    title = _TITLES[page.kind]
    frame_title = f"{title} ({paging.label.split(',')[0].lower()})" if page.paging.number else title
    return ListView(shelf.frame(page.template, frame_title, page.address, page.kind), title, tuple(groups), page.total, paging)


def _year(card: Card) -> str:
    return card.date.sort[:4] if isinstance(card, ArticleCard) and card.date else "Undated"


def _month(card: Card) -> str:
    """The month of a date that states one, else its year."""
    if not isinstance(card, ArticleCard) or not card.date:
        return "Undated"
    first, last = card.date.first[:7], card.date.sort[:7]
    return words.date_view(edtf(last if first == last or "/" in card.date.text else last[:4]), "en").text


def _letter(card: Card) -> str:
    title = "" if isinstance(card, PictureCard) else card.title
    return title[:1].upper() if title[:1].isalpha() else "#"


def _home(page: HomePage, shelf: Shelf, store: Store) -> HomeView:
    entry: Entry | None = store.value(page.entry, Entry) if page.entry else None
    latest = shelf.known(page.latest)
    names = {
        "articles": ("article", "articles"),
        "places": ("place", "places"),
        "sources": ("source", "sources"),
        "claims": ("claim", "claims"),
    }
    counts = tuple(CountView(names[kind][count != 1], count, shelf.href(f"{kind}/")) for kind, count in page.counts)
    title = entry.card.title if entry else shelf.site.title
    frame = shelf.frame(page.template, title, page.address, "", shelf.site.description)
    return HomeView(frame, title, shelf.body(entry.elements) if entry else (), latest, counts)


def _tombstone(page: TombstonePage, shelf: Shelf, card: Card) -> TombstoneView:
    assert not isinstance(card, PictureCard)
    withdrawn = card.gate.withdrawn
    assert withdrawn is not None
    date = words.day_view_of(withdrawn.date, shelf.lang)
    title = "Withdrawn"  # the page's own title went with it
    return TombstoneView(shelf.frame(page.template, title, page.address), title, date, withdrawn.reason)
