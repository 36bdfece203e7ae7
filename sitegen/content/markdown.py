"""Markdown to elements: markdown-it-py's tokens, cut at every block of text.

Raw HTML and unsafe links are problems, never output. Everything that is put into `markup` is written here, from a closed set of tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

import msgspec
from markdown_it.token import Token

from sitegen import urls
from sitegen.content.commonmark import commonmark
from sitegen.content.inline import Inline
from sitegen.content.plain import Chunk, chunks, is_words
from sitegen.content.tables import LACKING, ragged
from sitegen.content.text import shown
from sitegen.model.article import Reference
from sitegen.model.kinds import plural_of
from sitegen.model.problem import Code, Problem
from sitegen.model.text import Block, Element

_PLAIN_TAGS = {
    "bullet_list": "ul", "list_item": "li", "blockquote": "blockquote", "table": "table", "thead": "thead", "tbody": "tbody",
    "tr": "tr", "paragraph": "p",
}  # fmt: skip
TITLE = "title"
"""The kind of the element that is the title where it stands in the body, and of its block."""
_KINDS = {"bullet_list": "list", "ordered_list": "list", "blockquote": "quote", "table": "table", "paragraph": "paragraph"}


class Body(NamedTuple):
    """A Markdown body: its elements, and what is wrong with it."""

    elements: tuple[Element, ...]
    problems: tuple[Problem, ...]


def parse(text: str, path: str, first_line: int, *, references: bool, taken: frozenset[str] = frozenset(), title: str = "") -> Body:
    """The elements of a Markdown body.

    `first_line` is the body's first line in the file. `references` turns on `[[id]]`; an article's body has none, for its
    words are not ours. `taken` are ids that headings must not get. The first heading of first level that says no more than the `title`
    is where the title stands.
    """
    reader = _Reader(path, first_line, set(taken), references=references, title=title)
    plain = chunks(text)
    if plain is not None:
        return Body(tuple(reader.plain(chunk) for chunk in plain), ())
    return parse_in_full(text, path, first_line, references=references, taken=taken, title=title)


def parse_in_full(text: str, path: str, first_line: int, *, references: bool, taken: frozenset[str] = frozenset(), title: str = "") -> Body:
    """The same by markdown-it alone."""
    reader = _Reader(path, first_line, set(taken), references=references, title=title)
    wrong = ragged(text)
    if wrong is not None:
        reader.problem(
            first_line + wrong, "ragged-table", f"the tables lack more than {LACKING:,} cells", "give every row as many as the head has"
        )
        return Body((), tuple(reader.problems))
    tokens = commonmark(references).parse(text)
    return Body(tuple(reader.elements(tokens)), tuple(reader.problems))


def own_words(text: str, path: str, line: int, problems: list[Problem]) -> tuple[Block, list[Reference]]:
    """One block of inline Markdown by the editors, with what it names; what is wrong with it is added to `problems`."""
    block, found = parse_inline(text, path, line)
    problems += found
    linked = addresses([Element(block.kind, ("", ""), (block,))])
    references = [Reference("address", target, path, line) for target, _ in linked]
    named = (one.target.rpartition(":") for one in block.formats if one.tag == "ref")
    return block, [*references, *(Reference(plural_of(kind), stem, path, line) for kind, _, stem in named)]


def parse_inline(text: str, path: str, line: int) -> tuple[Block, tuple[Problem, ...]]:
    """One block of inline Markdown, such as an editor's note."""
    if is_words(text):
        return Block("note", shown(text).strip(), line=line), ()
    return parse_inline_in_full(text, path, line)


def parse_inline_in_full(text: str, path: str, line: int) -> tuple[Block, tuple[Problem, ...]]:
    """The same by markdown-it alone."""
    reader = _Reader(path, line, set())
    tokens = commonmark(True).parseInline(text)
    return reader.inline.block("note", tokens[0].children or [], "", line), tuple(reader.problems)


