"""What is read out of a seed that is no plain text, whatever its format."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from sitegen.importer.dates import Basis, Dated
from sitegen.importer.structure import Structure


class Origin(NamedTuple):
    """Where an article says that it comes from; empty where it does not say."""

    url: str = ""
    publisher: str = ""
    byline: str = ""


class Extraction(NamedTuple):
    """The text of a seed with its structure, what made it, and what the markup says."""

    text: str
    structure: Structure
    tool: str
    version: str
    dated: Dated
    origin: Origin


def recorded(structure: Structure) -> str:
    """The text as it is recorded: the title, then the pieces, a blank line between."""
    return "\n\n".join([*([structure.title] if structure.title else []), *(piece.text for piece in structure.pieces)]) + "\n"


def marked(published: str) -> Dated:
    """The date that a markup gives (ISO 8601)."""
    try:
        return Dated(datetime.date.fromisoformat(published[:10]), (Basis("", "markup"),))
    except ValueError:
        return Dated(None)
