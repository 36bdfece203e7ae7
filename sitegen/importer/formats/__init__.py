"""Seeds that are no plain text: each format gives the articles that a file holds. Their text is extracted and recorded beside them; the
page is held against that record.
"""

from __future__ import annotations

from sitegen.importer.formats import epub, feed, foreign, markdown, odt, pdf, rtf, warc, web, word
from sitegen.importer.formats.document import ARTICLE, MANY, Format

FORMATS = (
    Format("web", web.is_page, web.documents, ARTICLE),
    Format("word", word.is_word, word.documents, ARTICLE),
    Format("odt", odt.is_odt, odt.documents, ARTICLE),
    Format("rtf", rtf.is_rtf, rtf.documents, ARTICLE),
    Format("pdf", pdf.is_pdf, pdf.documents, ARTICLE),
    Format("epub", epub.is_epub, epub.documents, MANY),
    Format("feed", feed.is_feed, feed.documents, MANY),
    Format("warc", warc.is_warc, warc.documents, MANY),
    Format("foreign", foreign.is_foreign, foreign.documents, ARTICLE),
    Format("markdown", markdown.is_markdown, markdown.documents, ARTICLE),
)
"""The formats in the order in which a file is held against them; the first that knows it reads it. What none knows is plain text."""


def format_of(data: bytes, name: str) -> Format | None:
    """The format of a file; None where it is plain text. What it holds decides, and its name only where that tells nothing."""
    return next((one for one in FORMATS if one.is_one(data, name)), None)
