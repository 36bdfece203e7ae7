"""Which line of the head of a text is its title: of each it is told by name what speaks for it, and the likeliest is taken.

What stands above a text is of all kinds, a letterhead, a rubric, the way to a page, a date, and no order of rules fits all archives. So the
rules of `masthead` are evidence here, beside where a line stands, what it is made of, and how many of its words the text below has. The
weights are fitted by `tools/fit.py` to labelled texts and to what stands above the titles of real pages, and kept in `data/weights.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from sitegen.importer import weights
from sitegen.importer.blocks import ITEM, RESULT, RULE, TICKER, Block
from sitegen.importer.captions import is_caption, is_taken
from sitegen.importer.days import written
from sitegen.importer.furniture import is_furniture
from sitegen.importer.gazetteer import first_names
from sitegen.importer.headings import ENDS
from sitegen.importer.language import Language
from sitegen.importer.masthead import (
    OVER,
    Over,
    byline_of,
    headed,
    is_date,
    is_pictured,
    is_running,
    may_be_title,
    named,
    opens,
    titled_by_field,
)
from sitegen.importer.tokens import SMALL

LINES = 16
"""Lines of a text among which its title is sought."""
TEXT, LONG = 100, 300
"""Signs from which on a block with a sentence's end is the text, and any other too."""
FEW = 4
"""Words of a line that tells what a text is about, or the part of the paper."""
HALF = 80
"""Signs of a line that may be one of two that are a title."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = re.compile(r"(?<![^\W\d_])[^\W\d_]{4,5}")
"""The first letters of a word, by which words of the title are sought in the text: endings differ."""


class Title(NamedTuple):
    """The blocks `start:end` that are the title, how probable it is, and the likeliest other words for it, if any are."""

    start: int
    end: int
    probability: float
    other: str = ""


class Candidate(NamedTuple):
    """A line, or two, that may be the title, with what is told of it; of none, where a text has no title, `start` and `end` are 0."""

    start: int
    end: int
    evidence: frozenset[str]


def title_of(blocks: Sequence[Block], language: Language, *, may_be_two: bool = True) -> Title | None:
    """The title of a text; None where it has none. `may_be_two`: two lines may be one title."""
    field = titled_by_field(blocks, language)
    if field is not None:
        return Title(field, field + 1, 1.0)
    found = candidates(blocks, language, may_be_two=may_be_two)
    shares = weights.shares(weights.weights("title"), [one.evidence for one in found])
    (share, best), *others = sorted(zip(shares, found, strict=True), key=lambda one: -one[0])
    other = " ".join(block.text for block in blocks[others[0][1].start : others[0][1].end]) if others else ""
    return Title(best.start, best.end, share, other) if best.end else None


def candidates(blocks: Sequence[Block], language: Language, *, may_be_two: bool = True) -> list[Candidate]:
    """What may be the title, in the order of the lines; last that nothing is."""
    head = _Head(blocks, language)
    spans = [(at, at + 1) for at in range(head.end) if not is_pictured(blocks[at].text, language)]
    spans += [(at, at + 2) for at in range(head.end - 1) if may_be_two and head.may_be_joined(at)]
    none = Candidate(0, 0, frozenset(["none", NONE_OF[min(len(head.plain), 3)]]))
    return [*(Candidate(start, end, frozenset(head.evidence(start, end))) for start, end in spans), none]


def _begin(texts: Sequence[str]) -> int:
    """Where the text begins below its head: with its first long sentences, or in a text that has none with the first sentence."""
    long = (at for at, text in enumerate(texts) if (len(text) > TEXT and is_running(text)) or len(text) > LONG)
    ends = (at for at, text in enumerate(texts) if at and ENDS.search(text))
    return next(long, next(ends, len(texts)))


NONE_OF = ("none of no line", "none of a line", "none of two lines", "none of many lines")
"""Of how many lines that may be one by their kind a text without a title has none."""


class _Head:
    """The lines above a text, up to `end`, and what the text below has."""

    def __init__(self, blocks: Sequence[Block], language: Language) -> None:
        self.blocks, self.language = blocks, language
        self.end = min(_begin([block.text for block in blocks]), LINES)
        text = "\n".join(block.text for block in blocks[self.end :])
        self.body = frozenset(_STEM.findall(text.lower()))
        self.is_shouted = text.isupper()
        self.is_unparted = all(block.is_apart for block in blocks)
        self.kinds = [self._kind(at) for at in range(self.end)]
        self.plain = [at for at, kind in enumerate(self.kinds) if kind == "line"]
        self.counts = [len(block.text.split()) for block in blocks[: self.end]]
        self.told = [sum(stem in self.body for stem in self.stems(block.text)) for block in blocks[: self.end]]
        ruled = headed(blocks, language)
        self.ruled = ruled if blocks and may_be_title(blocks[ruled].text, alone=len(blocks) == 1) else None

    def stems(self, text: str) -> list[str]:
        """The words that tell something, cut to their first letters."""
        small = _small(self.language)
        return [word[:5] for word in _WORD.findall(text.lower()) if word not in small]

    def may_be_joined(self, at: int) -> bool:
        """Whether a line and the next may be one title."""
        lines = self.blocks[at : at + 2]
        return (self.is_unparted or not lines[1].is_apart) and max(len(line.text) for line in lines) < HALF

    def _kind(self, at: int) -> str:
        """What kind of line one is, by the first rule that says it."""
        text, language = self.blocks[at].text, self.language
        if byline_of(text, language):
            return "byline"
        if written(text, language):
            return "date" if is_date(text, language) else "dated"
        if is_furniture(text, language):
            return "furniture"
        if is_caption(text, language) or is_taken(text, language):
            return "caption"
        if opens(text, language):
            return "opening"
        if ITEM.match(text):
            return "item"
        if TICKER.fullmatch(text):
            return "ticker"
        if named(language).fullmatch(text):
            return "name"
        return "sentence" if is_running(text) else "line"

    def _beside(self, at: int) -> str:
        """The kind of a line beside another."""
        if at < 0:
            return "start"
        return self.kinds[at] if at < self.end else "text" if at < len(self.blocks) else "end"

    def evidence(self, start: int, end: int) -> Iterator[str]:
        """All that is told of a line, or of two, by name."""
        text = " ".join(block.text for block in self.blocks[start:end])
        yield from self._of_two(start) if end - start > 1 else self._of_one(start, text)
        yield from self._place(start, end)
        yield from self._form(text)
        yield from self._next(text, end)
        yield from self._words(text)

    def _of_one(self, at: int, text: str) -> Iterator[str]:
        """What the rules for lines above a title say of it, and where it stands among the others."""
        if at + 1 < len(self.blocks):
            line = Over(text, at, self.blocks, self.language)
            yield from (f"over {name}" for rule, name in OVER if rule(line))
        yield f"is {self.kinds[at]}"
        if at == self.ruled:
            yield "ruled" if at else "ruled first"
        if at not in self.plain:
            return
        if self.counts[at] == max(self.counts[one] for one in self.plain):
            yield "longest"
        if self.told[at] and self.told[at] == max(self.told[one] for one in self.plain):
            yield "most told"
        if at == self.plain[0]:
            yield "first plain"
        if at == self.plain[-1]:
            yield "last plain"

    def _of_two(self, at: int) -> Iterator[str]:
        """Whether two lines are one."""
        first, second = (block.text for block in self.blocks[at : at + 2])
        yield "two apart" if self.blocks[at + 1].is_apart else "two"
        if second[:1].islower():
            yield "two goes on small"
        if first.isupper() != second.isupper():
            yield "two unlike"
        elif first.isupper():
            yield "two shouted"
        if first.split()[-1].lower() in _small(self.language):
            yield "two goes on"
        if first[-1] in ".!?:;,":
            yield "two ends"
        yield from (f"two {kind}" for kind in self.kinds[at : at + 2] if kind != "line")

    def _place(self, start: int, end: int) -> Iterator[str]:
        yield f"above {self._beside(end)}"
        yield f"below {self._beside(start - 1)}"
        yield ("first", "second", "third")[start] if start < 3 else "later"
        if self.blocks[start].is_apart:
            yield "apart above"
        if "sentence" in self.kinds[:start]:
            yield "sentence above"
        if end < len(self.blocks):
            yield "apart below" if self.blocks[end].is_apart else "joined below"
        if end == self.end:
            yield "last of head" if start else "only line"
        if end - start == 1 and self.blocks[start].is_row:
            yield "columns"
        if start and self.kinds[start - 1] in ("line", "name") and self.counts[start - 1] <= FEW < self.counts[start]:
            yield "below few words"

    def _form(self, text: str) -> Iterator[str]:
        """What its signs, its letters and its length tell."""
        words = text.split()
        yield next(name for name, limit in LENGTHS if len(words) < limit)
        if text.isupper():
            yield "all shouted" if self.is_shouted else "shouted"
        else:
            letters = [word for word in words if word[:1].isalpha()]
            small = sum(word[:1].islower() for word in letters[1:])
            if len(letters) > 2:
                yield "small letters" if 2 * small >= len(letters) - 1 else "some small letters" if small else "capitals"
        yield from (name for name, pattern in FORMS if pattern.search(text))

    def _next(self, text: str, end: int) -> Iterator[str]:
        """How the next line of the head is beside it."""
        following = self.blocks[end].text if end < self.end else ""
        if not following:
            return
        if following[:1].islower():
            yield "next small"
        if text.isupper() and following.isupper() and not self.blocks[end].is_apart:
            yield "next shouted too"
        elif text.isupper() != following.isupper():
            yield "next not shouted" if text.isupper() else "next shouted"
        if self.kinds[end] == "line" and self.counts[end] > len(text.split()):
            yield "next longer" if len(text.split()) > FEW else "few words and next longer"

    def _words(self, text: str) -> Iterator[str]:
        """What its words tell, by the lists of the language and by the text below."""
        language, words = self.language, text.split()
        if words[-1].lower() in _small(language):
            yield "ends small"
        if written(text, language):
            yield "date in it"
        if language.organisation.search(text):
            yield "organisation"
        if _numbered(language).search(text):
            yield "numbered"
        if language.leading("tables", r"\.?\s\d").match(text):
            yield "table"
        if language.leading("rubrics", r"\s").match(text):
            yield "rubric"
        if words[0] in first_names():
            yield "first name"
        if sum(block.text == text for block in self.blocks) > 1:
            yield "repeated"
        stems = self.stems(text)
        share = sum(stem in self.body for stem in stems) / len(stems) if stems else 0
        yield next(name for name, least in TOLD if share >= least) if stems else "no stems"
        if len(stems) == 1:
            yield "one stem"


LENGTHS = (
    *(("1 word", 2), ("2 words", 3), ("3 words", 4), ("5 words", 6), ("9 words", 10)),
    *(("14 words", 15), ("20 words", 21), ("more words", LONG)),
)
"""How long a line is, and of how many words it has fewer."""
TOLD = (("told", 0.6), ("half told", 0.3), ("little told", 0.001), ("untold", 0.0))
"""How much of a line the text below has, and from which share of its words on."""
FORMS = (
    ("begins small", re.compile(rf"\A{SMALL}")),
    ("full stop", re.compile(r"\.[”\"’»]?\Z")),
    ("question", re.compile(r"\?[”\"’»]?\Z")),
    ("goes on", re.compile(r"[:,;]\Z")),
    ("colon", re.compile(r"\w:\s")),
    ("label", re.compile(r"\A[^\W\d_]{3,20}\s?:\s")),
    ("quoted", re.compile(r"\A[“\"„«‘']")),
    ("bracket", re.compile(r"\A[(\[{]")),
    ("parted", re.compile(r"\s[|·•»>/]\s|»")),
    ("dash", re.compile(r"\s[–—-]\s")),
    ("begins with a sign", re.compile(r"\A[–—*•-]")),
    ("digits", re.compile(r"\d")),
    ("clock", re.compile(r"\d{1,2}[:.h]\d{2}")),
    ("address", re.compile(r"@|https?:|www\.|(?<!\d)\d{3,}[ /-]\d{3,}")),
    ("rule", re.compile(rf"\A{RULE.pattern}")),
    ("result", re.compile(rf"\A(?:{RESULT.pattern})\Z")),
)
"""Signs of a line, by name."""


@lru_cache(maxsize=8)
def _small(language: Language) -> frozenset[str]:
    """Words that tell nothing of what a text is about."""
    names = ("common", "articles", "definite", "locatives", "joining", "of", "relatives", "he", "she", "it")
    return frozenset().union(*(language.words(name) for name in names))


@lru_cache(maxsize=8)
def _numbered(language: Language) -> re.Pattern[str]:
    """The number of an issue or of a document."""
    return re.compile(rf"(?<!\w)(?:{language.any_of('number_words')})\.?\s?\d", re.I)
