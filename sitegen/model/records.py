"""What editors write, kind by kind: the one table of fields.

Each class is a mapping in YAML and each attribute a key of it (a trailing underscore is dropped: `in_` is
`in`). Every mapping may besides have `todo` (a note to the editors) and `extra` (anything); neither is
published. From these annotations come the checks, the JSON Schema for editors and the reference documentation.
"""

from decimal import Decimal
from typing import Annotated

import msgspec

from sitegen.model.base import Choice, Doc, Form, Record
from sitegen.model.dates import Edtf
from sitegen.model.rules import CHECKS

Text = Annotated[str, Form("text")]
Line = Annotated[str, Form("line")]
Name = Annotated[str, Form("name")]
Id = Annotated[str, Form("id")]
PlaceId = Annotated[str, Form("id", "places")]
TopicId = Annotated[str, Form("id", "topics")]
SourceId = Annotated[str, Form("id", "sources")]
ClaimId = Annotated[str, Form("id", "claims")]
ArticleId = Annotated[str, Form("id", "articles")]
SPEAKERS = "speakers"
Speaker = Annotated[str, Form("id", SPEAKERS)]
Subject = Annotated[str, Form("subject")]
Day = Annotated[str, Form("day")]
Moment = Annotated[str, Form("moment")]
Date = Annotated[Edtf, Form("edtf")]
Url = Annotated[str, Form("url")]
Path = Annotated[str, Form("path")]
Address = Annotated[str, Form("address")]
SiteUrl = Annotated[str, Form("site")]
Email = Annotated[str, Form("email")]
Orcid = Annotated[str, Form("orcid")]
Doi = Annotated[str, Form("doi")]
Sha256 = Annotated[str, Form("sha256")]
RecordId = Annotated[str, Form("record-id")]
Lang = Annotated[str, Form("lang")]
Fraction = Annotated[str, Form("fraction")]
Number = Annotated[Decimal, Form("number")]
Count = Annotated[int, Form("count")]
Whole = Annotated[int, Form("whole")]
Degrees = Annotated[float, Form("degrees")]
Probability = Annotated[float, Form("probability")]
OneOrMany = Form("one-or-many")
Above = Form("above")
"""What a page stands within: its list of pages above it follows from there."""

PlaceKind = Annotated[
    str,
    Choice("place kind", ("country", "region", "district", "city", "town", "village", "site", "river", "sea", "area")),
]
TopicKind = Annotated[str, Choice("topic kind", ("event", "person", "organization", "law", "object", "other"))]
Precision = Annotated[str, Choice("precision", ("point", "settlement", "district", "region", "country", "line"))]
SourceKind = Annotated[
    str,
    Choice(
        "source kind",
        ("government", "military", "thinktank", "media", "ngo", "person", "social", "document", "other"),
    ),
]
ClaimKind = Annotated[
    str,
    Choice(
        "claim kind",
        ("quantity", "event", "control", "intent", "forecast", "assessment", "caption", "other"),
    ),
]
Hedge = Annotated[
    str,
    Choice(
        "hedge",
        ("exact", "about", "nearly", "more-than", "at-least", "less-than", "at-most", "up-to"),
    ),
]
DateRule = Annotated[
    str,
    Choice(
        "date rule",
        (
            "explicit",
            "dateline",
            "markup",
            "file-name",
            "day-count",
            "ordinal-day",
            "weekday",
            "relative",
            "editor",
        ),
    ),
]
AnnotationKind = Annotated[
    str,
    Choice(
        "annotation kind",
        ("context", "loaded-language", "sic", "unattributed", "name", "definition", "question"),
    ),
]
Relation = Annotated[str, Choice("relation", ("part-of", "total-of", "supports", "contradicts", "supersedes"))]
Stance = Annotated[str, Choice("stance", ("asserts", "denies", "doubts", "reports"))]
ReviewState = Annotated[str, Choice("review state", ("imported", "in-work", "checked"))]
Found = Annotated[str, Choice("found", ("yes", "reported", "no"))]
ListRule = Annotated[str, Choice("list rule", ("partial", "complete"))]
Display = Annotated[str, Choice("display", ("full", "excerpts", "metadata"))]
NameStatus = Annotated[str, Choice("name status", ("official", "variant", "exonym", "historic", "transliteration", "short"))]
Grade = Annotated[str, Choice("grade", ("A", "B", "C", "D", "E", "F"))]
Credible = Annotated[str, Choice("credibility", ("confirmed", "probable", "possible", "doubtful", "improbable", "unknown"))]
Revisions = Annotated[str, Choice("revisions", ("off", "git"))]
Borders = Annotated[
    str,
    Choice(
        "point of view",
        (
            *("de-facto", "ISO", "AR", "BD", "BR", "CN", "DE", "EG", "ES", "FR", "GB", "GR", "ID", "IL", "IN", "IT", "JP", "KO", "MA"),
            *("NL", "NP", "PK", "PL", "PS", "PT", "RU", "SA", "SE", "TR", "TW", "UA", "US", "VN"),
        ),
    ),
]
Unchecked = Annotated[str, Choice("unchecked", ("words", "all", "none"))]
_CREATIVE_COMMONS = tuple(
    f"CC-{terms}-{version}"
    for terms in ("BY", "BY-SA", "BY-NC", "BY-NC-SA", "BY-ND", "BY-NC-ND")
    for version in ("4.0", "3.0", "2.5", "2.0", "1.0")
)
Licence = Annotated[
    str,
    Choice(
        "licence",
        (
            *("CC0-1.0", "CC-PDDC", "PDDL-1.0", *_CREATIVE_COMMONS, "ODC-By-1.0", "ODbL-1.0", "C-UDA-1.0", "CDLA-Permissive-1.0"),
            *("CDLA-Sharing-1.0", "OGL-UK-1.0", "OGL-UK-2.0", "OGL-UK-3.0", "OGL-Canada-2.0", "NLOD-1.0", "etalab-2.0", "GFDL-1.3-only"),
            *("GFDL-1.3-or-later", "LAL-1.3", "MIT", "Apache-2.0"),
        ),
    ),
]
"""Licences of words, pictures and data, by their ids in the list of SPDX; those that CFF 1.2.0 knows."""


