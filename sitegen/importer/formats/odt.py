"""OpenDocument texts (.odt, .fodt), as LibreOffice writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sitegen import __version__
from sitegen.content.text import normal
from sitegen.importer.formats.arranging import Block, Maker, document, row
from sitegen.importer.formats.document import Document, NoArticle, Properties, Told
from sitegen.importer.formats.packed import Packed, attribute, local, packed, parsed
from sitegen.importer.line import Kind

KINDS = (b"application/vnd.oasis.opendocument.text", b"application/vnd.oasis.opendocument.text-template")
_FLAT = re.compile(rb"<office:document[^>]+mimetype=.application/vnd\.oasis\.opendocument\.text")
_INDEXES = frozenset([
    "table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index", "bibliography",
])  # fmt: skip
"""What the program makes of the words of the text, and that would stand in it twice."""
_ASIDE = frozenset(["tracked-changes", "annotation", "annotation-end", "forms", "sequence-decls", "variable-decls"])
"""What is no part of the text: what was deleted, comments."""
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_DESCRIBED = frozenset([f"{_SVG}title", f"{_SVG}desc"])
"""What is said of a picture to those who do not see it."""
_SHAPES = frozenset(["frame", "g", "custom-shape", "rect", "ellipse", "circle", "polygon", "caption"])
_CAPTIONS = frozenset(["Illustration", "Figure", "Drawing"])
"""The styles of captions of pictures, besides those that are called so. What a table is called is no caption of a picture."""


def is_odt(data: bytes, name: str) -> bool:
    """Whether a file is an OpenDocument text, by the type that it names."""
    del name
    parts = packed(data)
    if parts is None:
        return _FLAT.search(data[:10_000]) is not None
    try:
        return parts.read("mimetype").strip() in KINDS
    except ValueError:
        return False


def documents(data: bytes, lang: str, told: Told) -> Iterator[Document]:
    """The one article of an OpenDocument text."""
    parts = packed(data)
    roots = [parsed(data, "XML")] if parts is None else _roots(parts)
    body = next((one for root in roots for one in root.iter() if local(one) == "body"), None)
    text = next((one for one in body if local(one) == "text"), None) if body is not None else None
    if text is None:
        raise ValueError("the file is damaged: it has no text")
    reader = _Reader(_styles(roots))
    blocks = [*reader.blocks(text), *(block for note in reader.notes for block in reader.blocks(note))]
    if reader.indexes:
        told("left out: the table of contents, or an index")
    said = {local(one): one.text or "" for root in roots for meta in root.iter("{*}meta") for one in meta}
    says = Properties.of(said.get("initial-creator") or said.get("creator", ""), said.get("creation-date") or said.get("date", ""))
    yield document(blocks, lang, Maker("sitegen", __version__), title=said.get("title", ""), says=says)


def _roots(parts: Packed) -> list[Any]:
    if b"encryption-data" in parts.read("META-INF/manifest.xml"):
        raise NoArticle("the file is locked with a password", "open it with the password, and save it without")
    found = [parts.xml(name) for name in ("content.xml", "styles.xml", "meta.xml")]
    return [root for root in found if root is not None]


def _styles(roots: list[Any]) -> dict[str, str]:
    """The style that each is made from."""
    return {attribute(style, "name"): attribute(style, "parent-style-name") for root in reversed(roots) for style in root.iter("{*}style")}


class _Reader:
    """Reads the blocks of a text; `notes` gathers its footnotes, `indexes` counts what was left out."""

    def __init__(self, styles: Mapping[str, str]) -> None:
        self.styles = styles
        self.notes: list[Any] = []
        self.indexes = 0

    def blocks(self, parent: Any, kind: Kind = "paragraph", *, boxed: bool = False) -> Iterator[Block]:
        """The blocks of a part of the text. `kind`: what its paragraphs are; `boxed`: it is a box, in which a picture has a caption."""
        for one in parent:
            name = local(one)
            if name in ("p", "h"):
                yield from self._block(one, name, kind, boxed=boxed)
            elif name in _INDEXES:
                self.indexes += 1
            elif name == "list":
                yield from self.blocks(one, "item", boxed=boxed)
            elif name == "table-row":
                yield from row([list(self.blocks(cell)) for cell in one if local(cell) == "table-cell"])
            elif name in _SHAPES:
                yield from self.blocks(one, kind, boxed=True)
            elif name not in _ASIDE and one.tag not in _DESCRIBED:
                yield from self.blocks(one, kind, boxed=boxed)

    def _block(self, one: Any, name: str, kind: Kind, *, boxed: bool) -> Iterator[Block]:
        words: list[str] = []
        shapes: list[Any] = []
        self._inline(one, words, shapes)
        text = normal("".join(words))
        made_from = self._made_from(attribute(one, "style-name"))
        is_title = "Title" in made_from
        is_heading = name == "h" or any(style.startswith("Heading_20_") for style in made_from)
        is_of_table = any("table" in style.lower() for style in made_from)
        is_caption = not is_of_table and any(style in _CAPTIONS or "caption" in style.lower() for style in made_from)
        shows = boxed and any(local(inner) == "image" for shape in shapes for inner in shape.iter())
        if text:
            found: Kind = "heading" if is_heading and not is_title else "caption" if is_caption or shows else kind
            yield Block(found, text, is_title)
        for shape in shapes:
            yield from self.blocks(shape, kind, boxed=True)

    def _inline(self, one: Any, words: list[str], shapes: list[Any]) -> None:
        """Gathers the words of a paragraph, and what is anchored in it."""
        words.append(one.text or "")
        for child in one:
            name = local(child)
            if name in ("s", "tab", "line-break"):
                words.append(" ")
            elif name == "note":
                self.notes += [body for body in child if local(body) == "note-body"]
            elif name in _SHAPES:
                shapes.append(child)
            elif name not in _ASIDE and child.tag not in _DESCRIBED:
                self._inline(child, words, shapes)
            words.append(child.tail or "")

    def _made_from(self, style: str) -> list[str]:
        """A style and those that it is made from."""
        out: list[str] = []
        while style and style not in out:
            out.append(style)
            style = self.styles.get(style, "")
        return out
