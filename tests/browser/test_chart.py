"""The chart of a claim, in a browser: on the example of a flood."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from itertools import pairwise
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page

from tests import arabic
from tests.browser.conftest import Served, serving
from tests.browser.test_accessibility import AXE, violations
from tests.conftest import CONFIG, IS_SOAK, REPOSITORY, Archive, files_of
from tests.test_series import TOTAL, stated

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
    for address in (CLAIM, *(("days/flood/7/", "", "sources/river-board/", "claims/animals-lost/") if IS_SOAK else ())):
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


@pytest.mark.soak
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
    for _ in range(60 if IS_SOAK else 20):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.chart')") is None
    page.close()


STRIP = (
    TOTAL.replace("name: Harbour Board", "name: The Royal Board of the Harbours and of the Inland Waterways")
    + stated("a", "about 1,000 barges", "1912-03-01")
    + stated("b", "more than 1,500 barges", "1912-03-11", "union")
)


@pytest.fixture(scope="module")
def strips(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Served]]:
    """Two archives of few figures, served once they are asked for: one in English, and one that is written from right to left."""
    right_to_left = arabic.SITE.replace("kind: quantity\n", 'kind: quantity\nmeasure: {unit: "عربات"}\n') + LATER
    with ExitStack() as stack:

        @cache
        def made(name: str) -> Served:
            site = Archive(tmp_path_factory.mktemp(name))
            for path, content in {"sitegen.yaml": CONFIG, **files_of({"en": STRIP, "ar": right_to_left}[name])}.items():
                site.write(path, content)
            return stack.enter_context(serving(site.root))

        yield made


LATER = """-- content/articles/later.md --
---
title: "خبر"
date: 1911-07-04
sources: [{source: board}]
claims: [{quote: "40 عربات", source: board, claim: carts, figures: [{value: 40, unit: "عربات"}], as_of: {date: 1911-07-04}}]
---
فقدت المدينة 40 عربات.
"""


@pytest.mark.parametrize(
    ("name", "address", "width", "dark"),
    [
        ("en", "claims/barges/", 360, False),
        pytest.param("ar", "claims/carts/", 360, True, marks=pytest.mark.soak),
        pytest.param("en", "claims/barges/", 1440, True, marks=pytest.mark.soak),
    ],
)
def test_a_strip_of_dots_is_as_wide_as_the_screen_and_read_beside_the_table(
    name: str, address: str, width: int, dark: bool, chromium: Browser, strips: Callable[[str], Served]
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light")
    page.add_init_script(AXE)
    assert violations(page, strips(name).url + address, opened=False) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert page.locator(".dots circle").count() == 2
    boxes = [box for one in page.locator(".dots text").all() if (box := one.bounding_box())]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
    ordered = sorted(boxes, key=lambda box: (box["y"], box["x"]))
    for above, below in pairwise(ordered):
        assert above["y"] + above["height"] <= below["y"] + 2 or above["x"] + above["width"] <= below["x"]
    assert len(page.get_by_role("table").first.get_by_role("row").all()) == 1 + 2
    page.close()


@pytest.mark.soak
def test_the_words_of_drawings_are_painted_over_their_halos(chromium: Browser, strips: Callable[[str], Served], flood: Served) -> None:
    """Else the halo, which is as wide as a stem and of the paper's colour, hides them."""
    for url in (f"{strips('en').url}claims/barges/", f"{flood.url}claims/houses-flooded/"):
        page = chromium.new_page()
        page.goto(url)
        painted = page.evaluate("[...document.querySelectorAll('figure text')].map(one => getComputedStyle(one).paintOrder.split(' ')[0])")
        assert painted
        assert set(painted) == {"stroke"}, url
        page.close()


def test_every_dot_of_a_strip_leads_to_its_words(chromium: Browser, strips: Callable[[str], Served]) -> None:
    served = strips("en")
    page = chromium.new_page(viewport={"width": 360, "height": 900})
    page.goto(served.url + "claims/barges/")
    dots = page.evaluate("[...document.querySelectorAll('.dots a')].map(one => [one.href.baseVal, one.querySelector('title').textContent])")
    assert [title for _, title in dots] == [
        "about 1,000 barges, The Royal Board of the Harbours and of the Inland Waterways, 1 March 1912",
        "more than 1,500 barges, Rowers’ Union, 11 March 1912",
    ]
    page.locator(".dots circle").first.click()
    page.locator(":target").wait_for()
    assert "1,000" in lit(page)
    page.goto(urljoin(served.url, dots[1][0]))
    assert "1,500" in lit(page)
    page.close()