CheckCode = Annotated[str, Choice("check", CHECKS)]
Level = Annotated[str, Choice("level", ("off", "warning", "error"))]


class Waiver(Record, frozen=True, kw_only=True):
    """That a problem is none here, and why."""

    code: Annotated[CheckCode, Doc("The check that is waived.")]
    why: Annotated[Text, Doc("Why: it is kept for those who come after.")]


Waivers = Annotated[tuple[Waiver, ...], Doc("Checks that are waived here, each with a reason.")]


class Archived(Record, frozen=True, kw_only=True):
    """A snapshot of a web page: in a web archive, or as a record of a WARC file that lies beside this archive (docs/snapshots.md)."""

    url: Annotated[Url | None, Doc("Address of the snapshot in a web archive; needed where there is no `warc`.")] = None
    warc: Annotated[
        Path | None,
        Doc("The WARC file that holds it, from the archive's folder; needs `record`.", "warc/2026/20261127103045-0f3a9c1b.warc.gz"),
    ] = None
    record: Annotated[RecordId | None, Doc("The id of its record in that file (WARC-Record-ID).")] = None
    date: Annotated[Moment | None, Doc("When it was taken: a day, or an instant; the 14 digits of a web archive are read too.")] = None
    sha256: Annotated[Sha256 | None, Doc("SHA-256 of the bytes that were archived.")] = None


Snapshots = Annotated[tuple[Archived, ...], Doc("Snapshots of it; links name the first.")]


class Review(Record, frozen=True, kw_only=True):
    """How far an editor has come with a page."""

    state: Annotated[
        ReviewState,
        Doc("`imported`: no one has looked yet. `in-work`: an editor has begun. `checked`: an editor stands behind it."),
    ]
    by: Annotated[Line | None, Doc("Who reviewed it.")] = None
    date: Annotated[Day | None, Doc("The day of it, such as `2024-06-03`.")] = None

    @property
    def awaits(self) -> bool:
        """Whether an editor has yet to judge."""
        return self.state != "checked"


EntryReview = Annotated[
    Review | None,
    Doc("How far an editor has come with this entry alone: what is `imported` or `in-work` is kept back, whatever the page's review says."),
]


class Withdrawn(Record, frozen=True, kw_only=True):
    """A page taken back: its address stays and says why."""

    date: Annotated[Day, Doc("The day on which it was withdrawn, such as `2024-06-03`.")]
    reason: Annotated[Text, Doc("Why, in words for readers.")]


class Correction(Record, frozen=True, kw_only=True):
    """A correction; the list only ever grows."""

    date: Annotated[Day, Doc("The day of it, such as `2024-06-03`.")]
    before: Annotated[Text | None, Doc("What stood there.")] = None
    after: Annotated[Text | None, Doc("What stands there now.")] = None
    reason: Annotated[Text, Doc("Why.")]
    by: Annotated[Line | None, Doc("By whom.")] = None


Corrections = Annotated[tuple[Correction, ...], Doc("What was corrected, oldest first.")]


class Page(Record, frozen=True, kw_only=True):
    """The keys that every kind of page may have."""

    draft: Annotated[bool, Doc("`true` keeps the page out of what is published.")] = False
    publish_from: Annotated[Day | None, Doc("Published on this day and after (UTC).")] = None
    expires: Annotated[Day | None, Doc("No longer published on this day and after (UTC).")] = None
    withdrawn: Annotated[Withdrawn | None, Doc("Taken back: the address stays, with the date and the reason.")] = None
    redirect_from: Annotated[tuple[Address, ...], Doc("Old addresses of the page, such as `articles/old-name`, that lead here.")] = ()
    review: Annotated[Review | None, Doc("How far an editor has come.")] = None
    waive: Waivers = ()
    corrections: Corrections = ()


