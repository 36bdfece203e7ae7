"""Reads a plain text as an editor would at a first glance: title, headings, captions, paragraphs, items of lists.

It only sorts the words into pieces; it changes none of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from sitegen.content.text import caption_of
from sitegen.importer.blocks import ITEM, RULE, TICKER, blocks_of
from sitegen.importer.dates import written
from sitegen.importer.language import Language
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


TITLE_LIMIT = 300
CAPTION_LIMIT = 400
HEADING_LIMIT = 90
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
    byline = next((words for block in blocks[:3] if (words := _byline(block, language))), "")
    begin = next((number for number, block in enumerate(blocks) if _is_running(block)), len(blocks))
    lines = [
        Line(block, number, blocks[number - 1] if number else "", following, language, number >= begin)
        for number, (block, following) in enumerate(zip(blocks, _following(blocks), strict=True))
    ]
    return Structure(title, tuple(_credited_below([Piece(kind_of(line), line.text) for line in lines], language)), byline, tuple(above))


def _credited_below(pieces: Sequence[Piece], language: Language) -> list[Piece]:
    """The pieces, each caption with the line below it that says who took the picture."""
    out: list[Piece] = []
    for piece in pieces:
        if out and out[-1].kind == "caption" and _credit_line(language).match(piece.text):
            out[-1] = Piece("caption", f"{out[-1].text} {piece.text}")
        else:
            out.append(piece)
    return out


@lru_cache(maxsize=8)
def _credit_line(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?:{language.any_of('credits')})\s*:\s.{{2,80}}\Z", re.I)


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
    return re.compile(rf"(?:{language.any_of('photo')})\s*(?:\([^)]*\)\s*|\d{{1,3}}\s*)?(?:[:–—]|(?<=\d)\.)\s+\S", re.I)


@lru_cache(maxsize=8)
def _no_caption(language: Language) -> re.Pattern[str]:
    return re.compile(rf"\(\s*(?:{language.any_of('not_captions')})(?!\w)|.*\d{{4}}\)\s[–—-]", re.I)


@lru_cache(maxsize=8)
def _credited(language: Language) -> re.Pattern[str]:
    """Who took a picture, at the end of what it shows: "Photo: Ada Brook", "Archivfoto: dpa", "Courtesy of the family", "(Photo: AP)"."""
    taken = rf"\w*(?:{language.any_of('photo')})(?:\s*:\s|\s+(?:{language.any_of('by')})\s+|\s+(?-i:(?={CAPITAL})))"
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
        _opens(blocks[count], language)
        or _is_date(blocks[count], language)
        or _is_kicker(blocks[count], blocks[count + 1])
        or (count and _LABEL.fullmatch(blocks[count]))
        or (not count and (_SLUG.fullmatch(blocks[0]) or _leads_three(blocks, language)))
    ):
        count += 1
    return count if count and _heads(blocks[count]) else 0


ABOVE = 6
"""Lines that may stand above a title."""


_LABEL = re.compile(r"[^\W\d_]{3,20}\s?:\s+\S{1,20}(?:\s\S{1,20}){0,2}")
"""A line of a release that says something about it: "Embargo: none"."""
_SLUG = re.compile(r"[A-Z]{2,4}-[A-Z]\S+(?:\s[A-Z0-9]\S*){0,3}")
"""By what an agency files a story: "BC-Ferry Strike"."""


def _leads_three(blocks: Sequence[str], language: Language) -> bool:
    """Whether a first line is the shortest of three that stand above the text: what it is about, the title, what it says more."""
    if len(blocks) < 4 or not _is_running(blocks[3]):
        return False
    first, title, more = blocks[:3]
    told = any(_byline(one, language) or _is_date(one, language) or is_caption(one, language) for one in (title, more))
    return len(first.split()) < len(title.split()) and len(more.split()) > 5 and not told and _heads(title) and _heads(more)


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
    return line.number < 3 and name is not None and not line.text.isupper() and any(_is_date(one, line.language) for one in beside)


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
    return len(line.text.split()) > DECK or issuer or bool(_byline(line.before, line.language))


DECK = 5
"""Words of a heading that may stand before any running text; a longer line there goes on with the title."""


RULES: tuple[tuple[Callable[[Line], object], Kind], ...] = (
    (lambda line: line.number < 3 and _byline(line.text, line.language), "paragraph"),
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


def _is_running(block: str) -> bool:
    """Whether a block is running text: a sentence, or an item of a list."""
    return ITEM.match(block) is not None or (len(block.split()) > 7 and re.search(r"[.!?:…][”\"’»“)]*\Z", block) is not None)


def _following(blocks: Sequence[str]) -> list[str | None]:
    """What follows each block, rules aside."""
    out: list[str | None] = []
    following: str | None = None
    for block in reversed(blocks):
        out.append(following)
        following = following if RULE.fullmatch(block) else block
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
