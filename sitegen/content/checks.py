"""What is told of one file by what it says itself: tables of checks of articles and of entries, each a pure function of what was read.

What needs other files is checked in `archive.checks`. How a check is switched and waived is the table of rules' (`model.rules`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from sitegen.content.datecheck import Dated, disagreeing
from sitegen.content.dating import WEEKDAYS
from sitegen.content.expressions import weekday_of
from sitegen.content.figures import contradicted, gloss_fits
from sitegen.content.loaded import loaded
from sitegen.content.numbers import share_of
from sitegen.content.reading import Reading
from sitegen.content.snapshots import repeated
from sitegen.content.words import Words
from sitegen.model import records
from sitegen.model.article import UNNAMED, Statement, Sum
from sitegen.model.base import Record
from sitegen.model.problem import Code
from sitegen.model.rules import RULES


class Checked(NamedTuple):
    """An article as its checks see it. `statements` and `sums` stand beside what they were made from; `dates` are those that can be read
    from words of it; `calendar` is what it counts its days by."""

    record: records.Article
    words: Words
    statements: tuple[tuple[records.Appearance, Statement], ...]
    sums: tuple[tuple[records.Group, Sum, Statement], ...]
    dates: tuple[Dated, ...]
    calendar: records.Calendar | None
    lang: str


class Remark(NamedTuple):
    """What a check tells: of which record, what is wrong with it, and what to do; `line`: where in the body, if it is of that."""

    at: Record
    message: str
    hint: str
    line: int = 0


class ArticleCheck(NamedTuple):
    """A check of one article."""

    code: Code
    look: Callable[[Checked], Iterator[Remark]]


class EntryCheck(NamedTuple):
    """A check of one entry by its record; `lang` is the archive's language."""

    code: Code
    look: Callable[[records.Page, str], Iterator[Remark]]


def image_not_placed(article: Checked) -> Iterator[Remark]:
    """Images that are described, and stand nowhere."""
    placed = {*article.words.captions.values()}
    for image in article.record.images:
        if image.id not in placed and not image.added:
            yield Remark(image, f"the image {image.id!r} is not in the body", f"write `![](image:{image.id})` where it stands")


def hedge_disagrees(article: Checked) -> Iterator[Remark]:
    """Figures whose hedge is another than the words before them say."""
    for written, one in article.statements:
        for why in contradicted(written.figures or (), one.quote, article.words.blocks[one.block].text, one.start, article.lang):
            yield Remark(written, why, "correct `hedge`, or leave it out: it is read from the text")


def hedge_not_found(article: Checked) -> Iterator[Remark]:
    """Hedges that are no words of the passage."""
    for written, one in article.statements:
        if written.hedge and not article.words.haystack.has(written.hedge, one.block):
            yield Remark(written, f"“{written.hedge}” does not stand in the same passage", "quote the text's own words")


def gloss_differs(article: Checked) -> Iterator[Remark]:
    """Glosses that change more than they add."""
    for written, one in article.statements:
        if written.gloss and not gloss_fits(written.gloss, one.quote):
            yield Remark(written, "the gloss without its brackets is not the quote", "put what you add in square brackets")


def group_sum(article: Checked) -> Iterator[Remark]:
    """Totals that their items do not come to."""
    for group, sum_, total in article.sums:
        if sum_.holds:
            continue
        low, high = sum_.low, sum_.high
        bound = f"at most {high:,}" if group.list_ == "partial" else f"{low:,} to {high:,}" if low != high else f"{low:,}"
        message = f"the items sum to {sum_.sum:,}; “{total.quote}” allows {bound}"
        yield Remark(group, message, "the page shows both figures; correct a quote, or leave it as what the text says")


def unused_correction(article: Checked) -> Iterator[Remark]:
    """Corrections of names that do not occur."""
    places = article.record.places
    for wording in (*places.ignore, *places.as_):
        if not article.words.stands(wording):
            yield Remark(places, corrects_nothing(wording), "correct the wording, or take the line out")


def corrects_nothing(wording: str) -> str:
    """What is told of a correction of a name that does not occur."""
    return f"“{wording}” does not stand in the text"


