"""One who is credited with a statement."""

from __future__ import annotations

from typing import NamedTuple


class Speaker(NamedTuple):
    """Somebody who is credited: `name` for the archive, `mention` as printed, `kind` as the archive's sources have it.

    `name` is empty of those who are not named ("officials").
    """

    name: str
    mention: str
    kind: str


UNNAMED = Speaker("", "", "")
"""Those who are not named."""
