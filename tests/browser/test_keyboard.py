"""The article page by keyboard alone: Tab comes to every control, each shows that it is there, and notes and layers are worked by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests import fiction
from tests.browser.conftest import Served, serving
from tests.conftest import Archive, files_of

pytestmark = pytest.mark.browser

COUNT = """() => { const all = [...document.querySelectorAll('a[href], button, summary, input')].filter(one => one.checkVisibility())
    all.forEach((one, number) => one.dataset.control = number)
    return all.length }"""
FOCUSED = """() => { const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect()
    return {control: one.dataset.control, html: one.outerHTML.slice(0, 120), seen: one.matches(':focus-visible') && box.width > 0 && box.height > 0
        && box.bottom > 0 && box.top < innerHeight && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1} }"""


@pytest.mark.parametrize(
    ("theme", "width"), [("default", 390), *(pytest.param(*one, marks=pytest.mark.soak) for one in (("default", 1440), ("plain", 390)))]
)
def test_tab_comes_to_every_control_and_shows_where_it_is(
    theme: str, width: int, chromium: Browser, archive: Callable[[str], Archive]
) -> None:
    with serving(archive(fiction.SITE.replace("theme: default", f"theme: {theme}")).root) as served:
        page = chromium.new_page(viewport={"width": width, "height": 844})
        page.goto(served.url + fiction.ARTICLE)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        count = page.evaluate(COUNT)
        assert count > 40
        reached = []
        for _ in range(count):
            page.keyboard.press("Tab")
            focused = page.evaluate(FOCUSED)
            assert focused["seen"], focused["html"]
            reached.append(focused["control"])
        assert reached == [str(number) for number in range(count)], "in the order of the page, each once"
        page.close()


@pytest.fixture(scope="module")
def fictional(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    site = Archive(tmp_path_factory.mktemp("fiction"))
    for path, text in files_of(fiction.SITE).items():
        site.write(path, text)
    with serving(site.root) as served:
        yield served


@pytest.fixture
def narrow(chromium: Browser, fictional: Served) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto(fictional.url + fiction.ARTICLE)
    yield page
    page.close()


def test_a_note_is_opened_read_and_left_by_keys(narrow: Page) -> None:
    numeral, note = narrow.locator("a.k[href='#note_2']"), narrow.locator("#note_2")
    while narrow.evaluate("document.activeElement.hash") != "#note_2":
        narrow.keyboard.press("Tab")
    for _ in range(2):
        narrow.keyboard.press("Enter")
        assert note.is_visible()
        narrow.keyboard.press("Tab")
        assert note.locator("a").first.evaluate("one => one === document.activeElement"), "what stands in it comes next"
        narrow.keyboard.press("Escape")
        assert not note.is_visible()
        assert numeral.evaluate("one => one === document.activeElement"), "one is where one was"


def test_a_layer_is_switched_and_a_fold_is_opened_by_keys(narrow: Page) -> None:
    switch, fold = narrow.locator("#_l-own"), narrow.locator(".rail > summary")
    assert not switch.is_visible()
    fold.focus()
    narrow.keyboard.press("Enter")
    assert switch.is_visible()
    while not switch.evaluate("one => one === document.activeElement"):
        narrow.keyboard.press("Tab")
    narrow.keyboard.press("Space")
    assert narrow.evaluate("getComputedStyle(document.querySelector('mark.own')).textDecorationLine") == "underline"
