"""What the file system said of files when their bytes were last read, by the rule of Git's index.

Stamps spare the reading of files that nobody touched. They are hints: whatever they say, a file's content decides.
"""

from __future__ import annotations

import struct
from functools import cached_property
from pathlib import Path

import msgspec

from sitegen.cache.database import Lost
from sitegen.cache.rows import Rows
from sitegen.model.digest import Digest, digest
from sitegen.model.prepared import prepared
from sitegen.tree import Stamp, stamp_of

_PACKED = struct.Struct("<QQQQ")
"""A stamp as it is held, its digest behind it: an archive has hundreds of thousands of files, and as numbers of their own they take three
times the room."""
_BITS = 2**64 - 1


def _packed(stamp: Stamp) -> bytes:
    """A stamp as bytes. Times before 1970, and after 2262, are no 64 bits of nanoseconds: what is over is left out."""
    return _PACKED.pack(*(number & _BITS for number in stamp))


class Stamps:
    """The stamps of some files: those of an archive, or of an output. They are read when somebody asks for one: of a large output they
    take room, and most commands never look at it."""

    def __init__(self, of: str, rows: Rows, folder: Path | None) -> None:
        self.key = digest("stamps", of)
        self._rows = rows
        self._folder = folder
        self._seen: dict[str, bytes] = {}
        self._is_news = False

    @cached_property
    def last(self) -> tuple[int, dict[str, bytes]]:
        """The time (ns) of the end of the last build, and what was remembered then; nothing where the store does not hold it whole: then
        the files are read. A file that was touched at or after that time may have changed since within the clock's grain, and is read."""
        try:
            data = self._rows.get(self.key)
            return (0, {}) if data is None else msgspec.msgpack.decode(data, type=prepared(tuple[int, dict[str, bytes]]))
        except (Lost, msgspec.MsgspecError):
            return 0, {}

    def remembered(self, path: str, stamp: Stamp) -> Digest | None:
        """The digest of a file that is unchanged."""
        settled, files = self.last
        known = files.get(path)
        if known is None or not known.startswith(_packed(stamp)) or max(stamp.mtime, stamp.ctime) >= settled:
            return None
        self._seen[path] = known
        return Digest(known[_PACKED.size :])

    def remember(self, path: str, stamp: Stamp, digest: Digest) -> None:
        self._seen[path] = _packed(stamp) + digest
        self._is_news = True

    def settle(self) -> None:
        """Puts what was seen of the files, which were all looked at, in the place of what was known."""
        if not self._is_news and len(self._seen) == len(self.last[1]):
            return
        now = self._now()
        if now is not None:
            self._rows.put(self.key, msgspec.msgpack.encode((now, self._seen)))

    def _now(self) -> int | None:
        """The time of a file that is written now, by the clock of the file system."""
        if self._folder is None:
            return None
        marker = self._folder / "settled"
        try:
            marker.write_bytes(b"")
            return stamp_of(marker.stat()).mtime
        except OSError:
            return None
