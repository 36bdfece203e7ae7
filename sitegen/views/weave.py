"""Weaves text, formats, place names and highlights into HTML.

All of them stand off by offset, so nothing nests by itself: the text is cut at every border, and each stretch is wrapped in what
covers it. Highlights are innermost, one `<mark>` a stretch with the ids of all that it belongs to; formats keep their order.
"""

from __future__ import annotations

import itertools
from bisect import insort
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from html import escape
from operator import itemgetter
from typing import NamedTuple, TypeVar

from markupsafe import Markup

from sitegen.model.text import Block, Format


class Mark(NamedTuple):
    """A highlight: `kind` becomes its class, `number` (of a note) its `data-n` where it begins."""

    start: int
    end: int
    id: str
    kind: str
    number: int = 0


class Name(NamedTuple):
    """The name of a place or topic: a link where `href` is not empty. `title` is what the archive calls it."""

    start: int
    end: int
    id: str
    href: str
    title: str


class Target(NamedTuple):
    """Where a format leads: an empty `href` leaves the text alone; `text` replaces it where it has none of its own."""

    href: str
    text: str = ""


def safe(html: str) -> Markup:
    """HTML that was woven here. `Markup` itself first asks whether the text knows to give its HTML, which takes most of its time."""
    return str.__new__(Markup, html)


Span = TypeVar("Span", Format, Name, Mark)
Resolve = Callable[[Format], Target]


def weave(
    block: Block,
    marks: Sequence[Mark] = (),
    names: Sequence[Name] = (),
    resolve: Resolve = lambda format: Target(format.target),
) -> str:
    """The HTML of one block. Offsets must lie within its text."""
    if not (marks or names or block.formats):
        return escape(block.text, quote=False)
    return (None if block.formats else _apart(block.text, marks, names)) or _overlapping(block, marks, names, resolve)


def _apart(text: str, marks: Sequence[Mark], names: Sequence[Name]) -> str | None:
    """The HTML of a text whose highlights and names do not touch, as most do not; None where they do."""
    spans: Sequence[Name | Mark] = sorted((*names, *marks), key=itemgetter(0)) if names and marks else names or marks
    begun: set[str] = set()
    plain = is_plain(text)
    out: list[str] = []
    at = 0
    for one in spans:
        start, end, id = one.start, one.end, one.id
        if start < at or end <= start or id in begun:
            return None
        before, words = text[at:start], text[start:end]
        if not plain:
            before, words = escape(before, quote=False), escape(words, quote=False)
        if isinstance(one, Mark):
            begun.add(id)
            out += before, f'<mark{_address(one)} class="{one.kind}">{words}</mark>'
        else:
            out += before, _named(one, begun), words, "</a>" if one.href else "</span>"
        at = end
    out.append(text[at:] if plain else escape(text[at:], quote=False))
    return "".join(out)


def is_plain(text: str) -> bool:
    """Whether a text is its own HTML."""
    return not ("&" in text or "<" in text or ">" in text)


def _overlapping(block: Block, marks: Sequence[Mark], names: Sequence[Name], resolve: Resolve) -> str:
    text = block.text
    borders = {0, len(text)}
    spans: Sequence[Format | Name | Mark] = (*block.formats, *names, *marks)
    for one in spans:
        borders.update((one.start, one.end))
    cuts = sorted(borders)
    begun: set[str] = set()
    out: list[str] = []
    opened: list[_Wrapper] = []
    layers = zip(covering(block.formats, cuts), covering(names, cuts), covering(marks, cuts), strict=True)
    for (start, end), (formatting, naming, marking) in zip(itertools.pairwise(cuts), layers, strict=True):
        wrappers, words = _formats(formatting, start, end, text, resolve)
        wrappers += [_Wrapper(one, f"</{'a' if one.href else 'span'}>") for one in naming]
        keep = 0
        while keep < min(len(opened), len(wrappers)) and opened[keep] == wrappers[keep]:
            keep += 1
        out += [wrapper.closing for wrapper in reversed(opened[keep:])]
        out += [_opening(wrapper.of, resolve, begun) for wrapper in wrappers[keep:]]
        opened = wrappers
        words = escape(words, quote=False) if words != "\n" else "<br>\n"
        out.append(_marked(words, marking, begun) if marking else words)
    out += [wrapper.closing for wrapper in reversed(opened)]
    return "".join(out)


