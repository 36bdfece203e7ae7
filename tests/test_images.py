"""Pictures: only those of public pages, and nothing in them but the picture."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image

from sitegen.exports.images import clean
from tests.conftest import Archive

Make = Callable[[str], Archive]


def picture(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", (40, 20), (200, 30, 30))
    exif = image.getexif()
    exif[0x010F] = "SECRET CAMERA"
    exif.get_ifd(0x8825)[2] = (50.0, 27.0, 0.0)
    exif[0x0112] = options.pop("orientation", 1)
    image.save(out, kind, exif=exif, **options)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_metadata_is_dropped(kind: str, ending: str) -> None:
    data = picture(kind)
    assert b"SECRET" in data
    cleaned = clean(data, f"a.{ending}")
    assert b"SECRET" not in cleaned.data
    assert not Image.open(io.BytesIO(cleaned.data)).getexif()
    assert (cleaned.width, cleaned.height) == (40, 20)


def test_a_turned_picture_is_turned_upright() -> None:
    cleaned = clean(picture("JPEG", orientation=6), "a.jpg")
    assert (cleaned.width, cleaned.height) == (20, 40)
    assert not Image.open(io.BytesIO(cleaned.data)).getexif()


@pytest.mark.parametrize("data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", b"GIF89a", b"\xff\xd8\xff" + b"x" * 99])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="picture"):
        clean(data, "a.png")


def test_a_wrong_ending_is_refused() -> None:
    with pytest.raises(ValueError, match=r"must end in \.jpg"):
        clean(picture("JPEG"), "a.png")


def test_only_pictures_of_public_pages_are_published(archive: Make) -> None:
    def article(name: str, more: str) -> str:
        front = f"title: {name}\n{more}images:\n- {{id: t, caption: A tank, file: sub/{name}.png, alt: A red tank}}\n"
        return f"-- content/articles/{name}.md --\n---\n{front}---\n![](image:t)\n"

    site = archive(article("open", "") + article("shut", "draft: true\n"))
    for name in ("open", "shut", "unused"):
        site.write(f"content/images/sub/{name}.png", picture("PNG"))
    assert site.build().problems == ()
    assert {path for path in site.bytes_of_output() if path.startswith("images/")} == {"images/sub/open.png"}
    page = site.html("articles/open/")
    assert '<img src="/images/sub/open.png" width="40" height="20" alt="A red tank"' in page
    assert "Credit: unknown" in page
