"""What a link leads to, in short, over the page: on hover, on focus, under a finger that rests; and nothing is lost without script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Served

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("served", ["default"], indirect=True)]
ARTICLE = "articles/2022-05-15-russia-loses-second-huge-battle/"
CARD = ".popup:popover-open"


@pytest.fixture
def page(chromium: Browser, served: Served) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{served.url}{ARTICLE}")
    yield page
    page.close()


def test_a_pointer_that_stays_opens_it_and_one_that_leaves_closes_it(page: Page) -> None:
    link = page.locator("a.name[href*='places/']").first
    title = link.get_attribute("title") or link.inner_text()
    link.hover()
    expect(page.locator(CARD)).to_contain_text(title)
    expect(page.locator(CARD)).to_contain_text("In 1 article")
    assert link.get_attribute("aria-describedby") == "_popup"
    page.locator(CARD).hover()
    page.wait_for_timeout(400)
    expect(page.locator(CARD)).to_be_visible()
    page.locator("h1").hover()
    expect(page.locator(CARD)).to_have_count(0)
    assert link.get_attribute("aria-describedby") is None


@pytest.mark.soak
def test_a_claim_tells_its_newest_figure_with_who_says_it(page: Page) -> None:
    page.locator(".f a[href*='claims/']").first.hover()
    card = page.locator(CARD)
    expect(card).to_contain_text("Ministry of Defence of Ukraine")
    expect(card).to_contain_text("as of 15 May 2022")


def test_the_keyboard_opens_it_and_escape_closes_it(page: Page) -> None:
    page.evaluate("document.querySelector('a.name').focus({focusVisible: true})")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(page.locator(CARD)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(CARD)).to_have_count(0)
    assert page.evaluate("document.activeElement.className") == "name"


@pytest.mark.soak
def test_it_lies_within_the_screen(page: Page) -> None:
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 700})
        for link in page.locator("a.name").all()[:3]:
            link.scroll_into_view_if_needed()
            link.hover()
            expect(page.locator(CARD)).to_be_visible()
            page.wait_for_timeout(50)
            box = page.locator(CARD).bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            page.keyboard.press("Escape")
            page.mouse.move(1, 1)


@pytest.mark.soak
def test_a_finger_that_rests_opens_it_and_one_that_taps_follows_the_link(chromium: Browser, served: Served) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{served.url}{ARTICLE}")
    link = page.locator("a.name").first
    link.scroll_into_view_if_needed()
    box = link.bounding_box()
    assert box is not None
    point = {"x": box["x"] + 4, "y": box["y"] + box["height"] / 2}
    client = context.new_cdp_session(page)
    client.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    page.wait_for_timeout(900)
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator(CARD)).to_be_visible()
    assert page.url.endswith(ARTICLE)
    page.touchscreen.tap(5, 5)
    expect(page.locator(CARD)).to_have_count(0)
    href = link.get_attribute("href")
    page.touchscreen.tap(point["x"], point["y"])
    page.wait_for_url(f"**{href}")
    context.close()


def test_without_script_a_link_leads_to_the_page_and_what_it_would_show_is_a_page(chromium: Browser, served: Served) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.url}{ARTICLE}")
    assert page.locator(".popup").count() == 0
    page.goto(f"{served.url}claims/russian-troops-killed/popup.html")
    assert page.locator("body").inner_text().splitlines()[0].startswith("Quantity")
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"
    context.close()
