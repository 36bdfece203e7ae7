"""A web archive on this machine that speaks as the Wayback Machine does: availability, CDX, Save Page Now 2, and snapshots with the headers
of Memento. What it is to do out of turn is told to it request by request."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit


class Asked(NamedTuple):
    """A request that came: what for, of which page, and with which keys."""

    method: str
    path: str
    page: str
    keys: str


class Reply(NamedTuple):
    """An answer out of turn. `cut`: the line is closed without a word."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0
    cut: bool = False


def told(status: int = 200, /, **keys: object) -> Reply:
    """An answer in JSON."""
    return Reply(status, json.dumps(keys).encode())


class WebArchive:
    """`pages`: address -> its snapshots, each 14 digits and bytes. `pending`: how often a job is pending first. `failing`: address -> code of
    the error that its jobs end with. `out_of_turn`: what path -> replies that are given first, one each request; a reply may be a function
    of nothing, which is called when the request comes. `taken_at`: when snapshots are made."""

    def __init__(self) -> None:
        self.pages: dict[str, list[tuple[str, bytes]]] = {}
        self.pending = 1
        self.failing: dict[str, str] = {}
        self.out_of_turn: dict[str, list[Reply | Callable[[], Reply | None]]] = {}
        self.asked: list[Asked] = []
        self.jobs: dict[str, tuple[str, str, int]] = {}
        self.taken_at = ""
        self.lock = threading.Lock()
        self.on_request: Callable[[int], None] = lambda _: None
        self.url = ""

    def has(self, page: str, stamp: str, body: bytes = b"<p>Then.") -> None:
        self.pages.setdefault(page, []).append((stamp, body))

    def counts(self) -> Counter[str]:
        """How often each kind of request came."""
        return Counter(f"{one.method} {'/'.join(one.path.split('/')[:3])}" for one in self.asked)

    def saves(self) -> Counter[str]:
        """How often each page was asked to be saved."""
        return Counter(one.page for one in self.asked if one.method == "POST")

    # what it answers

    def reply(self, method: str, path: str, page: str, keys: str) -> Reply:
        with self.lock:
            self.asked.append(Asked(method, path, page, keys))
            number = len(self.asked)
            queue = next((some for prefix, some in self.out_of_turn.items() if path.startswith(prefix) and some), None)
            turn = queue.pop(0) if queue else None
        self.on_request(number)
        reply = turn() if callable(turn) else turn
        return reply if reply is not None else self.usual(path, page)

    def usual(self, path: str, page: str) -> Reply:
        if path == "/wayback/available":
            newest = max(self.pages.get(page, []), default=None)
            closest = (
                {"available": True, "status": "200", "timestamp": newest[0], "url": f"{self.url}/web/{newest[0]}/{page}"}
                if newest
                else None
            )
            return told(url=page, archived_snapshots={"closest": closest} if closest else {})
        if path == "/cdx/search/cdx":
            rows = [[stamp, page, "200"] for stamp, _ in sorted(self.pages.get(page, []))]
            return Reply(200, json.dumps([["timestamp", "original", "statuscode"], *rows[-1:]] if rows else []).encode())
        if path == "/save":
            with self.lock:
                job = f"spn2-{len(self.jobs) + 1:04}"
                stamp = self.taken_at or datetime.now(UTC).strftime("%Y%m%d%H%M%S")
                self.jobs[job] = (page, stamp, self.pending)
                if page not in self.failing:
                    self.has(page, stamp, f"<p>{page}".encode())
            return told(url=page, job_id=job)
        if path.startswith("/save/status/"):
            return self.status(path.rpartition("/")[2])
        if path.startswith("/web/"):
            return self.snapshot(path)
        return told(404, message="not found")

    def status(self, job: str) -> Reply:
        with self.lock:
            if job not in self.jobs:
                return told(404, message="no such job")
            page, stamp, left = self.jobs[job]
            self.jobs[job] = (page, stamp, left - 1)
        if left > 0:
            return told(status="pending", job_id=job, resources=[])
        if page in self.failing:
            return told(status="error", job_id=job, status_ext=self.failing[page], message=f"Cannot save {page}.", exception="")
        return told(status="success", job_id=job, original_url=page, timestamp=stamp, duration_sec=1.5, resources=[page])

    def snapshot(self, path: str) -> Reply:
        _, _, stamp, page = path.split("/", 3)
        stamp = stamp.removesuffix("id_")
        found = dict(self.pages.get(page, [])).get(stamp)
        if found is None:
            return told(404, message="no such snapshot")
        when = format_datetime(datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC), usegmt=True)
        return Reply(200, found, (("Memento-Datetime", when), ("Content-Location", f"/web/{stamp}/{page}")))


@contextmanager
def serving(archive: WebArchive) -> Iterator[WebArchive]:
    """Has it answer on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            page = parse_qs(parts.query).get("url", [""])[0]
            self.answer(archive.reply("GET", self.path if parts.path.startswith("/web/") else parts.path, page, self.keys))

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.answer(archive.reply("POST", self.path, form["url"][0], self.keys))

        @property
        def keys(self) -> str:
            return self.headers.get("Authorization", "")

        def answer(self, reply: Reply) -> None:
            time.sleep(reply.seconds)
            if reply.cut:
                self.close_connection = True
                return
            try:
                self.send_response(reply.status)
                for name, value in (*reply.headers, ("Content-Length", str(len(reply.body)))):
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body)
            except (BrokenPipeError, ConnectionResetError):
                pass  # who asked is gone

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    archive.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield archive
    finally:
        server.shutdown()
        server.server_close()
