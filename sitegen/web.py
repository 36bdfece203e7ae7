"""Asks addresses on the web: within bounds, and none of this machine or its network unless that is meant. The one room that speaks HTTP;
how often and whether a host wants to be asked, `manners` knows.

No redirect is followed by itself, and no password passes on: each step is a request of its own, of which the caller decides. What is sent
and what comes back is kept as it went over the line, so that it can be archived.
"""

from __future__ import annotations

import base64
import enum
import hashlib
import http.client
import io
import ipaddress
import socket
import ssl
import time
import urllib.request
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

PATIENCE = 15.0
"""Seconds that a host is waited for, each time that it is silent."""
LONGEST = 120.0
"""Seconds that an exchange may take, however slowly its bytes come."""
HOPS = 5
"""Redirects that are followed where they are (RFC 9309 wants five at least of robots.txt)."""
_HEAD_SIZE = 256_000
"""Bytes of the head of an answer."""
_PIECE = 65_536
_SAFE = "%/:?#[]@!$&'()*+,;=~"
"""Signs of an address that are left as they are (RFC 3986); all others are sent in percent."""
_AT_HOME = (".localhost", ".local", ".internal", ".intranet", ".lan", ".home", ".home.arpa", ".corp", ".private")
"""How names end that are of no network but one's own (RFC 6761, 6762, 8375; ICANN's `internal`)."""
MOVED = (301, 302, 303, 307, 308)


class Reach(enum.Enum):
    """Which hosts may be asked. Addresses that come from content are `PUBLIC`; `LOOPBACK` allows this machine besides, for what stands in
    for the web in tests; `ANY` is for addresses that the caller was told himself."""

    PUBLIC = "public"
    LOOPBACK = "loopback"
    ANY = "any"


class Private(OSError):
    """The host is of this machine or its network, and was not asked."""


class TooLarge(OSError):
    """The answer has more bytes than are taken."""


class Unanswered(OSError):
    """There was no answer, or not all of it. `was_sent`: whether the host may have heard the request."""

    def __init__(self, why: str, *, was_sent: bool) -> None:
        super().__init__(why)
        self.was_sent = was_sent


