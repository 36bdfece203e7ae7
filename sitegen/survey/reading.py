"""Reads the content: which files are pages, and what each says. A file is parsed once for its bytes, and never again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from sitegen.archive.names import words_of
from sitegen.cache import Cache, Made
from sitegen.content import article as article_room
from sitegen.content import entry as entry_room
from sitegen.content.stems import stem_problem
from sitegen.model.article import Article, Entry
from sitegen.model.digest import Digest, digest_of, encode
from sitegen.model.problem import Problem
from sitegen.model.records import Config
from sitegen.model.site import KINDS, Head, Read
from sitegen.tree import Tree
from sitegen.workers import each

NOTES = ".notes.yaml"


class File(NamedTuple):
    """A content file to be parsed: its kind, its path, and that of its apparatus, if it has one."""

    kind: str
    path: str
    notes: str


def content_files(tree: Tree) -> tuple[list[File], list[Problem]]:
    """The files that are pages, and what is wrong with the names of the others."""
    files: list[File] = []
    problems: list[Problem] = []
    for path in tree.below("content"):
        kind = path.split("/")[1] if path.count("/") > 1 else ""
        if kind == "images":
            continue
        if kind not in KINDS or not path.endswith((".md", NOTES)) or (path.endswith(NOTES) and kind != "articles"):
            problems.append(_stray(path, kind))
        elif path.endswith(NOTES):
            if path.removesuffix(NOTES) + ".md" not in tree.digests:
                hint = f"call it as its article, {NOTES} in place of .md"
                problems.append(Problem(path, 0, "notes-without-article", "there is no article of this name", hint))
        elif (bad_name := stem_problem(path)) is not None:
            problems.append(bad_name)
        else:
            notes = path.removesuffix(".md") + NOTES
            files.append(File(kind, path, notes if kind == "articles" and notes in tree.digests else ""))
    return files, problems


def _stray(path: str, kind: str) -> Problem:
    """A file that is no page. What looks like an article's notes is an error: it would be missed."""
    if re.search(r"notes\.ya?ml\Z", path) and kind == "articles":
        right = re.sub(r"[.-]notes\.ya?ml\Z", NOTES, path).rsplit("/", 1)[-1]
        return Problem(path, 0, "bad-file-name", "an article's notes are not called so", f"rename it to `{right}`")
    name = path.rsplit("/", 1)[-1]
    stem = re.sub(r"(\.(md|txt|markdown))+\Z", "", name, flags=re.I)
    hint = (
        f"rename it to `{stem}.md`"
        if stem != name and kind in KINDS
        else f"pages end in .md; folders below content/: {', '.join(KINDS)}, images"
    )
    return Problem(path, 0, "stray-file", "the file belongs to no kind of page, and is not published", hint, "warning")


class Reading:
    """The reading of one archive's content: a function of the files, the calendars and the archive's language."""

    def __init__(self, tree: Tree, cache: Cache, config: Config, jobs: int = 1) -> None:
        self.tree = tree
        self.cache = cache
        self.config = config
        self.jobs = jobs
        self.settings = encode((config.calendars, config.lang))

    def parts(self, file: File) -> tuple[str | bytes, ...]:
        """All that the reading of a file may see, for keys."""
        digests = self.tree.digests
        return (file.path, digests[file.path], file.notes, digests[file.notes] if file.notes else b"")

    def key(self, file: File) -> Digest:
        return self.cache.key("parse", self.settings, *self.parts(file))

    def reads(self, files: Sequence[File]) -> list[Read]:
        """What each file says; those that are not known are parsed."""
        keys = [self.key(file) for file in files]
        known = self.cache.many(keys)
        missing = [number for number, key in enumerate(keys) if key not in known]
        for number, (_, made) in zip(missing, each(lambda n: self.parsed(keys[n], files[n]), missing, self.jobs), strict=True):
            self.cache.keep(made)
            known[keys[number]] = made.rows[-1][1]
        return [msgspec.msgpack.decode(known[key], type=Read) for key in keys]

    def parsed(self, key: Digest, file: File) -> tuple[Article | Entry | None, Made]:
        """A file parsed, with the row that remembers it and the values that this names: its card and its whole."""
        tree = self.tree
        if file.kind == "articles":
            notes = tree.read(file.notes) if file.notes else None
            parsed = article_room.parse(file.path, tree.read(file.path), file.notes, notes, self.config.calendars, self.config.lang)
        else:
            parsed = entry_room.parse(file.kind, file.path, tree.read(file.path))
        if parsed.value is None:
            return None, Made([(key, encode(Read(None, parsed.problems, parsed.todos)))], [])
        card, value = encode(parsed.value.card), encode(parsed.value)
        head = _head(file, parsed.value, digest_of(card), digest_of(value))
        return parsed.value, Made([(key, encode(Read(head, parsed.problems, parsed.todos)))], [card, value])


def _head(file: File, value: Article | Entry, card: Digest, whole: Digest) -> Head:
    if not isinstance(value, Article):
        images = [element.id.removeprefix("images/") for element in value.elements if element.kind == "image"]
        return Head(file.kind, file.path, value.card, card, whole, value.references, value.record.redirect_from, images=tuple(images))
    front = value.front
    seed = (front.seed.path, front.seed.sha256) if front.seed else None
    extract = (front.seed.extract.path, front.seed.extract.sha256) if front.seed and front.seed.extract else None
    return Head(
        file.kind, file.path, value.card, card, whole, value.references, front.redirect_from, " ".join(sorted(words_of(value.blocks))),
        front.display, seed, extract, tuple(image.file for image in front.images if image.file),
    )  # fmt: skip
