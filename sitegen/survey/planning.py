"""Plans the pages of places, sources, claims and days: each is remembered under what its own file says and what articles give to it."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from sitegen.archive import plan
from sitegen.archive.index import Index
from sitegen.cache import Cache, Made
from sitegen.model.article import Key
from sitegen.model.box import Box, Gift, Gifts
from sitegen.model.digest import encode
from sitegen.model.pages import Page, Planned
from sitegen.model.records import Config
from sitegen.model.site import Head
from sitegen.workers import each

AT_ONCE = 64 * 1024 * 1024
"""Bytes of gifts that are held in memory at once."""


class _Day(NamedTuple):
    day: plan.Day
    articles: tuple[Key, ...]
    older: int | None
    newer: int | None


class _Target(NamedTuple):
    """A page that articles give to: what its own file and the calendar say of it."""

    key: Key
    of: tuple[Head, tuple[Key, ...], tuple[Key, ...]] | _Day

    def pages(self, gifts: Sequence[Gift]) -> Iterable[Page]:
        return [plan.day(*self.of, gifts)] if isinstance(self.of, _Day) else plan.entry(*self.of, gifts)

    def seen(self) -> bytes:
        """All of it that its pages may see."""
        if isinstance(self.of, _Day):
            return encode(self.of)
        head, above, related = self.of
        return encode((head.kind, head.card.stem, head.value, above, related))


def planned(archive: Index, boxes: Sequence[Box], config: Config, cache: Cache, jobs: int) -> list[Planned]:
    """Every page of the site."""
    pages = list(plan.articles(archive))
    pages += [plan.planned(outline, archive.cards) for outline in _outlines(archive, boxes, cache, jobs)]
    withdrawn = [(key, head.card_digest) for key, head in archive.heads.items() if archive.status[key] == "withdrawn"]
    withdrawn += [one for box in boxes for one in box.withdrawn]
    redirects = [(old, key) for key, head in archive.heads.items() if archive.status[key] != "hidden" for old in head.redirect_from]
    redirects += [one for box in boxes for one in box.redirects]
    for page in plan.others(archive, config, withdrawn, redirects):
        pages.append(_stored(page, archive, cache))
    if config.outputs.sitemap:
        pages += [_stored(page, archive, cache) for page in list(plan.sitemaps(pages))]
    return pages


def _stored(page: Page, archive: Index, cache: Cache) -> Planned:
    outline, data = plan.outlined(page)
    cache.store_bytes(data)
    return plan.planned(outline, archive.cards)


def _outlines(archive: Index, boxes: Sequence[Box], cache: Cache, jobs: int) -> Iterator[plan.Outline]:
    """The pages that articles give to, as many at once as their gifts leave room for."""
    every = list(_targets(archive, boxes))
    parts = 1 + sum(box.size for box in boxes) // AT_ONCE
    for part in range(parts):
        given = _given(boxes, cache, part, parts)
        some = [(one, *given.get(one.key, (0, b""))) for one in every if _is_in(one.key, part, parts)]
        for row in _rows(some, cache, jobs):
            yield from msgspec.msgpack.decode(row, type=list[plan.Outline])


def _rows(targets: Sequence[tuple[_Target, int, bytes]], cache: Cache, jobs: int) -> list[bytes]:
    """The outlines of each target's pages, encoded; made where they are not known."""
    keys = [cache.key("target", target.seen(), str(count), data) for target, count, data in targets]
    known = cache.many(keys)
    missing = [number for number, key in enumerate(keys) if key not in known]

    def make(number: int) -> Made:
        target, count, data = targets[number]
        outlines = [plan.outlined(page) for page in target.pages(_gifts(count, data))]
        return Made([(keys[number], encode([outline for outline, _ in outlines]))], [data for _, data in outlines])

    for number, made in zip(missing, each(make, missing, jobs, few=400), strict=True):
        cache.keep(made)
        known[keys[number]] = made.rows[0][1]
    return [known[key] for key in keys]


def _targets(archive: Index, boxes: Sequence[Box]) -> Iterator[_Target]:
    """Every page that articles may give to."""
    related = plan.relations(archive)
    for kind in plan.ENTRIES:
        for head in archive.public(kind):
            key = head.card.key
            yield _Target(key, (head, plan.above(head, archive), tuple(related.get(key, ()))))
    for day, articles, older, newer in plan.days(archive, {key for box in boxes for key in box.days}):
        yield _Target(f"days/{day[0]}/{day[1]}", _Day(day, articles, older, newer))


def _given(boxes: Iterable[Box], cache: Cache, part: int, parts: int) -> dict[Key, tuple[int, bytes]]:
    """What all boxes give to each page of one part."""
    pieces: dict[Key, list[tuple[int, bytes]]] = {}
    for box in boxes:
        gifts: Gifts = cache.value(box.gifts, Gifts)
        for key, gift in gifts.items():
            if _is_in(key, part, parts):
                pieces.setdefault(key, []).append(gift)
    return {key: (sum(count for count, _ in some), b"".join([data for _, data in some])) for key, some in pieces.items()}


def _is_in(key: Key, part: int, parts: int) -> bool:
    return parts == 1 or zlib.crc32(key.encode()) % parts == part


def _gifts(count: int, data: bytes) -> list[Gift]:
    """The gifts that lie one after the other, read as one MessagePack array."""
    return msgspec.msgpack.decode(b"\xdd" + count.to_bytes(4, "big") + data, type=list[Gift])
