"""Merges what two editors made of the metadata of one file, member by member, and leaves every sign as one of them wrote it.

Where both changed the same, a conflict stands there, and nowhere else. What was merged is read again and must say what
`threeway.meant` makes of the values alone, and hold the comments of both; else nothing is merged here, and lines must be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from sitegen.content.cutting import comments_of, root_of, said
from sitegen.content.threeway import (
    GROWING,
    Row,
    Said,
    Side,
    contested,
    is_contested,
    is_list,
    meant,
    rows_of_items,
    rows_of_keys,
)
from sitegen.content.written import Block, Flow, Member, Raw, Unlike, Written, remarks_of, taken_apart

_PATH: Final = "metadata.notes.yaml"
"""What metadata is read as, wherever it stands."""
RESOLUTIONS: Final[tuple[Side, ...]] = ("ours", "theirs")
_SIDES: Final[tuple[Side, ...]] = ("ours", "base", "theirs")


class Conflict(NamedTuple):
    """What stands at one place with each side."""

    ours: str
    base: str
    theirs: str


Pieces = list[str | Conflict]


class Style(NamedTuple):
    """How a conflict is marked: what the sides are called, how long the signs are, whether the base is shown too."""

    ours: str = "ours"
    theirs: str = "theirs"
    size: int = 7
    with_base: bool = False


class Merged(NamedTuple):
    """Merged metadata. `told`: what an editor should know though nothing clashes."""

    pieces: Pieces
    told: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        return not any(isinstance(one, Conflict) for one in self.pieces)


def merged(base: str, ours: str, theirs: str) -> Merged | None:
    r"""The merge of three texts of metadata, whose lines end in `\n`; None where it must be left to a merge of lines.

    >>> merged("name: A\n", "name: A # one\n", "name: A\nkind: city\n").pieces
    ['name: A # one\nkind: city\n']
    """
    texts = (base, ours, theirs)
    roots = [root_of(_PATH, text) for text in texts]
    try:
        blocks = [taken_apart(text, root) for text, root in zip(texts, roots, strict=True) if root is not None]
        if len(blocks) < len(texts):
            return None
        values = [one.said for one in blocks]
        both = (meant(*values, side=side).value for side in RESOLUTIONS)
        disputed = frozenset[str]().union(*(contested(value, *values[1:]) for value in both))
        merge = _Merge(disputed)
        pieces = _joined(merge.root(*blocks))
    except Unlike:
        return None
    found = Merged(pieces, tuple(merge.told))
    return found if _is_meant(found, texts, values, disputed, is_coarse=merge.is_coarse) else None


def is_right(text: str, base: str, ours: str, theirs: str) -> bool:
    """Whether metadata that was merged without a conflict by its lines says what both meant. Where one side cannot be read, nobody can
    tell."""
    roots = [root_of(_PATH, one) for one in (base, ours, theirs)]
    if any(root is None for root in roots):
        return True
    root = root_of(_PATH, text)
    values = [said(one) for one in roots if one is not None]
    wanted = meant(*values)
    return root is not None and not wanted.clashes and said(root) == wanted.value and not contested(wanted.value, *values[1:])


def _is_meant(found: Merged, texts: Sequence[str], values: Sequence[Said], disputed: Collection[str], *, is_coarse: bool) -> bool:
    """Whether either resolution can be read and says what was meant. `is_coarse`: a conflict stands for members that could be merged as
    values, so that only a text without conflicts can be held against them."""
    for side in RESOLUTIONS:
        text = resolved(found.pieces, side)
        root = root_of(_PATH, text)
        if root is None or (not is_coarse and said(root) != meant(*values, side=side, contested=disputed).value):
            return False
    return not found.is_clean or _keeps_comments(resolved(found.pieces, "ours"), *texts)


def _keeps_comments(text: str, base: str, ours: str, theirs: str) -> bool:
    """Whether the comments of a text are those of both sides: one that a side did not touch is there as often as with the other."""
    after, old, mine, others = (Counter(comments_of(_PATH, one)) for one in (text, base, ours, theirs))
    for one in {*after, *old, *mine, *others}:
        kept = {mine[one] if others[one] == old[one] else others[one] if mine[one] == old[one] else after[one]}
        if after[one] not in kept or after[one] < min(mine[one], others[one]):
            return False
    return True


def resolved(pieces: Iterable[str | Conflict], side: Side) -> str:
    """The text that has of each conflict what stands with one side."""
    return "".join(one if isinstance(one, str) else getattr(one, side) for one in pieces)


def marked(pieces: Iterable[str | Conflict], style: Style) -> str:
    r"""The text with its conflicts marked as Git marks them, each on whole lines.

    >>> marked(["a: [", Conflict("b", "", "c"), "]\n"], Style()).splitlines()
    ['<<<<<<< ours', 'a: [b]', '=======', 'a: [c]', '>>>>>>> theirs']
    """
    out: list[str] = []
    now = ["", "", ""]
    is_open = False
    for piece in pieces:
        if isinstance(piece, Conflict):
            now = [text + more for text, more in zip(now, piece, strict=True)]
            is_open = True
            if all(not text or text.endswith("\n") for text in now):
                out += _hunk(now, style)
                now, is_open = ["", "", ""], False
            continue
        rest = piece
        if is_open:
            end = rest.find("\n") + 1 or len(rest)
            now = [text + rest[:end] for text in now]
            rest = rest[end:]
            if not piece[:end].endswith("\n"):
                continue
            out += _hunk(now, style)
            now, is_open = ["", "", ""], False
        end = rest.rfind("\n") + 1
        out += [now[0], rest[:end]] if end else []
        now = [("" if end else text) + rest[end:] for text in now]
    out += _hunk(now, style) if is_open else [now[0]]
    return "".join(out)


def _hunk(texts: Sequence[str], style: Style) -> list[str]:
    """A conflict between its signs; lines that both sides share at its ends stand outside, where the base is not shown."""
    ours, base, theirs = (text.splitlines(keepends=True) for text in texts)
    first = last = 0
    if not style.with_base:
        shortest = min(len(ours), len(theirs))
        while first < shortest and ours[first] == theirs[first]:
            first += 1
        while last < shortest - first and ours[-1 - last] == theirs[-1 - last]:
            last += 1
    head, foot = ours[:first], ours[len(ours) - last :]
    parts = [(f"{'<' * style.size} {style.ours}\n", ours[first : len(ours) - last])]
    parts += [(f"{'|' * style.size} base\n", base)] if style.with_base else []
    parts += [(f"{'=' * style.size}\n", theirs[first : len(theirs) - last])]
    out = [*head]
    for sign, lines in parts:
        text = "".join(lines)
        out += [sign, text, "\n" if text and not text.endswith("\n") else ""]
    return [*out, f"{'>' * style.size} {style.theirs}\n", *foot]


def _joined(pieces: Iterable[str | Conflict]) -> Pieces:
    """The pieces, with what lies between two conflicts as one."""
    out: Pieces = []
    for is_text, some in groupby(pieces, lambda one: isinstance(one, str)):
        found = list(some)
        out += [resolved(found, "ours")] if is_text else found
    return [one for one in out if one]


class _Three(NamedTuple):
    """A member as each side has it."""

    base: Member | None
    ours: Member | None
    theirs: Member | None

    @property
    def key(self) -> str:
        return next((one.key for one in self if one is not None), "")


class _Merge:
    """The walk over three texts. `disputed`: as of `threeway.contested`. `is_coarse`: as of `_is_meant`."""

    def __init__(self, disputed: Collection[str]) -> None:
        self.disputed = disputed
        self.is_coarse = False
        self.told: list[str] = []

    def root(self, base: Block, ours: Block, theirs: Block) -> Pieces:
        if not ours.members and not theirs.members:
            return [_between(base.foot, ours.foot, theirs.foot)]
        found = self.lines([base, ours, theirs], is_keyed=True, at_top=True)
        if found is None:
            raise Unlike
        return found

    def lines(self, values: Sequence[Written | None], *, is_keyed: bool, stays: bool = False, at_top: bool = False) -> Pieces | None:
        """Members on lines of their own; None where none is left. `stays`: none of them goes."""
        blocks = [one if isinstance(one, Block) else None for one in values]
        shapes = {(one.column, one.is_inline) for one in blocks[1:] if one is not None and one.members}
        if len(shapes) != 1:
            raise Unlike
        [(column, is_inline)] = shapes
        head = _head(blocks)
        sides = [_members(one) for one in values]
        for block, members in zip(blocks, sides, strict=True):
            if block is not None and members:
                members[0] = members[0]._replace(above=members[0].above[len(head) :])
        out: Pieces = []
        for one in _rows(sides, is_keyed=is_keyed):
            grows = at_top and one.key == GROWING
            found = self.outcome(one, stays=stays or grows, grows=grows)
            if found is not None:
                out += _placed(one, found, "" if is_inline and not out else " " * column, is_inline=is_inline and not out)
        feet = [one if one is None else one.foot if one.members else one.foot[len(head) :] for one in blocks]
        if not out:
            return None
        if not all(resolved(out, side) for side in RESOLUTIONS):
            raise Unlike
        return [head, *out, _between(*feet)]

    def flow(self, values: Sequence[Written | None], *, is_keyed: bool, stays: bool) -> Pieces | None:
        """Members between brackets; None where none is left. A conflict there takes all of them, for commas stand between."""
        flows = [one if isinstance(one, Flow) else None for one in values]
        rows = _rows([_members(one) for one in values], is_keyed=is_keyed)
        between = [(one.opening, *(each.above for each in one.members), one.closing) for one in flows if one is not None]
        if any(None in one for one in rows) and any(remarks_of(text) for texts in between for text in texts):
            raise Unlike
        found = [(one, kept) for one in rows if (kept := self.outcome(one, stays=stays)) is not None]
        if not found:
            return None
        out = []
        for side in _SIDES:
            texts = [_part("opening", *flows)]
            for one, kept in found:
                if text := resolved(kept, side):
                    texts += [_gap(one)] if len(texts) > 1 else []
                    texts += [text]
            if len(texts) == 1 and side in RESOLUTIONS:
                raise Unlike
            out.append("".join([*texts, _part("closing", *flows)]))
        return [out[0]] if out[0] == out[2] else [Conflict(*out)]

    def outcome(self, one: _Three, *, stays: bool = False, grows: bool = False) -> Pieces | None:
        """What becomes of a member, without what stands above it; None where it is gone. `stays`: it never goes; `grows`: so do its own."""
        if one.ours is not None and one.theirs is not None:
            return self.changed(one.base, one.ours, one.theirs, grows=grows)
        kept = one.ours or one.theirs
        if kept is None or (one.base is not None and one.base.said == kept.said and not stays):
            return None
        if one.base is not None and stays:
            self.told.append("a correction that one side took out stays: the list of them only grows")
            return [kept.core]
        if one.base is None and not (kept is one.theirs and self.is_disputed(kept, None)):
            return [kept.core]
        if one.base is not None and isinstance(one.base.said, list) and isinstance(kept.said, list):
            none = kept._replace(value=Raw("", []), said=[])
            was_coarse = self.is_coarse
            found = self.changed(one.base, one.ours or none, one.theirs or none)
            if not any(isinstance(piece, Conflict) for piece in found or ()):
                return found
            self.is_coarse = was_coarse
        return [Conflict(*("" if each is None else each.core for each in (one.ours, one.base, one.theirs)))]

    def is_disputed(self, theirs: Member, base: Member | None) -> bool:
        return is_contested(theirs.said, base.said if base is not None else None, self.disputed, is_id=theirs.key == "id")

    def changed(self, base: Member | None, ours: Member, theirs: Member, *, grows: bool = False) -> Pieces | None:
        """What becomes of a member that both sides have; None where nothing is left in it."""
        if ours.core == theirs.core:
            return [ours.core]
        is_disputed = self.is_disputed(theirs, base)
        if base is not None and not grows:
            if theirs.core == base.core:
                return [ours.core]
            if ours.core == base.core and not is_disputed:
                return [theirs.core]
        clash = Conflict(ours.core, base.core if base is not None else "", theirs.core)
        is_within = _hold_members(base, ours, theirs, grows=grows)
        if is_within:
            try:
                found = self.within(base, ours, theirs, stays=grows)
            except Unlike:
                pass
            else:
                is_apart = base is None and any(isinstance(one, Conflict) for one in found or ())
                return [clash] if is_apart else found
        if ours.said == theirs.said or (base is not None and base.said in (ours.said, theirs.said) and not is_disputed):
            return [_rewritten(base, ours, theirs) or clash]
        self.is_coarse = self.is_coarse or is_within
        return [clash]

    def within(self, base: Member | None, ours: Member, theirs: Member, *, stays: bool) -> Pieces | None:
        """The members of a mapping or list, merged. Raises Unlike where those of one side cannot stand among those of the other."""
        full = [one for one in (ours, theirs) if _members(one.value)]
        shape = type(full[0].value)
        if any(type(one.value) is not shape for one in full):
            raise Unlike
        is_keyed = isinstance(full[0].said, dict)
        known = [one if one is not None and isinstance(one.value, shape) else None for one in (base, ours, theirs)]
        values = [None if one is None else one.value for one in (base, ours, theirs)]
        merge = self.flow if shape is Flow else self.lines
        found = merge(values, is_keyed=is_keyed, stays=stays)
        return None if found is None else [_part("label", *known), *found, _part("beside", *known)]


def _hold_members(base: Member | None, ours: Member, theirs: Member, *, grows: bool) -> bool:
    """Whether both sides have members in a place, and the base has such or nothing there."""
    if not _members(ours.value) and not _members(theirs.value):
        return False
    old = base.said if base is not None else None
    if isinstance(ours.said, dict):
        return isinstance(theirs.said, dict) and isinstance(old, dict | None)
    return is_list(ours.said, grows=grows) and is_list(theirs.said, grows=grows) and isinstance(old, list | None)


def _members(value: Written | None) -> list[Member]:
    return [*value.members] if isinstance(value, Block | Flow) else []


def _rows(sides: Sequence[Sequence[Member]], *, is_keyed: bool) -> list[_Three]:
    """The members of three sides, in the order in which they are merged."""
    if is_keyed:
        rows: list[Row] | None = rows_of_keys(*([one.key for one in side] for side in sides))
    else:
        rows = rows_of_items(*([one.said for one in side] for side in sides))
    if rows is None:
        raise Unlike
    return [_Three(*(None if at is None else side[at] for side, at in zip(sides, row, strict=True))) for row in rows]


def _placed(one: _Three, found: Pieces, indent: str, *, is_inline: bool) -> Pieces:
    """A member with what stands above it. `is_inline`: nothing can, for it stands behind the hyphen of an entry."""
    if one.ours is not None and one.theirs is not None:
        above = _between(one.base.above if one.base is not None else None, one.ours.above, one.theirs.above)
    else:
        above = "".join(each.above for each in (one.ours, one.theirs) if each is not None)
    is_half = len(found) == 1 and isinstance(found[0], Conflict) and not (found[0].ours and found[0].theirs)
    if is_inline and (above or is_half):
        raise Unlike
    if not is_half:
        return [above, indent, *found]
    return [Conflict(*("" if each is None else f"{each.above}{indent}{each.core}" for each in (one.ours, one.base, one.theirs)))]


def _rewritten(base: Member | None, ours: Member, theirs: Member) -> str:
    """A member of which at most one side has changed the value; empty where both have changed how the rest of it is written."""
    new, other = (theirs, ours) if base is not None and ours.said == base.said else (ours, theirs)
    if not isinstance(new.value, Raw) or not isinstance(other.value, Raw) or base is None:
        return new.core
    value = new.value.text if new.said != other.said or new.value != base.value else other.value.text
    try:
        return f"{_part('label', base, ours, theirs)}{value}{_part('beside', base, ours, theirs)}"
    except Unlike:
        return ""


def _part(name: str, base: object, ours: object, theirs: object) -> str:
    """A part of what is written on each side that has it. Raises Unlike where both have changed it and its comments."""
    old, mine, others = (None if one is None else str(getattr(one, name)) for one in (base, ours, theirs))
    if mine is None or others is None:
        return mine if mine is not None else others or ""
    if mine in (others, old):
        return others
    if others != old and remarks_of(mine) != remarks_of(others):
        raise Unlike
    return mine


def _gap(one: _Three) -> str:
    """What stands before a member behind another, between brackets."""
    old, mine, others = (each.above if each is not None else "" for each in one)
    return others if others and mine in ("", old) else mine or old or ", "


def _between(base: str | None, ours: str | None, theirs: str | None) -> str:
    """The lines between members: comments and empty lines. Comments of both sides stay, and those go that one of them took out."""
    if ours is None or theirs is None:
        return ours if ours is not None else theirs or ""
    base = base or ""
    if ours in (theirs, base):
        return theirs
    if theirs == base:
        return ours
    old, mine, others = (dict.fromkeys(text.splitlines(keepends=True)) for text in (base, ours, theirs))
    kept = (line for line in ours.splitlines(keepends=True) if not line.strip() or line not in old or line in others)
    return "".join([*kept, *(line for line in others if line.strip() and line not in old and line not in mine)])


def _head(blocks: Sequence[Block | None]) -> str:
    """The lines with which all begin, and which belong to none of their members."""
    if None in blocks[1:]:
        return ""
    texts = [(one.members[0].above if one.members else one.foot).splitlines(keepends=True) for one in blocks if one is not None]
    out = []
    for lines in zip(*texts, strict=False):
        if len(set(lines)) > 1:
            break
        out.append(lines[0])
    return "".join(out)
