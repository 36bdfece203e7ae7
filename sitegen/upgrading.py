"""What has changed in the program since an earlier version, from its own list of changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.installed import CHANGES, carried


def changes_since(version: str) -> Iterator[str]:
    """The lines of the list of changes that tell of what came after a version; all of it where that version is not in it."""
    for section in sections(carried(CHANGES).read_text(encoding="utf-8")):
        name = section.partition("\n")[0]
        if re.match(rf"## \[?{re.escape(version)}\b", name):
            return
        yield from section.rstrip().splitlines()


def sections(changes: str) -> list[str]:
    r"""The sections of a list of changes, each from its heading on; the newest first.

    >>> sections("# Changes\n\n## 2.0\n- two\n\n## 1.0\n- one\n")
    ['## 2.0\n- two\n\n', '## 1.0\n- one\n']
    """
    return re.findall(r"^## .*\n(?:(?!## ).*\n?)*", changes, re.M)
