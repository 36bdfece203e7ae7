"""The words of one block, from the tokens of its inline content: text with formats that stand off by offset."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markdown_it.token import Token

from sitegen import urls
from sitegen.content.nfc import is_normal, nfc, offsets
from sitegen.content.text import shown
from sitegen.model.problem import Code
from sitegen.model.text import Block, Format

NESTED = 20
"""Formats that may lie in one another, as markdown-it has it of blocks: each stretch of words is told all of its own."""


class Inline:
    """Reads the words of blocks. `tell` takes what is wrong: line, code, message and hint."""

    def __init__(self, tell: Callable[[int, Code, str, str], None], *, references: bool) -> None:
        self.tell = tell
        self.references = references

    def block(self, kind: str, children: Sequence[Token], marker: str, line: int) -> Block:
        """One block from the tokens of its inline content; white space is collapsed across their borders."""
        pieces: list[str] = []
        size, last = 0, " "
        formats: list[Format] = []
        opened: list[tuple[int, Token, int]] = []
        is_told = False
        for token in children:
            start = size
            if token.type in ("text", "text_special", "code_inline", "softbreak", "hardbreak", "reference"):
                piece = shown(token.content) if token.content else " " if token.type.endswith("break") else ""
                if piece[:1].isspace() and last.isspace():
                    piece = piece[1:]
                pieces.append(piece)
                size, last = size + len(piece), piece[-1:] or last
                if token.type == "code_inline" and piece:
                    formats.append(Format(start, size, "code"))
                elif token.type == "hardbreak" and piece:
                    formats.append(Format(start, size, "br"))
                elif token.type == "reference":
                    formats.append(Format(start, size, "ref", token.meta["target"], named=token.meta["named"]))
            elif token.type == "html_inline":
                if is_told and token.content.startswith("</"):
                    continue  # its beginning was told of
                is_told = True
                self.tell(
                    line,
                    "raw-html",
                    f"raw HTML: {token.content[:60]!r}",
                    "write Markdown; to show the sign itself write `\\<`",
                )
            elif token.type == "image":
                self.tell(line, "image-in-text", "an image stands within a line of text", "give it a paragraph of its own")
            elif token.nesting == 1:
                if len(opened) == NESTED:
                    hint = "take some of the signs out, or write a backslash before those that are text"
                    self.tell(line, "nested-too-deep", f"more than {NESTED} formats lie in one another", hint)
                opened.append((start, token, len(formats)))
                formats.append(Format(0, 0, ""))  # keeps its place, so that outer formats come first
            elif token.nesting == -1 and opened:
                begin, opening, place = opened.pop()
                if len(opened) < NESTED:
                    formats[place] = self.format(opening, begin, start, line)
        text = "".join(pieces).rstrip()
        if not is_normal(text):  # a format stood between a letter and its accent
            moved = offsets(text, {place for f in formats for place in (f.start, f.end)})
            formats = [Format(moved[f.start], moved[f.end], f.tag, f.target, f.title, f.named) for f in formats]
            text = nfc(text)
        size = len(text)
        kept = tuple(f for f in formats if f.tag and f.start < min(f.end, size))
        kept = tuple(Format(f.start, min(f.end, size), f.tag, f.target, f.title, f.named) for f in kept)
        return Block(kind, text, kept, marker, "", line)

    def format(self, token: Token, start: int, end: int, line: int) -> Format:
        name = token.type.removesuffix("_open")
        if name != "link":
            return Format(start, end, name)
        target = str(token.attrs.get("href", ""))
        if not urls.is_safe_link(target):
            self.tell(
                line,
                "unsafe-link",
                f"a link to {target[:80]!r}",
                f"allowed are addresses of the archive and {', '.join(urls.SCHEMES)}",
            )
            return Format(start, start, "")
        title = str(token.attrs.get("title", ""))
        if title and not self.references:
            self.tell(
                line, "link-title", f"a link with the title {title[:60]!r}", "an article shows its seed's words alone: take the title out"
            )
        return Format(start, end, "link", target, title)
