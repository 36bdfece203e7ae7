"""How wide a text is in a font, as a browser sets it: advances and kerning."""

from __future__ import annotations

from itertools import pairwise

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.otTables import PairPos


def width(font: TTFont, text: str) -> float:
    """How wide a text is, kerned, in parts of the font's size. Without kerning it would be wrong by a hundredth."""
    names, advances, kerning = font.getBestCmap(), font["hmtx"].metrics, pairs(font)
    glyphs = [names[ord(sign)] for sign in text]
    total = sum(advances[glyph][0] for glyph in glyphs) + sum(kerned(kerning, *pair) for pair in pairwise(glyphs))
    return float(total / font["head"].unitsPerEm)


def pairs(font: TTFont) -> list[list[PairPos]]:
    """The lookups of a font that kern pairs, each as its parts."""
    table = font["GPOS"].table
    used = {index for one in table.FeatureList.FeatureRecord if one.FeatureTag == "kern" for index in one.Feature.LookupListIndex}
    lookups = [[getattr(part, "ExtSubTable", part) for part in table.LookupList.Lookup[index].SubTable] for index in sorted(used)]
    return [[part for part in parts if isinstance(part, PairPos)] for parts in lookups]


def kerned(kerning: list[list[PairPos]], left: str, right: str) -> int:
    """By how much two glyphs come nearer: what the first part of each lookup says that knows the pair."""
    return sum(next((found for part in parts if (found := _advance(part, left, right)) is not None), 0) for parts in kerning)


def _advance(part: PairPos, left: str, right: str) -> int | None:
    """What a part of a lookup says of a pair; None where it does not know it."""
    if left not in part.Coverage.glyphs:
        return None
    if part.Format == 1:
        known = part.PairSet[part.Coverage.glyphs.index(left)].PairValueRecord
        return next((getattr(one.Value1, "XAdvance", 0) for one in known if one.SecondGlyph == right), None)
    first, second = part.ClassDef1.classDefs.get(left, 0), part.ClassDef2.classDefs.get(right, 0)
    return getattr(part.Class1Record[first].Class2Record[second].Value1, "XAdvance", 0)
