"""One state of the archive, ready to be looked at: which pages there are, and what is wrong."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from sitegen.archive.gate import Policy
from sitegen.archive.index import address_of
from sitegen.archive.names import Names
from sitegen.archive.plan import outputs_of
from sitegen.build import closures, render
from sitegen.cache import Cache, Memory, open_cache
from sitegen.explain import Snapshot, snapshot
from sitegen.model.article import EntryCard, Key
from sitegen.model.digest import Digest, digest, encode
from sitegen.model.kinds import mentionable
from sitegen.model.pages import Planned
from sitegen.model.problem import Fault, Problem
from sitegen.model.site import SiteCard
from sitegen.survey import Options, Survey, survey_of, with_index
from sitegen.survey.state import of_one_state
from sitegen.theme import Theme
from sitegen.tree import Tree
from sitegen.urls import output_path
from sitegen.views.pages import site_view
from sitegen.views.types import SiteView
from sitegen.workers import Progress, silent


class Site:
    """A survey without errors. `pages`: output path -> page; `beside`: output path of what lies beside a page -> the page, and which
    of its outputs it is; `day`: the date (ISO) by which the gate was asked."""

    def __init__(self, tree: Tree, survey: Survey, cache: Cache, day: str) -> None:
        assert survey.site is not None
        assert survey.theme is not None
        assert survey.archive is not None
        assert survey.config is not None
        self.tree = tree
        self.survey = survey
        self.archive = survey.archive
        self.config = survey.config
        self.card: SiteCard = survey.site
        self.theme: Theme = survey.theme
        self.closures: Mapping[str, Digest] = cache.memo(closures, survey.theme)
        self.snapshot: Snapshot = snapshot(survey, cache)
        self.digest = digest("site", encode(self.card))
        self.pages: dict[str, Planned] = {output_path(page.address): page for page in survey.pages}
        self.beside: dict[str, tuple[Planned, int]] = {
            path: (page, number) for page in survey.pages for number, path in enumerate(outputs_of(page, survey.site.beside)) if number
        }
        self.keys: dict[str, Key] = {address_of(key): key for key in survey.paths}
        self.public = Policy(day, self.config.publish.unchecked, False)
        """The gate as a build without drafts has it."""

    @property
    def base(self) -> str:
        """The path that all addresses begin with, from slash to slash."""
        return self.card.base

    @cached_property
    def view(self) -> SiteView:
        return site_view(self.card)

    @cached_property
    def names(self) -> Names:
        """The names by which articles mention what is shown."""
        heads = (head for kind in mentionable() for head in self.archive.public(kind.plural))
        return Names.of(head.card for head in heads if isinstance(head.card, EntryCard))

    def key(self, page: Planned, memory: Memory) -> Digest:
        """The key of a rendered page: the one that a build would have."""
        return memory.key(render, self.closures[page.template], self.digest, page.page, page.cards)


class Made(NamedTuple):
    """What a reading of the archive came to, on one day (ISO): its files, what is wrong with it, the site, unless there are errors, and
    the seconds that it took."""

    day: str
    tree: Tree
    problems: tuple[Problem, ...]
    site: Site | None
    seconds: float


def make(root: Path, options: Options, before: Made | None = None, progress: Progress = silent) -> Made | None:
    """Reads the archive; None where it is as it was. Raises Fault where it cannot be read, or the store cannot be written."""
    started, day = time.monotonic(), options.today
    with open_cache(root) as cache:
        if cache.unwritable:
            raise Fault(f"the store .sitegen/ cannot be written ({cache.unwritable}), and pages are shown from it")

        def made(tree: Tree) -> Made | None:
            if before is not None and (before.day, before.tree) == (day, tree):
                return None
            survey = survey_of(tree, cache, options, progress)
            has_errors = any(problem.severity == "error" for problem in survey.problems)
            if not has_errors:
                survey = with_index(survey, cache, options.jobs)
            site = None if has_errors else Site(tree, survey, cache, day)
            return Made(day, tree, survey.problems, site, time.monotonic() - started)

        out = of_one_state(root, cache, made)
        cache.commit()
        return out
