"""The timeline: which stretches of time have pages, and what stands on each.

It is told in two ways: by the dates of articles (`reported`), and by when something is said to have happened (`happened`). Years hold
months, and months days; a stretch of few entries tells them itself and has no pages below it. What is known less closely than to the
day is counted in the stretches that hold it wholly, and told at the smallest of them: it is never taken for a day.

Pure functions of what the index and the boxes tell. An article that comes or goes touches the stretches in which it lies, and no others.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from typing import NamedTuple

from sitegen import urls
from sitegen.archive import paging
from sitegen.model.article import Key
from sitegen.model.base import Value
from sitegen.model.box import Slip
from sitegen.model.dates import holding
from sitegen.model.kinds import ARTICLES
from sitegen.model.pages import Contributed, Counted, Lane, Listed, TimelinePage
from sitegen.model.tally import Stretch

TIMES = "when/"
"""With what the keys begin under which articles give what is said to have happened; a month, a year or nothing follows."""
FEW = 25
"""Entries that one page tells day by day, whatever stretch of time it is of."""
CROWD = {"reported": 400, "happened": 60}
"""Entries of a month from which on its days have pages of their own: a line each, or a sentence with all that is told of it."""
LANES = 8
"""Places and topics whose lanes are shown."""
SHORT, LONG = 3, 12
"""Months up to which all days are shown together, and years up to which all months are."""
COLUMNS = 24
"""Columns of a lane, about."""
ASIDE = "span/"
"""Behind the address of a stretch: what is known no closer than to it, where that is much."""
_UNITS = {4: "year", 7: "month", 10: "day"}
_BELOW = {0: 4, 4: 7, 7: 10}
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


class Named(NamedTuple):
    """A place or topic, and how many articles name it in which month (`1911-07`), each with the address at which it tells them."""

    subject: Key
    months: tuple[tuple[str, int, str], ...]


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
            period = _held(one)
            self.at.setdefault(period, []).append(one)
            for size in (0, *_UNITS):
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
        while (size := _BELOW.get(len(root))) and self.totals:
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
                if len(one) == _BELOW[len(period)]:
                    yield from self._pages(one)

    def address(self, period: str) -> str:
        """Of the page of a stretch."""
        return urls.timeline_address(self.way, "" if period == self.root else period)

    def page_of(self, period: str) -> str:
        """The smallest stretch with a page that tells of a time."""
        page = self.root
        if not period.startswith(page):
            return page
        for size in _UNITS:
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
        and, where there are pages below it, or no date at all, what is known no closer than to it."""
        undated = self.undated if period == self.root else ()
        if self.is_open(period):
            keys = [key for key in self.order if key.endswith("X") or not key] if not period else [period]
            return [], [*(one for key in keys for one in self.at.get(key, ())), *undated]
        start, stop = bisect_left(self._lasts, f"{period}-" if period else ""), bisect_right(self._lasts, _last(period))
        return [one for key in self.order[start:stop] for one in self.at[key]], list(undated)


def anchor_of(period: str) -> str:
    """The id of what a page tells of a stretch.

    >>> anchor_of("1911-07-04")
    '_1911-07-04'
    """
    return f"_{period or 'other'}"


def _held(one: Entry) -> str:
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


def pages(ways: Sequence[Timeline], subjects: Sequence[Named]) -> Iterator[TimelinePage]:
    """All pages of the timeline. `ways`: by what was reported, and by what is said to have happened; `subjects`: places and topics, whose
    lanes are of what was reported."""
    named = _by_year(subjects)
    for number, timeline in enumerate(ways):
        other = ways[1 - number] if len(ways) > 1 else None
        if number and not timeline.totals:
            continue
        level: dict[int, list[str]] = {}
        for period in timeline.pages:
            level.setdefault(len(period), []).append(period)
        for same in level.values():
            for position, period in enumerate(same):
                beside = (same[position - 1] if position else None, same[position + 1] if position + 1 < len(same) else None)
                there = other.address(other.page_of(period)) if other is not None and other.totals else ""
                yield from _pages_of(timeline, period, beside, there, named if not number else {})


def _pages_of(
    timeline: Timeline, period: str, beside: tuple[str | None, str | None], there: str, named: Mapping[str, Sequence[Named]]
) -> Iterator[TimelinePage]:
    """The page of a stretch, and those of what is known no closer, where that is much."""
    shown, loose = timeline.listed(period)
    address, is_much, many = timeline.address(period), len(loose) > FEW, sum(one.number for one in loose)
    shown += loose if not is_much else []
    sizes = [size for size in (0, *_UNITS) if len(timeline.root) <= size < len(period)]
    above = tuple((period[:size], timeline.address(period[:size])) for size in sizes)
    older, newer = ((one, timeline.address(one)) if one is not None else None for one in beside)
    grain, rows, cells = _grid(timeline, period)
    columns, lanes = _lanes(timeline, period, named) if timeline.is_open(period) else ((), ())
    yield TimelinePage(
        address=address,
        way=timeline.way,
        period=period,
        grain=grain,
        rows=rows,
        cells=cells,
        columns=columns,
        lanes=lanes,
        listed=_listed(shown),
        cards=_cards(shown),
        aside=(many, f"{address}{ASIDE}") if is_much else None,
        paging=None,
        above=above,
        older=older,
        newer=newer,
        other=there,
        total=timeline.totals[period] + (len(timeline.undated) if period == timeline.root else 0),
    )
    for place, some in paging.named(loose, f"{address}{ASIDE}") if is_much else ():
        yield TimelinePage(
            address=paging.page_address(place),
            way=timeline.way,
            period=period,
            grain="",
            rows=(),
            cells=(),
            columns=(),
            lanes=(),
            listed=_listed(some),
            cards=_cards(some),
            aside=None,
            paging=place,
            above=(*above, (period, address)),
            older=None,
            newer=None,
            other=there,
            total=many if not place.number else None,
        )


