"""Where a quote stands: exactly once, in one block, cutting no word and no number; else a problem.

Nothing is ever matched by likeness: a near match would turn 27,400 into 27,700. The nearest passage is only proposed.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Sequence
from typing import NamedTuple

from sitegen.content.nearest import passage
from sitegen.content.numbers import may_be_number, numbers
from sitegen.content.text import normal, spaced


class Found(NamedTuple):
    """A passage: offsets of code points in a block of the article."""

    block: int
    start: int
    end: int


class Missing(NamedTuple):
    """Why a quote has no one place."""

    code: str
    message: str
    hint: str


class Haystack:
    """The blocks of an article, ready to be searched again and again.

    All blocks are one string with line feeds between, which no quote can hold: no match crosses a border.
    """

    def __init__(self, blocks: Sequence[str], lang: str = "en") -> None:
        self.blocks = blocks
        self.lang = lang
        self.starts: list[int] = []
        pieces = []
        position = 0
        for block in blocks:
            self.starts.append(position)
            pieces.append(spaced(block))
            position += len(block) + 1
        self.text = "\n".join(pieces) + "\n"

    def find(self, quote: str, prefix: str = "", suffix: str = "", nth: int = 0, *, within: Collection[int]) -> Found | Missing:
        """The place of `quote` in the blocks `within`; `nth` counts from 1, 0 means that there must be only one."""
        quote = normal(quote)
        matches = self._occurrences(quote, within)
        whole = [found for found in matches if not self._cuts(found)]
        if not whole:
            return self._missing(quote, matches, within)
        fitting = [found for found in whole if self._fits(found, normal(prefix), normal(suffix))] if prefix or suffix else whole
        if not fitting:
            around = self._around(whole[0])
            return Missing("quote-not-found", f"{_shown(quote)} stands here, but not with this prefix or suffix", f"it stands in {around}")
        if nth:
            if nth > len(fitting):
                return Missing("quote-not-found", f"{_shown(quote)} stands {_times(len(fitting))}, not {nth} times", "correct `nth`")
            return fitting[nth - 1]
        if len(fitting) > 1:
            return Missing(
                "quote-ambiguous",
                f"{_shown(quote)} stands {_times(len(fitting))}",
                "add `prefix` or `suffix` with the words beside it, or `nth: 1`",
            )
        return fitting[0]

    def all(self, wording: str, *, within: Collection[int]) -> list[Found]:
        """Every place where a wording stands whole."""
        return [found for found in self._occurrences(normal(wording), within) if not self._cuts(found)]

    def _occurrences(self, quote: str, within: Collection[int]) -> list[Found]:
        out: list[Found] = []
        if not quote:
            return out
        if len(within) > 3:
            at = self.text.find(quote)
            while at >= 0:
                block = bisect_right(self.starts, at) - 1
                if block in within:
                    out.append(Found(block, at - self.starts[block], at - self.starts[block] + len(quote)))
                at = self.text.find(quote, at + 1)
            return out
        for block in within:
            start = self.starts[block]
            end = self.starts[block + 1] if block + 1 < len(self.starts) else len(self.text)
            at = self.text.find(quote, start, end)
            while at >= 0:
                out.append(Found(block, at - start, at - start + len(quote)))
                at = self.text.find(quote, at + 1, end)
        return out

    def _cuts(self, found: Found) -> bool:
        start, end = self.starts[found.block] + found.start, self.starts[found.block] + found.end
        if cuts(self.text, start, end):
            return True
        if not (_beside_number(self.text, start) or _beside_number(self.text, end)):
            return False
        spans = numbers(self.blocks[found.block], self.lang)
        return any(n.start < found.start < n.end or n.start < found.end < n.end for n in spans)

    def _fits(self, found: Found, prefix: str, suffix: str) -> bool:
        begin = self.starts[found.block]
        before = self.text[begin : begin + found.start].rstrip(" ")
        stop = self.text.index("\n", begin + found.end)
        after = self.text[begin + found.end : stop].lstrip(" ")
        return (not prefix or before.endswith(prefix)) and (not suffix or after.startswith(suffix))

    def _around(self, found: Found) -> str:
        begin = self.starts[found.block]
        stop = self.text.index("\n", begin + found.end)
        start = max(begin, begin + found.start - 30)
        return _shown(self.text[start : min(stop, begin + found.end + 30)])

    def _missing(self, quote: str, cutting: list[Found], within: Collection[int]) -> Missing:
        if cutting:
            start = self.starts[cutting[0].block] + cutting[0].start
            a, b = start, start + len(quote)
            while a > 0 and self.text[a - 1] not in " \n":
                a -= 1
            while self.text[b] not in " \n":
                b += 1
            return Missing("quote-cuts", f"{_shown(quote)} cuts a word or a number of the text", f"the text has {_shown(self.text[a:b])}")
        blocks = [self.text[self.starts[b] : self.text.index("\n", self.starts[b])] for b in within]
        near = passage(quote, "\n".join(blocks))
        hint = f"the nearest passage is {_shown(near)}" if near else "quote the text exactly, within one paragraph"
        return Missing("quote-not-found", f"{_shown(quote)} does not stand in the text", hint)


_LEFT = re.compile(r"\d[.,:/’'·٫٬]\Z|(?:\A|[\s(])[-−]\Z")
_RIGHT = re.compile(r"[.,:/’'·٫٬]\d|\s?[%‰]")
_SUFFIX = re.compile(r"[’'](?!s(?!\w))\w")


_WORD_BEFORE = re.compile(r"[^\W_]+(?=[^\w]{0,3}\Z)")
_WORD_AFTER = re.compile(r"[^\w]{0,3}([^\W_]+)")


def _beside_number(text: str, at: int) -> bool:
    """Whether words on both sides of a border may be parts of one number: only then is the block's every number worth reading."""
    after = _WORD_AFTER.match(text, at)
    if after is None or not may_be_number(after[1]):
        return False
    before = _WORD_BEFORE.search(text, max(0, at - 24), at)
    return before is not None and may_be_number(before.group())


