"""Writes what an import found as content files: the article, its notes, and stubs of what the archive does not know yet.

Everything that a machine proposed bears a `todo` that says how sure it is and why (`model.todo`). A quote that would not anchor is not
written.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from sitegen import urls
from sitegen.archive.extracts import extract_path
from sitegen.archive.verbatim import departure
from sitegen.content import article as article_room
from sitegen.content.dating import disagreement
from sitegen.content.forms import URL_LIMIT
from sitegen.content.stems import is_free
from sitegen.content.text import caption_of, normal
from sitegen.content.writer import body, heading, paragraph, quoted, word
from sitegen.importer.apparatus import Entry, Ids, Writing, entries, head
from sitegen.importer.apparatus import notes as apparatus
from sitegen.importer.days import Basis, Dated
from sitegen.importer.formats.document import Document, Origin
from sitegen.importer.language import Language, language
from sitegen.importer.proposal import Proposal
from sitegen.importer.speaker import Speaker
from sitegen.importer.structure import Structure
from sitegen.importer.stubs import claim_stub, place_stub, source_stub, topic_stub, undecided
from sitegen.importer.sureness import of_basis, of_title
from sitegen.model.article import Article
from sitegen.model.dates import exact
from sitegen.model.digest import digest_of
from sitegen.model.kinds import CLAIMS, PLACES, SOURCES, TOPICS, Kind
from sitegen.model.problem import Problem
from sitegen.model.records import Calendar
from sitegen.model.todo import Todo

SLUG_LIMIT = 40


class Found(NamedTuple):
    """All that an import read of one seed; `wrong`: what another reader answered that cannot be used."""

    structure: Structure
    dated: Dated
    proposal: Proposal
    lang: str
    wrong: tuple[str, ...] = ()


class Known(NamedTuple):
    """What the archive has already: stems of places, sources and topics by their names, of claim pages by the unit that they measure, and
    the key of every page."""

    places: dict[str, str]
    sources: dict[str, str]
    topics: dict[str, str]
    units: dict[str, str]
    taken: set[str]


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


class Page(NamedTuple):
    """The files of one import: path -> text, the article first; `new`: what the archive has with them that it had not before; `dropped`:
    claims whose quotes do not anchor; `extract`: the recorded text of a seed that is no plain text; `proposed`: the digests of what is
    proposed (`print_of`); `refused`: what another reader proposed that cannot be written, and why."""

    files: dict[str, str]
    new: Known
    dropped: int
    extract: bytes = b""
    proposed: str = ""
    refused: tuple[str, ...] = ()


def print_of(proposal: str) -> str:
    """The digest by which a proposal is known again: of a claim's quote, or of the path of a page."""
    return digest_of(proposal.encode()).hex()[:4]


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


def page(found: Found, setting: Setting, known: Known, target: str, text: str) -> Page | Problem:
    """The files of an import; a problem where the page would depart from its seed."""
    new = Known({}, {}, {}, {}, set())
    keys = Ids([known.taken, new.taken])
    sources: dict[Speaker, str] = {}
    for speaker, _ in found.proposal.sources:
        sources[speaker] = _stem(SOURCES, speaker.name, known.sources, keys)
        new.taken.add(SOURCES.key(sources[speaker]))
    article = _article(found, setting, sources, setting.proposed or "")
    notes = target.removesuffix(".md") + ".notes.yaml"
    written = entries(
        found.proposal.claims, Writing(language(found.lang), found.dated.date, sources, known.units, known.taken, setting.accept)
    )
    kept, problem, refused = _holding(article, written, setting, target, notes)
    if isinstance(problem, Problem):
        return problem
    departed = departure(problem, text)
    if departed is not None:
        return departed
    files = {target: article, **({notes: apparatus((entry.forms[0] for entry in kept), setting.schema)} if kept else {})}
    for speaker, todo in found.proposal.sources:
        if speaker.name not in known.sources:
            stem = sources[speaker]
            files.setdefault(SOURCES.file(stem), source_stub(speaker, known.topics.get(speaker.name), undecided(todo, setting.accept)))
            new.sources.update(dict.fromkeys((speaker.name, speaker.mention), stem))
    refused += _subjects(found, known, new, keys, files, setting.accept)
    for entry in kept:
        for stem, unit in entry.pages.items():
            files.setdefault(CLAIMS.file(stem), claim_stub(unit))
            new.units.setdefault(unit.lower(), stem)
            new.taken.add(CLAIMS.key(stem))
    proposed = setting.proposed
    if proposed is None:
        made = [*quotes_in(files.get(notes, "")), *(path for path in files if path not in (target, notes))]
        proposed = " ".join(dict.fromkeys(map(print_of, made)))
        files[target] = _article(found, setting, sources, proposed)
    extract = setting.document.text.encode() if setting.document else b""
    return Page(files, new, len(written) - len(kept), extract, proposed, tuple(refused))


