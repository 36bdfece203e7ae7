"""The pages of a site, each the argument list from which it is rendered.

What is long is given by its digest or encoded, and read only when the page is rendered. The cards that a page may show are given by name
(`named`); a page's key is derived from these very values and from the digests of the cards that it names (`archive.plan`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitegen.model.article import Key
from sitegen.model.atlas import trace_key
from sitegen.model.base import Value
from sitegen.model.digest import Digest
from sitegen.model.history import Past
from sitegen.model.kinds import KINDS, SOURCES
from sitegen.model.opendata import DataFile
from sitegen.model.site import Corrected, Mention
from sitegen.model.tally import short_key, stretches_of, tally_key

PAGE_SIZE = 50
"""Entries of a long list on one page (DESIGN section 3)."""


class Paging(Value, frozen=True):
    """Where in a long list a page stands: `number` 0 is its front, `back` and `on` the numbers of its neighbours.

    Dated lists show the newest on the front; their numbered pages hold everything, number 1 the oldest, so that `back` is
    newer and `on` older. How many pages there are is not told: else each would change with every new entry.
    """

    address: str
    number: int = 0
    back: int | None = None
    on: int | None = None


StretchAt = tuple[str, str]
"""A stretch of time (`1911`, `1911-07`, `1911-07-04`; empty: all), and the address at which the timeline tells it."""


class Contributed(Value, frozen=True):
    """One article's contribution to a page: the article, and the `Contribution`, encoded."""

    article: Key
    value: bytes


class Arguments(Value, frozen=True):
    """What every page has: the cards that it may show, and the template that shows it (none for what is no HTML)."""

    address: str

    @property
    def named(self) -> tuple[Key, ...]:
        return ()

    @property
    def template(self) -> str:
        return ""


class ArticlePage(Arguments, frozen=True, tag=True):
    """An article. Its neighbours in time are added when all articles are in order (`Planned.beside`)."""

    article: Digest
    mentions: tuple[Mention, ...]
    cards: tuple[Key, ...]
    seed: str | None
    """Address of the published seed, where the verbatim proof holds."""
    held: bool

    @property
    def named(self) -> tuple[Key, ...]:
        return self.cards

    @property
    def template(self) -> str:
        return "article.html"


class Form(Value, frozen=True):
    """A name as articles print it: how many of them do, and who publishes these."""

    text: str
    articles: int
    publishers: tuple[str, ...]


class EntryPage(Arguments, frozen=True, tag=True):
    """A place, source or claim, with what leads to it.

    `related`: the places within it, the sources that belong to it, the claims that name it. `forms`: the names by which articles mention
    it; `months`: how many articles lead to it, month by month; both on the front alone, of what is mentioned by its name. `summed`: of a
    claim its tally and the months of its readings, in order, `parts` the claims that are parts of it, and `past` what Git tells of its
    file, on the front alone. `near`: of a place those near it; `shapes`: its own outline and that of what it lies in; both on the front."""

    kind: str
    entry: Digest
    cards: tuple[Key, ...]
    related: tuple[Key, ...]
    found: tuple[Contributed, ...]
    paging: Paging
    total: int | None
    """Articles that lead here; on the front alone."""
    forms: tuple[Form, ...] = ()
    months: tuple[tuple[str, int], ...] = ()
    summed: tuple[Key, ...] = ()
    parts: tuple[Key, ...] = ()
    past: Past | None = None
    near: tuple[Key, ...] = ()
    shapes: tuple[tuple[Key, Digest], ...] = ()

    @property
    def named(self) -> tuple[Key, ...]:
        parts = (key for part in self.parts for key in (part, tally_key(part), short_key(part)))
        then = self.past.named if self.past else ()
        when = stretches_of(self.months)
        return (*self.cards, *self.related, *(one.article for one in self.found), *self.summed, *parts, *then, *when, *self.near)

    @property
    def template(self) -> str:
        return KINDS[self.kind].template


