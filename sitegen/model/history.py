"""What Git tells of the files of claims, as values: what each said between two changes, and on which day. Never who, and never why."""

from __future__ import annotations

from sitegen.model.article import Key
from sitegen.model.base import Value
from sitegen.model.digest import Digest
from sitegen.model.kinds import CLAIMS, SOURCES
from sitegen.model.records import Assessment, Break, ClaimRelation, Measure


class Said(Value, frozen=True):
    """What a claim's file says that readers see. Lists are in an order that does not depend on how they were written; `body` is the digest
    of the text below the metadata."""

    title: str
    kind: str
    measure: Measure | None
    relations: tuple[ClaimRelation, ...]
    breaks: tuple[Break, ...]
    assessment: tuple[Assessment, ...]
    body: Digest


class State(Value, frozen=True):
    """What a file said from a day (ISO, UTC) on; None where that cannot be read."""

    day: str
    said: Said | None


class Past(Value, frozen=True):
    """The states of a file, the newest first. `since`: the day (ISO) on which what is known begins, and the oldest state is only what was
    there then; empty where all is known, and the oldest state is how it was first written."""

    states: tuple[State, ...]
    since: str = ""

    @property
    def named(self) -> tuple[Key, ...]:
        """The pages that it names."""
        told = [state.said for state in self.states if state.said is not None]
        claims = (CLAIMS.key(one.claim) for said in told for one in said.relations)
        sources = (SOURCES.key(one.source) for said in told for one in said.breaks if one.source)
        return tuple(dict.fromkeys((*claims, *sources)))


class History(Value, frozen=True):
    """What Git tells: path in the archive -> past, in pairs, in the order of paths. `why`: why it could not be asked; empty where it could,
    or nobody wants it."""

    pasts: tuple[tuple[str, Past], ...] = ()
    why: str = ""
