"""`sitegen check`: every problem of the archive, without building it."""

from __future__ import annotations

from pathlib import Path

from sitegen.cache import open_cache
from sitegen.model.problem import Problem
from sitegen.survey import Options, survey_of
from sitegen.tree import read_tree


def check(root: Path) -> tuple[Problem, ...]:
    """The problems of the archive at `root`, sorted."""
    with open_cache(root) as cache:
        survey = survey_of(read_tree(root, cache.remembered, cache.remember), cache, Options())
        cache.commit()
        return survey.problems
