r"""Makes the metadata of a file say something else, and leaves every sign that need not change: comments, order, quotes, line ends.

What is new is written as `content.notation` has it, an entry of a list as its neighbours are. What was changed is read again and must
say what was meant, with every comment that was there; else it is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sitegen.content.cutting import borders, comments_of, rewritten, root_of, said
from sitegen.content.front import end_of, line_end
from sitegen.content.node import Mapping, Node, Scalar
from sitegen.content.node import Sequence as Listed
from sitegen.content.notation import behind, chosen, entry, flow, order_of, type_of, type_of_entry
from sitegen.content.threeway import Said
from sitegen.content.writer import quoted
from sitegen.model.base import Record
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


def amended(path: str, text: str, record: type[Record], steps: Sequence[Step]) -> str:
    r"""A file whose metadata are a `record`, after all steps; addresses are those of the file as it was. Raises Fault where it cannot be
    written so.

    >>> from sitegen.model import records
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
            self.entry(node, type_of_entry(hint, step.value), step.value, step.before)
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
            lines = behind(hint, value, indent, in_line=_is_flow(above))
            colon = self.text.index(":", key.span[1])
            end = max(end, colon + 1)
            self.put(colon + 1, end, lines)
            return
        self.put(start, end, flow(hint, value))

    def key(self, above: Mapping, table: Any, key: str, hint: Any, value: Said) -> None:
        """A key that is not there."""
        order = order_of(table)
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
            self.put(stop, stop, f"{lead}{key}:{behind(hint, value, 0)}\n", rank)
            return
        indent = self.column(above.items[0][0].span[0])
        line = f"{key}:{behind(hint, value, indent)}"
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
            new = " " * indent + entry(hint, value, indent, in_line=is_flow)
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


def _hint(record: type[Record], root: Node, at: Address) -> Any:
    """The type at an address."""
    hint: Any = record
    node: Node | None = root
    for part in at:
        if isinstance(part, str):
            hint = type_of(chosen(hint, said(node) if node is not None else None), part)
        else:
            hint = type_of_entry(hint, said(node.items[part]) if isinstance(node, Listed) and part < len(node.items) else None)
        node = _child(node, part)
    return hint


def _child(node: Node | None, part: str | int) -> Node | None:
    if isinstance(node, Mapping):
        return next((value for key, value in node.items if key.text == part), None)
    if isinstance(node, Listed) and isinstance(part, int) and part < len(node.items):
        return node.items[part]
    return None