# A selector: an exact quote, and what tells it apart where the wording comes more than once.
Quote = Annotated[Text, Doc("The words, exactly as they stand in the text.")]
Prefix = Annotated[Text | None, Doc("Words directly before the quote.")]
Suffix = Annotated[Text | None, Doc("Words directly after the quote.")]
Nth = Annotated[Count | None, Doc("Which of several equal passages, from 1.")]
In = Annotated[Id | None, Doc("`title`, or the id of an image: the quote stands there, not in the body.")]


class DateBasis(Record, frozen=True, kw_only=True):
    """What in the text leads to a date."""

    quote: Annotated[Text | None, Doc("The words that tell the date. Needed by every rule but file-name, markup and editor.")] = None
    rule: Annotated[DateRule, Doc("How the words lead to the date.")]


class When(Record, frozen=True, kw_only=True):
    """A date, and what in the text leads to it."""

    date: Annotated[
        Date, Doc("A day, a month, a year or a stretch of time: `2022-05-14`, `2022-05`, `2022`, `2022-02-24/2022-05-15` (EDTF).")
    ]
    quote: Annotated[Text | None, Doc("The words that tell the date; they must stand in the text.")] = None
    rule: Annotated[DateRule | None, Doc("How the words lead to the date.")] = None


class Figure(Record, frozen=True, kw_only=True):
    """A figure as the text gives it: `value`, or `min` and `max`, or `share` with `of`."""

    value: Annotated[Number | None, Doc("The number.", "27400")] = None
    min: Annotated[Number | None, Doc("The lower end of a range.")] = None
    max: Annotated[Number | None, Doc("The upper end of a range.")] = None
    share: Annotated[Fraction | None, Doc("A share, as a fraction or a percentage.", "1/3")] = None
    of: Annotated[Line | None, Doc("What the share is of.")] = None
    unit: Annotated[Line | None, Doc("What is counted, as a noun phrase.", "tanks")] = None
    hedge: Annotated[Hedge | None, Doc("How the text qualifies the number. Default: read from the words before it.")] = None
    scope: Annotated[Line | None, Doc("What happened to them, in the text's word.", "killed")] = None


class Attribution(Record, frozen=True, kw_only=True):
    """Who says it and as of when."""

    source: Annotated[
        tuple[Speaker, ...],
        Doc(
            "Who says it: a source, or the `id` of an entry under `sources`; `article` (the text in its own voice);"
            ' `unnamed` ("officials"). Absent: not yet judged.'
        ),
        OneOrMany,
    ] = ()
    via: Annotated[tuple[Speaker, ...], Doc("Through whom it reached the article; nearest to the reader last."), OneOrMany] = ()
    as_of: Annotated[When | None, Doc("When it held (of a state or a count).")] = None
    when: Annotated[When | None, Doc("When it happened (of an event).")] = None
    said: Annotated[When | None, Doc("When it was said (of the statement).")] = None
    scope: Annotated[Line | None, Doc("Scope of all figures that name none of their own.", "destroyed")] = None


class Credibility(Record, frozen=True, kw_only=True):
    """An editor's judgement of one statement (Admiralty code, second axis). It is never averaged with the grade of its source."""

    grade: Annotated[
        Credible,
        Doc(
            "`confirmed` by others (1), `probable` (2), `possible` (3), `doubtful` (4), `improbable` (5); `unknown`: cannot be judged (6)."
        ),
    ]
    why: Annotated[Text, Doc("Why; published.")]
    by: Annotated[Line | None, Doc("Who judges.")] = None
    date: Annotated[Day, Doc("The day of the judgement, such as `2024-06-03`.")]


class Appearance(Attribution, frozen=True, kw_only=True, tag=True):
    """One article's wording of a claim."""

    quote: Quote
    prefix: Prefix = None
    suffix: Suffix = None
    nth: Nth = None
    in_: In = None
    id: Annotated[Id | None, Doc("Address of the highlight. Default: `c-` and 8 hex digits of the quote's SHA-256.")] = None
    claim: Annotated[ClaimId | None, Doc("The claim page that it belongs to.")] = None
    figures: Annotated[
        tuple[Figure, ...] | None,
        Doc("Its figures. Absent: read from the quote, where it holds exactly one number; `[]`: that number is no figure."),
    ] = None
    gloss: Annotated[Text | None, Doc("The quote with what it leaves open filled in, in square brackets.")] = None
    places: Annotated[tuple[PlaceId, ...], Doc("The places that it is about."), OneOrMany] = ()
    topics: Annotated[tuple[TopicId, ...], Doc("The topics that it is about."), OneOrMany] = ()
    stance: Annotated[Stance | None, Doc("How its source stands to it.")] = None
    hedge: Annotated[Text | None, Doc("Words of the text that hedge the statement; they stand in the same passage.")] = None
    credibility: Annotated[Credibility | None, Doc("An editor's judgement of this statement, apart from that of its source.")] = None
    review: EntryReview = None
    waive: Waivers = ()


