"""What is claimed: the sentences that a fact-checker would track, each with its speaker and its figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from sitegen.content.numbers import hedge_before, numbers
from sitegen.content.text import sentences
from sitegen.importer.language import Language
from sitegen.importer.numerals import numerals
from sitegen.importer.people import CAPITAL
from sitegen.importer.sources import UNNAMED, Speaker, Speakers


class Quantity(NamedTuple):
    """A number of a claim: its value, the words after it that say of what, whether it is hedged. A share is a decimal fraction;
    `share` has it as records write it (`1/3`, `30%`)."""

    value: int | float
    unit: str
    approx: bool
    start: int
    end: int
    share: str = ""


class Claim(NamedTuple):
    """A statement to be checked: `block` and stretch of the text, whose it is (None: the article's own), and its quantities.
    `inferred`: whose it is, no name beside it tells."""

    block: int
    start: int
    end: int
    text: str
    speaker: Speaker | None
    quantities: tuple[Quantity, ...]
    inferred: bool = False


WORDS = 5
"""Words that a claim has at least."""
_FIRST_PERSON = re.compile(r"\b(?:I|we|We|our|Our|my|My|us|you|You|your|Your)\b")


_ITEM = re.compile(r"[•●▪*–—-]\s")
_LABELLED = re.compile(r"(?:[•●▪*–—-]\s+)?[^\W\d_][\w’'-]*(?:\s[\w’'-]+){1,6}:\s(?:[^\W_]+\s)?\d")
"""A line of a list that gives a figure for what it names: "Force fatalities: 8"."""


def claims(language: Language, blocks: Sequence[tuple[int, str]], speakers: Speakers) -> list[Claim]:
    """The claims of the paragraphs of a text."""
    out: list[Claim] = []
    last: Speaker | None = None
    listing: Speaker | None = None
    for number, text in blocks:
        is_item = _ITEM.match(text) is not None
        listing = listing if is_item else None
        said = {one.sentence: one for one in speakers.statements(number, text)}
        for index, (start, end) in enumerate(sentences(text)):
            statement = said.get((start, end))
            if statement is not None:
                last = statement.speaker
                stretch = (statement.start, statement.end)
                words = text[slice(*stretch)]
                if len(words.split()) < WORDS - 1 or (_FIRST_PERSON.search(words) and not quantities(words, language)):
                    continue
            else:
                sentence = text[start:end]
                last = listing if listing is not None else last if _carries_on(sentence, language, begins=index == 0) else None
                if not _is_claim(sentence, language) and not (listing is not None and quantities(sentence, language)):
                    continue
                stretch = (start, end)
            words = text[slice(*stretch)]
            speaker = None if last is UNNAMED else last
            inferred = speaker is not None and (statement is None or statement.inferred)
            out.append(Claim(number, *stretch, words, speaker, quantities(words, language), inferred))
        if text.rstrip().endswith(":"):
            listing = speakers.listing(text) or last
    return out


def _carries_on(sentence: str, language: Language, *, begins: bool) -> bool:
    """Whether a sentence goes on with what the one before it reports: "That includes", reported speech, a quotation. `begins`: it
    begins a paragraph."""
    if begins:
        return bool(re.match(r"(?:That|This|These) includes?\b", sentence))
    if language.words("reported"):
        return bool(re.search(rf"(?<!\w)(?:{language.any_of('reported')})(?!\w)", sentence, re.I))
    return bool(re.match(r"(?:That|This|These) includes?\b|It also\b|[“\"]|Overall\b|He also\b|She also\b", sentence))


def _is_claim(sentence: str, language: Language) -> bool:
    words = re.findall(r"[^\W_][\w’'-]*", sentence)
    if _LABELLED.match(sentence):
        return True
    if len(words) < WORDS or sentence.rstrip('”"').endswith("?") or _FIRST_PERSON.search(sentence) or _is_row(sentence):
        return False
    if quantities(sentence, language):
        return True
    names = sum(bool(re.match(CAPITAL, word)) for word in words[1:])
    return names >= 1 and len(words) >= 7


def _is_row(text: str) -> bool:
    """Whether a line is a row of a table, whose figures mean nothing without its head."""
    tokens = text.split()
    numeric = sum(any(char.isdigit() for char in token) for token in tokens)
    repeated = len(tokens) - len(set(tokens))
    return (numeric >= 4 and numeric > 0.4 * len(tokens)) or repeated > 0.4 * len(tokens)


@lru_cache(maxsize=64)  # a sentence is asked for its quantities before it is a claim, and as one
def quantities(text: str, language: Language) -> tuple[Quantity, ...]:
    """The numbers of a text with their units and hedges; no dates, no ordinals, no numbers in names."""
    out: list[Quantity] = []
    english = language.tag.startswith("en")
    found = [*((n.value, n.share, n.start, n.end) for n in numbers(text, "en")), *_joined(text)] if english else numerals(text, language)
    found = sorted(found, key=lambda one: one[2])
    for value, share, start, end in found:
        if _is_date(text, start, end, language) or _is_no_count(text, start, end, language):
            continue
        shown = text[start:end]
        percent = share and re.search(rf"%|percent|per cent|{language.any_of('percent')}", shown, re.I)
        number = value * 100 if percent else value
        given: int | float = round(float(number), 3) if share and not percent else int(number) if number == int(number) else float(number)
        unit = ("percent " if percent else "share " if share else "") + _unit(text[end:], language)
        fraction = Fraction(value)
        written = f"{float(number):g}%" if percent else f"{fraction.numerator}/{fraction.denominator}" if share else ""
        out.append(Quantity(given, unit.strip(), _is_hedged(text, start, end, language), start, end, written))
    return tuple(out)


_JOINED = re.compile(r"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?=(?:km/h|mph|kmh|km|kg|cm|mm|m|g|kt|kts|ft|lbs?|ha|kW|MW|GW|C|F)\b)")


def _joined(text: str) -> list[tuple[int | Fraction, bool, int, int]]:
    """Numbers that are written together with their unit ("60m"), and "twice"."""
    joined = ((Fraction(found[1].replace(",", "") + (found[2] or "")), False, *found.span()) for found in _JOINED.finditer(text))
    return [*joined, *((2, False, *found.span()) for found in re.finditer(r"\b[Tt]wice\b", text))]


_EXCLUDED = re.compile(r"\b(?:this|that|no|any|every|the|which|another|each|other|first|last|second|only)\s+\Z", re.I)


_PERIOD = re.compile(r"\b(?:first|second|third|fourth|last|single|next|previous|every|each|per|this|that|final|same|opening)\s+\Z", re.I)
_CLOCK = re.compile(r"\s+(?:in the (?:morning|afternoon|evening)|at night|o[’']clock)\b", re.I)


def _is_no_count(text: str, start: int, end: int, language: Language) -> bool:
    shown = text[start:end].lower()
    if re.fullmatch(r"quarter|half", shown) and (_PERIOD.search(text[:start]) or re.match(r"-?(?:final|time|back)", text[end:])):
        return True  # a period, and no share
    if _CLOCK.match(text, end):
        return True
    if re.search(rf"(?<!\w)(?:{language.any_of('numbered')})\.?\s\Z", text[:start], re.I):
        return True
    if shown in ("one", "ein", "eine", "einen") and (
        _EXCLUDED.search(text[:start])
        or re.match(r"\s+(?:of\b(?!\s+them)|another|another’s|more\b|day\b|side\b|can\b|or more)", text[end:])
        or re.search(r"-\Z", text[:start])
    ):
        return not re.match(r"\s+or more", text[end:])
    if re.search(rf"(?<!\w)(?:{language.any_of('currencies')})\.?\s\Z", text[:start], re.I):
        return False
    if (
        re.search(rf"{CAPITAL}[\w-]*[-\s]\Z", text[max(0, start - 12) : start])
        and re.match(r"(?:\W|\Z)", text[end:])
        and re.fullmatch(r"\d{1,2}", shown)
    ):
        return (
            bool(
                re.search(rf"\b(?:{CAPITAL}[a-z]+|type|Type|AK|No|no|Part|part|Chapter|Article|Section|F|MiG|Su|T)[-\s.]?\Z", text[:start])
            )
            and text[end : end + 1] != "%"
        )
    if re.match(r"-\w", text[end:]) and re.fullmatch(r"\d+", shown) and re.match(r"-(?:gauge|pattern|type|caliber|calibre)", text[end:]):
        return True
    return (
        bool(re.search(r"[-/]\Z", text[:start]) and shown.isdigit())
        or bool(re.match(r"[-/]\d", text[end:]) and shown.isdigit())
        or bool(re.match(r"(?:st|nd|rd|th)\b|:\d\d", text[end:]))
    )


def _is_date(text: str, start: int, end: int, language: Language) -> bool:
    """Whether a number is part of a date or a time of day, or a year."""
    shown = text[start:end]
    if not re.fullmatch(r"\d{1,4}", shown):
        return False
    if re.fullmatch(r"0\d{3}", shown) or (re.fullmatch(r"[0-2]\d[0-5]\d", shown) and re.match(r"\s?(?:hours|hrs|GMT|UTC|Z\b)", text[end:])):
        return True  # 0600, 1800 hours
    months = language.any_of("months")
    before, after = text[:start].lower(), text[end:].lower()
    if re.search(rf"(?:{months})\.?\s*(?:\d{{1,2}},?\s*)?\Z", before) or re.match(
        rf"\.?(?:st|nd|rd|th)?\s*(?:of\s+)?(?:{months})\b", after
    ):
        return True
    if len(shown) == 4 and 1000 <= int(shown) <= 2100 and not re.match(r"\s+[a-zäöüа-яі]{3,}s?\b(?<!and)(?<!by)", after.split(".")[0]):
        return True
    if (
        len(shown) == 4
        and 1800 <= int(shown) <= 2100
        and re.search(r"\b(?:in|since|by|from|until|of|before|after|seit|im jahr|erst|bis|vor|nach|у|з|до)\s+\Z", before)
    ):
        return True
    return bool(re.match(r"(?::\d\d|\s*(?:a\.?m\.?|p\.?m\.?|uhr|o’clock|utc|gmt)\b)", after))


def _is_hedged(text: str, start: int, end: int, language: Language) -> bool:
    if language.tag.startswith("en") and hedge_before(text, start) != "exact":
        return True
    words = language.any_of("approx")
    return bool(
        re.search(rf"(?<!\w)(?:{words})\s*(?:the\s+)?\Z", text[max(0, start - 24) : start], re.I)
        or re.match(r"\s+(?:or more|or so)\b", text[end:])
    )


def _unit(after: str, language: Language) -> str:
    """The words after a number, up to the first that ends a noun phrase."""
    found = re.match(r"[\s-]*((?:[^\W\d_][\w’'-]*\s*){1,6})", after)
    out: list[str] = []
    for word in found[1].split() if found else ():
        if word.lower() in language.words("units_end") and not (word.lower() == "of" and out):
            break
        out.append(word)
        if len(out) == 4:
            break
    while out and out[-1].lower() == "of":
        out.pop()
    joined = re.match(rf"[\s-]*{re.escape(' '.join(out))}(\s+\w+\s+\w+),\s+(?:\w+\s+)?\d", after) if out else None
    if joined and joined[1].split()[0].lower() in ("and", "und", "та", "і"):  # an item of a list: "2,087 trucks and jeeps, 9 …"
        return " ".join([*out, *joined[1].split()])
    return " ".join(out)
