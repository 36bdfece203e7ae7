"""A stylesheet leads to the published addresses of what it names, which carry the digests of their bytes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.theme.stylesheets import published
from tests.conftest import Archive
from tests.serving import serving
from tests.test_golden import pairs

OTHERS = {"a.woff2": b"a", "b.css": b"b", "sub/c.png": b"c", "my font.woff2": b"d"}
STYLE = "-- themes/plain/assets/style.css --\n"


def theme(**texts: str) -> dict[str, tuple[str, bytes]]:
    """Assets and their files, for `_` a dot in a name."""
    files = {**OTHERS, **{name.replace("_", "."): text.encode() for name, text in texts.items()}}
    return {name: (f"themes/t/assets/{name}", data) for name, data in files.items()}


@pytest.mark.parametrize(("title", "source", "expected"), pairs("stylesheets.md"), ids=lambda value: value if len(value) < 40 else "")
def test_references(title: str, source: str, expected: str) -> None:
    out, problems = published(theme(style_css=source))
    assert problems == [], title
    assert re.sub(r"\.[0-9a-f]{12}\.", ".….", out["style.css"].data.decode()) == expected
    digests = {asset.address.split(".")[-2] for asset in out.values()}
    assert set(re.findall(r"\.([0-9a-f]{12})\.", out["style.css"].data.decode())) <= digests


def test_there_are_pairs() -> None:
    assert len(pairs("stylesheets.md")) == 8


def test_a_stylesheet_in_a_folder_names_what_lies_beside_and_above_it() -> None:
    assets = theme()
    assets["sub/deep/style.css"] = ("s", b"url(../c.png) url(../../a.woff2) url(own.css)")
    assets["sub/deep/own.css"] = ("o", b"url(../../../elsewhere.png)")
    out, problems = published(assets)
    assert problems == []
    told = out["sub/deep/style.css"].data.decode()
    assert out["sub/deep/style.css"].address.startswith("assets/sub/deep/style.")
    names = [out[name].address for name in ("sub/c.png", "a.woff2", "sub/deep/own.css")]
    assert told == "url(../{}) url(../../{}) url({})".format(*(name.rpartition("/")[2] for name in names))


def test_what_a_stylesheet_names_changes_its_address() -> None:
    """And that of the stylesheet which imports it; nothing else has another."""

    def addresses(font: bytes) -> dict[str, str]:
        assets = theme(style_css='@import "fonts.css";', fonts_css="url(a.woff2)", own_css="url(sub/c.png)")
        assets["a.woff2"] = ("a", font)
        return {name: asset.address for name, asset in published(assets)[0].items()}

    one, other = addresses(b"1"), addresses(b"2")
    assert one == addresses(b"1")
    assert {name for name in one if one[name] != other[name]} == {"a.woff2", "fonts.css", "style.css"}


@given(st.binary(max_size=60))
def test_a_stylesheet_that_names_nothing_is_published_as_it_is(data: bytes) -> None:
    assets = {"style.css": ("s", data)}
    out, problems = published(assets)
    if not problems:
        assert out["style.css"].data == data


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfp { }\r\n", b"\xff\xfe\x00 url(a.woff2)", b"/* \xe9 */\r\nurl(a.woff2)\r\n"])
def test_bytes_that_are_no_reference_stay(data: bytes) -> None:
    out, problems = published({**theme(), "style.css": ("s", data)})
    assert problems == []
    assert out["style.css"].data == data.replace(b"a.woff2", out["a.woff2"].address.removeprefix("assets/").encode())


@pytest.mark.parametrize(
    ("sheet", "line", "hint"),
    [
        ("p { }\n/* url(\n*/\nsrc: url(b.woff2);", 4, "did you mean `a.woff2`?"),
        ('\n@import "missing-altogether.css";', 2, "put it into `assets/` of the theme"),
        ("url(sub)", 1, None),
        ("url(a\\.woff2)", 1, None),
    ],
)
def test_what_is_not_there_is_told_with_its_line(sheet: str, line: int, hint: str | None) -> None:
    out, problems = published(theme(style_css=sheet))
    assert [(one.path, one.line, one.code) for one in problems] == [("themes/t/assets/style.css", line, "missing-asset")]
    assert hint is None or problems[0].hint == hint
    assert set(out) == {*OTHERS, "style.css"}


@pytest.mark.parametrize(
    ("sheets", "path", "line", "told"),
    [
        ({"style_css": "p { }\n@import 'style.css';"}, "style.css", 2, "style.css → style.css"),
        ({"style_css": "@import 'x.css';", "x_css": "\n\n@import url(style.css);"}, "style.css", 1, "style.css → x.css → style.css"),
    ],
)
def test_a_circle_is_told_with_its_line(sheets: dict[str, str], path: str, line: int, told: str) -> None:
    _, problems = published(theme(**sheets))
    assert [(one.path, one.line, one.code) for one in problems] == [(f"themes/t/assets/{path}", line, "stylesheet-circle")]
    assert told in problems[0].message


def test_a_theme_names_the_assets_of_the_theme_that_it_extends(archive: Callable[[str], Archive]) -> None:
    """And its own where both have them: the stylesheet of the one below leads to the font of the one above."""
    text = "-- sitegen.yaml --\ntitle: T\nbase_url: https://x.org/deep/\nlang: en\ntheme: mine\n"
    below = "-- themes/below/theme.yaml --\nextends: plain\n-- themes/below/assets/style.css --\np { src: url(f.woff2) }\n"
    site = archive(
        f"{text}-- themes/mine/theme.yaml --\nextends: below\n-- themes/mine/assets/f.woff2 --\nmine\n{below}-- themes/below/assets/f.woff2 --\nits\n"
    )
    assert site.build().problems == ()
    (font,) = site.output.glob("assets/f.*.woff2")
    (sheet,) = site.output.glob("assets/style.*.css")
    assert font.read_text() == "mine\n"
    assert sheet.read_text() == f"p {{ src: url({font.name}) }}\n"
    (site.root / "themes/mine/assets/f.woff2").write_text("another\n")
    assert site.build().problems == ()
    (font,) = site.output.glob("assets/f.*.woff2")
    (other,) = site.output.glob("assets/style.*.css")
    assert other.name != sheet.name
    assert f"/deep/assets/{other.name}" in site.html("")


def test_it_is_served_so_too(archive: Callable[[str], Archive]) -> None:
    site = archive(
        STYLE + '@import "fonts.css";\n-- themes/plain/assets/fonts.css --\nsrc: url("f.woff2")\n-- themes/plain/assets/f.woff2 --\nfont'
    )
    with serving(site.root) as server:
        page = server.get("/").text
        sheet = re.search(r"/assets/style\.\w+\.css", page)
        assert sheet
        fonts = re.search(r"fonts\.\w+\.css", server.get(sheet[0]).text)
        assert fonts
        font = re.search(r"f\.\w+\.woff2", server.get(f"/assets/{fonts[0]}").text)
        assert font
        found = server.get(f"/assets/{font[0]}")
        assert (found.status, found.body) == (200, b"font")
        assert found.headers["content-type"] == "font/woff2"
