"""How long lists are cut into pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sitegen import urls
from sitegen.model.pages import PAGE_SIZE, Paging

T = TypeVar("T")


def dated(items: Sequence[T], address: str) -> Iterator[tuple[Paging, Sequence[T]]]:
    """A long list, newest first, cut into its front and the numbered pages behind it.

    The front shows the newest; the numbered pages hold the others, number 1 the oldest, so that a new entry changes the
    front and the last numbered page alone. A short list has only its front.
    """
    older = items[PAGE_SIZE:]
    count = -(-len(older) // PAGE_SIZE)
    yield Paging(address, 0, on=count or None), items[:PAGE_SIZE]
    for number in range(1, count + 1):
        stop = len(older) - (number - 1) * PAGE_SIZE
        newer = number + 1 if number < count else None
        yield Paging(address, number, newer, number - 1 if number > 1 else None), older[max(0, stop - PAGE_SIZE) : stop]


def named(items: Sequence[T], address: str) -> Iterator[tuple[Paging, Sequence[T]]]:
    """A long list in the order of its titles, cut into pages from the first."""
    chunks = [items[start : start + PAGE_SIZE] for start in range(0, len(items), PAGE_SIZE)] or [items]
    for number, chunk in enumerate(chunks):
        yield Paging(address, number, number - 1 if number else None, number + 1 if number + 1 < len(chunks) else None), chunk


def page_address(paging: Paging) -> urls.Address:
    return urls.numbered(paging.address, paging.number) if paging.number else urls.Address(paging.address)
