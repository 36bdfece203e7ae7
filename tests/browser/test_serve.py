"""`sitegen serve` as an editor sees it: in Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Archive, files_of
from tests.serving import DRAFT_AND_PLACE, FRONT, Server, serving

LONG = "\n\n".join(f"Paragraph {number} of the story." for number in range(80))
ARCHIVE = f"""-- sitegen.yaml --
title: Test archive
base_url: https://x.org/deep/
theme: default
-- content/articles/a.md --
{FRONT}The river rose at Delft.

{LONG}
-- content/articles/a.notes.yaml --
claims:
  - {{id: c-rose, quote: "The river rose at Delft.", source: article}}
{DRAFT_AND_PLACE}"""


@pytest.fixture
def site(tmp_path: Path) -> Archive:
    out = Archive(tmp_path / "archive")
    for path, text in files_of(ARCHIVE).items():
        out.write(path, text)
    return out


@pytest.fixture
def server(site: Archive) -> Iterator[Server]:
    with serving(site.root) as running:
        yield running


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 900, "height": 700})
    found = context.new_page()
    faults: list[str] = []
    found.on("pageerror", lambda error: faults.append(str(error)))
    yield found
    context.close()
    assert faults == []


def body(words: str) -> str:
    return f"{FRONT}The river rose at Delft. {words}\n\n{LONG}\n"


def listening(page: Page) -> None:
    """Waits until the page follows the archive."""
    expect(page.locator("sitegen-live .bar")).to_contain_text("read in", timeout=10_000)


def test_saved_words_appear_without_a_reload(server: Server, site: Archive, page: Page) -> None:
    page.goto(server.url + "articles/a/")
    listening(page)
    page.evaluate("window.kept = true; document.querySelectorAll('details').forEach((one) => (one.open = true)); scrollTo(0, 900)")
    unfolded = page.evaluate("document.querySelectorAll('details[open]').length")
    assert unfolded
    y = page.evaluate("scrollY")
    assert y > 500
    site.write("content/articles/a.md", body("Its wheel was lost."))
    expect(page.locator("main")).to_contain_text("Its wheel was lost.", timeout=10_000)
    assert page.evaluate("window.kept") is True
    assert abs(page.evaluate("scrollY") - y) < 5
    assert page.evaluate("document.querySelectorAll('details[open]').length") == unfolded
    expect(page.locator("sitegen-live .bar")).to_contain_text("why this was made anew", timeout=10_000)
    expect(page.locator("sitegen-live .bar")).to_contain_text("content/articles/a.md")
    assert page.locator("sitegen-live").count() == 1


def test_a_stylesheet_is_swapped(server: Server, site: Archive, page: Page) -> None:
    page.goto(server.url + "articles/a/")
    listening(page)
    sheets = page.locator("head link[rel=stylesheet]").count()
    page.evaluate("window.kept = true; document.querySelector('main').kept = true")
    site.write("themes/default/assets/style.css", "body { background: rgb(1, 2, 3); }\n")
    expect(page.locator("body")).to_have_css("background-color", "rgb(1, 2, 3)", timeout=10_000)
    assert page.evaluate("window.kept && document.querySelector('main').kept") is True  # the very same words
    assert page.locator("head link[rel=stylesheet]").count() == sheets


def test_errors_lie_over_the_page_until_they_are_mended(server: Server, site: Archive, page: Page) -> None:
    page.goto(server.url + "articles/a/")
    listening(page)
    overlay = page.locator("sitegen-live .overlay")
    expect(overlay).to_be_hidden()
    site.write(
        "content/articles/a.md", body("").replace("title:", "titel:").replace("The Flood", "<img src=x onerror=document.title='bad'>")
    )
    expect(overlay).to_be_visible(timeout=10_000)
    expect(overlay).to_contain_text("content/articles/a.md:2")
    expect(overlay).to_contain_text("titel: <img src=x")  # as text
    expect(overlay).to_contain_text("did you mean")
    expect(page.locator("main")).to_contain_text("The river rose")
    page.keyboard.press("Escape")
    expect(overlay).to_be_hidden()
    page.locator("sitegen-live .bar button.errors").click()
    expect(overlay).to_be_visible()
    site.write("content/articles/a.md", body("Mended."))
    expect(overlay).to_be_hidden(timeout=10_000)
    expect(page.locator("main")).to_contain_text("Mended.")
    assert page.title() != "bad"


@pytest.mark.soak
def test_a_page_of_nothing_but_errors_mends_itself(tmp_path: Path, page: Page) -> None:
    site = Archive(tmp_path / "archive")
    for path, text in files_of(ARCHIVE.replace("title: The Flood", "titel: The Flood").replace("x.org/deep/", "x.org/")).items():
        site.write(path, text)
    with serving(site.root) as server:
        page.goto(server.url + "articles/a/")
        expect(page.locator("h1")).to_contain_text("Nothing to show yet")
        expect(page.locator("sitegen-live .overlay")).to_be_visible(timeout=10_000)
        site.write("content/articles/a.md", body("It is here."))
        expect(page.locator("main")).to_contain_text("It is here.", timeout=10_000)


@pytest.mark.soak
def test_after_the_server_was_away_the_page_is_the_newest(site: Archive, page: Page) -> None:
    with serving(site.root) as first:
        port = str(first.port)
        page.goto(first.url + "articles/a/")
        listening(page)
        page.evaluate("window.kept = true")
    site.write("content/articles/a.md", body("Written meanwhile."))
    with serving(site.root, "--port", port):
        expect(page.locator("main")).to_contain_text("Written meanwhile.", timeout=10_000)
        assert page.evaluate("window.kept") is True


@pytest.mark.soak
def test_a_deep_link_stays_where_it_leads(server: Server, site: Archive, page: Page) -> None:
    page.goto(server.url + "articles/a/#c-rose")
    listening(page)
    y = page.evaluate("scrollY")
    site.write("content/articles/a.md", body("And so on."))
    expect(page.locator("main")).to_contain_text("And so on.", timeout=10_000)
    assert page.url.endswith("/deep/articles/a/#c-rose")
    assert abs(page.evaluate("scrollY") - y) < 50


@pytest.mark.soak
def test_drafts_bear_a_mark(server: Server, site: Archive, page: Page) -> None:
    page.goto(server.url + "articles/b/")
    expect(page.locator("sitegen-live .mark")).to_have_text("a draft", timeout=10_000)
    page.goto(server.url + "articles/")
    listening(page)
    expect(page.locator("main a[title='not published']").first).to_be_visible()
    draft = site.root / "content/articles/b.md"
    draft.write_text(draft.read_text().replace("draft: true\n", ""))
    expect(page.locator("main a[title='not published']")).to_have_count(0, timeout=10_000)


@pytest.mark.soak
def test_a_page_that_goes_says_so_and_comes_back(server: Server, site: Archive, page: Page) -> None:
    page.goto(server.url + "articles/a/")
    listening(page)
    (site.root / "content/articles/a.md").rename(site.root / "a.away")
    (site.root / "content/articles/a.notes.yaml").rename(site.root / "notes.away")
    expect(page.locator("sitegen-live .overlay")).to_contain_text("no longer there", timeout=10_000)
    (site.root / "a.away").rename(site.root / "content/articles/a.md")
    (site.root / "notes.away").rename(site.root / "content/articles/a.notes.yaml")
    expect(page.locator("sitegen-live .overlay")).to_be_hidden(timeout=10_000)


@pytest.mark.soak
def test_several_tabs_follow(server: Server, site: Archive, chromium: Browser) -> None:
    context = chromium.new_context()
    tabs = [context.new_page() for _ in range(4)]
    for tab, address in zip(tabs, ("articles/a/", "articles/a/", "places/delft/", "articles/"), strict=True):
        tab.goto(server.url + address)
        listening(tab)
    site.write("content/places/delft.md", "---\nname: Delft upon Schie\naliases: [Delft]\nkind: city\n---\n")
    expect(tabs[2].locator("h1")).to_contain_text("Delft upon Schie", timeout=10_000)
    site.write("content/articles/a.md", body("For every tab.").replace("The Flood", "The Great Flood"))
    for tab in tabs[:2]:
        expect(tab.locator("main")).to_contain_text("For every tab.", timeout=10_000)
    expect(tabs[3].locator("main")).to_contain_text("The Great Flood", timeout=10_000)
    context.close()


@pytest.mark.soak
def test_the_bar_and_the_overlay_fit(server: Server, site: Archive, chromium: Browser) -> None:
    seen: tuple[tuple[int, Literal["light", "dark"]], ...] = ((360, "dark"), (800, "light"), (1400, "dark"))
    contexts = [chromium.new_context(viewport={"width": width, "height": 700}, color_scheme=scheme) for width, scheme in seen]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.goto(server.url + "articles/b/")
        expect(page.locator("sitegen-live .mark")).to_be_visible(timeout=10_000)
    site.write("content/articles/a.md", body("").replace("title:", "titel:"))
    for page in pages:
        expect(page.locator("sitegen-live .overlay")).to_be_visible(timeout=10_000)
        assert page.viewport_size is not None
        width = page.viewport_size["width"]
        for part in (".bar", ".overlay"):
            box = page.locator(f"sitegen-live {part}").bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    for context in contexts:
        context.close()
