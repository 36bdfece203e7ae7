"""What was written of the open data."""

from __future__ import annotations

from sitegen.model.base import Value
from sitegen.model.digest import Digest


class Laid(Value, frozen=True):
    """A file of open data: its name, the digest and the number of its bytes, and how many rows it has, -1 where it has none."""

    name: str
    digest: Digest
    size: int
    rows: int


class DataFiles(Value, frozen=True):
    """All files of open data, and how many rows each table has."""

    files: tuple[Laid, ...]
    counts: tuple[tuple[str, int], ...]
