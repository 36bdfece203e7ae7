"""Markdown files, with or without front matter. What their markup shows is the text; front matter of any generator tells title, date,
author and address under the names that most of them use.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from sitegen.archive.verbatim import decode
from sitegen.content.tables import LACKING, ragged
from sitegen.content.text import normal
from sitegen.importer.captions import is_caption
from sitegen.importer.formats.document import Document, Origin, Told, marked, recorded
from sitegen.importer.headings import may_be_heading
from sitegen.importer.language import Language, guessed, language
from sitegen.importer.structure import Piece, Structure, arranged

_FRONT = re.compile(r"^\w+:", re.M)
_MARKED = re.compile(
    r"^\#{1,6} \S[^\n]*\n\s*+\S"  # a heading before something
    r"|!\[[^\[\]\n]{0,300}\]\([^()\n]{1,300}\)"  # a picture
    r"|\[[^\[\]\n]{1,300}\]\(https?://[^()\s]{1,300}\)"  # a link
    r"|\n\n\*\*\w[^*\n]{1,90}\*\*\n",  # a line in bold
    re.M,
)
"""Marks that no plain text has by chance. What they hold is bounded, and ends where another begins: else time would grow as the square."""
_LOOKED_AT = 100_000


def is_markdown(data: bytes, name: str) -> bool:
    """Whether a file is Markdown: by its name, or by marks that no plain text has by chance."""
    if name.lower().endswith((".md", ".markdown")):
        return True
    text = (decode(data) or "")[:_LOOKED_AT].replace("\r\n", "\n").removeprefix("\ufeff")
    front, fence, _ = text[4:].partition("\n---\n") if text.startswith("---\n") else ("", "", "")
    return bool(fence and _FRONT.search(front)) or _MARKED.search(text) is not None


def documents(data: bytes, lang: str, told: Told) -> Iterator[Document]:
    """The one article of a Markdown file."""
    del told
    yield article(data, lang)


def article(data: bytes, lang: str) -> Document:
    """The article of a Markdown file. Raises ValueError where it holds none, or its front matter cannot be read."""
    text = decode(data)
    if text is None:
        raise ValueError("the file is not text")
    front, body = _halves(text)
    if ragged(body) is not None:
        raise ValueError(f"its tables lack more than {LACKING:,} cells")
    parsed = MarkdownIt("commonmark", {"html": True}).enable("table").parse(body)
    rules = language(guessed(body, lang))
    pieces = list(_pieces(parsed, rules))
    title = normal(_said(front, "title", "headline"))
    if pieces and pieces[0] == Piece("heading", title):
        del pieces[0]
    if not pieces:
        raise ValueError("the file holds no text below its front matter" if front else "the file holds no text")
    structure = Structure(title, tuple(pieces)) if title else arranged(pieces, rules)
    if not structure.pieces:
        raise ValueError("the file holds no text below its title")
    origin = Origin(
        _said(front, "canonical_url", "canonicalUrl", "canonical", "url", "link", "source_url"),
        normal(_said(front, "publisher", "publication", "site")),
        normal(_said(front, "byline", "author", "authors")),
    )
    dated = marked(_said(front, "date", "published", "pubDate", "publishDate"))
    return Document(recorded(structure), structure, "markdown-it-py", metadata.version("markdown-it-py"), dated, origin)


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


def _pieces(tokens: Sequence[Token], language: Language) -> Iterator[Piece]:
    """The blocks that readers see, in order; raw HTML is none. A line in italics below a picture tells what it shows, as the title of the
    picture does where there is no such line."""
    above: list[str] = []
    picture: Piece | None = None  # the last block was a picture alone, with this title
    was_picture = begun = False
    for token in tokens:
        if token.type == "inline":
            pictures = [child for child in token.children or () if child.type == "image"]
            if was_picture and not pictures and _is_set_off(token):
                yield Piece("caption", normal(_words(token)))
                picture, was_picture = None, False
                continue
            if picture is not None:
                yield picture
            picture, was_picture = None, False
            if pictures and not normal(_words(token)):
                titles = [Piece("caption", title) for one in pictures if (title := normal(str(one.attrs.get("title") or "")))]
                yield from titles[:-1]
                picture, was_picture = (titles[-1] if titles else None), True
                continue
            begun = begun or len(_words(token)) > HEAD_LINE * 2
            yield from _shown(token, above, language) if begun else _lines(token, above, language)
        elif token.type in ("fence", "code_block"):
            yield from (Piece("paragraph", words) for line in token.content.split("\n") if (words := normal(line)))
        elif token.nesting > 0:
            above.append(token.type)
        elif token.nesting < 0:
            above.pop()
    if picture is not None:
        yield picture


HEAD_LINE = 60
"""Signs of a line in the head of a text; what is longer is running text."""


def _lines(token: Token, above: Sequence[str], language: Language) -> Iterator[Piece]:
    """The block of the head of a text: its lines are not joined there, as a date and the number of a release below each other."""
    lines = [normal(line) for line in token.content.split("\n")]
    plain = all(child.type in ("text", "softbreak", "hardbreak") for child in token.children or ())
    if plain and len(lines) > 1 and all(len(line) <= HEAD_LINE for line in lines):
        yield from (Piece("paragraph", line) for line in lines if line)
    else:
        yield from _shown(token, above, language)


def _words(token: Token) -> str:
    """What readers see of a block, pictures aside."""
    signs = {"softbreak": " ", "hardbreak": " "}
    return "".join(child.content if child.type in ("text", "code_inline") else signs.get(child.type, "") for child in token.children or ())


def _is_set_off(token: Token, mark: str = "em") -> bool:
    """Whether all of a block is in italics, or in what else the mark says."""
    children = [
        child
        for child in token.children or ()
        if child.type not in ("image", "softbreak", "hardbreak") and (child.type != "text" or child.content.strip())
    ]
    kinds = [child.type for child in children]
    return kinds[:1] == [f"{mark}_open"] and kinds[-1:] == [f"{mark}_close"] and kinds.count(f"{mark}_open") == 1


def _shown(token: Token, above: Sequence[str], language: Language) -> Iterator[Piece]:
    """The words of one block; pictures with words of their own are captions."""
    pictures = [child for child in token.children or () if child.type == "image"]
    text = normal(_words(token))
    is_told = bool(pictures) and _is_set_off(token)
    for child in pictures:
        caption = normal(str(child.attrs.get("title") or ""))
        if caption and not is_told:
            yield Piece("caption", caption)
    if is_told:
        yield Piece("caption", text)
    elif text:
        is_heading = "heading_open" in above or (_is_set_off(token, "strong") and may_be_heading(text))
        yield Piece("heading" if is_heading else "caption" if is_caption(text, language) else "paragraph", text)
