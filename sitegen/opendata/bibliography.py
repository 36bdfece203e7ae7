"""The articles as literature managers take them: BibTeX and CSL-JSON, each entry as beside its article (`exports.citation`)."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from sitegen.exports import citation
from sitegen.exports.citation import Work
from sitegen.model.kinds import ARTICLES
from sitegen.opendata.types import About, Asked

_WORKS = f"SELECT id, title, date, publisher, byline, language, url FROM {ARTICLES.plural} ORDER BY first, id"


def bibtex(asked: Asked, about: About) -> Iterator[bytes]:
    """An entry for each article, by date."""
    for work in _works(asked, about):
        yield citation.bibtex_of(work).encode() + b"\n\n"


def csl(asked: Asked, about: About) -> Iterator[bytes]:
    """A list with an item for each article, by date."""
    before = b"[\n"
    for work in _works(asked, about):
        yield before + msgspec.json.encode(citation.csl_of(work))
        before = b",\n"
    yield b"\n]\n" if before == b",\n" else b"[]\n"


def _works(asked: Asked, about: About) -> Iterator[Work]:
    for stem, title, date, publisher, byline, language, url in asked.rows(_WORKS):
        yield Work(stem, title, byline or "", publisher or "", date or "", about.title, url, language)
