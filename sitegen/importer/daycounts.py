"""Days that a text counts: the 100th of a strike that began on a day that it tells, or of what a calendar of the archive counts from."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import lru_cache

from sitegen.content.anchoring import cuts
from sitegen.content.dating import disagreement, shifted
from sitegen.importer.days import Basis, Dated, written
from sitegen.importer.language import Language, alternatives
from sitegen.importer.quantities import quantities
from sitegen.importer.tokens import CAPITAL
from sitegen.model.dates import exact
from sitegen.model.records import Calendar


def counted_from(blocks: Sequence[str], language: Language) -> Dated:
    """A day of a count of which the text says when it began: "the 100th day of a strike that began on 4 March"."""
    days, ordinals = language.any_of("days"), language.any_of("ordinals")
    ordinal = re.compile(rf"(?<!\w)(?P<n>\d{{1,4}})(?:{ordinals})\s+(?:{days})(?!\w)", re.I)
    where = rf"(?:\w{{1,5}}\s+(?-i:{CAPITAL}[\w’'-]*)(?:\s(?-i:{CAPITAL}[\w’'-]*)){{0,2}}\s+(?:\w{{1,3}}\s+)?)?"
    began = re.compile(rf"(?<!\w)(?:{language.any_of('began')})\s+{where}\Z", re.I)
    for block in blocks:
        for found in ordinal.finditer(block):
            for date, start, end in written(_CLAUSE_END.split(block[found.end() : found.end() + FROM], maxsplit=1)[0], language):
                day = shifted(date, int(found["n"]) - 1)
                if day is not None and began.search(block, found.end(), found.end() + start):
                    return Dated(day, (Basis(block[found.start() : found.end() + end], "relative", date.isoformat()),))
    return Dated(None)


_CLAUSE_END = re.compile(r"[;:!?]\s|(?<=[^\W\d_]{3})\.\s")
FROM = 120
"""Signs behind a count of days within which its beginning is told."""


@lru_cache(maxsize=8)
def _counts(language: Language, label: str) -> tuple[re.Pattern[str], ...]:
    """The ways of counting days: "after 80 days of fighting", "80 days into the war", "on the 100th day of the war". Of what they are is
    listed, or a word of the calendar's `label`: the third day of a trial is no day of a war."""
    names = ("days", "over_days", "begun", "on_days", "ordinals", "definite")
    days, over, begun, on, ordinals, the = map(language.any_of, names)
    nouns = alternatives(language.words("days_of") | set(_NOUN.findall(label.lower())) - language.words("days"))
    links = frozenset().union(*(language.words(name) for name in ("of", "into", "since")))
    link = rf"(?:(?:{alternatives(links)})\s){'' if links else '?'}"
    of = rf"\s(?:{days})\s{link}(?:(?:{the})\s)?(?:[\w’'-]+\s){{0,2}}?(?:{nouns})(?:\s(?:{begun}))?(?!\w)"
    count = rf"(?<!\w)(?:(?:{over})\s+)?(?P<n>\d{{1,4}}|[^\W\d_]+(?:[- ][^\W\d_]+){{0,3}}){of}"
    ordinal = rf"(?<!\w)(?:(?:{on})\s)?(?:(?:{the})\s)?(?P<o>\d{{1,4}})(?:{ordinals}){of}"
    return tuple(re.compile(pattern, re.I) for pattern in (count, ordinal))


_NOUN = re.compile(r"(?<!\{)[^\W\d_]{4,}")


def counted(blocks: Sequence[str], calendar: Calendar | None, language: Language) -> Dated:
    """The date that a day count leads to under the calendar; weekdays named beside it that agree are a second basis."""
    if calendar is None:
        return Dated(None)
    epoch = datetime.date.fromisoformat(calendar.epoch)
    latest = Dated(None)  # of several counts the greatest is the day of writing
    where = ""
    for block in blocks:
        ended = f"{block} "
        for found in (one for pattern in _counts(language, calendar.label) for one in pattern.finditer(block)):
            quote, said = found.group().strip(), found.groupdict()
            if said.get("o"):
                day, rule = int(said["o"]) - 1, "ordinal-day"
            else:
                count = [n for n in quantities(said["n"], language) if n.value == int(n.value)]
                if not count:
                    continue
                day, rule = int(count[-1].value), "day-count"
            date = shifted(epoch, day)
            if date is None or cuts(ended, found.start(), found.end()):
                continue
            if disagreement(rule, quote, exact(date), None, calendar) is not None:
                continue
            if latest.date is None or date > latest.date:
                latest, where = Dated(date, (Basis(quote, rule, calendar.epoch),)), block
    return latest._replace(basis=(*latest.basis, *_weekday(where, latest.date, language))) if latest.date is not None else latest


@lru_cache(maxsize=8)
def _on_weekday(language: Language) -> re.Pattern[str]:
    """A day of the week beside a count of days: "as of Saturday morning"."""
    of, on, days, times = (language.any_of(name) for name in ("as_of", "on_days", "weekdays", "times_of_day"))
    return re.compile(rf"(?<!\w)(?:{of}|{on})\s(?:{days})(?:\s(?:{times}))?(?!\w)", re.I)


def _weekday(block: str, date: datetime.date, language: Language) -> tuple[Basis, ...]:
    found = _on_weekday(language).search(block)
    if found and disagreement("weekday", found.group(), exact(date), date, None) is None:
        return (Basis(found.group(), "weekday", date.isoformat()),)
    return ()
