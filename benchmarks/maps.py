"""What maps weigh and take: `python -m benchmarks.maps`. Exits 1 where a budget is broken.

The base map in the package (3 MiB), the script of the page of the map (250 kB, loaded there alone), a sheet drawn for the first time and a map
on a sheet that is known, and, in Chromium, ten thousand places: how long it takes from a key to what it changes on the screen.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from sitegen.cartography.drawing import drawn
from sitegen.cartography.earth import DE_FACTO, Earth
from sitegen.cartography.sheets import sheet_of
from sitegen.packaged import BASEMAP, base_map
from tests.browser.conftest import ARGUMENTS, CHROMIUM, serving
from tests.browser.test_map import MANY, many
from tests.conftest import REPOSITORY, Archive, files_of
from tests.test_maps import TOLD

SCRIPTS = ("leaflet.js", "map.js")
FRAME = """key => new Promise(done => {
    const plane = document.querySelector('.plane'); const begin = performance.now()
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {keyCode: key, bubbles: true}))
    let last = begin, longest = 0, count = 0
    const step = now => { longest = Math.max(longest, now - last); last = now; count += 1
        if (count < 25) requestAnimationFrame(step); else done(longest) }
    requestAnimationFrame(step) })"""
"""Presses a key on the map and gives the longest time between two frames of the next 25."""


def main() -> int:
    broken = False

    def told(what: str, value: float, unit: str, budget: float | None) -> None:
        nonlocal broken
        broken = broken or (budget is not None and value > budget)
        print(f"{what}: {value:,.1f} {unit}{f' (budget {budget:,.0f})' if budget is not None else ''}")

    told("base map in the package", sum(path.stat().st_size for path in BASEMAP.iterdir()) / 1024, "KiB", 3 * 1024)
    assets = REPOSITORY / "themes/default/assets"
    told("script of the page of the map", sum((assets / name).stat().st_size for name in SCRIPTS) / 1000, "kB", 250)
    earth = Earth(base_map()[0])
    times = []
    for number in range(60):
        sheet = sheet_of([(44 + number % 8, 22 + number * 17 % 18)], 640)
        begin = time.process_time()
        drawn.__wrapped__(earth, sheet, DE_FACTO)
        times.append((time.process_time() - begin) * 1000)
    told("a sheet, drawn for the first time, median", statistics.median(times), "ms of CPU", None)
    if CHROMIUM is None:
        return int(broken)
    with tempfile.TemporaryDirectory(prefix="sitegen-maps-") as folder, sync_playwright() as playwright:
        site = Archive(Path(folder))
        for path, text in files_of(TOLD.replace("theme: plain", "theme: default")).items():
            site.write(path, text)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with serving(site.root) as served:
            many(served.folder)
            page = browser.new_page(viewport={"width": 1200, "height": 900})
            page.goto(served.url + "map/")
            page.wait_for_selector(".atlas form")
            page.locator(".plane").focus()
            told(
                f"{MANY:,} places, arrow keys, median of the longest frame",
                statistics.median(page.evaluate(FRAME, key) for key in (37, 39) * 5),
                "ms",
                100,
            )
            told(
                f"{MANY:,} places, plus and minus, median of the longest frame",
                statistics.median(page.evaluate(FRAME, key) for key in (187, 189) * 3),
                "ms",
                250,
            )
        browser.close()
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
