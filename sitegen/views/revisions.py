"""What editors changed of a claim between two states that were published, in words of the format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TypeVar

from sitegen.model import records
from sitegen.model.history import Past, Said
from sitegen.model.kinds import CLAIMS, SOURCES
from sitegen.views import words
from sitegen.views.shelf import Shelf
from sitegen.views.types import ChangeView, RevisionView

T = TypeVar("T")


def revisions(past: Past, shelf: Shelf) -> Iterator[RevisionView]:
    """The changes of a claim's file, the newest first; at last that it was first written, where that is known."""
    for after, before in pairwise(past.states):
        yield RevisionView(words.day_view_of(after.day, shelf.speech), tuple(_changes(before.said, after.said, shelf)))
    if not past.since:
        first = ChangeView(_word("first", shelf), "", "")
        yield RevisionView(words.day_view_of(past.states[-1].day, shelf.speech), (first,))


def _changes(before: Said | None, after: Said | None, shelf: Shelf) -> Iterator[ChangeView]:
    """What differs between two states, key by key."""
    if before is None or after is None:
        yield ChangeView(_word("unread", shelf), "", "")
        return
    texts = zip(_texts(before, shelf).items(), _texts(after, shelf).values(), strict=True)
    for (key, old), new in texts:
        if old != new:
            yield ChangeView(_word(key, shelf), old, new)
    yield from _listed("relations", before.relations, after.relations, _relation, shelf)
    yield from _listed("breaks", before.breaks, after.breaks, _break, shelf)
    yield from _listed("assessment", before.assessment, after.assessment, _assessment, shelf)
    if before.body != after.body:
        yield ChangeView(_word("body", shelf), "", "")


def _word(name: str, shelf: Shelf) -> str:
    return shelf.speech.gettext(words.CHANGES[name])


def _texts(said: Said, shelf: Shelf) -> dict[str, str]:
    """What stands under each key that holds one value."""
    measure = said.measure
    return {
        "title": said.title,
        "kind": words.category(shelf.speech, CLAIMS.plural, said.kind),
        "unit": measure.unit if measure else "",
        "about": (measure.about or "") if measure else "",
        "cumulative": _word("yes" if measure.cumulative else "no", shelf) if measure else "",
    }


def _listed(key: str, before: tuple[T, ...], after: tuple[T, ...], text: Callable[[T, Shelf], str], shelf: Shelf) -> Iterator[ChangeView]:
    """What went from a list, and what came. Where the words are the same, for what differs is not in them, only that it was changed."""
    gone, new = Counter(before) - Counter(after), Counter(after) - Counter(before)
    if not gone and not new:
        return
    label = _word(key, shelf)
    old, now = ("; ".join(text(one, shelf) for one in some.elements()) for some in (gone, new))
    if old == now:
        yield ChangeView(_word("other", shelf) % {"key": label}, "", "")
    else:
        yield ChangeView(label, old, now)


def _relation(one: records.ClaimRelation, shelf: Shelf) -> str:
    how = shelf.speech.gettext(words.RELATIONS[one.type][0])
    return f"{how} {shelf.title(CLAIMS.key(one.claim)) or _word('hidden', shelf)}"


def _break(one: records.Break, shelf: Shelf) -> str:
    source = shelf.title(SOURCES.key(one.source)) if one.source else ""
    return ": ".join(part for part in (words.date_view(one.date, shelf.speech).text, source, one.why) if part)


def _assessment(one: records.Assessment, shelf: Shelf) -> str:
    return f"{one.verdict} ({one.by}, {words.day_view_of(one.date, shelf.speech).text}): {one.why}"
