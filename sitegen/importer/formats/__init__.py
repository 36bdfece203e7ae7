"""Seeds that are no plain text: saved web pages, Markdown and Word files. Their text is extracted and recorded beside them; the page is
held against that record.
"""

from __future__ import annotations

from sitegen.importer.formats.extraction import Extraction


def extracted(data: bytes, name: str, lang: str) -> Extraction | None:
    """The text of a seed in one of these formats; None where it is plain text. What a file holds decides, and not its name alone.
    `lang`: the archive's language. Raises ValueError where it holds no article."""
    from sitegen.importer.formats import markdown, web, word

    if web.is_page(data, name):
        return web.page(data)
    if word.is_document(data, name):
        return word.document(data)
    for head, called in _OTHERS:
        if data.startswith(head):
            raise ValueError(f"the file is {called}, which is not read")
    if markdown.is_markdown(data, name):
        return markdown.article(data, lang)
    return None


_OTHERS = ((b"%PDF", "a PDF file"), (b"{\\rtf", "a Rich Text file"))
"""What files of other formats begin with, whatever their names end in."""
