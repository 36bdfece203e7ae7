"""Where labels stand on a map, so that none lies on another: each takes the first of its places that is free, those that matter most first
(the greedy rule of Christensen, Marks and Shieber, "An Empirical Study of Algorithms for Point-Feature Label Placement", 1995)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from sitegen.cartography.sheets import HEIGHT, WIDTH

SIZE = 25
"""Of type, in halves of a pixel."""
GAP = 7
LEAST = 4
"""How near to the edge of a sheet a label may stand."""


Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes lie on one another.

    >>> meet((0, 0, 4, 4), (3, 3, 6, 6)), meet((0, 0, 4, 4), (4, 0, 6, 6))
    (True, False)
    """
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


class Label(NamedTuple):
    """A label where it stands: the place of its base line, and how it runs from there ("start", "middle", "end")."""

    x: int
    y: int
    anchor: str


class Plate:
    """What stands on a sheet already."""

    def __init__(self) -> None:
        self.taken: list[Box] = []

    def keep(self, x: float, y: float, radius: float) -> None:
        """Keeps a mark clear."""
        self.taken.append((x - radius, y - radius, x + radius, y + radius))

    def beside(self, text: str, x: float, y: float, radius: float) -> Label | None:
        """Beside a mark: at its right, its left, above, below, and in the corners; None where there is no room."""
        width, away, up = wide(text), radius + GAP, SIZE * 0.35
        corner = radius * 0.7 + GAP
        for anchor, at_x, at_y in (
            ("start", x + away, y + up),
            ("end", x - away, y + up),
            ("middle", x, y - away),
            ("middle", x, y + away + SIZE * 0.75),
            ("start", x + corner, y - corner),
            ("start", x + corner, y + corner + SIZE * 0.7),
            ("end", x - corner, y - corner),
            ("end", x - corner, y + corner + SIZE * 0.7),
        ):
            if self._take(width, at_x, at_y, anchor):
                return Label(round(at_x), round(at_y), anchor)
        return None

    def within(self, text: str, spots: tuple[tuple[float, float], ...], size: float = SIZE) -> Label | None:
        """At one of some places; None where none is free."""
        for x, y in spots:
            if self._take(wide(text) * size / SIZE, x, y + SIZE * 0.35, "middle"):
                return Label(round(x), round(y + SIZE * 0.35), "middle")
        return None

    def _take(self, width: float, x: float, y: float, anchor: str) -> bool:
        left = (x if anchor == "start" else x - width if anchor == "end" else x - width / 2) - 2
        right, top, bottom = left + width + 4, y - SIZE * 0.8, y + SIZE * 0.25
        if left < LEAST or top < LEAST or right > WIDTH - LEAST or bottom > HEIGHT - LEAST:
            return False
        for other in self.taken:
            if left < other[2] and other[0] < right and top < other[3] and other[1] < bottom:
                return False
        self.taken.append((left, top, right, bottom))
        return True


@lru_cache(maxsize=8192)
def wide(text: str) -> float:
    """About how wide a text is: signs of East Asia are as wide as they are high, others about half of it.

    >>> wide("Kyiv") < wide("Kharkiv") < wide("東京都市圏")
    True
    """
    return SIZE * sum(0.0 if unicodedata.combining(sign) else 1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.56 for sign in text)
