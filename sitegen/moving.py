"""Changes what pages are called: renames one, or merges it into another, with every file that names it.

All or nothing, and checked before anything is written: the archive is read as it would be, and must have no errors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from sitegen import config as config_room
from sitegen.archive.index import address_of
from sitegen.cache import Cache, open_cache
from sitegen.content import front as metadata
from sitegen.content.stems import is_free
from sitegen.content.uses import Use, in_settings, uses
from sitegen.editor import Change, written
from sitegen.model.article import Key
from sitegen.model.kinds import ARTICLES, KINDS, kind_of
from sitegen.model.problem import Fault, Problem
from sitegen.model.site import Head
from sitegen.survey import Options, survey_of
from sitegen.survey.reading import NOTES, Settings, content_files, read_all
from sitegen.survey.state import as_changed, of_one_state
from sitegen.tree import Tree


class Moved(NamedTuple):
    """What a change of names comes to. `problems`: the errors that the archive would have; nothing is written where there are any.
    `told`: what an editor should know."""

    changes: tuple[Change, ...]
    told: tuple[str, ...]
    problems: tuple[Problem, ...]


def rename(root: Path, old: str, new: str, options: Options, *, dry_run: bool = False) -> Moved:
    """Gives a page another id; its old address leads to the new one. Raises Fault where there is no such page, or the new id is none."""

    def changed(archive: _Archive) -> tuple[list[Change], list[str]]:
        head = archive.page(old)
        kind = KINDS[head.kind]
        stem = new.removeprefix(f"{kind.plural}/")
        key = kind.key(stem)
        if not all(is_free(kind, part) for part in (stem.split("/") if kind.is_nested else [stem])):
            words = "small letters, digits and hyphens, and no reserved word"
            raise Fault(f"{new!r} cannot be an id of the kind {kind.plural}: {words}, after {kind.plural}/")
        if key in archive.heads:
            raise Fault(f"there is a page {key} already; to make one of the two, use sitegen merge")
        place = f"{kind.folder}/{stem}.md" if kind.is_nested else f"{head.path.rpartition('/')[0]}/{stem}.md"
        edited = archive.renaming(head, key)
        changes = []
        for path, after in edited.items():
            target = place if path == head.path else place.removesuffix(".md") + NOTES if path == archive.notes(head.path) else path
            moved = after
            if path == head.path:  # an address that it had before is its own again
                moved = metadata.without_entry(moved, path, "redirect_from", address_of(key).rstrip("/"))
                moved = metadata.with_entry(moved, path, "redirect_from", address_of(head.card.key).rstrip("/"))
            if target != path:
                changes.append(Change(path, archive.text(path), None))
            changes.append(Change(target, archive.text(path) if target == path else None, moved))
        return changes, []

    return _moved(root, changed, options, dry_run=dry_run)


def merge(root: Path, old: str, into: str, options: Options, *, dry_run: bool = False) -> Moved:
    """Makes one page of two of the same kind: what names the first names the second, which takes on its names, its addresses, and what
    its own file does not say. Raises Fault where they cannot be one."""

    def changed(archive: _Archive) -> tuple[list[Change], list[str]]:
        head, kept = archive.page(old), archive.page(into)
        if head.kind != kept.kind or head.kind == ARTICLES.plural or head.path == kept.path:
            raise Fault(f"{head.card.key} and {kept.card.key} cannot be one page: two different entries of one kind can")
        edited = archive.renaming(head, kept.card.key)
        text, told = metadata.joined(edited.pop(kept.path, archive.text(kept.path)), kept.path, edited.pop(head.path), head.path)
        for address in (address_of(head.card.key).rstrip("/"), *head.redirect_from):
            text = metadata.with_entry(text, kept.path, "redirect_from", address)
        changes = [Change(path, archive.text(path), after) for path, after in edited.items()]
        changes += [Change(head.path, archive.text(head.path), None), Change(kept.path, archive.text(kept.path), text)]
        return changes, told

    return _moved(root, changed, options, dry_run=dry_run)


def where(root: Path, id: str, options: Options) -> list[Use]:
    """Every place where files name a page."""
    with open_cache(root) as cache:

        def found(tree: Tree) -> list[Use]:
            archive = _Archive(tree, cache, options)
            return list(archive.uses(archive.page(id)))

        out = of_one_state(root, cache, found)
        cache.commit()
        return out


class _Archive:
    """The files of an archive, as far as they name pages."""

    def __init__(self, tree: Tree, cache: Cache, options: Options) -> None:
        self.tree = tree
        config = config_room.parse(tree.read(config_room.PATH))[0] if config_room.PATH in tree.digests else None
        if config is None:
            raise Fault("the settings cannot be read: sitegen check tells why")
        settings = Settings.of(config)
        reads = read_all(cache, content_files(tree)[0], settings, options.jobs)
        self.heads: dict[Key, Head] = {read.head.card.key: read.head for read in reads if read.head is not None}

    def page(self, name: str) -> Head:
        """The page that is meant: by its key, its file, or its id alone, where only one page has it."""
        key = name.removeprefix("content/").removesuffix(".md").strip("/")
        found = [self.heads[key]] if key in self.heads else [head for head in self.heads.values() if head.card.stem == key]
        if len(found) == 1:
            return found[0]
        several = ", ".join(sorted(head.card.key for head in found))
        raise Fault(f"{name!r} may be several pages: {several}" if found else f"there is no page {name!r}")

    def text(self, path: str) -> str:
        """A file as it is written, with its line ends."""
        return self.tree.read(path).decode()

    def notes(self, path: str) -> str:
        """The notes of an article; empty where it has none."""
        notes = path.removesuffix(".md") + NOTES
        return notes if kind_of(path.removeprefix("content/")) is ARTICLES and notes in self.tree.digests else ""

    def uses(self, page: Head) -> Iterator[Use]:
        """Every use of a page, file by file."""
        kind, stem = page.kind, page.card.stem
        alone = sum(head.card.stem == stem for head in self.heads.values()) == 1
        for head in self.heads.values():
            if any(one.id == stem or one.kind == "address" for one in head.references):
                notes = self.notes(head.path)
                found = uses(head.path, self.text(head.path), notes, self.text(notes) if notes else "")
                yield from (one for one in found if one.stem == stem and (one.kind == kind or (not one.kind and alone)))
        settings = in_settings(config_room.PATH, self.text(config_room.PATH))
        yield from (one for one in settings if (one.kind, one.stem) == (kind, stem))

    def renaming(self, page: Head, key: Key) -> dict[str, str]:
        """The page's own files, and all others that name it, with another key in its place."""
        stem = key.partition("/")[2]
        by_file: dict[str, list[Use]] = {}
        for use in self.uses(page):
            by_file.setdefault(use.path, []).append(use)
        own = [path for path in (page.path, self.notes(page.path)) if path]
        return {path: _replaced(self.text(path), by_file.get(path, ()), stem) for path in dict.fromkeys([*by_file, *own])}


def _replaced(text: str, found: Iterable[Use], stem: str) -> str:
    for use in sorted(found, key=lambda use: use.start, reverse=True):
        text = f"{text[: use.start]}{stem}{text[use.end :]}"
    return text


def _moved(root: Path, changed: Callable[[_Archive], tuple[list[Change], list[str]]], options: Options, *, dry_run: bool) -> Moved:
    with open_cache(root) as cache:

        def made(tree: Tree) -> Moved:
            changes, told = changed(_Archive(tree, cache, options))
            after = as_changed(tree, changes, cache)
            errors = tuple(problem for problem in survey_of(after, cache, options).problems if problem.severity == "error")
            return Moved(tuple(sorted(changes)), tuple(told), errors)

        out = of_one_state(root, cache, made)
        cache.commit()
    if not dry_run and not out.problems:
        written(root, out.changes)
    return out
