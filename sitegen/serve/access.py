"""Who may use the desk.

The address that `serve --desk` prints holds a token, which becomes a cookie that no script and no other site can use (HttpOnly,
SameSite=Strict), and a key that no other port can: browsers send a cookie to whatever listens on this machine, so that it alone proves
nothing. Where the desk has a password, that lets in instead.
"""

from __future__ import annotations

import hmac
import secrets

from starlette.requests import Request
from starlette.responses import Response

PAGE = "/_desk/"
"""Where the desk is entered."""


class Access:
    """Who may use the desk: whoever came by the printed address, or knows the password where there is one."""

    def __init__(self, port: int, password: str | None = None) -> None:
        self.token = secrets.token_urlsafe(32)
        self.password = password
        self.cookie = f"sitegen-desk-{port}"  # cookies know no ports: two desks of one machine must not share one
        self.session = secrets.token_urlsafe(32)
        self.key = secrets.token_urlsafe(32)
        """What the desk's scripts keep where pages of this very port alone can read it, and send with all that they ask."""

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

    def knows(self, password: str) -> bool:
        return self.password is not None and hmac.compare_digest(password.encode(), self.password.encode())

    def let_in(self, response: Response) -> Response:
        response.set_cookie(self.cookie, self.session, path="/", httponly=True, samesite="strict")
        return response

    @property
    def address(self) -> str:
        """Where the desk is entered, below the server's own address."""
        return f"{PAGE}?token={self.token}" if self.password is None else PAGE