class Counted(Value, frozen=True):
    """A stretch of time (`1911`, `1911-07`, `1911-07-04`), how many entries lie wholly in it, and the address at which they are told (with
    `#` where they are a part of a page; empty where there is none)."""

    period: str
    count: int
    address: str


class Lane(Value, frozen=True):
    """A place or topic, and how many articles name it in which stretch of time, each with the address at which it tells them."""

    subject: Key
    cells: tuple[Counted, ...]


class Listed(Value, frozen=True):
    """An entry of the timeline: the smallest stretch that holds it, the article, and for what is said to have happened its `Contribution`,
    encoded, else nothing."""

    period: str
    article: Key
    value: bytes = b""


class TimelinePage(Arguments, frozen=True, tag=True):
    """A stretch of the timeline, by what was `reported` or is said to have `happened` (`way`).

    `period`: the year, month or day; empty for all. `grain`: of what its `cells` are, "year", "month" or "day", empty where there are none;
    they lie in rows (decades, years, months), and `rows` are those that hold something. `lanes` are the subjects named most, over
    `columns`. `listed`: entries, day by day; those that are known less closely than pages below it tell stand on a page of their own
    where they are many: `aside`, their number and its address; that page has a `paging`. `above`: the stretches within which it lies;
    `other`: where the other way tells of the same time, empty where it tells nothing. `total`: all of the stretch; None on numbered
    pages. `cards`: with which what is listed is shown."""

    way: str
    period: str
    grain: str
    rows: tuple[Counted, ...]
    cells: tuple[Counted, ...]
    columns: tuple[str, ...]
    lanes: tuple[Lane, ...]
    listed: tuple[Listed, ...]
    cards: tuple[Key, ...]
    aside: tuple[int, str] | None
    undated: tuple[int, str] | None
    part: str
    paging: Paging | None
    above: tuple[StretchAt, ...]
    older: StretchAt | None
    newer: StretchAt | None
    other: str
    total: int | None

    @property
    def named(self) -> tuple[Key, ...]:
        return (*self.cards, *(lane.subject for lane in self.lanes), *dict.fromkeys(one.article for one in self.listed))

    @property
    def template(self) -> str:
        return "timeline.html"


class DayPage(Arguments, frozen=True, tag=True):
    """A day of a calendar: the articles of that day, the places that they name, and what articles state of it. `timeline`: the stretch of
    the timeline that leads to it or would, and where that is told."""

    calendar: str
    number: int
    articles: tuple[Key, ...]
    found: tuple[Contributed, ...]
    cards: tuple[Key, ...]
    older: int | None
    newer: int | None
    timeline: StretchAt
    places: tuple[Key, ...] = ()

    @property
    def named(self) -> tuple[Key, ...]:
        return (*self.cards, *self.articles, *(one.article for one in self.found), *self.places)

    @property
    def template(self) -> str:
        return "day.html"


class Facet(Value, frozen=True):
    """What a list is taken apart by ("kind", "year", "source"): each value with the number of pages of which it is true."""

    name: str
    options: tuple[tuple[str, int], ...]


class ListPage(Arguments, frozen=True, tag=True):
    """A list: `kind` is that of its pages. `facets`: its parts, on the front of the whole alone; `part`: the facet and the
    value of which it is the part."""

    kind: str
    cards: tuple[Key, ...]
    paging: Paging
    total: int | None
    facets: tuple[Facet, ...]
    part: tuple[str, str] | None

    @property
    def named(self) -> tuple[Key, ...]:
        summed = map(tally_key, self.cards) if self.kind in KINDS and KINDS[self.kind].is_subject else ()
        parts = (*((one.name, value) for one in self.facets for value, _ in one.options), *((self.part,) if self.part else ()))
        return (*self.cards, *summed, *(SOURCES.key(value) for name, value in parts if name == "source"))

    @property
    def template(self) -> str:
        return "list.html"


