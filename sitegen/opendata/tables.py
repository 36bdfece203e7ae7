"""The tables of the open data: the one place where a table or a column is named and explained.

The database, the headers and the schemas of the other files, and the page that explains them follow from it.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from sitegen.model.kinds import ARTICLES, CLAIMS, PLACES, SOURCES, TOPICS, Kind

VERSION = 1
"""Of the form of all files: a column, a key or a file may be added under one number; what goes or means something else makes another."""

Type = Literal["text", "integer", "number"]


class Column(NamedTuple):
    """A column. `about` says in plain words what stands in it; `refers` names the table whose `id` stands in it;
    `is_joint`: a row is there for this alone, and means nothing without it."""

    name: str
    about: str
    type: Type = "text"
    refers: str = ""
    is_joint: bool = False


class Table(NamedTuple):
    """A table. `key`: the columns that tell its rows apart, which are never empty; none where rows may be alike; `faceted`: those by which
    one narrows it, of few different values; `label`: the column that says in words what a row is."""

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("id",)
    faceted: tuple[str, ...] = ()
    label: str = ""


_ID = Column("id", "what the archive calls it; the last part of its address")
_URL = Column("url", "the address of its page")
_STATEMENT = Column("statement", "the statement", refers="statements")
_ARTICLE = Column("article", "the article", refers=ARTICLES.plural)
_POSITION = (
    Column("start", "where they begin in the text of the article, in signs; empty where that may not be shown", "integer"),
    Column("end", "where they end in it", "integer"),
)
_WIKIDATA = Column("wikidata", "its entry in Wikidata, where an editor gave one")


def _about(kind: Kind) -> Table:
    """The entries of a kind that statements are about."""
    one = kind.singular
    columns = (_STATEMENT, Column(one, f"the {one}", refers=kind.plural, is_joint=True))
    return Table(f"statement_{kind.plural}", f"The {kind.plural} that a statement is about.", columns, ("statement", one), (one,))


def _mentions(kind: Kind) -> Table:
    """Where the names of a kind stand."""
    one = kind.singular
    wording = Column("wording", "the words that name it; empty where they may not be shown")
    columns = (_ARTICLE, Column(one, f"the {one}", refers=kind.plural, is_joint=True), wording, *_POSITION)
    return Table(f"{one}_mentions", f"Where articles name {kind.plural}.", columns, (), (one,))


TABLES: tuple[Table, ...] = (
    Table(
        PLACES.plural,
        "The places that have a page.",
        (
            _ID,
            Column("name", "the name that the archive prefers"),
            Column("kind", "what kind of place"),
            Column("latitude", "degrees north, WGS 84", "number"),
            Column("longitude", "degrees east, WGS 84", "number"),
            Column("precision", "what the point stands for"),
            Column("parent", "the smallest place that contains it", refers=PLACES.plural),
            _WIKIDATA,
            Column("geonames", "its number in GeoNames, where an editor gave one"),
            _URL,
        ),
        faceted=("kind", "precision", "parent"),
        label="name",
    ),
    Table(
        "place_names",
        "What places are called, the preferred name first.",
        (
            Column("place", "the place", refers=PLACES.plural, is_joint=True),
            Column("number", "the first name is 0", "integer"),
            Column("name", "a name"),
        ),
        key=("place", "number"),
    ),
    Table(
        TOPICS.plural,
        "Persons, bodies, events and other matters that are told of.",
        (_ID, Column("name", "the name that the archive prefers"), Column("kind", "what kind of matter"), _WIKIDATA, _URL),
        faceted=("kind",),
        label="name",
    ),
    Table(
        SOURCES.plural,
        "Who is credited with statements or cited.",
        (
            _ID,
            Column("name", "the name that the archive prefers"),
            Column("kind", "what kind of source"),
            Column("parent", "the source that it belongs to", refers=SOURCES.plural),
            Column("side", "the side of a conflict that it speaks for, as an editor judged"),
            Column("homepage", "its own address on the web"),
            _WIKIDATA,
            _URL,
        ),
        faceted=("kind", "side", "parent"),
        label="name",
    ),
    Table(
        CLAIMS.plural,
        "Matters of which articles state something; without a verdict.",
        (
            _ID,
            Column("title", "the matter"),
            Column("kind", "what kind of matter"),
            Column("unit", "what is counted"),
            Column("measured", "what happened to it, or whose it is"),
            Column("cumulative", "1 where later figures hold the earlier ones too, else 0", "integer"),
            _URL,
        ),
        faceted=("kind", "unit"),
        label="title",
    ),
    Table(
        "assessments",
        "Verdicts on claims, each signed and dated by who gave it.",
        (
            Column("claim", "the claim", refers=CLAIMS.plural, is_joint=True),
            Column("number", "the first of the claim is 0", "integer"),
            Column("verdict", "the verdict, in the words of who gave it"),
            Column("by", "who gave it"),
            Column("date", "when, as ISO date"),
            Column("why", "the reason"),
        ),
        key=("claim", "number"),
        faceted=("verdict", "by"),
    ),
    Table(
        ARTICLES.plural,
        "The articles that readers may see.",
        (
            _ID,
            Column("title", "its title"),
            Column("date", "its date, as EDTF"),
            Column("first", "the first day that the date can mean"),
            Column("last", "the last day that the date can mean"),
            Column("day", "its day by the calendar of the archive", "integer"),
            Column("calendar", "that calendar"),
            Column("publisher", "who published it first"),
            Column("byline", "who wrote it, as printed"),
            Column("origin", "the address at which it first stood"),
            Column("language", "its language, as BCP 47"),
            Column("display", "how much of its words may be shown: full, excerpts or metadata"),
            Column("seed", "the address of the text that it was proved against"),
            _URL,
            Column("words", "how many words it has, where they may be shown", "integer"),
            Column("text", "its title and its words, a line for each block, where they may be shown"),
        ),
        faceted=("publisher", "language", "display"),
        label="title",
    ),
    Table(
        "citations",
        "Documents and sources that articles cite.",
        (
            _ARTICLE,
            Column("number", "the first of the article is 0", "integer"),
            Column("source", "the source", refers=SOURCES.plural),
            Column("words", "the words of the article that cite it"),
            Column("title", "the title of the document"),
            Column("date", "its date, as EDTF"),
            Column("document", "its address on the web"),
            Column("snapshot", "the address of a snapshot of it"),
        ),
        key=("article", "number"),
        faceted=("source",),
    ),
    Table(
        "statements",
        "What articles state, word for word, each with who says it.",
        (
            Column("id", "the article and the anchor of the words in it"),
            _ARTICLE,
            Column("words", "the words of the article"),
            Column("claim", "the matter that it states something of", refers=CLAIMS.plural),
            Column("voice", "who speaks: sources (named in statement_sources), article, unnamed, or nothing while nobody has judged"),
            Column("as_of", "the day that it is of, as EDTF, where the text gives one"),
            Column("happened", "when what it tells happened, as EDTF"),
            Column("said", "when it was said, as EDTF"),
            Column("day", "the day by which it is put in order: as of, else of the article"),
            Column("hedge", "how the words hedge it"),
            Column("stance", "how the speaker stands to it"),
            Column("gloss", "what an editor adds so that the words can be read alone"),
            Column("total", "the statement of whose sum it is a part", refers="statements"),
            *_POSITION,
            Column("url", "the address of the very words"),
        ),
        faceted=("claim", "article", "voice"),
        label="words",
    ),
    Table(
        "statement_sources",
        "Who says a statement, and through whom it came.",
        (_STATEMENT, Column("source", "the source", refers=SOURCES.plural), Column("role", "said: it says so; via: it passes it on")),
        key=("statement", "source", "role"),
        faceted=("source", "role"),
    ),
    _about(PLACES),
    _about(TOPICS),
    Table(
        "figures",
        "The figures that statements give, as the text gives them.",
        (
            _STATEMENT,
            Column("number", "the first of the statement is 0", "integer"),
            Column("value", "the number; empty of a range and of a share", "number"),
            Column("least", "the least that the wording allows; empty: open", "number"),
            Column("most", "the most that the wording allows; empty: open", "number"),
            Column("share", "a share, as a fraction or a percentage"),
            Column("hedge", "how the wording hedges the number"),
            Column("unit", "what is counted"),
            Column("scope", "what happened to them, in the word of the text"),
        ),
        key=("statement", "number"),
        faceted=("unit", "scope", "hedge"),
    ),
    _mentions(PLACES),
    _mentions(TOPICS),
    Table(
        "notes",
        "What editors note on words of articles.",
        (
            Column("id", "the article and the anchor of the words in it"),
            _ARTICLE,
            Column("kind", "what kind of note"),
            Column("words", "the words of the article"),
            Column("note", "the note"),
            Column("read", "what is to be read in their place"),
            Column("by", "who wrote it"),
            Column("date", "when, as ISO date"),
            *_POSITION,
            Column("url", "the address of the very words"),
        ),
        faceted=("kind", "by"),
        label="note",
    ),
)  # fmt: skip
BY_NAME = {table.name: table for table in TABLES}
