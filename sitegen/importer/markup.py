"""Seeds that are no plain text: saved web pages and Word files. Their text is extracted and recorded beside them; the page is held
against that record.

What the markup says of itself (title, author, date, address, captions) is read from its metadata and JSON-LD.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from importlib import metadata
from typing import Any, NamedTuple

from sitegen.content.text import normal
from sitegen.importer.dates import Basis, Dated
from sitegen.importer.structure import Piece, Structure
from sitegen.model.problem import Fault

_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b", re.I | re.S)
_WORD_MAGIC = b"PK\x03\x04"
ARTICLES = ("Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting", "Report", "OpinionNewsArticle", "AnalysisNewsArticle")


class Origin(NamedTuple):
    """Where a page says that it comes from; empty where it does not say."""

    url: str = ""
    publisher: str = ""
    byline: str = ""
    published: str = ""


class Extraction(NamedTuple):
    """The text of a seed that is no plain text, with its structure, what made it, and what the markup says."""

    text: str
    structure: Structure
    tool: str
    version: str
    dated: Dated
    origin: Origin


def extracted(data: bytes, name: str) -> Extraction | None:
    """The text of an HTML page or Word file; None of what is neither. Raises ValueError where it holds no article."""
    if _HTML.match(data[:4096].lstrip(b"\xef\xbb\xbf")) or name.lower().endswith((".html", ".htm")):
        return _page(data)
    if data.startswith(_WORD_MAGIC) and name.lower().endswith(".docx"):
        return _document(data)
    return None


def _page(data: bytes) -> Extraction:
    """A saved web page."""
    import lxml.html
    import nh3
    import trafilatura

    try:
        tree = lxml.html.fromstring(data)
    except (ValueError, lxml.etree.LxmlError) as error:
        raise ValueError("the page cannot be read as HTML") from error
    linked = next(_linked_data(tree), {})
    clean = nh3.clean(
        lxml.html.tostring(tree, encoding="unicode"),
        tags=nh3.ALLOWED_TAGS | _KEPT,
        clean_content_tags={"script", "style", "title", "template"},
    )
    found: Any = trafilatura.bare_extraction(
        f"<html><body>{clean}</body></html>", include_comments=False, include_tables=True, favor_recall=True
    )
    if found is None or found.body is None or not normal("".join(found.body.itertext())):
        raise ValueError("the page holds no article")
    headline = normal(
        _text(linked.get("headline"))
        or _meta(tree, "og:title")
        or "".join(tree.xpath("//h1[1]//text()"))
        or "".join(tree.xpath("//title//text()"))
    )
    headings = {normal("".join(one.itertext())) for one in tree.xpath("//h1")}
    title = next((one for one in sorted(headings) if one and (one in headline or headline in one)), headline) or None
    captions = [Piece("caption", words) for one in tree.xpath("//figcaption") if (words := normal("".join(one.itertext())))]
    seen = {piece.text for piece in captions} | {title}
    pieces = [piece for piece in _pieces(found.body) if piece.text not in seen]
    structure = Structure(title, (*captions, *pieces))
    published = (
        _text(linked.get("datePublished"))
        or _meta(tree, "article:published_time")
        or _meta(tree, "date")
        or "".join(tree.xpath("(//time/@datetime)[1]"))
    )
    origin = Origin(
        "".join(tree.xpath("//link[@rel='canonical']/@href")) or _meta(tree, "og:url"),
        normal(_name(linked.get("publisher")) or _meta(tree, "og:site_name")),
        normal(_name(linked.get("author")) or _meta(tree, "author")),
        published[:10],
    )
    return Extraction(_plain(structure), structure, "trafilatura", metadata.version("trafilatura"), _marked(published), origin)


_KEPT = frozenset([
    "article", "main", "section", "figure", "figcaption", "header", "footer", "nav", "aside", "time", "h1", "h2", "h3", "h4", "h5", "h6",
])  # fmt: skip
"""Tags beyond nh3's own that tell trafilatura where the article is."""


def _pieces(body: Any) -> Iterator[Piece]:
    """The blocks of what trafilatura found, in order."""
    for one in body.iter("head", "p", "item", "quote", "cell", "code"):
        if one.tag == "p" and any(above.tag in ("item", "quote", "cell") for above in one.iterancestors()):
            continue
        words = normal("".join(one.itertext()))
        if words:
            yield Piece("heading" if one.tag == "head" else "paragraph", words)


def _linked_data(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The articles among a page's JSON-LD."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            found = json.loads(script)
        except ValueError:
            continue
        pending = [found]
        while pending:
            one = pending.pop(0)
            if isinstance(one, list):
                pending += one
            elif isinstance(one, dict):
                kinds = one.get("@type")
                if any(kind in ARTICLES for kind in (kinds if isinstance(kinds, list) else [kinds])):
                    yield one
                pending += one["@graph"] if isinstance(one.get("@graph"), list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _name(value: object) -> str:
    """The name of a person or organisation in JSON-LD, or of several."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_name, value)))
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _meta(tree: Any, name: str) -> str:
    found = tree.xpath("//meta[@property=$name or @name=$name]/@content", name=name)
    return str(found[0]).strip() if found else ""


def _marked(published: str) -> Dated:
    """The date that the markup gives."""
    try:
        return Dated(datetime.date.fromisoformat(published[:10]), (Basis("", "markup"),))
    except ValueError:
        return Dated(None)


def _document(data: bytes) -> Extraction:
    """A Word file. Raises Fault where the extra that reads it is not installed."""
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
    return Extraction(_plain(structure), structure, "python-docx", metadata.version("python-docx"), Dated(None), Origin())


def _plain(structure: Structure) -> str:
    """The text as it is recorded: the title, then the pieces, a blank line between."""
    return "\n\n".join([*([structure.title] if structure.title else []), *(piece.text for piece in structure.pieces)]) + "\n"
