"""A claim's figures as a series: where one speaker's fall, leap, or are revised.

Figures are compared as what their wordings allow (`content.figures.allowed`), of one unit and one scope: "about 7,000" and 7,200 do not
differ. Only a speaker's own figures are compared here, for two speakers may count different things. Where an editor writes that a source
changed what it counts (`breaks`), those before and after are not compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Literal, NamedTuple

from sitegen.content.figures import allowed
from sitegen.model.article import PAGELESS
from sitegen.model.records import Break
from sitegen.model.tally import Reading

LEAP = 10
"""How many times its predecessor a figure is, or this its, to be told as a leap: a digit too many or too few makes ten."""

Kind = Literal["falls", "leaps", "revised"]


class Event(NamedTuple):
    """What happens between two figures of one speaker. `falls`: a running total is less than before; `leaps`: of two running totals one is
    at least `LEAP` times the other; `revised`: another article has another figure as of the same day. What is no running total may go up
    and down as it will."""

    kind: Kind
    before: Reading
    after: Reading


def events(readings: Iterable[Reading], breaks: Sequence[Break], *, cumulative: bool) -> Iterator[Event]:
    """What happens in a series. `readings` are in order; of several figures in one the first counts."""
    last: dict[tuple[str, ...], list[Reading]] = {}
    for one in readings:
        if one.day and one.sources and PAGELESS.isdisjoint(one.sources) and one.figures:
            last.setdefault(one.sources, []).append(one)
    for sources in sorted(last):
        for before, after in pairwise(last[sources]):
            kind = None if any(_parts(one, before, after) for one in breaks) else _between(before, after, cumulative=cumulative)
            if kind is not None:
                yield Event(kind, before, after)


def _parts(one: Break, before: Reading, after: Reading) -> bool:
    """Whether a break lies between two figures of a source that it is of."""
    return before.day < one.date.first <= after.day and (one.source is None or one.source in after.sources)


def _between(before: Reading, after: Reading, *, cumulative: bool) -> Kind | None:
    earlier, later = before.figures[0], after.figures[0]
    is_again = before.day == after.day
    if (is_again and before.article == after.article) or not (is_again or cumulative):
        return None
    if (earlier.unit, earlier.scope) != (later.unit, later.scope):
        return None
    (low, high), (least, most) = allowed(earlier), allowed(later)
    is_less, is_more = _lies_below(most, low), _lies_below(high, least)
    if is_again:
        return "revised" if is_less or is_more else None
    if (is_less and _lies_below(most, low, LEAP)) or (is_more and _lies_below(high, least, LEAP)):
        return "leaps"
    return "falls" if is_less else None


def _lies_below(high: Decimal | None, low: Decimal | None, times: int = 1) -> bool:
    """Whether all that ends with `high` lies below all that begins with `low`; or, with `times`, is at most that part of it."""
    if high is None or low is None:
        return False
    return high < low if times == 1 else high > 0 and high * times <= low
