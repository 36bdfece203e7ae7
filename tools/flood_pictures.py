"""The pictures of the example of a flood, drawn: `make pictures`. They are as made up as the flood.

    python -m tools.flood_pictures

A newspaper of 1924 had its pictures cut in wood. So is this done: a surface is a tone and a screen of lines, and where the tone is darker
than the screen, there is ink (`cut`); what is pure line is drawn over it. Everything is drawn `FINER` times as large as it is kept, and has
two inks, the paper's and the printer's, with a few shades between for smooth edges. No chance is in it: drawn twice, a picture is the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

from PIL import Image, ImageChops, ImageDraw, ImageFont

HERE = Path(__file__).parent.parent
OUT = HERE / "examples/flood/content/images"
FONTS = HERE / "themes/default/cards"
FINER = 3
SHADES = 6
INK, PAPER = (30, 26, 24), (247, 242, 230)
"""Of the printer and of the paper, as red, green and blue."""

Point: TypeAlias = tuple[float, float]
Pixels: TypeAlias = Image.Image
"""A picture of grey: 0 is ink, 255 is paper. Masks are white where they let through."""


class Sheet:
    """A sheet to draw on. All measures are in pixels of the finished picture."""

    def __init__(self, width: int, height: int) -> None:
        self.size = (width * FINER, height * FINER)
        self.grey = Image.new("L", self.size, 255)
        self.pen = ImageDraw.Draw(self.grey)

    def shape(self, points: Iterable[Point]) -> Pixels:
        """The mask of a polygon."""
        mask = Image.new("L", self.size, 0)
        ImageDraw.Draw(mask).polygon(finer(points), fill=255)
        return mask

    def fill(self, mask: Pixels, tone: Pixels | int, screen: Pixels | None = None) -> None:
        """Cuts a tone into what a mask lets through; without a screen it is ink or paper."""
        even = Image.new("L", self.size, tone) if isinstance(tone, int) else tone
        self.grey.paste(cut(even, screen) if screen else even, mask=mask)

    def line(self, points: Sequence[Point], width: float, ink: int = 0) -> None:
        """A line with round ends and turns."""
        places, radius = finer(points), width * FINER / 2
        self.pen.line(places, fill=ink, width=round(width * FINER), joint="curve")
        for x, y in (places[0], places[-1]):
            self.pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=ink)

    def outline(self, points: Sequence[Point], width: float, ink: int = 0) -> None:
        self.line([*points, points[0], points[1]], width, ink)

    def disc(self, x: float, y: float, radius: float, ink: int = 0) -> None:
        self.pen.ellipse([part * FINER for part in (x - radius, y - radius, x + radius, y + radius)], fill=ink)

    def words(self, at: Point, text: str, size: float, face: str = "serif", anchor: str = "mm", halo: float = 0, spaced: float = 0) -> None:
        """A line of type; `spaced` pixels stand between its letters, as printers set names of rivers."""
        font = ImageFont.truetype(FONTS / f"{face}.ttf", size * FINER, layout_engine=ImageFont.Layout.BASIC)

        def put(x: float, words: str, anchor: str) -> None:
            edge = round(halo * FINER)
            self.pen.text((x * FINER, at[1] * FINER), words, fill=0, font=font, anchor=anchor, stroke_width=edge, stroke_fill=255)

        if not spaced:
            put(at[0], text, anchor)
            return
        widths = [font.getlength(sign) / FINER + spaced for sign in text]
        x = at[0] - (sum(widths) - spaced) / 2
        for sign, width in zip(text, widths, strict=True):
            put(x, sign, "l" + anchor[1])
            x += width

    def printed(self) -> Pixels:
        """The finished picture, in its shades of the two inks."""
        small = self.grey.resize((self.size[0] // FINER, self.size[1] // FINER), Image.Resampling.BOX)
        steps = small.point([round(value / 255 * (SHADES - 1)) for value in range(256)])
        out = Image.frombytes("P", steps.size, steps.tobytes())
        shades = [round(ink + (paper - ink) * step / (SHADES - 1)) for step in range(SHADES) for ink, paper in zip(INK, PAPER, strict=True)]
        out.putpalette(shades)
        return out


def finer(points: Iterable[Point]) -> list[Point]:
    return [(x * FINER, y * FINER) for x, y in points]


def cut(tone: Pixels, screen: Pixels) -> Pixels:
    """Ink where the tone is darker than the screen."""
    return ImageChops.subtract(screen, tone).point([255] + [0] * 255)


def curve(points: Sequence[Point], *, closed: bool = False, steps: int = 10) -> list[Point]:
    """A smooth line through points (Catmull and Rom's)."""
    around = [points[-1], *points, points[0], points[1]] if closed else [points[0], *points, points[-1]]
    out: list[Point] = []
    for a, b, c, d in zip(around, around[1:], around[2:], around[3:], strict=False):
        for step in range(steps):
            t = step / steps
            weights = (-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, t**3 - t**2)
            x, y = (sum(w * p[axis] for w, p in zip(weights, (a, b, c, d), strict=True)) / 2 for axis in (0, 1))
            out.append((x, y))
    return out if closed else [*out, points[-1]]


def moved(points: Iterable[Point], x: float, y: float, times: float = 1) -> list[Point]:
    return [(x + px * times, y + py * times) for px, py in points]


@lru_cache(maxsize=6)  # each is several megabytes
def screen(size: tuple[int, int], period: float, slope: float = 0, wave: float = 0, length: float = 1) -> Pixels:
    """Lines to cut along, `period` pixels apart. They lie level; `slope` is by how much they fall a pixel, or they roll by `wave` pixels on
    a `length`."""
    width, height = size
    across = round(period * FINER)
    profile = bytes(round(abs(2 * step / across - 1) * 254) + 1 for step in range(across)) * (height // across + 3)
    columns = bytearray()
    for x in range(width):
        shift = round(wave * FINER * math.sin(x / FINER / length * math.tau) - slope * x) % across
        columns += profile[shift : shift + height]
    return Image.frombytes("L", (height, width), bytes(columns)).transpose(Image.Transpose.TRANSPOSE)


def fading(size: tuple[int, int], top: int, bottom: int) -> Pixels:
    """A tone that goes evenly from one to another."""
    ramp = Image.frombytes("L", (1, 256), bytes(min(255, round(top + (bottom - top) * step / 255)) for step in range(256)))
    return ramp.resize(size, Image.Resampling.BILINEAR)


# A cow upon the church

COW_BODY = curve(
    [(52, 34), (72, 46), (98, 58), (140, 66), (200, 68), (250, 60), (288, 60), (304, 74), (308, 104), (300, 132),
     (276, 146), (240, 148), (180, 160), (130, 156), (98, 148), (80, 128), (66, 104), (54, 92), (44, 98), (30, 116),
     (16, 122), (3, 116), (0, 103), (10, 84), (20, 60), (28, 40), (40, 32)],
    closed=True,
)  # fmt: skip
COW_LEGS = {
    "far": (
        [(116, 140), (138, 140), (134, 180), (136, 204), (138, 218), (120, 218), (120, 200), (116, 172)],
        [(258, 136), (284, 128), (276, 162), (264, 182), (266, 204), (268, 218), (250, 218), (252, 200), (250, 180), (260, 160)],
    ),
    "near": (
        [(84, 132), (118, 140), (110, 176), (110, 206), (113, 226), (92, 226), (93, 206), (90, 176)],
        [
            (264, 120),
            (307, 100),
            (303, 142),
            (292, 164),
            (296, 186),
            (294, 208),
            (297, 226),
            (276, 226),
            (278, 206),
            (276, 184),
            (268, 162),
        ],
    ),
}
COW_PATCHES = (
    curve([(120, 52), (176, 60), (214, 62), (206, 92), (184, 118), (150, 122), (128, 100), (116, 76)], closed=True),
    curve([(248, 52), (300, 50), (316, 84), (312, 126), (290, 122), (268, 104), (252, 86)], closed=True),
    curve([(52, 30), (74, 46), (80, 70), (66, 92), (50, 92), (44, 98), (32, 92), (30, 68), (36, 46)], closed=True),
    curve([(196, 140), (226, 128), (244, 140), (230, 156), (204, 158)], closed=True),
)


def cow(sheet: Sheet, x: float, y: float, times: float) -> None:
    """A cow, its head to the left; `x`, `y` is the upper left corner of what it fills."""

    def at(points: Iterable[Point]) -> list[Point]:
        return moved(points, x, y, times)

    size = sheet.size
    for part in (COW_BODY, *COW_LEGS["far"], *COW_LEGS["near"]):
        sheet.outline(at(part), 10, 255)
    for leg in COW_LEGS["far"]:
        sheet.fill(sheet.shape(at(leg)), 70, screen(size, 4, 0.6))
        sheet.outline(at(leg), 2)
    tail = at(curve([(300, 68), (318, 74), (326, 104), (322, 140), (328, 166)]))
    sheet.line(tail, 11, 255)
    sheet.line(tail, 7)
    sheet.line(tail, 3, 255)
    tuft = at(curve([(322, 160), (336, 162), (340, 186), (330, 206), (320, 188)], closed=True))
    sheet.fill(sheet.shape(tuft), 0)
    udder = at(curve([(228, 138), (266, 134), (270, 154), (256, 166), (236, 164), (226, 152)], closed=True))
    sheet.fill(sheet.shape(udder), 220, screen(size, 4, 0.3))
    sheet.outline(udder, 2)
    for place in (238, 252):
        sheet.line(at([(place, 162), (place - 1, 172)]), 5)
        sheet.line(at([(place, 162), (place - 1, 171)]), 2, 255)
    body = sheet.shape(at(COW_BODY))
    near = [sheet.shape(at(leg)) for leg in COW_LEGS["near"]]
    for leg in COW_LEGS["near"]:
        sheet.outline(at(leg), 4)
    sheet.outline(at(COW_BODY), 4.4)
    whole = body
    for mask in near:
        whole = ImageChops.lighter(whole, mask)
    light = sheet.shape(at([(-10, 0), (330, 0), (330, 118), (200, 122), (90, 112), (60, 80), (-10, 80)]))
    sheet.fill(whole, 205, screen(size, 4.4, 0, 1.6, 46))
    sheet.fill(ImageChops.darker(whole, light), 255)
    for patch in COW_PATCHES:
        mask = ImageChops.darker(body, sheet.shape(at(patch)))
        sheet.fill(mask, 36, screen(size, 4.4, 0.45))
    for leg in COW_LEGS["near"]:
        hoof = sheet.shape(at([(leg[4][0] - 30, 214), (leg[4][0] + 6, 214), (leg[4][0] + 6, 228), (leg[4][0] - 30, 228)]))
        sheet.fill(ImageChops.darker(sheet.shape(at(leg)), hoof), 0)
    sheet.line(at(curve([(118, 142), (104, 150), (88, 138)])), 2)
    sheet.line(at(curve([(266, 124), (272, 146), (268, 162)])), 2)
    for horn in ([(46, 34), (40, 24), (28, 18), (18, 6), (34, 12), (50, 20), (58, 32)], [(60, 34), (66, 22), (62, 6), (74, 20), (72, 38)]):
        shape = at(curve(horn, closed=True))
        sheet.fill(sheet.shape(shape), 255)
        sheet.outline(shape, 2.4)
    ear = at(curve([(64, 40), (84, 34), (104, 44), (90, 56), (70, 54)], closed=True))
    sheet.fill(sheet.shape(ear), 0)
    sheet.line(at(curve([(74, 45), (88, 43), (96, 46)])), 2, 255)
    sheet.disc(*at([(40, 60)])[0], 5.4 * times, 255)
    sheet.disc(*at([(39, 61)])[0], 3.4 * times)
    sheet.fill(
        sheet.shape(at(curve([(0, 100), (12, 88), (30, 98), (30, 114), (16, 121), (3, 115)], closed=True))), 225, screen(size, 4, 0.5)
    )
    sheet.outline(at(curve([(0, 103), (8, 90), (28, 100), (30, 115), (16, 122), (3, 116)], closed=True)), 2)
    sheet.disc(*at([(8, 101)])[0], 2.4 * times)
    sheet.line(at(curve([(6, 114), (16, 111), (26, 113)])), 2)
    sheet.line(at(curve([(84, 62), (84, 100), (70, 122)])), 6)
    sheet.line(at(curve([(84, 62), (84, 100), (70, 122)])), 2, 255)
    bell = at([(62, 122), (78, 122), (84, 146), (56, 146)])
    sheet.fill(sheet.shape(bell), 255)
    sheet.outline(bell, 2.6)
    sheet.disc(*at([(70, 149)])[0], 4 * times)


def cow_upon_the_church() -> Pixels:
    """A cow on the ridge of a church, the water up to its windows."""
    sheet = Sheet(1000, 720)
    sky(sheet)
    hills(sheet)
    church(sheet)
    cow(sheet, 396, 128, 0.92)
    flood(sheet)
    boat(sheet, 800, 560)
    signpost(sheet, 96, 520)
    frame(sheet, 14)
    sheet.fill(sheet.shape([(912, 682), (976, 682), (976, 704), (912, 704)]), 255)
    sheet.words((944, 693), "J. K. 09", 15)  # the claim's page says why: it is older than the flood
    return sheet.printed()


def sky(sheet: Sheet) -> None:
    """Rain clouds over a light horizon."""
    size = sheet.size
    everything = sheet.shape([(0, 0), (1000, 0), (1000, 720), (0, 720)])
    sheet.fill(everything, fading(size, 120, 330), screen(size, 5.2, 0, 1.2, 210))
    for x, y, times in ((60, 60, 1.2), (640, 40, 1.5), (880, 150, 0.9), (300, 20, 0.8)):
        puff = moved(
            curve([(0, 40), (20, 12), (60, 14), (90, -12), (136, -6), (160, 16), (200, 14), (226, 38), (110, 52)], closed=True), x, y, times
        )
        sheet.fill(sheet.shape(puff), 238, screen(size, 5.2, 0, 1.2, 210))
    for number in range(90):
        x, y = number * 137 % 1040, number * 89 % 420
        sheet.line([(x, y), (x - 9, y + 34)], 1.3, 255)


def hills(sheet: Sheet) -> None:
    size = sheet.size
    far = curve([(-20, 470), (80, 424), (220, 440), (400, 410), (560, 436), (700, 400), (860, 426), (1020, 392), (1020, 560), (-20, 560)])
    sheet.fill(sheet.shape(far), 150, screen(size, 4.6, -0.28))
    sheet.line(far[:-22], 2)
    for x, height in ((905, 150), (944, 176), (978, 138), (40, 120), (14, 96)):
        poplar = curve(
            [(x, 540), (x - 15, 500), (x - 11, 540 - height * 0.7), (x, 540 - height), (x + 11, 540 - height * 0.7), (x + 15, 500)],
            closed=True,
        )
        sheet.fill(sheet.shape(poplar), 74, screen(size, 4.2, 1.2))
        sheet.outline(poplar, 1.6)


def church(sheet: Sheet) -> None:
    """Its tower to the left, its nave seen from the side."""
    size = sheet.size
    wall = [(286, 446), (858, 446), (858, 600), (286, 600)]
    sheet.fill(sheet.shape(wall), 225, screen(size, 5))
    sheet.outline(wall, 3)
    roof = [(290, 334), (806, 334), (884, 462), (270, 462)]
    sheet.fill(sheet.shape(roof), 128, screen(size, 6.4))
    for row in range(10):
        y = 334 + 12.8 * row
        for column in range(-1, 42):
            x = 274 + 16 * column + 8 * (row % 2)
            left, right = 290 - 20 * (y - 334) / 128, 806 + 78 * (y - 334) / 128
            if left + 4 < x < right - 4:
                sheet.line([(x, y + 1), (x, y + 11)], 1.4)
    sheet.outline(roof, 4)
    sheet.line([(294, 333), (804, 333)], 9)
    sheet.line([(292, 332), (804, 332)], 3, 255)
    sheet.line([(806, 332), (806, 292)], 4.4)
    sheet.line([(792, 306), (820, 306)], 4.4)
    for x in (380, 500, 620, 740):
        window(sheet, x, 486)
    tower(sheet)


def window(sheet: Sheet, x: float, top: float) -> None:
    """A pointed window with its cross-bars."""
    arch = [*curve([(x - 24, top + 40), (x - 20, top + 18), (x, top - 4)]), *curve([(x, top - 4), (x + 20, top + 18), (x + 24, top + 40)])]
    shape = [*arch, (x + 24, top + 140), (x - 24, top + 140)]
    sheet.fill(sheet.shape(shape), 255)
    sheet.outline(shape, 9, 255)
    sheet.outline(shape, 2.4)
    sheet.fill(sheet.shape([(x + (px - x) * 0.78, top + 6 + (py - top) * 0.9) for px, py in shape]), 0)
    sheet.line([(x, top), (x, top + 120)], 3, 255)
    for y in (top + 34, top + 60):
        sheet.line([(x - 22, y), (x + 22, y)], 2.4, 255)


def tower(sheet: Sheet) -> None:
    size = sheet.size
    light, dark = [(150, 250), (250, 250), (250, 600), (150, 600)], [(250, 250), (296, 250), (296, 600), (250, 600)]
    sheet.fill(sheet.shape(light), 232, screen(size, 5))
    sheet.fill(sheet.shape(dark), 96, screen(size, 5))
    for number, y in enumerate(range(268, 600, 22)):
        for x in range(164 + 17 * (number % 2), 246, 34):
            sheet.line([(x, y), (x + 20, y)], 1.4)
    sheet.outline([(150, 250), (296, 250), (296, 600), (150, 600)], 3.4)
    sheet.line([(250, 250), (250, 600)], 2)
    apex = (222, 104)
    sheet.fill(sheet.shape([(140, 252), (252, 252), apex]), 150, screen(size, 4.6, 0.3))
    sheet.fill(sheet.shape([(252, 252), (306, 252), apex]), 40, screen(size, 4.6, 0.3))
    sheet.outline([(140, 252), (306, 252), apex], 3.4)
    sheet.line([(252, 252), apex], 2)
    sheet.line([apex, (222, 66)], 3.4)
    sheet.disc(222, 92, 5)
    bird = [
        (186, 58),
        (194, 46),
        (200, 40),
        (206, 46),
        (212, 56),
        (226, 58),
        (236, 46),
        (234, 34),
        (246, 30),
        (258, 40),
        (258, 54),
        (246, 66),
        (228, 74),
        (210, 70),
        (200, 58),
    ]
    cock = curve(bird, closed=True)
    sheet.outline(cock, 6, 255)
    sheet.fill(sheet.shape(cock), 0)
    for comb in ((195, 38), (201, 35), (207, 39)):
        sheet.disc(*comb, 3.6)
    sheet.disc(200, 48, 1.6, 255)
    sheet.line(curve([(234, 60), (246, 52), (250, 42)]), 1.8, 255)
    sheet.disc(200, 302, 29, 255)
    sheet.pen.ellipse([part * FINER for part in (171, 273, 229, 331)], outline=0, width=4 * FINER)
    for hour in range(12):
        turn = hour / 12 * math.tau
        sheet.line([(200 + 21 * math.sin(turn), 302 - 21 * math.cos(turn)), (200 + 24 * math.sin(turn), 302 - 24 * math.cos(turn))], 2)
    sheet.line([(200, 302), (200, 284)], 2.6)
    sheet.line([(200, 302), (189, 310)], 3.4)
    arch = [*curve([(178, 406), (182, 382), (200, 364)]), *curve([(200, 364), (218, 382), (222, 406)])]
    sheet.fill(sheet.shape([*arch, (222, 438), (178, 438)]), 0)
    for bar in range(380, 438, 11):
        sheet.line([(181, bar), (219, bar + 4)], 2.2, 255)


def flood(sheet: Sheet) -> None:
    """The water in front of all, with what stands above it mirrored dark."""
    size = sheet.size
    shore = [(x, 548 + 3 * math.sin(x / 31) + 1.6 * math.sin(x / 11)) for x in range(-4, 1008, 4)]
    water = [*shore, (1010, 730), (-10, 730)]
    ripples = screen(size, 7, 0, 3, 62)
    sheet.fill(sheet.shape(water), fading(size, 330, 110), ripples)
    for left, right, depth in ((150, 296, 690), (296, 858, 620)):
        edge = [(left + 8 * math.sin(y / 7), y) for y in range(552, depth, 3)]
        back = [(right + 8 * math.sin(y / 6), y) for y in range(depth, 552, -3)]
        sheet.fill(sheet.shape([*edge, *back]), 84, ripples)
    sheet.line(shore, 3.4)
    for number in range(46):
        x, y = number * 211 % 1000, 566 + number * 61 % 140
        wide = 16 + (y - 560) / 5
        sheet.line(curve([(x, y), (x + wide / 2, y - 4), (x + wide, y), (x + wide * 1.5, y - 3)]), 2.6, 255)


def boat(sheet: Sheet, x: float, y: float) -> None:
    """A man in a boat, with a ladder and a good deal of hay."""
    size = sheet.size
    for side in (0, 14):
        sheet.line([(x - 70, y + 30 - side), (x + 176, y - 66 - side)], 8, 255)
        sheet.line([(x - 70, y + 30 - side), (x + 176, y - 66 - side)], 4)
    for rung in range(14):
        px, py = x - 62 + rung * 17.6, y + 27 - rung * 6.87
        sheet.line([(px, py), (px, py - 14)], 2.6)
    hay = curve([(x + 26, y + 26), (x + 32, y - 4), (x + 52, y - 30), (x + 78, y - 36), (x + 106, y - 20), (x + 124, y + 26)], closed=True)
    sheet.outline(hay, 8, 255)
    sheet.fill(sheet.shape(hay), 216, screen(size, 4.2, 1.6))
    for number in range(60):
        px, py = x + 30 + number * 37 % 90, y - 30 + number * number * 7 % 53
        if abs(px - x - 76) < 50 - max(0, y - 6 - py):
            lean = number % 7 - 3
            sheet.line(curve([(px, py), (px + lean * 2, py - 6), (px + lean * 4, py - 10)]), 1.5)
    coat = [(x - 34, y + 30), (x - 30, y - 24), (x - 16, y - 38), (x + 4, y - 38), (x + 16, y - 22), (x + 20, y + 30)]
    sheet.outline(coat, 7, 255)
    sheet.fill(sheet.shape(coat), 0)
    sheet.disc(x - 6, y - 52, 15)
    sheet.disc(x - 6, y - 52, 12.5, 255)
    sheet.fill(
        sheet.shape(
            [
                (x - 32, y - 58),
                (x + 20, y - 58),
                (x + 20, y - 64),
                (x + 8, y - 66),
                (x + 6, y - 82),
                (x - 18, y - 82),
                (x - 20, y - 66),
                (x - 32, y - 64),
            ]
        ),
        0,
    )
    sheet.disc(x - 13, y - 52, 1.8)
    sheet.line(curve([(x - 17, y - 44), (x - 11, y - 42), (x - 6, y - 45)]), 1.8)
    sheet.line([(x - 12, y - 16), (x - 48, y - 46)], 11)
    sheet.disc(x - 50, y - 48, 6)
    sheet.disc(x - 50, y - 48, 4, 255)
    below = curve(
        [(x - 92, y + 8), (x - 78, y + 40), (x - 48, y + 58), (x + 30, y + 62), (x + 104, y + 58), (x + 134, y + 40), (x + 150, y + 4)]
    )
    rim = curve([(x + 150, y + 4), (x + 110, y + 20), (x + 30, y + 26), (x - 50, y + 22), (x - 92, y + 8)])
    hull = [*below, *rim]
    sheet.outline(hull, 8, 255)
    sheet.fill(sheet.shape(hull), 140, screen(size, 4.6, 0.06))
    sheet.line(below, 3.4)
    sheet.line(rim, 5)
    sheet.line([(px, py + 12) for px, py in rim[4:-4]], 1.6)


def signpost(sheet: Sheet, x: float, y: float) -> None:
    sheet.line([(x, y - 30), (x, y + 84)], 12)
    sheet.line([(x, y - 28), (x, y + 82)], 5, 255)
    board = [(x - 66, y - 40), (x + 60, y - 40), (x + 82, y - 18), (x + 60, y + 4), (x - 66, y + 4)]
    sheet.fill(sheet.shape(board), 255)
    sheet.outline(board, 4)
    sheet.words((x + 2, y - 18), "OSTHEIM", 24, "serif")
    for number in range(3):
        wide = 26 + 9 * number
        sheet.line(curve([(x - wide, y + 86 + 7 * number), (x, y + 91 + 7 * number), (x + wide, y + 86 + 7 * number)]), 2.6, 255)


def frame(sheet: Sheet, edge: float) -> None:
    """The edge of the block: what lies outside is paper."""
    width, height = sheet.size[0] / FINER, sheet.size[1] / FINER
    inside = [(edge, edge), (width - edge, edge), (width - edge, height - edge), (edge, height - edge)]
    outside = ImageChops.invert(sheet.shape(inside))
    sheet.fill(outside, 255)
    sheet.line([*inside, inside[0]], 3.4)


# A plan of the valley

SPOTS = {"Ostheim": (47.31, -31.20), "Neudorf": (47.33, -31.12), "Hallen": (47.36, -31.05)}
"""Latitude and longitude, as the places' own files have them."""
KILOMETRE = 56
"""Pixels of the plan."""
RIVER = curve(
    [(940, 150), (900, 182), (862, 206), (820, 232), (770, 236), (724, 280), (664, 294), (610, 346), (546, 384), (490, 414),
     (430, 422), (370, 470), (300, 476), (236, 528), (150, 538), (80, 576), (20, 572), (-40, 590)],
)  # fmt: skip


def spot(name: str) -> Point:
    """Where a place stands on the plan; a degree of latitude is 111.3 km, and one of longitude as much as is left of that up there."""
    lat, lon = SPOTS[name]
    west, south = SPOTS["Ostheim"][1], SPOTS["Ostheim"][0]
    return 150 + (lon - west) * 111.3 * math.cos(math.radians(lat)) * KILOMETRE, 500 - (lat - south) * 111.3 * KILOMETRE


def band(points: Sequence[Point], first: float, last: float, sway: float = 0) -> list[Point]:
    """A strip along a line, that grows from one width to another; `sway` makes its banks uneven."""
    left: list[Point] = []
    right: list[Point] = []
    for number, ((x1, y1), (x2, y2)) in enumerate(pairwise(points)):
        wide = (first + (last - first) * number / len(points)) / 2
        length = math.hypot(x2 - x1, y2 - y1) or 1
        across = ((y1 - y2) / length, (x2 - x1) / length)
        out, back = (wide + sway * math.sin(number / 5 + turn) for turn in (0, 2))
        left.append((x1 + across[0] * out, y1 + across[1] * out))
        right.append((x1 - across[0] * back, y1 - across[1] * back))
    return [*left, *reversed(right)]


def plan() -> Pixels:
    """The valley from above, with what the water covered."""
    sheet = Sheet(1000, 700)
    size = sheet.size
    for x, y, across, up in ((104, 286, 74, 48), (580, 106, 116, 54), (872, 420, 92, 58), (640, 566, 130, 58), (404, 622, 88, 36)):
        hill(sheet, x, y, across, up)
    for x, y in ((262, 250), (396, 232), (716, 410), (764, 466), (446, 540), (930, 322)):
        wood(sheet, x, y)
    wet = curve(band(RIVER[30:], 40, 124, 13)[::4], closed=True, steps=4)
    sheet.outline(wet, 12, 255)
    sheet.fill(sheet.shape(wet), 196, screen(size, 7, 0, 2.4, 40))
    for number in range(0, len(wet) - 2, 3):
        sheet.line(wet[number : number + 2], 1.8)
    lake = curve([(876, 164), (900, 120), (944, 84), (1040, 50), (1040, 176), (970, 190), (926, 212), (898, 216)], closed=True)
    river = band(RIVER, 12, 26)
    for shape in (river, lake):
        sheet.outline(shape, 3)
    for shape in (river, lake):
        sheet.fill(sheet.shape(shape), 96, screen(size, 4, 0, 1.4, 30))
    road(
        sheet,
        [(-10, 458), (70, 470), (150, 496), (236, 444), (346, 396), (430, 378), spot("Neudorf"), (560, 306), (660, 214), spot("Hallen")],
    )
    road(sheet, [(156, 496), (210, 494), (232, 528), (246, 590), (256, 710)])
    bridge(sheet, 231, 531)
    dam(sheet)
    for name, houses in (("Ostheim", 19), ("Neudorf", 6), ("Hallen", 12)):
        town(sheet, spot(name), houses)
    for at, name, size_of_type in (((124, 434), "OSTHEIM", 34), ((442, 312), "NEUDORF", 25), ((752, 132), "HALLEN", 30)):
        sheet.words(at, name, size_of_type, halo=3.4, spaced=2)
    sheet.words((442, 336), "now Novy Dol", 17, halo=3)
    sheet.words((904, 256), "dam", 20, halo=3)
    sheet.words((286, 560), "bridge", 18, halo=3)
    for sign, (x, y) in zip("LERRE", ((352, 526), (406, 494), (462, 474), (512, 456), (558, 424)), strict=True):
        sheet.words((x, y), sign, 27, halo=3.4)
    title(sheet)
    compass(sheet, 928, 556)
    scale(sheet, 720, 650)
    frame(sheet, 14)
    sheet.line([(22, 22), (978, 22), (978, 678), (22, 678), (22, 22)], 1.4)
    return sheet.printed()


def hill(sheet: Sheet, x: float, y: float, across: float, up: float) -> None:
    """Strokes that run down from a height, longer where it is steep, as maps of that time have it."""
    for ring, (inner, outer) in enumerate(((0.28, 0.6), (0.66, 1))):
        count = round((across + up) * (0.26 + 0.16 * ring))
        for number in range(count):
            turn = number / count * math.tau
            steep = 1 - 0.14 * math.sin(turn * 3 + x)
            ends = [(x + across * part * math.cos(turn), y + up * part * math.sin(turn)) for part in (inner, outer * steep)]
            sheet.line(ends, 1.3 if math.sin(turn) < 0.2 else 2.2)


def wood(sheet: Sheet, x: float, y: float) -> None:
    for left, down in ((-34, 4), (-14, -8), (8, 2), (30, -6), (-22, 20), (0, 22), (22, 18)):
        tree = curve([(x + left - 9, y + down), (x + left, y + down - 20), (x + left + 9, y + down)], closed=True)
        sheet.line([(x + left, y + down), (x + left, y + down + 7)], 2)
        sheet.fill(sheet.shape(tree), 150, screen(sheet.size, 3.6, 1))
        sheet.outline(tree, 1.6)


def road(sheet: Sheet, points: Sequence[Point]) -> None:
    way = curve(points)
    sheet.line(way, 6.4)
    sheet.line(way, 3.4, 255)


def bridge(sheet: Sheet, x: float, y: float) -> None:
    """Its two rails, wide at the ends."""
    for side in (-1, 1):
        rail = [(x + side * 12 - 4, y - 23), (x + side * 6 - 2, y - 15), (x + side * 6 + 2, y + 15), (x + side * 12 + 4, y + 23)]
        sheet.line(rail, 7, 255)
        sheet.line(rail, 3.4)


def dam(sheet: Sheet) -> None:
    """A wall across the river, above Hallen."""
    wall = curve([(866, 154), (880, 186), (898, 222)])
    sheet.line(wall, 15, 255)
    sheet.line(wall, 9)
    sheet.line([(898, 228), (902, 244)], 1.6)


def town(sheet: Sheet, at: Point, houses: int) -> None:
    """Blocks of houses about a church."""
    for number in range(1, houses + 1):
        turn, far = number * 2.4, 9 + 8.2 * math.sqrt(number)
        x, y = at[0] + far * math.cos(turn), at[1] + 0.72 * far * math.sin(turn)
        wide, high = 6 + number % 3 * 1.5, 4.4 + number % 2 * 1.4
        block = [(x - wide, y - high), (x + wide, y - high), (x + wide, y + high), (x - wide, y + high)]
        sheet.outline(block, 3.6, 255)
        sheet.fill(sheet.shape(block), 0)
    x, y = at
    sheet.disc(x, y, 11, 255)
    for width, ink in ((8, 255), (2.8, 0)):
        sheet.line([(x, y - 7), (x, y - 21)], width, ink)
        sheet.line([(x - 5, y - 16), (x + 5, y - 16)], width, ink)
    sheet.disc(x, y, 7)
    sheet.disc(x, y, 4, 255)


def title(sheet: Sheet) -> None:
    """A plate with what the plan is, and that there is no such valley."""
    plate = [(40, 40), (424, 40), (424, 152), (40, 152)]
    sheet.fill(sheet.shape(plate), 255)
    sheet.outline(plate, 3.4)
    sheet.outline([(47, 47), (417, 47), (417, 145), (47, 145)], 1.2)
    sheet.words((232, 76), "THE VALLEY OF THE LERRE", 25)
    sheet.words((232, 106), "June 1924. A made-up river: it is on no map.", 16.5)
    sample = [(92, 121), (132, 121), (132, 137), (92, 137)]
    sheet.fill(sheet.shape(sample), 196, screen(sheet.size, 7, 0, 2.4, 40))
    sheet.outline(sample, 1.4)
    sheet.words((142, 129), "ground that stood under water", 15.5, anchor="lm")


def compass(sheet: Sheet, x: float, y: float) -> None:
    for turn in range(4):
        angle = turn * math.tau / 4
        tip, side = 44 if turn else 60, 9
        point = (x + tip * math.sin(angle), y - tip * math.cos(angle))
        for way, ink in ((1, 0), (-1, 255)):
            corner = (x + side * math.sin(angle + way * math.tau / 8) * 1.4, y - side * math.cos(angle + way * math.tau / 8) * 1.4)
            sheet.fill(sheet.shape([(x, y), point, corner]), ink)
            sheet.outline([(x, y), point, corner], 1.4)
    sheet.words((x, y - 74), "N", 22, halo=3)


def scale(sheet: Sheet, x: float, y: float) -> None:
    """Three kilometres."""
    for part in range(3):
        left = x + part * KILOMETRE
        bar = [(left, y), (left + KILOMETRE, y), (left + KILOMETRE, y + 7), (left, y + 7)]
        sheet.fill(sheet.shape(bar), 255 if part % 2 else 0)
        sheet.outline(bar, 1.6)
    for part in range(4):
        sheet.words((x + part * KILOMETRE, y - 11), str(part), 15, halo=3)
    sheet.words((x + 3 * KILOMETRE + 12, y + 3), "km", 15, anchor="lm", halo=3)


# The gauge of the bridge

LEVELS = {"Tuesday, 3 June": 210, "Wednesday, 4 June": 290, "Saturday, 7 June": 340, "Wednesday, 11 June": 190}
"""Centimetres at Ostheim bridge, as the articles have them."""


def height(level: float) -> float:
    """Where a level stands on the board, in pixels from the top."""
    return 674 - (level - 150) * 2.3


def gauge() -> Pixels:
    """The board at the pier of the bridge, with the levels of four days."""
    sheet = Sheet(760, 760)
    size = sheet.size
    pier = [(0, 0), (392, 0), (392, 760), (0, 760)]
    top, last = max(LEVELS.values()), list(LEVELS.values())[-1]
    sheet.fill(sheet.shape(pier), 226, screen(size, 5))
    sheet.fill(sheet.shape([(0, height(top)), (392, height(top)), (392, 760), (0, 760)]), 150, screen(size, 5))
    stones(sheet, height(top))
    sheet.line([(392, 0), (392, 760)], 4)
    shore = [(x, height(last) + 2.4 * math.sin(x / 23)) for x in range(-4, 768, 4)]
    water = [*shore, (770, 770), (-10, 770)]
    sheet.fill(sheet.shape(water), fading(size, 330, 90), screen(size, 7, 0, 3, 62))
    sheet.line(shore, 3.4)
    board(sheet, 196, last)
    for day, level in LEVELS.items():
        mark(sheet, day, level, is_high=level == top)
    sheet.words((574, 66), "THE GAUGE", 34, spaced=2)
    sheet.words((574, 102), "at Ostheim bridge, in centimetres,", 19)
    sheet.words((574, 126), "by the book of the River Board", 19)
    sheet.line([(474, 148), (674, 148)], 2)
    frame(sheet, 14)
    return sheet.printed()


def stones(sheet: Sheet, damp: float) -> None:
    """The courses of the pier; below `damp` they have been wet."""
    for row in range(16):
        y = 20 + row * 47
        sheet.line([(0, y), (392, y)], 2.4 if y < damp else 3)
        for x in range(60 + 50 * (row % 2), 392, 104):
            sheet.line([(x, y), (x, y + 47)], 2.4 if y < damp else 3)
    sheet.line([(x, damp + 2.2 * math.sin(x / 17)) for x in range(0, 394, 4)], 2.4)


def board(sheet: Sheet, left: float, water: int) -> None:
    """The board itself: a block for every ten centimetres, a number for every fifty. What is under water is not seen."""
    right, top, foot = left + 112, height(414), height(water) + 2
    plate = [(left, top), (right, top), (right, foot), (left, foot)]
    sheet.outline(plate, 9, 255)
    sheet.fill(sheet.shape(plate), 255)
    sheet.line([(left, foot), (left, top), (right, top), (right, foot)], 3.4)
    for level in range(water, 400, 10):
        if level // 10 % 2:
            y, wide = height(level), 44 if level % 50 else 58
            sheet.fill(sheet.shape([(right - wide, y), (right, y), (right, y - 23), (right - wide, y - 23)]), 0)
    for level in range(200, 401, 50):
        sheet.words((left + 28, height(level)), str(level), 24, "sans-bold")
        sheet.line([(left + 54, height(level)), (right, height(level))], 2.4)


def mark(sheet: Sheet, day: str, level: int, *, is_high: bool) -> None:
    """A tablet with a day's level, and a hand that points to it."""
    y = height(level)
    sheet.line([(312, y), (428, y)], 9, 255)
    sheet.line([(318, y), (428, y)], 3.6)
    tip = [(308, y), (330, y - 9), (330, y + 9)]
    sheet.outline(tip, 4, 255)
    sheet.fill(sheet.shape(tip), 0)
    plate = [(428, y - 20), (728, y - 20), (728, y + 20), (428, y + 20)]
    sheet.outline(plate, 8, 255)
    sheet.fill(sheet.shape(plate), 255)
    sheet.outline(plate, 4.4 if is_high else 2.4)
    sheet.words((442, y), day, 21, anchor="lm")
    sheet.words((714, y), str(level), 29, "sans-bold", anchor="rm")


# The number of 3 June of the Courier

CLIPPING = (
    "On Tuesday evening the Lerre stood at 210 centimetres at Ostheim bridge, the River Board said, and was still rising.",
    "It has rained for six days. In Hallen the school is shut, and boats are tied to the lamp posts of Ferry Lane.",
)
"""What the article says: the first paragraph is on the front page, the second on the next."""
LINE, WIDE = 19, 178
"""From one line of the small type to the next, and how wide a column is, in pixels."""


def front_page() -> Pixels:
    """The front page: what is no part of the article is not set, as if it were out of focus."""
    sheet = Sheet(640, 880)
    sheet.words((320, 70), "LERRE VALLEY COURIER", 42, spaced=1)
    sheet.line([(36, 104), (604, 104)], 3)
    sheet.words((36, 121), "OSTHEIM", 15, anchor="lm")
    sheet.words((320, 121), "Tuesday, 3 June 1924", 15)
    sheet.words((604, 121), "A made-up paper", 15, anchor="rm")
    sheet.line([(36, 138), (604, 138)], 1.4)
    sheet.words((320, 182), "The River Is Rising", 38)
    sheet.line([(260, 212), (380, 212)], 1.4)
    end = column(sheet, 231, 240, CLIPPING[0])
    sheet.words((409, end + 8), "(Continued on page 2)", 13, anchor="rm")
    unset(sheet, 36, 240, 836)
    unset(sheet, 231, end + 40, 836)
    unset(sheet, 426, 240, 836)
    for x in (222, 417):
        sheet.line([(x, 236), (x, 840)], 1)
    return sheet.printed()


def second_page() -> Pixels:
    """The page behind it, with the end of the article and a notice."""
    sheet = Sheet(640, 880)
    sheet.words((36, 60), "2", 22, anchor="lm")
    sheet.words((320, 60), "LERRE VALLEY COURIER, 3 JUNE 1924", 16, spaced=1)
    sheet.line([(36, 78), (604, 78)], 2)
    sheet.words((36, 104), "(From page 1)", 13, anchor="lm")
    end = column(sheet, 36, 130, CLIPPING[1])
    unset(sheet, 36, end + 24, 836)
    unset(sheet, 231, 104, 500)
    unset(sheet, 426, 104, 500)
    for x, foot in ((222, 840), (417, 506)):
        sheet.line([(x, 98), (x, foot)], 1)
    notice = [(236, 540), (604, 540), (604, 820), (236, 820)]
    sheet.outline(notice, 4)
    sheet.outline([(244, 548), (596, 548), (596, 812), (244, 812)], 1.2)
    for y, words, size in (
        (600, "BOATS", 54),
        (652, "by the day and by the night", 20),
        (684, "at the bridge of Ostheim", 20),
        (752, "(nobody hires them out: all is made up)", 15),
    ):
        sheet.words((420, y), words, size)
    return sheet.printed()


def column(sheet: Sheet, x: float, y: float, text: str) -> float:
    """Sets a paragraph in a column; where its next line would be."""
    size = 16
    font = ImageFont.truetype(FONTS / "serif.ttf", size * FINER, layout_engine=ImageFont.Layout.BASIC)
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}".strip()
        if font.getlength(longer) > WIDE * FINER:
            sheet.words((x, y), line, size, anchor="lm")
            y, longer = y + LINE, word
        line = longer
    sheet.words((x, y), line, size, anchor="lm")
    return y + LINE


def unset(sheet: Sheet, x: float, y: float, foot: float) -> None:
    """A column of type that cannot be read: strokes for words, with a short line at the end of each paragraph."""
    number = int(x) // 7
    while y < foot:
        last = 60 if number % 7 == 6 else WIDE
        at = 0
        while at < last - 12:
            letters = 2 + (number * 5 + at * 3) % 9
            end = min(at + letters * 6, last)
            end = last if last - end < 14 else end
            sheet.line([(x + at + 2, y), (x + end - 2, y)], 4, 168)
            at = end + 7
        number, y = number + 1, y + (LINE * 1.5 if last < WIDE else LINE)


PICTURES = {
    "cow.png": cow_upon_the_church,
    "plan.png": plan,
    "gauge.png": gauge,
    "courier-1.png": front_page,
    "courier-2.png": second_page,
}


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    for name, draw in PICTURES.items():
        draw().save(OUT / name, optimize=True)
        print(f"{(OUT / name).stat().st_size:7,}  {name}")


if __name__ == "__main__":
    main()
