"""The publish gate: the one place that decides what is public. Pages, lists, feeds, seeds and images all ask it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

import msgspec

from sitegen.model.article import Article, Gate
from sitegen.model.kinds import ARTICLES, Kind

Status = Literal["public", "withdrawn", "hidden"]


class Policy(NamedTuple):
    """By what a page's status is decided: the date (ISO, UTC), the archive's setting for what no editor has checked, and whether its
    editors look at what is not yet public (`drafts`)."""

    today: str
    unchecked: str
    drafts: bool

    def status(self, gate: Gate, kind: Kind = ARTICLES) -> Status:
        """What readers may see of a page. `withdrawn`: only that it was taken back, when and why. Of what a machine proposed, words may be
        public before an editor has checked them; sources and claims never, nor a page of which the machine itself is unsure."""
        if gate.draft and not self.drafts:
            return "hidden"
        if gate.undecided and self.unchecked != "all" and not self.drafts:
            return "hidden"
        if gate.publish_from is not None and self.today < gate.publish_from and not self.drafts:
            return "hidden"
        if gate.expires is not None and self.today >= gate.expires:
            return "hidden"
        is_open = self.unchecked == "all" or (self.unchecked == "words" and not kind.is_held)
        if not is_open and gate.review in ("imported", "in-work") and not self.drafts:
            return "hidden"
        return "withdrawn" if gate.withdrawn else "public"

    def is_held(self, gate: Gate) -> bool:
        """Whether the claims and sources that a machine proposed for an article are kept back until an editor has checked them."""
        return gate.review in ("imported", "in-work") and self.unchecked == "words" and not self.drafts

    def since(self, turns: Iterable[str]) -> Policy:
        """The same policy on the last of these days that has come: between two of them it decides alike, so that what was made on one
        day is good for the next."""
        return self._replace(today=max((day for day in turns if day <= self.today), default=""))


def turns(gate: Gate) -> set[str]:
    """The days on which a page's status may change by itself."""
    return {day for day in (gate.publish_from, gate.expires) if day is not None}


def seen(article: Article) -> Article:
    """The article as readers may see it: without the single entries that await an editor (`review` of a claim, group, note or citation),
    whatever its own review and the archive's settings say. All that is published of an article is made from this."""
    sources = article.front.sources
    kept = [number for number, one in enumerate(sources) if one.review is None or not one.review.awaits]
    if not article.proposed and len(kept) == len(sources):
        return article
    gone, numbers = frozenset(article.proposed), {old: new for new, old in enumerate(kept)}
    return msgspec.structs.replace(
        article,
        front=msgspec.structs.replace(article.front, sources=tuple(sources[number] for number in kept)),
        anchors=tuple(one for one in article.anchors if one.id not in gone),
        statements=tuple(
            msgspec.structs.replace(one, citation=numbers.get(one.citation, -1)) for one in article.statements if one.id not in gone
        ),
        sums=tuple(one for one in article.sums if one.total not in gone),
        notes=tuple(one for one in article.notes if one.id not in gone),
    )
