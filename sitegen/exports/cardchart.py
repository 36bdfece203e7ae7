"""The chart of a claim on its social card: where the page's chart has things, but so large that they are seen on a card as small as a
telephone shows it. Pure: a view and a place in, lines, boxes and dots out.

Across, the percent of the page are percent of what lies between the numbers at the left and the names at the right; down, its pixels are
stretched to the height that there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

from sitegen.exports.faces import Face, plain_line
from sitegen.exports.typesetting import Box, Dot, Line
from sitegen.views.chart import OPEN
from sitegen.views.types import ChartPointView, ChartView, StrokeView

T = TypeVar("T")

SIZE = 26
"""Pixels of its type; as the card is shown, less than half."""
NAMED = 4
"""Speakers whose names stand in it: those with the most figures."""
NAME = 290
"""The widest that a name may be."""
BEHIND = 16
"""From the end of a line to its name."""
THICK = 4
"""Of a line."""
WIDE = 26
"""Of a bar, which is what a wording allows."""
FAINT = 35
"""How strong a bar is, in hundredths."""
DASHES: tuple[tuple[int, ...], ...] = ((), (20, 9), (6, 9), (26, 9, 6, 9))
"""Of the first line, the second and so on, as on the page: how long a dash is and the gap behind it; those that follow have none."""
AJAR = 30
"""How far a bar goes at the least that is open at an end."""
HOLES = (6, 4)
"""The dashes of such a bar."""
PARTED = (9, 9)
"""The same where a source counts otherwise from then on."""
RADII = ((40, 8), (100, 6), (1000, 4))
"""How large a dot is where there are no more than so many."""
_ASIDE = (0, -10, 10, -20, 20, -30, 30)
"""How far a name may stand above or below the end of its line."""
_FURTHER = (-45, 45, -60, 60)


class Place(NamedTuple):
    """Where the curves stand, in pixels: the first day at about `left`, the last at about `right`; the lowest value at `bottom`, beneath
    which are the dates, the highest at `top`."""

    left: int
    right: int
    top: int
    bottom: int


class Plot(NamedTuple):
    """A chart, laid out; `names` are those of its speakers with the most figures."""

    lines: list[Line]
    boxes: list[Box]
    dots: list[Dot]
    names: tuple[str, ...]


class _At:
    """From the places of the page's chart to pixels of the card."""

    def __init__(self, chart: ChartView, place: Place) -> None:
        self.place = place
        self.first, self.last = chart.levels[-1].y, chart.levels[0].y

    def x(self, percent: float) -> int:
        return self.place.left + round((self.place.right - self.place.left) * percent / 100)

    def y(self, pixels: float) -> int:
        return self.place.top + round((self.place.bottom - self.place.top) * (pixels - self.first) / (self.last - self.first))


def plotted(chart: ChartView, place: Place, sans: Face, bold: Face) -> Plot | None:
    """A chart within a place, whose sides hold the numbers and names as well; None where a sign of its words is in no font."""
    levels = [(tick.y, plain_line(tick.text)) for tick in _few(chart.levels)]
    dates = [plain_line(text) for text in (chart.first, chart.last)]
    named = sorted(sorted(chart.lines, key=lambda line: -len(line.points))[:NAMED], key=lambda line: line.points[-1].y)
    names = [plain_line(", ".join(speaker.text for speaker in line.speakers)) for line in named]
    if not (all(map(sans.has, [*dates, *(text for _, text in levels)])) and all(map(bold.has, names))):
        return None
    shown = [bold.cut(name, NAME, SIZE) for name in names]
    left = place.left + max(sans.wide(text, SIZE) for _, text in levels) + 14
    ends = [(line.points[-1].x, bold.wide(name, SIZE)) for line, name in zip(named, shown, strict=True)]
    right = left + min([place.right - left, *(round((place.right - left - BEHIND - wide) * 100 / x) for x, wide in ends)])
    at = _At(chart, Place(left, right, place.top, place.bottom))
    curves = [*_bars(chart, at), *_strokes(chart, at)]
    dots = list(_dots(chart, at))
    taken = [*curves, *(Box(dot.x - dot.radius, dot.y - dot.radius, 2 * dot.radius, 2 * dot.radius, "ink") for dot in dots)]
    placed = list(_names([(at.x(line.points[-1].x), at.y(line.points[-1].y)) for line in named], shown, taken, place, bold))
    lines = [
        *(Line(text, sans, SIZE, "quiet", left - 14 - sans.wide(text, SIZE), at.y(y) + 9) for y, text in levels),
        *_dates(dates, at.place, place.right, sans),
        *placed,
    ]
    behind = [Box(*_room(line), "ink", 0) for line in placed]  # paper, where a level runs beneath a name
    return Plot(lines, [*_grid(chart, at, right), *behind, *curves], dots, tuple(names))


