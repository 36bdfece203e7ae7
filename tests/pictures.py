"""Pictures and colour profiles for tests, made here: none is anybody's."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from typing import Any

from PIL import Image

SECRET = b"SECRET CAMERA"
"""What stands in the metadata of a picture, and in what is published of it must not."""
PRIMARIES = ((0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141))
"""Red, green and blue of sRGB in the connection space (IEC 61966-2-1, adapted to D50)."""


def srgb_curve(value: float) -> float:
    """How bright a value of sRGB is, both from 0 to 1 (IEC 61966-2-1)."""
    return float(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)


SRGB = [srgb_curve(step / 1023) for step in range(1024)]
STRAIGHT = [0.0, 1.0]
"""The curve of a profile in which values are brightness itself."""


def rgb_profile(curve: Sequence[float] = SRGB, primaries: Sequence[Sequence[float]] = PRIMARIES) -> bytes:
    """An ICC profile of the kind that monitors have: three primaries, and a curve that all share."""
    tags = {f"{name}XYZ": _xyz(primary) for name, primary in zip("rgb", primaries, strict=True)}
    return _profile("RGB ", "mntr", "XYZ ", {**tags, **{f"{name}TRC": _curve(curve) for name in "rgb"}})


def grey_profile(curve: Sequence[float]) -> bytes:
    return _profile("GRAY", "mntr", "XYZ ", {"kTRC": _curve(curve)})


def press_profile(inks: Sequence[tuple[int, int, int]]) -> bytes:
    """A profile of a press with four inks that nobody has: each, printed alone, gives the L*, a* and b* named; several give black."""
    alone = {8: inks[0], 4: inks[1], 2: inks[2], 1: inks[3], 0: (100, 0, 0)}
    corners = [alone.get(printed, (0, 0, 0)) for printed in range(16)]
    lattice = bytes(part for light, a, b in corners for part in (round(light * 2.55), a + 128, b + 128))
    matrix = b"".join(_fixed(number) for number in (1, 0, 0, 0, 1, 0, 0, 0, 1))
    straight = bytes(range(256))
    table = b"mft1" + bytes(4) + bytes([4, 3, 2, 0]) + matrix + straight * 4 + lattice + straight * 3
    return _profile("CMYK", "prtr", "Lab ", {"A2B0": table})


def _profile(colours: str, device: str, between: str, tags: dict[str, bytes]) -> bytes:
    """An ICC profile, version 2 (ICC.1:2001-04, clauses 6 and 7)."""
    name = SECRET + b"\0"
    tags = {"desc": b"desc" + bytes(4) + struct.pack(">I", len(name)) + name + bytes(78), "wtpt": _xyz((0.9642, 1.0, 0.8249)), **tags}
    table, body = b"", b""
    start = 128 + 4 + 12 * len(tags)
    for tag, data in tags.items():
        table += tag.encode() + struct.pack(">II", start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = struct.pack(">I4xI", start + len(body), 0x02400000) + f"{device}{colours}{between}".encode() + bytes(12) + b"acsp" + bytes(28)
    head += b"".join(_fixed(number) for number in (0.9642, 1.0, 0.8249))
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def _fixed(number: float) -> bytes:
    return struct.pack(">i", round(number * 65536))


def _xyz(numbers: Sequence[float]) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(_fixed(number) for number in numbers)


def _curve(values: Sequence[float]) -> bytes:
    return b"curv" + bytes(4) + struct.pack(f">I{len(values)}H", len(values), *(round(value * 65535) for value in values))


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image
