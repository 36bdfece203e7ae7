"""How articles use the names of a page: which forms they print, who prints them, and in which months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from sitegen.model.box import Gift
from sitegen.model.pages import Form
from sitegen.model.prepared import prepared
from sitegen.model.site import Contribution

_contribution = msgspec.msgpack.Decoder(prepared(Contribution)).decode


def forms(gifts: Iterable[Gift]) -> tuple[Form, ...]:
    """The names by which articles mention a page, as they are printed, the one of most articles first."""
    count: Counter[str] = Counter()
    by: dict[str, set[str]] = {}
    for gift in gifts:
        given = _contribution(gift.value)
        printed = {piece.text for excerpt in given.excerpts for piece in excerpt.pieces if piece.id}
        count.update(printed)
        for form in printed:
            by.setdefault(form, set()).add(given.publisher)
    ordered = sorted(count.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Form(form, articles, tuple(sorted(by[form] - {""}))) for form, articles in ordered)


def months(orders: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """How many articles are of each month (`2022-05`), of those whose date is known so far; `orders` are their places by date.

    >>> months(["2022-05-15 2022-05-15", "2022-05-31 2022-05-01", "2022-12-31 2022-01-01", ""])
    (('2022-05', 2),)
    """
    spans = (order.split(" ") for order in orders if order)
    return tuple(sorted(Counter(one[:7] for one, other in spans if one[:7] == other[:7]).items()))
