"""What an import says: of one seed in a few lines, all that was read of it as JSON, and why one was refused."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sitegen.content.text import caption_of
from sitegen.importer.articles import Found
from sitegen.importer.formats.document import Document, Properties
from sitegen.importer.headings import heading_of
from sitegen.importer.page import Page
from sitegen.importer.quantities import Quantity
from sitegen.importer.sureness import attribution, of_basis, of_claim, of_place, of_topic
from sitegen.model.kinds import ARTICLES
from sitegen.model.problem import Code, Problem
from sitegen.model.todo import SURENESS, Todo, judged


class Result(NamedTuple):
    """What came of one seed: lines for the editor, the problems, and the record for `--json`."""

    lines: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    record: dict[str, Any] | None = None


def named(root: Path, seed: Path) -> str:
    """What a file is called where something is told of it: by its path in the archive, or else as it was given."""
    with contextlib.suppress(ValueError, OSError, RuntimeError):  # it lies elsewhere, or links lead in a circle
        return f"seeds/{seed.resolve().relative_to((root / 'seeds').resolve()).as_posix()}"
    return str(seed)


def count(things: Sequence[object], what: str) -> str:
    return f"{len(things)} {what}{'' if len(things) == 1 else 's'}"


def told(record: dict[str, Any], made: Page, document: Document | None = None) -> tuple[str, ...]:
    """What was read, in a few lines for the editor; of one of many articles of a file what it lacks alone."""
    names = ("headings", "captions", "sources", "places", "topics", "claims")
    proposed = [one["sure"] for key in ("sources", "topics", "places", "claims") for one in record[key]]
    classes = ", ".join(f"{proposed.count(word)} {word}" for word in SURENESS)
    parts = [count(record[key], key.removesuffix("s")) for key in names]
    chance = record["title_probability"]
    sure = "sure" if chance is None else judged(chance, "").sureness
    doubts = [*([sure] if sure != "sure" else []), *(["so it is a draft"] if made.is_draft else [])]
    doubt = f" ({', '.join(doubts)})" if doubts else ""
    title = f"title{doubt}" if record["title"] else "no title, so it is a draft"
    basis = "; ".join(f"“{one['quote']}” ({one['rule']})" if one["quote"] else one["rule"] for one in record["date_basis"])
    date = (
        f"date {record['date']} from {basis}" if record["date"] else "no date was found: write the day into the page, as `date: 2024-06-03`"
    )
    stubs = [path for path in made.files if not path.startswith(f"{ARTICLES.folder}/")]
    dropped = f"; {count(range(made.dropped), 'more claim')} could not be anchored" if made.dropped else ""
    unsure = [one["name"] for one in record["places"] if one["lat"] is None]
    asked = [f"without coordinates: {', '.join(unsure)}"] if unsure else []
    says = document.says if document is not None else Properties()
    of_file = [*([f"made on {says.made.isoformat()}"] if says.made else []), *([f"by {says.author}"] if says.author else [])]
    if document is not None and document.part:
        return (f"  read: {title}; {date}",)
    lines = [f"read: {title}, {', '.join(parts)}{dropped}; {date}", f"{count(stubs, 'new page')} of places, topics, sources and claims"]
    lines += [f"proposed: {classes}; `todo` in the files says why"] if proposed else []
    asked += [f"the file says that it was {' '.join(of_file)}; where that is the article’s, write it into the page"] if of_file else []
    return tuple(f"  {line}" for line in (*lines, *asked, "Next: hold them against the article: sitegen serve --desk"))


def refused(path: str, code: Code, message: str, hint: str) -> Result:
    return Result((), (Problem(path, 0, code, message, hint),))


def record_of(name: str, found: Found, part: str = "") -> dict[str, Any]:
    """What was read, as `--dry-run --json` prints it."""
    read, date = found.structure, found.dated.date
    return {
        "file": name,
        **({"part": part} if part else {}),
        "title": read.title,
        "title_probability": _rounded(read.chosen.probability if read.chosen is not None else None),
        "date": date.isoformat() if date else None,
        "date_basis": [
            {"quote": one.quote, "rule": one.rule, "base": one.base or None, "probability": _rounded(of_basis(one, None).probability)}
            for one in found.dated.basis
        ],
        "captions": [caption_of(piece.text) for piece in read.pieces if piece.kind == "caption"],
        "headings": [heading_of(piece.text) for piece in read.pieces if piece.kind == "heading"],
        "sources": [
            {"name": one.speaker.name, "mention": one.speaker.mention, "kind": one.speaker.kind, **_judged(one.todo)}
            for one in found.proposal.sources
        ],
        "topics": [{"name": one.name, "kind": one.kind, **_judged(of_topic(one))} for one in found.proposal.topics],
        "places": [
            {"name": one.name, "mentions": list(one.mentions), "kind": one.kind, "lat": one.lat, "lon": one.lon, **_judged(of_place(one))}
            for one in found.proposal.places
        ],
        "claims": [
            {
                "text": one.text,
                "source": one.speaker.name if one.speaker else None,
                "quantities": [_quantity(quantity) for quantity in one.quantities],
                **_judged(of_claim(one)),
                "source_probability": _rounded(None if one.todo else attribution(one)),
            }
            for one in found.proposal.claims
        ],
    }


def _judged(todo: Todo) -> dict[str, str | float | None]:
    """How sure a proposal is; `probability`: that all of it is right, null where that was never measured."""
    return {"sure": todo.sureness, "why": todo.reason, "probability": _rounded(todo.probability)}


def _rounded(probability: float | None) -> float | None:
    return None if probability is None else round(probability, 3)


def _quantity(one: Quantity) -> dict[str, Any]:
    return {"value": one.value, "unit": one.unit, "approx": one.approx} | ({"share": one.share} if one.share else {})


TOLD = 30
"""Wrong values of another reader's answer that are told of one seed."""


def misread(path: str, wrong: Sequence[str]) -> tuple[Problem, ...]:
    """What another reader proposed that cannot be used, a line each."""
    lines = [*wrong[:TOLD], *([f"and {len(wrong) - TOLD:,} more"] if len(wrong) > TOLD else [])]
    return tuple(Problem(path, 0, "bad-proposal", line, severity="warning") for line in lines)
