"""What of a page needs no judgement to be mended, code by code: in each case the nodes that are to have another text, or to go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from sitegen import config as config_room
from sitegen.check.external import ASKED
from sitegen.content import frontmatter
from sitegen.content.anchoring import Found, Haystack, Missing
from sitegen.content.checks import CHECKS as OF_ARTICLES
from sitegen.content.checks import ENTRY_CHECKS, corrects_nothing
from sitegen.content.cutting import has_comment, said
from sitegen.content.datecheck import dates_of
from sitegen.content.node import Mapping as Keys
from sitegen.content.node import Node, Scalar, Sequence
from sitegen.content.reading import Reading
from sitegen.content.text import normal
from sitegen.content.waivers import unneeded
from sitegen.content.words import Quotes, Selecting, Words, words_of
from sitegen.model import records
from sitegen.model.base import Record
from sitegen.model.problem import Problem, Waived
from sitegen.model.rules import CHECKS

_OWN = frozenset(check.code for check in (*OF_ARTICLES, *ENTRY_CHECKS))
"""The checks that look at nothing but the page itself: only its own errors can hide that one of them is waived for a reason."""
_PASSING = frozenset({*ASKED, "old-draft", "unpublished-source"})
"""The checks that tell something else tomorrow, though no file has changed."""
_MARKS = str.maketrans({**dict.fromkeys("’‘ʼ‛′`´", "'"), **dict.fromkeys("“”„‟″«»", '"')})
"""Apostrophes and quotation marks, each as its plain one: as long as before."""

Told = tuple[str, int, str, str]
"""What tells a problem: path, line, code, message. The archive's settings may have given it another severity."""


class Target(NamedTuple):
    """A node that is to have another text, or none: then it goes, a key with its value."""

    node: Node
    text: str | None
    told: Told
    how: str


class Page(NamedTuple):
    """A page as it is mended: the texts of its files and their metadata, its record with how it was read, and what is told of it."""

    path: str
    texts: Mapping[str, str]
    roots: Mapping[str, Keys]
    record: records.Article | None
    reader: Reading
    told: Mapping[Told, Problem]


class Seen(NamedTuple):
    """What must be known of the archive. `wrong`: the pages that cannot be read as they are meant; `waiting`: those that readers may not
    see in full, nor the checks of the archive."""

    config: records.Config | None
    wrong: frozenset[str]
    waiting: frozenset[str]

    def is_right(self, path: str) -> bool:
        """Whether a page is read as it is meant: its own files, and the settings by which it is read."""
        return self.wrong.isdisjoint((path, config_room.PATH))


def _values(page: Page, _: Seen) -> Iterator[Target]:
    """Values that have one right form only."""
    for one in page.reader.unfit:
        if one.right:
            yield Target(one.node, one.right, _told(one.problem), f"{one.node.text!r} is now {one.right!r}")


def _both(page: Page, _: Seen) -> Iterator[Target]:
    """Keys of which the article and its notes say the same. The copy that goes is one without comments."""
    (path, root), (notes, apparatus) = page.roots.items()
    values = {key.text: (key, value) for key, value in root.items}
    for key, value in apparatus.items:
        ours = values.get(key.text)
        if ours is None or said(ours[1]) != said(value):
            continue
        kept, (gone, held) = notes, ours
        if has_comment(path, page.texts[path], root, gone, held):
            kept, gone, held = path, key, value
            if has_comment(notes, page.texts[notes], apparatus, gone, held):
                continue
        told = notes, key.line, "key-in-both", f"{key.text!r} stands in the front matter too"
        yield Target(gone, None, told, f"{key.text!r} is out of {gone.path}: {kept} says the same")


def _quotes(page: Page, seen: Seen) -> Iterator[Target]:
    """Quotes that stand in the text once, but for the kind of an apostrophe or a quotation mark."""
    words = _words(page, seen)
    if page.record is None or words is None:
        return
    plain = Haystack([block.text.translate(_MARKS) for block in words.blocks], words.haystack.lang)
    for one in _quoting(page.record, page.reader, Quotes(words, Reading())):
        node = next((value for key, value in page.reader.written[id(one.at)].items if key.text == "quote"), None)
        if not isinstance(node, Scalar):
            continue
        text = normal(node.text)
        missing = one.sought(text, words.haystack)
        found = one.plain.sought(text.translate(_MARKS), plain)
        if isinstance(missing, Found) or isinstance(found, Missing):
            continue
        quote = _with_marks(text, words.blocks[found.block].text[found.start : found.end])
        if one.sought(quote, words.haystack) == found:
            told = *page.reader.line_of(one.at), missing.code, missing.message
            shown = quote if len(quote) <= 60 else f"{quote[:57]}…"
            yield Target(node, quote, told, f"its marks are now those of the text: “{shown}”")