class _Reader:
    def __init__(self, path: str, first_line: int, taken: set[str], *, references: bool = True, title: str = "") -> None:
        self.path = path
        self.first_line = first_line
        self.title = title
        self.inline = Inline(self.problem, references=references)
        self.taken = taken
        self.numbered: dict[str, int] = {}
        self.problems: list[Problem] = []

    def problem(self, line: int, code: Code, message: str, hint: str) -> None:
        self.problems.append(Problem(self.path, line, code, message, hint))

    def elements(self, tokens: Sequence[Token]) -> Iterator[Element]:
        start = 0
        for index, token in enumerate(tokens):
            if token.level == 0 and token.nesting <= 0:
                element = self.element(tokens[start : index + 1])
                if element is not None:
                    yield element
                start = index + 1

    def line(self, token: Token) -> int:
        return self.first_line + token.map[0] if token.map else self.first_line

    def plain(self, chunk: Chunk) -> Element:
        """The element of a block that holds no Markdown."""
        line = self.first_line + chunk.line
        if chunk.kind == "image":
            return Element("image", (), (Block("image", "", line=line),), chunk.text)
        block = Block(chunk.kind, shown(chunk.text).strip(), line=line)
        return self.titled(block, chunk.level) if chunk.level else Element("paragraph", ("<p>", "</p>"), (block,))

    def element(self, tokens: Sequence[Token]) -> Element | None:
        head = tokens[0]
        name = head.type.removesuffix("_open")
        if name == "html_block":
            self.problem(
                self.line(head),
                "raw-html",
                f"raw HTML: {head.content.strip()[:60]!r}",
                "write Markdown; to show the sign itself write `\\<`",
            )
            return None
        if name == "hr":
            return Element("rule", ("<hr>",), ())
        if name in ("fence", "code_block"):
            return Element("code", ("<pre><code>", "</code></pre>"), (self.code(head),))
        if name == "heading":
            return self.heading(tokens)
        if name == "paragraph":
            children = tokens[1].children or []
            if len(children) == 1 and children[0].type == "image":
                return self.image(children[0], self.line(head))
        markup, blocks = self.pieces(tokens)
        return Element(_KINDS[name], tuple(markup), tuple(blocks))

    def heading(self, tokens: Sequence[Token]) -> Element:
        block = self.inline.block("heading", tokens[1].children or [], "", self.line(tokens[0]))
        return self.titled(block, int(tokens[0].tag[1]))

    def titled(self, block: Block, level: int) -> Element:
        if level == 1 and self.title and block.text == self.title:
            self.title = ""
            return Element(TITLE, (), (msgspec.structs.replace(block, kind=TITLE),))
        level = min(max(level, 2), 6)  # the title alone is a first-level heading
        stem = urls.latin_slug(block.text, 60) or "section"  # of other scripts too: places in pages keep the address that they had
        id, number = stem, self.numbered.get(stem, 1)
        while id in self.taken:
            number += 1
            id = f"{stem}-{number}"
        self.numbered[stem] = number
        self.taken.add(id)
        return Element("heading", (f'<h{level} id="{id}">', f"</h{level}>"), (block,), id, level)

    def image(self, token: Token, line: int) -> Element:
        source = str(token.attrs.get("src", ""))
        alt = Block("image", shown(token.content).strip(), line=line)
        return Element("image", (), (alt,), source)

    def code(self, token: Token) -> Block:
        return Block("code", shown(token.content).strip(), raw=token.content, line=self.line(token))

    def pieces(self, tokens: Sequence[Token]) -> tuple[list[str], list[Block]]:
        """Markup and blocks in turn, for lists, quotes, tables and paragraphs, however nested."""
        markup, blocks = [""], []
        marker = ""
        parents: list[str] = []
        counts: list[int] = []
        """The number of the last item, list by list."""
        for index, token in enumerate(tokens):
            name = token.type.removesuffix("_open").removesuffix("_close")
            before = counts[-1] if counts else 0
            if token.nesting == 1:
                if name == "list_item":
                    marker = f"{marker} {token.info}{token.markup}".strip()
                    counts[-1] = int(token.info) if token.info else counts[-1]
                elif name in ("ordered_list", "bullet_list"):
                    counts.append(int(token.attrs.get("start", 1)) - 1)
                parents.append(name)
            if token.type == "inline":
                kind = {"th": "cell", "td": "cell", "heading": "heading"}.get(parents[-1])
                kind = kind or ("item" if "list_item" in parents else "paragraph")
                blocks.append(self.inline.block(kind, token.children or [], marker, self.line(token)))
                markup.append("")
                marker = ""
            elif name in ("fence", "code_block"):
                markup[-1] += "<pre><code>"
                blocks.append(self.code(token))
                markup.append("</code></pre>")
            elif name == "hr":
                markup[-1] += "<hr>"
            elif name == "html_block":
                self.element([token])
            elif token.nesting == -1 and name == "list_item" and marker:
                blocks.append(Block("item", "", marker=marker))
                markup.append("")
                marker = ""
            if token.nesting and not token.hidden:
                markup[-1] += _tag(name, token) if name != "list_item" else _item(token, before)
            elif token.nesting == -1 and token.hidden and tokens[index + 1].nesting == 1:
                markup[-1] += "\n"
            if token.nesting == -1:
                parents.pop()
                if name in ("ordered_list", "bullet_list"):
                    counts.pop()
        return markup, blocks


def _item(token: Token, before: int) -> str:
    """A list item; one whose number does not follow from the last says so, for readers must see the number that is written."""
    if token.nesting == -1:
        return "</li>"
    return f'<li value="{int(token.info)}">' if token.info and int(token.info) != before + 1 else "<li>"


def _tag(name: str, token: Token) -> str:
    slash = "/" if token.nesting == -1 else ""
    if name == "heading":  # within a quote or a list: no section of the article
        return f"<{slash}p{'' if slash else ' class=' + chr(34) + 'minor-heading' + chr(34)}>"
    if name == "ordered_list":
        first = token.attrs.get("start")
        return "</ol>" if slash else f'<ol start="{int(first)}">' if first is not None else "<ol>"
    if name in ("th", "td"):
        align = re.search(r"text-align:(left|right|center)", str(token.attrs.get("style", "")))
        return f"</{name}>" if slash else f'<{name} class="align-{align.group(1)}">' if align else f"<{name}>"
    return f"<{slash}{_PLAIN_TAGS[name]}>"


def addresses(elements: Sequence[Element]) -> Iterator[tuple[str, int]]:
    """The links of a body that stay within the site, with their lines."""
    for block in (block for element in elements for block in element.blocks):
        for one in block.formats:
            if one.tag == "link" and not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", one.target):
                yield one.target, block.line


def code_html(block: Block) -> str:
    """The code of a code block, escaped."""
    return escape(block.raw, quote=False)
