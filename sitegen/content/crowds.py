"""Highlights that lie over one another: every stretch of words tells the ids of all that cover it, so that there is a limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush

from sitegen.model.text import Anchor

CROWD = 50
"""Highlights that may cover one word."""


def crowding(anchors: Iterable[Anchor]) -> Iterator[Anchor]:
    """The highlights that begin where as many as there may be lie already.

    >>> [one.id for one in crowding(Anchor(f"c-{n}", "claim", 1, n, 100 - n) for n in range(51))]
    ['c-50']
    """
    block, ends = -1, list[int]()
    for one in sorted(anchors, key=lambda one: (one.block, one.start)):
        if one.block != block:
            block, ends = one.block, []
        while ends and ends[0] <= one.start:
            heappop(ends)
        if len(ends) < CROWD:
            heappush(ends, one.end)
        else:
            yield one
