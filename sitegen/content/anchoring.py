"""Where a quote stands: exactly once, in one block, cutting no word and no number; else a problem.

Nothing is ever matched by likeness: a near match would turn 27,400 into 27,700. The nearest passage is only proposed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sitegen.content.nearest import passage
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

    def __init__(self, blocks: Sequence[str]) -> None:
        self.starts: list[int] = []
        pieces = []
        position = 0
        for block in blocks:
            self.starts.append(position)
            pieces.append(spaced(block))
            position += len(block) + 1
        self.text = "\n".join(pieces) + "\n"

    def find(self, quote: str, prefix: str = "", suffix: str = "", nth: int = 0, *, within: Sequence[int]) -> Found | Missing:
        """The place of `quote` in the blocks `within`; `nth` counts from 1, 0 means that there must be only one."""
        quote = normal(quote)
        matches = list(self._occurrences(quote, within))
        whole = [found for found in matches if not self._cuts(found)]
        if not whole:
            return self._missing(quote, matches, within)
        fitting = [found for found in whole if self._fits(found, normal(prefix), normal(suffix))]
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

    def all(self, wording: str, *, within: Sequence[int]) -> list[Found]:
        """Every place where a wording stands whole."""
        return [found for found in self._occurrences(normal(wording), within) if not self._cuts(found)]

    def _occurrences(self, quote: str, within: Sequence[int]) -> list[Found]:
        out: list[Found] = []
        if not quote:
            return out
        if len(within) > 3:
            allowed = set(within)
            at = self.text.find(quote)
            block = 0
            while at >= 0:
                while block + 1 < len(self.starts) and self.starts[block + 1] <= at:
                    block += 1
                if block in allowed:
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
        start = self.starts[found.block] + found.start
        return cuts(self.text, start, start + found.end - found.start)

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

    def _missing(self, quote: str, cutting: list[Found], within: Sequence[int]) -> Missing:
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


_NUMBER_LEFT = re.compile(r"\d[.,:/’']\Z|(?:\A|[\s(])[-−]\Z")
_NUMBER_RIGHT = re.compile(r"[.,:/’']\d|\s?%")


def cuts(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` begins or ends within a word or a number.

    >>> t = "lost 1,220 tanks, 2.5% of Ukraine’s"
    >>> [cuts(t, t.find(q), t.find(q) + len(q)) for q in ("220 tanks", "1,220 tanks", "2.5", "Ukraine", "2")]
    [True, False, True, False, True]
    """
    if start > 0 and text[start].isalnum():
        before = text[start - 1]
        if before.isalnum() or before == "_":
            return True
        if text[start].isdigit() and _NUMBER_LEFT.search(text, max(0, start - 2), start):
            return True
    if 0 < end < len(text) and text[end - 1].isalnum():
        after = text[end]
        if after.isalnum() or after == "_":
            return True
        if text[end - 1].isdigit() and _NUMBER_RIGHT.match(text, end):
            return True
    return False


def _shown(text: str) -> str:
    return f"“{text if len(text) <= 120 else text[:117] + '…'}”"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
