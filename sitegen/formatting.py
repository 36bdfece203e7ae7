"""Lays out the metadata of an archive's files alike (`content.layout`), all or none of them, and no word below it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from sitegen import config as config_room
from sitegen.cache import open_cache
from sitegen.content.fields import fields
from sitegen.content.layout import laid_out
from sitegen.content.reading import ANYWHERE
from sitegen.content.uses import fences
from sitegen.editor import Change, written
from sitegen.model import records
from sitegen.model.base import Record
from sitegen.model.kinds import KINDS
from sitegen.model.problem import Fault, Problem
from sitegen.survey.reading import NOTES, content_files
from sitegen.survey.state import of_one_state
from sitegen.tree import Tree


class Formatted(NamedTuple):
    """What becomes of an archive: the files that change, and what is wrong with those that cannot be read."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]


def formatted(root: Path, paths: Collection[str], *, write: bool) -> Formatted:
    """Lays out the files at some paths, or below them; all of the archive where none is named. A file that cannot be read stays as it is.
    Raises Fault where a path is no file of content, and where a file changes meanwhile."""
    with open_cache(root) as cache:

        def made(tree: Tree) -> Formatted:
            found = list(_files(tree))
            unknown = [path for path in paths if not any(_lies(one, path) for one, _ in found)]
            if unknown:
                raise Fault(f"{unknown[0]} is no file of content, and no folder of such files")
            changes, problems = [], []
            for path, record in found:
                if paths and not any(_lies(path, one) for one in paths):
                    continue
                try:
                    before = tree.read(path).decode()
                except UnicodeDecodeError:
                    problems.append(Problem(path, 0, "invalid-utf8", "the file is not UTF-8", "save the file as UTF-8"))
                    continue
                after, told = _after(before, path, record)
                problems += told
                if after != before:
                    changes.append(Change(path, before, after))
            return Formatted(tuple(changes), tuple(problems))

        out = of_one_state(root, cache, made)
        cache.commit()
    if write:
        written(root, out.changes)
    return out


def _files(tree: Tree) -> Iterator[tuple[str, type[Record]]]:
    """The files with metadata, each with the table of its keys."""
    if config_room.PATH in tree.digests:
        yield config_room.PATH, records.Config
    for file in content_files(tree)[0]:
        yield file.path, KINDS[file.kind].record
        if file.notes:
            yield file.notes, records.Notes


def _lies(path: str, named: str) -> bool:
    """Whether a file is the one that is named, or lies below it."""
    return path == named.rstrip("/") or path.startswith(f"{named.rstrip('/')}/")


def _after(text: str, path: str, record: type[Record]) -> tuple[str, list[Problem]]:
    """A file with its metadata laid out."""
    order = [*(field.key for field in fields(record)), *ANYWHERE]
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    if path.endswith(NOTES) or path == config_room.PATH:
        laid, problems = laid_out(text.removeprefix(mark), path, order)
        return mark + laid, problems
    try:
        start, end, _ = fences(text, path)
    except Fault:
        return text, [Problem(path, 1, "no-front-matter", "the metadata is missing, or does not end", "`sitegen check` tells more")]
    laid, problems = laid_out(text[start:end], path, order, 2)
    return text[:start] + laid + text[end:], problems