def date_disagrees(article: Checked) -> Iterator[Remark]:
    """Dates that their words, read by the rule that is given, do not lead to."""
    for at, why in disagreeing(article.dates, article.record, article.calendar):
        yield Remark(at, why, "correct the date, the quote or the rule; `rule: editor` makes it your reading")


def weekday_disagrees(article: Checked) -> Iterator[Remark]:
    """Days of the week before dates that are of another."""
    for block in article.words.blocks:
        for wording, weekday, date in weekday_of(block.text, article.lang):
            if date.day is not None and date.day.weekday() != weekday:
                message = f"“{wording}”: {date.text} was a {WEEKDAYS[date.day.weekday()].capitalize()}"
                yield Remark(
                    article.record, message, "hold it against the seed; if the text prints it so, add a note, and waive it", block.line
                )


def share_over(article: Checked) -> Iterator[Remark]:
    """Shares of more than the whole."""
    for written, one in article.statements:
        for figure in one.figures:
            if figure.share and share_of(figure.share) > 1:
                hint = "correct it; where it is no part of a whole, waive it and say so"
                yield Remark(written, f"the share {figure.share} is more than the whole", hint)


def share_misfits(article: Checked) -> Iterator[Remark]:
    """Statements of a part, a whole and a share that do not fit. A percentage means half a unit of its last place either way."""
    for written, one in article.statements:
        shares = [figure.share for figure in one.figures if figure.share]
        values = sorted(figure.value for figure in one.figures if figure.value is not None)
        units = {figure.unit for figure in one.figures if figure.value is not None}
        if len(shares) == 1 and len(values) == 2 and len(units) == 1 and values[1]:
            part = Fraction(values[0]) / Fraction(values[1])
            if abs(part - share_of(shares[0])) > _half_a_place(shares[0]):
                message = f"{values[0]:,} of {values[1]:,} is {_percent(part)}, and the share is {shares[0]}"
                yield Remark(written, message, "hold the figures against the text; if it prints them so, waive it")


def _half_a_place(share: str) -> Fraction:
    """How far a part may be from a share that was rounded: of fractions a twentieth, for they are told in words."""
    if not share.endswith("%"):
        return Fraction(1, 20)
    decimals = len(share.rstrip("% ").partition(".")[2])
    return Fraction(1, 200 * 10**decimals)


def _percent(part: Fraction) -> str:
    return f"{round(Decimal(part.numerator * 100) / Decimal(part.denominator), 1):f} %"


def uncredited_figure(article: Checked) -> Iterator[Remark]:
    """Figures that are credited to nobody."""
    for written, one in article.statements:
        if one.figures and not set(one.sources) - {UNNAMED}:
            who = "an unnamed source" if one.sources else "nobody"
            yield Remark(written, f"the figure of “{one.quote}” is credited to {who}", "name the `source`; `article` is the text itself")


def source_without_document(article: Checked) -> Iterator[Remark]:
    """Sources that are cited without a document."""
    for one in article.record.sources:
        if one.document is None:
            yield Remark(one, f"{one.source!r} is cited, and no document is named", "write `document`, with its title and date")


def document_without_address(article: Checked) -> Iterator[Remark]:
    """Documents that readers cannot look up."""
    for one in article.record.sources:
        if one.document is not None and not one.document.url and not one.document.archived:
            message = f"the document of {one.source!r} has neither an address nor a snapshot"
            yield Remark(one.document, message, "write its `url`, or a snapshot under `archived`")


def snapshot_twice(article: Checked) -> Iterator[Remark]:
    """Snapshots that say nothing more than another, or than the address."""
    yield from _repeated(article.record)


def snapshot_twice_beside(record: records.Page, _: str) -> Iterator[Remark]:
    """The same of an entry."""
    yield from _repeated(record)


def _repeated(record: records.Page) -> Iterator[Remark]:
    for one, message in repeated(record):
        yield Remark(one, message, "take it out, or correct its address")


def no_alt(article: Checked) -> Iterator[Remark]:
    """Pictures that are not described."""
    for image in article.record.images:
        if image.file and not image.alt:
            yield Remark(image, f"the picture {image.file[0]!r} is not described", "write `alt`: what it shows")


