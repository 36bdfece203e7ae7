"""What a page is to who does not see it: its roles, names and states, as a screen reader is told them.

`aria/*.yaml` hold what is expected of the archive in `tests/fiction.py`. After a change that is meant, renew them, and read the difference:
`SITEGEN_RENEW=1 .venv/bin/python -m pytest tests/browser/test_aria.py`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import fiction
from tests.browser.conftest import Served, serving
from tests.conftest import Archive, files_of

pytestmark = pytest.mark.browser

EXPECTED = Path(__file__).parent / "aria"
NARROW, WIDE = 390, 1440
NAMELESS = re.compile(r"^\s*- '?(link|button|checkbox|textbox|searchbox|combobox|img|navigation)'?( \[[^\]]*\])*:?$", re.M)
"""A line of a snapshot that tells of a control, a picture or a part of the site which has no name."""


@pytest.fixture(scope="module")
def fictional(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    archive = Archive(tmp_path_factory.mktemp("fiction"))
    for path, text in files_of(fiction.SITE).items():
        archive.write(path, text)
    with serving(archive.root) as served:
        yield served


@pytest.mark.parametrize(
    ("name", "address", "width"),
    [
        ("article", fiction.ARTICLE, NARROW),
        pytest.param("article-wide", fiction.ARTICLE, WIDE, marks=pytest.mark.soak),
        ("claim", "claims/carts/", NARROW),
        ("place", "places/ostrow/", NARROW),
        ("home", "", NARROW),
        pytest.param("list", "articles/", NARROW, marks=pytest.mark.soak),
    ],
)
def test_a_page_tells_its_roles_and_names(name: str, address: str, width: int, chromium: Browser, fictional: Served) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.goto(fictional.url + address)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    told = page.locator("body").aria_snapshot().replace(fictional.url, "https://example.org/").replace("/repo/", "/") + "\n"
    page.close()
    assert NAMELESS.findall(told) == []
    path = EXPECTED / f"{name}.yaml"
    if os.environ.get("SITEGEN_RENEW"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(told, encoding="utf-8")
    assert told == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("line", ["- link:", "  - button", "- checkbox [checked]", "- 'link':"])
def test_what_has_no_name_is_seen(line: str) -> None:
    assert NAMELESS.search(line)
    assert not NAMELESS.search(line.replace("link", 'link "River"').replace("button", 'button "River"').replace("box", 'box "River"'))
