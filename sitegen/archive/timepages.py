"""The pages of the timeline: of each stretch its strip, its lanes, its neighbours, and what it lists.

A page holds the numbers of the stretches in it and the entries that it lists, and nothing else, so that an edit touches those in which it
lies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from typing import NamedTuple

from msgspec.structs import replace

from sitegen.archive import paging
from sitegen.archive import timeline as times
from sitegen.archive.timeline import UNITS, Entry, Timeline, held_by
from sitegen.model.article import Key
from sitegen.model.pages import Counted, Lane, Listed, TimelinePage

LANES = 8
"""Places and topics whose lanes are shown."""
SHORT, LONG = 3, 12
"""Months up to which all days are shown together, and years up to which all months are."""
COLUMNS = 24
"""Columns of a lane, about."""
SPAN, UNDATED = "span", "undated"
"""Behind the address of a stretch: what is known no closer than to it, and what has no date, where that is much."""


class Named(NamedTuple):
    """A place or topic, and how often it is told of in which month (`1911-07`; a year where no month is known), each with the address at
    which that is told: how many articles of then name it, or how many statements about it say that something happened then."""

    subject: Key
    months: tuple[tuple[str, int, str], ...]


def pages_of_time(ways: Sequence[Timeline], subjects: Sequence[Sequence[Named]]) -> Iterator[TimelinePage]:
    """All pages of the timeline. `ways`: by what was reported, and by what is said to have happened; `subjects`: of each the places and
    topics that may have lanes."""
    for number, timeline in enumerate(ways):
        named = _by_year(subjects[number])
        if number and not timeline.totals:
            continue
        # what was reported has a page, whatever it tells
        other = ways[1 - number] if len(ways) > 1 and (number or ways[1].totals) else None
        level: dict[int, list[str]] = {}
        for period in timeline.pages:
            level.setdefault(len(period), []).append(period)
        for same in level.values():
            for position, period in enumerate(same):
                beside = (same[position - 1] if position else None, same[position + 1] if position + 1 < len(same) else None)
                there = other.address(other.page_of(period)) if other is not None else ""
                yield from _pages_of(timeline, period, beside, there, named)


def _pages_of(
    timeline: Timeline, period: str, beside: tuple[str | None, str | None], there: str, named: Mapping[str, Sequence[Named]]
) -> Iterator[TimelinePage]:
    """The pages of a stretch, and those of what is known no closer, or not at all, where that is much."""
    shown, loose = timeline.listed(period)
    address = timeline.address(period)
    apart: dict[str, list[Entry]] = {}
    for part, some in ((SPAN, loose), (UNDATED, timeline.undated if period == timeline.root else ())):
        if len(some) > times.FEW:
            apart[part] = list(some)
        else:
            shown += some
    aside, undated = ((sum(one.number for one in apart[part]), f"{address}{part}/") if part in apart else None for part in (SPAN, UNDATED))
    sizes = [size for size in (0, *UNITS) if len(timeline.root) <= size < len(period)]
    above = tuple((period[:size], timeline.address(period[:size])) for size in sizes)
    older, newer = ((one, timeline.address(one)) if one is not None else None for one in beside)
    grain, rows, cells = _grid(timeline, period)
    columns, lanes = _lanes(timeline, period, named) if timeline.is_open(period) else ((), ())
    bare = TimelinePage(
        address=address,
        way=timeline.way,
        period=period,
        grain="",
        rows=(),
        cells=(),
        columns=(),
        lanes=(),
        listed=_listed(shown),
        cards=_cards(shown),
        aside=None,
        undated=None,
        part="",
        paging=None,
        above=above,
        older=None,
        newer=None,
        other=there,
        total=timeline.totals[period] + (len(timeline.undated) if period == timeline.root else 0),
    )
    is_much = len(period) == max(UNITS) and len(shown) > times.CROWD[timeline.way]
    front, *further = _cut(bare, shown, address) if is_much else [bare]
    yield replace(
        front, grain=grain, rows=rows, cells=cells, columns=columns, lanes=lanes, aside=aside, undated=undated, older=older, newer=newer
    )
    yield from further
    for part, some in apart.items():
        total = sum(one.number for one in some)
        yield from _cut(replace(bare, part=part, above=(*above, (period, address)), total=total), some, f"{address}{part}/")


def _cut(page: TimelinePage, entries: Sequence[Entry], address: str) -> Iterator[TimelinePage]:
    """A page that lists many entries, as several."""
    for place, some in paging.named(entries, address):
        yield replace(
            page,
            address=paging.page_address(place),
            listed=_listed(some),
            cards=_cards(some),
            paging=place,
            total=page.total if not place.number else None,
        )


def _listed(entries: Iterable[Entry]) -> tuple[Listed, ...]:
    return tuple([Listed(held_by(one), one.article, one.value) for one in entries])


def _cards(entries: Iterable[Entry]) -> tuple[Key, ...]:
    return tuple(sorted({need for one in entries for need in one.needs}))


def _grid(timeline: Timeline, period: str) -> tuple[str, tuple[Counted, ...], tuple[Counted, ...]]:
    """Of what the cells of a stretch are, the rows in which they lie, and the cells. One alone says nothing that the page does not."""
    inside = timeline.within(period)
    sizes = {size: [one for one in inside if len(one) == size] for size in UNITS}
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
    return UNITS[grain], tuple(Counted(one, timeline.totals[one], timeline.told_at(one) if one != period else "") for one in rows), cells


def _lanes(timeline: Timeline, period: str, named: Mapping[str, Sequence[Named]]) -> tuple[tuple[str, ...], tuple[Lane, ...]]:
    """The lanes of the places and topics that are named most in all time or in a year, and the stretches that are their columns."""
    inside = timeline.within(period)
    months, years = ([one for one in inside if len(one) == size] for size in (7, 4))
    if len(period) > 4 or len(months) < 2:
        return (), ()
    if _month(months[-1]) - _month(months[0]) < COLUMNS:
        size = 7
        columns = [_month_at(number) for number in range(_month(months[0]), _month(months[-1]) + 1)]
    else:  # years, decades, centuries
        size = next((size for size in (4, 3) if int(years[-1][:size]) - int(years[0][:size]) < COLUMNS), 2)
        columns = [f"{number:0{size}}".ljust(4, "X") for number in range(int(years[0][:size]), int(years[-1][:size]) + 1)]
    lanes = []
    for one in _most(named.get(period, ())):
        counts: Counter[str] = Counter()
        addresses: dict[str, str] = {}
        for month, count, address in one.months:  # of several months the newest is told first
            column = month[:size].ljust(4, "X")
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
