"""What selected words propose: the shortest anchor that is unique, the numbers, dates and names that they hold."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sitegen import urls
from sitegen.archive.names import Name, mentions
from sitegen.content.anchoring import Found, Haystack, Missing, cuts
from sitegen.content.dating import disagreement
from sitegen.content.expressions import expressions
from sitegen.content.numbers import hedge_before, numbers
from sitegen.content.text import around, normal
from sitegen.content.words import Words
from sitegen.importer.language import language
from sitegen.importer.quantities import quantities
from sitegen.model.article import Key
from sitegen.model.records import Calendar
from sitegen.model.text import Block

LONG = 3_000
"""Signs of a selection beyond which no figures and dates are sought in it: a claim is a sentence or two."""
BESIDE = 8
"""Words before or after a quote that may tell it apart, before it is counted (`nth`)."""
_WORD = re.compile(r"\S+")


class Proposed(NamedTuple):
    """What some words of a text propose. `anchor`: what selects them, as records write it; `figures`, `dates`: as they write these;
    `named`: the places and topics that they name; `speakers`: the sources that their sentence names; `id`: one that is free; `why`: why
    they cannot be quoted, where they cannot."""

    start: int
    end: int
    anchor: dict[str, str]
    figures: tuple[dict[str, str], ...]
    dates: tuple[dict[str, str], ...]
    named: tuple[Key, ...]
    speakers: tuple[str, ...]
    id: str
    why: str = ""


def whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A selection as far as the words and numbers that it cuts.

    >>> whole("lost 1,220 tanks", 7, 13), whole("lost  tanks", 4, 6)
    ((5, 16), (6, 6))
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end and cuts(text, start, len(text)):
        first = start
        while start and not text[start - 1].isspace():
            start -= 1
        while start < first and not text[start].isalnum():
            start += 1
    if start < end and cuts(text, 0, end):
        last = end
        while end < len(text) and not text[end].isspace():
            end += 1
        while end > last and not (text[end - 1].isalnum() or text[end - 1] in "%‰"):
            end -= 1
    return start, end


def anchor_of(haystack: Haystack, block: int, start: int, end: int, within: Collection[int]) -> dict[str, str] | Missing:
    """The shortest selector that means this stretch and no other: the quote alone, with words before or after it, or its number."""
    text = haystack.blocks[block]
    quote = normal(text[start:end])
    target = Found(block, start, end)
    alone = haystack.find(quote, within=within)
    if alone == target:
        return {"quote": quote}
    if isinstance(alone, Missing) and alone.code != "quote-ambiguous":
        return alone
    before = [found.group() for found in _WORD.finditer(text[:start])]
    after = [found.group() for found in _WORD.finditer(text[end:])]
    for count in range(1, BESIDE + 1):
        for prefix, suffix in ((before[-count:], []), ([], after[:count])):
            sides = " ".join(prefix), " ".join(suffix)
            if len(prefix or suffix) == count and haystack.find(quote, *sides, within=within) == target:
                return {"quote": quote, **{key: side for key, side in zip(("prefix", "suffix"), sides, strict=True) if side}}
    for number, found in enumerate(haystack.all(quote, within=within), 1):
        if found == target:
            return {"quote": quote, "nth": str(number)}
    return alone if isinstance(alone, Missing) else Missing("quote-not-found", "these words cannot be quoted", "select others")


def proposed(
    words: Words,
    block: int,
    start: int,
    end: int,
    *,
    lang: str,
    base: datetime.date | None,
    calendar: Calendar | None,
    names: Iterable[Name],
    sources: Mapping[str, str],
    taken: Collection[str],
) -> Proposed:
    """What a selection proposes. `names`: those that may occur; `sources`: name -> stem; `taken`: ids that are in use."""
    whole_block = words.blocks[block]
    text = whole_block.text
    start, end = whole(text, start, end)
    within, scope = _scope(words, block)
    found = anchor_of(words.haystack, block, start, end, within) if start < end else Missing("quote-not-found", "no words are selected", "")
    quote = text[start:end]
    anchor = {} if isinstance(found, Missing) else {**({"in": scope} if scope else {}), **found}
    first, last = around(text, start, end)
    short = quote if len(quote) <= LONG else ""
    return Proposed(
        start,
        end,
        anchor,
        tuple(_figures(short, text, start, lang)),
        tuple(_dates(short, lang, base, calendar)),
        tuple(_named(whole_block, names, start, end)),
        tuple(_speakers(text[first:last], sources)),
        _free(quote, taken),
        f"{found.message}: {found.hint}" if isinstance(found, Missing) else "",
    )


def _scope(words: Words, block: int) -> tuple[Collection[int], str]:
    """The blocks in which a quote of this one is sought, and what `in` says of it."""
    if block == 0:
        return (0,), "title"
    if block in words.captions:
        return (block,), words.captions[block]
    body = [number for number, one in enumerate(words.blocks) if number and one.kind not in ("caption", "code")]
    return frozenset(body), ""


def _figures(quote: str, text: str, start: int, lang: str) -> Iterator[dict[str, str]]:
    """The figures of a quote, each with what it counts."""
    units = {one.start: re.sub(r"^(?:percent|share)\b ?", "", one.unit) for one in quantities(quote, language(lang))}
    dates = [(one.start, one.end) for one in expressions(quote, lang, None, None)]
    for one in numbers(quote, lang):
        if any(first <= one.start < last for first, last in dates):
            continue
        value: dict[str, str]
        if one.share:
            shown = quote[one.start : one.end]
            value = {"share": shown if "%" in shown else f"{_fraction(one.value)}"}
        else:
            value = {"value": f"{float(one.value):.15g}"}
        if unit := units.get(one.start, ""):
            value["unit"] = unit
        if (hedge := hedge_before(text, start + one.start)) not in ("", "exact"):
            value["hedge"] = hedge
        yield value


def _fraction(value: Any) -> str:
    return f"{value.numerator}/{value.denominator}"


def _dates(quote: str, lang: str, base: datetime.date | None, calendar: Calendar | None) -> Iterator[dict[str, str]]:
    """The dates of a quote, each with the words and the rule that lead to it."""
    for one in expressions(quote, lang, base, calendar):
        words = quote[one.start : one.end]
        if one.date is not None and disagreement(one.rule, words, one.date, base, calendar) is None:
            yield {"date": one.date.text, "quote": words, "rule": one.rule}


def _named(block: Block, names: Iterable[Name], start: int, end: int) -> Iterator[Key]:
    found, _ = mentions([block], names, (), {}, set())
    yield from dict.fromkeys(one.page for one in found if start <= one.start < end)


def _speakers(sentence: str, sources: Mapping[str, str]) -> Iterator[str]:
    """The sources that a sentence names, the longest name first."""
    low = sentence.casefold()
    held = [name for name in sources if len(name) > 2 and name.casefold() in low]
    found = [name for name in held if re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", low)]
    yield from dict.fromkeys(sources[name] for name in sorted(found, key=len, reverse=True))


def _free(quote: str, taken: Collection[str]) -> str:
    """An id that tells what is quoted."""
    base = f"c-{urls.slug(quote, 24)}".rstrip("-")
    number = 1
    while (found := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return found
