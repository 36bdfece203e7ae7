"""A claim's figures on one scale of values, where they are too few for lines, or all of one day: a strip of dots.

Each has a row of its own, for on a telephone two labels side by side have no room.
"""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.model.records import Claim
from sitegen.model.tally import Reading
from sitegen.views.plotting import (
    MOST,
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
from sitegen.views.types import ChartTickView, DotStripView, StripDotView

ROWS = 12
"""Dots of a strip; of more the newest are drawn."""
ROW, NAME_AT, DOT_AT = 46, 14, 27
"""The height of a row, and where in it its label and its dot stand: nearer to one another than to those of other rows."""
OPEN_ACROSS = 6
"""How far a bar of a strip goes that is open at an end, in percent."""
SIGNS = 40
"""Signs of a label of a strip for which the narrowest screen has room."""


def strip_view(readings: Sequence[Reading], claim: Claim, shelf: Shelf) -> DotStripView | None:
    """The figures of a claim on one scale of values, where they are too few for a chart; None where they are not, and where no two differ:
    one dot, or one above the other, show nothing. The scale is that of the chart, laid on its side."""
    unit, from_zero = measured(claim)
    every = list(dots_of(readings, unit))
    dots = every[-ROWS:]
    if are_enough(every[-MOST:]) or len({(dot.value, dot.low, dot.high) for dot in dots}) < 2:
        return None
    scale = scale_of(ends(dots), from_zero=from_zero, steps=2)
    bottom = ROW * len(dots) + 4
    return DotStripView(
        dots=tuple([_strip_dot(dot, number, scale, shelf) for number, dot in enumerate(dots)]),
        levels=tuple(
            [ChartTickView(text, x, bottom + 18, anchor(x)) for value, text in levels(scale.ticks, shelf) for x in [scale.x(value)]]
        ),
        height=bottom + 28,
        bottom=bottom,
        drawn=len(dots),
        left_out=len(every) - len(dots),
    )


def _strip_dot(dot: Dot, number: int, scale: Scale, shelf: Shelf) -> StripDotView:
    who, when = named(dot, shelf), dated(dot, shelf)
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
        title=titled(dot, who, when, shelf),
        href=address(dot, shelf),
    )


def _short(who: str, when: str) -> str:
    """A speaker's name in so many signs as a telephone has room for beside the date; the table has it whole.

    >>> _short("Harbour Board", "1 March 1912"), _short("The Committee of Those who Live by the River", "1 March 1912")
    ('Harbour Board', 'The Committee of Those…')
    """
    room = max(8, SIGNS - len(when) - 2)
    return who if len(who) <= room else f"{who[:room].rsplit(' ', 1)[0].rstrip(' ,')}…"
