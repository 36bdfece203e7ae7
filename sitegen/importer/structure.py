"""Reads a plain text as an editor would at a first glance: title, headings, captions, paragraphs, items of lists.

It only sorts the words into pieces; it changes none of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from sitegen.content.text import caption_of, normal
from sitegen.importer.dates import written
from sitegen.importer.language import Language
from sitegen.importer.people import CAPITAL

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


TITLE_LIMIT = 300
CAPTION_LIMIT = 400
HEADING_LIMIT = 90
_ITEM = re.compile(r"(?:[•●▪‣*–—·.-]|\d{1,3}[.)]|[a-z][.)])\s+(?=\S)")
_VERBS = frozenset(["is", "are", "was", "were", "has", "have", "will", "ist", "sind", "war", "waren"])
_PREPOSITIONS = frozenset(["for", "of", "in", "on", "at", "to", "from", "with", "as", "and", "or", "für", "von", "mit"])
_RULE = re.compile(r"[\W_]+\Z")


def structure(text: str, language: Language) -> Structure:
    """The structure of a raw text. The first block is the title, unless it is a paragraph; lines that stand above titles may come first."""
    blocks = _blocks(text)
    below = headed(blocks, language)
    above, blocks = blocks[:below], blocks[below:]
    title = None
    if blocks and may_be_title(blocks[0], alone=len(blocks) == 1):
        title, blocks = blocks[0], blocks[1:]
    byline = next((words for block in blocks[:3] if (words := _byline(block, language))), "")
    lines = [
        Line(block, number, blocks[number - 1] if number else "", following, language)
        for number, (block, following) in enumerate(zip(blocks, _following(blocks), strict=True))
    ]
    return Structure(title, tuple(Piece(kind_of(line), line.text) for line in lines), byline, tuple(above))


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
    byline = next((words for text in texts[:3] if (words := _byline(text, language))), "")
    kinds: list[Kind] = []
    for number, (piece, following) in enumerate(zip(blocks, _following(texts), strict=True)):
        kind = piece.kind
        if kind == "paragraph":
            found = kind_of(Line(piece.text, number, texts[number - 1] if number else "", following, language))
            kind = kind if found == "heading" and is_marked else found
        kinds.append(kind)
    return Structure(title or None, tuple(map(Piece, kinds, texts)), byline, above)


class Line(NamedTuple):
    """A block below the title, with its number there, the block `before` it, and that which follows it, rules aside."""

    text: str
    number: int
    before: str
    following: str | None
    language: Language


def kind_of(line: Line) -> Kind:
    """What a block is: what the first rule says that knows."""
    return next(kind for rule, kind in RULES if rule(line))


def is_caption(text: str, language: Language) -> bool:
    """Whether a block says of a picture what it shows: it is labelled so, it stands in brackets, or it ends with who took it."""
    if len(text) > CAPTION_LIMIT:
        return False
    is_bracketed = text.startswith("(") and text.endswith(")") and text.count("(") == text.count(")") and caption_of(text) != text
    if is_bracketed:
        return not _no_caption(language).match(text)
    return _labelled(language).match(text) is not None or _credited(language).search(text) is not None


@lru_cache(maxsize=8)
def _labelled(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?:{language.any_of('photo')})\s*(?:\([^)]*\)\s*)?[:–—]\s+\S", re.I)


@lru_cache(maxsize=8)
def _no_caption(language: Language) -> re.Pattern[str]:
    return re.compile(rf"\(\s*(?:{language.any_of('not_captions')})(?!\w)|.*\d{{4}}\)\s[–—-]", re.I)


@lru_cache(maxsize=8)
def _credited(language: Language) -> re.Pattern[str]:
    """Who took a picture, at the end of what it shows: "Photo: Ada Brook", "Archivfoto: dpa", "Courtesy of the family", "(Photo: AP)"."""
    taken = rf"\w*(?:{language.any_of('photo')})(?:\s*:\s|\s+(?:{language.any_of('by')})\s+|\s+(?={CAPITAL}))"
    return re.compile(rf"(?<=[.!?…»”)\w])\s+[(\[]?(?:{taken}|(?:{language.any_of('credits')})\s)(?:[^.!?]|\b\w\.){{2,60}}[)\].]?\Z", re.I)


_NUMBER = r"(?:(?:nr|no|n\.?\s?º|№)\.?\s*)?\d[\d/.-]*"
"""The number of a release: "Nr. 12", "118/2022"."""


def _opens(block: str, language: Language) -> bool:
    over = language.any_of("above_title")
    return (
        len(block) <= TITLE_LIMIT
        and re.fullmatch(rf"(?:{over})(?:\W+(?:{over}))*+(?:\s+{_NUMBER})?(?:\W*+|\s[–—|-]\s.{{1,60}})", block, re.I) is not None
    )


def headed(blocks: Sequence[str], language: Language) -> int:
    """How many lines stand above the title: words for what the text is, dates, the part of the paper. None, where nothing that may be a
    title follows them."""
    count = 0
    while count < min(len(blocks) - 1, ABOVE) and (
        _opens(blocks[count], language) or _is_date(blocks[count], language) or _is_kicker(blocks[count], blocks[count + 1])
    ):
        count += 1
    return count if count and _heads(blocks[count]) else 0


ABOVE = 6
"""Lines that may stand above a title."""


def _is_kicker(block: str, following: str) -> bool:
    """Whether a first line tells what the article is about, above its title: "CYCLING | Tour of the Ribera, stage 3", "OBITUARY"."""
    parts = re.split(r"\s[|·•]\s", block)
    is_short = (len(parts) > 1 or len(block.split()) <= 4) and len(block) <= HEADING_LIMIT
    return is_short and parts[0].isupper() and not following.isupper() and _heads(following)


def _heads(block: str) -> bool:
    """Whether a block is surely no sentence, so that lines above it are above a title."""
    return may_be_title(block, alone=False) and not block.endswith(".")


def _is_date(block: str, language: Language) -> bool:
    """Whether a line tells a date and little else: "Monday, 3 May 2021, 18:05", "Kirchzarten, den 23. März 2022"."""
    dates = written(block, language) if len(block) <= HEADING_LIMIT else []
    return bool(dates) and len(re.sub(r"[\W\d_]+", " ", block[: dates[0][1]] + block[dates[0][2] :]).split()) <= 5


_CLOCK = re.compile(r"\d{1,2}\s?[.:h]\s?\d{2}\s?(?:[ap]\.?m\.?|uhr|h)?\W*\Z", re.I)


def _is_name(line: Line) -> bool:
    """Whether one of the first lines is nothing but the name of who wrote: it stands beside a date."""
    name = re.fullmatch(rf"{CAPITAL}[\w.’'-]+(?:\s(?:(?:de|van|von|der|und|and|y|et)\s)?{CAPITAL}[\w.’'-]+){{1,3}}", line.text)
    beside = (line.before, line.following or "")
    return line.number < 3 and name is not None and any(_is_date(one, line.language) for one in beside)


def _announces(line: Line) -> bool:
    """Whether a line begins with a word for something beside the article: "Source: …", "Read also: …"."""
    return re.match(rf"(?:{line.language.any_of('beside')})\s*:", line.text, re.I) is not None


RULES: tuple[tuple[Callable[[Line], object], Kind], ...] = (
    (lambda line: line.number < 3 and _byline(line.text, line.language), "paragraph"),
    (_is_name, "paragraph"),
    (lambda line: is_caption(line.text, line.language), "caption"),
    (lambda line: _ITEM.match(line.text) and not re.fullmatch(r"\W+", line.text), "item"),
    (lambda line: _CLOCK.match(line.text), "paragraph"),
    (_announces, "paragraph"),
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
        following = following if _RULE.fullmatch(block) else block
    return out[::-1]


def _byline(block: str, language: Language) -> str:
    """Who a line says that the article is by: "By Ada Brook", "Ada Brook | 9 September 2023"; else empty."""
    if len(block) > HEADING_LIMIT:
        return ""
    by = rf"(?i:{language.any_of('by')})\s*:?\s+"
    name = rf"{CAPITAL}[\w.’'-]*(?:\s(?:(?:de|van|von|der|and|und|та)\s)?{CAPITAL}[\w.’'-]*){{0,5}}"
    found = re.fullmatch(rf"{by}(?P<by>{name})(?:,\s[^.]{{3,60}})?|(?P<alone>{name})\s[|·•]\s.{{4,40}}", block)
    return (found["by"] or found["alone"]) if found else ""


def may_be_title(block: str, *, alone: bool) -> bool:
    """Whether a block may be a title. `alone`: nothing follows it."""
    return len(block) <= TITLE_LIMIT and not _is_paragraph(block, alone=alone)


def _is_paragraph(block: str, *, alone: bool) -> bool:
    """Whether a first block is running text and no title: several sentences, or a long one with a full stop."""
    if re.search(r"[.!?][”\"’']?\s+[A-ZÀ-ÖØ-Þ]\S+(?:\s+\S+){3,}\.\Z", block):
        return True
    return not alone and block.endswith(".") and len(block) > 120


def _blocks(text: str) -> list[str]:
    """The blocks of a text. Blank lines set them apart; within such a block every line is one, unless it was wrapped."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    stanzas: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            stanzas[-1].append(line)
        elif stanzas[-1]:
            stanzas.append([])
    wrapped = _is_wrapped(lines)
    out: list[str] = []
    for number, stanza in enumerate(stanzas):
        out += _joined(stanza, wrapped=wrapped, is_head=number == 0)
    return [words for block in out if (words := normal(block))]


