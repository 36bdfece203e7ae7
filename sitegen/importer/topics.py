"""The persons and bodies of whom a text tells, and whom it credits with nothing: each is proposed as a topic."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sitegen.importer.entities import Entities
from sitegen.model.todo import Todo

MOST = 200
"""Topics of one text."""


class Topic(NamedTuple):
    """A topic: `kind` as `model.records` has it. A surname alone is no alias: in the next article it may be another's. `todo`:
    how sure it is, where another reader proposes it, and `where` in what that one answers."""

    name: str
    kind: str
    todo: Todo | None = None
    where: str = ""


def topics(names: Entities, known: Collection[str]) -> tuple[Topic, ...]:
    """The topics of a text, in the order of their names. `known`: names of sources and places, which are none, nor is a
    part of such a name.

    >>> from sitegen.importer.language import language
    >>> texts = ["Mayor Ann Lee and the Harbour Police met. Lee left."]
    >>> [(one.name, one.kind) for one in topics(Entities(language("en"), texts), ())]
    [('Ann Lee', 'person'), ('Harbour Police', 'organization')]
    """
    within = "\n".join(f" {name} " for name in known)
    firm = names.people.firm & {one.name for one in names.all if one.kind == "person"}
    persons = [name for name in firm if name not in known and not names.language.organisation.search(name)]
    bodies = {one.name for one in names.all if one.kind == "body"} - firm
    found = [Topic(name, "person") for name in persons]
    found += [Topic(name, "organization") for name in bodies if f" {name} " not in within]
    return tuple(sorted(found, key=lambda one: (one.name, one.kind))[:MOST])
