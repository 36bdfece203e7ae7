"""The build, as one readable script: read -> parse -> index -> link -> view -> render -> write.

There is no dependency graph. Every step is a pure function whose result is remembered under the digest of all that it
may see (DESIGN section 4), so that a build is always complete, and quick where little changed.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from sitegen import config as config_room
from sitegen.archive.plan import outputs_of
from sitegen.cache import Cache, Memory, memory_cache, open_cache
from sitegen.datafiles import data_files
from sitegen.explain import remember
from sitegen.exports.data import data
from sitegen.exports.feeds import feeds
from sitegen.exports.figures import figures
from sitegen.exports.hosting import headers, redirects
from sitegen.exports.places import map_data, places
from sitegen.exports.words import words_of_article, words_of_entry, words_of_page
from sitegen.exports.xml import robots, sitemap
from sitegen.model.article import Article, Card, Entry, Key
from sitegen.model.base import Value
from sitegen.model.digest import Digest, digest, digest_of, encode
from sitegen.model.kinds import has_card, has_data, has_figures, has_popup
from sitegen.model.pages import (
    ArticlePage,
    EntryPage,
    Feed,
    FreePage,
    Headers,
    MapData,
    MapPage,
    Page,
    Planned,
    Redirects,
    Robots,
    Sitemap,
)
from sitegen.model.problem import Problem
from sitegen.model.records import Config
from sitegen.model.site import SiteCard
from sitegen.model.tally import Series, Tally
from sitegen.output import Output, differences
from sitegen.survey import Options, Survey, survey_of, with_data, with_index
from sitegen.survey.gathering import gathered
from sitegen.survey.state import Inputs, inputs_of, of_one_state, read_state
from sitegen.theme import POPUP, TemplateFailed, Theme, needed
from sitegen.tree import Stamp, Tree
from sitegen.urls import OutputPath
from sitegen.views.pages import site_view, view
from sitegen.views.types import SiteView
from sitegen.workers import Progress, silent

_SUMMED = (Tally, Series)
"""The cards behind which others stand."""
NOTHING = Digest(bytes(32))
"""In the row of a page, in the place of an output that it turned out not to have: a social card whose words the fonts cannot set."""


class Report(NamedTuple):
    """What a build found and did. `held`: articles whose claims and sources await an editor; `awaiting`: those of which single entries do;
    `hidden`: pages not published;
    `unlisted`: how many addresses the ledger does not have yet;
    `forgetful`: why nothing could be remembered for the next build, empty where it could."""

    problems: tuple[Problem, ...]
    pages: int = 0
    rendered: int = 0
    written: int = 0
    removed: int = 0
    held: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    seconds: float = 0.0
    forgetful: str = ""
    awaiting: tuple[str, ...] = ()
    unlisted: int = 0

    @property
    def reused(self) -> int:
        """Pages that were there already."""
        return self.pages - self.rendered

    @property
    def failed(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)


class Result(Value, frozen=True):
    """A whole build, remembered under the digest of all its inputs: the planned files, and what was said."""

    files: tuple[tuple[str, Digest], ...]
    problems: tuple[Problem, ...]
    pages: int
    held: tuple[str, ...]
    hidden: tuple[str, ...]
    awaiting: tuple[str, ...]
    unlisted: int


def build(root: Path, folder: Path, options: Options, progress: Progress = silent) -> Report:
    """Builds the archive at `root` into `folder`. With problems of severity error, the earlier output stays as it is.

    Where a file changes meanwhile, or the store turns out to be damaged, all is read again: a build is of one state of the archive.
    """
    started = time.monotonic()
    with open_cache(root) as cache:

        def made(tree: Tree) -> Report:
            config = _config(tree)
            output = Output(folder, config.keep if config else (), cache.outputs)
            try:
                return _build(tree, cache, output, options, progress)
            except BaseException:  # whatever stops it, no stage is left behind
                output.abandon()
                raise

        report = of_one_state(root, cache, made)
        return report._replace(seconds=time.monotonic() - started, forgetful=cache.unwritable)


def verify(root: Path, folder: Path, options: Options) -> list[str]:
    """Makes the whole site again, from nothing and beside the output; gives the files of `folder` that differ from it.

    This is the law of rebuilds, asked of one archive: an empty list is what it promises.
    """
    with tempfile.TemporaryDirectory(prefix="sitegen-verify-") as clean:
        cache = memory_cache(root)
        tree = read_state(root, cache)
        config = _config(tree)
        keep = config.keep if config else ()
        report = _build(tree, cache, Output(Path(clean), (), cache.outputs), options)
        if report.failed:
            return [str(problem) for problem in report.problems if problem.severity == "error"]
        return differences(folder, Path(clean), keep)


def _config(tree: Tree) -> Config | None:
    """The settings, as far as they can be read; what is wrong with them the survey says."""
    return config_room.parse(tree.read(config_room.PATH))[0] if config_room.PATH in tree.digests else None


def _build(tree: Tree, cache: Cache, output: Output, options: Options, progress: Progress = silent) -> Report:
    inputs = inputs_of(tree, options)
    done = cache.recall(Result, *inputs) if not tree.problems else None
    if done is not None:
        output.open(tree.root)
        if all(output.has(path, wanted) for path, wanted in done.files):
            written = output.finish(dict(done.files))
            cache.commit(output=True)
            report = Report(done.problems, done.pages, 0, 0, written.removed, done.held, done.hidden)
            return report._replace(awaiting=done.awaiting, unlisted=done.unlisted)
    survey = survey_of(tree, cache, options, progress)
    if any(problem.severity == "error" for problem in survey.problems):
        cache.commit()
        return Report(survey.problems)
    survey = with_index(survey, cache, options.jobs)
    output.open(tree.root)
    survey = _with_data(survey, cache, output, options, progress, inputs)
    planned, rendered, problems = _render(survey, tree, cache, output, options, progress)
    if problems:
        output.abandon()
        cache.commit()
        return Report((*survey.problems, *problems))
    kept_back = survey.held, survey.hidden
    more = survey.awaiting, len(survey.unlisted)
    result = Result(tuple(planned.items()), survey.problems, len(survey.pages), *kept_back, *more)
    cache.remember(result, *inputs)
    remember(survey, cache)
    cache.write()  # before the output is touched: a store that turns out to be damaged is begun anew, and nothing has happened
    written = output.finish(planned, progress)
    cache.commit(output=True)
    report = Report(survey.problems, result.pages, rendered, written.written, written.removed, *kept_back)
    return report._replace(awaiting=more[0], unlisted=more[1])


def _with_data(survey: Survey, cache: Cache, output: Output, options: Options, progress: Progress, inputs: Inputs) -> Survey:
    """The survey with the files of the open data, where there is any; those that the output has not are laid beside it."""
    if survey.config is None or survey.archive is None or not survey.config.outputs.data:
        return survey
    of = gathered(cache, survey.archive, survey.boxes, survey.config, options.jobs)
    cache.remember(of, *inputs)
    return with_data(survey, data_files(of, cache, output, options.jobs, progress), cache)


def keys_of(survey: Survey, cache: Cache) -> list[Digest]:
    """The keys of the survey's pages: of each its template with all that this can reach, the site, its arguments and its cards."""
    assert survey.theme is not None
    closed, site = cache.memo(closures, survey.theme), digest("site", encode(survey.site))
    return [cache.key(render, closed[page.template], site, page.page, page.cards) for page in survey.pages]


