"""Makes the web fonts of the default theme: `make fonts` (needs npm).

    pip install fonttools==4.68.0 brotli==1.2.1
    python tools/fonts.py

Source Serif 4 speaks for the authors and Inter for the archive, as "Archive Serif" and "Archive Sans" (the first reserves its own name
for what its authors make). Both come split by writing from the packages of Fontsource, whose bytes are known; what is written here is
smaller, for no page asks for weights below 400 and above 700, or for features other than `FEATURES`. Of the designs for several sizes
(`opsz`) one is taken, that of the size at which pages set the family; all of them make a font more than twice as large.

`fonts.css` names them, and for each the fonts that a reader has already, made as wide and as high as ours: nothing moves when ours
arrive. How wide those are is measured in free fonts that were drawn to their widths. These, without their outlines, are written for the
browser test (`tests/browser/faces/`), which cannot count on what a machine has. Social cards have fonts of their own (`card_fonts`).

Made twice, the bytes are the same; `tools/fonts.sha256` has their digests (`sha256sum -c tools/fonts.sha256`).
"""

from __future__ import annotations

import hashlib
import io
import logging
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from card_fonts import FACES as CARD_FACES
from card_fonts import card_font
from fontTools.otlLib.optimize.gpos import compact
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.varLib.instancer import instantiateVariableFont
from text_width import width

ROOT = Path(__file__).parent.parent
ASSETS = "themes/default/assets"
FACES = "tests/browser/faces"
CARDS = "themes/default/cards"
MANIFEST = "tools/fonts.sha256"

PACKAGES = {
    "@fontsource-variable/source-serif-4@5.3.1": "8c452853c74be1e43e9fbfe76321c26f4678a2d431e93209ff1d9faec03fd96f",
    "@fontsource-variable/inter@5.3.0": "d26710dd38e7217484a1d47ee76c024977ec550548876f26d06ed1844af09a14",
    "@fontsource/gelasio@5.3.0": "8a8579e2d5be4074764ba3d4336afc3ad4cc1f2e04a0208e5386febf782dfcd7",
    "@fontsource/tinos@5.3.0": "218a9f3dfc1f43e595835ba84ffb1f69723f27cab54a50b5acd64c0fe067dbe2",
    "@fontsource/arimo@5.3.0": "df44945077a74905969f15bba3b442f9fb6773818b2b59c970911deace01132f",
}
"""What is taken from the registry, with the SHA-256 of each package."""

WEIGHTS = (400, 700)
"""The least and the greatest weight that pages ask for."""
SEMIBOLD = 600
"""The weight of what pages set in bold, for the most part: bold fall-backs are measured against it."""
FEATURES = ["kern", "liga", "tnum", "lnum", "onum"]
MARKS = ["ccmp", "locl", "mark", "mkmk"]
"""Features of languages, and of marks that are put onto letters."""
SUBSETS = {
    "cyrillic-ext": "U+0460-048F, U+0492-04AF, U+04B2-052F, U+1C80-1C8A, U+20B4, U+2DE0-2DFF, U+A640-A69F, U+FE2E-FE2F",
    "cyrillic": "U+0301, U+0400-045F, U+0490-0491, U+04B0-04B1, U+2116",
    "latin-ext": "U+0100-0130, U+0132-0151, U+0154-017F, U+018F, U+0192, U+01A0-01A1, U+01AF-01B0, U+01CD-01DC, U+01E6-01E7, U+01F8-01F9, "
    "U+0218-021B, U+0259, U+02B9-02BA, U+02BD-02BF, U+02C7, U+02D8-02D9, U+02DB, U+02DD, U+0300, U+0303-0304, U+0308-0309, U+0323, U+0329, "
    "U+1E00-1E9F, U+1EF2-1EF9, U+2020, U+20A0-20AB, U+20AD-20B3, U+20B5-20C0, U+2113",
    "latin": "U+0020-007E, U+00A0-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2000-201F, U+2021-206F, U+20AC, "
    "U+2122, U+2191, U+2193, U+2212, U+2215",
}
"""The signs of each file. No sign is in two of them, so that no page loads one file for the sake of another; what an English or German page
has is in the last. Letters with combining marks are single signs in the archive (NFC), so that it needs no `MARKS`."""


class Local(NamedTuple):
    """A font that readers have. `names`: what it is called, with the fonts that are as wide; `measure`: the package in which that is
    measured; `stem`: of the files for the test."""

    names: tuple[str, ...]
    measure: str
    stem: str


class Family(NamedTuple):
    """A family of ours. `size`: the pixels for which it is drawn; `kerning`: how far its kerning is repacked (a level of fontTools), which
    makes the one smaller in the end and the other larger; `locals`: the fall-backs, the best one last, as browsers want it."""

    name: str
    stem: str
    package: str
    styles: tuple[str, ...]
    size: int
    kerning: int
    locals: tuple[Local, ...]


