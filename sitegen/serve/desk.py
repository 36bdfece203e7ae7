"""What the desk's page asks and does: JSON under `/_sitegen/desk/`, for whoever holds the cookie, and the desk's own pages under `/_desk/`.

Who may do this is decided before anything is read: the address that `serve --desk` prints holds a token, which becomes a cookie that no
script and no other site can use (HttpOnly, SameSite=Strict), and a key that no other port can: browsers send a cookie to whatever listens
on this machine, so that it alone proves nothing. The guard has looked at Host and Origin by then. Pages are named by keys, entries by
their place in a list: no path comes from a browser.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import math
import secrets
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from html import escape
from statistics import median
from typing import Any, NamedTuple, ParamSpec, TypeVar

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sitegen.archive.linking import link
from sitegen.archive.names import Names
from sitegen.archive.names import words_of as all_words
from sitegen.archive.plan import MAP
from sitegen.cartography.earth import Earth
from sitegen.check import check
from sitegen.desk import CLIENT, Act, Archive, Conflict, Desk, Refused, Saved
from sitegen.desk.alike import alike
from sitegen.desk.gazetteer import places_of
from sitegen.desk.mapping import piece, spot
from sitegen.desk.picturing import keep
from sitegen.desk.proposing import proposed
from sitegen.desk.seeding import take
from sitegen.desk.sheet import WAITING, Sheet, is_article, paths_of
from sitegen.desk.sheet import words as words_in
from sitegen.desk.telling import tables, told
from sitegen.model.article import EntryCard, Key
from sitegen.model.kinds import ARTICLES, CLAIMS, KINDS, PLACES, SOURCES
from sitegen.model.prepared import prepared
from sitegen.model.problem import Fault, Problem
from sitegen.model.site import Head
from sitegen.moving import Moved, merge, rename
from sitegen.packaged import base_map
from sitegen.serve.editing import Editing
from sitegen.serve.site import Made, Site
from sitegen.survey.reading import Settings, content_files
from sitegen.urls import output_path

OURS = "/_sitegen/desk/"
PAGE = "/_desk/"
BODY = 400_000
"""Bytes of a request; the largest act is far from it."""
PAIRS = 200
"""Pairs of names that look alike."""
HOME = (48.0, 15.0)
"""Where the map of an archive without places begins."""
SEEDS = 32 * 1024 * 1024
"""Bytes of a request that brings raw articles."""
FOUND = 30
"""Pages that a search for one gives."""
SLOW = 1.0
"""Seconds that a wrong password costs. One is tried at a time, so that many at once try no more."""
TRIES = 3
"""Passwords that wait for their turn."""
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


class _State(NamedTuple):
    """What is known of the archive since it was read. `addresses`: the page of each key."""

    made: Made
    site: Site | None
    archive: Archive
    addresses: Mapping[Key, str]


class DeskAnswers:
    """The answers of the desk."""

    def __init__(self, editing: Editing, access: Access) -> None:
        self.editing = editing
        self.access = access
        self.desk = Desk(editing.root, self._look)
        self.working = ThreadPoolExecutor(1, "desk")
        self.known: _State | None = None
        self.turn = asyncio.Lock()
        self.trying = 0
        self.earth = Earth(base_map()[0])

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
        """Lets in who knows the password. A wrong one takes its time."""
        if self.access.password is None:
            return _json({"fault": "there is no password; open the desk by the address that was printed"}, 403)
        given = await _given(request)
        if self.trying >= TRIES:
            return _json({"fault": "too many passwords are being tried; wait a little"}, 429)
        self.trying += 1
        try:
            async with self.turn:
                if isinstance(given, dict) and self.access.knows(str(given.get("password", ""))):
                    return self.access.let_in(_json({"key": self.access.key}))
                await asyncio.sleep(SLOW)
        finally:
            self.trying -= 1
        return _json({"fault": "this is not the password"}, 403)

    # what is asked

    async def page(self, request: Request) -> Response:
        """A page with all that its files say."""
        return _json(await self._work(self._page, request.query_params.get("key", "")))

    def _page(self, key: Key) -> dict[str, Any]:
        sheet = self.desk.sheet(key)
        out = {**told(sheet), "address": self._address(key)}
        if sheet.article is not None:
            out["pages"] = [self._beside(one, at) for one, at in self._waiting(sheet)]
        return out

    def _waiting(self, sheet: Sheet) -> Iterable[tuple[Key, tuple[int, int, int] | None]]:
        """The pages that an article names and no editor has checked, each with where it is named first, in reading order."""
        site = self.editing.site
        article = sheet.article
        assert article is not None
        places: dict[Key, tuple[int, int, int] | None] = {}
        if site is not None:
            names = site.names.possible(all_words(article.blocks))
            for one in link(article, names, site.config.calendars, held=False).mentions:
                places.setdefault(one.page, (one.block, one.start, one.end))
        for statement in article.statements:
            named = [*map(SOURCES.key, (*statement.sources, *statement.via)), *([CLAIMS.key(statement.claim)] if statement.claim else [])]
            for key in named:
                places.setdefault(key, (statement.block, statement.start, statement.end))
        for reference in article.references:
            places.setdefault(f"{reference.kind}/{reference.id}", None)
        waiting = [(key, at) for key, at in places.items() if key.partition("/")[0] in KINDS and not is_article(key) and self._waits(key)]
        return sorted(waiting, key=lambda one: (one[1] is None, one[1] or (0, 0, 0), one[0]))

    def _waits(self, key: Key) -> bool:
        """Whether a page waits for an editor, by its file as it is now; a page that had been checked when the archive was read is not read
        again."""
        site = self.editing.site
        head = site.archive.heads.get(key) if site is not None else None
        if head is not None and head.card.gate.review not in WAITING:
            return False
        try:
            review = self.desk.sheet(key).keys.get("review", ("", None))[1]
        except Fault:
            return head is not None and bool(self.desk.path(key))
        return isinstance(review, dict) and review.get("state") in WAITING

    def _beside(self, key: Key, at: tuple[int, int, int] | None) -> dict[str, Any]:
        try:
            sheet = self.desk.sheet(key)
        except Fault as fault:
            return {"key": key, "at": at, "fault": str(fault)}
        return {"at": at, "address": self._address(key), **told(sheet)}

    def _address(self, key: Key) -> str:
        return self._state.addresses.get(key, "")

    async def tables(self, _: Request) -> Response:
        """The tables of fields, by which forms are made; the kinds of pages; the calendars."""
        return _json({**tables(), "home": self._middle() or HOME})

    async def pages(self, request: Request) -> Response:
        """Pages of some kinds whose names or ids hold some words: what a field of ids is completed from."""
        kinds = request.query_params.get("kinds", "").split(",")
        words = request.query_params.get("words", "").casefold().strip()
        return _json(await self._work(self._pages, kinds, words))

    def _pages(self, kinds: Iterable[str], words: str) -> list[dict[str, str]]:
        found: list[tuple[int, str, dict[str, str]]] = []
        for kind in kinds:
            heads = self._heads(kind)
            for head in heads:
                stem = head.card.key.partition("/")[2]
                named = [head.card.title, *(head.card.names if isinstance(head.card, EntryCard) else ()), stem]
                ranks = [0 if low == words else 1 if low.startswith(words) else 2 for low in map(str.casefold, named) if words in low]
                if ranks:
                    found.append((min(ranks), head.card.title, {"key": head.card.key, "id": stem, "title": head.card.title}))
            made = [
                key
                for key in self.desk.made
                if key.startswith(f"{kind}/") and words in key and not any(one["key"] == key for *_, one in found)
            ]
            found += [(1, key, {"key": key, "id": key.partition("/")[2], "title": key.partition("/")[2]}) for key in made]
        return [one for *_, one in sorted(found, key=lambda one: one[:2])[:FOUND]]

    async def propose(self, request: Request) -> Response:
        """What selected words propose."""
        try:
            numbers = [int(request.query_params.get(name, "")) for name in ("block", "start", "end")]
        except ValueError:
            raise Fault("words are selected by block, start and end") from None
        return _json(await self._work(self._propose, request.query_params.get("key", ""), *numbers))

    def _propose(self, key: Key, block: int, start: int, end: int) -> dict[str, Any]:
        sheet = self.desk.sheet(key)
        article, site = sheet.article, self.editing.site
        if article is None:
            raise Fault(f"{key} has no words that could be quoted")
        settings = self._look().settings
        words = words_in(sheet.paths[0], self.desk.read(sheet.paths[0]) or "", article, settings.lang)
        if not (0 <= block < len(words.blocks) and 0 <= start <= end <= len(words.blocks[block].text)):
            raise Fault("there are no such words")
        calendars = settings.calendars
        calendar = calendars.get(article.front.calendar or "") or (next(iter(calendars.values())) if len(calendars) == 1 else None)
        names = (site.names if site is not None else Names(())).possible(all_words([words.blocks[block]]))
        sources = {name: card.stem for card in self._cards(SOURCES.plural) for name in (card.title, *card.names)}
        found = proposed(
            words, block, start, end, lang=article.front.lang or settings.lang, base=article.front.date.day if article.front.date else None,
            calendar=calendar, names=names, sources=sources, taken={one.id for one in article.anchors},
        )  # fmt: skip
        return found._asdict()

    def _heads(self, kind: str) -> Iterable[Head]:
        site = self.editing.site
        return (head for head in site.archive.heads.values() if head.kind == kind) if site is not None else ()

    def _cards(self, kind: str) -> Iterable[EntryCard]:
        yield from (head.card for head in self._heads(kind) if isinstance(head.card, EntryCard))

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
        return _json(await self._work(self._map, lat, lon, level))

    def _map(self, lat: float, lon: float, level: int) -> dict[str, Any]:
        site = self.editing.site
        view = site.config.map.borders if site is not None else "de-facto"
        places = [(card.title, card.spot.lat, card.spot.lon) for card in self._cards(PLACES.plural) if card.spot is not None]
        return piece(lat, lon, level, self.earth, view, places)

    async def gazetteer(self, request: Request) -> Response:
        """What the gazetteer knows under a name."""
        name = request.query_params.get("name", "")[:200]
        return _json(await self._work(lambda: places_of(name, self._middle())))

    def _middle(self) -> tuple[float, float] | None:
        """The middle of the archive's places; None where it has none."""
        spots = [card.spot for card in self._cards(PLACES.plural) if card.spot is not None]
        return (median(one.lat for one in spots), median(one.lon for one in spots)) if spots else None

    async def checks(self, _: Request) -> Response:
        """All that the checks say, also those that are off by default, and the pages whose names look alike."""
        return _json(await self._work(self._checks))

    def _checks(self) -> dict[str, Any]:
        found = check(self.editing.root, self.editing.options, every=True)
        pairs = [pair for kind in KINDS for pair in alike(self._cards(kind))]
        told = [[self._beside(one, None) for one in pair] for pair in pairs[:PAIRS]]
        rows = [[{"key": one["key"], "address": one.get("address", "")} for one in pair] for pair in told]
        return {"problems": [one.record() for one in found.problems], "alike": rows}

    async def queue(self, _: Request) -> Response:
        """All articles by what they lack."""
        return _json(await self._work(self._queue))

    def _queue(self) -> dict[str, Any]:
        made = self.editing.made
        assert made is not None
        problems: dict[str, list[Problem]] = defaultdict(list)
        for problem in made.problems:
            problems[problem.path].append(problem)
        articles = []
        for key, path in sorted(self._look().paths.items()):
            if is_article(key):
                articles.append(self._row(key, path, problems))
        waiting: dict[str, list[dict[str, str]]] = {}
        for kind in KINDS.values():
            cards = [card for card in self._cards(kind.plural) if card.gate.review in WAITING] if kind is not ARTICLES else []
            waiting[kind.plural] = [{"key": card.key, "title": card.title, "address": self._address(card.key)} for card in cards]
        shown = {one["path"] for one in articles} | {str(one["path"]).removesuffix(".md") + ".notes.yaml" for one in articles}
        rest = [one.record() for path, several in problems.items() if path not in shown for one in several]
        return {"articles": articles, "waiting": waiting, "problems": rest, "seeds": self.editing.seeds}

    def _row(self, key: Key, path: str, told: Mapping[str, list[Problem]]) -> dict[str, Any]:
        try:
            sheet = self.desk.sheet(key)
        except Fault as fault:
            return {"key": key, "path": path, "title": key, "fault": str(fault), "problems": [], "undecided": 0, "state": ""}
        problems = [one.record() for file in sheet.paths for one in told.get(file, ())]
        _, review = sheet.keys.get("review", ("", None))
        claims = [part for one in sheet.entries if one.list == CLAIMS.plural for part in (one.parts or (one,))]
        return {
            "key": key,
            "path": path,
            "title": sheet.article.title.text if sheet.article is not None else key,
            "date": str(sheet.keys.get("date", ("", ""))[1] or ""),
            "state": str(review.get("state", "")) if isinstance(review, dict) else "",
            "undecided": sum(one.is_undecided for one in sheet.entries),
            "entries": len(sheet.entries),
            "claims": len(claims),
            "unattributed": sum(isinstance(one.value, dict) and "source" not in one.value for one in claims),
            "address": self._address(key),
            "problems": problems,
        }

    # what is done

    async def act(self, request: Request) -> Response:
        """Does what an editor wants, or says why not."""
        act = msgspec.convert(await _given(request), prepared(Act))
        return await self._done(partial(self.desk.act, act), request.query_params.get("key", ""))

    async def undo(self, request: Request) -> Response:
        """Takes the last act back."""
        given = await _given(request)
        by = str(given.get("by", "")) if isinstance(given, dict) else ""
        return await self._done(partial(self.desk.undo, by), request.query_params.get("key", ""))

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
            saved = self.desk.noted(moved.changes, f"{work.__name__} {given.page}, {given.to}", given.by)
            return {**saved._asdict(), "told": moved.told}

        out = await self._work(done)
        self.editing.wake()
        return _json(out)

    async def _done(self, work: Callable[[], Saved], key: Key) -> Response:
        """What was done, and the page of a key as it is then, so that it need not be asked for."""
        async with self.editing.answering:
            saved = await self._work(work)
            page = {"page": await self._work(self._page, key)} if key else {}
        self.editing.wake()
        return _json({**saved._asdict(), **page})

    # what is known

    def _look(self) -> Archive:
        return self._state.archive

    @property
    def _state(self) -> _State:
        """What is known of the archive as it was read last; made once of each reading, for every row of the queue asks."""
        made, site = self.editing.made, self.editing.site
        assert made is not None
        if self.known is None or self.known.made is not made or self.known.site is not site:
            paths = {_key(one.kind, one.path): one.path for one in content_files(made.tree)[0]}
            settings = Settings.of(site.config) if site is not None else Settings({}, "en")
            addresses = {key: site.base + address for address, key in site.keys.items()} if site is not None else {}
            self.known = _State(made, site, Archive(paths, settings, self._naming), addresses)
        return self.known

    def _naming(self, key: Key) -> Iterable[Key]:
        """The pages that name a page."""
        kind, _, stem = key.partition("/")
        for other, path in self._look().paths.items():
            texts = {one: text for one in paths_of(other, path) if (text := self.desk.read(one)) is not None}
            if not any(stem in text for text in texts.values()):
                continue
            with contextlib.suppress(Fault):
                read = self.desk.reader.read(other, path, texts, self._look().settings)
                if any((one.kind, one.id) == (kind, stem) for one in read.references):
                    yield other

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


def _key(kind: str, path: str) -> Key:
    """The key of a page by its file."""
    inner = path.removeprefix(f"{KINDS[kind].folder}/").removesuffix(".md")
    return KINDS[kind].key(inner if KINDS[kind].is_nested else inner.rpartition("/")[2])


@cache
def _bytes(name: str) -> bytes:
    return (CLIENT / name).read_bytes()
