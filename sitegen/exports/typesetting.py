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

RING = 2
"""Pixels of paper about a dot, that it is seen on a line."""
HOLLOW = 3
"""Pixels of the ring that a hollow dot is."""
FOURTHS = (-1.5, -0.5, 0.5, 1.5)
"""Where within a pixel it is asked whether it is covered, in fourths."""


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


class Dot(NamedTuple):
    """A round dot about a place, with a ring of paper about it; a hollow one is a ring of its colour. In pixels."""

    x: int
    y: int
    radius: int
    colour: str
    is_hollow: bool = False


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


def drawn(lines: Iterable[Line], boxes: Iterable[Box], dots: Iterable[Dot] = ()) -> bytes:
    """The PNG, on paper: the boxes, the dots above them, and the lines above all."""
    from PIL import Image

    inks = list(COLOURS)[1:]
    picture = Image.new("L", (WIDTH, HEIGHT))  # of numbers in the palette
    for box in boxes:
        step = box.strength * (SHADES - 1) // 100
        picture.paste(_number(inks.index(box.colour), step), (box.x, box.y, box.x + box.width, box.y + box.height))
    for dot in dots:
        covered, seen = _stamp(dot.radius, dot.is_hollow)
        side = 2 * (dot.radius + RING) + 1
        mask, shape = Image.frombytes("L", (side, side), seen), Image.frombytes("L", (side, side), covered)
        corner = dot.x - dot.radius - RING, dot.y - dot.radius - RING
        picture.paste(shape.point(_steps(inks.index(dot.colour))), corner, mask)
    for line in lines:
        above, below = line.size * 11 // 10, line.size * 4 // 10
        strip = Image.new("L", (WIDTH, above + below))
        line.face.draw(strip, line.text, line.size, line.x, above)
        picture.paste(strip.point(_steps(inks.index(line.colour))), (0, line.baseline - above), strip.point(_COVERED))
    picture.putpalette(_palette())
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=3)  # a fifth larger than with 6, and made in half the time
    return out.getvalue()


@lru_cache(maxsize=16)
def _stamp(radius: int, is_hollow: bool) -> tuple[bytes, bytes]:
    """Of each pixel of a dot: how much of it is covered, of 255, and whether it hides what is beneath (255) or not (0)."""
    reach = radius + RING
    covered, seen = bytearray(), bytearray()
    for y in range(-reach, reach + 1):
        for x in range(-reach, reach + 1):
            apart = [(4 * x + right) ** 2 + (4 * y + down) ** 2 for right in FOURTHS for down in FOURTHS]
            hole = (4 * radius - 4 * HOLLOW) ** 2 if is_hollow else -1
            covered.append(sum(hole < one <= (4 * radius) ** 2 for one in apart) * 255 // len(apart))
            seen.append(255 if 4 * (x * x + y * y) <= (2 * reach + 1) ** 2 - 2 else 0)
    return bytes(covered), bytes(seen)


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
