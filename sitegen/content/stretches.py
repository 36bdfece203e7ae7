"""Stretches of a text, put in order once and then asked in a few looks, however many there are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate
from operator import attrgetter
from typing import Protocol


class Stretch(Protocol):
    """What stands at `start:end`."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


class Stretches:
    """Stretches in the order of their text; they may overlap."""

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        ordered = sorted(stretches, key=attrgetter("start"))
        self.starts = [one.start for one in ordered]
        self.ends = list(accumulate((one.end for one in ordered), max))

    def meet(self, start: int, end: int) -> bool:
        """Whether one of them shares a sign with `start:end`; where both are one place between two signs, whether it lies within one."""
        at = bisect_left(self.starts, end)
        return at > 0 and start < self.ends[at - 1]

    def hold(self, one: Stretch) -> bool:
        """Whether one of them, where none overlap, has another within it."""
        at = bisect_right(self.starts, one.start)
        return at > 0 and one.end <= self.ends[at - 1]
