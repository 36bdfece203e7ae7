"""Electronic books (EPUB 2 and 3): each chapter is an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sitegen import __version__
from sitegen.content.text import normal
from sitegen.importer.formats import markup
from sitegen.importer.formats.arranging import Block, Maker, document
from sitegen.importer.formats.document import Document, NoArticle, Origin, Parts, Told, marked
from sitegen.importer.formats.packed import Packed, attribute, beside, local, packed

KIND = b"application/epub+zip"
SHORTEST = 20
"""Signs of a chapter at least, headings aside; what has fewer is a cover or a half title."""
_NO_CHAPTER = frozenset(["cover", "titlepage", "title-page", "halftitlepage", "toc", "landmarks", "copyright-page", "index", "loi", "lot"])
"""What a book says of parts that are no text of its own."""
_FONTS = (b"http://www.idpf.org/2008/embedding", b"http://ns.adobe.com/pdf/enc#RC")
"""How fonts are garbled, which locks no words."""


def is_epub(data: bytes, name: str) -> bool:
    """Whether a file is an EPUB, by the type that it names."""
    del name
    parts = packed(data)
    try:
        return parts is not None and parts.read("mimetype").strip() == KIND
    except ValueError:
        return False


def documents(data: bytes, lang: str, told: Told) -> Iterator[Document]:
    """The chapters of a book, in their order."""
    parts = Packed(data)
    package = _package(parts)
    root = parts.xml(package)
    if root is None:
        raise ValueError("the book is damaged: it has no list of its parts")
    if any(attribute(one, "Algorithm").encode() not in _FONTS for one in _locks(parts)):
        raise NoArticle("the book is locked (DRM)", "copy the text that you may use into a .txt file")
    items = {attribute(one, "id"): one for one in root.iter("{*}item")}
    spine = [items[attribute(one, "idref")] for one in root.iter("{*}itemref") if attribute(one, "idref") in items]
    said = _said(root)
    labels = _labels(parts, package, items.values())
    names, left_out, found = Parts(), [], False
    for item in dict.fromkeys(spine):
        name = beside(package, attribute(item, "href"))
        tree = markup.tree(_decoded(parts.read(name)))
        blocks = markup.blocks(tree) if tree is not None else []
        if _is_no_chapter(item, tree, blocks):
            left_out += [name.rpartition("/")[2]] if blocks else []
            continue
        found = True
        origin = Origin("", said.get("publisher", ""), said.get("creator", ""))
        title = labels.get(name, "")
        part = names.name(attribute(item, "id"), name)
        yield document(
            blocks, lang, Maker("sitegen", __version__), title=title, dated=marked(said.get("date", "")), origin=origin, part=part
        )
    if not found:
        raise NoArticle(
            "the book has no chapter with words", "its pages are pictures, perhaps: a program for text recognition (OCR) reads them"
        )
    if left_out:
        shown = ", ".join(left_out[:5]) + (" …" if len(left_out) > 5 else "")
        told(f"left out, for they are covers, titles or contents: {shown}")


def _package(parts: Packed) -> str:
    """The part that lists the others."""
    root = parts.xml("META-INF/container.xml")
    found = next(root.iter("{*}rootfile"), None) if root is not None else None
    return attribute(found, "full-path") if found is not None else ""


def _locks(parts: Packed) -> list[Any]:
    root = parts.xml("META-INF/encryption.xml")
    return list(root.iter("{*}EncryptionMethod")) if root is not None else []


def _said(root: Any) -> dict[str, str]:
    """What the book says of itself; several authors with commas. Of several dates that of its publication."""
    out: dict[str, str] = {}
    for one in root.iter("{*}creator", "{*}publisher", "{*}date"):
        name, words = local(one), normal(one.text or "")
        if name == "date" and attribute(one, "event") == "publication":
            out[name] = words
        elif words and name == "creator" and name in out:
            out[name] += f", {words}"
        elif words:
            out.setdefault(name, words)
    return out


def _labels(parts: Packed, package: str, items: Any) -> dict[str, str]:
    """What the contents call each part, by its path: those of EPUB 3, or of EPUB 2."""
    out: dict[str, str] = {}
    for item in items:
        name = beside(package, attribute(item, "href"))
        if "nav" in attribute(item, "properties").split():
            tree = markup.tree(_decoded(parts.read(name)))
            for one in tree.iter("a") if tree is not None else ():
                out.setdefault(beside(name, one.get("href", "")), markup.plain(one))
        elif attribute(item, "media-type") == "application/x-dtbncx+xml" and (root := parts.xml(name)) is not None:
            for point in root.iter("{*}navPoint"):
                text, content = next(point.iter("{*}text"), None), next(point.iter("{*}content"), None)
                if text is not None and content is not None:
                    out.setdefault(beside(name, attribute(content, "src")), normal(text.text or ""))
    return out


def _is_no_chapter(item: Any, tree: Any, blocks: list[Block]) -> bool:
    if "nav" in attribute(item, "properties").split() or tree is None:
        return True
    kinds = [kind for one in [*tree.iter("body", "section")][:2] for kind in one.get("epub:type", "").split()]
    is_other = "chapter" not in kinds and not _NO_CHAPTER.isdisjoint(kinds)
    return is_other or sum(len(block.text) for block in blocks if block.kind != "heading") < SHORTEST


_CODING = re.compile(rb"""\A\s*<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


def _decoded(data: bytes) -> str:
    """The text of a part: UTF-8 or UTF-16, or what it names."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    named = _CODING.match(data[:200])
    try:
        text = data.decode(named[1].decode() if named else "utf-8-sig", "replace")
    except LookupError:
        text = data.decode("utf-8", "replace")
    return re.sub(r"\A\s*<\?xml[^>]*>", "", text.lstrip("\ufeff")).replace("\0", "")
