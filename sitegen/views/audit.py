"""The audit of an article's dates: all its words that tell a time, where a rule leads from them, and how an editor reads them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping

from sitegen.content.expressions import expressions
from sitegen.content.text import normal
from sitegen.model.article import Article
from sitegen.model.dates import Edtf
from sitegen.model.records import Calendar
from sitegen.model.text import Block
from sitegen.views import words
from sitegen.views.passages import ids_of
from sitegen.views.shelf import Shelf
from sitegen.views.types import DatedWordsView


def audit(article: Article, shelf: Shelf) -> tuple[DatedWordsView, ...]:
    """Every wording that tells a time, once for each day that it leads to, in the order of the text."""
    card = article.card
    calendar = shelf.site.calendars.get(card.calendar or "")
    base = card.date.day if card.date else None
    editors = {normal(quote).casefold(): date for quote, date in _read(article)}
    found: dict[tuple[str, Edtf | None], DatedWordsView] = {}
    for href, block in _blocks(article):
        for one in expressions(block.text, card.lang or shelf.site.lang, base, calendar):
            wording = block.text[one.start : one.end]
            key = (wording.casefold(), one.date)
            if key not in found:
                found[key] = _row(wording, href, one.rule, one.date, editors, calendar, shelf)
    return tuple(found.values())


def _row(
    wording: str,
    href: str,
    rule: str,
    date: Edtf | None,
    editors: Mapping[str, Edtf],
    calendar: Calendar | None,
    shelf: Shelf,
) -> DatedWordsView:
    read = next((read for quote, read in editors.items() if normal(wording).casefold() in quote), None)
    meant = read or date
    day = meant.day if meant else None
    number = _number(day, calendar) if day and calendar else None
    return DatedWordsView(
        words=wording,
        href=href,
        rule=words.said(shelf.speech, words.RULES, rule),
        date=words.date_view(date, shelf.speech) if date else None,
        read=words.date_view(read, shelf.speech) if read and read != date else None,
        day=words.day_label(calendar, number) if number is not None and calendar else "",
        otherwise=shelf.speech.number(str(number + (1 if calendar.first_day == 0 else -1))) if number is not None and calendar else "",
    )


def _number(day: datetime.date, calendar: Calendar) -> int:
    return (day - datetime.date.fromisoformat(calendar.epoch)).days + calendar.first_day


def _read(article: Article) -> Iterator[tuple[str, Edtf]]:
    """The words of which editors say to which date they lead."""
    if article.front.date is not None:
        yield from ((basis.quote, article.front.date) for basis in article.front.date_basis if basis.quote)
    for one in article.statements:
        yield from ((time.quote, time.date) for time in (one.as_of, one.when, one.said) if time is not None and time.quote)


def _blocks(article: Article) -> Iterable[tuple[str, Block]]:
    """The article's blocks, each with the address of its passage."""
    yield "", article.title
    for id, element in zip(ids_of(article.elements), article.elements, strict=True):
        yield from ((f"#{id}", block) for block in element.blocks)
