"""What a saved page shows above its article: the lines in which its title, who wrote it and its day stand, where no metadata tell them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import Any, NamedTuple

from sitegen.content.text import normal
from sitegen.importer.dates import stamped
from sitegen.importer.days import Dated
from sitegen.importer.formats import markup
from sitegen.importer.furniture import is_furniture
from sitegen.importer.language import Language
from sitegen.importer.masthead import byline_of, is_date, may_be_title


class Head(NamedTuple):
    """The lines above the running text of a page, in order; those above its title are `over`, those below it `under`. `is_titled`: the
    title is among them."""

    over: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    is_titled: bool = False


LINES = 40
"""Lines above the running text that are looked at; what stands further up is a menu."""


def head(tree: Any, title: str, first: str) -> Head:
    """The head of a page. `first`: its first running text."""
    lines: list[str] = []
    for block in markup.blocks(tree):
        if block.text == first:
            break
        lines.append(block.text)
    else:
        return Head()
    lines = lines[-LINES:]
    at = max((number for number, line in enumerate(lines) if line == title), default=-1)
    return Head(tuple(lines[: max(at, 0)]), tuple(lines[at + 1 :]), at >= 0)


def shown_title(page: Head, language: Language) -> str:
    """The title of a page that marks none: what stands directly above who wrote it, or the day."""
    below = (following for line, following in pairwise(page.under) if _is_title(line, language) and _tells(following, language))
    found = next(below, None)
    return page.under[page.under.index(found) - 1] if found is not None else ""


def _is_title(line: str, language: Language) -> bool:
    return len(line.split()) > 2 and may_be_title(line, alone=False) and not _tells(line, language) and not is_furniture(line, language)


def _tells(line: str, language: Language) -> bool:
    return bool(byline_of(line, language)) or is_date(line, language)


def dated(page: Head, language: Language) -> Dated:
    """The day that a line of a head tells: one below the title before one above it, of these the last."""
    return next((found for line in (*page.under, *reversed(page.over)) if (found := stamped(line, language)).date is not None), Dated(None))


def byline(page: Head, language: Language) -> str:
    """Who a line below the title says that the article is by."""
    return next((words for line in page.under if (words := byline_of(line, language))), "")


def headings(tree: Any, first: str) -> Iterator[str]:
    """The headings that stand above the running text of a page, the nearest first."""
    found: list[str] = []
    for one in tree.iter("h1", "h2", "h3", "p"):
        words = normal("".join(one.itertext()))
        if words == first:
            break
        if words and one.tag != "p":
            found.append(words)
    else:
        return
    yield from reversed(found)


CAPTIONED = ("figcaption", "div", "figure", "center", "td", "p")
"""What holds a picture and what it shows in a page."""
CAPTION, SAID, SMALL, UP = 400, 3, 40, 4
"""Signs and words of what stands beside a picture and tells what it shows; tags in the part of a page that holds both and nothing else, and
how many of them the picture is within."""


def captions(tree: Any) -> dict[Any, str]:
    """What a page says of its pictures, by what holds it: what it marks as such, and what stands alone with a picture in a part of the
    page."""
    found = {one: words for one in tree.iter("figcaption") if len((words := normal("".join(one.itertext()))).split()) >= SAID}
    marked = {one.getparent() for one in tree.iter("figcaption")}
    for picture in tree.iter("img"):
        around = picture
        for _ in range(UP):
            around = around.getparent()
            if around is None or around in marked or around in found or len(list(islice(around.iter(), SMALL))) == SMALL:
                break
            words = normal("".join(around.itertext()))
            if words:
                is_told = len(words.split()) > SAID and len(words) <= CAPTION and around.tag in CAPTIONED[1:]
                if is_told and around.find(".//a") is None and (around.tag != "p" or around.find("br") is not None):
                    found[around] = words
                break
    return found


def running(pieces: Sequence[str], least: int) -> str:
    """The first of these texts that is running text."""
    return next((text for text in pieces if len(text) >= least), "")
