"""Lists the pages of an archive by what is left to do with them, and begins new ones."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sitegen import urls
from sitegen.archive.index import address_of, keys_of
from sitegen.cache import Cache, open_cache
from sitegen.content.fields import choices, fields
from sitegen.content.stems import is_free
from sitegen.content.writer import quoted
from sitegen.editor import create
from sitegen.model.article import Entry, Key
from sitegen.model.kinds import Kind
from sitegen.model.pages import EntryPage
from sitegen.model.problem import Fault
from sitegen.model.records import Named, Place
from sitegen.model.site import Head, Read
from sitegen.survey import Options, Survey, sound, survey_of
from sitegen.survey.reading import Settings, content_files, read_all
from sitegen.survey.state import of_one_state
from sitegen.tree import Tree


class Row(NamedTuple):
    """A page. `review` is its state, or empty; `articles` how many lead to it; `files` how many others name it; `todos` what its own file
    leaves to do, of which `undecided` are proposals of an import."""

    id: str
    title: str
    review: str
    articles: int
    files: int
    todos: int
    path: str
    undecided: int = 0


class Wanted(NamedTuple):
    """Which pages are listed: those that nothing leads to; places without a location; those to which no article leads; those with something
    to do; those of a state of review."""

    unused: bool = False
    unplaced: bool = False
    uncited: bool = False
    todo: bool = False
    review: str = ""


def listed(root: Path, kind: Kind, wanted: Wanted, options: Options) -> list[Row]:
    """The pages of a kind, in the order of their ids. Raises Unsound where the archive has errors."""
    with open_cache(root) as cache:

        def found(tree: Tree) -> list[Row]:
            survey = survey_of(tree, cache, options)
            reads = read_all(cache, content_files(tree)[0], Settings.of(sound(survey)), options.jobs)
            articles, files = _articles(kind, survey, cache), _files(reads)
            rows = [
                (head, _row(head, read, articles, files)) for read in reads if (head := read.head) is not None and head.kind == kind.plural
            ]
            return sorted(
                row for head, row in rows if _fits(row, wanted) and not (wanted.unplaced and _is_placed(cache.value(head.value, Entry)))
            )

        out = of_one_state(root, cache, found)
        cache.commit()
        return out


def _row(head: Head, read: Read, articles: Mapping[Key, int], files: Mapping[Key, int]) -> Row:
    card = head.card
    led, named = articles.get(card.key, 0), files.get(card.key, 0)
    return Row(card.stem, card.title, card.gate.review or "", led, named, len(read.todos), head.path, read.undecided)


def _articles(kind: Kind, survey: Survey, cache: Cache) -> dict[Key, int]:
    """How many articles lead to each page of a kind."""
    addresses: dict[str, Key] = {address_of(key): key for key in survey.paths if kind.is_subject and key.startswith(f"{kind.plural}/")}
    pages = ((addresses[one.address], cache.value(one.page, EntryPage)) for one in survey.pages if one.address in addresses)
    return {key: page.total or 0 for key, page in pages}


def _files(reads: Iterable[Read]) -> dict[Key, int]:
    """How many files name each page, its own aside."""
    heads = [read.head for read in reads if read.head is not None]
    known = {head.card.key for head in heads}
    out: dict[Key, int] = {}
    for head in heads:
        for key in {key for one in head.references for key in keys_of(one.kind, one.id, known)} - {head.card.key}:
            out[key] = out.get(key, 0) + 1
    return out


def _fits(row: Row, wanted: Wanted) -> bool:
    return (
        (not wanted.unused or row.articles + row.files == 0)
        and (not wanted.uncited or row.articles == 0)
        and (not wanted.todo or row.todos > 0)
        and (not wanted.review or row.review == wanted.review)
    )


def _is_placed(entry: Entry) -> bool:
    return not isinstance(entry.record, Place) or entry.record.location is not None


def as_csv(rows: Sequence[Row]) -> str:
    """The rows as CSV, with a head."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Row._fields)
    writer.writerows(rows)
    return out.getvalue()


def begun(root: Path, kind: Kind, name: str, category: str = "") -> tuple[Path, list[str]]:
    """Makes the file of a new page; gives it with the keys that are still to be written, each with what it may be. Raises Fault where the
    name makes no id, or a page has that id."""
    stem = urls.slug(name)
    if not is_free(kind, stem):
        why = "it has no letters or digits that can be written in ASCII, or is reserved"
        raise Fault(f"{name!r} makes no id: {why}; give it another name here, and mend the name in the file")
    first = "name" if issubclass(kind.record, Named) else "title"
    lines, open_keys = [f"{first}: {quoted(name)}"], []
    for field in fields(kind.record):
        if field.required and field.key != first:
            may_be = choices(field)
            if field.key == "kind" and category:
                if may_be and category not in may_be:
                    raise Fault(f"{category!r} is no kind of {kind.singular}; one of: {', '.join(may_be)}")
                lines.append(f"kind: {category}")
            else:
                lines.append(f"{field.key}:{'  # one of: ' + ', '.join(may_be) if may_be else ''}")
                open_keys.append(field.key)
    there = [] if kind.is_nested else sorted((root / kind.folder).rglob(f"{stem}.md"))
    if there:  # in whatever folder it lies, it has the address
        raise Fault(f"{there[0].relative_to(root).as_posix()} is there already")
    path = root / kind.file(stem)
    if not create(path, "\n".join(["---", *lines, "---", ""]).encode()):
        raise Fault(f"{kind.file(stem)} is there already")
    return path, open_keys
