"""The figures of an appearance: read from its words, checked against them, and summed.

What a hedge allows is an editorial choice that the site publishes (`reference/domain.md` section 4, row 1): a bare number means itself;
"about" and "some" mean half a unit of the last significant place either way (some 7,000: 6,500 to 7,499); "more than" and "at
least" bound from below, "up to", "at most" and "less than" from above; "nearly" is one unit below to the number itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

import msgspec

from sitegen.content.numbers import Number, decimal, first_of, hedge_before, is_readable, numbers, share_of
from sitegen.content.text import normal
from sitegen.model.article import Statement, Sum, SumItem
from sitegen.model.records import Figure

TELLING = ("value", "min", "max", "share")
"""The keys of which a figure has at least one."""


def is_told(figure: Figure) -> bool:
    """Whether a figure says any number."""
    return any(getattr(figure, key) is not None for key in TELLING)


def unreadable(figures: Iterable[Figure], quote: str, lang: str) -> list[str]:
    """What the figures say that the quote does not."""
    out = []
    shown = quote if len(quote) <= 120 else f"{quote[:117]}…"
    for figure in figures:
        given = [value for value in (figure.value, figure.min, figure.max) if value is not None]
        if not is_told(figure):
            out.append("a figure has neither `value`, `min`, `max` nor `share`")
        out += [f"{value:,} cannot be read in “{shown}”" for value in given if not is_readable(value, quote, lang)]
        if figure.share is not None and not is_readable(share_of(figure.share), quote, lang, share=True):
            out.append(f"{figure.share} cannot be read in “{shown}”")
    return out


def contradicted(figures: Iterable[Figure], quote: str, text: str, start: int, lang: str) -> list[str]:
    """The figures whose hedge is another than the one that stands before them in the text."""
    out = []
    for figure in figures:
        value = _value(figure)
        place = first_of(value, quote, lang) if figure.hedge and value is not None else None
        written = hedge_before(text, start + place.start) if place else "exact"
        if written not in ("exact", figure.hedge):
            out.append(f"the text says `{written}`, not `{figure.hedge}`")
    return out


def _value(figure: Figure) -> Fraction | Decimal | None:
    """The number by which a figure is found in its quote."""
    wanted = figure.value if figure.value is not None else figure.max if figure.min is None else figure.min
    return share_of(figure.share) if figure.share else wanted


def filled(
    figures: tuple[Figure, ...] | None, quote: str, text: str, start: int, scope: str | None, lang: str, *, itemised: bool
) -> tuple[Figure, ...]:
    """The figures with what the text says of them: the value where none are written (None) and the quote holds one number, the hedge before
    it, the scope. That there are no figures (the number is a name, or a year) an editor says by an empty list.

    `text[start:]` begins with the quote; the hedge may stand before it.
    """
    if figures is None:
        found = [n for n in numbers(quote, lang) if re.search(r"\d", quote[n.start : n.end]) or n.value > 1 or n.share]
        if len(found) != 1 or (not found[0].share and decimal(found[0].value) is None):
            return ()
        figures = (_read(found[0], quote, itemised),)
    out = []
    for figure in figures:
        value = _value(figure)
        place = first_of(value, quote, lang) if value is not None else None
        hedge = figure.hedge or (hedge_before(text, start + place.start) if place else None)
        out.append(msgspec.structs.replace(figure, hedge=hedge, scope=figure.scope or scope))
    return tuple(out)


def _read(number: Number, quote: str, itemised: bool) -> Figure:
    if number.share:
        return Figure(share=f"{number.value.numerator}/{number.value.denominator}")
    unit = quote[number.end :].strip(" ,.;:") if itemised else ""
    return Figure(value=decimal(number.value), unit=unit or None)


def bounds(value: Decimal, hedge: str) -> tuple[Decimal | None, Decimal | None]:
    """The least and the greatest number that a wording allows; None is open.

    >>> [str(n) for n in bounds(Decimal(7000), "about")]
    ['6500', '7499']
    """
    unit = _last_place(value)
    whole = value == value.to_integral_value()
    step = Decimal(1) if whole else Decimal(0)
    match hedge:
        case "about":
            half = unit / 2
            if whole and unit == 1:
                return value, value
            return value - half, value + half - step
        case "nearly":
            return value - unit, value
        case "more-than":
            return value + step, None
        case "at-least":
            return value, None
        case "less-than":
            return None, value - step
        case "at-most" | "up-to":
            return None, value
    return value, value


def allowed(figure: Figure) -> tuple[Decimal | None, Decimal | None]:
    """The least and the greatest number that a figure may be by its wording; None is open, and both are where it is a share."""
    if figure.value is None:
        return figure.min, figure.max
    return bounds(figure.value, figure.hedge or "exact")


def _last_place(value: Decimal) -> Decimal:
    digits = value.normalize().as_tuple()
    assert isinstance(digits.exponent, int)
    return Decimal(1).scaleb(digits.exponent)


def total_of(total: Statement, items: Sequence[Statement], rule: str) -> Sum:
    """The items' sum beside the stated total. Where a figure is missing nothing can be said, and the rule holds."""
    values = [item.figures[0].value if item.figures else None for item in items]
    stated = total.figures[0].value if total.figures else None
    hedge = (total.figures[0].hedge if total.figures else None) or "exact"
    shown = tuple(SumItem(item.id, item.quote, value) for item, value in zip(items, values, strict=True))
    given = [value for value in values if value is not None]
    if stated is None or len(given) < len(values):
        return Sum(total.id, shown, rule, None, stated, hedge, None, None, True)
    added = sum(given, Decimal(0))
    low, high = bounds(stated, hedge)
    above = high is not None and added > high
    below = low is not None and added < low and rule == "complete"
    return Sum(total.id, shown, rule, added, stated, hedge, low, high, not above and not below)


def gloss_fits(gloss: str, quote: str) -> bool:
    """Whether a gloss without its square brackets is the quote.

    >>> gloss_fits("they [the Russians] besieged it [Kharkiv]", "they besieged it")
    True
    """
    closed, bracket, rest = normal(gloss).rpartition("]")  # a bracket that nothing closes is not sought to the end, one by one
    closed += bracket
    return normal(quote) in (normal(re.sub(rf" ?{_ADDED}", "", closed) + rest), normal(re.sub(_ADDED, " ", closed) + rest))


_ADDED = r"\[[^\]]*\]"
"""What an editor adds in a gloss."""
