"""How a row lies on disk: packed, and sealed with a checksum of its key and bytes.

What is read is what was written under that very key, or it is `Lost`: a bit that flipped, a row that took another's place, a page of the
file that came from elsewhere. There is one way in and one way out, so that no reader can forget to ask.
"""

from __future__ import annotations

import hashlib
import sys
import threading

from sitegen.cache.database import Lost

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SEAL = 16
"""Bytes of the checksum (BLAKE2b, keyed with the row's key)."""
_PLAIN, _PACKED = b"\0", b"\1"
_WORTH = 128
"""Bytes below which packing gains nothing."""
_LEVEL = 2
"""Of rows of a few KB, 1 is 1 % larger, 3 is 1 % smaller; a build from nothing takes 1 % longer with each."""


class _Packing(threading.local):
    """What packs rows, each a frame of its own: to make one takes longer than to pack a row. Each thread has its own, since one that
    another thread was at when a worker was forked would stay locked in the worker for ever."""

    def __init__(self) -> None:
        self.compressor = zstd.ZstdCompressor(_LEVEL)


_packing = _Packing()


def sealed(key: bytes, data: bytes) -> bytes:
    """The bytes of a row."""
    try:
        body = _PACKED + _packing.compressor.compress(data, zstd.ZstdCompressor.FLUSH_FRAME) if len(data) >= _WORTH else _PLAIN + data
    except zstd.ZstdError as error:
        raise _meant(error) from error
    return _seal(key, body) + body


def opened(key: bytes, row: object) -> bytes:
    """What was sealed under a key. Raises Lost where the row is not what was written."""
    if not isinstance(row, bytes) or len(row) <= SEAL:
        raise Lost("a row is no row")
    body = row[SEAL:]
    if _seal(key, body) != row[:SEAL]:
        raise Lost("a row is not what was written")
    if body[:1] != _PACKED:
        return body[1:]
    try:
        return zstd.decompress(body[1:])
    except zstd.ZstdError as error:
        raise _meant(error) from error


def _meant(error: zstd.ZstdError) -> Exception:
    """What an error of the library means: it says in words alone that memory ran out, where Python has an error for it."""
    return MemoryError(str(error)) if "not enough memory" in str(error).lower() else error


def _seal(key: bytes, body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=SEAL, key=key).digest()