def cuts(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` begins or ends within a word or a number; a possessive's `’s` may be left out.

    >>> t = "lost 1,220 tanks, 2.5% of Ukraine’s; they can’t, non-combatants"
    >>> [cuts(t, t.find(q), t.find(q) + len(q)) for q in ("220 tanks", "1,220 tanks", "2.5", "Ukraine", "2", "can", "combatants")]
    [True, False, True, False, True, True, True]
    """
    return _cuts_left(text, start) or _cuts_right(text, end)


def _cuts_left(text: str, start: int) -> bool:
    if start <= 0 or start >= len(text):
        return False
    before, first = text[start - 1], text[start]
    if _joins(first) or _joins(before):
        return not before.isspace()
    if not first.isalnum():
        return False
    if before.isalnum() or before == "_" or (before in "-‐" and start > 1 and text[start - 2].isalpha() and first.isalpha()):
        return True
    return first.isdigit() and _LEFT.search(text, max(0, start - 2), start) is not None


def _cuts_right(text: str, end: int) -> bool:
    if end <= 0 or end >= len(text):
        return False
    last, after = text[end - 1], text[end]
    if _joins(after) or _joins(last):
        return not after.isspace()
    if not last.isalnum():
        return False
    if after.isalnum() or after == "_" or (after in "-‐" and last.isalpha() and text[end + 1 : end + 2].isalpha()):
        return True
    if last.isdigit():
        return _RIGHT.match(text, end) is not None
    return _SUFFIX.match(text, end) is not None


def _joins(char: str) -> bool:
    """Whether a character belongs to the one before it: combining marks, soft hyphens, joiners, skin tones."""
    return char > "\x7f" and (unicodedata.category(char) in ("Mn", "Mc", "Me", "Cf") or "\U0001f3fb" <= char <= "\U0001f3ff")


def _shown(text: str) -> str:
    return f"“{text if len(text) <= 120 else text[:117] + '…'}”"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
