"""The chart of a claim: its figures over time, a step line for each speaker. It tells where things stand, and a theme draws them.

Across, places are percent of the breadth; down, they are pixels: so a chart is as readable on a telephone as on a wide screen, its lines
are stretched and its type is not. What lets it be stretched is that a step line is level and upright strokes alone: a figure holds until
the same speaker gives another.

A wording is drawn as what it allows (`content.figures.allowed`): "about 7,000" as the bar from 6,500 to 7,499, "more than 27,400" as a bar
that is open above.

Where figures are too few for lines, or all of one day, they are a strip of dots: across are their values, and each has a row of its own,
for on a telephone two labels side by side have no room."""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise
from typing import NamedTuple

from sitegen.archive.index import address_of
from sitegen.content.figures import allowed
from sitegen.model.kinds import ARTICLES
from sitegen.model.records import Break, Claim, Figure
from sitegen.model.tally import Reading
from sitegen.speech.dates import text_of
from sitegen.views import words
from sitegen.views.shelf import Shelf
from sitegen.views.types import (
    ChartLabelView,
    ChartLineView,
    ChartPointView,
    ChartTickView,
    ChartView,
    DotStripView,
    StripDotView,
    StrokeView,
)

FEWEST = 3
"""Points of a chart; where there are fewer, there is no line worth the name, and they are a strip of dots."""
MOST = 200
"""Points of a chart; of more the newest are drawn."""
TOP, BOTTOM = 24, 244
"""Where the highest and the lowest value stand."""
SMALL = 104
"""Where the lowest stands in a small chart."""
FIRST, LAST = 1.5, 98.5
"""Where the first and the last day stand."""
OPEN = 16
"""How far a bar goes that is open at an end."""
LABELS = 12
"""Speakers that are named in the chart; the table names all."""
_LINE = 15
"""The height of a label."""
_LETTER = 1.1
"""The breadth of a sign of a label, in percent of the chart."""
_WIDEST = 2.4
"""The same on the narrowest screen, where a label must not leave the chart."""
_BESIDE = (-9, 18, -24, 33, -39, 48)
"""How far from the end of a line its label may stand."""

ROWS = 12
"""Dots of a strip; of more the newest are drawn."""
ROW, NAME_AT, DOT_AT = 46, 14, 27
"""The height of a row, and where in it its label and its dot stand: nearer to one another than to those of other rows."""
LEAST, MOST_ACROSS = 7.0, 93.0
"""Where the lowest and the highest value of a strip stand: what is beside them is for open ends."""
OPEN_ACROSS = 6
"""How far a bar of a strip goes that is open at an end, in percent."""
SIGNS = 40
"""Signs of a label of a strip for which the narrowest screen has room."""


class _Dot(NamedTuple):
    """A figure on its day, with what its wording allows."""

    day: datetime.date
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    figure: Figure
    reading: Reading


def chart_view(readings: Sequence[Reading], claim: Claim, shelf: Shelf) -> ChartView | None:
    """The chart of a claim's readings, in their order; None where there are too few for one. Figures of another unit than what the claim
    counts, and shares, are not drawn. The scale begins at zero for running totals; else where the figures do."""
    measure = claim.measure
    unit, from_zero = (measure.unit or "", measure.cumulative) if measure else ("", False)
    return _chart(readings, shelf, unit, claim.breaks, BOTTOM, from_zero=from_zero)


def small_view(readings: Sequence[Reading], shelf: Shelf) -> ChartView | None:
    """A small chart of a part beside its total, from zero; of the unit that most of its figures have."""
    return _chart(readings, shelf, "", (), SMALL, from_zero=True)


def strip_view(readings: Sequence[Reading], claim: Claim, shelf: Shelf) -> DotStripView | None:
    """The figures of a claim on one scale of values, where they are too few for a chart; None where they are not, and where no two differ:
    one dot, or one above the other, show nothing. The scale is that of the chart, laid on its side."""
    measure = claim.measure
    unit, from_zero = (measure.unit or "", measure.cumulative) if measure else ("", False)
    every = list(_dots(readings, unit))
    dots = every[-ROWS:]
    if _are_enough(every[-MOST:]) or len({(dot.value, dot.low, dot.high) for dot in dots}) < 2:
        return None
    scale = _scale(_ends(dots), from_zero=from_zero, steps=2)
    bottom = ROW * len(dots) + 4
    return DotStripView(
        dots=tuple([_strip_dot(dot, number, scale, shelf) for number, dot in enumerate(dots)]),
        levels=tuple(
            [ChartTickView(text, x, bottom + 18, _anchor(x)) for value, text in _levels(scale.ticks, shelf) for x in [scale.x(value)]]
        ),
        height=bottom + 28,
        bottom=bottom,
        drawn=len(dots),
        left_out=len(every) - len(dots),
    )


