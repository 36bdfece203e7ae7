"""What two editors meant who changed one value, each for himself: a merge of plain values, which knows nothing of how they are written.

Keys are known by their name, entries of a list by what names them (`named`). Where both did not change the same, both changes hold.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from typing import Final, Literal, NamedTuple, TypeVar

Said = str | list["Said"] | dict[str, "Said"] | None
"""What a node says, however it is written."""
_Sign = TypeVar("_Sign", bound=Hashable)
Side = Literal["ours", "base", "theirs"]
REMARKS: Final = "\0"
"""The key under which an entry of a list tells the comments in it: who changes one has changed the entry. YAML knows no such key."""
GROWING: Final = "corrections"
"""The key at the top whose list only ever grows."""
_NEAR: Final = 8
"""Entries among which one that was changed is sought, where others were added or taken out beside it."""
_SPACES: Final = {"annotations": "claims"}
"""The lists whose ids may not be those of another list."""


class Row(NamedTuple):
    """Where one member stands in the base, with us and with them; None where it is not."""

    base: int | None
    ours: int | None
    theirs: int | None


class Meant(NamedTuple):
    """The merged value. `clashes`: how often both changed the same, where it has what one side says."""

    value: Said
    clashes: int


def meant(base: Said, ours: Said, theirs: Said, *, side: Side = "ours", contested: Collection[str] = ()) -> Meant:
    """The merge of three mappings. Where both changed the same differently, it says what a `side` does. `contested`: ids that each of
    the two gave to another entry, so that theirs clashes.

    >>> meant({"name": "A"}, {"name": "B"}, {"name": "A", "kind": "city"})
    Meant(value={'name': 'B', 'kind': 'city'}, clashes=0)
    """
    merge = _Merge(side, contested)
    value = merge.value(base, ours, theirs, at_top=True)
    return Meant({} if isinstance(value, _Gone) else bare(value), merge.clashes)


def bare(value: Said) -> Said:
    """A value without remarks."""
    if isinstance(value, dict):
        return {key: bare(one) for key, one in value.items() if key != REMARKS}
    return [bare(one) for one in value] if isinstance(value, list) else value


def ids_of(value: Said) -> Iterator[str]:
    """Every `id` within a value."""
    if isinstance(value, dict):
        own = value.get("id")
        if isinstance(own, str):
            yield own
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from ids_of(one)


def contested(merged: Said, ours: Said, theirs: Said) -> frozenset[str]:
    """The ids that stand more often in a merged file than with either side: each gave it to another entry."""
    found, *sides = (_counted(one) for one in (merged, ours, theirs))
    return frozenset(id for (space, id), number in found.items() if number > max(1, *(side[space, id] for side in sides)))


def _counted(root: Said) -> Counter[tuple[str, str]]:
    pairs = root.items() if isinstance(root, dict) else ()
    return Counter((_SPACES.get(key, key), id) for key, value in pairs for id in ids_of(value))


def rows_of_keys(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[Row]:
    """The members of three mappings, in the order in which they are merged."""
    found = _ordered(base, ours, theirs) or _ordered(ours, ours, theirs) or []
    places = [{key: number for number, key in enumerate(keys)} for keys in (base, ours, theirs)]
    return [Row(*(place.get(key) for place in places)) for key in found]


def rows_of_items(base: Sequence[Said], ours: Sequence[Said], theirs: Sequence[Said]) -> list[Row] | None:
    """The members of three lists, in the order in which they are merged; None where both sides have reordered them, each otherwise.

    >>> rows_of_items(["A"], ["A", "C"], ["D"])
    [Row(base=0, ours=0, theirs=None), Row(base=None, ours=1, theirs=None), Row(base=None, ours=None, theirs=0)]
    """
    of_ours, of_theirs = ({there: here for here, there in _paired(base, side).items()} for side in (ours, theirs))
    new = [[at for at in range(len(side)) if at not in known] for side, known in ((ours, of_ours), (theirs, of_theirs))]
    alike = _by_name([ours[at] for at in new[0]], [theirs[at] for at in new[1]], (_id, _whole, named))
    both = {new[1][there]: new[0][here] for here, there in alike.items()}
    signs: list[list[Hashable]] = [
        [*range(len(base))],
        [of_ours.get(at, ("ours", at)) for at in range(len(ours))],
        [of_theirs.get(at, ("ours", both[at]) if at in both else ("theirs", at)) for at in range(len(theirs))],
    ]
    found = _ordered(*signs)
    places = [{sign: number for number, sign in enumerate(side)} for side in signs]
    return None if found is None else [Row(*(place.get(sign) for place in places)) for sign in found]


def _ordered(base: Sequence[_Sign], ours: Sequence[_Sign], theirs: Sequence[_Sign]) -> list[_Sign] | None:
    """All that is with us or with them, each where it stands there; ours before theirs. The order of those in both is that of the side
    which changed it; None where both did."""
    common = set(ours) & set(theirs)
    kept = [one for one in ours if one in common]
    frame, other = ours, theirs
    if (moved := [one for one in theirs if one in common]) != kept:
        old = [one for one in base if one in common]
        known = set(old)
        mine, others = ([one for one in side if one in known] for side in (kept, moved))
        if old not in (mine, others):
            return None
        if others != old:
            frame, other = theirs, ours
    behind: dict[_Sign | None, list[_Sign]] = {}
    last: _Sign | None = None
    for one in other:
        if one in common:
            last = one
        else:
            behind.setdefault(last, []).append(one)
    out: list[_Sign] = []
    waiting = behind.get(None, [])
    for one in frame:
        if one in common or frame is theirs:
            out += waiting
            waiting = []
        out.append(one)
        waiting += behind.get(one, [])
    return out + waiting


def _paired(base: Sequence[Said], side: Sequence[Said]) -> dict[int, int]:
    """Which entry of a list has become which: by its name, else by its place between others."""
    pairs = _by_name(base, side, (_id, _whole, named, _quote))
    for here, there in list(_between(len(base), len(side), pairs)):
        is_alone = len(here) == len(there)
        free = there
        for place, number in enumerate(here):
            near = [there[place]] if is_alone else free[:_NEAR]
            found = next((at for at in near if _has_become(base[number], side[at], is_alone=is_alone)), None)
            if found is not None:
                pairs[number] = found
                free = free[free.index(found) + 1 :] if not is_alone else free
    return pairs


def _between(base: int, side: int, pairs: dict[int, int]) -> Iterator[tuple[list[int], list[int]]]:
    """The stretches of entries without a pair that lie, in both lists, behind the same entry."""
    runs = _runs(side, {there: here for here, there in pairs.items()})
    for last, run in _runs(base, {here: here for here in pairs}).items():
        if last in runs:
            yield run, runs[last]


def _runs(count: int, known: dict[int, int]) -> dict[int, list[int]]:
    """The numbers that are not known, by what the last one before them is known as; -1 where there is none."""
    out: dict[int, list[int]] = {}
    last = -1
    for number in range(count):
        if number in known:
            last = known[number]
        else:
            out.setdefault(last, []).append(number)
    return out


def _has_become(before: Said, after: Said, *, is_alone: bool) -> bool:
    """Whether an entry may be what another has become: of named ones, if more of it is the same than not."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return isinstance(before, list) and isinstance(after, list)
    if is_alone and not named(before) and not named(after):
        return True
    keys = [key for key in before if key != REMARKS]
    return 2 * sum(key in after and bare(before[key]) == bare(after[key]) for key in keys) > len(keys)


