"""What says of a picture what it shows: a label before it, brackets around it, who took it behind it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from sitegen.content.text import caption_of
from sitegen.importer.days import written
from sitegen.importer.furniture import begins, is_of_the_site
from sitegen.importer.language import Language
from sitegen.importer.tokens import CAPITAL, CAPITALS, PARTICLES, SMALL, SMALLS

CAPTION_LIMIT = 400


@lru_cache(maxsize=512)  # the same few lines are asked about by several rules
def is_caption(text: str, language: Language) -> bool:
    """Whether a block says of a picture what it shows: what the first rule says that knows."""
    return len(text) <= CAPTION_LIMIT and next((verdict for rule, verdict in RULES if rule(text, language)), False)


def _is_no_caption(text: str, language: Language) -> bool:
    """Whether what stands in brackets is something else: who edited the text, an advertisement, a dateline."""
    return _no_caption(language).match(text) is not None


def _is_bracketed(text: str, language: Language) -> bool:
    del language
    opening, closing = text[:1], text[-1:]
    return f"{opening}{closing}" in ("()", "[]") and text.count(opening) == text.count(closing) and caption_of(text) != text


def _is_sign(text: str, language: Language) -> bool:
    """Whether brackets hold a word or two, as they do around what an editor leaves out, a page puts in, or who wrote: "[sic]", "(abk)"."""
    del language
    least = PICTURED if text.startswith("[") else ALONE
    return text[:1] in ("(", "[") and text[-1:] in (")", "]") and len(text.split()) < least


PICTURED, ALONE = 4, 2
"""Words in square brackets that tell what a picture shows, and in round ones."""


def _is_beside(text: str, language: Language) -> bool:
    """Whether brackets hold an address, or when somebody lived."""
    del language
    return text[:1] in ("(", "[") and text[-1:] in (")", "]") and (_ADDRESS.search(text) is not None or _LIVED.fullmatch(text) is not None)


_ADDRESS = re.compile(r"\S@\S|https?://|\+\d{2}[\s\d]{6}")
_LIVED = re.compile(r"\([^()]{0,40}\b1\d{3}\s[–—-]\s[^()]{0,40}\b(?:1\d|20)\d{2}\)")


@lru_cache(maxsize=8)
def _labelled(language: Language) -> re.Pattern[str]:
    """A label: "Photo: …", "Fig. 3. …", "Photo (left): …", "Picture overleaf: …", "[Photo] …", "FOTO The stage", "L-R: …"."""
    photo, placed = language.any_of("photo"), language.any_of("placed")
    rows = rf"(?:\(?\d{{1,2}}\)\s+)?(?:{language.any_of('lined_up')})\s*:\s"
    label = rf"(?:{photo})\.?\s*(?:\([^)]*\)\s*|\d{{1,3}}\s*|(?:{placed})\s*)?(?:[:–—]|(?<=\d)\.)\s+\S"
    shouted = rf"(?-i:(?={CAPITAL}{{3}}))(?:{photo})\s+(?-i:(?:[\"“«„]|{CAPITAL}[^\W\d_]?{SMALL}))"
    credited = rf"(?:{language.any_of('credits')})\s*:\s[^.!?]{{2,60}}\.\s\S[^\n]{{20}}"
    return re.compile(rf"{label}|{credited}|\[(?:{photo})\]\s+\S|(?:{photo}),\s+(?-i:[\"“«„]|{CAPITAL})|{shouted}|{rows}", re.I)


@lru_cache(maxsize=8)
def _no_caption(language: Language) -> re.Pattern[str]:
    return re.compile(rf"[(\[]\s*(?:{language.any_of('not_captions')})(?!\w)|\(.*\d{{4}}\)\s[–—-]", re.I)


@lru_cache(maxsize=8)
def _filed(language: Language) -> re.Pattern[str]:
    """A picture from the files, as agencies mark them: "(FILE) The landing stage", "FILE - The landing stage"."""
    filed = language.any_of("filed")
    return re.compile(rf"(?:[(\[](?:{filed})[)\]]\s*[:–—-]?|(?-i:(?={CAPITAL}{{3}}))(?:{filed})\s*[:–—-])\s+\S", re.I)


@lru_cache(maxsize=8)
def _credited(language: Language) -> re.Pattern[str]:
    """Who took a picture, at the end of what it shows: "Photo: Ada Brook", "Archivfoto: dpa", "Courtesy of the family", "(Photo: AP)"."""
    photo = rf"\w*?(?:(?<!\w)|(?=\w{{4}}))(?:{language.any_of('photo')})"
    taken = rf"{photo}(?:\s*:\s?|\s+(?:{language.any_of('by')})\s+|(?:\s\w{{2,3}})?\s+(?-i:(?={CAPITAL}|©)))"
    named = r"(?!)" if language.flag("nouns_capitalised") else rf"(?-i:(?={CAPITAL}|©))"
    glued = rf"(?-i:(?<=[^\W\d_{CAPITALS}]{{2}}|[^\W\d_{CAPITALS}][.!?…»”\")])(?={CAPITAL}[^\W\d_{CAPITALS}]+\s?:|©))"
    comma = r"(?<=\w),\s+(?=\w{3,25}:\s)"
    apart = rf"(?<=\w)\s+(?:[|·•/–—-]\s+[(\[]?|[(\[]|{named}|(?=\w{{3,25}}:\s|©))"
    behind = rf"(?:(?<=[.!?…»”\"+)])\s+(?:[|·•/–—-]\s+)?[(\[]?|{apart}|{comma}|{glued})"
    rights = language.any_of("rights")
    said = rf"(?:{taken}|(?:{language.any_of('credits')}|{rights})\s*(?:[:/]?\s|(?<=©)|:))"
    whose = rf"{said}(?:[^.!?]|\b\w\.|\.(?=\w)){{2,80}}[)\].]?(?:\.?\s(?:{rights})\.?)?"
    quoted = rf"(?:\w+\s){{0,2}}(?:{language.any_of('credits')})\s[\"“«][^\"“”«»]{{2,60}}[\"”»]\.?"
    lent = rf"(?<=[.!?…]\s){photo}\s(?:[\w’'-]+\s?){{2,5}}(?<!\s)"  # "Photo from the family's albums"
    return re.compile(rf"{lent}\Z|{behind}(?:{whose}|{quoted}|(?<=[.!?…]\s)(?:{language.any_of('filed')})[.]?)\Z", re.I)


@lru_cache(maxsize=8)
def _in_brackets(language: Language) -> re.Pattern[str]:
    """Brackets at the end that tell where a picture is from: "(photo by the author).", "(DR)", "(postcard, about 1905; own collection)"."""
    told = rf"(?:\w*(?:{language.any_of('photo')})|{language.any_of('credits')})(?!\w)"
    source = rf"(?<=[.!?…]\s)\((?:{language.any_of('source_lines')})\s*:\s[^()]{{2,60}}\)\Z"
    return re.compile(rf"{source}|\s\((?:[^()]{{0,60}}[,;’']\s?(?:\w+\s){{0,2}})?{told}[^()]{{0,60}}\)\.?\Z", re.I)


@lru_cache(maxsize=8)
def _printed(language: Language) -> re.Pattern[str]:
    """What kind of picture it is, before or behind what it shows, or in whose keeping: "Detail of the lower edge", "…. Postcard, about
    1908", "… (Society collection)"."""
    prints, kept = language.any_of("prints"), language.any_of("collections")
    dated = rf"[,;]\s(?:\w+\s)?(?:{prints})(?!\w)[^.!?\d]{{0,25}}\d{{4}}"
    apart = rf"[.–—]\s(?:\w+\s)?(?:{prints})(?!\w)[^.!?]{{0,50}}"
    behind = rf"[^.!?]{{12,150}}(?:{dated}|{apart}|\s\([^()]{{0,40}}(?<!\w)(?:{kept})(?!\w)[^()]{{0,30}}\))"
    return re.compile(rf"{behind}|(?:{prints})(?:\s[^\s.!?]+){{3,15}}", re.I)


