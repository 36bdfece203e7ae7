"""Logistic regression on named features, in plain Python: the same bytes come out on every machine, and nothing has to be installed.

Newton's method on the sum of log losses plus half `strength` times the squares of the weights (Hastie, Tibshirani and Friedman 2009,
section 4.4). The weight of `any`, which every example has, is not held down, but one right and one wrong example are added that have
nothing else (the rule of succession): where all were right so far, the next may be wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from math import exp, log
from typing import Protocol, TypeVar

ALL = "any"
"""The feature that stands for the intercept."""
ROUNDS = 50
"""Steps of Newton's method at most; it takes some eight."""
ENOUGH = 1e-9
"""Change of a weight below which nothing changes any more."""
DIGITS = 3
"""Decimals that are kept of a weight: far fewer than by which machines differ."""


class Judged(Protocol):
    """An example: the article that it is of, its features, and whether it is right."""

    @property
    def article(self) -> str: ...
    @property
    def features(self) -> frozenset[str]: ...
    @property
    def is_right(self) -> bool: ...


Some = TypeVar("Some", bound=Judged)


def fitted(examples: Sequence[Judged], strength: float) -> dict[str, float]:
    """Feature -> weight, by name."""
    names = sorted({name for one in examples for name in one.features} | {ALL})
    numbers = {name: number for number, name in enumerate(names)}
    rows = [(sorted(numbers[name] for name in one.features), float(one.is_right)) for one in examples]
    rows += [([numbers[ALL]], 1.0), ([numbers[ALL]], 0.0)]
    held = [0.0 if name == ALL else strength for name in names]

    def derived(weights: Sequence[float], slope: list[float], curve: list[list[float]]) -> None:
        for row, right in rows:
            guess = 1 / (1 + exp(-sum(weights[at] for at in row)))
            for at in row:
                slope[at] += right - guess
                for other in row:
                    curve[at][other] += guess * (1 - guess)

    weights = climbed(held, derived)
    return {name: rounded(weights[numbers[name]]) for name in names}


def climbed(held: Sequence[float], derived: Callable[[Sequence[float], list[float], list[list[float]]], None]) -> list[float]:
    """The weights at which a likelihood is greatest, by Newton's method. `held`: how strongly each is held down; `derived` adds the slope
    of the likelihood at some weights, and how it curves, to what holding them down makes of both."""
    weights = [0.0] * len(held)
    for _ in range(ROUNDS):
        slope = [-force * weight for force, weight in zip(held, weights, strict=True)]
        curve = [[(held[at] + 1e-6) * (at == other) for other in range(len(held))] for at in range(len(held))]
        derived(weights, slope, curve)
        step = _solved(curve, slope)
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
        if max(map(abs, step)) < ENOUGH:
            break
    return weights


def rounded(weight: float) -> float:
    """A weight as it is kept; no zero below nothing."""
    return round(weight, DIGITS) + 0.0


def _solved(matrix: list[list[float]], values: list[float]) -> list[float]:
    """What a positive definite matrix makes these values of, by elimination."""
    rows = [[*row, value] for row, value in zip(matrix, values, strict=True)]
    for at, row in enumerate(rows):
        for other in rows[at + 1 :]:
            share = other[at] / row[at]
            if share:
                for column in range(at, len(row)):
                    other[column] -= share * row[column]
    out = [0.0] * len(rows)
    for at in range(len(rows) - 1, -1, -1):
        out[at] = (rows[at][-1] - sum(rows[at][column] * out[column] for column in range(at + 1, len(rows)))) / rows[at][at]
    return out


def guessed(weights: Mapping[str, float], features: Collection[str]) -> float:
    """The probability of what has these features."""
    return 1 / (1 + exp(-sum(weights.get(name, 0.0) for name in sorted(features))))


def held_out(examples: Sequence[Some], strength: float, folds: int = 10) -> Iterator[tuple[Some, float]]:
    """Each example with the probability that the others give it: those of other articles, which are dealt into folds in turn."""
    articles = sorted({one.article for one in examples})
    fold = {article: number % folds for number, article in enumerate(articles)}
    for number in range(folds):
        weights = fitted([one for one in examples if fold[one.article] != number], strength)
        for one in examples:
            if fold[one.article] == number:
                yield one, guessed(weights, one.features)


def loss(judged: Collection[tuple[Judged, float]]) -> float:
    """The mean log loss of probabilities, in nats: less is better."""
    return -sum(log(guess if one.is_right else 1 - guess) for one, guess in judged) / max(1, len(judged))
