"""The timeline: which stretches of time have pages, and what lies in each (`archive.timepages` says how they tell it).

It is told in two ways: by the dates of articles (`reported`), and by when something is said to have happened (`happened`). Years hold
months, and months days; a stretch of few entries tells them itself and has no pages below it. What is known less closely than to the
day is counted in the stretches that hold it wholly, and told at the smallest of them: it is never taken for a day.

Pure functions of what the index and the boxes tell. An article that comes or goes touches the stretches in which it lies, and no others.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sitegen import urls
from sitegen.model.article import Key
from sitegen.model.base import Value
from sitegen.model.box import Slip
from sitegen.model.dates import holding
from sitegen.model.kinds import ARTICLES
from sitegen.model.pages import Contributed
from sitegen.model.tally import Stretch

TIMES = "when/"
"""With what the keys begin under which articles give what is said to have happened; a month, a year or nothing follows."""
FEW = 25
"""Entries that one page tells day by day, whatever stretch of time it is of."""
CROWD = {"reported": 400, "happened": 60}
"""Entries of a month from which on its days have pages of their own, and of a day from which on it has several: a line each, or a sentence
with all that is told of it."""
UNITS = {4: "year", 7: "month", 10: "day"}
BELOW = {0: 4, 4: 7, 7: 10}
"""How long the name of a stretch is, and of those in it."""


def times_key(period: str) -> Key:
    """What is given to the timeline of a month, a year or all time.

    >>> times_key("1911-07")
    'when/1911-07'
    """
    return f"{TIMES}{period}"


class Happened(Value, frozen=True):
    """What one article says to have happened within one and the same time: the first and the last day (ISO) that this can mean, what is
    said, how many statements these are, and the cards with which they are shown."""

    first: str
    last: str
    said: Contributed
    count: int
    needs: tuple[Key, ...]


class Entry(NamedTuple):
    """An entry, in the order of time: the days (ISO) between which it lies, what is listed, and for how many it counts."""

    first: str
    last: str
    article: Key
    value: bytes
    number: int
    needs: tuple[Key, ...]


class Timeline:
    """The timeline in one way: what lies in which stretch, and which of these have pages.

    `at`: the smallest stretch that holds it (a day, month, year, decade `191X`, or "") -> entries; `totals`: how many lie wholly in a year,
    month or day, or ("") are dated at all. `root`: what the front is of: all time, or the year, month or day that holds everything;
    `pages`: it, and the stretches that have pages of their own."""

    def __init__(self, way: str, entries: Iterable[Entry], undated: Sequence[Entry] = ()) -> None:
        self.way = way
        self.at: dict[str, list[Entry]] = {}
        self.totals: Counter[str] = Counter()
        self.undated = undated
        for one in entries:
            period = held_by(one)
            self.at.setdefault(period, []).append(one)
            for size in (0, *UNITS):
                if size <= len(period) and "X" not in period[:size]:
                    self.totals[period[:size]] += one.number
        self.stretches = sorted(self.totals)
        self.order = sorted(self.at, key=_last)
        self._lasts = [_last(period) for period in self.order]
        self._told: dict[str, str] = {}
        self.root = self._common()
        self.pages = list(self._pages(self.root))

    def _common(self) -> str:
        """The smallest stretch that holds all that is dated."""
        root = ""
        while (size := BELOW.get(len(root))) and self.totals:
            inside = [one for one in self.within(root) if len(one) == size]
            if len(inside) != 1 or self.totals[inside[0]] != self.totals[root]:
                break
            root = inside[0]
        return root

    def within(self, period: str) -> list[str]:
        """The stretches of all sizes in a stretch, in order; not itself."""
        start = bisect_left(self.stretches, f"{period}-" if period else "0")
        stop = bisect_left(self.stretches, f"{period}~")
        return self.stretches[start:stop]

    def is_open(self, period: str) -> bool:
        """Whether a stretch that has a page has further ones below it."""
        return len(period) < 10 and self.totals[period] > (CROWD[self.way] if len(period) == 7 else FEW)

    def _pages(self, period: str) -> Iterator[str]:
        yield period
        if self.is_open(period):
            for one in self.within(period):
                if len(one) == BELOW[len(period)]:
                    yield from self._pages(one)

    def address(self, period: str) -> str:
        """Of the page of a stretch."""
        return urls.timeline_address(self.way, "" if period == self.root else period)

    def page_of(self, period: str) -> str:
        """The smallest stretch with a page that tells of a time."""
        page = self.root
        if not period.startswith(page):
            return page
        for size in UNITS:
            if len(page) < size <= len(period):
                if not self.is_open(page) or not self.totals[period[:size]]:
                    break
                page = period[:size]
        return page

    def told_at(self, period: str) -> str:
        """Where a stretch is told: the address of its page, or of its place on another where something lies in it."""
        told = self._told.get(period)  # a day is asked for by the pages of its month and year, and by its own
        if told is None:
            page = self.page_of(period)
            told = self.address(page)
            if len(page) < len(period) and self.totals[period]:
                told += f"#{anchor_of(self.order[bisect_left(self._lasts, f'{period}-')])}"
            self._told[period] = told
        return told

    def listed(self, period: str) -> tuple[list[Entry], list[Entry]]:
        """What the page of a stretch tells entry by entry, in the order of time, so that what is known less closely follows what it may be;
        and, where there are pages below it, what is known no closer than to it."""
        if self.is_open(period):
            keys = [key for key in self.order if key.endswith("X") or not key] if not period else [period]
            return [], [one for key in keys for one in self.at.get(key, ())]
        start, stop = bisect_left(self._lasts, f"{period}-" if period else ""), bisect_right(self._lasts, _last(period))
        return [one for key in self.order[start:stop] for one in self.at[key]], []


def anchor_of(period: str) -> str:
    """The id of what a page tells of a stretch.

    >>> anchor_of("1911-07-04")
    '_1911-07-04'
    """
    return f"_{period or 'other'}"


def held_by(one: Entry) -> str:
    """The smallest stretch that holds an entry; empty where not even a decade does."""
    is_of_a_decade = one.first and one.first[:3] == one.last[:3]
    return holding(one.first, one.last) or (f"{one.first[:3]}X" if is_of_a_decade else "")


def _last(period: str) -> str:
    """By what stretches are put in order so that each follows those in it."""
    return f"{period}~"


def reported(articles: Iterable[Slip]) -> Timeline:
    """The timeline of the articles, by their dates."""
    entries, undated = [], []
    for slip in articles:
        key = ARTICLES.key(slip.stem)
        if slip.order:
            one, other = slip.order.split(" ")
            entries.append(Entry(min(one, other), max(one, other), key, b"", 1, ()))
        else:
            undated.append(Entry("", "", key, b"", 1, ()))
    return Timeline("reported", sorted(entries), sorted(undated))


def happened(found: Iterable[Happened]) -> Timeline:
    """The timeline of what is said to have happened."""
    ordered = sorted(found, key=lambda one: (one.first, one.last, one.said.article))
    return Timeline("happened", [Entry(one.first, one.last, one.said.article, one.said.value, one.count, one.needs) for one in ordered])


def stretches(timeline: Timeline) -> Iterator[Stretch]:
    """The cards by which strips on other pages lead into the timeline."""
    yield Stretch("", timeline.address(timeline.root), not timeline.root and timeline.is_open(""))
    for year in timeline.stretches:
        if len(year) == 4:
            page = timeline.page_of(year)
            is_year = len(page) == 4 and timeline.is_open(page)
            yield Stretch(year, timeline.address(page), is_year)
