"""`H` of the law of rebuilds: SHA-256 over length-prefixed parts, so that no two lists of parts are alike."""

import hashlib
from typing import NewType

import msgspec

Digest = NewType("Digest", bytes)

encode = msgspec.msgpack.Encoder(order="deterministic").encode
"""The stored form of a value: MessagePack; the same value always gives the same bytes."""


def digest(*parts: str | bytes) -> Digest:
    """SHA-256 of the parts, each with its length before it.

    >>> digest("ab", "c") == digest("a", "bc")
    False
    """
    total = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big"))
        total.update(data)
    return Digest(total.digest())


def digest_of(data: bytes) -> Digest:
    """The digest of a file's or a value's bytes: their plain SHA-256, so that it is the one that a seed records."""
    return Digest(hashlib.sha256(data).digest())
