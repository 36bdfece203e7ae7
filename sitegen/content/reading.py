"""From nodes to records: the closed mappings and lists of the formats, with every problem found.

A reader is made once for each class from its annotations (`model.records`), so that there is no second list of keys.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable
from functools import cache
from typing import Annotated, Any, NamedTuple, TypeVar, Union, get_args, get_origin

from sitegen.content.fields import FieldInfo, choices, fields, marks_of, without_none
from sitegen.content.forms import FORMS, boolean
from sitegen.content.mending import alike, mended, right
from sitegen.content.nearest import did_you_mean, nearest
from sitegen.content.node import NULLS, Mapping, Node, Scalar, Sequence
from sitegen.model.article import Reference
from sitegen.model.base import Choice, Form, Record
from sitegen.model.kinds import subject
from sitegen.model.problem import Code, Problem, Waived, missing
from sitegen.model.records import Waiver

ANYWHERE = {"todo": "A note to the editors; never published.", "extra": "Anything: not checked, not published."}
"""The keys that every mapping may have."""


class Invalid:
    """What a reader returns where the value cannot be used; the problem has been noted."""


INVALID = Invalid()


class Named(NamedTuple):
    """An id that names a page: where it is written, of which kind the page is, and its stem. `kind` is `SPEAKERS` where it may name besides
    an entry under the article's `sources`, or nobody in particular."""

    node: Scalar
    kind: str
    stem: str

    @property
    def reference(self) -> Reference:
        return Reference(self.kind, self.stem, self.node.path, self.node.line)


class Unfit(NamedTuple):
    """A scalar that cannot be used, with what is told of it, and the one value that it can mean, if any."""

    node: Scalar
    problem: Problem
    right: str


