"""The theme contract: all that a template can see. Every value is frozen; every `html` is safe to print as it is.

A template is given `site` (a `SiteView`) and `page` (the view of its kind). Text fields are plain and escaped by the
template; `html` fields were woven here, from a closed set of tags. An empty `href` means that the page is not public, or that it is this
very page: print the text alone.
"""

from __future__ import annotations

import msgspec
from markupsafe import Markup


class View(msgspec.Struct, frozen=True, gc=False):
    """A frozen value for templates. It cannot be part of a circle, so the collector of them need not follow it."""


class LinkView(View, frozen=True):
    text: str
    href: str = ""


class SnapshotView(View, frozen=True):
    """A snapshot of what a link leads to. `text`: when it was taken, or "snapshot" where that is not known; `iso`: the same for
    `<time datetime>` and for `data-versiondate` of Robust Links, a day or an instant in UTC, else empty. `href` leads to it in a web
    archive; it is empty where a record of a WARC file holds it, which lies beside the archive and is not published. `sha256`: of the bytes
    that were archived, where that is recorded."""

    text: str
    href: str = ""
    iso: str = ""
    sha256: str = ""


class DateView(View, frozen=True):
    """`text` for readers, `iso` for `<time datetime>`; `iso` is empty where HTML has no form for the date. `full`: the text with the
    weekday, where the date is known to the day ("Sunday, 15 May 2022")."""

    text: str
    iso: str
    full: str


class DayView(View, frozen=True):
    """A day of a calendar: its label ("Day 80") and its page."""

    label: str
    href: str


class CardView(View, frozen=True):
    """What any page may show of another. `kind`: of an entry its kind in words."""

    title: str
    href: str
    date: DateView | None = None
    day: DayView | None = None
    kind: str = ""


class FigureView(View, frozen=True):
    """A figure in words, hedge and all ("more than 27,400 troops"); `scope` in the text's word ("killed")."""

    text: str
    scope: str


class TimeView(View, frozen=True):
    """A date of a statement: `label` is "as of", "happened" or "said" in the site's language; `quote` the words that tell it, `rule` how,
    in words."""

    label: str
    date: DateView
    quote: str
    rule: str


class JudgementView(View, frozen=True):
    """An editor's judgement of a statement or a source: its grade ("4", "C"), what that means in words, why, by whom, and when."""

    grade: str
    means: str
    why: str
    by: str
    date: DateView


class AppearanceView(View, frozen=True):
    """A statement: who says it, when, with what figures. `quote` are its words, `href` leads to them in the article; `where`: they
    stand in its "title", a "heading" or a "caption", in the site's language, or empty. `speakers` is never empty once an editor has judged
    it; the article's own voice is the speaker "the article itself". `claim`: the claim that it belongs to, on pages other than that claim's
    own. `stance`: asserts, denies, doubts, reports or empty; `stands` says it in words: "the speaker denies it". `voice`: "own" where the
    article itself speaks, "said" where it credits somebody, "open" where nobody has judged yet.
    """

    id: str
    quote: str
    href: str
    where: str
    speakers: tuple[LinkView, ...]
    via: tuple[LinkView, ...]
    times: tuple[TimeView, ...]
    figures: tuple[FigureView, ...]
    claim: LinkView | None
    gloss: str
    hedge: str
    stance: str
    stands: str
    voice: str
    document: DocumentView | None = None
    credibility: JudgementView | None = None


class ReadingView(View, frozen=True):
    """The figures of a claim as one article states them: `href` leads to the words, `time` is what they are as of, if that is known."""

    figures: tuple[FigureView, ...]
    href: str
    speakers: tuple[LinkView, ...]
    time: TimeView | None


class CreditedView(View, frozen=True):
    """A claim that credits a figure to somebody; `before` and `after` are the figures of the same claim next to it in time, in other
    articles of the archive."""

    statement: AppearanceView
    before: ReadingView | None
    after: ReadingView | None


class SentenceView(View, frozen=True):
    """A sentence of an article, once on a page, with all that the page tells of it: in `html`, the words that are meant lead to their
    places in the article. `where`: "title", "heading", "caption", or empty. `documents` are those that it cites, `appearances` the
    statements that it makes; where there are several, `html` has the number of each behind its words, and they are in that order.
    """

    html: Markup
    where: str
    documents: tuple[DocumentView, ...]
    appearances: tuple[AppearanceView, ...]


class SumItemView(View, frozen=True):
    """An item of a list: its words, its number, and where it stands."""

    quote: str
    value: str
    href: str


