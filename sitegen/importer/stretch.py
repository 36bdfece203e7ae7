"""A sentence as its rules read it, a verb of speech in it, and the stretch of it that somebody is credited with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sitegen.importer.speaker import Referent

QUOTED = re.compile(r"[”\"“’»'],?\s*(?:[—–-]\s+)?\Z")
"""The end of a quotation, before the words that credit it."""
TAIL = 45
"""Signs behind a verb that stands at the end of its sentence, at most."""


class Sentence(NamedTuple):
    """A sentence, and the stretches of it that stand in quotation marks, which may begin before it and end behind it."""

    text: str
    quoted: Sequence[tuple[int, int]]

    def is_quoted(self, at: int) -> bool:
        """Whether a place of it stands in quotation marks."""
        return any(start < at < end for start, end in self.quoted)


class Cue(NamedTuple):
    """A verb of speech in a sentence: as it is `shown`, in small letters, and where. `inner`: where the last quotation before it ends;
    `closes`: that quotation ends at the verb; `is_resumed`: another goes on behind it."""

    text: str
    shown: str
    verb: str
    start: int
    end: int
    inner: int
    closes: bool
    is_resumed: bool

    @property
    def before(self) -> str:
        return self.text[: self.start]

    @property
    def after(self) -> str:
        return self.text[self.end :]

    @property
    def is_last(self) -> bool:
        """Whether a verb stands near the end, behind several clauses."""
        return len(self.text) - self.end < TAIL and ", " in self.before.rstrip(" ,")


class Stretch(NamedTuple):
    """A stretch of a sentence, whose words it has, and the words by which these are credited."""

    start: int
    end: int
    who: Referent
    cue: str
