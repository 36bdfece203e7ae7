"""The pages to which articles give: of places, topics, sources, claims and days, and the timeline; what each is made from.

Pure functions of the index and of what articles give. A page names the cards that it may show; only those of public pages are in
`Index.cards`, so that nothing else can be shown.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from sitegen import urls
from sitegen.archive import feeding, paging, usage
from sitegen.archive.index import Index, address_of
from sitegen.archive.lineage import above, containers, parts_of, relations
from sitegen.archive.timeline import TIMES, Happened, Timeline, anchor_of, times_key
from sitegen.model.article import EntryCard, Key
from sitegen.model.base import Value
from sitegen.model.box import Gift
from sitegen.model.dates import holding
from sitegen.model.digest import Digest, encode
from sitegen.model.history import Past
from sitegen.model.kinds import ARTICLES, CLAIMS, KINDS, PLACES, SOURCES, TOPICS, subjects
from sitegen.model.pages import Contributed, DayPage, EntryPage, Page, StretchAt
from sitegen.model.prepared import prepared
from sitegen.model.records import Calendar
from sitegen.model.site import Appearance, Contribution

_contribution = msgspec.msgpack.Decoder(prepared(Contribution)).decode
Day = tuple[str, int]
"""A calendar and the number of a day in it."""


class EntryTarget(Value, frozen=True, tag=True):
    """A place, source or claim that articles give to: what its own file and its relations say of its pages. `parents`: for a claim, of the
    sources that belong to another the id of that. `parts`: the claims that are parts of it; `is_added`: whether it is a total or a part.
    `past`: what Git tells of a claim's file, where it is asked. `near`, `shapes`: as of `EntryPage`; `is_mapped`: whether the page of the
    map asks which articles lead to it; `is_fed`: whether it has a feed."""

    kind: str
    stem: str
    entry: Digest
    above: tuple[Key, ...]
    related: tuple[Key, ...]
    parents: tuple[tuple[str, str], ...]
    parts: tuple[Key, ...] = ()
    is_added: bool = False
    past: Past | None = None
    near: tuple[Key, ...] = ()
    shapes: tuple[tuple[Key, Digest], ...] = ()
    is_mapped: bool = False
    is_fed: bool = False

    @property
    def key(self) -> Key:
        return f"{self.kind}/{self.stem}"


class DayTarget(Value, frozen=True, tag=True):
    """A day that articles give to: those of that day, and the numbers of the days before and after it in its calendar."""

    calendar: str
    number: int
    articles: tuple[Key, ...]
    older: int | None
    newer: int | None
    timeline: StretchAt
    places: tuple[Key, ...] = ()

    @property
    def key(self) -> Key:
        return f"days/{self.calendar}/{self.number}"


class TimeTarget(Value, frozen=True, tag=True):
    """A stretch of time in which articles say that something happened: a month, a year, or all ("")."""

    period: str

    @property
    def key(self) -> Key:
        return times_key(self.period)


Target = EntryTarget | DayTarget | TimeTarget


class Atlas(NamedTuple):
    """What maps show of places: their neighbours, and the outlines of those that have one."""

    near: Mapping[Key, tuple[Key, ...]]
    shapes: Mapping[Key, Digest]


def targets_of(
    index: Index,
    stated: Collection[Key],
    pasts: Mapping[str, Past],
    calendars: Mapping[str, Calendar],
    timeline: Timeline,
    atlas: Atlas | None = None,
    *,
    are_fed: bool = False,
) -> Iterator[Target]:
    """Every page that articles may give to. `stated`: the days (`days/CALENDAR/N`) and stretches of time (`when/1911-07`) of which they
    state something; `pasts`: what Git tells of files, by their paths; `timeline`: that of the articles; `atlas`: None where no maps are
    made; `are_fed`: whether entries have feeds."""
    related = relations(index)
    cards = [head.card for head in index.public(SOURCES.plural)]
    parts = parts_of(index)
    added = {*parts, *(part for some in parts.values() for part in some)}
    parents = tuple((card.stem, above.partition("/")[2]) for card in cards if isinstance(card, EntryCard) for above in card.above[:1])
    for kind in subjects():
        for head in index.public(kind.plural):
            key = head.card.key
            up = above(head, index)
            yield EntryTarget(
                kind=kind.plural,
                stem=head.card.stem,
                entry=head.value,
                above=up,
                related=tuple(related.get(key, ())),
                parents=parents if kind is CLAIMS else (),
                parts=parts.get(key, ()),
                is_added=key in added,
                past=pasts.get(head.path),
                near=atlas.near.get(key, ()) if atlas else (),
                shapes=_shapes(key, index, atlas.shapes) if atlas and atlas.shapes else (),
                is_mapped=atlas is not None and (kind is TOPICS or (isinstance(head.card, EntryCard) and head.card.spot is not None)),
                is_fed=are_fed,
            )
    yield from _days(index, [key for key in stated if key.startswith("days/")], calendars, timeline, is_mapped=atlas is not None)
    for key in sorted(stated):
        if key.startswith(TIMES):
            yield TimeTarget(key.removeprefix(TIMES))


def _shapes(key: Key, index: Index, shapes: Mapping[Key, Digest]) -> tuple[tuple[Key, Digest], ...]:
    """The outline of a place, and that of the nearest place with one that it lies in."""
    around = next(((one, shapes[one]) for one in containers(index.heads[key], index) if one in shapes), None)
    own = ((key, shapes[key]),) if key in shapes else ()
    return (*own, around) if around else own


def pages_of(target: EntryTarget | DayTarget, gifts: Iterable[Gift], summed: Iterable[Key] = ()) -> Iterator[Page]:
    """The page of a target, the numbered pages behind it, and its feed. `summed`: of a claim its tally, and the months of its readings in
    order."""
    leading = _newest_first(gifts)
    if isinstance(target, DayTarget):
        address = urls.day_address(target.calendar, target.number)
        found, needs = _found(leading), _needs(leading)
        yield DayPage(
            address=address,
            calendar=target.calendar,
            number=target.number,
            articles=target.articles,
            found=found,
            cards=needs,
            older=target.older,
            newer=target.newer,
            timeline=target.timeline,
            places=target.places,
        )
        return
    is_mentioned = bool(KINDS[target.kind].letter)
    for place, shown in paging.dated(leading, address_of(target.key)):
        is_front = not place.number
        yield EntryPage(
            address=paging.page_address(place),
            kind=target.kind,
            entry=target.entry,
            cards=tuple(sorted({*target.above, *_needs(shown)})),
            related=target.related,
            found=_found(shown),
            paging=place,
            total=len(leading) if is_front else None,
            forms=usage.forms(leading) if is_front and is_mentioned else (),
            months=usage.months(gift.order for gift in leading) if is_front and is_mentioned else (),
            summed=tuple(summed) if is_front else (),
            parts=target.parts if is_front else (),
            past=target.past if is_front else None,
            near=target.near if is_front else (),
            shapes=target.shapes if is_front else (),
        )
    if target.is_fed:
        yield feeding.of_subject(target.key, leading)


def happened_of(gifts: Iterable[Gift]) -> Iterator[Happened]:
    """What articles say to have happened, each with the time that it can be of."""
    for gift in gifts:
        times: dict[tuple[str, str], list[Appearance]] = {}
        for one in _contribution(gift.value).appearances:
            if one.when is not None:
                times.setdefault((one.when.date.first, one.when.date.last), []).append(one)
        for (first, last), some in times.items():
            shown = Contributed(ARTICLES.key(gift.stem), encode(Contribution(appearances=tuple(some))))
            yield Happened(first, last, shown, len(some), gift.needs)


def happening(gifts: Iterable[Gift]) -> tuple[tuple[str, int], ...]:
    """In which months, or years where no month is known, how many statements about a place or topic say that something happened."""
    dates = (one.when.date for gift in gifts for one in _contribution(gift.value).appearances if one.when is not None)
    counts = Counter(holding(date.first, date.last)[:7] for date in dates)
    return tuple(sorted((period, count) for period, count in counts.items() if period))


def months_of(target: EntryTarget, gifts: Iterable[Gift]) -> tuple[tuple[str, int, str], ...]:
    """How many articles name a place or topic in which month, and the address at which its pages tell the first of them."""
    leading = _newest_first(gifts)
    counts = usage.months(gift.order for gift in leading)
    if not counts:
        return ()
    told: dict[str, str] = {}
    front, *others = paging.dated(leading, address_of(target.key))
    for place, shown in (*others, front):  # from the oldest: a month that goes on on the next page begins on the newer one
        for month, _ in usage.months(gift.order for gift in shown):
            told[month] = f"{paging.page_address(place)}#{anchor_of(month)}"
    return tuple((month, count, told[month]) for month, count in counts)


def _days(
    index: Index, stated: Iterable[Key], calendars: Mapping[str, Calendar], timeline: Timeline, *, is_mapped: bool
) -> Iterator[DayTarget]:
    """Every day that has a page, in the order of its calendar."""
    dated: dict[Day, list[Key]] = {}
    places: dict[Day, set[Key]] = {}
    for slip in index.articles:
        if slip.day is not None:
            dated.setdefault(slip.day, []).append(ARTICLES.key(slip.stem))
            if is_mapped:
                places.setdefault(slip.day, set()).update(one for one in slip.names.split("\n") if one.startswith(PLACES.key("")))
    for key in stated:
        _, calendar, number = key.split("/")
        dated.setdefault((calendar, int(number)), [])
    order = sorted(dated)
    for position, day in enumerate(order):
        before = order[position - 1] if position else None
        after = order[position + 1] if position + 1 < len(order) else None
        older = before[1] if before and before[0] == day[0] else None
        newer = after[1] if after and after[0] == day[0] else None
        date = _date(calendars[day[0]], day[1])
        there = timeline.page_of(date), timeline.told_at(date)
        yield DayTarget(*day, tuple(dated[day]), older, newer, there, tuple(sorted(places.get(day, ()))))


def _date(calendar: Calendar, number: int) -> str:
    """The date (ISO) of a day of a calendar."""
    return (datetime.date.fromisoformat(calendar.epoch) + datetime.timedelta(days=number - calendar.first_day)).isoformat()


def _newest_first(gifts: Iterable[Gift]) -> list[Gift]:
    """By the articles' dates, newest first; undated ones last; equal dates by address."""
    return sorted(gifts, key=lambda gift: (gift.order, gift.stem), reverse=True)


def _found(gifts: Iterable[Gift]) -> tuple[Contributed, ...]:
    return tuple(Contributed(ARTICLES.key(gift.stem), gift.value) for gift in gifts)


def _needs(gifts: Iterable[Gift]) -> tuple[Key, ...]:
    return tuple(sorted({need for gift in gifts for need in gift.needs}))
