"""Exports of WordPress (WXR), and feeds (RSS 0.9 to 2.0, Atom): each post with words is an article."""

from __future__ import annotations

import html
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

from lxml import etree

from sitegen import __version__
from sitegen.content.text import normal
from sitegen.importer.formats import markup
from sitegen.importer.formats.arranging import Block, Maker, document
from sitegen.importer.formats.document import Document, NoArticle, Origin, Parts, Told, left_out, marked

_ROOT = re.compile(
    rb"\s*+(?:<\?xml[^>]*>\s*+)?(?:<!--(?:[^-]|-(?!->))*+-->\s*+|<\?[^>]*>\s*+|<!DOCTYPE[^>\[]*>\s*+)*+<(?:rss|feed|atom:feed|rdf:RDF)[\s>]"
)
_HEAD = 64 * 1024
_FEEDS = (b"<rss", b"http://www.w3.org/2005/Atom", b"http://purl.org/rss/1.0/", b"http://my.netscape.com/rdf/simple/0.9/")
_NO_POSTS = frozenset(["attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset", "wp_global_styles", "oembed_cache"])
_NO_XML = bytes([*range(9), 11, 12, *range(14, 32)])
"""Signs that XML does not know; old posts have some, and WordPress exports them."""
_PARAGRAPH = re.compile(r"<p[\s>]", re.I)


def is_feed(data: bytes, name: str) -> bool:
    """Whether a file is a feed or an export of WordPress, by its outermost element."""
    del name
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    return _ROOT.match(head) is not None and any(mark in head for mark in _FEEDS)


class _Channel(NamedTuple):
    """What holds of all posts: what the whole is called; who writes, by the name with which they log in."""

    said: dict[str, str]
    writers: dict[str, str]


def documents(data: bytes, lang: str, told: Told) -> Iterator[Document]:
    """The posts of a file, in its order. What was whole is given even where the file ends in the middle of a post."""
    channel, names, others = _Channel({}, {}), Parts(), Counter[str]()
    number = teasers = 0
    try:
        for post in _posts(data, channel):
            fields = _fields(post)
            why = _why_not(fields)
            content = fields.get("encoded") or fields.get("content") or ""
            text = content or fields.get("description") or fields.get("summary") or ""
            blocks = [] if why else _blocks(text)
            if why or not blocks:
                others[why or "post without words"] += 1
                continue
            number += 1
            teasers += not content
            yield _document(fields, blocks, channel, names, lang)
    except etree.XMLSyntaxError as error:
        if not number:
            raise NoArticle("the file is damaged: no post of it is whole XML", "export it once more") from error
        told(f"the file is cut short or damaged behind its article {number}; those before it are whole")
    if not number:
        raise NoArticle("the file has no posts with words", "an export of WordPress has them where “All content” was chosen")
    if teasers:
        told(f"{teasers} of {number} have a summary only, as feeds do: whether it is the article, its address shows")
    if others:
        told(left_out(others))


def _posts(data: bytes, channel: _Channel) -> Iterator[Any]:
    """The elements of the posts, each forgotten after it was given; what stands beside them goes into `channel`."""
    walk = etree.iterparse(
        io.BytesIO(data.translate(None, _NO_XML)), events=("end",), resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    for _, one in walk:
        name, above = _name(one), one.getparent()
        if name in ("item", "entry"):
            yield one
        elif name == "author" and _name(above) == "channel":
            said = {_name(part): _words(part) for part in one}
            channel.writers[said.get("author_login", "")] = said.get("author_display_name", "")
        elif name in ("title", "name") and _name(above) in ("channel", "feed", "author"):
            beside = name if _name(above) != "author" else "author" if _name(above.getparent()) == "feed" else ""
            channel.said.setdefault(beside, _line(_words(one)))
        else:
            continue
        if name in ("item", "entry", "author"):
            one.clear()
            while above is not None and one.getprevious() is not None and _name(one.getprevious()) in ("item", "entry"):
                del above[above.index(one) - 1]


def _name(one: Any) -> str:
    return str(one.tag).rpartition("}")[2] if one is not None else ""


def _words(one: Any) -> str:
    """The text of an element; of entities of HTML what they stand for."""
    parts = [one.text or ""]
    for child in one:
        parts += [html.unescape(child.text or "") if child.tag is etree.Entity else "", child.tail or ""]
    return "".join(parts)


def _fields(post: Any) -> dict[str, str]:
    """What a post says, by the names of its elements; the first of several."""
    out: dict[str, str] = {}
    for one in post:
        name = _name(one)
        if name == "link" and one.get("href"):  # Atom
            if one.get("rel", "alternate") == "alternate":
                out.setdefault(name, one.get("href"))
        elif name == "author" and len(one):
            out.setdefault(name, next((_words(part) for part in one if _name(part) == "name"), ""))
        elif name in ("content", "summary", "title") and one.get("type") == "xhtml":
            out.setdefault(name, etree.tostring(one, encoding="unicode", method="html", with_tail=False))
        elif name in ("content", "summary") and one.get("type", "text") == "text":
            out.setdefault(name, html.escape(_words(one), quote=False))
        elif name == "encoded" and "excerpt" in str(one.tag):
            out.setdefault("summary", _words(one))
        else:
            out.setdefault(name, _words(one))
    return out


def _why_not(fields: Mapping[str, str]) -> str:
    """Why a post is no article; empty where it may be one."""
    kind, status = fields.get("post_type", ""), fields.get("status", "")
    if kind in _NO_POSTS:
        return "attachment" if kind == "attachment" else "part of the site’s design"
    if kind and status not in ("publish", "private", "inherit", ""):
        return _STATES.get(status, f"post of the state “{status[:20]}”")
    return ""


_STATES = {"draft": "draft", "auto-draft": "draft", "pending": "post in review", "future": "post to come", "trash": "post in the bin"}
"""What is told of posts that are not published."""


def _blocks(text: str) -> list[Block]:
    tree = markup.tree(markup.captioned(text)) if text.strip() else None
    return markup.blocks(tree, by_lines=_PARAGRAPH.search(text) is None) if tree is not None else []


def _line(text: str) -> str:
    """Words that may be HTML, in a line."""
    return markup.plain(markup.tree(text)) if "<" in text or "&" in text else normal(text)


def _document(fields: Mapping[str, str], blocks: list[Block], channel: _Channel, names: Parts, lang: str) -> Document:
    title, link = _line(fields.get("title", "")), fields.get("link", "").strip()
    if title and blocks[0].text == title:
        blocks = blocks[1:]
    head = [Block("heading", title, is_title=True)] if title else []
    writer = fields.get("creator") or fields.get("author") or channel.said.get("author", "")
    named = re.search(r"\(([^()]+)\)\s*\Z", writer)  # RSS: an address of mail with the name behind it
    writer = channel.writers.get(writer) or (named[1] if named and "@" in writer else writer)
    part = names.name(fields.get("guid") or fields.get("id") or link, link, f"{title} {fields.get('pubDate', '')}")
    origin = Origin(link, channel.said.get("title", ""), _line(writer))
    return document([*head, *blocks], lang, Maker("sitegen", __version__), dated=marked(_day(fields)), origin=origin, part=part)


def _day(fields: Mapping[str, str]) -> str:
    """The day on which a post was published, where it was written (ISO 8601); empty where it does not say."""
    for name in ("post_date", "published", "date", "issued", "updated"):
        if marked(fields.get(name, "").strip()).date is not None:
            return fields[name].strip()
    try:
        return parsedate_to_datetime(fields.get("pubDate", "")).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
