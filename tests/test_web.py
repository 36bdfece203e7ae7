"""The room that asks the web: what it sends, what it refuses, and that nothing holds it up for ever. All of it on this machine."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial

import pytest

from sitegen import manners, web
from sitegen.manners import Pace, Robots
from sitegen.web import Private, Reach, TooLarge, Unanswered, exchange, followed, is_public_name

AGENT = "sitegen-test/1"


@contextmanager
def heard(answer: Callable[[socket.socket, bytes], None]) -> Iterator[tuple[str, list[bytes]]]:
    """A host that answers each request by a function of the line and what came over it; its address, and what came."""
    server = socket.create_server(("127.0.0.1", 0))
    came: list[bytes] = []

    def serve() -> None:
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            with line, suppress(OSError):
                data = b""
                while b"\r\n\r\n" not in data and (piece := line.recv(65536)):
                    data += piece
                came.append(data)
                answer(line, data)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}", came
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()


def says(text: bytes) -> Callable[[socket.socket, bytes], None]:
    return lambda line, _: line.sendall(text)


HERE = says(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Odd:  two  blanks\r\nContent-Length: 4\r\n\r\nHere")


ask = partial(exchange, agent=AGENT, reach=Reach.LOOPBACK, size=1000)


def test_what_goes_over_the_line_is_kept_as_it_was() -> None:
    with heard(HERE) as (url, came):
        answer = ask(f"{url}/a b/Київ?q=Ü#part".replace(" ", "%20"))
    assert answer.sent == came[0]
    assert came[0].startswith(b"GET /a%20b/%D0%9A%D0%B8%D1%97%D0%B2?q=%C3%9C HTTP/1.1\r\nHost: 127.0.0.1:")
    assert answer.raw.endswith(b"X-Odd:  two  blanks\r\nContent-Length: 4\r\n\r\nHere")
    assert (answer.status, answer.body, answer.peer, answer.header("content-type"), answer.header("nothing")) == (
        200,
        b"Here",
        "127.0.0.1",
        "text/plain",
        "",
    )


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://a.example/",
        "//a.example/",
        "a.example",
        "http://",
        "http://u:p@a.example/",
        "http://a.example:0/",
        "http://a.example:99999/",
        "http://[::1/",
    ],
)
def test_only_the_web_is_asked_and_no_passwords_are_sent(url: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        ask(url)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "192.168.1.1",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[fe80::1]",
        "[fd00::1]",
        "224.0.0.1",
        "2130706433",
        "0x7f.1",
    ],
)
def test_what_comes_from_content_leads_to_no_host_of_ones_own(host: str) -> None:
    with pytest.raises(Private):
        ask(f"http://{host}:9/", reach=Reach.PUBLIC)


def test_a_line_in_an_address_is_no_header() -> None:
    with heard(HERE) as (url, came):
        for path in ("/a\r\nX-Evil: 1", "/a\nb", "/\x00"):
            with suppress(Unanswered, ValueError):
                ask(url + path)
    assert not any(b"\nX-Evil" in one or b"\nb" in one for one in came)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nHere",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_half_an_answer_is_none(text: bytes) -> None:
    with heard(says(text)) as (url, _), pytest.raises(Unanswered) as error:
        ask(url)
    assert error.value.was_sent


def test_a_host_that_is_away_has_heard_nothing() -> None:
    with heard(HERE) as (url, _):
        pass
    with pytest.raises(Unanswered, match="Connection refused") as error:
        ask(url)
    assert not error.value.was_sent


@pytest.mark.parametrize("slow", ["head", "body"])
def test_slow_bytes_end_too(slow: str) -> None:
    def drip(line: socket.socket, _request: bytes) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\n" + (b"" if slow == "head" else b"Content-Length: 999\r\n\r\n"))
        for _ in range(200):
            line.sendall(b"x")
            time.sleep(0.02)

    start = time.monotonic()
    with heard(drip) as (url, _), pytest.raises(Unanswered, match="in time"):
        ask(url, longest=0.3)
    assert time.monotonic() - start < 3


def test_no_more_is_read_than_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "_HEAD_SIZE", 500)

    def endless(line: socket.socket, data: bytes) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\n" + (b"" if b"/head" in data else b"\r\n"))
        for _ in range(10_000):
            line.sendall(b"x" * 1000)

    with heard(endless) as (url, _):
        for path in ("/head", "/body"):
            with pytest.raises(TooLarge, match="larger than 1,000 bytes"):
                ask(url + path)
        assert ask(f"{url}/body", size=0).body == b""


def test_redirects_are_answers_and_followed_where_that_is_meant() -> None:
    def on(line: socket.socket, data: bytes) -> None:
        where = b"/there" if data.startswith(b"GET /here") else data.split()[1] + b"x"
        line.sendall(
            b"HTTP/1.1 302 Found\r\nLocation: " + where + b"\r\nContent-Length: 0\r\n\r\n"
            if b"/there " not in data
            else b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        )

    with heard(on) as (url, came):
        assert ask(f"{url}/here").status == 302
        assert followed(f"{url}/here", agent=AGENT, reach=Reach.LOOPBACK, size=100).status == 200
        assert followed(f"{url}/circle", agent=AGENT, reach=Reach.LOOPBACK, size=100).status == 302
    assert len(came) == 1 + 2 + web.HOPS + 1


def test_a_proxy_is_asked_by_name_and_its_password_goes_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    def proxy(line: socket.socket, data: bytes) -> None:
        line.sendall(
            b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"
            if data.startswith(b"CONNECT")
            else b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nHere"
        )

    with heard(proxy) as (url, came):
        for name in ("http_proxy", "https_proxy"):
            monkeypatch.setenv(name, url.replace("//", "//me:s%20cret@"))
        monkeypatch.setenv("no_proxy", "other.example")
        answer = ask("http://board.example/x?y", reach=Reach.PUBLIC)
        assert (answer.body, answer.peer) == (b"Here", "")
        assert came[0].startswith(b"GET http://board.example/x?y HTTP/1.1\r\n")
        assert came[0].count(b"Host: board.example\r\n") == 1
        assert b"Proxy-Authorization: Basic bWU6cyBjcmV0\r\n" in came[0]
        with pytest.raises(Unanswered, match="403"):
            ask("https://board.example/", reach=Reach.PUBLIC)
        assert came[1].startswith(b"CONNECT board.example:443 HTTP/1.")
        for host in ("printer", "10.0.0.1", "wiki.internal"):
            with pytest.raises(Private):
                ask(f"http://{host}/", reach=Reach.PUBLIC)
        assert len(came) == 2


def test_names_that_all_can_ask() -> None:
    assert all(
        map(
            is_public_name,
            (
                "https://example.org/",
                "http://xn--80ak6aa92e.com",
                "https://Київ.укр/",
                "https://1.1.1.1:8080/",
                "https://[2606:4700::1111]/",
            ),
        )
    )
    assert not any(
        map(
            is_public_name,
            (
                "http://127.1/",
                "http://0x7f000001/",
                "http://a.localhost/",
                "http://LOCALHOST/",
                "http://host.docker.internal/",
                "ftp://example.org/",
                "http://a..b/",
            ),
        )
    )


def test_a_robots_txt_that_does_not_end_forbids_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manners, "_RULES_SIZE", 10)
    monkeypatch.setattr(web, "_HEAD_SIZE", 100)
    with heard(says(b"HTTP/1.1 200 OK\r\n\r\n" + b"# much\n" * 1000)) as (url, _):
        assert not Robots(AGENT, Reach.LOOPBACK, Pace(lambda: 0.0)).may(f"{url}/x")