class Group(Record, frozen=True, kw_only=True, tag=True):
    """An itemised list of figures with its total."""

    total: Annotated[Appearance, Doc("The appearance that states the total.")]
    from_: Annotated[Attribution | None, Doc("Said once for the total and all items.")] = None
    list_: Annotated[ListRule, Doc("`partial`: the items must not exceed the total. `complete`: they must equal it.")] = "complete"
    items: Annotated[tuple[Appearance, ...], Doc("The appearances that state the items.")]
    review: EntryReview = None
    waive: Waivers = ()


class Evidence(Record, frozen=True, kw_only=True):
    """Where an outside fact in a note comes from."""

    title: Annotated[Line | None, Doc("Its title; needed where there is no `url`.")] = None
    url: Annotated[Url | None, Doc("Address of the document, where it has one.")] = None
    locator: Annotated[Line | None, Doc("Where in it, or where it is kept: a page, a shelfmark, a reel.")] = None
    publisher: Annotated[Line | None, Doc("Who published it.")] = None
    date: Annotated[Date | None, Doc("Its date.")] = None
    archived: Snapshots = ()


class Annotation(Record, frozen=True, kw_only=True):
    """An editor's note on an exact quote."""

    quote: Quote
    prefix: Prefix = None
    suffix: Suffix = None
    nth: Nth = None
    in_: In = None
    id: Annotated[Id | None, Doc("Address of the note. Default: `n-` and 8 hex digits of the quote's SHA-256.")] = None
    kind: Annotated[AnnotationKind, Doc("What kind of note.")]
    note: Annotated[Text | None, Doc("The note: inline Markdown. May be left out of a `sic` with `read`.")] = None
    read: Annotated[Text | None, Doc("Of a `sic`: how the words were probably meant.")] = None
    evidence: Annotated[tuple[Evidence, ...], Doc("Where the facts in the note come from.")] = ()
    by: Annotated[Line | None, Doc("Who wrote the note.")] = None
    date: Annotated[Day | None, Doc("The day of it, such as `2024-06-03`.")] = None
    review: EntryReview = None


class Document(Record, frozen=True, kw_only=True):
    """The document in which a source said it."""

    title: Annotated[Line | None, Doc("Its title.")] = None
    date: Annotated[Date | None, Doc("Its date.")] = None
    url: Annotated[Url | None, Doc("Its address.")] = None
    archived: Snapshots = ()
    found: Annotated[
        Found | None,
        Doc("`yes`: an editor has seen it. `reported`: only the article tells of it. `no`: sought and not found."),
    ] = None


class Citation(Record, frozen=True, kw_only=True):
    """A source that the article cites, and the document it cites."""

    id: Annotated[Id | None, Doc("Lets claims name this document instead of the source.")] = None
    source: Annotated[SourceId, Doc("The source's page.")]
    quote: Annotated[Text | None, Doc("The words that cite it.")] = None
    prefix: Prefix = None
    suffix: Suffix = None
    nth: Nth = None
    in_: In = None
    document: Annotated[Document | None, Doc("The document cited.")] = None
    review: EntryReview = None


class Image(Record, frozen=True, kw_only=True):
    """An image of the article, or the caption of one that the archive does not hold; or a picture that the archive adds."""

    id: Annotated[Id, Doc("Its name in the body: `![](image:ID)`.")]
    added: Annotated[
        bool,
        Doc(
            "`true`: the archive shows the picture, not the article, and its caption is no text of that. Where the body does not place it,"
            " it stands after the article."
        ),
    ] = False
    caption: Annotated[Text, Doc("The caption's words, exactly. Of an added picture the archive's own: inline Markdown.")]
    printed: Annotated[Text | None, Doc("The caption as the seed prints it, with its parentheses. Default: the caption.")] = None
    file: Annotated[
        tuple[Path, ...],
        Doc(
            "The picture, a path under `content/images/`; `null`: not held. Of an added picture of several pages one for each, or a PDF"
            " file (the extra `pdf`)."
        ),
        OneOrMany,
    ] = ()
    alt: Annotated[Text | None, Doc("What the picture shows, for those who do not see it.")] = None
    credit: Annotated[Line | None, Doc("Who made it; `null`: unknown.")] = None
    licence: Annotated[
        Line | None,
        Doc("Under which terms it is shown: a licence of Creative Commons, an address, or words of your own.", "CC BY-SA 4.0"),
    ] = None


