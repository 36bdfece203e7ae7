"""Takes pictures of every kind of page: `make screenshots`, into `build/screenshots/`.

A sheet for each width and colour scheme, with the pages of this repository's archive; and the same of a small archive that is written from
right to left. They are for people to look at, as an art director would; no test compares them.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from sitegen.build import build
from sitegen.survey import Options
from tests.arabic import SITE as ARABIC
from tests.conftest import Archive, files_of

HERE = Path(__file__).parent.parent
OUT = HERE / "build" / "screenshots"
ARTICLE = "articles/2022-05-15-russia-loses-second-huge-battle/"
PAGES = (
    "", ARTICLE, "claims/russian-troops-killed/", "claims/kharkiv-battle-outcome/", "places/kharkiv/", "sources/ua-mod/",
    "topics/battle-of-kharkiv/", "days/ukraine-2022/80/", "articles/", "claims/", "timeline/", "about/", "404.html",
)  # fmt: skip
ARABIC_PAGES = ("", "articles/flood/", "claims/carts/", "claims/rise/", "places/marn/", "sources/board/")
WIDTHS = {360: 1400, 768: 1400, 1440: 1200}
"""Of a screen -> the height of what is shown."""
TODAY = "2026-01-01"
ROWS = 2


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("there is no Chromium: apt-get install chromium")
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="sitegen-screenshots-") as folder, sync_playwright() as playwright:
        arabic = Archive(Path(folder, "arabic"))
        for path, text in files_of(ARABIC).items():
            arabic.write(path, text)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, root, pages in (("english", HERE, PAGES), ("arabic", arabic.root, ARABIC_PAGES)):
            site = Path(folder, f"{name}-site")
            report = build(root, site, Options(TODAY, "http://127.0.0.1/"))
            if report.failed:
                raise SystemExit("\n".join(str(problem) for problem in report.problems))
            server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
            threading.Thread(target=server.serve_forever, daemon=True).start()
            for width in WIDTHS:
                for scheme in ("light", "dark"):
                    sheet(browser, f"http://127.0.0.1:{server.server_port}/", pages, width, scheme).save(
                        OUT / f"{name}-{width}-{scheme}.png"
                    )
            server.shutdown()
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
