"""Reads a plain text as an editor would at a first glance: title, headings, captions, paragraphs, items of lists.

It only sorts the words into pieces; it changes none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from sitegen.importer.blocks import RULE, Block, blocks_of
from sitegen.importer.captions import CAPTION_LIMIT, is_caption, is_credit, is_taken
from sitegen.importer.furniture import field_of, is_furniture, leads_on
from sitegen.importer.headings import DECK
from sitegen.importer.language import Language
from sitegen.importer.line import Kind, Line
from sitegen.importer.lines import HEAD, is_byline, kind_of
from sitegen.importer.masthead import ABOVE, FIELDS, HEADING_LIMIT, byline_of, headed, is_date, is_running, may_be_title, named
from sitegen.importer.titles import Title, title_of


class Piece(NamedTuple):
    """A block of a raw article. Of a caption, `text` is what is printed, parentheses and all; of an item, its marker too."""

    kind: Kind
    text: str


class Structure(NamedTuple):
    """A raw article, sorted. `byline`: who wrote it, by a line that says no more than that; `above`: lines before the title ("For
    immediate release"); `chosen`: how the title was found, where no format marks it."""

    title: str | None
    pieces: tuple[Piece, ...]
    byline: str = ""
    above: tuple[str, ...] = ()
    chosen: Title | None = None


def structure(text: str, language: Language) -> Structure:
    """The structure of a raw text: its title, what stands above it, and what each block below it is."""
    found = recorded(blocks_of(text), language)
    at = title_of(found, language)
    start, end = (at.start, at.end) if at is not None else (0, 0)
    above, title = [block.text for block in found[:start]], " ".join(block.text for block in found[start:end]) or None
    found = found[end:]
    blocks = [block.text for block in found]
    begin = _begin(blocks)
    byline = next((words for block in blocks[: min(max(begin, 3), HEAD)] if (words := byline_of(block, language))), "")
    lines = list(_lines(found, begin, language, title or ""))
    named = (line.text.partition(",")[0] for line in lines[: min(begin, 3)] if is_byline(line))
    pieces = _alike([Piece(kind_of(line), line.text) for line in lines], title)
    return Structure(title, tuple(_credited_below(pieces, lines)), byline or next(named, ""), tuple(above), at)


def _alike(pieces: Sequence[Piece], title: str | None) -> list[Piece]:
    """The pieces, less those headings that are none beside the others: far longer ones, titles of other articles to which a page leads, the
    title once more, and what stands again below, for that is a list of what the text holds."""
    lengths = [len(piece.text.split()) for piece in pieces if piece.kind == "heading"]
    limit = max(LONGEST, FARTHER * median(lengths)) if len(lengths) >= OTHERS else HEADING_LIMIT
    out: list[Piece] = []
    below: set[str] = set()
    for piece in reversed(pieces):
        is_heading = piece.kind == "heading"
        is_long = len(piece.text.split()) > limit and not piece.text[:1].isdigit()
        out.append(Piece("paragraph", piece.text) if is_heading and (is_long or piece.text == title or piece.text in below) else piece)
        if is_heading and len(piece.text.split()) > 2:
            below.add(piece.text)
    return out[::-1]


OTHERS, LONGEST, FARTHER = 3, 8, 2
"""Headings of a text from which on their usual length is known; words of one that is not long; how many times the usual is too long."""


def _begin(blocks: Sequence[str]) -> int:
    """Which block is the first running text. Sentences in capitals are none in a text that is not set so as a whole."""
    is_shouted = all(block.isupper() for block in blocks if len(block) > HEADING_LIMIT)
    running = (number for number, block in enumerate(blocks) if is_running(block) and (is_shouted or not block.isupper()))
    return next(running, len(blocks))


def recorded(blocks: list[Block], language: Language) -> list[Block]:
    """The blocks of a text, of a database's record with its title as a block of its own: "HEADLINE:" and what follows it."""
    fields = [(number, field) for number, block in enumerate(blocks[:FIELDS]) if (field := field_of(block.text))]
    names = language.words("title_fields")
    at = next((number for number, (name, value) in fields if name in names and value), None)
    if at is None or len(fields) < 3:
        return blocks
    name, _, value = blocks[at].text.partition(":")
    return [*blocks[:at], Block(f"{name}:"), Block(value.strip()), *blocks[at + 1 :]]


def _lines(blocks: Sequence[Block], begin: int, language: Language, title: str) -> Iterator[Line]:
    """The blocks below a title as lines, each with its neighbours. `begin`: which is the first running text."""
    texts = [block.text for block in blocks]
    after = _following(texts, language)
    asks = _is_interview(texts, language)
    runs = _runs(texts, language)
    boxed = _boxed(texts, language)
    of_page = [is_furniture(text, language) for text in texts]
    last = max((number for number, text in enumerate(texts) if is_running(text)), default=0)
    for number, block in enumerate(blocks):
        at = after[number]
        below = blocks[at] if at is not None else None
        yield Line(
            block.text, number, texts[number - 1] if number else title, below.text if below is not None else None, language,
            number >= begin, block.is_apart, block.is_row,
            below is not None and below.is_row, number + 1 < len(blocks) and not blocks[number + 1].is_apart, asks,
            number >= last, runs[number], 0 < number < len(texts) - 1 and of_page[number - 1] and of_page[number + 1],
            boxed[number],
        )  # fmt: skip


def _runs(texts: Sequence[str], language: Language) -> list[int]:
    """How many short lines that are no sentences stand in a row directly above each."""
    out: list[int] = []
    run = 0
    for text in texts:
        out.append(run)
        is_short = len(text) <= HEADING_LIMIT and not is_running(text) and re.search(r"[.!?:…][”\"’»]?\Z", text) is None
        is_other = is_furniture(text, language) or is_taken(text, language) or is_caption(text, language) or is_date(text, language)
        run = run + 1 if is_short and not is_other and len(text.split()) > 1 - (run > 0) else 0
    return out


def _boxed(texts: Sequence[str], language: Language) -> list[bool]:
    """Which lines are of a row of titles below words that lead to other articles. The last before running text may be a heading."""
    out = [False] * len(texts)
    is_within = False
    for number, text in enumerate(texts[:-1]):
        is_within = leads_on(text, language) or (is_within and not is_running(text))
        out[number] = is_within and not is_running(texts[number + 1])
    return out


def _is_interview(texts: Sequence[str], language: Language) -> bool:
    """Whether questions stand alone in a text, and who is asked speaks of oneself below them, not in what others are quoted with."""
    asked = [number for number, text in enumerate(texts[:-1]) if text.endswith("?") and not text[0].isdigit()]
    first = re.compile(rf"(?<!\w)(?:{language.any_of('first_person')})(?:(?!\w)|(?<=['’]))", re.I)
    answers = [_QUOTED.sub(" ", texts[number + 1]) for number in asked]
    return len(asked) > 2 and sum(first.search(answer) is not None for answer in answers) >= ANSWERED * len(asked)


ANSWERED = 0.4
"""Share of the questions of an interview that are answered in the first person at least."""
_QUOTED = re.compile(r"[“\"„«][^”\"“»]*[”\"“»]")


def _credited_below(pieces: Sequence[Piece], lines: Sequence[Line]) -> list[Piece]:
    """The pieces, each caption with the line below it that says who took the picture. A short line above one that says no more than that is
    a caption too, or the one directly below it, where it stands apart from what is above."""
    out: list[Piece] = []
    for number, (piece, line) in enumerate(zip(pieces, lines, strict=True)):
        above = out[-1] if out else Piece("item", "")
        before = lines[number - 1] if number else line
        if above.kind == "caption" and is_credit(piece.text, line.language):
            out[-1] = Piece("caption", f"{above.text} {piece.text}")
            continue
        below = lines[number + 1] if number + 1 < len(lines) else line
        is_of_below = line.is_apart and not below.is_apart and _tells_below(below, line)
        if above.kind in ("paragraph", "heading") and _tells_below(before, line) and not is_of_below:
            out[-1] = Piece("caption", above.text)
        elif piece.kind in ("paragraph", "heading") and not line.is_apart and before.is_apart and _tells_below(line, before):
            out.append(Piece("caption", piece.text))
            continue
        out.append(piece)
    return out


def _tells_below(before: Line, line: Line) -> bool:
    """Whether a line is a caption, by one beside it that says who took the picture, and no more."""
    text, language = before.text, line.language
    if line.text.isupper() or (line.is_last and line.following is None) or not is_taken(line.text, language):
        return False
    is_told = byline_of(text, language) or is_date(text, language) or is_furniture(text, language) or named(language).fullmatch(text)
    words, is_sentence = len(text.split()), re.search(r"[.!?…][”\"’»]?\Z", text) is not None
    return not is_told and FEW - 3 * is_sentence < words <= CREDITED and len(text) <= CAPTION_LIMIT and not is_taken(text, language)


FEW, CREDITED = 4, 45
"""Words of a line above one that says who took a picture, which then tells what it shows; a heading may have fewer."""


def arranged(pieces: Sequence[Piece], language: Language, title_at: int | None = None, title: str = "") -> Structure:
    """The structure of blocks of which a format tells something. Headings, captions and items stay what they are marked as; the rules judge
    the others, which may be headings where none is marked. `title_at`: which of them is marked as the title; `title`: one that counts
    where none is."""
    blocks = list(pieces)
    chosen = None
    if title_at is None or title_at > ABOVE:
        chosen = _chosen(blocks, language)
        title_at = chosen.start if chosen is not None else None
    above = tuple(piece.text for piece in blocks[:title_at]) if title_at else ()
    if title_at is not None:
        title, blocks = blocks[title_at].text, blocks[title_at + 1 :]
    is_marked = any(piece.kind == "heading" for piece in blocks)
    texts = [piece.text for piece in blocks]
    byline = next((words for text in texts[:3] if (words := byline_of(text, language))), "")
    kinds: list[Kind] = []
    lines = list(_lines([Block(text) for text in texts], _begin(texts), language, title))
    for piece, line in zip(blocks, lines, strict=True):
        kind = piece.kind
        if kind == "paragraph":
            found = kind_of(line)
            kind = kind if found == "heading" and is_marked else found
        elif kind == "heading" and (is_byline(line) or is_furniture(line.text, language)):
            kind = "paragraph"
        kinds.append(kind)
    return Structure(title or None, tuple(_credited_below(list(map(Piece, kinds, texts)), lines)), byline, above, chosen)


def _chosen(blocks: Sequence[Piece], language: Language) -> Title | None:
    """Which of some blocks is the title, where none is marked as it: one of those that are marked as headings, if any is above the text."""
    texts = [Block(piece.text) for piece in blocks]
    if not any(piece.kind == "heading" for piece in blocks[: ABOVE + 2]):
        return title_of(texts, language, may_be_two=False)
    at = headed(texts[: ABOVE + 2], language) or _marked_below(blocks, language)
    first = blocks[at]
    is_title = first.kind == "heading" or (first.kind == "paragraph" and may_be_title(first.text, alone=len(blocks) == 1))
    return Title(at, at + 1, 1.0) if is_title else None


def _marked_below(blocks: Sequence[Piece], language: Language) -> int:
    """Where the title is marked as a heading below short lines that say who issues the text and when; 0 where it is not so."""
    at = next((number for number, piece in enumerate(blocks[:ABOVE]) if piece.kind == "heading"), 0)
    above = [piece.text for piece in blocks[:at]]
    is_head = all(len(text) <= HEADING_LIMIT and not is_running(text) for text in above)
    return at if is_head and len(blocks[at].text.split()) > DECK and any(is_date(text, language) for text in above[1:]) else 0


def _following(texts: Sequence[str], language: Language) -> list[int | None]:
    """Which block follows each, rules, who took a picture and what pages put there aside."""
    out: list[int | None] = []
    following: int | None = None
    for number in range(len(texts) - 1, -1, -1):
        out.append(following)
        text = texts[number]
        following = following if RULE.fullmatch(text) or is_furniture(text, language) or is_taken(text, language) else number
    return out[::-1]
