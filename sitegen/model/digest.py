"""`H` of the law of rebuilds: SHA-256 over length-prefixed parts, so that no two lists of parts are alike."""

import hashlib
from collections.abc import Callable, Iterable
from typing import NewType

import msgspec

Digest = NewType("Digest", bytes)

encode = msgspec.msgpack.Encoder(order="deterministic").encode
"""The stored form of a value: MessagePack; the same value always gives the same bytes.

Dictionaries are sorted, by an algorithm that takes quadratic time in some orders of ten thousands of keys: such tables are stored as
sorted lists."""


def digest(*parts: str | bytes) -> Digest:
    """SHA-256 of the parts, each with its length before it.

    >>> digest("ab", "c") == digest("a", "bc")
    False
    """
    return Digest(hashlib.sha256(_joined(parts)).digest())


def digest_after(*parts: str | bytes) -> Callable[[bytes], Digest]:
    """`digest` of these parts and one more, for very many of the latter.

    >>> digest_after("ab", "c")(b"d") == digest("ab", "c", "d")
    True
    """
    begun = hashlib.sha256(_joined(parts))

    def of(last: bytes) -> Digest:
        whole = begun.copy()
        whole.update(len(last).to_bytes(8, "big") + last)
        return Digest(whole.digest())

    return of


def _joined(parts: Iterable[str | bytes]) -> bytes:
    """The parts, each with its length before it."""
    pieces: list[bytes] = []
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        pieces += len(data).to_bytes(8, "big"), data
    return b"".join(pieces)


def digest_of(data: bytes) -> Digest:
    """The digest of a file's or a value's bytes: their plain SHA-256, so that it is the one that a seed records."""
    return Digest(hashlib.sha256(data).digest())
