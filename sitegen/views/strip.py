"""The strip of bars that tells of which months articles are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sitegen.speech import Speech
from sitegen.speech.dates import text_of
from sitegen.views.types import BarView, StripView

WIDTH, HEIGHT = 1000, 100
LONG = 120
"""Months in a strip; a longer one is of years, for a bar of less than 1/120 of its breadth is a hair."""


def strip_view(months: Sequence[tuple[str, int]], speech: Speech) -> StripView | None:
    """The strip of some months (`2022-05`) with so many articles each, in order; None where they are one, or none.

    >>> from sitegen.speech import english
    >>> [(one.label, one.start, one.width, one.height) for one in strip_view([("2022-04", 1), ("2022-07", 4)], english()).bars]
    [('April 2022', 0, 250, 25), ('July 2022', 750, 250, 100)]
    """
    if len(months) < 2:
        return None
    counts = dict(months)
    if _month(months[-1][0]) - _month(months[0][0]) >= LONG:
        years: Counter[str] = Counter()
        for month, count in months:
            years[month[:4]] += count
        counts = dict(years)
    begin, end = (_place(time) for time in (next(iter(counts)), next(reversed(counts))))
    unit, most = WIDTH / (end - begin + 1), max(counts.values())
    bars = []
    for time, count in counts.items():
        start = round((_place(time) - begin) * unit)
        stop = round((_place(time) - begin + 1) * unit)
        bars.append(BarView(text_of(speech, time), count, start, max(1, stop - start), max(4, round(HEIGHT * count / most))))
    return StripView(tuple(bars), bars[0].label, bars[-1].label, next(bar for bar in bars if bar.articles == most))


def _place(time: str) -> int:
    return _month(time) if len(time) == 7 else int(time)


def _month(time: str) -> int:
    year, month = time.split("-")
    return int(year) * 12 + int(month) - 1
