"""Conditional logistic regression (McFadden 1974): which of several is the right one, by the named features of each.

The probability of one is e to the sum of its weights, over that of all. Weights are fitted as those of `logistic`, in plain Python; none
stands for all, since a feature that all have decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum
from typing import NamedTuple

from sitegen.importer.weights import shares, softmax
from tools.logistic import climbed, rounded


class Choice(NamedTuple):
    """What there is to choose from in an article, by the features of each, which is right, and as how many such articles it counts."""

    article: str
    options: tuple[frozenset[str], ...]
    right: int
    weight: float = 1.0


def fitted(choices: Sequence[Choice], strength: float) -> dict[str, float]:
    """Feature -> weight, by name."""
    names = sorted({name for one in choices for option in one.options for name in option})
    numbers = {name: number for number, name in enumerate(names)}
    rows = [(one, [sorted(numbers[name] for name in option) for option in one.options]) for one in choices]

    def derived(weights: Sequence[float], slope: list[float], curve: list[list[float]]) -> None:
        for choice, options in rows:
            mean: dict[int, float] = {}
            for share, option in zip(softmax([fsum(weights[at] for at in option) for option in options]), options, strict=True):
                for at in option:
                    mean[at] = mean.get(at, 0.0) + share
                    for other in option:
                        curve[at][other] += choice.weight * share
            for at in options[choice.right]:
                slope[at] += choice.weight
            for at, share in mean.items():
                slope[at] -= choice.weight * share
                for other, beside in mean.items():
                    curve[at][other] -= choice.weight * share * beside

    weights = climbed([strength] * len(names), derived)
    return {name: rounded(weights[numbers[name]]) for name in names}


def held_out(choices: Sequence[Choice], strength: float, folds: int = 10) -> Iterator[tuple[Choice, int, float]]:
    """Each choice with what weights choose that were fitted to the others, and how probable it is by them."""
    for number in range(folds):
        weights = fitted([one for at, one in enumerate(choices) if at % folds != number], strength)
        for one in choices[number::folds]:
            judged = shares(weights, one.options)
            yield one, judged.index(max(judged)), max(judged)
