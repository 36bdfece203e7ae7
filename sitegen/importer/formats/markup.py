"""HTML that is an article as a whole, such as a chapter of an EPUB or the content of a feed's item: all its words, by their tags.

(Of a saved web page the article must be found first: `web`.)
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from sitegen.content.text import normal
from sitegen.importer.formats.arranging import Block, row
from sitegen.importer.line import Kind

_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "figcaption": "caption",
    "caption": "paragraph",  # of a table, which is no picture
    **dict.fromkeys(("li", "dd", "dt"), "item"),
}
_BLOCKS = frozenset([
    "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "figure", "blockquote", "pre", "address", "ul", "ol",
    "dl", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "hr", "body", "html", "center", "details", "summary", "fieldset", "form",
])  # fmt: skip
_WITHOUT_WORDS = frozenset([
    "script", "style", "template", "head", "noscript", "iframe", "object", "audio", "video", "svg", "select", "button",
])  # fmt: skip
_REFERENCES = frozenset(["noteref", "doc-noteref", "doc-backlink", "footnote-ref", "footnote-back"])
"""The signs that lead to notes and back from them, by type, role or class: as the other formats have it, they are no words of the text."""
_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
DEPTH = 200
"""Tags within one another."""
_is_deep = etree.XPath(f"boolean({'/*' * (DEPTH + 1)})")


def tree(data: bytes | str) -> Any:
    """The root of a page or a piece of HTML; None where it has no words. Raises ValueError where it cannot be read."""
    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = lxml_html.document_fromstring(data.encode("utf-8", "replace") if isinstance(data, str) else data, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        if isinstance(error, etree.ParserError):
            return None
        raise ValueError("it cannot be read as HTML") from error
    if _is_deep(root):
        raise ValueError(f"its HTML is nested deeper than {DEPTH} tags")
    return root


def blocks(root: Any, *, by_lines: bool = False) -> list[Block]:
    """The blocks of a tree, in order. `by_lines`: a blank line ends a paragraph too, as where nobody has written tags."""
    into: list[list[Block]] = [[]]
    rows: list[list[list[Block]]] = []
    kinds: list[Kind] = ["paragraph"]
    words: list[str] = []

    def end() -> None:
        for part in _BREAK.split("".join(words)):
            if text := normal(part):
                into[-1].append(Block(kinds[-1], text))
        words.clear()

    def put(text: str | None) -> None:
        if text:
            words.append(text if by_lines else re.sub(r"\s+", " ", text))

    walker = etree.iterwalk(root, events=("start", "end"))
    for event, one in walker:
        tag = one.tag if isinstance(one.tag, str) else ""
        kind = _KINDS.get(tag)
        is_block = kind is not None or tag in _BLOCKS
        if event == "start":
            if is_block:
                end()
                kinds.append(kind or ("paragraph" if tag in ("td", "th") else kinds[-1]))
            if tag == "tr":
                rows.append([])
            elif tag in ("td", "th"):
                into.append([])
            if tag in _WITHOUT_WORDS or _is_reference(one):
                walker.skip_subtree()
            elif tag == "br":
                words.append("\n")
            else:
                put(one.text)
            continue
        if is_block:
            end()
            kinds.pop()
        if tag in ("td", "th"):
            cell = into.pop()
            if rows:
                rows[-1].append(cell)
            else:
                into[-1] += cell
        elif tag == "tr":
            into[-1] += row(rows.pop())
        if one is not root:
            put(one.tail)
    end()
    return into[0]


def _is_reference(one: Any) -> bool:
    return one.tag == "a" and any(name in _REFERENCES for key in ("epub:type", "role", "class") for name in one.get(key, "").split())


def plain(root: Any) -> str:
    """All words of a tree in a line."""
    return normal(" ".join(root.itertext())) if root is not None else ""


_OPEN, _CLOSE = "[caption", "[/caption]"
_MEDIA = re.compile(r"\[(gallery|playlist|audio|video|embed)(?:\s[^\[\]\n]{0,2000})?\](?:[^\[\]\n]{0,2000}\[/\1\])?")


def captioned(content: str) -> str:
    """The content of a WordPress post with its captions as HTML, and without the marks that stand for pictures, films and sounds."""
    content = _MEDIA.sub(" ", content)
    out, at = [], 0
    while (start := content.find(_OPEN, at)) >= 0:
        begins, ends = content.find("]", start), content.find(_CLOSE, start)
        if not start < begins < ends:
            break
        out += [content[at:start], "<figure><figcaption>", content[begins + 1 : ends], "</figcaption></figure>"]
        at = ends + len(_CLOSE)
    return "".join([*out, content[at:]])
