"""`sitegen check`: every problem of the archive, without building it."""

from __future__ import annotations

from pathlib import Path

from sitegen.cache import open_cache
from sitegen.model.problem import Problem, Waived
from sitegen.survey import Options, survey_of
from sitegen.survey.state import of_one_state
from sitegen.tree import Tree


def check(root: Path, options: Options) -> tuple[tuple[Problem, ...], tuple[Waived, ...]]:
    """The problems of the archive at `root`, sorted, and what is waived of them."""
    with open_cache(root) as cache:

        def made(tree: Tree) -> tuple[tuple[Problem, ...], tuple[Waived, ...]]:
            survey = survey_of(tree, cache, options)
            return survey.problems, survey.waived

        found = of_one_state(root, cache, made)
        cache.commit()
        return found
