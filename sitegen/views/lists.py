"""The views of lists: tables of pages, a line each, and the parts that a long list has."""

from __future__ import annotations

from itertools import groupby

from sitegen import urls
from sitegen.model.article import ArticleCard, EntryCard, PageCard
from sitegen.model.kinds import ARTICLES, SOURCES
from sitegen.model.pages import Facet, ListPage
from sitegen.model.speech import message
from sitegen.model.tally import Tally, tally_key
from sitegen.speech import Speech
from sitegen.speech.dates import text_of
from sitegen.views import words
from sitegen.views.paging import numbered, paging_view
from sitegen.views.shelf import Shelf
from sitegen.views.telling import reading_view
from sitegen.views.types import FacetView, GroupView, LinkView, ListView, PartView, RowView

# Translators: what a list is taken apart by: "By kind: city, country …".
FACETS = {"kind": message("By kind"), "year": message("By year"), "source": message("By who says it")}


def list_view(page: ListPage, shelf: Shelf) -> ListView:
    """The view of one page of a list."""
    dated = page.kind == ARTICLES.plural
    cards = [card for key in page.cards if isinstance(card := shelf.cards.get(key), PageCard)]
    # a list by title has no headings: a page of it is seen at a glance
    grouped = groupby(cards, key=lambda card: _year(shelf.speech, card)) if dated else [("", cards)] if cards else []
    groups = tuple(GroupView(heading, tuple(_row(card, shelf) for card in group)) for heading, group in grouped)
    title = words.title(shelf.speech, page.kind)
    part = _value(page.kind, *page.part, shelf) if page.part else ""
    if part:
        title = shelf.speech.gettext("%(list)s: %(part)s") % {"list": title, "part": part}
    rows = [row for group in groups for row in group.rows]
    return ListView(
        frame=shelf.frame(page.template, numbered(title, page.paging, shelf.speech, dated=dated), page.address, page.kind),
        title=title,
        groups=groups,
        total=page.total,
        facets=tuple(_facet(page.kind, facet, shelf) for facet in page.facets),
        whole=LinkView(words.title(shelf.speech, page.kind), shelf.href(f"{page.kind}/")) if page.part else None,
        has_kinds=any(row.card.kind for row in rows),
        has_figures=any(row.latest for row in rows),
        paging=paging_view(page.paging, shelf, dated=dated),
    )


def _row(card: PageCard, shelf: Shelf) -> RowView:
    tally = shelf.cards.get(tally_key(card.key)) if isinstance(card, EntryCard) else None
    if not isinstance(tally, Tally):
        return RowView(shelf.card(card))
    return RowView(
        card=shelf.card(card),
        articles=tally.articles,
        claims=tally.claims,
        sources=tally.sources,
        last=words.date_view(tally.last, shelf.speech) if tally.last else None,
        latest=reading_view(shelf, tally.latest) if tally.latest else None,
    )


def _facet(kind: str, facet: Facet, shelf: Shelf) -> FacetView:
    parts = []
    for value, count in facet.options:
        href = shelf.href(urls.faceted(kind, facet.name, value))
        parts.append(PartView(_value(kind, facet.name, value, shelf), href, count))
    return FacetView(shelf.speech.gettext(FACETS[facet.name]), tuple(parts))


def _value(kind: str, facet: str, value: str, shelf: Shelf) -> str:
    """A value of a facet in words."""
    if facet == "source":
        return shelf.title(SOURCES.key(value)) or value.replace("-", " ")
    return words.category(shelf.speech, kind, value) if facet == "kind" else text_of(shelf.speech, value)


def _year(speech: Speech, card: PageCard) -> str:
    """The year of an article, in words."""
    return text_of(speech, card.date.sort[:4]) if isinstance(card, ArticleCard) and card.date else speech.gettext("Undated")
