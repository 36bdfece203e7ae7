"""From the index to the pages: which there are, and from which cards and texts each is made.

Pure functions of the index and of what articles give. A page names the cards that it may show; only those of public pages are in
`Index.cards`, so that nothing else can be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, repeat

from sitegen import urls
from sitegen.archive import paging, usage
from sitegen.archive.index import HOME, Index, address_of
from sitegen.archive.lineage import above, parts_of, relations
from sitegen.archive.lists import lists
from sitegen.model.article import EntryCard, Key
from sitegen.model.base import Value
from sitegen.model.box import Gift
from sitegen.model.digest import Digest, digest
from sitegen.model.history import Past
from sitegen.model.kinds import ARTICLES, CLAIMS, KINDS, PAGES, SOURCES, has_card, has_data, has_figures, has_popup, subjects
from sitegen.model.pages import (
    PAGE_SIZE,
    Contributed,
    DayPage,
    DiffersPage,
    EntryPage,
    Feed,
    FreePage,
    HomePage,
    NotFoundPage,
    Odd,
    Page,
    Planned,
    RedirectPage,
    Robots,
    Sitemap,
    TombstonePage,
)
from sitegen.model.records import Config
from sitegen.model.site import Beside, Corrected, Head

Day = tuple[str, int]
"""A calendar and the number of a day in it."""
FEED = urls.Address("feed.xml")
SITEMAP = urls.Address("sitemap.xml")
ROBOTS = urls.Address("robots.txt")
"""Read at the root of a host alone (RFC 9309). An archive that keeps one of its own in its output has none of ours."""
SITEMAP_SIZE = 50_000
"""Addresses in one sitemap (sitemaps.org protocol)."""
LATEST = 20
"""Articles in the feed and on the home page."""
FIGURES, ODD = 8, 5
"""Claims with their newest figures, and sums that do not hold, on the home page."""
UNLISTED = frozenset(["", "tombstone.html", "redirect.html", "404.html"])
"""Templates of pages that no sitemap lists."""
DIFFERS = urls.Address("differs/")
"""Of the page of all that differs and does not add up, where anything does."""
CORRECTIONS = urls.Address("corrections/")
"""Of the page that tells what was corrected, where no free page does and anything was."""
CHECKS = urls.Address("checks/")
"""Of the page that tells what is waived, where anything is. It is for those who ask how the archive works, and in no sitemap."""
_NONE = bytes(32)
"""In the place of the digest of a card that readers may not see."""


class EntryTarget(Value, frozen=True, tag=True):
    """A place, source or claim that articles give to: what its own file and its relations say of its pages. `parents`: for a claim, of the
    sources that belong to another the id of that. `parts`: the claims that are parts of it; `is_added`: whether it is a total or a part.
    `past`: what Git tells of a claim's file, where it is asked."""

    kind: str
    stem: str
    entry: Digest
    above: tuple[Key, ...]
    related: tuple[Key, ...]
    parents: tuple[tuple[str, str], ...]
    parts: tuple[Key, ...] = ()
    is_added: bool = False
    past: Past | None = None

    @property
    def key(self) -> Key:
        return f"{self.kind}/{self.stem}"


class DayTarget(Value, frozen=True, tag=True):
    """A day that articles give to: those of that day, and the numbers of the days before and after it in its calendar."""

    calendar: str
    number: int
    articles: tuple[Key, ...]
    older: int | None
    newer: int | None

    @property
    def key(self) -> Key:
        return f"days/{self.calendar}/{self.number}"


Target = EntryTarget | DayTarget


class Outline(Value, frozen=True):
    """A page before its cards are known: its address, its template, the digest of its argument list, and the cards that this names, a line
    each, as on a `Slip`."""

    address: str
    template: str
    page: Digest
    names: str


def outlined(page: Page, arguments: Digest) -> Outline:
    """A page's outline; `arguments` is the digest of the page."""
    return Outline(page.address, page.template, arguments, "\n".join(page.named))


