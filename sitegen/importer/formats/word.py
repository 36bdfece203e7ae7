"""Word files, by python-docx: an extra (`word`)."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata

from sitegen.content.text import normal
from sitegen.importer.dates import Dated
from sitegen.importer.formats.document import Document, Origin, Told, recorded
from sitegen.importer.structure import Piece, Structure
from sitegen.model.problem import Fault

_MAGIC = b"PK\x03\x04"
SIZE_LIMIT = 64 * 1024 * 1024
"""Bytes of what a Word file holds, pictures and all; packed it has no more than any seed."""


def is_word(data: bytes, name: str) -> bool:
    """Whether a file is a Word file."""
    return data.startswith(_MAGIC) and name.lower().endswith(".docx")


def documents(data: bytes, lang: str, told: Told) -> Iterator[Document]:
    """The one article of a Word file."""
    del lang, told
    yield document(data)


def document(data: bytes) -> Document:
    """The text of a Word file. Raises ValueError where it holds none, Fault where the extra that reads it is not installed."""
    import io
    import zipfile

    try:
        import docx
    except ImportError as error:
        raise Fault(
            "Word files need the library python-docx: `python -m pip install 'python-docx>=1.1,<2'`, then `sitegen vendor`"
        ) from error
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            is_small = sum(part.file_size for part in parts.infolist()) <= SIZE_LIMIT
        document = docx.Document(io.BytesIO(data)) if is_small else None
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ValueError("the file cannot be read as a Word file") from error
    if document is None:
        raise ValueError(f"the file unpacks to more than {SIZE_LIMIT // 1024**2} MiB")
    title: str | None = None
    pieces: list[Piece] = []
    # asked of a paragraph, its style would be sought among all
    styles = {style.style_id: (style.name or "").lower() for style in reversed(list(document.styles))}
    for paragraph in document.paragraphs:
        words, style = normal(paragraph.text), styles.get(paragraph.paragraph_format.element.style, "")
        if not words:
            continue
        if title is None and not pieces:
            title = words
        else:
            pieces.append(Piece("heading" if style.startswith("heading") else "caption" if style == "caption" else "paragraph", words))
    if title is None:
        raise ValueError("the file holds no text")
    structure = Structure(title, tuple(pieces))
    return Document(recorded(structure), structure, "python-docx", metadata.version("python-docx"), Dated(None), Origin())
