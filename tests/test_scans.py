"""Scans that are PDF files: shown page by page as pictures, where the library for it is installed; told what to do where it is not."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image, ImageDraw

from sitegen.exports import scans
from tests.conftest import Archive
from tests.pictures import opened
from tests.test_added_pictures import made, written

Make = Callable[[str], Archive]
SCAN = "[{id: scan, added: true, caption: The scan, file: %s, alt: Two pages}]"
BODY = "The river rose at Marn.\n\nThe bridge\n\nTen carts were lost.\n"


def page(mode: str, number: int) -> Image.Image:
    """A page of a scan, with as many lines as its number says."""
    image = Image.new(mode, (600, 900), "white")
    pen = ImageDraw.Draw(image)
    for line in range(number):
        pen.rectangle((60, 60 + 60 * line, 540, 90 + 60 * line), "black" if mode == "L" else "red")
    return image


def pdf(*images: Image.Image, **options: Any) -> bytes:
    out = io.BytesIO()
    images[0].save(out, "PDF", save_all=True, append_images=images[1:], resolution=100, title="SECRET TITLE", **options)
    return out.getvalue()


TWO = pdf(page("L", 1), page("RGB", 2))


def with_scan(archive: Make, data: bytes, name: str = "scan.pdf") -> Archive:
    site = made(archive, written(images=SCAN % name, body=BODY).replace("seed: {", "extra: {"))
    site.write(f"content/images/{name}", data)
    return site


def test_each_page_is_a_picture() -> None:
    first, second = scans.pages(TWO)
    assert (first.width, first.height) == (second.width, second.height) == (1200, 1800), "200 pixels an inch of 6 × 9 inches"
    assert [opened(one.data).mode for one in (first, second)] == ["L", "RGB"]
    assert opened(first.data).getpixel((600, 150)) == pytest.approx(0, abs=8)
    red = opened(second.data).getpixel((600, 270))
    assert isinstance(red, tuple)
    assert (red[0] > 230, red[1] < 30) == (True, True)
    assert b"SECRET" not in first.data
    assert scans.pages(TWO) == (first, second), "the same bytes every time"
    (large,) = scans.pages(pdf(page("L", 1).resize((4000, 6000))))
    assert max(large.width, large.height) <= scans.LONG_SIDE


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no PDF file"),
        (b"<svg/>", "no PDF file"),
        (TWO[:200], "damaged"),
        (b"%PDF-1.4\n" + bytes(99), "damaged"),
        (pdf(*[Image.new("1", (1, 1))] * 101), "101 pages"),
    ],
)
def test_what_cannot_be_shown_is_told(data: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        scans.pages(data)


def test_the_pages_of_a_file_stand_after_the_article(archive: Make) -> None:
    site = with_scan(archive, TWO)
    assert site.build().problems == ()
    html = site.html("articles/flood/")
    found = re.search(r'<figure class="added" id="image-scan">.*?</figure>', html, re.S)
    assert found
    addresses = ["images/scan.pdf/1.jpg", "images/scan.pdf/2.jpg"]
    assert re.findall(r'<img src="/repo/(.*?)" width="1200" height="1800" alt="(.*?)"', found[0]) == list(
        zip(addresses, ["Two pages", ""], strict=True)
    )
    assert [path for path in site.bytes_of_output() if path.startswith("images/")] == addresses
    site.write("content/images/scan.pdf", pdf(page("L", 3)))
    assert site.build().problems == ()
    assert [path for path in site.bytes_of_output() if path.startswith("images/")] == addresses[:1]
    assert "Page 1" not in site.html("articles/flood/")


def test_where_the_library_is_not_installed_one_is_told_what_to_do(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    (problem,) = with_scan(archive, TWO).build(jobs=1).problems
    assert (problem.path, problem.code, problem.severity) == ("content/images/scan.pdf", "bad-image", "error")
    assert "is not installed" in problem.message
    assert "export the pages as pictures" in problem.hint


def test_a_file_of_pages_is_no_picture_of_an_article_or_a_free_page(archive: Make) -> None:
    site = with_scan(archive, TWO)
    site.write(
        "content/articles/flood.md",
        "---\ntitle: T\nimages: [{id: a, caption: A, file: scan.pdf, alt: B}]\n---\n![](image:a)\n",
    )
    site.write("content/pages/about.md", "---\ntitle: About\n---\n![A page](images/scan.pdf)\n")
    codes = {(one.code, one.path) for one in site.build().problems}
    assert {("whose-image", "content/articles/flood.md"), ("unknown-image", "content/pages/about.md")} <= codes
