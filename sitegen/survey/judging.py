"""How problems are taken: as the archive's settings switch its checks, and as its editors waive them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from sitegen.content.waivers import unneeded
from sitegen.model.problem import Problem, Waived
from sitegen.model.rules import CHECKS
from sitegen.survey.reading import NOTES


def judged(
    problems: Iterable[Problem], waivers: Sequence[Waived], waived: Iterable[Waived], levels: Mapping[str, str]
) -> tuple[list[Problem], list[Waived]]:
    """The problems that are told, each at its level, and the waivers that were needed: `waived`, and those of `waivers`, which hold for a
    whole page, that a problem of that page needs. What is no check is told as it is. A waiver that nothing needs is a problem too."""
    by_page = {(page_of(one.path), one.code): one for one in waivers}
    told: list[Problem] = []
    needed = list(waived)
    for problem in problems:
        level = levels.get(problem.code, problem.severity) if problem.code in CHECKS else problem.severity
        waiver = by_page.get((page_of(problem.path), problem.code))
        if waiver is not None:
            needed.append(waiver)
        elif level == problem.severity:
            told.append(problem)
        elif level != "off":
            told.append(msgspec.structs.replace(problem, severity=level))
    return [*told, *unneeded(waivers, needed)], needed


def page_of(path: str) -> str:
    """The file that a problem is of: an article and its notes are one."""
    return f"{path.removesuffix(NOTES)}.md" if path.endswith(NOTES) else path
