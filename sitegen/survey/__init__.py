"""The survey: reads the archive, links and indexes it, finds every problem on the way, and plans the pages.

`build` renders what it plans; `check` prints what it finds. Every expensive step is remembered under the digest of all that it
may see (DESIGN section 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

import msgspec

from sitegen import config as config_room
from sitegen.archive.boxes import seed_address
from sitegen.archive.checks import Whole, of_archive
from sitegen.archive.gate import Policy
from sitegen.archive.index import Index, address_of, index
from sitegen.archive.names import Names
from sitegen.archive.plan import CHECKS, CORRECTIONS, DATA, outputs_of
from sitegen.cache import Cache
from sitegen.content import frontmatter
from sitegen.model.article import Card, Entry, EntryCard, Key
from sitegen.model.box import Box
from sitegen.model.digest import Digest
from sitegen.model.kinds import ARTICLES, KINDS
from sitegen.model.opendata import DataFiles
from sitegen.model.pages import DataPage, Planned
from sitegen.model.problem import Problem, Unsound, Waived
from sitegen.model.records import Config
from sitegen.model.site import Head, Link, Read, SiteCard
from sitegen.opendata.files import NAMES
from sitegen.survey.assets import of_static, pictures, site_card
from sitegen.survey.atlas import atlas_of
from sitegen.survey.filling import filled
from sitegen.survey.indexing import Documents, documents, index_files
from sitegen.survey.judging import Waivers
from sitegen.survey.permanence import kept as kept_of
from sitegen.survey.planning import kept, planned, redirects_of
from sitegen.survey.problems import Between
from sitegen.survey.reading import Settings, content_files, read_all
from sitegen.theme import Theme
from sitegen.tree import Tree
from sitegen.workers import Progress, silent


class Options(NamedTuple):
    """What the command line asks for. `today` (ISO, UTC) is the day by which the gate decides, told once for a whole build; `asked` are
    checks that are off by default and wanted nevertheless; without `search` there is none, whatever the archive's settings say;
    a `preview` is for a few, and search engines are to leave it out."""

    today: str
    base_url: str | None = None
    drafts: bool = False
    jobs: int = 1
    asked: tuple[str, ...] = ()
    search: bool = True
    preview: bool = False


class Survey(NamedTuple):
    """The archive, read and linked. `pages` and `site` are empty where there are errors that leave nothing to plan."""

    problems: tuple[Problem, ...]
    config: Config | None = None
    archive: Index | None = None
    boxes: tuple[Box, ...] = ()
    site: SiteCard | None = None
    theme: Theme | None = None
    pages: tuple[Planned, ...] = ()
    files: Mapping[str, Digest] = {}
    """Files published as they are: address -> digest of bytes in the store or in the archive (`sources`)."""
    sources: Mapping[str, str] = {}
    """Address -> the file of the archive that is published there."""
    paths: Mapping[Key, str] = {}
    """The file that each page was written in."""
    held: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    awaiting: tuple[str, ...] = ()
    """The articles of which single entries await an editor."""
    waived: tuple[Waived, ...] = ()
    waivers: tuple[Waived, ...] = ()
    """All that editors waive of whole pages, needed or not."""
    unlisted: tuple[str, ...] = ()
    """Addresses that the ledger does not have yet; none where there is no ledger."""
    documents: Documents | None = None
    """What readers find when they search; None where they cannot."""


def survey_of(tree: Tree, cache: Cache, options: Options, progress: Progress = silent, *, again: bool = False) -> Survey:
    """Reads the whole archive and plans its pages, finding every problem on the way. `again`: as in `filling.filled`."""
    problems = list(tree.problems)
    if config_room.PATH not in tree.digests:
        hint = "run `sitegen init` to begin an archive here, or name its folder with `--source`"
        return Survey(_sorted([*problems, Problem(config_room.PATH, 0, "no-archive", "there is no sitegen.yaml here", hint)]))
    config, found = config_room.parse(tree.read(config_room.PATH))
    problems += found
    if config is None:
        return Survey(_sorted(problems))
    config = _wanted(config, options)
    policy = Policy(options.today, config.publish.unchecked, options.drafts)

    files, stray = content_files(tree)
    settings = Settings.of(config)
    entries = read_all(cache, [file for file in files if file.kind != ARTICLES.plural], settings, options.jobs)
    heads = [read.head for read in entries if read.head is not None]
    articles = {file.path: file for file in files if file.kind == ARTICLES.plural}
    asked = _names(heads, policy), policy, tree.digests, options.jobs, progress
    boxes = filled(cache, list(articles.values()), settings, *asked, again=again, is_searched=config.outputs.search)
    said: list[Read | Box] = [*entries, *boxes]
    archive, found = index(heads, boxes, policy)
    problems += [*stray, *(problem for one in said for problem in one.problems), *found]

    def heads_at(paths: Iterable[str]) -> list[Head]:
        return [one.head for one in read_all(cache, [articles[path] for path in paths], settings) if one.head is not None]

    between = Between(archive, boxes, heads_at, partial(_line_of, tree), cache)
    problems += [*between.unknown_ids(_keys(tree.below("content")) - archive.known), *between.deep()]
    cards, published, found = pictures(archive, boxes, tree, cache)
    archive.cards.update(cards)
    problems += found
    waivers = Waivers(said)
    held = sorted(path for box in boxes for path in box.held)
    waiving = waivers.keys(between.paths, archive.cards, held)
    site, theme, assets, found = site_card(archive, config, tree, cache)
    site = msgspec.structs.replace(site, preview=options.preview)
    problems += found
    published |= assets
    sources, static, found = _as_they_are(boxes, tree, archive, published)
    published |= {address: tree.digests[path] for address, path in sources.items()}
    problems += found
    data = data_addresses(config)
    atlas, found = atlas_of(archive, tree, cache, are_made=config.outputs.maps)
    problems += found
    pages, found = planned(archive, boxes, config, cache, options.jobs, dict(tree.history.pasts), atlas, static)
    whole = Whole(archive, boxes, heads_at, partial(cache.value, type_=Entry), partial(_card, archive, cache), options.today)
    problems += [*found, *_untold(tree), *of_archive(whole, config.checks)]
    # to a social card nothing may lead: whether it can be made is not known yet
    made = (path for page in pages for path in (page.address, *outputs_of(page, site.beside._replace(cards=False))))
    problems += between.broken_links(chain(made, [CHECKS] if waiving else (), published, data))
    problems = waivers.judged(problems, config.checks)
    checks = waivers.page(waiving)
    if checks.waived:
        pages.append(kept(checks, archive, cache))
    site = msgspec.structs.replace(site, policies=(*site.policies, *_unwritten(pages, archive)))
    problems += between.clashes(pages, (*published, *data), config.keep, site.beside, sources)
    permanent = kept_of(tree, archive, pages, (*published, *data), dict(redirects_of(archive, boxes)), cache)
    return Survey(
        problems=_sorted([*problems, *_once_all_else_holds(permanent.problems, problems)]),
        config=config,
        archive=archive,
        boxes=tuple(boxes),
        unlisted=permanent.unlisted,
        site=site,
        theme=theme,
        pages=tuple(pages),
        files=published,
        sources=sources,
        paths=between.paths,
        held=tuple(held),
        hidden=tuple(sorted([*_hidden(archive), *(path for box in boxes for path in box.hidden)])),
        awaiting=tuple(sorted(path for box in boxes for path in box.awaiting)),
        waived=tuple(sorted(waivers.needed)),
        waivers=tuple(waivers.of_pages),
        documents=documents(cache, archive, boxes, config.lang) if config.outputs.search else None,
    )


def _once_all_else_holds(told: list[Problem], problems: Iterable[Problem]) -> list[Problem]:
    """What is told of lost addresses: nothing where there are errors. A page that could not be read or proved is not gone."""
    return [] if any(problem.severity == "error" for problem in problems) else told


def with_index(survey: Survey, cache: Cache, jobs: int, *, again: bool = False) -> Survey:
    """The survey with the files of the index among those that are published, where the archive is searched: only who publishes needs them.
    `again`: as in `filling.filled`."""
    found = index_files(cache, survey.documents, jobs, again=again) if survey.documents is not None else {}
    return survey._replace(files={**survey.files, **found})


def data_addresses(config: Config) -> tuple[str, ...]:
    """Where the files of the open data are, which are made when all else is known."""
    return tuple(f"{DATA}{name}" for name in NAMES) if config.outputs.data else ()


def with_data(survey: Survey, made: DataFiles, cache: Cache) -> Survey:
    """The survey with the files of the open data among those that are published, and with the page that tells how large they are."""
    assert survey.archive is not None
    assert survey.config is not None
    told = tuple(one.file for one in made.files)
    page = kept(DataPage(DATA, survey.config.citation.licence or "", told, made.counts), survey.archive, cache)
    pages = tuple(page if one.address == DATA else one for one in survey.pages)
    return survey._replace(pages=pages, files={**survey.files, **{f"{DATA}{one.file.name}": one.digest for one in made.files}})


def _unwritten(pages: Iterable[Planned], archive: Index) -> Iterator[tuple[str, Link]]:
    """The pages that belong beside the archive's policies, which nobody has written, and that there are all the same."""
    addresses = {page.address for page in pages} - {address_of(key) for key in archive.heads}
    for name, address in (("corrections", CORRECTIONS), ("checks", CHECKS), ("data", DATA)):
        if address in addresses:
            yield name, Link("", address)


