"""Who speaks in an article: its statements by who makes them, and how much of the whole each says."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.model.article import ARTICLE_VOICE, Statement
from sitegen.views.types import AppearanceView, DocumentView, SpokenView, TimeView, VoiceView

WIDTH = 1000
"""Of the bar in which `start` and `width` measure."""


def voice_of(sources: Sequence[str]) -> str:
    """`own`: the article itself speaks; `said`: it credits somebody, named or not; `open`: nobody has judged yet.

    >>> voice_of(["article"]), voice_of(["isw", "article"]), voice_of(["unnamed"]), voice_of([])
    ('own', 'said', 'said', 'open')
    """
    if not sources:
        return "open"
    return "own" if all(source == ARTICLE_VOICE for source in sources) else "said"


_ORDER = {"own": 0, "said": 1, "open": 2}


def voices(statements: Sequence[Statement], views: Sequence[AppearanceView]) -> tuple[VoiceView, ...]:
    """The voices of an article: its own, then those that it credits, who says most first, then what nobody has judged."""
    spoken: dict[tuple[str, ...], list[AppearanceView]] = {}
    for one, view in zip(statements, views, strict=True):
        spoken.setdefault(one.sources, []).append(view)
    ordered = sorted(spoken.items(), key=lambda one: (_ORDER[voice_of(one[0])], -len(one[1])))
    out = []
    done = 0
    for number, (sources, said) in enumerate(ordered, 1):
        start, stop = (round(WIDTH * count / len(statements)) for count in (done, done + len(said)))
        done += len(said)
        parts: dict[tuple[DocumentView | None, tuple[TimeView, ...]], list[AppearanceView]] = {}
        for claim in said:
            parts.setdefault((claim.document, claim.times), []).append(claim)
        out.append(
            VoiceView(
                id=f"_voice-{number}",
                voice=voice_of(sources),
                speakers=said[0].speakers,
                spoken=tuple(SpokenView(*of, tuple(claims)) for of, claims in parts.items()),
                count=len(said),
                start=start,
                width=stop - start,
            )
        )
    return tuple(out)
