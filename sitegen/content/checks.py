"""What is told of one article by what it says itself: a table of checks, each a pure function of the article as it was read.

What needs other files is checked in `archive.checks`. How a check is switched and waived is the table of rules' (`model.rules`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from sitegen.content.datecheck import Dated, disagreeing
from sitegen.content.figures import contradicted, gloss_fits
from sitegen.content.words import Words
from sitegen.model import records
from sitegen.model.article import Statement, Sum
from sitegen.model.base import Record
from sitegen.model.problem import Code


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
    """What a check tells: of which record, what is wrong with it, and what to do."""

    at: Record
    message: str
    hint: str


class ArticleCheck(NamedTuple):
    """A check of one article."""

    code: Code
    look: Callable[[Checked], Iterator[Remark]]


def image_not_placed(article: Checked) -> Iterator[Remark]:
    """Images that are described, and stand nowhere."""
    placed = {*article.words.captions.values()}
    for image in article.record.images:
        if image.id not in placed:
            yield Remark(image, f"the image {image.id!r} is not in the body", f"write `![](image:{image.id})` where it stands")


def hedge_disagrees(article: Checked) -> Iterator[Remark]:
    """Figures whose hedge is another than the words before them say."""
    for written, one in article.statements:
        for why in contradicted(written.figures, one.quote, article.words.blocks[one.block].text, one.start, article.lang):
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
            yield Remark(places, f"“{wording}” does not stand in the text", "correct the wording, or take the line out")


def date_disagrees(article: Checked) -> Iterator[Remark]:
    """Dates that their words, read by the rule that is given, do not lead to."""
    for at, why in disagreeing(article.dates, article.record, article.calendar):
        yield Remark(at, why, "correct the date, the quote or the rule; `rule: editor` makes it your reading")


CHECKS = (
    ArticleCheck("image-not-placed", image_not_placed),
    ArticleCheck("hedge-disagrees", hedge_disagrees),
    ArticleCheck("hedge-not-found", hedge_not_found),
    ArticleCheck("gloss-differs", gloss_differs),
    ArticleCheck("group-sum", group_sum),
    ArticleCheck("unused-correction", unused_correction),
    ArticleCheck("date-disagrees", date_disagrees),
)
"""In the order in which they look."""
