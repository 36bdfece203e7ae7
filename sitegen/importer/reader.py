"""The plug-in point: another reader of texts, a model or a service, in place of the rules.

A reader is a function of a text and its language. It returns what `import --dry-run --json` prints of `sources`, `places` and `claims`;
what it says is a proposal like any other, and quotes that the text does not have are left out.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any

from sitegen.importer.claims import Claim
from sitegen.importer.places import Place
from sitegen.importer.proposal import Proposal
from sitegen.importer.quantities import Quantity
from sitegen.importer.speaker import Speaker
from sitegen.importer.structure import Structure
from sitegen.importer.topics import Topic
from sitegen.model.problem import Fault

Reader = Callable[[str, str], Mapping[str, Any]]


def reader_of(name: str) -> Reader:
    """The function that `module:function` names. Raises Fault where there is none."""
    module, _, function = name.partition(":")
    try:
        found = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        raise Fault(f"--reader {name}: {error}; write MODULE:FUNCTION") from error
    if not callable(found):
        raise Fault(f"--reader {name} names no function")
    reader: Reader = found
    return reader


def proposal_of(record: Mapping[str, Any], read: Structure, own: Mapping[str, str]) -> Proposal:
    """What a reader proposes, with each claim at its place in the text. Raises Fault where the record has another shape."""
    try:
        speakers = {
            one["name"]: Speaker(one["name"], one.get("mention") or one["name"], one.get("kind") or "other") for one in record["sources"]
        }
        places = tuple(_place(one, own) for one in record["places"])
        claims = tuple(found for one in record["claims"] if (found := _claim(one, read, speakers)) is not None)
        found_topics = tuple(Topic(one["name"], one.get("kind") or "other") for one in record.get("topics", ()))
    except (KeyError, TypeError, AttributeError) as error:
        raise Fault(f"the reader's record is not of the form of docs/importing.md: {error!r}") from error
    return Proposal(tuple(speakers.values()), places, claims, found_topics)


def _speaker(one: Mapping[str, Any]) -> Speaker:
    return Speaker(one["name"], one.get("mention") or one["name"], one.get("kind") or "other")


def _place(one: Mapping[str, Any], own: Mapping[str, str]) -> Place:
    forms = tuple(one.get("mentions") or [one["name"]])
    known = next((own[form] for form in (one["name"], *forms) if form in own), None)
    return Place(one["name"], forms, one.get("kind") or "site", one.get("lat"), one.get("lon"), known=known)


def _claim(one: Mapping[str, Any], read: Structure, speakers: Mapping[str, Speaker]) -> Claim | None:
    """A claim at the first block that has its words; None where none has."""
    text = " ".join(one["text"].split())
    for number, piece in enumerate(read.pieces):
        start = piece.text.find(text) if piece.kind in ("paragraph", "item") else -1
        if start >= 0:
            quantities = tuple(Quantity(q["value"], q.get("unit") or "", bool(q.get("approx")), 0, 0) for q in one.get("quantities") or ())
            return Claim(number, start, start + len(text), text, speakers.get(one.get("source") or ""), quantities)
    return None