class MapPage(Arguments, frozen=True, tag=True):
    """The map of all places whose location is known, in the order of their keys."""

    places: tuple[Key, ...]

    @property
    def named(self) -> tuple[Key, ...]:
        return (*self.places, *map(tally_key, self.places))

    @property
    def template(self) -> str:
        return "map.html"


class MapData(Arguments, frozen=True, tag=True):
    """What the script of the map chooses places by: the articles that lead to them, with their months, topics, sources and claims."""

    places: tuple[Key, ...]
    topics: tuple[Key, ...]
    others: tuple[Key, ...]
    """The sources and claims that may be named."""

    @property
    def named(self) -> tuple[Key, ...]:
        return (*map(trace_key, self.places), *self.topics, *map(trace_key, self.topics), *self.others)


class Odd(Value, frozen=True):
    """A list that does not come to its total: the article, whole, the id of the total, and who is credited with that."""

    article: Key
    value: Digest
    total: str
    sources: tuple[str, ...]


def _apart(claims: Iterable[Key]) -> Iterator[Key]:
    """The cards with which claims are shown whose figures do not meet."""
    return (key for claim in claims for key in (claim, tally_key(claim)))


def _odd(sums: Iterable[Odd]) -> Iterator[Key]:
    """The cards with which sums are shown that do not hold."""
    return (key for one in sums for key in (one.article, *map(SOURCES.key, one.sources)))


class HomePage(Arguments, frozen=True, tag=True):
    """`lead`: the newest article whose words may be shown; `counts`: how many public articles, places, sources and claims there are;
    `months`: how many articles, month by month; `figures`: the claims with the newest figures, each with the article of it; `odd`: the
    newest sums that do not hold; `apart`: the claims of which figures of several voices do not meet."""

    entry: Digest | None
    lead: tuple[Key, Digest] | None
    cards: tuple[Key, ...]
    latest: tuple[Key, ...]
    counts: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, int], ...]
    figures: tuple[tuple[Key, Key], ...]
    odd: tuple[Odd, ...]
    apart: tuple[Key, ...]
    differs: bool
    """Whether there is a page of all that differs."""

    @property
    def named(self) -> tuple[Key, ...]:
        figures = (key for claim, article in self.figures for key in (claim, tally_key(claim), article))
        return (*self.cards, *self.latest, *figures, *_apart(self.apart), *_odd(self.odd), *stretches_of(self.months))

    @property
    def template(self) -> str:
        return "home.html"


class DiffersPage(Arguments, frozen=True, tag=True):
    """All that differs: the claims of which figures of several voices do not meet, cut into pages; on the front `odd` sums besides, the
    newest."""

    apart: tuple[Key, ...]
    odd: tuple[Odd, ...]
    paging: Paging

    @property
    def named(self) -> tuple[Key, ...]:
        return (*_apart(self.apart), *_odd(self.odd))

    @property
    def template(self) -> str:
        return "differs.html"


class FreePage(Arguments, frozen=True, tag=True):
    """A free page. That of the corrections has besides what was `corrected`, and its numbered pages nothing else; where nobody has written
    one it has no `entry`."""

    entry: Digest | None
    cards: tuple[Key, ...]
    corrected: tuple[Corrected, ...] = ()
    paging: Paging | None = None

    @property
    def named(self) -> tuple[Key, ...]:
        return (*self.cards, *dict.fromkeys(one.page for one in self.corrected if not one.withdrawn))

    @property
    def template(self) -> str:
        return "page.html"


class TombstonePage(Arguments, frozen=True, tag=True):
    """Of a page that was withdrawn: its own card is all that it is made from."""

    card: Digest

    @property
    def template(self) -> str:
        return "tombstone.html"


class RedirectPage(Arguments, frozen=True, tag=True):
    """An old address that leads to a new one."""

    target: str

    @property
    def template(self) -> str:
        return "redirect.html"


