"""What the desk is shown of the archive: pages with all that their files say, the queue, what words propose; values that become JSON.

It looks at the state that `serve.editing` read last, and at files as they are now. All of it is asked in one thread (`serve.desk`).
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from statistics import median
from typing import Any, NamedTuple

from sitegen.archive.linking import link
from sitegen.archive.names import Names
from sitegen.archive.names import words_of as all_words
from sitegen.cartography.earth import Earth
from sitegen.check import check
from sitegen.desk import Archive, Desk
from sitegen.desk.alike import alike
from sitegen.desk.mapping import piece
from sitegen.desk.proposing import proposed
from sitegen.desk.sheet import WAITING, Sheet, is_article, paths_of
from sitegen.desk.sheet import words as words_in
from sitegen.desk.telling import told
from sitegen.model.article import EntryCard, Key
from sitegen.model.kinds import ARTICLES, CLAIMS, KINDS, PLACES, SOURCES
from sitegen.model.problem import Fault, Problem
from sitegen.model.site import Head
from sitegen.packaged import base_map
from sitegen.serve.editing import Editing
from sitegen.serve.site import Made, Site
from sitegen.survey.reading import Settings, content_files

PAIRS = 200
"""Pairs of names that look alike."""
FOUND = 30
"""Pages that a search for one gives."""


class _State(NamedTuple):
    """What is known of the archive since it was read. `addresses`: the page of each key."""

    made: Made
    site: Site | None
    archive: Archive
    addresses: Mapping[Key, str]


class DeskView:
    """What is shown; `desk` is what knows the files, and does what editors want."""

    def __init__(self, editing: Editing) -> None:
        self.editing = editing
        self.desk = Desk(editing.root, self.look)
        self.known: _State | None = None
        self.earth = Earth(base_map()[0])

    def page(self, key: Key) -> dict[str, Any]:
        """A page with all that its files say, with the pages that wait for an editor beside it."""
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

    def pages(self, kinds: Iterable[str], words: str) -> list[dict[str, str]]:
        """Pages of some kinds whose names or ids hold some words (small letters), the best first."""
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

    def proposed(self, key: Key, block: int, start: int, end: int) -> dict[str, Any]:
        """What words of an article propose: a block of it, and where in that they begin and end. Raises Fault where there are none."""
        sheet = self.desk.sheet(key)
        article, site = sheet.article, self.editing.site
        if article is None:
            raise Fault(f"{key} has no words that could be quoted")
        settings = self.look().settings
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

    def map(self, lat: float, lon: float, level: int) -> dict[str, Any]:
        """A piece of the base map around a point, with the archive's places."""
        site = self.editing.site
        view = site.config.map.borders if site is not None else "de-facto"
        places = [(card.title, card.spot.lat, card.spot.lon) for card in self._cards(PLACES.plural) if card.spot is not None]
        return piece(lat, lon, level, self.earth, view, places)

    def middle(self) -> tuple[float, float] | None:
        """The middle of the archive's places; None where it has none."""
        spots = [card.spot for card in self._cards(PLACES.plural) if card.spot is not None]
        return (median(one.lat for one in spots), median(one.lon for one in spots)) if spots else None

    def checks(self) -> dict[str, Any]:
        """All that the checks say, and the pairs of pages whose names look alike."""
        found = check(self.editing.root, self.editing.options, every=True)
        pairs = [pair for kind in KINDS for pair in alike(self._cards(kind))]
        told = [[self._beside(one, None) for one in pair] for pair in pairs[:PAIRS]]
        rows = [[{"key": one["key"], "address": one.get("address", "")} for one in pair] for pair in told]
        return {"problems": [one.record() for one in found.problems], "alike": rows}

    def queue(self) -> dict[str, Any]:
        """All articles by what they lack, and the other pages that wait."""
        made = self.editing.made
        assert made is not None
        problems: dict[str, list[Problem]] = defaultdict(list)
        for problem in made.problems:
            problems[problem.path].append(problem)
        articles = []
        for key, path in sorted(self.look().paths.items()):
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

    def _heads(self, kind: str) -> Iterable[Head]:
        site = self.editing.site
        return (head for head in site.archive.heads.values() if head.kind == kind) if site is not None else ()

    def _cards(self, kind: str) -> Iterable[EntryCard]:
        yield from (head.card for head in self._heads(kind) if isinstance(head.card, EntryCard))

    # what is known

    def look(self) -> Archive:
        """What the desk itself needs of the archive."""
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
        for other, path in self.look().paths.items():
            texts = {one: text for one in paths_of(other, path) if (text := self.desk.read(one)) is not None}
            if not any(stem in text for text in texts.values()):
                continue
            with contextlib.suppress(Fault):
                read = self.desk.reader.read(other, path, texts, self.look().settings)
                if any((one.kind, one.id) == (kind, stem) for one in read.references):
                    yield other


def _key(kind: str, path: str) -> Key:
    """The key of a page by its file."""
    inner = path.removeprefix(f"{KINDS[kind].folder}/").removesuffix(".md")
    return KINDS[kind].key(inner if KINDS[kind].is_nested else inner.rpartition("/")[2])
