"""The page of the map in a browser: by keyboard, with ten thousand places, in forced colours, without script; and the maps of pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Served, serving
from tests.browser.test_accessibility import AXE, violations
from tests.browser.test_pages import watched
from tests.conftest import Archive, files_of
from tests.test_maps import TOLD

pytestmark = pytest.mark.browser
MANY = 10_000


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    site = Archive(tmp_path_factory.mktemp("atlas"))
    for path, content in files_of(TOLD.replace("theme: plain", "theme: default")).items():
        site.write(path, content)
    with serving(site.root) as served:
        yield served


def many(folder: Path) -> None:
    """Puts ten thousand places into the data of a built map, each with five articles."""
    features = [
        {
            "type": "Feature",
            "id": f"p-{n}",
            "geometry": {"type": "Point", "coordinates": [22 + (n * 7919 % 10_000) / 600, 44 + (n * 104_729 % 10_000) / 1200]},
            "properties": {
                "name": f"Place {n}",
                "kind": "town",
                "label": "town",
                "precision": "settlement",
                "articles": 5,
                "url": f"/p-{n}",
            },
        }
        for n in range(MANY)
    ]
    (folder / "map/places.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    found = {f"p-{n}": [[(n * 13 + m * 101) % 10_000, (n + m) % 24, [n % 50], [n % 3]] for m in range(5)] for n in range(MANY)}
    months = [f"{2020 + n // 12}-{n % 12 + 1:02d}" for n in range(24)]
    kinds = [[str(n), f"kind {n}"] for n in range(3)]
    data = {"months": months, "sources": [f"Source {n}" for n in range(50)], "kinds": kinds, "topics": [], "places": found}
    (folder / "map/articles.json").write_text(json.dumps(data), encoding="utf-8")


def opened(chromium: Browser, served: Served, *, forced_colors: Literal["active"] | None = None) -> Page:
    page = chromium.new_page(viewport={"width": 1000, "height": 900}, forced_colors=forced_colors)
    page.goto(served.url + "map/")
    page.wait_for_selector(".atlas form")
    expect(page.locator("[role=status]")).to_contain_text("Places: ")
    return page


@pytest.mark.soak
def test_the_map_and_the_maps_of_pages_have_no_violation_and_fit(chromium: Browser, atlas: Served) -> None:
    for width, scheme in ((360, "dark"), (1440, "light")):
        page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light")
        page.add_init_script(AXE)
        complaints = watched(page)
        for address in ("map/", "places/marn/") if width == 360 else ("map/",):
            assert violations(page, atlas.url + address, opened=False) == []
            assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, address
        assert complaints == []
        page.close()


def test_it_is_moved_and_filtered_by_keyboard_and_the_list_follows(chromium: Browser, atlas: Served) -> None:
    page = opened(chromium, atlas)
    twin = page.locator("#_twin")
    assert "Marn" in twin.inner_text()
    assert page.locator("[role=status]").inner_text().startswith("Places: ")
    month = page.locator("input[type=range]").first
    month.focus()
    page.keyboard.press("ArrowRight")
    assert month.get_attribute("aria-valuetext") == "Jun 2022"
    expect(twin).not_to_contain_text("Ostry")  # it is named in May alone
    assert "Articles: 1" in twin.inner_text()
    page.keyboard.press("ArrowLeft")
    expect(twin).to_contain_text("Ostry")
    page.locator(".plane").focus()
    for _ in range(3):
        page.keyboard.press("+")
        page.wait_for_timeout(350)
    for _ in range(12):
        page.keyboard.press("ArrowUp")
        page.wait_for_timeout(20)
    expect(page.locator("[role=status]")).to_contain_text("No place")
    expect(twin.locator("li")).to_have_count(0)
    page.close()


def test_without_script_it_is_a_drawing_with_links_and_a_list(chromium: Browser, atlas: Served) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(atlas.url + "map/")
    assert page.locator(".cluster").count() >= 2
    assert page.locator(".plane").count() == 0
    page.locator("#_twin a", has_text="Ostry").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/places/ostry/")
    page.go_back()
    page.locator(".cluster").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/places/*/")
    context.close()


def of_places(folder: Path, spots: list[tuple[float, float]]) -> None:
    """Puts places into the data of a built map, with no article."""
    about = {"kind": "town", "label": "town", "precision": "point", "articles": 0, "url": "https://x.org/"}
    features = [
        {
            "type": "Feature",
            "id": f"p-{n}",
            "geometry": {"type": "Point", "coordinates": spot},
            "properties": {"name": f"Place {n}", **about},
        }
        for n, spot in enumerate(spots)
    ]
    (folder / "map/places.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


@pytest.fixture
def bare(atlas: Served) -> Iterator[Path]:
    """The folder of the site, whose data a test may change."""
    before = (atlas.folder / "map/places.geojson").read_bytes()
    yield atlas.folder
    (atlas.folder / "map/places.geojson").write_bytes(before)


def test_links_lead_to_the_site_that_is_read(chromium: Browser, atlas: Served, bare: Path) -> None:
    """The address in the data is for programs: it is that of the published site."""
    data = bare / "map/places.geojson"
    data.write_text(data.read_text(encoding="utf-8").replace(atlas.url, "https://x.org/"), encoding="utf-8")
    page = opened(chromium, atlas)
    page.locator("#_twin a", has_text="Marn").click()
    page.wait_for_url(f"{atlas.url}places/marn/")
    page.close()


@pytest.mark.soak
def test_both_sides_of_180_are_one_map(chromium: Browser, atlas: Served, bare: Path) -> None:
    of_places(bare, [(179.38, -16.8), (-179.97, -16.8)])
    page = opened(chromium, atlas)
    page.locator(".plane").focus()
    for _ in range(2):
        page.keyboard.press("+")
        page.wait_for_timeout(350)
    expect(page.locator("#_twin li")).to_have_count(2)
    land = page.evaluate("""() => { const canvas = document.querySelector('.leaflet-ground-pane canvas')
        const from = canvas.width / 2 + canvas.width / 1.6 / 4  // degrees beyond 180 begin at about a fifth
        const data = canvas.getContext('2d').getImageData(from, 0, canvas.width - from, canvas.height).data
        return data.some((value, n) => n % 4 === 3 && value === 255) }""")
    assert land, "Taveuni goes on"
    page.close()


@pytest.mark.soak
def test_in_a_city_all_places_can_be_reached(chromium: Browser, atlas: Served, bare: Path) -> None:
    of_places(bare, [(36.2, 50.0)] * 30 + [(36.2 + n % 20 / 400, 50.0 + n // 20 / 400) for n in range(1, 221)])
    page = opened(chromium, atlas)
    items, more = page.locator("#_twin li"), page.get_by_role("button", name="Show more")
    expect(items).to_have_count(100)
    expect(page.locator("[role=status]")).to_have_text("Places: 250. There are more than are listed.")
    more.click()
    expect(items).to_have_count(200)
    expect(page.locator("#_twin li:nth-child(101) a")).to_be_focused()
    more.click()
    expect(items).to_have_count(250)
    expect(more).to_be_hidden()
    expect(page.locator("[role=status]")).to_have_text("Places: 250.")
    of_places(bare, [(36.2, 50.0)] * 30)
    page.reload()
    expect(page.locator("[role=status]")).to_have_text("Places: 30.")
    for _ in range(6):
        page.locator(".leaflet-control-zoom-in").click()
        page.wait_for_timeout(350)
    expect(page.locator(".leaflet-control-zoom-in")).to_have_class(re.compile("leaflet-disabled"))
    box = page.locator(".plane").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".leaflet-popup li")).to_have_count(13)
    expect(page.locator(".leaflet-popup li").last).to_have_text("More places: 18")
    page.close()


COLOURS = """selector => {
    const canvas = document.querySelector(selector)
    const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data
    const colours = new Set()
    for (let n = 0; n < data.length; n += 4) if (data[n + 3] === 255) colours.add(`${data[n]}, ${data[n + 1]}, ${data[n + 2]}`)
    return [...colours] }"""


@pytest.mark.soak
def test_colours_are_the_systems_where_they_are_forced(chromium: Browser, atlas: Served) -> None:
    page = opened(chromium, atlas, forced_colors="active")
    page.wait_for_timeout(300)  # the base map comes after the places
    ground, marks = (set(page.evaluate(COLOURS, f".leaflet-{pane}-pane canvas")) for pane in ("ground", "overlay"))
    canvas, ink, link = page.evaluate("""() => ['Canvas', 'CanvasText', 'LinkText'].map(name => {
        const probe = document.body.appendChild(document.createElement('span'))
        probe.style.color = name
        return getComputedStyle(probe).color.replace('rgb(', '').replace(')', '') })""")
    assert {canvas, ink} <= ground, "land and its borders"
    assert {canvas, ink, link} <= marks, "rings, names and dots"
    page.goto(atlas.url + "places/marn/")
    fills = page.evaluate("""() => ['.map .land', '.map .ring.own'].map(one => getComputedStyle(document.querySelector(one))).map(
        style => [style.fill, style.stroke])""")
    assert fills[0][0] != fills[0][1], "land is told from its edge"
    assert fills[1][0] != fills[1][1], "a ring is told from what is in it"
    page.close()


@pytest.mark.soak
def test_ten_thousand_places(chromium: Browser, atlas: Served) -> None:
    """They are clustered, filtered and moved among. How long a frame takes `python -m benchmarks.maps` measures."""
    before = {name: (atlas.folder / "map" / name).read_bytes() for name in ("places.geojson", "articles.json")}
    many(atlas.folder)
    try:
        page = opened(chromium, atlas)
        assert page.locator("[role=status]").inner_text().startswith("Places: ")
        assert page.locator("#_twin li").count() == 100
        page.locator("select").first.select_option("7")
        expect(page.locator("[role=status]")).to_contain_text("more than are listed")
        page.locator("select").last.select_option("0")
        expect(page.locator("[role=status]")).to_have_text(re.compile(r"Places: [0-9]+\.$"))
        page.close()
    finally:
        for name, data in before.items():
            (atlas.folder / "map" / name).write_bytes(data)
