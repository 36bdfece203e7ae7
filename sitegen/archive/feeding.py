"""What stands in feeds: the articles to which something happened last, as far as editors have written down what happened here; else by the
dates of the articles."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence

from sitegen import urls
from sitegen.archive.index import address_of
from sitegen.archive.tallies import date_of
from sitegen.model.article import Key
from sitegen.model.box import Gift, Slip
from sitegen.model.digest import Digest
from sitegen.model.kinds import ARTICLES
from sitegen.model.pages import Fed, Feed

NOT_WHOLE = Digest(b"")
"""In the place of the text of an article of which not all may be shown."""
LATEST = 20
"""Entries of a feed."""


def updated_of(changed: str, order: str) -> str:
    """The last day on which something happened to an article here, as far as editors say; else the day of the article, the first that its
    date can mean; empty where nobody says either."""
    date = date_of(order)
    return changed or (date.first if date else "")


def newest(slips: Iterable[Slip]) -> tuple[Fed, ...]:
    """Of all articles those to which something happened last, each with its text, where all of that may be shown."""
    dated = ((updated_of(slip.changed, slip.order), slip) for slip in slips)
    latest = heapq.nlargest(LATEST, dated, key=lambda one: (one[0], one[1].order, one[1].stem))
    return tuple(Fed(ARTICLES.key(slip.stem), slip.was, day, slip.value if slip.full else NOT_WHOLE) for day, slip in latest)


def of_subject(subject: Key, gifts: Sequence[Gift]) -> Feed:
    """The feed of a place, topic, source or claim: what articles say of it."""
    latest = heapq.nlargest(LATEST, gifts, key=lambda one: (one.updated, one.order, one.stem))
    entries = tuple(Fed(ARTICLES.key(one.stem), one.was, one.updated, given=one.value) for one in latest)
    needs = tuple(sorted({need for one in latest for need in one.needs}))
    return Feed(urls.feed_of(address_of(subject)), subject, entries, cards=needs)
