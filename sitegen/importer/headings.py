"""Whether a line is a heading, by its form and by the lines beside it."""

from __future__ import annotations

import re
from functools import lru_cache

from sitegen.importer.blocks import ITEM, RULE, TICKER
from sitegen.importer.days import written
from sitegen.importer.language import Language, alternatives
from sitegen.importer.line import Line
from sitegen.importer.masthead import HEADING_LIMIT, byline_of, is_date, is_running, named
from sitegen.importer.tokens import NAME

ENDS = re.compile(r"[.!?…][”\"’»]?\Z")
"""The end of a sentence."""
LONGER, WORDS = 120, 16
"""Signs of a heading between sentences; words of any."""


def heading_of(text: str) -> str:
    """A heading as it is printed, without the signs that set it off: "+++ 18:05: The end +++"."""
    return text.strip(_SIGNS)


_SIGNS = " -–—=*#+"


def may_be_heading(text: str) -> bool:
    """Whether a block that is set in bold as a whole may be a heading: a short one that is no sentence."""
    return len(text) <= HEADING_LIMIT and re.search(r"[.!:;,…]\Z", text) is None


def is_heading(block: str, line: Line, *, is_set_off: bool = False) -> bool:
    """A short line without a sentence's end, before something longer or a table; a question that stands alone. `is_set_off`: by signs."""
    following, language = line.following, line.language
    if following is None or len(block) > 2 * LONGER:
        return False
    bare = heading_of(block)
    if bare.isupper() and bare.endswith(".") and not re.search(r"\.\s|\.{2}", bare):
        bare = bare[:-1]  # in old papers a full stop ends a heading too
    limit = LONGER if len(bare) > HEADING_LIMIT and is_running(line.before) and is_running(following) else HEADING_LIMIT
    if len(bare) > limit or not bare or not (bare[0].isupper() or bare[0].isdigit() or bare[0] in "“\"„«‘'"):
        return False
    if not re.search(r"[^\W\d_]{2}", bare) or re.search(r"\s{3,}\S", bare) or len(bare.split()) > WORDS:
        return False
    words = bare.lower().split()
    is_verbal = words[-1] in language.words("modals") | language.words("auxiliaries") and not language.flag("nouns_capitalised")
    if is_verbal and not bare.isupper():
        return False  # it goes on in what follows
    if re.match(r"[“\"„«‘'].+[”\"“»’']\s[–—-]\s", bare):
        return False  # a saying with who said it, set off from the text
    if re.search(r"[.!:;,…]\Z|[.!?…][”\"’]\Z|\.{2,}", bare) or (bare[0] in '“"„' and bare[-1] in '”"“' and len(words) > 8):
        return False
    if bare.isupper() and (line.language.words("finite") & set(words) or words[0] in line.language.words("leading_on")):
        return False  # a line of a bulletin that is set in capitals throughout
    numbers = sum(word.lstrip("+-−–±")[:1].isdigit() for word in words)
    if (bare[-1].isdigit() and bare[0].isdigit()) or (numbers > 1 and 2 * numbers >= len(words)) or len(set(words)) < 0.7 * len(words):
        return False
    if bare.endswith("?"):
        return bare.count("?") == 1 and not re.search(r"[.!]\s", bare) and len(following) > len(bare)
    is_list = ITEM.match(following) is not None or following.endswith(":") or line.is_above_rows or is_set_off
    is_contact = bare.lower() in language.words("beside") and named(language).fullmatch(following) is not None
    is_sentence = line.is_apart and len(following) > len(bare) and ENDS.search(following) is not None
    if not line.has_begun and not is_running(following):
        return is_list or is_contact  # above the text stands who wrote it, and when
    is_longer = len(following) > 1.5 * len(bare) or is_sentence or (following.startswith("(") and following.endswith(")"))
    return is_list or is_contact or (is_longer and len(following.split()) > len(bare.split()))


def is_numbered(line: Line) -> bool:
    """Whether a number begins a heading, and no item of a list: no other item stands beside it."""
    found = NUMBERED.match(line.text)
    if found is None or any(map(NUMBERED.match, (line.before, line.following or ""))):
        return False
    return is_heading(line.text[found.end() :], line) and not written(line.text, line.language)