def planned(outline: Outline, shown: Mapping[Key, Digest], beside: tuple[Key, Key] = ("", "")) -> Planned:
    """The page with its cards: what its key is made from is its argument list, whole, and the cards that it names (`Index.shown`)."""
    names = f"{outline.names}\n{beside[0]}\n{beside[1]}"
    cards = digest(names, _all(names, shown))
    return Planned(address=outline.address, template=outline.template, page=outline.page, cards=cards, beside=beside)


def with_behind(card: Digest, behind: str, cards: Mapping[Key, Digest]) -> Digest:
    """What stands in the keys of pages for a card that is shown with further cards, named a line each: these belong to it."""
    return digest(card, behind, _all(behind, cards))


def _all(names: str, shown: Mapping[Key, Digest]) -> bytes:
    """The digests of the cards that some lines name."""
    return b"".join(map(shown.get, names.split("\n"), repeat(_NONE)))


def articles(index: Index) -> Iterator[Planned]:
    """The articles' pages, each with its neighbours in time."""
    keys = ["", *(ARTICLES.key(slip.stem) for slip in index.articles), ""]
    for position, slip in enumerate(index.articles):
        outline = Outline(address_of(keys[position + 1]), ARTICLES.template, slip.page, slip.names)
        yield planned(outline, index.shown, (keys[position + 2], keys[position]))


def targets(index: Index, stated: Iterable[Key], pasts: Mapping[str, Past]) -> Iterator[Target]:
    """Every page that articles may give to. `stated`: the days (`days/CALENDAR/N`) of which they state something; `pasts`: what Git tells
    of files, by their paths."""
    related = relations(index)
    cards = [head.card for head in index.public(SOURCES.plural)]
    parts = parts_of(index)
    added = {*parts, *(part for some in parts.values() for part in some)}
    parents = tuple((card.stem, above.partition("/")[2]) for card in cards if isinstance(card, EntryCard) for above in card.above[:1])
    for kind in subjects():
        for head in index.public(kind.plural):
            key = head.card.key
            yield EntryTarget(
                kind=kind.plural,
                stem=head.card.stem,
                entry=head.value,
                above=above(head, index),
                related=tuple(related.get(key, ())),
                parents=parents if kind is CLAIMS else (),
                parts=parts.get(key, ()),
                is_added=key in added,
                past=pasts.get(head.path),
            )
    yield from _days(index, stated)


def pages_of(target: Target, gifts: Iterable[Gift], summed: Iterable[Key] = ()) -> Iterator[Page]:
    """The page of a target, and the numbered pages behind it. `summed`: of a claim its tally, and the months of its readings in order."""
    leading = _newest_first(gifts)
    if isinstance(target, DayTarget):
        address = urls.day_address(target.calendar, target.number)
        found, needs = _found(leading), _needs(leading)
        yield DayPage(
            address=address,
            calendar=target.calendar,
            number=target.number,
            articles=target.articles,
            found=found,
            cards=needs,
            older=target.older,
            newer=target.newer,
        )
        return
    is_mentioned = bool(KINDS[target.kind].letter)
    for place, shown in paging.dated(leading, address_of(target.key)):
        is_front = not place.number
        yield EntryPage(
            address=paging.page_address(place),
            kind=target.kind,
            entry=target.entry,
            cards=tuple(sorted({*target.above, *_needs(shown)})),
            related=target.related,
            found=_found(shown),
            paging=place,
            total=len(leading) if is_front else None,
            forms=usage.forms(leading) if is_front and is_mentioned else (),
            months=usage.months(gift.order for gift in leading) if is_front and is_mentioned else (),
            summed=tuple(summed) if is_front else (),
            parts=target.parts if is_front else (),
            past=target.past if is_front else None,
        )


