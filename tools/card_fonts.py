"""The fonts of social cards, out of those of the web: one file a face, of one weight.

A card is set by Pillow, which knows nothing of kerning by `GPOS` unless a shaping library is at hand, and then sets the same text otherwise
than where there is none. So these have their kerning in the older table `kern`, which every FreeType reads, and no feature else.
"""

from __future__ import annotations

import io
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0
from fontTools.ttLib.tables.otTables import PairPos
from fontTools.varLib.instancer import instantiateVariableFont
from text_width import pairs

LEAST = 15
"""Thousandths of the size by which two signs must come nearer for it to be written down."""
KERNED = ("latin", "cyrillic")
"""The files whose signs are kerned with one another, but those that Unicode takes apart: who reads these fonts kerns an accented letter as
the one beneath the accent. All pairs would make a font four times as large."""
AT_ONCE = 10_000
"""Pairs of one part of the table: their bytes are counted by 16 bits."""


class Face(NamedTuple):
    """A font of cards. `size`: the pixels for which it is drawn."""

    name: str
    stem: str
    package: str
    weight: int
    size: int


FACES = (
    Face("Archive Serif Bold", "serif", "source-serif-4", 700, 36),
    Face("Archive Sans Medium", "sans", "inter", 500, 24),
    Face("Archive Sans Bold", "sans-bold", "inter", 700, 32),
)


def card_font(face: Face, parts: Mapping[str, tuple[bytes, set[int]]]) -> bytes:
    """A face, from the files of which it comes split (by their names in `SUBSETS`), each with the signs that are taken from it."""
    kerning: dict[tuple[int, int], int] = {}
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, (data, signs) in parts.items():
            font = TTFont(io.BytesIO(data), recalcTimestamp=False)
            font["fvar"].instances = []
            instantiateVariableFont(font, {"opsz": face.size, "wght": face.weight}, inplace=True)
            if name in KERNED:
                kerning |= dict(_kerning(font, {sign for sign in signs if not unicodedata.decomposition(chr(sign))}))
            _bare(font, signs)
            paths.append(Path(folder) / f"{name}.ttf")
            font.save(paths[-1])
        merged = Merger().merge([str(path) for path in paths])
    merged.recalcTimestamp = False
    _kern(merged, kerning)
    for record in list(merged["name"].names):
        if record.nameID in (1, 3, 4, 6):
            record.string = face.name.replace(" ", "" if record.nameID == 6 else " ")
    out = io.BytesIO()
    merged.save(out)
    return out.getvalue()


def _bare(font: TTFont, signs: set[int]) -> None:
    """Leaves the outlines of the signs, how wide they are, and whose the font is."""
    options = Options()
    options.layout_features = []
    options.name_IDs = [0, 1, 2, 3, 4, 6, 13, 14]
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "MVAR", "STAT", "gasp", "prep"]
    options.glyph_names = False
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=signs & set(font.getBestCmap()))
    subsetter.subset(font)


def _kerning(font: TTFont, signs: set[int]) -> Iterator[tuple[tuple[int, int], int]]:
    """The pairs of signs that are kerned, and by how much. Of each lookup the first part that knows a pair tells."""
    glyphs = {glyph: sign for sign, glyph in font.getBestCmap().items() if sign in signs}
    least = LEAST * font["head"].unitsPerEm / 1000
    found: dict[tuple[str, str], int] = {}
    for parts in pairs(font):
        told: dict[tuple[str, str], int] = {}
        for part in parts:
            for pair, by in _said(part, glyphs):
                told.setdefault(pair, by)
        for pair, by in told.items():
            found[pair] = found.get(pair, 0) + by
    for (left, right), by in found.items():
        if abs(by) >= least:
            yield (glyphs[left], glyphs[right]), by


def _said(part: PairPos, glyphs: Mapping[str, int]) -> Iterator[tuple[tuple[str, str], int]]:
    """What a part of a lookup says of these glyphs."""
    for index, left in enumerate(part.Coverage.glyphs):
        if left not in glyphs:
            continue
        if part.Format == 1:
            for one in part.PairSet[index].PairValueRecord:
                if one.SecondGlyph in glyphs:
                    yield (left, one.SecondGlyph), getattr(one.Value1, "XAdvance", 0)
            continue
        row = part.Class1Record[part.ClassDef1.classDefs.get(left, 0)].Class2Record
        for right in glyphs:
            yield (left, right), getattr(row[part.ClassDef2.classDefs.get(right, 0)].Value1, "XAdvance", 0)


def _kern(font: TTFont, kerning: Mapping[tuple[int, int], int]) -> None:
    names = font.getBestCmap()
    table = newTable("kern")
    table.version, table.kernTables = 0, []
    ordered = sorted(((names[left], names[right]), by) for (left, right), by in kerning.items() if left in names and right in names)
    for start in range(0, len(ordered), AT_ONCE):
        part = KernTable_format_0()
        part.version, part.format, part.coverage, part.apple, part.tupleIndex = 0, 0, 1, False, None
        part.kernTable = dict(ordered[start : start + AT_ONCE])
        table.kernTables.append(part)
    font["kern"] = table