FAMILIES = (
    Family(
        "Archive Serif",
        "serif",
        "source-serif-4",
        ("normal", "italic"),
        20,
        5,
        (Local(("Liberation Serif", "Times New Roman"), "tinos", "times"), Local(("Georgia",), "gelasio", "georgia")),
    ),
    Family("Archive Sans", "sans", "inter", ("normal",), 14, 0, (Local(("Liberation Sans", "Arial"), "arimo", "arial"),)),
)


def packages(folder: Path) -> dict[str, bytes]:
    """The files of all packages, by their paths. Raises where a package is not the one that is known."""
    out: dict[str, bytes] = {}
    for spec, expected in PACKAGES.items():
        command = ["npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", str(folder), spec]
        name = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1]
        data = (folder / name).read_bytes()
        if hashlib.sha256(data).hexdigest() != expected:
            raise SystemExit(f"{spec} is not what it was: {hashlib.sha256(data).hexdigest()}")
        with tarfile.open(fileobj=io.BytesIO(data)) as tar:
            for member in tar.getmembers():
                found = tar.extractfile(member)
                if found is not None:
                    short = spec.rpartition("@")[0].rpartition("/")[2]
                    out[f"{short}/{member.name.removeprefix('package/')}"] = found.read()
    return out


def opened(data: bytes) -> TTFont:
    return TTFont(io.BytesIO(data), recalcTimestamp=False)


def saved(font: TTFont) -> bytes:
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def signs(ranges: str) -> set[int]:
    """The code points of a `unicode-range`."""
    out: set[int] = set()
    for one in ranges.split(", "):
        first, _, last = one.removeprefix("U+").partition("-")
        out |= set(range(int(first, 16), int(last or first, 16) + 1))
    return out


def reduced(font: TTFont, ranges: str, features: list[str]) -> None:
    """Leaves the signs of these ranges, and these features. The fonts have no hints but for the few bytes that ask Windows
    to smooth them, which stay."""
    options = Options()
    options.layout_features = features
    options.name_IDs = [0, 1, 2, 3, 4, 6, 13, 14]
    options.drop_tables += ["BASE", "MVAR"]
    options.glyph_names = False
    options.hinting = True
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=signs(ranges) & set(font.getBestCmap()))
    subsetter.subset(font)


def renamed(font: TTFont, family: str, style: str) -> None:
    """Gives a font our name for it; whose it is and under which licence stays."""
    is_italic = style == "italic"
    compact_name = family.replace(" ", "") + ("-Italic" if is_italic else "-Regular")
    words = {
        1: family,
        2: style.replace("normal", "Regular").replace("italic", "Italic"),
        3: compact_name,
        4: family + " Italic" * is_italic,
    }
    for record in list(font["name"].names):
        text = {**words, 6: compact_name}.get(record.nameID)
        if text is not None:
            record.string = text


def web_font(data: bytes, family: Family, style: str, subset: str) -> bytes:
    """A file of ours from one of theirs."""
    font = opened(data)
    font["fvar"].instances = []  # their names are the fonts' own
    reduced(font, SUBSETS[subset], FEATURES if subset == "latin" else FEATURES + MARKS)
    instantiateVariableFont(font, {"opsz": family.size, "wght": WEIGHTS}, inplace=True)
    if family.kerning and "GPOS" in font:
        compact(font, family.kerning)
    renamed(font, family.name, style)
    return saved(font)


def english(theirs: Mapping[str, bytes]) -> str:
    """Some English text, by which widths are measured: how the licence of the fonts begins, up to its capitals."""
    text = licence_of(theirs)
    return " ".join(text[text.index("PREAMBLE") + 8 : text.index("PERMISSION")].replace("DEFINITIONS", "").split())


def widths_alone(data: bytes, name: str) -> bytes:
    """A font of which nothing is left but how wide its signs are, and how they are kerned."""
    font = opened(data)
    reduced(font, "U+0020-007E, U+00A0, U+2013-2014, U+2018-2019, U+201C-201D, U+2026", FEATURES)
    for glyph in font.getGlyphOrder():
        if glyph != ".notdef":
            font["glyf"][glyph] = Glyph()
    for record in list(font["name"].names):
        if record.nameID in (1, 3, 4, 6):
            record.string = name
    return saved(font)


def css(fonts: Mapping[str, bytes], theirs: Mapping[str, bytes]) -> str:
    """`fonts.css`: every file of ours, and the fall-backs."""
    out = [
        "/* Made by `make fonts`; do not edit. Adapted from Source Serif 4 and Inter under the SIL Open Font License: fonts-licence.txt.",
        "   A file is loaded where a page has signs of its range. Fall-backs are as wide and high as what they stand for. */",
    ]
    for family in FAMILIES:
        out += ["", *_ours(family, fonts), *_fall_backs(family, theirs)]
    return "\n".join(out) + "\n"


def _face(family: str, style: str, weights: str, source: str, *more: str) -> str:
    """One `@font-face`."""
    lines = [f'font-family: "{family}"', *([f"font-style: {style}"] if style != "normal" else [])]
    return "@font-face {" + "".join(f" {line};" for line in [*lines, f"font-weight: {weights}", *more, f"src: {source}"]) + " }"


