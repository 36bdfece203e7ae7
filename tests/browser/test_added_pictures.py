"""Pictures that the archive added, in a browser: every page of a scan is reached by keyboard and without a script, and nothing of them is
cited as words of the article."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.arabic import SITE as ARABIC
from tests.browser.conftest import serving
from tests.browser.test_accessibility import AXE, UNFOLD, found
from tests.conftest import IS_SOAK, Archive
from tests.test_added_pictures import FILES, made, written

pytestmark = pytest.mark.browser
ADDRESS = "articles/flood/"
PLAN = (
    "images:\n- {id: plan, added: true, caption: مخطط الوادي, file: plan.png, alt: مخطط}\n"
    "- {id: clipping, added: true, caption: الصفحات, file: [one.png, two.png, bridge.png], alt: صفحات}\n"
)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 360, "height": 900}, color_scheme="dark")
    page.add_init_script(AXE)
    yield page
    page.close()


@pytest.mark.parametrize("theme", ["default", pytest.param("plain", marks=pytest.mark.soak)])
def test_axe_finds_nothing_and_every_page_is_reached_by_keyboard(theme: str, page: Page, archive: Callable[[str], Archive]) -> None:
    with serving(made(archive, written(theme=theme)).root) as served:
        page.goto(served.url + ADDRESS)
        page.evaluate(UNFOLD)
        if IS_SOAK:
            assert found(page) == []
        first, last = (page.locator(".added ol a").nth(number) for number in range(2))
        first.focus()
        page.keyboard.press("Tab")
        assert last.evaluate("one => one === document.activeElement")
        assert last.evaluate("one => { const box = one.getBoundingClientRect(); return box.left >= 0 && box.right <= innerWidth }")
        page.keyboard.press("Enter")
        page.wait_for_url("**/images/two.png")


def test_what_the_archive_adds_is_not_cited_as_words_of_the_article(page: Page, archive: Callable[[str], Archive]) -> None:
    select = """selector => { const range = document.createRange(); range.selectNodeContents(document.querySelector(selector));
        getSelection().removeAllRanges(); getSelection().addRange(range) }"""
    with serving(made(archive, written(theme="default")).root) as served:
        page.goto(served.url + ADDRESS)
        page.evaluate(select, ".block p")
        page.locator(".cite").wait_for(state="visible")
        for ours in (".added figcaption", ".flow"):
            page.evaluate(select, ours)
            page.locator(".cite").wait_for(state="detached")


@pytest.mark.soak
def test_nothing_is_wider_than_the_screen_from_right_to_left(page: Page, archive: Callable[[str], Archive]) -> None:
    site = made(archive, ARABIC.replace("annotations:\n", PLAN + "annotations:\n", 1).replace("\n## ", "\n![](image:plan)\n\n## ", 1))
    assert len(FILES) == 4
    with serving(site.root) as served:
        for width in (320, 768, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(served.url + ADDRESS)
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), width
        first, second = (page.locator(".leaves li").nth(number).bounding_box() for number in range(2))
        assert first
        assert second
        assert first["x"] > second["x"], "the first page stands where one begins to read"
