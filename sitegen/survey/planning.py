"""Plans the pages: those of places, sources, claims and days follow from what their own file says and what articles give to them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import cast

import msgspec

from sitegen import urls
from sitegen.archive import plan, timeline
from sitegen.archive.claimchecks import Stated, Told, of_claim
from sitegen.archive.corrections import all_corrected
from sitegen.archive.index import Index
from sitegen.archive.tallies import statements, tallies, trace
from sitegen.archive.targets import Atlas, DayTarget, Target, TimeTarget, happened_of, happening, months_of, pages_of, targets_of
from sitegen.archive.timeline import Happened
from sitegen.archive.timepages import Named, pages_of_time
from sitegen.cache import Memory
from sitegen.model import records
from sitegen.model.article import Entry, Key
from sitegen.model.base import Value
from sitegen.model.box import Box, Gift, Gifts
from sitegen.model.digest import Digest
from sitegen.model.history import Past
from sitegen.model.kinds import ARTICLES, CLAIMS, KINDS
from sitegen.model.pages import Page, Planned
from sitegen.model.prepared import prepared
from sitegen.model.problem import Code, Problem
from sitegen.model.records import Config
from sitegen.model.tally import SHORT, Series, Tally
from sitegen.survey.indexing import languages

AT_ONCE = 192 * 1024 * 1024
"""Bytes of gifts that are held in memory at once."""


class Made(Value, frozen=True):
    """The pages of a target, and what is wrong with it by all that articles give to it.

    `cards`: what other pages may show of it in a line, each with the names of the cards behind it, a line each. `speakers`: the sources
    that are credited on a claim; `newest`: the day of its newest figure, and the article that states it; empty where there is none.
    `is_apart`: whether figures of several voices do not meet. `months`: how many articles name a place or topic in which month, and where
    its pages tell it; `happening`: how many statements about it say that something happened in which; `happened`: what is said to have
    happened in a stretch of time."""

    outlines: tuple[plan.Outline, ...]
    told: tuple[Told, ...]
    cards: tuple[tuple[Key, Digest, str], ...]
    speakers: tuple[str, ...]
    newest: tuple[str, str]
    is_apart: bool
    months: tuple[tuple[str, int, str], ...] = ()
    happening: tuple[tuple[str, int], ...] = ()
    happened: tuple[Happened, ...] = ()


class Given:
    """What all articles give to one page. Known by its digest; `pieces` (each a list of `Gift`, encoded) are fetched where the pages are
    made."""

    def __init__(self, digest: Digest) -> None:
        self.digest = digest
        self.pieces: list[bytes] = []

    @property
    def gifts(self) -> list[Gift]:
        return [gift for piece in self.pieces for gift in _gifts(piece)]


_NOTHING = Digest(hashlib.sha256().digest())
_gifts = msgspec.msgpack.Decoder(prepared(list[Gift])).decode


def planned(
    archive: Index,
    boxes: Sequence[Box],
    config: Config,
    memory: Memory,
    jobs: int,
    pasts: Mapping[str, Past],
    atlas: Atlas | None = None,
    own: Iterable[str] = (),
) -> tuple[list[Planned], list[Problem]]:
    """Every page of the site but that of its checks, and what is wrong with entries by what articles give to them. `pasts`: what Git tells
    of files, by their paths; `atlas` what maps show, None where none are made; `own`: addresses of files
    that are published as they are."""
    problems = []
    of_articles = timeline.reported(archive.articles)
    given = _given(boxes)
    targets = list(
        _made(
            targets_of(archive, given.keys(), pasts, config.calendars, of_articles, atlas, are_fed=config.outputs.feeds),
            given,
            boxes,
            memory,
            jobs,
        )
    )
    for stretch in timeline.stretches(of_articles):
        archive.cards[stretch.key] = memory.keep(stretch)
    for _, made in targets:
        archive.cards.update((key, found) for key, found, _ in made.cards)
        archive.behind.update((key, names) for key, _, names in made.cards if names)
    archive.shown.update(archive.cards)
    archive.shown.update((key, plan.with_behind(archive.cards[key], names, archive.cards)) for key, names in archive.behind.items())
    pages = list(plan.articles(archive))
    for target, made in targets:
        pages += [plan.planned(outline, archive.shown) for outline in made.outlines]
        told = ((cast("Code", one.code), one.message, one.hint) for one in made.told)
        problems += [Problem(archive.heads[target.key].path, 1, *one, "warning") for one in told]
    withdrawn = [(key, head.card_digest) for key, head in archive.heads.items() if archive.status[key] == "withdrawn"]
    withdrawn += [one for box in boxes for one in box.withdrawn]
    redirects = redirects_of(archive, boxes)
    speakers = {target.key: made.speakers for target, made in targets if made.speakers}
    newest = sorted((*made.newest, target.key) for target, made in targets if made.newest[1])
    is_apart = {target.key for target, made in targets if made.is_apart}
    apart = [claim for _, _, claim in reversed(newest) if claim in is_apart]
    for page in plan.others(
        archive,
        config,
        withdrawn,
        redirects,
        speakers,
        [(claim, article) for _, article, claim in reversed(newest)],
        apart,
        all_corrected(archive, boxes),
        languages(boxes, config.lang),
        own,
    ):
        pages.append(kept(page, archive, memory))
    of_events = timeline.happened(one for _, made in targets for one in made.happened)
    subjects = [Named(target.key, made.months) for target, made in targets if made.months]
    of_subjects = [
        Named(target.key, tuple((period, count, of_events.told_at(period)) for period, count in made.happening))
        for target, made in targets
        if made.happening
    ]
    pages += [kept(page, archive, memory) for page in pages_of_time((of_articles, of_events), (subjects, of_subjects))]
    if config.outputs.sitemap:
        pages += [kept(page, archive, memory) for page in list(plan.sitemaps(pages, archive))]
    return pages, problems


def kept(page: Page, archive: Index, memory: Memory) -> Planned:
    """A page with its cards; its argument list is kept under its digest."""
    return plan.planned(plan.outlined(page, memory.keep(page)), archive.shown)


def _made(
    targets: Iterable[Target], given: Mapping[Key, Given], boxes: Sequence[Box], memory: Memory, jobs: int
) -> Iterator[tuple[Target, Made]]:
    """The pages that articles give to; made where they are not known, as many at once as their gifts leave room for."""
    targets = list(targets)
    asked = [(target, given.get(target.key) or Given(_NOTHING)) for target in targets]
    known = memory.recalled(made_of, asked)
    missing = [number for number, one in enumerate(known) if one is None]
    sizes = _sizes({asked[number][0].key for number in missing}, boxes) if missing else {}
    for some in _parts(missing, [sizes.get(asked[number][0].key, 0) for number in missing]):
        _fetch({asked[number][0].key: asked[number][1] for number in some}, boxes, memory)
        made = memory.spread(lambda number: memory.memo(made_of, *asked[number]), some, jobs, few=400)
        for number, one in zip(some, made, strict=True):
            known[number] = one
            asked[number][1].pieces.clear()
    for target, found in zip(targets, known, strict=True):
        if found is not None:
            yield target, found


def made_of(memory: Memory, target: Target, given: Given) -> Made:
    """The pages of a target; the argument list of each is kept under its digest. A claim is checked by what is stated of it."""
    gifts = given.gifts
    if isinstance(target, DayTarget):
        outlines = tuple(plan.outlined(page, memory.keep(page)) for page in pages_of(target, gifts))
        return Made(outlines, (), (), (), ("", ""), False)
    if isinstance(target, TimeTarget):
        return Made((), (), (), (), ("", ""), False, happened=tuple(happened_of(gifts)))
    is_claim = target.kind == CLAIMS.plural
    stated = statements(gifts) if is_claim else []
    summed = tuple(tallies(target.key, gifts, stated, dict(target.parents), is_added=target.is_added))
    whole = [one for one in summed if isinstance(one, Tally) or one.month != SHORT]
    pages = pages_of(target, gifts, [one.key for one in whole] if is_claim else [])
    outlines = tuple(plan.outlined(page, memory.keep(page)) for page in pages)
    cards = tuple((one.key, memory.keep(one), "\n".join(one.named)) for one in summed)
    if target.is_mapped:
        traced = trace(target.key, gifts)
        cards += ((traced.key, memory.keep(traced), ""),)
    tally = next(one for one in summed if isinstance(one, Tally))
    newest = (tally.latest.day, ARTICLES.key(tally.latest.article)) if tally.latest else ("", "")
    told: tuple[Told, ...] = ()
    if is_claim:
        record = memory.value(target.entry, Entry).record
        assert isinstance(record, records.Claim)
        readings = [one for month in whole if isinstance(month, Series) for one in month.readings]
        told = of_claim(Stated(record, [(gift.stem, one) for gift, one in stated], readings, tally))
    is_mentioned = bool(KINDS[target.kind].letter)
    months = months_of(target, gifts) if is_mentioned else ()
    return Made(outlines, told, cards, tally.speakers, newest, not tally.meet, months, happening(gifts) if is_mentioned else ())


def redirects_of(archive: Index, boxes: Iterable[Box]) -> list[tuple[str, Key]]:
    """Old addresses, as they lie (`urls.redirect_address`), each with the page to which it leads."""
    of_entries = ((old, key) for key, head in archive.heads.items() if archive.status[key] != "hidden" for old in head.redirect_from)
    of_articles = (one for box in boxes for one in box.redirects)
    return [(urls.redirect_address(old), key) for old, key in (*of_entries, *of_articles)]


def _parts(items: Sequence[int], sizes: Iterable[int]) -> Iterator[list[int]]:
    """The items in runs whose sizes come to `AT_ONCE` or little more."""
    part: list[int] = []
    room = AT_ONCE
    for item, total in zip(items, accumulate(sizes), strict=True):
        part.append(item)
        if total >= room:
            yield part
            part, room = [], total + AT_ONCE
    if part:
        yield part


def _given(boxes: Iterable[Box]) -> dict[Key, Given]:
    """What all boxes give to each page, in short: the gifts themselves would fill the memory of a large archive, and of most pages
    they are not asked for."""
    sums: dict[Key, hashlib._Hash] = {}
    for box in boxes:
        for key, row in box.giving:
            known = sums.get(key)
            if known is None:
                known = sums[key] = hashlib.sha256()
            known.update(row)
    return {key: Given(Digest(found.digest())) for key, found in sums.items()}


def _sizes(keys: Collection[Key], boxes: Iterable[Box]) -> dict[Key, int]:
    """How many bytes are given to each of some pages."""
    out: dict[Key, int] = {}
    for box in boxes:
        for key, size in box.giving.sizes:
            if key in keys:
                out[key] = out.get(key, 0) + size
    return out


def _fetch(wanted: Mapping[Key, Given], boxes: Iterable[Box], memory: Memory) -> None:
    """Fetches what is given to these pages."""
    for box in boxes:
        asked = wanted.keys() & box.giving.keys
        if asked:
            gifts = memory.value(box.gifts, Gifts)
            for key in asked:
                wanted[key].pieces.append(gifts[key])
