"""What a site speaks by, as values: the words of a language, and how it writes dates, numbers and lists."""

from __future__ import annotations

from sitegen.model.base import Value


class Cldr(Value, frozen=True):
    """What the Unicode consortium's CLDR says of a language, as far as pages need it.

    `months` are their names within a date, `lone_months` with a year alone (Slavic languages have two forms), `short_months` the latter in
    short, `weekdays` begin with Monday. `day`, `full` (with the weekday), `month` and `year` are date patterns. `groups`: how many digits
    stand in the last group of a number, and in those before it. `joints`: what stands between two items of a list, and between those at
    the start, in the middle and at the end of a longer one.
    `languages`: tag -> name.
    """

    months: tuple[str, ...]
    lone_months: tuple[str, ...]
    short_months: tuple[str, ...]
    weekdays: tuple[str, ...]
    day: str
    full: str
    month: str
    year: str
    decimal: str
    group: str
    groups: tuple[int, int]
    joints: tuple[str, str, str, str]
    languages: tuple[tuple[str, str], ...]


class Language(Value, frozen=True):
    """A language that pages are in: its tag, its words (a compiled gettext catalogue), and what CLDR says of it. It is part of the site's
    card, and so of the key of every page."""

    tag: str
    messages: bytes
    cldr: Cldr

    def __hash__(self) -> int:
        """Of the words alone: it is asked for on every page, and a hash of bytes is kept."""
        return hash(self.messages)


def message(text: str) -> str:
    """Marks a text of a table, so that `make messages` finds it; it is translated where it is used.

    >>> message("snapshot")
    'snapshot'
    """
    return text


def message_in(context: str, text: str) -> tuple[str, str]:
    """The same for a text that means different things in different places.

    >>> message_in("kind", "site")
    ('kind', 'site')
    """
    return context, text


def counted_message(one: str, several: str) -> tuple[str, str]:
    """The same for a word that is counted.

    >>> counted_message("article", "articles")
    ('article', 'articles')
    """
    return one, several
