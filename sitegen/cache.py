"""The store of facts under `.sitegen/`: rows "key -> bytes" that are true for ever. Losing any of them costs time, nothing else.

One SQLite file. Where it is damaged, or another version's, it is dropped and the build is complete and slower. Values are
MessagePack, never pickles.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from sitegen.database import VALUES, connected, locked, room
from sitegen.model.article import Card
from sitegen.model.digest import Digest, digest, digest_of, encode
from sitegen.model.problem import Fault
from sitegen.tree import Stamp, stamp_of

HELD = 96 * 1024 * 1024
"""Bytes of new values that are held in memory before they are written."""
CARDS = 30_000
"""Cards kept at hand; about 1 KB each."""
_AT_ONCE = 500
"""Keys asked for in one query; SQLite takes at least 999."""
LIBRARIES = ("jinja2", "markdown-it-py", "markupsafe", "msgspec", "pillow", "pyyaml", "rapidfuzz")
"""Whose versions are part of every key: what they return ends up in values."""


@lru_cache(maxsize=1)  # a process goes on with the code that it began with
def engine() -> bytes:
    """What makes this program this one: its own code, Python's version and the libraries'."""
    import sys

    here = Path(__file__).parent
    code = [part for path in sorted(here.rglob("*.py")) for part in (path.relative_to(here).as_posix().encode(), path.read_bytes())]
    versions = [f"{name} {metadata.version(name)}" for name in LIBRARIES]
    python = ".".join(str(part) for part in sys.version_info[:3])
    return digest("engine", python, *versions, *code)


class Made(NamedTuple):
    """What was made and is to be kept: rows of the store, and values that they name by digest."""

    rows: list[tuple[Digest, bytes]]
    values: list[bytes]

    def add(self, other: Made) -> None:
        self.rows.extend(other.rows)
        self.values.extend(other.values)


class Lost(Exception):
    """A value that a row names is not in the store: it was damaged, and is to be emptied."""


class Cache:
    """The open store."""

    def __init__(self, connection: sqlite3.Connection | None, folder: Path | None, engine: bytes) -> None:
        self._connection = connection
        self._process = os.getpid()
        self.folder = folder
        self.engine = engine
        self.fresh: dict[bytes, bytes] = {}
        self.pages: dict[bytes, Digest] = {}
        self.blobs: dict[bytes, bytes] = {}
        self.stamps: dict[str, tuple[Stamp, Digest]] = {}
        self.new_stamps: dict[str, tuple[Stamp, Digest]] = {}
        self.settled = 0
        self.size = 0
        self.used: set[bytes] = set()
        self.cards: dict[bytes, Card] = {}
        if connection is not None:
            rows = connection.execute("select path, size, mtime, ctime, inode, digest from stamp")
            self.stamps = {path: (Stamp(*rest[:4]), Digest(rest[4])) for path, *rest in rows}
            self.settled = self.stamps.pop("", (Stamp(0, 0, 0, 0), Digest(b"")))[0].mtime

    @property
    def connection(self) -> sqlite3.Connection | None:
        """The database; a forked worker opens its own, for SQLite's connections must not cross a fork."""
        if self._process != os.getpid() and self._connection is not None and self.folder is not None:
            self._inherited = self._connection  # closing it here would disturb the process that it belongs to
            self._connection = sqlite3.connect(self.folder / "cache.db")
            self._process = os.getpid()
        return self._connection

    # memo rows

    def key(self, *parts: str | bytes) -> Digest:
        """A key over these parts and the engine."""
        return digest(self.engine, *parts)

    def get(self, key: bytes) -> bytes | None:
        self.used.add(key)
        if key in self.fresh:
            return self.fresh[key]
        return self._row("memo", "key", key)

    def put(self, key: bytes, value: bytes) -> None:
        self.used.add(key)
        self.fresh[key] = value

    def many(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The rows of those keys that are known."""
        self.used.update(keys)
        return self._many("memo", "key, value", keys, self.fresh)

    def rendered(self, keys: Sequence[bytes]) -> dict[bytes, Digest]:
        """The digests of those pages that were rendered before. They lie apart from other rows: there are many, and all are asked for
        at every build."""
        self.used.update(keys)
        return self._many("page", "key, digest", keys, self.pages)

    def put_page(self, key: bytes, digest: Digest) -> None:
        """Remembers the digest of a page's bytes."""
        self.used.add(key)
        self.pages[key] = digest

    def _many(self, table: str, columns: str, keys: Sequence[bytes], fresh: Mapping[bytes, Any]) -> dict[bytes, Any]:
        found = {key: fresh[key] for key in keys if key in fresh} if fresh else {}
        if self.connection is not None:
            wanted = [key for key in keys if key not in found] if found else keys
            for start in range(0, len(wanted), _AT_ONCE):
                some = wanted[start : start + _AT_ONCE]
                query = f"select {columns} from {table} where key in ({','.join('?' * len(some))})"
                try:
                    found.update(self.connection.execute(query, some))
                except sqlite3.DatabaseError as error:
                    raise Lost(str(error)) from error
        return found

    def keep(self, made: Made) -> None:
        for key, row in made.rows:
            self.put(key, row)
        for value in made.values:
            self.store_bytes(value)

    def row(self, key: bytes, type_: Any) -> Any:
        """The value under a key, decoded; None where there is none or it cannot be read."""
        data = self.get(key)
        if data is None:
            return None
        try:
            return msgspec.msgpack.decode(data, type=type_)
        except msgspec.MsgspecError:
            return None

    # values by their own digest

    def store(self, value: Any) -> Digest:
        """Keeps a value under the digest of its bytes."""
        return self.store_bytes(encode(value))

    def store_bytes(self, data: bytes) -> Digest:
        key = digest_of(data)
        if key not in self.blobs:
            self.blobs[key] = data
            self.size += len(data)
            if self.size > HELD:
                self.write()
        return key

    def blob(self, key: Digest) -> bytes | None:
        found = self.blobs.get(key)
        if found is None:
            found = self._row("blob", "digest", key)
            if found is not None and digest_of(found) != key:
                return None
        return found

    def card(self, key: Digest) -> Card:
        """A card: many pages show it, so it is kept at hand once it was loaded."""
        found = self.cards.get(key)
        if found is None:
            if len(self.cards) >= CARDS:
                self.cards.clear()
            found = self.cards[key] = self.value(key, Card)
        return found

    def value(self, key: Digest, type_: Any) -> Any:
        """The value behind a digest. Raises Lost where the store does not hold it whole."""
        data = self.blob(key)
        try:
            if data is not None:
                return msgspec.msgpack.decode(data, type=type_)
        except msgspec.MsgspecError:
            pass
        raise Lost(key.hex())

    def let_go(self) -> None:
        """Forgets what is not written yet."""
        self.fresh.clear()
        self.pages.clear()
        self.blobs.clear()
        self.used.clear()
        self.size = 0

    def forget(self) -> None:
        """Empties the store: what it holds cannot be trusted."""
        self.fresh.clear()
        self.pages.clear()
        self.blobs.clear()
        if self.connection is not None:
            with self.connection:
                for table in VALUES:
                    self.connection.execute(f"delete from {table}")

    def _row(self, table: str, column: str, key: bytes) -> bytes | None:
        if self.connection is None:
            return None
        try:
            row = self.connection.execute(f"select value from {table} where {column} = ?", (key,)).fetchone()
        except sqlite3.DatabaseError as error:  # damaged since it was opened
            raise Lost(str(error)) from error
        return bytes(row[0]) if row else None

    # stamps: the rule of Git's index

    def remembered(self, path: str, stamp: Stamp) -> Digest | None:
        """The digest of an unchanged file. One that was touched at or after the last settling may have changed since
        within the clock's grain, and is read again."""
        known = self.stamps.get(path)
        if known is None or known[0] != stamp or max(stamp.mtime, stamp.ctime) >= self.settled:
            return None
        self.new_stamps[path] = known
        return known[1]

    def remember(self, path: str, stamp: Stamp, digest: Digest) -> None:
        self.new_stamps[path] = (stamp, digest)

    # the end of a build

    def commit(self, *, sweep: bool = False) -> None:
        """Writes what is new. With `sweep`, at the end of a build that saw the whole output, files of it that are gone are forgotten, and
        a store of which this build used little is emptied: the next change makes anew what it needs."""
        if self.connection is None or self.folder is None:
            return
        with room():
            marker = self.folder / "settled"
            marker.write_bytes(b"")
            settled = stamp_of(marker.stat())
            self.write()
            with self.connection:
                changed = {path: row for path, row in self.new_stamps.items() if self.stamps.get(path) != row}
                gone = [(path,) for path in self.stamps if path not in self.new_stamps and (sweep or not path.startswith(">"))]
                self.connection.executemany("delete from stamp where path = ?", gone)
                rows = [(path, *stamp, digest) for path, (stamp, digest) in changed.items()]
                rows.append(("", *settled, Digest(b"")))
                self.connection.executemany("insert or replace into stamp values (?, ?, ?, ?, ?, ?)", rows)
                if sweep and self._is_full():
                    for table in VALUES:
                        self.connection.execute(f"delete from {table}")

    def write(self) -> None:
        """Writes the new rows and values, and lets go of them. Raises Fault where there is no room for them."""
        if self.connection is None:
            return
        with room(), self.connection:
            # in the order of their keys, which saves the tree's pages from being turned over and over
            self.connection.executemany("insert or replace into memo values (?, ?)", sorted(self.fresh.items()))
            self.connection.executemany("insert or replace into page values (?, ?)", sorted(self.pages.items()))
            self.connection.executemany("insert or ignore into blob values (?, ?)", sorted(self.blobs.items()))
        self.fresh.clear()
        self.pages.clear()
        self.blobs.clear()
        self.size = 0

    def _is_full(self) -> bool:
        """Whether most rows are of no use any more."""
        assert self.connection is not None
        count: int = self.connection.execute("select (select count(*) from memo) + (select count(*) from page)").fetchone()[0]
        return count > 10_000 + 4 * len(self.used)


@contextlib.contextmanager
def open_cache(root: Path) -> Iterator[Cache]:
    """The store of the archive at `root`, locked against other builds. Raises Fault where another build holds it."""
    folder = root / ".sitegen"
    try:
        folder.mkdir(exist_ok=True)
        (folder / ".gitignore").write_text("*\n")
        (folder / "CACHEDIR.TAG").write_text("Signature: 8a477f597d28d172789f06886806bc55\n# the store of sitegen; safe to delete\n")
    except OSError as error:
        raise Fault(f"{folder} cannot be written: {error.strerror}") from error
    with locked(folder):
        connection = connected(folder / "cache.db")
        try:
            yield Cache(connection, folder, engine())
        finally:
            connection.close()


def reading_cache(root: Path) -> Cache:
    """The store of the archive at `root`, read beside a build: without its lock, and never written."""
    folder = root / ".sitegen"
    return Cache(connected(folder / "cache.db"), folder, engine())


def memory_cache() -> Cache:
    """A store that forgets: for checks and for tests."""
    return Cache(None, None, engine())
