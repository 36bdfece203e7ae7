"""Pages of a language that is written from right to left."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.arabic import SITE
from tests.browser.conftest import of_each_kind, serving
from tests.conftest import IS_SOAK, Archive

pytestmark = pytest.mark.browser


def test_the_text_stands_at_the_right_and_its_margin_at_the_left(chromium: Browser, archive: Callable[[str], Archive]) -> None:
    with serving(archive(SITE).root) as served:
        page = chromium.new_page(viewport={"width": 1440, "height": 900})
        page.goto(served.url + "articles/flood/")
        text, note = page.locator(".block").first.bounding_box(), page.locator("#note_1").bounding_box()
        heading = page.locator("h1").evaluate(
            "one => { const range = document.createRange(); range.selectNodeContents(one); const box = range.getBoundingClientRect();"
            " return [box.right, one.getBoundingClientRect().right] }"
        )
        assert text
        assert note
        assert note["x"] + note["width"] <= text["x"]
        contents = page.locator(".rail nav").bounding_box()
        assert contents
        assert contents["x"] >= text["x"] + text["width"], "and the contents on the side where one begins"
        assert heading[0] == pytest.approx(heading[1], abs=2), "it begins at the right"
        bar = page.locator(".meter rect").first.bounding_box()
        assert bar
        assert bar["x"] + bar["width"] == pytest.approx(text["x"] + text["width"], abs=2), "so does the bar of voices"
        for address in of_each_kind(served.addresses()):
            page.goto(served.url + address)
            for width in (320, 768, 1440) if IS_SOAK else (320,):
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), (address, width)
        page.close()
