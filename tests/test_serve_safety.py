"""What `sitegen serve` must not give away; each test is named after the advisory that it answers (or the kind of attack)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.serve.guard import Guard
from tests.conftest import Archive, files_of
from tests.serving import Server, serving

SECRET = b"a secret of this machine"
ARCHIVE = """-- sitegen.yaml --
title: Test archive
base_url: https://x.org/docs/
theme: plain
-- content/articles/a.md --
---
title: "A <script>alert(1)</script> & b"
date: 1911-07-03
draft: true
---
Words of <b>the article</b>.
-- content/pages/about.md --
---
title: About
---
Of us.
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root = tmp_path_factory.mktemp("place") / "docs"
    site = Archive(root)
    for path, text in files_of(ARCHIVE.replace("Words of <b>the article</b>.", "Words of the article.")).items():
        site.write(path, text)
    (root.parent / "docs-internal").mkdir()  # a sibling whose name begins like ours
    (root.parent / "docs-internal/index.html").write_bytes(SECRET)
    (root.parent / "secret.txt").write_bytes(SECRET)
    (root / "secret.txt").write_bytes(SECRET)
    (root / "seeds").mkdir()
    (root / "seeds/private.txt").write_bytes(SECRET)  # no article was made from it
    with serving(root) as running:
        yield running


def refused(server: Server, path: str) -> None:
    found = server.get(path)
    assert found.status in (302, 308, 400, 404), path
    assert SECRET not in found.body


TRAVERSALS = [
    "../secret.txt", "..%2fsecret.txt", "%2e%2e/secret.txt", "%2e%2e%2fsecret.txt", "..%252fsecret.txt", "%252e%252e/secret.txt",
    "....//secret.txt", "..;/secret.txt", ".%2e/secret.txt", "articles/../../secret.txt", "articles/a/../../../secret.txt", "./../secret.txt",
    "..\\secret.txt", "..%5csecret.txt", "%c0%ae%c0%ae/secret.txt", "%c0%ae%c0%ae%c0%afsecret.txt", "%e0%80%ae%e0%80%ae/secret.txt", "..%00/secret.txt",
    "secret.txt", "secret.txt%00.html", "/secret.txt", "//secret.txt", "///etc/passwd", "/etc/passwd", "%2fetc%2fpasswd", "file:///etc/passwd",
    "..%c0%afsecret.txt", "..%u2216secret.txt", "%uff0e%uff0e/secret.txt", "%ef%bc%8e%ef%bc%8e/secret.txt",
]  # fmt: skip


@pytest.mark.parametrize("path", TRAVERSALS)
def test_traversal_mkdocs_cve_2021_40978_zola_cve_2023_40274(server: Server, path: str) -> None:
    refused(server, server.base + path)
    refused(server, "/" + path)


@pytest.mark.parametrize(
    "path", ["/docs-internal/", "/docs-internal/index.html", "/docs/../docs-internal/", "/docs%2finternal", "/docsx/", "/docs./"]
)
def test_sibling_prefix_pymdownx_cve_2023_32309_cve_2026_46338(server: Server, path: str) -> None:
    refused(server, path)


@pytest.mark.parametrize(
    "path",
    [
        "images/link.png",
        "content/images/link.png",
        "seeds/private.txt",
        "sitegen.yaml",
        ".sitegen/cache.db",
        ".git/config",
        "content/articles/a.md",
    ],
)
def test_files_that_are_not_of_the_site_jekyll_cve_2018_17567(server: Server, path: str) -> None:
    refused(server, server.base + path)


def test_a_link_out_of_the_archive_is_never_followed_jekyll_7711(tmp_path: Path) -> None:
    site = Archive(tmp_path / "archive")
    for name, text in files_of(ARCHIVE.replace("<b>the article</b>", "us")).items():
        site.write(name, text)
    (tmp_path / "secret.md").write_bytes(b"---\ntitle: Secret\n---\n" + SECRET)
    with serving(site.root) as other:
        (site.root / "content/pages/secret.md").symlink_to(tmp_path / "secret.md")
        other.settled(1)
        assert [one["code"] for one in other.state()["problems"]] == ["outside-archive"]
        assert other.get(other.base + "secret/").status == 404


