"""Pictures made ready for the web: checked to be what they claim, turned upright, stripped of location and all other metadata."""

from __future__ import annotations

import io
import warnings

from sitegen.model.base import Value

FORMATS = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",), "WEBP": (".webp",), "GIF": (".gif",)}
"""What is published, and the endings it may have. SVG is a program, and is refused."""
PIXEL_LIMIT = 100_000_000


class Cleaned(Value, frozen=True):
    """A picture without metadata, and its size in pixels."""

    data: bytes
    width: int
    height: int


def clean(data: bytes, name: str) -> Cleaned:
    """The picture as it is published. Raises ValueError, with words for editors, where it is none that may be."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=list(FORMATS))
            if image.width * image.height > PIXEL_LIMIT:
                raise ValueError(f"the picture has more than {PIXEL_LIMIT:,} pixels")
            image.load()
    except ValueError:
        raise
    except Exception as error:  # Pillow raises whatever its decoders do
        raise ValueError(f"this is no picture of a kind that is published ({', '.join(FORMATS)})") from error
    kind = image.format or ""
    if not name.lower().endswith(FORMATS[kind]):
        raise ValueError(f"the picture is {kind}, so its name must end in {' or '.join(FORMATS[kind])}")
    upright = ImageOps.exif_transpose(image)
    upright.info = {key: image.info[key] for key in ("transparency", "duration", "loop", "background") if key in image.info}
    out = io.BytesIO()
    if kind == "JPEG":
        same = upright.size == image.size and image.getexif().get(0x0112, 1) == 1
        if same:
            image.info.pop("exif", None)
            image.save(out, "JPEG", quality="keep", exif=b"", icc_profile=None, comment=b"")
        else:
            upright.convert("RGB").save(out, "JPEG", quality=92, exif=b"")
    elif getattr(image, "is_animated", False):
        image.info.pop("comment", None)
        image.save(out, kind, save_all=True)
    else:
        upright.save(out, kind, **({"lossless": True} if kind == "WEBP" else {}))
    return Cleaned(out.getvalue(), upright.width, upright.height)