class SumView(View, frozen=True):
    """The arithmetic of an itemised list: the stated `total` (its words, and `stated` as a figure) and the `sum` of the items.

    `allowed` is what the total's wording allows ("6,500 to 7,499"); `agrees` is false where the sum lies outside it. `partial`:
    the text calls the items a part of the total. `speakers` and `times` are the total's: who states it, as of when.
    """

    total: str
    stated: str
    sum: str
    items: tuple[SumItemView, ...]
    allowed: str
    partial: bool
    agrees: bool
    href: str
    speakers: tuple[LinkView, ...]
    times: tuple[TimeView, ...]


class DocumentView(View, frozen=True):
    """A document that a source is cited with. `found`: in words, whether an editor has seen it."""

    title: str
    date: DateView | None
    url: str
    archived: tuple[SnapshotView, ...]
    found: str


class CitationView(View, frozen=True):
    """A source that an article cites. `quote` are the words that cite it, `href` leads to them; both are empty where there are none."""

    id: str
    source: LinkView
    document: DocumentView | None
    quote: str
    href: str
    where: str


class EvidenceView(View, frozen=True):
    """Where a fact comes from; `url` is empty for what is only in print."""

    title: str
    url: str
    publisher: str
    locator: str
    date: DateView | None
    archived: tuple[SnapshotView, ...]


class NoteView(View, frozen=True):
    """An editor's note. `id` is the address of the words that it is on; `number` counts through the article.

    `read`: of a slip, how the words were probably meant.
    """

    id: str
    number: int
    kind: str
    label: str
    quote: str
    html: Markup
    read: str
    evidence: tuple[EvidenceView, ...]
    by: str
    date: DateView | None


class LeafView(View, frozen=True):
    """A page of a picture that has several; `label` counts it: "Page 2 of 3"."""

    src: str
    width: int
    height: int
    label: str


class ImageView(View, frozen=True):
    """An image or the caption of one. `src` is empty where the archive does not hold the picture. `leaves` are all pages of a scan that has
    several, of which `src` is the first; else there are none. `licence` says under which terms the picture is shown: in words, with an
    address where one is known."""

    id: str
    src: str
    width: int
    height: int
    alt: str
    caption: Markup
    credit: str
    licence: LinkView | None = None
    leaves: tuple[LeafView, ...] = ()


class BlockView(View, frozen=True):
    """A top-level element of a body.

    `kind`: paragraph, heading, list, quote, table, code, rule, image, added. `id` is its address: in an article every block has one, which
    follows from its words and stays while they do; those of headings and pictures stand in what they print, the others a theme may print.
    `image` is one of the article's own; `added`, which stands alone, a picture that the archive added: a theme says so beside it.
    `notes` and `claims` are those anchored in it, `sums` those whose total is, and `figures` those of the claims that credit a figure to
    somebody and are no item of a sum: for themes that print them beside it.
    """

    kind: str
    html: Markup
    id: str = ""
    level: int = 0
    text: str = ""
    image: ImageView | None = None
    notes: tuple[NoteView, ...] = ()
    claims: tuple[AppearanceView, ...] = ()
    sums: tuple[SumView, ...] = ()
    figures: tuple[CreditedView, ...] = ()
    added: ImageView | None = None


class SpokenView(View, frozen=True):
    """The claims of one speaker that follow from one document and are of one time."""

    document: DocumentView | None
    times: tuple[TimeView, ...]
    claims: tuple[AppearanceView, ...]


class VoiceView(View, frozen=True):
    """Who speaks in an article, and what, document by document and time by time. `voice` as in `AppearanceView`; `count` are its claims.
    `start` and `width` are its part of a bar of 1,000, in which all voices follow one another; `id` is the address of its list.
    """

    id: str
    voice: str
    speakers: tuple[LinkView, ...]
    spoken: tuple[SpokenView, ...]
    count: int
    start: int
    width: int


class ProofView(View, frozen=True):
    """The proof that the article's words are its seed's."""

    sha256: str
    href: str
    path: str


class CorrectionView(View, frozen=True):
    date: DateView
    before: str
    after: str
    reason: str
    by: str


class DatedWordsView(View, frozen=True):
    """Words of an article that tell a time. `href` leads to their passage, and is empty for the title; `rule` says by what they are read,
    and `date` where that leads, None where it leads to no date; `read`: where an editor reads them otherwise. `day` is its label in the
    article's calendar, and `otherwise` the number by the other way of counting."""

    words: str
    href: str
    rule: str
    date: DateView | None
    read: DateView | None
    day: str
    otherwise: str


class OriginView(View, frozen=True):
    """Where the article was first published; empty strings where that is unknown."""

    publisher: str
    byline: str
    url: str
    published: DateView | None
    retrieved: DateView | None
    archived: tuple[SnapshotView, ...]


