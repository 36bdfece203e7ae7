"""Writes what an import found as content files: the article, its notes, and stubs of what the archive does not know yet.

Everything that a machine proposed bears `review: {state: imported}` or a `todo:`. A quote that would not anchor is not written.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sitegen import urls
from sitegen.archive.verbatim import departure
from sitegen.content import article as article_room
from sitegen.content.dating import disagreement
from sitegen.content.forms import URL_LIMIT
from sitegen.content.text import caption_of
from sitegen.content.writer import body, heading, paragraph, quoted
from sitegen.importer.apparatus import HEAD, Entry, Ids, Writing, claim_stub, entries
from sitegen.importer.apparatus import notes as apparatus
from sitegen.importer.dates import Dated
from sitegen.importer.formats.extraction import Extraction, Origin
from sitegen.importer.language import language
from sitegen.importer.places import Place
from sitegen.importer.proposal import Proposal
from sitegen.importer.speaker import Speaker
from sitegen.importer.structure import Structure
from sitegen.importer.topics import Topic
from sitegen.model.article import Article
from sitegen.model.dates import exact
from sitegen.model.digest import digest_of
from sitegen.model.kinds import CLAIMS, PLACES, SOURCES, TOPICS, Kind
from sitegen.model.problem import Problem
from sitegen.model.records import Calendar

SLUG_LIMIT = 40
_SMALL_WORDS = frozenset(
    re.findall(r"\w+", "a an and as at by for from in into of on or the to with after before over der die das und von im")
)


class Found(NamedTuple):
    """All that an import read of one seed."""

    structure: Structure
    dated: Dated
    proposal: Proposal
    lang: str


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
    a seed that is no plain text also what was extracted."""

    seed: str
    sha256: str
    lang: str
    calendar: str | None
    calendars: Mapping[str, Calendar]
    extraction: Extraction | None = None


class Page(NamedTuple):
    """The files of one import: path -> text, the article first; `new`: what the archive has with them that it had not before; `dropped`:
    claims whose quotes do not anchor; `extract`: the recorded text of a seed that is no plain text."""

    files: dict[str, str]
    new: Known
    dropped: int
    extract: bytes = b""


def stem_of(title: str | None, date: datetime.date | None) -> str:
    """The article's file name: the date and the first words of the title, ending on no small word."""
    words = urls.slug(title or "", SLUG_LIMIT).split("-")
    while len(words) > 1 and words[-1] in _SMALL_WORDS:
        words.pop()
    stem = "-".join(words) or "untitled"
    out = f"{date.isoformat()}-{stem}" if date else stem
    return out if urls.is_stem(out) else f"article-{out}"


def title_of(read: Structure) -> str:
    """The title; in square brackets where it does not begin the text, or else the first words, where the text has none of its own."""
    if read.title is not None:
        return f"[{read.title}]" if read.above else read.title
    words = next((piece.text for piece in read.pieces if piece.kind != "caption"), "Untitled").split()
    return f"[{' '.join(words[:7])[:100]}{' …' if len(words) > 7 else ''}]"


