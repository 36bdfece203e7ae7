"""Fills the boxes of articles: what the articles of a box give to the archive, as functions of its files, of the names that can occur in
them, of the policy and of their seeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from sitegen.archive.boxes import Filed, box_of, boxes, facts_of
from sitegen.archive.gate import Policy, seen
from sitegen.archive.linking import link
from sitegen.archive.names import Name, Names
from sitegen.archive.verbatim import decode, departure
from sitegen.cache import Memory
from sitegen.content import frontmatter
from sitegen.finding.index import keys_of_article
from sitegen.model.article import Article
from sitegen.model.box import Box, Facts
from sitegen.model.digest import Digest
from sitegen.model.problem import Problem
from sitegen.model.site import Head, Linked, Read
from sitegen.survey.reading import File, Settings, read
from sitegen.workers import Progress, silent

Seeds = tuple[tuple[str, Digest], ...]
"""The files that the articles of a box are proved against: path and digest, this empty where there is no such file."""


def filled(
    memory: Memory,
    files: Sequence[File],
    settings: Settings,
    names: Names,
    policy: Policy,
    digests: Mapping[str, Digest],
    jobs: int = 1,
    progress: Progress = silent,
    *,
    again: bool = False,
    is_searched: bool = False,
) -> list[Box]:
    """The boxes of all articles. `names` are those of the public places, `digests` those of the archive's files; `again`: even the boxes
    that are known are filled, so that all is asked for that a filling would need; `is_searched`: there is a search."""
    by_path = {file.path: file for file in files}
    groups = [tuple(by_path[path] for path in paths) for paths in boxes(list(by_path))]

    def arguments(group: tuple[File, ...], known: Facts) -> tuple[tuple[File, ...], Settings, tuple[Name, ...], Policy, Seeds, bool]:
        """All that the filling of a box may see."""
        seeds = tuple((seed, digests.get(seed, Digest(b""))) for seed in known.seeds)
        return group, settings, memory.memo(possible, known.words, names), policy.since(known.turns), seeds, is_searched

    def box(number: int) -> Box:
        group = groups[number]
        seen = arguments(group, memory.memo(facts, group, settings))
        return fill(memory, *seen) if again else memory.memo(fill, *seen)

    known = memory.recalled(facts, [(group, settings) for group in groups])
    found = [None if one is None else memory.recall(fill, *arguments(group, one)) for group, one in zip(groups, known, strict=True)]
    missing = [number for number, one in enumerate(found) if one is None or again]
    done, total = 0, sum(len(groups[number]) for number in missing)
    for number, one in zip(missing, memory.spread(box, missing, jobs, few=4, chunk=1), strict=True):
        found[number] = one
        done += len(groups[number])
        progress("Reading articles", done, total)
    return [one for one in found if one is not None]


def facts(memory: Memory, files: tuple[File, ...], settings: Settings) -> Facts:
    """What must be known of a box before it can be filled."""
    return facts_of(memory.memos(read, [(file, settings) for file in files]))


def possible(_: Memory, words: str, names: Names) -> tuple[Name, ...]:
    """The names that can occur among some words."""
    return names.possible(set(words.split(" ")))


def fill(
    memory: Memory, files: tuple[File, ...], settings: Settings, names: tuple[Name, ...], policy: Policy, seeds: Seeds, is_searched: bool
) -> Box:
    """The box of some articles. `names`: those that can occur in them; `is_searched`: it tells by what they are found."""
    among, digests = Names(names), dict(seeds)
    reads = memory.memos(read, [(file, settings) for file in files])
    filed = [_filed(memory, file, one, settings, among, policy, digests, is_searched) for file, one in zip(files, reads, strict=True)]
    return box_of(filed, policy, memory.keep, is_searched=is_searched)


def _filed(
    memory: Memory,
    file: File,
    one: Read,
    settings: Settings,
    names: Names,
    policy: Policy,
    digests: Mapping[str, Digest],
    is_searched: bool,
) -> Filed:
    """One article of a box: linked where it is public, and proved where it has a seed."""
    head = one.head
    if head is None:
        return Filed(one, None, None, ())
    linked: Linked | None = None
    value = head.value
    keys: frozenset[str] = frozenset()
    if policy.status(head.card.gate) == "public":
        whole: Article = memory.value(head.value, Article)
        article = whole if policy.drafts else seen(whole)
        if article is not whole:
            value = memory.keep(article)
        linked = link(article, names.possible(set(head.words.split(" "))), settings.calendars, held=policy.is_held(head.card.gate))
        if is_searched:
            lang = article.card.lang or settings.lang
            keys = frozenset(keys_of_article(article, lang, (given.page for given in linked.given), full=head.display == "full"))
    return Filed(one, linked, *_proved(memory, file, head, digests), keys, value)


def _proved(memory: Memory, file: File, head: Head, digests: Mapping[str, Digest]) -> tuple[str | None, tuple[Problem, ...]]:
    """The verbatim gate: the text that an article was proved against, or why the proof fails."""
    if head.seed is None:
        return None, ()
    path, problem = _seed(head, head.seed, digests)
    problems = (problem,) if problem else memory.memo(proof, head.path, head.value, path, digests[path])
    if problems and not problems[0].line:
        line = frontmatter.line_of(memory.file(file.path, file.digest), file.path, path)
        problems = tuple(msgspec.structs.replace(one, line=line) for one in problems)
    return (None if problems else path), problems


def proof(memory: Memory, article_path: str, article: Digest, path: str, digest: Digest) -> tuple[Problem, ...]:
    """Where an article departs from its seed's text; nothing where the proof holds."""
    text = decode(memory.file(path, digest))
    if text is None:
        return (Problem(article_path, 0, "seed-not-text", f"the seed {path!r} is not text", "record its text under `extract`"),)
    departed = departure(memory.value(article, Article), text)
    return (departed,) if departed else ()


def _seed(head: Head, seed: tuple[str, str], digests: Mapping[str, Digest]) -> tuple[str, Problem | None]:
    """The file that holds an article's text, and what is wrong with it, if it is not whole and as it was recorded."""
    path, recorded = seed
    found = digests.get(path, Digest(b""))
    if not found or not path.startswith("seeds/"):
        hint = "seeds are kept for ever, under `seeds/`; restore it"
        return path, Problem(head.path, 0, "missing-seed", f"there is no seed {path!r}", hint)
    if found.hex() != recorded:
        hint = f"its SHA-256 is now {found.hex()}; restore the file as it arrived (for example from Git)"
        return path, Problem(head.path, 0, "seed-changed", f"the seed {path!r} is not the one that was recorded", hint)
    if head.extract is None:
        return path, None
    text, recorded = head.extract
    if not text.startswith("seeds/") or digests.get(text, Digest(b"")).hex() != recorded:
        message = f"the extraction {text!r} is not the one that was recorded"
        return text, Problem(head.path, 0, "seed-changed", message, "restore it")
    return text, None
