r"""Makes the metadata of a file say something else, and leaves every sign that need not change: comments, order, quotes, line ends.

What is new is written as a careful person would: keys in their order, an entry of a list as its neighbours are (in one line, or key by
key), free text in double quotes. What was changed is read again and must say what was meant, with every comment that was there; else it
is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from types import UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin

from sitegen.content.cutting import borders, comments_of, rewritten, root_of, said
from sitegen.content.fields import fields, marks_of, without_none
from sitegen.content.front import end_of, line_end
from sitegen.content.node import NULLS, Mapping, Node, Scalar
from sitegen.content.node import Sequence as Listed
from sitegen.content.threeway import Said
from sitegen.content.writer import quoted
from sitegen.model import records
from sitegen.model.base import Form, Record
from sitegen.model.problem import Fault

Address = tuple[str | int, ...]
"""The keys, and the places in lists (from 0), that lead to a node."""


class Put(NamedTuple):
    """That a node says a value: text, a list, or keys and values. A key that is not there is put in, and so are those above it."""

    at: Address
    value: Said


class Add(NamedTuple):
    """That a list has one entry more, before the one at a place, or at its end. A list that is not there is begun."""

    at: Address
    value: Said
    before: int | None = None


class Take(NamedTuple):
    """That a key or an entry is taken out, and what holds nothing else then."""

    at: Address


Step = Put | Add | Take

WIDTH = 100
"""Columns in which an entry of a list is written in one line where it has no neighbours to be like."""
_FIRST: dict[type[Record], tuple[str, ...]] = {
    records.Appearance: (
        *("id", "in", "quote", "prefix", "suffix", "nth", "gloss", "source", "via", "claim", "figures", "as_of", "when", "said"),
    ),
    records.Annotation: ("id", "in"),
    records.Citation: ("id", "source"),
}  # fmt: skip
"""The keys that are written first, where it is another order than that of the reference pages."""
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?|(?!(?:true|false|yes|no|on|off|y|n)\Z)[a-z0-9](?:[\w./+~%?:-]*[\w/+~%?-])?", re.I)
_NAME = re.compile(r"(?!(?:true|false|yes|no|on|off|y|n)\Z)[^\W\d_](?:[\w’.() -]*[\w’.)])?", re.I)


def amended(path: str, text: str, record: type[Record], steps: Sequence[Step]) -> str:
    r"""A file whose metadata are a `record`, after all steps; addresses are those of the file as it was. Raises Fault where it cannot be
    written so.

    >>> notes = 'claims:\n  - {quote: "a b"} # one\n'
    >>> print(amended("a.notes.yaml", notes, records.Notes, [Put(("claims", 0, "source"), "article")]), end="")
    claims:
      - {quote: "a b", source: article} # one
    >>> print(amended("a.notes.yaml", notes, records.Notes, [Add(("claims",), {"quote": "c", "id": "c-1"})]), end="")
    claims:
      - {quote: "a b"} # one
      - {id: c-1, quote: "c"}
    """
    root = _root(path, text)
    small = [one for step in _gathered(root, steps) for one in _in_small(root, step)]
    puts = [step for step in small if not isinstance(step, Take)]
    takes = [_shifted(step.at, puts) for step in small if isinstance(step, Take)]
    text = _with_puts(path, text, root, record, puts)
    if takes:
        root = _root(path, text)
        gone = {id(_at(root, at, key=True)) for at in takes}
        done = rewritten(path, text, root, gone, {})
        if done.done != gone:
            raise Fault(f"{path}: what is to go cannot be cut out of its place; take it out of the file itself")
        text = done.text
    return text


def _root(path: str, text: str) -> Mapping:
    root = root_of(path, text)
    if root is None:
        raise Fault(f"{path} cannot be read; correct it first")
    return root


def _at(root: Node, at: Address, *, key: bool = False) -> Node:
    """The node at an address; with `key` the key of it, where it is a value. Raises Fault where there is none."""
    node: Node = root
    for number, part in enumerate(at):
        found: Node | None = None
        if isinstance(node, Mapping) and isinstance(part, str):
            pair = next((one for one in node.items if one[0].text == part), None)
            found = None if pair is None else pair[0] if key and number == len(at) - 1 else pair[1]
        elif isinstance(node, Listed) and isinstance(part, int) and 0 <= part < len(node.items):
            found = node.items[part]
        if found is None:
            raise Fault(f"{root.path}: there is nothing at {'/'.join(map(str, at))}")
        node = found
    return node


def _is_there(root: Node, at: Address) -> bool:
    try:
        found = _at(root, at)
    except Fault:
        return False
    return not (isinstance(found, Scalar) and found.is_null)


def _gathered(root: Mapping, steps: Iterable[Step]) -> Iterator[Step]:
    """The steps, but for entries of lists that are not there, or empty: those of one list are that list."""
    begun: dict[Address, list[Said]] = {}
    for step in steps:
        if isinstance(step, Add) and (not _is_there(root, step.at) or said(_at(root, step.at)) == []):
            begun.setdefault(step.at, []).append(step.value)
        else:
            yield step
    yield from (Put(at, list(entries)) for at, entries in begun.items())


def _in_small(root: Mapping, step: Step) -> Iterator[Step]:
    """A step as steps of which each concerns what differs, and no more."""
    if isinstance(step, Take):
        yield step
        return
    at, value = step.at, step.value
    if isinstance(step, Add):
        yield step
        return
    while len(at) > 1 and not _is_there(root, at[:-1]):
        value, at = ({at[-1]: value} if isinstance(at[-1], str) else [value]), at[:-1]
    if not _is_there(root, at):
        yield Put(at, value)
        return
    node = _at(root, at)
    if said(node) == value:
        return
    if isinstance(node, Mapping) and isinstance(value, dict) and node.items:
        ours = [key.text for key, _ in node.items]
        for key, part in value.items():
            yield from _in_small(root, Put((*at, key), part))
        gone = [key for key in ours if key not in value]
        yield from (Take((*at, key)) for key in gone)
    elif isinstance(node, Listed) and isinstance(value, list) and len(node.items) == len(value):
        for number, part in enumerate(value):
            yield from _in_small(root, Put((*at, number), part))
    elif isinstance(node, Listed) and isinstance(value, list) and node.items and len(value) > len(node.items) and _begins(node, value):
        yield from (Add(at, part) for part in value[len(node.items) :])
    else:
        yield Put(at, value)


def _begins(node: Listed, value: list[Said]) -> bool:
    return all(said(one) == part for one, part in zip(node.items, value, strict=False))


def _shifted(at: Address, puts: Iterable[Step]) -> Address:
    """An address once new entries stand before it."""
    out = list(at)
    for step in puts:
        here = len(step.at)
        if isinstance(step, Add) and step.before is not None and at[:here] == step.at and len(at) > here:
            place = at[here]
            if isinstance(place, int) and step.before <= place:
                out[here] = int(out[here]) + 1
    return tuple(out)


# what is new


def _with_puts(path: str, text: str, root: Mapping, record: type[Record], puts: Sequence[Put | Add]) -> str:
    if not puts:
        return text
    edits = _Edits(path, text, root, record)
    for step in puts:
        edits.add(step)
    after = edits.applied()
    meant = said(root)
    for step in sorted(puts, key=_back_to_front):
        meant = _meant(meant, step)
    again = root_of(path, after)
    if again is None or said(again) != meant or comments_of(path, after) != comments_of(path, text):
        raise Fault(f"{path}: this cannot be written in that place; edit the file itself")
    return after


def _back_to_front(step: Put | Add) -> tuple[int, int]:
    """An order in which no step moves what a later one means: entries that go between others last, from the end on."""
    return (1, -step.before) if isinstance(step, Add) and step.before is not None else (0, 0)


def _meant(value: Said, step: Put | Add, depth: int = 0) -> Said:
    """What a value says after a step."""
    if depth == len(step.at):
        if isinstance(step, Put):
            return step.value
        items = list(value) if isinstance(value, list) else []
        items.insert(len(items) if step.before is None else step.before, step.value)
        return items
    part = step.at[depth]
    if isinstance(part, int):
        assert isinstance(value, list)
        return [_meant(one, step, depth + 1) if number == part else one for number, one in enumerate(value)]
    pairs = dict(value) if isinstance(value, dict) else {}
    pairs[part] = _meant(pairs.get(part), step, depth + 1)
    return pairs


class _Edits:
    """The edits that make new keys, entries and values of a text."""

    def __init__(self, path: str, text: str, root: Mapping, record: type[Record]) -> None:
        self.path = path
        self.text = text
        self.root = root
        self.record = record
        self.end = line_end(text)
        self.depth = 0
        self.out: list[tuple[int, int, int, int, str]] = []
        """Start and end, what orders those at one place (what lies deeper first, then by rank), and the text, with plain line feeds."""

    def applied(self) -> str:
        out, at = [], 0
        for start, end, _, _, new in sorted(self.out):
            out += [self.text[at:start], new.replace("\n", self.end)]
            at = end
        return "".join([*out, self.text[at:]])

    def add(self, step: Put | Add) -> None:
        hint = _hint(self.record, self.root, step.at)
        self.depth = len(step.at)
        if isinstance(step, Add):
            node = _at(self.root, step.at)
            if not isinstance(node, Listed):
                raise Fault(f"{self.path}:{node.line}: a list is needed here")
            self.entry(node, _item(hint, step.value), step.value, step.before)
        elif _is_written(self.root, step.at):
            self.value(step.at, hint, step.value)
        else:
            above = _at(self.root, step.at[:-1])
            if not isinstance(above, Mapping) or not isinstance(step.at[-1], str):
                raise Fault(f"{self.path}:{above.line}: keys and values are needed here")
            self.key(above, _hint(self.record, self.root, step.at[:-1]), step.at[-1], hint, step.value)

    def value(self, at: Address, hint: Any, value: Said) -> None:
        """Another value in the place of one."""
        node = _at(self.root, at)
        start = node.span[0]
        raw = self.text[start : end_of(node)].rstrip()
        end = start + len(raw)
        if isinstance(node, Scalar) and isinstance(value, str) and raw[:1] in ("'", '"'):
            self.put(start, end, f"'{value.replace(chr(39), chr(39) * 2)}'" if raw[0] == "'" and _is_one_line(value) else quoted(value))
            return
        if isinstance(at[-1], str):  # what stands over lines of its own stands on the line of its key from now on
            key = _at(self.root, at, key=True)
            above = _at(self.root, at[:-1])
            indent = self.column(key.span[0])
            lines = _written(hint, value, indent, in_line=_is_flow(above))
            colon = self.text.index(":", key.span[1])
            end = max(end, colon + 1)
            self.put(colon + 1, end, lines)
            return
        self.put(start, end, flow(hint, value))

    def key(self, above: Mapping, table: Any, key: str, hint: Any, value: Said) -> None:
        """A key that is not there."""
        order = _order(table)
        rank = order.get(key, len(order))
        before = [one for one in above.items if order.get(one[0].text, len(order)) <= rank]
        if _is_flow(above):
            new = f"{key}: {flow(hint, value)}"
            if not above.items:
                self.put(*above.span, f"{{{new}}}")
            elif before:
                end = _end(before[-1][1], before[-1][0].span[1])
                self.put(end, end, f", {new}", rank)
            else:
                start = above.items[0][0].span[0]
                self.put(start, start, f"{new}, ", rank)
            return
        if not above.items:  # an empty file, or empty metadata
            start, stop = borders(self.path, self.text)
            lead = "\n" if stop > start and not self.text[:stop].endswith("\n") else ""
            self.put(stop, stop, f"{lead}{key}:{_written(hint, value, 0)}\n", rank)
            return
        indent = self.column(above.items[0][0].span[0])
        line = f"{key}:{_written(hint, value, indent)}"
        if before:
            self.after(_end(before[-1][1], before[-1][0].span[1]), " " * indent + line, rank)
        else:
            start = above.items[0][0].span[0]
            self.put(start, start, f"{line}\n{' ' * indent}", rank)

    def entry(self, above: Listed, hint: Any, value: Said, before: int | None) -> None:
        """An entry that is not there."""
        place = len(above.items) if before is None else min(before, len(above.items))
        if _is_flow(above):
            if place == len(above.items):
                end = _end(above.items[-1], 0)
                self.put(end, end, f", {flow(hint, value)}", place)
            else:
                start = above.items[place].span[0]
                self.put(start, start, f"{flow(hint, value)}, ", place)
        else:
            indent = self.column(above.span[0])
            is_flow = sum(_is_flow(one) for one in above.items) * 2 > len(above.items)
            new = " " * indent + _entry(hint, value, indent, in_line=is_flow)
            if place:
                self.after(_end(above.items[place - 1], 0), new, place)
            else:
                start = self.text.rfind("\n", 0, above.span[0]) + 1
                self.put(start, start, new + "\n", place)

    def after(self, at: int, lines: str, rank: int) -> None:
        """New lines below the one that holds the sign before a place."""
        stop = self.text.find("\n", max(at - 1, 0))
        if stop < 0:
            self.put(len(self.text), len(self.text), "\n" + lines, rank)
        else:
            self.put(stop + 1, stop + 1, lines + "\n", rank)

    def put(self, start: int, end: int, text: str, rank: int = 0) -> None:
        self.out.append((start, end, -self.depth, rank, text))

    def column(self, at: int) -> int:
        start = self.text.rfind("\n", 0, at) + 1
        return at - start - self.text.startswith("\ufeff", start)


def _is_one_line(text: str) -> bool:
    return text.isprintable()


def _is_written(root: Mapping, at: Address) -> bool:
    try:
        _at(root, at)
    except Fault:
        return False
    return True


def _is_flow(node: Node) -> bool:
    return not isinstance(node, Scalar) and node.flow


def _end(node: Node, floor: int) -> int:
    """Where the last word of a node stands."""
    return max(end_of(node), floor)


# how it is written


def flow(hint: Any, value: Said) -> str:
    """A value in one line of YAML, as a type of `model.records` has it.

    >>> flow(records.Figure, {"unit": "tanks", "value": "1220"})
    '{value: 1220, unit: "tanks"}'
    """
    hint = _choice(hint, value)
    if value is None:
        out = "null"
    elif isinstance(value, str):
        out = _scalar(hint, value)
    elif isinstance(value, list):
        out = f"[{', '.join(flow(_item(hint, one), one) for one in value)}]"
    else:
        out = f"{{{', '.join(f'{_key(key)}: {flow(_of(hint, key), value[key])}' for key in _ordered(hint, value))}}}"
    return out


def _written(hint: Any, value: Said, indent: int, *, in_line: bool = False) -> str:
    """What stands behind the colon of a key: a value in one line, or a list of entries below it, or below a key of it."""
    if not in_line and not indent and isinstance(value, dict) and any(map(_is_of_entries, value.values())):
        lines = (f"{_key(key)}:{_written(_of(hint, key), value[key], indent + 2)}" for key in _ordered(_choice(hint, value), value))
        return "".join(f"\n{' ' * (indent + 2)}{line}" for line in lines)
    if in_line or not isinstance(value, list) or not _is_of_entries(value) or _is_short(hint, value):
        return f" {flow(hint, value)}"
    return "".join(f"\n{' ' * (indent + 2)}{_entry(_item(hint, one), one, indent + 2)}" for one in value)


def _is_of_entries(value: Said) -> bool:
    """Whether it is a list of keys and values."""
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _is_short(hint: Any, value: list[Said]) -> bool:
    """Whether a list of entries stands within its own entry: one that is of a few values, such as the figures of a claim."""
    return _table(_choice(_item(hint, value[0]), value[0])) in (records.Figure, records.Evidence, records.Waiver)


def _entry(hint: Any, value: Said, indent: int, *, in_line: bool | None = None) -> str:
    """An entry of a list, with its hyphen: in one line, or key by key."""
    line = f"- {flow(hint, value)}"
    is_short = len(line) + indent <= WIDTH if in_line is None else in_line
    if is_short or not isinstance(value, dict) or not value:
        return line
    hint = _choice(hint, value)
    pieces = [f"{_key(key)}:{_written(_of(hint, key), value[key], indent + 2)}" for key in _ordered(hint, value)]
    return "- " + f"\n{' ' * (indent + 2)}".join(pieces)


def _scalar(hint: Any, text: str) -> str:
    form = next((mark.name for mark in marks_of(hint) if isinstance(mark, Form)), "")
    if text in NULLS or form in ("text", "line"):
        return quoted(text)
    pattern = _NAME if form == "name" else _PLAIN
    is_switch = hint is bool and text in ("true", "false")
    return text if is_switch or (pattern.fullmatch(text) and ": " not in text and " #" not in text) else quoted(text)


def _key(key: str) -> str:
    return key if re.fullmatch(r"\w[\w-]*", key) else quoted(key)


def _ordered(hint: Any, value: dict[str, Said]) -> list[str]:
    order = _order(hint)
    return sorted(value, key=lambda key: order.get(key, len(order))) if order else list(value)


def _order(hint: Any) -> dict[str, int]:
    """The place of each key of a record; empty of what has no table."""
    table = _table(hint)
    if table is None:
        return {}
    keys = [field.key for field in fields(table)]
    first = _FIRST.get(table, ())
    return {key: number for number, key in enumerate(dict.fromkeys([*first, *keys]))}


# which type stands where


def _table(hint: Any) -> type[Record] | None:
    return hint if isinstance(hint, type) and issubclass(hint, Record) else None


def _bare(hint: Any) -> Any:
    """A type without what stands beside it, but where that tells how a scalar is written."""
    hint = without_none(hint)
    marks = marks_of(hint)
    if marks and not any(isinstance(mark, Form) and mark.name not in ("one-or-many", "above") for mark in marks):
        return _bare(get_args(hint)[0])
    return hint


def _choice(hint: Any, value: Said) -> Any:
    """Of several types the one that a value is of."""
    hint = _bare(hint)
    if get_origin(hint) not in (Union, UnionType):
        return hint
    options = [_bare(one) for one in get_args(hint)]
    tables = [one for one in map(_table, options) if one is not None]
    if isinstance(value, dict) and tables:
        return max(tables, key=lambda table: len({field.key for field in fields(table) if field.required} & set(value)))
    return next((one for one in options if _table(one) is None), options[0])


def _of(hint: Any, key: str) -> Any:
    """The type of a key's value."""
    hint = _bare(hint)
    table = _table(hint)
    if table is not None:
        return next((field.type for field in fields(table) if field.key == key), None)
    return get_args(hint)[1] if get_origin(hint) is dict else None


def _item(hint: Any, value: Said) -> Any:
    """The type of a list's entries."""
    hint = _bare(hint)
    return _choice(get_args(hint)[0], value) if get_origin(hint) is tuple else hint


def _hint(record: type[Record], root: Node, at: Address) -> Any:
    """The type at an address."""
    hint: Any = record
    node: Node | None = root
    for part in at:
        if isinstance(part, str):
            hint = _of(_choice(hint, said(node) if node is not None else None), part)
        else:
            hint = _item(hint, said(node.items[part]) if isinstance(node, Listed) and part < len(node.items) else None)
        node = _child(node, part)
    return hint


def _child(node: Node | None, part: str | int) -> Node | None:
    if isinstance(node, Mapping):
        return next((value for key, value in node.items if key.text == part), None)
    if isinstance(node, Listed) and isinstance(part, int) and part < len(node.items):
        return node.items[part]
    return None