@pytest.mark.parametrize("path", ["ABOUT/", "About/", "articles/A/", "about/INDEX.HTML", "Articles/a/"])
def test_case_astro_cve_2026_126364(server: Server, path: str) -> None:
    assert server.get(server.base + path).status == 404


@pytest.mark.parametrize(
    "path",
    [
        "about/index.html%5c",
        "about%5c",
        "about/index.html::$DATA",
        "about/index.html.",
        "about/index.html%20",
        "CON",
        "aux/",
        "NUL",
        "ABOUT~1/",
        "c:/windows/win.ini",
        "about/index.html:",
    ],
)
def test_windows_names_vite_cve_2025_62522_werkzeug_cve_2024_49766(server: Server, path: str) -> None:
    refused(server, server.base + path)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "",
        "127.0.0.1@evil.example",
        "[::1].evil.example",
        "0x7f000001",
        "2130706433",
        "localhost:80:80",
        "evil.example#127.0.0.1",
    ],
)
def test_dns_rebinding_vite_cve_2025_24010_webpack_cve_2018_14732(server: Server, host: str) -> None:
    for path in (server.base, "/_sitegen/events?page=index.html", "/_sitegen/state?page=index.html", "/_sitegen/live.js"):
        assert server.get(path, {"Host": host}).status in (400, 403), host


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "localhost.", "[::1]"])
def test_our_own_hosts_are_answered(server: Server, host: str) -> None:
    assert server.get(server.base, {"Host": f"{host}:{server.port}"}).status == 200


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1.evil.example", "http://localhost:1", "file://", "chrome-extension://abc"]
)
def test_cross_origin_fetch_and_event_stream_webpack_cve_2025_30359(server: Server, origin: str) -> None:
    for path in (server.base, "/_sitegen/events?page=index.html", "/_sitegen/state?page=index.html"):
        found = server.get(path, {"Origin": origin})
        assert found.status == 403
        assert "access-control-allow-origin" not in found.headers


def test_sec_fetch_is_asked_too_webpack_5_2_4(server: Server) -> None:
    assert server.get(server.base, {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}).status == 403
    assert server.get(server.base, {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}).status == 200
    assert server.get(server.base, {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}).status == 200


def test_no_cors_header_ever(server: Server) -> None:
    for path in (server.base, "/_sitegen/live.js", "/_sitegen/state?page=index.html", "/nothing"):
        found = server.get(path, {"Origin": f"http://127.0.0.1:{server.port}"})
        assert not [name for name in found.headers if name.startswith("access-control")]
        assert found.headers["x-content-type-options"] == "nosniff"
        assert found.headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "PROPFIND"])
def test_only_reading(server: Server, method: str) -> None:
    assert server.get(server.base, method=method).status in (400, 405)


def test_header_injection(server: Server) -> None:
    for path in ("about%0d%0aX-Injected:%20yes", "articles/a%0d%0a%0d%0a<script>", "%0d%0aSet-Cookie:a=b/"):
        found = server.get(server.base + path)
        assert "x-injected" not in found.headers
        assert "set-cookie" not in found.headers
    line = f"GET {server.base} HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n"
    assert server.raw(line.encode()).split(b" ")[1] in (b"400", b"403")
    for line in (
        "GET /\x00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GARBAGE\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: {'a' * 200_000}\r\n\r\n",
    ):
        answer = server.raw(line.encode("latin-1"))
        assert answer == b"" or answer.split(b" ")[1] in (b"302", b"400", b"404", b"413", b"431")
    assert server.get(server.base).status == 200


def test_an_endless_address_is_not_kept(server: Server) -> None:
    assert server.get("/_sitegen/events?page=" + "a" * 5000).status == 503
    assert server.get(server.base + "a" * 20_000).status in (400, 404, 414, 431)


def test_xss_through_titles_hugo_ghsa_ppf8(server: Server) -> None:
    found = server.get(server.base + "articles/a/").text
    assert "<script>alert" not in found
    assert "&lt;script&gt;alert" in found


