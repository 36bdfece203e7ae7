"""Reads a plain text as an editor would at a first glance: title, headings, captions, paragraphs, items of lists.

It only sorts the words into pieces; it changes none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sitegen.importer.blocks import RULE, Block, blocks_of
from sitegen.importer.captions import is_credit, is_taken
from sitegen.importer.furniture import field_of, is_furniture
from sitegen.importer.language import Language
from sitegen.importer.lines import DECK, HEAD, PICTURED, Kind, Line, is_byline, kind_of
from sitegen.importer.masthead import ABOVE, HEADING_LIMIT, NAMED, byline_of, headed, is_date, is_pictured, is_running, may_be_title


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


def structure(text: str, language: Language) -> Structure:
    """The structure of a raw text. The first block is the title, unless it is a paragraph; lines that stand above titles may come first."""
    found = _record(blocks_of(text), language)
    below = headed(found, language)
    above, found = [block.text for block in found[:below]], found[below:]
    title = None
    if found and may_be_title(found[0].text, alone=len(found) == 1) and not is_pictured(found[0].text, language):
        title, found = found[0].text, found[1:]
    blocks = [block.text for block in found]
    begin = _begin(blocks)
    byline = next((words for block in blocks[: min(max(begin, 3), HEAD)] if (words := byline_of(block, language))), "")
    lines = list(_lines(found, begin, language, title or ""))
    named = (line.text.partition(",")[0] for line in lines[: min(begin, 3)] if is_byline(line))
    pieces = [Piece(kind_of(line), line.text) for line in lines]
    return Structure(title, tuple(_credited_below(pieces, begin, language)), byline or next(named, ""), tuple(above))


def _begin(blocks: Sequence[str]) -> int:
    """Which block is the first running text. Sentences in capitals are none in a text that is not set so as a whole."""
    is_shouted = all(block.isupper() for block in blocks if len(block) > HEADING_LIMIT)
    running = (number for number, block in enumerate(blocks) if is_running(block) and (is_shouted or not block.isupper()))
    return next(running, len(blocks))


def _record(blocks: list[Block], language: Language) -> list[Block]:
    """The blocks of a text, of a database's record with its title as a block of its own: "HEADLINE:" and what follows it."""
    fields = [(number, field) for number, block in enumerate(blocks[:FIELDS]) if (field := field_of(block.text))]
    names = language.words("title_fields")
    at = next((number for number, (name, value) in fields if name in names and value), None)
    if at is None or len(fields) < 3:
        return blocks
    name, _, value = blocks[at].text.partition(":")
    return [*blocks[:at], Block(f"{name}:"), Block(value.strip()), *blocks[at + 1 :]]


FIELDS = 20
"""Lines among which the fields of a record are."""


def _lines(blocks: Sequence[Block], begin: int, language: Language, title: str) -> Iterator[Line]:
    """The blocks below a title as lines, each with its neighbours. `begin`: which is the first running text."""
    texts = [block.text for block in blocks]
    after = _following(texts, language)
    rows = {block.text for block in blocks if block.is_row}
    asks = _is_interview(texts, language)
    last = max((number for number, text in enumerate(texts) if is_running(text)), default=0)
    for number, block in enumerate(blocks):
        following = after[number]
        yield Line(
            block.text, number, texts[number - 1] if number else title, following, language, number >= begin, block.is_apart, block.is_row,
            following in rows, number + 1 < len(blocks) and not blocks[number + 1].is_apart, asks,
            number >= last,
        )  # fmt: skip


def _is_interview(texts: Sequence[str], language: Language) -> bool:
    """Whether questions stand alone in a text, and who is asked speaks of oneself below them, not in what others are quoted with."""
    asked = [number for number, text in enumerate(texts[:-1]) if text.endswith("?") and not text[0].isdigit()]
    first = re.compile(rf"(?<!\w)(?:(?:{language.any_of('first_person')})(?!\w)|j['’]\w)", re.I)
    answers = [_QUOTED.sub(" ", texts[number + 1]) for number in asked]
    return len(asked) > 2 and sum(first.search(answer) is not None for answer in answers) >= ANSWERED * len(asked)


ANSWERED = 0.4
"""Share of the questions of an interview that are answered in the first person at least."""
_QUOTED = re.compile(r"[“\"„«][^”\"“»]*[”\"“»]")


def _credited_below(pieces: Sequence[Piece], begin: int, language: Language) -> list[Piece]:
    """The pieces, each caption with the line below it that says who took the picture. A short line above a name alone is a caption too,
    before the running text (`begin`), or where it is no sentence."""
    out: list[Piece] = []
    for number, piece in enumerate(pieces):
        above = out[-1] if out else Piece("item", "")
        if above.kind == "caption" and is_credit(piece.text, language):
            out[-1] = Piece("caption", f"{above.text} {piece.text}")
        elif above.kind in ("paragraph", "heading") and _tells_below(above.text, piece.text, number <= begin + 1, language):
            out[-1] = Piece("caption", above.text)
            out.append(Piece("paragraph", piece.text))
        else:
            out.append(piece)
    return out


def _tells_below(text: str, name: str, is_head: bool, language: Language) -> bool:
    """Whether a line is a caption, by a name alone below it. `is_head`: no running text stands above it."""
    if name.isupper() or not is_taken(name, language):
        return False
    is_told = byline_of(text, language) or is_date(text, language) or is_furniture(text, language) or NAMED.fullmatch(text)
    return not is_told and 3 < len(text.split()) <= PICTURED and (is_head or not is_running(text))


def arranged(pieces: Sequence[Piece], language: Language, title_at: int | None = None, title: str = "") -> Structure:
    """The structure of blocks of which a format tells something. Headings, captions and items stay what they are marked as; the rules judge
    the others, which may be headings where none is marked. `title_at`: which of them is marked as the title; `title`: one that counts
    where none is."""
    blocks = list(pieces)
    if title_at is None or title_at > ABOVE:
        title_at = headed([Block(piece.text) for piece in blocks[: ABOVE + 2]], language) or _marked_below(blocks, language)
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
    for piece, line in zip(blocks, _lines([Block(text) for text in texts], _begin(texts), language, title), strict=True):
        kind = piece.kind
        if kind == "paragraph":
            found = kind_of(line)
            kind = kind if found == "heading" and is_marked else found
        elif kind == "heading" and (is_byline(line) or is_furniture(line.text, language)):
            kind = "paragraph"
        kinds.append(kind)
    return Structure(title or None, tuple(_credited_below(list(map(Piece, kinds, texts)), _begin(texts), language)), byline, above)


def _marked_below(blocks: Sequence[Piece], language: Language) -> int:
    """Where the title is marked as a heading below short lines that say who issues the text and when; 0 where it is not so."""
    at = next((number for number, piece in enumerate(blocks[:ABOVE]) if piece.kind == "heading"), 0)
    above = [piece.text for piece in blocks[:at]]
    is_head = all(len(text) <= HEADING_LIMIT and not is_running(text) for text in above)
    return at if is_head and len(blocks[at].text.split()) > DECK and any(is_date(text, language) for text in above[1:]) else 0


def _following(blocks: Sequence[str], language: Language) -> list[str | None]:
    """What follows each block, rules and what pages put there aside."""
    out: list[str | None] = []
    following: str | None = None
    for block in reversed(blocks):
        out.append(following)
        following = following if RULE.fullmatch(block) or is_furniture(block, language) else block
    return out[::-1]