def _days(index: Index, stated: Iterable[Key]) -> Iterator[DayTarget]:
    """Every day that has a page, in the order of its calendar."""
    dated: dict[Day, list[Key]] = {}
    for slip in index.articles:
        if slip.day is not None:
            dated.setdefault(slip.day, []).append(ARTICLES.key(slip.stem))
    for key in stated:
        _, calendar, number = key.split("/")
        dated.setdefault((calendar, int(number)), [])
    order = sorted(dated)
    for position, day in enumerate(order):
        before = order[position - 1] if position else None
        after = order[position + 1] if position + 1 < len(order) else None
        older = before[1] if before and before[0] == day[0] else None
        newer = after[1] if after and after[0] == day[0] else None
        yield DayTarget(*day, tuple(dated[day]), older, newer)


def others(
    index: Index,
    config: Config,
    withdrawn: Iterable[tuple[Key, Digest]],
    redirects: Iterable[tuple[str, Key]],
    speakers: Mapping[Key, Sequence[str]],
    newest: Sequence[tuple[Key, Key]],
    apart: Sequence[Key],
    corrected: Sequence[Corrected],
) -> Iterator[Page]:
    """Lists, free pages, the home page, the feed, and what stands where a page is no more. `speakers`: claim -> who is credited on it;
    `newest`: the claims with figures, each with the article of its newest one, those with the newest first; `apart`: the
    claims of which voices give figures that do not meet, in the same order; `corrected`: the newest first."""
    yield from lists(index, speakers)
    odd = tuple(islice(_odd(index), PAGE_SIZE))
    yield from _free(index, newest[:FIGURES], apart, odd, corrections_page(index, config), corrected)
    if apart or odd:
        for place, shown in paging.named(apart, DIFFERS):
            yield DiffersPage(paging.page_address(place), tuple(shown), odd if not place.number else (), place)
    for key, card in withdrawn:
        if key != HOME:  # there is always a home page
            yield TombstonePage(address_of(key), card)
    yield NotFoundPage("404.html")
    if urls.base_path(config.base_url) == "/" and ROBOTS not in [path.strip("/").casefold() for path in config.keep]:
        yield Robots(ROBOTS, sitemap=SITEMAP if config.outputs.sitemap else "")
    if config.outputs.feeds:
        latest = [slip for slip in index.articles if slip.full][:LATEST]
        yield Feed(FEED, tuple((ARTICLES.key(slip.stem), slip.value) for slip in latest), tuple(corrected[:LATEST]))
    for old, key in redirects:
        yield RedirectPage(old if old.endswith(".html") else f"{old}/", address_of(key))


def sitemaps(pages: Iterable[Planned], index: Index) -> Iterator[Page]:
    """One sitemap of the pages, or an index of several where one would be longer than the protocol allows."""
    changed: dict[str, str] = {address_of(ARTICLES.key(slip.stem)): slip.changed for slip in index.articles if slip.changed}
    changed |= {address_of(head.card.key): head.changed for head in index.public(PAGES.plural) if head.changed}
    listed = sorted((page.address, changed.get(page.address, "")) for page in pages if page.template not in UNLISTED)
    if len(listed) <= SITEMAP_SIZE:
        yield Sitemap(SITEMAP, tuple(listed), of_sitemaps=False)
        return
    parts = [listed[i : i + SITEMAP_SIZE] for i in range(0, len(listed), SITEMAP_SIZE)]
    names = [(f"sitemap-{number}.xml", "") for number in range(1, len(parts) + 1)]
    yield Sitemap(SITEMAP, tuple(names), of_sitemaps=True)
    for (name, _), part in zip(names, parts, strict=True):
        yield Sitemap(name, tuple(part), of_sitemaps=False)


def navigation(index: Index) -> list[tuple[str, str]]:
    """The free pages of the menu, as title and address, in their order."""
    cards = [head.card for head in index.public(PAGES.plural) if isinstance(head.card, EntryCard)]
    ordered = sorted((card for card in cards if card.nav is not None), key=lambda card: (card.nav, card.stem))
    return [(card.title, address_of(card.key)) for card in ordered]