class PagingView(View, frozen=True):
    """Neighbouring pages of a long list; `label` is empty where there is only one page. None: there is no such neighbour."""

    label: str
    newer: LinkView | None
    older: LinkView | None
    front: LinkView | None


class PreviewView(View, frozen=True):
    """The picture that stands for a page where somebody shares its address. `src` is absolute; sizes are in pixels."""

    src: str
    width: int
    height: int
    alt: str


class Frame(View, frozen=True):
    """What every page has. `template` is its template's name, `title` its plain title, `canonical` its absolute address.

    `section`: the part of the site that it belongs to (articles, places, topics, sources, claims, timeline, or empty). `data`
    leads to the JSON beside the page, where it has one, `feed` to the feed of it (in JSON it is `feed.json` beside that). `preview`: the
    article's own picture, else the page's social card, where there is one.
    """

    template: str
    title: str
    canonical: str
    address: str
    section: str = ""
    description: str = ""
    data: str = ""
    preview: PreviewView | None = None
    feed: str = ""


class ArticleView(View, frozen=True):
    """`voices` are all its claims, by who makes them; `credited` counts those that it credits to somebody, `uncredited` the others. `added`
    are the pictures that the archive added and that stand nowhere in the body. So many of the `blocks` stand `above` the title ("For
    immediate release"), the others below it."""

    frame: Frame
    title: Markup
    lang: str
    date: DateView | None
    day: DayView | None
    basis: tuple[TimeView, ...]
    origin: OriginView | None
    display: str
    blocks: tuple[BlockView, ...]
    title_notes: tuple[NoteView, ...]
    title_claims: tuple[AppearanceView, ...]
    contents: tuple[LinkView, ...]
    voices: tuple[VoiceView, ...]
    credited: int
    uncredited: int
    sums: tuple[SumView, ...]
    notes: tuple[NoteView, ...]
    sources: tuple[CitationView, ...]
    mentioned: tuple[MentionedView, ...]
    map: MapView | None
    older: CardView | None
    newer: CardView | None
    proof: ProofView | None
    review: str
    held: bool
    corrections: tuple[CorrectionView, ...]
    dates: tuple[DatedWordsView, ...]
    reprint_of: CardView | None
    above: int = 0
    added: tuple[ImageView, ...] = ()


class MentionedView(View, frozen=True):
    """The places, or the topics, that an article mentions; `kind` is the part of the site in which they lie."""

    kind: str
    title: str
    pages: tuple[MentionedPage, ...]


class MentionedPage(View, frozen=True):
    """A page that an article mentions: `forms` are its names as printed, `first` leads to the first of its `count` mentions."""

    card: CardView
    forms: tuple[str, ...]
    count: int
    first: str


class NameView(View, frozen=True):
    """Another name of a page. `about`: its language and status in words."""

    form: str
    lang: str
    about: str


class FormView(View, frozen=True):
    """A name as articles print it: how many of them do, and who publishes these, as far as that is known."""

    text: str
    articles: int
    publishers: tuple[str, ...]


class BarView(View, frozen=True):
    """A month of a strip, or a year of a long one: `start` and `width` are its place in a strip of 1,000, `height` its part of the highest,
    which is 100. `href` leads to where the timeline tells it; `name` says month and number in words."""

    label: str
    articles: int
    start: int
    width: int
    height: int
    href: str
    name: str


class StripView(View, frozen=True):
    """How many articles are of which month, from `first` to `last`; `highest` is the first of those with the most."""

    bars: tuple[BarView, ...]
    first: str
    last: str
    highest: BarView


class FoundView(View, frozen=True):
    """What one article says of the page's subject. `documents`: those that it cites, but in no sentence. `anchor`: the id by which the
    timeline leads to the first article of a month; empty for the others."""

    article: CardView
    documents: tuple[DocumentView, ...]
    sentences: tuple[SentenceView, ...]
    sums: tuple[SumView, ...]
    anchor: str = ""


class MapLabelView(View, frozen=True):
    """A text on a map: where its base line is, and how it runs from there (`anchor`: "start", "middle", "end", as of SVG). Of a place near
    the one that the page is about `href` leads there; `is_subject`: of what the page is about."""

    text: str
    x: int
    y: int
    anchor: str
    href: str = ""
    is_subject: bool = False


class MarksView(View, frozen=True):
    """The marks of one kind on a map, as one path: a "dot" for each point, a "ring" for each settlement, a "soft" spot for what is larger
    and has no outline. `is_subject`: of what the page is about."""

    kind: str
    path: str
    is_subject: bool


