"""What charts and strips of dots are made of: figures as dots, the scale that holds them, and what is written beside it.

Across, places are percent of the breadth; down, they are pixels: so a drawing is as readable on a telephone as on a wide screen, its lines
are stretched and its type is not. A wording is drawn as what it allows (`content.figures.allowed`): "about 7,000" as the bar from 6,500 to
7,499, "more than 27,400" as a bar that is open above.
"""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from sitegen.archive.index import address_of
from sitegen.content.figures import allowed
from sitegen.model.kinds import ARTICLES
from sitegen.model.records import Claim, Figure
from sitegen.model.tally import Reading
from sitegen.speech.dates import text_of
from sitegen.views import words
from sitegen.views.shelf import Shelf

FEWEST = 3
"""Points of a chart; where there are fewer, there is no line worth the name, and they are a strip of dots."""
MOST = 200
"""Points of a chart; of more the newest are drawn."""
FIRST, LAST = 1.5, 98.5
"""Where the first and the last day stand."""
TOP, BOTTOM = 24, 244
"""Where the highest and the lowest value stand."""
LEAST, MOST_ACROSS = 7.0, 93.0
"""Where the lowest and the highest value of a strip stand: what is beside them is for open ends."""


class Dot(NamedTuple):
    """A figure on its day, with what its wording allows."""

    day: datetime.date
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    figure: Figure
    reading: Reading


def measured(claim: Claim) -> tuple[str, bool]:
    """The unit that a claim counts, empty where it names none, and whether its scale begins at zero: that of a running total does."""
    return (claim.measure.unit, claim.measure.cumulative) if claim.measure else ("", False)


def are_enough(dots: Sequence[Dot]) -> bool:
    """Whether figures make a chart over time."""
    return len(dots) >= FEWEST and dots[0].day != dots[-1].day


def ends(dots: Iterable[Dot]) -> list[Decimal]:
    """All that a scale must hold."""
    return [end for dot in dots for end in (dot.value, dot.low, dot.high) if end is not None]


def dots_of(readings: Sequence[Reading], unit: str) -> Iterator[Dot]:
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
        yield Dot(_day(one), value, *allowed(figure), figure, one)


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


class Scale(NamedTuple):
    """From values to pixels, or to percent where it lies on its side, and the values that are written beside it."""

    low: Decimal
    high: Decimal
    ticks: tuple[Decimal, ...]
    bottom: int = BOTTOM

    def y(self, value: Decimal) -> float:
        return round(float(TOP + (self.high - value) / (self.high - self.low) * (self.bottom - TOP)), 1)

    def x(self, value: Decimal) -> float:
        return round(LEAST + float((value - self.low) / (self.high - self.low)) * (MOST_ACROSS - LEAST), 2)


def scale_of(values: Sequence[Decimal], *, from_zero: bool, bottom: int = BOTTOM, steps: int = 4) -> Scale:
    """A scale that holds the values, between round numbers, in about so many steps.

    >>> scale_of([Decimal(3), Decimal(28)], from_zero=True).ticks
    (Decimal('0'), Decimal('10'), Decimal('20'), Decimal('30'))
    """
    least, most = min(values), max(values)
    if from_zero or 0 <= least < most / 2:
        least, most = min(least, Decimal(0)), max(most, Decimal(0))
    step = _round_step((most - least or abs(most) or Decimal(1)) / steps)
    low, high = math.floor(least / step), math.ceil(most / step)
    ticks = tuple(step * number for number in range(low, max(high, low + 1) + 1))
    return Scale(ticks[0], ticks[-1], ticks, bottom)


def _round_step(least: Decimal) -> Decimal:
    """The least of 1, 2, 5, 10, 20, 50 … (and of their tenths) that is not smaller.

    >>> [str(_round_step(Decimal(text))) for text in ("7", "0.03", "210")]
    ['10', '0.05', '500']
    """
    power = Decimal(1).scaleb(least.adjusted())
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least)
    return step if step != step.to_integral_value() else Decimal(int(step))


def levels(ticks: Sequence[Decimal], shelf: Shelf) -> Iterator[tuple[Decimal, str]]:
    """The values of a scale with what is written beside them: large ones in millions or billions, that they cover no line."""
    speech, largest = shelf.speech, max(abs(tick) for tick in ticks)
    unit, text = next(((unit, text) for unit, text in words.LARGE if largest >= unit), (1, ""))
    for tick in ticks:
        number = words.number(speech, (tick / unit).normalize())
        yield tick, speech.gettext(text) % {"number": number} if text and tick else number


def named(dot: Dot, shelf: Shelf) -> str:
    return ", ".join(speaker.text for speaker in shelf.speakers(dot.reading.sources))


def dated(dot: Dot, shelf: Shelf) -> str:
    """Of which date a figure is, in words; else that of its article."""
    reading = dot.reading
    return text_of(shelf.speech, reading.time.date.text if reading.time else reading.day)


def titled(dot: Dot, who: str, when: str, shelf: Shelf) -> str:
    return f"{words.figure_view(dot.figure, shelf.speech).text}, {who}, {when}"


def address(dot: Dot, shelf: Shelf) -> str:
    """Where its words are."""
    return f"{shelf.href(address_of(ARTICLES.key(dot.reading.article)))}#{dot.reading.id}"


def anchor(x: float) -> str:
    """How a text stands at a place, that it does not leave the chart."""
    return "start" if x < 12 else "end" if x > 88 else "middle"
