"""How long an act at the desk takes until it is on screen: `python -m benchmarks.desk [--claims 400] [--times 20]`.

An article of 5,000 words, made up, in which every sentence is a claim that waits to be judged. In Chromium `y` is pressed and the panel
watched until it tells of one claim less; the medians are of the whole, of what the server does of it (the act, and the page's entries
anew), and of the page with its new marks.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

WATCH = """([sign]) => new Promise((done) => {
  const shadow = document.querySelector("sitegen-desk").shadowRoot;
  const said = () => shadow.querySelector(".progress b").textContent;
  const [before, start] = [said(), performance.now()];
  const look = () => (said() === before ? requestAnimationFrame(look) : requestAnimationFrame(() => done(performance.now() - start)));
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: sign, bubbles: true, composed: true }));
  look();
})"""
LIVE = """() => new Promise((done) => {
  const start = performance.now();
  document.addEventListener("sitegen:live", () => requestAnimationFrame(() => done(performance.now() - start)), { once: true });
})"""
NOUNS = ("houses", "barns", "bridges", "boats", "cows", "mills", "wells", "carts")


def archive(root: Path, claims: int, words: int) -> None:
    """An archive of one article of so many claims and words."""
    filler = " ".join(["and the water stood in the streets of the lower town all day"] * 40).split()
    per = max(4, words // claims - 5)
    sentences, lines = [], []
    for number in range(claims):
        said = f"Report {number} tells of {number + 2} {NOUNS[number % len(NOUNS)]}"
        sentences.append(f"{said} {' '.join(filler[number % 12 : number % 12 + per])}.")
        lines.append(f'  - {{id: c-{number}, quote: "{said}", source: article, todo: "likely: a figure"}}')
    body = "\n\n".join(" ".join(sentences[start : start + 8]) for start in range(0, len(sentences), 8))
    place = root / "content/articles"
    place.mkdir(parents=True)
    (root / "sitegen.yaml").write_text("title: Desk\nbase_url: https://example.org/\n")
    (place / "1924-06-04-long.md").write_text(
        f'---\ntitle: "A Long Report (fiction)"\ndate: 1924-06-04\nreview: {{state: imported}}\n---\n{body}\n'
    )
    (place / "1924-06-04-long.notes.yaml").write_text("claims:\n" + "\n".join(lines) + "\n")


def timed(page: Page, times: int) -> tuple[list[float], list[float]]:
    acts, server = [], []
    for _ in range(times):
        page.evaluate("performance.clearResourceTimings()")
        acts.append(page.evaluate(WATCH, ["y"]))
        server.append(
            page.evaluate(
                "performance.getEntriesByType('resource').filter((one) => /desk.(act|page)/.test(one.name)).reduce((sum, one) => sum + one.duration, 0)"
            )
        )
        page.wait_for_timeout(1500)
    return acts, server


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desk")
    parser.add_argument("--claims", type=int, default=400)
    parser.add_argument("--words", type=int, default=5000)
    parser.add_argument("--times", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = Path(folder)
        archive(root, asked.claims, asked.words)
        command = [sys.executable, "-m", "sitegen", "serve", "--desk", "--port", "0", "--source", folder]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert process.stdout is not None
        try:
            address = next(found[1] for line in process.stdout if (found := re.match(r"The desk: (\S+)", line)))
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium-headless-shell") or shutil.which("chromium"))
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(address)
            page.get_by_role("link", name="A Long Report (fiction)").click()
            page.locator("sitegen-desk .card").wait_for()
            page.wait_for_timeout(2000)
            acts, server = timed(page, asked.times)
        finally:
            process.terminate()
            process.wait()
        print(f"{asked.claims} claims, {asked.words} words, medians of {asked.times}, in ms:")
        print(
            f"  from the key to the screen {statistics.median(acts):.0f} (slowest {max(acts):.0f}); of it the server {statistics.median(server):.0f}"
        )


if __name__ == "__main__":
    main()
