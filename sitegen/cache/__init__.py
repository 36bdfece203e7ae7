"""The store under `.sitegen/`: what builds remember, true for ever. Losing it, or any bit of it, costs time and nothing else.

`database` is the file, `sealing` how a row lies in it, `rows` key -> bytes, `memory` what is asked for (`memo`), `stamps` which files
nobody has touched. Values are MessagePack, never pickles.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from sitegen.cache.database import NAME, Database, Lost, Unwritable, locked
from sitegen.cache.engine import engine
from sitegen.cache.memory import Memory
from sitegen.cache.rows import Tables
from sitegen.cache.stamps import Stamps
from sitegen.model.digest import Digest, digest

__all__ = ["Cache", "Lost", "Memory", "memory_cache", "open_cache", "reading_cache"]

FOLDER = ".sitegen"
GROWTH = 4
"""How many times what a build from nothing writes the store may become before it is begun anew."""
SMALL = 64 * 1024 * 1024
"""Bytes of a store that is left alone whatever is in it."""
_ARCHIVE, _BASE = digest("the archive of this store"), digest("the size of this store when it was new")


class Cache(Memory):
    """The open store of one archive."""

    def __init__(self, root: Path, database: Database | None, folder: Path | None) -> None:
        super().__init__(root, Tables(database), engine())
        self.folder = folder
        self.sources = Stamps("sources", self.tables.fact, folder)
        self.outputs = Stamps("output", self.tables.fact, folder)

    @property
    def unwritable(self) -> str:
        """Why the store takes nothing; empty where it does. What was made is then held in memory, and made again by the next build."""
        return self.tables.unwritable

    def write(self) -> None:
        """Writes what is new."""
        self.tables.write()

    def commit(self, *, output: bool = False) -> None:
        """Writes what is new, at the end of a build. `output`: it saw the whole output."""
        self.sources.settle()
        if output:
            self.outputs.settle()
        self.write()
        if output:
            self._bound()

    def forget(self) -> None:
        """Drops the store: what it holds cannot be trusted."""
        self.let_go(0)
        self.tables.drop()
        if self.folder is not None:
            self._claim(_identity(self.folder))

    def _bound(self) -> None:
        """Begins the store anew where it has grown to several times what the archive takes: the next change makes again what it needs."""
        database = self.tables.database
        if database is None:
            return
        row = self.tables.fact.get(_BASE)
        if row is None:
            self.tables.fact.put(_BASE, str(database.size).encode())
            self.write()
        elif database.size > max(SMALL, GROWTH * int(row)):
            self.forget()

    @property
    def housekeeping(self) -> tuple[Digest, ...]:
        """The keys of the rows that are of the store itself."""
        return _ARCHIVE, _BASE, self.sources.key, self.outputs.key

    def close(self) -> None:
        if self.tables.database is not None:
            self.tables.database.close()

    def belong(self) -> None:
        """Makes sure that the store is this archive's own: another's is dropped."""
        assert self.folder is not None
        identity = _identity(self.folder)
        try:
            known = self.tables.fact.get(_ARCHIVE)
        except Lost:
            known = b""
        if known is None:
            self._claim(identity)
        elif known != identity:
            self.forget()

    def _claim(self, identity: Digest) -> None:
        self.tables.fact.put(_ARCHIVE, identity)


def _identity(folder: Path) -> Digest:
    """The name of an archive's store: a random one, written beside it when it is begun. It moves with the archive."""
    place = folder / "archive"
    try:
        found = place.read_bytes()
        if len(found) != 32:
            found = os.urandom(16).hex().encode()
            place.write_bytes(found)
    except FileNotFoundError:
        found = os.urandom(16).hex().encode()
        with contextlib.suppress(OSError):
            place.write_bytes(found)
    except OSError:
        found = b""
    return digest("archive", found)


@contextlib.contextmanager
def open_cache(root: Path) -> Iterator[Cache]:
    """The store of the archive at `root`, locked against other builds. Where it can be neither made nor locked (a read-only disk) it is
    held in memory alone. Raises Fault where another build holds it."""
    folder = root / FOLDER
    with contextlib.ExitStack() as stack:
        try:
            _begin(folder)
            stack.enter_context(locked(folder))
            database = stack.enter_context(contextlib.closing(Database(folder / NAME)))
        except Unwritable as error:
            cache = memory_cache(root)
            cache.tables.unwritable = str(error)
        else:
            cache = Cache(root, database, folder)
            cache.belong()
        yield cache


_BESIDE = {
    ".gitignore": "*\n",
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# the store of sitegen; safe to delete\n",
}
"""What tells other programs to leave the store alone."""


def _begin(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
        if not folder.is_symlink():
            for one in folder.iterdir():
                if one.is_symlink():  # a store is handed around: what is written into it must not become another file of this machine
                    one.unlink()
        for name, text in _BESIDE.items():
            if not (folder / name).exists():
                (folder / name).write_text(text)
    except OSError as error:
        raise Unwritable(error.strerror or str(error)) from error


def reading_cache(root: Path) -> Cache:
    """The store of the archive at `root`, read beside a build: without its lock, and never written. Raises Lost where there is none."""
    return Cache(root, Database(root / FOLDER / NAME, is_ours=False), None)


def memory_cache(root: Path) -> Cache:
    """A store that forgets: for checks and for tests."""
    return Cache(root, None, None)
