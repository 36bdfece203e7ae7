"""What the desk's page asks and does: JSON under `/_sitegen/desk/`, for whoever holds the cookie, and the desk's own pages under `/_desk/`.

Who may do this is decided before anything is read (`serve.access`). The guard has looked at Host and Origin by then. Pages are named by
keys, entries by their place in a list: no path comes from a browser.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from html import escape
from typing import Any, ParamSpec, TypeVar

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sitegen.archive.plan import MAP
from sitegen.desk import CLIENT, Act, Conflict, Refused, Saved
from sitegen.desk.gazetteer import places_of
from sitegen.desk.mapping import spot
from sitegen.desk.picturing import keep
from sitegen.desk.seeding import take
from sitegen.desk.telling import tables
from sitegen.model.article import Key
from sitegen.model.prepared import prepared
from sitegen.model.problem import Fault
from sitegen.moving import Moved, merge, rename
from sitegen.serve.access import PAGE, Access, Crowded
from sitegen.serve.deskview import DeskView
from sitegen.serve.editing import Editing
from sitegen.urls import output_path

OURS = "/_sitegen/desk/"
BODY = 400_000
"""Bytes of a request; the largest act is far from it."""
HOME = (48.0, 15.0)
"""Where the map of an archive without places begins."""
SEEDS = 32 * 1024 * 1024
"""Bytes of a request that brings raw articles."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types sitegen-live",
}
TRUSTED = "; require-trusted-types-for 'script'; trusted-types sitegen-live sitegen-popup"
"""No text becomes markup on a page beside which the desk lies, but by the two scripts that take up pages of this server."""
Arguments = ParamSpec("Arguments")
T = TypeVar("T")
ENTRANCE = ("api.js", "queue.js", "desk.css")
"""Of the scripts, those by which a password is asked for."""
SCRIPTS = ("api.js", "desk.js", "words.js", "forms.js", "pointmap.js", "queue.js", "desk.css")


