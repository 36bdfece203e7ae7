"""The chart of a claim, in a browser: on the example of a flood."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Served, serving
from tests.browser.test_accessibility import AXE, violations
from tests.conftest import REPOSITORY

pytestmark = pytest.mark.browser
CLAIM = "claims/houses-flooded/"


@pytest.fixture(scope="module")
def flood(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    root = tmp_path_factory.mktemp("flood")
    shutil.copytree(REPOSITORY / "examples/flood", root, dirs_exist_ok=True)
    with serving(root) as served:
        yield served


@pytest.mark.parametrize(
    ("width", "dark"), [(360, True), pytest.param(768, False, marks=pytest.mark.soak), pytest.param(1440, False, marks=pytest.mark.soak)]
)
def test_its_pages_have_no_violation_and_are_no_wider_than_the_screen(width: int, dark: bool, chromium: Browser, flood: Served) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light")
    page.add_init_script(AXE)
    for address in (CLAIM, "", "sources/river-board/", "days/flood/7/", "claims/animals-lost/"):
        assert violations(page, flood.url + address, opened=False) == []
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, address
    page.close()


@pytest.mark.parametrize("width", [320, pytest.param(1440, marks=pytest.mark.soak)])
def test_its_words_stand_apart_at_any_width(width: int, chromium: Browser, flood: Served) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.goto(flood.url + CLAIM)
    for which in (".chart .who", ".chart text[text-anchor]:not(.who)", ".chart text:not([text-anchor])"):
        boxes = [one.bounding_box() for one in page.locator(which).all()]
        known = sorted((box for box in boxes if box), key=lambda box: (box["y"], box["x"]))
        assert len(known) >= 2, which
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in known), which
        for above, below in pairwise(known):
            apart = above["y"] + above["height"] <= below["y"] + 2 or above["x"] + above["width"] <= below["x"]
            assert apart, (which, above, below)
    page.close()


def lit(page: Page) -> str:
    """The words that an address has lit."""
    return str(page.evaluate("(document.querySelector(':target') || {}).textContent || ''"))


def test_every_point_leads_to_its_words(chromium: Browser, flood: Served) -> None:
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.goto(flood.url + CLAIM)
    points = page.evaluate(
        "[...document.querySelectorAll('.chart a')].map(one => [one.href.baseVal, one.querySelector('title').textContent])"
    )
    assert len(points) == 13
    for href, title in points:
        number = next(word for word in title.split() if word.isdigit())
        page.goto(urljoin(flood.url, href))
        assert number in lit(page)
    page.close()


def test_keys_and_screen_readers_have_the_table_and_no_chart(chromium: Browser, flood: Served) -> None:
    page = chromium.new_page()
    page.goto(flood.url + CLAIM)
    rows = page.get_by_role("table").first.get_by_role("row").all()
    assert len(rows) == 1 + 13
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.chart')") is None
    page.close()
