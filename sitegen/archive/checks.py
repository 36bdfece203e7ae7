"""What is told of an archive as a whole: a table of checks, each a pure function of what it says that it needs.

What one article tells is checked where it is read (`content`), and remembered with it. Here are two floors above: a claim with all that
articles state of it, remembered by the digest of that; and the archive, told anew each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from sitegen.archive.index import Index, keys_of
from sitegen.archive.series import LEAP, Event, events
from sitegen.model import records
from sitegen.model.article import ARTICLE_VOICE, UNNAMED, Gate, Key
from sitegen.model.base import Value
from sitegen.model.box import Box, Gift
from sitegen.model.kinds import KINDS, SOURCES, subjects
from sitegen.model.problem import Code, Problem
from sitegen.model.rules import CHECKS, RULES
from sitegen.model.site import Contribution, Head
from sitegen.model.tally import Reading

Heads = Callable[[Iterable[str]], Sequence[Head]]
"""Gives the heads of the articles at some paths, as far as they could be read."""
_contribution = msgspec.msgpack.Decoder(Contribution).decode


class Told(Value, frozen=True):
    """What is wrong with an entry, short of its file."""

    code: str
    message: str
    hint: str


class Stated(NamedTuple):
    """A claim with all that articles state of it: its record, what each article gives, and the figures of all, in order."""

    record: records.Claim
    gifts: Sequence[Gift]
    readings: Sequence[Reading]


class ClaimCheck(NamedTuple):
    """A check of a claim with all that articles state of it."""

    code: Code
    look: Callable[[Stated], Iterator[Told]]


class ArchiveCheck(NamedTuple):
    """A check of all that the archive knows."""

    code: Code
    look: Callable[[Index, Iterable[Box], Heads], Iterator[Problem]]


def both_ways(of: Stated) -> Iterator[Told]:
    """Sources that assert and deny a claim as of the same time, in whatever articles."""
    stances: dict[tuple[str, str], dict[str, str]] = {}
    for gift in of.gifts:
        if b"denies" not in gift.value and b"asserts" not in gift.value:
            continue  # most say no stance, and need not be decoded
        for one in _contribution(gift.value).appearances:
            time = one.as_of or one.when or one.said
            for source in one.sources:
                if one.stance in ("asserts", "denies") and source not in (ARTICLE_VOICE, UNNAMED):
                    found = stances.setdefault((source, time.date.text if time else ""), {})
                    found.setdefault(one.stance, f"/articles/{gift.stem}/#{one.id}")
    for (source, when), found in sorted(stances.items()):
        if len(found) == 2:
            as_of = f" as of {when}" if when else ""
            message = f"{source!r} asserts this{as_of} ({found['asserts']}) and denies it ({found['denies']})"
            yield Told("says-both", message, "correct a `stance`, or the time; if it is so, waive it with the reason")


def falling(of: Stated) -> Iterator[Told]:
    """Running totals of one source that are less than before."""
    hint = "correct a figure or its date; if the source changed what it counts, write `breaks`; if it corrected itself, waive it and say so"
    for one in _events(of):
        if one.kind == "falls":
            message = f"{_source(one.after)} gives {_read(one.after)} after {_read(one.before)}: less, and the claim is a running total"
            yield Told("series-falls", message, hint)


def leaping(of: Stated) -> Iterator[Told]:
    """Figures of one source that are ten times what they were, or a tenth."""
    for one in _events(of):
        if one.kind == "leaps":
            message = (
                f"{_source(one.after)} gives {_read(one.after)} after {_read(one.before)}: {LEAP} times as much, or a {LEAP}th, or beyond"
            )
            yield Told("series-leaps", message, "look whether a digit is missing or too many, or whether another thing is counted")


def _events(of: Stated) -> Iterator[Event]:
    measure = of.record.measure
    return events(of.readings, of.record.breaks, cumulative=bool(measure and measure.cumulative))


def _source(one: Reading) -> str:
    return " and ".join(repr(source) for source in one.sources)


def _read(one: Reading) -> str:
    """A figure as the messages have it, with its day and where it stands."""
    figure = one.figures[0]
    least, most = (f"{end:,}" if end is not None else "" for end in (figure.min, figure.max))
    number = f"{figure.value:,}" if figure.value is not None else f"{least} to {most}" if least and most else least or most
    return f"{number} as of {one.day} (/articles/{one.article}/#{one.id})"


def unused(archive: Index, boxes: Iterable[Box], _heads: Heads) -> Iterator[Problem]:
    """Places, topics, sources and claims that nothing leads to."""
    used: set[Key] = set()
    for box in boxes:
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


def unpublished(archive: Index, boxes: Iterable[Box], heads: Heads) -> Iterator[Problem]:
    """Sources that published articles credit and readers may not see. What an article holds back is not shown, and not told of."""
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


CLAIM_CHECKS = (ClaimCheck("says-both", both_ways), ClaimCheck("series-falls", falling), ClaimCheck("series-leaps", leaping))
ARCHIVE_CHECKS = (ArchiveCheck("unused-page", unused), ArchiveCheck("unpublished-source", unpublished))


def of_claim(of: Stated) -> tuple[Told, ...]:
    """What all checks of claims tell of one."""
    return tuple(told for check in CLAIM_CHECKS for told in check.look(of))


def of_archive(archive: Index, boxes: Sequence[Box], heads: Heads, levels: Mapping[str, str]) -> Iterator[Problem]:
    """What the checks of the archive tell, those aside that are off."""
    for check in ARCHIVE_CHECKS:
        assert check.code in CHECKS
        if levels.get(check.code, "off" if RULES[check.code].is_quiet else "on") != "off":
            yield from check.look(archive, boxes, heads)
