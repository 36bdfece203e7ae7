"""Makes the index of the archive for those who search it: the files under `search/` (`finding.index`), each a function of what it is made
from, so that an edit makes few of them anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeVar

import msgspec

from sitegen.archive.boxes import boxes as in_boxes
from sitegen.archive.index import HOME, Index
from sitegen.cache import Memory
from sitegen.finding.index import FOLDER, LISTED, TERMS, TOGETHER, Shape, file_of, gaps, group_of, keys_of_entry, laid_together
from sitegen.model.article import Entry, Key
from sitegen.model.box import Box, FoundBy
from sitegen.model.digest import Digest
from sitegen.model.kinds import ARTICLES, PAGES, subjects

T = TypeVar("T")
FORMAT = 2
"""Of the files; `client/finder.js` reads this one."""
NAMED = 12
"""Signs of a digest in the name of a file."""
MONTH, YEAR = 32, 12 * 32
"""Days that a month and a year are given where days are numbered: all that have one number are of one year, and later ones have larger
numbers."""


class Group(NamedTuple):
    """Documents of one kind that lie together: their stems, and by what they are found."""

    kind: str
    stems: tuple[str, ...]
    found_by: Digest


class Documents(NamedTuple):
    """All that is to be found: the groups, those of articles first; and of each of those the days of its articles."""

    groups: tuple[Group, ...]
    days: tuple[tuple[int, ...], ...]


def documents(memory: Memory, archive: Index, boxes: Sequence[Box], lang: str) -> Documents:
    """What is to be found in the archive."""
    articles = [Group(ARTICLES.plural, tuple(slip.stem for slip in box.slips), box.found_by) for box in boxes]
    days = tuple(tuple(_day(slip.order) for slip in box.slips) for box in boxes)
    return Documents((*articles, *_entries(memory, archive, lang)), days)


def index_files(memory: Memory, of: Documents, jobs: int, *, again: bool = False) -> dict[str, Digest]:
    """The files of the index: address -> digest of the bytes. `again`: as in `filling.filled`."""
    groups = of.groups
    made = partial(each, memory, jobs=jobs, again=again)
    shape = Shape.of([len(group.stems) for group in groups], sum(map(len, of.days)))
    parts: dict[str, list[Digest]] = {}
    starts = range(0, len(groups), TOGETHER)
    asked = [(start, tuple(group.found_by for group in groups[start : start + TOGETHER]), shape) for start in starts]
    for laid in made(together, asked):
        for name, part in laid:
            parts.setdefault(name, []).append(part)
    public = _public(groups, shape)
    names = sorted(name for name in parts if name in public or name.startswith(TERMS))
    files = dict(zip(names, made(written, [(tuple(parts[name]), public.get(name)) for name in names]), strict=True))
    for number, start in enumerate(range(0, len(groups), LISTED)):
        files[f"documents-{number}"] = memory.keep_bytes(msgspec.json.encode([group.stems for group in groups[start : start + LISTED]]))
    files["days"] = memory.keep_bytes(msgspec.json.encode([gaps(days) for days in of.days]))
    kinds = {kind: sum(group.kind == kind for group in groups) for kind in dict.fromkeys(group.kind for group in groups)}
    manifest = {
        "format": FORMAT,
        "shape": {"width": shape.width, "prefix": shape.prefix, "files": shape.files, "parts": shape.parts},
        "listed": LISTED,
        "groups": list(kinds.items()),
        "year": YEAR,
        "files": {name: files[name].hex()[:NAMED] for name in sorted(files)},
    }
    # the names carry a digest, so that a page that was opened before the site was published anew finds no file that is not its own
    return {
        f"{FOLDER}manifest.json": memory.keep_bytes(msgspec.json.encode(manifest)),
        **{f"{FOLDER}{name}.{found.hex()[:NAMED]}.json": found for name, found in files.items()},
    }


def _public(groups: Iterable[Group], shape: Shape) -> dict[str, tuple[Key, ...]]:
    """Of each file of pages those that readers may see: articles also name others."""
    out: dict[str, list[Key]] = {}
    for group in groups:
        if group.kind != ARTICLES.plural:
            for stem in group.stems:
                key = f"{group.kind}/{stem}"
                out.setdefault(shape.file(key), []).append(key)
    return {name: tuple(keys) for name, keys in out.items()}


def languages(boxes: Iterable[Box], lang: str) -> tuple[str, ...]:
    """The languages of the archive, as far as words are told apart by them: its own first."""
    return tuple(dict.fromkeys([lang.partition("-")[0].lower(), *sorted({one for box in boxes for one in box.langs})]))


def _entries(memory: Memory, archive: Index, lang: str) -> Iterator[Group]:
    for kind in (*subjects(), PAGES):
        heads = {head.card.stem: head for head in archive.public(kind.plural) if head.card.key != HOME}
        for stems in in_boxes(sorted(heads)):
            yield Group(kind.plural, tuple(stems), memory.memo(entries, tuple(heads[stem].value for stem in stems), lang))


def entries(memory: Memory, values: tuple[Digest, ...], lang: str) -> Digest:
    """What some entries are found by."""
    return memory.keep(group_of(keys_of_entry(memory.value(one, Entry), lang) for one in values))


def together(memory: Memory, first: int, groups: tuple[Digest, ...], shape: Shape) -> tuple[tuple[str, Digest], ...]:
    """Some groups laid together, by file; `first` is the number of the first."""
    laid = laid_together(first, (memory.value(one, FoundBy) for one in groups), shape)
    return tuple((name, memory.keep(part)) for name, part in laid.items())


def written(memory: Memory, parts: tuple[Digest, ...], public: tuple[Key, ...] | None) -> Digest:
    """A file of the index, from its parts in their order; of pages with those alone that are public."""
    found = (memory.value(part, FoundBy) for part in parts)
    if public is not None:
        among = frozenset(public)
        found = ({key: numbers for key, numbers in part.items() if key in among} for part in found)
    return memory.keep_bytes(file_of(found))


def each(memory: Memory, function: Callable[..., T], asked: Sequence[tuple[Any, ...]], *, jobs: int, again: bool) -> list[T]:
    """The results of a function, those that are not known made on several cores."""
    known = memory.recalled(function, asked)
    if again:  # what they are made from is asked for
        for arguments in asked:
            function(memory, *arguments)
    missing = [number for number, one in enumerate(known) if one is None]
    for number, one in zip(missing, memory.spread(lambda n: memory.memo(function, *asked[n]), missing, jobs, few=4), strict=True):
        known[number] = one
    return [one for one in known if one is not None]


def _day(order: str) -> int:
    """The day of an article by its place in time, from the year 0 on; 0 where its date is not known, or before that.

    >>> _day("2022-05-15") // YEAR, _day("2022-05-15") < _day("2022-06-01"), _day("")
    (2022, True, 0)
    """
    year, month, day = (*order[:10].split("-"), "", "")[:3]
    return int(year) * YEAR + (int(month) - 1) * MONTH + int(day) - 1 if year.isdecimal() and month.isdecimal() and day.isdecimal() else 0
