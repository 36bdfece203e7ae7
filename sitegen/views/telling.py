"""What articles say, put for a page: their statements with whose and when they are, figures, sums, documents, evidence, corrections."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sitegen.archive.index import address_of
from sitegen.content.snapshots import taken
from sitegen.model import records
from sitegen.model.article import Statement, Sum
from sitegen.model.kinds import ARTICLES
from sitegen.model.site import Appearance
from sitegen.model.tally import Reading
from sitegen.speech import Speech
from sitegen.speech.dates import from_until
from sitegen.views import words
from sitegen.views.shelf import Shelf
from sitegen.views.types import (
    AppearanceView,
    CorrectionView,
    DocumentView,
    EvidenceView,
    JudgementView,
    NameView,
    ReadingView,
    SnapshotView,
    SumItemView,
    SumView,
    TimeView,
)
from sitegen.views.voices import voice_of


def time_views(speech: Speech, as_of: records.When | None, when: records.When | None, said: records.When | None) -> tuple[TimeView, ...]:
    if as_of is None and when is None and said is None:
        return ()
    labelled = zip(words.TIMES, (as_of, when, said), strict=True)
    return tuple([words.time_view(label, time, speech) for label, time in labelled if time is not None])


def appearance_view(
    shelf: Shelf, one: Appearance | Statement, quote: str, where: str, at: str, document: DocumentView | None = None
) -> AppearanceView:
    """A statement; `at` is what stands before an id in the address of its words."""
    return AppearanceView(
        id=one.id,
        quote=quote,
        href=at + one.id,
        where=words.said(shelf.speech, words.WHERE, where) if where else "",
        speakers=shelf.speakers(one.sources),
        via=shelf.speakers(one.via),
        times=time_views(shelf.speech, one.as_of, one.when, one.said),
        figures=tuple([words.figure_view(figure, shelf.speech) for figure in one.figures]),
        claim=shelf.claim(one.claim),
        gloss=one.gloss or "",
        hedge=one.hedge or "",
        stance=one.stance or "",
        stands=words.said(shelf.speech, words.STANCES, one.stance) if one.stance else "",
        voice=voice_of(one.sources),
        document=document,
        credibility=_credibility(shelf.speech, one.credibility) if one.credibility else None,
    )


def _credibility(speech: Speech, one: records.Credibility) -> JudgementView:
    number = str(list(words.CREDIBILITY).index(one.grade) + 1)
    return JudgementView(
        grade=number,
        means=words.said(speech, words.CREDIBILITY, one.grade),
        why=one.why,
        by=one.by or "",
        date=words.day_view_of(one.date, speech),
    )


def reading_view(shelf: Shelf, one: Reading) -> ReadingView:
    """The figures of a claim, as an article states them."""
    return ReadingView(
        figures=tuple([words.figure_view(figure, shelf.speech) for figure in one.figures]),
        href=f"{shelf.href(address_of(ARTICLES.key(one.article)))}#{one.id}",
        speakers=shelf.speakers(one.sources),
        time=words.time_view(words.TIMES[one.how], one.time, shelf.speech) if one.time else None,
    )


def sum_views(speech: Speech, sums: Iterable[Sum], at: str, appearances: Iterable[AppearanceView]) -> tuple[SumView, ...]:
    """The arithmetic of groups whose totals are among the appearances; nothing where a figure is missing."""
    by_id = {appearance.id: appearance for appearance in appearances}
    return tuple([_sum(speech, one, at, by_id[one.total]) for one in sums if one.sum is not None and one.stated is not None])


def _sum(speech: Speech, one: Sum, at: str, total: AppearanceView) -> SumView:
    items = tuple([SumItemView(item.quote, words.number(speech, item.value), at + item.id) for item in one.items])
    return SumView(
        total=total.quote,
        stated=words.hedged(speech, one.hedge, words.number(speech, one.stated)),
        sum=words.number(speech, one.sum),
        items=items,
        allowed=words.span(speech, one.low, one.high),
        partial=one.rule == "partial",
        agrees=one.holds,
        href=at + one.total,
        speakers=total.speakers,
        times=total.times,
    )


def document_view(speech: Speech, document: records.Document | None) -> DocumentView | None:
    if document is None:
        return None
    date = words.date_view(document.date, speech) if document.date else None
    found = words.said(speech, words.FOUND, document.found)
    return DocumentView(
        title=document.title or "", date=date, url=document.url or "", archived=snapshot_views(speech, document.archived), found=found
    )


def snapshot_views(speech: Speech, archived: Iterable[records.Archived]) -> tuple[SnapshotView, ...]:
    return tuple([_snapshot(speech, one, taken(one)) for one in archived])


def _snapshot(speech: Speech, one: records.Archived, when: str) -> SnapshotView:
    text = words.day_view_of(when[:10], speech).text if when else speech.gettext("snapshot")
    return SnapshotView(text, one.url or "", when, one.sha256 or "")


def evidence_views(speech: Speech, evidence: Iterable[records.Evidence]) -> tuple[EvidenceView, ...]:
    out = []
    for one in evidence:
        title = one.title or re.sub(r"^https?://(www\.)?", "", one.url or "").rstrip("/")
        date = words.date_view(one.date, speech) if one.date else None
        archived = snapshot_views(speech, one.archived)
        out.append(
            EvidenceView(
                title=title, url=one.url or "", publisher=one.publisher or "", locator=one.locator or "", date=date, archived=archived
            )
        )
    return tuple(out)


def correction_views(speech: Speech, corrections: Iterable[records.Correction], *, is_quoting: bool = True) -> tuple[CorrectionView, ...]:
    """What was corrected; the words before and after where they may be shown."""
    return tuple(
        CorrectionView(
            date=words.day_view_of(one.date, speech),
            before=(one.before or "") if is_quoting else "",
            after=(one.after or "") if is_quoting else "",
            reason=one.reason,
            by=one.by or "",
        )
        for one in corrections
    )


def name_views(speech: Speech, aliases: Iterable[str | records.Alias]) -> tuple[NameView, ...]:
    out = []
    for alias in aliases:
        if isinstance(alias, str):
            out.append(NameView(alias, "", ""))
            continue
        status = speech.pgettext(*words.STATUSES[alias.status]) if alias.status else ""
        span = from_until(speech, *(date.text if date else "" for date in (alias.from_, alias.until)))
        about = [speech.language(alias.lang) if alias.lang else "", status, *span]
        out.append(NameView(alias.form, alias.lang or "", ", ".join(part for part in about if part)))
    return tuple(out)
