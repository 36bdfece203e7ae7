"""The chart of a claim: its figures over time, a step line for each speaker. It tells where things stand, and a theme draws them.

What lets it be stretched (`views.plotting`) is that a step line is level and upright strokes alone: a figure holds until the same speaker
gives another.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise
from typing import NamedTuple

from sitegen.model.records import Break, Claim
from sitegen.model.tally import Reading
from sitegen.speech.dates import text_of
from sitegen.views.labels import labels
from sitegen.views.plotting import (
    BOTTOM,
    FIRST,
    LAST,
    MOST,
    TOP,
    Dot,
    Scale,
    address,
    anchor,
    are_enough,
    dated,
    dots_of,
    ends,
    levels,
    measured,
    named,
    scale_of,
    titled,
)
from sitegen.views.shelf import Shelf
from sitegen.views.types import ChartLineView, ChartPointView, ChartTickView, ChartView, StrokeView

SMALL = 104
"""Where the lowest stands in a small chart."""
OPEN = 16
"""How far a bar goes that is open at an end."""


def chart_view(readings: Sequence[Reading], claim: Claim, shelf: Shelf) -> ChartView | None:
    """The chart of a claim's readings, in their order; None where there are too few for one. Figures of another unit than what the claim
    counts, and shares, are not drawn. The scale begins at zero for running totals; else where the figures do."""
    unit, from_zero = measured(claim)
    return _chart(readings, shelf, unit, claim.breaks, BOTTOM, from_zero=from_zero)


def small_view(readings: Sequence[Reading], shelf: Shelf) -> ChartView | None:
    """A small chart of a part beside its total, from zero; of the unit that most of its figures have."""
    return _chart(readings, shelf, "", (), SMALL, from_zero=True)


def _chart(
    readings: Sequence[Reading], shelf: Shelf, unit: str, breaks: Sequence[Break], bottom: int, *, from_zero: bool
) -> ChartView | None:
    every = list(dots_of(readings, unit))
    dots = every[-MOST:]
    if not are_enough(dots):
        return None
    scale = scale_of(ends(dots), from_zero=from_zero, bottom=bottom, steps=4 if bottom == BOTTOM else 2)
    across = _Across(dots[0].day, dots[-1].day)
    by_speaker = groupby(sorted(dots, key=lambda dot: dot.reading.sources), key=lambda dot: dot.reading.sources)
    lines = [_line(list(some), shelf, scale, across) for _, some in by_speaker]
    lines.sort(key=lambda line: line.points[-1].y)
    return ChartView(
        lines=tuple(lines),
        labels=labels(lines, bottom),
        levels=tuple(ChartTickView(text, 0, scale.y(value), "start") for value, text in levels(scale.ticks, shelf)),
        times=tuple(_times(dots[0].day, dots[-1].day, shelf, across, bottom)),
        breaks=tuple(_breaks(breaks, across)),
        height=bottom + 28,
        bottom=bottom,
        drawn=len(dots),
        left_out=len(every) - len(dots),
        first=dated(dots[0], shelf),
        last=dated(dots[-1], shelf),
    )


def _breaks(breaks: Iterable[Break], across: _Across) -> Iterator[ChartTickView]:
    """Where a source counts otherwise from then on, as far as the chart reaches."""
    for one in breaks:
        day = datetime.date.fromisoformat(one.date.first)
        if across.first <= day <= across.last:
            yield ChartTickView(one.why, across.x(day), TOP, "middle")


class _Across(NamedTuple):
    """From days to percent, between the first and the last of the chart."""

    first: datetime.date
    last: datetime.date

    def x(self, day: datetime.date) -> float:
        return round(FIRST + (day - self.first).days / max(1, (self.last - self.first).days) * (LAST - FIRST), 2)


def _line(dots: Sequence[Dot], shelf: Shelf, scale: Scale, across: _Across) -> ChartLineView:
    """The line of one speaker."""
    speakers = shelf.speakers(dots[0].reading.sources)
    who = named(dots[0], shelf)
    points = tuple([_point(dot, who, shelf, scale, across) for dot in dots])
    strokes = []
    for before, after in pairwise(points):
        strokes.append(StrokeView(before.x, before.y, after.x, before.y))
        if after.y != before.y:
            strokes.append(StrokeView(after.x, before.y, after.x, after.y))
    return ChartLineView(speakers, points, tuple(strokes))


def _point(dot: Dot, who: str, shelf: Shelf, scale: Scale, across: _Across) -> ChartPointView:
    y = scale.y(dot.value)
    is_open = dot.low is None or dot.high is None
    low, high = (y, y) if dot.low == dot.high and not is_open else (_end(dot.low, y + OPEN, scale), _end(dot.high, y - OPEN, scale))
    return ChartPointView(
        x=across.x(dot.day),
        y=y,
        low=low,
        high=high,
        is_open=is_open,
        is_dated=dot.reading.time is not None,
        title=titled(dot, who, dated(dot, shelf), shelf),
        href=address(dot, shelf),
    )


def _end(value: Decimal | None, open_end: float, scale: Scale) -> float:
    """Where a bar ends; open, at a distance from its point."""
    return round(open_end, 1) if value is None else scale.y(value)


def _times(first: datetime.date, last: datetime.date, shelf: Shelf, across: _Across, bottom: int) -> Iterator[ChartTickView]:
    """What is written below: days, months or years, by how long it is; at most five."""
    for day, text in _marks(first, last):
        x = across.x(day)
        yield ChartTickView(text_of(shelf.speech, text), x, bottom + 18, anchor(x))


def _marks(first: datetime.date, last: datetime.date) -> list[tuple[datetime.date, str]]:
    """Days within a span, each with the date as it is to be written (EDTF).

    >>> [text for _, text in _marks(datetime.date(2022, 2, 24), datetime.date(2022, 5, 15))]
    ['2022-03', '2022-04', '2022-05']
    >>> [text for _, text in _marks(datetime.date(2022, 5, 1), datetime.date(2022, 5, 9))]
    ['2022-05-01', '2022-05-09']
    """
    days = (last - first).days
    if days <= 45:
        return [(day, day.isoformat()) for day in (first, last)]  # a third would touch them on a narrow screen
    begin, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    if end - begin <= 30:
        months = [month for month in range(begin, end + 1) if first <= datetime.date(month // 12, month % 12 + 1, 1)]
        months = months[:: max(1, math.ceil(len(months) / 4))]
        return [(datetime.date(month // 12, month % 12 + 1, 1), f"{month // 12:04}-{month % 12 + 1:02}") for month in months]
    years = [year for year in range(first.year, last.year + 1) if first <= datetime.date(year, 1, 1)]
    years = years[:: max(1, math.ceil(len(years) / 5))]
    return [(datetime.date(year, 1, 1), f"{year:04}") for year in years]
