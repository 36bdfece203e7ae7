"""Reads one article: metadata, apparatus and body become a frozen `Article` in which every quote is anchored.

A function of the files' bytes and the calendars alone. What needs the rest of the archive (whether an id exists, where
names are mentioned) comes later, in `archive`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import count, groupby
from operator import attrgetter
from typing import NamedTuple

import msgspec

from sitegen.content import frontmatter, markdown, nodes, reading
from sitegen.content.captions import added
from sitegen.content.checks import CHECKS, Checked, remarked
from sitegen.content.crowds import CROWD, crowding
from sitegen.content.datecheck import counted, dates_of, readable
from sitegen.content.fields import fields
from sitegen.content.figures import TELLING, filled, is_told, total_of, unreadable
from sitegen.content.snapshots import incomplete
from sitegen.content.text import around, normal
from sitegen.content.undecided import withheld
from sitegen.content.waivers import members, of_statements, unneeded
from sitegen.content.words import Quotes, Selecting, words_of
from sitegen.model import records
from sitegen.model.article import PAGELESS, Article, ArticleCard, Gate, Note, Parsed, Reference, Statement, Sum
from sitegen.model.kinds import PLACES, SOURCES, TOPICS
from sitegen.model.problem import Problem, missing
from sitegen.model.text import Anchor


def parse(
    path: str,
    data: bytes,
    notes_path: str = "",
    notes: bytes | None = None,
    calendars: Mapping[str, records.Calendar] = {},
    lang: str = "en",
    asked: Collection[str] = (),
) -> Parsed:
    """The article at `path` with the apparatus at `notes_path`; `lang` is the archive's language, `asked` are the quiet checks that it
    asks for."""
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
    record = reading.read(records.Article, withheld(front), reader) if front.items or not parts.problems else None
    if record is None:
        return Parsed(None, tuple(reader.problems), tuple(reader.todos))
    article = _article(path, record, parts.body, parts.body_line, reader, calendars, record.lang or lang, asked)
    reader.problems += unneeded(of_statements(record, reader), reader.waived, asked)
    waivers = tuple(reader.waiver(one) for one in record.waive)
    unseen = {reader.waiver(waiver) for one in record.claims if _awaits(one) for part in members(one) for waiver in part.waive}
    waived = tuple(one for one in reader.waived if one not in unseen)  # readers are told of them
    return Parsed(value=article, problems=tuple(reader.problems), todos=tuple(reader.todos), waived=waived, waivers=waivers)


def default_id(letter: str, one: Selecting) -> str:
    """The id of a highlight that was given none: a letter and 8 hex digits of the SHA-256 of quote, prefix and suffix, and of `nth`
    and `in` where they are given."""
    parts = [normal(text) if text else "" for text in (one.quote, one.prefix, one.suffix)]
    parts += [f"nth {one.nth}"] if one.nth else []
    parts += [f"in {one.in_}"] if one.in_ else []
    digest = hashlib.sha256("\0".join(parts).encode())
    return f"{letter}-{digest.hexdigest()[:8]}"


def gate_of(page: records.Page, *, undecided: bool = False) -> Gate:
    """What the publish gate asks of a page. `undecided`: its own `todo` says that a machine proposed it."""
    return Gate(
        draft=page.draft,
        publish_from=page.publish_from,
        expires=page.expires,
        withdrawn=page.withdrawn,
        review=page.review.state if page.review else None,
        undecided=undecided,
    )


def _article(
    path: str,
    record: records.Article,
    body: str,
    body_line: int,
    reader: reading.Reading,
    calendars: Mapping[str, records.Calendar],
    lang: str,
    asked: Collection[str],
) -> Article:
    """The article that a record and a body make, with every quote anchored; what is wrong is noted in `reader`."""
    incomplete(record, reader)
    ids = _Ids(reader)
    for image in record.images:
        ids.lines[f"image-{image.id}"] = reader.line_of(image)
    written = [(one, ids.of(one.appearance, "c", one.appearance.id)) for one in written_in(record)]
    note_ids = [ids.of(one, "n", one.id) for one in record.annotations]
    citation_ids = [ids.of(one, "s", f"s-{one.id}" if one.id else None) if one.quote else "" for one in record.sources]
    words, addresses = words_of(record, path, body, body_line, ids.lines, reader, lang)
    quotes = Quotes(words, reader)
    calendar, day = counted(record, calendars, reader)
    dates = tuple(readable(dates_of(record, reader), words.haystack, reader))
    for citation in record.sources:
        if citation.id in PAGELESS:
            reader.problem(
                citation,
                "duplicate-id",
                f"the id {citation.id!r} means in a claim that there is no page of who speaks",
                "give it another id",
                key="id",
            )
    cited = {citation.id: number for number, citation in enumerate(record.sources) if citation.id}

    def speakers(named: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
        """The pages of the sources named, and the first citation among them (or -1)."""
        numbers = [cited[one] for one in named if one in cited]
        return tuple(record.sources[cited[one]].source if one in cited else one for one in named), numbers[0] if numbers else -1

    statements = [(one.appearance, made) for one, id in written if (made := _statement(one, id, quotes, speakers, lang)) is not None]
    pictures, captioned = added(record.images, reader)
    notes, noted = _notes(zip(record.annotations, note_ids, strict=True), quotes, reader)
    citations = [
        Anchor(id, "citation", *found)
        for one, id in zip(record.sources, citation_ids, strict=True)
        if one.quote and (found := quotes.find(one)) is not None
    ]
    sums = _sums(record, [one for _, one in statements])
    scale = calendars.get(calendar or "")
    remarked(CHECKS, (Checked(record, words, tuple(statements), sums, dates, scale, lang),), reader, asked)
    anchors = [Anchor(one.id, "claim", one.block, one.start, one.end) for _, one in statements]
    anchors += [Anchor(one.id, "note", one.block, one.start, one.end) for one in notes]
    anchors += citations
    for anchor in crowding(anchors):
        hint = "quote fewer words, or take some of them out"
        message = f"more than {CROWD} highlights lie over one another here"
        reader.problems.append(Problem(*ids.lines[anchor.id], "too-many-highlights", message, hint))
    return Article(
        path=path,
        card=ArticleCard(
            stem=path.rsplit("/", 1)[-1].removesuffix(".md"),
            title=words.title.text,
            date=record.date,
            day=day,
            calendar=calendar,
            lang=record.lang,
            gate=gate_of(record),
        ),
        front=msgspec.structs.replace(record, claims=(), annotations=(), images=tuple(one for one in record.images if not one.added)),
        title=words.title,
        elements=words.elements,
        above=words.above,
        anchors=tuple(anchors),
        statements=tuple(one for _, one in statements),
        sums=tuple(one for _, one, _ in sums),
        notes=tuple(notes),
        references=(*_named(reader, cited), *addresses, *noted, *captioned),
        added=tuple(pictures),
        proposed=(
            *(id for one, id in written if one.awaits),
            *(id for one, id in zip(record.annotations, note_ids, strict=True) if one.review is not None and one.review.awaits),
            *(id for one, id in zip(record.sources, citation_ids, strict=True) if id and one.review is not None and one.review.awaits),
        ),
    )


class _Ids:
    """The ids of an article's highlights, each once. `lines`: where each is written."""

    def __init__(self, reader: reading.Reading) -> None:
        self.reader = reader
        self.lines: dict[str, tuple[str, int]] = {}

    def of(self, one: Selecting, letter: str, given: str | None) -> str:
        """The id of a highlight: the one that it was `given`, or one that follows from what it quotes."""
        assert one.quote is not None
        id = given or default_id(letter, one)
        if id in self.lines:
            path, line = self.lines[id]
            hint = f"it stands first at {path}:{line}; give one of them another `id`"
            self.reader.problem(one, "duplicate-id", f"the id {id!r} stands twice", hint)
        self.lines.setdefault(id, self.reader.line_of(one))
        return id


