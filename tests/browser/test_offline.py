"""The offline edition in a browser, from its folder: pages have their styles, type and pictures, links lead on, and nothing is complained of."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from tests.browser.conftest import of_each_kind
from tests.conftest import REPOSITORY
from tests.test_offline import made

pytestmark = pytest.mark.browser


class Edition(NamedTuple):
    folder: Path
    theme: str


@pytest.fixture(
    scope="module", params=[("default", "https://x.org/repo/"), pytest.param(("plain", "https://x.org/"), marks=pytest.mark.soak)]
)
def offline(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    theme, base_url = request.param
    root = tmp_path_factory.mktemp("offline") / "an archive"  # a space in the way there is no matter
    shutil.copytree(REPOSITORY / "examples/flood", root, ignore=shutil.ignore_patterns("public", ".sitegen"))
    config = (root / "sitegen.yaml").read_text(encoding="utf-8")
    (root / "sitegen.yaml").write_text(re.sub(r"^theme: .*\n", "", config, flags=re.M) + f"theme: {theme}\n", encoding="utf-8")
    page = root / "content/places/ostheim.md"
    page.write_text(page.read_text(encoding="utf-8").replace("---\n", "---\nredirect_from: [places/eastham]\n", 1), encoding="utf-8")
    return Edition(made(root, root.parent, base_url) / "site", theme)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1000, "height": 900})
    yield context.new_page()
    context.close()


def listening(page: Page) -> list[str]:
    """What a page complains of from now on: messages, errors, what could not be loaded."""
    heard: list[str] = []

    def message(one: ConsoleMessage) -> None:
        heard.append(f"{one.type}: {one.text}")

    def failed(one: Request) -> None:
        if one.failure != "net::ERR_ABORTED":  # the next page was opened before a picture of the last was there
            heard.append(f"failed: {one.url} ({one.failure})")

    page.on("console", message)
    page.on("pageerror", lambda error: heard.append(f"error: {error}"))
    page.on("requestfailed", failed)
    return heard


def test_no_page_complains_and_none_asks_the_network(offline: Edition, page: Page) -> None:
    heard = listening(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    pages = [path.relative_to(offline.folder).as_posix() for path in sorted(offline.folder.rglob("*.html")) if "eastham" not in str(path)]
    assert len(pages) > 40
    for path in of_each_kind(pages):
        page.goto((offline.folder / path).as_uri())
        page.evaluate("document.fonts.ready.then(() => null)")
        assert heard == [], path
    assert [url for url in asked if not url.startswith("file://")] == []


def test_a_page_has_its_styles_type_and_pictures(offline: Edition, page: Page) -> None:
    page.goto((offline.folder / "articles/1924-06-07-a-cow-upon-the-church/index.html").as_uri())
    # pictures are lazy: they may come after the page
    page.wait_for_function("document.images.length && [...document.images].every((one) => one.complete && one.naturalWidth > 0)")
    assert page.evaluate("document.styleSheets.length") == (2 if offline.theme == "default" else 1)
    if offline.theme == "default":
        loaded = page.evaluate(
            "document.fonts.ready.then((all) => [...all].filter((one) => one.status === 'loaded').map((one) => one.family))"
        )
        assert {name.strip('"') for name in loaded} == {"Archive Serif", "Archive Sans"}
        # the words are as wide as in that type, and not as in what stands for it
        assert page.evaluate("document.fonts.check('16px \"Archive Serif\"')")


def test_one_walks_through_it(offline: Edition, page: Page) -> None:
    heard = listening(page)
    page.goto((offline.folder / "index.html").as_uri())
    page.get_by_role("navigation").first.get_by_role("link", name="Places").click()
    assert page.url.endswith("/site/places/index.html")
    page.locator("main").get_by_role("link", name="Ostheim", exact=True).first.click()
    assert page.url.endswith("/site/places/ostheim/index.html")
    page.locator("main a[href*='#']").first.click()
    page.locator(":target").wait_for(state="attached")
    assert page.locator(":target").count() == 1, "a place in a page is found"
    assert heard == []


def test_an_old_address_leads_on(offline: Edition, page: Page) -> None:
    page.goto((offline.folder / "places/eastham/index.html").as_uri())
    page.wait_for_url("**/site/places/ostheim/index.html")
    assert page.get_by_role("heading", level=1).inner_text() == "Ostheim"


def test_the_search_says_where_it_works(offline: Edition, page: Page) -> None:
    page.goto((offline.folder / "search/index.html").as_uri())
    assert page.get_by_text("Searching works on the web only").is_visible()
    assert page.locator("[data-offline] a").get_attribute("href", timeout=1000) == page.locator("link[rel=canonical]").get_attribute("href")
    assert not page.get_by_text("which your browser does not run here").count()
    assert not page.get_by_role("searchbox").is_visible()


def test_the_map_is_a_drawing_with_links(offline: Edition, page: Page) -> None:
    page.goto((offline.folder / "map/index.html").as_uri())
    assert page.locator("figure.map svg").is_visible()
    page.locator("figure.map a").first.click()
    assert "/site/places/" in page.url
