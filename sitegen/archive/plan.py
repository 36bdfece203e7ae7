"""From the index to the pages: which there are besides those that articles give to (`archive.targets`), and with which cards each is shown.

Pure functions of the index and of what articles give. A page names the cards that it may show; only those of public pages are in
`Index.cards`, so that nothing else can be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, repeat

from sitegen import urls
from sitegen.archive import feeding, paging, usage
from sitegen.archive.index import HOME, Index, address_of
from sitegen.archive.lineage import above
from sitegen.archive.lists import lists
from sitegen.archive.nearby import located
from sitegen.model.article import EntryCard, Key
from sitegen.model.base import Value
from sitegen.model.digest import Digest, digest
from sitegen.model.kinds import (
    ARTICLES,
    CLAIMS,
    PAGES,
    SOURCES,
    TOPICS,
    has_card,
    has_data,
    has_figures,
    has_popup,
    has_words,
    subjects,
)
from sitegen.model.pages import (
    PAGE_SIZE,
    DataPage,
    DiffersPage,
    Feed,
    FreePage,
    Headers,
    HomePage,
    MapData,
    MapPage,
    NotFoundPage,
    Odd,
    Page,
    Planned,
    RedirectPage,
    Redirects,
    Robots,
    SearchPage,
    Sitemap,
    TombstonePage,
)
from sitegen.model.records import Config
from sitegen.model.site import Beside, Corrected, Head

FEED = urls.feed_of("")
SITEMAP = urls.Address("sitemap.xml")
ROBOTS = urls.Address("robots.txt")
"""Read at the root of a host alone (RFC 9309). An archive that keeps one of its own in its output has none of ours."""
HEADERS = urls.Address("_headers")
REDIRECTS = urls.Address("_redirects")
"""Files in which hosts (Netlify, Cloudflare Pages) find what is sent with pages, and where old addresses lead."""
SITEMAP_SIZE = 50_000
"""Addresses in one sitemap (sitemaps.org protocol)."""
LATEST = 20
"""Articles in the feed and on the home page."""
FIGURES, ODD = 8, 5
"""Claims with their newest figures, and sums that do not hold, on the home page."""
MAP_TEMPLATE = "map.html"
UNLISTED = frozenset(["", "tombstone.html", "redirect.html", "404.html"])
"""Templates of pages that no sitemap lists."""
DIFFERS = urls.Address("differs/")
"""Of the page of all that differs and does not add up, where anything does."""
MAP = urls.Address("map/")
"""Of the page of all places, where the location of any is known."""
CORRECTIONS = urls.Address("corrections/")
"""Of the page that tells what was corrected, where no free page does and anything was."""
SEARCH = urls.Address("search/")
"""Of the page on which one searches, where the archive is to be searched."""
DATA = urls.Address("data/")
"""Of the page of the open data, and where its files lie, where the archive gives any."""
CHECKS = urls.Address("checks/")
"""Of the page that tells what is waived, where anything is. It is for those who ask how the archive works, and in no sitemap."""
_NONE = bytes(32)
"""In the place of the digest of a card that readers may not see."""


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


def others(
    index: Index,
    config: Config,
    withdrawn: Iterable[tuple[Key, Digest]],
    redirects: Sequence[tuple[str, Key]],
    speakers: Mapping[Key, Sequence[str]],
    newest: Sequence[tuple[Key, Key]],
    apart: Sequence[Key],
    corrected: Sequence[Corrected],
    languages: tuple[str, ...],
    own: Iterable[str],
) -> Iterator[Page]:
    """Lists, free pages, the home page, the feed, and what stands where a page is no more. `speakers`: claim -> who is credited on it;
    `newest`: the claims with figures, each with the article of its newest one, those with the newest first; `apart`: the
    claims of which voices give figures that do not meet, in the same order; `corrected`: the newest first; `languages`: those of
    the archive; `own`: addresses of its own files."""
    yield from lists(index, speakers)
    if config.outputs.maps:
        yield from _map(index)
    odd = tuple(islice(_odd(index), PAGE_SIZE))
    yield from _free(index, newest[:FIGURES], apart, odd, corrections_page(index, config), corrected)
    if apart or odd:
        for place, shown in paging.named(apart, DIFFERS):
            yield DiffersPage(paging.page_address(place), tuple(shown), odd if not place.number else (), place)
    for key, card in withdrawn:
        if key != HOME:  # there is always a home page
            yield TombstonePage(address_of(key), card)
    if config.outputs.search:
        yield SearchPage(SEARCH, languages)
    if config.outputs.data:
        yield DataPage(DATA, config.citation.licence or "")
    yield NotFoundPage("404.html")
    if urls.base_path(config.base_url) == "/":  # what hosts and crawlers look for at the root of a host alone
        theirs = {path.strip("/").casefold() for path in (*config.keep, *own)}
        if ROBOTS not in theirs:
            yield Robots(ROBOTS, sitemap=SITEMAP if config.outputs.sitemap else "")
        if HEADERS not in theirs:
            yield Headers(HEADERS)
        moved = tuple(sorted((old, address_of(key)) for old, key in redirects))
        if moved and REDIRECTS not in theirs:
            yield Redirects(REDIRECTS, moved)
    if config.outputs.feeds:
        yield Feed(FEED, "", feeding.newest(index.articles), tuple(corrected[:LATEST]))
        if corrected:
            address = address_of(correcting) if (correcting := corrections_page(index, config)) else CORRECTIONS
            yield Feed(urls.feed_of(address), "", (), tuple(corrected[:LATEST]))
    for old, key in redirects:
        yield RedirectPage(old, address_of(key))


def sitemaps(pages: Iterable[Planned], index: Index) -> Iterator[Page]:
    """One sitemap of the pages, or an index of several where one would be longer than the protocol allows."""
    changed: dict[str, str] = {address_of(ARTICLES.key(slip.stem)): slip.changed for slip in index.articles if slip.changed}
    changed |= {address_of(head.card.key): head.changed for head in index.public(PAGES.plural) if head.changed}
    empty = {f"{kind.plural}/" for kind in subjects() if not index.public(kind.plural)}  # lists with nothing in them yet
    empty |= set() if index.articles else {f"{ARTICLES.plural}/"}
    shown = (page.address for page in pages if page.template not in UNLISTED and page.address not in empty)
    listed = sorted((address, changed.get(address, "")) for address in shown)
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


def corrections_page(index: Index, config: Config) -> Key | None:
    """The free page that tells what was corrected: the one that the archive names, or that which lies at the address; None without one."""
    named = PAGES.key((config.policies.corrections or CORRECTIONS).strip("/"))
    return named if named in index.heads and index.status[named] == "public" else None


def _map(index: Index) -> Iterator[Page]:
    """The page of the map, and what its script chooses by, where the location of any place is known."""
    places = tuple(sorted(card.key for card in located(index)))
    if places:
        topics, *others = (tuple(head.card.key for head in index.public(kind.plural)) for kind in (TOPICS, SOURCES, CLAIMS))
        yield MapPage(MAP, places)
        yield MapData(urls.Address(f"{MAP}articles.json"), places, topics, (*others[0], *others[1]))


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
    """Where the outputs of a page lie: its own, the data and the figures beside it, its social card, its pop-up and its words, where the
    archive has such; of a feed both of its forms."""
    out = [urls.output_path(page.address)]
    if beside.data and has_data(page.template):
        out.append(urls.OutputPath(urls.data_of(page.address)))
    if beside.data and has_figures(page.template):
        out.append(urls.OutputPath(urls.figures_of(page.address)))
    if beside.cards and has_card(page.template):
        out.append(urls.OutputPath(urls.card_of(page.address)))
    if page.address.rpartition("/")[2] == FEED:
        out.append(urls.OutputPath(urls.in_json(page.address)))
    if page.template == MAP_TEMPLATE:
        out.append(urls.OutputPath(urls.places_of(page.address)))
    if beside.popups and has_popup(page.template):
        out.append(urls.OutputPath(urls.popup_of(page.address)))
    if beside.words and has_words(page.template):
        out.append(urls.OutputPath(urls.words_of(page.address)))
    return tuple(out)
