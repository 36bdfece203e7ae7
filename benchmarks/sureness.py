"""Measures how often what an import proposes is right, by how sure it says that it is, on labelled articles.

    python -m benchmarks.sureness
    python -m benchmarks.sureness LABELLED --predictions FOLDER [--scorer FOLDER]

Without LABELLED the articles of `benchmarks/imports/shown`, each judged with weights that were fitted to the others (ten folds); titles
are those of all texts to which their weights are fitted (`tools/fit.py`). LABELLED
holds articles with their labels (`NN-slug.gold.yaml`), FOLDER what `sitegen import --dry-run --json` prints of each, as `make import-score`
leaves it; pairs are those of the scorer (`score.py`, by default beside the labels). Printed is how many of each class are right, and the
table of reliability: of the proposals of about one probability, how probable they were said to be and how many are right, with the mean
square of the error (Brier's score) and the mean distance of both, weighed by their number (the expected calibration error).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import yaml

from benchmarks.imports.examples import proposals, sentences
from sitegen.importer.worth import LEAST
from sitegen.model.todo import SURENESS, judged
from tools import choice
from tools.fit import CHOSEN, SHOWN, heads
from tools.logistic import held_out


class Judged(NamedTuple):
    """A proposal: what it is of, how sure it says that it is, whether it is right, and how probable it is said to be, where that is said."""

    what: str
    sureness: str
    is_right: bool
    probability: float | None = None


WHAT = (
    "claims",
    "attribution of claims",
    "claims with their attribution",
    "sources",
    "places",
    "coordinates",
    "places with their coordinates",
)


def compared(gold: dict[str, Any], made: dict[str, Any], score: ModuleType) -> Iterator[Judged]:
    """The proposals of one article, held against its labels."""
    claims = {p: g for g, p in _pairs(gold["claims"], made["claims"], score).items()}
    sources, given = score.source_forms(gold), score.source_forms(made)
    for number, one in enumerate(made["claims"]):
        said, told = (score.cited(gold["claims"][claims[number]], sources), score.cited(one, given)) if number in claims else ((), ())
        is_credited = number in claims and bool(score.source_score(said, told) > 0 if said and told else said == told)
        yield Judged("claims", one["sure"], number in claims)
        yield Judged("claims with their attribution", one["sure"], is_credited, one.get("probability"))
        if number in claims:
            yield Judged("attribution of claims", one["sure"], is_credited, one.get("source_probability"))
    right = set(score.most(sources, given, score.source_score).values())
    yield from (Judged("sources", one["sure"], number in right, one.get("probability")) for number, one in enumerate(made["sources"]))
    places = {p: g for g, p in score.most(gold["places"], made["places"], score.place_score).items()}
    for number, one in enumerate(made["places"]):
        yield Judged("places", one["sure"], number in places)
        known = score.point(gold["places"][places[number]]) if number in places else None
        is_near = known is None or score.near(known, score.point(one))
        yield Judged("places with their coordinates", one["sure"], number in places and is_near, one.get("probability"))
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
    counts = Counter(one._replace(probability=None) for one in some)
    for what in WHAT:
        cells = []
        for sureness in SURENESS:
            right, wrong = (counts[Judged(what, sureness, is_right)] for is_right in (True, False))
            of = right + wrong
            cells.append(f"{right} of {of} ({100 * right // of} %)" if of else "–")
        yield f"| {what} | {' | '.join(cells)} |"


BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
"""Where the bins of the table of reliability begin."""


def reliability(some: Sequence[Judged]) -> Iterator[str]:
    """Of each kind of proposal with a probability: of each bin how probable they were said to be, how many are right, and how many they
    are; as Markdown."""
    yield f"| | {' | '.join(f'from {one:g}' for one in BINS)} | Brier | error |"
    yield f"|---|{'---|' * (len(BINS) + 2)}"
    for what in dict.fromkeys(one.what for one in some if one.probability is not None):
        ones = [(one.probability, one.is_right) for one in some if one.what == what and one.probability is not None]
        bins = [
            [one for one in ones if low <= one[0] and (low == BINS[-1] or one[0] < high)]
            for low, high in zip(BINS, (*BINS[1:], 1.0), strict=True)
        ]
        means = [(_mean([guess for guess, _ in bin]), _mean([float(is_right) for _, is_right in bin]), len(bin)) for bin in bins if bin]
        shown = iter(means)
        cells = [
            f"{guess:.2f} → {seen:.2f} ({count})" if bin else "–"
            for bin in bins
            for guess, seen, count in [next(shown) if bin else (0, 0, 0)]
        ]
        brier = _mean([(guess - is_right) ** 2 for guess, is_right in ones])
        error = sum(abs(guess - seen) * count for guess, seen, count in means) / len(ones)
        yield f"| {what} | {' | '.join(cells)} | {brier:.3f} | {error:.3f} |"


def _mean(some: Sequence[float]) -> float:
    return sum(some) / len(some)


NAMES = {"attribution": "attribution of claims", "source": "sources", "place": "places with their coordinates", "date": "dates"}


def held(folder: Path) -> Iterator[Judged]:
    """The proposals of a folder's articles, each judged by weights that were fitted to other articles."""
    for claim, guess in held_out(sentences(folder)[0], CHOSEN["worth"]):
        if guess >= LEAST:
            yield Judged("claims", judged(guess, "").sureness, claim.is_right, guess)
    for what, some in proposals(folder).items():
        for one, guess in held_out(some, CHOSEN[what]):
            yield Judged(NAMES[what], judged(guess, "").sureness, one.is_right, guess)
    for text, at, guess in choice.held_out([*chain.from_iterable(heads().values())], CHOSEN["title"]):
        yield Judged("titles", judged(guess, "").sureness, at == text.right, guess)


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
    parser.add_argument("labelled", type=Path, nargs="?")
    parser.add_argument("--predictions", type=Path)
    parser.add_argument("--scorer", type=Path)
    options = parser.parse_args()
    if options.labelled is None:
        print("\n".join(reliability(list(held(SHOWN)))))
        return
    if options.predictions is None:
        parser.error("say where the predictions are: --predictions FOLDER")
    score = _scorer(options.scorer or options.labelled)
    some: list[Judged] = []
    for path in sorted(options.labelled.glob("[0-9][0-9]-*.gold.yaml")):
        made = json.loads((options.predictions / f"{path.name.removesuffix('.gold.yaml')}.json").read_text(encoding="utf-8"))
        some += compared(yaml.safe_load(path.read_text(encoding="utf-8")), made, score)
    print("\n".join([*table(some), "", *reliability(some)]))


if __name__ == "__main__":
    main()
