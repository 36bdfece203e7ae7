"""The names of the speakers at the ends of a chart's lines, where nothing is in the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sitegen.views.plotting import LAST
from sitegen.views.types import ChartLabelView, ChartLineView

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


def labels(lines: Sequence[ChartLineView], bottom: int) -> tuple[ChartLabelView, ...]:
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
        # over its own line it is still its own
        others = [stroke for other, some in enumerate(strokes) if other != number for stroke in some]
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
