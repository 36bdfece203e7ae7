"""Plans the pages of places, sources, claims and days: each is remembered under what its own file says and what articles give to it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import msgspec

from sitegen.archive import plan
from sitegen.archive.index import Index
from sitegen.cache import Cache, Made
from sitegen.model.article import Key
from sitegen.model.box import Box, Gift, Gifts
from sitegen.model.digest import Digest, encode
from sitegen.model.pages import Page, Planned
from sitegen.model.records import Config
from sitegen.model.site import Head
from sitegen.workers import each

T = TypeVar("T")
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
    """The pages that articles give to; made where they are not known, as many at once as their gifts leave room for."""
    targets = list(_targets(archive, boxes))
    sums = _sums(boxes, cache)
    none = _Sum(hashlib.sha256(), 0)
    keys = [cache.key("target", target.seen(), sums.get(target.key, none).digest.digest()) for target in targets]
    rows = cache.many(keys)
    missing = [(key, target) for key, target in zip(keys, targets, strict=True) if key not in rows]
    for some in _parts(missing, lambda one: sums.get(one[1].key, none).size):
        rows |= _made(some, _gifts({target.key for _, target in some}, boxes, cache), cache, jobs)
    for key in keys:
        yield from msgspec.msgpack.decode(rows[key], type=list[plan.Outline])


def _parts(items: Iterable[T], size: Callable[[T], int]) -> Iterator[list[T]]:
    """The items in runs whose sizes come to `AT_ONCE` or little more."""
    part: list[T] = []
    total = 0
    for item in items:
        part.append(item)
        total += size(item)
        if total >= AT_ONCE:
            yield part
            part, total = [], 0
    if part:
        yield part


def _made(some: Sequence[tuple[Digest, _Target]], gifts: Mapping[Key, list[bytes]], cache: Cache, jobs: int) -> dict[bytes, bytes]:
    """The outlines of each target's pages, encoded, under its key."""

    def make(number: int) -> Made:
        key, target = some[number]
        outlines = [plan.outlined(page) for page in target.pages(_decoded(gifts.get(target.key, ())))]
        return Made([(key, encode([outline for outline, _ in outlines]))], [data for _, data in outlines])

    rows: dict[bytes, bytes] = {}
    for made in each(make, range(len(some)), jobs, few=400):
        cache.keep(made)
        rows.update(made.rows)
    return rows


def _targets(archive: Index, boxes: Sequence[Box]) -> Iterator[_Target]:
    """Every page that articles may give to."""
    related = plan.relations(archive)
    for kind in plan.ENTRIES:
        for head in archive.public(kind):
            key = head.card.key
            yield _Target(key, (head, plan.above(head, archive), tuple(related.get(key, ()))))
    for day, articles, older, newer in plan.days(archive, {key for box in boxes for key in box.days}):
        yield _Target(f"days/{day[0]}/{day[1]}", _Day(day, articles, older, newer))


@dataclass(slots=True)
class _Sum:
    """What a page is given, in short: a digest, and how many bytes it was."""

    digest: hashlib._Hash
    size: int


def _sums(boxes: Iterable[Box], cache: Cache) -> dict[Key, _Sum]:
    """What all boxes give to each page, in short: the gifts themselves would fill the memory of a large archive, and of most pages
    they are not asked for."""
    sums: dict[Key, _Sum] = {}
    for box in boxes:
        gifts: Gifts = cache.value(box.gifts, Gifts)
        for key, data in gifts.items():
            known = sums.get(key)
            if known is None:
                sums[key] = _Sum(hashlib.sha256(data), len(data))
            else:
                known.digest.update(data)
                known.size += len(data)
    return sums


def _gifts(wanted: set[Key], boxes: Iterable[Box], cache: Cache) -> dict[Key, list[bytes]]:
    """What all boxes give to these pages."""
    pieces: dict[Key, list[bytes]] = {}
    for box in boxes:
        gifts: Gifts = cache.value(box.gifts, Gifts)
        for key in wanted & gifts.keys():
            pieces.setdefault(key, []).append(gifts[key])
    return pieces


def _decoded(pieces: Iterable[bytes]) -> list[Gift]:
    return [gift for piece in pieces for gift in msgspec.msgpack.decode(piece, type=list[Gift])]
