"""What all articles give to an entry, in short: what lists show of it, and the figures that they state of a claim."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from sitegen.model.base import Value
from sitegen.model.dates import Edtf
from sitegen.model.kinds import SOURCES
from sitegen.model.records import Figure, When

STRETCH = "timeline/"
"""With what the keys of the cards of stretches begin; it is that of all in whole."""
SHORT = "*"
"""In the place of a month: of a claim that is a total or a part its newest readings, together."""
TALLY, SERIES = "tally/", "series/"
"""With what the keys of their cards begin."""


class Reading(Value, frozen=True):
    """The figures of one statement of a claim.

    `day` puts readings in order: the last day (ISO) of what `time` says, else of its article's date, else empty. `time` is the first that
    is known of when it is as of, when it happened and when it was said, and `how` which of these (0, 1, 2). `article` is the stem of the
    article, `id` the anchor in it.
    """

    day: str
    article: str
    id: str
    sources: tuple[str, ...]
    figures: tuple[Figure, ...]
    time: When | None
    how: int


class Tally(Value, frozen=True, tag=True):
    """An entry by numbers: how many articles lead to it, how many claims and sources these name with it, and the date of the newest.

    Of a claim: `latest` is the newest reading, and `speakers` are all who are credited on it (ids of sources, `article`, `unnamed`), of
    whom `voices` neither belong to one another nor are known by way of one another. `compared` are the figures of the last day of which
    several voices give one, and `meet` whether these allow the same."""

    of: str
    articles: int
    claims: int
    sources: int
    last: Edtf | None
    latest: Reading | None = None
    speakers: tuple[str, ...] = ()
    voices: int = 0
    compared: tuple[Reading, ...] = ()
    meet: bool = True

    @property
    def key(self) -> str:
        return tally_key(self.of)

    @property
    def named(self) -> tuple[str, ...]:
        """The cards with which it is shown."""
        return _sources([*([self.latest] if self.latest else ()), *self.compared])


class Series(Value, frozen=True, tag=True):
    """The readings of a claim that fall into one month, in order, between the last before it and the first after it.

    A month, so that they are few: every article that states a figure of the claim then has them at hand.
    """

    of: str
    month: str
    readings: tuple[Reading, ...]
    before: Reading | None
    after: Reading | None

    @property
    def key(self) -> str:
        return series_key(self.of, self.month)

    def beside(self, place: tuple[str, str, str]) -> tuple[Reading | None, Reading | None]:
        """The readings before and after a place (`place_of`), in other articles than its own."""
        at, article = bisect_left(self.readings, place, key=place_of), place[1]
        before = next((one for one in reversed(self.readings[:at]) if one.article != article), self.before)
        after = next((one for one in self.readings[at:] if one.article != article), self.after)
        return before if before and before.article != article else None, after if after and after.article != article else None

    @property
    def named(self) -> tuple[str, ...]:
        """The cards with which it is shown."""
        return _sources([*self.readings, *filter(None, (self.before, self.after))])


class Stretch(Value, frozen=True, tag=True):
    """Where the timeline tells what was reported in a year, or (`of` empty) in all: `address` of that page, and whether there are further
    pages below it, of the months or of the years."""

    of: str
    address: str
    is_open: bool

    @property
    def key(self) -> str:
        return stretch_key(self.of)


def place_of(one: Reading) -> tuple[str, str, str]:
    """By what readings are put in order."""
    return one.day, one.article, one.id


def tally_key(entry: str) -> str:
    """What a tally is called among the cards.

    >>> tally_key("claims/tanks")
    'tally/claims/tanks'
    """
    return f"{TALLY}{entry}"


def series_key(claim: str, day: str) -> str:
    """What the month of a claim's readings is called among the cards in which a day (ISO) lies; readings without a date are together.

    >>> series_key("claims/tanks", "2022-05-15")
    'series/claims/tanks/2022-05'
    """
    return f"{SERIES}{claim}/{month_of(day)}"


def short_key(claim: str) -> str:
    """What the newest readings of a part are called among the cards.

    >>> short_key("claims/tanks")
    'series/claims/tanks/*'
    """
    return series_key(claim, SHORT)


def stretch_key(year: str) -> str:
    """What the stretch of a year is called among the cards.

    >>> stretch_key("1911")
    'timeline/1911'
    """
    return f"{STRETCH}{year}"


def stretches_of(months: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """The cards with which a strip of some months (`1911-07`) is shown, each with its articles: of one month no strip is drawn.

    >>> stretches_of([("1911-07", 2), ("1912-01", 1)]), stretches_of([("1911-07", 2)])
    (('timeline/', 'timeline/1911', 'timeline/1912'), ())
    """
    return (STRETCH, *dict.fromkeys(stretch_key(month[:4]) for month, _ in months)) if len(months) > 1 else ()


def month_of(day: str) -> str:
    """The month of a day (ISO); empty where there is none."""
    return day[:7]


def _sources(readings: Iterable[Reading]) -> tuple[str, ...]:
    return tuple(sorted({SOURCES.key(source) for one in readings for source in one.sources}))
