"""Pictures: only those of public pages, and nothing in them but the picture, in the colours that it was seen in."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, ImageSequence

from sitegen.exports.images import PIXEL_LIMIT, clean
from tests.conftest import Archive
from tests.pictures import PRIMARIES, SECRET, SRGB, STRAIGHT, grey_profile, opened, press_profile, rgb_profile, saved

Make = Callable[[str], Archive]

TURNED = rgb_profile(primaries=(PRIMARIES[1], PRIMARIES[0], PRIMARIES[2]))
"""A profile in which red and green have changed places."""
PRESS = press_profile([(80, 0, 0), (50, 0, 0), (90, 0, 0), (20, 0, 0)])
"""A profile of four grey inks; the second is the grey that is 119 in sRGB."""
METADATA = (
    SECRET,
    b"Exif",
    b"EXIF",
    b"eXIf",
    b"http://ns.adobe.com/xap",
    b"XMP ",
    b"ICC_PROFILE",
    b"iCCP",
    b"ICCP",
    b"MPF\0",
    b"tEXt",
    b"zTXt",
)
RED, GREEN = (255, 0, 0), (0, 255, 0)


def exif(orientation: int = 1) -> Image.Exif:
    out = Image.Exif()
    out[0x010F] = SECRET.decode()
    out.get_ifd(0x8825)[2] = (50.0, 27.0, 0.0)
    out[0x0112] = orientation
    return out


def drawn(mode: str = "RGB", turns: int = 0) -> Image.Image:
    """A picture with something in every corner."""
    grey = Image.effect_mandelbrot((48, 32), (-2, -1.5, 1, 1.5), 20).rotate(30 * turns)
    if mode == "I;16":
        return Image.frombytes("I;16", (48, 32), bytes(range(256)) * 12)
    image = Image.merge("RGB", (grey, grey.rotate(90), grey.rotate(180)))
    if mode == "RGBA":
        image.putalpha(grey)
    return image.quantize(16) if mode == "P" else image.convert(mode)


def moving(kind: str, mode: str = "RGB", **options: Any) -> bytes:
    """A square that moves over a picture."""
    frames = []
    for n in range(3):
        frame = Image.new(mode, (64, 32), (0, 0, 0, 0) if mode == "RGBA" else (0, 0, 160))
        frame.paste((*RED, 255)[: len(mode)], (16 * n, 0, 16 * n + 16, 16))
        frames.append(frame)
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], **options)


def seen(data: bytes) -> list[tuple[Image.Image, float]]:
    """The frames as a reader sees them on white, and the time of each."""
    out = []
    with Image.open(io.BytesIO(data)) as image:
        for frame in ImageSequence.Iterator(image):
            frame.load()
            paper = Image.new("RGBA", frame.size, "white")
            out.append((Image.alpha_composite(paper, frame.convert("RGBA")).convert("RGB"), frame.info["duration"]))
    return out


@cache
def samples() -> dict[str, bytes]:
    """Pictures of every kind, with all that may be in them: name -> bytes."""
    grey, xmp = grey_profile(STRAIGHT), SECRET
    profiles = {"L": grey, "LA": grey, "I;16": grey}
    pngs = {f"{mode.replace(';', '')}.png".lower(): mode for mode in ("RGB", "RGBA", "L", "LA", "P", "I;16", "1")}
    return {
        "a.jpg": saved(drawn(), "JPEG", exif=exif(6), icc_profile=TURNED, comment=SECRET, xmp=xmp),
        "grey.jpeg": saved(drawn("L"), "JPEG", exif=exif(), icc_profile=grey, progressive=True),
        "press.jpg": saved(drawn("CMYK"), "JPEG", exif=exif(), icc_profile=PRESS),
        "plain.jpg": saved(drawn(), "JPEG", exif=exif(), comment=SECRET, xmp=xmp),
        "phone.jpg": saved(drawn(), "MPO", save_all=True, append_images=[drawn(turns=1)], exif=exif()),
        **{name: saved(drawn(mode), "PNG", exif=exif(3), icc_profile=profiles.get(mode, TURNED)) for name, mode in pngs.items()},
        "holes.png": saved(drawn("P"), "PNG", transparency=b"\0\x80", icc_profile=TURNED),
        "hole.png": saved(drawn(), "PNG", transparency=(1, 2, 3), icc_profile=TURNED),
        "moving.png": moving("PNG", duration=100, icc_profile=TURNED),
        "default.png": moving("PNG", duration=100, default_image=True),
        "a.webp": saved(drawn(), "WEBP", exif=exif(), icc_profile=TURNED, xmp=xmp),
        "holes.webp": saved(drawn("RGBA"), "WEBP", lossless=True),
        "moving.webp": moving("WEBP", "RGBA", duration=[50, 60, 70], icc_profile=TURNED, xmp=xmp),
        "a.gif": saved(drawn("P"), "GIF", comment=SECRET),
        "moving.gif": moving("GIF", duration=[50, 60, 70], comment=SECRET, loop=0),
        "holes.gif": moving("GIF", "RGBA", duration=[50, 60, 70], disposal=2),
    }


@pytest.mark.parametrize("name", samples())
def test_nothing_but_the_picture_is_left(name: str) -> None:
    data = samples()[name]
    cleaned = clean(data, name)
    assert not [mark for mark in METADATA if mark in cleaned.data]
    image = opened(cleaned.data)
    assert not image.getexif()
    assert not {"icc_profile", "comment", "xmp", "exif", "dpi"} & image.info.keys()
    assert (cleaned.width, cleaned.height) == image.size
    assert cleaned == clean(data, name), "the same bytes every time"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_turned_picture_is_turned_upright(kind: str) -> None:
    image = Image.new("L", (40, 20))
    image.paste(255, (0, 0, 20, 20))  # its left half, which is the upper one of the upright picture
    cleaned = clean(saved(image, kind, exif=exif(6)), f"a.{kind.lower()}")
    assert (cleaned.width, cleaned.height) == (20, 40)
    upright = opened(cleaned.data).convert("L")
    assert upright.getpixel((10, 5)) == 255
    assert upright.getpixel((10, 35)) == 0


def test_of_what_a_phone_writes_the_first_picture_is_published() -> None:
    first = drawn()
    data = saved(first, "MPO", save_all=True, append_images=[Image.new("RGB", (48, 32), GREEN)], exif=exif(6))
    assert opened(data).format == "MPO"
    cleaned = clean(data, "IMG_1.JPG")
    image = opened(cleaned.data)
    assert image.format == "JPEG"
    assert cleaned == clean(saved(first, "JPEG", exif=exif(6)), "a.jpg")
    assert len(clean(samples()["phone.jpg"], "a.jpg").data) < len(samples()["phone.jpg"]) * 2 / 3, "the second one is gone"


@pytest.mark.parametrize("data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", b"BM" + bytes(99), b"\x89PNX"])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no picture of a kind that is published"):
        clean(data, "a.png")


def test_a_wrong_ending_is_refused() -> None:
    with pytest.raises(ValueError, match=r"must end in \.jpg"):
        clean(samples()["a.jpg"], "a.png")


# what is told of a picture that cannot be published


def claiming(kind: str, width: int, height: int) -> bytes:
    """A small picture that says it is a large one."""
    data = saved(Image.new("L", (16, 16)), kind)
    if kind == "PNG":
        head = b"IHDR" + struct.pack(">II", width, height) + data[24:29]
        return data[:12] + head + struct.pack(">I", zlib.crc32(head)) + data[33:]
    if kind == "JPEG":
        at = data.index(b"\xff\xc0") + 5
        return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]
    if kind == "GIF":
        return data[:6] + struct.pack("<HH", width, height) + data[10:]
    at = data.index(b"VP8 ") + 14
    return data[:at] + struct.pack("<HH", width, height) + data[at + 4 :]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
@pytest.mark.parametrize("size", [(10_001, 10_000), (16_000, 16_000)], ids=["a little too large", "far too large"])
def test_the_limit_is_told_of_a_picture_that_is_too_large(kind: str, size: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="more than 100,000,000 pixels"):
        clean(claiming(kind, *size), f"a.{kind.lower()}")


def test_a_picture_within_the_limit_is_published_without_a_warning() -> None:
    side = 9_500  # more than Pillow warns of
    assert Image.MAX_IMAGE_PIXELS is not None
    assert Image.MAX_IMAGE_PIXELS < side * side < PIXEL_LIMIT
    rows = zlib.compress(bytes((1 + (side + 7) // 8) * side))
    large = claiming("PNG", side, side)
    head = b"IHDR" + large[16:24] + b"\1\0\0\0\0"
    chunks = (head, b"IDAT" + rows, b"IEND")
    data = large[:8] + b"".join(struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) for chunk in chunks)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        cleaned = clean(data, "a.png")
    assert (cleaned.width, cleaned.height) == (side, side)


@pytest.mark.parametrize("name", ["plain.jpg", "phone.jpg", "rgb.png", "a.webp", "moving.webp", "a.gif", "moving.gif", "moving.png"])
def test_a_picture_that_is_not_whole_is_said_to_be_so(name: str) -> None:
    data = samples()[name]
    kind = {"jpg": "JPEG"}.get(name[-3:], name.rpartition(".")[2].upper())
    half = data[: len(data) // 4] if name == "phone.jpg" else data[: len(data) * 2 // 3]
    with pytest.raises(ValueError, match=f"damaged or not whole: it cannot be read as {kind}"):
        clean(half, name)


def test_a_picture_is_published_though_its_metadata_are_damaged() -> None:
    data = samples()["plain.jpg"]
    broken = data.replace(b"Exif\0\0MM\0*", b"Exif\0\0XX\0*").replace(b"Exif\0\0II*\0", b"Exif\0\0XX*\0")
    assert broken != data
    assert clean(broken, "a.jpg") == clean(data, "a.jpg")


def told(data: bytes, name: str) -> str:
    try:
        clean(data, name)
    except ValueError as error:
        return str(error)
    return "published"


@given(st.sampled_from(sorted(samples())), st.data())
def test_whatever_is_damaged_a_picture_or_words_come_of_it(name: str, data: st.DataObject) -> None:
    damaged = bytearray(samples()[name])
    for _ in range(data.draw(st.integers(0, 4))):
        where = data.draw(st.integers(0, len(damaged) - 1) | st.integers(0, 60))  # the heads are where most can go wrong
        damaged[where] ^= data.draw(st.integers(1, 255))
    end = data.draw(st.just(len(damaged)) | st.integers(0, len(damaged)))
    assert told(bytes(damaged[:end]), name).startswith(
        ("published", "the picture is damaged", "the picture has more than", "this is no picture")
    )


# colours

RGB_KINDS = {
    "a.jpg": saved(Image.new("RGB", (40, 20), RED), "JPEG", icc_profile=TURNED, quality=95),
    "a.png": saved(Image.new("RGB", (40, 20), RED), "PNG", icc_profile=TURNED),
    "alpha.png": saved(Image.new("RGBA", (40, 20), RED), "PNG", icc_profile=TURNED),
    "palette.png": saved(Image.new("RGB", (40, 20), RED).quantize(2), "PNG", icc_profile=TURNED),
    "a.webp": saved(Image.new("RGB", (40, 20), RED), "WEBP", icc_profile=TURNED, lossless=True),
}


@pytest.mark.parametrize("name", RGB_KINDS)
def test_colours_of_another_profile_are_converted(name: str) -> None:
    found = opened(clean(RGB_KINDS[name], name).data)
    assert found.mode == {"alpha.png": "RGBA", "palette.png": "P"}.get(name, "RGB")
    difference = ImageChops.difference(found.convert("RGB"), Image.new("RGB", (40, 20), GREEN))
    assert max(difference.tobytes()) <= 2


@pytest.mark.parametrize("mode", ["L", "LA", "I;16"])
def test_greys_of_another_profile_are_converted(mode: str) -> None:
    value: Any = {"L": 55, "LA": (55, 9), "I;16": 55 * 257}[mode]
    data = saved(Image.new(mode, (40, 20), value), "PNG", icc_profile=grey_profile(STRAIGHT))
    found = opened(clean(data, "a.png").data)
    # what is 55/255 as bright as white is 128 in sRGB
    assert found.getpixel((9, 9)) == ((128, 9) if mode == "LA" else 128)


def test_a_grey_jpeg_stays_one() -> None:
    data = saved(Image.new("L", (40, 20), 55), "JPEG", icc_profile=grey_profile(STRAIGHT))
    found = opened(clean(data, "a.jpg").data)
    assert (found.mode, found.getpixel((9, 9))) == ("L", 128)


@pytest.mark.parametrize(("profile", "shown"), [(PRESS, (119, 119, 119)), (None, (255, 0, 255)), (TURNED, (255, 0, 255))])
def test_inks_are_shown_in_the_colours_that_they_print(profile: bytes | None, shown: tuple[int, int, int]) -> None:
    data = saved(Image.new("CMYK", (40, 20), (0, 255, 0, 0)), "JPEG", icc_profile=profile, quality=95)
    found = opened(clean(data, "a.jpg").data)
    assert max(ImageChops.difference(found, Image.new("RGB", (40, 20), shown)).tobytes()) <= 3


def test_what_is_transparent_stays_so() -> None:
    colours = saved(drawn("P"), "PNG", transparency=b"\0\x80", icc_profile=TURNED)
    found = opened(clean(colours, "a.png").data)
    assert found.mode == "P"
    assert found.convert("RGBA").getchannel("A").tobytes() == opened(colours).convert("RGBA").getchannel("A").tobytes()
    one = Image.new("RGB", (40, 20), RED)
    one.paste((9, 9, 9), (0, 0, 20, 20))
    found = opened(clean(saved(one, "PNG", transparency=(9, 9, 9), icc_profile=TURNED), "a.png").data).convert("RGBA")
    assert (found.getpixel((30, 9)), found.getchannel("A").getpixel((5, 9))) == ((*GREEN, 255), 0)


NEARLY = [min(1, value + 0.0008) for value in SRGB]
BUILT_IN = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize("profile", [BUILT_IN, rgb_profile(), rgb_profile(NEARLY)], ids=["littleCMS", "a table", "nearly"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_srgb_under_any_name_is_published_as_it_came(profile: bytes, kind: str) -> None:
    name = f"a.{kind.lower()}"
    assert clean(saved(drawn(), kind, icc_profile=profile), name) == clean(saved(drawn(), kind), name)


UNUSABLE = {
    "no profile": b"no profile",
    "half a profile": TURNED[: len(TURNED) // 2],
    "of greys": grey_profile(STRAIGHT),
    "of inks": PRESS,
}


@pytest.mark.parametrize("profile", UNUSABLE)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_profile_that_does_not_fit_is_left_out(profile: str, kind: str) -> None:
    name = f"a.{kind.lower()}"
    assert clean(saved(drawn(), kind, icc_profile=UNUSABLE[profile]), name) == clean(saved(drawn(), kind), name)


def test_sixteen_bits_without_a_profile_stay() -> None:
    image = drawn("I;16")
    found = opened(clean(saved(image, "PNG"), "a.png").data)
    assert (found.mode, found.tobytes()) == ("I;16", image.tobytes())


# what moves

MOVING = {
    "a.gif": moving("GIF", duration=[50, 60, 70], loop=3),
    "holes.gif": moving("GIF", "RGBA", duration=[50, 60, 70], disposal=2),
    "a.png": moving("PNG", duration=[50, 60, 70], loop=3),
    "holes.png": moving("PNG", "RGBA", duration=[50, 60, 70], disposal=1),
    "a.webp": moving("WEBP", duration=[50, 60, 70], loop=3),
    "holes.webp": moving("WEBP", "RGBA", duration=[50, 60, 70]),
}


@pytest.mark.parametrize("name", MOVING)
def test_an_animation_stays_what_it_was(name: str) -> None:
    data = MOVING[name]
    cleaned = clean(data, name).data
    before, after = seen(data), seen(cleaned)
    assert [time for _, time in after] == [time for _, time in before] == [50, 60, 70]
    assert opened(cleaned).info.get("loop") == opened(data).info.get("loop")
    for (one, _), (other, _) in zip(before, after, strict=True):
        middles = [(x, y) for x in range(8, 64, 16) for y in (8, 24)]  # WebP's are saved with loss, which is at the borders
        pairs = zip((one.getpixel(place) for place in middles), (other.getpixel(place) for place in middles), strict=True)
        for old, new in pairs:
            assert isinstance(old, tuple)
            assert isinstance(new, tuple)
            assert max(abs(a - b) for a, b in zip(old, new, strict=True)) <= (8 if name.endswith("webp") else 0)


@pytest.mark.parametrize(
    "data", [moving("PNG", duration=50, icc_profile=TURNED), moving("WEBP", duration=50, icc_profile=TURNED, lossless=True)]
)
def test_every_frame_is_converted(data: bytes) -> None:
    frames = seen(clean(data, "a.png" if data.startswith(b"\x89PNG") else "a.webp").data)
    assert len(frames) == 3
    for n, (frame, _) in enumerate(frames):
        found = frame.getpixel((16 * n + 8, 8))
        assert isinstance(found, tuple)
        assert max(abs(a - b) for a, b in zip(found, GREEN, strict=True)) <= 8, "the square, which is red in the file"


def test_the_picture_that_stands_for_an_animation_is_no_part_of_it() -> None:
    cleaned = clean(moving("PNG", duration=[60, 70], default_image=True), "a.png").data
    assert [time for _, time in seen(cleaned)] == [60, 70]


# on pages


def test_only_pictures_of_public_pages_are_published(archive: Make) -> None:
    def article(name: str, more: str) -> str:
        front = f"title: {name}\n{more}images:\n- {{id: t, caption: A tank, file: sub/{name}.png, alt: A red tank}}\n"
        return f"-- content/articles/{name}.md --\n---\n{front}---\n![](image:t)\n"

    site = archive(article("open", "") + article("shut", "draft: true\n"))
    for name in ("open", "shut", "unused"):
        site.write(f"content/images/sub/{name}.png", saved(Image.new("RGB", (40, 20)), "PNG"))
    assert site.build().problems == ()
    assert {path for path in site.bytes_of_output() if path.startswith("images/")} == {"images/sub/open.png"}
    page = site.html("articles/open/")
    assert '<img src="/images/sub/open.png" width="40" height="20" alt="A red tank"' in page
    assert "Credit: unknown" in page