class OutlineView(View, frozen=True):
    """The outline of a place, or the line that it is, as a path; `is_subject`: that of the page's own, else of what this lies in."""

    path: str
    closed: bool
    is_subject: bool


class InsetView(View, frozen=True):
    """The world in a corner of a map, at `x` and `y`; `land` is a path from there. The map shows what lies in a square of `size` around
    `mark_x` and `mark_y`."""

    x: int
    y: int
    width: int
    height: int
    land: str
    mark_x: int
    mark_y: int
    size: int


class MapView(View, frozen=True):
    """A map, in halves of a pixel. `land` to `disputed` are paths, the last of borders in dispute; `area` that of a country that is meant,
    `claimed` of what some say is its and others do not, `names` those of countries,
    `labels` those of places, as far as there is room. `near` are places beside those that the page is
    about. `is_disputed`: whether it shows a border that depends on whose view is taken, and `borders_by` whose is (a code; empty: Natural
    Earth's own, by who holds the land). `left_out`: places that do not lie on it. It is a drawing, and no part of the data beside a page.
    """

    width: int
    height: int
    land: str
    lakes: str
    rivers: str
    borders: str
    disputed: str
    area: str
    claimed: str
    outlines: tuple[OutlineView, ...]
    names: tuple[MapLabelView, ...]
    marks: tuple[MarksView, ...]
    labels: tuple[MapLabelView, ...]
    inset: InsetView | None
    borders_by: str
    is_disputed: bool
    near: tuple[LinkView, ...]
    left_out: int


class PlaceView(View, frozen=True):
    """`total`, here and on the like pages: how many articles lead here; None on the numbered pages behind the front. `lat` and `lon` are
    the degrees in words, `location` the same as numbers, north and east. `forms`, here and of topics: the names by which articles mention
    it; `strip`: when they do, where that is in more than one month; both of all articles, and on the front alone. `map`, here and on the
    like pages: where it is, None where maps are not made or its location is not known."""

    frame: Frame
    title: str
    kind: str
    names: tuple[NameView, ...]
    containers: tuple[CardView, ...]
    contents: tuple[CardView, ...]
    topics: tuple[CardView, ...]
    lat: str
    lon: str
    location: tuple[float, float] | None
    precision: str
    has_pin: bool
    map: MapView | None
    links: tuple[LinkView, ...]
    forms: tuple[FormView, ...]
    strip: StripView | None
    blocks: tuple[BlockView, ...]
    found: tuple[FoundView, ...]
    total: int | None
    paging: PagingView
    corrections: tuple[CorrectionView, ...]
    review: str


class TopicView(View, frozen=True):
    """`since` and `until`: when it was. `sources`: the same person or body, as far as it is credited with something."""

    frame: Frame
    title: str
    kind: str
    names: tuple[NameView, ...]
    since: DateView | None
    until: DateView | None
    containers: tuple[CardView, ...]
    contents: tuple[CardView, ...]
    places: tuple[CardView, ...]
    map: MapView | None
    sources: tuple[CardView, ...]
    url: str
    archived: tuple[SnapshotView, ...]
    links: tuple[LinkView, ...]
    forms: tuple[FormView, ...]
    strip: StripView | None
    blocks: tuple[BlockView, ...]
    found: tuple[FoundView, ...]
    total: int | None
    paging: PagingView
    corrections: tuple[CorrectionView, ...]
    review: str


class StatedView(View, frozen=True):
    """A statement, and the article that makes it."""

    article: CardView
    statement: AppearanceView


class OfClaimView(View, frozen=True):
    """The statements of one claim, the latest first."""

    claim: LinkView
    statements: tuple[StatedView, ...]


class SourceView(View, frozen=True):
    """`credited`: what `found` credits to it, claim by claim, in the order of their titles."""

    frame: Frame
    title: str
    kind: str
    names: tuple[NameView, ...]
    parents: tuple[CardView, ...]
    members: tuple[CardView, ...]
    topics: tuple[CardView, ...]
    side: str
    url: str
    archived: tuple[SnapshotView, ...]
    links: tuple[LinkView, ...]
    reliability: tuple[JudgementView, ...]
    credited: tuple[OfClaimView, ...]
    blocks: tuple[BlockView, ...]
    found: tuple[FoundView, ...]
    total: int | None
    paging: PagingView
    corrections: tuple[CorrectionView, ...]
    review: str


class RelationView(View, frozen=True):
    """How the claim stands to another, in words ("supports", "superseded by")."""

    label: str
    claim: CardView


