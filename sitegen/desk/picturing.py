"""Pictures from a browser: kept in `content/images/`, without what they tell of where and by whom they were taken."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import NamedTuple

from sitegen import urls
from sitegen.editor import bytes_of, create, place_of
from sitegen.exports.images import clean
from sitegen.model.problem import Fault

LIMIT = 40 * 1024 * 1024
"""Bytes of a picture that is taken."""
_PDF = b"%PDF-"


class Kept(NamedTuple):
    """A picture that was kept: its path below `content/images/`; `told`: what an editor should know of it."""

    file: str
    told: str


def keep(root: Path, name: str, data: bytes) -> Kept:
    """Keeps a picture, or a PDF file as it is, under a name that is free. Raises Fault where it is none that can be published."""
    if len(data) > LIMIT:
        raise Fault(f"{name} is larger than {LIMIT // 1024**2} MiB")
    stem, _, ending = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    ending = re.sub(r"[^a-z0-9]", "", ending.lower())[:5]
    where = ""
    if not (ending == "pdf" and data.startswith(_PDF)):
        where = location(data)
        try:
            data = clean(data, f"picture.{ending}").data
        except ValueError as error:
            raise Fault(f"{name}: {error}") from error
    stem = urls.slug(stem, 60)
    stem = stem if urls.is_stem(stem) else f"picture-{stem}".rstrip("-")
    for number in range(1, 1_000):
        path = f"{stem}{f'-{number}' if number > 1 else ''}.{ending}"
        place = place_of(root, f"content/images/{path}")
        if create(place, data) or (place.is_file() and bytes_of(place) == data):
            return Kept(
                path, f"It told where it was taken ({where}); that is removed." if where else "It tells nothing of where it was taken."
            )
    raise Fault(f"there are too many pictures of the name {stem}")


def location(data: bytes) -> str:
    """Where a picture says that it was taken, in degrees; empty where it does not."""
    from PIL import ExifTags, Image

    try:
        with Image.open(io.BytesIO(data)) as image:
            told = image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        lat, lon = (_degrees(told[number]) for number in (2, 4))
        return f"{-lat if told.get(1) == 'S' else lat:.4f}, {-lon if told.get(3) == 'W' else lon:.4f}"
    except Exception:  # noqa: BLE001  # Pillow raises whatever its decoders do; what is wrong with the picture `clean` says
        return ""


def _degrees(parts: tuple[float, float, float]) -> float:
    return float(parts[0]) + float(parts[1]) / 60 + float(parts[2]) / 3600
