"""Checks that an editor waives, and whether there was need."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sitegen.content.reading import Reading
from sitegen.model import records
from sitegen.model.problem import Problem, Waived
from sitegen.model.rules import RULES


def of_statements(record: records.Article, reader: Reading) -> Iterator[Waived]:
    """What is waived of single claims and groups."""
    yield from (reader.waiver(one) for entry in record.claims for member in members(entry) for one in member.waive)


def members(entry: records.Appearance | records.Group) -> tuple[records.Appearance | records.Group, ...]:
    """An entry under `claims`, with all that stands in it where it is a group."""
    return (entry, entry.total, *entry.items) if isinstance(entry, records.Group) else (entry,)


def unneeded(waivers: Iterable[Waived], waived: Collection[Waived], asked: Collection[str]) -> Iterator[Problem]:
    """Waivers of what is no problem: the next one there would be waived unseen. Of a quiet check that is not `asked` nobody knows."""
    for one in waivers:
        if one not in waived and (not RULES[one.code].is_quiet or one.code in asked):
            yield Problem(one.path, one.line, "unused-waiver", f"nothing here gives {one.code!r}", "take the waiver out", "warning")
