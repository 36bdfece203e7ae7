"""The system's Chromium, and a built site served as a host would: with the policy as a header, below a path."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, sync_playwright

from sitegen.build import build
from sitegen.views.pages import CSP
from tests.conftest import IS_SOAK, REPOSITORY, asked

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The shell draws the same pages and takes a third of the time, for it has no windows, menus and profiles."""
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--font-render-hinting=none",  # the shell rounds widths of letters else, as no reader's browser does
]


class Served(NamedTuple):
    url: str
    folder: Path

    def addresses(self) -> list[str]:
        pages = sorted(self.folder.rglob("*.html"))
        return [path.relative_to(self.folder).as_posix().removesuffix("index.html") for path in pages]


def of_each_kind(addresses: list[str]) -> list[str]:
    """All of them in the soak; else the first of each kind, by the folder in which it lies: a page costs a browser a tenth of a second."""
    kinds = {address.partition("/")[0] if "/" in address else address: address for address in reversed(addresses)}
    return addresses if IS_SOAK else sorted(kinds.values())


class Handler(SimpleHTTPRequestHandler):
    """Serves below /repo/, with the policy of the published site, quietly."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix("/repo"))

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", CSP)
        # tests change files; a browser asks by the second when one was changed, and two of one second would be one to it
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: the browser tests are skipped (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session", params=["default", pytest.param("plain", marks=pytest.mark.soak)])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    root = tmp_path_factory.mktemp("served")
    for name in ("content", "seeds", "themes"):
        shutil.copytree(REPOSITORY / name, root / name)
    config = (REPOSITORY / "sitegen.yaml").read_text(encoding="utf-8")
    lines = [f"theme: {request.param}" if line.startswith("theme:") else line for line in config.splitlines()]
    (root / "sitegen.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with serving(root) as running:
        yield running


@contextmanager
def serving(root: Path, folder: Path | None = None) -> Iterator[Served]:
    """The site of an archive, built into a folder (else into its own) and served."""
    folder = folder or root / "public"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    url = f"http://127.0.0.1:{server.server_port}/repo/"
    report = build(root, folder, asked(base_url=url))
    assert not report.failed
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield Served(url, folder)
    finally:
        server.shutdown()
        server.server_close()
