"""PDF files that have their words as text, by pypdfium2: an extra (`pdf`)."""

from __future__ import annotations

import ctypes
import math
import re
import zlib
from collections.abc import Iterator
from typing import Any

from sitegen.content.text import normal
from sitegen.importer.formats.arranging import GUESSED, Maker, document
from sitegen.importer.formats.document import Document, NoArticle, Properties, Told
from sitegen.importer.formats.layout import Line, laid, without_running_heads
from sitegen.importer.language import guessed, language
from sitegen.model.problem import Fault

PAGES, SIGNS, OBJECTS = 1_000, 1_000_000, 1_000_000
"""Pages of a file, its signs, and what is drawn on its pages besides, that are read."""
STREAM, STREAMS = 64 * 1024 * 1024, 256 * 1024 * 1024
"""Bytes to which one stream of a file may unpack, and all of them."""
_TWICE = re.compile(rb"/(?:FlateDecode|Fl)\s*/(?:FlateDecode|Fl)\b")
_PASSWORD = 4
"""The library's number for what is locked."""


def is_pdf(data: bytes, name: str) -> bool:
    """Whether a file is a PDF, by the mark near its beginning."""
    del name
    return data.startswith(b"%PDF-") or (b"%PDF-" in data[:1024] and b"endobj" in data)


def documents(data: bytes, lang: str, told: Told) -> Iterator[Document]:
    """The one article of a PDF file. Raises Fault where the extra that reads it is not installed."""
    try:
        import pypdfium2
    except ImportError as error:
        raise Fault("PDF files need the library pypdfium2: `python -m pip install 'pypdfium2>=5,<6'`, then `sitegen vendor`") from error
    _bounded(data)
    try:
        opened = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise NoArticle("the file is locked with a password", "open it with the password, and save it without") from error
        raise NoArticle("the file is damaged: it cannot be read as a PDF", "get it anew, or print it into a new PDF") from error
    try:
        pages, empty = _pages(opened, pypdfium2)
        said = opened.get_metadata_dict()
    finally:
        opened.close()
    if not any(pages):
        what = "its page is a picture" if len(pages) == 1 else f"its {len(pages)} pages are pictures"
        raise NoArticle(
            f"the PDF file has no text: {what}" if pages else "the PDF file has no pages",
            "let a program for text recognition (OCR) read it, or type its words into a .txt file",
        )
    if empty:
        shown = ", ".join(map(str, empty[:5])) + (" …" if len(empty) > 5 else "")
        told(f"without text, perhaps pictures: page{'s' * (len(empty) > 1)} {shown}")
    kept, heads = without_running_heads(pages)
    if heads:
        told(f"left out, for it repeats on its pages: {_shown(heads)}")
    rules = language(guessed("\n".join(line.text for page in kept for line in page)[:GUESSED], lang))
    blocks, hyphened = laid(kept, rules.words("joining"))
    if hyphened:
        told(f"the hyphen of a line’s end was kept, for it may be the word’s own: {_shown(hyphened)}")
    made = re.match(r"D:(\d{4})(\d{2})(\d{2})", said.get("CreationDate", ""))
    says = Properties.of(said.get("Author", ""), "-".join(made.groups()) if made else "")
    yield document(blocks, lang, Maker("pypdfium2", pypdfium2.PYPDFIUM_INFO.version), title=said.get("Title", ""), says=says)


def _shown(some: list[str]) -> str:
    return ", ".join(f"“{one[:60]}”" for one in some[:3]) + (f" and {len(some) - 3} more" if len(some) > 3 else "")


def _bounded(data: bytes) -> None:
    """Raises ValueError where a stream of a file unpacks to more than an article has."""
    if _TWICE.search(data):
        raise ValueError("the PDF file has parts that are packed twice")
    left, at = STREAMS, data.find(b"stream")
    view = memoryview(data)
    while at >= 0:
        start = at + 6
        while start < at + 8 and data[start : start + 1] in (b"\r", b"\n"):
            start += 1
        if not data.startswith(b"end", at - 3) and data[start : start + 1] in (b"x", b"h", b"\x08", b"\x18", b"8", b"H", b"X", b"("):
            left -= _unpacked(view[start:], min(STREAM, left))
        at = data.find(b"stream", start)