def test_xss_through_addresses_and_errors_astro_cve_2025_64745(server: Server, tmp_path: Path) -> None:
    for path in ("<script>alert(1)</script>", "%3Cscript%3Ealert(1)%3C/script%3E", "%22onload=alert(1)%20x=%22/"):
        found = server.get(server.base + path)
        assert found.status == 404
        assert b"alert(1)" not in found.body
    state = server.get("/_sitegen/state?page=%3Cscript%3Ealert(1)%3C/script%3E")
    assert state.headers["content-type"] == "application/json"
    site = Archive(tmp_path / "archive")
    for name, text in files_of(ARCHIVE.replace("<b>the article</b>", "us")).items():
        site.write(name, text)
    with serving(site.root) as other:
        site.write("themes/plain/templates/page.html", "{{ page.nothing['</pre><script>alert(1)</script>'] }}")
        other.settled(1)
        found = other.get(other.base + "about/")
        assert found.status == 500
        assert b"<script>alert" not in found.body


@pytest.mark.soak
def test_a_seed_is_text_whatever_it_holds(tmp_path: Path) -> None:
    import subprocess
    import sys

    site = Archive(tmp_path / "archive")
    site.write("sitegen.yaml", "title: T\nbase_url: https://x.org/\ntheme: plain\n")
    site.write(
        "seeds/page.html",
        "<html><body><article><h1>The Title</h1><p>Words of the article, which are many and long enough to count.</p><script>alert(1)</script></article></body></html>",
    )
    subprocess.run([sys.executable, "-m", "sitegen", "import", str(site.root / "seeds/page.html"), "--source", str(site.root)], check=True)
    with serving(site.root) as other:
        found = other.get("/seeds/page.html.txt")
        assert (found.status, found.headers["content-type"]) == (200, "text/plain; charset=utf-8")
        assert other.get("/seeds/page.html").status == 404


def test_listeners_are_bounded(server: Server) -> None:
    import socket

    from sitegen.serve.hub import LISTENERS

    streams = []
    try:
        for _ in range(LISTENERS):
            connection = socket.create_connection(("127.0.0.1", server.port), timeout=10)
            streams.append(connection)
            connection.sendall(f"GET /_sitegen/events?page=x HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
            assert connection.recv(100).startswith(b"HTTP/1.1 200")
        assert server.get("/_sitegen/events?page=x").status == 503
        assert server.get(server.base).status == 200
    finally:
        for connection in streams:
            connection.close()
    server.wait(lambda: server.get("/_sitegen/state?page=index.html").status == 200, "it does not answer any more")


LISTENING = Path("/proc/net/tcp")
"""Where Linux tells what listens on which address."""


@pytest.mark.skipif(not LISTENING.exists(), reason="this system does not tell what listens where")
def test_by_default_only_this_machine_can_reach_it(server: Server) -> None:
    rows = [line.split() for line in LISTENING.read_text().splitlines()[1:]]
    mine = [row[1] for row in rows if row[3] == "0A" and int(row[1].split(":")[1], 16) == server.port]
    assert mine == [f"0100007F:{server.port:04X}"]


def test_on_all_interfaces_numbers_are_hosts_and_foreign_names_are_not() -> None:
    async def inner(*_: object) -> None:
        raise AssertionError

    guard = Guard(inner, "0.0.0.0")
    assert guard.knows("192.168.1.7:8000")
    assert guard.knows("[fe80::1]:8000")
    assert not guard.knows("evil.example:8000")
    one = Guard(inner, "192.168.1.7")
    assert one.knows("192.168.1.7:8000")
    assert not one.knows("192.168.1.8:8000")


@pytest.mark.soak
def test_on_a_lan_it_warns(tmp_path: Path) -> None:
    site = Archive(tmp_path / "archive")
    site.write("sitegen.yaml", "title: T\nbase_url: https://x.org/\ntheme: plain\n")
    with serving(site.root, "--host", "0.0.0.0") as other:
        other.wait(lambda: any("Everybody in this network" in line for line in other.said), "it does not warn")
        assert other.get("/", {"Host": f"{os.uname().nodename}:{other.port}"}).status == 200
