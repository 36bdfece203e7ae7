"""Pictures made ready for the web: checked to be what they claim, turned upright, their colours made sRGB, stripped of location and all
other metadata."""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING, Any

from sitegen.exports.colours import to_srgb
from sitegen.model.base import Value

if TYPE_CHECKING:  # Pillow is imported where there is a picture
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

    from sitegen.exports.colours import Convert

FORMATS = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",), "WEBP": (".webp",), "GIF": (".gif",)}
"""What is published, and the endings it may have. SVG is a program, and is refused."""
PIXEL_LIMIT = 100_000_000
_BEGINNINGS = {"JPEG": rb"\xff\xd8\xff", "PNG": rb"\x89PNG\r\n\x1a\n", "WEBP": rb"(?s)RIFF.{4}WEBP", "GIF": rb"GIF8[79]a"}
_ORIENTATION = 0x0112
"""The tag of EXIF that says how a picture is to be turned."""
_SHOWN = ("transparency", "duration", "loop", "background")
"""What Pillow tells of a picture that is part of how it looks."""


class Cleaned(Value, frozen=True):
    """A picture without metadata, and its size in pixels."""

    data: bytes
    width: int
    height: int


def clean(data: bytes, name: str) -> Cleaned:
    """The picture as it is published. Raises ValueError, with words for editors, where it is none that may be."""
    from PIL import Image

    kind = next((kind for kind, beginning in _BEGINNINGS.items() if re.match(beginning, data)), None)
    if kind is None:
        raise ValueError(f"this is no picture of a kind that is published ({', '.join(FORMATS)})")
    if not name.lower().endswith(FORMATS[kind]):
        raise ValueError(f"the picture is {kind}, so its name must end in {' or '.join(FORMATS[kind])}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's, of what is odd in a file or large: what cannot be published is raised
        try:
            image = _opened(data, kind)
            if image.width * image.height <= PIXEL_LIMIT:
                return _cleaned(image, kind)
        except Image.DecompressionBombError:  # beyond Pillow's own limit, which is higher than ours
            pass
        except MemoryError as error:
            raise ValueError("the picture needs more memory than there is") from error
        except Exception as error:  # Pillow raises whatever its decoders do
            raise ValueError(f"the picture is damaged or not whole: it cannot be read as {kind}") from error
    raise ValueError(f"the picture has more than {PIXEL_LIMIT:,} pixels")


def _opened(data: bytes, kind: str) -> ImageFile:
    from PIL import Image
    from PIL.JpegImagePlugin import JpegImageFile

    if kind == "JPEG":  # phones put several into one file (MPO), of which the first is the picture
        return JpegImageFile(io.BytesIO(data))
    return Image.open(io.BytesIO(data), formats=[kind])


def _cleaned(image: ImageFile, kind: str) -> Cleaned:
    image.load()
    convert = to_srgb(image)
    orientation = _orientation(image)
    out = io.BytesIO()
    if getattr(image, "is_animated", False):
        _save_frames(image, kind, convert, out)
        return Cleaned(out.getvalue(), image.width, image.height)
    if kind == "JPEG" and convert is None and orientation == 1 and image.mode != "CMYK":
        image.info = {}
        image.save(out, kind, quality="keep")  # as good as it came
        return Cleaned(out.getvalue(), image.width, image.height)
    upright = _turned(convert(image) if convert is not None else image, orientation)
    if kind == "JPEG":
        (upright if upright.mode == "L" else upright.convert("RGB")).save(out, kind, quality=92)
    else:
        upright.save(out, kind, **({"lossless": True} if kind == "WEBP" else {}))
    return Cleaned(out.getvalue(), upright.width, upright.height)


def _orientation(image: Image) -> object:
    """How the picture is to be turned, by EXIF: 1 is not at all."""
    try:
        return image.getexif().get(_ORIENTATION, 1)
    except Exception:  # noqa: BLE001 - a picture is one without what a camera says of it, whatever that makes Pillow raise
        return 1


def _turned(image: Image, orientation: object) -> Image:
    """A copy that stands upright, with what belongs to its looks and nothing else."""
    from PIL import ImageOps

    upright = image.copy()
    upright.info = {key: image.info[key] for key in _SHOWN if key in image.info}
    if orientation != 1:
        upright.getexif()[_ORIENTATION] = orientation
        ImageOps.exif_transpose(upright, in_place=True)
    return upright


def _save_frames(image: ImageFile, kind: str, convert: Convert | None, out: io.BytesIO) -> None:
    """Saves an animation: every frame as it is seen, with its own time."""
    from PIL import ImageSequence

    frames: list[Image] = []
    times: list[float] = []
    for frame in ImageSequence.Iterator(image):
        frame.load()  # of WebP the time is known only then
        times.append(frame.info.get("duration", 0))
        frames.append(_turned(frame, 1) if convert is None else convert(frame))
    if image.info.get("default_image"):  # of an animated PNG, for programs that show no animation
        del frames[0], times[0]
    options: dict[str, Any] = {"loop": image.info["loop"]} if "loop" in image.info else {}
    if kind == "PNG":
        options |= {"disposal": 0, "blend": 0}
    elif kind == "GIF" and any(frame.has_transparency_data for frame in frames):
        options["disposal"] = 2  # else one frame would be seen through the other
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=times, **options)