def _are_enough(dots: Sequence[_Dot]) -> bool:
    """Whether figures make a chart over time."""
    return len(dots) >= FEWEST and dots[0].day != dots[-1].day


def _ends(dots: Iterable[_Dot]) -> list[Decimal]:
    """All that a scale must hold."""
    return [end for dot in dots for end in (dot.value, dot.low, dot.high) if end is not None]


def _strip_dot(dot: _Dot, number: int, scale: _Scale, shelf: Shelf) -> StripDotView:
    who, when = _who(dot, shelf), _when(dot, shelf)
    x = scale.x(dot.value)
    is_open = dot.low is None or dot.high is None
    low = round(x - OPEN_ACROSS, 2) if dot.low is None else scale.x(dot.low)
    high = round(x + OPEN_ACROSS, 2) if dot.high is None else scale.x(dot.high)
    return StripDotView(
        x=x,
        y=ROW * number + DOT_AT,
        low=low,
        high=high,
        is_open=is_open,
        is_dated=dot.reading.time is not None,
        who=_short(who, when),
        when=when,
        label_y=ROW * number + NAME_AT,
        title=_title(dot, who, when, shelf),
        href=_href(dot, shelf),
    )


def _short(who: str, when: str) -> str:
    """A speaker's name in so many signs as a telephone has room for beside the date; the table has it whole.

    >>> _short("Harbour Board", "1 March 1912"), _short("The Committee of Those who Live by the River", "1 March 1912")
    ('Harbour Board', 'The Committee of Those…')
    """
    room = max(8, SIGNS - len(when) - 2)
    return who if len(who) <= room else f"{who[:room].rsplit(' ', 1)[0].rstrip(' ,')}…"


def _chart(
    readings: Sequence[Reading], shelf: Shelf, unit: str, breaks: Sequence[Break], bottom: int, *, from_zero: bool
) -> ChartView | None:
    every = list(_dots(readings, unit))
    dots = every[-MOST:]
    if not _are_enough(dots):
        return None
    scale = _scale(_ends(dots), from_zero=from_zero, bottom=bottom, steps=4 if bottom == BOTTOM else 2)
    across = _Across(dots[0].day, dots[-1].day)
    by_speaker = groupby(sorted(dots, key=lambda dot: dot.reading.sources), key=lambda dot: dot.reading.sources)
    lines = [_line(list(some), shelf, scale, across) for _, some in by_speaker]
    lines.sort(key=lambda line: line.points[-1].y)
    return ChartView(
        lines=tuple(lines),
        labels=_labels(lines, bottom),
        levels=tuple(ChartTickView(text, 0, scale.y(value), "start") for value, text in _levels(scale.ticks, shelf)),
        times=tuple(_times(dots[0].day, dots[-1].day, shelf, across, bottom)),
        breaks=tuple(_breaks(breaks, across)),
        height=bottom + 28,
        bottom=bottom,
        drawn=len(dots),
        left_out=len(every) - len(dots),
        first=_when(dots[0], shelf),
        last=_when(dots[-1], shelf),
    )


def _breaks(breaks: Iterable[Break], across: _Across) -> Iterator[ChartTickView]:
    """Where a source counts otherwise from then on, as far as the chart reaches."""
    for one in breaks:
        day = datetime.date.fromisoformat(one.date.first)
        if across.first <= day <= across.last:
            yield ChartTickView(one.why, across.x(day), TOP, "middle")


