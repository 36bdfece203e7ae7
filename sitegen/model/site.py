"""What one article contributes to other pages, and what every page may show of the site."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from sitegen.model.article import ArticleCard, EntryCard, Key, Reference, Sum
from sitegen.model.atlas import Maps
from sitegen.model.base import Value
from sitegen.model.digest import Digest
from sitegen.model.problem import Problem, Waived
from sitegen.model.records import Calendar, Citation, Correction, Credibility, Figure, When
from sitegen.model.speech import Language
from sitegen.model.todo import proposed


class Piece(Value, frozen=True):
    """A stretch of a sentence; `id` is the anchor that it bears in its article, empty where it bears none."""

    text: str
    id: str = ""


class Excerpt(Value, frozen=True):
    """A sentence of an article with the anchors that stand in it.

    `where`: `title`, `heading` or `caption`; empty for running text.
    """

    pieces: tuple[Piece, ...]
    where: str = ""


class Appearance(Value, frozen=True):
    """A statement as pages other than its article's show it: its sentence, who says it, when, with what figures."""

    id: str
    excerpt: Excerpt
    sources: tuple[str, ...]
    via: tuple[str, ...]
    claim: str | None
    as_of: When | None
    when: When | None
    said: When | None
    figures: tuple[Figure, ...]
    gloss: str | None
    hedge: str | None
    stance: str | None
    credibility: Credibility | None = None


class Contribution(Value, frozen=True):
    """What one article gives to the page of a subject or a day.

    `excerpts`: of a place or topic, the sentences that mention it. `citations`: of a source, the documents cited, each with the
    sentence that cites it. `appearances`: statements about a place or topic, of a source, of a claim, as of a day. `sums`: the
    arithmetic of groups whose total is among them. `publisher`: of a place or topic, whose article mentions it, where that is known.
    """

    excerpts: tuple[Excerpt, ...] = ()
    citations: tuple[tuple[Citation, Excerpt | None], ...] = ()
    appearances: tuple[Appearance, ...] = ()
    sums: tuple[Sum, ...] = ()
    publisher: str = ""


class Mention(Value, frozen=True):
    """A page named at `start:end` of a block. `linked`: the first in its section, outside title and headings."""

    id: str
    page: Key
    block: int
    start: int
    end: int
    linked: bool


class Given(Value, frozen=True):
    """What an article contributes to a page, with the cards that it is shown with."""

    page: Key
    contribution: Contribution
    needs: tuple[Key, ...]


class Linked(Value, frozen=True):
    """An article whose mentions have been found: these, in order; what it contributes to other pages, in a fixed order; and names that
    are ambiguous in it."""

    mentions: tuple[Mention, ...]
    given: tuple[Given, ...]
    problems: tuple[Problem, ...]


class Head(Value, frozen=True):
    """What the archive needs of a file that has been read, short of its text, which stays in the store under `value`.

    `words`: the words of an article, for choosing the names that can occur in it. `seed`: path and SHA-256, and `part` which of several
    articles of that file it is. `odd`: of its lists that do not come to their totals the id of each total, and who is credited with it.
    `changed`: of an article and a free page the last day of which editors say that they changed, corrected or checked it, and `reviewed`
    that of its review; empty where they say none. `shape`: of a place the file of its outline, below `content/shapes/`. `undecided`: of a
    page that is no article, that an import proposed it and nobody has judged it.
    """

    kind: str
    path: str
    card: ArticleCard | EntryCard
    card_digest: Digest
    value: Digest
    references: tuple[Reference, ...]
    redirect_from: tuple[str, ...]
    words: str = ""
    display: str = "full"
    seed: tuple[str, str] | None = None
    part: str = ""
    extract: tuple[str, str] | None = None
    images: tuple[str, ...] = ()
    odd: tuple[tuple[str, tuple[str, ...]], ...] = ()
    changed: str = ""
    reviewed: str = ""
    corrections: tuple[Correction, ...] = ()
    shape: str = ""
    undecided: bool = False


class Corrected(Value, frozen=True, order=True):
    """That a page was corrected, or, `withdrawn`, taken back: on which day (ISO), which page, and why, by whom."""

    date: str
    page: Key
    reason: str
    by: str
    withdrawn: bool


class Read(Value, frozen=True):
    """A file that has been read: its head, if it can be a page, and its problems and todos; `waived` and `waivers` as `Parsed` has them."""

    head: Head | None
    problems: tuple[Problem, ...]
    todos: tuple[tuple[str, int, str], ...] = ()
    waived: tuple[Waived, ...] = ()
    waivers: tuple[Waived, ...] = ()

    @property
    def undecided(self) -> int:
        """How many proposals of an import nobody has judged."""
        return sum(proposed(text) is not None for _, _, text in self.todos)


class Link(Value, frozen=True):
    text: str
    address: str


class Beside(NamedTuple):
    """What pages may have beside them: data, social cards, what is shown of them over others (`theme.POPUP`), and their words for those
    who search."""

    data: bool
    cards: bool
    popups: bool
    words: bool


class SiteCard(Value, frozen=True):
    """What every page may show of the site: no counts, no dates.

    `sections`: the kinds of which there is a public page; `assets`: name in the theme -> address; `data`: whether pages have
    their data beside them, and `popups` whether what is shown of them over others; `card_fonts`: name and digest of the fonts of social
    cards, none where no cards are made; `settings`: what is chosen of the theme's; `search`: the address of the page on which one
    searches, empty without one; `maps`: from what these are made, where they are; `preview`: it is shown to a few, and search engines are
    to leave it out. `lang` is the archive's language and `direction` how it
    runs ("ltr", "rtl"); `language` is the one that pages speak, which is English where there is no catalogue of the archive's.
    """

    title: str
    description: str
    lang: str
    base_url: str
    base: str
    sections: tuple[str, ...]
    nav: tuple[Link, ...]
    policies: tuple[tuple[str, Link], ...]
    feed: str
    calendars: dict[str, Calendar]
    assets: dict[str, str]
    direction: str
    language: Language
    data: bool = False
    card_fonts: tuple[tuple[str, Digest], ...] = ()
    popups: bool = False
    search: str = ""
    settings: dict[str, str | bool] = msgspec.field(default_factory=dict)
    maps: Maps | None = None
    preview: bool = False

    @property
    def beside(self) -> Beside:
        return Beside(self.data, bool(self.card_fonts), self.popups, bool(self.search))
