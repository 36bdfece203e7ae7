"""The terms of a text: what is told apart when somebody searches.

`client/finder.js` does the same with what a reader types, step by step; `tests/browser/test_search.py` holds the two against each other.
Letters are told apart without case and marks ("Łódź" is "lodz"), numbers without what groups their digits ("27,400" is "27400"), and words
without their endings where the language's are known: English and German by Snowball's stemmers, Ukrainian by a list of the endings of its
cases.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

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
_APOSTROPHE = re.compile(r"['’ʼ]")
_NUMBER = re.compile(r"(?<![0-9])[0-9]{1,3}(?:[,.'’ \u00a0\u2007-\u200a\u202f][0-9]{3})+(?![0-9])")
_GROUPING = re.compile(r"[^0-9]")
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060"
"""Signs that tell where a word may be cut or is joined."""


class _Patterns(NamedTuple):
    """`stretch`: what lies between spaces and punctuation, which is what a word may be made of, its marks among them; `word`: what of that
    is one when it is folded."""

    stretch: re.Pattern[str]
    word: re.Pattern[str]


_PLAIN = _Patterns(re.compile(r"[\w\u0300-\u036f'’ʼ]+"), re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*"))


@cache
def _of_all_scripts() -> _Patterns:
    """The same with the marks of every script. To find them takes a hundredth of a second, which most archives need not spend."""
    signs = map(chr, (*range(0x300, 0x20000), *range(0xE0100, 0xE01F0)))
    marks = {sign: kind for sign in signs if (kind := unicodedata.category(sign)).startswith("M")}
    letter = rf"(?:[^\W_]|[{''.join(sign for sign, kind in marks.items() if kind == 'Mc')}])"
    return _Patterns(re.compile(rf"[\w'’ʼ{_UNSEEN}{''.join(marks)}]+"), re.compile(rf"{letter}+(?:['’ʼ]{letter}+)*"))


def _patterns(text: str) -> _Patterns:
    if text.isascii():
        return _PLAIN
    is_odd = any(sign in _UNSEEN or (sign > "\u036f" and unicodedata.category(sign).startswith("M")) for sign in set(text))
    return _of_all_scripts() if is_odd else _PLAIN


def folded(text: str) -> str:
    """The text without case and marks.

    >>> folded("Łódź, Straße, Київ")
    'lodz, strasse, киів'
    """
    if text.isascii():
        return text.lower()
    # a hundred signs at a time: Python puts the marks of one letter in order in the square of their number, and here they are dropped
    apart = "".join(unicodedata.normalize("NFKD", text[at : at + 100]) for at in range(0, len(text), 100))
    kept = (char for char in apart if unicodedata.category(char) not in ("Mn", "Me") and char not in _UNSEEN)
    return "".join(kept).lower().translate(_TABLE)


def words(text: str) -> Iterator[str]:
    """The words and numbers of a text, folded, in order; a number whose digits are grouped is one more, and stands before them.

    >>> list(words("Ukraine's 27,400 men of L'Aquila"))
    ['27400', 'ukraine', '27', '400', 'men', 'of', 'laquila', 'aquila']
    """
    yield from _numbers(text)
    for stretch in _stretches(text):
        for word in _words(stretch):
            yield from word


def plain(text: str) -> list[str]:
    """The words and numbers of a text one after the other, each once: so a name is told, and what a reader asks for.

    >>> plain("27,400 men of L'Aquila")
    ['27400', 'men', 'of', 'laquila']
    """
    joined = _NUMBER.sub(lambda number: _GROUPING.sub("", number[0]), text)
    return [word for stretch in _stretches(joined) for word, *_ in _words(stretch)]


def _numbers(text: str) -> Iterator[str]:
    """The numbers whose digits are grouped, without what groups them."""
    for number in _NUMBER.findall(text):
        yield _GROUPING.sub("", number)


def _stretches(text: str) -> list[str]:
    return _patterns(text).stretch.findall(text)


@lru_cache(maxsize=100_000)  # an archive uses the same words again and again
def _words(stretch: str) -> tuple[tuple[str, ...], ...]:
    """The words of a stretch, each with what it is known by beside: "l'homme" is "lhomme", and "homme"."""
    out = []
    text = folded(stretch)
    for word in _patterns(text).word.findall(text):
        first, *more = _APOSTROPHE.split(word)
        if more and more[-1] == "s":
            more.pop()
        is_article = 1 <= len(first) <= 2 and first.isascii() and more and len(more[0]) >= LEAST
        out.append((first + "".join(more), *(more[:1] if is_article else ())))
    return tuple(out)


_ENDINGS = tuple(sorted(dict.fromkeys(map(folded, _CASES)), key=lambda one: (-len(one), one)))


def endings(lang: str) -> tuple[str, ...]:
    """The endings, folded, of a language that is known by them alone, the longest first."""
    return {"uk": _ENDINGS}[lang]


def _uk(word: str) -> str:
    return next((word.removesuffix(one) for one in _ENDINGS if word.endswith(one) and len(word) - len(one) >= LEAST), word)


_SNOWBALL = {"en": "english", "de": "german"}


@cache
def _cutting(lang: str) -> Callable[[str], str] | None:
    """What takes a word's ending away; None in a language whose endings are not known."""
    if lang in _SNOWBALL:
        from snowballstemmer import stemmer  # it comes with thirty languages, and few commands make an index

        cut: Callable[[str], str] = stemmer(_SNOWBALL[lang]).stemWord
        return cut
    return _uk if lang == "uk" else None


@lru_cache(maxsize=200_000)
def stem(word: str, lang: str) -> str:
    """A folded word without its ending, where the language's are known; numbers and short words stay as they are.

    >>> stem("troops", "en"), stem("hauser", "de"), stem("міста", "uk"), stem("villes", "fr")
    ('troop', 'haus', 'міст', 'villes')
    """
    cut = _cutting(lang)
    return word if cut is None or len(word) <= LEAST or not word.isalpha() else cut(word)


@lru_cache(maxsize=100_000)
def _terms(stretch: str, lang: str) -> tuple[str, ...]:
    return tuple(stem(word, lang) for known in _words(stretch) for word in known)


def terms(text: str, lang: str) -> set[str]:
    """The terms of a text in a language (its tag as far as the first hyphen counts)."""
    tag = lang.partition("-")[0].lower()
    out = set(_numbers(text))
    for stretch in set(_stretches(text)):
        out.update(_terms(stretch, tag))
    return out
