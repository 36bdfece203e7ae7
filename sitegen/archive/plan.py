"""From the index to the pages: which there are, and from which cards and texts each is made.

A pure function of the index. Only what is public is ever handed to a page, so that nothing else can be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from sitegen import urls
from sitegen.archive.gate import is_held
from sitegen.archive.index import Index, Key, address_of, keys_of, newest_first
from sitegen.model.article import ArticleCard, ClaimCard, PageCard, PlaceCard, SourceCard
from sitegen.model.digest import Digest, digest, encode
from sitegen.model.pages import (
    INDEX_SIZE,
    PAGE_SIZE,
    ArticlePage,
    DayPage,
    EntryPage,
    Feed,
    Found,
    FreePage,
    HomePage,
    ListPage,
    NotFoundPage,
    Page,
    Paging,
    Picture,
    RedirectPage,
    Sitemap,
    TombstonePage,
)
from sitegen.model.records import Config
from sitegen.model.site import Head, LinkHead

T = TypeVar("T")
FEED = urls.Address("feed.xml")
SITEMAP = urls.Address("sitemap.xml")
SITEMAP_SIZE = 50_000
"""Addresses in one sitemap (sitemaps.org protocol)."""
LATEST = 20
"""Articles in the feed and on the home page."""


class Materials(NamedTuple):
    """What the plan is made from. `links`: article -> its link; `proofs`: article -> address of its seed, where the proof holds;
    `pictures`: path below `content/images/` -> the picture."""

    archive: Index
    config: Config
    links: Mapping[str, LinkHead]
    proofs: Mapping[str, str]
    pictures: Mapping[str, Picture]
    drafts: bool


def key_of(page: Page, closure: Digest, site: Digest, engine: bytes) -> Digest:
    """The key of a rendered page: derived from its argument list, whole, and from nothing written by hand."""
    return digest("render", engine, closure, site, encode(page))


def plan(materials: Materials) -> list[Page]:
    """Every page of the site."""
    index, config = materials.archive, materials.config
    articles = newest_first(index.public("articles"))
    pages: list[Page] = []
    contributions = _contributions(materials, articles)
    pages += _articles(materials, articles)
    pages += _entries(materials, contributions)
    pages += _days(materials, articles, contributions)
    pages += _lists(index, articles)
    pages += _free(materials, articles)
    pages += [
        TombstonePage(address_of(key), head.card_digest)
        for key, head in index.heads.items()
        if index.status[key] == "withdrawn" and address_of(key)
    ]
    pages.append(NotFoundPage("404.html"))
    if config.outputs.feeds:
        newest = [head for head in articles if head.display == "full"][:LATEST]
        pages.append(Feed(FEED, tuple((head.card_digest, head.value) for head in newest)))
    for key, head in index.heads.items():
        if index.status[key] != "hidden":
            pages += [RedirectPage(old if old.endswith(".html") else f"{old}/", address_of(key)) for old in head.redirect_from]
    if config.outputs.sitemap:
        listed = [p.address for p in pages if not isinstance(p, TombstonePage | RedirectPage | NotFoundPage | Feed)]
        pages += _sitemaps(sorted(listed))
    return pages


def _sitemaps(listed: Sequence[str]) -> Iterator[Page]:
    """One sitemap, or an index of several where one would be longer than the protocol allows."""
    if len(listed) <= SITEMAP_SIZE:
        yield Sitemap(SITEMAP, tuple(listed), of_sitemaps=False)
        return
    parts = [listed[i : i + SITEMAP_SIZE] for i in range(0, len(listed), SITEMAP_SIZE)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield Sitemap(SITEMAP, tuple(names), of_sitemaps=True)
    for name, part in zip(names, parts, strict=True):
        yield Sitemap(name, tuple(part), of_sitemaps=False)


def _cards(index: Index, keys: Iterable[Key]) -> tuple[Digest, ...]:
    """The cards of those of the pages that are public, each once, in a fixed order."""
    return tuple(index.heads[key].card_digest for key in sorted(set(keys)) if index.is_public(key))


def _pictures(materials: Materials, head: Head) -> tuple[Picture, ...]:
    """The pictures of a page that are ready."""
    return tuple(materials.pictures[file] for file in head.images if file in materials.pictures)


def _named(index: Index, head: Head) -> Iterator[Key]:
    """The pages that a file names."""
    for reference in head.references:
        yield from keys_of(reference.kind, reference.id, index.heads)


def _articles(materials: Materials, articles: Sequence[Head]) -> Iterator[Page]:
    index = materials.archive
    for position, head in enumerate(articles):
        linked = materials.links[head.card.stem]
        held = is_held(head.card.gate, materials.config.publish.unchecked, drafts=materials.drafts)
        keys = {(target.kind, target.id) for target in linked.targets if target.kind != "days"}
        keys.update(need for target in linked.targets for need in target.needs)
        keys.update(_named(index, head))
        if held:
            keys = {key for key in keys if key[0] not in ("sources", "claims")}
        yield ArticlePage(
            address_of(("articles", head.card.stem)),
            head.value,
            linked.value,
            _cards(index, keys),
            articles[position + 1].card_digest if position + 1 < len(articles) else None,
            articles[position - 1].card_digest if position else None,
            materials.proofs.get(head.card.stem) if head.display == "full" else None,
            held,
            _pictures(materials, head) if head.display == "full" else (),
        )


Contributions = dict[Key, list[tuple[Found, tuple[Key, ...]]]]
"""Page -> what articles give to it, each with the cards that it is shown with."""


def _contributions(materials: Materials, articles: Sequence[Head]) -> Contributions:
    """What leads to each page, newest article first."""
    out: Contributions = {}
    for head in articles:
        for target in materials.links[head.card.stem].targets:
            found = Found(head.card_digest, target.value, head.card.stem)
            out.setdefault((target.kind, target.id), []).append((found, target.needs))
    return out


def _paged(items: Sequence[T], address: str, size: int = PAGE_SIZE) -> Iterator[tuple[Paging, Sequence[T]]]:
    """A long list, newest first, cut into its front and the numbered pages behind it.

    The front shows the newest; the numbered pages hold everything, number 1 the oldest, so that a new entry changes the
    front and the last numbered page alone. A short list has only its front.
    """
    count = -(-len(items) // size) if len(items) > size else 0
    yield Paging(address, 0, on=count or None), items[:size]
    for number in range(1, count + 1):
        stop = len(items) - (number - 1) * size
        newer = number + 1 if number < count else None
        yield Paging(address, number, newer, number - 1 if number > 1 else None), items[max(0, stop - size) : stop]


def _page_address(paging: Paging) -> urls.Address:
    return urls.numbered(paging.address, paging.number) if paging.number else urls.Address(paging.address)


def _entries(materials: Materials, contributions: Contributions) -> Iterator[Page]:
    index = materials.archive
    related: dict[Key, list[Key]] = {}
    for kind in ("places", "sources", "claims"):
        for head in index.public(kind):
            for key in _up(head):
                related.setdefault(key, []).append((kind, head.card.stem))
    for kind in ("places", "sources", "claims"):
        for head in index.public(kind):
            key = (kind, head.card.stem)
            leading = contributions.get(key, [])
            upward = list(_ancestors(head, index))
            pictures = _pictures(materials, head)
            for paging, shown in _paged(leading, address_of(key)):
                needs = [need for _, needs in shown for need in needs]
                yield EntryPage(
                    _page_address(paging),
                    kind,
                    head.value,
                    _cards(index, [*needs, *upward, *_named(index, head)]),
                    _cards(index, related.get(key, [])),
                    tuple(found for found, _ in shown),
                    paging,
                    None if paging.number else len(leading),
                    pictures,
                )


def _up(head: Head) -> list[Key]:
    """The pages of its own kind that a card stands under, or is related to."""
    match head.card:
        case PlaceCard() as place:
            return [("places", one) for one in place.within[:1]]
        case SourceCard() as source:
            return [("sources", source.parent)] if source.parent else []
        case ClaimCard() as claim:
            return [("claims", one) for _, one in claim.relations]
    return []


def _ancestors(head: Head, index: Index) -> Iterator[Key]:
    """The containers of a place and theirs, the parents of a source; safe against circles."""
    seen: set[Key] = set()
    open_keys = _up(head)
    while open_keys:
        key = open_keys.pop(0)
        if key not in seen and key in index.heads:
            seen.add(key)
            yield key
            if key[0] != "claims":
                open_keys += _up(index.heads[key])


def _days(materials: Materials, articles: Sequence[Head], contributions: Contributions) -> Iterator[Page]:
    index = materials.archive
    dated: dict[tuple[str, int], list[Digest]] = {}
    for head in articles:
        card = head.card
        if isinstance(card, ArticleCard) and card.calendar is not None and card.day is not None:
            dated.setdefault((card.calendar, card.day), []).append(head.card_digest)
    stated: dict[tuple[str, int], list[tuple[Found, tuple[Key, ...]]]] = {}
    for key, found in contributions.items():
        if key[0] == "days":
            calendar, _, number = key[1].rpartition("/")
            stated[calendar, int(number)] = found
    days = sorted({*dated, *stated})
    for position, day in enumerate(days):
        before = days[position - 1] if position else None
        after = days[position + 1] if position + 1 < len(days) else None
        found = stated.get(day, [])
        yield DayPage(
            urls.day_address(*day),
            *day,
            tuple(dated.get(day, ())),
            tuple(one for one, _ in found),
            _cards(index, [need for _, needs in found for need in needs]),
            before[1] if before and before[0] == day[0] else None,
            after[1] if after and after[0] == day[0] else None,
        )


def _lists(index: Index, articles: Sequence[Head]) -> Iterator[Page]:
    newest = [head.card_digest for head in articles]
    for kind, address in (("articles", "articles/"), ("timeline", "timeline/")):
        for paging, shown in _paged(newest, address):
            yield ListPage(_page_address(paging), kind, tuple(shown), paging, None if paging.number else len(newest))
    for kind in ("places", "sources", "claims"):
        heads = sorted(index.public(kind), key=lambda head: (head.card.title.casefold(), head.card.stem))
        cards = [head.card_digest for head in heads]
        chunks = [cards[i : i + INDEX_SIZE] for i in range(0, len(cards), INDEX_SIZE)] or [[]]
        for number, chunk in enumerate(chunks):
            following = number + 1 if number + 1 < len(chunks) else None
            paging = Paging(f"{kind}/", number, number - 1 if number else None, following)
            yield ListPage(_page_address(paging), kind, tuple(chunk), paging, None if number else len(cards))


def _free(materials: Materials, articles: Sequence[Head]) -> Iterator[Page]:
    index = materials.archive
    home: Head | None = None
    for head in index.public("pages"):
        if head.card.stem == "index":
            home = head
            continue
        yield FreePage(address_of(("pages", head.card.stem)), head.value, _cards(index, _named(index, head)), _pictures(materials, head))
    counts = tuple((kind, len(index.public(kind))) for kind in ("articles", "places", "sources", "claims"))
    yield HomePage(
        urls.Address(""),
        home.value if home else None,
        _cards(index, _named(index, home)) if home else (),
        tuple(head.card_digest for head in articles[:LATEST]),
        counts,
        _pictures(materials, home) if home else (),
    )


def navigation(index: Index) -> list[tuple[str, str]]:
    """The free pages of the menu, as title and address, in their order."""
    cards = [head.card for head in index.public("pages") if isinstance(head.card, PageCard) and head.card.nav is not None]
    ordered = sorted(cards, key=lambda card: (card.nav, card.stem))
    return [(card.title, address_of(("pages", card.stem))) for card in ordered]
