"""`sitegen snapshot --to warc` against a web on this machine: what is fetched, what is not, and whether the files are what they should be.
Each is held against warcio's own checker."""

from __future__ import annotations

import gzip
import hashlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from http.client import HTTPMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from sitegen import web
from sitegen.cli import main
from sitegen.snapshot import Asking, Report, lacking, snapshot, warcs
from sitegen.snapshot.journal import NAME
from sitegen.snapshot.outcome import Got, Later, Refused
from sitegen.web import Reach
from tests.conftest import REPOSITORY, Archive, asked

Make = Callable[[str], Archive]
PAGE = "<p>Зошит 1911".encode()


class Web:
    """Pages of a small web, and what was asked of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.robots = ""
        self.turn: dict[str, list[int]] = {}
        self.on_request: Callable[[str], None] = lambda _: None
        self.url = ""


@pytest.fixture
def there() -> Iterator[Web]:
    found = Web()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found.asked.append(self.path)
            found.agents.add(self.headers["User-Agent"])
            found.on_request(self.path)
            status = (found.turn.get(self.path) or [200]).pop(0)
            with suppress(BrokenPipeError, ConnectionResetError):
                self.answer(status)

        def answer(self, status: int) -> None:
            if self.path == "/robots.txt":
                self.whole(200 if found.robots else 404, found.robots.encode())
            elif status != 200:
                self.whole(status, b"Later.", ("Retry-After", "0") if status == 429 else ("X-A", "b"))
            elif self.path == "/chunks":
                self.head(200, ("Transfer-Encoding", "chunked"))
                for piece in (PAGE[:5], PAGE[5:]):
                    self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
                self.wfile.write(b"0\r\n\r\n")
            elif self.path == "/packed":
                self.whole(200, gzip.compress(PAGE), ("Content-Encoding", "gzip"))
            elif self.path == "/to-the-end":
                self.head(200, ("Connection", "close"))
                self.wfile.write(PAGE)
                self.close_connection = True
            elif self.path.startswith("/moved/"):
                self.whole(302, b"", ("Location", self.path.removeprefix("/moved")))
            elif self.path.startswith("/to:"):
                self.whole(301, b"", ("Location", self.path.removeprefix("/to:")))
            elif self.path == "/circle":
                self.whole(302, b"", ("Location", "/circle"))
            elif self.path == "/large":
                self.whole(200, b"x" * 5000)
            elif self.path == "/drip":
                self.head(200, ("Content-Length", "1000"))
                for _ in range(100):
                    self.wfile.write(b"x")
                    time.sleep(0.05)
            elif self.path == "/short":
                self.head(200, ("Content-Length", "1000"))
                self.wfile.write(PAGE)
                self.close_connection = True
            else:
                self.whole(200, PAGE)

        def head(self, status: int, *headers: tuple[str, str]) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()

        def whole(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
            self.head(status, ("Content-Length", str(len(body))), *headers)
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield found
    server.shutdown()
    server.server_close()


def citing(archive: Make, *urls: str) -> Archive:
    """An archive with a source for each address."""
    site = archive("")
    for number, url in enumerate(urls):
        site.write(f"content/sources/s{number}.md", f'---\nname: S{number}\nkind: ngo\nurl: "{url}" # kept\n---\n')
    return site


def run(site: Archive, heard: list[str] | None = None, **options: Any) -> Report:
    asking = Asking("warc", wait=0.001, reach=Reach.LOOPBACK)
    return snapshot(site.root, asked(), asking, heard=(heard if heard is not None else []).append, **options)


def files(site: Archive) -> list[Path]:
    return sorted((site.root / "warc").rglob("*.*"))


def records(path: Path) -> list[tuple[str, str, bytes]]:
    """The records of a file: type, address, and body without chunks."""
    with path.open("rb") as file:
        return [
            (one.rec_type, one.rec_headers.get_header("WARC-Target-URI") or "", one.content_stream().read())
            for one in ArchiveIterator(file)
        ]


def checked(path: Path) -> int:
    """What `warcio check` exits with."""

    class Command:
        inputs = (str(path),)
        verbose = False

    return int(Checker(Command).process_all())


@pytest.mark.parametrize("page", ["/page", "/chunks", "/packed", "/to-the-end"])
def test_what_an_address_answers_is_kept_as_it_came(page: str, there: Web, archive: Make, capsys: pytest.CaptureFixture[str]) -> None:
    site = citing(archive, f"{there.url}{page}#part")
    report = run(site)
    (path,) = files(site)
    assert checked(path) == 0, capsys.readouterr().out
    body = gzip.compress(PAGE) if page == "/packed" else PAGE
    assert [one[:2] for one in records(path)] == [("warcinfo", ""), ("response", f"{there.url}{page}"), ("request", f"{there.url}{page}")]
    assert records(path)[1][2] == PAGE
    (told,) = report.told
    assert isinstance(told.outcome, Got)
    one = told.outcome.archived
    assert (one.warc, one.url) == (path.relative_to(site.root).as_posix(), None)
    if page != "/packed":
        assert one.sha256 == hashlib.sha256(body).hexdigest()
    data = gzip.decompress(path.read_bytes())
    assert data.startswith(b"WARC/1.1\r\n")
    assert data.count(b"WARC/1.1\r\n") == path.read_bytes().count(b"\x1f\x8b\x08\x00\x00\x00\x00\x00"), "a member a record"
    for wanted in (
        b"WARC-Payload-Digest: sha1:",
        b"WARC-Block-Digest: sha1:",
        b"WARC-IP-Address: 127.0.0.1",
        b"WARC-Concurrent-To: <urn:uuid:",
        f"WARC-Record-ID: <{one.record}>".encode(),
        f"GET {page} HTTP/1.1\r\n".encode(),
    ):
        assert wanted in data
    written = (site.root / "content/sources/s0.md").read_text()
    assert (
        f" # kept\narchived:\n  - warc: {one.warc}\n    record: {one.record}\n    date: {one.date}\n    sha256: {one.sha256}\n---\n"
        in written
    )
    assert {agent.partition("/")[0] for agent in there.agents} == {"sitegen-snapshot"}
    assert [str(problem) for problem in site.build().problems] == []
    assert not list(site.output.rglob("*.warc*")), "it is published by nobody"
    assert "kept by the archive" in site.html("sources/s0")
    assert run(site) == Report((), ())


def test_each_step_of_a_way_is_recorded_and_the_last_is_named(there: Web, archive: Make) -> None:
    site = citing(archive, f"{there.url}/moved/moved/page")
    report = run(site)
    (path,) = files(site)
    assert checked(path) == 0
    assert [one[1].removeprefix(there.url) for one in records(path) if one[0] == "response"] == [
        "/moved/moved/page",
        "/moved/page",
        "/page",
    ]
    told = report.told[0].outcome
    assert isinstance(told, Got)
    assert told.how == f"it was fetched now, from {there.url}/page"
    with path.open("rb") as file:
        ids = [one.rec_headers.get_header("WARC-Record-ID").strip("<>") for one in ArchiveIterator(file) if one.rec_type == "response"]
    assert told.archived.record == ids[-1]


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("/circle", "it sends on more than 5 times"),
        ("/to:http://10.0.0.1/x", "10.0.0.1 is of this machine or its network"),
        ("/to:http://[::ffff:169.254.169.254]/latest", "::ffff:169.254.169.254 is of this machine or its network"),
        ("/to:file:///etc/passwd", "it is no address on the web"),
        ("/to:http://me:secret@127.0.0.1/", "an address with a name and a password in it is not asked"),
    ],
)
def test_ways_that_are_not_gone(page: str, why: str, there: Web, archive: Make) -> None:
    report = run(citing(archive, f"{there.url}{page}"))
    assert report.told[0].outcome == Refused(why)
    assert report.changed == ()


def test_a_name_that_means_this_machine_is_not_asked(there: Web, archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *rest, **more: real("127.0.0.1" if host == "rebind.example" else host, *rest, **more)
    )
    site = citing(archive, there.url.replace("127.0.0.1", "rebind.example") + "/page")
    result = CliRunner().invoke(main, ["snapshot", "--to", "warc", "--source", str(site.root)])
    assert result.exit_code == 1
    assert "none: rebind.example is of this machine or its network" in result.output
    assert there.asked == []
    assert run(site).changed == (), "it is remembered as refused"


def test_unless_it_stands_for_the_web_this_machine_is_left_out(there: Web, archive: Make) -> None:
    site = citing(archive, f"{there.url}/page")
    result = CliRunner().invoke(main, ["snapshot", "--to", "warc", "--source", str(site.root)])
    assert (result.exit_code, there.asked) == (0, [])
    assert f"left out, for nobody else can reach it: {there.url}/page" in result.output


def test_only_pages_that_are_there_are_kept(there: Web, archive: Make) -> None:
    there.turn["/gone"] = [404] * 9
    report = run(citing(archive, f"{there.url}/gone"))
    assert report.told[0].outcome == Refused("it answers 404")
    there.turn["/gone"] = []
    assert run(Archive(citing(archive, f"{there.url}/gone").root)).changed == (), "and a week long it is not asked for again"


def test_too_large_too_slow_or_cut_short_is_not_kept(there: Web, archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warcs, "SIZE", 1000)
    monkeypatch.setattr(web, "_HEAD_SIZE", 1000)
    monkeypatch.setattr(warcs, "LONGEST", 0.4)
    site = citing(archive, *(f"{there.url}/{page}" for page in ("large", "drip", "short")))
    start = time.monotonic()
    outcomes = [one.outcome for one in run(site).told]
    assert time.monotonic() - start < 5
    assert outcomes[0] == Refused("it is larger than 1,000 bytes")
    assert isinstance(outcomes[1], Later)
    assert outcomes[1].why == "it did not answer in time"
    assert isinstance(outcomes[2], Later)
    assert files(site) == []


def test_robots_are_obeyed(there: Web, archive: Make) -> None:
    there.robots = "User-agent: sitegen-snapshot\nDisallow: /private\nCrawl-delay: 1\n"
    site = citing(archive, f"{there.url}/private/a", f"{there.url}/page")
    start = time.monotonic()
    outcomes = [one.outcome for one in run(site).told]
    assert outcomes[0] == Refused(f"the robots.txt of {there.url.removeprefix('http://')} does not allow it to sitegen-snapshot")
    assert isinstance(outcomes[1], Got)
    assert there.asked == ["/robots.txt", "/page"]
    assert time.monotonic() - start > 0.9
    there.robots = "User-agent: *\nCrawl-delay: 3600\n"
    there.asked.clear()
    told = run(citing(archive, f"{there.url}/other")).told[-1].outcome
    assert isinstance(told, Refused)
    assert "wants 3600 seconds between requests" in told.why
    assert there.asked == ["/robots.txt"]


@pytest.mark.parametrize("status", [429, 503, 500])
def test_a_host_that_cannot_answer_now_is_waited_for_and_then_left_alone(status: int, there: Web, archive: Make) -> None:
    there.turn["/page"] = [status]
    heard: list[str] = []
    assert isinstance(run(citing(archive, f"{there.url}/page"), heard).told[0].outcome, Got)
    assert len(heard) == 1
    there.turn["/other"] = [status] * 99
    there.asked.clear()
    site = citing(archive, f"{there.url}/other", f"{there.url}/third")
    outcomes = [one.outcome for one in run(site).told]
    assert there.asked == ["/robots.txt", *["/other"] * warcs.TRIES], "the rest of it is not asked in this run"
    assert all(isinstance(one, Later) for one in outcomes)


def test_without_the_library_it_says_how_to_get_it(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "warcio", None)
    result = CliRunner().invoke(main, ["snapshot", "--to", "warc", "--source", str(citing(archive, "https://board.example/").root)])
    assert result.exit_code == 4
    assert "python -m pip install 'warcio>=1.8,<2'`, then `sitegen vendor`" in result.output


def test_a_harmed_file_is_told() -> None:
    from sitegen.model.problem import Fault

    step = warcs._Step(
        "http://a.example/",
        datetime.now(UTC),
        web.Answer(200, HTTPMessage(), b"ab", b"HTTP/1.1 200 OK\r\n\r\nab", b"GET / HTTP/1.1\r\n\r\n", ""),
    )
    data, _ = warcs._warc("a.warc.gz", [step])
    plain = gzip.decompress(data)
    with pytest.raises(Fault, match="is not what it should be"):
        list(warcs._records(plain.replace(b"\r\n\r\nab", b"\r\n\r\nax")))


SCRIPT = """
import sys
from pathlib import Path
from sitegen.snapshot import Asking, snapshot
from sitegen.web import Reach
from tests.conftest import asked
snapshot(Path(sys.argv[1]), asked(), Asking("warc", wait=0.001, reach=Reach.LOOPBACK))
"""


@pytest.mark.soak
def test_a_run_that_is_killed_leaves_nothing_half_and_is_gone_on_with(there: Web, archive: Make) -> None:
    site = citing(archive, *(f"{there.url}/{name}" for name in ("one", "two", "three")))
    stand, gone = threading.Event(), threading.Event()

    def stop(path: str) -> None:
        if path == "/two":
            stand.set()
            gone.wait(30)

    there.on_request = stop
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(site.root)],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(REPOSITORY), *filter(None, [os.environ.get("PYTHONPATH")])])},
    )
    try:
        assert stand.wait(30)
        process.send_signal(signal.SIGKILL)
        process.wait(30)
    finally:
        gone.set()
        process.kill()
        process.wait(30)
    there.on_request = lambda _: None
    assert len(files(site)) == 1
    assert [checked(path) for path in files(site)] == [0]
    report = run(site)
    assert len(report.told) == 2
    assert there.asked.count("/one") == 1
    assert len(files(site)) == 3


def test_what_was_fetched_and_not_written_down_is_found_again(there: Web, archive: Make) -> None:
    site = citing(archive, f"{there.url}/page")
    run(site)
    source = site.root / "content/sources/s0.md"
    source.write_text(source.read_text().partition("archived:")[0] + "---\n")
    (site.root / ".sitegen" / NAME).write_text(f'{{"warc": {{"{there.url}/page": {{"at": "2001-01-01T00:00:00Z"}}}}}}')
    there.asked.clear()
    report = run(site)
    assert there.asked == []
    assert isinstance(report.told[0].outcome, Got)
    assert report.told[0].outcome.archived.sha256 == hashlib.sha256(PAGE).hexdigest()
    assert len(files(site)) == 1


def test_one_kind_of_snapshot_does_not_stand_for_the_other(archive: Make) -> None:
    site = citing(archive, "https://board.example/x")
    source = site.root / "content/sources/s0.md"
    source.write_text(source.read_text().replace("# kept\n", '# kept\narchived: [{url: "https://perma.example/A"}]\n'))
    assert lacking(site.root, asked())[0] == []
    assert lacking(site.root, asked(), to="wayback")[0] == []
    assert [one.url for one in lacking(site.root, asked(), to="warc")[0]] == ["https://board.example/x"]


@pytest.mark.soak
def test_a_bag_holds_the_files_too(there: Web, archive: Make, tmp_path: Path) -> None:
    from sitegen.bagging import bag

    site = citing(archive, f"{there.url}/page")
    run(site)
    bag(site.root, tmp_path / "bag", asked())
    (path,) = files(site)
    assert (tmp_path / "bag/data" / path.relative_to(site.root)).read_bytes() == path.read_bytes()
