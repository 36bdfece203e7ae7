"""A sentence as its rules read it, and the stretch of it that somebody is credited with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sitegen.importer.speaker import Referent


class Sentence(NamedTuple):
    """A sentence, and the stretches of it that stand in quotation marks, which may begin before it and end behind it."""

    text: str
    quoted: Sequence[tuple[int, int]]

    def is_quoted(self, at: int) -> bool:
        """Whether a place of it stands in quotation marks."""
        return any(start < at < end for start, end in self.quoted)


class Stretch(NamedTuple):
    """A stretch of a sentence, whose words it has, and the words by which these are credited."""

    start: int
    end: int
    who: Referent
    cue: str
