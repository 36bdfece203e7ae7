"""Answers to browsers: pages and files by their addresses, the events, and what this server adds to a page.

An address is looked up among those of the site; it never becomes a path of the disk.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import AsyncIterator
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from sitegen.model.digest import digest_of
from sitegen.model.problem import Problem
from sitegen.serve.desk import OURS as DESK
from sitegen.serve.desk import DeskAnswers
from sitegen.serve.editing import Editing
from sitegen.serve.guard import Guard
from sitegen.serve.hub import Listener
from sitegen.serve.pages import Shown, shown
from sitegen.urls import output_path

OURS = "/_sitegen/"
"""Below this lie the server's own addresses; no page can be called so, for stems hold no `_`."""
HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache", "Cross-Origin-Resource-Policy": "same-origin",
           "Content-Security-Policy": "frame-ancestors 'none'", "Referrer-Policy": "same-origin"}  # fmt: skip
# what the site has is told here, for the system's own table differs from machine to machine
_TEXTS = {
    ".txt": "text/plain",
    ".xml": "application/xml",
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".woff": "font/woff",
}


def app(editing: Editing, host: str, desk: DeskAnswers | None = None) -> Guard:
    """The server's application, behind its guard; with a desk, if there is one."""
    answers = _Answers(editing, desk)
    routes = [
        *(desk.routes() if desk is not None else ()),
        Route(f"{OURS}events", answers.events),
        Route(f"{OURS}state", answers.state),
        Route(f"{OURS}live.js", answers.script),
        Route(f"{OURS}live.css", answers.style),
        Route("/{path:path}", answers.page),
    ]
    return Guard(Starlette(routes=routes), host, DESK if desk is not None else "")


@cache
def _own(name: str) -> bytes:
    return (Path(__file__).parent / name).read_bytes()


