"""Measures how often what an import proposes is right, by how sure it says that it is, on labelled articles.

    python -m benchmarks.sureness LABELLED --predictions FOLDER [--scorer FOLDER]

LABELLED holds articles with their labels (`NN-slug.gold.yaml`), FOLDER what `sitegen import --dry-run --json` prints of each, as
`make import-score` leaves it. Pairs are those of the scorer (`score.py`, by default beside the labels). The labelled articles lie outside
this repository. Printed is the table of docs/importing.md.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import yaml

from sitegen.model.todo import SURENESS


class Judged(NamedTuple):
    """A proposal: what it is of, how sure it says that it is, and whether it is right."""

    what: str
    sureness: str
    is_right: bool


WHAT = (
    "claims",
    "attribution of claims",
    "claims with their attribution",
    "sources",
    "places",
    "coordinates",
    "places with their coordinates",
)


def judged(gold: dict[str, Any], made: dict[str, Any], score: ModuleType) -> Iterator[Judged]:
    """The proposals of one article, held against its labels."""
    claims = {p: g for g, p in _pairs(gold["claims"], made["claims"], score).items()}
    sources, given = score.source_forms(gold), score.source_forms(made)
    for number, one in enumerate(made["claims"]):
        said, told = (score.cited(gold["claims"][claims[number]], sources), score.cited(one, given)) if number in claims else ((), ())
        is_credited = number in claims and bool(score.source_score(said, told) > 0 if said and told else said == told)
        yield Judged("claims", one["sure"], number in claims)
        yield Judged("claims with their attribution", one["sure"], is_credited)
        if number in claims:
            yield Judged("attribution of claims", one["sure"], is_credited)
    right = set(score.most(sources, given, score.source_score).values())
    yield from (Judged("sources", one["sure"], number in right) for number, one in enumerate(made["sources"]))
    places = {p: g for g, p in score.most(gold["places"], made["places"], score.place_score).items()}
    for number, one in enumerate(made["places"]):
        yield Judged("places", one["sure"], number in places)
        known = score.point(gold["places"][places[number]]) if number in places else None
        is_near = known is None or score.near(known, score.point(one))
        yield Judged("places with their coordinates", one["sure"], number in places and is_near)
        if known:
            yield Judged("coordinates", one["sure"], is_near)


def _pairs(gold: list[dict[str, Any]], made: list[dict[str, Any]], score: ModuleType) -> dict[int, int]:
    texts = [[score.words(score.plain(one.get("text"))) for one in side] for side in (gold, made)]
    pairs: dict[int, int] = score.greedy(*texts, score.claim_score)
    return pairs


def table(some: list[Judged]) -> Iterator[str]:
    """Of each kind of proposal how many of each class are right, as Markdown."""
    yield f"| | {' | '.join(SURENESS)} |"
    yield f"|---|{'---|' * len(SURENESS)}"
    counts = Counter(some)
    for what in WHAT:
        cells = []
        for sureness in SURENESS:
            right, wrong = (counts[Judged(what, sureness, is_right)] for is_right in (True, False))
            of = right + wrong
            cells.append(f"{right} of {of} ({100 * right // of} %)" if of else "–")
        yield f"| {what} | {' | '.join(cells)} |"


def _scorer(folder: Path) -> ModuleType:
    """The scorer, which is no package."""
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{folder} has no score.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["score"] = module  # its types look themselves up
    spec.loader.exec_module(module)
    return module


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", type=Path)
    parser.add_argument("--predictions", type=Path, required=True)
    parser.add_argument("--scorer", type=Path)
    options = parser.parse_args()
    score = _scorer(options.scorer or options.labelled)
    some: list[Judged] = []
    for path in sorted(options.labelled.glob("[0-9][0-9]-*.gold.yaml")):
        made = json.loads((options.predictions / f"{path.name.removesuffix('.gold.yaml')}.json").read_text(encoding="utf-8"))
        some += judged(yaml.safe_load(path.read_text(encoding="utf-8")), made, score)
    print("\n".join(table(some)))


if __name__ == "__main__":
    main()
