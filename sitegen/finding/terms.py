"""The terms of a text: what is told apart when somebody searches.

`client/terms.js` does the same with what a reader types, step by step; `tests/test_search.py` holds the two against each other. Letters are
told apart without case and marks ("Łódź" is "lodz"), numbers without what groups their digits ("27,400" is "27400"), and words without
their endings where the language's are known: English and German by Snowball's stemmers, Ukrainian by a list of the endings of its cases.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from snowballstemmer import stemmer

LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t", "ς": "σ",
}  # fmt: skip
"""Letters that are no plain letter with a mark, so that Unicode does not take them apart."""
_CASES = (
    "ами", "ями", "ові", "еві", "єві", "ого", "ому", "ими", "іми", "ах", "ях", "ам", "ям", "ою", "ею", "єю", "ом", "ем", "єм", "ів", "їв",
    "ий", "их", "им", "ої", "ій", "ії", "ію", "ія", "а", "я", "и", "і", "у", "ю", "о", "е", "є", "ь", "й", "ї",
)  # fmt: skip
"""The endings of Ukrainian nouns and adjectives, case by case."""
LEAST = 3
"""Letters that a word keeps when it loses its ending."""
_TABLE = str.maketrans(LETTERS)
_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_APOSTROPHE = re.compile(r"['’ʼ]")
_STRETCH = re.compile(r"[\w\u0300-\u036f'’ʼ]+")
"""What lies between spaces and punctuation: what a word may be made of, its marks among them."""
_NUMBER = re.compile(r"[0-9]+(?:[,.'’\s][0-9]{3})+(?![0-9])")
_GROUPING = re.compile(r"[^0-9]")


def folded(text: str) -> str:
    """The text without case and marks.

    >>> folded("Łódź, Straße, Київ")
    'lodz, strasse, киів'
    """
    if text.isascii():
        return text.lower()
    # a hundred signs at a time: Python puts the marks of one letter in order in the square of their number, and here they are dropped
    apart = "".join(unicodedata.normalize("NFKD", text[at : at + 100]) for at in range(0, len(text), 100))
    return "".join(char for char in apart if unicodedata.category(char) != "Mn").lower().translate(_TABLE)


def words(text: str) -> Iterator[str]:
    """The words and numbers of a text, folded, in order; a number whose digits are grouped is one more, and stands before them.

    >>> list(words("Ukraine's 27,400 men of L'Aquila"))
    ['27400', 'ukraine', '27', '400', 'men', 'of', 'laquila', 'aquila']
    """
    yield from _numbers(text)
    for stretch in _STRETCH.findall(text):
        yield from _words(stretch)


def _numbers(text: str) -> Iterator[str]:
    """The numbers whose digits are grouped, without what groups them; at most three stand before the first group."""
    for number in _NUMBER.findall(text):
        if not number[:4].isdecimal():
            yield _GROUPING.sub("", number)


@lru_cache(maxsize=100_000)  # an archive uses the same words again and again
def _words(stretch: str) -> tuple[str, ...]:
    out = []
    for word in _WORD.findall(folded(stretch)):
        first, *more = _APOSTROPHE.split(word)
        if more and more[-1] == "s":
            more.pop()
        out.append(first + "".join(more))
        if len(first) <= 2 and first.isascii() and more and len(more[0]) >= LEAST:
            out.append(more[0])
    return tuple(out)


_ENDINGS = tuple(sorted(dict.fromkeys(map(folded, _CASES)), key=lambda one: (-len(one), one)))


def endings(lang: str) -> tuple[str, ...]:
    """The endings, folded, of a language that is known by them alone, the longest first."""
    return {"uk": _ENDINGS}[lang]


def _uk(word: str) -> str:
    return next((word.removesuffix(one) for one in _ENDINGS if word.endswith(one) and len(word) - len(one) >= LEAST), word)


STEMMED: Mapping[str, Callable[[str], str]] = {
    "en": stemmer("english").stemWord,
    "de": stemmer("german").stemWord,
    "uk": _uk,
}
"""The languages whose words lose their endings."""


@lru_cache(maxsize=200_000)
def stem(word: str, lang: str) -> str:
    """A folded word without its ending, where the language's are known; numbers and short words stay as they are.

    >>> stem("troops", "en"), stem("hauser", "de"), stem("міста", "uk"), stem("villes", "fr")
    ('troop', 'haus', 'міст', 'villes')
    """
    cut = STEMMED.get(lang)
    return word if cut is None or len(word) <= LEAST or not word.isalpha() else cut(word)


@lru_cache(maxsize=100_000)
def _terms(stretch: str, lang: str) -> tuple[str, ...]:
    return tuple(stem(word, lang) for word in _words(stretch))


def terms(text: str, lang: str) -> set[str]:
    """The terms of a text in a language (its tag as far as the first hyphen counts)."""
    tag = lang.partition("-")[0].lower()
    out = set(_numbers(text))
    for stretch in set(_STRETCH.findall(text)):
        out.update(_terms(stretch, tag))
    return out
