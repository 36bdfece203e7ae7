"""The archive of this repository as a host publishes it: built for loopback, packed, and with the headers that the site names.

What judges pages as visitors get them is asked of it: `make nu`, `make lighthouse`, `make engines`.
"""

from __future__ import annotations

import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit

from sitegen.build import build
from sitegen.clock import today
from sitegen.survey import Options

HERE = Path(__file__).parent.parent
TEXT = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")
"""What a host packs; pictures and fonts are packed already."""
TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".woff2": "font/woff2"}


def headers(folder: Path, address: str) -> dict[str, str]:
    """What the host sends with the file of an address: its own rule, that nothing is kept unasked, and those of the site (`_headers`)."""
    out = {"Cache-Control": "public, max-age=0, must-revalidate"}
    is_meant = False
    for line in (folder / "_headers").read_text(encoding="utf-8").splitlines():
        if line.startswith("/"):
            is_meant = fnmatchcase(address, line)
        elif is_meant:
            name, _, value = line.strip().partition(": ")
            out[name] = value
    return out


@contextmanager
def hosted() -> Iterator[tuple[str, list[str]]]:
    """Its address while it runs, and those of its pages below that."""
    with TemporaryDirectory(prefix="sitegen-hosted-") as name:
        folder = Path(name)

        class Host(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                address = unquote(urlsplit(self.path).path)
                path = folder / (address.lstrip("/") + ("index.html" if address.endswith("/") else ""))
                there = path.is_file() and path.resolve().is_relative_to(folder.resolve())
                path = path if there else folder / "404.html"
                kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
                body = path.read_bytes()
                sent = {"Content-Type": kind, **headers(folder, address)}
                if kind.startswith(TEXT) and "gzip" in self.headers.get("Accept-Encoding", ""):
                    body, sent = gzip.compress(body, mtime=0), {**sent, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
                self.send_response(200 if there else 404)
                for key, value in {**sent, "Content-Length": str(len(body))}.items():
                    self.send_header(key, value)
                self.end_headers()
                with suppress(ConnectionError):  # a page that is left
                    self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
        url = f"http://127.0.0.1:{server.server_port}/"
        report = build(HERE, folder, Options(today=today(), base_url=url))
        assert not report.failed
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield url, sorted(path.relative_to(folder).as_posix().removesuffix("index.html") for path in folder.rglob("*.html"))
        finally:
            server.shutdown()
            server.server_close()