def _ours(family: Family, fonts: Mapping[str, bytes]) -> Iterator[str]:
    for style in family.styles:
        for subset, ranges in SUBSETS.items():
            name = file_name(family, style, subset)
            assert name in fonts
            more = ("font-display: swap", f"unicode-range: {ranges}")
            yield _face(family.name, style, f"{WEIGHTS[0]} {WEIGHTS[1]}", f'url({name}) format("woff2")', *more)


def _fall_backs(family: Family, theirs: Mapping[str, bytes]) -> Iterator[str]:
    for style in family.styles:
        original = theirs[source(family, style, "latin")]
        high = opened(original)["hhea"]
        em = opened(original)["head"].unitsPerEm
        text = english(theirs)
        for local in family.locals:
            for bold, weights, at, theirs_at in (("", "400 500", WEIGHTS[0], 400), (" Bold", "600 700", SEMIBOLD, 700)):
                ours = width(instantiateVariableFont(opened(original), {"opsz": family.size, "wght": at}), text)
                size = ours / width(opened(theirs[measure(local, style, theirs_at)]), text)
                names = ", ".join(f'local("{name}{bold}{" Italic" if style == "italic" else ""}")' for name in local.names)
                yield _face(
                    f"{family.name} Fallback",
                    style,
                    weights,
                    names,
                    f"size-adjust: {size:.2%}",
                    f"ascent-override: {high.ascent / em / size:.2%}",
                    f"descent-override: {-high.descent / em / size:.2%}",
                    f"line-gap-override: {high.lineGap / em / size:.2%}",
                )


def file_name(family: Family, style: str, subset: str) -> str:
    """Of a font of ours."""
    return f"{family.stem}{'' if style == 'normal' else '-' + style}-{subset}.woff2"


def source(family: Family, style: str, subset: str) -> str:
    """The file of theirs from which it is made."""
    return f"{family.package}/files/{family.package}-{subset}-opsz-{style}.woff2"


def measure(local: Local, style: str, weight: int) -> str:
    """The file in which a fall-back is measured."""
    return f"{local.measure}/files/{local.measure}-latin-{weight}-{style}.woff2"


def licence(theirs: Mapping[str, bytes], fonts: Iterable[tuple[str, str]], heading: str) -> str:
    """Whose the fonts (name, file of theirs) are, and the licence of all of them, which is one."""
    owners = [f"{name}: {opened(theirs[path])['name'].getDebugName(0)}" for name, path in fonts]
    text = licence_of(theirs)
    return f"{heading}\n\n" + "\n".join(owners) + "\n\n" + text[text.index("This Font Software is licensed") :].strip() + "\n"


def licence_of(theirs: Mapping[str, bytes]) -> str:
    """The text that every package has."""
    return theirs[next(path for path in theirs if path.endswith("/LICENSE"))].decode()


def made() -> dict[str, bytes]:
    """Every file that is made, by its path."""
    with tempfile.TemporaryDirectory() as folder:
        theirs = packages(Path(folder))
    fonts = {
        file_name(family, style, subset): web_font(theirs[source(family, style, subset)], family, style, subset)
        for family in FAMILIES
        for style in family.styles
        for subset in SUBSETS
    }
    faces = {
        f"{local.stem}{'-bold' if weight > SEMIBOLD else ''}.woff2": widths_alone(theirs[measure(local, "normal", weight)], local.stem)
        for family in FAMILIES
        for local in family.locals
        for weight in WEIGHTS
    }
    cards = {
        face.stem: card_font(
            face,
            {
                one: (theirs[f"{face.package}/files/{face.package}-{one}-opsz-normal.woff2"], signs(SUBSETS[one]))
                for one in reversed(SUBSETS)
            },
        )
        for face in CARD_FACES
    }
    originals = [("Source Serif 4" if f.stem == "serif" else "Inter", source(f, "normal", "latin")) for f in FAMILIES]
    stands = [(local.measure.title(), measure(local, "normal", 400)) for family in FAMILIES for local in family.locals]
    texts = {
        f"{ASSETS}/fonts.css": css(fonts, theirs),
        f"{ASSETS}/fonts-licence.txt": licence(theirs, originals, "Archive Serif and Archive Sans are subsets of these fonts, renamed."),
        f"{FACES}/LICENCE.txt": licence(theirs, stands, "The widths of these fonts, without their outlines, renamed."),
    }
    return {
        **{f"{ASSETS}/{name}": data for name, data in fonts.items()},
        **{f"{FACES}/{name}": data for name, data in faces.items()},
        **{f"{CARDS}/{name}.ttf": data for name, data in cards.items()},
        **{path: text.encode() for path, text in texts.items()},
    }


def main() -> None:
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # it tells of every table that it does not know how to reduce
    files = made()
    for path, data in sorted(files.items()):
        place = ROOT / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        print(f"{len(data):7,}  {path}")
    lines = [f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in sorted(files.items())]
    (ROOT / MANIFEST).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
