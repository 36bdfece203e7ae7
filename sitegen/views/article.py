"""The view of an article: its body with highlights, names and notes woven in, and the apparatus beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TypeVar
from urllib.parse import urljoin

import msgspec
from markupsafe import Markup

from sitegen.archive.tallies import day_of, order_of
from sitegen.model import records
from sitegen.model.article import Article, Key, Note, Statement
from sitegen.model.kinds import ARTICLES, CLAIMS, PLACES, SOURCES, mentionable
from sitegen.model.pages import ArticlePage
from sitegen.model.site import Mention
from sitegen.model.tally import Series, series_key
from sitegen.model.text import Block
from sitegen.views import words
from sitegen.views.audit import audit
from sitegen.views.maps import places_map
from sitegen.views.passages import ids_of
from sitegen.views.shelf import Shelf
from sitegen.views.telling import appearance_view, correction_views, document_view, evidence_views, reading_view, snapshot_views, sum_views
from sitegen.views.types import (
    AppearanceView,
    ArticleView,
    BlockView,
    CardView,
    CitationView,
    CreditedView,
    ImageView,
    LinkView,
    MentionedPage,
    MentionedView,
    NoteView,
    OriginView,
    PreviewView,
    ProofView,
    TimeView,
)
from sitegen.views.voices import voice_of, voices
from sitegen.views.weave import Mark, Name, safe, weave

Anchored = TypeVar("Anchored", Statement, Note)
Shown = TypeVar("Shown", AppearanceView, NoteView)
LEAST = 200
"""Pixels of either side of a picture that stands for its page: services leave out smaller ones."""


def article_view(page: ArticlePage, shelf: Shelf, article: Article, older: CardView | None, newer: CardView | None) -> ArticleView:
    """The view of one article. What is held back is left out of it here: nothing that a template could print by mistake."""
    if page.held:
        anchors = tuple(anchor for anchor in article.anchors if anchor.kind == "note")
        front = msgspec.structs.replace(article.front, sources=())
        article = msgspec.structs.replace(article, statements=(), sums=(), front=front, anchors=anchors)
    woven = _Woven(shelf, article, page.mentions)
    front, card = article.front, article.card
    date = words.date_view(card.date, shelf.speech) if card.date else None
    full = front.display == "full"
    citations = [anchor for anchor in article.anchors if anchor.kind == "citation"]
    quoted = iter(citations)
    sources = []
    blocks = article.blocks
    shown = front.display != "metadata"
    for citation in front.sources:
        anchor = next(quoted, None) if citation.quote else None
        link, document = shelf.link(SOURCES.key(citation.source)), document_view(shelf.speech, citation.document)
        if anchor and shown:
            block = blocks[anchor.block]
            quote = block.text[anchor.start : anchor.end]
            sources.append(
                CitationView(
                    id=anchor.id,
                    source=link,
                    document=document,
                    quote=quote,
                    href=f"#{anchor.id}",
                    where=words.said(shelf.speech, words.WHERE, _where(block)),
                )
            )
        else:
            sources.append(CitationView(id=anchor.id if anchor else "", source=link, document=document, quote="", href="", where=""))
    body = woven.body() if full else ()
    placed = {element.id for element in article.elements if element.kind == "added"}
    frame = shelf.frame("article.html", card.title, page.address, ARTICLES.plural, first_words(article, 200) if full else "")
    return ArticleView(
        frame=msgspec.structs.replace(frame, preview=_preview(body, frame.canonical)),
        title=woven.title,
        lang=card.lang or shelf.site.lang,
        date=date,
        day=shelf.day(card.calendar, card.day),
        basis=tuple(
            TimeView(shelf.speech.gettext("date"), date, basis.quote or "", words.said(shelf.speech, words.RULES, basis.rule))
            for basis in front.date_basis
            if date
        )
        if full
        else (),
        origin=_origin(front.origin, shelf),
        display=front.display,
        blocks=body,
        title_notes=woven.notes_at.get(0, ()) if full else (),
        title_claims=woven.claims_at.get(0, ()) if full else (),
        contents=tuple(LinkView(e.blocks[0].text, f"#{e.id}") for e in article.elements if e.kind == "heading") if full else (),
        voices=voices(woven.statements, woven.claims) if shown else (),
        credited=sum(one.voice == "said" for one in woven.claims) if shown else 0,
        uncredited=sum(one.voice != "said" for one in woven.claims) if shown else 0,
        sums=woven.sums if shown else (),
        notes=woven.notes if shown else (),
        sources=tuple(sources),
        mentioned=_mentioned(shelf, article, page.mentions) if shown else (),
        map=places_map(shelf.entries(_places(page.mentions)), shelf) if shown else None,
        older=older,
        newer=newer,
        proof=ProofView(front.seed.sha256, shelf.href(page.seed), _named(front.seed)) if page.seed and front.seed else None,
        review=words.said(shelf.speech, words.REVIEWS, front.review.state) if front.review else "",
        held=page.held,
        corrections=correction_views(shelf.speech, front.corrections, is_quoting=full),
        dates=audit(article, shelf) if full else (),
        reprint_of=next(iter(shelf.known([ARTICLES.key(front.reprint_of)])), None) if front.reprint_of else None,
        above=sum(one.kind != "added" or one.id in woven.added for one in article.elements[: article.above]) if full else 0,
        added=tuple(picture for id, picture in woven.added.items() if id not in placed) if full else (),
    )


def _named(seed: records.Seed) -> str:
    """What a seed is called: its path, and which of several articles of that file it is."""
    return f"{seed.path} ({seed.part})" if seed.part else seed.path


def _places(mentions: Iterable[Mention]) -> list[Key]:
    """The places that an article mentions, the one that it mentions most first."""
    return [key for key, _ in Counter(one.page for one in mentions if one.page.startswith(PLACES.key(""))).most_common()]


def _preview(body: Iterable[BlockView], canonical: str) -> PreviewView | None:
    """The first picture of an article that is large enough to be shown where its address is shared."""
    for block in body:
        one = block.image
        if one is not None and one.src and min(one.width, one.height) >= LEAST:
            return PreviewView(urljoin(canonical, one.src), one.width, one.height, one.alt)
    return None


class _Woven:
    """The body of an article, with everything that is anchored in it, by block."""

    def __init__(self, shelf: Shelf, article: Article, mentions: Iterable[Mention]) -> None:
        self.shelf = shelf
        self.article = article
        self.images = {image.id: image for image in article.front.images}
        pictures = {one.id: shelf.image(one.image, shelf.inline(one.caption)) for one in article.added}
        self.added = {id: picture for id, picture in pictures.items() if picture.src}
        self.texts = blocks = article.blocks
        self.statements, notes = _in_order(article.statements), _in_order(article.notes)
        self.by_id = {one.id: one for one in self.statements}
        self.order = order_of(article.card.date)
        kinds = {one.id: f"claim {voice_of(one.sources)}" for one in self.statements}
        numbers = {note.id: number for number, note in enumerate(notes, 1)}
        note = shelf.speech.gettext("Note %(number)s")
        self.marks: list[list[Mark]] = [[] for _ in blocks]
        for anchor in article.anchors:
            number, kind = numbers.get(anchor.id, 0), kinds.get(anchor.id, anchor.kind)
            mark = Mark(anchor.start, anchor.end, anchor.id, kind, number, note % {"number": number} if number else "")
            self.marks[anchor.block].append(mark)
        for marks in self.marks:
            if len(marks) > 1:
                marks.sort(key=lambda mark: (mark.start, -mark.end, mark.id))
        self.names: list[list[Name]] = [[] for _ in blocks]
        for mention in mentions:
            if mention.page in shelf.cards:
                self.names[mention.block].append(self.name(mention))
        self.claims = tuple([self.statement(one) for one in self.statements])
        self.sums = sum_views(shelf.speech, article.sums, "#", self.claims)
        self.items = frozenset(item.href for one in self.sums for item in one.items)
        self.notes = tuple([self.note(number, one) for number, one in enumerate(notes, 1)])
        self.notes_at = _by_block(notes, self.notes)
        self.claims_at = _by_block(self.statements, self.claims)
        self.title = safe(weave(article.title, self.marks[0], self.names[0]))

    def name(self, mention: Mention) -> Name:
        link = self.shelf.link(mention.page)
        printed = self.texts[mention.block].text[mention.start : mention.end]
        title = link.text if link.href and link.text != printed else ""
        return Name(mention.start, mention.end, mention.id, link.href if mention.linked else "", title)

    def statement(self, one: Statement) -> AppearanceView:
        cited = self.article.front.sources[one.citation].document if one.citation >= 0 else None
        block = self.texts[one.block]
        return appearance_view(
            self.shelf, one, block.text[one.start : one.end], _where(block), "#", document_view(self.shelf.speech, cited)
        )

    def note(self, number: int, one: Note) -> NoteView:
        return NoteView(
            id=one.id,
            number=number,
            kind=one.kind,
            label=words.said(self.shelf.speech, words.NOTE_LABELS, one.kind),
            quote=one.quote,
            html=self.shelf.inline(one.body),
            read=one.read or "",
            evidence=evidence_views(self.shelf.speech, one.evidence),
            by=one.by or "",
            date=self.shelf.date(one.date),
        )

    def body(self) -> tuple[BlockView, ...]:
        out = []
        ids = ids_of(self.article.elements)
        at = 1
        for element, id in zip(self.article.elements, ids, strict=True):
            stop = at + len(element.blocks)
            notes = _within(self.notes_at, at, stop)
            claims = _within(self.claims_at, at, stop)
            hrefs = {one.href for one in claims} if self.sums else ()
            sums = tuple([one for one in self.sums if one.href in hrefs])
            figures = tuple([self.credited(one) for one in claims if one.figures and one.voice == "said" and one.href not in self.items])
            if element.kind == "added":
                if element.id in self.added:
                    out.append(BlockView("added", Markup(), id, added=self.added[element.id]))
            elif element.kind == "image":
                image = self.image(element.id, at)
                out.append(
                    BlockView("image", Markup(), f"image-{element.id}", image=image, notes=notes, claims=claims, sums=sums, figures=figures)
                )
            else:
                html = self.shelf.html(element, self.marks[at:stop], self.names[at:stop])
                text = element.blocks[0].text if element.kind == "heading" else ""
                out.append(
                    BlockView(
                        kind=element.kind,
                        html=html,
                        id=id,
                        level=element.level,
                        text=text,
                        notes=notes,
                        claims=claims,
                        sums=sums,
                        figures=figures,
                    )
                )
            at = stop
        return tuple(out)

    def credited(self, one: AppearanceView) -> CreditedView:
        """A figure among those that other articles state of its claim."""
        statement, stem = self.by_id[one.id], self.article.card.stem
        if not statement.claim:
            return CreditedView(one, None, None)
        day = day_of(statement, self.order)
        series = self.shelf.cards.get(series_key(CLAIMS.key(statement.claim), day))
        if not isinstance(series, Series):
            return CreditedView(one, None, None)
        before, after = series.beside((day, stem, one.id))
        return CreditedView(one, reading_view(self.shelf, before) if before else None, reading_view(self.shelf, after) if after else None)

    def image(self, id: str, block: int) -> ImageView:
        return self.shelf.image(self.images[id], safe(weave(self.texts[block], self.marks[block], self.names[block])))


def _where(block: Block) -> str:
    return block.kind if block.kind in words.WHERE else ""


def _in_order(anchored: Iterable[Anchored]) -> list[Anchored]:
    return sorted(anchored, key=lambda one: (one.block, one.start, one.end, one.id))


def _by_block(anchored: Sequence[Anchored], views: Sequence[Shown]) -> dict[int, tuple[Shown, ...]]:
    """The views, by the block that each is anchored in."""
    pairs = zip(anchored, views, strict=True)
    return {block: tuple([view for _, view in group]) for block, group in groupby(pairs, key=lambda pair: pair[0].block)}


def _within(views: Mapping[int, tuple[Shown, ...]], start: int, stop: int) -> tuple[Shown, ...]:
    """The views of some blocks."""
    if stop == start + 1:
        return views.get(start, ())
    return tuple([view for block in range(start, stop) for view in views.get(block, ())])


def first_words(article: Article, length: int) -> str:
    """The article's first paragraphs below its title, at most so many signs of them."""
    text = ""
    for element in article.elements[article.above :]:
        if element.kind == "paragraph" and len(text) < length:
            text = f"{text} {element.blocks[0].text}".strip()
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"


