r"""The short way through Markdown: bodies of nothing but headings, images and paragraphs without a sign that means anything.

Most articles are that, and what `import` writes always is. Such a body is read here a good deal faster than by a full parser,
to the very same elements; a property test holds the two together. At the first doubt there is no result, and the full
parser reads it all.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# a line begins with a letter, a number that begins no list, or an opening sign; it goes on with anything that has no meaning in
# Markdown, or has it taken away by a backslash; each sign can be read in one way alone, so that none is read twice
_WORDS = r"(?:[^\\`*_\[\]<>&|!\n\0]++|!(?!\[)|\\[!-/:-@\[-`{-~])*+"
_LINE = rf"(?:[^\W_\d]|\d(?!\d{{0,8}}[.)](?:\s|\Z))|[“‘«„'\"(]|\\[!-/:-@\[-`{{-~]){_WORDS}"
_PARAGRAPH = re.compile(rf"{_LINE}(?:(?<! )\n{_LINE})*\Z")
_HEADING = re.compile(rf"(#{{1,6}}) ({_LINE})\Z")
_IMAGE = re.compile(r"!\[\]\((image:[a-z0-9-]+)\)\Z")
_NO_WORDS = re.compile(r"[\\`*_\[\]<>&\n\r\0]")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


class Chunk(NamedTuple):
    """A block of a plain body: `kind` is paragraph, heading or image, `line` counts from 0. `text` is unescaped; of an image it is
    the address, of a heading `level` tells the signs before it."""

    kind: str
    text: str
    line: int
    level: int = 0


def is_words(text: str) -> bool:
    """Whether inline Markdown is nothing but words, on one line."""
    return _NO_WORDS.search(text) is None


def chunks(body: str) -> list[Chunk] | None:
    """The blocks of a plain body; None where it is not plain."""
    out = []
    line = 0
    for part in body.rstrip("\n").split("\n\n"):
        text = part.lstrip("\n")
        line += len(part) - len(text)
        if _PARAGRAPH.match(text) and not text.endswith(" "):
            out.append(Chunk("paragraph", _ESCAPE.sub(r"\1", text) if "\\" in text else text, line))
        elif found := _HEADING.match(text):
            if text.endswith(("#", " ")):
                return None
            out.append(Chunk("heading", _ESCAPE.sub(r"\1", found[2]), line, len(found[1])))
        elif found := _IMAGE.match(text):
            out.append(Chunk("image", found[1], line))
        elif text:
            return None
        line += text.count("\n") + 2
    return out
