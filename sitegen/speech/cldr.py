"""What CLDR says of a language, as Babel tells it.

Babel takes some 45 ms to load, which a build of one edited page would feel. So it is asked once for all that pages need of a
language, the answer is remembered like every other, and `sitegen.speech` writes by it.
"""

from __future__ import annotations

from sitegen.model.speech import Cldr

ENGLISH = "en-001"
"""Which English is meant where none is named: the world's, which has the day before the month."""


def cldr_of(tag: str) -> Cldr:
    """Of a language that Babel knows, by itself or without its last subtags; else of English."""
    from babel import Locale

    locale = Locale.parse(_known(ENGLISH if tag.lower() == "en" else tag) or ENGLISH, sep="-")
    months, days = locale.months, locale.days["format"]["wide"]
    symbols = locale.number_symbols["latn"]
    pattern = locale.decimal_formats[None]
    skeletons, lists = locale.datetime_skeletons, locale.list_patterns["standard"]
    return Cldr(
        months=tuple(months["format"]["wide"][number] for number in range(1, 13)),
        lone_months=tuple(months["stand-alone"]["wide"][number] for number in range(1, 13)),
        short_months=tuple(months["stand-alone"]["abbreviated"][number] for number in range(1, 13)),
        weekdays=tuple(days[number] for number in range(7)),
        day=locale.date_formats["long"].pattern,
        full=locale.date_formats["full"].pattern,
        month=skeletons["yMMMM"].pattern,
        year=skeletons["y"].pattern,
        decimal=symbols["decimal"],
        group=symbols["group"],
        groups=pattern.grouping,
        joints=(_between(lists["2"]), _between(lists["start"]), _between(lists["middle"]), _between(lists["end"])),
        languages=tuple(sorted(locale.languages.items())),
    )


def direction_of(tag: str) -> str:
    """How a language runs: "ltr" or "rtl", as HTML has it; what Babel does not know runs to the right.

    >>> direction_of("uk"), direction_of("ar-EG"), direction_of("az-Arab"), direction_of("tlh")
    ('ltr', 'rtl', 'rtl', 'ltr')
    """
    from babel import Locale

    known = _known(tag)
    return "rtl" if known and Locale.parse(known, sep="-").character_order == "right-to-left" else "ltr"


def _between(pattern: str) -> str:
    """What stands between two items.

    >>> _between("{0} and {1}")
    ' and '
    """
    return pattern.partition("{0}")[2].partition("{1}")[0]


def _known(tag: str) -> str:
    """The tag, or the longest beginning of it, that Babel knows; empty where there is none."""
    from babel import Locale, UnknownLocaleError

    while tag:
        try:
            Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            tag = tag.rpartition("-")[0]
        else:
            break
    return tag
