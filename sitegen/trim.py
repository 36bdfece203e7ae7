"""`sitegen cache`: how large the store is, whether it is what was written, and what of it the next builds can use.

Rows are true for ever, so that every edit leaves some behind of which nobody will ask again.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sitegen.build import Result, keys_of
from sitegen.cache import Cache, open_cache
from sitegen.explain import Newest, Snapshot
from sitegen.model.opendata import DataFiles, Laid
from sitegen.model.problem import Fault, Unsound
from sitegen.opendata.files import BY_NAME
from sitegen.opendata.files import inputs_of as data_inputs
from sitegen.opendata.tables import VERSION
from sitegen.survey import Options, survey_of, with_data, with_index
from sitegen.survey.gathering import Gathered, gathered
from sitegen.survey.reading import Settings, content_files, read_all
from sitegen.survey.state import inputs_of, of_one_state
from sitegen.tree import Tree
from sitegen.workers import Progress, silent


class Size(NamedTuple):
    """Bytes on disk, remembered results and values, remembered pages."""

    bytes: int
    facts: int
    pages: int


def size(root: Path) -> Size:
    """How large the store is. Raises Fault where there is none."""
    with open_cache(root) as cache:
        return _size(cache)


def damaged(root: Path) -> list[str]:
    """What of the store is not what was written: every row is read and proved. A damaged store is dropped."""
    with open_cache(root) as cache:
        found = list(cache.tables.damaged())
        if found:
            cache.forget()
            cache.write()
        return found


def trim(root: Path, options: Options, progress: Progress = silent) -> tuple[Size, Size]:
    """Removes what a build of the archive as it now is would not ask for; gives the sizes before and after. The build after it is as quick
    as if nothing had been removed. Raises Unsound where the archive has errors: then it cannot be told."""
    with open_cache(root) as cache:
        before = _size(cache)

        def used(tree: Tree) -> None:
            cache.tables.fact.asked, cache.tables.page.asked = set(), set()
            _ask(tree, cache, options._replace(jobs=1), progress)

        of_one_state(root, cache, used)
        cache.commit()
        cache.tables.keep_only_asked()
        if cache.unwritable:
            raise Fault(f"the store .sitegen/ cannot be written ({cache.unwritable})")
        return before, _size(cache)


def _ask(tree: Tree, cache: Cache, options: Options, progress: Progress) -> None:
    """Asks for all that a build would, whatever has changed in the archive since."""
    survey = with_index(survey_of(tree, cache, options, progress, again=True), cache, options.jobs, again=True)
    if survey.site is None or survey.archive is None or any(problem.severity == "error" for problem in survey.problems):
        raise Unsound("the archive has errors, so it cannot be told what its pages need; `sitegen check` tells them")
    asked = cache.tables.fact.asked
    assert asked is not None
    archive, config = survey.archive, survey.config
    assert config is not None
    if config.outputs.data:
        of = gathered(cache, archive, survey.boxes, config, options.jobs, again=True)
        asked.update(of.parts)
        made = cache.recall(DataFiles, VERSION, of)
        if made is not None:
            survey = with_data(survey, made, cache)
            for laid in made.files:
                cache.recall(Laid, *data_inputs(BY_NAME[laid.file.name], of.about, dict(made.contents)))
    cache.tables.page.many(keys_of(survey, cache))
    asked.update(page.page for page in survey.pages)
    asked.update(archive.cards.values())
    for one in read_all(cache, content_files(tree)[0], Settings.of(config)):
        if one.head is not None:  # what is hidden today may be shown tomorrow
            asked.update((one.head.value, one.head.card_digest))
    asked.update(survey.files.values())
    asked.update(cache.housekeeping)
    for whole in (Result, Gathered):
        cache.recall(whole, *inputs_of(tree, options))
    newest = cache.recall(Newest)
    for slot in (0, 1) if newest is not None else ():
        cache.recall(Snapshot, slot)


def _size(cache: Cache) -> Size:
    database = cache.tables.database
    if database is None:
        raise Fault(f"the store .sitegen/ cannot be used ({cache.unwritable})")
    return Size(database.size, *(database.count(table) for table in ("fact", "page")))
