"""Gathers what the open data is made of (`opendata.rows`): the rows of each box of articles and of each few entries, so that an edit makes
few of them anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sitegen.archive.boxes import boxes as in_boxes
from sitegen.archive.index import Index
from sitegen.cache import Memory
from sitegen.model.article import Article, Entry
from sitegen.model.box import Box
from sitegen.model.digest import Digest
from sitegen.model.kinds import subjects
from sitegen.model.pages import ArticlePage, Page
from sitegen.model.records import Config
from sitegen.opendata import rows
from sitegen.opendata.rows import Row, Rows
from sitegen.opendata.types import About
from sitegen.survey.indexing import each


class Gathered(NamedTuple):
    """All that the open data follows from: what is said of the archive, its rows, part by part, and the ids of the entries that are public,
    by kind."""

    about: About
    parts: tuple[Digest, ...]
    known: tuple[tuple[str, tuple[str, ...]], ...]


def gathered(memory: Memory, archive: Index, boxes: Sequence[Box], config: Config, jobs: int, *, again: bool = False) -> Gathered:
    """Gathers all of it; rows that are not known are made on several cores. `again`: as in `filling.filled`."""
    about = About(config.title, config.description or "", config.base_url, config.lang, config.citation)
    known = {kind.plural: {head.card.stem: head.value for head in archive.public(kind.plural)} for kind in subjects()}
    entries = [tuple(values[stem] for stem in stems) for values in known.values() for stems in in_boxes(sorted(values))]
    pages = [tuple(slip.page for slip in box.slips) for box in boxes if box.slips]
    of_entries = each(memory, entry_rows, [(values, about.base_url) for values in entries], jobs=jobs, again=again)
    of_articles = each(memory, article_rows, [(one, about.base_url, about.lang) for one in pages], jobs=jobs, again=again)
    return Gathered(about, (*of_entries, *of_articles), tuple((kind, tuple(values)) for kind, values in known.items()))


def entry_rows(memory: Memory, values: tuple[Digest, ...], base_url: str) -> Digest:
    """The rows of some entries."""
    return memory.keep(rows.of_entries((memory.value(one, Entry) for one in values), base_url))


def article_rows(memory: Memory, pages: tuple[Digest, ...], base_url: str, lang: str) -> Digest:
    """The rows of some articles, by the argument lists of their pages."""
    found: Iterator[ArticlePage] = (memory.value(one, Page) for one in pages)
    return memory.keep(rows.of_articles(((page, memory.value(page.article, Article)) for page in found), base_url, lang))


def tables(memory: Memory, of: Gathered) -> Iterator[Mapping[str, Sequence[Row]]]:
    """All rows, part by part, as far as they lead to what is public."""
    known = {kind: frozenset(ids) for kind, ids in of.known}
    for part in of.parts:
        found: Rows = memory.value(part, Rows)
        yield {table: rows.public(table, some, known) for table, some in found.items()}
