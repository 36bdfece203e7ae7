"""The pages of a site, each the argument list from which it is rendered.

A page's key is derived from these very values (`archive.plan.key_of`): digests stand for cards and texts, which are
fetched only when the page is rendered.
"""

from __future__ import annotations

from sitegen.model.base import Value
from sitegen.model.digest import Digest

PAGE_SIZE = 50
"""Entries of a long list on one page (DESIGN section 3)."""
INDEX_SIZE = 500
"""Entries of an alphabetical index on one page: a list of names is read by looking up, and changes seldom."""


class Paging(Value, frozen=True):
    """Where in a long list a page stands: `number` 0 is its front, `back` and `on` the numbers of its neighbours.

    Dated lists show the newest on the front; their numbered pages hold everything, number 1 the oldest, so that `back` is
    newer and `on` older. How many pages there are is not told: else each would change with every new entry.
    """

    address: str
    number: int = 0
    back: int | None = None
    on: int | None = None


class Picture(Value, frozen=True):
    """A picture that a public page shows: its address and its size in pixels."""

    file: str
    address: str
    width: int
    height: int


class Found(Value, frozen=True):
    """One article's contribution to a page: digests of the article's card and of the `Contribution`."""

    card: Digest
    value: Digest
    stem: str


class ArticlePage(Value, frozen=True, tag=True):
    address: str
    article: Digest
    linked: Digest
    cards: tuple[Digest, ...]
    older: Digest | None
    newer: Digest | None
    seed: str | None
    """Address of the published seed, where the verbatim proof holds."""
    held: bool
    pictures: tuple[Picture, ...]


class EntryPage(Value, frozen=True, tag=True):
    """A place, source or claim, with what leads to it.

    `related`: cards of the places within it, of the sources that belong to it, of the claims that name it.
    """

    address: str
    kind: str
    entry: Digest
    cards: tuple[Digest, ...]
    related: tuple[Digest, ...]
    found: tuple[Found, ...]
    paging: Paging
    total: int | None
    """Articles that lead here; on the front alone."""
    pictures: tuple[Picture, ...]


class DayPage(Value, frozen=True, tag=True):
    """A day of a calendar: the articles of that day, and what articles state of it."""

    address: str
    calendar: str
    number: int
    articles: tuple[Digest, ...]
    found: tuple[Found, ...]
    cards: tuple[Digest, ...]
    older: int | None
    newer: int | None


class ListPage(Value, frozen=True, tag=True):
    """An index: `kind` is articles, places, sources, claims or timeline."""

    address: str
    kind: str
    cards: tuple[Digest, ...]
    paging: Paging
    total: int | None


class HomePage(Value, frozen=True, tag=True):
    """`counts`: how many public articles, places, sources and claims there are."""

    address: str
    entry: Digest | None
    cards: tuple[Digest, ...]
    latest: tuple[Digest, ...]
    counts: tuple[tuple[str, int], ...]
    pictures: tuple[Picture, ...]


class FreePage(Value, frozen=True, tag=True):
    address: str
    entry: Digest
    cards: tuple[Digest, ...]
    pictures: tuple[Picture, ...]


class TombstonePage(Value, frozen=True, tag=True):
    address: str
    card: Digest


class RedirectPage(Value, frozen=True, tag=True):
    """An old address that leads to a new one."""

    address: str
    target: str


class NotFoundPage(Value, frozen=True, tag=True):
    address: str


class Feed(Value, frozen=True, tag=True):
    """The Atom feed of the newest articles: their cards and texts."""

    address: str
    entries: tuple[tuple[Digest, Digest], ...]


class Sitemap(Value, frozen=True, tag=True):
    """All addresses, or with `of_sitemaps` those of further sitemaps."""

    address: str
    addresses: tuple[str, ...]
    of_sitemaps: bool


Page = ArticlePage | EntryPage | DayPage | ListPage | HomePage | FreePage | TombstonePage | RedirectPage | NotFoundPage | Feed | Sitemap