def _is_wrapped(lines: list[str]) -> bool:
    """Whether the lines of a text were broken at a width: most that another follows are long, none is very long."""
    inner = [line.rstrip() for line, following in pairwise(lines) if line.strip() and following.strip()]
    if len(inner) < 3 or max(map(len, inner)) > 100:
        return False
    goes_on = sum(not re.search(r"[.!?:;”\"]\Z", line) and len(line) > 45 for line in inner)
    return goes_on > 0.4 * len(inner)


def _joined(stanza: list[str], *, wrapped: bool, is_head: bool) -> list[str]:
    """The blocks within lines that no blank line parts."""
    if not wrapped:
        return stanza
    out: list[list[str]] = []
    for index, line in enumerate(stanza):
        before = stanza[index - 1] if index else ""
        begins = (
            not index
            or _ITEM.match(line.lstrip()) is not None
            or re.search(r"\s{3,}\S", line.strip()) is not None  # columns
            or re.search(r"\s{3,}\S", before.strip()) is not None
            or len(before.strip()) < (60 if is_head and index < 4 else 40)
            or (is_head and before.isupper())
            or _RULE.fullmatch(before) is not None
        )
        if begins:
            out.append([line])
        else:
            out[-1].append(line)
    return ["\n".join(lines) for lines in out]


