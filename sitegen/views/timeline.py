"""The views of the timeline: strips of cells that lead into it, lanes of what is named most, and what is listed day by day."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import msgspec

from sitegen.archive.timeline import anchor_of
from sitegen.archive.timepages import SPAN, UNDATED
from sitegen.model.article import ArticleCard, EntryCard
from sitegen.model.dates import Edtf, edtf
from sitegen.model.kinds import TIMELINE
from sitegen.model.pages import Contributed, Counted, Lane, Listed, Paging, StretchAt, TimelinePage
from sitegen.model.prepared import prepared
from sitegen.model.site import Contribution
from sitegen.model.speech import message
from sitegen.speech import Speech
from sitegen.speech.dates import text_of
from sitegen.views import words
from sitegen.views.entries import found_views
from sitegen.views.paging import numbered, paging_view
from sitegen.views.shelf import Shelf
from sitegen.views.types import (
    CellRowView,
    CellView,
    DayView,
    LaneView,
    LinkView,
    TimelineEntryView,
    TimelineGroupView,
    TimelineView,
    TimeSpanView,
    WayView,
)

# Translators: the two ways in which the timeline is told, beside one another: by the dates of articles, and by those of events.
WAYS = {"reported": message("When it was reported"), "happened": message("When it is said to have happened")}
BROAD = 1000
_contribution = msgspec.msgpack.Decoder(prepared(Contribution)).decode


def timeline_view(page: TimelinePage, shelf: Shelf) -> TimelineView:
    """The view of a stretch of the timeline."""
    speech = shelf.speech
    is_front = not page.above
    place = page.paging or Paging(page.address)
    title = _of_part(page.part, page.period, speech) or (words.title(speech, TIMELINE) if is_front else _named(page.period, speech))
    # Translators: the title of a window: "May 2022: said to have happened".
    in_window = title if page.way == "reported" else speech.gettext("%(title)s: said to have happened") % {"title": title}
    in_window = numbered(in_window, place, speech, dated=False)
    return TimelineView(
        frame=shelf.frame(page.template, in_window, page.address, TIMELINE),
        title=title,
        period=page.period,
        way=page.way,
        ways=tuple(_ways(page, shelf)),
        above=tuple(_within(page.above, shelf)),
        counted=words.counted(speech, page.way, page.total) if page.total is not None else "",
        grain=page.grain,
        rows=tuple(_rows(page, shelf)),
        heads=tuple(_heads(page.columns, speech)),
        lanes=tuple(_lane(lane, page, shelf) for lane in page.lanes if lane.subject in shelf.cards),
        groups=tuple(_groups(page, shelf)),
        aside=_apart(SPAN, page.aside, page, shelf),
        undated=_apart(UNDATED, page.undated, page, shelf),
        older=stretch_link(page.older, shelf) if page.older else None,
        newer=stretch_link(page.newer, shelf) if page.newer else None,
        paging=paging_view(place, shelf, dated=False),
    )


def _apart(part: str, found: tuple[int, str] | None, page: TimelinePage, shelf: Shelf) -> LinkView | None:
    """The link to what stands on pages of its own."""
    if found is None:
        return None
    count, address = found
    speech = shelf.speech
    text = words.of_counted(speech, _of_part(part, page.period, speech), words.counted(speech, page.way, count))
    return LinkView(text, shelf.href(address))


def _of_part(part: str, period: str, speech: Speech) -> str:
    """What stands on pages of its own, as a heading; empty for what does not."""
    return {SPAN: _loosely(period, speech), UNDATED: speech.gettext("Undated")}.get(part, "")


def stretch_link(stretch: StretchAt, shelf: Shelf) -> LinkView:
    """A link to a stretch of the timeline."""
    period, address = stretch
    path, sharp, anchor = address.partition("#")
    return LinkView(_named(period, shelf.speech) or words.title(shelf.speech, TIMELINE), shelf.href(path) + sharp + anchor)


def _within(above: Sequence[StretchAt], shelf: Shelf) -> Iterator[LinkView]:
    for number, one in enumerate(above):
        link = stretch_link(one, shelf)
        yield link if number else LinkView(words.title(shelf.speech, TIMELINE), link.href)


def _ways(page: TimelinePage, shelf: Shelf) -> Iterator[WayView]:
    for way, text in WAYS.items() if page.other else ():
        is_current = way == page.way
        yield WayView(way, shelf.speech.gettext(text), shelf.href(page.address if is_current else page.other), is_current)


def _named(period: str, speech: Speech) -> str:
    """A stretch in words; empty for all time."""
    return text_of(speech, period, weekday=True) if period else ""


def _loosely(period: str, speech: Speech) -> str:
    """What is known no closer than to a stretch, as a heading."""
    if not period:
        return speech.gettext("Not known to the year")
    # Translators: a heading over what is dated no closer: "Some time in May 2022", "Some time in 1911".
    return speech.gettext("Some time in %(period)s") % {"period": text_of(speech, period)}


# strips


def _rows(page: TimelinePage, shelf: Shelf) -> Iterator[CellRowView]:
    """The rows of a strip; where a year or a month between others has nothing, its row is empty, but not where a decade has."""
    counts = {one.period: one for one in page.cells}
    known = {one.period: one for one in page.rows}
    most = max([one.count for one in page.cells], default=0)
    for period in _between(page.grain, [one.period for one in page.rows]):
        row = known.get(period) or Counted(period, 0, "")
        is_month = page.grain == "day" and page.period == period[:4]
        text = shelf.speech.cldr.lone_months[int(period[5:]) - 1] if is_month else text_of(shelf.speech, period)
        yield CellRowView(
            period=period,
            text=text if period != page.period or not page.above else "",
            href=_href(row.address, shelf),
            count=row.count,
            cells=tuple([_cell(one, counts.get(one), most, page, shelf) for one in _cells(page.grain, period)]),
        )


def _between(grain: str, rows: Sequence[str]) -> Iterable[str]:
    if grain == "year" or not rows:
        return rows
    if grain == "month":
        return [f"{year:04}" for year in range(int(rows[0]), int(rows[-1]) + 1)]
    first, last = (int(one[:4]) * 12 + int(one[5:]) - 1 for one in (rows[0], rows[-1]))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(first, last + 1)]


def _cells(grain: str, row: str) -> list[str]:
    """The stretches of a row, whether anything lies in them or not."""
    if grain == "year":
        return [f"{row[:3]}{number}" for number in range(10)]
    days = 12 if grain == "month" else calendar.monthrange(int(row[:4]), int(row[5:]))[1]
    return [f"{row}-{number:02}" for number in range(1, days + 1)]


def _cell(period: str, found: Counted | None, most: int, page: TimelinePage, shelf: Shelf, of: str = "") -> CellView:
    """A cell of a strip, or, `of` a subject, of a lane. Before the year 1 there is none: its place is empty."""
    speech = shelf.speech
    if period == "0000":
        return CellView("", "")
    if len(period) == 4:
        label = text_of(speech, period)
    else:
        label = speech.cldr.short_months[int(period[5:]) - 1] if len(period) == 7 else str(int(period[8:]))
    if found is None:
        return CellView(period, label)
    what = text_of(speech, period)
    if of:
        # Translators: what the cell of a strip is of: "Mira, May 2022".
        what = speech.gettext("%(name)s, %(date)s") % {"name": of, "date": what}
    return CellView(
        period=period,
        label=label,
        name=words.of_counted(speech, what, words.counted(speech, page.way, found.count)),
        href=_href(found.address, shelf),
        count=found.count,
        heat=_heat(found.count, most),
    )


def _heat(count: int, most: int) -> int:
    """How much a number is beside the largest, by its magnitude: 1 is 1, the largest 5. Where all are alike, none stands out.

    >>> [_heat(count, 300) for count in (1, 2, 10, 100, 300)], _heat(1, 1)
    ([1, 1, 3, 4, 5], 3)
    """
    if most == 1:
        return 3
    return 1 + sum(1 for step in range(1, 5) if count**8 > most ** (2 * step - 1))


def _href(address: str, shelf: Shelf) -> str:
    path, sharp, anchor = address.partition("#")
    return shelf.href(path) + sharp + anchor if address else ""


def _lane(lane: Lane, page: TimelinePage, shelf: Shelf) -> LaneView:
    counts = {one.period: one for one in lane.cells}
    most = max(one.count for other in page.lanes for one in other.cells)
    link, card = shelf.link(lane.subject), shelf.cards[lane.subject]
    return LaneView(
        subject=link,
        kind=words.category(shelf.speech, card.kind, card.category) if isinstance(card, EntryCard) else "",
        count=sum(one.count for one in lane.cells),
        cells=tuple([_cell(one, counts.get(one), most, page, shelf, link.text) for one in page.columns]),
    )


def _heads(columns: Sequence[str], speech: Speech) -> Iterator[str]:
    """What stands over the columns of lanes: the months, and where they are of several years the year with its first."""
    is_of_years = len({column[:4] for column in columns}) > 1
    for number, column in enumerate(columns):
        if len(column) == 7 and not (is_of_years and (not number or column.endswith("-01"))):
            yield speech.cldr.short_months[int(column[5:]) - 1]
        else:
            yield column[:4].replace("X", "0")


# what is listed


def _groups(page: TimelinePage, shelf: Shelf) -> Iterator[TimelineGroupView]:
    known = [one for one in page.listed if one.article in shelf.cards]
    for (period, is_dated), some in groupby(known, key=lambda one: (one.period, bool(one.value) or _card(one, shelf).date is not None)):
        group = list(some)
        title = _loosely(period, shelf.speech) if len(period) in (0, 7) or period.isdecimal() else _named(period, shelf.speech)
        yield TimelineGroupView(
            id=anchor_of(period) if is_dated else "_undated",
            period=period,
            title=title if is_dated else shelf.speech.gettext("Undated"),
            days=tuple(dict.fromkeys(day for one in group if (day := _day(one, shelf)) is not None)),
            entries=tuple([_entry(one, page, shelf) for one in group]),
        )


def _card(one: Listed, shelf: Shelf) -> ArticleCard:
    card = shelf.cards[one.article]
    assert isinstance(card, ArticleCard)
    return card


def _day(one: Listed, shelf: Shelf) -> DayView | None:
    """What the calendar of the article calls the day: its own, or that of which it states something."""
    card = _card(one, shelf)
    if not one.value:
        return shelf.day(card.calendar, card.day)
    if len(one.period) < 10 or card.calendar is None:
        return None
    scale = shelf.site.calendars[card.calendar]
    passed = datetime.date.fromisoformat(one.period) - datetime.date.fromisoformat(scale.epoch)
    return shelf.day(card.calendar, passed.days + scale.first_day)


def _entry(one: Listed, page: TimelinePage, shelf: Shelf) -> TimelineEntryView:
    card = _card(one, shelf)
    if not one.value:
        is_told = card.date is None or card.date.text == one.period
        date = None if is_told else card.date
        return TimelineEntryView(shelf.card(card), words.date_view(date, shelf.speech) if date else None, _span(card.date, one, page), None)
    when = _contribution(one.value).appearances[0].when
    (found,) = found_views([Contributed(one.article, one.value)], shelf)
    return TimelineEntryView(shelf.card(card), None, _span(when.date if when else None, one, page), found)


def _span(date: Edtf | None, one: Listed, page: TimelinePage) -> TimeSpanView | None:
    """Where in a year, or in all that the page is of, a date lies; None where it is known to the month, or may lie anywhere."""
    within = [one.period] if one.period else [cell.period for cell in (page.cells[:1] + page.cells[-1:])]
    if date is None or len(one.period) > 4 or not within:
        return None
    start, stop = _bounds(within[0])[0], _bounds(within[-1])[1] + 1
    first, last = max(start, _number(date.first)), min(stop, _number(date.last) + 1)
    if (first, last) == (start, stop) or first >= last:
        return None
    unit = BROAD / (stop - start)
    at = round((first - start) * unit)
    return TimeSpanView(at, max(1, round((last - start) * unit) - at))


def _bounds(period: str) -> tuple[int, int]:
    """The numbers of the first and the last day of a stretch; the calendar begins with the year 1."""
    if not period.endswith("X"):
        found = edtf(period)
        return _number(found.first), _number(found.last)
    return datetime.date(max(1, int(period.replace("X", "0"))), 1, 1).toordinal(), _number(f"{period.replace('X', '9')}-12-31")


def _number(iso: str) -> int:
    return datetime.date.fromisoformat(iso).toordinal()
