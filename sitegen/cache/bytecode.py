"""The templates of the program as code, beside its modules, in the folder in which Python remembers these (`__pycache__`).

It is code, and so it is nowhere that an archive or a hosting service hands around: it belongs to an installed program as its modules do,
and a program that may not be written to (or a Python told to write no bytecode) does without. Templates of an archive are not kept: they
change, and nobody would clear them away.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import sys
from functools import lru_cache
from pathlib import Path

from sitegen.cache.database import Lost
from sitegen.cache.engine import engine
from sitegen.cache.sealing import opened, sealed
from sitegen.model.digest import Digest, digest


class Bytecode:
    """Code by the file that it was made from. One file holds the last code of its template, sealed with its key and the program's digest,
    so that what another program, another Python or another text has left there is not taken for ours."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, path: str, key: Digest) -> bytes | None:
        """What was kept of this file under this very key."""
        try:
            return opened(digest(engine(), key), self._place(path).read_bytes())
        except (OSError, Lost):
            return None

    def put(self, path: str, key: Digest, data: bytes) -> None:
        """Keeps it, where that can be done."""
        if sys.dont_write_bytecode:
            return
        place = self._place(path)
        new = place.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            self.folder.mkdir(exist_ok=True)
            try:
                new.write_bytes(sealed(digest(engine(), key), data))
                new.replace(place)
            finally:
                new.unlink(missing_ok=True)

    def _place(self, path: str) -> Path:
        name = re.sub(r"[^\w.-]+", ".", path)
        return self.folder / f"{name}.{sys.implementation.cache_tag}.code"


@lru_cache(maxsize=1)
def beside_program() -> Bytecode:
    """That of this program."""
    return Bytecode(Path(importlib.util.cache_from_source(str(Path(__file__).parent.parent / "theme" / "__init__.py"))).parent)
