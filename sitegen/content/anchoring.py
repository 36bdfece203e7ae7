"""Where a quote stands: exactly once, in one block, cutting no word and no number; else a problem.

Nothing is ever matched by likeness: a near match would turn 27,400 into 27,700. The nearest passage is only proposed.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from sitegen.content.nearest import passage
from sitegen.content.numbers import may_be_number, numbers
from sitegen.content.stretches import Stretches
from sitegen.content.text import normal, spaced
from sitegen.model.problem import Code


class Found(NamedTuple):
    """A passage: offsets of code points in a block of the article."""

    block: int
    start: int
    end: int


class Missing(NamedTuple):
    """Why a quote has no one place."""

    code: Code
    message: str
    hint: str


LOOKS = 1_000_000
"""Places of a text that are looked at for all quotes of an article together. Some hundred quotes need some thousand."""
STRETCH = 5_000
"""Signs of a text that are searched as quickly as one place is looked at."""
LIKENESS = 1_000_000
"""Signs of a text that are compared for the nearest passages of all quotes that do not stand in it."""
PROBED = 400
"""Signs of a quote whose nearest passage is sought."""


class _Places:
    """Where one quote stands, sought as far as it is asked for. `whole`: where it cuts nothing; `cutting`: the first where it does."""

    def __init__(self, found: Iterator[Found], cuts: Callable[[Found], bool]) -> None:
        self.found = found
        self.cuts = cuts
        self.whole: list[Found] = []
        self.cutting: Found | None = None

    def at(self, number: int) -> Found | None:
        while len(self.whole) <= number:
            found = next(self.found, None)
            if found is None:
                return None
            if not self.cuts(found):
                self.whole.append(found)
            elif self.cutting is None:
                self.cutting = found
        return self.whole[number]

    def __iter__(self) -> Iterator[Found]:
        number = 0
        while (found := self.at(number)) is not None:
            yield found
            number += 1


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
        self.looks, self.likeness = LOOKS, LIKENESS
        self.numbers: dict[int, Stretches] = {}
        self.places: dict[tuple[str, Collection[int]], _Places] = {}
        self.answers: dict[tuple[str, str, str, int, Collection[int]], Found | Missing] = {}

    def find(self, quote: str, prefix: str = "", suffix: str = "", nth: int = 0, *, within: Collection[int]) -> Found | Missing:
        """The place of `quote` in the blocks `within`; `nth` counts from 1, 0 means that there must be only one."""
        key = (normal(quote), normal(prefix), normal(suffix), nth, _scope(within))
        if key not in self.answers:
            self.answers[key] = self._find(*key)
        return self.answers[key]

    def _find(self, quote: str, prefix: str, suffix: str, nth: int, within: Collection[int]) -> Found | Missing:
        places = self._places(quote, within)
        if nth and not prefix and not suffix and (found := places.at(nth - 1)) is not None:
            return found
        first: Found | None = None
        fitting = 0
        for found in places:
            self.looks -= 1
            if self.looks > 0 and self._fits(found, prefix, suffix):
                fitting += 1
                if fitting == nth:
                    return found
                first = first or found
        if self.looks <= 0:
            hint = "quote more words where the same ones stand again and again, or split the article"
            return Missing("quotes-too-common", f"{_shown(quote)}, or the quotes before it, stand in too many places", hint)
        if not places.whole:
            return self._missing(quote, places.cutting, within)
        if first is None:
            around = self._around(places.whole[0])
            return Missing("quote-not-found", f"{_shown(quote)} stands here, but not with this prefix or suffix", f"it stands in {around}")
        if nth:
            return Missing("quote-not-found", f"{_shown(quote)} stands {_times(fitting)}, not {nth} times", "correct `nth`")
        if fitting > 1:
            return Missing(
                "quote-ambiguous",
                f"{_shown(quote)} stands {_times(fitting)}",
                "add `prefix` or `suffix` with the words beside it, or `nth: 1`",
            )
        return first

    def all(self, wording: str, *, within: Collection[int]) -> Iterator[Found]:
        """Every place where a wording stands whole."""
        return iter(self._places(normal(wording), _scope(within)))

    def has(self, words: str, block: int) -> bool:
        """Whether words stand in a block, whatever they cut."""
        return self.text.find(normal(words), self.starts[block], self._end(block)) >= 0

    def _places(self, quote: str, within: Collection[int]) -> _Places:
        key = (quote, within)
        if key not in self.places:
            self.places[key] = _Places(self._occurrences(*key), self._cuts)
        return self.places[key]

    def _occurrences(self, quote: str, within: Collection[int]) -> Iterator[Found]:
        stretches = [(0, len(self.text))] if len(within) > 3 else [(self.starts[block], self._end(block)) for block in sorted(within)]
        for start, end in stretches if quote else ():
            self.looks -= (end - start) // STRETCH
            for at in _standing(quote, self.text, start, end):
                self.looks -= 1
                if self.looks <= 0:
                    return
                block = bisect_right(self.starts, at) - 1
                if block in within:
                    yield Found(block, at - self.starts[block], at - self.starts[block] + len(quote))

    def _end(self, block: int) -> int:
        """Where the line feed behind a block stands."""
        return self.starts[block + 1] - 1 if block + 1 < len(self.starts) else len(self.text) - 1

    def _cuts(self, found: Found) -> bool:
        start, end = self.starts[found.block] + found.start, self.starts[found.block] + found.end
        if cuts(self.text, start, end):
            return True
        if not (_beside_number(self.text, start) or _beside_number(self.text, end)):
            return False
        if found.block not in self.numbers:
            self.numbers[found.block] = Stretches(numbers(self.blocks[found.block], self.lang))
        spans = self.numbers[found.block]
        return spans.meet(found.start, found.start) or spans.meet(found.end, found.end)

    def _fits(self, found: Found, prefix: str, suffix: str) -> bool:
        begin, stop = self.starts[found.block], self._end(found.block)
        before, after = begin + found.start, begin + found.end
        while prefix and before > begin and self.text[before - 1] == " ":
            before -= 1
        while suffix and after < stop and self.text[after] == " ":
            after += 1
        return self.text.endswith(prefix, begin, before) and self.text.startswith(suffix, after, stop)

    def _around(self, found: Found) -> str:
        begin = self.starts[found.block]
        start = max(begin, begin + found.start - 30)
        return _shown(self.text[start : min(self._end(found.block), begin + found.end + 30)])

    def _missing(self, quote: str, cutting: Found | None, within: Collection[int]) -> Missing:
        if cutting is not None:
            start = self.starts[cutting.block] + cutting.start
            a, b = start, start + len(quote)
            while a > max(0, start - SHOWN) and self.text[a - 1] not in " \n":
                a -= 1
            while b < start + len(quote) + SHOWN and self.text[b] not in " \n":
                b += 1
            return Missing("quote-cuts", f"{_shown(quote)} cuts a word or a number of the text", f"the text has {_shown(self.text[a:b])}")
        hint = "quote the text exactly, within one paragraph"
        if self.likeness > 0:
            text = "\n".join(self.text[self.starts[block] : self._end(block)] for block in sorted(within))[: self.likeness]
            self.likeness -= len(text)
            near = passage(quote[:PROBED], text)
            hint = _parted(quote, near) if near else hint
        return Missing("quote-not-found", f"{_shown(quote)} does not stand in the text", hint)


def _scope(within: Collection[int]) -> Collection[int]:
    """Numbers of blocks that can be looked up, and be part of a key at once."""
    return within if isinstance(within, range | frozenset) else frozenset(within)


def _standing(quote: str, text: str, start: int, end: int) -> Iterator[int]:
    """Every place of a quote, those that overlap too. A quote that repeats itself is sought by its period, not whole at every place."""
    period = 0
    at = text.find(quote, start, end)
    while at >= 0:
        yield at
        if period and text.startswith(quote[-period:], at + len(quote), end):
            at += period
            continue
        before, at = at, text.find(quote, at + (len(quote) - period if period else 0) + 1, end)
        if not period and 0 < at - before <= len(quote) // 2:
            period = at - before


_LEFT = re.compile(r"\d[.,:/’'·٫٬]\Z|(?:\A|[\s(])[-−]\Z")
_RIGHT = re.compile(r"[.,:/’'·٫٬]\d|\s?[%‰]")
_SUFFIX = re.compile(r"[’'](?!s(?!\w))\w")


_WORD_BEFORE = re.compile(r"[^\W_]+(?=[^\w]{0,3}\Z)")
_WORD_AFTER = re.compile(r"[^\w]{0,3}([^\W_]{1,40})")


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


def _parted(quote: str, near: str) -> str:
    """How the nearest passage differs: whole where it is short, else the words around the sign where the two part.

    >>> _parted("a bridge fell", "the bridge fell")
    'the nearest passage is “the bridge fell”'
    >>> print(_parted("Kyiv's walls", "Kyiv’s walls"))
    the nearest passage is “Kyiv’s walls”: it has “’”, the quote “'”
    """
    at = next((at for at, (ours, theirs) in enumerate(zip(quote, near, strict=False)) if ours != theirs), min(len(quote), len(near)))
    ours, theirs = quote[at : at + 1], near[at : at + 1]
    if len(quote) > SHOWN or len(near) > SHOWN:
        return f"the two part where the text has {_around_sign(near, at)}, and the quote {_around_sign(quote, at)}"
    alike = quote[at + 1 :] == near[at + 1 :] and ours and theirs
    return f"the nearest passage is {_shown(near)}" + (f": it has “{theirs}”, the quote “{ours}”" if alike else "")


def _around_sign(text: str, at: int) -> str:
    start, end = max(0, at - 30), at + 30
    return f"“{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}”"


SHOWN = 120
"""Signs of a quote that are shown."""


def _shown(text: str) -> str:
    return f"“{text if len(text) <= SHOWN else text[: SHOWN - 3] + '…'}”"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