class Reading:
    """What one file's reading has found: problems, the editors' todos, the pages that it names, and the line of each record."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.todos: list[tuple[str, int, str]] = []
        self.waived: list[Waived] = []
        self.named: list[Named] = []
        self.unfit: list[Unfit] = []
        self.written: dict[int, Mapping] = {}
        """`id()` of a record -> where it is written; good as long as the records are held."""

    def wrong(self, node: Node, code: Code, message: str, hint: str = "") -> Invalid:
        self.problems.append(Problem(node.path, node.line, code, message, hint))
        return INVALID

    def misread(self, node: Scalar, code: Code, message: str, hint: str, right: str) -> Invalid:
        """Notes a scalar that cannot be used, and what is right in its place, where that is certain."""
        self.wrong(node, code, message, hint)
        self.unfit.append(Unfit(node, self.problems[-1], right))
        return INVALID

    def problem(self, at: Record, code: Code, message: str, hint: str = "", *, key: str = "", line: int = 0, warning: bool = False) -> None:
        """Notes a problem at the line of a record, or of one of its keys; of what stands in the body at that `line`."""
        path, own = self.line_of(at)
        line = line or own
        waiver = next((one for one in getattr(at, "waive", ()) if one.code == code), None)
        if waiver is not None:
            self.waived.append(self.waiver(waiver))
            return
        line = next((name.line for name, _ in self.written[id(at)].items if name.text == key), line) if key else line
        self.problems.append(Problem(path, line, code, message, hint, "warning" if warning else "error"))

    def has_key(self, record: Record, *keys: str) -> bool:
        """Whether a record is written with one of these keys, whatever became of its value."""
        return any(name.text in keys for name, _ in self.written[id(record)].items)

    def waiver(self, one: Waiver) -> Waived:
        """A waiver, with where it is written."""
        return Waived(*self.line_of(one), one.code, one.why)

    def line_of(self, record: Record) -> tuple[str, int]:
        node = self.written[id(record)]
        return node.path, node.line


R = TypeVar("R", bound=Record)
Reader = Callable[[Node, str, Reading], Any]


@cache
def reader_of(hint: Any, one_or_many: bool = False) -> Reader:
    """The reader for a type of `model.records`."""
    hint = without_none(hint)
    for mark in marks_of(hint):
        if isinstance(mark, Form) and mark.name in FORMS:
            return _scalar(mark.name, mark.of)
        if isinstance(mark, Choice):
            return _choice(mark)
    if get_origin(hint) is Annotated:
        return reader_of(get_args(hint)[0], one_or_many)
    origin, args = get_origin(hint), get_args(hint)
    if origin is tuple:
        return _many(reader_of(args[0]), one_or_many)
    if origin is dict:
        return _named(reader_of(args[0]), reader_of(args[1]))
    if origin in (Union, types.UnionType):
        return _either(args)
    if hint is bool:
        return _scalar("boolean")
    if isinstance(hint, type) and issubclass(hint, Record):
        return _record(hint)
    raise TypeError(f"no reader for {hint!r}")


def _scalar(name: str, of: str = "") -> Reader:
    form = boolean if name == "boolean" else FORMS[name]

    def read(node: Node, key: str, reading: Reading) -> Any:
        if not isinstance(node, Scalar):
            return reading.wrong(node, "wrong-type", f"{key!r} takes a single value", "write it on one line")
        if node.comment and name in ("text", "line", "name"):
            hint = "put the whole value in double quotes; a comment has a line of its own"
            return reading.wrong(node, "comment-ended-text", f"“ #” begins a comment: only {_shown(node.text)} was read of {key!r}", hint)
        try:
            value = form(node.text)
        except ValueError as error:
            return reading.misread(
                node, "wrong-type", f"{key!r} is {_shown(node.text)}: {error}", mended(name, node.text), right(name, node.text)
            )
        if of or name == "subject":
            kind, _, stem = (f"{of}/{value}" if of else subject(str(value))).partition("/")
            reading.named.append(Named(node, kind, stem))
        return value

    return read


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:57] + "…")


def _choice(choice: Choice) -> Reader:
    def read(node: Node, key: str, reading: Reading) -> Any:
        if isinstance(node, Scalar) and node.text in choice.members:
            return node.text
        members = f"one of: {', '.join(choice.members)}"
        if not isinstance(node, Scalar):
            return reading.wrong(node, "wrong-choice", f"{key!r} is not a word, which is no {choice.name}", members)
        message = f"{key!r} is {_shown(node.text)}, which is no {choice.name}"
        hint = did_you_mean(node.text, choice.members, members)
        return reading.misread(node, "wrong-choice", message, hint, alike(node.text, choice.members))

    return read


MANY = 100
"""Sources, containers or places that one entry may name: it is shown on the page of each."""


def _many(item: Reader, one_or_many: bool) -> Reader:
    def read(node: Node, key: str, reading: Reading) -> Any:
        if one_or_many and not isinstance(node, Sequence):
            value = item(node, key, reading)
            return INVALID if value is INVALID else (value,)
        if not isinstance(node, Sequence):
            return reading.wrong(node, "wrong-type", f"{key!r} takes a list", "begin each entry with `- `, or write `[]` for none")
        if one_or_many and len(node.items) > MANY:
            return reading.wrong(node, "wrong-type", f"{key!r} has {len(node.items):,} entries", f"name {MANY} at most")
        values = [item(one, key, reading) for one in node.items]
        return tuple(value for value in values if value is not INVALID)

    return read


def _named(key_reader: Reader, value_reader: Reader) -> Reader:
    def read(node: Node, key: str, reading: Reading) -> Any:
        if not isinstance(node, Mapping):
            return reading.wrong(node, "wrong-type", f"{key!r} takes `name: value` lines")
        out = {}
        for name_node, value_node in node.items:
            name = key_reader(name_node, key, reading)
            value = value_reader(value_node, name_node.text, reading)
            if name is not INVALID and value is not INVALID:
                out[name] = value
        return out

    return read


def _either(options: tuple[Any, ...]) -> Reader:
    """Text or a mapping; of two kinds of mapping, the one whose required keys are there."""
    records = [option for option in options if isinstance(option, type) and issubclass(option, Record)]
    scalars = [option for option in options if option not in records]
    readers = {record: reader_of(record) for record in records}
    needed = {record: {field.key for field in fields(record) if field.required} for record in records}

    def read(node: Node, key: str, reading: Reading) -> Any:
        if isinstance(node, Scalar) and scalars:
            return reader_of(scalars[0])(node, key, reading)
        if isinstance(node, Mapping):
            keys = {name.text for name, _ in node.items}
            best = max(records, key=lambda record: len(needed[record] & keys))
            return readers[best](node, key, reading)
        return reading.wrong(node, "wrong-type", f"an entry of {key!r} takes keys and values")

    return read


def _record(record: type[Record]) -> Reader:
    table = {field.key: field for field in fields(record)}
    needed = [field for field in table.values() if field.required]
    readers: dict[str, Reader] = {}

    def read(node: Node, key: str, reading: Reading) -> Any:
        if not isinstance(node, Mapping):
            keys = ", ".join(f"{field.key}: …" for field in needed)
            is_alone = isinstance(node, Scalar) and len(needed) == 1
            hint = (
                f"write `{{{needed[0].key}: {node.text}}}`"
                if isinstance(node, Scalar) and is_alone
                else f"write `{{{keys}}}`"
                if needed
                else f"keys: {', '.join(table)}"
            )
            return reading.wrong(node, "wrong-type", f"{key!r} takes keys and values", hint)
        values: dict[str, Any] = {}
        meant: set[str] = set()
        is_cut = False
        for index, (name, value) in enumerate(node.items):
            word = name.text
            field = table.get(word)
            if field is None:
                meant.add(_unknown(node, index, table, reading))
                is_cut = is_cut or _is_cut(node, index)
                continue
            if isinstance(value, Scalar) and value.plain and value.text in NULLS:
                continue
            reader = readers.get(word)
            if reader is None:
                reader = readers[word] = reader_of(field.type, field.one_or_many)
            result = reader(value, word, reading)
            if result is not INVALID:
                values[field.name] = result
        if is_cut:  # what is left of the quote would only be found wanting
            return INVALID
        for field in needed:
            if field.name not in values:
                _missing(node, (one for one in needed if one.key not in meant), reading)
                return INVALID
        made = record(**values)
        reading.written[id(made)] = node
        return made

    return read


def _missing(node: Mapping, needed: Iterable[FieldInfo], reading: Reading) -> None:
    present = {name.text for name, value in node.items if not (isinstance(value, Scalar) and value.is_null)}
    for field in needed:
        if field.key not in present:
            may_be = ", ".join(choices(field))
            reading.wrong(node, missing(field.key), f"{field.key!r} is missing", _asked(field, may_be))


def _asked(field: FieldInfo, may_be: str) -> str:
    """What is to be written under a key that is missing."""
    return f"add `{field.key}: …`, one of: {may_be}" if may_be else f"add `{field.key}: …`. {field.doc.text}".rstrip()


def _is_cut(node: Mapping, index: int) -> bool:
    """Whether what looks like a key is the rest of a value without quotes, which a comma ended."""
    value = node.items[index][1]
    return node.flow and index > 0 and isinstance(value, Scalar) and value.text == "" and value.plain


def _unknown(node: Mapping, index: int, table: dict[str, FieldInfo], reading: Reading) -> str:
    """Tells of a key that is none; gives the key that was probably meant, if any, so that it is not told to be missing too."""
    name, value = node.items[index]
    if name.text == "todo":
        reading.todos.append((name.path, name.line, value.text if isinstance(value, Scalar) else ""))
    elif name.text == "extra":
        pass
    elif _is_cut(node, index):
        before = node.items[index - 1][0].text
        reading.wrong(
            name,
            "comma-ended-quote",
            f"a comma ended the quote: {name.text!r} was read as a key of its own",
            f"put the whole value of `{before}` in double quotes",
        )
    else:
        options = [*table, *ANYWHERE]
        meant = nearest(name.text, options)
        hint = f"did you mean `{meant}`?" if meant else f"keys: {', '.join(options)}"
        reading.wrong(name, "unknown-key", f"unknown key {name.text!r}", hint)
        return meant or ""
    return ""


def read(record: type[R], node: Node, reading: Reading) -> R | None:
    """The record that a node writes, or None where it cannot be used; problems are noted in `reading`."""
    value = reader_of(record)(node, record.__name__, reading)
    return value if isinstance(value, record) else None
