"""Who may ask: requests for this host, from pages of this host, in plain words. Everything else is refused before it is looked at.

Against DNS rebinding (a foreign name that resolves to this machine) and against other sites that read from the one that is edited
here. `Sec-Fetch-Site` is asked too, but not relied on: browsers leave it out for addresses without TLS.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping

from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = frozenset(["127.0.0.1", "localhost", "::1"])
ONCE = ("host", "origin", "content-type", "cookie", "sec-fetch-site", "sec-fetch-mode", "sitegen-desk")
"""Headers of which there is one: of two, another room could read the other one."""
EVERYWHERE = frozenset(["0.0.0.0", "::"])  # noqa: S104 - a name for what --host may say


class Guard:
    """Lets through GET and HEAD requests for a known host. `host`: the one that is listened on; `writing`: below this, POST
    requests are let through too, of pages of this very host and port."""

    def __init__(self, inner: ASGIApp, host: str, writing: str = "") -> None:
        self.inner = inner
        self.writing = writing
        self.hosts = LOOPBACK | ({socket.gethostname().lower()} if host in EVERYWHERE else {host.lower()})
        self.takes_numbers = host in EVERYWHERE

    def knows(self, authority: str) -> bool:
        """Whether a host, with or without a port, is one of ours. On all interfaces any number is, for a name cannot be rebound to
        one."""
        found = re.fullmatch(r"(?:\[([0-9a-fA-F:.]+)\]|([^:\s/@]+))(?::\d{1,5})?", authority.strip())
        if found is None:
            return False
        host = (found[1] or found[2]).lower().rstrip(".")
        return host in self.hosts or (self.takes_numbers and re.fullmatch(r"[\d.]+|[0-9a-f:]+", host) is not None)

    def refusal(self, method: str, path: str, headers: Mapping[str, str]) -> tuple[int, str] | None:
        """Why a request is refused; None where it is not."""
        is_writing = method == "POST" and bool(self.writing) and path.startswith(self.writing)
        if method not in ("GET", "HEAD") and not is_writing:
            return 405, "only GET and HEAD are answered"
        if not self.knows(headers.get("host", "")):
            return 403, "this server answers for its own host alone (open it by the address that `sitegen serve` printed)"
        origin = headers.get("origin")
        if is_writing and origin is None:
            return 403, "a request that writes must tell of which page it is"
        scheme, _, authority = (origin or "").partition("://")
        if origin is not None and (scheme not in ("http", "https") or not self.knows(authority)):
            return 403, "a page of another site asked"
        if origin is not None and authority != headers.get("host", ""):
            return 403, "a page of another port asked"
        if headers.get("sec-fetch-site") in ("cross-site", "same-site") and headers.get("sec-fetch-mode") != "navigate":
            return 403, "a page of another site asked"
        return None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        found: dict[str, list[str]] = {}
        for name, value in scope["headers"]:
            found.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
        twice = any(len(found.get(name, [])) > 1 for name in ONCE)
        headers = {name: one[0] for name, one in found.items()}
        refused = (400, "a header is there twice") if twice else self.refusal(scope["method"], scope["path"], headers)
        if refused is None:
            await self.inner(scope, receive, send)
            return
        status, why = refused
        answer = [(b"content-type", b"text/plain; charset=utf-8"), (b"x-content-type-options", b"nosniff")]
        answer += [(b"allow", b"GET, HEAD")] if status == 405 else []
        await send({"type": "http.response.start", "status": status, "headers": answer})
        await send({"type": "http.response.body", "body": f"Refused: {why}.\n".encode()})
