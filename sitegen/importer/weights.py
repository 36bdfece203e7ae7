"""The fitted weights of named features, as `tools/fit.py` writes them into `data/weights.yaml`; read once, without further libraries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from math import exp, fsum
from pathlib import Path

import yaml

PATH = Path(__file__).parent / "data" / "weights.yaml"


@cache
def _models() -> Mapping[str, Mapping[str, float]]:
    models: Mapping[str, Mapping[str, float]] = yaml.load(PATH.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return models


def weights(model: str) -> Mapping[str, float]:
    """Feature -> weight, in logits, of one of the models."""
    return _models()[model]


@lru_cache(maxsize=8192)  # of many sentences and names the same is told, and of each it is asked several times
def probability(model: str, features: frozenset[str]) -> float:
    """How probable it is by one of the models that what has these features is right."""
    return logistic(weights(model), features)


def shares(model: Mapping[str, float], options: Sequence[frozenset[str]]) -> list[float]:
    """How probable each of some is the one that is right, by the features of each.

    >>> shares({"marked": 0.0}, [frozenset(["marked"]), frozenset(["a feature of no weight"])])
    [0.5, 0.5]
    """
    logits = [fsum(model.get(name, 0.0) for name in option) for option in options]
    return softmax(logits)


def softmax(logits: Sequence[float]) -> list[float]:
    """Probabilities that are one together, of what weighs so much."""
    parts = [exp(logit - max(logits)) for logit in logits]
    return [part / fsum(parts) for part in parts]


def logistic(model: Mapping[str, float], features: Collection[str]) -> float:
    """The probability of what has these features.

    >>> logistic({"any": 0.0}, ["any", "a feature of no weight"])
    0.5
    """
    logit = fsum(model[one] for one in features if one in model)  # to the same sum, in whatever order a set gives them
    return 1 / (1 + exp(-logit)) if logit > -500 else 0.0
