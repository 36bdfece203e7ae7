"""Days that are written out in a text, and a day with what leads to it."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import NamedTuple

from sitegen.importer.language import Language, alternatives


class Basis(NamedTuple):
    """The words that lead to a date, the rule by which they do, and the date from which they count (ISO), if any."""

    quote: str
    rule: str
    base: str = ""


class Dated(NamedTuple):
    """A date with what leads to it; None and nothing where there is no evidence."""

    date: datetime.date | None
    basis: tuple[Basis, ...] = ()


_YEAR = re.compile(r"\d{4}")


@lru_cache(maxsize=8)
def _full_dates(language: Language) -> tuple[re.Pattern[str], ...]:
    """The orders in which full dates are written."""
    month = alternatives(language.table("months"))
    of, day = language.any_of("of"), rf"(?P<d>\d{{1,2}})(?:{language.any_of('ordinals')}|\.)?"
    first = r"\d{1,2}" if language.flag("day_before_month") else "1[3-9]|2[0-9]|3[01]"  # which cannot be a month
    patterns = (
        rf"(?<![\w.]){day}(?:\s*(?:(?:{of})\s*)?|-)(?P<m>{month})(?:\.?,?\s+(?:(?:{of})\s+)?|-)(?P<y>\d{{4}})(?!\d)",
        rf"(?<!\w)(?P<m>{month})\.?\s+{day},?\s+(?P<y>\d{{4}})(?!\d)",
        r"(?<![\d-])(?P<y>\d{4})-(?P<n>\d{2})-(?P<d>\d{2})(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?(?![\w-])",
        r"(?<![\d.])(?P<d>\d{1,2})\.\s?(?P<n>\d{1,2})\.\s?(?P<y>\d{4})(?!\d)",
        rf"(?<![\d/])(?P<d>{first})/(?P<n>\d{{1,2}})/(?P<y>\d{{4}})(?![\d/])",
    )
    return tuple(re.compile(pattern, re.I) for pattern in patterns)


def written(text: str, language: Language) -> list[tuple[datetime.date, int, int]]:
    """The full dates that are written out in a text, with their places: "15 May 2022", "May 15, 2022", "2022-05-15", "15.5.2022"."""
    if not _YEAR.search(text):
        return []
    months = language.table("months")
    out = []
    for pattern in _full_dates(language):
        for found in pattern.finditer(text):
            groups = found.groupdict()
            number = months[groups["m"].lower()] if groups.get("m") else int(groups["n"])
            try:
                out.append((datetime.date(int(groups["y"]), number, int(groups["d"])), *found.span()))
            except ValueError:
                continue
    return sorted(out, key=lambda one: one[1])
