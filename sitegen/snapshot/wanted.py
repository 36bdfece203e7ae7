"""Which addresses of an archive's sources want a snapshot."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from sitegen.archive.gate import seen
from sitegen.cache import Cache, open_cache
from sitegen.content import frontmatter
from sitegen.content.snapshots import linked, taken
from sitegen.model.article import Article, ArticleCard, Entry
from sitegen.model.problem import Fault
from sitegen.model.records import Archived
from sitegen.model.site import Head
from sitegen.survey import Options, survey_of
from sitegen.survey.reading import File, Settings, content_files, read_all
from sitegen.survey.state import of_one_state
from sitegen.tree import Tree


class Place(NamedTuple):
    """Where an address is written."""

    path: str
    line: int


class Wanted(NamedTuple):
    """An address that wants a snapshot: where it is cited, the files in which it may stand, when the newest was taken that is too old (ISO,
    or empty), and a good one that stands beside the same address elsewhere."""

    url: str
    places: tuple[Place, ...]
    files: tuple[str, ...]
    newest: str
    known: Archived | None


class _Cited(NamedTuple):
    url: str
    file: File
    archived: tuple[Archived, ...]


def wanted(root: Path, options: Options, paths: Collection[str], again_after: int | None, kind: str) -> list[Wanted]:
    """The addresses of sources that have no snapshot, or only ones that are older than some days; in files at some paths or below them, or
    in all. `kind`: "wayback" where one in a web archive is meant, "warc" where one beside the archive is, empty where any will do.

    What awaits an editor is left out, for nobody asks addresses for what came from elsewhere. Raises Fault where a path is no file of
    content.
    """
    with open_cache(root) as cache:

        def made(tree: Tree) -> list[Wanted]:
            survey = survey_of(tree, cache, options)
            if survey.config is None:
                raise Fault("sitegen.yaml cannot be used; `sitegen check` says why")
            files = _files(tree, paths)
            reads = read_all(cache, files, Settings.of(survey.config), options.jobs)
            heads = [(file, read.head) for file, read in zip(files, reads, strict=True) if read.head is not None]
            cited = [one for file, head in heads for one in _cited(file, head, cache)]
            before = (date.fromisoformat(options.today) - timedelta(days=again_after)).isoformat() if again_after is not None else ""
            return list(_lacking(cited, tree, before, kind))

        out = of_one_state(root, cache, made)
        cache.commit()
    return out


def _files(tree: Tree, paths: Collection[str]) -> list[File]:
    files = content_files(tree)[0]
    meant = {path.removeprefix("./").rstrip("/") for path in paths}
    chosen = [one for one in files if not meant or any(_lies(name, path) for name in (one.path, one.notes) for path in meant)]
    for path in meant:
        if not any(_lies(name, path) for one in files for name in (one.path, one.notes)):
            raise Fault(f"{path} is no file of content, and no folder of such files")
    return chosen


def _lies(name: str, path: str) -> bool:
    return name == path or name.startswith(f"{path}/")


def _cited(file: File, head: Head, cache: Cache) -> Iterator[_Cited]:
    value = cache.value(head.value, Article if isinstance(head.card, ArticleCard) else Entry)
    value = seen(value) if isinstance(value, Article) else value
    for url, archived in linked((value.front, value.notes) if isinstance(value, Article) else value.record):
        if archived is not None:
            yield _Cited(url, file, archived)


def _lacking(cited: Iterable[_Cited], tree: Tree, before: str, kind: str) -> Iterator[Wanted]:
    """Those without a snapshot of the kind that is meant, in the order of files. `before`: the day before which one is too old."""
    by_url: dict[str, list[_Cited]] = {}
    for one in cited:
        by_url.setdefault(one.url, []).append(one)
    for url, some in by_url.items():
        there = [[one for one in each.archived if _is_of(one, kind)] for each in some]
        good = [[one for one in each if not _is_old(one, before)] for each in there]
        if all(good):
            continue
        newest = max((taken(one) for each in there for one in each), default="")
        known = max((one for each in good for one in each), key=taken, default=None)
        files = dict.fromkeys(path for one in some for path in (one.file.path, one.file.notes) if path)
        places = tuple(Place(path, line) for path in files if (line := frontmatter.line_of(tree.read(path), path, url)))
        yield Wanted(url, places or (Place(some[0].file.path, 0),), tuple(files), newest, known)


def _is_old(one: Archived, before: str) -> bool:
    """Whether a snapshot was taken before some day; one of which nobody knows is not taken to be."""
    when = taken(one)[:10]
    return bool(before and when) and when < before


def _is_of(one: Archived, kind: str) -> bool:
    return {"wayback": bool(one.url), "warc": bool(one.warc)}.get(kind, True)