class DeskAnswers:
    """The answers of the desk."""

    def __init__(self, editing: Editing, access: Access) -> None:
        self.editing = editing
        self.access = access
        self.view = DeskView(editing)
        self.working = ThreadPoolExecutor(1, "desk")

    def routes(self) -> list[Route]:
        """All that is answered here."""
        asked = {
            "page": self.page,
            "tables": self.tables,
            "known": self.pages,
            "propose": self.propose,
            "queue": self.queue,
            "map": self.map,
            "gazetteer": self.gazetteer,
            "checks": self.checks,
        }
        done = {
            "act": self.act,
            "undo": self.undo,
            "seeds": self.seeds,
            "picture": self.picture,
            "rename": self.rename,
            "merge": self.merge,
        }
        return [
            Route(PAGE, self.enter),
            Route(f"{OURS}enter", _told(self.enter_by_password), methods=["POST"]),
            *(Route(f"{OURS}{name}", self._let(answer)) for name, answer in asked.items()),
            *(Route(f"{OURS}{name}", self._let(answer), methods=["POST"]) for name, answer in done.items()),
            *(Route(f"{OURS}{name}", partial(self._script, name)) for name in SCRIPTS),
        ]

    def policy(self, path: str) -> dict[str, str]:
        """What a page of the site may do while the desk lies beside it. The page of the map is drawn by a library that writes markup."""
        loose = output_path(MAP) == path
        return {"Content-Security-Policy": f"frame-ancestors 'none'{'' if loose else TRUSTED}", "Cross-Origin-Opener-Policy": "same-origin"}

    # who

    def _let(self, answer: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        """An answer for those alone who were let in."""
        answer = _told(answer)

        async def let(request: Request) -> Response:
            if not self.access.proves(request):
                return _json({"fault": "open the desk by the address that `sitegen serve --desk` printed"}, 403)
            return await answer(request)

        return let

    async def _script(self, name: str, request: Request) -> Response:
        """What the desk is in a browser, for those who were let in, or are about to be."""
        if not self.access.holds(request) and (self.access.password is None or name not in ENTRANCE):
            return Response("Open the desk by the address that `sitegen serve --desk` printed.\n", 403, HEADERS, "text/plain")
        return Response(_bytes(name), 200, HEADERS, "text/css" if name.endswith(".css") else "text/javascript")

    async def enter(self, request: Request) -> Response:
        """The desk's first page; with the token of the printed address it lets in, and the token leaves the address."""
        token = request.query_params.get("token")
        if token is not None:
            if not self.access.fits(token):
                return Response("This address is of an earlier run; take the one that `sitegen serve --desk` printed.\n", 403, HEADERS)
            return self.access.let_in(RedirectResponse(f"{PAGE}#{self.access.key}", 303, HEADERS))  # what follows # no server sees
        if self.access.holds(request):
            asks = " data-password" if self.access.password is not None else ""
            return _html("The desk", f'<main id="queue"{asks}></main><script type="module" src="{OURS}queue.js"></script>')
        if self.access.password is not None:
            return _html("The desk", f'<main id="enter"></main><script type="module" src="{OURS}queue.js"></script>')
        return Response("Open the desk by the address that `sitegen serve --desk` printed.\n", 403, HEADERS)

    async def enter_by_password(self, request: Request) -> Response:
        """Lets in who knows the password."""
        if self.access.password is None:
            return _json({"fault": "there is no password; open the desk by the address that was printed"}, 403)
        given = await _given(request)
        try:
            if isinstance(given, dict) and await self.access.knows(str(given.get("password", ""))):
                return self.access.let_in(_json({"key": self.access.key}))
        except Crowded:
            return _json({"fault": "too many passwords are being tried; wait a little"}, 429)
        return _json({"fault": "this is not the password"}, 403)

    # what is asked

    async def page(self, request: Request) -> Response:
        """A page with all that its files say."""
        return _json(await self._work(self.view.page, request.query_params.get("key", "")))

    async def tables(self, _: Request) -> Response:
        """The tables of fields, by which forms are made; the kinds of pages; the calendars."""
        return _json({**tables(), "home": self.view.middle() or HOME})

    async def pages(self, request: Request) -> Response:
        """Pages of some kinds whose names or ids hold some words: what a field of ids is completed from."""
        kinds = request.query_params.get("kinds", "").split(",")
        words = request.query_params.get("words", "").casefold().strip()
        return _json(await self._work(self.view.pages, kinds, words))

    async def propose(self, request: Request) -> Response:
        """What selected words propose."""
        try:
            numbers = [int(request.query_params.get(name, "")) for name in ("block", "start", "end")]
        except ValueError:
            raise Fault("words are selected by block, start and end") from None
        return _json(await self._work(self.view.proposed, request.query_params.get("key", ""), *numbers))

    async def map(self, request: Request) -> Response:
        """A piece of the base map; with `x` and `y` the place that lies there."""
        try:
            lat, lon = (float(request.query_params.get(name, "")) for name in ("lat", "lon"))
            level = int(request.query_params.get("level", ""))
            point = [float(request.query_params[name]) for name in ("x", "y")] if "x" in request.query_params else None
        except (ValueError, KeyError):
            raise Fault("a piece of the map is asked for by lat, lon and level") from None
        if not (math.isfinite(lat) and math.isfinite(lon) and all(map(math.isfinite, point or ()))):
            raise Fault("there is no such place")
        if point is not None:
            north, east = spot(lat, lon, level, *point)
            return _json({"lat": north, "lon": east})
        return _json(await self._work(self.view.map, lat, lon, level))

    async def gazetteer(self, request: Request) -> Response:
        """What the gazetteer knows under a name."""
        name = request.query_params.get("name", "")[:200]
        return _json(await self._work(lambda: places_of(name, self.view.middle())))

    async def checks(self, _: Request) -> Response:
        """All that the checks say, also those that are off by default, and the pages whose names look alike."""
        return _json(await self._work(self.view.checks))

    async def queue(self, _: Request) -> Response:
        """All articles by what they lack."""
        return _json(await self._work(self.view.queue))

    # what is done

    async def act(self, request: Request) -> Response:
        """Does what an editor wants, or says why not."""
        act = msgspec.convert(await _given(request), prepared(Act))
        return await self._done(partial(self.view.desk.act, act), request.query_params.get("key", ""))

    async def undo(self, request: Request) -> Response:
        """Takes the last act back."""
        given = await _given(request)
        by = str(given.get("by", "")) if isinstance(given, dict) else ""
        return await self._done(partial(self.view.desk.undo, by), request.query_params.get("key", ""))

    async def seeds(self, request: Request) -> Response:
        """Keeps raw articles as they are, under names that are free, and imports them, and those that lie there (`known`)."""
        given = msgspec.convert(await _given(request, SEEDS), prepared(Seeds))
        known = sorted(set(given.known) & set(self.editing.seeds))
        told = await self._work(take, self.editing.root, [(one.name, one.data) for one in given.seeds], known)
        self.editing.wake()
        return _json({"told": told})

    async def picture(self, request: Request) -> Response:
        """Keeps a picture, without what it tells of where it was taken."""
        given = msgspec.convert(await _given(request, SEEDS * 2), prepared(Seed))
        return _json((await self._work(keep, self.editing.root, given.name, given.data))._asdict())

    async def rename(self, request: Request) -> Response:
        """Gives a page another id, with every file that names it."""
        given = msgspec.convert(await _given(request), prepared(Moving))
        return await self._moved(given, rename)

    async def merge(self, request: Request) -> Response:
        """Makes one page of two, with every file that names the one that goes."""
        given = msgspec.convert(await _given(request), prepared(Moving))
        return await self._moved(given, merge)

    async def _moved(self, given: Moving, work: Callable[..., Moved]) -> Response:
        def done() -> dict[str, Any]:
            moved = work(self.editing.root, given.page, given.to, self.editing.options)
            if moved.problems:
                raise Refused(moved.problems)
            saved = self.view.desk.noted(moved.changes, f"{work.__name__} {given.page}, {given.to}", given.by)
            return {**saved._asdict(), "told": moved.told}

        out = await self._work(done)
        self.editing.wake()
        return _json(out)

    async def _done(self, work: Callable[[], Saved], key: Key) -> Response:
        """What was done, and the page of a key as it is then, so that it need not be asked for."""
        async with self.editing.answering:
            saved = await self._work(work)
            page = {"page": await self._work(self.view.page, key)} if key else {}
        self.editing.wake()
        return _json({**saved._asdict(), **page})

    async def _work(self, work: Callable[Arguments, T], *arguments: Arguments.args, **_: Arguments.kwargs) -> T:
        """Does a piece of work in the desk's thread."""
        return await asyncio.get_running_loop().run_in_executor(self.working, partial(work, *arguments))

    def close(self) -> None:
        self.working.shutdown()


class Seed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file from a browser: what it is called, and its bytes."""

    name: str
    data: bytes


class Seeds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Raw articles to be kept and imported; `known` lie there already."""

    seeds: list[Seed] = []
    known: list[str] = []


class Moving(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A page that is to be called, or to become part of, another."""

    page: Key
    to: Key
    by: str = ""


def _told(answer: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """An answer, with what goes wrong told as JSON."""

    async def told(request: Request) -> Response:
        try:
            return await answer(request)
        except Refused as refused:
            return _json({"problems": [one.record() for one in refused.problems]}, 422)
        except Conflict as conflict:
            told = {"path": conflict.path, "line": conflict.line, "now": conflict.now, "wanted": conflict.wanted}
            return _json({"conflict": told}, 409)
        except msgspec.ValidationError as error:
            return _json({"fault": f"this is not what was expected: {error}"}, 400)
        except Fault as fault:
            return _json({"fault": str(fault)}, 400)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody reads it

    return told


async def _given(request: Request, most: int = BODY) -> Any:
    """The JSON of a request. Raises Fault where it is none."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise Fault("the desk takes JSON")
    data = bytearray()
    async for part in request.stream():
        data += part
        if len(data) > most:
            raise Fault("this is too much at once")
    try:
        return msgspec.json.decode(data)
    except (ValueError, RecursionError) as error:  # the first is what is raised of JSON that is none, and of text that is not UTF-8
        raise Fault(f"this is no JSON: {error}") from error


def _json(value: Any, status: int = 200) -> Response:
    refused = {"Connection": "close"} if status >= 400 else {}  # what was sent with it may be endless, and is not read to its end
    return Response(msgspec.json.encode(value), status, {**HEADERS, **refused}, "application/json")


def _html(title: str, body: str) -> Response:
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="color-scheme" content="light dark"><title>{escape(title)}</title><link rel="stylesheet" href="{OURS}desk.css">'
    )
    return Response(f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>', 200, HEADERS, "text/html")


@cache
def _bytes(name: str) -> bytes:
    return (CLIENT / name).read_bytes()
