"""The coverage meter: how much of what articles say is annotated, and which sentences bear no claim yet.

What counts are the sentences of running text, of list items and of captions: there an article states something. The title and the headings
say the same once more and in short, cells of a table and code are no sentences; a claim that quotes them is nobody's gap, and is not
counted either. All articles count, drafts and withdrawn ones too, for the meter is the editors'.

A sentence *bears a claim* where an appearance quotes any of its words. It *holds a number* where one counts or measures something; days,
years, times of day, ordinals and the numbers of names do not. It *tells who says it* by the word lists of its language, as an import would
read it: a verb of saying with whoever speaks, "according to", or a strong verb of saying by itself. Lists miss what they do not know, and
take now and then a word for what it is not: the meter is a guide, and no judge. A language without a list tells nothing of who says what,
and its numbers are told by their digits.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from sitegen.cache import open_cache
from sitegen.content.frontmatter import decode
from sitegen.content.nfc import nfc
from sitegen.content.text import sentences
from sitegen.importer.attribution import Attribution
from sitegen.importer.entities import Entities
from sitegen.importer.language import Language, alternatives, language
from sitegen.importer.quantities import quantities
from sitegen.importer.quotations import quotations
from sitegen.importer.speakers import Speakers
from sitegen.model.article import Article
from sitegen.model.kinds import ARTICLES
from sitegen.model.problem import Fault
from sitegen.model.site import Head
from sitegen.model.text import Block
from sitegen.speech.cldr import cldr_of
from sitegen.survey import Options, sound, survey_of
from sitegen.survey.reading import Settings, content_files, read_all
from sitegen.survey.state import of_one_state
from sitegen.tree import Tree
from sitegen.workers import Progress, silent

STATING = frozenset(["paragraph", "item", "caption"])
"""The blocks whose sentences count."""


class Sentence(NamedTuple):
    """A sentence, with the line of the file on which it begins; of a caption that is the line of its picture. `said`: whether it tells who
    says something; None where the language has no list."""

    line: int
    text: str
    claimed: bool
    number: bool
    said: bool | None


class Share(NamedTuple):
    """So many bear a claim, of so many."""

    claimed: int = 0
    of: int = 0

    @property
    def percent(self) -> int | None:
        """In whole percent, rounded down, so that 100 means all; None of nothing."""
        return self.claimed * 100 // self.of if self.of else None


class Count(NamedTuple):
    """How many sentences bear a claim: of all, of those with a number, of those that tell who says it (None: not known)."""

    every: Share
    numbers: Share
    said: Share | None


class Covered(NamedTuple):
    """An article, its language, its count; the sentences without a claim, where they are asked for; and how many of its proposals nobody
    has judged: what is claimed by them counts too."""

    path: str
    lang: str
    counts: Count
    without: tuple[Sentence, ...] | None
    undecided: int = 0


def covered(
    root: Path, options: Options, paths: Collection[str] = (), *, which: bool = False, progress: Progress = silent
) -> list[Covered]:
    """The articles at some paths, or below them, in the order of their paths; all where none is named. The sentences without a claim are
    given of articles that are named themselves, or, with `which`, of all. Raises Unsound where the archive has errors, Fault where a path
    leads to no article."""
    named = [path.removeprefix("./").rstrip("/") for path in paths]
    with open_cache(root) as cache:

        def found(tree: Tree) -> list[Covered]:
            config = sound(survey_of(tree, cache, options))
            files = [file for file in content_files(tree)[0] if file.kind == ARTICLES.plural]
            astray = next((path for path in named if not any(_lies(file.path, path) for file in files)), None)
            if astray is not None:
                raise Fault(f"{astray} is no article, and no folder with articles")
            files = [file for file in files if not named or any(_lies(file.path, path) for path in named)]
            reads = [(read.head, read.undecided) for read in read_all(cache, files, Settings.of(config), options.jobs) if read.head]

            def one(read: tuple[Head, int]) -> Covered:
                head, undecided = read
                article: Article = cache.value(head.value, Article)
                lang = article.front.lang or config.lang
                measures = measured(article, decode(tree.read(head.path), head.path)[0], lang)
                gaps = tuple(one for one in measures if not one.claimed) if which or head.path in named else None
                return Covered(head.path, lang, counted(measures), gaps, undecided)

            out = []
            for done, article in enumerate(cache.spread(one, reads, options.jobs), 1):
                out.append(article)
                progress("Measuring articles", done, len(reads))
            return out

        out = of_one_state(root, cache, found)
        cache.commit()
    return out


def _lies(path: str, named: str) -> bool:
    """Whether a file is the one that is named, or lies below it."""
    return path == named or path.startswith(f"{named}/")


# one article


def measured(article: Article, written: str, lang: str) -> list[Sentence]:
    """The sentences of an article that count. `written`: the text of its file, in which their lines are sought."""
    blocks = article.blocks
    bare = [_WORD.findall(nfc(line)) if line.strip() else None for line in written.split("\n")]
    saying = _Saying(language(lang), [block.text for block in blocks[1:]]) if language(lang).words("speech") else None
    claimed: dict[int, list[tuple[int, int]]] = {}
    for one in article.statements:
        claimed.setdefault(one.block, []).append((one.start, one.end))
    out = []
    for number, block in enumerate(blocks):
        if block.kind not in STATING:
            continue
        spans = sentences(block.text)
        said = saying.spans(number, block.text) if saying else None
        for (start, end), line in zip(spans, lines_of(block, [start for start, _ in spans], bare), strict=True):
            text = block.text[start:end]
            has_claim = any(first < end and start < last for first, last in claimed.get(number, ()))
            out.append(Sentence(line, text, has_claim, holds_number(text, lang), None if said is None else (start, end) in said))
    return out


def counted(some: Sequence[Sentence]) -> Count:
    """How many of some sentences bear a claim. Where there is none, nothing about it is unknown."""
    known = not some or any(one.said is not None for one in some)
    return Count(_share(some), _share(one for one in some if one.number), _share(one for one in some if one.said) if known else None)


def _share(some: Iterable[Sentence]) -> Share:
    found = [one.claimed for one in some]
    return Share(sum(found), len(found))


def total(counts: Sequence[Count]) -> Count:
    """Several counts as one. Who says something is counted where it is known."""
    said = [one.said for one in counts if one.said is not None]
    return Count(_sum(one.every for one in counts), _sum(one.numbers for one in counts), _sum(said) if said or not counts else None)


def _sum(shares: Iterable[Share]) -> Share:
    found = list(shares)
    return Share(sum(one.claimed for one in found), sum(one.of for one in found))


# who says it


class _Saying:
    """Which sentences of one text tell who says something. Its blocks are asked for in their order: "he" is who spoke before."""

    def __init__(self, rules: Language, blocks: Sequence[str]) -> None:
        self.attribution = Attribution(rules, Speakers(Entities(rules, blocks)))
        self.plain = _plain(rules)

    def spans(self, number: int, text: str) -> frozenset[tuple[int, int]]:
        """The sentences of a block. One that says no more than who said the one before ("Про це повідомив …") tells it of that one."""
        credited = {one.sentence for one in self.attribution.statements(number, text)}
        first, *others = sentences(text) or [(0, 0)]
        own = {first, *(one for one in others if self.attribution.pointing_back(text[slice(*one)]) is None)}
        return frozenset(one for one in own if one in credited or self._says(text[slice(*one)]))

    def _says(self, sentence: str) -> bool:
        """Whether a word that can mean nothing else stands in the narrator's own words."""
        found = [one.start("word") for one in self.plain.finditer(sentence) if one["article"] is None]
        quoted = quotations(sentence) if found else []
        return any(not any(start < at < end for start, end in quoted) for at in found)


