"""Scans that are PDF files, made ready for the web as pictures of their pages, by PDFium: an extra (`pdf`).

A picture needs nothing of a reader, and holds nothing but what is seen: no script, no attachment, no metadata of the file.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sitegen.exports.images import Cleaned

if TYPE_CHECKING:  # imported where there is a file
    from PIL.Image import Image
    from pypdfium2 import PdfDocument

ENDING = ".pdf"
MOST = 100
"""Pages of a file: as many as an entry may name files."""
LONG_SIDE, INCH = 2_560, 200
"""Pixels of a page's longer side, and of an inch, at most: what a picture may have, and what a scan of small type needs."""
_POINTS = 72
"""Units of a PDF file in an inch."""
QUALITY = 80


class NoReader(Exception):
    """The library that reads PDF files is not installed."""


def pages(data: bytes) -> tuple[Cleaned, ...]:
    """The pages of a PDF file as JPEG. Raises ValueError, with words for editors, where it is none that can be published, and NoReader."""
    try:
        import pypdfium2
    except ImportError as error:
        raise NoReader from error
    if not data.startswith(b"%PDF-"):
        raise ValueError("this is no PDF file")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ValueError("the PDF file is damaged, or opens by a password only") from error
    try:
        if not 1 <= len(document) <= MOST:
            raise ValueError(f"the PDF file has {len(document):,} pages; from 1 to {MOST} are shown")
        return tuple(_jpeg(image) for image in _drawn(document))
    except pypdfium2.PdfiumError as error:
        raise ValueError("a page of the PDF file is damaged") from error
    finally:
        document.close()


def _drawn(document: PdfDocument) -> Iterator[Image]:
    for page in document:
        width, height = page.get_size()
        if not (width > 0 and height > 0):
            raise ValueError("a page of the PDF file has no size")
        bitmap = page.render(scale=min(INCH / _POINTS, LONG_SIDE / max(width, height)), may_draw_forms=False, rev_byteorder=True)
        yield bitmap.to_pil().convert("RGB")
        bitmap.close()
        page.close()


def _jpeg(image: Image) -> Cleaned:
    """A page; one of greys alone has no colours to keep."""
    from PIL import ImageChops

    red, green, blue = image.split()
    is_grey = all(ImageChops.difference(red, other).getbbox() is None for other in (green, blue))
    out = io.BytesIO()
    (red if is_grey else image).save(out, "JPEG", quality=QUALITY)
    return Cleaned(out.getvalue(), image.width, image.height)
