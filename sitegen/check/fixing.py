"""`sitegen check --fix`: mends what can be mended in one way only, so that no editor need judge it. Nothing else.

| what | how | where not |
|---|---|---|
| `wrong-type` | yes and no, a day, a language, degrees: the one form that they can mean | a text that may mean two (`11.12.2016`) or none |
| `wrong-choice` | with the capitals and hyphens of the word in the list | another word may be meant |
| `key-in-both` | the copy without comments goes; the article's, where neither has one | the two differ, or both have comments |
| `quote-not-found` | apostrophes and quotation marks become those of the text | another sign differs, or the words stand there twice |
| `unused-waiver` | goes, with `waive` where it was the last | an error, a page held back, the day or the web may hide its need |
| `unused-correction` | goes, with what holds nothing else | the page has errors, or has the words with other capitals or marks |

All other problems ask what was meant (which id, which date, which of two files) or for words that nobody has written yet. Files are never
renamed, and no word below the metadata is changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from sitegen import config as config_room
from sitegen.cache import Cache, open_cache
from sitegen.check import asking, is_asked
from sitegen.check.mends import MENDS, Page, Seen, Target, Told
from sitegen.content import frontmatter
from sitegen.content.cutting import rewritten, root_of
from sitegen.content.fields import fields
from sitegen.content.reading import Reading, read
from sitegen.editor import Change, written
from sitegen.model import records
from sitegen.model.kinds import ARTICLES, kind_of
from sitegen.model.problem import Problem
from sitegen.model.rules import CHECKS
from sitegen.model.rules.rule import Group
from sitegen.survey import Options, Survey, survey_of
from sitegen.survey.judging import page_of
from sitegen.survey.reading import NOTES
from sitegen.survey.state import as_changed, of_one_state
from sitegen.tree import Tree
from sitegen.workers import Progress, silent


class Mend(NamedTuple):
    """What was mended: the problem, at its line before, and how."""

    problem: Problem
    how: str


class Fixed(NamedTuple):
    """What is mended in an archive. `revealed`: problems that some pages would only then have; these pages stay as they are."""

    changes: tuple[Change, ...]
    mends: tuple[Mend, ...]
    revealed: tuple[Problem, ...]


class _Step(NamedTuple):
    """What can be mended of an archive as it is: files with their new texts, and how."""

    texts: dict[str, str]
    mends: list[Mend]


def fix(
    root: Path,
    options: Options,
    groups: Collection[Group] = (),
    *,
    every: bool = False,
    dry_run: bool = False,
    progress: Progress = silent,
) -> Fixed:
    """Mends what of the problems that `check` tells needs no judgement, in all files or, on a `dry_run`, in none. The archive is read again
    as it would be: a page that would then tell of a problem which it did not tell before stays as it is."""
    options = asking(options, groups, every=every)
    with open_cache(root) as cache:

        def made(tree: Tree) -> Fixed:
            return _fixed(tree, cache, options, groups, progress)

        out = of_one_state(root, cache, made)
        cache.commit()
    if not dry_run:
        written(root, out.changes)
    return out


def _fixed(tree: Tree, cache: Cache, options: Options, groups: Collection[Group], progress: Progress) -> Fixed:
    """Mends all pages; then, where problems are new, all but the pages that have them."""
    survey = survey_of(tree, cache, options, progress)
    revealed: list[Problem] = []
    alone: set[str] = set()
    while True:
        done = _in_steps(tree, survey, alone, cache, options, groups, progress)
        fresh = _fresh(survey.problems, done.survey.problems)
        if not fresh:
            texts = done.tree.unwritten
            changes = sorted(Change(path, tree.read(path).decode(), text.decode()) for path, text in texts.items())
            return Fixed(tuple(changes), tuple(sorted(done.mends)), tuple(sorted({*revealed})))
        revealed += fresh
        touched = {page_of(path) for path in done.tree.unwritten}
        alone |= touched & {page_of(one.path) for one in fresh} or touched


class _Done(NamedTuple):
    """An archive after all steps, as it would be."""

    tree: Tree
    survey: Survey
    mends: list[Mend]


def _in_steps(
    tree: Tree, survey: Survey, alone: Collection[str], cache: Cache, options: Options, groups: Collection[Group], progress: Progress
) -> _Done:
    """Mends until nothing is left to be mended, for what an error hides is only told once that is mended. There is a last step: each takes
    something out, or makes right what was not."""
    mends: list[Mend] = []
    while (step := _step(tree, survey, groups, alone)).mends:
        mends += step.mends
        tree = as_changed(tree, [Change(path, None, text) for path, text in step.texts.items()], cache)
        survey = survey_of(tree, cache, options, progress)
    return _Done(tree, survey, mends)


def _fresh(before: Iterable[Problem], after: Iterable[Problem]) -> list[Problem]:
    """The problems that were not told before, on whatever line."""
    known = Counter(map(_nature, before))
    out = []
    for one in after:
        known[_nature(one)] -= 1
        if known[_nature(one)] < 0:
            out.append(one)
    return out


def _nature(one: Problem) -> tuple[str, str, str]:
    return page_of(one.path), one.code, one.message


def _step(tree: Tree, survey: Survey, groups: Collection[Group], alone: Collection[str]) -> _Step:
    """What can be mended now, of all pages that are not left `alone`."""
    told: dict[str, dict[Told, Problem]] = {}
    for one in survey.problems:
        if one.code in MENDS and is_asked(one, groups) and page_of(one.path) not in alone:
            told.setdefault(page_of(one.path), {})[one.path, one.line, one.code, one.message] = one
    # what a check tells of as an error keeps nobody from reading
    wrong = (page_of(one.path) for one in survey.problems if one.severity == "error" and one.code not in CHECKS)
    seen = Seen(survey.config, frozenset(wrong), frozenset((*survey.held, *survey.awaiting, *survey.hidden)))
    out = _Step({}, [])
    for path, some in told.items():
        page = _page(tree, path, some)
        if page is not None:
            texts, mends = _mended(page, seen)
            out.texts.update(texts)
            out.mends.extend(mends)
    return out


def _page(tree: Tree, path: str, told: Mapping[Told, Problem]) -> Page | None:
    """A page with its metadata, read anew with the place of every word; None where not all of it can be read, or it is none of ours."""
    kind = kind_of(path.removeprefix("content/")) if path.startswith("content/") else None
    table = records.Config if path == config_room.PATH else kind.record if kind else None
    if table is None or path not in tree.digests:
        return None
    notes = path.removesuffix(".md") + NOTES
    paths = [path, notes] if kind is ARTICLES and notes in tree.digests else [path]
    texts, roots = {}, {}
    for one in paths:
        try:
            texts[one] = tree.read(one).decode()
        except UnicodeDecodeError:
            return None
        root = root_of(one, texts[one])
        if root is None:
            return None
        roots[one] = root
    mapping, reader = roots[path], Reading()
    if len(paths) > 1:
        mapping = frontmatter.merged(mapping, roots[notes], {field.key for field in fields(records.Notes)}, ())[0]
    record = read(table, mapping, reader)
    return Page(path, texts, roots, record if isinstance(record, records.Article) else None, reader, told)


def _mended(page: Page, seen: Seen) -> tuple[dict[str, str], list[Mend]]:
    """The files of a page that change, and how."""
    codes = {code for _, _, code, _ in page.told}
    targets: list[Target] = []
    for code, find in MENDS.items():
        targets += [one for one in find(page, seen) if one.told in page.told] if code in codes else []
        if targets and code == "key-in-both":  # what goes may hold more that is to be mended: the next step sees what is left
            break
    texts: dict[str, str] = {}
    mends: dict[Told, Mend] = {}
    for path, text in page.texts.items():
        gone = {id(one.node) for one in targets if one.node.path == path and one.text is None}
        other = {id(one.node): one.text for one in targets if one.node.path == path and one.text is not None}
        after, done = rewritten(path, text, page.roots[path], gone, other)
        if done:
            texts[path] = after
        mends |= {one.told: Mend(page.told[one.told], one.how) for one in targets if id(one.node) in done}
    return texts, list(mends.values())
