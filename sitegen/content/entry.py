"""Reads one page that is no article, of whatever kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from typing import Annotated, Any, get_args, get_origin

import msgspec

from sitegen import urls
from sitegen.content import frontmatter, markdown, reading
from sitegen.content.article import gate_of
from sitegen.content.checks import ENTRY_CHECKS, remarked
from sitegen.content.fields import FieldInfo, fields, without_none
from sitegen.content.snapshots import incomplete
from sitegen.content.undecided import is_undecided
from sitegen.model import records
from sitegen.model.article import Entry, EntryCard, Key, Parsed, Reference
from sitegen.model.atlas import Spot
from sitegen.model.base import Form, Record
from sitegen.model.digest import encode
from sitegen.model.kinds import KINDS, Kind, plural_of
from sitegen.model.problem import Problem
from sitegen.model.text import Element


def parse(kind: str, path: str, data: bytes, lang: str = "en", asked: Collection[str] = ()) -> Parsed:
    """The entry at `path`; `kind` is its folder below `content/`, `lang` the archive's language, `asked` are the quiet checks that it asks
    for."""
    parts = frontmatter.halves(data, path)
    reader = reading.Reading()
    reader.problems += parts.problems
    table = KINDS[kind]
    record = reading.read(table.record, parts.front, reader) if parts.front.items or not parts.problems else None
    body = markdown.parse(parts.body, path, parts.body_line, references=True)
    reader.problems += body.problems
    if record is None:
        return Parsed(None, tuple(reader.problems), tuple(reader.todos))
    references = [*(one.reference for one in reader.named), *_linked(body.elements, path)]
    for element in body.elements:
        is_picture = element.id.startswith("images/") and urls.is_inside(element.id) and not element.id.lower().endswith(".pdf")
        if element.kind == "image" and not is_picture:
            hint = "write `![what it shows](images/NAME)`; the picture lies in content/images/"
            reader.problems.append(Problem(path, element.blocks[0].line, "unknown-image", f"there is no picture {element.id!r}", hint))
    references += [Reference("address", target, path, line) for target, line in markdown.addresses(body.elements)]
    if isinstance(record, records.Place):
        _place(record, reader)
    incomplete(record, reader)
    remarked(ENTRY_CHECKS, (record, lang), reader, asked)
    card = card_of(table, _stem(table, path), record, undecided=is_undecided(parts.front))
    entry = Entry(path=path, card=card, written=msgspec.Raw(encode(record)), elements=body.elements, references=tuple(references))
    waivers = tuple(reader.waiver(one) for one in record.waive)
    return Parsed(value=entry, problems=tuple(reader.problems), todos=tuple(reader.todos), waived=tuple(reader.waived), waivers=waivers)


def _place(record: records.Place, reader: reading.Reading) -> None:
    """What is wrong with where a place lies."""
    if record.location and abs(record.location.lat) > 90:
        message, hint = "a latitude lies between -90 and 90", "`lat` is north, `lon` east; are they swapped?"
        reader.problem(record.location, "wrong-type", message, hint)
    if record.shape and not record.location:
        message, hint = "a place with a `shape` needs a `location`", "add `location: {lat: …, lon: …}`, about in its middle"
        reader.problem(record, "bad-shape", message, hint, key="shape")


def _stem(kind: Kind, path: str) -> str:
    return (path.split("/", 2)[2] if kind.is_nested else path.rsplit("/", 1)[-1]).removesuffix(".md")


def card_of(kind: Kind, stem: str, record: records.Page, *, undecided: bool = False) -> EntryCard:
    """What other pages may show of a page."""
    title: str = getattr(record, "name", "") or getattr(record, "title", "")
    return EntryCard(
        kind=kind.plural,
        stem=stem,
        title=title,
        gate=gate_of(record, undecided=undecided),
        category=getattr(record, "kind", ""),
        names=names_of(record) if isinstance(record, records.Named) and kind.letter else (),
        above=tuple(key for field, _, key in _named(record) if field.is_above),
        relations=tuple((how, key) for field, how, key in _named(record) if not field.is_above),
        nav=getattr(record, "nav", None),
        spot=spot_of(record) if isinstance(record, records.Place) else None,
        wikidata=(record.links.wikidata or "") if isinstance(record, records.Place) and record.links else "",
    )


_STANDS_FOR = {"site": "point", "city": "settlement", "town": "settlement", "village": "settlement", "district": "district"}
_STANDS_FOR |= {"region": "region", "area": "region", "sea": "region", "country": "country", "river": "line"}
"""What the location of each kind of place stands for where its file does not say."""


def spot_of(record: records.Place) -> Spot | None:
    """Where a place is, as maps show it."""
    where = record.location
    return Spot(where.lat, where.lon, record.precision or _STANDS_FOR.get(record.kind, "region")) if where else None


def names_of(record: records.Named) -> tuple[str, ...]:
    """Every name of a page, the preferred one first, each once."""
    aliases = [alias if isinstance(alias, str) else alias.form for alias in record.aliases]
    return tuple(dict.fromkeys((record.name, *aliases)))


def _named(record: Record) -> Iterator[tuple[FieldInfo, str, Key]]:
    """The pages that the metadata names: in which field, how, and their keys. A mapping that names one says how by its `type`."""
    for field in fields(type(record)):
        kind = kind_named(field.type)
        value = getattr(record, field.name)
        for one in value if isinstance(value, tuple) else (value,):
            if kind and isinstance(one, str):
                yield field, field.key, f"{kind}/{one}"
            elif isinstance(one, Record):
                yield from ((field, getattr(one, "type", field.key), key) for _, _, key in _named(one))


@cache  # asked of every field of every page
def kind_named(hint: Any) -> str:
    """The kind of page that ids of a type name; empty where it is no such type.

    >>> kind_named(records.ClaimId), kind_named(records.Line)
    ('claims', '')
    """
    hint = without_none(hint)
    if get_origin(hint) is Annotated:
        base, *marks = get_args(hint)
        found = next((mark.of for mark in marks if isinstance(mark, Form) and mark.of), "")
        return found or kind_named(base)
    return kind_named(get_args(hint)[0]) if get_origin(hint) is tuple else ""


def _linked(elements: tuple[Element, ...], path: str) -> list[Reference]:
    """The ids that the body's `[[…]]` name."""
    out = []
    for block in (block for element in elements for block in element.blocks):
        for one in block.formats:
            if one.tag == "ref":
                kind, _, stem = one.target.rpartition(":")
                out.append(Reference(plural_of(kind), stem, path, block.line))
    return out