def _by_name(base: Sequence[Said], side: Sequence[Said], names: Sequence[Callable[[Said], str]]) -> dict[int, int]:
    """The entries that have one name in both lists, by the first of some names by which they do. Of several with one name the first is
    the first."""
    pairs: dict[int, int] = {}
    for name in names:
        known: dict[Hashable, list[int]] = {}
        there = set(pairs.values())
        for at in range(len(side) - 1, -1, -1):
            if at not in there and (sign := name(side[at])):
                known.setdefault(sign, []).append(at)
        for at, one in enumerate(base):
            if at not in pairs and (sign := name(one)) and known.get(sign):
                pairs[at] = known[sign].pop()
    return pairs


def _id(value: Said) -> str:
    own = value.get("id") if isinstance(value, dict) else None
    return own if isinstance(own, str) else ""


def _whole(value: Said) -> str:
    return json.dumps(bare(value), sort_keys=True)


def _quote(value: Said) -> str:
    """What an entry quotes, wherever it says that the words stand."""
    own = value.get("quote") if isinstance(value, dict) else None
    return own if isinstance(own, str) else ""


_NAMES = (("quote", "prefix", "suffix", "nth", "in"), ("form",), ("code",), ("url",), ("record",), ("type", "claim"))


def named(value: Said) -> str:
    """What names an entry beside its id: what it quotes; of a group, what its total quotes; else what it leads to. May be empty.

    >>> named({"quote": "a", "nth": "2", "kind": "sic"}) == named({"nth": "2", "quote": "a", "kind": "context"})
    True
    """
    if not isinstance(value, dict):
        return ""
    if "total" in value:
        total = named(value["total"])
        return f"total {total}" if total else ""
    for first, *others in _NAMES:
        if first in value:
            return json.dumps([first, *(bare(value.get(key)) for key in (first, *others))], sort_keys=True)
    return ""


