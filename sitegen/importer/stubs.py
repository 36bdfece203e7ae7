"""Writes the stubs of pages that an import proposes: of sources, topics, places and claims, each with how sure it is."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.content.writer import quoted, word
from sitegen.importer.places import Place
from sitegen.importer.speaker import Speaker
from sitegen.importer.sureness import of_place, of_topic, of_unit
from sitegen.importer.topics import Topic
from sitegen.model.todo import Todo

_PRECISION = {"country": "country", "region": "region", "district": "district", "river": "line"}


def undecided(todo: Todo, accept: float | None = None) -> list[str]:
    """The line that says that an entry is undecided; none where it is right with a probability that the archive accepts."""
    is_accepted = accept is not None and todo.probability is not None and todo.probability >= accept
    return [] if is_accepted else [f"todo: {quoted(str(todo))}"]


def source_stub(speaker: Speaker, topic: str | None, todo: Sequence[str]) -> str:
    aliases = [speaker.mention] if speaker.mention != speaker.name else []
    lines = ["---", f"name: {quoted(speaker.name)}", f"kind: {speaker.kind or 'other'}"]
    if aliases:
        lines.append(f"aliases: [{', '.join(map(quoted, aliases))}]")
    if topic:
        lines.append(f"topic: {word(topic)}")
    return _stub(lines, todo)


def topic_stub(topic: Topic, source: str | None) -> str:
    lines = ["---", f"name: {quoted(topic.name)}", f"kind: {topic.kind}"]
    if source:
        lines.append(f"source: {word(source)}")
    return _stub(lines, undecided(of_topic(topic)), is_draft=bool(topic.where))


def place_stub(place: Place, aliases: Sequence[str], accept: float | None) -> str:
    lines = ["---", f"name: {quoted(place.name)}", f"kind: {place.kind}"]
    if aliases:
        lines.append(f"aliases: [{', '.join(map(quoted, aliases))}]")
    if place.lat is not None and place.lon is not None:
        lines.append(f"location: {{lat: {_degrees(place.lat)}, lon: {_degrees(place.lon)}}}")
        lines.append(f"precision: {_PRECISION.get(place.kind, 'settlement')}")
    return _stub(lines, undecided(of_place(place), accept), is_draft=bool(place.where))


def _stub(lines: Sequence[str], todo: Sequence[str], *, is_draft: bool = False) -> str:
    """A stub of these lines. What another reader proposes is a draft: of the words of an article it may say more than the article."""
    return "\n".join([*lines, *["draft: true"] * is_draft, "review: {state: imported}", *todo, "---", ""])


def _degrees(value: float) -> str:
    """Degrees in plain digits, to some ten metres.

    >>> _degrees(50.45), _degrees(-0.00001), _degrees(-120)
    ('50.45', '0', '-120')
    """
    return f"{round(value, 4) + 0:.4f}".rstrip("0").rstrip(".")


def claim_stub(unit: str) -> str:
    """The page of a quantity that an itemised list names."""
    lines = ["---", f"title: {quoted(unit[:1].upper() + unit[1:])}", "kind: quantity", f"measure: {{unit: {quoted(unit)}}}"]
    return "\n".join([*lines, "review: {state: imported}", *undecided(of_unit(unit)), "---", ""])
