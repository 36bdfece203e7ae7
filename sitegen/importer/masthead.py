"""What stands above a title, and beside it: lines that say what the text is and when it may be told, a date, who wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from sitegen.importer.blocks import ITEM, RULE, Block
from sitegen.importer.captions import is_caption
from sitegen.importer.days import written
from sitegen.importer.furniture import is_furniture, is_note, is_picture, is_slug
from sitegen.importer.gazetteer import first_names
from sitegen.importer.language import Language, alternatives
from sitegen.importer.tokens import CAPITAL, NAME, PARTICLES, SMALLS

TITLE_LIMIT = 300
HEADING_LIMIT = 90


def opens(block: str, language: Language) -> bool:
    """Whether a line says what the text is, with its number if it has one: "Release", "Pressemitteilung Nr. 12", "Nota 118/2022"."""
    over, numbered = language.any_of("above_title"), language.any_of("number_words")
    number = rf"(?:(?:{numbered})\.?\s*)?\d[\d/.-]*"
    return (
        len(block) <= TITLE_LIMIT
        and re.fullmatch(rf"(?:{over})(?:\W+(?:{over}))*+(?:\s+{number})?(?:\W*+|\s[–—|-]\s.{{1,60}})", block, re.I) is not None
    )


class Over(NamedTuple):
    """A line that may stand above the title, with its number, and what follows it."""

    text: str
    number: int
    blocks: Sequence[Block]
    language: Language

    @property
    def following(self) -> str:
        return self.blocks[self.number + 1].text


def titled_by_field(blocks: Sequence[Block], language: Language) -> int | None:
    """The block that a database's record calls the title, below "HEADLINE:"; None where none does."""
    field = next((number for number, block in enumerate(blocks[:FIELDS]) if _is_field_of_title(block.text, language)), 0)
    return field + 1 if field and field + 1 < len(blocks) else None


def headed(blocks: Sequence[Block], language: Language) -> int:
    """How many lines stand above the title by the rules: words for what the text is, dates, the part of the paper, what a page puts there.
    None, where nothing that may be a title follows them."""
    count = _letterhead(blocks, language)
    while count < min(len(blocks) - 1, ABOVE) and any(rule(Over(blocks[count].text, count, blocks, language)) for rule, _ in OVER):
        count += 1
    while count > 1 and (not _heads(blocks[count].text) or is_date(blocks[count].text, language)):
        count -= 1  # the words for what it is are its title: "MINUTES OF THE COUNCIL", and its day below
    return count if count and _heads(blocks[count].text) and not is_pictured(blocks[count].text, language) else 0


FIELDS = 20
"""Lines among which the fields of a database's record are."""


def _is_field_of_title(text: str, language: Language) -> bool:
    return text.endswith(":") and text.isupper() and text[:-1].lower() in language.words("title_fields")


def is_pictured(text: str, language: Language) -> bool:
    """Whether a first line tells of a picture: in brackets, or in place of it."""
    return is_picture(text, language) or (text[:1] in ("(", "[") and is_caption(text, language))


_SET_OFF = re.compile(r"([*_])(?:[^\s*_]+\s?){1,5}\1")
"""A few words in what marks italics in a plain text."""


def _is_note(line: Over) -> bool:
    if not is_note(line.text, line.language):
        return False
    return bool(line.number or written(line.text, line.language) or line.text[-1] in ".)]") and not is_pictured(line.text, line.language)


def _is_author(line: Over) -> bool:
    """Whether a line is a name above the date, or a byline, and a title follows."""
    is_name = named(line.language).fullmatch(line.text) is not None and is_date(line.following, line.language)
    return is_name or (bool(byline_of(line.text, line.language)) and _heads(line.following) and not is_running(line.following))


@lru_cache(maxsize=8)
def named(language: Language) -> re.Pattern[str]:
    """A line that may be a name, or two, and nothing else."""
    small = rf"(?i:{language.any_of('joining')})|{PARTICLES}"
    return re.compile(rf"{CAPITAL}[\w.’'-]+(?:\s(?:(?:{small})\s)?{CAPITAL}[\w.’'-]+){{1,3}}")


_ISSUE = re.compile(r",\s(?:[^\W\d_]{1,5}\.?|№)\s?\d{1,4}\Z|:\s\w+\s\d{1,3}\Z")
"""The number of an issue or of a page, at the end of the name of a paper."""


def _letterhead(blocks: Sequence[Block], language: Language) -> int:
    """How many lines tell who issues a text, above its title."""
    ends = [number for number in range(1, min(len(blocks) - 1, ABOVE)) if blocks[number].is_apart]
    if not ends or is_date(blocks[0].text, language):
        return 0
    heads = [number for number in ends if _is_under(blocks, number, language)]
    return next(
        (number for number in heads if _is_alone(blocks, number, language) or (number == ends[0] and _is_dated(blocks, number, language))),
        0,
    )