class _Gone:
    """What holds nothing any more."""


_GONE = _Gone()
_Found = Said | _Gone


class _Merge:
    def __init__(self, side: Side, contested: Collection[str]) -> None:
        self.side = side
        self.contested = contested
        self.clashes = 0

    def clash(self, ours: _Found, theirs: _Found) -> _Found:
        self.clashes += 1
        return ours if self.side == "ours" else theirs

    def value(self, base: _Found, ours: Said, theirs: Said, *, at_top: bool = False, grows: bool = False, is_id: bool = False) -> _Found:
        """What becomes of what both sides have; `base` is gone where both added it."""
        if ours == theirs:
            return ours
        disputed = is_contested(theirs, None if isinstance(base, _Gone) else base, self.contested, is_id=is_id)
        if not grows and not at_top:
            if theirs == base:
                return ours
            if ours == base and not disputed:
                return theirs
        before = self.clashes
        old = None if isinstance(base, _Gone) else base
        found: _Found
        if isinstance(ours, dict) and isinstance(theirs, dict) and isinstance(old, dict | None):
            found = self.keys(old or {}, ours, theirs, at_top=at_top)
        elif is_list(ours, grows=grows) and is_list(theirs, grows=grows) and isinstance(old, list | None):
            mine, others = (one if isinstance(one, list) else [] for one in (ours, theirs))
            found = self.items(old or [], mine, others, grows=grows)
        else:
            return self.clash(ours, theirs)
        if isinstance(base, _Gone) and self.clashes > before:
            self.clashes = before
            return self.clash(ours, theirs)
        return found

    def keys(self, base: dict[str, Said], ours: dict[str, Said], theirs: dict[str, Said], *, at_top: bool) -> _Found:
        out: dict[str, Said] = {}
        for key in dict.fromkeys([*ours, *theirs]):
            if key == REMARKS:
                continue
            grows = at_top and key == GROWING
            old, mine, others = (side.get(key, _GONE) for side in (base, ours, theirs))
            found = self.member(old, mine, others, stays=grows, grows=grows, is_id=key == "id")
            if not isinstance(found, _Gone):
                out[key] = found
        return out or _GONE

    def items(self, base: list[Said], ours: list[Said], theirs: list[Said], *, grows: bool) -> _Found:
        rows = rows_of_items(base, ours, theirs)
        if rows is None:
            return self.clash(ours, theirs)
        out = []
        for row in rows:
            sides = (_GONE if at is None else side[at] for side, at in zip((base, ours, theirs), row, strict=True))
            found = self.member(*sides, stays=grows)
            if not isinstance(found, _Gone):
                out.append(found)
        return out or _GONE

    def member(self, base: _Found, ours: _Found, theirs: _Found, *, stays: bool, grows: bool = False, is_id: bool = False) -> _Found:
        if not isinstance(ours, _Gone) and not isinstance(theirs, _Gone):
            return self.value(base, ours, theirs, grows=grows, is_id=is_id)
        kept = theirs if isinstance(ours, _Gone) else ours
        if isinstance(kept, _Gone) or (kept == base and not stays):
            return _GONE
        if isinstance(base, _Gone):
            disputed = kept is theirs and is_contested(kept, None, self.contested, is_id=is_id)
            return self.clash(ours, theirs) if disputed else kept
        if stays:
            return kept
        if isinstance(base, list) and isinstance(kept, list):
            before = self.clashes
            found = self.items(base, *(([], kept) if kept is theirs else (kept, [])), grows=False)
            if self.clashes == before:
                return found
            self.clashes = before
        return self.clash(ours, theirs)


def is_list(value: Said, *, grows: bool) -> bool:
    """Whether a value is a list; of one that only grows, a key without a value is an empty one."""
    return isinstance(value, list) or (grows and value is None)


def is_contested(value: Said, base: Said, contested: Collection[str], *, is_id: bool) -> bool:
    """Whether a value of theirs has an id that we have given to another entry."""
    if not contested:
        return False
    if is_id:
        return isinstance(value, str) and value in contested and value != base
    new = Counter(ids_of(value))
    new.subtract(Counter(ids_of(base)))
    return any(new[id] > 0 for id in contested)