def _is_heading(block: str, following: str | None) -> bool:
    """A short line without a sentence's end, before something longer; a question that stands alone."""
    bare = block.strip("- –—=*#")
    if bare.isupper() and bare.endswith(".") and not re.search(r"\.\s|\.{2}", bare):
        bare = bare[:-1]  # in old papers a full stop ends a heading too
    if following is None or len(bare) > HEADING_LIMIT or not bare or not (bare[0].isupper() or bare[0].isdigit() or bare[0] in '“"„'):
        return False
    if not re.search(r"[^\W\d_]{2}", bare) or re.search(r"\s{3,}\S", bare) or len(bare.split()) > 14:
        return False
    if re.search(r"[.!:;,…]\Z|[.!?…][”\"’]\Z|\.{2,}", bare) or (bare[0] in '“"„' and bare[-1] in '”"“'):
        return False
    words = bare.lower().split()
    if bare.isupper() and (_VERBS & set(words) or words[0] in _PREPOSITIONS):
        return False  # a line of a bulletin that is set in capitals throughout
    if (bare[-1].isdigit() and bare[0].isdigit()) or sum(word[0].isdigit() for word in words) > 1 or len(set(words)) < 0.7 * len(words):
        return False
    if bare.endswith("?"):
        return bare.count("?") == 1 and not re.search(r"[.!]\s", bare) and len(following) > len(bare)
    longer = (
        len(following) > 1.5 * len(bare) or _ITEM.match(following) is not None or (following.startswith("(") and following.endswith(")"))
    )
    return longer and (len(following.split()) > len(bare.split()) or _ITEM.match(following) is not None)
