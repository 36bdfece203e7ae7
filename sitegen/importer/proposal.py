"""What a text tells beyond its structure: who is credited, where it happened, what is claimed. All of it is a proposal to an editor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sitegen.importer.attribution import Attribution
from sitegen.importer.claims import Claim, claims
from sitegen.importer.entities import Entities
from sitegen.importer.gazetteer import Gazetteer
from sitegen.importer.language import language
from sitegen.importer.places import Place, places
from sitegen.importer.speaker import UNNAMED, Speaker
from sitegen.importer.speakers import Speakers
from sitegen.importer.structure import Structure
from sitegen.importer.sureness import of_source
from sitegen.importer.topics import Topic, topics
from sitegen.model.todo import Todo


class Source(NamedTuple):
    """One who is credited, and how sure that is."""

    speaker: Speaker
    todo: Todo


class Proposal(NamedTuple):
    """What was found; `claims` count the structure's pieces from 0."""

    sources: tuple[Source, ...]
    places: tuple[Place, ...]
    claims: tuple[Claim, ...]
    topics: tuple[Topic, ...] = ()


def proposal(read: Structure, lang: str, gazetteer: Gazetteer, own: Mapping[str, str]) -> Proposal:
    """What a text proposes. `own`: names of the archive's places -> their stems."""
    rules = language(lang)
    beside = _beside(read)
    texts = [read.title or "", *("" if number in beside else piece.text for number, piece in enumerate(read.pieces)), *read.above]
    names = Entities(rules, texts, gazetteer, own, range(1, len(read.pieces) + 1))  # a title's capitals tell nothing of names
    speakers = Speakers(names)
    told = [(number, piece) for number, piece in enumerate(read.pieces) if number not in beside]
    paragraphs = [(number, piece.text) for number, piece in told if piece.kind in ("paragraph", "item")]
    attribution = Attribution(rules, speakers)
    made = claims(rules, paragraphs, attribution)
    named = [speaker for speaker in attribution.credited.values() if speaker is not UNNAMED]
    met = tuple(places(names))
    others = {name for one in named for name in (one.name, one.mention)} | {name for one in met for name in (one.name, *one.mentions)}
    sources = tuple(Source(one, of_source(*attribution.cues[one.name], one.kind)) for one in named)
    return Proposal(sources, met, tuple(made), topics(names, others))


def _beside(read: Structure) -> frozenset[int]:
    """The pieces that say who wrote the text, and for whom: none of them is told of."""
    first = next((number for number, piece in enumerate(read.pieces[:3]) if read.byline and read.byline in piece.text), None)
    if first is None or len(read.pieces[first].text) > LINE:
        return frozenset()
    agency = read.pieces[first + 1 : first + 2]
    is_line = all(len(one.text) <= LINE and one.text[-1:].isalnum() and one.kind == "paragraph" for one in agency)
    return frozenset((first, first + 1) if agency and is_line else (first,))


LINE = 90
"""Signs of a line that says who wrote a text."""
