"""The article's own file, as an import writes it: its metadata, with what is undecided of them, and its words."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from sitegen import urls
from sitegen.archive.extracts import extract_path
from sitegen.content.dating import disagreement
from sitegen.content.forms import URL_LIMIT
from sitegen.content.text import caption_of
from sitegen.content.writer import body, heading, paragraph, quoted, word
from sitegen.importer.days import Basis, Dated
from sitegen.importer.formats.document import Document, Origin
from sitegen.importer.language import Language
from sitegen.importer.proposal import Proposal
from sitegen.importer.speaker import Speaker
from sitegen.importer.structure import Structure
from sitegen.importer.stubs import undecided
from sitegen.importer.sureness import of_basis, of_title
from sitegen.model.dates import exact
from sitegen.model.digest import digest_of
from sitegen.model.records import Calendar
from sitegen.model.todo import Todo

SLUG_LIMIT = 40
"""Signs of a name of a file that is made of words."""


class Found(NamedTuple):
    """All that an import read of one seed; `wrong`: what another reader answered that cannot be used."""

    structure: Structure
    dated: Dated
    proposal: Proposal
    lang: str
    wrong: tuple[str, ...] = ()


class Setting(NamedTuple):
    """What the page says of its making: the seed's path and digest, the archive's language, and the calendar that counts its days; of
    a seed that is no plain text also what was extracted; of one that was imported before, the digests of what was proposed then; where the
    schema of notes lies in the archive, if anywhere; and the probability from which on the archive asks nobody."""

    seed: str
    sha256: str
    lang: str
    calendar: str | None
    calendars: Mapping[str, Calendar]
    document: Document | None = None
    proposed: str | None = None
    schema: str = ""
    accept: float | None = None


@lru_cache(maxsize=8)
def _small(language: Language) -> frozenset[str]:
    """The words on which no name of a file ends, as they stand there."""
    return frozenset(urls.slug(word) for name in ("common", "articles", "joining", "locatives") for word in language.words(name))


def stem_of(title: str | None, date: datetime.date | None, language: Language) -> str:
    """The article's file name: the date and the first words of the title, ending on no small word."""
    words = urls.slug(title or "", SLUG_LIMIT).split("-")
    while len(words) > 1 and words[-1] in _small(language):
        words.pop()
    stem = "-".join(words) or "untitled"
    out = f"{date.isoformat()}-{stem}" if date else stem
    return out if urls.is_stem(out) else f"article-{out}"


def title_of(read: Structure) -> str:
    """The title, or else the first words in square brackets, where the text has none of its own."""
    if read.title is not None:
        return read.title
    words = next((piece.text for piece in read.pieces if piece.kind != "caption"), "Untitled").split()
    return f"[{' '.join(words[:7])[:100]}{' …' if len(words) > 7 else ''}]"


