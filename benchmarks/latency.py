"""Measures how long a saved file takes to be seen: from the moment before it is written to the frame that shows its words, in Chromium.

    python -m benchmarks.latency [--articles 1000 --articles 10000] [--times 40] [--hugo PATH]

`sitegen serve` and, where it is found, `hugo server`, one after the other, on the same articles; an article's body is edited. Written to
`benchmarks/RESULTS.md`. Run it when nothing else runs.
"""

from __future__ import annotations

import argparse
import platform
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

from playwright.sync_api import Page, sync_playwright

from benchmarks import corpus
from benchmarks.run import section

PAUSE = (0.3, 2.5)
"""Seconds between a page that was seen and the next save: an editor's, some quick, some slow."""
PATIENCE = 60_000.0
LISTEN = """
(() => {
  const seen = new Set();
  const look = () => {
    for (const [word] of (document.body ? document.body.textContent : "").matchAll(/marker-[0-9]+-x/g)) {
      if (seen.has(word)) continue;
      seen.add(word);
      requestAnimationFrame(() => {  // the frame that shows it; the message comes when it is painted
        const channel = new MessageChannel();
        channel.port1.onmessage = () => console.log(`painted ${word} ${performance.timeOrigin + performance.now()}`);
        channel.port2.postMessage(0);
      });
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
  document.addEventListener("DOMContentLoaded", look);
})();
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, action="append")
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--hugo", default=shutil.which("hugo"), metavar="PATH")
    options = parser.parse_args()
    counts = options.articles or [1_000, 10_000]
    rows = []
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="sitegen-latency-") as folder:
            rows += [(f"sitegen serve, {count:,} articles", ours(Path(folder) / "sitegen", count, options.times))]
            if options.hugo:
                rows += [(f"hugo server, {count:,} articles", hugo(Path(folder) / "hugo", count, options.times, options.hugo))]
    write(rows, counts, options.times)


def ours(folder: Path, count: int, times: int) -> list[float]:
    corpus.sitegen(folder, count)
    stem = next(corpus.articles(1)).stem
    port = free_port()
    command = [sys.executable, "-m", "sitegen", "serve", "--source", str(folder), "--port", str(port)]
    with running(command, f"http://127.0.0.1:{port}/"):
        base = re.search(r"^base_url: https?://[^/]+(/.*)$", (folder / "sitegen.yaml").read_text(encoding="utf-8"), re.M)
        path = f"{(base[1] if base else '/').rstrip('/')}/articles/{stem}/"
        return measured(f"http://127.0.0.1:{port}{path}", folder / f"content/articles/{stem}.md", times)


def hugo(folder: Path, count: int, times: int, program: str) -> list[float]:
    corpus.hugo(folder, count)
    stem = next(corpus.articles(1)).stem
    port = free_port()
    command = [program, "server", "--quiet", "--source", str(folder), "--bind", "127.0.0.1", "--port", str(port)]
    with running(command, f"http://127.0.0.1:{port}/"):
        return measured(f"http://127.0.0.1:{port}/articles/{stem}/", next(folder.rglob(f"{stem}.md")), times)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def running(command: Sequence[str], address: str) -> Iterator[None]:
    """A server, from its first answer."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(3000):
            try:
                urllib.request.urlopen(address, timeout=60).close()
                break
            except OSError:
                assert process.poll() is None
                time.sleep(0.1)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)


def measured(address: str, path: Path, times: int) -> list[float]:
    """Milliseconds from each save to the frame that shows it."""
    chromium = shutil.which("chromium") or shutil.which("chromium-headless-shell") or shutil.which("google-chrome")
    text = path.read_text(encoding="utf-8")
    chance = Random(1)
    out = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.add_init_script(LISTEN)
        page.goto(address)
        page.wait_for_timeout(3000)
        for number in range(times):
            out.append(saved_and_seen(page, path, f"{text.rstrip()}\n\nA last word, marker-{number}-x.\n", f"marker-{number}-x"))
            page.wait_for_timeout(1000 * chance.uniform(*PAUSE))
        browser.close()
    path.write_text(text, encoding="utf-8")
    return out


def saved_and_seen(page: Page, path: Path, text: str, word: str) -> float:
    with page.expect_console_message(lambda one: one.text.startswith(f"painted {word} "), timeout=PATIENCE) as told:
        begun = time.time()
        path.write_text(text, encoding="utf-8")
    return float(told.value.text.split()[2]) - 1000 * begun


def write(rows: Sequence[tuple[str, Sequence[float]]], counts: Sequence[int], times: int) -> None:
    arguments = " ".join([*(f"--articles {count}" for count in counts), f"--times {times}"])
    lines = [
        f"`python -m benchmarks.latency {arguments}`; headless Chromium, Python {platform.python_version()}, {platform.machine()}.",
        "",
        "| from a save to the frame that shows it | median ms | p95 ms | slowest ms |",
        "|---|---|---|---|",
    ]
    for name, found in rows:
        ordered = sorted(found)
        p95 = ordered[max(0, round(0.95 * len(ordered)) - 1)]
        lines.append(f"| {name} | {statistics.median(found):.0f} | {p95:.0f} | {ordered[-1]:.0f} |")
    section("A saved body, seen", "\n".join(lines))


if __name__ == "__main__":
    main()
