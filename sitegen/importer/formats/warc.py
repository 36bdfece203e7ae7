"""Web archives (WARC 1.0 and 1.1, and the older ARC), by warcio, an extra (`warc`): each page with an article is one."""

from __future__ import annotations

import contextlib
import io
import logging
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from sitegen.content.text import normal
from sitegen.importer.formats import web
from sitegen.importer.formats.document import ARTICLE, Document, NoArticle, Parts, Told, left_out
from sitegen.model.digest import digest_of
from sitegen.model.problem import Fault

_HEADS = (b"WARC/", b"filedesc://")
PIECE = 64 * 1024
"""Bytes that are read at once of what is left out."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def is_warc(data: bytes, name: str) -> bool:
    """Whether a file is a web archive, packed or not, by its first bytes."""
    del name
    if data.startswith(b"\x1f\x8b"):
        try:
            data = zlib.decompressobj(31).decompress(data[:4096], 64)
        except zlib.error:
            return False
    return data.startswith(_HEADS)


def documents(data: bytes, lang: str, told: Told) -> Iterator[Document]:
    """The articles of the pages of a web archive, in its order. Those that are whole are given even where it ends too early. Raises Fault
    where the extra that reads it is not installed."""
    try:
        import warcio.archiveiterator
        import warcio.exceptions
    except ImportError as error:
        raise Fault("WARC files need the library warcio: `python -m pip install 'warcio>=1.8,<2'`, then `sitegen vendor`") from error
    logging.getLogger("warcio").addHandler(logging.NullHandler())
    names, others, seen = Parts(), Counter[str](), set[bytes]()
    records = warcio.archiveiterator.ArchiveIterator(io.BytesIO(data), arc2warc=True)
    found = 0
    while True:
        try:
            with contextlib.redirect_stderr(
                io.StringIO()
            ):  # where the library writes what is in damaged files, signs for terminals and all
                page = _next(records)
        except (*_WRONG, warcio.exceptions.ArchiveLoadFailed) as error:
            if not found:
                raise NoArticle("the web archive is cut short or damaged: no page of it is whole", "get it anew") from error
            told(f"the web archive is cut short or damaged behind its article {found}; those before it are whole")
            break
        if page is None:
            break
        document = _article(page, lang, others, seen, names)
        if document is not None:
            found += 1
            yield document
    if not found:
        raise NoArticle("the web archive has no page with an article", "it holds pictures and parts of pages, perhaps")
    if others:
        told(left_out(others))


_WRONG = (ValueError, EOFError, zlib.error, OSError, AttributeError, TypeError, KeyError, IndexError, OverflowError, AssertionError)
"""What the library raises of records that are damaged."""


class _Page(NamedTuple):
    """What an address answered: its bytes, the alphabet that the answer names, and when (ISO 8601); `id`: of its record."""

    address: str
    data: bytes
    charset: str
    time: str
    id: str


def _next(records: Any) -> _Page | None:
    """The next page; None at the end. A record that ends too early raises."""
    for record in records:
        headers = record.http_headers
        is_answer = record.rec_type == "response" and headers is not None and headers.get_statuscode() == "200"
        kind = (headers.get_header("Content-Type") if headers is not None else record.rec_headers.get_header("Content-Type")) or ""
        is_page = (is_answer or record.rec_type == "resource") and kind.lower().startswith(("text/html", "application/xhtml"))
        data = record.content_stream().read(ARTICLE + 1) if is_page else b""
        while record.raw_stream.read(PIECE):
            pass
        if record.raw_stream.limit > 0:
            raise EOFError
        if not is_page:
            continue
        charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", kind, re.I)
        told = record.rec_headers.get_header
        return _Page(
            told("WARC-Target-URI") or "", data, charset[1] if charset else "", told("WARC-Date") or "", told("WARC-Record-ID") or ""
        )
    return None


def _article(page: _Page, lang: str, others: Counter[str], seen: set[bytes], names: Parts) -> Document | None:
    """The article of a page; None where it has none, or one that a page before it has."""
    if len(page.data) > ARTICLE:
        others[f"page larger than {ARTICLE // 1024**2} MiB"] += 1
        return None
    try:
        document = web.page(page.data, lang, page.charset)
    except ValueError:
        others["page without an article"] += 1
        return None
    digest = digest_of(document.text.encode("utf-8", "replace"))
    if digest in seen:
        others["page with the words of one before"] += 1
        return None
    seen.add(digest)
    address, day = normal(page.address).strip("<>"), _DAY.match(page.time)
    origin = document.origin._replace(url=document.origin.url or address, retrieved=day.group() if day else "")
    return document._replace(part=names.name(address, f"{address} {page.time}", page.id), origin=origin)
