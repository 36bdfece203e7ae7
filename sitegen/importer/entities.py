"""The names of a text, each decided once: which of them are persons, which bodies, which places.

People, bodies and mentions find what may be one. Where two of them share words, `settled` says which it is, by what speaks for each; who
speaks, where it happened and of whom a text tells all ask here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias

from sitegen.importer.bodies import Bodies
from sitegen.importer.choosing import COMPANY, chosen
from sitegen.importer.gazetteer import Entry, Gazetteer, key_of
from sitegen.importer.language import Language
from sitegen.importer.mentions import Mention, Names
from sitegen.importer.people import People

Kind: TypeAlias = Literal["person", "body", "place"]
FIRM, PERSON, BODY, MEANT = 0.4, 0.05, 0.4, 0.1
"""How much speaks for a person who is named in full and bears a title or a known first name or speaks; for a surname, and another run of
names; for a body with a head noun. Of a place it is what `evidence` weighs, or a little where only the company of others, by which it was
chosen, speaks for it."""


class Entity(NamedTuple):
    """A name at `start:end` of a block: what it is, under which `name` the archive would know it, and how much speaks for that."""

    kind: Kind
    block: int
    start: int
    end: int
    name: str
    weight: float

    def is_within(self, other: Entity) -> bool:
        """Whether it is a part of a longer name."""
        return other.start <= self.start and self.end <= other.end and self.end - self.start < other.end - other.start


def settled(found: Iterable[Entity]) -> list[Entity]:
    """The entities of one block, in order. Of a name within another the longer stands; of two that cross, or are the same words, that for
    which more speaks. Within the name of a body or of a person a place may stand besides, where its evidence, which knows of the words
    around it, says so: the court of a town is a body, and tells of the town.

    >>> body, town = Entity("body", 0, 0, 13, "Court of Mira", 0.4), Entity("place", 0, 9, 13, "Mira", 0.4)
    >>> [one.kind for one in settled([town, body])], [one.kind for one in settled([town._replace(weight=-0.4), body])]
    (['body', 'place'], ['body'])
    >>> [one.name for one in settled([Entity("person", 0, 5, 12, "Charles", 0.4), Entity("place", 0, 0, 12, "Lake Charles", 1.4)])]
    ['Lake Charles']
    """
    beside: list[list[Entity]] = []  # those of each stretch of the block that no other shares words with
    end = 0
    for one in sorted(found, key=lambda one: one.start):
        if one.start >= end:
            beside.append([])
        beside[-1].append(one)
        end = max(end, one.end)
    return [one for some in beside for one in _settled(some)]


def _settled(found: Sequence[Entity]) -> list[Entity]:
    """Of entities that share words, by the longest first, those that stand."""
    out: list[Entity] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, -one.weight, one.kind)):
        if one.kind == "place" and one.weight <= 0.0:
            continue
        rivals = [other for other in out if one.start < other.end and other.start < one.end]
        crossing = [other for other in rivals if not (other.start <= one.start and one.end <= other.end)]
        is_besides = all(one.kind == "place" != other.kind and one.is_within(other) for other in rivals if other not in crossing)
        if is_besides and all(one.weight > other.weight for other in crossing):
            out = [*(other for other in out if other not in crossing), one]
    return sorted(out, key=lambda one: (one.start, -one.end))


class Entities:
    """The names of one text. `told`: which of its blocks tell of persons and bodies; a title's capitals tell nothing. `people`: its
    persons; `mentions`: the names that may be places, `meant`: which place each means. Without a gazetteer nothing is a place."""

    def __init__(
        self,
        language: Language,
        blocks: Sequence[str],
        gazetteer: Gazetteer | None = None,
        own: Mapping[str, str] = MappingProxyType({}),
        told: range | None = None,
    ) -> None:
        self.language = language
        self.blocks = blocks
        self.gazetteer = gazetteer
        self.told = told if told is not None else range(len(blocks))
        self.people = People(language, [blocks[number] for number in self.told])
        self.bodies = Bodies(language)
        names = Names(language, gazetteer, own, self.people.firm) if gazetteer is not None else None
        self.mentions: tuple[Mention, ...] = tuple(
            one for number, block in enumerate(blocks) for one in (names.mentions(number, block) if names is not None else ())
        )
        self.meant: dict[str, Entry] = chosen(self.mentions, blocks)

    @cached_property
    def all(self) -> tuple[Entity, ...]:
        """Every name, in the order of the text."""
        places: dict[int, list[Entity]] = {}
        for one in self.mentions:
            if one.text in self.meant or one.known is not None or not one.entries:
                weight = max(one.weight, MEANT) if one.text in self.meant and one.weight > -COMPANY else one.weight
                places.setdefault(one.block, []).append(Entity("place", one.block, one.start, one.end, one.text, weight))
        numbers = range(len(self.blocks))
        return tuple(one for number in numbers for one in settled([*self._named(number), *places.get(number, ())]))

    def _named(self, number: int) -> Iterator[Entity]:
        """The persons and bodies of a block."""
        if number not in self.told:
            return
        block = self.blocks[number]
        for start, end, person in self.people.within(block):
            is_in_full = person in self.people.firm and block[start:end] == person
            yield Entity("person", number, start, end, person, FIRM if is_in_full else PERSON)
        for start, end, body in self.bodies.full(block):
            yield Entity("body", number, start, end, body.name, BODY)

    def is_place(self, name: str) -> bool:
        """Whether a name is that of a place that speaks for nobody, as the text means it, or else as the best known of that name; a country
        and a city, which stand for their governments, do."""
        meant = self.meant.get(name)
        found = (meant,) if meant is not None else self.gazetteer.found(key_of(name)) if self.gazetteer is not None else ()
        return any(one.kind not in ("country", "city") for one in found[:1])
