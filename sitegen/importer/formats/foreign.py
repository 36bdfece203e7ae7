"""Files of which no article can be read: what they are, and what an editor does about it."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.importer.formats.document import Document, NoArticle, Told
from sitegen.importer.formats.packed import MAGIC, packed

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of what Office wrote until 2003."""
_PICTURE = "let a program for text recognition (OCR) read it, or type its words into a .txt file"
_SOUND = "write down what is said, in a .txt file"
_TABLE = "an article has sentences; save the text about the table, or the table in a Word or text file"
_SLIDES = "copy the text of the slides into a .txt file"
_PACKED = "unpack it, and import what is in it"
_KNOWN: tuple[tuple[bytes, int, str, str], ...] = (
    (b"\xff\xd8\xff", 0, "a picture (JPEG)", _PICTURE),
    (b"\x89PNG\r\n\x1a\n", 0, "a picture (PNG)", _PICTURE),
    (b"GIF8", 0, "a picture (GIF)", _PICTURE),
    (b"II*\0", 0, "a picture (TIFF)", _PICTURE),
    (b"MM\0*", 0, "a picture (TIFF)", _PICTURE),
    (b"WEBP", 8, "a picture (WebP)", _PICTURE),
    (b"ftypheic", 4, "a picture (HEIC)", _PICTURE),
    (b"ftypavif", 4, "a picture (AVIF)", _PICTURE),
    (b"AT&TFORM", 0, "a scan (DjVu)", _PICTURE),
    (b"ftyp", 4, "a film or a recording", _SOUND),
    (b"WAVE", 8, "a recording (WAV)", _SOUND),
    (b"ID3", 0, "a recording (MP3)", _SOUND),
    (b"OggS", 0, "a recording (Ogg)", _SOUND),
    (b"\x1aE\xdf\xa3", 0, "a film (Matroska)", _SOUND),
    (b"7z\xbc\xaf\x27\x1c", 0, "an archive of files (7z)", _PACKED),
    (b"Rar!", 0, "an archive of files (RAR)", _PACKED),
    (b"\x1f\x8b", 0, "a packed file (gzip)", _PACKED),
    (b"BZh", 0, "a packed file (bzip2)", _PACKED),
    (b"\xfd7zXZ\0", 0, "a packed file (xz)", _PACKED),
    (b"SQLite format 3\0", 0, "a database", _TABLE),
)
_OFFICE: tuple[tuple[str, str, str], ...] = (
    ("WordDocument", "a Word file of before 2007 (.doc), which is not read", "open it in Word or LibreOffice and save it as .docx or .odt"),
    ("Workbook", "a table (Excel)", _TABLE),
    ("PowerPoint Document", "slides (PowerPoint)", _SLIDES),
    ("EncryptedPackage", "locked with a password", "open it with the password, and save it without"),
    ("__substg1.0_", "a mail of Outlook (.msg)", "open it, and save it as text or HTML"),
)
"""What is told of an old file of Office, by a name that stands in its directory."""

_ZIPS: tuple[tuple[bytes, str, str], ...] = (
    (b"spreadsheetml", "a table (Excel)", _TABLE),
    (b"presentationml", "slides (PowerPoint)", _SLIDES),
    (b"opendocument.spreadsheet", "a table (OpenDocument)", _TABLE),
    (b"opendocument.presentation", "slides (OpenDocument)", _SLIDES),
)
"""What is told of a zip, by a mark in what it says of itself."""


def told_of(data: bytes) -> tuple[str, str] | None:
    """What a file is and what to do about it; None where it is none of these."""
    if data.startswith(_OLE):
        names = ((name.encode("utf-16-le"), what, hint) for name, what, hint in _OFFICE)
        other = ("a file of an old program (OLE)", "save the article as text, .docx or .odt")
        return next(((what, hint) for name, what, hint in names if name in data), other)
    if data.startswith(MAGIC):
        return _of_zip(data)
    return next(((what, hint) for head, at, what, hint in _KNOWN if data.startswith(head, at)), None)


def _of_zip(data: bytes) -> tuple[str, str]:
    parts = packed(data)
    if parts is None:
        return "damaged or cut short: it cannot be unpacked", "get it anew, or open it in its program and save it once more"
    try:
        kinds = parts.read("mimetype") + parts.read("[Content_Types].xml")
    except ValueError:
        kinds = b""
    known = ((what, hint) for mark, what, hint in _ZIPS if mark in kinds)
    return next(known, ("an archive of files (zip)", _PACKED))


def is_foreign(data: bytes, name: str) -> bool:
    """Whether a file is known to hold no article that is read."""
    del name
    return told_of(data) is not None


def documents(data: bytes, lang: str, told: Told) -> Iterator[Document]:
    """None: raises NoArticle, which says what the file is."""
    del lang, told
    what, hint = told_of(data) or ("of no known kind", "save the article as text")
    if what:
        raise NoArticle(f"the file is {what}", hint)
    yield from ()