class AssessmentView(View, frozen=True):
    verdict: str
    by: str
    date: DateView
    why: str
    evidence: tuple[EvidenceView, ...]


class WordingView(View, frozen=True):
    """A sentence that makes a claim, and the article in which it stands."""

    article: CardView
    sentence: SentenceView


class StrokeView(View, frozen=True):
    """A stroke of a chart, across in percent, down in pixels."""

    x1: float
    y1: float
    x2: float
    y2: float


class ChartPointView(View, frozen=True):
    """A figure in a chart. `low` and `high` are the ends of what its wording allows, as far down as `y` where it allows no more; `is_open`:
    it has no end on a side. `is_dated`: it is said as of when it is; else its day is that of its article. `title` says it in words, with
    the speaker and the date; `href` leads to them."""

    x: float
    y: float
    low: float
    high: float
    is_open: bool
    is_dated: bool
    title: str
    href: str


class ChartLineView(View, frozen=True):
    """The figures of one speaker, and the strokes from each to the next."""

    speakers: tuple[LinkView, ...]
    points: tuple[ChartPointView, ...]
    strokes: tuple[StrokeView, ...]


class ChartLabelView(View, frozen=True):
    """The name of a speaker at the end of a line. `anchor`: "start" or "end", as of SVG."""

    text: str
    x: float
    y: float
    anchor: str


class ChartTickView(View, frozen=True):
    """What is written beside a chart: a value, or a date. `anchor`: "start", "middle" or "end"."""

    text: str
    x: float
    y: float
    anchor: str


class ChartView(View, frozen=True):
    """A chart, across in percent, down in pixels (`height`). `levels` are the values beside it, from the lowest, which stands at `bottom`;
    `times` the dates below, `breaks` where a source counts otherwise from then on. `drawn` are its points; `left_out` those before them,
    where there are too many. `first` and `last` are the dates of the first and the last point, in words."""

    lines: tuple[ChartLineView, ...]
    labels: tuple[ChartLabelView, ...]
    levels: tuple[ChartTickView, ...]
    times: tuple[ChartTickView, ...]
    breaks: tuple[ChartTickView, ...]
    height: int
    bottom: int
    drawn: int
    left_out: int
    first: str
    last: str


class StripDotView(View, frozen=True):
    """A figure in a strip of dots, on a row of its own (`y`). `low`, `high`, `is_open`, `is_dated`, `title` and `href` are as those of a
    point of a chart, the two ends across in percent as `x`. Its label, at `label_y`, is `who`, the speaker, shortened, and `when`, the
    date."""

    x: float
    y: float
    low: float
    high: float
    is_open: bool
    is_dated: bool
    who: str
    when: str
    label_y: float
    title: str
    href: str


class DotStripView(View, frozen=True):
    """Figures beside one another where they are too few for a chart over time: across, in percent, are their values; down, in pixels
    (`height`), one after the other, as they are in time. `levels` are the values that are written below, beneath the line at `bottom`.
    `drawn` and `left_out` are as those of a chart."""

    dots: tuple[StripDotView, ...]
    levels: tuple[ChartTickView, ...]
    height: int
    bottom: int
    drawn: int
    left_out: int


class EventView(View, frozen=True):
    """What happens between two figures of one speaker: `kind` is falls, leaps or revised, and `label` says it in words."""

    kind: str
    label: str
    before: ReadingView
    after: ReadingView


class BreakView(View, frozen=True):
    """Where a source changes what it counts, by an editor; None: all do."""

    date: DateView
    source: LinkView | None
    why: str


class DegreeView(View, frozen=True):
    """The wordings of a claim that go equally far: `degree` is asserted, hedged, denied, or said where no editor has judged it; `label`
    says it in words."""

    degree: str
    label: str
    wordings: tuple[WordingView, ...]


class PartOfView(View, frozen=True):
    """A part of a claim: its card, its newest figure, and a small chart where it has enough of them."""

    claim: CardView
    latest: ReadingView | None
    chart: ChartView | None


class PartSumView(View, frozen=True):
    """A total and its parts as of one day by one speaker: what these come to, and whether the total's wording allows it. No verdict: one of
    them may count otherwise."""

    total: ReadingView
    parts: tuple[ReadingView, ...]
    sum: str
    agrees: bool


class StatusView(View, frozen=True):
    """How a claim stands in this archive, computed: `status` is superseded, differing, corrected, several, single, one-voice or
    unattributed; `label` says it in a word or two, `why` in a sentence. No verdict."""

    status: str
    label: str
    why: str


class ChangeView(View, frozen=True):
    """What an editor changed: the key in words, and what stood and stands there. With neither, `label` says it all."""

    label: str
    before: str
    after: str