class _Quoting(NamedTuple):
    """What quotes the text: with the words before and after, which of several it means, and in which blocks it is sought."""

    at: Record
    prefix: str
    suffix: str
    nth: int
    within: Collection[int]

    @property
    def plain(self) -> _Quoting:
        return self._replace(prefix=self.prefix.translate(_MARKS), suffix=self.suffix.translate(_MARKS))

    def sought(self, quote: str, haystack: Haystack) -> Found | Missing:
        return haystack.find(quote, self.prefix, self.suffix, self.nth, within=self.within)


def _quoting(record: records.Article, reader: Reading, quotes: Quotes) -> Iterator[_Quoting]:
    for one in _selecting(record):
        within = quotes.scopes.get(one.in_) if one.in_ else quotes.body
        if one.quote and within is not None:
            yield _Quoting(one, one.prefix or "", one.suffix or "", one.nth or 0, within)
    yield from (_Quoting(date.at, "", "", 0, quotes.words.everywhere) for date in dates_of(record, reader) if date.quote)


def _selecting(record: records.Article) -> Iterator[Selecting]:
    for entry in record.claims:
        yield from (entry.total, *entry.items) if isinstance(entry, records.Group) else (entry,)
    yield from record.annotations
    yield from record.sources


def _with_marks(quote: str, text: str) -> str:
    """A quote with the marks of a text of its length; its blanks stay what they are.

    >>> _with_marks("It's 5 km", "It’s 5\u2009km")
    'It’s 5 km'
    """
    return "".join(ours if theirs.isspace() else theirs for ours, theirs in zip(quote, text, strict=True))


def _waivers(page: Page, seen: Seen) -> Iterator[Target]:
    """Waivers that nothing needs. Where two of one line and one check are told as one, neither is known to be it."""
    found = [one for root in page.roots.values() for one in _waiving(root) if _is_idle(one, page, seen)]
    often = Counter(one.told for one in found)
    yield from (one for one in found if often[one.told] == 1)


def _waiving(node: Node) -> Iterator[Target]:
    """Every waiver, with what would be told of it if it were not needed."""
    if isinstance(node, Scalar):
        return
    for one in node.items:
        key, value = one if isinstance(one, tuple) else (None, one)
        if key is not None and key.text == "waive" and isinstance(value, Sequence):
            for waiver in value.items:
                code = _text(waiver, "code")
                if code in CHECKS:
                    waived = Waived(waiver.path, waiver.line, code, "")
                    for problem in unneeded([waived], (), [code]):
                        yield Target(waiver, None, _told(problem), f"the waiver of {code!r} is out: {_text(waiver, 'why')}")
        elif key is None or key.text != "extra":
            yield from _waiving(value)


def _is_idle(waiver: Target, page: Page, seen: Seen) -> bool:
    """Whether it is certain that nothing needs a waiver: that its check looks, and sees all that it looks at."""
    code = _text(waiver.node, "code")
    levels = seen.config.checks if seen.config is not None else {}
    if levels.get(code) == "off" or code in _PASSING:
        return False
    return seen.is_right(page.path) if code in _OWN else not seen.wrong and page.path not in seen.waiting


def _corrections(page: Page, seen: Seen) -> Iterator[Target]:
    """Corrections of names that do not occur. Where the words stand in the text with other capitals or marks, they may be meant."""
    words = _words(page, seen)
    if words is None or not seen.is_right(page.path):
        return
    places = page.reader.written.get(id(page.record.places)) if page.record is not None else None
    if places is None:
        return
    text = words.haystack.text.translate(_MARKS).casefold()
    for node in _corrected(places):
        wording = node.text.strip()
        if normal(wording).translate(_MARKS).casefold() not in text:
            told = places.path, places.line, "unused-correction", corrects_nothing(wording)
            yield Target(node, None, told, f"“{wording}” is out")


def _corrected(places: Keys) -> Iterator[Scalar]:
    """Every wording that is corrected."""
    for key, value in places.items:
        if key.text == "ignore" and isinstance(value, Sequence):
            yield from (one for one in value.items if isinstance(one, Scalar))
        if key.text == "as" and isinstance(value, Keys):
            yield from (one for one, _ in value.items)


def _words(page: Page, seen: Seen) -> Words | None:
    """The words of an article, in which its quotes are sought."""
    if page.record is None or seen.config is None:
        return None
    halves = frontmatter.halves(page.texts[page.path].encode(), page.path)
    lang = page.record.lang or seen.config.lang
    return words_of(page.record, page.path, halves.body, halves.body_line, (), Reading(), lang)[0]


def _text(node: Node, key: str) -> str:
    """What a mapping says under a key; empty where it says nothing, or no text."""
    found = next((value for name, value in node.items if name.text == key), None) if isinstance(node, Keys) else None
    return found.text if isinstance(found, Scalar) else ""


def _told(one: Problem) -> Told:
    return one.path, one.line, one.code, one.message


MENDS: Mapping[str, Callable[[Page, Seen], Iterator[Target]]] = {
    "key-in-both": _both,
    "wrong-type": _values,
    "wrong-choice": _values,
    "quote-not-found": _quotes,
    "unused-waiver": _waivers,
    "unused-correction": _corrections,
}
"""How each code is mended."""
