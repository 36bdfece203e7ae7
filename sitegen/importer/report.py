"""What an import says: of one seed in a few lines, all that was read of it as JSON, and why one was refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sitegen.content.text import caption_of
from sitegen.importer.page import Found, Page
from sitegen.model.kinds import ARTICLES
from sitegen.model.problem import Code, Problem


class Result(NamedTuple):
    """What came of one seed: lines for the editor, the problems, and the record for `--json`."""

    lines: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    record: dict[str, Any] | None = None


def count(things: Sequence[object], what: str) -> str:
    return f"{len(things)} {what}{'' if len(things) == 1 else 's'}"


def told(record: dict[str, Any], made: Page) -> tuple[str, ...]:
    """What was read, in a few lines for the editor."""
    names = ("headings", "captions", "sources", "places", "topics", "claims")
    parts = [count(record[key], key.removesuffix("s")) for key in names]
    title = "title" if record["title"] else "no title, so it is a draft"
    basis = "; ".join(f"“{one['quote']}” ({one['rule']})" if one["quote"] else one["rule"] for one in record["date_basis"])
    date = f"date {record['date']} from {basis}" if record["date"] else "no date was found: write `date:`"
    stubs = [path for path in made.files if not path.startswith(f"{ARTICLES.folder}/")]
    dropped = f"; {count(range(made.dropped), 'more claim')} could not be anchored" if made.dropped else ""
    unsure = [one["name"] for one in record["places"] if one["lat"] is None]
    asked = [f"without coordinates: {', '.join(unsure)}"] if unsure else []
    lines = [f"read: {title}, {', '.join(parts)}{dropped}; {date}", f"{count(stubs, 'new page')} of places, topics, sources and claims"]
    return tuple(f"  {line}" for line in (*lines, *asked, "Next: check them (docs/editing.md)"))


def refused(path: str, code: Code, message: str, hint: str) -> Result:
    return Result((), (Problem(path, 0, code, message, hint),))


def record_of(name: str, found: Found) -> dict[str, Any]:
    """What was read, as `--dry-run --json` prints it."""
    read, date = found.structure, found.dated.date
    return {
        "file": name,
        "title": read.title,
        "date": date.isoformat() if date else None,
        "date_basis": [{"quote": one.quote, "rule": one.rule, "base": one.base or None} for one in found.dated.basis],
        "captions": [caption_of(piece.text) for piece in read.pieces if piece.kind == "caption"],
        "headings": [piece.text for piece in read.pieces if piece.kind == "heading"],
        "sources": [{"name": one.name, "mention": one.mention, "kind": one.kind} for one in found.proposal.sources],
        "topics": [{"name": one.name, "kind": one.kind} for one in found.proposal.topics],
        "places": [
            {"name": one.name, "mentions": list(one.mentions), "kind": one.kind, "lat": one.lat, "lon": one.lon}
            for one in found.proposal.places
        ],
        "claims": [
            {
                "text": one.text,
                "source": one.speaker.name if one.speaker else None,
                "quantities": [{"value": q.value, "unit": q.unit, "approx": q.approx} for q in one.quantities],
            }
            for one in found.proposal.claims
        ],
    }
