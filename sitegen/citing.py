"""`sitegen cite`: how the archive as a whole is cited, or which keys of its settings are missing for that."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sitegen import config as config_room
from sitegen.cache import open_cache
from sitegen.exports.citing import SPOKEN, Form, lacking, written
from sitegen.model.problem import Problem
from sitegen.model.records import Config
from sitegen.survey import Options, sound, survey_of
from sitegen.survey.state import of_one_state
from sitegen.tree import Tree


class Cited(NamedTuple):
    """A citation as the text of a file; empty where there are errors. `problems`: of the settings."""

    text: str
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)


def cited(root: Path, form: Form, options: Options) -> Cited:
    """The citation of the archive at `root`. Raises Fault where it is to tell how many articles are public, and the archive has errors."""
    with open_cache(root) as cache:

        def made(tree: Tree) -> Cited:
            if config_room.PATH not in tree.digests:
                return Cited("", survey_of(tree, cache, options).problems)
            data = tree.read(config_room.PATH)
            config, problems = config_room.parse(data)
            if config is None or problems:
                return Cited("", tuple(problems))
            articles = 0
            if form == "datacite" and not lacking(form, config.citation):
                survey = survey_of(tree, cache, options)
                sound(survey)
                articles = len(survey.archive.articles) if survey.archive is not None else 0
            return citation_of(data, config, form, articles)

        out = of_one_state(root, cache, made)
        cache.commit()
        return out


def citation_of(data: bytes, config: Config, form: Form, articles: int) -> Cited:
    """The citation by settings and the bytes in which they stand; where keys are missing, that alone."""
    missing = config_room.lacking(data, lacking(form, config.citation), SPOKEN[form])
    return Cited("", tuple(missing)) if missing else Cited(written(form, config, articles))
