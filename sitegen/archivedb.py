"""The database of the open data: an SQLite file with the tables of `opendata.tables`, written once and read in order.

All other files of `/data/` are asked of it, so that they are sorted by SQLite, on the disk, and nothing is held in memory. Its bytes
follow from the rows and from the version of SQLite, which stands in its head.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from sitegen.model.digest import Digest, digest
from sitegen.model.kinds import ARTICLES, CLAIMS, SOURCES
from sitegen.opendata.rows import Row
from sitegen.opendata.tables import BY_NAME, TABLES, VERSION, Table
from sitegen.opendata.types import OF_TEXT, TEXTS

Error = sqlite3.Error
"""What is raised where a database cannot be written or read."""
AFFINITY = {"text": "TEXT", "integer": "INTEGER", "number": "NUMERIC"}
SEARCH = "articles_search"
"""The words of articles, for full text search (FTS5)."""
MEMORY = 32 * 1024
"""KiB of the database that are held in memory while it is written."""
TOKENS = "unicode61 remove_diacritics 2"
VIEWS = {
    "statements_in_words": f"""
        SELECT one.id AS statement, one.claim, matter.title AS claim_title, one.words, one.voice,
            (SELECT group_concat(source, '; ') FROM (SELECT source FROM statement_sources WHERE statement = one.id AND role = 'said'
                ORDER BY source)) AS sources,
            (SELECT group_concat(name, '; ') FROM (SELECT coalesce(who.name, said.source) AS name FROM statement_sources AS said
                LEFT JOIN {SOURCES.plural} AS who ON who.id = said.source WHERE said.statement = one.id AND said.role = 'said'
                ORDER BY said.source)) AS source_names,
            one.as_of, one.happened, one.said, one.day, one.hedge, one.stance, one.gloss, one.article, told.title AS article_title,
            told.date AS article_date, told.publisher, one.url
        FROM statements AS one JOIN {ARTICLES.plural} AS told ON told.id = one.article
        LEFT JOIN {CLAIMS.plural} AS matter ON matter.id = one.claim""",
    "figures_in_words": """
        SELECT said.claim, said.claim_title, said.day, one.value, one.least, one.most, one.share, one.hedge, one.unit, one.scope,
            said.words, said.voice, said.sources, said.source_names, said.as_of, said.happened, said.article, said.article_title,
            said.publisher, one.statement, one.number, said.url
        FROM figures AS one JOIN statements_in_words AS said ON said.statement = one.statement""",
}
"""What people read: the titles beside the ids."""


def write(path: Path, parts: Iterable[Mapping[str, Sequence[Row]]]) -> Mapping[str, Digest]:
    """Writes the database, which must not be there, from rows that come in parts; gives a digest of what each table holds, and of
    `TEXTS`.

    A source that is named and has no page has a row with its id alone, so that each reference leads somewhere.
    """
    contents = _Contents()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        settings = {"page_size": 4096, "journal_mode": "OFF", "synchronous": "OFF", "cache_size": -MEMORY, "user_version": VERSION}
        for name, value in settings.items():
            connection.execute(f"PRAGMA {name} = {value}")
        connection.execute("BEGIN")
        for table in TABLES:
            connection.execute(_created(table))
        for part in parts:
            for name, rows in part.items():
                marks = ", ".join("?" * len(BY_NAME[name].columns))
                connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
                contents.take(name, rows)
        for table in TABLES:
            for column in table.columns:
                if column.refers == SOURCES.plural:
                    asked = f"SELECT DISTINCT {column.name} FROM {table.name} WHERE {column.name} NOT NULL ORDER BY 1"
                    connection.execute(f"INSERT OR IGNORE INTO {SOURCES.plural} (id) {asked}")
        for table in TABLES:
            for column in table.columns:
                if column.refers and table.key[:1] != (column.name,):
                    connection.execute(f'CREATE INDEX "{table.name}_{column.name}" ON {table.name} ("{column.name}")')
        for name, query in VIEWS.items():
            connection.execute(f"CREATE VIEW {name} AS {query}")
        connection.execute(f"CREATE VIRTUAL TABLE {SEARCH} USING fts5(title, text, content='{ARTICLES.plural}', tokenize=\"{TOKENS}\")")
        connection.execute(f"INSERT INTO {SEARCH} ({SEARCH}) VALUES ('rebuild')")
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
    return contents.digests()


class _Contents:
    """What each table holds, as a digest of its rows in their order. The texts of articles are apart, for most files do without."""

    def __init__(self) -> None:
        self.sums = {name: hashlib.sha256() for name in (*BY_NAME, TEXTS)}

    def take(self, table: str, rows: Sequence[Row]) -> None:
        """Takes in the next rows of a table."""
        if table == ARTICLES.plural:
            names = [column.name for column in BY_NAME[table].columns]
            of_text = [names.index(name) for name in OF_TEXT]
            self.sums[TEXTS].update(msgspec.msgpack.encode([[row[at] for at in of_text] for row in rows]))
            rows = [tuple(cell for at, cell in enumerate(row) if at not in of_text) for row in rows]
        self.sums[table].update(msgspec.msgpack.encode(rows))

    def digests(self) -> Mapping[str, Digest]:
        """Of each table; sources have rows besides for those that other tables name."""
        found = {name: Digest(one.digest()) for name, one in self.sums.items()}
        naming = [table.name for table in TABLES if any(column.refers == SOURCES.plural for column in table.columns)]
        return {**found, SOURCES.plural: digest("sources", *(found[name] for name in (SOURCES.plural, *naming)))}


def _created(table: Table) -> str:
    columns = [f'"{column.name}" {AFFINITY[column.type]}{_refers(column.refers)}' for column in table.columns]
    if not table.key:
        return f"CREATE TABLE {table.name} ({', '.join(columns)})"
    key = ", ".join(f'"{name}"' for name in table.key)
    # a key of several columns is the table itself: it would take as much room again beside it
    return f"CREATE TABLE {table.name} ({', '.join(columns)}, PRIMARY KEY ({key})){' WITHOUT ROWID' if len(table.key) > 1 else ''}"


def _refers(table: str) -> str:
    return f" REFERENCES {table} (id)" if table else ""


class Reading:
    """A database that is read."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def only(self, tables: Collection[str]) -> None:
        """Lets nothing be read from now on but these tables (`opendata.types.File.reads`): whoever asks for more is refused."""

        def allowed(action: int, table: str | None, column: str | None, *_: object) -> int:
            name = TEXTS if table == ARTICLES.plural and column in OF_TEXT else table
            is_allowed = action != sqlite3.SQLITE_READ or name in tables or name in VIEWS  # of which each table is asked for besides
            return sqlite3.SQLITE_OK if is_allowed else sqlite3.SQLITE_DENY

        self.connection.set_authorizer(allowed)

    def rows(self, query: str, *arguments: object) -> Iterator[Row]:
        """The rows of a query, one after the other."""
        yield from self.connection.execute(query, arguments)

    def columns(self, query: str) -> Sequence[str]:
        """What the columns of a query are called."""
        return [column[0] for column in self.connection.execute(f"SELECT * FROM ({query}) LIMIT 0").description]

    def named(self, query: str, *arguments: object) -> Iterator[dict[str, object]]:
        """The rows of a query as mappings, without what is empty."""
        cursor = self.connection.execute(query, arguments)
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield {name: cell for name, cell in zip(names, row, strict=True) if cell is not None}

    def count(self, query: str) -> int:
        """The whole number that a query gives."""
        found = next(self.rows(query))[0]
        assert isinstance(found, int)
        return found

    def counts(self) -> Mapping[str, int]:
        """How many rows each table has."""
        return {table.name: self.count(f"SELECT count(*) FROM {table.name}") for table in TABLES}


@contextmanager
def reading(path: Path) -> Iterator[Reading]:
    """Opens a database to be read; nothing is written beside it."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        yield Reading(connection)
