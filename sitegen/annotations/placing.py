"""Where the words of a foreign annotation stand in an article: by exact quote, never by likeness.

White space and normal form do not count. Where the words stand several times, what the annotation says of the words beside them chooses
among these places, and then its position: the same offset in our text, else the place that is nearest to it, once the two texts have been
laid over one another by an annotation of the same file whose place is certain.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sitegen.annotations.foreign import Selected
from sitegen.content.anchoring import Found, Missing
from sitegen.content.text import normal
from sitegen.content.threeway import Said
from sitegen.content.words import Quotes, Words

_WIDE = re.compile("[\U00010000-\U0010ffff]")
PLACES = 1_000
"""Places of one quote that are looked at."""


class Text(NamedTuple):
    """The text of an article over which positions count: its title, then the blocks of its body in order, a line feed between. `starts`:
    where each block begins; `wide`: the signs that browsers count twice (UTF-16)."""

    whole: str
    starts: tuple[int, ...]
    wide: tuple[int, ...] = ()

    @classmethod
    def of(cls, blocks: Iterable[str]) -> Text:
        r"""The text of these blocks.

        >>> Text.of(["A", "Bc"])
        Text(whole='A\nBc', starts=(0, 2), wide=())
        """
        starts, pieces, at = [], [], 0
        for block in blocks:
            starts.append(at)
            pieces.append(block)
            at += len(block) + 1
        whole = "\n".join(pieces)
        return cls(whole, tuple(starts), tuple(found.start() for found in _WIDE.finditer(whole)))

    def offset(self, found: Found) -> tuple[int, int]:
        """Where a passage stands, in code points."""
        return self.starts[found.block] + found.start, self.starts[found.block] + found.end

    def unit(self, at: int) -> int:
        """An offset in UTF-16 code units, as browsers count."""
        return at + bisect_left(self.wide, at)


class Placed(NamedTuple):
    """A passage. `times`: how often its words stand in the article; `by_position`: whether only the position told which is meant."""

    found: Found
    times: int = 1
    by_position: bool = False


class Certain(NamedTuple):
    """That something stands at a position of a foreign text, and there in ours, both in UTF-16 code units."""

    theirs: int
    ours: int


class Placing:
    """Places the annotations of one article, as one file has them."""

    def __init__(self, words: Words, quotes: Quotes) -> None:
        self.words = words
        self.quotes = quotes
        self.text = Text.of(block.text for block in words.blocks)
        self.certain: list[Certain] = []
        kinds = (block.kind for block in words.blocks)
        self.within = frozenset(number for number, kind in enumerate(kinds) if kind != "code")

    def learn(self, selected: Selected) -> None:
        """Notes where the foreign text has words that stand in ours only once, or whose neighbours tell which they are."""
        placed = self.place(selected._replace(start=-1, end=-1))
        if isinstance(placed, Placed) and selected.start >= 0:
            self.certain.append(Certain(selected.start, self.text.unit(self.text.offset(placed.found)[0])))
            self.certain.sort()

    def place(self, selected: Selected) -> Placed | Missing:
        """Where the words stand."""
        found = []
        for one in self.words.haystack.all(selected.exact, within=self.within):
            found.append(one)
            if len(found) > PLACES:
                return Missing("quotes-too-common", f"its words stand in more than {PLACES:,} places", "annotate more words")
        if not found:
            missing = self.words.haystack.find(selected.exact, within=self.within)
            assert isinstance(missing, Missing)
            return missing
        count = len(found)
        beside = [one for one in found if self.fits(one, selected, whole=True)] or [one for one in found if self.fits(one, selected)]
        found = beside or found
        if len(found) == 1:
            return Placed(found[0], count)
        if selected.start >= 0:
            nearest = self.nearest(found, selected)
            if nearest is not None:
                return Placed(nearest, count, by_position=True)
        message = f"its words stand {len(found)} times, and neither what stands beside them nor a position tells which are meant"
        return Missing("quote-ambiguous", message, "annotate more words")

    def fits(self, found: Found, selected: Selected, *, whole: bool = False) -> bool:
        """Whether the words beside a passage are those that the annotation tells: `whole`, all of them, in whatever block; else as far as
        the block goes, for a page has more between two blocks than the text."""
        start, end = self.text.offset(found)
        block = self.words.blocks[found.block].text
        prefix, suffix = normal(selected.prefix), normal(selected.suffix)
        reach = len(prefix) + len(suffix) + 50
        if whole:
            before, after = self.text.whole[max(0, start - reach) : start], self.text.whole[end : end + reach]
        else:
            before, after = block[max(0, found.start - reach) : found.start], block[found.end : found.end + reach]
        before, after = normal(before), normal(after)
        if whole:
            return before.endswith(prefix) and after.startswith(suffix)
        return (before.endswith(prefix) or prefix.endswith(before)) and (after.startswith(suffix) or suffix.startswith(after))

    def nearest(self, found: Sequence[Found], selected: Selected) -> Found | None:
        """Of several passages the one at a position; None where two are equally near."""
        offsets = {one: self.text.offset(one) for one in found}
        exact = [one for one in found if offsets[one] == (selected.start, selected.end)]
        exact = exact or [one for one in found if tuple(map(self.text.unit, offsets[one])) == (selected.start, selected.end)]
        if exact:
            return exact[0]
        number = bisect_right(self.certain, (selected.start, -1))
        beside = self.certain[max(0, number - 1) : number + 1]
        guide = min(beside, key=lambda one: abs(one.theirs - selected.start), default=Certain(0, 0))
        expected = selected.start - guide.theirs + guide.ours
        ranked = sorted(found, key=lambda one: (abs(self.text.unit(offsets[one][0]) - expected), one))
        first, second = (abs(self.text.unit(offsets[one][0]) - expected) for one in ranked[:2])
        return ranked[0] if first < second else None

    def selector(self, found: Found) -> dict[str, Said]:
        """The shortest selector by which a passage is found again: its words, with a word or some beside them, or by counting."""
        text = self.words.blocks[found.block].text
        quote = text[found.start : found.end]
        inner = "title" if found.block == 0 else self.words.captions.get(found.block)
        within = self.quotes.scopes[inner] if inner else self.quotes.body
        before, after = text[: found.start].split(" "), text[found.end :].split(" ")
        ways: list[tuple[str, str]] = [("", "")]
        for count in range(1, 7):
            prefix = " ".join(before[-count - (before[-1] == "") :]).strip()
            suffix = " ".join(after[: count + (after[0] == "")]).strip()
            ways += [(prefix, ""), ("", suffix), (prefix, suffix)]
        out: dict[str, Said] = {"quote": quote}
        if inner:
            out["in"] = inner
        for prefix, suffix in ways:
            if self.words.haystack.find(quote, prefix, suffix, within=within) == found:
                return {**out, **({"prefix": prefix} if prefix else {}), **({"suffix": suffix} if suffix else {})}
        places = self.words.haystack.all(quote, within=within)
        return {**out, "nth": str(next(number for number, one in enumerate(places, 1) if one == found))}
