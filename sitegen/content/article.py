"""Reads one article: metadata, apparatus and body become a frozen `Article` in which every quote is anchored.

A function of the files' bytes and the calendars alone. What needs the rest of the archive (whether an id exists, where
names are mentioned) comes later, in `archive`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from itertools import groupby

import msgspec

from sitegen.content import frontmatter, markdown, nodes, reading
from sitegen.content.anchoring import Found, Haystack, Missing
from sitegen.content.captions import with_captions
from sitegen.content.crowds import CROWD, crowding
from sitegen.content.datecheck import DateCheck
from sitegen.content.fields import fields
from sitegen.content.figures import contradicted, filled, gloss_fits, total_of, unreadable
from sitegen.content.text import around, normal, shown
from sitegen.content.waivers import of_statements, unneeded
from sitegen.model import records
from sitegen.model.article import (
    ARTICLE_VOICE,
    UNNAMED,
    Article,
    ArticleCard,
    Gate,
    Note,
    Parsed,
    Reference,
    Statement,
    Sum,
)
from sitegen.model.base import Record
from sitegen.model.kinds import PLACES, SOURCES, TOPICS, plural_of
from sitegen.model.problem import Problem, missing
from sitegen.model.text import Anchor, Block, Element

Selecting = records.Appearance | records.Annotation | records.Citation


def parse(
    path: str,
    data: bytes,
    notes_path: str = "",
    notes: bytes | None = None,
    calendars: Mapping[str, records.Calendar] = {},
    lang: str = "en",
) -> Parsed:
    """The article at `path` with the apparatus at `notes_path`; `lang` is the archive's language."""
    parts = frontmatter.halves(data, path)
    reader = reading.Reading()
    reader.problems += parts.problems
    front = parts.front
    if notes is not None:
        text, problems = frontmatter.decode(notes, notes_path)
        apparatus, found = nodes.nodes(text, notes_path, 1)
        ours, articles = ({field.key for field in fields(record)} for record in (records.Notes, records.Article))
        front, clashes = frontmatter.merged(front, apparatus, ours, articles)
        reader.problems += [*problems, *found, *clashes]
    record = reading.read(records.Article, front, reader) if front.items or not parts.problems else None
    if record is None:
        return Parsed(None, tuple(reader.problems), tuple(reader.todos))
    article = _Article(path, record, reader, calendars, record.lang or lang).read(parts.body, parts.body_line)
    reader.problems += unneeded(of_statements(record, reader), reader.waived)
    waivers = tuple(reader.waiver(one) for one in record.waive)
    return Parsed(article, tuple(reader.problems), tuple(reader.todos), tuple(reader.waived), waivers)


def default_id(letter: str, one: Selecting) -> str:
    """The id of a highlight that was given none: a letter and 8 hex digits of the SHA-256 of quote, prefix and suffix, and of `nth`
    and `in` where they are given."""
    parts = [normal(text) if text else "" for text in (one.quote, one.prefix, one.suffix)]
    parts += [f"nth {one.nth}"] if one.nth else []
    parts += [f"in {one.in_}"] if one.in_ else []
    digest = hashlib.sha256("\0".join(parts).encode())
    return f"{letter}-{digest.hexdigest()[:8]}"


def gate_of(page: records.Page) -> Gate:
    """What the publish gate asks of a page."""
    return Gate(page.draft, page.publish_from, page.expires, page.withdrawn, page.review.state if page.review else None)


