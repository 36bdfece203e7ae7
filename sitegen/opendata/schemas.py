"""The forms of the open data, for programs that prove what they read: CSV on the Web for tables, JSON Schema (2020-12) for the rest.

What the columns hold is said in `tables` alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from sitegen.annotations.vocabulary import MOTIVATIONS
from sitegen.model.kinds import ARTICLES, PLACES, TOPICS
from sitegen.opendata.tables import BY_NAME, VERSION, Column, Table

Schema = dict[str, Any]
DRAFT = "https://json-schema.org/draft/2020-12/schema"
OTHERWISE = {
    "claim_title": ("text", "the title of the claim"),
    "article_title": ("text", "the title of the article"),
    "article_date": ("text", "the date of the article, as EDTF"),
    "sources": ("text", "the ids of the sources that say so, parted by “; ”"),
    "source_names": ("text", "their names, parted by “; ”"),
    "statement": ("text", "the article, and the anchor of the words in it"),
}
"""Type and meaning of the columns of joined tables that no table has by that name."""
_NUMERIC = {"text": "string", "integer": "integer", "number": "number"}


def column_of(name: str) -> tuple[str, str]:
    """The type and the meaning of a column of a joined table."""
    if name in OTHERWISE:
        return OTHERWISE[name]
    found = next(one for table in ("figures", "statements", ARTICLES.plural) for one in BY_NAME[table].columns if one.name == name)
    return found.type, found.about


def of_table(name: str, columns: Iterable[str]) -> list[bytes]:
    """The metadata of a CSV file (W3C, Model for Tabular Data and Metadata on the Web)."""
    told = [(column, *column_of(column)) for column in columns]
    out = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": name,
        "dc:conformsTo": f"sitegen open data {VERSION}",
        "dialect": {"lineTerminators": ["\r\n"], "header": True},
        "tableSchema": {
            "columns": [
                {"name": column, "titles": column, "datatype": _NUMERIC[type_], "dc:description": {"@value": about, "@language": "en"}}
                for column, type_, about in told
            ]
        },
    }
    return [_written(out)]


def of_articles() -> list[bytes]:
    """The form of a line of `articles.jsonl`."""
    statement = _object(BY_NAME["statements"], without=("article",))
    statement["properties"]["sources"] = _list(
        _closed({"source": _text("a source"), "role": {"enum": ["said", "via"]}}, ("source", "role"))
    )
    statement["properties"]["figures"] = _list(_object(BY_NAME["figures"], without=("statement", "number")))
    article = _object(BY_NAME[ARTICLES.plural])
    article["properties"] |= {
        "statements": _list(statement),
        "citations": _list(_object(BY_NAME["citations"], without=("article", "number"))),
        PLACES.plural: _list(_text("a place that it names")),
        TOPICS.plural: _list(_text("a topic that it names")),
    }
    article["required"] += ["statements", "citations", PLACES.plural, TOPICS.plural]
    return [_written({"$schema": DRAFT, "title": f"Article, version {VERSION}", **article})]


def of_places() -> list[bytes]:
    """The form of `places.geojson`: what of Linked Places is used."""
    point = _closed({"type": {"const": "Point"}, "coordinates": {**_list({"type": "number"}), "minItems": 2, "maxItems": 2}})
    cited = _closed({"label": _text("the archive"), "@id": _uri("the page of the place")})
    feature = _closed(
        {
            "@id": _uri("the page of the place"),
            "type": {"const": "Feature"},
            "properties": _closed(
                {"id": _text("its id"), "title": _text("its name"), "kind": _text("its kind"), "precision": _text("of its point")},
                ("id", "title", "kind"),
            ),
            "names": _list(_closed({"toponym": _text("a name"), "citations": _list(cited)})),
            "types": _list({"type": "object"}),
            "geometry": {"anyOf": [point, {"type": "null"}]},
            "links": _list(_closed({"type": {"const": "closeMatch"}, "identifier": _uri("the place elsewhere")})),
            "relations": _list(
                _closed({"relationType": _text("how"), "relationTo": _uri("the place that contains it"), "label": _text("its name")})
            ),
        },
        ("@id", "type", "properties", "names", "types", "geometry", "links"),
    )
    out = _closed({"@context": _uri("of Linked Places"), "type": {"const": "FeatureCollection"}, "features": _list(feature)})
    return [_written({"$schema": DRAFT, "title": f"Places, version {VERSION}", **out})]


def of_annotations() -> list[bytes]:
    """The form of `annotations.jsonld`."""
    quote = _closed(
        {"type": {"const": "TextQuoteSelector"}, "exact": _text("the words"), "prefix": _text("before"), "suffix": _text("behind")},
        ("type", "exact"),
    )
    whole = {"type": "integer", "minimum": 0}
    position = _closed({"type": {"const": "TextPositionSelector"}, "start": whole, "end": whole})
    purpose = {"enum": ["classifying", "commenting", "describing", "editing", "identifying", "tagging"]}
    words = _closed({"type": {"const": "TextualBody"}, "value": {"type": "string"}, "format": {"const": "text/plain"}, "purpose": purpose})
    resource = _closed({"type": {"const": "SpecificResource"}, "source": _uri("a page of the archive"), "purpose": purpose})
    annotation = _closed(
        {
            "id": _uri("the words in their article"),
            "type": {"const": "Annotation"},
            "motivation": {"enum": sorted({"classifying", *MOTIVATIONS.values()})},
            "body": _list({"anyOf": [words, resource]}),
            "target": _closed({"source": _uri("the article"), "selector": _list({"anyOf": [quote, position]})}),
            "creator": _closed({"name": _text("who wrote it")}),
            "created": _text("when"),
        },
        ("id", "type", "motivation", "body", "target"),
    )
    page = _closed(
        {
            "id": _uri("the page"),
            "type": {"const": "AnnotationPage"},
            "partOf": _uri("the collection"),
            "startIndex": {"const": 0},
            "items": _list(annotation),
        }
    )
    out = _closed(
        {
            "@context": _uri("of Web Annotations"),
            "id": _uri("the collection"),
            "type": {"const": "AnnotationCollection"},
            "label": _text("the archive"),
            "total": whole,
            "first": page,
        }
    )
    return [_written({"$schema": DRAFT, "title": f"Annotations, version {VERSION}", **out})]


def _object(table: Table, without: tuple[str, ...] = ()) -> Schema:
    """A row as a mapping in which what is empty is left out."""
    columns = [column for column in table.columns if column.name not in without]
    needed = [column.name for column in columns if column.name in table.key or column.name == table.label]
    return _closed({column.name: _cell(column) for column in columns}, tuple(needed))


def _cell(column: Column) -> Schema:
    return {"type": _NUMERIC[column.type], "description": column.about}


def _closed(properties: Schema, required: tuple[str, ...] | None = None) -> Schema:
    needed = list(properties) if required is None else list(required)
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _text(about: str) -> Schema:
    return {"type": "string", "minLength": 1, "description": about}


def _uri(about: str) -> Schema:
    return {"type": "string", "format": "uri", "description": about}


def _written(out: Schema) -> bytes:
    return msgspec.json.format(msgspec.json.encode(out), indent=1) + b"\n"
