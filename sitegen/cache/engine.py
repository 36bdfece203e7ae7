"""What makes this program this one: part of every key."""

from __future__ import annotations

import sys
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from sitegen.model.digest import Digest, digest

LIBRARIES = ("babel", "jinja2", "markdown-it-py", "markupsafe", "msgspec", "pillow", "pyyaml", "rapidfuzz", "snowballstemmer")
"""Whose versions are part of every key: what they return ends up in values."""


EXTRAS = ("pypdfium2",)
"""The same, of libraries that need not be there: what was told where one was not is not told where it is."""


@lru_cache(maxsize=1)  # a process goes on with the code that it began with
def engine() -> Digest:
    """The digest of our own code, of Python's version and the libraries'."""
    here = Path(__file__).parent.parent
    code = [part for path in sorted(here.rglob("*.py")) for part in (path.relative_to(here).as_posix().encode(), path.read_bytes())]
    versions = [f"{name} {metadata.version(name)}" for name in LIBRARIES] + [f"{name} {_installed(name)}" for name in EXTRAS]
    python = ".".join(str(part) for part in sys.version_info[:3])
    return digest("engine", python, *versions, *code)


def _installed(name: str) -> str:
    """The version of a library; empty where it is not installed."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
