"""A page with a search, in Chromium: what it finds, and how long a telephone on a slow line waits for it.

    python -m benchmarks.search.browser FOLDER|ADDRESS [--path search/] --input CSS --hit CSS WORDS…

For each query, from an empty cache each time, on a slow line (Slow 4G: 1.6 Mbit/s, 150 ms) with a processor four times slower: `opened`,
from the opening of `?q=WORDS` to the frame that shows the first hit; `typed`, from the words being put into the input of a page that has
come to rest to that frame. Bytes are all that had come until then, headers too, packed as hosts pack them; those of the page itself (its
HTML, style, fonts, pictures) are told apart from those of the search.
"""

from __future__ import annotations

import argparse
import gzip
import http.server
import mimetypes
import re
import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from playwright.sync_api import Browser, Page, Request, sync_playwright
from playwright.sync_api import TimeoutError as TooLong

RATE, LATENCY, SLOWER = 1_600_000 / 8, 150, 4
"""Bytes a second down, milliseconds until an answer begins, how much slower than here the processor is."""
PATIENCE = 60.0
"""Seconds after which a first hit is no longer awaited."""
PACKED = (".html", ".js", ".mjs", ".css", ".json", ".svg", ".xml", ".txt", ".wasm")
DRESS = ("document", "stylesheet", "font", "image", "other")


@lru_cache(maxsize=64)
def _packed(path: Path, changed: float) -> bytes:
    assert changed
    return gzip.compress(path.read_bytes(), 6, mtime=0)


