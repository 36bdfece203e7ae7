"""Reads a plain text as an editor would at a first glance: title, headings, captions, paragraphs, items of lists.

It only sorts the words into pieces; it changes none of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from sitegen.importer.blocks import ITEM, RULE, TICKER, blocks_of
from sitegen.importer.captions import is_caption, is_credit
from sitegen.importer.dates import written
from sitegen.importer.language import Language
from sitegen.importer.masthead import ABOVE, HEADING_LIMIT, byline_of, headed, is_date, is_running, may_be_title
from sitegen.importer.people import CAPITAL, NAME

Kind = Literal["heading", "caption", "paragraph", "item"]


class Piece(NamedTuple):
    """A block of a raw article. Of a caption, `text` is what is printed, parentheses and all; of an item, its marker too."""

    kind: Kind
    text: str


class Structure(NamedTuple):
    """A raw article, sorted. `byline`: who wrote it, by a line that says no more than that; `above`: lines before the title ("For
    immediate release")."""

    title: str | None
    pieces: tuple[Piece, ...]
    byline: str = ""
    above: tuple[str, ...] = ()


_VERBS = frozenset(["is", "are", "was", "were", "has", "have", "will", "ist", "sind", "war", "waren"])
_PREPOSITIONS = frozenset(["for", "of", "in", "on", "at", "to", "from", "with", "as", "and", "or", "für", "von", "mit"])


def structure(text: str, language: Language) -> Structure:
    """The structure of a raw text. The first block is the title, unless it is a paragraph; lines that stand above titles may come first."""
    blocks = blocks_of(text)
    below = headed(blocks, language)
    above, blocks = blocks[:below], blocks[below:]
    title = None
    if blocks and may_be_title(blocks[0], alone=len(blocks) == 1):
        title, blocks = blocks[0], blocks[1:]
    byline = next((words for block in blocks[:3] if (words := byline_of(block, language))), "")
    begin = next((number for number, block in enumerate(blocks) if is_running(block)), len(blocks))
    lines = [
        Line(block, number, blocks[number - 1] if number else "", following, language, number >= begin)
        for number, (block, following) in enumerate(zip(blocks, _following(blocks), strict=True))
    ]
    return Structure(title, tuple(_credited_below([Piece(kind_of(line), line.text) for line in lines], language)), byline, tuple(above))


def _credited_below(pieces: Sequence[Piece], language: Language) -> list[Piece]:
    """The pieces, each caption with the line below it that says who took the picture."""
    out: list[Piece] = []
    for piece in pieces:
        if out and out[-1].kind == "caption" and is_credit(piece.text, language):
            out[-1] = Piece("caption", f"{out[-1].text} {piece.text}")
        else:
            out.append(piece)
    return out


def arranged(pieces: Sequence[Piece], language: Language, title_at: int | None = None, title: str = "") -> Structure:
    """The structure of blocks of which a format tells something. Headings, captions and items stay what they are marked as; the rules judge
    the others, which may be headings where none is marked. `title_at`: which of them is marked as the title; `title`: one that counts
    where none is."""
    blocks = list(pieces)
    if title_at is None or title_at > ABOVE:
        title_at = headed([piece.text for piece in blocks[: ABOVE + 2]], language)
        first = blocks[title_at]
        may_be = first.kind == "paragraph" and may_be_title(first.text, alone=len(blocks) == 1)
        title_at = title_at if first.kind == "heading" or may_be else None
    above = tuple(piece.text for piece in blocks[:title_at]) if title_at else ()
    if title_at is not None:
        title, blocks = blocks[title_at].text, blocks[title_at + 1 :]
    is_marked = any(piece.kind == "heading" for piece in blocks)
    texts = [piece.text for piece in blocks]
    byline = next((words for text in texts[:3] if (words := byline_of(text, language))), "")
    kinds: list[Kind] = []
    for number, (piece, following) in enumerate(zip(blocks, _following(texts), strict=True)):
        kind = piece.kind
        if kind == "paragraph":
            found = kind_of(Line(piece.text, number, texts[number - 1] if number else "", following, language))
            kind = kind if found == "heading" and is_marked else found
        kinds.append(kind)
    return Structure(title or None, tuple(map(Piece, kinds, texts)), byline, above)


class Line(NamedTuple):
    """A block below the title, with its number there, the block `before` it, and that which follows it, rules aside; `has_begun`: it is, or
    stands below, the first running text."""

    text: str
    number: int
    before: str
    following: str | None
    language: Language
    has_begun: bool = True


def heading_of(text: str) -> str:
    """A heading as it is printed, without the signs that set it off: "+++ 18:05: The end +++"."""
    return text.strip(_SIGNS)


_SIGNS = " -–—=*#+"


def kind_of(line: Line) -> Kind:
    """What a block is: what the first rule says that knows."""
    return next(kind for rule, kind in RULES if rule(line))


def may_be_heading(text: str) -> bool:
    """Whether a block that is set in bold as a whole may be a heading: a short one that is no sentence."""
    return len(text) <= HEADING_LIMIT and re.search(r"[.!:;,…]\Z", text) is None


_CLOCK = re.compile(r"\d{1,2}\s?[.:h]\s?\d{2}\s?(?:[ap]\.?m\.?|uhr|h)?\W*\Z", re.I)


def _is_name(line: Line) -> bool:
    """Whether one of the first lines is nothing but the name of who wrote: it stands beside a date."""
    name = re.fullmatch(rf"{CAPITAL}[\w.’'-]+(?:\s(?:(?:de|van|von|der|und|and|y|et)\s)?{CAPITAL}[\w.’'-]+){{1,3}}", line.text)
    beside = (line.before, line.following or "")
    return line.number < 3 and name is not None and not line.text.isupper() and any(is_date(one, line.language) for one in beside)


def _announces(line: Line) -> bool:
    """Whether a line begins with a word for something beside the article: "Source: …", "Read also: …"."""
    return re.match(rf"(?:{line.language.any_of('beside')})\s*:", line.text, re.I) is not None


def _is_ticker(line: Line) -> bool:
    """Whether a line stands between plus signs, as those above the news of a live ticker do."""
    return TICKER.fullmatch(line.text) is not None


def _is_numbered(line: Line) -> bool:
    """Whether a number begins a heading, and no item of a list: no other item stands beside it."""
    found = _NUMBERED.match(line.text)
    beside = (line.before, line.following or "")
    return found is not None and not any(map(ITEM.match, beside)) and _is_heading(line.text[found.end() :], line.following)


_NUMBERED = re.compile(r"(?:\d{1,2}|[IVX]{1,5})[.)]\s+(?=\S)")


def _leads(line: Line) -> bool:
    """Whether a line before the first running text is none of its headings: it goes on with the title, or says who issues the text."""
    if line.has_begun:
        return False
    issuer = line.language.organisation.search(line.text) is not None and re.fullmatch(NAME.pattern, line.text) is not None
    return len(line.text.split()) > DECK or issuer or bool(byline_of(line.before, line.language))


DECK = 5
"""Words of a heading that may stand before any running text; a longer line there goes on with the title."""


RULES: tuple[tuple[Callable[[Line], object], Kind], ...] = (
    (lambda line: line.number < 3 and byline_of(line.text, line.language), "paragraph"),
    (_is_name, "paragraph"),
    (lambda line: is_caption(line.text, line.language), "caption"),
    (_is_numbered, "heading"),
    (lambda line: ITEM.match(line.text) and not re.fullmatch(r"\W+", line.text), "item"),
    (lambda line: _CLOCK.match(line.text), "paragraph"),
    (_announces, "paragraph"),
    (_is_ticker, "heading"),
    (_leads, "paragraph"),
    (lambda line: _is_heading(line.text, line.following) and not written(line.text, line.language), "heading"),
    (lambda _: True, "paragraph"),
)
"""By what a block is told, in the order in which it is asked; the first that holds decides. tests/test_structure.py has a text for each."""


def _following(blocks: Sequence[str]) -> list[str | None]:
    """What follows each block, rules aside."""
    out: list[str | None] = []
    following: str | None = None
    for block in reversed(blocks):
        out.append(following)
        following = following if RULE.fullmatch(block) else block
    return out[::-1]


def _is_heading(block: str, following: str | None) -> bool:
    """A short line without a sentence's end, before something longer; a question that stands alone."""
    bare = heading_of(block)
    if bare.isupper() and bare.endswith(".") and not re.search(r"\.\s|\.{2}", bare):
        bare = bare[:-1]  # in old papers a full stop ends a heading too
    if following is None or len(bare) > HEADING_LIMIT or not bare or not (bare[0].isupper() or bare[0].isdigit() or bare[0] in "“\"„«‘'"):
        return False
    if not re.search(r"[^\W\d_]{2}", bare) or re.search(r"\s{3,}\S", bare) or len(bare.split()) > 14:
        return False
    words = bare.lower().split()
    if re.search(r"[.!:;,…]\Z|[.!?…][”\"’]\Z|\.{2,}", bare) or (bare[0] in '“"„' and bare[-1] in '”"“' and len(words) > 8):
        return False
    if bare.isupper() and (_VERBS & set(words) or words[0] in _PREPOSITIONS):
        return False  # a line of a bulletin that is set in capitals throughout
    numbers = sum(word.lstrip("+-−–±")[:1].isdigit() for word in words)
    if (bare[-1].isdigit() and bare[0].isdigit()) or numbers > 1 or len(set(words)) < 0.7 * len(words):
        return False
    if bare.endswith("?"):
        return bare.count("?") == 1 and not re.search(r"[.!]\s", bare) and len(following) > len(bare)
    is_list = ITEM.match(following) is not None or following.endswith(":")
    is_longer = len(following) > 1.5 * len(bare) or (following.startswith("(") and following.endswith(")"))
    return is_list or (is_longer and len(following.split()) > len(bare.split()))
