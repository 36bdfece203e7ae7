"""Reads the content: which files are pages, and what each says. A file is parsed once for its bytes, and never again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from sitegen.archive.gate import seen
from sitegen.archive.names import words_of
from sitegen.cache import Memory
from sitegen.content import article as article_room
from sitegen.content import entry as entry_room
from sitegen.content.stems import stem_problem
from sitegen.model import records
from sitegen.model.article import Article, Entry, Note
from sitegen.model.base import Value
from sitegen.model.digest import Digest
from sitegen.model.kinds import ARTICLES, KINDS, PAGES
from sitegen.model.problem import Problem
from sitegen.model.records import Calendar, Config
from sitegen.model.rules import QUIET
from sitegen.model.site import Head, Read
from sitegen.model.todo import SURENESS, Sureness, proposed
from sitegen.tree import Tree

NOTES = ".notes.yaml"


class File(Value, frozen=True):
    """A content file to be read: its kind, its path, and that of its apparatus, if it has one, each with the digest of its bytes."""

    kind: str
    path: str
    digest: Digest
    notes: str = ""
    notes_digest: Digest = Digest(b"")


class Settings(Value, frozen=True):
    """What the reading of a file may see of the archive's settings. `asked`: the quiet checks that it asks for, in order."""

    calendars: dict[str, Calendar]
    lang: str
    asked: tuple[str, ...] = ()

    @classmethod
    def of(cls, config: Config) -> Settings:
        return cls(config.calendars, config.lang, tuple(code for code in QUIET if config.checks.get(code, "off") != "off"))


def content_files(tree: Tree) -> tuple[list[File], list[Problem]]:
    """The files that are pages, and what is wrong with the names of the others."""
    files: list[File] = []
    problems: list[Problem] = []
    for path in tree.below("content"):
        kind = path.split("/")[1] if path.count("/") > 1 else ""
        if kind in ("images", "shapes"):
            continue
        if kind not in KINDS or not path.endswith((".md", NOTES)) or (path.endswith(NOTES) and kind != ARTICLES.plural):
            problems.append(_stray(path, kind))
        elif path.endswith(NOTES):
            if path.removesuffix(NOTES) + ".md" not in tree.digests:
                hint = f"call it as its article, {NOTES} in place of .md"
                problems.append(Problem(path, 0, "notes-without-article", "there is no article of this name", hint))
        elif (bad_name := stem_problem(path)) is not None:
            problems.append(bad_name)
        else:
            files.append(file_of(tree.digests, kind, path))
    return files, problems


def _stray(path: str, kind: str) -> Problem:
    """A file that is no page. What looks like an article's notes is an error: it would be missed."""
    if re.search(r"notes\.ya?ml\Z", path) and kind == ARTICLES.plural:
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


def file_of(digests: Mapping[str, Digest], kind: str, path: str) -> File:
    """A file with its apparatus."""
    notes = path.removesuffix(".md") + NOTES
    if kind != ARTICLES.plural or notes not in digests:
        return File(kind, path, digests[path])
    return File(kind, path, digests[path], notes, digests[notes])


def read(memory: Memory, file: File, settings: Settings) -> Read:
    """What a file says. Its card and its whole are kept under their digests."""
    data = memory.file(file.path, file.digest)
    if file.kind == ARTICLES.plural:
        notes = memory.file(file.notes, file.notes_digest) if file.notes else None
        parsed = article_room.parse(file.path, data, file.notes, notes, settings.calendars, settings.lang, settings.asked)
    else:
        parsed = entry_room.parse(file.kind, file.path, data, settings.lang, settings.asked)
    is_article = file.kind == ARTICLES.plural
    problems = (*parsed.problems, *(_left(parsed.todos, is_article=is_article) if "todo" in settings.asked else ()))
    if parsed.value is None:
        return Read(None, problems, parsed.todos, parsed.waived, parsed.waivers)
    head = _head(file, parsed.value, memory.keep(parsed.value.card), memory.keep(parsed.value))
    if not is_article:
        head = msgspec.structs.replace(head, undecided=any(proposed(text) for _, _, text in parsed.todos))
    return Read(head, problems, parsed.todos, parsed.waived, parsed.waivers)


def _left(todos: Sequence[tuple[str, int, str]], *, is_article: bool) -> Iterator[Problem]:
    """That an editor has left something to do; of what an import proposed in an article and nobody has judged, how much it
    is. Other pages are proposed one by one, and told of together (`archive.checks`)."""
    undecided: dict[str, list[tuple[int, Sureness]]] = {}
    for path, line, text in todos:
        todo = proposed(text)
        if todo is None:
            yield Problem(path, line, "todo", f"to do: {text}", "do it, and take `todo` out", "warning")
        else:
            undecided.setdefault(path, []).append((line, todo.sureness))
    for path, some in undecided.items() if is_article else ():
        counts = Counter(sureness for _, sureness in some)
        told = ", ".join(f"{counts[one]} {one}" for one in SURENESS if counts[one])
        message = f"{len(some)} proposal{'s' * (len(some) != 1)} of an import undecided: {told}"
        hint = "keep what is right by taking its `todo` out, and take the rest out"
        yield Problem(path, min(line for line, _ in some), "todo", message, hint, "warning")


def read_all(memory: Memory, files: Sequence[File], settings: Settings, jobs: int = 1) -> list[Read]:
    """What each file says; those that are not known are read on several cores."""
    known = memory.recalled(read, [(file, settings) for file in files])
    missing = [number for number, one in enumerate(known) if one is None]
    for number, one in zip(missing, memory.spread(lambda n: memory.memo(read, files[n], settings), missing, jobs), strict=True):
        known[number] = one
    return [one for one in known if one is not None]


def _head(file: File, value: Article | Entry, card: Digest, whole: Digest) -> Head:
    if not isinstance(value, Article):
        images = [element.id.removeprefix("images/") for element in value.elements if element.kind == "image"]
        return Head(
            kind=file.kind,
            path=file.path,
            card=value.card,
            card_digest=card,
            value=whole,
            references=value.references,
            redirect_from=value.record.redirect_from,
            images=tuple(images),
            changed=_changed(value.record, *value.record.corrections) if file.kind == PAGES.plural else "",
            reviewed=_changed(value.record),
            corrections=value.record.corrections,
            shape=(value.record.shape or "") if isinstance(value.record, records.Place) else "",
        )
    front = value.front
    seed = (front.seed.path, front.seed.sha256) if front.seed else None
    by_id = {one.id: one for one in value.statements}
    extract = (front.seed.extract.path, front.seed.extract.sha256) if front.seed and front.seed.extract else None
    return Head(
        kind=file.kind,
        path=file.path,
        card=value.card,
        card_digest=card,
        value=whole,
        references=value.references,
        redirect_from=front.redirect_from,
        words=" ".join(sorted(words_of(value.blocks))),
        display=front.display,
        seed=seed,
        part=(front.seed.part or "") if front.seed else "",
        extract=extract,
        images=tuple(file for image in (*front.images, *(one.image for one in value.added)) for file in image.file),
        odd=tuple((one.total, by_id[one.total].sources) for one in seen(value).sums if not one.holds),
        changed=_changed(front, *front.corrections, *seen(value).notes),
        reviewed=_changed(front),
        corrections=front.corrections,
    )


def _changed(page: records.Page, *parts: records.Correction | Note) -> str:
    """The last of the days that editors write down. What stands on the page of a place, source or claim are the words of articles, of
    whose days its own file does not tell."""
    days = (page.review.date if page.review else None, *(one.date for one in parts))
    return max(filter(None, days), default="")