def _unpacked(data: memoryview, limit: int) -> int:
    """The bytes to which a stream unpacks. Raises ValueError where they are more than the limit."""
    size, unpacking = 0, zlib.decompressobj()
    rest: Any = data
    try:
        while rest and not unpacking.eof:
            size += len(unpacking.decompress(rest, 1024 * 1024))
            rest = unpacking.unconsumed_tail
            if size > limit:
                raise ValueError(f"a part of the PDF file unpacks to more than {limit // 1024**2} MiB")
    except zlib.error:
        pass
    return size


def _pages(opened: Any, library: Any) -> tuple[list[list[Line]], list[int]]:
    """The lines of the pages, and the numbers of those without any."""
    if len(opened) > PAGES:
        raise ValueError(f"the PDF file has more than {PAGES:,} pages")
    pages: list[list[Line]] = []
    signs = drawn = 0
    for number in range(len(opened)):
        try:
            page = opened[number]
            drawn += library.raw.FPDFPage_CountObjects(page)
            text = page.get_textpage()
        except library.PdfiumError as error:
            raise NoArticle(
                f"the file is damaged: its page {number + 1} cannot be read", "get it anew, or print it into a new PDF"
            ) from error
        signs += text.count_chars()
        if signs > SIGNS or drawn > OBJECTS:
            raise ValueError(f"the PDF file has more than {SIGNS:,} signs, or as many things drawn: it is no article")
        pages.append(list(_lines(text, library.raw)))
        text.close()
        page.close()
    return pages, [number for number, lines in enumerate(pages, 1) if not lines]


def _lines(text: Any, raw: Any) -> Iterator[Line]:
    """The lines of a page, in the order in which it says them."""
    signs = _signs(text, raw)
    start = 0
    for found in _ENDS.finditer(signs):
        line = _line(text, raw, signs[start : found.start()], start, is_cut=found.group() in tuple(_CUT))
        if line is not None:
            yield line
        start = found.end()


_CUT = "\x02\ufffe"
"""What the library puts for a hyphen at the end of a line."""
_ENDS = re.compile(rf"[\r\n{_CUT}]|\Z")


def _signs(text: Any, raw: Any) -> str:
    """The signs of a page, each at its number: the library tells of each where it stands."""
    count = text.count_chars()
    whole = str(text.get_text_range())
    if len(whole) == count:
        return whole
    return "".join(chr(min(raw.FPDFText_GetUnicode(text, number), 0x10FFFF)) for number in range(count))


def _line(text: Any, raw: Any, signs: str, start: int, *, is_cut: bool) -> Line | None:
    """A line of some signs, of which the first has this number; None where it has no words."""
    bare = signs.strip("\0 \t\u00a0")
    words = normal(bare.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\u00ad", "").replace("\0", ""))
    if not words:
        return None
    begin = start + len(signs) - len(signs.lstrip("\0 \t\u00a0"))
    first, last = raw.FS_RECTF(), raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetLooseCharBox(text, begin, first)
    raw.FPDFText_GetLooseCharBox(text, begin + len(bare) - 1, last)
    raw.FPDFText_GetCharOrigin(text, begin, x, y)
    sizes = sorted(_size(text, raw, begin + at) for at in (0, len(bare) // 2, len(bare) - 1))
    return Line(words, first.left, last.right, y.value, round(sizes[1], 2), is_cut)


def _size(text: Any, raw: Any, number: int) -> float:
    """The size of a sign as it stands on the page, in points; that of its font is scaled."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, number, matrix)
    return float(raw.FPDFText_GetFontSize(text, number) * (math.hypot(matrix.c, matrix.d) or 1.0))
