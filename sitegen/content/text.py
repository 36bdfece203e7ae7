"""The normal forms of text, and its sentences.

Two texts are the same words when `normal` of both is equal: NFC, white space collapsed (DESIGN section 3). What is shown
keeps a single no-break or thin space as it is; what is searched (`spaced`) has a plain space there, at the same offset.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter

from sitegen.content.nfc import nfc

_UNEVEN = re.compile(r"\s(?:\s+|(?<=[\t-\r\x1c-\x1f]))")
"""White space that is not shown as it is: several signs, or one of ASCII's other than a space."""
_NO_SPACE = re.compile(r"[^\S ]")


def normal(text: str) -> str:
    """The words of a text: NFC, white space collapsed and trimmed; NUL, which Markdown cannot hold, as U+FFFD."""
    return " ".join(nfc(text.replace("\0", "\ufffd")).split())


def shown(text: str) -> str:
    """The text as a page shows it: as `normal`, but a lone white space character other than ASCII's stays."""
    text = text if text.isascii() else nfc(text)
    return text if _is_even(text) else _UNEVEN.sub(" ", text)


def _is_even(text: str) -> bool:
    """Whether all white space of a text is plain spaces that stand alone, as in most."""
    return text.isprintable() and "  " not in text  # of white space, the space alone is printable


_CAPTION_LABEL = re.compile(
    r"(?:photo|image|picture|caption|file photo|illustration|legende|bildlegende|bildunterschrift|légende)\s*[:–—-]\s+"
    r"|\[(?:photo|image|picture|foto|bild|фото)\]\s+|\(?\d{1,2}\)\s+",
    re.I,
)
_SET_OFF = {"()", "[]", "**", "__"}
"""The signs that set a caption off: brackets, or those by which a plain text marks italics."""


def caption_of(printed: str) -> str:
    """The words of a caption without the brackets or the label that set it off.

    >>> caption_of("(A tank)"), caption_of("[A tank]"), caption_of("Photo: a tank"), caption_of("A tank"), caption_of("()")
    ('A tank', 'A tank', 'a tank', 'A tank', '()')
    """
    text = normal(printed)
    bare = text[1:-1].strip() if len(text) > 1 and f"{text[0]}{text[-1]}" in _SET_OFF else text
    bare = _CAPTION_LABEL.sub("", bare, count=1) if _CAPTION_LABEL.match(bare) else bare
    return bare if any(char.isalnum() for char in bare) else text


def spaced(text: str) -> str:
    """The text with every white space character a plain space: same length, for searching."""
    return text if text.isascii() or text.isprintable() else _NO_SPACE.sub(" ", text)


_END = re.compile(r"(?<![.!?…])[.!?…]++(?:[\"'”’»)\]“‘«](?!\w)|\s»(?!\w))*+(?=\s++[\"'“‘«„‚»(\[]*+(?:(?<=«)\s)?+([^\W_a-z]))")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"])(?:[A-Z]|[A-Z](?:\.[A-Z])+|Mr|Mrs|Ms|Dr|Prof|St|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Gov|Sen|Rep|Rev|Hon|Jr|Sr|Inc|Ltd|Co|Corp"
    r"|No|Nos|Fig|Vol|approx|ca|cf|vs|etc|e\.g|i\.e|a\.m|p\.m|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec"
    r"|z\.B|bzw|ca|Nr|Str|Mio|Mrd|Tsd|janv|févr?|juil|déc|MM|im|вул|ім|р|м|обл)\.\Z"
)
_COUNTED = re.compile(r"\d\s(?:руб|коп|грн|кв|см|мм|км|кг|стор|гл|ст|Fr|Rp|kr|Kč)\Z")
"""Units cut short behind a number; another number goes on with it: "68 руб. 40 коп."."""
_DAY = re.compile(r"(?<!\d)\d{1,2}\Z")
_GERMAN_MONTH = re.compile(r"\s(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b")

SENTENCE = 2_000
"""Signs that a sentence has at most: a longer stretch without an end is cut at its words, for each of its statements is shown in it."""


@lru_cache(maxsize=1024)  # one block is asked for again and again, for all that stands in it
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of a block, as offsets; together they cover it but for the white space between.

    A full stop ends a sentence where a capital letter, digit or quotation mark follows, or a letter of a script without capitals, and no
    known abbreviation or initial stands before it; nor between a day and its month, as German writes them, nor between two
    numbers with a unit that is cut short.

    >>> [t[a:b] for t in ["Lt. Col. Gray spoke. He left.", "Am 3. Juli kam er.", "Було 12 тис. військових."] for a, b in sentences(t)]
    ['Lt. Col. Gray spoke.', 'He left.', 'Am 3. Juli kam er.', 'Було 12 тис. військових.']
    >>> [t[a:b] for t in ["Il part. « Nous aussi. » Elle reste."] for a, b in sentences(t)]
    ['Il part.', '« Nous aussi. »', 'Elle reste.']
    """
    out: list[tuple[int, int]] = []
    start = 0
    for end in _END.finditer(text):
        if end[1].islower():
            continue
        before = text[max(start, end.start() - 12) : end.start()]
        if end.group().startswith(".") and _ABBREVIATION.search(f"{before}."):
            continue
        if end.group() == "." and end[1].isdigit() and _COUNTED.search(before):
            continue
        if end.group() == "." and _GERMAN_MONTH.match(text, end.end()) and _DAY.search(before):
            continue
        out += _cut(text, start, end.end())
        start = end.end() + 1
        while start < len(text) and text[start].isspace():
            start += 1
    if start < len(text):
        out += _cut(text, start, len(text))
    return tuple(out)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or the parts of one that is too long."""
    while end - start > SENTENCE:
        space = text.rfind(" ", start + 1, start + SENTENCE)
        stop = space if space > 0 else start + SENTENCE
        yield start, stop
        start = stop + (space > 0)
    yield start, end


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch of whole sentences that holds `text[start:end]`."""
    spans = sentences(text)
    first = bisect_right(spans, start, key=itemgetter(0)) - 1
    last = bisect_left(spans, end, key=itemgetter(1))
    return spans[first][0] if first >= 0 else 0, spans[last][1] if last < len(spans) else len(text)
