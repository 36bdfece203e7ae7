"""What axe finds: nothing, on any kind of page, folded or open, lit or not.

All of its rules are asked, those that it counts as best practice or as experiments too, but for what `WAIVED` gives a reason for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests import fiction
from tests.arabic import SITE as ARABIC
from tests.browser.conftest import Served, serving
from tests.conftest import IS_SOAK, Archive
from tools.screenshots import PAGES, WIDTHS

pytestmark = pytest.mark.browser

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
WAIVED = {
    "color-contrast-enhanced": "level AAA asks for 7:1; the quiet voices of the archive keep AA's 4.5:1, by `color-contrast`",
    "p-as-heading": "an experiment: it takes a bold figure in the margin for the heading of who says it",
}
FIND = """async ([scope, waived]) => {
    const asked = axe.getRules().filter(rule => !rule.tags.includes('deprecated') && !waived.includes(rule.ruleId))
    const runOnly = {type: 'rule', values: asked.map(rule => rule.ruleId)}
    const {violations} = await axe.run(scope, {runOnly, resultTypes: ['violations']})
    return violations.flatMap(rule => rule.nodes.map(node => `${rule.id} ${node.html.slice(0, 200)} ${node.failureSummary}`)) }"""
UNFOLD = "for (const one of document.querySelectorAll('details')) one.open = true"
LIT = """[...new Map([...document.querySelectorAll('main [id]')].filter(one => one.checkVisibility())
    .map(one => [`${one.tagName} ${one.className}`, one.id])).values()]"""
"""An id for each kind of element to which an address may lead."""
Scheme = Literal["light", "dark"]


def found(page: Page, scope: str = "html") -> list[str]:
    out: list[str] = page.evaluate(FIND, [scope, list(WAIVED)])
    return out


def violations(page: Page, address: str, *, opened: bool = True) -> list[str]:
    """What axe finds on a page as it lies unfolded; and where that is asked, on each note that is opened over it, and on whatever of each
    kind an address lights: on two of either, unless this is the soak."""
    page.goto(address)
    page.evaluate(UNFOLD)
    out = found(page)
    some = None if IS_SOAK else 2
    for button in page.locator("a.k:visible").all()[:some] if opened else ():
        button.press("Enter")
        out += found(page, ":popover-open")
        page.keyboard.press("Escape")
    for one in page.evaluate(LIT)[:some] if opened else ():
        page.evaluate("id => { location.hash = id }", one)
        out += found(page, ":target")
    return [f"{address} {one}" for one in out]


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Callable[[int, Scheme], Page]]:
    """A page of a width and colour scheme, with axe at hand."""
    pages: list[Page] = []

    def make(width: int, scheme: Scheme) -> Page:
        page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.add_init_script(AXE)
        pages.append(page)
        return page

    yield make
    for page in pages:
        page.close()


@pytest.mark.parametrize(
    ("theme", "width", "scheme", "pages"),
    [
        ("default", 360, "dark", fiction.PAGES[:2]),
        pytest.param("default", 360, "dark", (*fiction.PAGES[2:6], "data/"), marks=pytest.mark.soak),
        pytest.param("plain", 1440, "light", fiction.PAGES[:2], marks=pytest.mark.soak),
    ],
)
def test_a_page_of_each_kind_has_no_violation(
    theme: str, width: int, scheme: Scheme, pages: tuple[str, ...], opened: Callable[[int, Scheme], Page], archive: Callable[[str], Archive]
) -> None:
    """Once; the soak has the whole wheel, for a page takes half a second."""
    page = opened(width, scheme)
    with serving(archive(fiction.SITE.replace("theme: default", f"theme: {theme}")).root) as served:
        assert [one for address in pages for one in violations(page, served.url + address, opened=address == fiction.ARTICLE)] == []


@pytest.mark.soak
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_kind_of_page_has_a_violation_at_any_width(
    width: int, scheme: Scheme, opened: Callable[[int, Scheme], Page], served: Served
) -> None:
    page = opened(width, scheme)
    assert [one for address in PAGES for one in violations(page, served.url + address)] == []


@pytest.mark.soak
@pytest.mark.parametrize("site", [ARABIC, fiction.SITE], ids=["arabic", "fiction"])
@pytest.mark.parametrize("theme", ["default", "plain", "telegram"])
def test_no_page_of_a_small_archive_has_a_violation(
    theme: str, site: str, opened: Callable[[int, Scheme], Page], archive: Callable[[str], Archive]
) -> None:
    with serving(archive(site.replace("theme: default", f"theme: {theme}")).root) as served:
        for width in WIDTHS:
            for scheme in ("light", "dark"):
                page = opened(width, "dark" if scheme == "dark" else "light")
                assert [one for address in served.addresses() for one in violations(page, served.url + address)] == []


def test_axe_finds_what_is_wrong(opened: Callable[[int, Scheme], Page]) -> None:
    """The tests above can fail."""
    page = opened(360, "light")
    page.goto("data:text/html,<p style='color: %23aaa'>Pale<button></button>")
    names = {one.split(" ", 1)[0] for one in found(page)}
    assert names >= {"color-contrast", "button-name", "html-has-lang", "document-title", "region"}