NUMBERED = re.compile(r"(?:\d{1,2}|[IVX]{1,5})[.)]\s+(?=\S)")
"""A number before a heading or an item."""


def is_framed(line: Line) -> bool:
    """Whether signs stand on both sides of a heading: "- - - THE HARBOUR - - -"."""
    found = _FRAMED.fullmatch(line.text)
    return found is not None and is_heading(found[1], line, is_set_off=True)


_FRAMED = re.compile(r"(?:[-–—=*~]\s?){3,}(\w[^-=*~]{5,80}?)\s?(?:[-–—=*~]\s?){3,}")


def is_timed(line: Line) -> bool:
    """Whether a line begins with a time, as those above the news of a day do: "7.45 pm: The ferry is full", "8h41 - The ferry is full"."""
    return line.is_apart and _timed(line.language).fullmatch(line.text) is not None


@lru_cache(maxsize=8)
def _timed(language: Language) -> re.Pattern[str]:
    marks = alternatives(language.words("time_marks") | language.words("hour_signs"))
    return re.compile(rf"\d{{1,2}}\s?[.:h]\s?\d{{2}}(?:\s?(?:{marks}))?(?:\s?[:–—-])\s(?=.{{10,140}}\Z).*[^.!…:;,]", re.I)


def is_ticker(line: Line) -> bool:
    """Whether a line stands between plus signs, as those above the news of a live ticker do."""
    return TICKER.fullmatch(line.text) is not None


def is_joined(line: Line) -> bool:
    """Whether a line is two in one, as where a page leads to an article by its subject and its title: "Lake Cup Der Kampf um das Ufer"."""
    if len(line.text) > LONGER or line.text.istitle() or line.text.isupper():
        return False
    words = line.text.split()
    are_nouns = line.language.flag("nouns_capitalised")
    small = line.language.words("questions" if are_nouns else "articles")
    for before, word, after in zip(words[:-2], words[1:-1], words[2:], strict=True):
        if not word.istitle() or not before[-1:].isalpha():
            continue
        is_small = word.lower() in small and (are_nouns or after[:1].islower())
        if (is_small and len(word) > 1) or (word == before and len(word) > 3):
            return True
    return False


def is_listed(line: Line) -> bool:
    """Whether short lines that are no sentences stand in a row above a line: it is of a list, not a heading of what follows."""
    return line.run > ROW or re.search(r";(?:\s\w{1,4})?\Z", line.text) is not None


ROW = 2
"""Short lines in a row, of which the next is no heading."""


def is_within(line: Line) -> bool:
    """Whether a line stands directly below another short one that is no sentence: both are of a list, or the first is their heading."""
    before = line.before
    is_short = 0 < len(before) <= HEADING_LIMIT and not re.search(r"[.!?…:][”\"’»]?\Z", before)
    return (
        not line.is_apart and is_short and not clock(line.language).match(before) and not RULE.fullmatch(before) and not line.is_above_rows
    )


def leads(line: Line) -> bool:
    """Whether a line before the first running text is none of its headings: it goes on with the title, or says who issues the text."""
    if line.has_begun:
        return False
    if line.is_above_rows and line.is_apart:
        return False
    if not line.is_apart and line.number == 0:
        return True
    if line.number == 0 and line.before.isupper() and not line.text.isupper():
        return True
    if line.text.isupper() and line.before.isupper() and len(line.before.split()) > DECK and not is_date(line.before, line.language):
        return True
    issuer = line.language.organisation.search(line.text) is not None and re.fullmatch(NAME.pattern, line.text) is not None
    return len(line.text.split()) > DECK or issuer or bool(byline_of(line.before, line.language))


DECK = 5
"""Words of a heading that may stand before any running text; a longer line there goes on with the title."""


@lru_cache(maxsize=8)
def clock(language: Language) -> re.Pattern[str]:
    """A time alone: "10.15am", "Updated: 18:05 CET"."""
    marks = alternatives(language.words("time_marks") | language.words("hour_signs"))
    return re.compile(rf"(?:\w{{4,12}}[:,]\s)?\d{{1,2}}\s?[.:h]\s?\d{{2}}\s?(?:{marks})?(?:\s[A-Z]{{2,4}})?\W*\Z", re.I)