_NAME = rf"{CAPITAL}[\w.’'@&-]*(?:\s(?:(?:{PARTICLES})\s)?{CAPITAL}[\w.’'&-]*){{0,4}}"


@lru_cache(maxsize=8)
def _by_agency(language: Language) -> re.Pattern[str]:
    """An agency and who took a picture for it, or one of them, behind the sentence that tells what it shows."""
    via = language.any_of("by_way_of")
    return re.compile(
        rf"[.!?…”»\w]\s?[(\[]{_NAME}\s?/\s?[\w.’'&-]+(?:\s[\w.’'&-]+){{0,3}}[)\].]+(?:\s\w+\s>)?\Z"  # "(Ada Brook/Lake News)"
        rf"|[.!?…”»]\s?{_NAME}\s?/\s?(?:(?:{via})\s)?(?:{_NAME}|{SMALL}{{2,8}})(?:/{SMALL}{{2,8}})?\.?\Z"  # "… at dusk. LKN/Ada Brook"
        rf"|{SMALL}{{3}}[.!?…](?=\S{{3}})(?=\w+{SMALL}){_NAME}(?<![.])\Z"  # "… at dusk.Lake Press"
        rf"|[{SMALLS}.”»)]\s{CAPITAL}{{2,6}}(?:/\s?{CAPITAL}{{2,6}})*/\s?(?=[\w.]+\s\w){_NAME}\Z"  # "… at dusk LKN/ Ada Brook"
        rf"|\S/(?:{via})\s{CAPITAL}{{3,}}\s"  # what agencies print below a picture that others have supplied
        rf"|[.!?…]\s\((?:{CAPITAL}\.\s?){{1,2}}{_NAME}\)\Z"  # "… at dusk. (A. Brook)"
    )


