"""Seeds that are no plain text: saved web pages, Markdown and Word files. Their text is extracted and recorded beside them; the page is
held against that record.
"""

from __future__ import annotations

from sitegen.importer.formats.extraction import Extraction


def extracted(data: bytes, name: str) -> Extraction | None:
    """The text of a seed in one of these formats; None where it is plain text. Raises ValueError where it holds no article."""
    from sitegen.importer.formats import markdown, web, word

    if web.is_page(data, name):
        return web.page(data)
    if word.is_document(data, name):
        return word.document(data)
    if markdown.is_markdown(name):
        return markdown.article(data)
    return None