class Written(NamedTuple):
    """An appearance, with what its group says once for all, and the number of the group, or -1; whether it awaits an editor."""

    appearance: records.Appearance
    group: records.Attribution
    number: int
    awaits: bool


def written_in(record: records.Article) -> Iterator[Written]:
    """Every appearance in the order written."""
    groups = count()
    for entry in record.claims:
        awaits = _awaits(entry)
        if isinstance(entry, records.Group):
            number, group = next(groups), entry.from_ or records.Attribution()
            yield from (Written(one, group, number, awaits) for one in (entry.total, *entry.items))
        else:
            yield Written(entry, records.Attribution(), -1, awaits)


def _awaits(entry: records.Appearance | records.Group) -> bool:
    """Whether an entry awaits an editor: a group does as a whole, for its arithmetic is of all its members."""
    return any(one.review is not None and one.review.awaits for one in members(entry))


def _named(reader: reading.Reading, cited: Collection[str]) -> Iterator[Reference]:
    """The pages that the metadata names. What speaks is a source, where it is neither an entry under `sources` nor nobody in particular."""
    for one in reader.named:
        if one.kind != records.SPEAKERS:
            yield one.reference
        elif one.stem not in cited and one.stem not in PAGELESS:
            yield msgspec.structs.replace(one.reference, kind=SOURCES.plural)


