"""Fills the tables from what readers may see: an article as its page has it, an entry as its file says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain

from sitegen import urls
from sitegen.annotations.placing import Text
from sitegen.archive.index import address_of
from sitegen.archive.tallies import day_of, order_of
from sitegen.content.anchoring import Found
from sitegen.content.figures import allowed
from sitegen.finding.index import names_of
from sitegen.model import records
from sitegen.model.article import ARTICLE_VOICE, PAGELESS, UNNAMED, Article, Entry, Note, Statement
from sitegen.model.kinds import ARTICLES, CLAIMS, PLACES, SOURCES, TOPICS
from sitegen.model.pages import ArticlePage
from sitegen.model.site import Mention
from sitegen.opendata.tables import BY_NAME

Cell = str | int | float | None
"""Numbers of a text stand as they are written there, in decimals; what is not known is None."""
Row = tuple[Cell, ...]
Rows = dict[str, list[Row]]
"""Table -> its rows, in the order of its columns. The tables are sorted, as they are when they are read from the store: the bytes of the
database follow from the order in which they come."""

_SUBJECTS = {PLACES.plural: ("statement_places", "place_mentions"), TOPICS.plural: ("statement_topics", "topic_mentions")}


def of_articles(found: Iterable[tuple[ArticlePage, Article]], base_url: str, lang: str) -> Rows:
    """The rows of some articles; `lang` is the language of those that say none."""
    return _by_table(chain.from_iterable(_OfArticle(page, article, base_url, lang).all() for page, article in found))


class _OfArticle:
    """The rows of one article. What waits for an editor, and words that may not be shown, are left out as on its page."""

    def __init__(self, page: ArticlePage, article: Article, base_url: str, lang: str) -> None:
        self.page = page
        self.article = article
        self.front = article.front
        self.stem = article.card.stem
        self.base_url = base_url
        self.lang = article.card.lang or lang
        self.url = base_url + urls.encoded(page.address)
        self.is_full = self.front.display == "full"
        self.text = Text.of(block.text for block in article.blocks)
        self.has_words = self.front.display != "metadata"
        self.blocks = article.blocks

    def all(self) -> Iterator[tuple[str, Row]]:
        yield ARTICLES.plural, self.row()
        if not self.page.held:
            yield from self.citations()
            if self.has_words:
                yield from self.statements()
        if self.has_words:
            yield from self.notes()
        yield from self.mentions()

    def row(self) -> Row:
        card, front = self.article.card, self.front
        origin = front.origin or records.Origin()
        date = card.date
        count = sum(len(block.text.split()) for block in self.blocks[1:]) if self.is_full else None
        seed = self.base_url + urls.encoded(self.page.seed) if self.page.seed else None
        return (
            self.stem,
            card.title,
            *((date.text, date.first, date.last) if date else (None, None, None)),
            card.day,
            card.calendar,
            origin.publisher,
            origin.byline,
            origin.url,
            self.lang,
            front.display,
            seed,
            self.url,
            count,
            self.text.whole if self.is_full else None,
        )

    def citations(self) -> Iterator[tuple[str, Row]]:
        anchors = iter(anchor for anchor in self.article.anchors if anchor.kind == "citation")
        for number, one in enumerate(self.front.sources):
            anchor = next(anchors, None) if one.quote else None
            words = self.blocks[anchor.block].text[anchor.start : anchor.end] if anchor and self.has_words else None
            document = one.document or records.Document()
            snapshot = next((kept.url for kept in document.archived if kept.url), None)
            date = document.date.text if document.date else None
            yield "citations", (self.stem, number, _source(one.source), words, document.title, date, document.url, snapshot)

    def statements(self) -> Iterator[tuple[str, Row]]:
        order = order_of(self.article.card.date)
        totals = {item.id: total.total for total in self.article.sums for item in total.items}
        for one in self.article.statements:
            id = self.id(one.id)
            total = self.id(totals[one.id]) if one.id in totals else None
            times = (when.date.text if when else None for when in (one.as_of, one.when, one.said))
            day = day_of(one, order) or None
            said = (id, self.stem, one.quote, one.claim, _voice(one), *times, day, one.hedge, one.stance, one.gloss, total)
            yield "statements", (*said, *self.at(one), f"{self.url}#{one.id}")
            for role, sources in (("said", one.sources), ("via", one.via)):
                for source in dict.fromkeys(sources):
                    if source not in PAGELESS:
                        yield "statement_sources", (id, source, role)
            for key in dict.fromkeys(one.about):
                kind, _, subject = key.partition("/")
                if kind in _SUBJECTS:
                    yield _SUBJECTS[kind][0], (id, subject)
            for number, figure in enumerate(one.figures):
                least, most = allowed(figure)
                numbers = (_number(figure.value), _number(least), _number(most))
                share = str(figure.share) if figure.share is not None else None
                yield "figures", (id, number, *numbers, share, figure.hedge, figure.unit, figure.scope)

    def notes(self) -> Iterator[tuple[str, Row]]:
        for one in self.article.notes:
            note = one.body.text if one.body else None
            said = (self.id(one.id), self.stem, one.kind, one.quote, note, one.read, one.by, one.date)
            yield "notes", (*said, *self.at(one), f"{self.url}#{one.id}")

    def mentions(self) -> Iterator[tuple[str, Row]]:
        """Each where it stands; of an article whose words may not be shown, each page once."""
        seen = set()
        for one in sorted(self.page.mentions, key=lambda one: (one.block, one.start, one.page)):
            kind, _, subject = one.page.partition("/")
            if kind in _SUBJECTS:
                wording = self.blocks[one.block].text[one.start : one.end] if self.is_full else None
                row = (self.stem, subject, wording, *self.at(one))
                if row not in seen:
                    seen.add(row)
                    yield _SUBJECTS[kind][1], row

    def at(self, one: Statement | Note | Mention) -> tuple[int | None, int | None]:
        """Where some words stand in the text, where that may be shown."""
        return self.text.offset(Found(one.block, one.start, one.end)) if self.is_full else (None, None)

    def id(self, anchor: str) -> str:
        return f"{self.stem}#{anchor}"


def of_entries(entries: Iterable[Entry], base_url: str) -> Rows:
    """The rows of some places, topics, sources or claims."""
    return _by_table(chain.from_iterable(_of_entry(entry, base_url) for entry in entries))


def _by_table(found: Iterable[tuple[str, Row]]) -> Rows:
    rows: Rows = {}
    for table, row in found:
        rows.setdefault(table, []).append(row)
    return {table: rows[table] for table in sorted(rows)}


def _of_entry(entry: Entry, base_url: str) -> Iterator[tuple[str, Row]]:
    record, card = entry.record, entry.card
    url = base_url + urls.encoded(address_of(card.key))
    wikidata = card.wikidata or None
    match record:
        case records.Place():
            spot = (record.location.lat, record.location.lon) if record.location else (None, None)
            geonames = record.links.geonames if record.links else None
            parent = next(iter(record.within), None)
            yield PLACES.plural, (card.stem, card.title, record.kind, *spot, record.precision, parent, wikidata, geonames, url)
            for number, name in enumerate(names_of(entry)):
                yield "place_names", (card.stem, number, name)
        case records.Topic():
            yield TOPICS.plural, (card.stem, card.title, record.kind, wikidata, url)
        case records.Source():
            told = (record.parent, record.side, record.url, wikidata, url)
            yield SOURCES.plural, (card.stem, card.title, record.kind, *told)
        case records.Claim():
            measure = record.measure
            measured = (measure.unit, measure.about, int(measure.cumulative)) if measure else (None, None, None)
            yield CLAIMS.plural, (card.stem, card.title, record.kind, *measured, url)
            for number, one in enumerate(record.assessment):
                yield "assessments", (card.stem, number, one.verdict, one.by, one.date, one.why)
        case _:
            return


def public(table: str, rows: Sequence[Row], known: Mapping[str, frozenset[str]]) -> Sequence[Row]:
    """The rows of a table as far as they lead to what is public: `known` are the ids of the public entries, by their tables.

    A row that only joins something to an entry which is not public goes; a column that names one is empty. A source is named all the same,
    by its id, as on the pages of articles: who says something is never left out.
    """
    told = BY_NAME[table]
    for number, column in enumerate(told.columns):
        if column.refers in known and column.refers != SOURCES.plural:
            hidden = {row[number] for row in rows} - known[column.refers] - {None}
            if hidden and column.is_joint:
                rows = [row for row in rows if row[number] not in hidden]
            elif hidden:
                rows = [(*row[:number], None, *row[number + 1 :]) if row[number] in hidden else row for row in rows]
    return rows


def _voice(one: Statement) -> str | None:
    if not one.sources:
        return None
    return next((voice for voice in (ARTICLE_VOICE, UNNAMED) if voice in one.sources), SOURCES.plural)


def _source(source: str) -> str | None:
    return None if source in PAGELESS else source


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
