"""`sitegen check`: every problem of the archive, without building it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from sitegen.cache import open_cache
from sitegen.check.external import ASKED, Asked, Internet, links_of, wrong_with
from sitegen.model.problem import Problem, Waived
from sitegen.model.rules import QUIET, RULES
from sitegen.model.rules.rule import Group
from sitegen.survey import Options, Survey, survey_of
from sitegen.survey.judging import page_of
from sitegen.survey.state import of_one_state
from sitegen.tree import Tree
from sitegen.workers import Progress, silent


class Found(NamedTuple):
    """What is wrong, sorted; what is waived; and the lines of the files that are told of, by path and number."""

    problems: tuple[Problem, ...]
    waived: tuple[Waived, ...]
    lines: Mapping[tuple[str, int], str]

    def without(self, problems: Iterable[Problem]) -> Found:
        """The same but for some problems."""
        gone = {*problems}
        return self._replace(problems=tuple(one for one in self.problems if one not in gone))


def check(
    root: Path,
    options: Options,
    groups: Collection[Group] = (),
    *,
    every: bool = False,
    internet: Internet | None = None,
    progress: Progress = silent,
) -> Found:
    """What is wrong with the archive at `root`. `groups`: of checks only those that belong to one of these, and of these all; `every`: also
    the checks that are off by default; `internet`: also whether addresses elsewhere answer."""
    options = asking(options, groups, every=every)
    with open_cache(root) as cache:

        def made(tree: Tree) -> tuple[Survey, list[Asked]]:
            survey = survey_of(tree, cache, options)
            return survey, links_of(survey, tree, cache, options.jobs) if internet else []

        survey, links = of_one_state(root, cache, made)
        cache.commit()
    problems, waived = survey.problems, survey.waived
    if internet:
        found = set(wrong_with(links, internet, progress))
        needed = {(page_of(one.path), one.code): one for one in survey.waivers}
        known = {one for one in found if (page_of(one.path), one.code) in needed}
        problems = tuple(sorted({*problems, *(found - known)}))
        waived = tuple(sorted({*waived, *(needed[page_of(one.path), one.code] for one in known)}))
    problems = tuple(one for one in problems if is_asked(one, groups))
    return Found(problems, waived, _lines(root, problems))


def asking(options: Options, groups: Collection[Group], *, every: bool) -> Options:
    """Options by which the quiet checks that are wanted look too."""
    return options._replace(asked=tuple(code for code in QUIET if code not in ASKED and (every or RULES[code].check in groups)))


def is_asked(problem: Problem, groups: Collection[Group]) -> bool:
    """Whether a problem is told where only checks of some groups are."""
    return not groups or group_of(problem) in (None, *groups)


def group_of(problem: Problem) -> Group | None:
    """The group of the check that tells a problem; None where it is no check."""
    rule = RULES.get(problem.code)
    return rule.check if rule else None


def _lines(root: Path, problems: Iterable[Problem]) -> dict[tuple[str, int], str]:
    """The lines that problems name. A file that cannot be read has none."""
    wanted: dict[str, set[int]] = {}
    for one in problems:
        if one.line:
            wanted.setdefault(one.path, set()).add(one.line)
    out: dict[tuple[str, int], str] = {}
    for path, numbers in wanted.items():
        try:
            text = (root / path).read_text(encoding="utf-8", errors="replace").split("\n")
        except OSError:
            continue
        out |= {(path, number): text[number - 1].rstrip("\r") for number in numbers if number <= len(text)}
    return out
