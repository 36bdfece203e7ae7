"""A text as tokens, cut once: what stands where, what is between, how each is shaped, how the whole is set; and the shape of names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from sitegen.content.urlwords import addresses

_ALPHABETS = (*range(0x41, 0x590), *range(0x1E00, 0x2000))
"""Latin, Greek, Cyrillic and Armenian letters; what has no capitals tells nothing of names."""
CAPITALS = "".join(letter for letter in map(chr, _ALPHABETS) if letter.isupper())
SMALLS = "".join(letter for letter in map(chr, _ALPHABETS) if letter.islower())
CAPITAL, SMALL = f"[{CAPITALS}]", f"[{SMALLS}]"
_PART = rf"(?:{CAPITAL}\.(?=\s{CAPITAL}{SMALL})|{CAPITAL}(?:[\w’'ʼ-]|\.(?=\w))*)"
PARTICLES = "de|del|do|dos|du|des|van|von|der|den|di|da|al|el|bin|ibn|ben|la|le|los|las"
"""The small words that names have. They are of the language of a name, and not of the text in which it stands."""
NAME = re.compile(rf"{_PART}(?:\s+(?:(?:{PARTICLES})\s+){{0,2}}{_PART}){{0,5}}")
"""A run of capitalised words, with the small words that names have."""
SAINT = "St|Ste|Ft|Mt"
"""What places are called by, cut short, with a point: "St. Louis", "Mt. Etna", in whatever language."""

Style = Literal["", "headline", "shouted"]
"""How a block is set: with most words in capitals their capital letters tell nothing of names."""

_WORD = re.compile(rf"(?:[^\W\d_]\.){{2,}}|(?:{SAINT})\.(?=\s)|[^\W_]+(?:[-’'ʼ.][^\W_]+)*")
_ELIDED = re.compile(rf"[dl][’']{CAPITAL}")  # "d'Ivoire"
_POSSESSIVE = re.compile(r"[’'ʼ]s?\Z")
_SENTENCE_END = re.compile(r"[.!?:]\W*\Z")


class Token(NamedTuple):
    """A word at `start:end` of its text, without "’s": `gap` is what stands between it and the word before."""

    text: str
    lower: str
    start: int
    end: int
    gap: str
    is_capital: bool


class Tokenized(NamedTuple):
    """A text, its tokens and its style."""

    text: str
    tokens: Sequence[Token]
    style: Style

    def before(self, at: int) -> Token | None:
        """The word before another, with a space between."""
        return self.tokens[at - 1] if at > 0 and self.tokens[at].gap == " " else None

    def after(self, at: int) -> Token | None:
        """The word behind another, with a space between."""
        return self.tokens[at + 1] if at + 1 < len(self.tokens) and self.tokens[at + 1].gap == " " else None

    def begins(self, at: int) -> bool:
        """Whether a sentence begins with a word, so that its capital tells nothing."""
        return not at or _SENTENCE_END.search(self.tokens[at].gap) is not None

    def run(self, at: int, most: int = 5) -> Sequence[Token]:
        """A word with the capitalised words that follow it."""
        end = at + 1
        while end < min(len(self.tokens), at + most) and self.tokens[end].gap == " " and self.tokens[end].is_capital:
            end += 1
        return self.tokens[at:end]


@lru_cache(maxsize=1024)  # a block is asked for by all who read it, one after the other
def tokenized(text: str) -> Tokenized:
    """A text cut into its tokens, without those of addresses."""
    tokens: list[Token] = []
    end = 0
    within = iter(addresses(text))
    address = next(within, None)
    may_own = any(sign in text for sign in "’'ʼ")
    for found in _WORD.finditer(text):
        word = without_possessive(found.group()) if may_own else found.group()
        start = found.start()
        while address is not None and address[1] <= start:
            address = next(within, None)
        if (address is not None and address[0] <= start) or not word:  # an apostrophe that is a letter may stand alone
            continue
        is_capital = word[0].isupper() or (may_own and _ELIDED.match(word) is not None)
        tokens.append(Token(word, word.lower(), start, start + len(word), text[end:start], is_capital))
        end = start + len(word)
    capital = sum(one.is_capital for one in tokens)
    if sum(one.is_capital and one.text.isupper() for one in tokens) > 0.6 * len(tokens):
        return Tokenized(text, tokens, "shouted")
    is_headline = capital > 0.7 * len(tokens) and len(tokens) > 3 and not text.rstrip().endswith((".", ";"))
    return Tokenized(text, tokens, "headline" if is_headline else "")


@lru_cache(maxsize=2048)
def words_of(text: str) -> frozenset[str]:
    """The words of a text in small letters: whatever of a list stands in it is made of them.

    >>> sorted(words_of("It’s 5 o'clock"))
    ['5', 'clock', 'it', 'o', 's']
    """
    return frozenset(_RUN.findall(text.lower()))


_RUN = re.compile(r"\w+")


def without_possessive(text: str) -> str:
    """A name without "’s"."""
    return _POSSESSIVE.sub("", text) if not text[-1:].isalpha() or text[-2:-1] in "’'ʼ" else text
