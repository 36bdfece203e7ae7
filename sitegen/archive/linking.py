"""Finds an article's mentions, and gathers what it contributes to the pages of places, sources, claims and days."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

import msgspec

from sitegen.archive.names import Mention, Name, mentions
from sitegen.content.text import around
from sitegen.model.article import ARTICLE_VOICE, UNNAMED, Article, Statement
from sitegen.model.base import Value
from sitegen.model.problem import Problem
from sitegen.model.records import Calendar, When
from sitegen.model.site import Appearance, Contribution, Excerpt, Piece
from sitegen.model.text import Anchor


class Linked(Value, frozen=True):
    """The mentions of an article, in order."""

    mentions: tuple[Mention, ...]


class Given(Value, frozen=True):
    """A contribution on its way to a page of `kind` called `id`."""

    kind: str
    id: str
    contribution: Contribution
    needs: tuple[tuple[str, str], ...]


def link(
    article: Article, names: Iterable[Name], calendars: Mapping[str, Calendar], *, held: bool
) -> tuple[Linked, list[Given], list[Problem]]:
    """The article's mentions under these names, its contributions in a fixed order, and names that are ambiguous here.

    `held`: its claims and sources are not to be seen yet, so it gives the sentences that mention places alone. An article of
    which only metadata may be shown (`display`) gives no words at all.
    """
    blocks = article.blocks
    taken = {anchor.id for anchor in article.anchors} | {element.id for element in article.elements if element.id}
    found, ambiguous = mentions(blocks, names, article.front.places.ignore, article.front.places.as_, taken)
    problems = [
        Problem(
            article.path, blocks[one.block].line, "ambiguous-name", f"“{one.name}” may be {' or '.join(one.places)}",
            f'add to the notes: `places: {{as: {{"{one.name}": {one.places[0]}}}}}`',
        )
        for one in dict.fromkeys(ambiguous)
    ]  # fmt: skip
    if held:
        article = msgspec.structs.replace(article, statements=(), sums=(), front=msgspec.structs.replace(article.front, sources=()))
    given = [*_of_places(article, found), *_of_sources(article), *_of_claims(article), *_of_days(article, calendars)]
    if article.front.display == "metadata":
        given = [_wordless(one) for one in given if one.kind in ("places", "sources")]
    return Linked(tuple(found)), given, problems


def _wordless(one: Given) -> Given:
    citations = tuple((citation, None) for citation, _ in one.contribution.citations)
    return Given(one.kind, one.id, Contribution(citations=citations), ())


def excerpt_of(article: Article, anchors: Iterable[Anchor | Mention | Statement]) -> Excerpt:
    """The whole sentences around some anchors of one block, which do not overlap."""
    marks = sorted(anchors, key=lambda one: (one.start, one.end))
    block = article.blocks[marks[0].block]
    text = block.text
    first = min(around(text, one.start, one.end)[0] for one in marks)
    last = max(around(text, one.start, one.end)[1] for one in marks)
    pieces = []
    at = first
    for one in marks:
        if one.start > at:
            pieces.append(Piece(text[at : one.start]))
        if one.end > max(at, one.start):
            pieces.append(Piece(text[max(at, one.start) : one.end], one.id))
        at = max(at, one.end)
    if last > at:
        pieces.append(Piece(text[at:last]))
    return Excerpt(tuple(pieces), block.kind if block.kind in ("title", "heading", "caption") else "")


def _appearance(article: Article, one: Statement) -> Appearance:
    return Appearance(
        one.id, excerpt_of(article, [one]), one.sources, one.via, one.claim, one.as_of, one.when, one.said, one.figures, one.gloss,
        one.hedge, one.stance,
    )  # fmt: skip


def _needs(statements: Iterable[Statement]) -> tuple[tuple[str, str], ...]:
    """The cards with which statements are shown: their sources and claims."""
    out: set[tuple[str, str]] = set()
    for one in statements:
        out.update(("sources", s) for s in (*one.sources, *one.via) if s not in (ARTICLE_VOICE, UNNAMED))
        if one.claim:
            out.add(("claims", one.claim))
    return tuple(sorted(out))


def _of_places(article: Article, found: list[Mention]) -> Iterable[Given]:
    """To each place: the sentences that mention it, each once, and the statements about it."""
    sentences: dict[str, dict[tuple[int, int], list[Mention]]] = {}
    for one in found:
        where = around(article.blocks[one.block].text, one.start, one.end)
        sentences.setdefault(one.place, {}).setdefault((one.block, where[0]), []).append(one)
    about: dict[str, list[Statement]] = {}
    for statement in article.statements:
        for place in statement.places:
            about.setdefault(place, []).append(statement)
    for place in sorted({*sentences, *about}):
        excerpts = tuple(excerpt_of(article, group) for group in sentences.get(place, {}).values())
        statements = about.get(place, [])
        shown = tuple(_appearance(article, one) for one in statements)
        yield Given("places", place, Contribution(excerpts=excerpts, appearances=shown), _needs(statements))


def _of_sources(article: Article) -> Iterable[Given]:
    """To each source: the documents of it that are cited, and what is credited to it."""
    quoted = iter(anchor for anchor in article.anchors if anchor.kind == "citation")
    cited: dict[str, list[tuple[int, Anchor | None]]] = {}
    for index, citation in enumerate(article.front.sources):
        anchor = next(quoted, None) if citation.quote else None
        cited.setdefault(citation.source, []).append((index, anchor))
    said: dict[str, list[Statement]] = {}
    for statement in article.statements:
        for source in dict.fromkeys((*statement.sources, *statement.via)):
            if source not in (ARTICLE_VOICE, UNNAMED):
                said.setdefault(source, []).append(statement)
    for source in sorted({*cited, *said}):
        citations = tuple(
            (article.front.sources[index], excerpt_of(article, [anchor]) if anchor else None) for index, anchor in cited.get(source, [])
        )
        statements = said.get(source, [])
        shown = tuple(_appearance(article, one) for one in statements)
        yield Given("sources", source, Contribution(citations=citations, appearances=shown), _needs(statements))


def _of_claims(article: Article) -> Iterable[Given]:
    """To each claim: its appearances, and the sums whose total is one of them."""
    appearing: dict[str, list[Statement]] = {}
    for statement in article.statements:
        if statement.claim:
            appearing.setdefault(statement.claim, []).append(statement)
    for claim in sorted(appearing):
        statements = appearing[claim]
        ids = {one.id for one in statements}
        sums = tuple(one for one in article.sums if one.total in ids)
        shown = tuple(_appearance(article, one) for one in statements)
        yield Given("claims", claim, Contribution(appearances=shown, sums=sums), _needs(statements))


def _of_days(article: Article, calendars: Mapping[str, Calendar]) -> Iterable[Given]:
    """To each day of the article's calendar: what is stated as of that day, or to have happened on it."""
    calendar = article.card.calendar
    if calendar is None or calendar not in calendars:
        return
    scale = calendars[calendar]
    epoch = datetime.date.fromisoformat(scale.epoch)
    days: dict[int, list[Statement]] = {}
    for statement in article.statements:
        for day in {day for when in (statement.as_of, statement.when) if (day := _day(when)) is not None}:
            days.setdefault((day - epoch).days + scale.first_day, []).append(statement)
    for number in sorted(days):
        shown = tuple(_appearance(article, one) for one in days[number])
        yield Given("days", f"{calendar}/{number}", Contribution(appearances=shown), _needs(days[number]))


def _day(when: When | None) -> datetime.date | None:
    return when.date.day if when else None
