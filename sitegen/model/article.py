"""What one content file says, once it has been read: cards for other pages, and all the rest for its own."""

from __future__ import annotations

from decimal import Decimal

from sitegen.model.base import Value
from sitegen.model.dates import Edtf
from sitegen.model.problem import Problem
from sitegen.model.records import (
    Article as ArticleRecord,
)
from sitegen.model.records import (
    Claim,
    Evidence,
    Figure,
    FreePage,
    Measure,
    Place,
    Source,
    When,
    Withdrawn,
)
from sitegen.model.text import Anchor, Block, Element

ARTICLE_VOICE = "article"
"""In the place of a source: the article speaks in its own voice."""
UNNAMED = "unnamed"
"""In the place of a source: someone who is not named ("officials")."""


Key = str
"""What a page is called in the archive: its kind and stem, `places/kyiv`; for a picture `images/tank.jpg`."""


class Gate(Value, frozen=True):
    """What the publish gate asks of a page."""

    draft: bool = False
    publish_from: str | None = None
    expires: str | None = None
    withdrawn: Withdrawn | None = None
    review: str | None = None


class ArticleCard(Value, frozen=True, tag=True):
    stem: str
    title: str
    date: Edtf | None
    day: int | None
    calendar: str | None
    lang: str | None
    gate: Gate

    @property
    def key(self) -> Key:
        return f"articles/{self.stem}"


class PlaceCard(Value, frozen=True, tag=True):
    stem: str
    title: str
    names: tuple[str, ...]
    kind: str
    within: tuple[str, ...]
    lat: float | None
    lon: float | None
    precision: str | None
    gate: Gate

    @property
    def key(self) -> Key:
        return f"places/{self.stem}"


class SourceCard(Value, frozen=True, tag=True):
    stem: str
    title: str
    kind: str
    parent: str | None
    side: str | None
    gate: Gate

    @property
    def key(self) -> Key:
        return f"sources/{self.stem}"


class ClaimCard(Value, frozen=True, tag=True):
    stem: str
    title: str
    kind: str
    measure: Measure | None
    relations: tuple[tuple[str, str], ...]
    gate: Gate

    @property
    def key(self) -> Key:
        return f"claims/{self.stem}"


class PageCard(Value, frozen=True, tag=True):
    """Of a free page; `stem` is its path."""

    stem: str
    title: str
    nav: int | None
    gate: Gate

    @property
    def key(self) -> Key:
        return f"pages/{self.stem}"


class PictureCard(Value, frozen=True, tag=True):
    """Of a picture that a public page shows; `stem` is its path below `content/images/`, sizes are in pixels."""

    stem: str
    address: str
    width: int
    height: int

    @property
    def key(self) -> Key:
        return f"images/{self.stem}"


Card = ArticleCard | PlaceCard | SourceCard | ClaimCard | PageCard | PictureCard


class Reference(Value, frozen=True):
    """An id that a file names, to be found among the archive's pages. `kind` empty: any kind."""

    kind: str
    id: str
    path: str
    line: int


class Statement(Value, frozen=True):
    """An appearance, anchored, with everything said once for its group filled in.

    `quote` and `sentence` are the text's words at `block`; `sources` are ids of sources, `article` or `unnamed`; `citation` is
    the entry of `front.sources` that it names, or -1; `group` the group that it belongs to, or -1.
    """

    id: str
    block: int
    start: int
    end: int
    quote: str
    before: str
    after: str
    sources: tuple[str, ...]
    via: tuple[str, ...]
    citation: int
    claim: str | None
    as_of: When | None
    when: When | None
    said: When | None
    figures: tuple[Figure, ...]
    gloss: str | None
    places: tuple[str, ...]
    stance: str | None
    hedge: str | None
    group: int = -1


class SumItem(Value, frozen=True):
    """An item of a group: its quote, and the number that it states, if any."""

    id: str
    quote: str
    value: Decimal | None


class Sum(Value, frozen=True):
    """The arithmetic of a group: the items' sum beside the stated total.

    `low` and `high` are the bounds that the total's wording allows (None: open); `holds` whether the list's rule is kept.
    """

    total: str
    items: tuple[SumItem, ...]
    rule: str
    sum: Decimal | None
    stated: Decimal | None
    hedge: str
    low: Decimal | None
    high: Decimal | None
    holds: bool


class Note(Value, frozen=True):
    """An annotation, anchored; `body` is its inline Markdown."""

    id: str
    kind: str
    block: int
    start: int
    end: int
    quote: str
    body: Block | None
    read: str | None
    evidence: tuple[Evidence, ...]
    by: str | None
    date: str | None


class Article(Value, frozen=True, tag=True):
    """An article whole. `front` is its metadata, without the claims and annotations, which are here anchored."""

    path: str
    card: ArticleCard
    front: ArticleRecord
    title: Block
    elements: tuple[Element, ...]
    anchors: tuple[Anchor, ...]
    statements: tuple[Statement, ...]
    sums: tuple[Sum, ...]
    notes: tuple[Note, ...]
    references: tuple[Reference, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The title, then the blocks of the body in order: what `Anchor.block` counts."""
        return (self.title, *(block for element in self.elements for block in element.blocks))


class Entry(Value, frozen=True, tag=True):
    """A place, source, claim or free page whole: its record and its body."""

    path: str
    card: PlaceCard | SourceCard | ClaimCard | PageCard
    record: Place | Source | Claim | FreePage
    elements: tuple[Element, ...]
    references: tuple[Reference, ...]


class Parsed(Value, frozen=True):
    """What reading one file gives; `value` is None where it has errors that leave no page."""

    value: Article | Entry | None
    problems: tuple[Problem, ...]
    todos: tuple[tuple[str, int, str], ...] = ()