@lru_cache(maxsize=8)
def _plain(rules: Language) -> re.Pattern[str]:
    """The words of saying that need no name beside them: strong verbs, and of what leads to a name ("according to") those of several words,
    for German "so" is mostly something else. Behind an article a verb is none: "an estimated", "the disputed"."""
    strong = rules.words("speech") - rules.words("weak") - rules.words("counting")
    leading = {words for words in rules.words("passive") if " " in words}
    return re.compile(rf"(?<!\w)(?:(?P<article>{rules.any_of('articles')})\s+)?(?P<word>{alternatives(strong | leading)})(?!\w)", re.I)


# numbers


def holds_number(text: str, lang: str) -> bool:
    """Whether a number of a sentence counts or measures something.

    >>> [holds_number(text, "en") for text in ("It took 3 days.", "It fell on 3 May 1924.", "Two fell.", "At 10 a.m. it fell.")]
    [True, False, True, False]
    >>> [holds_number(text, "fr") for text in ("Il a duré 3 jours.", "Le 3 mai 1924 à 10:30.", "En 1924 il tomba.")]
    [True, False, False]
    """
    rules = language(lang)
    if rules.lists:
        return bool(quantities(text, rules))
    return any(not _is_date(found, lang) for found in _DIGITS.finditer(text))


