"""What the desk's page is told, as JSON has it: pages with their entries, and the tables of fields of which forms are made."""

from __future__ import annotations

import types
from typing import Annotated, Any, Union, get_args, get_origin

from sitegen.content.fields import fields, marks_of, without_none
from sitegen.desk.sheet import Entry, Sheet
from sitegen.model import records
from sitegen.model.base import Choice, Form, Record
from sitegen.model.kinds import KINDS, SOURCES, mentionable


def told(sheet: Sheet) -> dict[str, Any]:
    """A sheet as JSON has it. So many of its blocks stand `above` the title, which is the first of them."""
    article = sheet.article
    blocks = article.blocks if article is not None else ()
    above = sum(len(one.blocks) for one in article.elements[: article.above]) if article is not None else 0
    return {
        "key": sheet.key,
        "paths": sheet.paths,
        "version": sheet.version,
        "keys": {key: {"seen": seen, "value": value} for key, (seen, value) in sheet.keys.items()},
        "entries": [_entry(one) for one in sheet.entries],
        "blocks": [{"kind": one.kind, "text": one.text, "line": one.line} for one in blocks],
        "above": above,
        "problems": [one.record() for one in sheet.problems],
    }


def _entry(one: Entry) -> dict[str, Any]:
    return {
        "list": one.list, "at": one.at, "path": one.path, "line": one.line, "seen": one.seen, "value": one.value, "id": one.id,
        "found": one.found, "trouble": one.trouble, "parts": [_entry(part) for part in one.parts],
    }  # fmt: skip


def _field(key: str, hint: Any, doc: str, required: bool, one_or_many: bool, pending: list[type[Record]]) -> dict[str, Any]:
    """A field as the browser makes an input of it."""
    hint = without_none(hint)
    out: dict[str, Any] = {"key": key, "doc": doc, "required": required, "form": "text"}
    for mark in marks_of(hint):
        if isinstance(mark, Choice):
            return {**out, "form": "choice", "of": mark.members}
        if isinstance(mark, Form) and mark.name not in ("one-or-many", "above"):
            kinds = [mark.of] if mark.of and mark.of != records.SPEAKERS else [SOURCES.plural] if mark.of else []
            kinds = [kind.plural for kind in mentionable()] if mark.name == "subject" else kinds
            return {**out, "form": mark.name, "kinds": kinds, "speaks": mark.of == records.SPEAKERS}
    if get_origin(hint) is Annotated:
        return _field(key, get_args(hint)[0], doc, required, one_or_many, pending)
    if get_origin(hint) is tuple:
        return {**out, "form": "many", "item": _field("", get_args(hint)[0], "", True, False, pending), "single": one_or_many}
    if get_origin(hint) is dict:
        return {**out, "form": "pairs", "item": _field("", get_args(hint)[1], "", True, False, pending)}
    if get_origin(hint) in (Union, types.UnionType):
        return {**out, "form": "either", "options": [_field("", one, "", True, False, pending) for one in get_args(hint)]}
    if hint is bool:
        return {**out, "form": "boolean"}
    pending.append(hint)
    return {**out, "form": "record", "table": hint.__name__}


def _tells_none(hint: Any) -> bool:
    """Whether a field is a list that says something else where it is empty than where it is left out."""
    bare = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    return any(get_origin(one) is tuple for one in get_args(bare)) and type(None) in get_args(bare)


def tables() -> dict[str, Any]:
    """The table of each record that forms are made of, and that of each kind of page."""
    found: dict[str, Any] = {}
    pending: list[type[Record]] = [kind.record for kind in KINDS.values()]
    pending += [records.Appearance, records.Group, records.Annotation, records.Citation]
    while pending:
        table = pending.pop()
        if table.__name__ not in found:
            found[table.__name__] = [
                {**_field(one.key, one.type, one.doc.text, one.required, one.one_or_many, pending), "none": _tells_none(one.type)}
                for one in fields(table)
            ]
    kinds = {kind.plural: {"table": kind.record.__name__, "singular": kind.singular} for kind in KINDS.values()}
    return {"tables": found, "kinds": kinds}
