"""The SQLite file behind the store: how it is opened, locked, and dropped where it cannot be trusted.

What is wrong with the file is `Lost`, and mended by dropping it; that it cannot be written (no room, read-only) is `Unwritable`, and
borne: the build goes on without it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sitegen.model.problem import Fault

NAME = "cache.db"
FORMAT = 4
"""Of the tables below and of what lies in them."""
LOCK_SECONDS = 30.0
TABLES = ("fact", "page")
PAGE = 16_384
"""Bytes of a page: values of 1 to 4 KB leave much of those of 4 KB empty, which made a store 7 % larger, and slower to write."""
_ASKED = 500
"""Keys asked for in one query; SQLite takes at least 999."""
_SCHEMA = f"""
pragma page_size = {PAGE};
pragma user_version = {FORMAT};
create table if not exists fact (key blob primary key, value blob not null);
create table if not exists page (key blob primary key, value blob not null) without rowid;
"""
_NO_ROOM = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY}
)
"""The primary codes of what is the machine's fault and not the file's."""
_TAKES_NOTHING = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY})
"""Of these, those of a file that is whole: what was cut short fails as an operation of the disk too."""


class Lost(Exception):
    """What the store should hold cannot be read, is not what was written, or is not there: the store is to be dropped."""


class Unwritable(Exception):
    """The store cannot be written; what it holds may still be read."""


class Database:
    """The open file. A forked worker opens its own connection, for SQLite's must not cross a fork."""

    def __init__(self, path: Path, *, is_ours: bool = True) -> None:
        """Opens the file. One that cannot be used is made anew where it `is_ours` to write, else it is Lost."""
        self.path = path
        self._process = os.getpid()
        self._connection: sqlite3.Connection | None = None
        try:
            self._connection = _opened(path)
        except (sqlite3.Error, OSError) as error:
            if not is_ours:
                raise Lost(str(error)) from error
            if _primary(error) in _TAKES_NOTHING and path.is_file():
                raise Unwritable(_why(error)) from error
            self.drop()

    @property
    def connection(self) -> sqlite3.Connection:
        if self._process != os.getpid():
            self._inherited = self._connection  # closing it here would disturb the process that it belongs to
            self._connection, self._process = None, os.getpid()
        if self._connection is None:
            try:
                self._connection = sqlite3.connect(self.path)
            except sqlite3.Error as error:
                raise Lost(str(error)) from error
        return self._connection

    def row(self, table: str, key: bytes) -> bytes | None:
        """The value of a row. Raises Lost where the file is damaged."""
        found = self._all(f"select value from {table} where key = ?", (key,))
        return found[0][0] if found else None

    def rows(self, table: str, keys: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
        """Those of the rows that there are. Raises Lost where the file is damaged."""
        for start in range(0, len(keys), _ASKED):
            some = keys[start : start + _ASKED]
            yield from self._all(f"select key, value from {table} where key in ({','.join('?' * len(some))})", some)

    def keys(self, table: str) -> list[bytes]:
        """The keys of a table. Raises Lost where the file is damaged."""
        return [key for (key,) in self._all(f"select key from {table}")]

    def _all(self, query: str, values: Sequence[bytes] = ()) -> list[Any]:
        try:
            return self.connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise Lost(str(error)) from error

    def write(self, rows: dict[str, Iterable[tuple[bytes, bytes]]]) -> None:
        """Writes rows, all or none. Raises Unwritable where there is no room, Lost where the file is damaged."""
        with _writing(), self.connection as connection:
            for table, new in rows.items():
                # in the order of their keys, which saves the tree's pages from being turned over and over
                # and a row that is there already is left alone
                changed = "on conflict (key) do update set value = excluded.value where value <> excluded.value"
                connection.executemany(f"insert into {table} values (?, ?) {changed}", sorted(new))

    def keep_only(self, table: str, keys: Iterable[bytes]) -> None:
        """Removes all other rows of a table."""
        with _writing(), self.connection as connection:
            connection.execute("create temp table kept (key blob primary key)")
            connection.executemany("insert or ignore into kept values (?)", ((key,) for key in keys))
            connection.execute(f"delete from {table} where key not in (select key from kept)")
            connection.execute("drop table kept")

    def shrink(self) -> None:
        """Gives the room of removed rows back to the disk."""
        with _writing():
            self.connection.execute("vacuum")
            self.connection.execute("pragma wal_checkpoint(truncate)")

    @property
    def size(self) -> int:
        """Bytes of the file, with what is still to be moved into it. Raises Lost where it is damaged."""
        ((pages,),), ((size,),) = (self._all(f"pragma {what}") for what in ("page_count", "page_size"))
        return int(pages) * int(size)

    def count(self, table: str) -> int:
        """How many rows there are. Raises Lost where the file is damaged."""
        return int(self._all(f"select count(*) from {table}")[0][0])

    def drop(self) -> None:
        """Makes the file anew: closed, removed with all that belongs to it, opened. Raises Unwritable where that cannot be."""
        self.close()
        try:
            for path in _parts(self.path):
                _removed(path)
            self._connection = _opened(self.path)
        except (sqlite3.Error, OSError) as error:
            raise Unwritable(_why(error)) from error

    def close(self) -> None:
        if self._connection is not None and self._process == os.getpid():
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None


def _opened(path: Path) -> sqlite3.Connection:
    """A connection to a file of our own format."""
    connection = sqlite3.connect(path)
    try:
        version = connection.execute("pragma user_version").fetchone()[0]
        if version not in (0, FORMAT):
            raise sqlite3.DatabaseError("another format")
        if version == 0:
            connection.executescript(_SCHEMA)
        connection.execute("pragma journal_mode = wal")  # workers read while new rows are written
        connection.execute("pragma synchronous = off")
        for table in TABLES:
            connection.execute(f"select key, value from {table} limit 1").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _parts(path: Path) -> list[Path]:
    return [path.with_name(path.name + suffix) for suffix in ("", "-journal", "-wal", "-shm")]


def _removed(path: Path) -> None:
    """Removes whatever stands there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def _writing() -> Iterator[None]:
    """Tells a file that is damaged from a disk that takes nothing."""
    try:
        yield
    except sqlite3.Error as error:
        if _primary(error) in _NO_ROOM:
            raise Unwritable(_why(error)) from error
        raise Lost(str(error)) from error
    except OSError as error:
        raise Unwritable(_why(error)) from error


def _primary(error: Exception) -> int:
    """The primary code of what SQLite says, without what it adds."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF


def _why(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


@contextlib.contextmanager
def locked(folder: Path, name: str = "lock.db", busy: str = "another build of this archive is running") -> Iterator[None]:
    """Held by SQLite's own lock, which every system releases when a process ends, however it ends. Raises Fault where another holds it (by
    default: another build), Unwritable where there can be none."""
    place = folder / name
    lock: sqlite3.Connection | None = None
    started = time.monotonic()
    try:
        for is_last in (False, True):
            try:
                lock = sqlite3.connect(place, timeout=LOCK_SECONDS, isolation_level=None)
                lock.execute("begin exclusive")
                break
            except sqlite3.Error as error:
                if lock is not None:
                    lock.close()
                if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
                    raise Fault(f"{busy} (waited {time.monotonic() - started:.0f} s)") from error
                if is_last:
                    raise Unwritable(_why(error)) from error
                _mended(place)
        yield
    finally:
        if lock is not None:
            lock.close()


def _mended(place: Path) -> None:
    """Makes a damaged lock an empty one. It is emptied, not replaced: a lock is a file's, and two builds must not hold two."""
    try:
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        for suffix in ("-journal", "-wal", "-shm"):
            _removed(place.with_name(place.name + suffix))
        if place.exists():
            os.truncate(place, 0)
    except OSError as error:
        raise Unwritable(_why(error)) from error
