"""The persons and bodies of whom a text tells, and whom it credits with nothing: each is proposed as a topic."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from sitegen.importer.language import Language
from sitegen.importer.people import NAME, People
from sitegen.importer.words import without_possessive
from sitegen.model.todo import Todo

MOST = 200
"""Topics of one text."""
LONGEST = 8
"""Words of a body's name."""


class Topic(NamedTuple):
    """A topic: `kind` as `model.records` has it. A surname alone is no alias: in the next article it may be another's. `todo`:
    how sure it is, where another reader proposes it, and `where` in what that one answers."""

    name: str
    kind: str
    todo: Todo | None = None
    where: str = ""


def topics(language: Language, people: People, texts: Iterable[str], known: Collection[str]) -> tuple[Topic, ...]:
    """The topics of a text, in the order of their names. `known`: names of sources and places, which are none, nor is a
    part of such a name.

    >>> from sitegen.importer.language import language
    >>> texts = ["Mayor Ann Lee and the Harbour Police met. Lee left."]
    >>> [(one.name, one.kind) for one in topics(language("en"), People(language("en"), texts), texts, ())]
    [('Ann Lee', 'person'), ('Harbour Police', 'organization')]
    """
    within = "\n".join(f" {name} " for name in known)
    persons = [name for name in people.firm if name not in known and not language.organisation.search(name)]
    bodies = set(_bodies(language, texts)) - people.firm
    found = [Topic(name, "person") for name in persons]
    found += [Topic(name, "organization") for name in bodies if f" {name} " not in within]
    return tuple(sorted(found, key=lambda one: (one.name, one.kind))[:MOST])


def _bodies(language: Language, texts: Iterable[str]) -> Iterator[str]:
    """The runs of capitalised words that hold the head noun of an organisation, and more than that."""
    for text in texts:
        for run in NAME.finditer(text):
            words = [without_possessive(word) for word in run.group().split()]
            while words and words[0].lower() in language.words("articles"):
                words = words[1:]
            name = " ".join(words)
            if 1 < len(words) <= LONGEST and language.organisation.search(name) and not name.isupper():
                yield name
