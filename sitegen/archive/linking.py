"""Finds an article's mentions, and gathers what it contributes to the pages of its subjects and days, and to the timeline."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, TypeVar

import msgspec

from sitegen.archive.names import Name, mentions
from sitegen.archive.timeline import times_key
from sitegen.content.text import around
from sitegen.model.article import PAGELESS, Article, Key, Statement
from sitegen.model.dates import holding
from sitegen.model.kinds import CLAIMS, SOURCES, subject, written
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
    corrected = {wording: subject(meant) for wording, meant in article.front.places.as_.items()}
    found, ambiguous = mentions(blocks, names, article.front.places.ignore, corrected, taken)
    problems = [
        Problem(
            article.path, blocks[one.block].line, "ambiguous-name", f"“{one.name}” may be {_choice([written(key) for key in one.pages])}",
            f'add to the notes: `places: {{as: {{"{one.name}": {written(one.pages[0])}}}}}`',
        )
        for one in dict.fromkeys(ambiguous)
    ]  # fmt: skip
    if held:
        article = msgspec.structs.replace(article, statements=(), sums=(), front=msgspec.structs.replace(article.front, sources=()))
    giving = _Giving(article, blocks)
    given = [*giving.to_mentioned(found), *giving.to_sources()]
    if article.front.display == "metadata":
        given = [_wordless(one) for one in given]
    else:
        given += [*giving.to_claims(), *giving.to_days(calendars), *giving.to_times()]
    return Linked(tuple(found), tuple(given), tuple(problems))


def _choice(names: Sequence[str]) -> str:
    more = (f"one of {len(names) - 8} others",) if len(names) > 8 else ()
    return " or ".join((*names[:8], *more))


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
    return Appearance(
        one.id, excerpt, one.sources, one.via, one.claim, *times, one.figures, one.gloss, one.hedge, one.stance, one.credibility
    )


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
                needs.add(CLAIMS.key(one.claim))
            for source in (*one.sources, *one.via):
                if source not in PAGELESS:
                    needs.add(SOURCES.key(source))
        appearances = tuple([self.shown[one.id] for one in statements])
        return Given(page, Contribution(appearances=appearances, **more), tuple(sorted(needs)))

    def to_mentioned(self, found: Iterable[Mention]) -> Iterator[Given]:
        """To each place and topic: the sentences that mention it, each once, and the statements about it."""
        sentences: dict[Key, dict[tuple[int, int], list[Mention]]] = {}
        for one in found:
            where = around(self.blocks[one.block].text, one.start, one.end)
            sentences.setdefault(one.page, {}).setdefault((one.block, where[0]), []).append(one)
        about = _filed((key, one) for one in self.article.statements for key in one.about)
        origin = self.article.front.origin
        publisher = origin.publisher or "" if origin else ""
        for key in sorted({*sentences, *about}):
            excerpts = tuple(excerpt_of(self.blocks, group) for group in sentences.get(key, {}).values()) if self.whole else ()
            yield self.given(key, about.get(key, ()), excerpts=excerpts, publisher=publisher)

    def to_sources(self) -> Iterator[Given]:
        """To each source: the documents of it that are cited, and what is credited to it."""
        anchors = iter(anchor for anchor in self.article.anchors if anchor.kind == "citation")
        cited: dict[str, list[tuple[Citation, Excerpt | None]]] = {}
        for citation in self.article.front.sources:
            anchor = next(anchors, None) if citation.quote else None
            excerpt = excerpt_of(self.blocks, [anchor], whole=self.whole) if anchor else None
            cited.setdefault(citation.source, []).append((citation, excerpt))
        said = _filed((source, one) for one in self.article.statements for source in dict.fromkeys((*one.sources, *one.via)))
        for source in sorted({*cited, *said} - PAGELESS):
            yield self.given(SOURCES.key(source), said.get(source, ()), citations=tuple(cited.get(source, ())))

    def to_claims(self) -> Iterator[Given]:
        """To each claim: its appearances, and the sums whose total is one of them."""
        appearing = _filed((one.claim, one) for one in self.article.statements if one.claim)
        sums = {one.total: one for one in self.article.sums}
        for claim in sorted(appearing):
            totals = tuple(sums[one.id] for one in appearing[claim] if one.id in sums)
            yield self.given(CLAIMS.key(claim), appearing[claim], sums=totals)

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

    def to_times(self) -> Iterator[Given]:
        """To the timeline: what is said to have happened, by the month that holds it, else by the year, else together. What figures are as
        of is when somebody looked, and no event."""
        dated = [(one.when.date, one) for one in self.article.statements if one.when]
        times = _filed((holding(date.first, date.last)[:7], one) for date, one in dated)
        for period in sorted(times):
            yield self.given(times_key(period), times[period])


Label = TypeVar("Label", str, int)


def _filed(pairs: Iterable[tuple[Label, Statement]]) -> dict[Label, list[Statement]]:
    """The statements under each label, in order."""
    out: dict[Label, list[Statement]] = {}
    for key, statement in pairs:
        out.setdefault(key, []).append(statement)
    return out