class RevisionView(View, frozen=True):
    """A change of a claim's file that was published, and the day on which it was made. Of who made it nothing is known here."""

    date: DateView
    changes: tuple[ChangeView, ...]


class ClaimView(View, frozen=True):
    """`series` are the statements of this page that give a figure, the latest first: by what they are as of, else when it happened or was
    said, else by their article's date. Where there are none, `degrees` has all that `found` has, by how far each goes. `speakers` are all
    who are credited on it. `status`: how it stands in the archive, on the front. `assessments` are the editors' verdicts, the latest first.
    `wholes` are the claims that it is a part of, `parts` those that are parts of it, and `part_sums`
    what these come to, the newest day first; `relations` all others. `chart`: the figures of all
    articles over time, on the front, where they are enough for one; `strip`: the same by their values alone, where they are too few, or all
    of one day, and two of them differ; `events` what happens in them, `breaks` what editors say of them. `revisions`: what editors changed,
    the newest first, on the front of an archive that has it told by Git; `known_since`: the day on which what Git knows of it begins, None
    where that is all."""

    frame: Frame
    title: str
    kind: str
    unit: str
    about: str
    cumulative: bool
    wholes: tuple[CardView, ...]
    parts: tuple[PartOfView, ...]
    part_sums: tuple[PartSumView, ...]
    relations: tuple[RelationView, ...]
    assessments: tuple[AssessmentView, ...]
    series: tuple[StatedView, ...]
    status: StatusView | None
    chart: ChartView | None
    strip: DotStripView | None
    csv: str
    voices: int
    compared: tuple[ReadingView, ...]
    meet: bool
    events: tuple[EventView, ...]
    breaks: tuple[BreakView, ...]
    degrees: tuple[DegreeView, ...]
    speakers: tuple[LinkView, ...]
    blocks: tuple[BlockView, ...]
    found: tuple[FoundView, ...]
    total: int | None
    paging: PagingView
    corrections: tuple[CorrectionView, ...]
    revisions: tuple[RevisionView, ...]
    known_since: DateView | None
    review: str


class DayPageView(View, frozen=True):
    """`title` is the day's label, `date` the date it stands for, `counting` how the calendar counts, in a sentence, and `otherwise` the
    number that the other way of counting gives it. `figures` are the statements of `found` that give one, claim by claim. `timeline` leads
    to the stretch of the timeline in which it lies."""

    frame: Frame
    title: str
    date: DateView
    counting: str
    otherwise: str
    articles: tuple[CardView, ...]
    map: MapView | None
    figures: tuple[OfClaimView, ...]
    found: tuple[FoundView, ...]
    older: DayView | None
    newer: DayView | None
    timeline: LinkView


class CellView(View, frozen=True):
    """A day, month, year or decade of a strip of the timeline: `period` names it for machines ("2022-05", "191X"). `label` is short ("15",
    "May"), `name` says all of it ("May 2022: 12 articles") and is what a link is to be called; `heat` is 1 to 5 by its count, beside the
    largest. Where nothing lies in it `count` and `heat` are 0, and there is no link."""

    period: str
    label: str
    name: str = ""
    href: str = ""
    count: int = 0
    heat: int = 0


class CellRowView(View, frozen=True):
    """A row of cells: the days of a month, the months of a year, the years of a decade. `text` is what it is of, empty where the title
    tells it, and leads to its page, where it has one; `count` is how much lies in it wholly."""

    period: str
    text: str
    href: str
    count: int
    cells: tuple[CellView, ...]


class LaneView(View, frozen=True):
    """How many articles name a place or topic, over the columns of the page; each cell leads to where its page tells them."""

    subject: LinkView
    kind: str
    count: int
    cells: tuple[CellView, ...]


class TimeSpanView(View, frozen=True):
    """Between which days a date lies, as a part of a bar of 1,000."""

    start: int
    width: int


class TimelineEntryView(View, frozen=True):
    """An entry of the timeline: the article, or, of what is said to have happened, `found`: who says it, where, in which words. `date`: its
    date in words, where the heading does not tell it; `span`: where in the year, or in all, it may lie, where that is not known to the
    month."""

    article: CardView
    date: DateView | None
    span: TimeSpanView | None
    found: FoundView | None


class TimelineGroupView(View, frozen=True):
    """What is listed of a day, or of a stretch that is known no closer: `title` is "Sunday, 15 May 2022" or "Some time in May 2022", `days`
    are what calendars call it, with their pages."""

    id: str
    period: str
    title: str
    days: tuple[DayView, ...]
    entries: tuple[TimelineEntryView, ...]