class Answer(NamedTuple):
    """What was answered. `body` is without the transfer's own coding (chunks), `raw` all as it came, head and all; `sent`: what was sent;
    `peer`: the network address that answered, empty behind a proxy."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes
    raw: bytes
    sent: bytes
    peer: str

    def header(self, name: str) -> str:
        """A header of the answer; empty where it has none of that name."""
        return str(self.headers.get(name, ""))

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


def exchange(
    url: str,
    method: str = "GET",
    *,
    agent: str,
    reach: Reach,
    headers: Mapping[str, str] | None = None,
    data: bytes | None = None,
    size: int = 0,
    longest: float = LONGEST,
) -> Answer:
    """One request and its answer, of which at most `size` bytes are read: with 0 its head alone. Raises ValueError where it is no address
    on the web, Private where its host may not be asked, TooLarge where there is more of it, Unanswered where there was no answer."""
    parts = _split(url)
    line = _line(parts, reach, time.monotonic() + longest, size)
    sent = {"User-Agent": agent, "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close", **(headers or {})}
    target = quote(parts._replace(scheme="", netloc="", fragment="").geturl() or "/", _SAFE)
    answer: http.client.HTTPResponse | None = None
    try:
        line.request(method, line.before + (target if target.startswith("/") else f"/{target}"), data, {**line.also, **sent})
        answer = line.getresponse()
        body = b"" if size == 0 or method == "HEAD" else answer.read()
        if len(body) > size:
            raise TooLarge(f"it is larger than {size:,} bytes")
    except (Private, TooLarge):
        raise
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unanswered(_why(error), was_sent=bool(line.sent)) from error
    finally:
        if answer is not None:
            answer.close()
        line.close()
    return Answer(answer.status, answer.headers, body, bytes(line.came), bytes(line.sent), line.peer)


def followed(url: str, *, agent: str, reach: Reach, size: int) -> Answer:
    """What an address leads to, as far as some steps."""
    for _ in range(HOPS + 1):
        answer = exchange(url, agent=agent, reach=reach, size=size)
        if answer.status not in MOVED or not answer.header("Location"):
            break
        url = urljoin(url, answer.header("Location"))
    return answer


def is_public_name(url: str) -> bool:
    """Whether the host of an address may be one that all can ask, by its name alone: nobody is asked for it.

    >>> [is_public_name(f"https://{host}/") for host in ("example.org", "10.0.0.7", "printer", "wiki.local", "[::1]", "u:p@example.org")]
    [True, False, False, False, False, False]
    """
    try:
        parts = _split(url)
        host = (parts.hostname or "").rstrip(".").lower()
    except ValueError:
        return False
    try:
        return _is_public(ipaddress.ip_address(host))
    except ValueError:
        last = host.encode("idna").decode().rpartition(".")[2]
        return "." in host and last[:1].isalpha() and not host.endswith(_AT_HOME)  # a number at the end is an address of whatever kind


def is_loopback(url: str) -> bool:
    """Whether an address is of this very machine, as it is written."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _split(url: str) -> SplitResult:
    """An address in parts. Raises ValueError where it is none on the web: no other scheme can be asked."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("it is no address on the web")
    if "@" in parts.netloc:
        raise ValueError("an address with a name and a password in it is not asked")
    if parts.port == 0 or not parts.hostname.encode("idna"):  # asked for what they raise, too
        raise ValueError("it is no address on the web")
    return parts._replace(fragment="")


def _why(error: Exception) -> str:
    reason = getattr(error, "strerror", None) or str(error)
    return "it did not answer in time" if isinstance(error, TimeoutError) else reason or type(error).__name__


# the line to a host


class _Recorded(http.client.HTTPConnection):
    """A line on which what goes over it is kept, and that ends at its `deadline`."""

    before = ""
    """What stands before the target of a request: of a proxy the address of the host."""

    def begin(self, reach: Reach, deadline: float, size: int) -> None:
        self.reach, self.deadline, self.size = reach, deadline, size
        self.sent, self.came = bytearray(), bytearray()
        self.also: dict[str, str] = {}
        self.peer = ""
        self.response_class = _answers_on(self)

    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
            self.sent.clear()  # what was said to a proxy is no part of it
        self.sent += data
        super().send(data)


class _Plain(_Recorded):
    def connect(self) -> None:
        self.sock = self.peer_of(self.reach)

    def peer_of(self, reach: Reach) -> socket.socket:
        found = _connected(self.host, self.port, reach, self.deadline)
        self.peer = str(found.getpeername()[0])
        return found


class _Secure(_Plain):
    default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        bare = self.peer_of(self.reach)
        try:
            self.sock = _context().wrap_socket(bare, server_hostname=self.host)
        except BaseException:
            bare.close()
            raise


class _Tunnelled(_Recorded, http.client.HTTPSConnection):
    """A line through a proxy, which finds the host by itself."""


@lru_cache(maxsize=1)
def _context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


def _line(parts: SplitResult, reach: Reach, deadline: float, size: int) -> _Recorded:
    """A line to the host of an address, through the proxy of the machine, if it has one for it. A proxy resolves names itself, so that
    behind one a host is judged by its name alone."""
    assert parts.hostname is not None
    host = parts.hostname.encode("idna").decode() if ":" not in parts.hostname else parts.hostname
    proxy = None if urllib.request.proxy_bypass(parts.netloc) else urllib.request.getproxies().get(parts.scheme)
    line: _Recorded
    if not proxy:
        kind = _Secure if parts.scheme == "https" else _Plain
        line = kind(host, parts.port or kind.default_port, timeout=PATIENCE)
        line.begin(reach, deadline, size)
        return line
    if reach is not Reach.ANY and not is_public_name(parts.geturl()) and not (reach is Reach.LOOPBACK and is_loopback(parts.geturl())):
        raise Private(f"{host} is of this machine or its network")
    through = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    who = f"{unquote(through.username or '')}:{unquote(through.password or '')}"
    known = {"Proxy-Authorization": f"Basic {base64.b64encode(who.encode()).decode()}"} if through.username else {}
    if parts.scheme == "https":
        line = _Tunnelled(through.hostname or "", through.port or 80, timeout=PATIENCE, context=_context())
        line.set_tunnel(host, parts.port or 443, known)
        line.begin(reach, deadline, size)
        return line
    line = _Recorded(through.hostname or "", through.port or 80, timeout=PATIENCE)
    line.begin(reach, deadline, size)
    line.before, line.also = f"http://{parts.netloc}", {"Host": parts.netloc, **known}
    return line


def _connected(host: str, port: int, reach: Reach, deadline: float) -> socket.socket:
    """A line to a host at one of its addresses that may be asked. It is resolved once, here, so that a name cannot mean another host after
    it was looked at. Raises Private where it has no such address."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    allowed = [one for one in found if _may(str(one[4][0]), reach)]
    if not allowed:
        raise Private(f"{host} is of this machine or its network")
    last: OSError | None = None
    for family, kind, protocol, _, address in allowed:
        line = socket.socket(family, kind, protocol)
        try:
            line.settimeout(max(0.01, min(PATIENCE, deadline - time.monotonic())))
            line.connect(address)
        except OSError as error:
            line.close()
            last = error
        else:
            return line
    assert last is not None
    raise last


def _may(address: str, reach: Reach) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    return reach is Reach.ANY or _is_public(ip) or (reach is Reach.LOOPBACK and ip.is_loopback)


_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""Where addresses of the old internet lie in the new one (RFC 6052)."""


def _is_public(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is one of the whole internet. Those of the new one in which one of the old lies are judged by that.

    >>> [_is_public(ipaddress.ip_address(one)) for one in ("1.1.1.1", "169.254.169.254", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "224.0.0.1")]
    [True, False, False, False, False]
    """
    if isinstance(ip, ipaddress.IPv6Address):
        within = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _TRANSLATED:
            within = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if within is not None:
            return _is_public(within)
    return ip.is_global and not ip.is_multicast


def _answers_on(line: _Recorded) -> type[http.client.HTTPResponse]:
    """The answers of a line: what is read of them is kept, and no more is read than may be."""

    class Answer(http.client.HTTPResponse):
        def __init__(self, sock: socket.socket, *rest: Any, **options: Any) -> None:
            line.came.clear()
            super().__init__(sock, *rest, **options)
            self.fp.close()  # nothing of it was read
            self.fp = io.BufferedReader(_Read(sock, line), _PIECE)

    return Answer


class _Read(io.RawIOBase):
    def __init__(self, sock: socket.socket, line: _Recorded) -> None:
        self.sock, self.line = sock, line
        self.bare = sock.makefile("rb", buffering=0)  # holds the socket open, which is let go of once the head was read

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self.bare.close()
        super().close()

    def readinto(self, buffer: Any) -> int:
        left = self.line.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.sock.settimeout(min(PATIENCE, left))
        room = self.line.size + _HEAD_SIZE - len(self.line.came)
        count = self.bare.readinto(memoryview(buffer)[: max(room, 1)]) or 0
        self.line.came += memoryview(buffer)[:count]
        if count > room:
            raise TooLarge(f"it is larger than {self.line.size:,} bytes")
        return count
