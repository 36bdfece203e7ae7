"""Reads one place, source, claim or free page."""

from __future__ import annotations

from sitegen import urls
from sitegen.content import frontmatter, markdown, reading
from sitegen.content.article import gate_of
from sitegen.model import records
from sitegen.model.article import ClaimCard, Entry, PageCard, Parsed, PlaceCard, Reference, SourceCard
from sitegen.model.base import Record
from sitegen.model.problem import Problem
from sitegen.model.text import Element

RECORDS: dict[str, type[records.Page]] = {
    "places": records.Place,
    "sources": records.Source,
    "claims": records.Claim,
    "pages": records.FreePage,
}


def parse(kind: str, path: str, data: bytes) -> Parsed:
    """The entry at `path`; `kind` is its folder below `content/`."""
    parts = frontmatter.halves(data, path)
    reader = reading.Reading()
    reader.problems += parts.problems
    record = reading.read(RECORDS[kind], parts.front, reader) if parts.front.items or not parts.problems else None
    body = markdown.parse(parts.body, path, parts.body_line, references=True)
    reader.problems += body.problems
    if record is None:
        return Parsed(None, tuple(reader.problems), tuple(reader.todos))
    assert isinstance(record, records.Place | records.Source | records.Claim | records.FreePage)
    stem = path.split("/", 2)[2].removesuffix(".md") if kind == "pages" else path.rsplit("/", 1)[-1].removesuffix(".md")
    references = [*_named(record, reader), *_linked(body.elements, path)]
    for element in body.elements:
        if element.kind == "image" and not (element.id.startswith("images/") and urls.is_inside(element.id)):
            hint = "write `![what it shows](images/NAME)`; the picture lies in content/images/"
            reader.problems.append(Problem(path, element.blocks[0].line, "unknown-image", f"there is no picture {element.id!r}", hint))
    references += [Reference("address", target, path, line) for target, line in markdown.addresses(body.elements)]
    if isinstance(record, records.Place) and record.location and abs(record.location.lat) > 90:
        reader.problems.append(
            Problem(
                *reader.line_of(record.location),
                "wrong-type",
                "a latitude lies between -90 and 90",
                "`lat` is north, `lon` east; are they swapped?",
            )
        )
    return Parsed(Entry(path, _card(stem, record), record, body.elements, tuple(references)), tuple(reader.problems), tuple(reader.todos))


def _card(
    stem: str, record: records.Place | records.Source | records.Claim | records.FreePage
) -> PlaceCard | SourceCard | ClaimCard | PageCard:
    gate = gate_of(record)
    match record:
        case records.Place():
            location = record.location
            names = tuple(alias if isinstance(alias, str) else alias.form for alias in record.aliases)
            return PlaceCard(
                stem, record.name, tuple(dict.fromkeys((record.name, *names))), record.kind, record.within,
                location.lat if location else None, location.lon if location else None, record.precision, gate,
            )  # fmt: skip
        case records.Source():
            return SourceCard(stem, record.name, record.kind, record.parent, record.side, gate)
        case records.Claim():
            return ClaimCard(stem, record.title, record.kind, record.measure, tuple((r.type, r.claim) for r in record.relations), gate)
        case _:
            return PageCard(stem, record.title, record.nav, gate)


def _named(record: Record, reader: reading.Reading) -> list[Reference]:
    """The ids that the metadata names."""
    match record:
        case records.Place():
            return [Reference("places", one, *reader.line_of(record)) for one in record.within]
        case records.Source() if record.parent:
            return [Reference("sources", record.parent, *reader.line_of(record))]
        case records.Claim():
            return [Reference("claims", one.claim, *reader.line_of(one)) for one in record.relations]
    return []


def _linked(elements: tuple[Element, ...], path: str) -> list[Reference]:
    """The ids that the body's `[[…]]` name."""
    out = []
    for block in (block for element in elements for block in element.blocks):
        for one in block.formats:
            if one.tag == "ref":
                kind, _, stem = one.target.rpartition(":")
                out.append(Reference(f"{kind}s" if kind else "", stem, path, block.line))
    return out