class WayView(View, frozen=True):
    """A way in which the timeline is told. `href` leads to the same time in it."""

    way: str
    text: str
    href: str
    is_current: bool


class TimelineView(View, frozen=True):
    """A stretch of the timeline: all, a year, a month or a day, which `period` names for machines, empty for all. `way`: by when it was
    "reported" or is said to have "happened"; `ways` are both, empty where there is one. `counted`: its entries in words. `grain`: of what
    the cells of `rows` are: "year", "month", "day", or empty. `lanes` are the places and topics that articles name most, or that most
    statements of what happened are about, over the columns that `heads` names. `groups` are listed in the order of time; `aside` leads to
    those that are known no closer than to the stretch, and `undated` to those that have no date, where they stand on pages of their own.
    These have a `paging`, and so has a day that is much. `above` are the stretches within which it lies, `older` and `newer` its
    neighbours."""

    frame: Frame
    title: str
    period: str
    way: str
    ways: tuple[WayView, ...]
    above: tuple[LinkView, ...]
    counted: str
    grain: str
    rows: tuple[CellRowView, ...]
    heads: tuple[str, ...]
    lanes: tuple[LaneView, ...]
    groups: tuple[TimelineGroupView, ...]
    aside: LinkView | None
    undated: LinkView | None
    older: LinkView | None
    newer: LinkView | None
    paging: PagingView


class ListView(View, frozen=True):
    """A list of pages; `frame.section` tells of what kind. `total`: how many; None on the numbered pages. `groups`: the pages under a
    heading each, a year; by title, in one group without. `facets`: the parts of a long list, on the front of
    the whole alone; `whole` leads back there from a part. `has_kinds`, `has_figures`: whether any row has such.
    """

    frame: Frame
    title: str
    groups: tuple[GroupView, ...]
    total: int | None
    facets: tuple[FacetView, ...]
    whole: LinkView | None
    has_kinds: bool
    has_figures: bool
    paging: PagingView


class GroupView(View, frozen=True):
    label: str
    rows: tuple[RowView, ...]


class RowView(View, frozen=True):
    """A page in a list. Of what articles lead to, how many these are, how many claims and sources they name with it, and the date of the
    newest; of a claim the newest figures."""

    card: CardView
    articles: int = 0
    claims: int = 0
    sources: int = 0
    last: DateView | None = None
    latest: ReadingView | None = None


class FacetView(View, frozen=True):
    """By what a list is taken apart ("By kind"), and the parts."""

    label: str
    parts: tuple[PartView, ...]


class PartView(View, frozen=True):
    """A part of a list: `count` are its pages."""

    text: str
    href: str
    count: int


class MapPlaceView(View, frozen=True):
    """A place of the map of all: how many articles lead to it, and what its location stands for, in words."""

    card: CardView
    articles: int
    precision: str


class ClusterView(View, frozen=True):
    """Places that lie together on the map of all: how many, the one of them that most articles lead to, and where. `r` grows with the
    articles."""

    x: int
    y: int
    r: int
    count: int
    place: CardView


class MapPageView(View, frozen=True):
    """The map of all places: `map` without marks, and on it `clusters`; `left_out` places lie beyond. `places` are those that most articles
    lead to, by their titles, of `total`; `all` leads to the list of all. `data` are the addresses of what its script reads: "places",
    "articles" and "base"; `tiles` the pattern of the addresses of tiles, with whom they are owed to, empty without; `view` the number of
    the point of view on borders."""

    frame: Frame
    title: str
    map: MapView
    clusters: tuple[ClusterView, ...]
    left_out: int
    places: tuple[MapPlaceView, ...]
    total: int
    all: LinkView
    data: dict[str, str]
    tiles: str
    credit: str
    view: int


class LeadView(View, frozen=True):
    """The newest article, as a front page presents it: with its first words, in its own language."""

    article: CardView
    words: str
    lang: str


class NewestView(View, frozen=True):
    """The newest figures of a claim, and the article that states them."""

    claim: CardView
    article: CardView
    reading: ReadingView


class OddView(View, frozen=True):
    """A list that does not come to its total, and the article in which it stands."""

    article: CardView
    sum: SumView


class ApartView(View, frozen=True):
    """A claim of which several voices give figures, as of one day, that do not meet."""

    claim: CardView
    readings: tuple[ReadingView, ...]


class DiffersView(View, frozen=True):
    """All that differs: the claims of which figures of several voices do not meet, and on the front the newest sums that do not hold."""

    frame: Frame
    title: str
    apart: tuple[ApartView, ...]
    odd: tuple[OddView, ...]
    paging: PagingView