def _render(
    survey: Survey, tree: Tree, cache: Cache, output: Output, options: Options, progress: Progress
) -> tuple[dict[str, Digest], int, list[Problem]]:
    """Stages every page and file whose bytes are not in the output already; gives all that is planned."""
    assert survey.site is not None
    assert survey.archive is not None
    assert survey.theme is not None
    theme, site, cards = survey.theme, survey.site, survey.archive.cards
    shown = site_view(site)
    keys = keys_of(survey, cache)

    def has(path: OutputPath, wanted: Digest) -> bool:
        return wanted == NOTHING or output.has(path, wanted)

    paths = [outputs_of(page, site.beside) for page in survey.pages]
    rows = cache.tables.page.many(keys)
    known = [_digests(rows.get(key, b"")) for key in keys]
    missing = [n for n, wanted in enumerate(known) if len(wanted) != len(paths[n]) or not all(map(has, paths[n], wanted))]

    def rendered(number: int) -> list[tuple[Digest, Stamp | None]] | Problem:
        """Renders one page and stages its outputs, but those whose very bytes are in the output; gives the digest of each, and the stamp of
        what was laid."""
        try:
            made = render(cache, survey.pages[number], site, theme, shown, cards)
        except TemplateFailed as failure:
            return failure.problem
        out = []
        for path, its_bytes in zip(paths[number], made, strict=True):
            found = NOTHING if its_bytes is None else digest_of(its_bytes)
            out.append((found, None if its_bytes is None or output.has(path, found) else output.lay(path, its_bytes)))
        return out

    problems: list[Problem] = []
    for done, (number, result) in enumerate(zip(missing, cache.spread(rendered, missing, options.jobs), strict=True)):
        progress("Rendering pages", done, len(missing))
        if isinstance(result, Problem):
            problems.append(result)
            break
        known[number] = [found for found, _ in result]
        cache.tables.page.put(keys[number], b"".join(known[number]))
        for path, (found, stamp) in zip(paths[number], result, strict=True):
            if stamp is not None:
                output.take(path, stamp)
            elif found != NOTHING:
                output.confirm(path, found)
    if problems:
        return {}, len(missing), problems
    planned: dict[str, Digest] = {
        path: wanted
        for each, found in zip(paths, known, strict=True)
        for path, wanted in zip(each, found, strict=True)
        if wanted != NOTHING
    }
    for address, wanted in survey.files.items():
        planned[address] = wanted
        if address not in output.staged and not output.has(address, wanted):
            copied = tree.read(survey.sources[address]) if address in survey.sources else cache.data(wanted)
            output.lay(address, copied)
    return planned, len(missing), []