def _listed(entries: Iterable[Entry]) -> tuple[Listed, ...]:
    return tuple([Listed(_held(one), one.article, one.value) for one in entries])


def _cards(entries: Iterable[Entry]) -> tuple[Key, ...]:
    return tuple(sorted({need for one in entries for need in one.needs}))


def _grid(timeline: Timeline, period: str) -> tuple[str, tuple[Counted, ...], tuple[Counted, ...]]:
    """Of what the cells of a stretch are, the rows in which they lie, and the cells. One alone says nothing that the page does not."""
    inside = timeline.within(period)
    sizes = {size: [one for one in inside if len(one) == size] for size in _UNITS}
    grain = 10 if sizes[10] else 7 if sizes[7] else 4
    if not period and sizes[4]:
        years = int(sizes[4][-1]) - int(sizes[4][0]) + 1
        months = _month(sizes[7][-1]) - _month(sizes[7][0]) + 1 if sizes[7] else 0
        grain = 4 if years > LONG or not months else grain if months <= SHORT and years <= 2 else 7
    elif len(period) == 4 and not timeline.is_open(period) and len(sizes[7]) > 1:
        grain = 7  # its few entries stand below
    cells = tuple(Counted(one, timeline.totals[one], timeline.told_at(one)) for one in sizes[grain])
    if len(cells) < 2:
        return "", (), ()
    if grain == 4:
        decades: Counter[str] = Counter()
        for one in sizes[4]:
            decades[f"{one[:3]}X"] += timeline.totals[one]
        for one in timeline.order:
            if one.endswith("X"):
                decades[one] += sum(entry.number for entry in timeline.at[one])
        return "year", tuple(Counted(one, count, "") for one, count in sorted(decades.items())), cells
    above = {7: 4, 10: 7}[grain]
    rows = [period] if len(period) == above else sizes[above]
    return _UNITS[grain], tuple(Counted(one, timeline.totals[one], timeline.told_at(one) if one != period else "") for one in rows), cells


def _lanes(timeline: Timeline, period: str, named: Mapping[str, Sequence[Named]]) -> tuple[tuple[str, ...], tuple[Lane, ...]]:
    """The lanes of the places and topics that are named most in all time or in a year, and the stretches that are their columns."""
    inside = timeline.within(period)
    months, years = ([one for one in inside if len(one) == size] for size in (7, 4))
    if len(period) > 4 or len(months) < 2:
        return (), ()
    if _month(months[-1]) - _month(months[0]) < COLUMNS:
        size = 7
        columns = [_month_at(number) for number in range(_month(months[0]), _month(months[-1]) + 1)]
    elif int(years[-1]) - int(years[0]) < COLUMNS:
        size = 4
        columns = [f"{number:04}" for number in range(int(years[0]), int(years[-1]) + 1)]
    else:
        size = 3
        columns = [f"{number:03}X" for number in range(int(years[0]) // 10, int(years[-1]) // 10 + 1)]
    lanes = []
    for one in _most(named.get(period, ())):
        counts: Counter[str] = Counter()
        addresses: dict[str, str] = {}
        for month, count, address in one.months:  # of several months the newest is told first
            column = f"{month[:3]}X" if size == 3 else month[:size]
            counts[column] += count
            addresses[column] = address
        lanes.append(Lane(one.subject, tuple(Counted(column, counts[column], addresses[column]) for column in columns if counts[column])))
    return (tuple(columns), tuple(lanes)) if lanes else ((), ())


def _by_year(subjects: Sequence[Named]) -> dict[str, list[Named]]:
    """The subjects of all time ("") and of each year."""
    out: dict[str, list[Named]] = {"": list(subjects)}
    for one in subjects:
        years: dict[str, list[tuple[str, int, str]]] = {}
        for month in one.months:
            years.setdefault(month[0][:4], []).append(month)
        for year, months in years.items():
            out.setdefault(year, []).append(Named(one.subject, tuple(months)))
    return out


def _most(named: Iterable[Named]) -> list[Named]:
    """Those that are named by most articles, half of them places and half topics where there are as many; kind by kind."""
    kinds: dict[str, list[tuple[int, Key, Named]]] = {}
    for one in named:
        total = sum(count for _, count, _ in one.months)
        kinds.setdefault(one.subject.partition("/")[0], []).append((-total, one.subject, one))
    best = {kind: nsmallest(LANES, some) for kind, some in kinds.items()}
    half = LANES // 2
    chosen = [one for some in best.values() for one in some[:half]]
    chosen += nsmallest(LANES - len(chosen), [one for some in best.values() for one in some[half:]])
    return [one for kind in sorted(best) for _, subject, one in sorted(chosen) if subject.startswith(f"{kind}/")]


def _month(period: str) -> int:
    year, month = period[:7].split("-")
    return int(year) * 12 + int(month) - 1


def _month_at(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"
