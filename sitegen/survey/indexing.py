"""Makes the index of the archive for those who search it: the files under `search/` (`finding.index`), each a function of what it is made
from, so that an edit makes few of them anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeVar

import msgspec

from sitegen.archive.boxes import boxes as in_boxes
from sitegen.archive.index import Index
from sitegen.cache import Memory
from sitegen.finding.index import FOLDER, TOGETHER, Shape, file_of, group_of, keys_of_entry, laid_together
from sitegen.model.article import Entry
from sitegen.model.box import Box, FoundBy
from sitegen.model.digest import Digest, digest
from sitegen.model.kinds import ARTICLES, subjects

T = TypeVar("T")
FORMAT = 1
"""Of the files; `client/search.js` reads this one."""


class Group(NamedTuple):
    """Documents of one kind that lie together: their stems, and by what they are found."""

    kind: str
    stems: tuple[str, ...]
    found_by: Digest


class Documents(NamedTuple):
    """All that is to be found: the groups, those of articles first; and of each of those the months of its articles."""

    groups: tuple[Group, ...]
    months: tuple[tuple[int, ...], ...]


def documents(memory: Memory, archive: Index, boxes: Sequence[Box], lang: str) -> Documents:
    """What is to be found in the archive."""
    articles = [Group(ARTICLES.plural, tuple(slip.stem for slip in box.slips), box.found_by) for box in boxes]
    months = tuple(tuple(_month(slip.order) for slip in box.slips) for box in boxes)
    return Documents((*articles, *_entries(memory, archive, lang)), months)


def index_files(memory: Memory, of: Documents, jobs: int, *, again: bool = False) -> dict[str, Digest]:
    """The files of the index: address -> digest of the bytes. `again`: as in `filling.filled`."""
    groups = of.groups
    each = partial(_each, memory, jobs=jobs, again=again)
    shape = Shape.of([len(group.stems) for group in groups], sum(map(len, of.months)))
    parts: dict[str, list[Digest]] = {}
    starts = range(0, len(groups), TOGETHER)
    asked = [(start, tuple(group.found_by for group in groups[start : start + TOGETHER]), shape) for start in starts]
    for laid in each(together, asked):
        for name, part in laid:
            parts.setdefault(name, []).append(part)
    names = sorted(parts)
    files = dict(zip(names, each(written, [(tuple(parts[name]),) for name in names]), strict=True))
    for number, start in enumerate(starts):
        files[f"documents-{number}"] = memory.keep_bytes(msgspec.json.encode([group.stems for group in groups[start : start + TOGETHER]]))
    files["months"] = memory.keep_bytes(msgspec.json.encode(of.months))
    kinds = {kind: sum(group.kind == kind for group in groups) for kind in dict.fromkeys(group.kind for group in groups)}
    manifest = {
        "format": FORMAT,
        "version": digest(*(files[name] for name in sorted(files))).hex()[:12],
        "shape": {"width": shape.width, "prefix": shape.prefix, "files": shape.files, "parts": shape.parts},
        "together": TOGETHER,
        "groups": list(kinds.items()),
        "files": sorted(files),
    }
    files["manifest"] = memory.keep_bytes(msgspec.json.encode(manifest))
    return {f"{FOLDER}{name}.json": found for name, found in files.items()}


def languages(boxes: Iterable[Box], lang: str) -> tuple[str, ...]:
    """The languages of the archive, as far as words are told apart by them: its own first."""
    return tuple(dict.fromkeys([lang.partition("-")[0].lower(), *sorted({one for box in boxes for one in box.langs})]))


def _entries(memory: Memory, archive: Index, lang: str) -> Iterator[Group]:
    for kind in subjects():
        heads = {head.card.stem: head for head in archive.public(kind.plural)}
        for stems in in_boxes(sorted(heads)):
            yield Group(kind.plural, tuple(stems), memory.memo(entries, tuple(heads[stem].value for stem in stems), lang))


def entries(memory: Memory, values: tuple[Digest, ...], lang: str) -> Digest:
    """What some entries are found by."""
    return memory.keep(group_of(keys_of_entry(memory.value(one, Entry), lang) for one in values))


def together(memory: Memory, first: int, groups: tuple[Digest, ...], shape: Shape) -> tuple[tuple[str, Digest], ...]:
    """Some groups laid together, by file; `first` is the number of the first."""
    laid = laid_together(first, (memory.value(one, FoundBy) for one in groups), shape)
    return tuple((name, memory.keep(part)) for name, part in laid.items())


def written(memory: Memory, parts: tuple[Digest, ...]) -> Digest:
    """A file of the index, from its parts in their order."""
    return memory.keep_bytes(file_of(memory.value(part, FoundBy) for part in parts))


def _each(memory: Memory, function: Callable[..., T], asked: Sequence[tuple[Any, ...]], *, jobs: int, again: bool) -> list[T]:
    """The results of a function, those that are not known made on several cores."""
    known = memory.recalled(function, asked)
    if again:  # what they are made from is asked for
        for arguments in asked:
            function(memory, *arguments)
    missing = [number for number, one in enumerate(known) if one is None]
    for number, one in zip(missing, memory.spread(lambda n: memory.memo(function, *asked[n]), missing, jobs, few=4), strict=True):
        known[number] = one
    return [one for one in known if one is not None]


def _month(order: str) -> int:
    """The month of an article by its place in time, counted from the year 0; 0 where its date is not known, or before that."""
    year, _, rest = order[:7].partition("-")
    return int(year) * 12 + int(rest or "1") if year.isdecimal() and rest.isdecimal() else 0
