"""The files under `/data/`, and how each is written from the database: the one table of them.

Each is made in pieces, so that none is ever whole in memory.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any

import msgspec

from sitegen.exports.figures import plain_cell
from sitegen.model.digest import Digest
from sitegen.model.kinds import ARTICLES, CLAIMS, PLACES, SOURCES
from sitegen.model.opendata import DataFile
from sitegen.model.speech import message
from sitegen.opendata import bibliography, catalogue, datasette, linkedplaces, schemas, webannotations
from sitegen.opendata.tables import BY_NAME as TABLES_BY_NAME
from sitegen.opendata.tables import VERSION
from sitegen.opendata.types import TEXTS, About, Asked, File

FOLDER = "data/"
DATABASE = "archive.db"
CATALOGUE = "catalog.jsonld"


STATEMENTS = "SELECT * FROM statements_in_words ORDER BY claim IS NULL, claim, day, statement"
FIGURES = "SELECT * FROM figures_in_words ORDER BY claim IS NULL, claim, day, statement, number"

_SOURCES = """SELECT statement, source, role FROM statement_sources
    WHERE statement IN (SELECT id FROM statements WHERE article = ?) ORDER BY statement, role, source"""
_FIGURES = "SELECT * FROM figures WHERE statement IN (SELECT id FROM statements WHERE article = ?) ORDER BY statement, number"
"""Those of all statements of an article, which are asked for at once."""


_OF_STATEMENTS = frozenset(["statements", "statement_sources", SOURCES.plural, ARTICLES.plural, CLAIMS.plural])
_OF_FIGURES = _OF_STATEMENTS | {"figures"}
_OF_MENTIONS = frozenset(["place_mentions", "topic_mentions"])
_OF_ARTICLES = _OF_MENTIONS | {ARTICLES.plural, TEXTS, "statements", "statement_sources", "figures", "citations"}
_OF_PLACES = frozenset([PLACES.plural, "place_names"])
_OF_ANNOTATIONS = _OF_MENTIONS | {ARTICLES.plural, TEXTS, "statements", "statement_sources", "notes"}


def table(query: str) -> Callable[[Asked, About], Iterator[bytes]]:
    """Writes the rows of a query as CSV (RFC 4180), the names of the columns first."""

    def write(asked: Asked, _: About) -> Iterator[bytes]:
        lines: list[str] = []
        put = csv.writer(SimpleNamespace(write=lines.append)).writerow
        put(asked.columns(query))
        for row in asked.rows(query):
            put(["" if cell is None else plain_cell(cell) if isinstance(cell, str) else cell for cell in row])
            if len(lines) >= 1_000:
                yield "".join(lines).encode()
                lines.clear()
        yield "".join(lines).encode()

    return write


def articles(asked: Asked, _: About) -> Iterator[bytes]:
    """An article a line (JSON Lines): its row, with its text, what it states with who says it, what it cites, and what it names."""
    for article in asked.named(f"SELECT * FROM {ARTICLES.plural} ORDER BY first, id"):
        stem = article["id"]
        sources: dict[str, list[tuple[Any, ...]]] = {}
        for row in asked.rows(_SOURCES, stem):
            sources.setdefault(row[0], []).append(row)
        figures: dict[str, list[dict[str, Any]]] = {}
        for figure in asked.named(_FIGURES, stem):
            figures.setdefault(figure.pop("statement"), []).append(figure)
            del figure["number"]
        statements = []
        for one in asked.named("SELECT * FROM statements WHERE article = ? ORDER BY rowid", stem):
            of = one["id"]
            del one["article"]
            one["sources"] = [{"source": source, "role": role} for _, source, role in sources.get(of, ())]
            one["figures"] = figures.get(of, [])
            statements.append(one)
        named = {
            kind: [id for (id,) in asked.rows(f"SELECT DISTINCT {column} FROM {column}_mentions WHERE article = ? ORDER BY 1", stem)]
            for kind, column in (("places", "place"), ("topics", "topic"))
        }
        cited = [
            {name: cell for name, cell in one.items() if name not in ("article", "number")}
            for one in asked.named("SELECT * FROM citations WHERE article = ? ORDER BY number", stem)
        ]
        yield msgspec.json.encode({**article, "statements": statements, "citations": cited, **named}) + b"\n"


FILES: tuple[File, ...] = (
    File(
        DATABASE,
        message("All of it, as a database: for SQLite, Datasette, R, Python and many other programs."),
        "application/vnd.sqlite3",
        None,
        form="https://www.sqlite.org/fileformat2.html",
    ),
    File(
        "claims.csv",
        message("What articles state, word for word, with who says it: a row for each statement. For spreadsheets."),
        "text/csv",
        table(STATEMENTS),
        "SELECT count(*) FROM statements",
        "claims.csv-metadata.json",
        "https://www.rfc-editor.org/rfc/rfc4180",
        _OF_STATEMENTS,
    ),
    File(
        "figures.csv",
        message("The figures that statements give: a row for each figure. For spreadsheets."),
        "text/csv",
        table(FIGURES),
        "SELECT count(*) FROM figures",
        "figures.csv-metadata.json",
        "https://www.rfc-editor.org/rfc/rfc4180",
        _OF_FIGURES,
    ),
    File(
        "articles.jsonl",
        message("The articles with their texts, statements, citations and places: a line for each article. For programs."),
        "application/jsonl",
        articles,
        f"SELECT count(*) FROM {ARTICLES.plural}",
        "articles.schema.json",
        "https://jsonlines.org/",
        _OF_ARTICLES,
    ),
    File(
        "places.geojson",
        message("The places with their names, points and links (Linked Places). For maps and gazetteers."),
        "application/geo+json",
        linkedplaces.places,
        f"SELECT count(*) FROM {PLACES.plural}",
        "places.schema.json",
        "https://github.com/LinkedPasts/linked-places-format",
        _OF_PLACES,
    ),
    File(
        "annotations.jsonld",
        message("Statements, notes and names of places, each tied to the words that it is of (Web Annotations)."),
        "application/ld+json",
        webannotations.collection,
        webannotations.COUNT,
        "annotations.schema.json",
        "https://www.w3.org/TR/annotation-model/",
        _OF_ANNOTATIONS,
    ),
    File(
        "references.bib",
        message("The articles as entries of BibTeX. For literature managers and LaTeX."),
        "application/x-bibtex",
        bibliography.bibtex,
        f"SELECT count(*) FROM {ARTICLES.plural}",
        form="http://www.bibtex.org/Format/",
        reads=frozenset([ARTICLES.plural]),
    ),
    File(
        "references.json",
        message("The articles as CSL-JSON. For Zotero and word processors."),
        "application/vnd.citationstyles.csl+json",
        bibliography.csl,
        f"SELECT count(*) FROM {ARTICLES.plural}",
        form="https://github.com/citation-style-language/schema",
        reads=frozenset([ARTICLES.plural]),
    ),
)
"""Those that people come for, in the order in which they are shown."""
DESCRIPTIONS: tuple[File, ...] = (
    File(
        "archive.metadata.json",
        message("What Datasette shows of the database: titles, facets, questions that one can ask."),
        "application/json",
        lambda _, about: datasette.metadata(about),
    ),
    File(
        "claims.csv-metadata.json",
        message("The columns of claims.csv (CSV on the Web)."),
        "application/csvm+json",
        lambda asked, _: schemas.of_table("claims.csv", asked.columns(STATEMENTS)),
        reads=_OF_STATEMENTS,
    ),
    File(
        "figures.csv-metadata.json",
        message("The columns of figures.csv (CSV on the Web)."),
        "application/csvm+json",
        lambda asked, _: schemas.of_table("figures.csv", asked.columns(FIGURES)),
        reads=_OF_FIGURES,
    ),
    File(
        "articles.schema.json",
        message("The form of a line of articles.jsonl (JSON Schema)."),
        "application/schema+json",
        lambda *_: schemas.of_articles(),
    ),
    File(
        "places.schema.json",
        message("The form of places.geojson (JSON Schema)."),
        "application/schema+json",
        lambda *_: schemas.of_places(),
    ),
    File(
        "annotations.schema.json",
        message("The form of annotations.jsonld (JSON Schema)."),
        "application/schema+json",
        lambda *_: schemas.of_annotations(),
    ),
)
"""Those that describe the others."""

THE_CATALOGUE = File(
    CATALOGUE,
    message("What all these are: sizes, forms, licence (DCAT)."),
    "application/ld+json",
    None,
    form="https://www.w3.org/TR/vocab-dcat-3/",
)
"""Made last, of the others."""
BY_NAME = {file.name: file for file in (*FILES, *DESCRIPTIONS, THE_CATALOGUE)}
NAMES = tuple(BY_NAME)


def inputs_of(file: File, about: About, contents: Mapping[str, Digest]) -> tuple[object, ...]:
    """All that a file follows from. `contents`: a digest of what each table holds."""
    return VERSION, file.name, about, tuple((table, contents[table]) for table in sorted(file.reads))


def catalogued(about: About, made: Iterable[DataFile], counts: Mapping[str, int]) -> bytes:
    """The catalogue of all files; the last to be made, for it tells the size of each."""
    explained = {name: one.about for name, one in TABLES_BY_NAME.items()}
    return catalogue.catalogue(about, [(BY_NAME[one.name], one) for one in made], counts, FOLDER, explained)
