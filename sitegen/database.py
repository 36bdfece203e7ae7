"""The SQLite file behind the store: its tables, its lock, and how it is opened, or made anew where it is damaged."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from sitegen.model.problem import Fault

FORMAT = 2
"""Of the tables below."""
LOCK_SECONDS = 30.0
VALUES = ("memo", "page", "blob")
_TABLES = f"""
pragma user_version = {FORMAT};
create table if not exists memo (key blob primary key, value blob not null);
create table if not exists page (key blob primary key, digest blob not null) without rowid;
create table if not exists blob (digest blob primary key, value blob not null);
create table if not exists stamp (path text primary key, size integer, mtime integer, ctime integer, inode integer, digest blob);
"""


@contextlib.contextmanager
def room() -> Iterator[None]:
    """Says so where the machine has no room for the store, or does not let it be written."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise Fault(f"the store .sitegen/cache.db could not be written ({error}); the earlier site is as it was") from error
    except OSError as error:
        raise Fault(f".sitegen/ cannot be written: {error.strerror}") from error


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Held by SQLite's own lock, which every system releases when a process ends, however it ends."""
    lock = sqlite3.connect(folder / "lock.db", timeout=LOCK_SECONDS, isolation_level=None)
    started = time.monotonic()
    try:
        try:
            lock.execute("begin exclusive")
        except sqlite3.OperationalError as error:
            waited = time.monotonic() - started
            raise Fault(f"another build of this archive is running (waited {waited:.0f} s): {error}") from error
        except sqlite3.DatabaseError:
            lock.close()
            (folder / "lock.db").unlink(missing_ok=True)
            lock = sqlite3.connect(folder / "lock.db", timeout=LOCK_SECONDS, isolation_level=None)
            lock.execute("begin exclusive")
        yield
    finally:
        lock.close()


def connected(path: Path) -> sqlite3.Connection:
    """The database, made anew where it is damaged or of another format."""
    for attempt in (1, 2):
        connection = sqlite3.connect(path)
        try:
            version = connection.execute("pragma user_version").fetchone()[0]
            if version not in (0, FORMAT):
                raise sqlite3.DatabaseError("another format")
            connection.executescript(_TABLES)
            connection.execute("pragma journal_mode = wal")  # workers read while new rows are written
            connection.execute("pragma synchronous = off")
            for table in (*VALUES, "stamp"):
                connection.execute(f"select * from {table} limit 1").fetchone()
            return connection
        except sqlite3.DatabaseError as error:
            connection.close()
            if attempt == 2:
                raise Fault(f"{path} cannot be used: {error}") from error
            for suffix in ("", "-journal", "-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
    raise AssertionError