def article(found: Found, setting: Setting, sources: Mapping[Speaker, str], proposed: str) -> str:
    """The article's own file."""
    read, dated = found.structure, found.dated
    date = dated.date
    lines = ["---", f"title: {quoted(title_of(read))}", f"date: {date.isoformat() if date else 'null'}"]
    lines += [*["draft: true"] * is_draft(read, setting.accept), *_todo(read, setting.accept)]
    scale = setting.calendars.get(setting.calendar or "")
    if date is not None and scale is not None and any(basis.rule in ("day-count", "ordinal-day") for basis in dated.basis):
        day = (date - datetime.date.fromisoformat(scale.epoch)).days + scale.first_day
        lines += [f"day: {day}", f"calendar: {setting.calendar}"]
    else:
        scale = None
    basis = [one for one in dated.basis if date and _leads(one, date, scale, setting.seed)]
    if basis:
        lines += ["date_basis:", *(_basis(one, setting.calendar, setting.accept) for one in basis)]
    # also where it is the site's: what the page says would be read otherwise as soon as the site speaks another
    lines.append(f"lang: {setting.lang if found.lang.split('-')[0] == setting.lang.split('-')[0] else found.lang}")
    made = setting.document
    lines += [*_origin(made, read.byline), "seed:", f"  path: {_plain(setting.seed)}"]
    if made is not None and made.part:
        lines.append(f"  part: {quoted(made.part)}")
    lines.append(f"  sha256: {setting.sha256}")
    if proposed:
        lines.append(f"  proposed: {quoted(proposed)}")
    if made is not None:
        lines += ["  extract:", f"    path: {_plain(extract_path(setting.seed, made.part))}"]
        lines.append(f"    sha256: {digest_of(made.text.encode()).hex()}")
        lines += [f"    tool: {made.tool}", f"    version: {quoted(made.version)}"]
    lines += ["review:", "  state: imported"]
    captions = [piece for piece in read.pieces if piece.kind == "caption"]
    if captions:
        lines.append("images:")
    for number, piece in enumerate(captions, 1):
        lines += [
            f"  - id: image-{number}",
            f"    caption: {quoted(caption_of(piece.text))}",
            f"    printed: {quoted(piece.text)}",
            "    file: null",
        ]
    if sources:
        todos = {sources[speaker]: todo for speaker, todo in reversed(found.proposal.sources)}
        lines += ["sources:", *(_citation(word(stem), undecided(todos[stem], setting.accept)) for stem in dict.fromkeys(sources.values()))]
    lines.append("---")
    numbers = iter(range(1, len(captions) + 1))
    pieces = [paragraph(line) for line in read.above]
    if read.above and read.title is not None:
        pieces.append(heading(read.title, 1))
    for piece in read.pieces:
        if piece.kind == "caption":
            pieces.append(f"![](image:image-{next(numbers)})")
        else:
            pieces.append(heading(piece.text) if piece.kind == "heading" else paragraph(piece.text))
    return "\n".join(lines) + "\n" + body(pieces)


def _leads(basis: Basis, date: datetime.date, scale: Calendar | None, seed: str) -> bool:
    """Whether what is said to lead to a date does, as a build checks it."""
    has_words = bool(basis.quote) or basis.rule in ("markup", "file-name")
    return has_words and disagreement(basis.rule, basis.quote, exact(date), date, scale, seed.rpartition("/")[2]) is None


def is_draft(read: Structure, accept: float | None) -> bool:
    """Whether an article is a draft: it has no title, or a doubtful one."""
    return read.title is None or (read.chosen is not None and of_title(read.chosen).sureness == "doubtful" and bool(_todo(read, accept)))


def _todo(read: Structure, accept: float | None) -> list[str]:
    """What is undecided of the title."""
    if read.title is None:
        return undecided(Todo("doubtful", "the seed has no title; give one, in brackets, and take out `draft`"))
    todo = of_title(read.chosen) if read.chosen is not None else None
    if todo is None or todo.sureness == "sure":
        return []
    more = "; correct or keep it, and take out `draft`" if todo.sureness == "doubtful" else ""
    return undecided(todo._replace(reason=f"{todo.reason}{more}"), accept)


def _basis(basis: Basis, calendar: str | None, accept: float | None) -> str:
    quote = [f"quote: {quoted(basis.quote)}"] if basis.quote else []
    return f"  - {{{', '.join([*quote, f'rule: {basis.rule}', *undecided(of_basis(basis, calendar), accept)])}}}"


def _citation(stem: str, todo: Sequence[str]) -> str:
    return f"  - {{{', '.join([f'source: {stem}', *todo])}}}"


def _origin(document: Document | None, byline: str) -> list[str]:
    """Where the article comes from, as its markup or its byline says."""
    origin = document.origin if document is not None else Origin()
    said = (("publisher", origin.publisher), ("byline", origin.byline or byline))
    lines = [f"  {key}: {quoted(value)}" for key, value in said if value]
    if origin.url.startswith(("http://", "https://")) and " " not in origin.url and len(origin.url) <= URL_LIMIT:
        lines.append(f"  url: {quoted(origin.url)}")
    if document is not None and document.dated.date is not None:
        lines.append(f"  published: {document.dated.date.isoformat()}")
    if origin.retrieved:
        lines.append(f"  retrieved: {origin.retrieved}")
    return ["origin:", *lines] if lines else []


def _plain(path: str) -> str:
    return path if re.fullmatch(r"[A-Za-z0-9._/-]+", path) else quoted(path)