def _is_under(blocks: Sequence[Block], at: int, language: Language) -> bool:
    """Whether a line may be the title below a letterhead."""
    text = blocks[at].text
    if blocks[at].is_row or not all(_heads(block.text) for block in blocks[: at + 1]) or len(text.split()) <= LETTERED:
        return False
    is_author = named(language).fullmatch(text) is not None and text.split()[0] in first_names()
    return not (is_author or byline_of(text, language) or is_running(text) or is_date(text, language))


def _is_dated(blocks: Sequence[Block], at: int, language: Language) -> bool:
    """Whether the date stands with who issues the text, or below its title."""
    dates = [is_date(block.text, language) for block in blocks[: at + 2]]
    is_issued = language.organisation.search(blocks[0].text) is not None and any(dates[1:at])
    return is_issued or (dates[at + 1] and not any(dates[:at]) and not blocks[at + 1].is_apart)


def _is_alone(blocks: Sequence[Block], at: int, language: Language) -> bool:
    """Whether a line stands alone above running text, and lines that stand together above it are shorter, or tell a day or a number."""
    below, above = blocks[at + 1], blocks[:at]
    if not below.is_apart or not (is_running(below.text) or byline_of(below.text, language)):
        return False
    told = [len(one.text.split()) for one in above if not (written(one.text, language) or opens(one.text, language))]
    return any(not one.is_apart for one in above) and max(told, default=0) < min(ISSUER + 1, len(blocks[at].text.split()))


LETTERED = 3
"""Words of a heading that may stand below a title and its date; what is longer there is the title of a text below a letterhead."""
ISSUER = 6
"""Words of a line above the title that tells who issues the text, its number, or what may be done with it."""
ABOVE = 8
"""Lines that may stand above a title."""


_LABEL = re.compile(r"[^\W\d_]{3,20}\s?:\s+\S{1,20}(?:\s\S{1,20}){0,2}")
"""A line of a release that says something about it: "Embargo: none"."""


def _leads_three(blocks: Sequence[str], language: Language) -> bool:
    """Whether a first line is the shortest of three that stand above the text: what it is about, the title, what it says more."""
    if len(blocks) < 4 or not is_running(blocks[3]) or is_date(blocks[3], language):
        return False
    first, title, more = blocks[:3]
    told = any(byline_of(one, language) or is_date(one, language) or is_caption(one, language) for one in (title, more))
    told = told or bool(written(title, language))  # who issued it, and when
    return len(first.split()) < len(title.split()) and len(more.split()) > 5 and not told and _heads(title) and _heads(more)


def _is_kicker(line: Over) -> bool:
    """Whether a line tells what the article is about, above its title: "CYCLING | Tour of the Ribera, stage 3", "OBITUARY"."""
    behind = line.blocks[line.number + 2].text if line.number + 2 < len(line.blocks) else ""
    below = behind if is_date(line.following, line.language) else line.following
    is_told = is_pictured(line.text, line.language) or is_caption(below, line.language)
    if is_told or len(line.text.split()) > PARTS or line.text[:1] in "“\"„«‘'":
        return False
    block, following = line.text, line.following
    parts = re.split(r"\s[|·•/]\s", block)
    is_issuer = line.number and line.language.leading("rubrics", r"\s").match(block) is not None
    is_short = (len(parts) > 1 or is_issuer or len(block.split()) <= 4) and len(block) <= HEADING_LIMIT
    may_head = _heads(following) and (not is_running(following) or following.endswith("?"))
    if is_short and parts[0].isupper() and not following.isupper() and may_head:
        is_below_note = line.number > 0 and is_note(line.blocks[line.number - 1].text, line.language)
        return not is_below_note and not is_date(following, line.language) and not byline_of(following, line.language)
    if _TWO_PARTS.fullmatch(block) and may_head and is_date(behind, line.language):
        return True
    words = block.split()
    limit = RUBRIC if line.language.leading("rubrics", r"\s").match(block) else KICKER
    return len(words) <= limit and len(following.split()) > 2 * KICKER and may_head and words[0] not in first_names()


_TWO_PARTS = re.compile(r"[^\W\d_][\w’'-]*(?:\s[\w’'-]+){0,3}\.\s[^\W\d_][\w’'-]*(?:\s[\w’'-]+){0,3}")
"""Two parts of a paper with a full stop between them: "Bandy. First league"."""


def _is_column(line: Over) -> bool:
    """Whether a line is the name of a column, in capitals, whose author stands below it: "LOOKING BACK", "with Ada Brook"."""
    is_name = line.text.isupper() and len(line.text.split()) <= RUBRIC
    return is_name and re.fullmatch(rf"(?:{line.language.any_of('with')})\s{NAME.pattern}", line.following) is not None


def _is_author_of_column(line: Over) -> bool:
    return line.number == 1 and _is_column(Over(line.blocks[0].text, 0, line.blocks, line.language))


