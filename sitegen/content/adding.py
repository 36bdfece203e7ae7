r"""Adds entries to a list of a file's metadata, and leaves every other sign of it as it is: comments, order, quotes, line ends.

An entry is given as `cutting.said` tells what a node says. What was changed is read again and must say what was meant; else nothing is
changed, and a Fault says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sitegen.content.cutting import Edit, Said, borders, comments_of, root_of, said
from sitegen.content.front import end_of, line_end
from sitegen.content.node import NULLS, Node, Scalar
from sitegen.content.node import Mapping as Keys
from sitegen.content.writer import quoted
from sitegen.model.problem import Fault

_PLAIN = re.compile(r"-?[a-z0-9]+(?:[./-][A-Za-z0-9]+)*")
"""What reads back as it is where it stands without quotes: ids, members of lists, numbers, days."""
_FREE: Final = frozenset(
    ["quote", "prefix", "suffix", "note", "read", "gloss", "hedge", "by", "title", "unit", "of", "scope", "why", "todo", "locator"]
)
"""The keys of free text, which is always put in quotes."""


def with_entries(path: str, text: str, keys: Sequence[str], entries: Sequence[Said]) -> str:
    r"""A file whose list under some keys, each within the one before, has some entries more at its end. What is not there is made.

    >>> with_entries("a.notes.yaml", "annotations:\n- {quote: A} # one\n", ["annotations"], [{"quote": "B", "kind": "sic"}])
    'annotations:\n- {quote: A} # one\n- quote: "B"\n  kind: sic\n'
    >>> with_entries("a.notes.yaml", "places: {ignore: [A]}\n", ["places", "proposed"], [{"wording": "B"}])
    'places: {ignore: [A], proposed: [{wording: "B"}]}\n'
    """
    root = root_of(path, text)
    if root is None:
        raise Fault(f"{path} cannot be read as it is: sitegen check tells why")
    edit = _edit(text, borders(path, text), root, keys, entries)
    after = text[: edit.start] + edit.text + text[edit.end :]
    again = root_of(path, after)
    is_meant = again is not None and said(again) == _with(said(root), keys, entries)
    if again is None or not is_meant or comments_of(path, after, again) != comments_of(path, text, root):
        raise Fault(f"{path}: nothing can be added under {'.'.join(keys)} as the file is written; lay it out with `sitegen format` first")
    return after


def _with(whole: Said, keys: Sequence[str], entries: Sequence[Said]) -> Said:
    """What a file would say."""
    if not keys:
        return [*(whole if isinstance(whole, list) else ()), *entries]
    pairs = whole if isinstance(whole, dict) else {}
    return {**pairs, keys[0]: _with(pairs.get(keys[0]), keys[1:], entries)}


def _edit(text: str, span: tuple[int, int], root: Keys, keys: Sequence[str], entries: Sequence[Said]) -> Edit:
    node: Node = root
    for depth, key in enumerate(keys):
        assert isinstance(node, Keys)
        found = next(((name, value) for name, value in node.items if name.text == key), None)
        if found is None:
            return _new_key(text, span, node if depth else root, keys[depth:], entries, is_root=not depth)
        name, node = found
        if isinstance(node, Scalar) and node.is_null:
            return _below(text, name, node, _nested(keys[depth + 1 :], entries))
        is_right = isinstance(node, Keys) if depth + 1 < len(keys) else not isinstance(node, Scalar | Keys)
        if not is_right:
            what = "keys and values are" if depth + 1 < len(keys) else "a list is"
            raise Fault(f"{node.path}:{node.line}: {what} needed under `{key}`")
    return _longer(text, node, entries)


def _nested(keys: Sequence[str], entries: Sequence[Said]) -> Said:
    return {keys[0]: _nested(keys[1:], entries)} if keys else list(entries)


def _longer(text: str, node: Node, entries: Sequence[Said]) -> Edit:
    """A list with the entries at its end."""
    assert not isinstance(node, Scalar)
    if node.flow:
        more = ", ".join(map(_flow, entries))
        at = end_of(node.items[-1]) if node.items else node.span[0] + 1  # type: ignore[arg-type]
        return Edit(at, at, f", {more}" if node.items else more)
    start = node.span[0]
    indent = text[text.rfind("\n", 0, start) + 1 : start].removeprefix("\ufeff")
    return _lines(text, _line_after(text, end_of(node)), [line for one in entries for line in _item(one, indent)])


def _new_key(text: str, span: tuple[int, int], node: Keys, keys: Sequence[str], entries: Sequence[Said], *, is_root: bool) -> Edit:
    """A mapping with one key more, at its end."""
    if node.flow:
        inside = f"{keys[0]}: {_flow(_nested(keys[1:], entries))}"
        at = end_of(node.items[-1][1]) if node.items else node.span[0] + 1
        return Edit(at, at, f", {inside}" if node.items else inside)
    key = node.items[0][0].span[0] if node.items else span[0]
    indent = text[text.rfind("\n", 0, key) + 1 : key].removeprefix("\ufeff") if node.items else ""
    lines = list(_block({keys[0]: _nested(keys[1:], entries)}, indent))
    return _lines(text, span[1] if is_root else _line_after(text, end_of(node)), lines)


def _below(text: str, name: Scalar, node: Scalar, value: Said) -> Edit:
    """What a key says that has no value yet, on the lines below it."""
    indent = text[text.rfind("\n", 0, name.span[0]) + 1 : name.span[0]].removeprefix("\ufeff") + "  "
    lines = [line for one in value for line in _item(one, indent)] if isinstance(value, list) else list(_block(value, indent))
    edit = _lines(text, _line_after(text, max(name.span[1], node.span[1])), lines)
    if node.text:  # `null` is spelled out
        start, end = node.span
        return Edit(start, edit.start, text[end : edit.start] + edit.text)
    return edit


def _line_after(text: str, at: int) -> int:
    """Where the line after a place begins."""
    found = text.find("\n", max(at - 1, 0))
    return found + 1 if found >= 0 else len(text)


def _lines(text: str, at: int, lines: Sequence[str]) -> Edit:
    end = line_end(text)
    before = end if at and text[at - 1 : at] not in ("\n", "\ufeff") else ""
    return Edit(at, at, before + "".join(line + end for line in lines))


# how an entry is written


def _item(entry: Said, indent: str) -> Iterator[str]:
    """An entry of a list, its keys on lines of their own."""
    if not isinstance(entry, dict) or not entry:
        yield f"{indent}- {_flow(entry)}"
        return
    first, *rest = _block(entry, indent + "  ")
    yield f"{indent}- {first[len(indent) + 2 :]}"
    yield from rest


def _block(pairs: Said, indent: str) -> Iterator[str]:
    assert isinstance(pairs, dict)
    for key, value in pairs.items():
        if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            yield f"{indent}{_key(key)}:"
            for one in value:
                yield from _item(one, f"{indent}  ") if not indent or key == "proposed" else (f"{indent}  - {_flow(one)}",)
        elif isinstance(value, dict) and not indent and value:
            yield f"{indent}{_key(key)}:"
            yield from _block(value, f"{indent}  ")
        else:
            yield f"{indent}{_key(key)}: {_flow(value, key)}"


def _flow(value: Said, key: str = "") -> str:
    """A value on one line."""
    if value is None:
        return "null"
    if isinstance(value, str):
        is_plain = key not in _FREE and len(value) <= 100 and value not in NULLS and _PLAIN.fullmatch(value)
        return value if is_plain else quoted(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(name)}: {_flow(one, name)}" for name, one in value.items()) + "}"
    return "[" + ", ".join(_flow(one, key) for one in value) + "]"


def _key(name: str) -> str:
    return name if _PLAIN.fullmatch(name.replace("_", "-")) and name not in NULLS and len(name) <= 100 else quoted(name)
