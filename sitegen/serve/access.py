"""Who may use the desk.

The address that `serve --desk` prints holds a token, which becomes a cookie that no script and no other site can use (HttpOnly,
SameSite=Strict), and a key that no other port can: browsers send a cookie to whatever listens on this machine, so that it alone proves
nothing. Where the desk has a password, that lets in instead.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets

from starlette.requests import Request
from starlette.responses import Response

PAGE = "/_desk/"
"""Where the desk is entered."""
SLOW = 1.0
"""Seconds that a wrong password costs. One is tried at a time, so that many at once try no more."""
TRIES = 3
"""Passwords that wait for their turn."""


class Crowded(Exception):
    """Too many passwords wait for their turn."""


class Access:
    """Who may use the desk: whoever came by the printed address, or knows the password where there is one."""

    def __init__(self, port: int, password: str | None = None) -> None:
        self.token = secrets.token_urlsafe(32)
        self.password = password
        self.cookie = f"sitegen-desk-{port}"  # cookies know no ports: two desks of one machine must not share one
        self.session = secrets.token_urlsafe(32)
        self.key = secrets.token_urlsafe(32)
        """What the desk's scripts keep where pages of this very port alone can read it, and send with all that they ask."""
        self._turn = asyncio.Lock()
        self._waiting = 0

    def holds(self, request: Request) -> bool:
        """Whether a request comes from a browser that was let in. Other servers of this machine are sent the cookie too: it lets see what
        the desk is, and no more."""
        given = request.cookies.get(self.cookie, "")
        return hmac.compare_digest(given.encode(), self.session.encode())

    def proves(self, request: Request) -> bool:
        """Whether a request comes from the desk itself, in a browser that was let in."""
        return self.holds(request) and hmac.compare_digest(request.headers.get("sitegen-desk", "").encode(), self.key.encode())

    def fits(self, token: str) -> bool:
        """Whether this is the token of the printed address."""
        return self.password is None and hmac.compare_digest(token.encode(), self.token.encode())

    async def knows(self, password: str) -> bool:
        """Whether this is the password; a wrong one takes its time. Raises Crowded where too many are being tried."""
        if self.password is None:
            return False
        if self._waiting >= TRIES:
            raise Crowded
        self._waiting += 1
        try:
            async with self._turn:
                if hmac.compare_digest(password.encode(), self.password.encode()):
                    return True
                await asyncio.sleep(SLOW)
                return False
        finally:
            self._waiting -= 1

    def let_in(self, response: Response) -> Response:
        response.set_cookie(self.cookie, self.session, path="/", httponly=True, samesite="strict")
        return response

    @property
    def address(self) -> str:
        """Where the desk is entered, below the server's own address."""
        return f"{PAGE}?token={self.token}" if self.password is None else PAGE
