"""`sitegen check`: every problem of the archive, without building it."""

from __future__ import annotations

from pathlib import Path

from sitegen.cache import open_cache
from sitegen.model.problem import Problem
from sitegen.survey import Options, survey_of
from sitegen.survey.state import of_one_state
from sitegen.tree import Tree


def check(root: Path, options: Options) -> tuple[Problem, ...]:
    """The problems of the archive at `root`, sorted."""
    with open_cache(root) as cache:

        def made(tree: Tree) -> tuple[Problem, ...]:
            return survey_of(tree, cache, options).problems

        problems = of_one_state(root, cache, made)
        cache.commit()
        return problems
