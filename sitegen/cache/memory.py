"""What a build remembers, and the one way to do so: a pure function's result, under the digest of its very arguments.

A remembered function is given the memory and its arguments, and sees nothing else:

    def read(memory: Memory, file: File, settings: Settings) -> Read: ...

    head = memory.memo(read, file, settings)

An argument is a value, or stands for one by its digest: a `Digest`, of which `memory.value` gives what it stands for (`memory.file` of
a file of the archive), or an object that has a `digest`. So whatever the function may see is in its key, and no key is written by hand.
(In the words of "Build Systems à la Carte", Mokhov and others, 2018: a constructive trace; where everything is an argument, there are no
dependencies to record.)
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar, get_type_hints

import msgspec

from sitegen.cache.database import Lost
from sitegen.cache.rows import Row, Tables
from sitegen.model.article import Card
from sitegen.model.base import Value
from sitegen.model.digest import Digest, digest_after, digest_of, encode
from sitegen.model.prepared import prepared
from sitegen.tree import read_file
from sitegen.workers import CHUNK, FEW, each

P = ParamSpec("P")
T = TypeVar("T")
Item = TypeVar("Item")
CARDS = 4_000
"""Cards kept at hand: those of the pages of some days, which are made one after the other. Decoded, one takes some 4 KB; with 30,000, each
worker took 85 MiB more at 10,000 articles, and no less time."""
RECENT = 256
"""Other values kept at hand: the articles of a box between their reading and their linking."""


class Memory:
    """What was made before, by its arguments and by its digest."""

    def __init__(self, root: Path, tables: Tables, engine: bytes) -> None:
        self.root = root
        self.tables = tables
        self.engine = engine
        self.unwritten: dict[Digest, bytes] = {}
        """Files as they would be, by their digests, where an archive is read that is not yet written."""
        self._process = os.getpid()
        self._cards: dict[bytes, Card] = {}
        self._recent: dict[bytes, Any] = {}
        self._named: dict[Callable[..., Any], Callable[[bytes], Digest]] = {}
        """The beginning of the key of each function's results."""

    # results, by the function and its arguments

    def key(self, function: Callable[..., Any], *arguments: Any) -> Digest:
        """The key of a function's result: the only place where one is made."""
        after = self._named.get(function)
        if after is None:
            after = self._named[function] = digest_after(self.engine, function.__module__, function.__qualname__)
        return after(_encoded(arguments))

    def memo(self, function: Callable[Concatenate[Memory, P], T], *arguments: P.args, **named: P.kwargs) -> T:
        """The result of a function: remembered, or made now."""
        key = self.key(function, *arguments, *sorted(named.items()))
        data = self.tables.fact.get(key)
        if data is not None:
            found: T = _decoded(data, _result(function))
            return found
        result = function(self, *arguments, **named)
        self.tables.fact.put(key, encode(result))
        return result

    def memos(self, function: Callable[..., T], arguments: Sequence[tuple[Any, ...]]) -> list[T]:
        """The results of a function for each of several lists of arguments, asked for at once."""
        keys = [self.key(function, *one) for one in arguments]
        rows = self.tables.fact.many(keys)
        type_ = _result(function)
        return [_decoded(rows[key], type_) if key in rows else self.memo(function, *one) for key, one in zip(keys, arguments, strict=True)]

    def recall(self, function: Callable[..., T], *arguments: Any) -> T | None:
        """The result of a function where it is remembered; or, by its type, a value that was (`remember`)."""
        data = self.tables.fact.get(self.key(function, *arguments))
        return None if data is None else _decoded(data, _result(function))

    def recalled(self, function: Callable[..., T], arguments: Sequence[tuple[Any, ...]]) -> list[T | None]:
        """The same for several lists of arguments, asked for at once."""
        keys = [self.key(function, *one) for one in arguments]
        rows = self.tables.fact.many(keys)
        type_ = _result(function)
        return [_decoded(rows[key], type_) if key in rows else None for key in keys]

    def remember(self, value: Value | tuple[Any, ...], *arguments: Any) -> None:
        """Remembers a value that no function gives, for its making is half an effect; it must follow from the arguments all the same."""
        self.tables.fact.put(self.key(type(value), *arguments), encode(value))

    # values, by the digest of their bytes

    def keep(self, value: Any) -> Digest:
        """Keeps a value under the digest of its bytes."""
        found = self.keep_bytes(encode(value))
        if len(self._recent) >= RECENT:
            self._recent.clear()
        self._recent[found] = value
        return found

    def keep_bytes(self, data: bytes) -> Digest:
        key = digest_of(data)
        if key not in self.tables.fact.new:
            self.tables.fact.put(key, data)
        return key

    def value(self, digest: Digest, type_: Any) -> Any:
        """What a digest stands for. Raises Lost where the store does not hold it."""
        found = self._recent.get(digest)
        return found if found is not None else _decoded(self.data(digest), type_)

    def data(self, digest: Digest) -> bytes:
        """The bytes that a digest stands for. Raises Lost where the store does not hold them."""
        data = self.tables.fact.get(digest)
        if data is None:
            raise Lost(f"{digest.hex()[:16]} is not there")
        return data

    def file(self, path: str, digest: Digest) -> bytes:
        """The bytes of a file of the archive, which have that digest. Raises Changed where it has others by now."""
        if digest in self.unwritten:
            return self.unwritten[digest]
        return read_file(self.root, path, digest)

    def card(self, digest: Digest) -> Card:
        """A card: many pages show it, so it is kept at hand once it was loaded."""
        found = self._cards.get(digest)
        if found is None:
            if len(self._cards) >= CARDS:
                self._cards.clear()
            found = self._cards[digest] = _decoded(self.data(digest), Card)
        return found

    def let_go(self, cards: int = CARDS) -> None:
        """Forgets what is not written, and the cards at hand where they are more than that."""
        self._recent.clear()
        self.tables.fact.forget()
        self.tables.page.forget()
        if len(self._cards) > cards:
            self._cards.clear()

    # several cores

    def spread(self, task: Callable[[Item], T], items: Sequence[Item], jobs: int, *, few: int = FEW, chunk: int = CHUNK) -> Iterator[T]:
        """`task` of every item, in order, on several cores; what a worker remembers and keeps comes back with its result."""

        def work(item: Item) -> tuple[T, list[Row]]:
            new = self.tables.fact.new
            count = len(new)
            result = task(item)
            if os.getpid() == self._process:
                return result, []
            rows = list(islice(reversed(new.items()), len(new) - count))[::-1]
            for key, _ in rows:
                del new[key]
            return result, rows

        for result, rows in each(work, items, jobs, few=few, chunk=chunk):
            self.tables.fact.add(rows)
            self.tables.spill()
            yield result


def _stands_for(value: Any) -> bytes:
    """An argument that is no value of ours stands for one by its digest."""
    found: bytes = value.digest
    return found


_encoded = msgspec.msgpack.Encoder(order="deterministic", enc_hook=_stands_for).encode


@lru_cache(maxsize=64)
def _result(function: Callable[..., Any]) -> Any:
    """The type of a function's result; a type is its own."""
    return function if isinstance(function, type) else get_type_hints(function)["return"]


@lru_cache(maxsize=64)
def _decoder(type_: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(prepared(type_))


def _decoded(data: bytes, type_: Any) -> Any:
    """The value of some bytes. Raises Lost where they are those of another type."""
    try:
        return _decoder(type_).decode(data)
    except msgspec.MsgspecError as error:
        raise Lost(str(error)) from error
