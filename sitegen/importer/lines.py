"""Tells what a line of an article is, by itself and by its neighbours: a heading, a caption, an item, a paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal, NamedTuple

from sitegen.importer.blocks import ITEM, RULE, TICKER
from sitegen.importer.captions import CAPTION_LIMIT, is_caption, is_taken
from sitegen.importer.days import written
from sitegen.importer.furniture import field_of, is_furniture, is_picture, is_slug, leads_on
from sitegen.importer.gazetteer import first_names
from sitegen.importer.language import Language, alternatives
from sitegen.importer.masthead import HEADING_LIMIT, byline_of, is_date, is_running, named
from sitegen.importer.tokens import CAPITAL, NAME, PARTICLES, SMALL, SMALLS

Kind = Literal["heading", "caption", "paragraph", "item"]
HEAD = 12
"""Lines below a title among which its byline is, where no running text comes before."""
PICTURED = 30
"""Words of a line above a name alone, or with one in brackets behind it, that tell what a picture shows."""


class Line(NamedTuple):
    """A block below the title, with its number there, the block `before` it, and that which follows it, rules aside; `has_begun`: it is, or
    stands below, the first running text; `is_apart`: no line stands directly above it; `is_row`: it has columns, `is_above_rows`: what
    follows has; `is_over`: a line stands directly below; `is_asked`: the text is an interview;
    `is_last`: no running text comes below; `run`: short lines that stand in a row directly above it; `is_amid`: words
    of the page stand directly above and below it; `is_boxed`: it is in a row of lines below words that lead to other articles."""

    text: str
    number: int
    before: str
    following: str | None
    language: Language
    has_begun: bool = True
    is_apart: bool = True
    is_row: bool = False
    is_above_rows: bool = False
    is_over: bool = False
    is_asked: bool = False
    is_last: bool = False
    run: int = 0
    is_amid: bool = False
    is_boxed: bool = False


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


@lru_cache(maxsize=8)
def _clock(language: Language) -> re.Pattern[str]:
    """A time alone: "10.15am", "Updated: 18:05 CET"."""
    marks = alternatives(language.words("time_marks") | language.words("hour_signs"))
    return re.compile(rf"(?:\w{{4,12}}[:,]\s)?\d{{1,2}}\s?[.:h]\s?\d{{2}}\s?(?:{marks})?(?:\s[A-Z]{{2,4}})?\W*\Z", re.I)


def is_byline(line: Line) -> bool:
    """Whether a line says who wrote: a byline, a name beside the date, a name alone."""
    if byline_of(line.text, line.language) or line.text.lower().rstrip(":") in line.language.words("by"):
        return True
    is_below_title = line.number < 2 and not line.has_begun and not line.before.istitle()
    if is_below_title and _WITH_ROLE.fullmatch(line.text):
        return True
    if named(line.language).fullmatch(line.text) is None or line.text.isupper():
        return False
    if is_below_title and re.search(rf"\s{SMALL}{{4}}", line.before) and not line.language.flag("nouns_capitalised"):
        return True
    is_known = line.text.split()[0].split("-")[0] in first_names()
    beside = (line.before, line.following or "")
    return is_known or (line.number < HEAD and not line.has_begun and any(is_date(one, line.language) for one in beside))


_WITH_ROLE = re.compile(rf"{CAPITAL}[\w.’'-]+(?:\s{CAPITAL}[\w.’'-]+){{1,2}},\s[{SMALLS}-]+(?:\s[{SMALLS}-]+){{0,3}}")
"""A name with what who bears it does: "Ada Brook, court reporter"."""


def _is_pictured(line: Line) -> bool:
    """Whether a line stands directly below what stands for a picture."""
    return not line.is_apart and is_picture(line.before, line.language, is_over=True) and len(line.text) <= CAPTION_LIMIT


def _is_signed(line: Line) -> bool:
    """Whether a sentence ends with a name in brackets, as captions do; behind the last one of a text it is that of an agency."""
    is_one = len(line.text.split()) <= PICTURED and _SIGNED.search(line.text) is not None and not re.search(r"[.!?]\s.*[.!?]\s", line.text)
    return is_one and line.following is not None and not line.is_last


_SIGNED = re.compile(rf"[.!?]\s\({CAPITAL}\w+\)\Z")


def _is_shown(line: Line) -> bool:
    """Whether a line that is no sentence begins with a name and, in brackets, whose it is: "Ada Brook (Lake Rowers) lands at dusk"."""
    return line.has_begun and _SHOWN.match(line.text) is not None and re.search(r"[.!?:…][”\"’»]?\Z", line.text) is None


_SHOWN = re.compile(rf"{CAPITAL}[\w.’'-]+(?:\s{CAPITAL}[\w.’'-]+){{1,3}}\s\((?=[^()]*{SMALL})[^()\d]{{2,30}}\)\s{SMALL}+\s\S.{{10}}")


def _is_asking(line: Line) -> bool:
    """Whether a short line asks readers for something, or tells how long ago a part of a page was written."""
    if len(line.text.split()) > PERSON + 2 or _ENDS.search(line.text):
        return False
    ago = line.language.any_of("ago")
    is_old = re.search(rf"(?<!\w)(?:\d+\s\w+\s(?:{ago})(?!{SMALL})|(?:{ago})\s\d+\s\w)", line.text, re.I)
    return is_old is not None or line.language.leading("requests", r"(?!\w)").match(line.text) is not None


def _is_address(line: Line) -> bool:
    """Whether a short line holds an address of the web, or leads on by a sign: "More charts >>"."""
    return len(line.text) <= HEADING_LIMIT and _ADDRESS.search(line.text) is not None


_ADDRESS = re.compile(r"https?://|(?<!\w)(?:www|pic)\.\w+\.\w|\w/\w{6,}\Z|\s(?:>{1,3}|→|›)\Z")


def _is_person(line: Line) -> bool:
    """Whether a line names somebody with what he does, as below a saying: "Ada Brook, harbour master"."""
    words = line.text.split()
    if len(words) > PERSON or re.search(r"[.!?:…][”\"’»]?\Z", line.text) or len(words) < 3:
        return False
    is_known = words[0].split("-")[0] in first_names() and _OF.match(line.text) is not None
    return is_known or (words[-1].lower() in line.language.words("desks") and _NAMES.match(line.text) is not None)


PERSON = 12
"""Words of a line that names somebody with what he does."""
_NAMES = re.compile(rf"(?:{CAPITAL}[{SMALLS}’'-]+\s){{2}}")
_OF = re.compile(rf"{CAPITAL}[\w.’'-]+(?:\s(?:(?:{PARTICLES})\s)?{CAPITAL}[\w.’'-]+){{1,3}},\s\S")


def _is_joined(line: Line) -> bool:
    """Whether a line is two in one, as where a page leads to an article by its subject and its title: "Lake Cup Der Kampf um das Ufer"."""
    words = line.text.split()
    if line.text.istitle() or line.text.isupper():
        return False
    are_nouns = line.language.flag("nouns_capitalised")
    small = line.language.words("questions" if are_nouns else "articles")
    for before, word, after in zip(words[:-2], words[1:-1], words[2:], strict=True):
        if not word.istitle() or not before[-1:].isalpha():
            continue
        is_small = word.lower() in small and (are_nouns or after[:1].islower())
        if (is_small and len(word) > 1) or (word == before and len(word) > 3):
            return True
    return False


def _is_boxed(line: Line) -> bool:
    """Whether a line is the title of another article in a row of such, below words that lead to them."""
    return line.is_boxed


def _is_timed(line: Line) -> bool:
    """Whether a line begins with a time, as those above the news of a day do: "7.45 pm: The ferry is full", "8h41 - The ferry is full"."""
    return line.is_apart and _timed(line.language).fullmatch(line.text) is not None


@lru_cache(maxsize=8)
def _timed(language: Language) -> re.Pattern[str]:
    marks = alternatives(language.words("time_marks") | language.words("hour_signs"))
    return re.compile(rf"\d{{1,2}}\s?[.:h]\s?\d{{2}}(?:\s?(?:{marks}))?(?:\s?[:–—-])\s(?=.{{10,140}}\Z).*[^.!…:;,]", re.I)


def _is_listed(line: Line) -> bool:
    """Whether short lines that are no sentences stand in a row above a line: it is of a list, not a heading of what follows."""
    return line.run > ROW or re.search(r";(?:\s\w{1,4})?\Z", line.text) is not None


ROW = 2
"""Short lines in a row, of which the next is no heading."""


def _is_amid(line: Line) -> bool:
    """Whether a few words stand between words of the page."""
    return line.is_amid and len(line.text.split()) <= 3


def _is_within(line: Line) -> bool:
    """Whether a line stands directly below another short one that is no sentence: both are of a list, or the first is their heading."""
    before = line.before
    is_short = 0 < len(before) <= HEADING_LIMIT and not re.search(r"[.!?…:][”\"’»]?\Z", before)
    return (
        not line.is_apart and is_short and not _clock(line.language).match(before) and not RULE.fullmatch(before) and not line.is_above_rows
    )


def _is_framed(line: Line) -> bool:
    """Whether signs stand on both sides of a heading: "- - - THE HARBOUR - - -"."""
    found = _FRAMED.fullmatch(line.text)
    return found is not None and _is_heading(found[1], line, is_set_off=True)


_FRAMED = re.compile(r"(?:[-–—=*~]\s?){3,}(\w[^-=*~]{5,80}?)\s?(?:[-–—=*~]\s?){3,}")


def _announces(line: Line) -> bool:
    """Whether a line begins with a word for something beside the article: "Source: …", "Read also: …"."""
    return line.language.leading("beside", r"\s*:").match(line.text) is not None


def _is_elsewhere(line: Line) -> bool:
    """Whether a line leads to another article, or is the title of one: it begins with a word for such, or stands below one."""
    found = line.language.leading("teasers", rf"\s(?-i:{CAPITAL})").match(line.text)
    return found is not None or leads_on(line.before, line.language)


def _is_ticker(line: Line) -> bool:
    """Whether a line stands between plus signs, as those above the news of a live ticker do."""
    return TICKER.fullmatch(line.text) is not None


def _is_numbered(line: Line) -> bool:
    """Whether a number begins a heading, and no item of a list: no other item stands beside it."""
    found = _NUMBERED.match(line.text)
    beside = (line.before, line.following or "")
    is_date = bool(written(line.text, line.language))
    return found is not None and not is_date and not any(map(_NUMBERED.match, beside)) and _is_heading(line.text[found.end() :], line)


_NUMBERED = re.compile(r"(?:\d{1,2}|[IVX]{1,5})[.)]\s+(?=\S)")


_RESULT = re.compile(r".*\S\s\d{1,3}[:–-]\d{1,3}(?:\s\(\d{1,3}[:–-]\d{1,3}\))?")
"""A line that ends with the result of a game."""


def _is_labelled(line: Line) -> bool:
    """Whether a line names a table, or what the text is: "Tab. 1: Guests in July", "For immediate release"."""
    tables, over = line.language.any_of("tables"), line.language.any_of("above_title")
    return re.match(rf"(?:{tables})\.?\s\d{{1,2}}(?!\w)|(?:{over})\W*\Z", line.text, re.I) is not None


def _signs(line: Line) -> bool:
    """Whether the name of a body that issues a text stands alone below all of it, before who is to be asked."""
    is_name = line.language.organisation.match(line.text) is not None and len(line.text.split()) > 1
    return line.is_last and is_name and _ENDS.search(line.text) is None and line.text.lower() not in line.language.words("beside")


def _leads(line: Line) -> bool:
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


_ENDS = re.compile(r"[.!?…][”\"’»]?\Z")
LONGER, WORDS = 120, 16
"""Signs of a heading between sentences; words of any."""


def _is_heading(block: str, line: Line, *, is_set_off: bool = False) -> bool:
    """A short line without a sentence's end, before something longer or a table; a question that stands alone. `is_set_off`: by signs."""
    following, language = line.following, line.language
    bare = heading_of(block)
    if bare.isupper() and bare.endswith(".") and not re.search(r"\.\s|\.{2}", bare):
        bare = bare[:-1]  # in old papers a full stop ends a heading too
    limit = LONGER if following is not None and is_running(line.before) and is_running(following) else HEADING_LIMIT
    if following is None or len(bare) > limit or not bare or not (bare[0].isupper() or bare[0].isdigit() or bare[0] in "“\"„«‘'"):
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
    is_sentence = line.is_apart and len(following) > len(bare) and _ENDS.search(following) is not None
    is_longer = len(following) > 1.5 * len(bare) or is_sentence or (following.startswith("(") and following.endswith(")"))
    return is_list or is_contact or (is_longer and len(following.split()) > len(bare.split()))


