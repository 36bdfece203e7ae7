"""One who is credited with a statement, and how words refer to such a one."""

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


class Referent(NamedTuple):
    """Whom words refer to. `pointing`: the words, a pronoun or a body without its name, that were taken to mean the speaker; empty where
    it was named. `is_bare`: the text says nothing of the speaker but a name, so that only a plain verb of speech may credit it."""

    speaker: Speaker
    pointing: str = ""
    is_bare: bool = False


def told_of(name: str, kind: str) -> Speaker:
    """One who is told by what he, she or it is, and is called so in the archive."""
    return Speaker(name[:1].upper() + name[1:], name, kind)


def pointed(speaker: Speaker | None, words: str) -> Referent | None:
    """Who is meant by words that point back, if there is anybody to point to."""
    return Referent(speaker, words) if speaker is not None else None
