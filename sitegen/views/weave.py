"""Weaves text, formats, names and highlights into HTML.

All of them stand off by offset. Each becomes one element, and they are nested: what begins first, or lasts longer, lies outside. An
element is cut in two only where two really cross, and the second part has no id.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from html import escape
from itertools import repeat
from operator import itemgetter
from typing import NamedTuple, TypeVar

from markupsafe import Markup

from sitegen.model.text import Block, Format


class Mark(NamedTuple):
    """A highlight: `kind` becomes its class. `number`: of a note, which gets a numeral before its words, a link to the element
    `note_NUMBER` that is called `label`. It is no button: behind one, a line may end before the words.
    """

    start: int
    end: int
    id: str
    kind: str
    number: int = 0
    label: str = ""


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


class _Element(NamedTuple):
    """An element over `start:end`: what opens it, what opens the second part of one that is cut in two, and what closes it. `rank` puts
    formats around highlights, and these around names, where they cover the same words; `numeral` goes before it, outside of any link."""

    start: int
    end: int
    rank: int
    opening: str
    again: str
    closing: str
    is_link: bool = False
    numeral: str = ""


def weave(
    block: Block,
    marks: Sequence[Mark] = (),
    names: Sequence[Name] = (),
    resolve: Resolve = lambda format: Target(format.target),
) -> str:
    """The HTML of one block. Offsets must lie within its text."""
    text = block.text
    if not (marks or names or block.formats):
        return escape(text, quote=False)
    targets = [(one, resolve(one)) for one in block.formats if one.tag in ("link", "ref")]
    elements = [_format(one, None) for one in block.formats if one.tag not in ("link", "ref", "br")]
    elements += [_format(one, target) for one, target in targets if target.href]
    elements += [_mark(one) for one in marks]
    elements += [_name(one) for one in names]
    elements.sort(key=_outer_first)
    replaced = [(one.start, one.end, escape(target.text, quote=False)) for one, target in targets if target.text]
    replaced += [(one.start, one.end, "<br>\n") for one in block.formats if one.tag == "br"]
    return _nested(text, elements, sorted(replaced))


def _outer_first(one: _Element) -> tuple[int, int, int]:
    return one.start, -one.end, one.rank


def _nested(text: str, elements: Sequence[_Element], replaced: Sequence[tuple[int, int, str]]) -> str:
    """The text within its elements, which come in the order in which they open."""
    plain = is_plain(text)
    out: list[str] = []
    opened: list[_Element] = []
    places: list[int] = []  # of each opened element, where in `out` it opens
    at = waiting = swapped = 0

    def open_(one: _Element, opening: str) -> None:
        if one.numeral and opening is one.opening:
            link = next((place for other, place in zip(opened, places, strict=True) if other.is_link), None)
            if link is None:
                out.append(one.numeral)
            else:
                out[link] = one.numeral + out[link]
        opened.append(one)
        places.append(len(out))
        out.append(opening)

    while True:
        begins = elements[waiting].start if waiting < len(elements) else len(text)
        stop = min([begins, *[one.end for one in opened]])
        while swapped < len(replaced) and replaced[swapped][1] <= at:
            swapped += 1
        start, end, other = replaced[swapped] if swapped < len(replaced) else (len(text), len(text), "")
        stop = min(stop, start if at < start else end)
        if stop > at:
            if start <= at < end:
                out.append(other if at == start else "")
            else:
                out.append(text[at:stop] if plain else escape(text[at:stop], quote=False))
            at = stop
        cut: list[_Element] = []
        while any(one.end <= at for one in opened):
            one = opened.pop()
            places.pop()
            out.append(one.closing)
            if one.end > at:
                cut.append(one)
        for one in reversed(cut):
            open_(one, one.again)
        while waiting < len(elements) and elements[waiting].start <= at < len(text):
            open_(elements[waiting], elements[waiting].opening)
            waiting += 1
        if at >= len(text):
            return "".join(out)


def is_plain(text: str) -> bool:
    """Whether a text is its own HTML."""
    return not ("&" in text or "<" in text or ">" in text)


def _format(one: Format, target: Target | None) -> _Element:
    if target is None:
        return _Element(one.start, one.end, 0, f"<{one.tag}>", f"<{one.tag}>", f"</{one.tag}>")
    title = f' title="{escape(one.title)}"' if one.title else ""
    opening = f'<a href="{escape(target.href)}"{title}>'
    return _Element(one.start, one.end, 0, opening, opening, "</a>", is_link=True)


def _mark(one: Mark) -> _Element:
    numeral = ""
    if one.number:
        numeral = f'<a class="k" data-n="{one.number}" aria-label="{_attribute(one.label)}" href="#note_{one.number}"></a>'
    opening, again = f'<mark class="{one.kind}" id="{_attribute(one.id)}">', f'<mark class="{one.kind} rest">'
    return _Element(one.start, one.end, 1, opening, again, "</mark>", numeral=numeral)


def _name(one: Name) -> _Element:
    title = f' title="{_attribute(one.title)}"' if one.title else ""
    id = f' id="{_attribute(one.id)}"'
    if not one.href:
        return _Element(one.start, one.end, 2, f'<span class="name"{id}{title}>', f'<span class="name"{title}>', "</span>")
    more = f' href="{_attribute(one.href)}"{title}>'
    return _Element(one.start, one.end, 2, f'<a class="name"{id}{more}', f'<a class="name"{more}', "</a>", is_link=True)


def covering(spans: Sequence[Span], cuts: Sequence[int]) -> Iterator[list[Span]]:
    """For each stretch between two cuts the spans that cover it, in their own order; in one sweep, for a text may be long."""
    if not spans:
        yield from repeat([], len(cuts) - 1)
        return
    waiting = sorted(enumerate(spans), key=lambda one: one[1].start, reverse=True)
    open_spans: list[tuple[int, Span]] = []
    for start in cuts[:-1]:
        while waiting and waiting[-1][1].start <= start:
            insort(open_spans, waiting.pop(), key=itemgetter(0))
        open_spans = [one for one in open_spans if one[1].end > start]
        yield [span for _, span in open_spans]


@lru_cache(maxsize=8192)
def _attribute(text: str) -> str:
    """Text as it stands in an attribute. The same ids and addresses come again and again."""
    return escape(text)
