"""What was written of the open data."""

from __future__ import annotations

from sitegen.model.base import Value
from sitegen.model.digest import Digest


class DataFile(Value, frozen=True):
    """A file of open data: its name, its size in bytes, and how many rows it has, -1 where it has none."""

    name: str
    size: int
    rows: int


class Laid(Value, frozen=True):
    """A file that was written, and the digest of its bytes."""

    file: DataFile
    digest: Digest


class DataFiles(Value, frozen=True):
    """All files of open data, how many rows each table has, and a digest of what it holds."""

    files: tuple[Laid, ...]
    counts: tuple[tuple[str, int], ...]
    contents: tuple[tuple[str, Digest], ...]
