"""What the view of an entry is made with, and which function gives that of which record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from sitegen.model import records
from sitegen.model.article import Card, EntryCard, Key
from sitegen.model.history import Past
from sitegen.model.tally import Reading
from sitegen.views.shelf import Shelf
from sitegen.views.types import (
    BlockView,
    CardView,
    CorrectionView,
    FormView,
    FoundView,
    Frame,
    MapView,
    PageView,
    PagingView,
    StripView,
)


class Subject(NamedTuple):
    """What the view of every kind is made with. `within` are the pages that it stands within, `related` those that stand within it or name
    it, and `contents` of these the ones that stand within it."""

    frame: Frame
    card: EntryCard
    kind: str
    within: tuple[CardView, ...]
    contents: tuple[CardView, ...]
    related: Sequence[Card]
    blocks: tuple[BlockView, ...]
    found: tuple[FoundView, ...]
    total: int | None
    paging: PagingView
    review: str
    shelf: Shelf
    forms: tuple[FormView, ...]
    strip: StripView | None
    readings: tuple[Reading, ...]
    corrections: tuple[CorrectionView, ...]
    parts: tuple[Key, ...]
    past: Past | None
    map: MapView | None

    def named(self, how: str) -> tuple[CardView, ...]:
        """The pages that its record names under a key, as far as they may be shown."""
        return self.shelf.known(key for one, key in self.card.relations if one == how)

    def naming(self, kind: str, how: str) -> tuple[CardView, ...]:
        """The pages of a kind that name it under a key."""
        return tuple(
            self.shelf.card(one)
            for one in self.related
            if isinstance(one, EntryCard) and one.kind == kind and (how, self.card.key) in one.relations
        )


R = TypeVar("R", bound=records.Page)
V = TypeVar("V")
VIEWS: dict[type[records.Page], Callable[[Any, Subject], PageView]] = {}


def view_of(record: type[R]) -> Callable[[Callable[[R, Subject], PageView]], Callable[[R, Subject], PageView]]:
    """That a function gives the view of the pages whose files hold this record."""

    def say(view: Callable[[R, Subject], PageView]) -> Callable[[R, Subject], PageView]:
        VIEWS[record] = view
        return view

    return say


def each(shown: Iterable[V]) -> tuple[V, ...]:
    """Each once, in order."""
    return tuple(dict.fromkeys(shown))


# Translators: degrees as an atlas writes them.