def alt_is_caption(article: Checked) -> Iterator[Remark]:
    """Pictures that are described by their captions."""
    for image in article.record.images:
        if image.alt and _letters(image.alt) == _letters(image.caption):
            yield Remark(image, f"`alt` of the image {image.id!r} says what its caption says", "write what the picture shows")


def _letters(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def no_credit(article: Checked) -> Iterator[Remark]:
    """Pictures that nobody is said to have made."""
    for image in article.record.images:
        if image.file and not image.credit:
            yield Remark(image, f"nobody is said to have made the picture {image.file[0]!r}", "write `credit`")


def loaded_notes(article: Checked) -> Iterator[Remark]:
    """Words that take sides in notes, in what is added in brackets and in captions of added pictures. A note on loaded language may name
    it."""
    for note in article.record.annotations:
        if note.kind != "loaded-language":
            yield from _loaded(note, note.note or "", article.lang)
    for image in article.record.images:
        if image.added:
            yield from _loaded(image, image.caption, article.lang)
    for written, _ in article.statements:
        for added in re.findall(r"\[([^\[\]]*)\]", written.gloss or ""):
            yield from _loaded(written, added, article.lang)


def _loaded(at: Record, text: str, lang: str) -> Iterator[Remark]:
    for word in dict.fromkeys(loaded(text, lang)):
        yield Remark(at, f"“{word}” takes sides, and the words are ours", "say what happened; what is quoted, put in quotation marks")


def loaded_title(record: records.Page, lang: str) -> Iterator[Remark]:
    """Words that take sides in the title of a claim."""
    if isinstance(record, records.Claim):
        yield from _loaded(record, record.title, lang)


def unplaced(record: records.Page, _: str) -> Iterator[Remark]:
    """Places of which nothing says where they are."""
    if isinstance(record, records.Place) and record.location is None:
        yield Remark(record, "no `location`: no map can show the place", "write `location: {lat: …, lon: …}` and `precision`")


def verdict_without_evidence(record: records.Page, _: str) -> Iterator[Remark]:
    """Verdicts that rest on nothing that readers could look up."""
    for verdict in record.assessment if isinstance(record, records.Claim) else ():
        if not verdict.evidence:
            yield Remark(verdict, "the verdict names no evidence", "write `evidence`: title or address, publisher, date")


CHECKS = (
    ArticleCheck("image-not-placed", image_not_placed),
    ArticleCheck("hedge-disagrees", hedge_disagrees),
    ArticleCheck("hedge-not-found", hedge_not_found),
    ArticleCheck("gloss-differs", gloss_differs),
    ArticleCheck("group-sum", group_sum),
    ArticleCheck("unused-correction", unused_correction),
    ArticleCheck("date-disagrees", date_disagrees),
    ArticleCheck("weekday-disagrees", weekday_disagrees),
    ArticleCheck("share-over", share_over),
    ArticleCheck("share-misfits", share_misfits),
    ArticleCheck("uncredited-figure", uncredited_figure),
    ArticleCheck("source-without-document", source_without_document),
    ArticleCheck("document-without-address", document_without_address),
    ArticleCheck("snapshot-twice", snapshot_twice),
    ArticleCheck("no-alt", no_alt),
    ArticleCheck("alt-is-caption", alt_is_caption),
    ArticleCheck("no-credit", no_credit),
    ArticleCheck("loaded-word", loaded_notes),
)
"""In the order in which they look."""
ENTRY_CHECKS = (
    EntryCheck("snapshot-twice", snapshot_twice_beside),
    EntryCheck("unplaced", unplaced),
    EntryCheck("verdict-without-evidence", verdict_without_evidence),
    EntryCheck("loaded-word", loaded_title),
)


def remarked(
    checks: Sequence[ArticleCheck] | Sequence[EntryCheck],
    subject: tuple[Checked] | tuple[records.Page, str],
    reader: Reading,
    asked: Collection[str],
) -> None:
    """Notes what the checks of a table tell of their subject; those that are quiet where they are `asked`."""
    for check in checks:
        rule = RULES[check.code]
        if not rule.is_quiet or check.code in asked:
            for remark in check.look(*subject):
                reader.problem(remark.at, check.code, remark.message, remark.hint, line=remark.line, warning=rule.severity == "warning")
