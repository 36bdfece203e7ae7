"""From the states that a claim's file has had to those that readers may have seen."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sitegen.archive.gate import Policy
from sitegen.content import entry, frontmatter
from sitegen.model import records
from sitegen.model.article import Entry, Gate
from sitegen.model.base import Value
from sitegen.model.digest import digest, encode
from sitegen.model.history import Past, Said, State
from sitegen.model.kinds import CLAIMS

_FILE = f"{CLAIMS.folder}/then.md"
_NEVER = "9999-12-31"


class Version(Value, frozen=True):
    """What the bytes of a file say, and what the gate asks of it then; None where they cannot be read without an error."""

    said: Said | None
    gate: Gate


UNREAD = Version(None, Gate())


def version(data: bytes) -> Version:
    """What a file said that had these bytes."""
    found = entry.parse(CLAIMS.plural, _FILE, data)
    if found.value is None or any(problem.severity == "error" for problem in found.problems):
        return UNREAD
    assert isinstance(found.value, Entry)
    record = found.value.record
    assert isinstance(record, records.Claim)
    said = Said(
        title=record.title,
        kind=record.kind,
        measure=record.measure,
        relations=tuple(sorted(record.relations, key=encode)),
        breaks=tuple(sorted(record.breaks, key=encode)),
        assessment=tuple(sorted(record.assessment, key=encode)),
        body=digest(frontmatter.halves(data, _FILE).body.strip()),
    )
    return Version(said, found.value.card.gate)


def past(changes: Iterable[tuple[str, Version]], since: str, unchecked: str) -> Past | None:
    """The states that were published, of all that a file has had, each with its day, the newest first. What was a draft, taken back, or
    replaced before its day had come was no published state, and nobody is told of it. `unchecked`: as in `publish` of the settings."""
    replaced, shown = _NEVER, []
    for day, one in changes:
        if one.said is None or _was_public(one.gate, replaced, unchecked):
            shown.append(State(day, one.said))
        replaced = day
    states: list[State] = []
    for state in reversed(shown):
        if not states or state.said is None or state.said != states[-1].said:
            states.append(state)
    return Past(tuple(reversed(states)), since) if states else None


def _was_public(gate: Gate, replaced: str, unchecked: str) -> bool:
    """Whether what had that gate was public on some day before it was replaced."""
    if gate.publish_from is not None and gate.publish_from >= replaced:
        return False
    return Policy(replaced, unchecked, drafts=False).status(msgspec.structs.replace(gate, expires=None), CLAIMS) == "public"