_GLUED = re.compile(rf"{SMALL}[.!?…]{CAPITAL}")
_SET_OFF = re.compile(rf"(?:[\w”»)]\s[|/]\s(?=\S+\s\S)|[.!?…]\s[|/]\s){_NAME}(?:\s[(/]\s?{CAPITAL}+\)?)?\Z")
"""A name behind a sign that sets it off from what the picture shows: "… at dusk | Ada Brook"."""
_SHOUTED = re.compile(rf"[\w»”)]{{2}}[.](?:\s{CAPITAL}{{3,}}(?:\s{CAPITAL}{{2,}}){{0,3}}|{CAPITAL}{{2,5}})\Z")
"""A name in capitals behind the only sentence of a caption: "… at dusk. ADA BROOK"."""
TAIL, NAMED_BEHIND, SHORT = 150, 5, 20
"""Signs at the end of a block among which who took a picture is; words and signs at least that tell what it shows."""


def _is_set_off(text: str, language: Language) -> bool:
    """Whether a name stands behind what a picture shows, apart from it; not in a row of a table, or of a menu."""
    dates = written(text, language)
    if dates and dates[0][1] < SHORT:
        return False  # it says when the text was published, and who wrote it
    if "|" in text or " / " in text:
        found = _SET_OFF.search(text, max(0, len(text) - TAIL))
        if found is not None:
            return len(text[: found.start() + 1].split()) >= NAMED_BEHIND and text.count(" |") < 2
    if not text[-1:].isupper():
        return False
    found = _SHOUTED.search(text, max(0, len(text) - TAIL))
    before = text[: found.start() + 2] if found is not None else ""
    return len(before) > SHORT and not before.isupper() and not re.search(r"[.!?]", before)


@lru_cache(maxsize=8)
def _sided(language: Language) -> re.Pattern[str]:
    """Where in a picture somebody stands, in brackets or where a caption begins: "Ada Brook (left)", "Pictured from left, are …"."""
    sides, rows = language.any_of("sides"), language.any_of("lined_up")
    start = rf"\A(?:{language.any_of('photo')})\s(?:\w{{1,3}}\s){{0,2}}(?:{sides}|{rows}|{language.any_of('placed')})\s?[,:]"
    return re.compile(rf"\w\s[(\[](?:(?:\w+\s)?(?:{rows})|{sides})[)\],;]|{start}", re.I)


def _is_sided(text: str, language: Language) -> bool:
    return _sided(language).search(text) is not None and len(re.findall(r"[.!?]\s", text)) < SENTENCES


SENTENCES = 4
"""Sentences of a caption that names those whom a picture shows by where they stand."""


_LICENCE = r",?\s\(?CC(?:[ -](?:BY|SA|NC|ND|0))+(?:\s\d\.\d)?\)?"
"""The licence of a picture."""