def _dots(readings: Sequence[Reading], unit: str) -> Iterator[_Dot]:
    """The figures that one chart can hold: of one unit, which is the claim's, or where it names none that of most."""
    numbers = [(one, figure) for one in readings if one.day for figure in one.figures if _value(figure) is not None]
    counts = Counter(figure.unit or "" for _, figure in numbers)
    common = unit if unit in counts else max(counts, key=lambda each: (counts[each], each), default="")
    seen: set[int] = set()
    for one, figure in numbers:
        value = _value(figure)
        if id(one) in seen or value is None or (figure.unit or common) != common:
            continue
        seen.add(id(one))
        yield _Dot(_day(one), value, *allowed(figure), figure, one)


def _day(one: Reading) -> datetime.date:
    """Where a reading stands: on its day; of a month or a year, in the middle of that."""
    date = one.time.date if one.time else None
    if date is None or date.day or "/" in date.text:
        return datetime.date.fromisoformat(one.day)
    first, last = datetime.date.fromisoformat(date.first), datetime.date.fromisoformat(date.last)
    return first + (last - first) // 2


def _value(figure: Figure) -> Decimal | None:
    """Where a figure stands: a range in its middle."""
    if figure.value is None and figure.min is not None and figure.max is not None:
        return (figure.min + figure.max) / 2
    return next((one for one in (figure.value, figure.min, figure.max) if one is not None), None)


class _Scale(NamedTuple):
    """From values to pixels, or to percent where it lies on its side, and the values that are written beside it."""

    low: Decimal
    high: Decimal
    ticks: tuple[Decimal, ...]
    bottom: int = BOTTOM

    def y(self, value: Decimal) -> float:
        return round(float(TOP + (self.high - value) / (self.high - self.low) * (self.bottom - TOP)), 1)

    def x(self, value: Decimal) -> float:
        return round(LEAST + float((value - self.low) / (self.high - self.low)) * (MOST_ACROSS - LEAST), 2)


def _scale(values: Sequence[Decimal], *, from_zero: bool, bottom: int = BOTTOM, steps: int = 4) -> _Scale:
    """A scale that holds the values, between round numbers, in about so many steps.

    >>> _scale([Decimal(3), Decimal(28)], from_zero=True).ticks
    (Decimal('0'), Decimal('10'), Decimal('20'), Decimal('30'))
    """
    least, most = min(values), max(values)
    if from_zero or 0 <= least < most / 2:
        least, most = min(least, Decimal(0)), max(most, Decimal(0))
    step = _round_step((most - least or abs(most) or Decimal(1)) / steps)
    low, high = math.floor(least / step), math.ceil(most / step)
    ticks = tuple(step * number for number in range(low, max(high, low + 1) + 1))
    return _Scale(ticks[0], ticks[-1], ticks, bottom)


def _round_step(least: Decimal) -> Decimal:
    """The least of 1, 2, 5, 10, 20, 50 … (and of their tenths) that is not smaller.

    >>> [str(_round_step(Decimal(text))) for text in ("7", "0.03", "210")]
    ['10', '0.05', '500']
    """
    power = Decimal(1).scaleb(least.adjusted())
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least)
    return step if step != step.to_integral_value() else Decimal(int(step))


def _levels(ticks: Sequence[Decimal], shelf: Shelf) -> Iterator[tuple[Decimal, str]]:
    """The values of a scale with what is written beside them: large ones in millions or billions, that they cover no line."""
    speech, largest = shelf.speech, max(abs(tick) for tick in ticks)
    unit, text = next(((unit, text) for unit, text in words.LARGE if largest >= unit), (1, ""))
    for tick in ticks:
        number = words.number(speech, (tick / unit).normalize())
        yield tick, speech.gettext(text) % {"number": number} if text and tick else number


class _Across(NamedTuple):
    """From days to percent, between the first and the last of the chart."""

    first: datetime.date
    last: datetime.date

    def x(self, day: datetime.date) -> float:
        return round(FIRST + (day - self.first).days / max(1, (self.last - self.first).days) * (LAST - FIRST), 2)


def _line(dots: Sequence[_Dot], shelf: Shelf, scale: _Scale, across: _Across) -> ChartLineView:
    """The line of one speaker."""
    speakers = shelf.speakers(dots[0].reading.sources)
    who = _who(dots[0], shelf)
    points = tuple([_point(dot, who, shelf, scale, across) for dot in dots])
    strokes = []
    for before, after in pairwise(points):
        strokes.append(StrokeView(before.x, before.y, after.x, before.y))
        if after.y != before.y:
            strokes.append(StrokeView(after.x, before.y, after.x, after.y))
    return ChartLineView(speakers, points, tuple(strokes))