def _newest_first(gifts: Iterable[Gift]) -> list[Gift]:
    """By the articles' dates, newest first; undated ones last; equal dates by address."""
    return sorted(gifts, key=lambda gift: (gift.order, gift.stem), reverse=True)


def _found(gifts: Iterable[Gift]) -> tuple[Contributed, ...]:
    return tuple(Contributed(ARTICLES.key(gift.stem), gift.value) for gift in gifts)


def _needs(gifts: Iterable[Gift]) -> tuple[Key, ...]:
    return tuple(sorted({need for gift in gifts for need in gift.needs}))


def corrections_page(index: Index, config: Config) -> Key | None:
    """The free page that tells what was corrected: the one that the archive names, or that which lies at the address; None without one."""
    named = PAGES.key((config.policies.corrections or CORRECTIONS).strip("/"))
    return named if named in index.heads and index.status[named] == "public" else None


def _free(
    index: Index,
    figures: Sequence[tuple[Key, Key]],
    apart: Sequence[Key],
    odd: tuple[Odd, ...],
    correcting: Key | None,
    corrected: Sequence[Corrected],
) -> Iterator[Page]:
    """The free pages, with that of the corrections, and the home page with the claims that have the newest figures."""
    home: Head | None = None
    if corrected and correcting is None:
        yield from _corrections(CORRECTIONS, None, (), corrected)
    for head in index.public(PAGES.plural):
        if head.card.stem == "index":
            home = head
        elif head.card.key == correcting:
            yield from _corrections(address_of(correcting), head.value, above(head, index), corrected)
        else:
            yield FreePage(address_of(head.card.key), head.value, above(head, index))
    lead = next(((ARTICLES.key(slip.stem), slip.value) for slip in index.articles[:LATEST] if slip.full), None)
    counts = ((ARTICLES.plural, len(index.articles)), *((kind.plural, len(index.public(kind.plural))) for kind in subjects()))
    yield HomePage(
        address=urls.Address(""),
        entry=home.value if home else None,
        lead=lead,
        cards=above(home, index) if home else (),
        latest=tuple(ARTICLES.key(slip.stem) for slip in index.articles[:LATEST]),
        counts=counts,
        months=usage.months(slip.order for slip in index.articles),
        figures=tuple(figures),
        odd=odd[:ODD],
        apart=tuple(apart[:ODD]),
        differs=bool(apart or odd),
    )


def _corrections(address: str, entry: Digest | None, cards: tuple[Key, ...], corrected: Sequence[Corrected]) -> Iterator[Page]:
    """The page of the corrections, and the numbered pages behind it."""
    for place, shown in paging.dated(corrected, address):
        yield FreePage(paging.page_address(place), entry, cards, tuple(shown), place)


def _odd(index: Index) -> Iterator[Odd]:
    """The sums that do not hold, of the newest articles first."""
    for slip in index.articles:
        for total, sources in slip.odd:
            yield Odd(ARTICLES.key(slip.stem), slip.value, total, sources)


def outputs_of(page: Planned, beside: Beside) -> tuple[urls.OutputPath, ...]:
    """Where the outputs of a page lie: its own, the data and the figures beside it, its social card and its pop-up, where the archive has
    such."""
    out = [urls.output_path(page.address)]
    if beside.data and has_data(page.template):
        out.append(urls.OutputPath(urls.data_of(page.address)))
    if beside.data and has_figures(page.template):
        out.append(urls.OutputPath(urls.figures_of(page.address)))
    if beside.cards and has_card(page.template):
        out.append(urls.OutputPath(urls.card_of(page.address)))
    if beside.popups and has_popup(page.template):
        out.append(urls.OutputPath(urls.popup_of(page.address)))
    return tuple(out)
