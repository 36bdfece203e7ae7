"""Tells what a line of an article is, by itself and by its neighbours: a heading, a caption, an item, a paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from sitegen.importer.blocks import ITEM, RESULT
from sitegen.importer.captions import CAPTION_LIMIT, is_caption, is_named, is_taken
from sitegen.importer.days import written
from sitegen.importer.furniture import field_of, is_furniture, is_picture, is_slug, leads_on
from sitegen.importer.gazetteer import first_names
from sitegen.importer.headings import (
    ENDS,
    NUMBERED,
    clock,
    is_framed,
    is_heading,
    is_joined,
    is_listed,
    is_numbered,
    is_ticker,
    is_timed,
    is_within,
    leads,
)
from sitegen.importer.language import Language
from sitegen.importer.line import Kind, Line
from sitegen.importer.masthead import HEADING_LIMIT, byline_of, is_date, named
from sitegen.importer.tokens import CAPITAL, PARTICLES, SMALL, SMALLS

HEAD = 12
"""Lines below a title among which its byline is, where no running text comes before."""
PICTURED = 30
"""Words of a line above a name alone, or with one in brackets behind it, that tell what a picture shows."""


def kind_of(line: Line) -> Kind:
    """What a block is: what the first rule says that knows."""
    return next(kind for rule, kind in RULES if rule(line))


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
    if ENDS.search(line.text) or len(line.text.split()) > PERSON + 2:
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


def _is_boxed(line: Line) -> bool:
    """Whether a line is the title of another article in a row of such, below words that lead to them."""
    return line.is_boxed


def _is_amid(line: Line) -> bool:
    """Whether a few words stand between words of the page."""
    return line.is_amid and len(line.text.split()) <= 3


def _announces(line: Line) -> bool:
    """Whether a line begins with a word for something beside the article: "Source: …", "Read also: …"."""
    return line.language.leading("beside", r"\s*:").match(line.text) is not None


def _is_elsewhere(line: Line) -> bool:
    """Whether a line leads to another article, or is the title of one: it begins with a word for such, or stands below one."""
    found = line.language.leading("teasers", rf"\s(?-i:{CAPITAL})").match(line.text)
    return found is not None or leads_on(line.before, line.language)


def _is_labelled(line: Line) -> bool:
    """Whether a line names a table, or what the text is: "Tab. 1: Guests in July", "For immediate release"."""
    return _label(line.language).match(line.text) is not None


@lru_cache(maxsize=8)
def _label(language: Language) -> re.Pattern[str]:
    tables, over = language.any_of("tables"), language.any_of("above_title")
    return re.compile(rf"(?:{tables})\.?\s\d{{1,2}}(?!\w)|(?:{over})\W*\Z", re.I)


def _signs(line: Line) -> bool:
    """Whether the name of a body that issues a text stands alone below all of it, before who is to be asked."""
    is_name = line.language.organisation.match(line.text) is not None and len(line.text.split()) > 1
    return line.is_last and is_name and ENDS.search(line.text) is None and line.text.lower() not in line.language.words("beside")


RULES: tuple[tuple[Callable[[Line], object], Kind], ...] = (
    (lambda line: is_furniture(line.text, line.language), "paragraph"),
    (lambda line: is_picture(line.text, line.language, is_over=line.is_over), "paragraph"),
    (is_byline, "paragraph"),
    (lambda line: is_taken(line.text, line.language), "paragraph"),
    (_is_pictured, "caption"),
    (lambda line: line.is_last and is_named(line.text, line.language), "paragraph"),
    (lambda line: is_caption(line.text, line.language), "caption"),
    (lambda line: is_slug(line.text), "paragraph"),
    (_is_signed, "caption"),
    (_is_shown, "caption"),
    (_is_asking, "paragraph"),
    (_is_labelled, "paragraph"),
    (lambda line: line.text[-1:] in "0123456789)" and RESULT.fullmatch(line.text), "paragraph"),
    (_signs, "paragraph"),
    (_is_address, "paragraph"),
    (_is_person, "paragraph"),
    (_is_amid, "paragraph"),
    (is_joined, "paragraph"),
    (_is_boxed, "paragraph"),
    (is_timed, "heading"),
    (lambda line: NUMBERED.match(line.text) and is_date(line.text, line.language), "paragraph"),
    (is_numbered, "heading"),
    (is_framed, "heading"),
    (lambda line: ITEM.match(line.text) and not re.fullmatch(r"\W+", line.text), "item"),
    (lambda line: clock(line.language).match(line.text), "paragraph"),
    (lambda line: line.is_row, "paragraph"),
    (lambda line: line.is_asked and line.text.endswith("?"), "paragraph"),
    (_announces, "paragraph"),
    (_is_elsewhere, "paragraph"),
    (is_ticker, "heading"),
    (leads, "paragraph"),
    (is_within, "paragraph"),
    (is_listed, "paragraph"),
    (lambda line: not line.is_apart and field_of(line.text), "paragraph"),
    (lambda line: is_heading(line.text, line) and not written(line.text, line.language), "heading"),
    (lambda _: True, "paragraph"),
)
"""By what a block is told, in the order in which it is asked; the first that holds decides. tests/test_structure.py has a text for each."""
