"""A font, read for setting lines of text as pictures: which signs it has, how wide they are and how they are kerned, and their shapes.

Widths are whole numbers of the font's own units, out of its own tables, and places are quarters of a pixel; Pillow draws single signs and
lays nothing out. So a text is set alike on every machine, whether a shaping library is at hand or not. What needs one is not set at all.
"""

from __future__ import annotations

import io
import struct
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Pillow is imported where there is a picture
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

QUARTERS = 4
"""Places within a pixel at which a sign can stand."""
SHAPES = 4096
"""Shapes that are kept at hand: some ten megabytes."""
ELLIPSIS = "…"


class Face:
    """A TrueType font. Raises ValueError where the bytes are none that can be read."""

    def __init__(self, data: bytes) -> None:
        from PIL import ImageFont

        self._data = data
        try:
            self._read(data)
            ImageFont.truetype(io.BytesIO(data), 20, layout_engine=ImageFont.Layout.BASIC)
        except (struct.error, IndexError, KeyError, OSError) as error:
            raise ValueError("this is no TrueType font") from error
        self.font = lru_cache(maxsize=32)(self._font)
        self.shape = lru_cache(maxsize=SHAPES)(self._shape)
        self.width = lru_cache(maxsize=SHAPES)(self._width)

    def _read(self, data: bytes) -> None:
        (count,) = struct.unpack_from(">4xH", data)
        entries = (struct.unpack_from(">4s4xII", data, 12 + 16 * index) for index in range(count))
        tables = {tag: data[start : start + length] for tag, start, length in entries}
        self.units: int = struct.unpack_from(">18xH", tables[b"head"])[0]
        (wide,) = struct.unpack_from(">34xH", tables[b"hhea"])
        advances = [advance for advance, _ in struct.iter_unpack(">Hh", tables[b"hmtx"][: 4 * wide])]
        self.glyphs = dict(_glyphs(tables[b"cmap"]))
        self.advances: dict[str, int] = {sign: advances[min(glyph, wide - 1)] for sign, glyph in self.glyphs.items()}
        self.beneath = {sign: self.glyphs.get(_plain(sign), glyph) for sign, glyph in self.glyphs.items()}
        self.kerning: dict[tuple[int, int], int] = dict(_kerning(tables.get(b"kern", b"\0\0\0\0")))

    def has(self, text: str) -> bool:
        """Whether a text can be set: each of its signs is there, and none of them needs to be shaped or to run from right to left."""
        return all(sign in self.glyphs and unicodedata.category(sign)[0] != "M" and not _is_rightward(sign) for sign in text)

    def _width(self, text: str) -> int:
        """How wide a text is, in units."""
        return sum(self.advances[sign] for sign in text) + sum(self.kerned(*pair) for pair in pairwise(text))

    def kerned(self, left: str, right: str) -> int:
        """By how many units two signs come nearer. An accented letter is kerned as the one beneath the accent."""
        return self.kerning.get((self.beneath[left], self.beneath[right]), 0)

    def wide(self, text: str, size: int) -> int:
        """How many pixels a text is wide, rounded up."""
        return -(-self.width(text) * size // self.units)

    def places(self, text: str, size: int) -> Iterator[tuple[str, int]]:
        """Each sign of a text and where it begins, in quarters of a pixel."""
        at, before = 0, ""
        for sign in text:
            at += self.kerned(before, sign) if before else 0
            yield sign, (2 * at * size * QUARTERS + self.units) // (2 * self.units)
            at += self.advances[sign]
            before = sign

    def _font(self, size: int) -> FreeTypeFont:
        from PIL import ImageFont

        return ImageFont.truetype(io.BytesIO(self._data), size, layout_engine=ImageFont.Layout.BASIC)

    def _shape(self, sign: str, size: int, quarter: int) -> tuple[Image, int, int] | None:
        """A sign at a part of a pixel: its shape, and where this lies from its place on the line; None where there is nothing to see."""
        from PIL import Image, ImageDraw

        font = self.font(size)
        left, top, right, bottom = (int(edge) for edge in font.getbbox(sign, anchor="ls"))
        if right <= left or bottom <= top:
            return None
        shape = Image.new("L", (right - left + 3, bottom - top + 2))
        ImageDraw.Draw(shape).text((1 - left + quarter / QUARTERS, 1 - top), sign, fill=255, font=font, anchor="ls")
        return shape, left - 1, top - 1

    def draw(self, line: Image, text: str, size: int, x: int, baseline: int) -> None:
        """Draws a text onto a picture in grey."""
        for sign, place in self.places(text, size):
            whole, quarter = divmod(place, QUARTERS)
            found = self.shape(sign, size, quarter)
            if found is not None:
                shape, left, top = found
                line.paste(255, (x + whole + left, baseline + top), shape)

    # lines

    def cut(self, text: str, room: int, size: int, *, is_whole: bool = True) -> str:
        """A text that is no wider than the room (pixels), ended by … where it was or where it is not whole."""
        if is_whole and self.wide(text, size) <= room:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.wide(text[:middle].rstrip() + ELLIPSIS, size) <= room else (low, middle - 1)
        word = text.rfind(" ", low // 2, low + 1)  # where one begins late enough, no word is cut
        return text[: word if word > 0 else low].rstrip(" ,;:.–—-") + ELLIPSIS

    def widest(self, text: str, size: int) -> int:
        """How many pixels the widest word of a text is wide."""
        return max(self.wide(word, size) for word in text.split(" "))

    def lines(self, text: str, room: int, size: int) -> list[str]:
        """A text in lines that are no wider than the room (pixels), as even as their number allows."""
        widths = [self.width(word) for word in text.split(" ")]
        longest = room * self.units // size
        out = self._filled(text, longest)
        low, high = max((width for width in widths if width <= longest), default=0), longest
        while high - low > self.units // 20 and len(out) > 1:  # balanced, as `text-wrap: balance` has it
            middle = (low + high) // 2
            tried = self._filled(text, middle)
            low, high = (middle, high) if len(tried) > len(out) else (low, middle)
        return self._filled(text, high) if len(out) > 1 else out

    def filled(self, text: str, room: int, size: int) -> list[str]:
        """The same, each line as full as can be."""
        return self._filled(text, room * self.units // size)

    def _filled(self, text: str, room: int) -> list[str]:
        out, line, done = [], "", 0
        space = self.advances[" "]
        for word in text.split(" "):
            width = self.width(word)
            if line and done + space + width > room:
                out.append(line)
                line, done = "", 0
            *parts, rest = self._broken(word, room) if width > room else (word,)
            if parts:
                out += parts
                width = self._width(rest)
            line, done = (f"{line} {rest}", done + space + width) if line else (rest, width)
        return [*out, line] if line else out

    def _broken(self, word: str, room: int) -> Iterator[str]:
        """A word that is wider than the room, in parts that are not."""
        start = done = 0
        for at, sign in enumerate(word):
            width = self.advances[sign]
            if at > start and done + width > room:
                yield word[start:at]
                start, done = at, 0
            done += width
        yield word[start:]


def plain_line(text: str) -> str:
    r"""A text as one line of signs that are seen: without what only programs see, and with plain spaces, of which some do not break.

    >>> plain_line(" So\u00adft\n 5\u202fkm\x00 ")
    'Soft 5\xa0km'
    """
    kept = []
    for sign in unicodedata.normalize("NFC", text):
        category = unicodedata.category(sign)
        if sign in "\u00a0\u2007\u202f":
            kept.append("\u00a0")
        elif category[0] == "Z" or sign in "\t\n\r\v\f":
            kept.append(" ")
        elif category not in ("Cc", "Cf"):
            kept.append(sign)
    return " ".join(part for part in "".join(kept).split(" ") if part)


@lru_cache(maxsize=1024)
def _plain(sign: str) -> str:
    """The letter beneath an accent; another sign as it is.

    >>> _plain("Ö"), _plain("ї"), _plain("½")
    ('O', 'і', '½')
    """
    apart = unicodedata.decomposition(sign)
    return _plain(chr(int(apart.split()[0], 16))) if apart and not apart.startswith("<") else sign


def _is_rightward(sign: str) -> bool:
    return unicodedata.bidirectional(sign) in ("R", "AL", "AN")


def _glyphs(table: bytes) -> Iterator[tuple[str, int]]:
    """The signs of a `cmap` and the numbers of their glyphs: of its part for Windows and Unicode's first plane (format 4), which all
    have."""
    (count,) = struct.unpack_from(">2xH", table)
    parts = [struct.unpack_from(">HHI", table, 4 + 8 * index) for index in range(count)]
    start = next(offset for platform, encoding, offset in parts if (platform, encoding) == (3, 1))
    (double,) = struct.unpack_from(">6xH", table, start)
    segments = double // 2
    ends = struct.unpack_from(f">{segments}H", table, start + 14)
    starts = struct.unpack_from(f">{segments}H", table, start + 16 + double)
    deltas = struct.unpack_from(f">{segments}H", table, start + 16 + 2 * double)
    offsets = struct.unpack_from(f">{segments}H", table, start + 16 + 3 * double)
    for index in range(segments):
        for code in range(starts[index], min(ends[index], 0xFFFE) + 1):
            glyph = code
            if offsets[index]:
                place = start + 16 + 3 * double + 2 * index + offsets[index] + 2 * (code - starts[index])
                (glyph,) = struct.unpack_from(">H", table, place)
                if not glyph:
                    continue
            glyph = (glyph + deltas[index]) & 0xFFFF
            if glyph:
                yield chr(code), glyph


def _kerning(table: bytes) -> Iterator[tuple[tuple[int, int], int]]:
    """The pairs of a `kern` (format 0)."""
    (count,) = struct.unpack_from(">2xH", table)
    at = 4
    for _ in range(count):
        (pairs,) = struct.unpack_from(">6xH", table, at)
        stop = at + 14 + 6 * pairs
        for left, right, by in struct.iter_unpack(">HHh", table[at + 14 : stop]):
            yield (left, right), by
        at = stop