def _is_issuer(line: Over) -> bool:
    """Whether a first line says whose document it is whose title follows: "LAKE COUNCIL", "MINUTES OF THE MEETING"."""
    papers = alternatives(line.language.words("documents") | line.language.words("records") | line.language.words("above_title"))
    is_body = line.number == 0 and line.language.organisation.search(line.text) is not None and _heads(line.text)
    return is_body and _heads(line.following) and re.match(rf"(?:{papers})(?!\w)", line.following, re.I) is not None


PARTS = 9
"""Words of the part of a paper with what is told of it, signs too."""
KICKER, RUBRIC = 2, 5
"""Words of a line that tells what is below it ("Local history"); one of three may be a title, but for one that begins as the parts of a
paper do ("From the council chamber")."""


def _heads(block: str) -> bool:
    """Whether a block is surely no sentence, so that lines above it are above a title. In old papers a full stop ends a title too."""
    is_old = block.isupper() and not re.search(r"\.\s", block)
    return may_be_title(block, alone=False) and (is_old or not block.endswith("."))


def is_date(block: str, language: Language) -> bool:
    """Whether a line tells a date and little else: "Monday, 3 May 2021, 18:05", "Kirchzarten, den 23. März 2022"."""
    dates = written(block, language) if len(block) <= HEADING_LIMIT else []
    return bool(dates) and len(re.sub(r"[\W\d_]+", " ", block[: dates[0][1]] + block[dates[0][2] :]).split()) <= 5


def byline_of(block: str, language: Language) -> str:
    """Who a line says that the article is by: "By Ada Brook", "Ada Brook | 9 September 2023"; else empty."""
    if len(block) > HEADING_LIMIT:
        return ""
    found = _byline(language).fullmatch(block.strip("*_ "))
    return (found["by"] or found["alone"] or found["said"]) if found else ""


@lru_cache(maxsize=8)
def _byline(language: Language) -> re.Pattern[str]:
    by = rf"(?i:{language.any_of('by')})\s*:?\s+"
    word = rf"{CAPITAL}[\w.’'-]*"
    link = rf"(?:(?:{PARTICLES}|{language.any_of('joining')}|{language.any_of('with')}|&)\s)"
    name = rf"{word}(?:,?\s{link}?{word}){{0,6}}"
    said = rf"{by}(?:[{SMALLS}’']+,?\s){{1,4}}(?P<said>{name})"
    return re.compile(rf"{by}(?P<by>{name})(?:,\s[^.]{{3,60}}|\s[|·•]\s.{{3,60}})?|(?P<alone>{name})\s[|·•]\s.{{4,40}}|{said}")


def may_be_title(block: str, *, alone: bool) -> bool:
    """Whether a block may be a title. `alone`: nothing follows it."""
    return len(block) <= TITLE_LIMIT and not _is_paragraph(block, alone=alone)


def _is_paragraph(block: str, *, alone: bool) -> bool:
    """Whether a first block is running text and no title: several sentences, or a long one with a full stop."""
    if re.search(rf"[.!?][”\"’']?\s+{CAPITAL}\S+(?:\s+\S+){{3,}}\.\Z", block):
        return True
    return not alone and block.endswith(".") and len(block) > 120


_SENTENCE_END = re.compile(r"[.!?:…][”\"’»“)]*\Z")


def is_running(block: str) -> bool:
    """Whether a block is running text: a sentence, or an item of a list."""
    return ITEM.match(block) is not None or (len(block.split()) > 7 and _SENTENCE_END.search(block) is not None)


OVER: tuple[tuple[Callable[[Over], object], str], ...] = (
    (lambda line: opens(line.text, line.language), "what the text is, an obituary or a release"),
    (lambda line: is_date(line.text, line.language), "a date"),
    (lambda line: RULE.fullmatch(line.text), "signs"),
    (lambda line: is_furniture(line.text, line.language) and not opens(line.following, line.language), "what pages put around an article"),
    (lambda line: is_picture(line.text, line.language) and line.blocks[line.number + 1].is_apart, "a picture that a copy does not have"),
    (lambda line: is_slug(line.text), "by what an agency files a story"),
    (_is_note, "where a copy is from, what an agency has changed"),
    (_is_kicker, "the part of the paper"),
    (_is_column, "a column"),
    (_is_author_of_column, "whose column it is"),
    (_is_issuer, "whose document it is"),
    (lambda line: line.number and _LABEL.fullmatch(line.text), "what a release says about itself"),
    (lambda line: line.number and _is_author(line), "who wrote it, beside the date"),
    (lambda line: not line.number and _ISSUE.search(line.text) and _heads(line.following), "the number of a paper"),
    (lambda line: line.number and line.blocks[line.number].is_row, "columns"),
    (lambda line: _SET_OFF.fullmatch(line.text) and _heads(line.following) and not is_running(line.following), "the part, set off"),
    (lambda line: not line.number and _leads_three([block.text for block in line.blocks], line.language), "what it is about"),
)
"""What stands above a title, each with what such a line is. tests/test_structure.py has a text for each."""