class ChecksPage(Arguments, frozen=True, tag=True):
    """What is waived of the archive's checks: page, code and reason of each."""

    waived: tuple[tuple[Key, str, str], ...]

    @property
    def named(self) -> tuple[Key, ...]:
        return tuple(dict.fromkeys(key for key, _, _ in self.waived))

    @property
    def template(self) -> str:
        return "checks.html"


class SearchPage(Arguments, frozen=True, tag=True):
    """The page on which one searches. `languages`: those of the archive, its own first."""

    languages: tuple[str, ...]

    @property
    def template(self) -> str:
        return "search.html"


class DataPage(Arguments, frozen=True, tag=True):
    """The page of the open data. `licence`: its SPDX id, empty where none is given; `files`: those that people come for, then those that
    describe them; `counts`: how many rows each table of the database has. Both are empty until the files are made (`survey.with_data`)."""

    licence: str = ""
    files: tuple[DataFile, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()

    @property
    def template(self) -> str:
        return "data.html"


class NotFoundPage(Arguments, frozen=True, tag=True):
    @property
    def template(self) -> str:
        return "404.html"


class Fed(Value, frozen=True):
    """An article in a feed. `was`: the address that it had first, empty where it has had one alone; `updated`: the last day (ISO) on which,
    as far as anybody has written down, something happened to it, empty where nobody has; `value`: the digest of its text, where all of
    it may be shown there, else empty; `given`: what it gives to the subject of the feed, a `Contribution`, encoded."""

    article: Key
    was: str
    updated: str
    value: Digest = Digest(b"")
    given: bytes = b""


class Feed(Arguments, frozen=True, tag=True):
    """A feed, in two forms. `subject`: the place, topic, source or claim that it is about; empty where it is of all articles, each with its
    text, or of corrections alone. `entries`: those to which something happened last; `corrected`: what was corrected last; `cards`: with
    which the entries are shown."""

    subject: Key
    entries: tuple[Fed, ...]
    corrected: tuple[Corrected, ...] = ()
    cards: tuple[Key, ...] = ()

    @property
    def named(self) -> tuple[Key, ...]:
        subject = (self.subject,) if self.subject else ()
        corrected = dict.fromkeys(one.page for one in self.corrected if not one.withdrawn)
        return (*subject, *(one.article for one in self.entries), *self.cards, *corrected)


class Sitemap(Arguments, frozen=True, tag=True):
    """All addresses, or with `of_sitemaps` those of further sitemaps; each with the day (ISO) on which its words were last changed, empty
    where that is not known."""

    addresses: tuple[tuple[str, str], ...]
    of_sitemaps: bool


class Robots(Arguments, frozen=True, tag=True):
    """What crawlers are told: that they may read everything, and the address of the sitemap, empty where there is none."""

    sitemap: str


class Headers(Arguments, frozen=True, tag=True):
    """What a host sends with the pages: it follows from the site's card."""


class Redirects(Arguments, frozen=True, tag=True):
    """Old addresses, each with the one to which it leads, for hosts that can answer so by themselves."""

    moved: tuple[tuple[str, str], ...]


Page = (
    ArticlePage
    | EntryPage
    | DayPage
    | TimelinePage
    | ListPage
    | MapPage
    | MapData
    | HomePage
    | DiffersPage
    | FreePage
    | TombstonePage
    | RedirectPage
    | ChecksPage
    | SearchPage
    | DataPage
    | NotFoundPage
    | Feed
    | Sitemap
    | Robots
    | Headers
    | Redirects
)


class Planned(Value, frozen=True):
    """A page that is to be: where it lies, the digest of its argument list, and what it shows of others.

    `cards` is the digest of the cards that it names, so that `page`, `cards` and `beside` (the keys of an article's older and newer
    neighbour, empty where there is none) are all that it may show of the archive. `template` is empty for what is no HTML.
    """

    address: str
    template: str
    page: Digest
    cards: Digest
    beside: tuple[Key, Key] = ("", "")
