"""Word files, by python-docx: an extra (`sitegen[word]`)."""

from __future__ import annotations

from importlib import metadata

from sitegen.content.text import normal
from sitegen.importer.dates import Dated
from sitegen.importer.formats.extraction import Extraction, Origin, recorded
from sitegen.importer.structure import Piece, Structure
from sitegen.model.problem import Fault

_MAGIC = b"PK\x03\x04"


def is_document(data: bytes, name: str) -> bool:
    """Whether a file is a Word file."""
    return data.startswith(_MAGIC) and name.lower().endswith(".docx")


def document(data: bytes) -> Extraction:
    """The text of a Word file. Raises ValueError where it holds none, Fault where the extra that reads it is not installed."""
    import io
    import zipfile

    try:
        import docx
    except ImportError as error:
        raise Fault("Word files need an extra: pip install 'sitegen[word]'") from error
    try:
        document = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ValueError("the file cannot be read as a Word file") from error
    title: str | None = None
    pieces: list[Piece] = []
    for paragraph in document.paragraphs:
        words, style = normal(paragraph.text), (paragraph.style.name or "").lower() if paragraph.style else ""
        if not words:
            continue
        if title is None and not pieces:
            title = words
        else:
            pieces.append(Piece("heading" if style.startswith("heading") else "caption" if style == "caption" else "paragraph", words))
    if title is None:
        raise ValueError("the file holds no text")
    structure = Structure(title, tuple(pieces))
    return Extraction(recorded(structure), structure, "python-docx", metadata.version("python-docx"), Dated(None), Origin())
