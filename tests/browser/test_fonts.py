"""The fonts of the default theme: a page loads the files whose signs it has, and nothing moves when they arrive.

A machine need not have the fonts over which the fall-backs lie. `faces/` stands in for them: fonts of their widths, without outlines,
made by `tools/fonts.py`.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import serving
from tests.conftest import REPOSITORY, Archive

pytestmark = pytest.mark.browser

ASSETS = REPOSITORY / "themes/default/assets"
FACES = Path(__file__).parent / "faces"
SHEET = (ASSETS / "fonts.css").read_text(encoding="utf-8")
OURS = {"georgia": "Archive Serif", "times": "Archive Serif", "arial": "Archive Sans"}
NAMES = {"georgia": "Georgia", "times": "Times New Roman", "arial": "Arial"}


MADE = ("problems.md", "theme-contract.md")
"""Pages of the documentation that are rather tables."""


def prose() -> list[str]:
    """Many pages of English: what the documentation says, without code, headings and tables. One line more or less is little of them."""
    text = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted((REPOSITORY / "docs").glob("*.md")) if path.name not in MADE)
    text = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S).replace("`", "")
    return [" ".join(part.split()) for part in re.split(r"\n\n|^- |^\d\. ", text, flags=re.M) if re.match(r"[*\w][^|<]{120}", part)]


def data(path: Path) -> str:
    return f"url(data:font/woff2;base64,{base64.b64encode(path.read_bytes()).decode()})"


def sheet(*there: str) -> str:
    """`fonts.css` on a machine that has these fonts and no others."""

    def stood_in(found: re.Match[str]) -> str:
        for stem in there:
            for bold, ending in (("", ""), ("-bold", " Bold")):
                if f'local("{NAMES[stem]}{ending}")' in found[0]:
                    return f"src: {data(FACES / f'{stem}{bold}.woff2')};"
        return 'src: local("no font is called so");'

    text = re.sub(r"src: local[^;]*;", stood_in, SHEET)
    return re.sub(r"url\(([\w-]+\.woff2)\)", lambda found: data(ASSETS / found[1]), text)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1200, "height": 900})
    yield context.new_page()
    context.close()


def loaded(page: Page, family: str) -> int:
    """Loads all that a family has; how many files, or fonts of the machine, were there."""
    out: int = page.evaluate(
        """async family => {
          const faces = [...document.fonts].filter(one => one.family.replaceAll('"', '') === family);
          const found = await Promise.allSettled(faces.map(one => one.load()));
          return found.filter(one => one.status === "fulfilled").length;
        }""",
        family,
    )
    return out


def shown(page: Page, css: str, family: str, style: str, parts: list[str]) -> list[float]:
    """How high each of these paragraphs is in a family that has been loaded."""
    body = "".join(f"<p>{part}</p>" for part in parts)
    page.set_content(f'<style>{css} p {{ font-family: "{family}", monospace; margin: 0; {style} }}</style>{body}')
    assert loaded(page, family)
    heights: list[float] = page.evaluate("[...document.querySelectorAll('p')].map(p => p.getBoundingClientRect().height)")
    return heights


@pytest.mark.soak
@pytest.mark.parametrize("width", [340, *(pytest.param(wide, marks=pytest.mark.soak) for wide in (560, 680))])
@pytest.mark.parametrize("stem", NAMES)
def test_pages_of_text_are_as_high_before_the_font_has_come(stem: str, width: int, page: Page) -> None:
    css, parts = sheet(stem), prose()
    style = f"width: {width}px; font-size: 18px; line-height: 1.6"
    after = shown(page, css, OURS[stem], style, parts)
    before = shown(page, css, f"{OURS[stem]} Fallback", style, parts)
    assert sum(after) > 250 * 18 * 1.6, "so many lines that one or two of them are less than a hundredth"
    assert abs(sum(before) / sum(after) - 1) < 0.01


@pytest.mark.soak
@pytest.mark.parametrize("weight", [400, pytest.param(600, marks=pytest.mark.soak)])
@pytest.mark.parametrize("stem", NAMES)
def test_text_is_as_wide_before_the_font_has_come(stem: str, weight: int, page: Page) -> None:
    css, parts = sheet(stem), prose()
    style = f"display: table; white-space: nowrap; font-weight: {weight}"
    wide = "[...document.querySelectorAll('p')].reduce((sum, p) => sum + p.getBoundingClientRect().width, 0)"
    shown(page, css, OURS[stem], style, parts)
    after = page.evaluate(wide)
    shown(page, css, f"{OURS[stem]} Fallback", style, parts)
    assert page.evaluate(wide) == pytest.approx(after, rel=0.01)


@pytest.mark.parametrize("stem", NAMES)
def test_a_line_is_as_high_before_the_font_has_come(stem: str, page: Page) -> None:
    css = sheet(stem)
    after = shown(page, css, OURS[stem], "font-size: 100px", ["Hxg"])
    before = shown(page, css, f"{OURS[stem]} Fallback", "font-size: 100px", ["Hxg"])
    assert before == pytest.approx(after, rel=0.01)


@pytest.mark.soak
def test_the_measure_can_fail(page: Page) -> None:
    """Without the adjustment the same pages are of another height."""
    parts = prose()
    css = re.sub(r"size-adjust: [^;]*;", "", sheet("times"))
    style = "width: 560px; font-size: 18px; line-height: 1.6"
    after = shown(page, css, "Archive Serif", style, parts)
    before = shown(page, css, "Archive Serif Fallback", style, parts)
    assert abs(sum(before) / sum(after) - 1) > 0.05


def test_the_better_fall_back_is_taken_where_both_are_there(page: Page) -> None:
    def wide(*there: str) -> float:
        page.set_content(
            f'<style>{sheet(*there)} span {{ font: 100px "Archive Serif Fallback", monospace }}</style><span>Weighing winds</span>'
        )
        loaded(page, "Archive Serif Fallback")
        out: float = page.evaluate("document.querySelector('span').getBoundingClientRect().width")
        return out

    assert wide("georgia", "times") == wide("georgia")
    assert len({wide("georgia"), wide("times"), wide()}) == 3


STYLE = """@import "fonts.css";
body { font-family: "Archive Serif", "Archive Serif Fallback", serif; }
header, footer, header * { font-family: "Archive Sans", "Archive Sans Fallback", sans-serif; }
"""
FONTS = {
    "latin": ("The river rose.", {"serif-latin", "sans-latin"}),
    "german": ("Der Fluß trat über die Ufer – „schon wieder“.", {"serif-latin", "sans-latin"}),
    "italic": ("The *river* rose.", {"serif-latin", "serif-italic-latin", "sans-latin"}),
    "polish": ("Wisła wezbrała.", {"serif-latin", "serif-latin-ext", "sans-latin"}),
    "ukrainian": ("Річка піднялася, і її ґанок зник.", {"serif-latin", "serif-cyrillic", "sans-latin"}),
    "hryvnia": ("It costs ₴100.", {"serif-latin", "serif-cyrillic-ext", "sans-latin"}),
}


def test_a_page_loads_the_files_whose_signs_it_has(archive: Callable[[str], Archive], page: Page) -> None:
    text = "-- sitegen.yaml --\ntitle: T\nbase_url: https://x.org/\nlang: en\ntheme: mine\noutputs: {feeds: false}\n"
    site = archive(f"{text}-- themes/mine/theme.yaml --\nextends: default\n-- themes/mine/assets/custom.css --\n{STYLE}")
    for name, (words, _) in FONTS.items():
        site.write(f"content/pages/{name}.md", f"---\ntitle: A page\n---\n{words}\n")
    with serving(site.root) as served:
        told: list[str] = []
        asked: set[str] = set()
        page.on("console", lambda message: told.append(message.text))
        page.on("request", lambda request: asked.add(request.url.rpartition("/")[2]))
        for name, (_, expected) in FONTS.items():
            asked.clear()
            page.goto(f"{served.url}{name}/")
            page.evaluate("document.fonts.ready")
            assert {file.split(".")[0] for file in asked if file.endswith(".woff2")} == expected, name
            assert page.evaluate("document.fonts.check('16px \"Archive Serif\"')")
        assert told == []


def test_a_preload_is_the_very_file(archive: Callable[[str], Archive], page: Page) -> None:
    """As docs/themes.md writes it: a font that is preloaded is asked for once."""
    (link,) = re.findall(r"^(<link rel=\"preload\".*>)$", (REPOSITORY / "docs/themes.md").read_text(encoding="utf-8"), flags=re.M)
    links = [("stylesheet", "custom.css"), ("icon", "icon.svg")]
    head = "".join(f"<link rel={rel} href=\"{{{{ site.assets['{name}'] }}}}\">" for rel, name in links)
    site = archive(
        "-- sitegen.yaml --\ntitle: T\nbase_url: https://x.org/\nlang: en\ntheme: mine\n-- themes/mine/theme.yaml --\nextends: default\n"
        f"-- themes/mine/assets/custom.css --\n{STYLE}-- themes/mine/templates/home.html --\n<!doctype html><title>T</title>{head}{link}<p>The river rose.\n"
    )
    with serving(site.root) as served:
        asked: list[str] = []
        told: list[str] = []
        page.on("console", lambda message: told.append(message.text))
        page.on("request", lambda request: asked.append(request.url.rpartition("/")[2].split(".")[0]))
        page.goto(served.url)
        page.evaluate("document.fonts.ready")
        assert page.evaluate("document.fonts.check('16px \"Archive Serif\"')")
    assert sorted({*asked} - {"icon"}) == ["", "custom", "fonts", "serif-latin"]  # a browser without windows shows no icon
    assert asked.count("serif-latin") == 1
    assert told == []
