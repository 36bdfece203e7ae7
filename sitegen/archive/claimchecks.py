"""What is told of a claim with all that articles state of it: a table of checks, each a pure function, remembered by what it saw."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from sitegen.archive.series import LEAP, Event, events
from sitegen.content.numbers import hedge_before, numbers
from sitegen.model import records
from sitegen.model.article import PAGELESS
from sitegen.model.base import Value
from sitegen.model.problem import Code
from sitegen.model.site import Appearance
from sitegen.model.tally import Reading, Tally

TOLD = 6
"""Figures that a message names of one day: it is read in a terminal."""


class Told(Value, frozen=True):
    """What is wrong with an entry, short of its file."""

    code: str
    message: str
    hint: str


class Stated(NamedTuple):
    """A claim with all that articles state of it: its record, every statement with the stem of its article, the figures of all in order,
    and what these come to."""

    record: records.Claim
    stated: Sequence[tuple[str, Appearance]]
    readings: Sequence[Reading]
    tally: Tally


class ClaimCheck(NamedTuple):
    """A check of a claim with all that articles state of it."""

    code: Code
    look: Callable[[Stated], Iterator[Told]]


def both_ways(of: Stated) -> Iterator[Told]:
    """Sources that assert and deny a claim as of the same time, in whatever articles."""
    stances: dict[tuple[str, str], dict[str, str]] = {}
    for article, one in of.stated:
        if one.stance not in ("asserts", "denies"):
            continue
        time = one.as_of or one.when or one.said
        for source in one.sources:
            if source not in PAGELESS:
                found = stances.setdefault((source, time.date.text if time else ""), {})
                found.setdefault(one.stance, f"/articles/{article}/#{one.id}")
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
            message = f"{_source(one.after)} gives {read(one.after)} after {read(one.before)}: less, and the claim is a running total"
            yield Told("series-falls", message, hint)


def leaping(of: Stated) -> Iterator[Told]:
    """Figures of one source that are ten times what they were, or a tenth."""
    for one in _events(of):
        if one.kind == "leaps":
            message = (
                f"{_source(one.after)} gives {read(one.after)} after {read(one.before)}: {LEAP} times as much, or a {LEAP}th, or beyond"
            )
            yield Told("series-leaps", message, "look whether a digit is missing or too many, or whether another thing is counted")


def differing(of: Stated) -> Iterator[Told]:
    """Figures of one day by several voices that do not meet."""
    if not of.tally.meet:
        given = [f"{_source(one)} gives {read(one)}" for one in of.tally.compared[:TOLD]]
        if len(of.tally.compared) > TOLD:
            given.append(f"and {len(of.tally.compared) - TOLD} more, on the claim's page")
        hint = "hold them against their articles; if both stand there, waive it with what you know of the difference"
        yield Told("sources-differ", "; ".join(given), hint)


def otherwise(of: Stated) -> Iterator[Told]:
    """Figures that count something else than the claim does."""
    measure = of.record.measure
    if measure is None:
        return
    told: set[str] = set()
    for one in of.readings:
        for figure in one.figures:
            if figure.unit and not figure.share and figure.unit not in told and not _is_one(figure.unit, measure.unit):
                told.add(figure.unit)
                message = f"the claim counts {measure.unit!r}, and a figure counts {figure.unit!r} (/articles/{one.article}/#{one.id})"
                yield Told("unit-differs", message, "correct the `unit`, or file the statement under another claim")


def _is_one(one: str, other: str) -> bool:
    """Whether two units may be one: the words of one are all in the other's, whatever their number.

    >>> _is_one("units of equipment", "units of their equipment"), _is_one("tank", "tanks"), _is_one("horses", "carts")
    (True, True, False)
    """
    words, others = ({word.rstrip("s") for word in unit.casefold().split()} for unit in (one, other))
    return words <= others or others <= words


def hedge_lost(of: Stated) -> Iterator[Told]:
    """Numbers that stand bare in the title, and in no article without a hedge. Read as English writes numbers."""
    bare = {number.value for number in numbers(of.record.title, "en") if not _is_hedged(of.record.title, number.start)}
    hedges: dict[object, set[str]] = {}
    for one in of.readings:
        for figure in one.figures:
            if figure.value in bare:
                hedges.setdefault(figure.value, set()).add(figure.hedge or "exact")
    for value, given in hedges.items():
        if "exact" not in given:
            message = f"the title says {value:,}, and the articles {' or '.join(f'`{one}`' for one in sorted(given))}"
            yield Told("hedge-lost", message, "take the number out of the title, or write the hedge before it")


def _is_hedged(text: str, at: int) -> bool:
    return hedge_before(text, at) != "exact"


def one_voice(of: Stated) -> Iterator[Told]:
    """Sources of which each belongs to another."""
    named = [one for one in of.tally.speakers if one not in PAGELESS]
    if len(named) > 1 and of.tally.voices == 1:
        message = f"{', '.join(map(repr, named))} belong to one another: one voice"
        yield Told("one-voice", message, "look for somebody who does not depend on them")


def circular(of: Stated) -> Iterator[Told]:
    """Sources of which each has it by way of the other."""
    ways: dict[tuple[str, str], str] = {}
    for article, one in of.stated:
        for source in one.sources:
            for via in one.via:
                ways.setdefault((source, via), f"/articles/{article}/#{one.id}")
    for (source, via), where in sorted(ways.items()):
        back = ways.get((via, source))
        if back is not None and source <= via:
            message = f"{source!r} has it by way of {via!r} ({where})"
            if source != via:
                message += f", and {via!r} by way of {source!r} ({back})"
            yield Told("circular-via", message, "find out who had it first, and correct `source` and `via`")


def _events(of: Stated) -> Iterator[Event]:
    measure = of.record.measure
    return events(of.readings, of.record.breaks, cumulative=bool(measure and measure.cumulative))


def _source(one: Reading) -> str:
    return " and ".join(repr(source) for source in one.sources)


def read(one: Reading) -> str:
    """A figure as the messages have it, with its day and where it stands."""
    figure = one.figures[0]
    least, most = (f"{end:,}" if end is not None else "" for end in (figure.min, figure.max))
    number = f"{figure.value:,}" if figure.value is not None else f"{least} to {most}" if least and most else least or most
    return f"{number} as of {one.day} (/articles/{one.article}/#{one.id})"


CLAIM_CHECKS = (
    ClaimCheck("says-both", both_ways),
    ClaimCheck("series-falls", falling),
    ClaimCheck("series-leaps", leaping),
    ClaimCheck("sources-differ", differing),
    ClaimCheck("unit-differs", otherwise),
    ClaimCheck("hedge-lost", hedge_lost),
    ClaimCheck("one-voice", one_voice),
    ClaimCheck("circular-via", circular),
)


def of_claim(of: Stated) -> tuple[Told, ...]:
    """What all checks of claims tell of one."""
    return tuple(told for check in CLAIM_CHECKS for told in check.look(of))
