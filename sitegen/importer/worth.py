"""Whether a sentence is a claim worth checking: plain features of it, and what each weighs.

The features are named, and made of the word lists of a language, so that one set of weights serves all. The weights are fitted by
`tools/fit.py` to the labelled articles of `benchmarks/imports/shown` and kept in `data/weights.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from sitegen.importer import weights
from sitegen.importer.language import Language
from sitegen.importer.quantities import Quantity
from sitegen.importer.tokens import CAPITAL

LEAST = 0.71
"""The probability from which on a sentence is proposed: the least at which, on real articles that no weight was fitted to, three in four
proposals are claims, and of four claims three are proposed too (P 0.78, R 0.82)."""
CREDITED = ("named", "pointed", "back")
"""The ways of crediting by which a statement is cut out of its sentence."""
FEW, SOME, MANY = 5, 9, 25
"""Words below which a sentence is short, or brief, and from which on it is long."""
_WORD = re.compile(r"[^\W_][\w’'ʼ-]*")
_CAPITAL = re.compile(CAPITAL)
_DIGIT = re.compile(r"\d")
_ITEM = re.compile(r"(?:[•●▪*–—-]|\(?[\da-z][.)])\s")
_LABELLED = re.compile(r"(?:[•●▪*–—-]\s+)?[^\W\d_][\w’'-]*(?:\s[\w’'-]+){1,6}:\s(?:[^\W_]+\s)?\d")
"""A line of a list that gives a figure for what it names: "Force fatalities: 8"."""
_ADDRESS = re.compile(r"@|https?:|www\.|©|\+\d\d")
_OPENING = re.compile(r"[“\"„«‘']")
_STOP = re.compile(r"[.!?…][\"'“”’»)\]\s]*\Z")
_ASKING = re.compile(r"[?!][\"'“”’»)\]\s]*\Z")


class Stand(NamedTuple):
    """Where a sentence stands: how it is credited (`claims.Way`), the number of its block of so many, and whether it begins it."""

    way: str
    block: int
    blocks: int
    begins: bool


def probability(evidence: frozenset[str]) -> float:
    """How probable it is that a fact-checker would track a sentence of which this is told."""
    return weights.probability("worth", evidence)


def evidence(sentence: str, figures: Sequence[Quantity], language: Language, stand: Stand) -> frozenset[str]:
    """All that is told of a sentence with its figures, by name."""
    words = _WORD.findall(sentence)
    is_cut = stand.way in CREDITED
    found = {"any", stand.way, *_figures(figures), *_form(sentence, words, is_cut), *_words(sentence, words, language), *_stand(stand)}
    if figures and "first person" in found:  # "we lost 12 gates"
        found.remove("first person")
        found.add("first person figure")
    if stand.way == "listed" and figures:  # an item need be no sentence
        found -= {"short", "brief", "no stop"}
    if is_cut:
        return frozenset(found)
    if figures:
        found.add("own figure")
    elif "name" not in found:
        found.add("own plain")
    return frozenset(found)


def _figures(figures: Sequence[Quantity]) -> Iterator[str]:
    if figures:
        yield "figure"
        if len(figures) > 1:
            yield "figures"
        if not any(one.unit for one in figures):
            yield "no unit"
        if any(one.share or one.unit.startswith(("percent", "share")) for one in figures):
            yield "share"
        if any(one.approx for one in figures):
            yield "hedge"


def _form(sentence: str, words: Sequence[str], is_cut: bool) -> Iterator[str]:
    """What its signs and its length tell. `is_cut`: it is part of a sentence."""
    if len(words) < FEW - is_cut:
        yield "short"
    elif len(words) < SOME:
        yield "brief"
    elif len(words) >= MANY:
        yield "long"
    if len(words) < 2:
        yield "bare"
    if sentence.isupper():
        yield "shouted"
    if _ITEM.match(sentence):
        yield "item"
    if _LABELLED.match(sentence):
        yield "labelled"
    if _ADDRESS.search(sentence):
        yield "address"
    if _OPENING.match(sentence):
        yield "quotation"
    if sentence.startswith("("):
        yield "bracket"
    if sentence.endswith(":"):
        yield "leads"
    elif _ASKING.search(sentence):
        yield "asks"
    elif not is_cut and not _STOP.search(sentence):
        yield "no stop"


def _words(sentence: str, words: Sequence[str], language: Language) -> Iterator[str]:
    """What its words tell, by the lists of its language."""
    small = [word.lower() for word in words]
    known = frozenset(small)
    has_name = not language.flag("nouns_capitalised") and any(map(_CAPITAL.match, words[1:]))
    if has_name and not sentence.isupper():
        yield "name"
    yield from (name for name, told in _telling(language) if not known.isdisjoint(told))
    selves = language.words("first_person")
    if not known.isdisjoint(selves) and any(
        word in selves and not (len(shown) > 1 and shown.isupper()) for word, shown in zip(small, words, strict=True)
    ):  # "US" is no "us"
        yield "first person"
    if sentence.lower().startswith(_bylines(language)):
        yield "byline"


@lru_cache(maxsize=8)
def _bylines(language: Language) -> tuple[str, ...]:
    """What a line begins with that says who wrote."""
    return tuple(f"{word} " for word in language.words("by"))


_LISTS = (
    ("pronoun", ("he", "she", "it")),
    ("addressed", ("addressed",)),
    ("modal", ("modals",)),
    ("speech", ("speech",)),
    ("day", ("months_words", "months", "weekdays")),
)  # fmt: skip
"""The features that a word of some lists tells."""


@lru_cache(maxsize=8)
def _telling(language: Language) -> tuple[tuple[str, frozenset[str]], ...]:
    """Each of these features with the words that tell it."""
    return tuple((name, frozenset().union(*map(language.words, lists))) for name, lists in _LISTS)


def _stand(stand: Stand) -> Iterator[str]:
    if stand.blocks >= 6 and stand.block >= stand.blocks - 2:
        yield "last"
    if stand.begins:
        yield "begins"


def is_legend(text: str, language: Language) -> bool:
    """Whether a sentence tells how the figures around it are to be read ("cumulative values are shown in brackets"): its own figures are
    bounds and units, of which nothing is said."""
    return any(language.finditer("legends", text))


def is_row(text: str) -> bool:
    """Whether a line is a row of a table, whose figures mean nothing without its head; a labelled figure is none."""
    if _LABELLED.match(text):
        return False
    tokens = text.split()
    numeric = sum(_DIGIT.search(token) is not None for token in tokens) if _DIGIT.search(text) is not None else 0
    repeated = len(tokens) - len(set(tokens))
    return (numeric >= 4 and numeric > 0.4 * len(tokens)) or repeated > 0.4 * len(tokens)
