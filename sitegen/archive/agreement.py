"""Whether those who give figures of a claim agree: whether what their wordings allow meets. No verdict: two may count different things, and
which number is off, arithmetic does not say.

Sources of which one belongs to the other (`parent` of a source), or by way of which the other is known here (`via` of a statement), are one
voice, for they do not corroborate one another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from sitegen.content.figures import allowed
from sitegen.model.article import PAGELESS
from sitegen.model.site import Appearance
from sitegen.model.tally import Reading


class Compared(NamedTuple):
    """The newest figures of one day that several voices give of a claim, of one unit and scope; whether they meet."""

    readings: tuple[Reading, ...]
    meet: bool


def compared(readings: Sequence[Reading], parents: Mapping[str, str]) -> Compared | None:
    """The figures of the last day of which several voices give one, the last of each; None where there is no such day. `readings` are in
    order; `parents`: of sources that belong to another the id of that."""
    for day, told in groupby(reversed(readings), key=lambda one: one.day):
        some = list(told)
        if len(some) < 2 or not day:  # of most days there is one
            continue
        spoken = [(one, spoken_by) for one in some if one.figures and (spoken_by := voices(one.sources, parents))]
        kinds = Counter(
            (one.figures[0].unit or "", one.figures[0].scope or "") for one, _ in spoken if allowed(one.figures[0]) != (None, None)
        )
        if not kinds:
            continue
        kind = max(kinds, key=lambda each: (kinds[each], each))
        by_voice: dict[tuple[str, ...], Reading] = {}
        for one, spoken_by in spoken:
            figure = one.figures[0]
            if (figure.unit or "", figure.scope or "") == kind and allowed(figure) != (None, None):
                by_voice.setdefault(spoken_by, one)
        if len(by_voice) > 1:
            ends = [allowed(one.figures[0]) for one in by_voice.values()]
            low = max((least for least, _ in ends if least is not None), default=None)
            high = min((most for _, most in ends if most is not None), default=None)
            return Compared(tuple(by_voice.values()), low is None or high is None or low <= high)
    return None


def relays(statements: Iterable[Appearance]) -> dict[str, str]:
    """To each source by way of which another is known, that other: the first, where there are several."""
    out: dict[str, str] = {}
    for one in statements:
        for via in one.via:
            for source in one.sources[:1]:
                if source != via and PAGELESS.isdisjoint((source, via)):
                    out.setdefault(via, source)
    return out


def voices(sources: Iterable[str], parents: Mapping[str, str]) -> tuple[str, ...]:
    """The voices that some sources are, each once. The article itself and unnamed sources are none."""
    return tuple(sorted({_voice(one, parents) for one in sources if one not in PAGELESS}))


def _voice(source: str, parents: Mapping[str, str]) -> str:
    """The source that one belongs to in the end; safe against circles."""
    seen = {source}
    while (parent := parents.get(source)) is not None and parent not in seen:
        seen.add(parent)
        source = parent
    return source
