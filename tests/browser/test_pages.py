"""The pages under the published policy: no violation, no failed request, nothing wider than the screen, no script needed."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Served
from tests.conftest import IS_SOAK

pytestmark = pytest.mark.browser

ARTICLE = "articles/2022-05-15-russia-loses-second-huge-battle/"
KINDS = [
    "",
    ARTICLE,
    "places/kyiv/",
    "sources/ua-mod/",
    "claims/russian-equipment-lost/",
    "days/ukraine-2022/80/",
    "timeline/",
    "map/",
    "places/",
    "about/",
    "data/",
    "404.html",
]


def watched(page: Page) -> list[str]:
    """What the browser complains of."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    # a request that the next page cuts short is no failure
    page.on("requestfailed", lambda r: None if "ABORTED" in str(r.failure) else complaints.append(f"failed: {r.url} {r.failure}"))
    page.on("response", lambda response: complaints.append(f"{response.status}: {response.url}") if response.status >= 400 else None)
    return complaints


@pytest.mark.parametrize("served", ["default", pytest.param("plain", marks=pytest.mark.soak)], indirect=True)
def test_every_page_runs_under_the_policy(chromium: Browser, served: Served) -> None:
    """All of them in the soak; else one of each kind that has a look of its own."""
    page = chromium.new_page()
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI))"
    )
    complaints = watched(page)
    popups = [address for address in served.addresses() if address.endswith("popup.html")]
    addresses = served.addresses() if IS_SOAK else [*KINDS, "search/", *popups[:1]]
    assert len(addresses) >= (20 if IS_SOAK else 14)
    for address in addresses:
        page.goto(served.url + address, wait_until="load")
        assert page.locator("h1").count() == 1
        assert page.evaluate("document.styleSheets.length") >= 1, "the stylesheet is applied"
    page.close()
    assert complaints == []


def test_the_policy_is_real(chromium: Browser, served: Served) -> None:
    """The test above can fail: an inline script is refused."""
    page = chromium.new_page()
    complaints = watched(page)
    page.goto(served.url)
    page.evaluate("() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s) }")
    assert page.evaluate("window.ran") is None
    page.wait_for_timeout(100)
    assert any("Content Security Policy" in text for text in complaints)
    page.close()


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.soak)])  # the schemes differ in colours alone
def test_nothing_is_wider_than_the_screen(scheme: str, chromium: Browser, served: Served) -> None:
    context = chromium.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    for address in KINDS:
        page.goto(served.url + address)
        for width in (320, 390, 820, 1440) if IS_SOAK else (320, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert over <= 0, f"{address} is {over} px too wide at {width} px"
    context.close()


def test_a_highlights_address_leads_to_it(chromium: Browser, served: Served) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto(served.url + ARTICLE + "#c-27400")
    mark = page.locator("#c-27400")
    assert mark.inner_text() == "the Ukrainian defenders have killed more than 27,400 Russian troops"
    assert mark.is_visible()
    box = mark.bounding_box()
    assert box is not None
    assert 0 <= box["y"] <= 800
    page.close()


def test_a_place_leads_back_to_its_sentence(chromium: Browser, served: Served) -> None:
    page = chromium.new_page()
    page.goto(served.url + "places/izium/")
    page.locator(f"a[href*='{ARTICLE}#p-izium-1']").first.click()
    page.wait_for_url("**/#p-izium-1")
    assert page.locator("#p-izium-1").inner_text() == "Izyum"
    page.close()


def test_the_text_of_a_paragraph_can_be_copied_word_for_word(chromium: Browser, served: Served) -> None:
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.goto(served.url + ARTICLE)
    paragraph = page.locator("p", has=page.locator("#c-27400")).first
    assert "".join(paragraph.inner_text().split("\n")).startswith(
        "As per the latest update of the Ukrainian Defense Ministry, as of Sunday morning"
    )
    page.close()


def test_the_article_is_light(chromium: Browser, served: Served) -> None:
    """What a browser fetches for the article of Kharkiv, packed as hosts pack it: 60 kB without fonts, 110 kB with; 1,200
    elements."""
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    fetched: list[tuple[str, bytes]] = []
    page.on("response", lambda response: fetched.append((response.url, response.body())))
    page.goto(served.url + ARTICLE, wait_until="networkidle")
    elements = page.evaluate("document.querySelectorAll('*').length")
    page.close()
    fonts = sum(len(data) for url, data in fetched if url.endswith(".woff2"))
    others = sum(len(gzip.compress(data, 6)) for url, data in fetched if not url.endswith(".woff2"))
    assert others > 10_000, "the page was fetched"
    assert others <= 60_000
    assert others + fonts <= 110_000
    assert elements <= 1_200