def _origin(origin: records.Origin | None, shelf: Shelf) -> OriginView | None:
    if origin is None or origin == records.Origin():
        return None
    published = words.date_view(origin.published, shelf.speech) if origin.published else None
    return OriginView(
        publisher=origin.publisher or "",
        byline=origin.byline or "",
        url=origin.url or "",
        published=published,
        retrieved=shelf.date(origin.retrieved),
        archived=snapshot_views(shelf.speech, origin.archived),
    )


def _mentioned(shelf: Shelf, article: Article, mentions: Sequence[Mention]) -> tuple[MentionedView, ...]:
    blocks = article.blocks
    by_page: dict[Key, list[Mention]] = {}
    for mention in mentions:
        by_page.setdefault(mention.page, []).append(mention)
    shown: dict[str, list[MentionedPage]] = {}
    for key, found in by_page.items():
        card = shelf.known([key])
        if card:
            forms = tuple(dict.fromkeys(blocks[one.block].text[one.start : one.end] for one in found))
            shown.setdefault(key.partition("/")[0], []).append(MentionedPage(card[0], forms, len(found), f"#{found[0].id}"))
    return tuple(
        MentionedView(
            kind.plural,
            words.title(shelf.speech, kind.plural),
            tuple(sorted(shown[kind.plural], key=lambda one: one.card.title.casefold())),
        )
        for kind in mentionable()
        if kind.plural in shown
    )
