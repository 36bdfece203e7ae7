"""The pages of a long list: how each is called, and which come before and after it.

Dated lists count their pages from the oldest, so that a new entry leaves the others where they are; all else from the first.
"""

from __future__ import annotations

from sitegen import urls
from sitegen.model.pages import Paging
from sitegen.speech import Speech
from sitegen.views.shelf import Shelf
from sitegen.views.types import LinkView, PagingView


def paging_view(paging: Paging, shelf: Shelf, *, dated: bool = True) -> PagingView:
    """The neighbours of one page of a long list."""

    def at(number: int | None, text: str) -> LinkView | None:
        if number is None:
            return None
        return LinkView(text, shelf.href(urls.numbered(paging.address, number) if number else paging.address))

    number, speech = paging.number, shelf.speech
    if not dated:
        label = speech.gettext("Page %(number)s") % {"number": number + 1} if number or paging.on else ""
        front = at(0, speech.gettext("First page")) if number > 1 else None
        newer, older = at(paging.back, speech.gettext("Previous page")), at(paging.on, speech.gettext("Next page"))
        return PagingView(label, newer, older, front)
    label = speech.gettext("Page %(number)s, counted from the oldest") % {"number": number} if number else ""
    front = at(0, speech.gettext("Newest entries")) if number else None
    newer, older = at(paging.back, speech.gettext("Newer entries")), at(paging.on, speech.gettext("Older entries"))
    return PagingView(label, newer, older, front)


def numbered(title: str, paging: Paging, speech: Speech, *, dated: bool = True) -> str:
    """The title of one page of a long list: the front has the list's own."""
    if not paging.number:
        return title
    number = paging.number if dated else paging.number + 1
    return speech.gettext("%(title)s (page %(number)s)") % {"title": title, "number": number}