def page(found: Found, setting: Setting, known: Known, target: str, text: str) -> Page | Problem:
    """The files of an import; a problem where the page would depart from its seed."""
    new = Known({}, {}, {}, {}, set())
    keys = Ids([known.taken, new.taken])
    sources: dict[Speaker, str] = {}
    for speaker in found.proposal.sources:
        sources[speaker] = _stem(SOURCES, speaker.name, known.sources, keys)
        new.taken.add(SOURCES.key(sources[speaker]))
    article = _article(found, setting, sources)
    notes = target.removesuffix(".md") + ".notes.yaml"
    written = entries(found.proposal.claims, Writing(language(found.lang), found.dated.date, sources, known.units, known.taken))
    kept, problem = _holding(article, written, setting, target, notes)
    if isinstance(problem, Problem):
        return problem
    departed = departure(problem, text)
    if departed is not None:
        return departed
    files = {target: article, **({notes: apparatus(entry.forms[0] for entry in kept)} if kept else {})}
    for speaker, stem in sources.items():
        if speaker.name not in known.sources:
            files.setdefault(SOURCES.file(stem), _source_stub(speaker, known.topics.get(speaker.name)))
            new.sources.update(dict.fromkeys((speaker.name, speaker.mention), stem))
    for place in found.proposal.places:
        if place.known is None and place.name and place.name not in known.places:
            stem = _stem(PLACES, place.name, known.places, keys)
            new.taken.add(PLACES.key(stem))
            forms = [form for form in place.mentions if form != place.name and form not in known.places]
            files[PLACES.file(stem)] = _place_stub(place, forms)
            new.places.update(dict.fromkeys((place.name, *forms), stem))
    for topic in found.proposal.topics:
        if topic.name not in known.topics:
            stem = _stem(TOPICS, topic.name, known.topics, keys)
            new.taken.add(TOPICS.key(stem))
            files[TOPICS.file(stem)] = _topic_stub(topic, known.sources.get(topic.name))
            new.topics[topic.name] = stem
    for entry in kept:
        for stem, unit in entry.pages.items():
            files.setdefault(CLAIMS.file(stem), claim_stub(unit))
            new.units.setdefault(unit.lower(), stem)
            new.taken.add(CLAIMS.key(stem))
    return Page(files, new, len(written) - len(kept), setting.extraction.text.encode() if setting.extraction else b"")


