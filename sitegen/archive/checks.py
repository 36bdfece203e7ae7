"""What is told of an archive as a whole: a table of checks, each a pure function of what it says that it needs.

What one file tells is checked where it is read (`content.checks`), and remembered with it; a claim with all that articles state of it in
`archive.claimchecks`. Here is the floor above: the archive, told anew each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from sitegen.archive.claimchecks import read
from sitegen.archive.index import Index, keys_of
from sitegen.archive.lineage import parts_of
from sitegen.archive.parts import is_complete, part_sums
from sitegen.model import records
from sitegen.model.article import Card, Entry, EntryCard, Gate, Key
from sitegen.model.box import Box
from sitegen.model.digest import Digest
from sitegen.model.kinds import KINDS, PLACES, SOURCES, subjects
from sitegen.model.problem import Code, Problem
from sitegen.model.rules import CHECKS, RULES
from sitegen.model.site import Head
from sitegen.model.tally import Reading, Series, short_key

Heads = Callable[[Iterable[str]], Sequence[Head]]
"""Gives the heads of the articles at some paths, as far as they could be read."""
DAYS = 90
"""How long a draft may lie before `old-draft` tells of it."""
EXTENT = {"village": 20, "site": 20, "town": 30, "city": 80, "district": 150, "region": 700}
"""Kilometres that what lies in a place of a kind may be away from its point: generous, for it is to tell of slips. Of countries, rivers,
seas and areas a point says too little."""


class Whole(NamedTuple):
    """What the checks of the archive see. `value` gives the entry of a digest, `card` that of a key; `today` is ISO."""

    archive: Index
    boxes: Sequence[Box]
    heads: Heads
    value: Callable[[Digest], Entry]
    card: Callable[[Key], Card | None]
    today: str


class ArchiveCheck(NamedTuple):
    """A check of all that the archive knows."""

    code: Code
    look: Callable[[Whole], Iterator[Problem]]


def unused(whole: Whole) -> Iterator[Problem]:
    """Places, topics, sources and claims that nothing leads to."""
    archive = whole.archive
    used: set[Key] = set()
    for box in whole.boxes:
        used.update(box.giving.keys)
        for reference in box.references:
            kind, _, id = reference.partition(":")
            used.update(keys_of(kind, id, archive.known))
    for head in archive.heads.values():
        used.update(key for one in head.references for key in keys_of(one.kind, one.id, archive.known) if key != head.card.key)
    for one in subjects():
        for head in archive.public(one.plural):
            if head.card.key not in used:
                yield Problem(
                    head.path,
                    1,
                    "unused-page",
                    "nothing in the archive leads here",
                    "take it out, or name it where it belongs",
                )


def unpublished(whole: Whole) -> Iterator[Problem]:
    """Sources that published articles credit and readers may not see. What an article holds back is not shown, and not told of."""
    archive, boxes, heads = whole.archive, whole.boxes, whole.heads
    hidden = {key: head for key, head in archive.heads.items() if archive.status[key] == "hidden" and KINDS[head.kind] is SOURCES}
    if not hidden:
        return
    for box in boxes:
        paths, held = dict(box.files), frozenset(box.held)
        naming = [paths[slip.stem] for slip in box.slips if not hidden.keys().isdisjoint(slip.names.split("\n"))]
        for head in heads(path for path in naming if path not in held):
            for one in head.references:
                for key in keys_of(one.kind, one.id, hidden.keys()):
                    why, hint = _why_hidden(hidden[key].card.gate)
                    message = f"{key} is not published ({why}): readers see its id, without a link"
                    yield Problem(
                        one.path,
                        one.line,
                        "unpublished-source",
                        message,
                        f"{hint} in {hidden[key].path}",
                        severity="warning",
                    )


def _why_hidden(gate: Gate) -> tuple[str, str]:
    """Why the publish gate holds a page back, and what opens it."""
    if gate.draft:
        return "it is a draft", "take `draft` out"
    if gate.review in ("imported", "in-work"):
        return "no editor has checked it", "look it over, and write `review: {state: checked}`"
    return "it is not its time", "correct `publish_from` or `expires`"


def outside(whole: Whole) -> Iterator[Problem]:
    """Places that lie farther from what contains them than that is large."""
    places = {head.card.key: head for head in whole.archive.public(PLACES.plural)}
    points: dict[Key, records.Location | None] = {}

    def point(key: Key) -> records.Location | None:
        if key not in points:
            record = whole.value(places[key].value).record
            points[key] = record.location if isinstance(record, records.Place) else None
        return points[key]

    for key, head in places.items():
        container = head.card.above[0] if isinstance(head.card, EntryCard) and head.card.above else ""
        if container not in places:
            continue
        above = places[container].card
        extent = EXTENT.get(above.category) if isinstance(above, EntryCard) else None
        here, there = (point(key), point(container)) if extent is not None else (None, None)
        if extent is not None and here is not None and there is not None and (away := kilometres(here, there)) > extent:
            message = f"{round(away):,} km from {above.title!r}, which contains it: more than {extent} km"
            hint = "correct a `location` (`lat` is north, `lon` east), or `within`"
            yield Problem(head.path, 1, "outside-container", message, hint, "warning")


def kilometres(one: records.Location, other: records.Location) -> float:
    """How far two points are apart on a sphere of the Earth's mean radius.

    >>> round(kilometres(records.Location(lat=0, lon=0), records.Location(lat=0, lon=1)))
    111
    """
    up, across = radians(other.lat - one.lat) / 2, radians(other.lon - one.lon) / 2
    return 2 * 6371 * asin(sqrt(sin(up) ** 2 + cos(radians(one.lat)) * cos(radians(other.lat)) * sin(across) ** 2))


def old_drafts(whole: Whole) -> Iterator[Problem]:
    """Drafts, and pages that nobody has checked, at which an editor looked last long ago."""
    index = whole.archive
    waiting = [head for key, head in index.heads.items() if index.status[key] == "hidden"]
    waiting += whole.heads(path for box in whole.boxes for path in sorted({*box.hidden, *box.held}))
    before = (date.fromisoformat(whole.today) - timedelta(days=DAYS)).isoformat()
    for head in waiting:
        if head.reviewed and head.reviewed < before:
            message = f"an editor looked at it last on {head.reviewed}, and it is not published in full"
            yield Problem(head.path, 1, "old-draft", message, "check it and publish it, or take it out", "warning")


def parts_differ(whole: Whole) -> Iterator[Problem]:
    """Totals that their parts, as of the same day and by the same speaker, do not come to, in whatever articles."""

    def newest(key: Key) -> tuple[Reading, ...]:
        card = whole.card(short_key(key))
        return card.readings if isinstance(card, Series) else ()

    for key, parts in sorted(parts_of(whole.archive).items()):
        head = whole.archive.heads.get(key)
        if head is None:
            continue
        for one in part_sums(newest(key), {part: newest(part) for part in parts}, complete=is_complete(head.card)):
            if not one.holds:
                given = " + ".join(read(part) for _, part in one.parts)
                message = f"the parts are {given} = {one.sum:,}, and the total is {read(one.total)}"
                yield Problem(head.path, 1, "parts-differ", message, "hold them against their articles", "warning")


def undecided(whole: Whole) -> Iterator[Problem]:
    """Pages that an import proposed and nobody has judged: how many there are of each kind."""
    for kind in subjects():
        some = sorted(head.path for head in whole.archive.heads.values() if head.undecided and head.kind == kind.plural)
        if some:
            message = f"what an import proposed is undecided: {len(some)} of the {kind.plural}, the first is this"
            hint = f"`sitegen list {kind.plural} --todo` lists them; take `todo` out to keep one, or the file to drop it"
            yield Problem(some[0], 1, "todo", message, hint, "warning")


ARCHIVE_CHECKS = (
    ArchiveCheck("parts-differ", parts_differ),
    ArchiveCheck("unused-page", unused),
    ArchiveCheck("unpublished-source", unpublished),
    ArchiveCheck("outside-container", outside),
    ArchiveCheck("todo", undecided),
    ArchiveCheck("old-draft", old_drafts),
)


def of_archive(whole: Whole, levels: Mapping[str, str]) -> Iterator[Problem]:
    """What the checks of the archive tell, those aside that are off."""
    for check in ARCHIVE_CHECKS:
        assert check.code in CHECKS
        if levels.get(check.code, "off" if RULES[check.code].is_quiet else "on") != "off":
            yield from check.look(whole)
