"""The lists of the site: every kind's, and the parts of it by kind, year and source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from sitegen import urls
from sitegen.archive import paging
from sitegen.archive.index import Index
from sitegen.model.article import EntryCard, Key
from sitegen.model.kinds import ARTICLES, CLAIMS, SOURCES, subjects
from sitegen.model.pages import Facet, ListPage, Paging

FEW = 20
"""Of a list that is no longer, no parts are made: it is seen at a glance."""
_DIGITS = re.compile(r"([0-9]{1,18})")
Cut = Callable[[Sequence[Key], str], Iterator[tuple[Paging, Sequence[Key]]]]
Parts = Mapping[str, Sequence[Key]]
"""The value of a facet -> the pages of which it is true."""


def lists(index: Index, speakers: Mapping[Key, Sequence[str]]) -> Iterator[ListPage]:
    """Every list, page by page. `speakers`: claim -> the sources that are credited on it."""
    newest = [ARTICLES.key(slip.stem) for slip in index.articles]
    years: dict[str, list[Key]] = {}
    for slip in index.articles:
        if slip.order:
            years.setdefault(slip.order[:4], []).append(ARTICLES.key(slip.stem))
    yield from _list(ARTICLES.plural, newest, {"year": years}, paging.dated)
    for kind in subjects():
        heads = sorted(index.public(kind.plural), key=lambda head: (natural(head.card.title), head.card.stem))
        keys = [head.card.key for head in heads]
        facets: dict[str, Parts] = {"kind": _parts((head.card.key, [_category(head.card)]) for head in heads)}
        if kind is CLAIMS:
            public = {head.card.stem for head in index.public(SOURCES.plural)}
            credited = _parts((key, [one for one in speakers.get(key, ()) if one in public]) for key in keys)
            facets["source"] = dict(sorted(credited.items(), key=lambda one: natural(index.heads[SOURCES.key(one[0])].card.title)))
        yield from _list(kind.plural, keys, facets, paging.named)


def _list(kind: str, keys: Sequence[Key], facets: Mapping[str, Parts], cut: Cut) -> Iterator[ListPage]:
    """A list and its parts."""
    facets = {name: parts for name, parts in facets.items() if len(keys) > FEW and len(parts) > 1}
    counted = tuple(Facet(name, tuple((value, len(some)) for value, some in parts.items())) for name, parts in facets.items())
    whole = [("", "", keys)]
    for name, value, some in [*whole, *((name, value, some) for name, parts in facets.items() for value, some in parts.items())]:
        for place, shown in cut(some, urls.faceted(kind, name, value) if name else f"{kind}/"):
            yield ListPage(
                address=paging.page_address(place),
                kind=kind,
                cards=tuple(shown),
                paging=place,
                total=None if place.number else len(some),
                facets=counted if not name and not place.number else (),
                part=(name, value) if name else None,
            )


def _parts(pages: Iterable[tuple[Key, Sequence[str]]]) -> dict[str, list[Key]]:
    parts: dict[str, list[Key]] = {}
    for key, values in pages:
        for value in values:
            if value:
                parts.setdefault(value, []).append(key)
    return dict(sorted(parts.items()))


def _category(card: object) -> str:
    return card.category if isinstance(card, EntryCard) else ""


def natural(title: str) -> tuple[tuple[bool, int, str], ...]:
    """The order in which titles are listed: whatever their case, and by numbers where they have some.

    >>> sorted(["Sector 10", "sector 2", "Sector", "9 May"], key=natural)
    ['9 May', 'Sector', 'sector 2', 'Sector 10']
    """
    return tuple((False, int(part), "") if part.isdecimal() else (True, 0, part) for part in _DIGITS.split(title.casefold()) if part)