def _holding(article: str, written: Sequence[Entry], setting: Setting, target: str, notes: str) -> tuple[list[Entry], Article | Problem]:
    """The entries in the fullest forms that hold against the text, and the article with them."""
    kept = list(written)
    while True:
        data = apparatus(entry.forms[0] for entry in kept).encode() if kept else None
        parsed = article_room.parse(target, article.encode(), notes, data, setting.calendars, setting.lang)
        errors = [problem for problem in parsed.problems if problem.severity == "error"]
        wrong = {problem.line - len(HEAD) - 1 for problem in errors if problem.path == notes}
        if not wrong:
            break
        if wrong.isdisjoint(range(len(kept))):  # it is the file as a whole: too much was proposed
            kept = kept[: len(kept) // 2]
            continue
        tried = [(Entry(entry.forms[1:]) if number in wrong else entry) for number, entry in enumerate(kept)]
        kept = [entry for entry in tried if entry.forms]
    if errors or not isinstance(parsed.value, Article):
        return [], Problem(target, 0, errors[0].code, f"the page would not be valid: {errors[0].message}", "please report this seed")
    return kept, parsed.value


def _stem(kind: Kind, name: str, known: Mapping[str, str], keys: Ids) -> str:
    """The stem of a place, topic or source: the archive's own where it knows the name, else a new one."""
    if name in known:
        return known[name]
    stem = urls.slug(name, SLUG_LIMIT) or "unnamed"
    stem = stem if urls.is_stem(stem) else f"{kind.singular}-{stem}"
    return keys.new(kind.key(stem)).partition("/")[2]


def _article(found: Found, setting: Setting, sources: Mapping[Speaker, str]) -> str:
    """The article's own file."""
    read, dated = found.structure, found.dated
    date = dated.date
    lines = ["---", f"title: {quoted(title_of(read))}", f"date: {date.isoformat() if date else 'null'}"]
    if read.title is None:
        lines += ["draft: true", "todo: the seed has no title; give one, in brackets, and take out `draft`"]
    scale = setting.calendars.get(setting.calendar or "")
    if date is not None and scale is not None and any(basis.rule in ("day-count", "ordinal-day") for basis in dated.basis):
        day = (date - datetime.date.fromisoformat(scale.epoch)).days + scale.first_day
        lines += [f"day: {day}", f"calendar: {setting.calendar}"]
    else:
        scale = None
    marked = ["  - {rule: markup}"] if any(one.rule == "markup" for one in dated.basis) else []
    basis = [one for one in dated.basis if one.quote and date and disagreement(one.rule, one.quote, exact(date), date, scale) is None]
    if basis or marked:
        lines += ["date_basis:", *marked, *(f"  - {{quote: {quoted(one.quote)}, rule: {one.rule}}}" for one in basis)]
    if found.lang.split("-")[0] != setting.lang.split("-")[0]:
        lines.append(f"lang: {found.lang}")
    lines += [*_origin(setting.extraction, read.byline), "seed:", f"  path: {_plain(setting.seed)}", f"  sha256: {setting.sha256}"]
    if setting.extraction is not None:
        made = setting.extraction
        lines += ["  extract:", f"    path: {_plain(extract_path(setting.seed))}", f"    sha256: {digest_of(made.text.encode()).hex()}"]
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
        lines += ["sources:", *(f"  - {{source: {stem}}}" for stem in dict.fromkeys(sources.values()))]
    lines.append("---")
    numbers = iter(range(1, len(captions) + 1))
    pieces = [paragraph(line) for line in read.above]
    if read.above and read.title is not None:
        pieces.append(heading(read.title))
    for piece in read.pieces:
        if piece.kind == "caption":
            pieces.append(f"![](image:image-{next(numbers)})")
        else:
            pieces.append(heading(piece.text) if piece.kind == "heading" else paragraph(piece.text))
    return "\n".join(lines) + "\n" + body(pieces)


def _source_stub(speaker: Speaker, topic: str | None) -> str:
    aliases = [speaker.mention] if speaker.mention != speaker.name else []
    lines = ["---", f"name: {quoted(speaker.name)}", f"kind: {speaker.kind or 'other'}"]
    if aliases:
        lines.append(f"aliases: [{', '.join(map(quoted, aliases))}]")
    if topic:
        lines.append(f"topic: {topic}")
    return "\n".join([*lines, "review: {state: imported}", "todo: proposed by an import; check the name and the kind", "---", ""])


_PRECISION = {"country": "country", "region": "region", "district": "district", "river": "line"}


def _topic_stub(topic: Topic, source: str | None) -> str:
    lines = ["---", f"name: {quoted(topic.name)}", f"kind: {topic.kind}"]
    if source:
        lines.append(f"source: {source}")
    todo = "proposed by an import; check the name, and that it is worth a page"
    return "\n".join([*lines, "review: {state: imported}", f"todo: {todo}", "---", ""])


def _place_stub(place: Place, aliases: Sequence[str]) -> str:
    lines = ["---", f"name: {quoted(place.name)}", f"kind: {place.kind}"]
    if aliases:
        lines.append(f"aliases: [{', '.join(map(quoted, aliases))}]")
    if place.lat is not None and place.lon is not None:
        lines += [f"location: {{lat: {place.lat:g}, lon: {place.lon:g}}}", f"precision: {_PRECISION.get(place.kind, 'settlement')}"]
        todo = "proposed by an import from a gazetteer; check that this is the place that is meant"
    else:
        todo = "proposed by an import; no gazetteer knows its location"
    return "\n".join([*lines, "review: {state: imported}", f"todo: {todo}", "---", ""])


def extract_path(seed: str) -> str:
    """Where the text of a seed that is no plain text is recorded."""
    return f"{seed}.txt"


def _origin(extraction: Extraction | None, byline: str) -> list[str]:
    """Where the article comes from, as its markup or its byline says."""
    origin = extraction.origin if extraction is not None else Origin()
    lines = [f"  {key}: {quoted(value)}" for key, value in (("publisher", origin.publisher), ("byline", origin.byline or byline)) if value]
    if origin.url.startswith(("http://", "https://")) and " " not in origin.url and len(origin.url) <= URL_LIMIT:
        lines.append(f"  url: {quoted(origin.url)}")
    if extraction is not None and extraction.dated.date is not None:
        lines.append(f"  published: {extraction.dated.date.isoformat()}")
    return ["origin:", *lines] if lines else []


def _plain(path: str) -> str:
    return path if re.fullmatch(r"[A-Za-z0-9._/-]+", path) else quoted(path)
