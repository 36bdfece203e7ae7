"""What machines read beside a page: its view as JSON, the very values that its template saw."""

from __future__ import annotations

from typing import Any, get_type_hints

import msgspec
from markupsafe import Markup

from sitegen.model.kinds import ARTICLES, KINDS, TIMELINE
from sitegen.views.entries import VIEWS
from sitegen.views.types import ArticleView, PageView, TimelineView, View

VERSION = 5
"""Of the form of these files: a field may be added under the same number; one that goes, or means something else, makes another."""


class Data(View, frozen=True):
    """A page for machines. `kind` is its kind in singular, or timeline; `page` its view, as the theme contract has it."""

    version: int
    kind: str
    page: PageView


def data(view: PageView) -> bytes:
    """The JSON of a view, as UTF-8."""
    kind = next((kind.singular for kind in KINDS.values() if kind.template == view.frame.template), TIMELINE)
    if getattr(view, "map", None) is not None:
        view = msgspec.structs.replace(view, map=None)  # a drawing: its places are told as such
    return _encoder.encode(Data(VERSION, kind, view)) + b"\n"


def views() -> dict[str, type[View]]:
    """The view of each kind that has data, by the kind's name in singular, and that of the timeline."""
    entries = {kind.singular: get_type_hints(VIEWS[kind.record])["return"] for kind in KINDS.values() if kind.record in VIEWS}
    return {ARTICLES.singular: ArticleView, **entries, TIMELINE: TimelineView}


def schema(view: type[View]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the data beside the pages of one kind of view."""
    made = msgspec.json.schema(msgspec.defstruct("Data", [("version", int), ("kind", str), ("page", view)]), schema_hook=_schema_of)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _plain(value: Any) -> str:
    """HTML that was woven is text like all other. A view has nothing else that JSON does not know."""
    if not isinstance(value, Markup):
        raise TypeError(f"{type(value).__name__} is no part of a view")
    return str.__str__(value)


def _schema_of(type_: type) -> dict[str, Any]:
    if type_ is not Markup:
        raise TypeError(f"{type_.__name__} is no part of a view")
    return {"type": "string", "description": "HTML that is safe to print"}


_encoder = msgspec.json.Encoder(enc_hook=_plain)
