"""Saved web pages: trafilatura finds the article, nh3 cleans it first. What the page says of itself (title, author, date, address,
captions) is read from its metadata and JSON-LD.
"""

from __future__ import annotations

import codecs
import json
import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from itertools import pairwise
from typing import Any

from sitegen.content.text import normal
from sitegen.importer.captions import is_caption
from sitegen.importer.formats import pagehead
from sitegen.importer.formats.document import Document, Origin, Told, marked, recorded
from sitegen.importer.furniture import leads_on
from sitegen.importer.headings import may_be_heading
from sitegen.importer.language import Language, guessed, language
from sitegen.importer.structure import Piece, Structure

_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*+<(?:!doctype\s+html|html|head|body|article)\b", re.I | re.S)
ARTICLES = ("Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting", "Report", "OpinionNewsArticle", "AnalysisNewsArticle")


def is_page(data: bytes, name: str) -> bool:
    """Whether a file is a web page, by its first bytes or its name."""
    return bool(_HTML.match(data[:4096].lstrip(b"\xef\xbb\xbf"))) or name.lower().endswith((".html", ".htm"))


def documents(data: bytes, lang: str, told: Told) -> Iterator[Document]:
    """The one article of a saved web page."""
    del told
    yield page(data, lang)


def page(data: bytes, lang: str, charset: str = "") -> Document:
    """The article of a saved web page; `lang`: the archive's language; `charset`: the alphabet that its server named. Raises ValueError
    where there is none."""
    import lxml.html
    import nh3
    import trafilatura

    try:
        tree = lxml.html.fromstring(data, parser=lxml.html.HTMLParser(encoding=_encoding(data, charset), remove_comments=True))
    except (ValueError, lxml.etree.LxmlError) as error:
        raise ValueError("the page cannot be read as HTML") from error
    linked = next(_linked_data(tree), {})
    for one in tree.iter("br"):
        one.tail = f"\n{one.tail or ''}"  # it parts words, where those who read the page would join them
    html = lxml.html.tostring(tree, encoding="unicode")
    if html.count("&") > REFERENCES:
        raise ValueError(f"the page has more than {REFERENCES:,} signs that HTML writes by name or number")
    clean = nh3.clean(html, tags=nh3.ALLOWED_TAGS | _KEPT, clean_content_tags={"script", "style", "title", "template"}, attributes=_TELLING)
    if _crowd(lxml.html.fromstring(f"<div>{clean}</div>")) > MARKS:
        raise ValueError(f"a paragraph of the page has more than {MARKS:,} links or other marks")
    found: Any = trafilatura.bare_extraction(
        f"<html><body>{clean}</body></html>", include_comments=False, include_tables=True, favor_recall=True
    )
    if found is None or found.body is None or not normal("".join(found.body.itertext())):
        raise ValueError("the page holds no article")
    said = normal(_text(linked.get("headline")) or _meta(tree, "og:title") or "".join(tree.xpath("//h1[1]//text()")))
    headline = said or normal("".join(tree.xpath("//title//text()")))
    headings = {normal("".join(one.itertext())) for one in tree.xpath("//h1")}
    alike = (one for one in sorted(headings)[:HEADINGS] if one and (one in headline or headline in one))
    title = next(alike, headline) or None
    captions = pagehead.captions(tree)
    pieces = list(_pieces(found.body, tree))
    text = pagehead.running([piece.text for piece in pieces if piece.kind == "paragraph"], RUNNING)
    first = next((piece.text for piece in pieces[:FIRST] if piece.kind == "heading"), next(pagehead.headings(tree, text), ""))
    if not said and first and (first in headline or len(first.split()) > NAME):
        title = first  # what the window is called may be the paper's name
    rules = language(guessed("\n".join(piece.text for piece in pieces), lang))
    apart = {*captions.values(), title}
    pieces = [_judged(piece, before, rules) for before, piece in pairwise([None, *pieces]) if piece is not None and piece.text not in apart]
    above = pagehead.head(tree, title or "", text)
    if not said and not above.is_titled and not first:
        title = pagehead.shown_title(above, rules) or title
        above = pagehead.head(tree, title or "", text)
        pieces = [piece for piece in pieces if piece.text != title]
    structure = Structure(title, tuple(_with_captions(tree, pieces, captions)), pagehead.byline(above, rules))
    if sum(len(piece.text) for piece in pieces) < SHORTEST:
        raise ValueError("the page holds no article, or no more than a label")
    published = (
        _text(linked.get("datePublished"))
        or _meta(tree, "article:published_time")
        or _meta(tree, "date")
        or "".join(tree.xpath("(//time/@datetime)[1]"))
    )
    when = marked(published)
    when = when if when.date is not None else pagehead.dated(above, rules)
    origin = Origin(
        "".join(tree.xpath("//link[@rel='canonical']/@href")) or _meta(tree, "og:url"),
        normal(_name(linked.get("publisher")) or _meta(tree, "og:site_name")),
        normal(_name(linked.get("author")) or _meta(tree, "author")),
    )
    return Document(recorded(structure), structure, "trafilatura", metadata.version("trafilatura"), when, origin)