_DIGITS = re.compile(r"(?<!\w)(?<![^\W\d_]-)\d++(?:[.,:/’'\u00a0\u202f\u2009-]\d++)*+(?![^\W\d_])")
"""A number with all that is written on to it, so that a date in digits and a time of day are one; "3rd" and "A4" are none."""
_DATE = re.compile(r"(?:1\d|20)\d\d|\d\d?:\d\d(?::\d\d)?|\d\d?[./-]\d\d?[./-]\d{2,4}|\d{4}[-/]\d\d?[-/]\d\d?|(?:1\d|20)\d\d-\d{2,4}")
_DAY = re.compile(r"[12]?\d|3[01]")


def _is_date(found: re.Match[str], lang: str) -> bool:
    """Whether digits are a year, a time of day, a date, or the day of a month beside its name."""
    if _DATE.fullmatch(found.group()):
        return True
    before, after = _months(lang)
    text, (start, end) = found.string, found.span()
    return _DAY.fullmatch(found.group()) is not None and bool(after.match(text, end) or before.search(text, max(0, start - 20), start))


@lru_cache(maxsize=8)
def _months(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The name of a month before a day, and behind it, with a short word between ("3 de mayo")."""
    cldr = cldr_of(lang)
    names = alternatives([*cldr.months, *cldr.lone_months])
    return re.compile(rf"(?<!\w)(?:{names})\s+\Z", re.I), re.compile(rf"\.?\s+(?:\w{{1,3}}[\s’'])?(?:{names})(?!\w)", re.I)


# lines

_WORD = re.compile(r"[^\W_]+")
REACH = 40
"""Words of a file that may stand between two of its text: those of an address in a link."""


def lines_of(block: Block, starts: Sequence[int], bare: Sequence[Sequence[str] | None]) -> list[int]:
    """The lines of the file on which the sentences of a block begin, which start at these offsets. `bare`: the words of each line of the
    file; None of an empty one, with which a block ends. The words of the block are met again in those of its lines, in order; what Markdown
    puts between them is passed over."""
    lines = list(takewhile(lambda line: bare[line - 1] is not None, range(block.line, len(bare) + 1)))
    if len(lines) < 2:
        return [block.line] * len(starts)
    rest = [(word, line) for line in lines for word in bare[line - 1] or ()]
    out, at, line = [], 0, block.line
    asked = iter([*starts, len(block.text) + 1])
    start = next(asked)
    for found in _WORD.finditer(block.text):
        met = next((n for n in range(at, min(at + REACH, len(rest))) if rest[n][0] == found.group()), None)
        if met is not None:
            at, line = met + 1, rest[met][1]
        while found.end() > start:
            out.append(line)
            start = next(asked)
    return out + [line] * (len(starts) - len(out))