def sound(survey: Survey) -> Config:
    """The settings of an archive without errors. Raises Unsound where it has some: then not all of it is known."""
    errors = [problem for problem in survey.problems if problem.severity == "error"]
    if errors or survey.config is None:
        raise Unsound(f"the archive has errors, so that not all of it is known: `sitegen check` tells them, first {errors[0].lines()[0]}")
    return survey.config


def _wanted(config: Config, options: Options) -> Config:
    """The settings as the command line would have them."""
    checks = {**dict.fromkeys(options.asked, "warning"), **config.checks}
    outputs = config.outputs if options.search else msgspec.structs.replace(config.outputs, search=False)
    return msgspec.structs.replace(config, base_url=options.base_url or config.base_url, checks=checks, outputs=outputs)


def _names(heads: Iterable[Head], policy: Policy) -> Names:
    """The names of the public entries."""
    named = (head.card for head in heads if isinstance(head.card, EntryCard) and head.card.names)
    return Names.of(card for card in named if policy.status(card.gate, KINDS[card.kind]) == "public")


def _hidden(archive: Index) -> Iterator[str]:
    """The files of the entries that readers may not see."""
    return (head.path for key, head in archive.heads.items() if archive.status[key] == "hidden")


def _card(archive: Index, cache: Cache, key: Key) -> Card | None:
    """The card of that key, where it is public."""
    return cache.card(archive.cards[key]) if key in archive.cards else None