class _Article:
    """The reading of one article: its record, and where problems go."""

    def __init__(
        self, path: str, record: records.Article, reader: reading.Reading, calendars: Mapping[str, records.Calendar], lang: str
    ) -> None:
        self.path = path
        self.record = record
        self.reader = reader
        self.calendars = calendars
        self.lang = lang
        self.cited = {citation.id: number for number, citation in enumerate(record.sources) if citation.id}
        self.ids: dict[str, tuple[str, int]] = {}
        self.references: list[Reference] = []

    def refer(self, kind: str, id: str, at: Record) -> None:
        self.references.append(Reference(kind, id, *self.reader.line_of(at)))

    def read(self, body: str, body_line: int) -> Article:
        record = self.record
        for image in record.images:
            self.ids[f"image-{image.id}"] = self.reader.line_of(image)
        appearances = self.appearances()
        claim_ids = [self.id_of(one, "c", one.id) for one, _, _ in appearances]
        note_ids = [self.id_of(one, "n", one.id) for one in record.annotations]
        citation_ids = [self.id_of(one, "s", f"s-{one.id}" if one.id else None) if one.quote else "" for one in record.sources]
        parsed = markdown.parse(body, self.path, body_line, references=False, taken=frozenset(self.ids))
        self.reader.problems += parsed.problems
        ids = self.reader.named
        ids = self.reader.named
        self.references += [one.reference for one in ids if one.kind != records.SPEAKERS]
        self.references += [msgspec.structs.replace(one.reference, kind=SOURCES.plural) for one in ids if self.is_source(one)]
        self.references += [Reference("address", target, self.path, line) for target, line in markdown.addresses(parsed.elements)]
        self.elements = with_captions(parsed.elements, record.images, self.path, self.reader)
        title = Block("title", shown(record.title).strip(), line=1)
        self.blocks = [title, *(block for element in self.elements for block in element.blocks)]
        self.haystack = Haystack([block.text for block in self.blocks], self.lang)
        self.body = frozenset(i for i, block in enumerate(self.blocks) if i and block.kind not in ("caption", "code"))
        named = (element.id for element in self.elements for _ in element.blocks)
        self.captions = {i: id for i, id in enumerate(named, 1) if self.blocks[i].kind == "caption"}
        self.scopes = {id: frozenset([i]) for i, id in self.captions.items()} | {"title": frozenset([0])}
        dates = DateCheck(record, self.haystack, self.reader, self.calendars)
        dates.check_basis()
        self.check_when = dates.check_when
        statements = self.statements(appearances, claim_ids)
        notes = self.notes(note_ids)
        citations = self.citations(citation_ids)
        anchors = [Anchor(s.id, "claim", s.block, s.start, s.end) for s in statements]
        anchors += [Anchor(n.id, "note", n.block, n.start, n.end) for n in notes]
        anchors += citations
        for anchor in crowding(anchors):
            hint = "quote fewer words, or take some of them out"
            message = f"more than {CROWD} highlights lie over one another here"
            self.reader.problems.append(Problem(*self.ids[anchor.id], "too-many-highlights", message, hint))
        for wording in (*record.places.ignore, *record.places.as_):
            if not any(self.haystack.all(wording, within=range(len(self.blocks)))):
                hint = "correct the wording, or take the line out"
                self.reader.problem(record.places, "unused-correction", f"“{wording}” does not stand in the text", hint, warning=True)
        stem = self.path.rsplit("/", 1)[-1].removesuffix(".md")
        card = ArticleCard(stem, title.text, record.date, dates.day, dates.calendar, record.lang, gate_of(record))
        front = msgspec.structs.replace(record, claims=(), annotations=())
        return Article(
            self.path, card, front, title, self.elements, tuple(anchors), tuple(statements),
            tuple(self.sums(statements)), tuple(notes), tuple(self.references),
        )  # fmt: skip

    # ids

    def id_of(self, one: Selecting, letter: str, given: str | None) -> str:
        assert one.quote is not None
        id = given or default_id(letter, one)
        if id in self.ids:
            path, line = self.ids[id]
            self.reader.problem(
                one, "duplicate-id", f"the id {id!r} stands twice", f"it stands first at {path}:{line}; give one of them another `id`"
            )
        self.ids.setdefault(id, self.reader.line_of(one))
        return id

    # quotes

    def find(self, one: Selecting) -> Found | None:
        within = self.scopes.get(one.in_) if one.in_ else self.body
        if within is None:
            self.reader.problem(
                one,
                "unknown-image",
                f"`in` names no image of the article: {one.in_!r}",
                "`title`, or the id of an image that is in the body",
            )
            return None
        assert one.quote is not None
        found = self.haystack.find(one.quote, one.prefix or "", one.suffix or "", one.nth or 0, within=within)
        if isinstance(found, Missing):
            hint = found.hint
            if not one.in_ and found.code == "quote-not-found":
                everywhere = self.haystack.all(one.quote, within=range(len(self.blocks)))
                elsewhere = next((b for b in everywhere if b.block == 0 or b.block in self.captions), None)
                if elsewhere is not None:
                    hint = f"it stands elsewhere: add `in: {self.captions.get(elsewhere.block, 'title')}`"
            self.reader.problem(one, found.code, found.message, hint)
            return None
        return found

    def appearances(self) -> list[tuple[records.Appearance, records.Attribution | None, int]]:
        """Every appearance in the order written, with what its group says once, and the group's number or -1."""
        out: list[tuple[records.Appearance, records.Attribution | None, int]] = []
        groups = 0
        for entry in self.record.claims:
            if isinstance(entry, records.Group):
                out += [(one, entry.from_, groups) for one in (entry.total, *entry.items)]
                groups += 1
            else:
                out.append((entry, None, -1))
        return out

    def is_source(self, one: reading.Named) -> bool:
        """Whether the id of a speaker is that of a source's page."""
        return one.kind == records.SPEAKERS and one.stem not in self.cited and one.stem not in (ARTICLE_VOICE, UNNAMED)

    def statements(self, appearances: list[tuple[records.Appearance, records.Attribution | None, int]], ids: list[str]) -> list[Statement]:
        out = []
        for attribution in {id(a): a for _, a, _ in appearances if a}.values():
            for when in (attribution.as_of, attribution.when, attribution.said):
                self.check_when(when)
        for (one, group, number), id_ in zip(appearances, ids, strict=True):
            statement = self.statement(one, group, number, id_)
            if statement is not None:
                out.append(statement)
        return out

    def statement(self, one: records.Appearance, group: records.Attribution | None, number: int, id: str) -> Statement | None:
        for when in (one.as_of, one.when, one.said):
            self.check_when(when)
        found = self.find(one)
        if found is None:
            return None
        text = self.blocks[found.block].text
        quote = text[found.start : found.end]
        for why in unreadable(one.figures, quote, self.lang):
            self.reader.problem(one, "figure-not-in-quote", why, "a figure must be readable in its quote, in digits or in words")
        for why in contradicted(one.figures, quote, text, found.start, self.lang):
            self.reader.problem(one, "hedge-disagrees", why, "correct `hedge`, or leave it out: it is read from the text")
        if one.gloss and not gloss_fits(one.gloss, quote):
            self.reader.problem(
                one, "gloss-differs", "the gloss without its brackets is not the quote", "put what you add in square brackets"
            )
        if one.hedge and not self.haystack.has(one.hedge, found.block):
            self.reader.problem(one, "hedge-not-found", f"“{one.hedge}” does not stand in the same passage", "quote the text's own words")
        given = group or records.Attribution()
        sources, citation = self.resolved(one.source or given.source)
        via, _ = self.resolved(one.via or given.via)
        first, last = around(text, found.start, found.end)
        about = (*map(PLACES.key, one.places), *map(TOPICS.key, one.topics))
        return Statement(
            id, *found, quote, text[first : found.start].lstrip(), text[found.end : last].rstrip(), sources, via, citation, one.claim,
            one.as_of or given.as_of, one.when or given.when, one.said or given.said,
            filled(one.figures, quote, text, found.start, one.scope or given.scope, self.lang, itemised=number >= 0),
            one.gloss, about, one.stance, one.hedge, number,
        )  # fmt: skip

    def resolved(self, sources: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
        """The pages of the sources named, and the first citation among them (or -1)."""
        cited = [self.cited[source] for source in sources if source in self.cited]
        if not cited:
            return sources, -1
        return tuple(self.record.sources[self.cited[s]].source if s in self.cited else s for s in sources), cited[0]

    def sums(self, statements: list[Statement]) -> list[Sum]:
        groups = [entry for entry in self.record.claims if isinstance(entry, records.Group)]
        out = []
        grouped = groupby((s for s in statements if s.group >= 0), key=lambda s: s.group)  # they stand in the order of their groups
        found = {number: list(members) for number, members in grouped}
        for number, group in enumerate(groups):
            members = found.get(number, [])
            if len(members) != len(group.items) + 1:
                continue
            total = total_of(members[0], members[1:], group.list_)
            out.append(total)
            if not total.holds:
                bound = (
                    f"at most {total.high:,}"
                    if group.list_ == "partial"
                    else f"{total.low:,} to {total.high:,}"
                    if total.low != total.high
                    else f"{total.low:,}"
                )
                self.reader.problem(
                    group, "group-sum", f"the items sum to {total.sum:,}; “{members[0].quote}” allows {bound}",
                    "the page shows both figures; correct a quote, or leave it as what the text says", warning=True,
                )  # fmt: skip
        return out

    def notes(self, ids: list[str]) -> list[Note]:
        out = []
        for one, id in zip(self.record.annotations, ids, strict=True):
            path, line = self.reader.line_of(one)
            body = None
            if one.note:
                body, problems = markdown.parse_inline(one.note, path, line)
                self.reader.problems += problems
                element = Element("note", ("", ""), (body,))
                self.references += [Reference("address", target, path, line) for target, _ in markdown.addresses([element])]
                for target in (f.target for f in body.formats if f.tag == "ref"):
                    kind, _, stem = target.rpartition(":")
                    self.refer(plural_of(kind), stem, one)
            elif not one.read:
                self.reader.problem(one, "empty-note", "the annotation says nothing", "give `note`, or `read` for a slip")
            for evidence in one.evidence:
                if not evidence.url and not evidence.title:
                    self.reader.problem(evidence, missing("title"), "evidence needs a `url` or a `title`", "say what it is")
            found = self.find(one)
            if found is not None:
                quote = self.blocks[found.block].text[found.start : found.end]
                out.append(Note(id, one.kind, *found, quote, body, one.read, one.evidence, one.by, one.date))
        return out

    def citations(self, ids: list[str]) -> list[Anchor]:
        out = []
        for one, id in zip(self.record.sources, ids, strict=True):
            found = self.find(one) if one.quote else None
            if found is not None:
                out.append(Anchor(id, "citation", *found))
        return out
