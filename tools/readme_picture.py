"""Takes the picture of the README: `make readme-picture`, into `docs/images/reading.png`.

An article of the made-up archive of `examples/flood` as readers see it, with who says what in its margin. To be taken anew when the theme
changes; no test compares it.
"""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUM, serving

HERE = Path(__file__).parent.parent
OUT = HERE / "docs/images/reading.png"
PAGE = "articles/1924-06-06-what-the-water-took/"
WIDTH, HEIGHT = 1280, 860
COLOURS = 96
"""Few, for a repository keeps every picture that it ever had."""


def main() -> None:
    if CHROMIUM is None:
        raise SystemExit("there is no Chromium: apt-get install chromium")
    OUT.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="sitegen-picture-") as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with serving(HERE / "examples/flood", Path(folder)) as served:
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
            page.goto(served.url + PAGE)
            page.evaluate("document.fonts.ready.then(() => null)")
            taken = Image.open(BytesIO(page.screenshot())).convert("RGB")
        browser.close()
    taken.quantize(COLOURS, dither=Image.Dither.NONE).save(OUT, optimize=True)
    print(f"{OUT.relative_to(HERE)}: {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