def _line_of(tree: Tree, path: str, words: str) -> int:
    return frontmatter.line_of(tree.read(path), path, words)


def _untold(tree: Tree) -> Iterator[Problem]:
    """That Git could not be asked, and why."""
    if tree.history.why:
        line = config_room.line_of(tree.read(config_room.PATH), "revisions")
        message = f"Git cannot tell what editors changed: {tree.history.why}"
        hint = "build where the repository is, or write `revisions: off`"
        yield Problem(config_room.PATH, line, "no-revisions", message, hint, "warning")


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems)))


def _keys(paths: Iterable[str]) -> set[Key]:
    """What the pages are called that these files would be."""
    out = set()
    for path in paths:
        _, kind, *parts = path.removesuffix(".md").split("/")
        if parts:
            out.add(f"{kind}/{'/'.join(parts) if kind in KINDS and KINDS[kind].is_nested else parts[-1]}")
    return out


def _as_they_are(
    boxes: Sequence[Box], tree: Tree, archive: Index, published: Mapping[str, Digest]
) -> tuple[dict[str, str], tuple[str, ...], list[Problem]]:
    """The files that are published as they are: address -> file; which of them lie under `static/`; and what is wrong with them."""
    seeds, problems = _seeds(boxes)
    static, found = of_static(tree, archive, boxes, {*published, *seeds})
    return seeds | static, tuple(static), problems + found


def _seeds(boxes: Iterable[Box]) -> tuple[dict[str, str], list[Problem]]:
    """The seeds that are published beside their articles: address -> file."""
    sources: dict[str, str] = {}
    problems = []
    for article, path in sorted(proof for box in boxes for proof in box.proofs):
        address = seed_address(path)
        if sources.setdefault(address, path) != path:
            message = f"the seeds {path!r} and {sources[address]!r} would both be published as /{address}"
            problems.append(Problem(article, 0, "address-taken", message, "keep one under another name"))
    return sources, problems