def covering(spans: Sequence[Span], cuts: Sequence[int]) -> Iterator[list[Span]]:
    """For each stretch between two cuts the spans that cover it, in their own order; in one sweep, for a text may be long."""
    if not spans:
        yield from itertools.repeat([], len(cuts) - 1)
        return
    waiting = sorted(enumerate(spans), key=lambda one: one[1].start, reverse=True)
    open_spans: list[tuple[int, Span]] = []
    for start in cuts[:-1]:
        while waiting and waiting[-1][1].start <= start:
            insort(open_spans, waiting.pop(), key=itemgetter(0))
        open_spans = [one for one in open_spans if one[1].end > start]
        yield [span for _, span in open_spans]


class _Wrapper(NamedTuple):
    """An element around a stretch, told from others by the format or name that it stands for."""

    of: Format | Name
    closing: str


def _formats(formats: Sequence[Format], start: int, end: int, text: str, resolve: Resolve) -> tuple[list[_Wrapper], str]:
    """The wrappers of a stretch that these formats cover, and its words."""
    wrappers: list[_Wrapper] = []
    words = text[start:end]
    for one in formats:
        if one.tag == "br":
            words = "\n"
        elif one.tag in ("link", "ref"):
            target = resolve(one)
            if target.text:
                words = target.text if start == one.start else ""
            if target.href:
                wrappers.append(_Wrapper(one, "</a>"))
        else:
            wrappers.append(_Wrapper(one, f"</{one.tag}>"))
    return wrappers, words


def _opening(of: Format | Name, resolve: Resolve, begun: set[str]) -> str:
    if isinstance(of, Name):
        return _named(of, begun)
    title = f' title="{escape(of.title)}"' if of.title else ""
    return f'<a href="{escape(resolve(of).href)}"{title}>' if of.tag in ("link", "ref") else f"<{of.tag}>"


def _named(name: Name, begun: set[str]) -> str:
    title = f' title="{_attribute(name.title)}"' if name.title else ""
    id = "" if name.id in begun else f' id="{_attribute(name.id)}"'  # a name that a format cuts in two has its id once
    begun.add(name.id)
    return f'<a class="name"{id} href="{_attribute(name.href)}"{title}>' if name.href else f'<span class="name"{id}{title}>'


def _marked(words: str, covering: Sequence[Mark], begun: set[str]) -> str:
    """One piece of a highlight. An id is given once, where it begins; a second that begins here gets an element of its own. `data-ids`
    are the ids of all that the piece belongs to, where its own does not tell them."""
    new = [mark for mark in covering if mark.id not in begun]
    begun.update([mark.id for mark in new])
    first = _address(new[0]) if new else ""
    if new and len(covering) == 1:
        return f'<mark{first} class="{covering[0].kind}">{words}</mark>'
    more = "".join([f"<span{_address(mark)}></span>" for mark in new[1:]])
    kinds = " ".join(dict.fromkeys(mark.kind for mark in covering))
    ids = " ".join(mark.id for mark in covering)
    return f'<mark{first} class="{kinds}" data-ids="{_attribute(ids)}">{more}{words}</mark>'


def _address(mark: Mark) -> str:
    number = f' data-n="{mark.number}"' if mark.number else ""
    return f' id="{_attribute(mark.id)}"{number}'


@lru_cache(maxsize=8192)
def _attribute(text: str) -> str:
    """Text as it stands in an attribute. The same ids and addresses come again and again."""
    return escape(text)
