"""What is claimed: the sentences that a fact-checker would track, each with its speaker and its figures."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from itertools import takewhile
from typing import Literal, NamedTuple

from sitegen.content.text import sentences
from sitegen.importer.attribution import Attribution, Statement
from sitegen.importer.language import Language
from sitegen.importer.quantities import Quantity, quantities
from sitegen.importer.quotations import quotations
from sitegen.importer.speaker import UNNAMED, Speaker
from sitegen.importer.worth import LEAST, Stand, evidence, is_legend, is_row, probability
from sitegen.model.todo import Todo

Way = Literal["own", "named", "pointed", "back", "listed", "quoted", "carried"]
"""How a claim is credited: not at all; by a name beside it; by words that point to one ("he"); by the sentence behind it; as an item of a
list that somebody gave; as the words of one who is quoted; as what goes on with the claim before it."""


class Credit(NamedTuple):
    """How it is told whose a claim is; `words`: those that credit ("said"), `pointing`: those that point to a name ("the ministry")."""

    way: Way = "own"
    words: str = ""
    pointing: str = ""


class Given(NamedTuple):
    """What another reader says of a claim besides: `where` in its answer the claim stands; its id, the stem of its claim page, which of
    several equal passages it quotes, and its dates as notes write them; empty or 0 where it does not say so."""

    where: str
    id: str
    page: str
    nth: int
    dates: tuple[str, ...]


class Claim(NamedTuple):
    """A statement to be checked: `block` and stretch of the text, whose it is (None: the article's own), and its quantities. `todo`:
    how sure it is, and what else is `given`, where another reader proposes it; `evidence`: what tells whether it is worth checking
    (`worth.py`)."""

    block: int
    start: int
    end: int
    text: str
    speaker: Speaker | None
    quantities: tuple[Quantity, ...]
    credit: Credit = Credit()
    todo: Todo | None = None
    given: Given | None = None
    evidence: frozenset[str] = frozenset()


_ITEM = re.compile(r"[•●▪*–—-]\s")
_DIGIT = re.compile(r"\d")


def claims(language: Language, blocks: Sequence[tuple[int, str]], attribution: Attribution, least: float = LEAST) -> list[Claim]:
    """The claims of the paragraphs of a text: their sentences that are at `least` so probably worth checking."""
    out: list[Claim] = []
    last: Speaker | None = None
    listing: Speaker | None = None
    for place, (number, text) in enumerate(blocks):
        whose_table = attribution.source_line(text)
        if whose_table is not None:
            _credit_rows(out, [one for one, _ in takewhile(lambda one: _has_figures(one[1]), reversed(blocks[:place]))], whose_table)
        is_item = _ITEM.match(text) is not None
        listing = listing if is_item else None
        said = {one.sentence: one for one in attribution.statements(number, text)}
        quoted = _Quoted(text, said, last)
        for index, (start, end) in enumerate(sentences(text)):
            back = attribution.pointing_back(text[start:end]) if index == 0 else None
            if back is not None:  # "This was said by …", of the paragraph before
                if out and out[-1].speaker is None and back is not UNNAMED:
                    attribution.credit(back, attribution.cue_back(text[start:end]))
                    out[-1] = out[-1]._replace(speaker=back, credit=Credit("back", attribution.cue_back(text[start:end])))
                continue
            statement = said.get((start, end))
            if statement is not None:
                last = statement.speaker
                credit = Credit("pointed" if statement.pointing else "named", statement.cue, statement.pointing)
                stretch = (statement.start, statement.end)
            else:
                sentence = text[start:end]
                whose, carries_on = quoted.whose(start, end), _carries_on(sentence, language, begins=index == 0)
                credit = Credit("listed" if listing else "quoted" if whose else "carried")
                last = listing or whose or (last if carries_on else None)
                if is_row(sentence) or is_legend(sentence, language):
                    continue
                stretch = (start, end)
            words = text[slice(*stretch)]
            figures = quantities(words, language)
            speaker = None if last is UNNAMED else last
            stand = Stand(credit.way if statement is not None or speaker is not None else "own", place, len(blocks), index == 0)
            told = evidence(words, figures, language, stand)
            out.append(Claim(number, *stretch, words, speaker, figures, credit if speaker is not None else Credit(), evidence=told))
        if text.rstrip().endswith(":"):
            listing = attribution.listing(text) or last
    return [one for one in out if probability(one.evidence) >= least]


def _credit_rows(made: list[Claim], rows: Collection[int], speaker: Speaker) -> None:
    """Credits the rows of a table with whom the line below it names, as far as nobody is credited yet."""
    for at, claim in enumerate(made):
        if claim.block in rows and claim.speaker is None:
            made[at] = claim._replace(speaker=speaker, credit=Credit("listed"))


class _Quoted:
    """Whose words the quotations of a paragraph are: of the one who is credited beside each, or, of one that the paragraph begins with, of
    the one who spoke before."""

    def __init__(self, text: str, said: Mapping[tuple[int, int], Statement], last: Speaker | None) -> None:
        self.starts: list[int] = []
        self.quoted: list[tuple[int, Speaker]] = []
        sentences = sorted(said)
        ends = [end for _, end in sentences]
        for a, b in quotations(text):
            number = bisect_left(ends, a)
            is_beside = number < len(sentences) and sentences[number][0] <= b + 2
            speaker = said[sentences[number]].speaker if is_beside else last if a == 0 else None
            if speaker is not None:
                self.starts.append(a)
                self.quoted.append((b, speaker))

    def whose(self, start: int, end: int) -> Speaker | None:
        """Whose words a sentence within a quotation is."""
        number = bisect_right(self.starts, start) - 1
        return self.quoted[number][1] if number >= 0 and end <= self.quoted[number][0] + 1 else None


def _carries_on(sentence: str, language: Language, *, begins: bool) -> bool:
    """Whether a sentence goes on with what the one before it reports: "That includes", reported speech, a quotation, a part of what was
    counted. `begins`: it begins a paragraph."""
    if language.flag("nouns_capitalised"):  # whose verbs tell what is reported, wherever they stand
        return any(language.finditer("reported", sentence)) or (not begins and sentence[:1] in OPENING)
    if language.leading("totals", rf"\s(?:{language.any_of('include')})(?!\w)").match(sentence):
        return True
    if begins:
        return False
    said = next(language.finditer("reported", sentence), None)
    if (said is not None and said.end() <= NEAR) or _begins_with_part(sentence, language):
        return True
    return sentence[:1] in OPENING or language.leading("carries_on", r"(?!\w)").match(sentence) is not None


NEAR = 45
"""Signs at the beginning of a sentence within which stands what says that it goes on."""
OPENING = '„“»«"'


def _begins_with_part(sentence: str, language: Language) -> bool:
    """Whether a sentence begins with a part of what was told before: "Half of them", "Almost a third"."""
    approx, articles, parts = (language.any_of(name) for name in ("approx", "articles", "parts"))
    return re.match(rf"(?:(?:{approx}|{articles})\s){{0,2}}(?:{parts})(?!\w)", sentence, re.I) is not None


def _has_figures(text: str) -> bool:
    """Whether a line is one of a table: a few words and figures, and no sentence."""
    tokens = text.split()
    return len(tokens) <= 14 and not text.endswith(".") and sum(_DIGIT.search(token) is not None for token in tokens) > 0.25 * len(tokens)