def _point(dot: _Dot, who: str, shelf: Shelf, scale: _Scale, across: _Across) -> ChartPointView:
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
        title=_title(dot, who, _when(dot, shelf), shelf),
        href=_href(dot, shelf),
    )


def _who(dot: _Dot, shelf: Shelf) -> str:
    return ", ".join(speaker.text for speaker in shelf.speakers(dot.reading.sources))


def _when(dot: _Dot, shelf: Shelf) -> str:
    """Of which date a figure is, in words; else that of its article."""
    reading = dot.reading
    return text_of(shelf.speech, reading.time.date.text if reading.time else reading.day)


def _title(dot: _Dot, who: str, when: str, shelf: Shelf) -> str:
    return f"{words.figure_view(dot.figure, shelf.speech).text}, {who}, {when}"


def _href(dot: _Dot, shelf: Shelf) -> str:
    """Where its words are."""
    return f"{shelf.href(address_of(ARTICLES.key(dot.reading.article)))}#{dot.reading.id}"


def _end(value: Decimal | None, open_end: float, scale: _Scale) -> float:
    """Where a bar ends; open, at a distance from its point."""
    return round(open_end, 1) if value is None else scale.y(value)


def _labels(lines: Sequence[ChartLineView], bottom: int) -> tuple[ChartLabelView, ...]:
    """The names of the speakers at the ends of their lines: behind its end, above or below it, where neither a line nor another name is in
    the way, and else above. `lines` are in the order of their ends, the highest first."""
    strokes = [
        [(min(one.x1, one.x2), max(one.x1, one.x2), min(one.y1, one.y2), max(one.y1, one.y2)) for one in line.strokes] for line in lines
    ]
    out: list[ChartLabelView] = []
    for number, line in enumerate(lines[:LABELS]):
        end, text = line.points[-1], ", ".join(speaker.text for speaker in line.speakers)
        anchor = "end" if end.x > 50 else "start"
        places = [ChartLabelView(text, end.x, round(max(end.y + by, 12), 1), anchor) for by in _BESIDE]
        if end.x + len(text) * _WIDEST < LAST:  # a line that ends early has room behind it
            places.insert(0, ChartLabelView(text, round(end.x + _LETTER, 2), round(end.y + 4, 1), "start"))
        fitting = [one for one in places if one.y <= bottom - 4 and not any(_touch(one, other) for other in out)]
        others = [
            stroke for other, some in enumerate(strokes) if other != number for stroke in some
        ]  # over its own line it is still its own
        free = (one for one in fitting if not _crosses(one, others))
        out.append(next(free, fitting[0] if fitting else places[0]))
    return tuple(out)


def _breadth(label: ChartLabelView) -> tuple[float, float]:
    """From where to where a label goes, in percent of a chart on a screen of middling width."""
    width = len(label.text) * _LETTER
    return (label.x - width, label.x) if label.anchor == "end" else (label.x, label.x + width)


def _touch(one: ChartLabelView, other: ChartLabelView) -> bool:
    (start, end), (first, last) = _breadth(one), _breadth(other)
    return abs(one.y - other.y) < _LINE and start < last and first < end


def _crosses(label: ChartLabelView, strokes: Iterable[tuple[float, float, float, float]]) -> bool:
    """Whether any stroke (left, right, top, bottom) is in the way of a label."""
    start, end = _breadth(label)
    low, high = label.y + 3, label.y - 11
    return any(left < end and right > start and top < low and bottom > high for left, right, top, bottom in strokes)


def _times(first: datetime.date, last: datetime.date, shelf: Shelf, across: _Across, bottom: int) -> Iterator[ChartTickView]:
    """What is written below: days, months or years, by how long it is; at most five."""
    for day, text in _marks(first, last):
        x = across.x(day)
        yield ChartTickView(text_of(shelf.speech, text), x, bottom + 18, _anchor(x))


def _anchor(x: float) -> str:
    """How a text stands at a place, that it does not leave the chart."""
    return "start" if x < 12 else "end" if x > 88 else "middle"


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