@lru_cache(maxsize=8)
def _tail(language: Language) -> re.Pattern[str]:
    """A name behind a sentence's end, with for whom who bears it took the picture."""
    whom, the, of = (language.any_of(name) for name in ("for_whom", "definite", "of"))
    behind = rf"\s(?:{whom})\s(?:(?:{the})\s)?(?:{CAPITAL}|(?:{of})\s)[\w’'& -]*"
    return re.compile(
        rf"(?:[^\W\d_{CAPITALS}]{{3}}|\d[^\W\d_{CAPITALS}]{{2}}|\d{{2}})\.\s((?=[^.]{{4}}){_NAME}(?:{behind})?)(?<!\.)(?:{_LICENCE})?\Z"
    )


def is_named(text: str, language: Language) -> bool:
    """Whether a name alone stands behind the one short sentence of a block: "The landing stage at dusk. Ada Brook for Lake News".
    Below all text it is that of an agency."""
    found = _tail(language).search(text, max(0, len(text) - TAIL))
    if found is None or language.flag("nouns_capitalised") or len(text.split()) > LONGEST:
        return False
    before = text[: found.start() + 1]
    is_one = not re.search(r"[.!?:]", before) and len(before.split()) > 2 and text[:1].isupper()
    return is_one and not re.search(r"[“”«»\"]", text) and not begins(found[1], language)


LONGEST = 30
"""Words of a block with a name alone at its end."""


def is_taken(text: str, language: Language) -> bool:
    """Whether a line says no more than who took a picture, under a name alone: "Image: Lakepix", "Ada Brook - Lake News / Lake News"."""
    if len(text) > TAIL:
        return False
    return _taken_line(language).fullmatch(text) is not None


@lru_cache(maxsize=8)
def _taken_line(language: Language) -> re.Pattern[str]:
    photo, by = language.any_of("photo"), language.any_of("by")
    whose = rf"(?:{photo})(?:\s(?:{language.any_of('credits')}))?"
    others = r"(?:(?:\s?[/|,]\s?|\sI\s)(?:[\w’'& -]|\.(?=\w)){2,60}){0,4}"
    labelled = rf"(?i:{whose}|{language.any_of('credits')})\s*:\s?(?:\w{{1,2}})?{_NAME}{others}"
    bracketed = rf"\((?i:{whose})(?:\s*:\s?|(?i:\s(?:{by})\s))(?:[^().!?]|\.(?=\w)){{2,120}}\)"
    named = rf"\({_NAME}(?:\s?[/|]\s?{_NAME})?\)"
    agency = rf"{_NAME}(?:\s[–—-]\s{_NAME})?\s?/\s?(?:{_NAME}\s(?:{language.any_of('by_way_of')})\s)?{_NAME}"
    return re.compile(rf"{agency}|{labelled}|{bracketed}|{named}|©\s?[^.!?/|]{{2,60}}(?:[/|.][^.!?/|]{{1,60}}){{0,4}}")


def is_credit(text: str, language: Language) -> bool:
    """Whether a line says no more than who took a picture: "Credit: Ada Brook"."""
    return _credit_line(language).match(text) is not None


@lru_cache(maxsize=8)
def _credit_line(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?:{language.any_of('credits')})\s*:\s.{{2,80}}\Z", re.I)


RULES: tuple[tuple[Callable[[str, Language], object], bool], ...] = (
    (is_of_the_site, False),
    (_is_no_caption, False),
    (_is_sign, False),
    (_is_beside, False),
    (_is_bracketed, True),
    (lambda text, language: _labelled(language).match(text), True),
    (lambda text, language: _filed(language).match(text), True),
    (lambda text, language: _credited(language).search(text), True),
    (lambda text, language: text.endswith((")", ").")) and _in_brackets(language).search(text), True),
    (lambda text, language: ("/" in text or text.endswith(")") or _GLUED.search(text)) and _by_agency(language).search(text), True),
    (lambda text, language: _printed(language).fullmatch(text), True),
    (_is_set_off, True),
    (_is_sided, True),
    (is_named, True),
)
"""By what a caption is told, in the order in which it is asked; the first that holds decides. tests/test_structure.py has texts."""
