"""What comes of an address for which a snapshot is wanted."""

from __future__ import annotations

from typing import NamedTuple

from sitegen.model.records import Archived


class Got(NamedTuple):
    """There is a snapshot. `how`: whether it was there or was made now, in words."""

    archived: Archived
    how: str


class Refused(NamedTuple):
    """There is none, and to ask again soon would not help."""

    why: str


class Later(NamedTuple):
    """There is none yet: the next run asks on."""

    why: str


Outcome = Got | Refused | Later


class Stopped(Exception):
    """Nobody is to be asked for anything more in this run."""