def _subjects(found: Found, known: Known, new: Known, keys: Ids, files: dict[str, str], accept: float | None) -> list[str]:
    """Writes the stubs of places and topics; gives what cannot be written. Their names are sought in articles, so that no two pages may
    bear one: of names that have a page already none is made, and they are no aliases of another."""
    names = {normal(name) for name in (*known.places, *known.topics)}
    refused = []

    def is_free(kind: Kind, name: str, where: str) -> bool:
        if where and normal(name) in names:
            refused.append(f"{where}.name: another page is called “{name}”, so that this {kind.singular} is left out")
        return normal(name) not in names

    for place in found.proposal.places:
        if place.known is None and place.name and place.name not in known.places and is_free(PLACES, place.name, place.where):
            stem = _stem(PLACES, place.name, known.places, keys)
            new.taken.add(PLACES.key(stem))
            names.add(normal(place.name))
            forms = [form for form in dict.fromkeys(place.mentions) if normal(form) not in names]
            names.update(map(normal, forms))
            files[PLACES.file(stem)] = place_stub(place, forms, accept)
            new.places.update(dict.fromkeys((place.name, *forms), stem))
    for topic in found.proposal.topics:
        if topic.name not in known.topics and is_free(TOPICS, topic.name, topic.where):
            stem = _stem(TOPICS, topic.name, known.topics, keys)
            new.taken.add(TOPICS.key(stem))
            names.add(normal(topic.name))
            files[TOPICS.file(stem)] = topic_stub(topic, known.sources.get(topic.name))
            new.topics[topic.name] = stem
    return refused


_QUOTE = re.compile(r'quote: ("(?:[^"\\]|\\.)*+")')
"""A quote as an import writes it."""


def quotes_in(notes: str) -> list[str]:
    """The quotes of notes, as far as they stand there as an import writes them."""
    out = []
    for found in _QUOTE.findall(notes):
        with contextlib.suppress(ValueError):  # an editor may escape what JSON does not
            out.append(json.loads(found))
    return out


def _holding(
    article: str, written: Sequence[Entry], setting: Setting, target: str, notes: str
) -> tuple[list[Entry], Article | Problem, list[str]]:
    """The entries in the fullest forms that hold against the text, the article with them, and what of another reader does not hold."""
    kept = list(written)
    refused: list[str] = []
    while True:
        data = apparatus((entry.forms[0] for entry in kept), setting.schema).encode() if kept else None
        parsed = article_room.parse(target, article.encode(), notes, data, setting.calendars, setting.lang)
        errors = [problem for problem in parsed.problems if problem.severity == "error"]
        wrong = {problem.line - len(head(setting.schema)) - 1: problem.message for problem in reversed(errors) if problem.path == notes}
        if not wrong:
            break
        if wrong.keys().isdisjoint(range(len(kept))):  # it is the file as a whole: too much was proposed
            refused += [f"{entry.where}: left out, for there are too many" for entry in kept[len(kept) // 2 :] if entry.where]
            kept = kept[: len(kept) // 2]
            continue
        tried = [(entry._replace(forms=entry.forms[1:]) if number in wrong else entry) for number, entry in enumerate(kept)]
        refused += [f"{entry.where}: {wrong[number]}" for number, entry in enumerate(kept) if number in wrong and entry.where]
        kept = [entry for entry in tried if entry.forms]
    if errors or not isinstance(parsed.value, Article):
        failed = Problem(target, 0, errors[0].code, f"the page would not be valid: {errors[0].message}", "please report this seed")
        return [], failed, refused
    return kept, parsed.value, list(dict.fromkeys(refused))


def _stem(kind: Kind, name: str, known: Mapping[str, str], keys: Ids) -> str:
    """The stem of a place, topic or source: the archive's own where it knows the name, else a new one."""
    if name in known:
        return known[name]
    stem = urls.slug(name, SLUG_LIMIT) or "unnamed"
    if not is_free(kind, stem):
        stem = f"{kind.singular}-{stem}"
    return keys.new(kind.key(stem)).partition("/")[2]


def _article(found: Found, setting: Setting, sources: Mapping[Speaker, str], proposed: str) -> str:
    """The article's own file."""
    read, dated = found.structure, found.dated
    date = dated.date
    lines = ["---", f"title: {quoted(title_of(read))}", f"date: {date.isoformat() if date else 'null'}"]
    lines += _of_title(read, setting.accept)
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


def _of_title(read: Structure, accept: float | None) -> list[str]:
    """What is undecided of the title: an article without one, or with a doubtful one, is a draft."""
    if read.title is None:
        return ["draft: true", *undecided(Todo("doubtful", "the seed has no title; give one, in brackets, and take out `draft`"))]
    todo = of_title(read.chosen) if read.chosen is not None else None
    if todo is None or todo.sureness == "sure":
        return []
    if todo.sureness == "likely" or not undecided(todo, accept):
        return undecided(todo, accept)
    return ["draft: true", *undecided(todo._replace(reason=f"{todo.reason}; correct or keep it, and take out `draft`"))]


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
