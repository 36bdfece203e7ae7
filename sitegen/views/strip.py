"""The strip of bars that tells of which months articles are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sitegen import urls
from sitegen.model.tally import STRETCH, Stretch, stretch_key
from sitegen.speech.dates import text_of
from sitegen.views import words
from sitegen.views.shelf import Shelf
from sitegen.views.types import BarView, StripView

WIDTH, HEIGHT = 1000, 100
LONG = 120
"""Months in a strip; a longer one is of years, for a bar of less than 1/120 of its breadth is a hair."""


def strip_view(months: Sequence[tuple[str, int]], shelf: Shelf) -> StripView | None:
    """The strip of some months (`2022-05`) with so many articles each, in order; None where they are one, or none."""
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
        bars.append(
            BarView(
                label=text_of(shelf.speech, time),
                articles=count,
                start=start,
                width=max(1, stop - start),
                height=max(4, round(HEIGHT * count / most)),
                href=_href(time, shelf),
                name=words.of_counted(shelf.speech, text_of(shelf.speech, time), words.counted(shelf.speech, "reported", count)),
            )
        )
    return StripView(tuple(bars), bars[0].label, bars[-1].label, next(bar for bar in bars if bar.articles == most))


def _href(time: str, shelf: Shelf) -> str:
    """Where the timeline tells a month or a year: at the page of that month, where it has one, else where it tells its year."""
    stretch = shelf.cards.get(stretch_key(time[:4])) or shelf.cards.get(STRETCH)
    if not isinstance(stretch, Stretch):
        return ""
    return shelf.href(urls.timeline_address("reported", time) if stretch.is_open and len(time) == 7 else stretch.address)


def _place(time: str) -> int:
    return _month(time) if len(time) == 7 else int(time)


def _month(time: str) -> int:
    year, month = time.split("-")
    return int(year) * 12 + int(month) - 1
