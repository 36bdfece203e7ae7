"""Writes what an import found as content files: the article, its notes, and stubs of what the archive does not know yet.

Everything that a machine proposed bears a `todo` that says how sure it is and why (`model.todo`). A quote that would not anchor is not
written.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sitegen import urls
from sitegen.archive.verbatim import departure
from sitegen.content import article as article_room
from sitegen.content.stems import is_free
from sitegen.content.text import normal
from sitegen.importer.apparatus import Entry, Ids, Writing, entries, head
from sitegen.importer.apparatus import notes as apparatus
from sitegen.importer.articles import SLUG_LIMIT, Found, Setting, article, is_draft
from sitegen.importer.language import language
from sitegen.importer.speaker import Speaker
from sitegen.importer.stubs import claim_stub, place_stub, source_stub, topic_stub, undecided
from sitegen.model.article import Article
from sitegen.model.digest import digest_of
from sitegen.model.kinds import CLAIMS, PLACES, SOURCES, TOPICS, Kind
from sitegen.model.problem import Problem


class Known(NamedTuple):
    """What the archive has already: stems of places, sources and topics by their names, of claim pages by the unit that they measure, and
    the key of every page."""

    places: dict[str, str]
    sources: dict[str, str]
    topics: dict[str, str]
    units: dict[str, str]
    taken: set[str]


class Page(NamedTuple):
    """The files of one import: path -> text, the article first; `new`: what the archive has with them that it had not before; `dropped`:
    claims whose quotes do not anchor; `extract`: the recorded text of a seed that is no plain text; `proposed`: the digests of what is
    proposed (`print_of`); `refused`: what another reader proposed that cannot be written, and why; `is_draft`: the article is one."""

    files: dict[str, str]
    new: Known
    dropped: int
    extract: bytes = b""
    proposed: str = ""
    refused: tuple[str, ...] = ()
    is_draft: bool = False


def print_of(proposal: str) -> str:
    """The digest by which a proposal is known again: of a claim's quote, or of the path of a page."""
    return digest_of(proposal.encode()).hex()[:4]


def page(found: Found, setting: Setting, known: Known, target: str, text: str) -> Page | Problem:
    """The files of an import; a problem where the page would depart from its seed."""
    new = Known({}, {}, {}, {}, set())
    keys = Ids([known.taken, new.taken])
    sources: dict[Speaker, str] = {}
    for speaker, _ in found.proposal.sources:
        sources[speaker] = _stem(SOURCES, speaker.name, known.sources, keys)
        new.taken.add(SOURCES.key(sources[speaker]))
    own = article(found, setting, sources, setting.proposed or "")
    notes = target.removesuffix(".md") + ".notes.yaml"
    written = entries(
        found.proposal.claims, Writing(language(found.lang), found.dated.date, sources, known.units, known.taken, setting.accept)
    )
    kept, problem, refused = _holding(own, written, setting, target, notes)
    if isinstance(problem, Problem):
        return problem
    departed = departure(problem, text)
    if departed is not None:
        return departed
    files = {target: own, **({notes: apparatus((entry.forms[0] for entry in kept), setting.schema)} if kept else {})}
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
        files[target] = article(found, setting, sources, proposed)
    extract = setting.document.text.encode() if setting.document else b""
    return Page(files, new, len(written) - len(kept), extract, proposed, tuple(refused), is_draft(found.structure, setting.accept))


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
