"""Takes pictures of every kind of page: `make screenshots`, into `build/screenshots/`.

A sheet for each width and colour scheme, with the pages of this repository's archive; and the same of a small archive that is written from
right to left. They are for people to look at, as an art director would; no test compares them.
"""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.arabic import SITE as ARABIC
from tests.browser.conftest import ARGUMENTS, CHROMIUM, serving
from tests.conftest import Archive, files_of

HERE = Path(__file__).parent.parent
OUT = HERE / "build" / "screenshots"
ARTICLE = "articles/2022-05-15-russia-loses-second-huge-battle/"
PAGES = (
    "", ARTICLE, "claims/russian-troops-killed/", "claims/kharkiv-battle-outcome/", "places/kharkiv/", "sources/ua-mod/",
    "topics/battle-of-kharkiv/", "days/ukraine-2022/80/", "articles/", "claims/", "timeline/",
    "search/?q=kiev", "map/", "about/", "404.html",
)  # fmt: skip
ARABIC_PAGES = (
    "",
    "articles/flood/",
    "claims/carts/",
    "claims/rise/",
    "places/marn/",
    "sources/board/",
    "search/?q=%D9%85%D8%A7%D8%B1%D9%86",
)
WIDTHS = {360: 1400, 768: 1400, 1440: 1200}
"""Of a screen -> the height of what is shown."""
ROWS = 2


def main() -> None:
    if CHROMIUM is None:
        raise SystemExit("there is no Chromium: apt-get install chromium")
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="sitegen-screenshots-") as folder, sync_playwright() as playwright:
        arabic = Archive(Path(folder, "arabic"))
        for path, text in files_of(ARABIC).items():
            arabic.write(path, text)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, root, pages in (("english", HERE, PAGES), ("arabic", arabic.root, ARABIC_PAGES)):
            with serving(root, Path(folder, f"{name}-site")) as served:
                for width in WIDTHS:
                    for scheme in ("light", "dark"):
                        sheet(browser, served.url, pages, width, scheme).save(OUT / f"{name}-{width}-{scheme}.png")
        browser.close()
    print(f"{OUT.relative_to(HERE)}/: {len(list(OUT.glob('*.png')))} sheets")


def sheet(browser: Browser, url: str, pages: tuple[str, ...], width: int, scheme: str) -> Image.Image:
    """The first screens of the pages, beside one another."""
    height = WIDTHS[width]
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="dark" if scheme == "dark" else "light")
    columns = -(-len(pages) // ROWS)
    out = Image.new("RGB", (columns * (width + 16), ROWS * (height + 16)), "#888")
    for number, address in enumerate(pages):
        page.goto(url + address, wait_until="networkidle")
        shot = Image.open(BytesIO(page.screenshot()))
        out.paste(shot, (number % columns * (width + 16), number // columns * (height + 16)))
    page.close()
    return out


if __name__ == "__main__":
    main()
