"""The view of a claim, and statements by the claims that they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sitegen import urls
from sitegen.archive.parts import is_complete, part_sums
from sitegen.archive.series import Event, events
from sitegen.model import records
from sitegen.model.article import PAGELESS, Key
from sitegen.model.kinds import CLAIMS, SOURCES
from sitegen.model.tally import Reading, Series, Tally, short_key, tally_key
from sitegen.speech import Speech
from sitegen.views import words
from sitegen.views.chart import chart_view, small_view
from sitegen.views.dotstrip import strip_view
from sitegen.views.revisions import revisions
from sitegen.views.shelf import Shelf
from sitegen.views.subject import Subject, each, view_of
from sitegen.views.telling import evidence_views, reading_view
from sitegen.views.types import (
    AssessmentView,
    BreakView,
    CardView,
    ClaimView,
    DegreeView,
    EventView,
    FoundView,
    LinkView,
    OfClaimView,
    PartOfView,
    PartSumView,
    RelationView,
    StatedView,
    StatusView,
    WordingView,
)

SUMS = 5
"""Days of which the parts are added up on the page of a total."""
_PARTING = ("part-of", "total-of")
"""The relations of a whole to its parts."""


@view_of(records.Claim)
def _claim(record: records.Claim, of: Subject) -> ClaimView:
    related = [(one.type, 0, card) for one in record.relations for card in of.shelf.known([CLAIMS.key(one.claim)])]
    for card in of.related:
        related += [(how, 1, of.shelf.card(card)) for how, key in getattr(card, "relations", ()) if key == of.card.key]
    gettext = of.shelf.speech.gettext
    found = of.shelf.cards.get(tally_key(of.card.key))
    tally = found if isinstance(found, Tally) else None
    happening = list(events(of.readings, record.breaks, cumulative=bool(record.measure and record.measure.cumulative)))
    measure = record.measure
    stated = stated_of(of.found)
    series = sorted((one for one in stated if one.statement.figures), key=_when, reverse=True)
    return ClaimView(
        frame=of.frame,
        title=record.title,
        kind=of.kind,
        unit=measure.unit if measure else "",
        about=(measure.about or "") if measure else "",
        cumulative=bool(measure and measure.cumulative),
        wholes=each(card for how, way, card in related if (how, way) in (("part-of", 0), ("total-of", 1))),
        parts=tuple(_part(key, of.shelf) for key in of.parts if key in of.shelf.cards),
        part_sums=_sums(of),
        relations=tuple(
            RelationView(gettext(words.RELATIONS[how][way]), card) for how, way, card in dict.fromkeys(related) if how not in _PARTING
        ),
        assessments=tuple(
            AssessmentView(
                verdict=one.verdict,
                by=one.by,
                date=words.day_view_of(one.date, of.shelf.speech),
                why=one.why,
                evidence=evidence_views(of.shelf.speech, one.evidence),
            )
            for one in sorted(record.assessment, key=lambda one: one.date, reverse=True)
        ),
        series=tuple(series),
        status=_status(tally, [card for how, way, card in related if (how, way) == ("supersedes", 1)], happening, of.shelf),
        voices=tally.voices if tally else 0,
        compared=tuple(reading_view(of.shelf, one) for one in tally.compared) if tally else (),
        meet=tally.meet if tally else True,
        csv=of.shelf.href(urls.figures_of(of.frame.address)) if of.readings and of.shelf.site.data else "",
        chart=chart_view(of.readings, record, of.shelf),
        strip=strip_view(of.readings, record, of.shelf),
        events=tuple(
            EventView(one.kind, gettext(words.EVENTS[one.kind]), *(reading_view(of.shelf, of_it) for of_it in one[1:])) for one in happening
        ),
        breaks=tuple(
            BreakView(words.date_view(one.date, of.shelf.speech), of.shelf.link(SOURCES.key(one.source)) if one.source else None, one.why)
            for one in record.breaks
        ),
        degrees=() if series else _degrees_of(of.found, of.shelf.speech),
        speakers=each(speaker for one in stated for speaker in one.statement.speakers),
        blocks=of.blocks,
        found=of.found,
        total=of.total,
        paging=of.paging,
        corrections=of.corrections,
        revisions=tuple(revisions(of.past, of.shelf)) if of.past else (),
        known_since=words.day_view_of(of.past.since, of.shelf.speech) if of.past and of.past.since else None,
        review=of.review,
    )


def _status(tally: Tally | None, newer: Sequence[CardView], happening: Iterable[Event], shelf: Shelf) -> StatusView | None:
    """How a claim stands: the first that is true of it. On its front alone, which has its tally."""
    if tally is None or not tally.articles:
        return None
    named = [one for one in tally.speakers if one not in PAGELESS]
    if newer:
        status, fill = "superseded", {"claim": newer[0].title}
    elif not tally.meet:
        status, fill = "differing", {}
    elif any(one.kind == "revised" for one in happening):
        status, fill = "corrected", {}
    elif tally.voices > 1:
        status, fill = "several", {"count": shelf.speech.number(str(tally.voices))}
    elif named:
        status, fill = "single" if len(named) == 1 else "one-voice", {"source": shelf.speakers((named[0],))[0].text}
    else:
        status, fill = "unattributed", {}
    label, why = words.STATUS[status]
    return StatusView(status, shelf.speech.gettext(label), shelf.speech.gettext(why) % fill)


def _part(key: Key, shelf: Shelf) -> PartOfView:
    tally = shelf.cards.get(tally_key(key))
    latest = tally.latest if isinstance(tally, Tally) else None
    return PartOfView(shelf.card(shelf.cards[key]), reading_view(shelf, latest) if latest else None, small_view(_newest(key, shelf), shelf))


def _newest(key: Key, shelf: Shelf) -> tuple[Reading, ...]:
    series = shelf.cards.get(short_key(key))
    return series.readings if isinstance(series, Series) else ()


def _sums(of: Subject) -> tuple[PartSumView, ...]:
    """The totals of which all parts are given, the newest first."""
    found = list(part_sums(of.readings, {key: _newest(key, of.shelf) for key in of.parts}, complete=is_complete(of.card)))
    return tuple(
        PartSumView(
            total=reading_view(of.shelf, one.total),
            parts=tuple(reading_view(of.shelf, part) for _, part in one.parts),
            sum=words.number(of.shelf.speech, one.sum),
            agrees=one.holds,
        )
        for one in reversed(found[-SUMS:])
    )


def stated_of(found: Iterable[FoundView]) -> list[StatedView]:
    """The statements of sentences, each with its article."""
    return [StatedView(one.article, statement) for one in found for sentence in one.sentences for statement in sentence.appearances]


def by_claim(stated: Iterable[StatedView]) -> tuple[OfClaimView, ...]:
    """The statements that belong to claims, by these."""
    of: dict[LinkView, list[StatedView]] = {}
    for one in stated:
        if one.statement.claim is not None:
            of.setdefault(one.statement.claim, []).append(one)
    ordered = sorted(of.items(), key=lambda each: each[0].text)
    return tuple(OfClaimView(claim, tuple(sorted(some, key=_when, reverse=True))) for claim, some in ordered)


def figures_of(found: Iterable[FoundView]) -> tuple[OfClaimView, ...]:
    """The statements that give a figure, by their claims."""
    return by_claim(one for one in stated_of(found) if one.statement.figures)


def _when(one: StatedView) -> str:
    """The day that a statement is of, as text that sorts."""
    dates = (*(time.date for time in one.statement.times), *((one.article.date,) if one.article.date else ()))
    return next((date.iso for date in dates if date.iso), "")


def _degrees_of(found: Iterable[FoundView], speech: Speech) -> tuple[DegreeView, ...]:
    """The sentences by how far they go: of several statements in one, the first tells."""
    degrees: dict[str, list[WordingView]] = {degree: [] for degree in words.DEGREES}
    for one in found:
        for sentence in one.sentences:
            for said in sentence.appearances[:1]:
                own = "asserted" if said.voice == "own" or said.stance == "asserts" else "denied" if said.stance == "denies" else "said"
                degrees["hedged" if said.hedge and own != "denied" else own].append(WordingView(one.article, sentence))
    return tuple(
        DegreeView(degree, speech.pgettext(*words.DEGREES[degree]), tuple(wordings)) for degree, wordings in degrees.items() if wordings
    )
