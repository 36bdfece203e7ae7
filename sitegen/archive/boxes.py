"""Which articles lie in one box, and what a box holds: the sum of what its articles give to the rest of the archive."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence

from sitegen import urls
from sitegen.archive.corrections import corrected
from sitegen.archive.feeding import updated_of
from sitegen.archive.gate import Policy, turns
from sitegen.archive.index import address_of, meant
from sitegen.archive.tallies import among, order_of
from sitegen.finding.index import group_of
from sitegen.model.article import ArticleCard, Key
from sitegen.model.base import Value
from sitegen.model.box import Box, Facts, FoundBy, Gift, Gifts, Giving, Slip
from sitegen.model.digest import Digest, encode
from sitegen.model.kinds import kind_of
from sitegen.model.pages import ArticlePage
from sitegen.model.problem import Problem
from sitegen.model.site import Head, Linked, Read

BOX = 20
"""Articles in a box, about: few enough to fill one anew at an edit, enough that there are few boxes to ask."""


class Filed(Value, frozen=True):
    """An article of a box: what was read, what it gives where it is public, the text that it was proved against, what is wrong
    with its proof, by what it is found where somebody searches, and the article as readers may see it."""

    read: Read
    linked: Linked | None
    proof: str | None
    problems: tuple[Problem, ...]
    keys: frozenset[str] = frozenset()
    value: Digest = Digest(b"")


def boxes(paths: Sequence[str]) -> list[list[str]]:
    """The articles' paths, by box. Into which one goes follows from its path and the magnitude of the archive alone, so that a new
    article touches one box."""
    count = 1 << (len(paths) // BOX).bit_length()
    out: list[list[str]] = [[] for _ in range(count)]
    for path in paths:
        out[zlib.crc32(path.encode()) & (count - 1)].append(path)
    return [box for box in out if box]


def facts_of(reads: Iterable[Read]) -> Facts:
    """What must be known of a box before it can be filled."""
    heads = [read.head for read in reads if read.head is not None]
    words = {word for head in heads for word in head.words.split(" ")}
    days = {day for head in heads for day in turns(head.card.gate)}
    seeds = {file[0] for head in heads for file in (head.seed, head.extract) if file is not None}
    return Facts(" ".join(sorted(words)), tuple(sorted(days)), tuple(sorted(seeds)))


def seed_address(path: str) -> str:
    """Where a seed is published: as text, whatever it is called."""
    return path if path.endswith(".txt") else f"{path}.txt"


def box_of(
    articles: Sequence[Filed], policy: Policy, keep: Callable[[Value | Gifts | FoundBy], Digest], *, is_searched: bool = False
) -> Box:
    """The box of these articles; `keep` takes the values that it names by digest. `is_searched`: it tells by what they are
    found."""
    gifts: dict[Key, list[Gift]] = {}
    slips: list[Slip] = []
    found_by: list[frozenset[str]] = []
    problems: list[Problem] = []
    references: set[str] = set()
    langs: set[str] = set()
    files, withdrawn, redirects, pictures, proofs, held, awaiting, hidden, shown = [], [], [], [], [], [], [], [], []
    for one in articles:
        problems += [*one.read.problems, *one.problems]
        head = one.read.head
        if head is None:
            continue
        card = head.card
        assert isinstance(card, ArticleCard)
        status = policy.status(card.gate)
        is_public, is_full = status == "public", head.display == "full"
        files.append((card.stem, head.path))
        references.update(f"{reference.kind}:{reference.id}" for reference in head.references)
        if head.images:
            pictures.append((head.path, is_public and is_full, head.images))
        if status == "hidden":
            hidden.append(head.path)
            continue
        shown.append(head)
        redirects += [(old, card.key) for old in head.redirect_from]
        if status == "withdrawn":
            withdrawn.append((card.key, head.card_digest))
            continue
        is_held = policy.is_held(card.gate)
        if is_held:
            held.append(head.path)
        if one.proof is not None and is_full:
            proofs.append((head.path, one.proof))
        if one.linked is None:
            continue
        if one.value != head.value:
            awaiting.append(head.path)
        problems += one.linked.problems
        order = order_of(card.date)
        page = ArticlePage(
            address=address_of(card.key),
            article=one.value,
            mentions=one.linked.mentions,
            cards=_names(head, one.linked, order, held=is_held),
            seed=seed_address(one.proof) if one.proof is not None and is_full else None,
            held=is_held,
        )
        was = urls.redirect_address(head.redirect_from[0]) if head.redirect_from else ""
        updated = updated_of(head.changed, order)
        day = (card.calendar, card.day) if card.calendar is not None and card.day is not None else None
        slips.append(
            Slip(
                order=order,
                stem=card.stem,
                card=head.card_digest,
                value=one.value,
                page=keep(page),
                names="\n".join(page.cards),
                day=day,
                full=is_full,
                odd=() if is_held or head.display == "metadata" else head.odd,
                changed=head.changed,
                was=was,
            )
        )
        found_by.append(one.keys)
        if card.lang:
            langs.add(card.lang.partition("-")[0].lower())
        for given in one.linked.given:
            gifts.setdefault(given.page, []).append(Gift(order, card.stem, encode(given.contribution), given.needs, updated, was))
    packed: Gifts = {key: encode(all_given) for key, all_given in sorted(gifts.items())}
    return Box(
        files=tuple(files),
        slips=tuple(slips),
        found_by=keep(group_of(found_by)) if is_searched else Digest(b""),
        gifts=keep(packed),
        giving=Giving.of(packed),
        references=tuple(sorted(references)),
        withdrawn=tuple(withdrawn),
        redirects=tuple(redirects),
        pictures=tuple(pictures),
        proofs=tuple(proofs),
        held=tuple(held),
        awaiting=tuple(awaiting),
        hidden=tuple(hidden),
        problems=tuple(problems),
        waived=tuple(waived for one in articles for waived in one.read.waived),
        waivers=tuple(waiver for one in articles for waiver in one.read.waivers),
        corrected=tuple(one for head in shown for one in corrected(head)),
        langs=tuple(sorted(langs)),
    )


def _names(head: Head, linked: Linked, order: str, *, held: bool) -> tuple[Key, ...]:
    """The cards that an article's page may show, each once, in a fixed order."""
    keys = {given.page for given in linked.given if kind_of(given.page) is not None}
    keys.update(need for given in linked.given for need in given.needs)
    keys.update(key for reference in head.references for key in meant(reference.kind, reference.id))
    if held:
        keys = {key for key in keys if not ((kind := kind_of(key)) and kind.is_held)}
    else:
        keys.update(among(linked, order))
    if head.display == "full":
        keys.update(f"images/{file}" for file in head.images)
    return tuple(sorted(keys))