_CHARSET = re.compile(rb"charset\s*=|encoding\s*=", re.I)
MARKS, REFERENCES = 3_000, 100_000
"""Marks in one block, and characters that are written by name or number in a page: the libraries that read it take the square of both."""
_INLINE = frozenset([
    "a", "abbr", "acronym", "b", "bdi", "bdo", "cite", "code", "del", "em", "i", "img", "ins", "kbd", "map", "mark", "q", "rp", "rt", "rtc",
    "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
])  # fmt: skip
HEADINGS = 100
"""Headings of the first level that may be the title; a page has one."""
FIRST = 3
"""Blocks of a page among which its title is, where nothing says it."""
NAME = 3
"""Words of a first heading that may be no title but one of its parts ("Background")."""
RUNNING = 100
"""Signs of a paragraph that is running text."""
SHORTEST = 20
"""Signs of an article at least; what has fewer is a menu or a label."""
_TELLING = {"*": {"class", "id", "role"}, "a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
"""Attributes that tell trafilatura what is the article, and what a menu, a footer or a list of others."""
_KEPT = frozenset([
    "article", "main", "section", "figure", "figcaption", "header", "footer", "nav", "aside", "time", "h1", "h2", "h3", "h4", "h5", "h6",
])  # fmt: skip
"""Tags beyond nh3's own that tell trafilatura where the article is."""


def _encoding(data: bytes, charset: str) -> str | None:
    """What the server named; UTF-8 for a page that names no encoding and is written in it, which HTML takes for Latin letters; else what
    the page says."""
    if charset:
        try:
            return codecs.lookup(charset).name
        except LookupError:
            pass
    if _CHARSET.search(data[:4096]):
        return None
    try:
        data.decode()
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _judged(piece: Piece, before: Piece | None, language: Language) -> Piece:
    """A block that the page does not mark as a caption, and which is one; a heading that leads to other articles, or is of one, is none."""
    if piece.kind == "heading" and (leads_on(piece.text, language) or (before is not None and leads_on(before.text, language))):
        return Piece("paragraph", piece.text)
    return Piece("caption", piece.text) if piece.kind == "paragraph" and is_caption(piece.text, language) else piece


def _crowd(tree: Any) -> int:
    """The most marks (links, emphasis) that one block of a page has."""
    marks: Counter[Any] = Counter()
    for one in tree.iter(*_INLINE):
        above = one.getparent()
        while above is not None and above.tag in _INLINE:
            above = above.getparent()
        marks[above] += 1
    return max(marks.values(), default=0)


def _pieces(body: Any, tree: Any) -> Iterator[Piece]:
    """The blocks of what trafilatura found, in order, with what the page marks as a heading or sets in bold."""
    bold = _in_bold(tree)
    marked = {normal("".join(one.itertext())) for one in tree.iter("h2", "h3", "h4", "h5", "h6")}
    for one in body.iter("head", "p", "item", "quote", "cell", "code"):
        if one.tag == "p" and any(above.tag in ("item", "quote", "cell") for above in one.iterancestors()):
            continue
        words = normal("".join(one.itertext()))
        if words:
            is_heading = one.tag == "head" or words in marked or (words in bold and may_be_heading(words))
            yield Piece("heading" if is_heading else "paragraph", words)


def _in_bold(tree: Any) -> set[str]:
    """The paragraphs of a page that are set in bold as a whole."""
    bold = (one for one in tree.iter("p") if not (one.text or "").strip() and len(one) == 1 and one[0].tag in ("b", "strong"))
    return {normal("".join(one.itertext())) for one in bold if not (one[0].tail or "").strip()}


def _with_captions(tree: Any, pieces: Sequence[Piece], captions: Mapping[Any, str]) -> Iterator[Piece]:
    """The pieces with the page's captions between them: each before the first piece that comes after it in the page."""
    waiting = iter(pieces)
    left = Counter(piece.text for piece in pieces)
    for one in tree.iter("p", "li", "td", "th", "blockquote", "h2", "h3", "h4", "h5", "h6", *pagehead.CAPTIONED):
        if one in captions:
            yield Piece("caption", captions[one])
            continue
        words = normal("".join(one.itertext())) if one.tag not in pagehead.CAPTIONED else ""
        if left[words]:
            for piece in waiting:
                left[piece.text] -= 1
                yield piece
                if piece.text == words:
                    break
    yield from waiting


def _linked_data(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The articles among a page's JSON-LD."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            found = json.loads(script)
        except (ValueError, RecursionError):
            continue
        pending = deque([found])
        while pending:
            one = pending.popleft()
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
        return ", ".join(name for one in value if not isinstance(one, list) and (name := _name(one)))
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _meta(tree: Any, name: str) -> str:
    found = tree.xpath("//meta[@property=$name or @name=$name]/@content", name=name)
    return str(found[0]).strip() if found else ""