class Origin(Record, frozen=True, kw_only=True):
    """Where the article was first published."""

    url: Annotated[Url | None, Doc("Its address there.")] = None
    publisher: Annotated[Line | None, Doc("Who published it.")] = None
    byline: Annotated[Line | None, Doc("Who signed it.")] = None
    published: Annotated[Date | None, Doc("When it was published there.")] = None
    retrieved: Annotated[Day | None, Doc("When it was fetched.")] = None
    archived: Snapshots = ()


class Extract(Record, frozen=True, kw_only=True):
    """The recorded text of a seed that is not plain text."""

    path: Annotated[Path, Doc("The text file, under `seeds/`.")]
    sha256: Annotated[Sha256, Doc("Its SHA-256.")]
    tool: Annotated[Line, Doc("What extracted it.")]
    version: Annotated[Line, Doc("Version of the tool.")]


class Seed(Record, frozen=True, kw_only=True):
    """The raw file that the article was made from."""

    path: Annotated[Path, Doc("Its path, under `seeds/`.")]
    part: Annotated[
        Line | None,
        Doc("Which of several articles of the file it is, by the name that the file gives it: an address, an id. Default: the only one."),
    ] = None
    sha256: Annotated[Sha256, Doc("The SHA-256 of the file, in hexadecimal.")]
    extract: Annotated[Extract | None, Doc("Its recorded text, where the file is no plain text.")] = None
    proposed: Annotated[
        Line | None,
        Doc(
            "What its import proposed, a short digest each: importing again tells only of what is new, not of what was dropped or changed."
        ),
    ] = None


class ProposedMention(Record, frozen=True, kw_only=True):
    """A correction that awaits an editor: it does nothing until it stands under `ignore` or `as`."""

    wording: Annotated[Name, Doc("The wording.")]
    as_: Annotated[Subject | None, Doc("What it means here; absent: it is no mention.")] = None


class Mentions(Record, frozen=True, kw_only=True):
    """Corrections to the mentions that the build finds."""

    ignore: Annotated[tuple[Name, ...], Doc("Wordings that are not mentions here, though they hold a name.")] = ()
    as_: Annotated[
        dict[Name, Subject],
        Doc("Wordings that mean a place here: `{the entire region: kyiv-oblast}`; or a topic: `{the siege: topic:siege-of-mariupol}`."),
    ] = msgspec.field(default_factory=dict)
    proposed: Annotated[
        tuple[ProposedMention, ...], Doc("Corrections that came from elsewhere; move them to `ignore` or `as`, or take them out.")
    ] = ()


Claims = Annotated[tuple[Appearance | Group, ...], Doc("Statements that can be checked, each an exact quote.")]
Annotations = Annotated[tuple[Annotation, ...], Doc("The editors' notes.")]
Places = Annotated[Mentions, Doc("Mentions are found by the build; this only corrects it.")]


class Notes(Record, frozen=True, kw_only=True):
    """The apparatus of an article: `NAME.notes.yaml`. The same keys may stand in the front matter instead."""

    claims: Claims = ()
    annotations: Annotations = ()
    places: Places = Mentions()
    corrections: Corrections = ()


class Article(Page, frozen=True, kw_only=True):
    """An article: `content/articles/*.md`."""

    title: Annotated[Line, Doc("The title, word for word.")]
    date: Annotated[Date | None, Doc("The article's date (EDTF); `null`: undated.")] = None
    day: Annotated[Whole | None, Doc("The day count; must agree with the date under the calendar.")] = None
    calendar: Annotated[Id | None, Doc("The calendar that counts the days. Default: the only one, where there is one.")] = None
    date_basis: Annotated[tuple[DateBasis, ...], Doc("What leads to the date.")] = ()
    lang: Annotated[Lang | None, Doc("The article's language. Default: the archive's.")] = None
    origin: Annotated[Origin | None, Doc("Where it was first published.")] = None
    reprint_of: Annotated[
        ArticleId | None,
        Doc("The article of this archive that it reprints: what both say was said once. Who is credited through whom, `via` says."),
    ] = None
    seed: Annotated[Seed | None, Doc("The raw file that it was made from.")] = None
    images: Annotated[tuple[Image, ...], Doc("Images and captions.")] = ()
    sources: Annotated[tuple[Citation, ...], Doc("The sources that the article cites.")] = ()
    claims: Claims = ()
    annotations: Annotations = ()
    places: Places = Mentions()
    display: Annotated[Display, Doc("`full`; `excerpts`: only what claims and notes quote; `metadata`: no words of the article.")] = "full"


class Alias(Record, frozen=True, kw_only=True):
    """Another name, with what is known of it."""

    form: Annotated[Name, Doc("The name.")]
    lang: Annotated[Lang | None, Doc("Its language.")] = None
    status: Annotated[NameStatus | None, Doc("What kind of name it is.")] = None
    from_: Annotated[Date | None, Doc("In use from.")] = None
    until: Annotated[Date | None, Doc("In use until.")] = None