class _Answers:
    def __init__(self, editing: Editing, desk: DeskAnswers | None) -> None:
        self.editing = editing
        self.desk = desk

    async def page(self, request: Request) -> Response:
        """A page or a file of the site."""
        base = self.editing.base
        wanted = request.scope["path"]
        site = self.editing.site
        if site is None:
            return self._shown(request, "index.html", self._nothing(), 503)
        if not wanted.startswith(base):
            is_root = wanted in ("/", base.rstrip("/"))
            return RedirectResponse(base, 302, HEADERS) if is_root else await self._missing(request)
        address = wanted.removeprefix(base)
        path = output_path(address)
        if path in site.pages:
            found = await self.editing.page(path)
            if found is not None:
                return self._shown(request, path, found)
        if f"{address}/index.html" in site.pages:
            return RedirectResponse(base + quote(address) + "/", 308, HEADERS)
        data = await self.editing.file(address)
        return self._file(request, address, data) if data is not None else await self._missing(request)

    def _nothing(self) -> Shown:
        """What is shown while errors leave nothing to show."""
        told = "".join(f"<li>{escape(str(problem))}" for problem in self.editing.problems if problem.severity == "error")
        page = "<!doctype html><html lang=en><meta charset=utf-8><title>Nothing to show yet</title><body>"
        return shown(
            f"{page}<h1>Nothing to show yet</h1><p>Once these errors are mended, the site appears here.<ul>{told}</ul></body>".encode()
        )

    async def _missing(self, request: Request) -> Response:
        found = await self.editing.page("404.html")
        if isinstance(found, Shown):
            return self._shown(request, "404.html", found, 404)
        return Response("There is no such page.\n", 404, HEADERS, "text/plain")

    def _shown(self, request: Request, path: str, found: Shown | Problem, status: int = 200) -> Response:
        if isinstance(found, Problem):
            text = escape(str(found))
            body = f"<!doctype html><html lang=en><meta charset=utf-8><title>A template failed</title><body><pre>{text}</pre>".encode()
            found, status = Shown(body, "failed"), 500
        kind = _kind(path)
        data = _with_script(found, path) if kind.startswith("text/html") else found.data
        etag, headers = f'"{found.etag}-{_script_digest()}"', HEADERS
        if self.desk is not None:
            headers = {**HEADERS, "Vary": "Cookie"}
            if kind.startswith("text/html") and status == 200 and self.desk.access.holds(request):
                key = self.editing.key(path)
                data, etag, headers = (
                    _with_desk(data, key),
                    f'"{found.etag}-{_script_digest()}-desk"',
                    {**headers, **self.desk.policy(path)},
                )
        headers = {**headers, "ETag": etag, "Content-Type": kind}
        if status == 200 and etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(data, status, headers)

    def _file(self, request: Request, address: str, data: bytes) -> Response:
        """A file as it is, or the part of it that is asked for (RFC 9110, one range)."""
        etag = f'"{digest_of(data).hex()[:20]}"'
        headers = {**HEADERS, "ETag": etag, "Content-Type": _kind(address), "Accept-Ranges": "bytes"}
        if etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        found = re.fullmatch(r"bytes=(\d{0,15})-(\d{0,15})", request.headers.get("range", ""))
        if found is None or not (found[1] or found[2]) or request.headers.get("if-range", etag) != etag:
            return Response(data, 200, headers)
        start = int(found[1]) if found[1] else max(0, len(data) - int(found[2]))
        stop = min(int(found[2]) + 1, len(data)) if found[1] and found[2] else len(data)
        if start >= len(data) or stop <= start:
            return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{len(data)}"})
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{len(data)}"
        return Response(data[start:stop], 206, headers)

    async def events(self, request: Request) -> Response:
        """The stream by which a browser is told of changes to the page that it shows."""
        path = request.query_params.get("page", "")
        if self.editing.hub.is_full() or len(path) > 1000:
            return Response("too many listeners\n", 503, {**HEADERS, "Retry-After": "5"}, "text/plain")
        listener = Listener(path)
        headers = {**HEADERS, "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._stream(listener), 200, headers, "text/event-stream")

    async def _stream(self, listener: Listener) -> AsyncIterator[str]:
        hub = self.editing.hub
        hub.listeners.add(listener)
        try:
            yield f"retry: 400\ndata: {await self.editing.message(listener.path)}\n\n"
            async for message in listener.messages():
                yield f"data: {message}\n\n" if message is not None else ": still here\n\n"
        finally:
            hub.listeners.discard(listener)

    async def state(self, request: Request) -> Response:
        """What a listener would be told."""
        message = await self.editing.message(request.query_params.get("page", ""))
        return Response(message, 200, {**HEADERS, "Cache-Control": "no-store"}, "application/json")

    async def script(self, request: Request) -> Response:
        return self._file(request, "live.js", _own("live.js"))

    async def style(self, request: Request) -> Response:
        return self._file(request, "live.css", _own("live.css"))


@cache
def _script_digest() -> str:
    return digest_of(_own("live.js") + _own("live.css")).hex()[:8]


def _with_script(found: Shown, path: str) -> bytes:
    """A page with the script that follows its changes, before the end of its body."""
    tag = f'<script src="{OURS}live.js?{_script_digest()}" data-page="{escape(path)}" data-etag="{found.etag}" defer></script>'.encode()
    head, end, rest = found.data.rpartition(b"</body>")
    return head + tag + end + rest if end else found.data + tag


def _with_desk(data: bytes, key: str) -> bytes:
    """A page with the desk beside it."""
    tag = f'<script type="module" src="{DESK}desk.js" data-etag="desk" data-desk="{escape(key)}"></script>'.encode()
    head, end, rest = data.rpartition(b"</body>")
    return head + tag + end + rest if end else data + tag


def _kind(address: str) -> str:
    """The media type of an address, by its ending."""
    ending = "." + address.rpartition(".")[2].lower()
    kind = _TEXTS.get(ending) or mimetypes.guess_type(address)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind.endswith("xml") else kind
