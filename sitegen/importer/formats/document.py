"""What is read out of a seed that is no plain text, whatever its format: an article, as the format gives it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from sitegen.content.text import normal
from sitegen.importer.days import Basis, Dated
from sitegen.importer.structure import Structure


class Origin(NamedTuple):
    """Where an article says that it comes from; empty where it does not say. `retrieved`: the day on which it was fetched (ISO)."""

    url: str = ""
    publisher: str = ""
    byline: str = ""
    retrieved: str = ""


class Properties(NamedTuple):
    """What the file of an article says of itself: who made it, and on which day. That may be an archivist who copied it, so that an editor
    is told, and nothing of it stands in the page."""

    author: str = ""
    made: datetime.date | None = None

    @classmethod
    def of(cls, author: str, made: str) -> Properties:
        """From the words of a file; `made` in ISO 8601."""
        return cls(normal(author), marked(made).date)


UNDATED, UNKNOWN, SILENT = Dated(None), Origin(), Properties()


class Document(NamedTuple):
    """One article of a file: its text with its structure, what made it, and what the file says of it.

    `part`: which of several articles of a file it is, by a name that the file gives it; empty where the file is one article. `dated`: when
    it was published, as its markup says; `says`: what the file says of itself.
    """

    text: str
    structure: Structure
    tool: str
    version: str
    dated: Dated
    origin: Origin
    part: str = ""
    says: Properties = SILENT


class NoArticle(ValueError):
    """Why a file holds no article, with what to do."""

    def __init__(self, reason: str, hint: str) -> None:
        super().__init__(reason)
        self.hint = hint


Told = Callable[[str], None]
"""Takes a line of what a format left out of a file, for the editor."""


Documents = Callable[[bytes, str, Told], Iterator[Document]]
"""The articles of a file, in its order, from its bytes and the archive's language. It raises ValueError where there is none, as it is
called or as the first is asked for; Fault where a library is not installed."""


class Format(NamedTuple):
    """A format: whether a file is of it, by what it holds (its name decides where that tells nothing), and its articles. `limit`: bytes of
    a file that are read."""

    name: str
    is_one: Callable[[bytes, str], bool]
    documents: Documents
    limit: int


ARTICLE, MANY = 4 * 1024 * 1024, 64 * 1024 * 1024
"""Bytes of a file that holds one article, and of one that holds many."""
PARTS = 1_000
"""Articles of one file that are read."""
PART_LIMIT = 1_000
"""Signs of the name of a part."""


def recorded(structure: Structure) -> str:
    """The text as it is recorded: what stands above the title, the title, then the pieces, a blank line between."""
    title = [structure.title] if structure.title else []
    return "\n\n".join([*structure.above, *title, *(piece.text for piece in structure.pieces)]) + "\n"


def marked(published: str) -> Dated:
    """The date that a markup gives (ISO 8601)."""
    try:
        return Dated(datetime.date.fromisoformat(published[:10]), (Basis("", "markup"),))
    except ValueError:
        return UNDATED


def left_out(counts: Mapping[str, int]) -> str:
    """What was left out of a file, as a line for the editor.

    >>> left_out({"draft": 2, "post without words": 1})
    'left out: 2 drafts, 1 post without words'
    """
    shown = (
        f"{number} {what if number == 1 else what.replace(' ', 's ', 1) if ' ' in what else what + 's'}" for what, number in counts.items()
    )
    return f"left out: {', '.join(shown)}"


class Parts:
    """Gives each article of a file its name: the first of those that the file offers which no other has."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.numbers: dict[str, int] = {}

    def name(self, *offered: str) -> str:
        """A name that no part before has. It follows from the file alone, so that the part is found again."""
        names = [name for one in offered if (name := normal(one)[:PART_LIMIT])] or ["part"]
        free = next((name for name in names if name not in self.taken), "")
        while not free:
            number = self.numbers[names[-1]] = self.numbers.get(names[-1], 1) + 1
            numbered = f"{names[-1]} ({number})"
            free = "" if numbered in self.taken else numbered
        self.taken.add(free)
        return free
