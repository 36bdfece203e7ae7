"""HTML cut into tags as browsers cut it (HTML Standard, section 13.2.5), so that the words between tags, scripts and comments are told from
tags; each knows where it stands, so that what does not change keeps its bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_RAW = frozenset(["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"])
"""In these the text is no HTML until they end."""


class Attribute(NamedTuple):
    """An attribute of a tag: its name in small letters, its value (None where it has none), and where it stands in the text."""

    name: str
    value: str | None
    start: int
    end: int


class Tag(NamedTuple):
    """A tag: the name of its element in small letters, its attributes, and where it stands in the text."""

    name: str
    is_end: bool
    attributes: tuple[Attribute, ...]
    start: int
    end: int

    def value(self, name: str) -> str | None:
        """The value of an attribute; empty where it has none, None where it is not there."""
        return next((one.value or "" for one in self.attributes if one.name == name), None)


_NEXT = re.compile(r"<(?:(?P<comment>!--(?:-?>|.*?(?:--!?>|\Z))|[!?][^>]*>|/[^a-zA-Z>][^>]*>)|(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*))", re.S)
_ATTRIBUTE = re.compile(
    r"""[\s/]*(?P<name>[^\s/>][^\s/>=]*)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<open>["'])|(?P<bare>[^\s>]*)))?"""
)
_CLOSE = re.compile(r"[\s/]*>")
_REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")


def tags(text: str) -> Iterator[Tag]:
    """The tags of a document, in order, without those in comments and scripts. A tag that does not end is none."""
    at = 0
    while (found := _NEXT.search(text, at)) is not None:
        at = found.end()
        if found["comment"] is not None:
            continue
        attributes = []
        while not text.startswith(">", at):
            close = _CLOSE.match(text, at)
            if close is not None:
                at = close.end() - 1
                break
            one = _ATTRIBUTE.match(text, at)
            if one is None or one["open"] is not None:  # the text ends within the tag
                return
            value = one["double"] or one["single"] or one["bare"]
            if value is None and one.lastgroup != "name":
                value = ""
            attributes.append(Attribute(one["name"].lower(), None if value is None else _read(value), one.start("name"), one.end()))
            at = one.end()
        at += 1
        name = found["name"].lower()
        yield Tag(name, bool(found["end"]), tuple(attributes), found.start(), at)
        if name in _RAW and not found["end"]:
            end = re.compile(rf"</{name}(?=[\s/>])", re.I).search(text, at)
            at = end.start() if end else len(text)


def _read(value: str) -> str:
    """The value of an attribute as it is meant."""
    return _REFERENCE.sub(lambda found: unescape(found[0]), value) if "&" in value else value


def written(value: str) -> str:
    """The same in double quotes."""
    return '"' + value.replace("&", "&amp;").replace('"', "&#34;").replace("<", "&lt;").replace(">", "&gt;") + '"'
