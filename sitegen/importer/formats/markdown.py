"""Markdown files, with or without front matter. What their markup shows is the text; front matter of any generator tells title, date,
author and address under the names that most of them use.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from sitegen.archive.verbatim import decode
from sitegen.content.tables import LACKING, ragged
from sitegen.content.text import caption_of, normal
from sitegen.importer.formats.extraction import Extraction, Origin, marked, recorded
from sitegen.importer.structure import CAPTION_LIMIT, Piece, Structure


def is_markdown(name: str) -> bool:
    """Whether a file is Markdown: by its name alone, for any text is valid Markdown."""
    return name.lower().endswith((".md", ".markdown"))


def article(data: bytes) -> Extraction:
    """The article of a Markdown file. Raises ValueError where it holds none, or its front matter cannot be read."""
    text = decode(data)
    if text is None:
        raise ValueError("the file is not text")
    front, body = _halves(text)
    if ragged(body) is not None:
        raise ValueError(f"its tables lack more than {LACKING:,} cells")
    pieces = list(_pieces(MarkdownIt("commonmark", {"html": True}).enable("table").parse(body)))
    title = normal(_said(front, "title", "headline"))
    if not title and pieces and pieces[0].kind == "heading":
        title = pieces.pop(0).text
    elif pieces and pieces[0].kind == "heading" and pieces[0].text == title:
        del pieces[0]
    if not pieces:
        raise ValueError("the file holds no text below its front matter" if front else "the file holds no text")
    structure = Structure(title or None, tuple(pieces))
    origin = Origin(
        _said(front, "canonical_url", "canonicalUrl", "canonical", "url", "link", "source_url"),
        normal(_said(front, "publisher", "publication", "site")),
        normal(_said(front, "byline", "author", "authors")),
    )
    dated = marked(_said(front, "date", "published", "pubDate", "publishDate"))
    return Extraction(recorded(structure), structure, "markdown-it-py", metadata.version("markdown-it-py"), dated, origin)


def _halves(text: str) -> tuple[Mapping[str, object], str]:
    """The front matter, if there is any, and what stands below it."""
    lines = text.replace("\r\n", "\n").removeprefix("\ufeff")
    if not lines.startswith("---\n"):
        return {}, lines
    front, fence, body = lines[4:].partition("\n---\n")
    if not fence:
        return {}, lines
    try:
        wrong = _growing(front)
        if wrong:
            raise ValueError(wrong)
        found = yaml.load(front, yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError) as error:
        raise ValueError(f"the front matter cannot be read as YAML: {str(error).splitlines()[0]}") from error
    return (found, body) if isinstance(found, dict) else ({}, lines)


DEPTH = 50
"""Levels of nesting in front matter."""


def _growing(front: str) -> str:
    """Why front matter would grow as it is read, if it would: an alias stands for all that its anchor has, and a list of such for more
    than any memory holds."""
    depth = 0
    for event in yaml.parse(front, yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            return "it has aliases (`*name`)"
        if depth > DEPTH:
            return f"it is nested deeper than {DEPTH} levels"
    return ""


def _said(front: Mapping[str, object], *names: str) -> str:
    """The value under the first of these names that has one, as text; several as a list with commas."""
    for name in names:
        value = front.get(name)
        values = value if isinstance(value, list) else [value]
        words = [
            one.isoformat() if isinstance(one, datetime.date) else str(one.get("name", "")) if isinstance(one, dict) else str(one)
            for one in values
            if one is not None
        ]
        if any(words):
            return ", ".join(word for word in words if word)
    return ""


def _pieces(tokens: Sequence[Token]) -> Iterator[Piece]:
    """The blocks that readers see, in order; raw HTML is none."""
    above: list[str] = []
    for token in tokens:
        if token.type == "inline":
            yield from _shown(token, above)
        elif token.type in ("fence", "code_block"):
            yield from (Piece("paragraph", words) for line in token.content.split("\n") if (words := normal(line)))
        elif token.nesting > 0:
            above.append(token.type)
        elif token.nesting < 0:
            above.pop()


def _shown(token: Token, above: Sequence[str]) -> Iterator[Piece]:
    """The words of one block; pictures with words of their own are captions."""
    words = []
    for child in token.children or ():
        if child.type == "image":
            caption = normal(str(child.attrs.get("title") or ""))
            if caption:
                yield Piece("caption", caption)
        elif child.type in ("text", "code_inline"):
            words.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            words.append(" ")
    text = normal("".join(words))
    if not text:
        return
    is_italic = [child.type for child in token.children or () if child.nesting][:1] == ["em_open"] and text.startswith("(")
    if "heading_open" in above:
        yield Piece("heading", text)
    elif len(text) <= CAPTION_LIMIT and (is_italic or caption_of(text) != text) and text.startswith("(") and text.endswith(")"):
        yield Piece("caption", text)
    else:
        yield Piece("paragraph", text)