def closures(_: Memory, theme: Theme) -> dict[str, Digest]:
    """For each kind of page the digest of all templates that it can see; templates are parsed for it only when one has changed."""
    popup = theme.closure(POPUP)
    closed = {name: theme.closure(name) for name in needed()}
    return {"": digest("no template"), **{name: digest(one, popup) if has_popup(name) else one for name, one in closed.items()}}


def render(
    memory: Memory, planned: Planned, site: SiteCard, theme: Theme, shown: SiteView, public: Mapping[Key, Digest]
) -> tuple[bytes | None, ...]:
    """The outputs of one page, as `outputs_of` has them: its bytes, those of the data and of the figures beside it, its social card and its
    pop-up (None where it turns out to have none). Of the cards that are public it is given those that it names, those that are behind
    these, and no others: it sees what its key is made from, the closure of its template, the site card, its argument list and its cards."""
    page: Page = memory.value(planned.page, Page)
    cards = cards_of(memory, (*page.named, *planned.beside), public)
    match page:
        case Feed():
            return feeds(page, site, cards, memory)
        case Sitemap():
            return (sitemap(page, site),)
        case MapData():
            return (map_data(page, site, cards),)
        case Robots():
            return (robots(page, site),)
        case Headers():
            return (headers(site),)
        case Redirects():
            return (redirects(page),)
        case _:
            seen = view(page, planned.beside, site, cards, memory, theme.earth)
            may_have_card = bool(site.card_fonts) and has_card(planned.template)
            card = theme.card(shown, seen) if may_have_card and seen.frame.preview is None else None
            if card is not None:
                seen = replace(seen, frame=replace(seen.frame, preview=card[1]))
            out: list[bytes | None] = [theme.render(shown, seen)]
            if site.data and has_data(planned.template):
                out.append(data(seen))
            if site.data and has_figures(planned.template):
                out.append(figures(page, site, cards) if isinstance(page, EntryPage) else None)
            if may_have_card:
                out.append(card[0] if card is not None else None)
            if isinstance(page, MapPage):
                out.append(places(page, site, cards))
            if site.popups and isinstance(page, EntryPage):
                out.append(theme.render(shown, seen, POPUP) if not page.paging.number else None)
            if site.search and isinstance(page, ArticlePage):
                out.append(words_of_article(page, memory.value(page.article, Article), cards, site))
            elif site.search and isinstance(page, EntryPage):
                out.append(words_of_entry(page, memory.value(page.entry, Entry), seen, cards, site))
            elif site.search and isinstance(page, FreePage):
                out.append(words_of_page(page, memory.value(page.entry, Entry)) if page.entry else None)
            return tuple(out)


def cards_of(memory: Memory, names: Iterable[Key], public: Mapping[Key, Digest]) -> dict[Key, Card]:
    """The cards of these names that are public, and those behind them."""
    cards = {name: memory.card(public[name]) for name in names if name in public}
    behind = {name for card in cards.values() if isinstance(card, _SUMMED) for name in card.named}
    return cards | {name: memory.card(public[name]) for name in sorted(behind - cards.keys()) if name in public}


def _digests(row: bytes) -> list[Digest]:
    """The digests of a page's outputs, as they stand in a row."""
    return [Digest(row[start : start + 32]) for start in range(0, len(row), 32)]
