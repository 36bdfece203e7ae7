"""The words of a page for those who search: what `/search/` shows of it, and looks through for the very words (docs/search.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

import msgspec

from sitegen.finding.index import names_of
from sitegen.model.article import ARTICLE_VOICE, UNNAMED, Article, Card, Entry, EntryCard, Key, Statement
from sitegen.model.base import Value
from sitegen.model.kinds import SOURCES
from sitegen.model.pages import ArticlePage, EntryPage, FreePage
from sitegen.model.site import SiteCard
from sitegen.model.tally import Tally, tally_key
from sitegen.speech import speech_of
from sitegen.views import words
from sitegen.views.passages import ids_of
from sitegen.views.types import BlockView, PageView, View

SHORT = 600
"""Signs of an entry's body that are shown of it."""


class Stretch(Value, frozen=True, array_like=True):
    """Words of a passage that state something: from where to where they go, in units of UTF-16, as browsers count; their id; and who is
    credited with them: titles of sources, empty for one who is not named; none at all where the article speaks itself; null where nobody
    has judged yet."""

    start: int
    end: int
    id: str
    speakers: tuple[str, ...] | None


class Passage(Value, frozen=True, array_like=True):
    """A block of an article: where it is (`#id`), its text, and what it states."""

    id: str
    text: str
    stated: tuple[Stretch, ...]


class ArticleWords(View, frozen=True):
    """`date` as it is shown, `publisher` where it is known, `lang` where it is not the archive's."""

    title: str
    date: str
    publisher: str
    lang: str
    passages: tuple[Passage, ...]


class PageWords(View, frozen=True):
    """Of a free page; each passage is where the heading above it is."""

    title: str
    passages: tuple[Passage, ...]


class EntryWords(View, frozen=True):
    """`kind` in words ("city"), `names` all that it is called, `about` how its body begins, `articles` in how many it stands."""

    title: str
    kind: str
    names: tuple[str, ...]
    about: str
    articles: int


def words_of_article(page: ArticlePage, article: Article, cards: Mapping[Key, Card], site: SiteCard) -> bytes:
    """The words of an article as far as they may be shown: without those of `display: metadata` or `excerpts`, and without who says what
    where that waits for an editor."""
    front, card = article.front, article.card
    date = words.date_view(card.date, speech_of(site.language)).text if card.date else ""
    stated = article.statements if not page.held else ()
    return msgspec.json.encode(
        ArticleWords(
            title=card.title,
            date=date,
            publisher=front.origin.publisher or "" if front.origin else "",
            lang=card.lang or "",
            passages=tuple(_passages(article, stated, cards)) if front.display == "full" else (),
        )
    )


def _passages(article: Article, stated: Iterable[Statement], cards: Mapping[Key, Card]) -> Iterator[Passage]:
    by_block: dict[int, list[Statement]] = {}
    for one in stated:
        by_block.setdefault(one.block, []).append(one)
    ids = [id for id, element in zip(ids_of(article.elements), article.elements, strict=True) for _ in element.blocks]
    for number, (id, block) in enumerate(zip(["", *ids], article.blocks, strict=True)):
        if block.text:
            found = sorted(by_block.get(number, ()), key=lambda one: (one.start, one.end))
            at = partial(_in_utf16, block.text)
            yield Passage(id, block.text, tuple(Stretch(at(one.start), at(one.end), one.id, _speakers(one, cards)) for one in found))


def _in_utf16(text: str, at: int) -> int:
    """A place in a text in units of UTF-16, of which signs beyond U+FFFF have two.

    >>> _in_utf16("🔥 fire", 2)
    3
    """
    return at if text.isascii() else len(text[:at].encode("utf-16-le", "surrogatepass")) // 2


def _speakers(one: Statement, cards: Mapping[Key, Card]) -> tuple[str, ...] | None:
    if not one.sources:
        return None
    return tuple("" if source == UNNAMED else _called(source, cards) for source in one.sources if source != ARTICLE_VOICE)


def _called(source: str, cards: Mapping[Key, Card]) -> str:
    """A source by its title; by its id as plain words where it has no public page, as the article has it."""
    card = cards.get(SOURCES.key(source))
    return card.title if isinstance(card, EntryCard) else source.replace("-", " ")


def words_of_entry(page: EntryPage, entry: Entry, seen: PageView, cards: Mapping[Key, Card], site: SiteCard) -> bytes | None:
    """What is shown of an entry, of which `seen` is the view; nothing for the numbered pages behind its first."""
    if page.paging.number:
        return None
    card = entry.card
    tally = cards.get(tally_key(card.key))
    blocks: tuple[BlockView, ...] = getattr(seen, "blocks", ())  # of whatever kind of entry, it has them
    body = " ".join(block.html.striptags() for block in blocks)
    return msgspec.json.encode(
        EntryWords(
            title=card.title,
            kind=words.category(speech_of(site.language), card.kind, card.category),
            names=tuple(names_of(entry)[1:]),
            about=body if len(body) <= SHORT else f"{body[:SHORT].rpartition(' ')[0]} …",
            articles=page.total or (tally.articles if isinstance(tally, Tally) else 0),
        )
    )


def words_of_page(page: FreePage, entry: Entry) -> bytes | None:
    """The words of a free page; nothing for the numbered pages behind its first."""
    if page.paging is not None and page.paging.number:
        return None
    passages = [Passage("", entry.card.title, ())]
    heading = ""
    for element in entry.elements:
        heading = element.id if element.kind == "heading" else heading
        passages += [Passage(heading, block.text, ()) for block in element.blocks if block.text]
    return msgspec.json.encode(PageWords(entry.card.title, tuple(passages)))