def _few(levels: Sequence[T]) -> Sequence[T]:
    """The lowest and the highest, and what is in the middle.

    >>> _few((0, 10, 20, 30, 40)), _few((0, 10, 20, 30))
    ((0, 20, 40), (0, 30))
    """
    return levels[:: (len(levels) - 1) // 2] if len(levels) % 2 else levels[:: len(levels) - 1]


def _grid(chart: ChartView, at: _At, right: int) -> Iterator[Box]:
    """The levels that have a number, and the breaks."""
    for tick in _few(chart.levels):
        yield Box(at.place.left, at.y(tick.y) - 1, right - at.place.left, 2, "own" if tick.y == chart.bottom else "rule")
    for tick in chart.breaks:
        yield from _dashed(Box(at.x(tick.x) - 1, at.place.top - 16, 3, at.place.bottom - at.place.top + 16, "quiet"), PARTED)


def _bars(chart: ChartView, at: _At) -> Iterator[Box]:
    """What the wordings allow. One is no longer than the chart is high, but where it is open."""
    for point in _points(chart):
        if point.low != point.high:
            top, bottom = _reach(point, at)
            bar = Box(at.x(point.x) - WIDE // 2, top, WIDE, max(bottom - top, 2), "ink", FAINT)
            yield from _dashed(bar, HOLES) if point.is_open else (bar,)


def _reach(point: ChartPointView, at: _At) -> tuple[int, int]:
    """From where to where a bar goes; an open end so far that it is seen from behind its dot."""
    y, top, bottom = at.y(point.y), at.y(point.high), at.y(point.low)
    if point.is_open and point.y - point.high >= OPEN:
        top = min(top, y - AJAR)
    if point.is_open and point.low - point.y >= OPEN:
        bottom = max(bottom, y + AJAR)
    return top, bottom


def _points(chart: ChartView) -> Iterator[ChartPointView]:
    for line in chart.lines:
        yield from line.points


def _strokes(chart: ChartView, at: _At) -> Iterator[Box]:
    for number, line in enumerate(chart.lines):
        dashes = DASHES[number] if number < len(DASHES) else ()
        for stroke in line.strokes:
            yield from _dashed(_stroke(stroke, at), dashes)


def _stroke(stroke: StrokeView, at: _At) -> Box:
    """A level or upright stroke with its thickness, so long that it meets the next at the corner."""
    (left, right), (top, bottom) = sorted((at.x(stroke.x1), at.x(stroke.x2))), sorted((at.y(stroke.y1), at.y(stroke.y2)))
    half = THICK // 2
    return Box(left - half, top - half, right - left + THICK, bottom - top + THICK, "ink")


def _dashed(box: Box, dashes: tuple[int, ...]) -> Iterator[Box]:
    """A bar in pieces along its longer side: a dash, a gap, and so on; whole where there are no dashes.

    >>> [(piece.x, piece.width) for piece in _dashed(Box(0, 0, 20, 4, "ink"), (6, 9))]
    [(0, 6), (15, 5)]
    """
    if not dashes:
        yield box
        return
    along, done, number = max(box.width, box.height), 0, 0
    while done < along:
        length = min(dashes[number % len(dashes)], along - done)
        if number % 2 == 0:
            yield (box._replace(x=box.x + done, width=length) if box.width >= box.height else box._replace(y=box.y + done, height=length))
        done += length
        number += 1


def _dots(chart: ChartView, at: _At) -> Iterator[Dot]:
    radius = next(radius for most, radius in RADII if chart.drawn <= most)
    for point in _points(chart):
        yield Dot(at.x(point.x), at.y(point.y), radius, "ink", is_hollow=not point.is_dated)


def _dates(texts: Sequence[str], plot: Place, right: int, sans: Face) -> Iterator[Line]:
    """The first and the last date, each at its side; the last may lie beneath the names."""
    room = (right - plot.left) // 2 - 20
    first, last = (sans.cut(text, room, SIZE) for text in texts)
    width = sans.wide(last, SIZE)
    start = min(max(plot.right - width, plot.left + sans.wide(first, SIZE) + 40), right - width)
    yield Line(first, sans, SIZE, "quiet", plot.left, plot.bottom + 36)
    yield Line(last, sans, SIZE, "quiet", start, plot.bottom + 36)


def _names(ends: Sequence[tuple[int, int]], names: Sequence[str], taken: Sequence[Box], place: Place, bold: Face) -> Iterator[Line]:
    """The names of the speakers, the highest line first: behind its end, above, below or before it, where nothing is in the way. Where all
    is taken a line has no name, for one upon curves can be read as little as they can."""
    done: list[Line] = []
    for (x, y), name in zip(ends, names, strict=True):
        fitting = [
            Line(name, bold, SIZE, "ink", start, base)
            for start, base in _places(x, y, bold.wide(name, SIZE))
            if place.top - 8 <= base <= place.bottom + 9 and start >= place.left
        ]
        full = [*(box[:4] for box in taken), *map(_room, done)]
        found = next((one for one in fitting if not any(_touch(_room(one), other) for other in full)), None)
        if found is not None:
            done.append(found)
            yield found


def _places(x: int, y: int, width: int) -> Iterator[tuple[int, int]]:
    """Where a name may begin, and on which baseline, the best first."""
    yield from ((x + BEHIND, y + 9 + aside) for aside in _ASIDE)
    yield from ((start, y + aside) for start in (x - width, x - width // 2) for aside in (-18, 36))
    yield from ((x - width - WIDE, y + 9 + aside) for aside in _ASIDE)
    yield from ((x + BEHIND, y + 9 + aside) for aside in _FURTHER)


def _room(line: Line) -> tuple[int, int, int, int]:
    """What a line of text takes: left, top, width, height."""
    return line.x - 3, line.baseline - line.size * 8 // 10, line.face.wide(line.text, line.size) + 6, line.size * 11 // 10


def _touch(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    left, top, width, height = one
    x, y, across, down = other
    return left < x + across and x < left + width and top < y + down and y < top + height