class Folder(http.server.BaseHTTPRequestHandler):
    """A static host: packs what packs, knows ranges, and says that everything may be kept."""

    protocol_version = "HTTP/1.1"
    root: Path

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""

    def do_HEAD(self) -> None:
        self._answer(head=True)

    def do_GET(self) -> None:
        self._answer(head=False)

    def _answer(self, *, head: bool) -> None:
        path = self.root / unquote(urlsplit(self.path).path).strip("/")
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        size = path.stat().st_size
        headers = {"Content-Type": mimetypes.guess_type(path.name)[0] or "application/octet-stream", "Cache-Control": "max-age=3600"}
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if wanted and path.suffix not in PACKED:
            first, last = int(wanted[1]), min(int(wanted[2] or size - 1), size - 1)
            with path.open("rb") as file:
                file.seek(first)
                body = file.read(last - first + 1)
            self.send_response(206)
            headers["Content-Range"] = f"bytes {first}-{last}/{size}"
        else:
            self.send_response(200)
            if path.suffix in PACKED:
                body = _packed(path, path.stat().st_mtime)
                headers["Content-Encoding"] = "gzip"
            else:
                body = b"" if head else path.read_bytes()
                headers["Accept-Ranges"] = "bytes"
        for name, value in {**headers, "Content-Length": str(size if head and path.suffix not in PACKED else len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        if not head:
            self.wfile.write(body)


def serve(folder: Path) -> str:
    """The address at which a folder is served, until the program ends."""
    handler = type("Served", (Folder,), {"root": folder.resolve()})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


@contextmanager
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def found(page: Page, base: str, path: str, words: str, hit: str, wait: float = 4.0) -> list[str]:
    """The addresses of the hits for some words, from the site's root on. Nothing within `wait` seconds is no hit."""
    if page.url.partition("?")[0] != base + path or not page.evaluate("typeof window.search == 'function'"):
        page.goto(f"{base}{path}?q={quote(words)}")
    if page.evaluate("typeof window.search == 'function'"):
        return [str(one) for one in page.evaluate("words => window.search(words)", words)]
    links = page.locator(hit)
    try:
        links.first.wait_for(state="visible", timeout=wait * 1000)
    except TooLong:
        return []
    page.wait_for_load_state("networkidle")
    hrefs: list[str] = links.evaluate_all("all => all.map(one => (one.closest('a[href]') || one.querySelector('a[href]')).href)")
    return ["/" + href.removeprefix(base) for href in hrefs]


class Waited(NamedTuple):
    """Seconds to the first hit, bytes and answers until then; of the bytes, those that are not the page's own."""

    seconds: float
    bytes: int
    requests: int
    search: int


WATCH = """hit => {
  window.firstHit = 0;
  const look = () => {
    if (window.firstHit || ![...document.querySelectorAll(hit)].some(one => one.getClientRects().length)) return;
    window.firstHit = -1;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { window.firstHit = performance.now(); };
      channel.port2.postMessage(0);
    });
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
  addEventListener("input", () => { window.typedAt = performance.now(); window.firstHit = 0; }, true);
}"""


def waited(browser: Browser, address: str, words: str, hit: str, field: str | None) -> Waited | None:
    """One visit from an empty cache: with the words in the address, or, with `field`, typed into it once the page has come to rest. None
    is a visit that was given up."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2, is_mobile=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions", {"offline": False, "latency": LATENCY, "downloadThroughput": RATE, "uploadThroughput": RATE / 2}
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    come: list[Request] = []

    def finished(request: Request) -> None:
        come.append(request)

    context.on("requestfinished", finished)
    page.add_init_script(f"({WATCH})({hit!r})")
    try:
        page.goto(address if field else f"{address}?q={quote(words)}", timeout=PATIENCE * 1000, wait_until="load")
        if field:
            page.wait_for_load_state("networkidle", timeout=PATIENCE * 1000)
            page.locator(field).fill(words)
        until = time.monotonic() + PATIENCE
        while not page.evaluate("window.firstHit > 0"):  # wait_for_function evaluates text, which a page's policy forbids
            if time.monotonic() > until:
                return None
            page.wait_for_timeout(50)
        at, since = page.evaluate("[window.firstHit, window.typedAt || 0]")
        sizes = [(one.resource_type, one.sizes()) for one in list(come)]
    except TooLong:
        return None
    finally:
        context.close()
    counted = [(kind, size["responseHeadersSize"] + size["responseBodySize"]) for kind, size in sizes]
    search = sum(size for kind, size in counted if kind not in DRESS)
    return Waited((at - (since if field else 0)) / 1000, sum(size for _, size in counted), len(counted), search)


def measured(base: str, path: str, words: Sequence[str], hit: str, field: str, times: int = 3) -> dict[str, list[Waited | None]]:
    """The median visit for each query, opened and typed."""
    out: dict[str, list[Waited | None]] = {"opened": [], "typed": []}
    with chromium() as browser:
        page = browser.new_page()
        page.goto(base + path, timeout=PATIENCE * 1000)  # what is packed at its first asking is packed now
        page.wait_for_load_state("networkidle", timeout=PATIENCE * 1000)
        page.close()
        for text in words:
            for how, typed in (("opened", None), ("typed", field)):
                visits: list[Any] = []
                for _ in range(times):
                    visits.append(waited(browser, base + path, text, hit, typed))
                    if visits[-1] is None:
                        break
                out[how].append(None if None in visits else sorted(visits)[len(visits) // 2])
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", metavar="FOLDER|ADDRESS")
    parser.add_argument("words", nargs="+")
    parser.add_argument("--path", default="search/")
    parser.add_argument("--input", required=True, metavar="CSS")
    parser.add_argument("--hit", required=True, metavar="CSS")
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    base = options.site if options.site.startswith("http") else serve(Path(options.site))
    started = time.monotonic()
    for how, visits in measured(base, options.path, options.words, options.hit, options.input, options.times).items():
        for words, one in zip(options.words, visits, strict=True):
            what = (
                f"{one.seconds:.2f} s, {one.bytes:,} bytes in {one.requests} answers, {one.search:,} of them the search's"
                if one
                else "given up"
            )
            print(f"{how} {words!r}: {what}")
    print(f"({time.monotonic() - started:.0f} s)")


if __name__ == "__main__":
    main()