RULES: tuple[tuple[Callable[[Line], object], Kind], ...] = (
    (lambda line: is_furniture(line.text, line.language), "paragraph"),
    (lambda line: is_picture(line.text, line.language, is_over=line.is_over), "paragraph"),
    (is_byline, "paragraph"),
    (lambda line: is_taken(line.text, line.language), "paragraph"),
    (_is_pictured, "caption"),
    (lambda line: is_caption(line.text, line.language), "caption"),
    (lambda line: is_slug(line.text), "paragraph"),
    (_is_signed, "caption"),
    (_is_shown, "caption"),
    (_is_asking, "paragraph"),
    (_is_labelled, "paragraph"),
    (lambda line: _RESULT.fullmatch(line.text), "paragraph"),
    (_signs, "paragraph"),
    (_is_address, "paragraph"),
    (_is_person, "paragraph"),
    (_is_amid, "paragraph"),
    (_is_joined, "paragraph"),
    (_is_boxed, "paragraph"),
    (_is_timed, "heading"),
    (lambda line: _NUMBERED.match(line.text) and is_date(line.text, line.language), "paragraph"),
    (_is_numbered, "heading"),
    (_is_framed, "heading"),
    (lambda line: ITEM.match(line.text) and not re.fullmatch(r"\W+", line.text), "item"),
    (lambda line: _clock(line.language).match(line.text), "paragraph"),
    (lambda line: line.is_row, "paragraph"),
    (lambda line: line.is_asked and line.text.endswith("?"), "paragraph"),
    (_announces, "paragraph"),
    (_is_elsewhere, "paragraph"),
    (_is_ticker, "heading"),
    (_leads, "paragraph"),
    (_is_within, "paragraph"),
    (_is_listed, "paragraph"),
    (lambda line: not line.is_apart and field_of(line.text), "paragraph"),
    (lambda line: _is_heading(line.text, line) and not written(line.text, line.language), "heading"),
    (lambda _: True, "paragraph"),
)
"""By what a block is told, in the order in which it is asked; the first that holds decides. tests/test_structure.py has a text for each."""
