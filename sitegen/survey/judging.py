"""How problems are taken: as the archive's settings switch its checks, and as its editors waive them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import msgspec

from sitegen.archive.plan import CHECKS as ADDRESS
from sitegen.content.waivers import unneeded
from sitegen.model.article import Key
from sitegen.model.box import Box
from sitegen.model.pages import ChecksPage
from sitegen.model.problem import Problem, Waived
from sitegen.model.rules import CHECKS, RULES
from sitegen.model.site import Read
from sitegen.survey.reading import NOTES


class Waivers:
    """What the editors of an archive waive. `needed`: the waivers without which a problem would be told; those of single claims are known
    from the reading, those of whole pages from `judged`."""

    def __init__(self, said: Iterable[Read | Box]) -> None:
        self.of_pages: list[Waived] = []
        self.needed: set[Waived] = set()
        for one in said:
            self.of_pages += one.waivers
            self.needed.update(one.waived)

    def keys(self, paths: Mapping[Key, str], public: Collection[Key], held: Collection[str]) -> dict[str, Key]:
        """The pages on which something is waived and of which readers may know all, by their files: public ones, without those whose
        claims are `held` back."""
        files = {page_of(one.path) for one in (*self.of_pages, *self.needed)} - {*held}
        return {path: key for key, path in paths.items() if path in files and key in public} if files else {}

    def judged(self, problems: Iterable[Problem], levels: Mapping[str, str]) -> list[Problem]:
        """The problems that are told, each at its level. What is no check is told as it is; a waiver that nothing needs is one too."""
        waivers = {(page_of(one.path), one.code): one for one in self.of_pages}
        told: list[Problem] = []
        for problem in problems:
            level: str = problem.severity
            if problem.code in CHECKS:
                level = levels.get(problem.code, "off" if RULES[problem.code].is_quiet else problem.severity)
            waiver = waivers.get((page_of(problem.path), problem.code)) if waivers else None
            if waiver is not None:
                self.needed.add(waiver)
            elif level == problem.severity:
                told.append(problem)
            elif level != "off":
                told.append(msgspec.structs.replace(problem, severity=level))
        asked = [code for code, level in levels.items() if level != "off"]
        return [*told, *unneeded(self.of_pages, self.needed, asked)]

    def page(self, keys: Mapping[str, Key]) -> ChecksPage:
        """The page that tells readers what is waived, and why."""
        shown = {(keys[page_of(one.path)], one.code, one.why) for one in self.needed if page_of(one.path) in keys}
        return ChecksPage(ADDRESS, tuple(sorted(shown)))


def page_of(path: str) -> str:
    """The file that a problem is of: an article and its notes are one."""
    return f"{path.removesuffix(NOTES)}.md" if path.endswith(NOTES) else path