Aliases = Annotated[tuple[Name | Alias, ...], Doc("Other names; a mention of any of them leads here.")]


class Named(Page, frozen=True, kw_only=True):
    """The keys of what has names."""

    name: Annotated[Name, Doc("The name that the archive prefers.")]
    aliases: Aliases = ()


class Location(Record, frozen=True, kw_only=True):
    """A point in degrees, WGS 84."""

    lat: Annotated[Degrees, Doc("Latitude, north positive.")]
    lon: Annotated[Degrees, Doc("Longitude, east positive.")]


class PlaceLinks(Record, frozen=True, kw_only=True):
    """The place in other gazetteers."""

    geonames: Annotated[Line | None, Doc("GeoNames id.")] = None
    wikidata: Annotated[Line | None, Doc("Wikidata id.")] = None


class Place(Named, frozen=True, kw_only=True):
    """A place: `content/places/*.md`."""

    kind: Annotated[PlaceKind, Doc("What kind of place.")]
    within: Annotated[tuple[PlaceId, ...], Doc("The places that contain it, the smallest first."), OneOrMany, Above] = ()
    location: Annotated[Location | None, Doc("Where it is.")] = None
    precision: Annotated[Precision | None, Doc("What the location stands for; `region`, `country` and `line` draw no pin.")] = None
    shape: Annotated[
        Path | None,
        Doc("Its outline, or the line that it is: a GeoJSON file under `content/shapes/` (docs/maps.md).", "kharkiv-oblast.geojson"),
    ] = None
    links: Annotated[PlaceLinks | None, Doc("The place in other gazetteers.")] = None


class SourceLinks(Record, frozen=True, kw_only=True):
    """The source elsewhere."""

    wikidata: Annotated[Line | None, Doc("Wikidata id.")] = None
    viaf: Annotated[Line | None, Doc("VIAF id.")] = None


class Reliability(Record, frozen=True, kw_only=True):
    """An editor's grade of a source (Admiralty code, first axis)."""

    grade: Annotated[Grade, Doc("A (reliable) to E (unreliable); F: cannot be judged.")]
    why: Annotated[Text, Doc("Why this grade.")]
    date: Annotated[Day, Doc("The day on which it was given, such as `2024-06-03`.")]


class Source(Named, frozen=True, kw_only=True):
    """A source: `content/sources/*.md`."""

    kind: Annotated[SourceKind, Doc("What kind of source.")]
    parent: Annotated[SourceId | None, Doc("The source that it belongs to; the two do not corroborate one another."), Above] = None
    topic: Annotated[TopicId | None, Doc("The topic that is the same person or body: its page tells what articles say of it.")] = None
    side: Annotated[Line | None, Doc("The party to the matter that it belongs to.")] = None
    url: Annotated[Url | None, Doc("Its address.")] = None
    archived: Snapshots = ()
    links: Annotated[SourceLinks | None, Doc("The source elsewhere.")] = None
    reliability: Annotated[
        tuple[Reliability, ...],
        Doc("An editor's grade. A later one is added to it: the earlier ones stay, and the page shows all."),
        OneOrMany,
    ] = ()


class TopicLinks(Record, frozen=True, kw_only=True):
    """The topic elsewhere."""

    wikidata: Annotated[Line | None, Doc("Wikidata id.")] = None
    viaf: Annotated[Line | None, Doc("VIAF id.")] = None
    url: Annotated[Url | None, Doc("Its own address.")] = None
    archived: Snapshots = ()


class Topic(Named, frozen=True, kw_only=True):
    """What is neither place nor claim, and is told of rather than cited: `content/topics/*.md`."""

    kind: Annotated[TopicKind, Doc("What kind of topic.")]
    from_: Annotated[Date | None, Doc("When it began, was born or founded, or came into force.")] = None
    until: Annotated[Date | None, Doc("When it ended.")] = None
    within: Annotated[tuple[TopicId, ...], Doc("The topics that contain it, the smallest first."), OneOrMany, Above] = ()
    places: Annotated[tuple[PlaceId, ...], Doc("Where it was or is."), OneOrMany] = ()
    source: Annotated[SourceId | None, Doc("The source that is the same person or body: its page tells what is credited to it.")] = None
    links: Annotated[TopicLinks | None, Doc("The topic elsewhere.")] = None


class Measure(Record, frozen=True, kw_only=True):
    """What a quantity measures."""

    unit: Annotated[Line, Doc("What is counted.")]
    cumulative: Annotated[bool, Doc("`true`: a running total that should not fall.")] = False
    about: Annotated[Line | None, Doc("Whose, or of what.")] = None


class ClaimRelation(Record, frozen=True, kw_only=True):
    """How a claim stands to another."""

    type: Annotated[Relation, Doc("The relation.")]
    claim: Annotated[ClaimId, Doc("The other claim.")]


