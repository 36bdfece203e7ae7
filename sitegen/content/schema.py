"""The tables of fields for other readers: JSON Schema for editors' tools, and reference pages for people."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Annotated, Any, Union, get_args, get_origin

from sitegen.content.fields import FieldInfo, fields, without_none
from sitegen.content.forms import JSON_SCHEMA, SPOKEN
from sitegen.content.reading import ANYWHERE
from sitegen.model import records
from sitegen.model.base import Choice, Form, Record
from sitegen.model.kinds import ARTICLES, KINDS, PAGES


def tables() -> dict[str, tuple[type[Record], str]]:
    """The files that editors write: name of the schema -> its table and its title."""
    out: dict[str, tuple[type[Record], str]] = {
        kind.singular: (kind.record, f"{'Free page' if kind is PAGES else kind.singular.capitalize()}: `{kind.files}`")
        for kind in KINDS.values()
    }
    notes = f"Apparatus of an article: `{ARTICLES.files.removesuffix('.md')}.notes.yaml`"
    theme = "What a theme is laid over: `themes/NAME/theme.yaml`"
    return {
        **out,
        "notes": (records.Notes, notes),
        "config": (records.Config, "Settings: `sitegen.yaml`"),
        "theme": (records.ThemeSettings, theme),
    }


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one kind of file."""
    record, title = tables()[name]
    found: dict[str, type[Record]] = {}
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title.replace("`", ""), **_object(record, found)}
    definitions: dict[str, Any] = {}
    while pending := [key for key in found if key not in definitions]:
        for key in pending:
            definitions[key] = _object(found[key], found)
    return {**schema, "$defs": dict(sorted(definitions.items()))} if definitions else schema


def _object(record: type[Record], found: dict[str, type[Record]]) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for field in fields(record):
        schema = _schema(field.type, found, one_or_many=field.one_or_many)
        if not field.required:
            schema = {"anyOf": [schema, {"type": "null"}]}
        properties[field.key] = {
            **schema,
            "description": field.doc.text,
            **({"examples": [field.doc.example]} if field.doc.example else {}),
        }
    for key, text in ANYWHERE.items():
        properties[key] = {"description": text} if key == "extra" else {"type": "string", "description": text}
    required = [field.key for field in fields(record) if field.required]
    return {"type": "object", "properties": properties, "additionalProperties": False, **({"required": required} if required else {})}


def _schema(hint: Any, found: dict[str, type[Record]], *, one_or_many: bool = False) -> dict[str, Any]:
    hint = without_none(hint)
    for mark in get_args(hint)[1:] if get_origin(hint) is Annotated else ():
        if isinstance(mark, Form) and mark.name in JSON_SCHEMA:
            return dict(JSON_SCHEMA[mark.name])
        if isinstance(mark, Choice):
            return {"enum": list(mark.members)}
    if get_origin(hint) is Annotated:
        return _schema(get_args(hint)[0], found, one_or_many=one_or_many)
    origin, args = get_origin(hint), get_args(hint)
    if origin is tuple:
        item = _schema(args[0], found)
        many = {"type": "array", "items": item}
        return {"anyOf": [item, many]} if one_or_many else many
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(args[1], found)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_schema(arg, found) for arg in args]}
    if hint is bool:
        return {"type": "boolean"}
    found[hint.__name__] = hint
    return {"$ref": f"#/$defs/{hint.__name__}"}


def reference(name: str) -> str:
    """The reference page of one kind of file, in Markdown."""
    record, title = tables()[name]
    out = [f"# {title}", "", "<!-- made by `make docs` from sitegen/model/records.py; do not edit -->", "", _first(record), ""]
    if name != "notes":
        out += [
            f"JSON Schema: [`{name}.schema.json`](../schema/{name}.schema.json). Unknown keys are errors; every mapping may besides have:",
            "",
        ]
        out += [f"- `{key}`: {text}" for key, text in ANYWHERE.items()] + [""]
    done: set[type[Record]] = set()
    pending: list[type[Record]] = [record]
    while pending:
        one = pending.pop(0)
        if one in done:
            continue
        done.add(one)
        if one is not record:
            out += [f"## {one.__name__}", "", _first(one), ""]
        out += ["| key | takes | meaning |", "|---|---|---|"]
        for field in fields(one):
            out.append(f"| `{field.key}`{' (needed)' if field.required else ''} | {_takes(field)} | {_cell(field)} |")
            pending += [part for part in _records(field.type) if part not in done]
        out.append("")
    return "\n".join(out)


def _first(record: type[Record]) -> str:
    return " ".join((record.__doc__ or "").split())


def _cell(field: FieldInfo) -> str:
    example = f" Example: `{field.doc.example}`." if field.doc.example else ""
    return (field.doc.text + example).replace("|", "\\|")


def _takes(field: FieldInfo) -> str:
    words = _spoken(field.type)
    return f"{words.removeprefix('list: ')}, or a list of them" if field.one_or_many else words


def _spoken(hint: Any) -> str:
    hint = without_none(hint)
    for mark in get_args(hint)[1:] if get_origin(hint) is Annotated else ():
        if isinstance(mark, Form) and mark.name in SPOKEN:
            return SPOKEN[mark.name]
        if isinstance(mark, Choice):
            return " · ".join(f"`{member}`" for member in mark.members)
    if get_origin(hint) is Annotated:
        return _spoken(get_args(hint)[0])
    origin, args = get_origin(hint), get_args(hint)
    if origin is tuple:
        return f"list: {_spoken(args[0])}"
    if origin is dict:
        return f"`{_spoken(args[0])}: {_spoken(args[1])}`"
    if origin in (Union, types.UnionType):
        return " or ".join(_spoken(arg) for arg in args)
    if hint is bool:
        return "`true` or `false`"
    return f"[{hint.__name__}](#{hint.__name__.lower()})"


def _records(hint: Any) -> Iterator[type[Record]]:
    if isinstance(hint, type) and issubclass(hint, Record):
        yield hint
    for arg in get_args(hint):
        if not isinstance(arg, Form | Choice):
            yield from _records(arg)
