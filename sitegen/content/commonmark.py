"""markdown-it-py as this archive reads Markdown: CommonMark with tables, and `[[id]]` in editors' texts; no typographer, no linkify."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_REFERENCE = re.compile(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]")


@cache
def commonmark(references: bool) -> MarkdownIt:
    """The library's parser; `references` turns on `[[id]]`.

    HTML is read, so that it can be refused by line; it is never rendered. Every link is read, for `urls.is_safe_link` decides, with a
    problem.
    """
    parser = _EveryLink("commonmark", {"html": True}).enable("table")
    if references:
        parser.inline.ruler.before("link", "reference", _reference)
    return parser


class _EveryLink(MarkdownIt):
    def validateLink(self, _url: str) -> bool:
        return True


def _reference(state: StateInline, silent: bool) -> bool:
    """The inline rule for `[[id]]` and `[[id|words]]`."""
    found = _REFERENCE.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        token = state.push("reference", "", 0)
        token.content = found.group(2) or found.group(1).rpartition(":")[2]
        token.meta = {"target": found.group(1).strip(), "named": found.group(2) is not None}
    state.pos = found.end()
    return True
