"""The timeline in a browser: what axe finds, that its cells can be hit, and that arrow keys go from one to the next."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from benchmarks import corpus
from tests.arabic import SITE as ARABIC
from tests.browser.conftest import Served, serving
from tests.browser.test_accessibility import AXE, violations
from tests.conftest import Archive, files_of
from tests.test_timeline import BASE, article, months
from tools.screenshots import WIDTHS

pytestmark = pytest.mark.browser

LOOSE = {"year": "1911?", "summer": "1911-07/1911-09", "decade": "191X", "undated": "null", "month": "1911-05", "late": "1913-02-03"}
SITE = (
    BASE
    + months(1911, 40, front="calendar: war\n")
    + months(1912, 30, when="1912-05-04")
    + "".join(article(stem, date, "1910-11") for stem, date in LOOSE.items())
    + "".join(article(f"wide-{number}", "190X", "191X") for number in range(30))
)
PAGES = (
    "timeline/",
    "timeline/1911/",
    "timeline/1911/05/",
    "timeline/happened/",
    "timeline/happened/1910/",
    "timeline/span/",
)
SMALLEST = "Math.min(...[...document.querySelectorAll('.cells a')].flatMap(one => [one.offsetWidth, one.offsetHeight]))"
SOAKED = [pytest.param(theme, marks=pytest.mark.soak) for theme in ("plain", "telegram")]


@pytest.fixture(scope="module", params=["default", *SOAKED])
def deep(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An archive whose timeline has every kind of page."""
    site = Archive(tmp_path_factory.mktemp("deep"))
    for path, text in files_of(SITE.replace("theme: default", f"theme: {request.param}")).items():
        site.write(path, text)
    with serving(site.root) as running:
        yield running


def opened(chromium: Browser, width: int, dark: bool) -> Page:
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light")
    page.add_init_script(AXE)
    return page


@pytest.mark.parametrize(
    ("width", "dark", "pages"),
    [(320, True, PAGES[2:3]), *(pytest.param(width, dark, PAGES, marks=pytest.mark.soak) for width in WIDTHS for dark in (False, True))],
)
def test_the_timeline_has_no_violation_and_is_no_wider_than_the_screen(
    width: int, dark: bool, pages: tuple[str, ...], chromium: Browser, deep: Served
) -> None:
    page = opened(chromium, width, dark)
    for address in pages:
        assert violations(page, deep.url + address, opened=False) == []
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        if page.locator(".cells a").count():
            assert page.evaluate(SMALLEST) >= 24, "a finger can hit it (WCAG 2.2, 2.5.8)"
    page.close()


@pytest.mark.soak
def test_two_centuries_have_no_violation(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The made-up archive of the benchmarks, with its dates spread over two hundred years."""
    root = tmp_path_factory.mktemp("centuries")
    corpus.sitegen(root, 600, "centuries")
    config = root / "sitegen.yaml"
    config.write_text(config.read_text().replace("theme: plain", "theme: default"))
    with serving(root) as served:
        assert len(list((served.folder / "timeline").glob("1???"))) == 200
        for width in WIDTHS:
            page = opened(chromium, width, False)
            for address in ("timeline/", "timeline/1844/", "timeline/span/", "timeline/happened/", "timeline/happened/1887/"):
                assert violations(page, served.url + address, opened=False) == []
                assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
            page.close()


@pytest.mark.soak
def test_a_timeline_runs_from_right_to_left(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    site = Archive(tmp_path_factory.mktemp("right"))
    for path, text in files_of(ARABIC + months(1911, 40, when="1911-04-05").replace("claim: barges, ", "")).items():
        site.write(path, text)
    with serving(site.root) as served:
        for width in WIDTHS:
            page = opened(chromium, width, False)
            for address in ("timeline/", "timeline/1911/05/", "timeline/happened/"):
                assert violations(page, served.url + address, opened=False) == []
                assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
            page.close()


@pytest.mark.parametrize("deep", ["default"], indirect=True)  # where a month is one row, so that down is the next month
def test_a_strip_is_one_stop_and_arrows_go_from_cell_to_cell(chromium: Browser, deep: Served) -> None:
    page = opened(chromium, 1440, False)
    page.goto(deep.url + "timeline/1911/")

    def focused() -> str:
        return str(page.evaluate("(document.activeElement.querySelector('.hidden') ?? document.activeElement).textContent"))

    assert page.locator(".heat a[tabindex='0']").count() == 1
    page.locator(".heat a[tabindex='0']").focus()
    told = []
    for key in ("", "ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft", "End", "Home"):
        if key:
            page.keyboard.press(key)
        told.append(focused().partition(":")[0])
    assert told == [
        "1 January 1911",
        "9 January 1911",
        "10 February 1911",
        "9 January 1911",
        "1 January 1911",
        "24 December 1911",
        "1 January 1911",
    ]
    page.keyboard.press("Tab")
    assert focused() == "February", "the month of the next row"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/timeline/1911/01/#_1911-01-01")
    page.close()


def test_without_script_each_cell_is_a_link(chromium: Browser, deep: Served) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(deep.url + "timeline/1911/")
    page.get_by_role("link", name="2 February 1911: 1 article").click()
    page.wait_for_url("**/timeline/1911/02/#_1911-02-02")
    page.get_by_role("link", name="When it is said to have happened").click()
    page.wait_for_url("**/timeline/happened/")
    context.close()
