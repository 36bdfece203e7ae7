"""Normal form C of any text in time that grows as its length.

Python's own normal forms put the combining marks of a letter in order by insertion, which takes the square of a run's length. Real
writing has few: Unicode's Stream-Safe Text Format (UAX #15, section 13) allows 30 in a row. Longer runs are put in order here, by their
classes, before Python sees them; that changes no normal form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from unicodedata import combining, is_normalized, normalize

_RUN = re.compile(r"[^\w\s\x00-\x7f]{31,}")
"""More than 30 characters that may be combining marks: none of these is a letter, a digit, white space or ASCII."""


_BORDER = re.compile(r"(?![\u1160-\u11ff])[\w\x00-\x7f]")
"""What never joins what stands before it: letters, digits, ASCII; without the vowels and finals of Hangul."""


def is_normal(text: str) -> bool:
    """Whether a text is in normal form C. Python looks whether the marks stand in order, and gives up at the first that does not."""
    return is_normalized("NFC", text)


def nfc(text: str) -> str:
    r"""The text in normal form C.

    >>> nfc("e\u0301\u0327"), len(nfc("e" + 50_000 * "\u0301\u0327"))
    ('ȩ́', 100000)
    """
    if is_normal(text):
        return text
    return normalize("NFC", _RUN.sub(lambda run: _ordered(run.group()), text))


def _ordered(run: str) -> str:
    """The characters of a run taken apart, with the marks between two others in the order of their classes."""
    apart = (mark for char in run for mark in normalize("NFD", char))
    return "".join(
        char
        for is_mark, group in groupby(apart, key=lambda char: combining(char) > 0)
        for char in (sorted(group, key=combining) if is_mark else group)
    )


def offsets(text: str, places: Iterable[int]) -> dict[int, int]:
    r"""How long the normal form is of what stands before each of some places; where more than 30 characters before one may all join what is
    before them, as if the text began anew there.

    >>> offsets("e\u0301 e\u0301", [0, 1, 2, 3, 5])
    {0: 0, 1: 1, 2: 1, 3: 2, 5: 3}
    """
    out = {}
    begin = size = 0  # what stands before `begin` is `size` long in normal form
    for place in sorted(places):
        border = next(
            (at for at in range(place, max(begin, place - 31), -1) if _BORDER.match(text, at)), begin if place - begin <= 31 else place
        )
        size += len(nfc(text[begin:border]))
        begin = border
        out[place] = size + len(nfc(text[begin:place]))
    return out
