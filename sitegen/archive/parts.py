"""Totals and their parts, each a claim of its own: what the parts of a day come to, beside the total of that day, across articles.

Only what one speaker gives of one day is added up, and only where it gives every part. Where an editor says that the parts are all there
are (`total-of`), they must come to what the total's wording allows; where they are some of them (`part-of`), they must not exceed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from sitegen.content.figures import allowed
from sitegen.model.article import PAGELESS, Card, EntryCard, Key
from sitegen.model.tally import Reading


class PartSum(NamedTuple):
    """A total of a day and its parts, as one speaker gives them: what these come to, and whether the total allows it."""

    total: Reading
    parts: tuple[tuple[Key, Reading], ...]
    sum: Decimal
    holds: bool


def part_sums(total: Iterable[Reading], parts: Mapping[Key, Sequence[Reading]], *, complete: bool) -> Iterator[PartSum]:
    """Every total of which all parts are given, the newest last. What stands in one article alone is left to its own lists. `total` and
    `parts`: the readings of each, in order; of several of one day the last counts."""
    by_part = {key: {(one.day, one.sources): one for one in some} for key, some in parts.items()}
    for (day, sources), one in {(one.day, one.sources): one for one in total}.items():
        given = [(key, found) for key, some in by_part.items() if (found := some.get((day, sources))) is not None]
        amounts = [found.figures[0].value for _, found in given if found.figures[0].value is not None]
        is_dated, is_named = bool(day), bool(sources) and PAGELESS.isdisjoint(sources)
        is_whole = len(amounts) == len(by_part) > 1
        low, high = allowed(one.figures[0])
        if not (is_dated and is_named and is_whole) or {found.article for _, found in given} == {one.article} or low is high is None:
            continue
        added = sum(amounts, Decimal(0))
        is_over, is_under = high is not None and added > high, low is not None and added < low
        yield PartSum(one, tuple(given), added, not is_over and not (complete and is_under))


def is_complete(total: Card | None) -> bool:
    """Whether the parts of a claim are said to be all there are."""
    return isinstance(total, EntryCard) and any(how == "total-of" for how, _ in total.relations)
