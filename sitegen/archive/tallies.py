"""Entries by numbers: what all articles give to one, summed up for the pages that show it in a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import msgspec

from sitegen.archive.agreement import compared, relays, voices
from sitegen.model.article import ARTICLE_VOICE, Key, Statement
from sitegen.model.atlas import Trace
from sitegen.model.box import Gift
from sitegen.model.dates import Edtf, spanning
from sitegen.model.kinds import CLAIMS, SOURCES
from sitegen.model.prepared import prepared
from sitegen.model.records import When
from sitegen.model.site import Appearance, Contribution, Linked
from sitegen.model.tally import SHORT, Reading, Series, Tally, month_of, place_of, series_key

NEWEST = 60
"""Readings of totals and parts that are held together."""
_contribution = msgspec.msgpack.Decoder(prepared(Contribution)).decode


def statements(gifts: Iterable[Gift]) -> list[tuple[Gift, Appearance]]:
    """All that articles state of an entry, each with what gives it."""
    return [(gift, one) for gift in gifts for one in _contribution(gift.value).appearances]


def tallies(
    entry: Key, gifts: Sequence[Gift], stated: Sequence[tuple[Gift, Appearance]], parents: Mapping[str, str], *, is_added: bool
) -> Iterator[Tally | Series]:
    """The tally of an entry, and of a claim its readings month by month; of one that is a total or a part also the newest together.
    `stated`: of a claim its `statements`; `parents`: of sources that belong to another the id of that."""
    needs = {need for gift in gifts for need in gift.needs}
    claims, sources = (sum(need.startswith(kind.key("")) for need in needs) for kind in (CLAIMS, SOURCES))
    last = date_of(max((gift.order for gift in gifts), default=""))
    if not entry.startswith(CLAIMS.key("")):
        yield Tally(entry, len(gifts), claims, sources, last)
        return
    readings = sorted((_reading(gift, one) for gift, one in stated if one.figures), key=place_of)
    speakers = tuple(sorted({source for _, one in stated for source in one.sources}))
    parents = {**relays(one for _, one in stated), **parents}
    against = compared(readings, parents)
    yield Tally(
        of=entry,
        articles=len(gifts),
        claims=claims,
        sources=len(speakers),
        last=last,
        latest=readings[-1] if readings else None,
        speakers=speakers,
        voices=len(voices(speakers, parents)),
        compared=against.readings if against else (),
        meet=against.meet if against else True,
    )
    yield from _months(entry, readings)
    if is_added and readings:
        yield Series(entry, SHORT, tuple(readings[-NEWEST:]), None, None)


def trace(entry: Key, gifts: Iterable[Gift]) -> Trace:
    """Which articles lead to an entry, the newest last."""
    found = []
    for gift in sorted(gifts, key=lambda gift: (gift.order, gift.stem)):
        last, _, first = gift.order.partition(" ")
        month = last[:7] if last[:7] == first[:7] else ""
        sources, claims = (tuple(need for need in gift.needs if need.startswith(kind.key(""))) for kind in (SOURCES, CLAIMS))
        found.append((gift.stem, month, sources, claims))
    return Trace(entry, tuple(found))


def among(linked: Linked, order: str) -> Iterator[Key]:
    """The months of readings among which the figures stand that an article credits to somebody; `order` is its place by date."""
    for given in linked.given:
        if given.page.startswith(CLAIMS.key("")):
            for one in given.contribution.appearances:
                if one.figures and one.sources and ARTICLE_VOICE not in one.sources:
                    yield series_key(given.page, day_of(one, order))


def order_of(date: Edtf | None) -> str:
    """By what articles of a date are put in order: the day by which it is sorted, and the other end of what it can mean."""
    return f"{date.sort} {date.first if date.sort == date.last else date.last}" if date else ""


def date_of(order: str) -> Edtf | None:
    """The date that articles are ordered by, as far as it tells of theirs."""
    if not order:
        return None
    first, last = sorted(order.split(" "))
    return spanning(first, last)


def _months(entry: Key, readings: Sequence[Reading]) -> Iterator[Series]:
    months = [(month, tuple(some)) for month, some in groupby(readings, key=lambda one: month_of(one.day))]
    for number, (month, some) in enumerate(months):
        before = months[number - 1][1][-1] if number else None
        after = months[number + 1][1][0] if number + 1 < len(months) else None
        yield Series(entry, month, some, before, after)


def _reading(gift: Gift, one: Appearance) -> Reading:
    times = _times(one)
    how = next((number for number, time in enumerate(times) if time is not None), 0)
    return Reading(
        day=day_of(one, gift.order),
        article=gift.stem,
        id=one.id,
        sources=one.sources,
        figures=one.figures,
        time=times[how],
        how=how,
    )


def _times(one: Appearance | Statement) -> tuple[When | None, When | None, When | None]:
    return one.as_of, one.when, one.said


def day_of(one: Appearance | Statement, order: str) -> str:
    """The day by which a statement stands among the readings of its claim; `order` is the place of its article by date."""
    time = next((time for time in _times(one) if time is not None), None)
    return time.date.sort if time is not None else order.partition(" ")[0]
