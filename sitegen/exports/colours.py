"""Colours made those of the web. A picture's colour profile goes with its other metadata, and without it browsers take the colours for
sRGB; so they are converted to that first."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Pillow is imported where pictures are
    from PIL.Image import Image

    Convert = Callable[[Image], Image]

_COLOURS = {"L": "L", "LA": "L", "I;16": "I;16", "P": "RGB", "RGB": "RGB", "RGBA": "RGB", "CMYK": "CMYK"}
"""Pillow's modes -> in which of them the profile counts the colours. The others have black and white alone, or no profile."""
TOLERANCE = 2
"""Steps of 255 by which the many profiles that are called sRGB differ from one another; nobody sees them."""


def to_srgb(image: Image) -> Convert | None:
    """What converts a picture, and each frame of it, to sRGB: perceptually, by littleCMS. None where its colours are sRGB already, or
    it has no profile that fits it. Of a converted picture only the pixels are left, and which of them are transparent."""
    from PIL import ImageCms

    profile, colours = image.info.get("icc_profile"), _COLOURS.get(image.mode)
    if not profile or colours is None or (colours == "I;16" and "transparency" in image.info):
        return None
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        transform = ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), colours, "RGB")
        if colours != "CMYK" and _moves(transform.apply, colours) <= TOLERANCE:
            return None
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):  # no profile, or one of other colours than the picture's
        return None
    return lambda picture: _converted(picture, colours, transform.apply)


def _moves(convert: Convert, colours: str) -> int:
    """By how many steps of 255 a conversion moves a colour at most: of all greys, and of a lattice of colours."""
    from PIL import Image, ImageChops

    greys = bytes(range(256))
    if colours == "RGB":
        steps = range(0, 256, 51)
        lattice = bytes(part for red in steps for green in steps for blue in steps for part in (red, green, blue))
        before = Image.frombytes("RGB", (256 + len(steps) ** 3, 1), bytes(grey for grey in greys for _ in "rgb") + lattice)
    elif colours == "L":
        before = Image.frombytes("L", (256, 1), greys)
    else:
        before = Image.frombytes("I;16", (256, 1), bytes(grey for grey in greys for _ in range(2)))
    shown = before if colours == "RGB" else Image.frombytes("L", (256, 1), greys).convert("RGB")
    return max(ImageChops.difference(shown, convert(before)).tobytes())


def _converted(picture: Image, colours: str, convert: Convert) -> Image:
    from PIL import Image

    if picture.mode == "P":  # its colours stand in its palette
        palette = bytes(picture.getpalette("RGB") or ())
        out = picture.copy()
        out.putpalette(convert(Image.frombytes("RGB", (len(palette) // 3, 1), palette)).tobytes(), "RGB")
        out.info = {key: value for key, value in picture.info.items() if key == "transparency"}
        return out
    if "transparency" in picture.info:  # one colour is: it would be another after the conversion
        picture = picture.convert("LA" if picture.mode == "L" else "RGBA")
    out = convert(picture if picture.mode == colours else picture.convert(colours))
    if colours in ("L", "I;16"):
        out = out.convert("L")
    if picture.mode in ("LA", "RGBA"):
        out.putalpha(picture.getchannel("A"))
    out.info = {}
    return out
