"""What stands above what: places within places, sources and topics within theirs, and the pages that a record names besides."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sitegen.archive.index import Index, meant
from sitegen.model.article import EntryCard, Key
from sitegen.model.kinds import CLAIMS, subjects
from sitegen.model.site import Head


def relations(index: Index) -> dict[Key, list[Key]]:
    """To each subject those that stand within it, belong to it or name it."""
    out: dict[Key, list[Key]] = {}
    for kind in subjects():
        for head in index.public(kind.plural):
            for key in (*_up(head), *_related(head)):
                out.setdefault(key, []).append(head.card.key)
    return out


def parts_of(index: Index) -> dict[Key, tuple[Key, ...]]:
    """To each claim those that are parts of it, by its own record (`total-of`) or by theirs (`part-of`)."""
    out: dict[Key, set[Key]] = {}
    for head in index.public(CLAIMS.plural):
        for how, key in head.card.relations if isinstance(head.card, EntryCard) else ():
            if how == "total-of":
                out.setdefault(head.card.key, set()).add(key)
            elif how == "part-of":
                out.setdefault(key, set()).add(head.card.key)
    return {total: tuple(sorted(some - {total})) for total, some in out.items()}


def above(head: Head, index: Index) -> tuple[Key, ...]:
    """What the page of an entry may show besides what leads to it: what it stands within, the pages that its record and its body name,
    its pictures."""
    named = (key for reference in head.references for key in meant(reference.kind, reference.id))
    return tuple(sorted({*islice(_ancestors(head, index), LEVELS), *_related(head), *named, *(f"images/{file}" for file in head.images)}))


def containers(head: Head, index: Index) -> Iterator[Key]:
    """What an entry stands within, the nearest first."""
    return islice(_ancestors(head, index), LEVELS)


def _up(head: Head) -> list[Key]:
    """What an entry stands within: of several the nearest."""
    return list(head.card.above[:1]) if isinstance(head.card, EntryCard) else []


def _related(head: Head) -> list[Key]:
    """The other pages that the record of an entry names."""
    return [key for _, key in head.card.relations] if isinstance(head.card, EntryCard) else []


LEVELS = 20
"""Places, or sources, that may stand above one, each within the next: its page shows them all."""


def is_too_deep(head: Head, index: Index) -> bool:
    """Whether more stand above an entry than may."""
    return next(islice(_ancestors(head, index), LEVELS, None), None) is not None


def is_in_circle(head: Head, index: Index) -> bool:
    """Whether an entry stands, by way of others, within itself."""
    return head.card.key in _ancestors(head, index)


def _ancestors(head: Head, index: Index) -> Iterator[Key]:
    """What an entry stands within, and that in turn; safe against circles."""
    seen: set[Key] = set()
    up = _up(head)
    while up and up[0] not in seen and up[0] in index.heads:
        seen.add(up[0])
        yield up[0]
        up = _up(index.heads[up[0]])