class Assessment(Record, frozen=True, kw_only=True):
    """An editor's explicit verdict: optional, dated, signed."""

    verdict: Annotated[Line, Doc("The verdict in words.")]
    by: Annotated[Line, Doc("Who gives it.")]
    date: Annotated[Day, Doc("The day of it, such as `2024-06-03`.")]
    why: Annotated[Text, Doc("Why.")]
    evidence: Annotated[tuple[Evidence, ...], Doc("On what it rests.")] = ()


class Break(Record, frozen=True, kw_only=True):
    """Where a source changes what it counts: its figures before and after are not compared."""

    date: Annotated[Date, Doc("From when on it counts otherwise.")]
    source: Annotated[SourceId | None, Doc("Whose figures. Default: everybody's.")] = None
    why: Annotated[Line, Doc("What changed; published.")]


class Claim(Page, frozen=True, kw_only=True):
    """A claim: `content/claims/*.md`."""

    title: Annotated[Line, Doc("The matter, without a verdict.", "Russian tanks lost")]
    kind: Annotated[ClaimKind, Doc("What kind of claim.")]
    measure: Annotated[Measure | None, Doc("Of a quantity: what is measured.")] = None
    relations: Annotated[tuple[ClaimRelation, ...], Doc("How it stands to other claims.")] = ()
    breaks: Annotated[tuple[Break, ...], Doc("Where a source changes what it counts.")] = ()
    assessment: Annotated[
        tuple[Assessment, ...],
        Doc("An editor's verdict. A later one is added to it: the earlier ones stay, and the page shows all."),
        OneOrMany,
    ] = ()


class FreePage(Page, frozen=True, kw_only=True):
    """A free page: `content/pages/**/*.md`, published at its path."""

    title: Annotated[Line, Doc("The page's title.")]
    nav: Annotated[Count | None, Doc("Its place in the menu, from 1; absent: not in the menu.")] = None


class Calendar(Record, frozen=True, kw_only=True):
    """A named day count."""

    epoch: Annotated[Day, Doc("The first day that is counted.")]
    first_day: Annotated[Whole, Doc("The number of that day: 0 counts elapsed days, 1 counts days begun.")] = 0
    label: Annotated[Line, Doc("How a day is written.")] = "Day {n}"


class Publish(Record, frozen=True, kw_only=True):
    """What is published of articles that no editor has checked."""

    unchecked: Annotated[
        Unchecked,
        Doc("`words`: their words. `all`: also the proposed claims and sources, and pages that nobody has judged. `none`: not at all."),
    ] = "words"


class ImportSettings(Record, frozen=True, kw_only=True):
    """How `sitegen import` proposes."""

    accept: Annotated[
        Probability | None,
        Doc(
            "The probability from which on a proposal is taken as right, and bears no `todo` (docs/importing.md). Default: each bears one.",
            "0.9",
        ),
    ] = None


class Outputs(Record, frozen=True, kw_only=True):
    """What is made beside the pages."""

    feeds: Annotated[bool, Doc("An Atom feed.")] = True
    sitemap: Annotated[bool, Doc("`sitemap.xml`.")] = True
    search: Annotated[bool, Doc("`/search/`: a page on which readers search, and its index.")] = True
    data: Annotated[
        bool, Doc("`/data/`: the whole archive as data for other programs, and a page that explains it (docs/open-data.md).")
    ] = True
    maps: Annotated[bool, Doc("Maps: on pages where places are, and the page of all places, with `map/places.geojson` (docs/maps.md).")] = (
        True
    )
    cards: Annotated[
        bool,
        Doc("`card.png` beside the pages of articles and claims: a picture for where the address is shared. Needs a theme with fonts."),
    ] = False
    json: Annotated[bool, Doc("`index.json` beside the pages of articles and entries: what the page shows, for programs.")] = True


class Policies(Record, frozen=True, kw_only=True):
    """The free pages that hold the archive's policies, by their path."""

    corrections: Annotated[Path | None, Doc("How corrections are made.")] = None
    verification: Annotated[Path | None, Doc("How articles are checked.")] = None
    ownership: Annotated[Path | None, Doc("Who runs and pays for the archive.")] = None


class Setting(Record, frozen=True, kw_only=True):
    """What an archive may choose of a theme."""

    about: Annotated[Line, Doc("What it changes.")]
    default: Annotated[
        Line | None, Doc("What it is where nothing is chosen. Of `true` or `false` it takes the other as well, and else any line of text.")
    ] = None
    of: Annotated[tuple[Line, ...], Doc("All that it may be, where that is a closed list.", "[wide, narrow]")] = ()


class ThemeSettings(Record, frozen=True, kw_only=True):
    """What a theme is laid over: `themes/NAME/theme.yaml`."""

    name: Annotated[Line | None, Doc("What it is called.")] = None
    extends: Annotated[Id | None, Doc("The theme whose files are taken where it has none of its own.", "default")] = None
    settings: Annotated[dict[Id, Setting], Doc("What `theme_settings` of sitegen.yaml may choose; templates see `site.settings`.")] = (
        msgspec.field(default_factory=dict)
    )


