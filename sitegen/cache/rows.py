"""Rows: key -> bytes, true for ever, proved whenever they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from sitegen.cache.database import TABLES, Database, Lost, Unwritable
from sitegen.cache.sealing import opened, sealed

HELD = 32 * 1024 * 1024
"""Bytes of new rows that are held in memory before they are written."""
Row = tuple[bytes, bytes]
"""A key, and its sealed bytes."""


class Rows:
    """The rows of one table. Those that are new are held here until they are written (`write`), and for good where there is no file, or
    it takes no more (`unwritable` says why)."""

    def __init__(self, table: str, database: Database | None) -> None:
        self.table = table
        self.database = database
        self.new: dict[bytes, bytes] = {}
        self.held = 0
        self.asked: set[bytes] | None = None
        """Every key that was asked for or written, where somebody wants to know (`sitegen cache --trim`)."""

    def get(self, key: bytes) -> bytes | None:
        """The bytes under a key; None where there are none. Raises Lost where they are not what was written."""
        if self.asked is not None:
            self.asked.add(key)
        row = self.new.get(key)
        if row is None and self.database is not None:
            row = self.database.row(self.table, key)
        return None if row is None else opened(key, row)

    def many(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The bytes under those of the keys that there are. Raises Lost as `get`."""
        if self.asked is not None:
            self.asked.update(keys)
        new = self.new
        found = {key: opened(key, new[key]) for key in keys if key in new} if new else {}
        if self.database is not None:
            wanted = [key for key in keys if key not in found] if found else keys
            found.update((key, opened(key, row)) for key, row in self.database.rows(self.table, wanted))
        return found

    def put(self, key: bytes, data: bytes) -> None:
        self.add([(key, sealed(key, data))])

    def add(self, rows: Iterable[Row]) -> None:
        """Takes rows that a worker has sealed."""
        for key, row in rows:
            if key not in self.new:
                self.new[key] = row
                self.held += len(row)
                if self.asked is not None:
                    self.asked.add(key)

    def forget(self) -> None:
        """Lets go of what is not written."""
        self.new.clear()
        self.held = 0


class Tables:
    """All rows of a store, written together."""

    def __init__(self, database: Database | None) -> None:
        self.database = database
        self.fact = Rows("fact", database)
        self.page = Rows("page", database)
        self.unwritable = ""
        """Why the store takes nothing more; empty while it does."""

    def spill(self) -> None:
        """Writes the new rows if they have become many."""
        if self.fact.held + self.page.held > HELD:
            self.write()

    def write(self) -> None:
        """Writes the new rows and lets go of them; keeps them where the store takes none. Raises Lost where it is damaged."""

        def write(database: Database) -> None:
            database.write({rows.table: rows.new.items() for rows in (self.fact, self.page) if rows.new})
            self.fact.forget()
            self.page.forget()

        self._bearing(write)

    def drop(self) -> None:
        """Forgets everything: what the store holds cannot be trusted. Where its file cannot be made anew, it is left alone."""
        self.fact.forget()
        self.page.forget()
        if self.database is not None:
            try:
                self.database.drop()
            except Unwritable as error:
                self._leave(str(error))

    def keep_only_asked(self) -> None:
        """Removes the rows that nobody asked for since somebody wanted to know."""

        def keep(database: Database) -> None:
            for rows in (self.fact, self.page):
                assert rows.asked is not None
                database.keep_only(rows.table, rows.asked)
            database.shrink()

        self._bearing(keep)

    def damaged(self) -> Iterator[str]:
        """What of the store is not what was written; every row is read."""
        if self.database is None:
            return
        for table in TABLES:
            try:
                for key in self.database.keys(table):
                    try:
                        opened(key, self.database.row(table, key))
                    except (Lost, TypeError, ValueError) as lost:  # a key that is damaged may be anything
                        yield f"{table}: {lost}"
            except Lost as lost:
                yield f"{table}: {lost}"

    def _bearing(self, change: Callable[[Database], None]) -> None:
        if self.database is None or self.unwritable:
            return
        try:
            change(self.database)
        except Unwritable as error:
            self.unwritable = str(error)

    def _leave(self, why: str) -> None:
        """Goes on without the file."""
        self.unwritable = why
        self.database = self.fact.database = self.page.database = None