_Speakers = Callable[[tuple[str, ...]], tuple[tuple[str, ...], int]]


def _statement(written: Written, id: str, quotes: Quotes, speakers: _Speakers, lang: str) -> Statement | None:
    """What an appearance states, anchored; None where its quote is not found."""
    one, given, number, _ = written
    found = quotes.find(one)
    if found is None:
        return None
    text = quotes.words.blocks[found.block].text
    quote = text[found.start : found.end]
    figures = [one for one in one.figures or () if is_told(one) or not quotes.reader.has_key(one, *TELLING)]  # else it could not be read
    hint = f"a figure must be readable in its quote, in digits or in words of the article's language (`lang: {lang}`)"
    for why in unreadable(figures, quote, lang):
        quotes.reader.problem(one, "figure-not-in-quote", why, hint)
    sources, citation = speakers(one.source or given.source)
    first, last = around(text, found.start, found.end)
    return Statement(
        id=id,
        block=found.block,
        start=found.start,
        end=found.end,
        quote=quote,
        before=text[first : found.start].lstrip(),
        after=text[found.end : last].rstrip(),
        sources=sources,
        via=speakers(one.via or given.via)[0],
        citation=citation,
        claim=one.claim,
        as_of=one.as_of or given.as_of,
        when=one.when or given.when,
        said=one.said or given.said,
        figures=filled(one.figures, quote, text, found.start, one.scope or given.scope, lang, itemised=number >= 0),
        gloss=one.gloss,
        about=(*map(PLACES.key, one.places), *map(TOPICS.key, one.topics)),
        stance=one.stance,
        hedge=one.hedge,
        group=number,
        credibility=one.credibility,
    )


def _sums(record: records.Article, statements: Iterable[Statement]) -> tuple[tuple[records.Group, Sum, Statement], ...]:
    """The arithmetic of every group whose quotes were all found, with the group and the statement of its total."""
    grouped = groupby((one for one in statements if one.group >= 0), key=attrgetter("group"))  # they stand in the order of their groups
    found = {number: list(members) for number, members in grouped}
    groups = enumerate(entry for entry in record.claims if isinstance(entry, records.Group))
    whole = ((group, found.get(number, [])) for number, group in groups)
    return tuple(
        (group, total_of(members[0], members[1:], group.list_), members[0])
        for group, members in whole
        if len(members) == len(group.items) + 1
    )


def _notes(
    annotations: Iterable[tuple[records.Annotation, str]], quotes: Quotes, reader: reading.Reading
) -> tuple[list[Note], list[Reference]]:
    """The annotations whose quotes are found, and what all of them name."""
    notes, references = [], []
    for one, id in annotations:
        path, line = reader.line_of(one)
        body = None
        if one.note:
            body, named = markdown.own_words(one.note, path, line, reader.problems)
            references += named
        elif not one.read:
            reader.problem(one, "empty-note", "the annotation says nothing", "give `note`, or `read` for a slip")
        for evidence in one.evidence:
            if not evidence.url and not evidence.title:
                reader.problem(evidence, missing("title"), "evidence needs a `url` or a `title`", "say what it is")
        found = quotes.find(one)
        if found is not None:
            quote = quotes.words.blocks[found.block].text[found.start : found.end]
            notes.append(Note(id, one.kind, *found, quote, body, one.read, one.evidence, one.by, one.date))
    return notes, references
