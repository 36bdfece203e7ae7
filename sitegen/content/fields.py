"""The table of a record's fields, from the annotations of `model.records`."""

from __future__ import annotations

import types
from functools import cache, reduce
from operator import or_
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec

from sitegen.model.base import Choice, Doc, Form, Record
from sitegen.model.records import Above, OneOrMany


class FieldInfo(msgspec.Struct, frozen=True):
    """One field of a record, as the table has it."""

    key: str
    name: str
    type: Any
    doc: Doc
    required: bool
    one_or_many: bool
    is_above: bool
    """What the page stands within."""


@cache
def fields(record: type[Record]) -> tuple[FieldInfo, ...]:
    """The table of a record's fields, in the order in which they are documented."""
    hints = get_type_hints(record, include_extras=True)
    inherited = [base for base in reversed(record.__mro__) if base is not record and "__annotations__" in vars(base)]
    later = [name for base in inherited for name in vars(base)["__annotations__"] if name in hints]
    own = [name for name in record.__annotations__ if name in hints]
    first = [name for name in ("name", "aliases") if name in hints]
    defaults = {field.name: field for field in msgspec.structs.fields(record)}
    out = []
    for name in dict.fromkeys([*first, *own, *later]):
        marks = marks_of(hints[name])
        out.append(
            FieldInfo(
                name.rstrip("_"),
                name,
                hints[name],
                next((mark for mark in marks if isinstance(mark, Doc)), Doc("")),
                defaults[name].required,
                OneOrMany in marks,
                Above in marks,
            )
        )
    return tuple(out)


def marks_of(hint: Any) -> tuple[Any, ...]:
    """What stands beside a type in `Annotated`."""
    return get_args(hint)[1:] if get_origin(hint) is Annotated else ()


@cache
def without_none(hint: Any) -> Any:
    """The type without its `| None`, marks kept."""
    if get_origin(hint) in (Union, types.UnionType):
        rest = [arg for arg in get_args(hint) if arg is not type(None)]
        return rest[0] if len(rest) == 1 else reduce(or_, rest)
    if get_origin(hint) is Annotated:
        base, *marks = get_args(hint)
        inner = without_none(base)
        return inner if any(isinstance(m, Form | Choice) for m in marks_of(inner)) else Annotated[(inner, *marks)]
    return hint


def choices(field: FieldInfo) -> tuple[str, ...]:
    """What a field may be, where it is one of a closed list."""
    return next((mark.members for mark in marks_of(without_none(field.type)) if isinstance(mark, Choice)), ())