class HomeView(View, frozen=True):
    """`differs`: the address of the page of all that differs, empty without one. `lead` is the newest article whose words may be
    shown; it is the first of `latest` too. `figures`: the claims with the newest ones; `odd`: what does not add up, of the newest
    articles; `apart`: where the newest figures of several voices do not meet; `strip`: of which months the articles are, where these
    are several."""

    frame: Frame
    title: str
    blocks: tuple[BlockView, ...]
    lead: LeadView | None
    latest: tuple[CardView, ...]
    figures: tuple[NewestView, ...]
    odd: tuple[OddView, ...]
    apart: tuple[ApartView, ...]
    differs: str
    strip: StripView | None
    counts: tuple[CountView, ...]


class CountView(View, frozen=True):
    """How many pages of a kind there are: `number` is the count as the site's language writes it, `label` the noun behind it."""

    label: str
    count: int
    number: str
    href: str


class CorrectedView(View, frozen=True):
    """That a page was corrected. One that was taken back has no title: it went with the page."""

    date: DateView
    title: str
    href: str
    reason: str
    by: str


class FreeView(View, frozen=True):
    """`corrections` are those of this page itself; that of the corrections has besides all that was `corrected`, the newest first."""

    frame: Frame
    title: str
    blocks: tuple[BlockView, ...]
    corrections: tuple[CorrectionView, ...]
    corrected: tuple[CorrectedView, ...]
    paging: PagingView
    review: str


class TombstoneView(View, frozen=True):
    frame: Frame
    title: str
    date: DateView
    reason: str


class RedirectView(View, frozen=True):
    frame: Frame
    title: str
    href: str


class WaivedView(View, frozen=True):
    """A check that an editor waived on a page: what it tells of, and why it is waived there."""

    card: CardView
    code: str
    means: Markup
    why: str


class ChecksView(View, frozen=True):
    """What is waived of the archive's checks."""

    frame: Frame
    title: str
    waived: tuple[WaivedView, ...]


class SearchView(View, frozen=True):
    """The page on which one searches. `index` is the address of the archive's index; `kinds` the lists of what there is to be found;
    `stemmers`: the addresses of the scripts that take words without their endings, of each language of the archive that has one."""

    frame: Frame
    title: str
    index: str
    kinds: tuple[LinkView, ...]
    stemmers: tuple[str, ...]


class DataFileView(View, frozen=True):
    """A file of open data. `about` says what it holds; `size` in words ("1.2 MB"); `rows`, a number in words, is empty where it
    has none; `form` is the address of the standard that it follows, `schema` that of the file which describes it; both may be empty."""

    name: str
    href: str
    about: str
    media: str
    size: str
    rows: str
    form: str
    schema: str


class ColumnView(View, frozen=True):
    """A column of a table; `refers`: the table whose rows it names, empty where it names none. `about` is in English."""

    name: str
    about: str
    refers: str


class TableView(View, frozen=True):
    """A table of the database; `rows`: how many it has, in words. `about` is in English."""

    name: str
    about: str
    rows: str
    columns: tuple[ColumnView, ...]


class DataFilesView(View, frozen=True):
    """The page of the open data. `files`: those that people come for; `descriptions`: those that describe them; `licence`: under which the
    archive gives its data, where its owner says."""

    frame: Frame
    title: str
    files: tuple[DataFileView, ...]
    descriptions: tuple[DataFileView, ...]
    tables: tuple[TableView, ...]
    licence: LinkView | None


class NotFoundView(View, frozen=True):
    frame: Frame
    title: str


PageView = (
    ArticleView
    | PlaceView
    | TopicView
    | SourceView
    | ClaimView
    | DayPageView
    | TimelineView
    | ListView
    | MapPageView
    | HomeView
    | FreeView
    | TombstoneView
    | RedirectView
    | ChecksView
    | SearchView
    | DataFilesView
    | DiffersView
    | NotFoundView
)


class SiteView(View, frozen=True):
    """What every page shows of the site. `csp` is the Content Security Policy for `<meta>`; `assets` maps a name in the theme's
    `assets/` to its address, `settings` each setting of the theme to what is chosen; `search` is the
    page on which one searches, empty without one. `lang` and `dir` ("ltr" or "rtl") are those of the
    archive, for `<html>`. A `preview` is not to be found by search engines."""

    title: str
    description: str
    lang: str
    dir: str
    home: str
    sections: tuple[LinkView, ...]
    nav: tuple[LinkView, ...]
    policies: tuple[LinkView, ...]
    feed: str
    assets: dict[str, str]
    settings: dict[str, str | bool]
    search: str
    csp: str
    preview: bool
