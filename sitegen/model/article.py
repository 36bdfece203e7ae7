"""What one content file says, once it has been read: cards for other pages, and all the rest for its own."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import msgspec

from sitegen.model.atlas import Spot, Trace
from sitegen.model.base import Value
from sitegen.model.dates import Edtf
from sitegen.model.kinds import ARTICLES, KINDS
from sitegen.model.prepared import prepared
from sitegen.model.problem import Problem, Waived
from sitegen.model.records import Article as ArticleRecord
from sitegen.model.records import Credibility, Evidence, Figure, Image, Page, When, Withdrawn
from sitegen.model.tally import Series, Stretch, Tally
from sitegen.model.text import Anchor, Block, Element

ARTICLE_VOICE = "article"
"""In the place of a source: the article speaks in its own voice."""
UNNAMED = "unnamed"
"""In the place of a source: someone who is not named ("officials")."""
PAGELESS = frozenset([ARTICLE_VOICE, UNNAMED])
"""Speakers that are no source with a page."""


Key = str
"""What a page is called in the archive: its kind and stem, `places/kyiv`; for a picture `images/tank.jpg`."""


class Gate(Value, frozen=True):
    """What the publish gate asks of a page."""

    draft: bool = False
    publish_from: str | None = None
    expires: str | None = None
    withdrawn: Withdrawn | None = None
    review: str | None = None
    undecided: bool = False
    """It is proposed as a whole by a machine, and nobody has said whether it is right."""


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
        return ARTICLES.key(self.stem)


class EntryCard(Value, frozen=True, tag=True):
    """Of a page that is no article. `category` is what its record calls its kind ("city"); `names` are those by which articles mention it;
    `above` is what it stands within, the nearest first; `relations` are the other pages that its record names, each with how; `nav` is a
    free page's place in the menu, `spot` where a place is, and `wikidata` the entry of that about it."""

    kind: str
    stem: str
    title: str
    gate: Gate
    category: str = ""
    names: tuple[str, ...] = ()
    above: tuple[Key, ...] = ()
    relations: tuple[tuple[str, Key], ...] = ()
    nav: int | None = None
    spot: Spot | None = None
    wikidata: str = ""

    @property
    def key(self) -> Key:
        return f"{self.kind}/{self.stem}"


class Leaf(Value, frozen=True):
    """A picture as it is published; sizes are in pixels."""

    address: str
    width: int
    height: int


class PictureCard(Value, frozen=True, tag=True):
    """Of a picture that a public page shows; `stem` is its path below `content/images/`. A PDF file has a leaf for each of its pages."""

    stem: str
    leaves: tuple[Leaf, ...]

    @property
    def key(self) -> Key:
        return f"images/{self.stem}"


Card = ArticleCard | EntryCard | PictureCard | Tally | Series | Stretch | Trace
"""What pages may show of others."""
PageCard = ArticleCard | EntryCard
"""Of pages; the other cards are of what has none of its own."""


class Reference(Value, frozen=True):
    """An id that a file names, to be found among the archive's pages. `kind` empty: any kind."""

    kind: str
    id: str
    path: str
    line: int


class Statement(Value, frozen=True):
    """An appearance, anchored, with everything said once for its group filled in.

    `quote` and `sentence` are the text's words at `block`; `sources` are ids of sources, `article` or `unnamed`; `citation` is
    the entry of `front.sources` that it names, or -1; `about` are the places and topics that it is about; `group` is the group
    that it belongs to, or -1.
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
    about: tuple[Key, ...]
    stance: str | None
    hedge: str | None
    group: int = -1
    credibility: Credibility | None = None


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


class Added(Value, frozen=True):
    """A picture that the archive adds to an article: its entry, and its caption, read as inline Markdown."""

    image: Image
    caption: Block

    @property
    def id(self) -> str:
        return self.image.id


class Article(Value, frozen=True, tag=True):
    """An article whole. `front` is its metadata, without the claims and annotations, which are here anchored; and without the pictures that
    the archive adds: `added`. So many of the elements of its body stand `above` the title. `proposed`: the ids of the statements, notes and
    citations that await an editor (`archive.gate.seen`)."""

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
    above: int = 0
    added: tuple[Added, ...] = ()
    proposed: tuple[str, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The title, then the blocks of the body in order: what `Anchor.block` counts."""
        return (self.title, *(block for element in self.elements for block in element.blocks))


class Entry(Value, frozen=True, tag=True):
    """A page that is no article, whole: its record, encoded, for the table of kinds knows its type; and its body."""

    path: str
    card: EntryCard
    written: msgspec.Raw
    elements: tuple[Element, ...]
    references: tuple[Reference, ...]

    @property
    def record(self) -> Page:
        return _decoder(KINDS[self.card.kind].record).decode(self.written)


@cache
def _decoder(record: type[Page]) -> msgspec.msgpack.Decoder[Page]:
    return msgspec.msgpack.Decoder(prepared(record))


class Parsed(Value, frozen=True):
    """What reading one file gives; `value` is None where it has errors that leave no page. `waived`: the waivers that were needed so far;
    `waivers`: those for the whole page, which may be needed yet."""

    value: Article | Entry | None
    problems: tuple[Problem, ...]
    todos: tuple[tuple[str, int, str], ...] = ()
    waived: tuple[Waived, ...] = ()
    waivers: tuple[Waived, ...] = ()
