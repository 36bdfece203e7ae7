"""Writes text as Markdown and YAML that read back as the same text: `text(parse(write(t))) = t`, for any text.

Every sign that Markdown could take for more than itself is escaped; nothing else is touched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from sitegen.content.node import NULLS
from sitegen.content.text import normal

_SIGNS = re.compile(r"[\\`*_\[\]<>&|~]|!(?=\[)")
_LINE_START = re.compile(r"(?=#{1,6}(?:\s|\Z)|[-+](?:\s|\Z)|[- ]+\Z)|(?P<number>\d{1,9})(?=[.)](?:\s|\Z))")
"""What begins a heading, a list or a rule: a backslash goes before it, of a number behind it."""
_UNSEEN = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
"""What JSON leaves in a string as it is and YAML does not take; none of it is printable."""


def paragraph(text: str) -> str:
    r"""One line of Markdown that shows `text` with its white space collapsed; empty where there is no text.

    >>> print(paragraph("2022. It was_a_year & more"))
    2022\. It was\_a\_year \& more
    """
    words = _SIGNS.sub(lambda sign: "\\" + sign.group(), normal(text))
    start = _LINE_START.match(words) if words else None
    return f"{start.group()}\\{words[start.end() :]}" if start else words


def heading(text: str, level: int = 2) -> str:
    """A heading; a run of number signs at its end, which Markdown would drop, is escaped too."""
    words = re.sub(r"(?<![\\#])#(?=#*\Z)", r"\\#", paragraph(text))
    return f"{'#' * level} {words}"


def body(pieces: Iterable[str]) -> str:
    """The pieces of a body, a blank line between."""
    return "\n\n".join(piece for piece in pieces if piece) + "\n"


def quoted(text: str) -> str:
    """Text as a double-quoted YAML scalar."""
    out = json.dumps(text, ensure_ascii=False)
    return out if out.isprintable() else _UNSEEN.sub(lambda sign: f"\\u{ord(sign.group()):04x}", out)


def word(text: str) -> str:
    """An id as a YAML scalar: in quotes where YAML would read nothing in it, as in that of a band called Null.

    >>> print(word("the-owl"), word("null"))
    the-owl "null"
    """
    return quoted(text) if text in NULLS else text
