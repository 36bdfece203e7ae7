"""The words of one article, and where a quote stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sitegen.content import markdown
from sitegen.content.anchoring import Found, Haystack, Missing
from sitegen.content.captions import with_captions
from sitegen.content.reading import Reading
from sitegen.content.text import shown
from sitegen.model import records
from sitegen.model.article import Reference
from sitegen.model.text import Block, Element

Selecting = records.Appearance | records.Annotation | records.Citation
"""What selects words of the article by quoting them."""


class Words(NamedTuple):
    """`elements` are those of the body, of which so many stand `above` the title; `blocks` are the title and then those of the body, in
    order; `captions` are those of images, by the number of the block; `added` are the ids of the pictures that the archive adds, whose
    captions are no words of the article."""

    elements: tuple[Element, ...]
    above: int
    blocks: tuple[Block, ...]
    captions: Mapping[int, str]
    added: frozenset[str]
    haystack: Haystack

    @property
    def title(self) -> Block:
        return self.blocks[0]

    @property
    def everywhere(self) -> range:
        """All blocks, as far as quotes are sought."""
        return range(len(self.blocks))

    def stands(self, wording: str) -> bool:
        """Whether a wording stands anywhere in the article."""
        return any(self.haystack.all(wording, within=self.everywhere))


def words_of(
    record: records.Article, path: str, body: str, line: int, taken: Iterable[str], reader: Reading, lang: str
) -> tuple[Words, list[Reference]]:
    """The words of the article at `path`, whose `body` begins at a line, and the addresses that it links. `taken`: ids that headings must
    not get."""
    title = Block(markdown.TITLE, shown(record.title).strip(), line=1)
    parsed = markdown.parse(body, path, line, references=False, taken=frozenset(taken), title=title.text)
    reader.problems += parsed.problems
    elements = with_captions(parsed.elements, record.images, path, reader)
    above = next((number for number, one in enumerate(elements) if one.kind == markdown.TITLE), None)
    if above is not None:
        title, elements = elements[above].blocks[0], (*elements[:above], *elements[above + 1 :])
    linked = [Reference("address", target, path, at) for target, at in markdown.addresses(parsed.elements)]
    own = frozenset(image.id for image in record.images if image.added)
    return laid(title, elements, lang, own, above or 0), linked


def laid(title: Block, elements: tuple[Element, ...], lang: str, own: frozenset[str] = frozenset(), above: int = 0) -> Words:
    """The words of an article that was read, ready to be searched. `own`: the pictures that the archive adds; `above`: so many elements
    stand above the title."""
    blocks = (title, *(block for element in elements for block in element.blocks))
    named = (element.id for element in elements for _ in element.blocks)
    captions = {number: id for number, id in enumerate(named, 1) if blocks[number].kind == "caption"}
    return Words(elements, above, blocks, captions, own, Haystack([block.text for block in blocks], lang))


class Quotes:
    """Finds the quotes of an article, and tells of those that it does not find."""

    def __init__(self, words: Words, reader: Reading) -> None:
        self.words = words
        self.reader = reader
        kinds = (block.kind for block in words.blocks)
        self.body = frozenset(number for number, kind in enumerate(kinds) if number and kind not in ("caption", "code"))
        self.scopes = {id: frozenset([number]) for number, id in words.captions.items()} | {"title": frozenset([0])}

    def find(self, one: Selecting) -> Found | None:
        """Where a quote stands: in the body, unless it says `in`."""
        within = self.scopes.get(one.in_) if one.in_ else self.body
        if within is None:
            message, hint = f"`in` names no image of the article: {one.in_!r}", "`title`, or the id of an image that is in the body"
            if one.in_ in self.words.added:
                message = f"`in` names a picture that the archive added, {one.in_!r}: its caption is no text of the article"
                hint = "quote words of the article; what is to be said of the picture, say in its `caption`"
            self.reader.problem(one, "unknown-image", message, hint)
            return None
        assert one.quote is not None
        found = self.words.haystack.find(one.quote, one.prefix or "", one.suffix or "", one.nth or 0, within=within)
        if isinstance(found, Missing):
            elsewhere = None if one.in_ or found.code != "quote-not-found" else self._elsewhere(one.quote)
            self.reader.problem(one, found.code, found.message, f"it stands elsewhere: add `in: {elsewhere}`" if elsewhere else found.hint)
            return None
        return found

    def _elsewhere(self, quote: str) -> str | None:
        """Where a quote stands that is not in the body, as `in` has it."""
        everywhere = self.words.haystack.all(quote, within=self.words.everywhere)
        found = (self.words.captions.get(one.block, "" if one.block else "title") for one in everywhere)
        return next((where for where in found if where), None)