class Tiles(Record, frozen=True, kw_only=True):
    """A server of map tiles, for the page of the map alone. Readers' browsers then ask it, and it sees their addresses."""

    url: Annotated[Line, Doc("The pattern of their addresses.", "https://tiles.example.org/{z}/{x}/{y}.png")]
    credit: Annotated[Line, Doc("Whom the map is owed to, as its terms ask; published.", "© OpenStreetMap contributors")]


class MapSettings(Record, frozen=True, kw_only=True):
    """How maps are made."""

    borders: Annotated[
        Borders,
        Doc(
            "Whose view disputed borders are drawn by, as Natural Earth has it: `de-facto` (by who holds the land), or a code: `UA`."
            " It is said under each map that shows one."
        ),
    ] = "de-facto"
    tiles: Annotated[Tiles | None, Doc("A server of map tiles for the page of the map. Default: none, the site asks nobody.")] = None


class Creator(Record, frozen=True, kw_only=True):
    """Who made the archive: a body, or a person."""

    name: Annotated[Line | None, Doc("The name of a body, or of a person whose name is not to be taken apart.")] = None
    family: Annotated[Line | None, Doc("The family name of a person.")] = None
    given: Annotated[Line | None, Doc("The given names of a person; needs `family`.")] = None
    orcid: Annotated[Orcid | None, Doc("The person's ORCID iD.")] = None
    affiliation: Annotated[Line | None, Doc("Where the person works. `CITATION.cff` has it where there is a `family`.")] = None


class Contact(Record, frozen=True, kw_only=True):
    """Who answers for the archive; published wherever the citation is."""

    name: Annotated[Line | None, Doc("A name, or an office.")] = None
    email: Annotated[Email | None, Doc("An address that will still be read in some years.")] = None


class CitationSettings(Record, frozen=True, kw_only=True):
    """How the archive as a whole is cited. What is not written is not said."""

    creators: Annotated[tuple[Creator, ...], Doc("Who made the archive, in the order in which they are named.")] = ()
    publisher: Annotated[Line | None, Doc("Who publishes it, or keeps it for good.")] = None
    licence: Annotated[
        Licence | None,
        Doc("Under which terms it may be used: the id of a licence in the list of SPDX. It says nothing of what others have written."),
    ] = None
    doi: Annotated[Doi | None, Doc("Its DOI, once it has one.", "10.5072/example")] = None
    version: Annotated[Line | None, Doc("Which version of it this is.", "2024-2")] = None
    date: Annotated[Day | None, Doc("When this version was published.")] = None
    keywords: Annotated[tuple[Line, ...], Doc("What it is about, in a few words each.")] = ()
    contact: Annotated[Contact | None, Doc("Who answers for it.")] = None


class Config(Record, frozen=True, kw_only=True):
    """The archive's settings: `sitegen.yaml`."""

    title: Annotated[Line, Doc("The archive's title.")]
    base_url: Annotated[SiteUrl, Doc("Where it is published.", "https://example.org/")]
    lang: Annotated[
        Lang,
        Doc("Its language, in which its pages speak: English, German or Ukrainian (docs/translating.md); of others English.", "uk"),
    ] = "en"
    description: Annotated[Line | None, Doc("What it is, in a sentence.")] = None
    theme: Annotated[Id, Doc("The theme's name.")] = "default"
    theme_settings: Annotated[dict[Id, Line], Doc("What is chosen of the theme's settings (docs/themes.md).", "{marked: everything}")] = (
        msgspec.field(default_factory=dict)
    )
    calendars: Annotated[dict[Id, Calendar], Doc("Day counts, by id.")] = msgspec.field(default_factory=dict)
    publish: Annotated[Publish, Doc("What is published unchecked.")] = Publish()
    import_: Annotated[ImportSettings, Doc("How imports propose.")] = ImportSettings()
    outputs: Annotated[Outputs, Doc("What is made beside the pages.")] = Outputs()
    map: Annotated[MapSettings, Doc("How maps are made (docs/maps.md).")] = MapSettings()
    policies: Annotated[Policies, Doc("Where the policies stand.")] = Policies()
    citation: Annotated[CitationSettings, Doc("How the archive is cited (docs/preserving.md).")] = CitationSettings()
    checks: Annotated[
        dict[CheckCode, Level],
        Doc("How checks are taken: `{group-sum: error}`. `off`: not told at all. Default: as docs/problems.md has each."),
    ] = msgspec.field(default_factory=dict)
    revisions: Annotated[
        Revisions,
        Doc("`git`: the page of a claim tells what was changed in its file, by the commits of the repository; never by whom."),
    ] = "off"
    keep: Annotated[tuple[Path, ...], Doc("Paths in the output folder that a build leaves alone.")] = ()
