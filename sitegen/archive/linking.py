"""Finds an article's mentions, and gathers what it contributes to the pages of places, sources, claims and days."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, TypeVar

import msgspec

from sitegen.archive.names import Name, mentions
from sitegen.content.text import around
from sitegen.model.article import ARTICLE_VOICE, UNNAMED, Article, Key, Statement
from sitegen.model.problem import Problem
from sitegen.model.records import Calendar, Citation
from sitegen.model.site import Appearance, Contribution, Excerpt, Given, Linked, Mention, Piece
from sitegen.model.text import Anchor, Block


def link(article: Article, names: Iterable[Name], calendars: Mapping[str, Calendar], *, held: bool) -> Linked:
    """The article's mentions under these names, its contributions, and names that are ambiguous here.

    `held`: its claims and sources are not to be seen yet, so it gives the sentences that mention places alone. An article of
    which only metadata may be shown (`display`) gives no words at all.
    """
    blocks = article.blocks
    taken = {anchor.id for anchor in article.anchors} | {element.id for element in article.elements if element.id}
    found, ambiguous = mentions(blocks, names, article.front.places.ignore, article.front.places.as_, taken)
    problems = [
        Problem(
            article.path, blocks[one.block].line, "ambiguous-name", f"“{one.name}” may be {_choice(one.places)}",
            f'add to the notes: `places: {{as: {{"{one.name}": {one.places[0]}}}}}`',
        )
        for one in dict.fromkeys(ambiguous)
    ]  # fmt: skip
    if held:
        article = msgspec.structs.replace(article, statements=(), sums=(), front=msgspec.structs.replace(article.front, sources=()))
    giving = _Giving(article, blocks)
    given = [*giving.to_places(found), *giving.to_sources(), *giving.to_claims(), *giving.to_days(calendars)]
    if article.front.display == "metadata":
        given = [_wordless(one) for one in given if one.page.startswith(("places/", "sources/"))]
    return Linked(tuple(found), tuple(given), tuple(problems))


def _choice(places: Sequence[str]) -> str:
    more = (f"one of {len(places) - 8} others",) if len(places) > 8 else ()
    return " or ".join((*places[:8], *more))


def _wordless(one: Given) -> Given:
    citations = tuple((citation, None) for citation, _ in one.contribution.citations)
    return Given(one.page, Contribution(citations=citations), ())


_span = attrgetter("start", "end")


def excerpt_of(blocks: Sequence[Block], anchors: Iterable[Anchor | Mention | Statement], *, whole: bool = True) -> Excerpt:
    """The whole sentences around some anchors of one block; without `whole` (of an article that shows only excerpts) the
    anchored words alone."""
    marks = sorted(anchors, key=_span)
    block = blocks[marks[0].block]
    text = block.text
    first, last = marks[0].start, max([one.end for one in marks])
    if whole:
        first, last = around(text, first, last)
    pieces = []
    at = first
    for one in marks:
        if one.start > at:
            pieces.append(Piece(text[at : one.start]))
            at = one.start
        if one.end > at:
            pieces.append(Piece(text[at : one.end], one.id))
            at = one.end
    if last > at:
        pieces.append(Piece(text[at:last]))
    return Excerpt(tuple(pieces), block.kind if block.kind in ("title", "heading", "caption") else "")


def appearance_of(blocks: Sequence[Block], one: Statement, *, whole: bool = True) -> Appearance:
    """A statement as it is shown away from its sentence."""
    excerpt = excerpt_of(blocks, [one], whole=whole)
    times = (one.as_of, one.when, one.said)
    return Appearance(one.id, excerpt, one.sources, one.via, one.claim, *times, one.figures, one.gloss, one.hedge, one.stance)


class _Giving:
    """What one article gives to other pages; each statement is made ready once, however many pages show it."""

    def __init__(self, article: Article, blocks: Sequence[Block]) -> None:
        self.article = article
        self.blocks = blocks
        self.whole = article.front.display == "full"
        # block by block, so that the sentences of each are found once
        ordered = sorted(article.statements, key=lambda one: one.block)
        self.shown = {one.id: appearance_of(blocks, one, whole=self.whole) for one in ordered}

    def given(self, page: Key, statements: Sequence[Statement], **more: Any) -> Given:
        """A contribution with the cards that it is shown with: the sources and claims of its statements."""
        needs: set[Key] = set()
        for one in statements:
            if one.claim:
                needs.add(f"claims/{one.claim}")
            for source in (*one.sources, *one.via):
                if source not in (ARTICLE_VOICE, UNNAMED):
                    needs.add(f"sources/{source}")
        appearances = tuple([self.shown[one.id] for one in statements])
        return Given(page, Contribution(appearances=appearances, **more), tuple(sorted(needs)))

    def to_places(self, found: Iterable[Mention]) -> Iterator[Given]:
        """To each place: the sentences that mention it, each once, and the statements about it."""
        sentences: dict[str, dict[tuple[int, int], list[Mention]]] = {}
        for one in found:
            where = around(self.blocks[one.block].text, one.start, one.end)
            sentences.setdefault(one.place, {}).setdefault((one.block, where[0]), []).append(one)
        about = _filed((place, one) for one in self.article.statements for place in one.places)
        for place in sorted({*sentences, *about}):
            excerpts = tuple(excerpt_of(self.blocks, group) for group in sentences.get(place, {}).values()) if self.whole else ()
            yield self.given(f"places/{place}", about.get(place, ()), excerpts=excerpts)

    def to_sources(self) -> Iterator[Given]:
        """To each source: the documents of it that are cited, and what is credited to it."""
        anchors = iter(anchor for anchor in self.article.anchors if anchor.kind == "citation")
        cited: dict[str, list[tuple[Citation, Excerpt | None]]] = {}
        for citation in self.article.front.sources:
            anchor = next(anchors, None) if citation.quote else None
            excerpt = excerpt_of(self.blocks, [anchor], whole=self.whole) if anchor else None
            cited.setdefault(citation.source, []).append((citation, excerpt))
        said = _filed((source, one) for one in self.article.statements for source in dict.fromkeys((*one.sources, *one.via)))
        for source in sorted({*cited, *said} - {ARTICLE_VOICE, UNNAMED}):
            yield self.given(f"sources/{source}", said.get(source, ()), citations=tuple(cited.get(source, ())))

    def to_claims(self) -> Iterator[Given]:
        """To each claim: its appearances, and the sums whose total is one of them."""
        appearing = _filed((one.claim, one) for one in self.article.statements if one.claim)
        sums = {one.total: one for one in self.article.sums}
        for claim in sorted(appearing):
            totals = tuple(sums[one.id] for one in appearing[claim] if one.id in sums)
            yield self.given(f"claims/{claim}", appearing[claim], sums=totals)

    def to_days(self, calendars: Mapping[str, Calendar]) -> Iterator[Given]:
        """To each day of the article's calendar: what is stated as of that day, or to have happened on it."""
        calendar = self.article.card.calendar
        if calendar is None or calendar not in calendars:
            return
        scale = calendars[calendar]
        zero = datetime.date.fromisoformat(scale.epoch).toordinal() - scale.first_day
        days = _filed(
            (day.toordinal() - zero, one)
            for one in self.article.statements
            for day in {when.date.day for when in (one.as_of, one.when) if when}
            if day
        )
        for number in sorted(days):
            yield self.given(f"days/{calendar}/{number}", days[number])


Label = TypeVar("Label", str, int)


def _filed(pairs: Iterable[tuple[Label, Statement]]) -> dict[Label, list[Statement]]:
    """The statements under each label, in order."""
    out: dict[Label, list[Statement]] = {}
    for key, statement in pairs:
        out.setdefault(key, []).append(statement)
    return out
