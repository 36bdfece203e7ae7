"""A block of text as words: what stands where, what is between, how it is set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from sitegen.content.urlwords import addresses
from sitegen.importer.people import CAPITAL

Style = Literal["", "headline", "shouted"]
"""How a block is set: with most words in capitals their capital letters tell nothing of names."""

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|(?:St|Ste|Ft|Mt)\.(?=\s)|[^\W_]+(?:[-’'ʼ.][^\W_]+)*")
_ELIDED = re.compile(rf"[dl][’']{CAPITAL}")  # "d'Ivoire"
_POSSESSIVE = re.compile(r"[’'ʼ]s?\Z")
_SENTENCE_END = re.compile(r"[.!?:]\W*\Z")


class Word(NamedTuple):
    """A word at `start:end` of its block, without "’s": `gap` is what stands between it and the word before."""

    text: str
    lower: str
    start: int
    end: int
    gap: str
    is_capital: bool


class Block(NamedTuple):
    """A block of text, its words and its style."""

    text: str
    words: Sequence[Word]
    style: Style

    def before(self, at: int) -> Word | None:
        """The word before another, with a space between."""
        return self.words[at - 1] if at > 0 and self.words[at].gap == " " else None

    def after(self, at: int) -> Word | None:
        """The word behind another, with a space between."""
        return self.words[at + 1] if at + 1 < len(self.words) and self.words[at + 1].gap == " " else None

    def begins(self, at: int) -> bool:
        """Whether a sentence begins with a word, so that its capital tells nothing."""
        return not at or _SENTENCE_END.search(self.words[at].gap) is not None

    def run(self, at: int, most: int = 5) -> Sequence[Word]:
        """A word with the capitalised words that follow it."""
        end = at + 1
        while end < min(len(self.words), at + most) and self.words[end].gap == " " and self.words[end].is_capital:
            end += 1
        return self.words[at:end]


def block_of(text: str) -> Block:
    """A text cut into its words, without those of addresses."""
    words: list[Word] = []
    end = 0
    within = iter(addresses(text))
    address = next(within, None)
    may_own = any(sign in text for sign in "’'ʼ")
    for found in _WORD.finditer(text):
        word = without_possessive(found.group()) if may_own else found.group()
        start = found.start()
        while address is not None and address[1] <= start:
            address = next(within, None)
        if address is not None and address[0] <= start:
            continue
        is_capital = word[0].isupper() or (may_own and _ELIDED.match(word) is not None)
        words.append(Word(word, word.lower(), start, start + len(word), text[end:start], is_capital))
        end = start + len(word)
    capital = sum(one.is_capital for one in words)
    if sum(one.is_capital and one.text.isupper() for one in words) > 0.6 * len(words):
        return Block(text, words, "shouted")
    is_headline = capital > 0.7 * len(words) and len(words) > 3 and not text.rstrip().endswith((".", ";"))
    return Block(text, words, "headline" if is_headline else "")


def without_possessive(text: str) -> str:
    """A name without "’s"."""
    return _POSSESSIVE.sub("", text) if not text[-1:].isalpha() or text[-2:-1] in "’'ʼ" else text
