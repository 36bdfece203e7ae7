"""Fits the weights by which imports judge, and writes them to `sitegen/importer/data/weights.yaml`: `make fit`.

    python -m tools.fit [--check]

Fitted to the eighty made-up articles of `benchmarks/imports/shown`; the weights of titles to the two hundred heads of
`benchmarks/imports/heads`, too, which are this project's own as they are, and to what stands above the titles of 89 pages of newspapers, of
which nothing is kept but the names of the evidence (`tools/pages.py` says where they are from). Nothing is downloaded, nothing has to be
installed, and the same bytes come out each time (`--check` exits 1 where they would not). Printed is how well each model does on articles
that it was not fitted to, for several strengths of holding weights down.

Published sets were tried beside them and are not used, for on held-out articles of `shown` they changed nothing that could be told from
chance: ClaimBuster (github.com/utaresearch/claimbuster-spotter at 332bba0, GPL-3.0: 7,976 sentences of debates) and task 1 of CheckThat!
2019 (github.com/apepa/clef2019-factchecking-task1 at 7d46333, "free for general research use": 16,421 sentences of debates). Whether a
sentence of a debate is worth checking is another question than whether one of an article is.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path

from benchmarks.imports.examples import Example, proposals, sentences, titles
from tools import choice, pages
from tools.choice import Choice
from tools.logistic import fitted, held_out, loss

SHOWN = Path(__file__).parent.parent / "benchmarks" / "imports" / "shown"
HEADS = SHOWN.parent / "heads"
WEIGHTS = Path(__file__).parent.parent / "sitegen" / "importer" / "data" / "weights.yaml"
HEAD = "# Fitted by tools/fit.py to labelled texts; in logits. Do not edit: `make fit` writes it anew.\n"
STRENGTHS = (0.5, 1.0, 2.0, 4.0, 8.0)
"""That are tried; each model is fitted with the one that is given for it."""
CHOSEN: Mapping[str, float] = {"worth": 2.0, "attribution": 2.0, "source": 2.0, "place": 2.0, "date": 2.0, "title": 2.0}
USUAL = 3.0
"""As how many texts one of `shown` counts for titles: those of `heads` are odd ones throughout, which archives have few of."""
LIMITS = (0.4, 0.5, 0.6, 0.7)
"""Probabilities from which on sentences may be proposed."""


def main() -> int:
    some, wanted = sentences(SHOWN)
    right = sum(one.is_right for one in some)
    print(
        f"worth: {len(some)} sentences of {len({one.article for one in some})} articles, {right} of them claims; the labels have {wanted}"
    )
    print("\n".join(_rates(some, wanted)))
    models = {"worth": fitted(some, CHOSEN["worth"])}
    for what, others in proposals(SHOWN).items():
        for strength in STRENGTHS:
            chosen = "*" if strength == CHOSEN[what] else " "
            print(f"{chosen} {what}: {len(others)} proposals, strength {strength}: log loss {loss(list(held_out(others, strength))):.4f}")
        models[what] = fitted(others, CHOSEN[what])
    texts = heads()
    print("\n".join(_chosen(texts)))
    models["title"] = choice.fitted([*chain.from_iterable(texts.values())], CHOSEN["title"])
    written = written_as(models)
    if "--check" in sys.argv[1:]:
        return int(WEIGHTS.read_text(encoding="utf-8") != written)
    WEIGHTS.write_text(written, encoding="utf-8")
    return 0


def written_as(models: Mapping[str, Mapping[str, float]]) -> str:
    """The models as a file: a line each feature, in the order of their names."""
    lines: list[str] = []
    for name, model in models.items():
        lines += [f"{name}:", *(f"  {feature}: {model[feature]}" for feature in sorted(model))]
    return HEAD + "\n".join(lines) + "\n"


def heads() -> dict[str, list[Choice]]:
    """The texts to which weights of titles are fitted, by where they are from."""
    return {"shown": titles(SHOWN, USUAL), "heads": titles(HEADS, 1.0), "pages of others": pages.learned(1.0)}


def _chosen(texts: Mapping[str, Sequence[Choice]]) -> list[str]:
    """How many titles are chosen right on held-out texts, a line each strength."""
    lines = []
    for strength in STRENGTHS:
        judged = choice.held_out([*chain.from_iterable(texts.values())], strength)
        right = {one.article for one, guess, _ in judged if guess == one.right}
        told = (f"{sum(one.article in right for one in some)} of {len(some)} of {name}" for name, some in texts.items())
        lines.append(f"{'*' if strength == CHOSEN['title'] else ' '} title: strength {strength}: right are {', '.join(told)}")
    return lines


def _rates(some: Sequence[Example], wanted: int) -> list[str]:
    """How well claims are told from other sentences on held-out articles, a line each strength."""
    lines = []
    for strength in STRENGTHS:
        judged = list(held_out(some, strength))
        cells = []
        for limit in LIMITS:
            kept = [one.is_right for one, guess in judged if guess >= limit]
            precision, recall = sum(kept) / len(kept), sum(kept) / wanted
            cells.append(f"from {limit}: P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f}")
        chosen = "*" if strength == CHOSEN["worth"] else " "
        lines.append(f"{chosen} strength {strength}: log loss {loss(judged):.4f}; {'; '.join(cells)}")
    return lines


if __name__ == "__main__":
    sys.exit(main())
