"""Lines of text and bars of colour as a picture. Pure: values in, a PNG out."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from sitegen.exports.faces import Face

WIDTH, HEIGHT = 1200, 630
"""Pixels of a social card, as every service takes them."""
COLOURS = {"paper": "fdfcf9", "ink": "1d1c1a", "quiet": "5f5a52", "rule": "ddd8cd", "said": "1f6b4a", "own": "b5ae9f"}
"""Those of the default theme on a bright screen (`style.css`)."""
SHADES = 16
"""Steps between the paper and a colour."""


class Line(NamedTuple):
    """A line of text, set. `baseline` is where its letters stand, in pixels from the top."""

    text: str
    face: Face
    size: int
    colour: str
    x: int
    baseline: int


class Box(NamedTuple):
    """A rectangle of one colour, in pixels. `strength` in hundredths: the rest is paper."""

    x: int
    y: int
    width: int
    height: int
    colour: str
    strength: int = 100


def leading(size: int) -> int:
    """From one baseline to the next, as headings of pages have it."""
    return size * 113 // 100


def fitted(face: Face, text: str, sizes: Sequence[int], width: int, height: int) -> tuple[int, list[str]] | None:
    """The largest of the sizes at which a text has room, and its lines; None where it has room at none. A word is broken only where it is
    too wide at every size."""
    for size in [size for size in sizes if face.widest(text, size) <= width] or sizes:
        lines = face.lines(text, width, size)
        if len(lines) * leading(size) <= height:
            return size, lines
    return None


def shortened(face: Face, text: str, sizes: Sequence[int], width: int, height: int) -> tuple[int, list[str]]:
    """The same; a text that has room at no size is ended by … at the smallest."""
    found = fitted(face, text, sizes, width, height)
    if found is not None:
        return found
    size = sizes[-1]
    lines = face.filled(text, width, size)
    count = max(1, height // leading(size))
    return size, [*lines[: count - 1], face.cut(lines[count - 1], width, size, is_whole=False)]


def upward(lines: Sequence[str], last: int, step: int) -> list[tuple[str, int]]:
    """The lines with their baselines, of which the last one is given."""
    return [(line, last - step * (len(lines) - 1 - number)) for number, line in enumerate(lines)]


def drawn(lines: Iterable[Line], boxes: Iterable[Box]) -> bytes:
    """The PNG, on paper."""
    from PIL import Image

    inks = list(COLOURS)[1:]
    picture = Image.new("L", (WIDTH, HEIGHT))  # of numbers in the palette
    for box in boxes:
        step = box.strength * (SHADES - 1) // 100
        picture.paste(_number(inks.index(box.colour), step), (box.x, box.y, box.x + box.width, box.y + box.height))
    for line in lines:
        above, below = line.size * 11 // 10, line.size * 4 // 10
        strip = Image.new("L", (WIDTH, above + below))
        line.face.draw(strip, line.text, line.size, line.x, above)
        picture.paste(strip.point(_steps(inks.index(line.colour))), (0, line.baseline - above), strip.point(_COVERED))
    picture.putpalette(_palette())
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=3)  # a fifth larger than with 6, and made in half the time
    return out.getvalue()


_COVERED = [0, *[255] * 255]
"""From how much of a pixel is covered to whether any of it is."""


def _number(ink: int, step: int) -> int:
    """Where a shade of a colour stands in the palette: paper first."""
    return ink * (SHADES - 1) + step if step else 0


@lru_cache(maxsize=len(COLOURS))
def _steps(ink: int) -> list[int]:
    """From how much of a pixel is covered, of 255, to the shade."""
    return [_number(ink, (cover * (SHADES - 1) + 127) // 255) for cover in range(256)]


@lru_cache(maxsize=1)
def _palette() -> bytes:
    paper, *inks = (bytes.fromhex(colour) for colour in COLOURS.values())
    shades = [
        bytes((light * (SHADES - 1 - step) + dark * step) // (SHADES - 1) for light, dark in zip(paper, ink, strict=True))
        for ink in inks
        for step in range(1, SHADES)
    ]
    return b"".join([paper, *shades])
