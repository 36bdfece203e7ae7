"""One function a kind of page: from its argument list to its view. `view` is the door."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from markupsafe import Markup

from sitegen.archive.index import address_of
from sitegen.archive.plan import DIFFERS, MAP
from sitegen.cartography.earth import Earth
from sitegen.content.markdown import parse_inline
from sitegen.model.article import Article, Card, Entry, Key, PageCard
from sitegen.model.dates import exact
from sitegen.model.kinds import ARTICLES, KINDS, TIMELINE, subjects
from sitegen.model.pages import (
    ArticlePage,
    ChecksPage,
    DataPage,
    DayPage,
    DiffersPage,
    EntryPage,
    FreePage,
    HomePage,
    ListPage,
    MapPage,
    NotFoundPage,
    Odd,
    Page,
    Paging,
    RedirectPage,
    SearchPage,
    TimelinePage,
    TombstonePage,
)
from sitegen.model.rules import RULES
from sitegen.model.site import Corrected, SiteCard
from sitegen.model.speech import message
from sitegen.model.tally import Tally, tally_key
from sitegen.speech import speech_of
from sitegen.views import words
from sitegen.views.article import article_view, first_words
from sitegen.views.claims import figures_of
from sitegen.views.entries import entry_view, found_views, review_of
from sitegen.views.lists import list_view
from sitegen.views.mappage import map_page_view, origin_of
from sitegen.views.maps import places_map
from sitegen.views.opendata import OPEN_DATA, data_view
from sitegen.views.paging import numbered, paging_view
from sitegen.views.shelf import Shelf, Store
from sitegen.views.strip import strip_view
from sitegen.views.telling import appearance_view, correction_views, reading_view, sum_views
from sitegen.views.timeline import stretch_link, timeline_view
from sitegen.views.types import (
    ApartView,
    ChecksView,
    CorrectedView,
    CountView,
    DayPageView,
    DayView,
    DiffersView,
    FreeView,
    HomeView,
    LeadView,
    LinkView,
    NewestView,
    NotFoundView,
    OddView,
    PageView,
    RedirectView,
    SearchView,
    SiteView,
    TombstoneView,
    WaivedView,
)

CSP = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; base-uri 'self'"
"""The Content Security Policy of the published site (DESIGN section 6)."""
_CHECKS, _CORRECTIONS = message("Checks"), message("Corrections")
_UNTITLED = {"checks": _CHECKS, "corrections": _CORRECTIONS, "data": OPEN_DATA}
"""Of the pages that nobody has written, and of the links that lead there."""


def site_view(site: SiteCard) -> SiteView:
    """What templates see of the site."""
    speech = speech_of(site.language)
    return SiteView(
        title=site.title,
        description=site.description,
        lang=site.lang,
        dir=site.direction,
        home=site.base,
        sections=tuple(LinkView(words.title(speech, of), f"{site.base}{of}/") for of in _parts(site)),
        nav=tuple(LinkView(link.text, site.base + link.address) for link in site.nav),
        policies=tuple(LinkView(link.text or speech.gettext(_UNTITLED[name]), site.base + link.address) for name, link in site.policies),
        feed=site.base + site.feed if site.feed else "",
        assets={name: site.base + address for name, address in site.assets.items()},
        settings=site.settings,
        search=site.base + site.search if site.search else "",
        csp=policy_of(site),
        preview=site.preview,
    )


def policy_of(site: SiteCard) -> str:
    """The Content Security Policy of the site: that of all, and what its maps need where they have tiles."""
    return f"{CSP}; img-src 'self' {origin_of(site.maps.tiles[0])}" if site.maps and site.maps.tiles[0] else CSP


def _parts(site: SiteCard) -> Iterator[str]:
    """The parts of the site that have a page of their own, in the order of the menu."""
    yield from site.sections
    if ARTICLES.plural in site.sections:
        yield TIMELINE
    if site.maps and site.maps.page:
        yield MAP.strip("/")


def view(
    page: Page, beside: tuple[Key, Key], site: SiteCard, cards: Mapping[Key, Card], store: Store, earth: Earth | None = None
) -> PageView:
    """The view of a page. `cards` are those that it may show, `beside` an article's neighbours among them; `store` holds what the
    digests of its arguments stand for; `earth` is the base map that the site card names."""
    shelf = Shelf(site, cards, page.paging.address.removesuffix("/") if isinstance(page, EntryPage) else "", earth)
    match page:
        case ArticlePage():
            older, newer = (shelf.card(cards[key]) if key in cards else None for key in beside)
            return article_view(page, shelf, store.value(page.article, Article), older, newer)
        case EntryPage():
            return entry_view(page, shelf, store)
        case DayPage():
            return _day(page, shelf)
        case TimelinePage():
            return timeline_view(page, shelf)
        case ListPage():
            return list_view(page, shelf)
        case MapPage():
            return map_page_view(page, shelf)
        case HomePage():
            return _home(page, shelf, store)
        case FreePage():
            return _free(page, shelf, store)
        case TombstonePage():
            return _tombstone(page, shelf, store.card(page.card))
        case RedirectPage():
            title = shelf.speech.gettext("Moved")
            return RedirectView(shelf.frame(page.template, title, page.target), title, shelf.href(page.target))
        case DiffersPage():
            return _differs(page, shelf, store)
        case ChecksPage():
            waived = tuple(
                WaivedView(shelf.card(cards[key]), code, _means(code, shelf), why) for key, code, why in page.waived if key in cards
            )
            title = shelf.speech.gettext(_CHECKS)
            return ChecksView(shelf.frame(page.template, title, page.address), title, waived)
        case SearchPage():
            return _search(page, shelf)
        case DataPage():
            return data_view(page, shelf)
        case NotFoundPage():
            title = shelf.speech.gettext("Page not found")
            return NotFoundView(shelf.frame(page.template, title, page.address), title)
        case _:
            raise TypeError(f"{type(page).__name__} has no template")


def _free(page: FreePage, shelf: Shelf, store: Store) -> FreeView:
    entry: Entry | None = store.value(page.entry, Entry) if page.entry else None
    title = entry.card.title if entry else shelf.speech.gettext(_CORRECTIONS)
    place = page.paging or Paging(page.address)
    shown = entry if not place.number else None
    return FreeView(
        frame=shelf.frame(page.template, numbered(title, place, shelf.speech), page.address, fed=place.address if page.corrected else ""),
        title=title,
        blocks=shelf.body(shown.elements) if shown else (),
        corrections=correction_views(shelf.speech, shown.record.corrections) if shown else (),
        corrected=tuple(_corrected(one, shelf) for one in page.corrected if one.withdrawn or one.page in shelf.cards),
        paging=paging_view(place, shelf),
        review=review_of(shown.record, shelf) if shown else "",
    )


def _corrected(one: Corrected, shelf: Shelf) -> CorrectedView:
    """What was corrected; of a page that was taken back its title went with it, and its address stays."""
    card = None if one.withdrawn else shelf.card(shelf.cards[one.page])
    href = shelf.href(address_of(one.page))
    return CorrectedView(
        words.day_view_of(one.date, shelf.speech), card.title if card else "", card.href if card else href, one.reason, one.by
    )


def _means(code: str, shelf: Shelf) -> Markup:
    """What a check tells of: our own words, in inline Markdown."""
    return shelf.inline(parse_inline(shelf.speech.gettext(RULES[code].means), "", 0)[0])


def _day(page: DayPage, shelf: Shelf) -> DayPageView:
    calendar = shelf.site.calendars[page.calendar]
    label = words.day_label(calendar, page.number)
    date = datetime.date.fromisoformat(calendar.epoch) + datetime.timedelta(days=page.number - calendar.first_day)

    def neighbour(number: int | None) -> DayView | None:
        return shelf.day(page.calendar, number) if number is not None else None

    view = words.date_view(exact(date), shelf.speech)
    found = found_views(page.found, shelf)
    return DayPageView(
        frame=shelf.frame(page.template, f"{label} ({view.text})", page.address, TIMELINE),
        title=label,
        date=view,
        counting=words.counting(calendar, shelf.speech),
        otherwise=words.counted_otherwise(calendar, page.number, shelf.speech),
        articles=shelf.known(page.articles),
        map=places_map(shelf.entries(page.places), shelf),
        figures=figures_of(found),
        found=found,
        older=neighbour(page.older),
        newer=neighbour(page.newer),
        timeline=stretch_link(page.timeline, shelf),
    )


def _home(page: HomePage, shelf: Shelf, store: Store) -> HomeView:
    entry: Entry | None = store.value(page.entry, Entry) if page.entry else None
    latest = shelf.known(page.latest)
    lead = _lead(page.lead[0], store.value(page.lead[1], Article), shelf) if page.lead else None
    counts = tuple(
        CountView(
            shelf.speech.ngettext(kind.singular, kind.plural, count), count, shelf.speech.number(str(count)), shelf.href(f"{kind.plural}/")
        )
        for kind, count in ((KINDS[of], count) for of, count in page.counts)
    )
    title = entry.card.title if entry else shelf.site.title
    frame = shelf.frame(page.template, title, page.address, "", shelf.site.description)
    return HomeView(
        frame=frame,
        title=title,
        blocks=shelf.body(entry.elements) if entry else (),
        lead=lead,
        latest=latest,
        figures=tuple(one for pair in page.figures if (one := _newest(*pair, shelf)) is not None),
        odd=tuple(one for odd in page.odd for one in _odd(odd, shelf, store)),
        apart=tuple(one for key in page.apart for one in _apart(key, shelf)),
        differs=shelf.href(DIFFERS) if page.differs else "",
        strip=strip_view(page.months, shelf),
        counts=counts,
    )


def _differs(page: DiffersPage, shelf: Shelf, store: Store) -> DiffersView:
    title = shelf.speech.gettext("What differs")
    return DiffersView(
        frame=shelf.frame(page.template, numbered(title, page.paging, shelf.speech, dated=False), page.address),
        title=title,
        apart=tuple(one for key in page.apart for one in _apart(key, shelf)),
        odd=tuple(one for odd in page.odd for one in _odd(odd, shelf, store)),
        paging=paging_view(page.paging, shelf, dated=False),
    )


def _search(page: SearchPage, shelf: Shelf) -> SearchView:
    title = shelf.speech.gettext("Search")
    kinds = tuple(kind for kind in (ARTICLES, *subjects()) if kind.plural in shelf.site.sections)
    return SearchView(
        frame=shelf.frame(page.template, title, page.address),
        title=title,
        index=shelf.href(f"{page.address}manifest.json"),
        kinds=tuple(LinkView(words.title(shelf.speech, kind.plural), shelf.href(f"{kind.plural}/")) for kind in kinds),
        stemmers=tuple(
            shelf.site.base + shelf.site.assets[name] for lang in page.languages if (name := f"stem-{lang}.js") in shelf.site.assets
        ),
    )


def _newest(claim: Key, article: Key, shelf: Shelf) -> NewestView | None:
    known, tally = shelf.known([claim, article]), shelf.cards.get(tally_key(claim))
    return NewestView(*known, reading_view(shelf, tally.latest)) if len(known) == 2 and isinstance(tally, Tally) and tally.latest else None


def _apart(claim: Key, shelf: Shelf) -> Iterator[ApartView]:
    tally = shelf.cards.get(tally_key(claim))
    for card in shelf.known([claim]):
        if isinstance(tally, Tally):
            yield ApartView(card, tuple(reading_view(shelf, one) for one in tally.compared))


def _odd(odd: Odd, shelf: Shelf, store: Store) -> Iterator[OddView]:
    """What does not add up in an article; nothing where a figure is missing."""
    article = store.value(odd.value, Article)
    for card in shelf.known([odd.article]):
        at = f"{card.href}#"
        total = next(one for one in article.statements if one.id == odd.total)
        shown = appearance_view(shelf, total, article.blocks[total.block].text[total.start : total.end], "", at)
        for one in sum_views(shelf.speech, [one for one in article.sums if one.total == odd.total], at, [shown]):
            yield OddView(card, one)


def _lead(key: Key, article: Article, shelf: Shelf) -> LeadView | None:
    card = shelf.known([key])
    return LeadView(card[0], first_words(article, 420), article.card.lang or shelf.site.lang) if card else None


def _tombstone(page: TombstonePage, shelf: Shelf, card: Card) -> TombstoneView:
    assert isinstance(card, PageCard)
    withdrawn = card.gate.withdrawn
    assert withdrawn is not None
    date = words.day_view_of(withdrawn.date, shelf.speech)
    title = shelf.speech.gettext("Withdrawn")  # the page's own title went with it
    return TombstoneView(shelf.frame(page.template, title, page.address), title, date, withdrawn.reason)
