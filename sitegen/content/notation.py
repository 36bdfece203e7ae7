"""Writes a value in YAML as a careful person would, by the type that `model.records` gives it: keys in their order, an entry of a list in
one line or key by key, free text in double quotes.
"""

from __future__ import annotations

import re
from types import UnionType
from typing import Any, Union, get_args, get_origin

from sitegen.content.fields import fields, marks_of, without_none
from sitegen.content.node import NULLS
from sitegen.content.threeway import Said
from sitegen.content.writer import quoted
from sitegen.model import records
from sitegen.model.base import Form, Record

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


def flow(hint: Any, value: Said) -> str:
    """A value in one line of YAML, as a type of `model.records` has it.

    >>> flow(records.Figure, {"unit": "tanks", "value": "1220"})
    '{value: 1220, unit: "tanks"}'
    """
    hint = chosen(hint, value)
    if value is None:
        out = "null"
    elif isinstance(value, str):
        out = _scalar(hint, value)
    elif isinstance(value, list):
        out = f"[{', '.join(flow(type_of_entry(hint, one), one) for one in value)}]"
    else:
        out = f"{{{', '.join(f'{_key(key)}: {flow(type_of(hint, key), value[key])}' for key in _ordered(hint, value))}}}"
    return out


def behind(hint: Any, value: Said, indent: int, *, in_line: bool = False) -> str:
    """What stands behind the colon of a key: a value in one line, or a list of entries below it, or below a key of it."""
    if not in_line and not indent and isinstance(value, dict) and any(map(_is_of_entries, value.values())):
        lines = (f"{_key(key)}:{behind(type_of(hint, key), value[key], indent + 2)}" for key in _ordered(chosen(hint, value), value))
        return "".join(f"\n{' ' * (indent + 2)}{line}" for line in lines)
    if in_line or not isinstance(value, list) or not _is_of_entries(value) or _is_short(hint, value):
        return f" {flow(hint, value)}"
    return "".join(f"\n{' ' * (indent + 2)}{entry(type_of_entry(hint, one), one, indent + 2)}" for one in value)


def _is_of_entries(value: Said) -> bool:
    """Whether it is a list of keys and values."""
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _is_short(hint: Any, value: list[Said]) -> bool:
    """Whether a list of entries stands within its own entry: one that is of a few values, such as the figures of a claim."""
    return _table(chosen(type_of_entry(hint, value[0]), value[0])) in (records.Figure, records.Evidence, records.Waiver)


def entry(hint: Any, value: Said, indent: int, *, in_line: bool | None = None) -> str:
    """An entry of a list, with its hyphen: in one line, or key by key."""
    line = f"- {flow(hint, value)}"
    is_short = len(line) + indent <= WIDTH if in_line is None else in_line
    if is_short or not isinstance(value, dict) or not value:
        return line
    hint = chosen(hint, value)
    pieces = [f"{_key(key)}:{behind(type_of(hint, key), value[key], indent + 2)}" for key in _ordered(hint, value)]
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
    order = order_of(hint)
    return sorted(value, key=lambda key: order.get(key, len(order))) if order else list(value)


def order_of(hint: Any) -> dict[str, int]:
    """The place of each key of a record; empty of what has no table."""
    table = _table(hint)
    if table is None:
        return {}
    keys = [field.key for field in fields(table)]
    first = _FIRST.get(table, ())
    return {key: number for number, key in enumerate(dict.fromkeys([*first, *keys]))}


def _table(hint: Any) -> type[Record] | None:
    return hint if isinstance(hint, type) and issubclass(hint, Record) else None


def _bare(hint: Any) -> Any:
    """A type without what stands beside it, but where that tells how a scalar is written."""
    hint = without_none(hint)
    marks = marks_of(hint)
    if marks and not any(isinstance(mark, Form) and mark.name not in ("one-or-many", "above") for mark in marks):
        return _bare(get_args(hint)[0])
    return hint


def chosen(hint: Any, value: Said) -> Any:
    """Of several types the one that a value is of."""
    hint = _bare(hint)
    if get_origin(hint) not in (Union, UnionType):
        return hint
    options = [_bare(one) for one in get_args(hint)]
    tables = [one for one in map(_table, options) if one is not None]
    if isinstance(value, dict) and tables:
        return max(tables, key=lambda table: len({field.key for field in fields(table) if field.required} & set(value)))
    return next((one for one in options if _table(one) is None), options[0])


def type_of(hint: Any, key: str) -> Any:
    """The type of a key's value."""
    hint = _bare(hint)
    table = _table(hint)
    if table is not None:
        return next((field.type for field in fields(table) if field.key == key), None)
    return get_args(hint)[1] if get_origin(hint) is dict else None


def type_of_entry(hint: Any, value: Said) -> Any:
    """The type of a list's entries."""
    hint = _bare(hint)
    return chosen(get_args(hint)[0], value) if get_origin(hint) is tuple else hint
