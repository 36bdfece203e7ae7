"""`sitegen explain`: from what a page was made, and which of it has changed since it was last made.

A build leaves behind what went into its pages' keys, and keeps what the build before it left. Both serve this alone: no build
asks for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, NoReturn

from sitegen.archive.index import Index, address_of
from sitegen.cache import Cache, Lost, open_cache
from sitegen.model.article import Key
from sitegen.model.atlas import TRACE
from sitegen.model.base import Value
from sitegen.model.digest import Digest, digest_of
from sitegen.model.pages import DayPage, EntryPage, Page, Planned
from sitegen.model.problem import Fault, Unsound
from sitegen.model.site import SiteCard
from sitegen.model.tally import SERIES, STRETCH, TALLY
from sitegen.survey import Options, Survey, survey_of
from sitegen.survey.state import of_one_state
from sitegen.tree import Tree


class Snapshot(Value, frozen=True):
    """What went into the keys of one build's pages. `pages`: address -> template, arguments, neighbours; `cards` as `Index.cards`, both in
    pairs (`model.digest.encode`); `templates`: name -> digest of its text."""

    engine: bytes
    site: SiteCard
    templates: dict[str, Digest]
    pages: tuple[tuple[str, tuple[str, Digest, tuple[Key, Key]]], ...]
    cards: tuple[tuple[Key, Digest], ...]


class Explanation(NamedTuple):
    """`made_from`: each part and where it comes from. `changed`: what differs from the build named in `since`; None where there is no
    build to compare with, or it had no such page."""

    address: str
    made_from: tuple[tuple[str, str], ...]
    since: str
    changed: tuple[str, ...] | None


def snapshot(survey: Survey, cache: Cache) -> Snapshot:
    assert survey.site is not None
    assert survey.theme is not None
    assert survey.archive is not None
    templates = {name: digest_of(text.encode()) for name, text in sorted(survey.theme.templates.items())}
    pages = tuple([(page.address, (page.template, page.page, page.beside)) for page in survey.pages])
    return Snapshot(cache.engine, survey.site, templates, pages, tuple(survey.archive.cards.items()))


class Newest(Value, frozen=True):
    """Which of two slots holds the last build: they are written in turn, so that nothing need be moved."""

    slot: int


def remember(survey: Survey, cache: Cache) -> None:
    """Keeps what went into this build, beside what went into the one before it."""
    newest = cache.recall(Newest)
    slot = 1 - newest.slot if newest is not None else 0
    cache.remember(snapshot(survey, cache), slot)
    cache.remember(Newest(slot))


def _remembered(cache: Cache) -> tuple[Snapshot | None, Snapshot | None]:
    """What went into the last build, and into the one before it."""
    newest = cache.recall(Newest)
    if newest is None:
        return None, None
    return cache.recall(Snapshot, newest.slot), cache.recall(Snapshot, 1 - newest.slot)


def explain(root: Path, page: str, options: Options) -> Explanation:
    """What a page is made from, and what of it has changed since the last build; if nothing has, then what that build changed.

    `page` is an address, the file of the output or of the archive, or the whole URL. Raises Fault where there is no such page.
    """
    with open_cache(root) as cache:

        def explained(tree: Tree) -> Explanation:
            return _explained(page, survey_of(tree, cache, options), cache)

        found = of_one_state(root, cache, explained)
        cache.commit()
        return found


def _explained(page: str, survey: Survey, cache: Cache) -> Explanation:
    if survey.site is None or any(problem.severity == "error" for problem in survey.problems):
        raise Unsound("the archive has errors, so no page can be planned; `sitegen check` tells them")
    planned = _planned(page, survey)
    now = snapshot(survey, cache)
    last, before = _remembered(cache)
    made = tuple(_made_from(planned, survey, cache))
    since, changed = "the last build", changes(planned.address, last, now, survey, cache)
    if last is not None and before is not None and changed == ():
        since, changed = "the build before the last", changes(planned.address, before, last, survey, cache)
    return Explanation(planned.address, made, since, changed)


def _planned(page: str, survey: Survey) -> Planned:
    """The page that is meant: by a file of the archive, by an address, or by the end of a path or URL."""
    assert survey.site is not None
    by_address: dict[str, Planned] = {one.address: one for one in survey.pages}
    keys = {path: key for key, path in survey.paths.items()}
    wanted = re.split(r"[?#]", page.removeprefix("./").removeprefix(survey.site.base_url))[0]
    if wanted in keys:
        return by_address[address_of(keys[wanted])] if address_of(keys[wanted]) in by_address else _unpublished(wanted)
    parts = re.sub(r"(^|/)index\.html$", r"\1", wanted).lstrip("/").split("/")
    for start in range(len(parts)):
        address = "/".join(parts[start:])
        for one in (address, f"{address}/"):
            if one in by_address and (one or not start):
                return by_address[one]
    named = [key for key in survey.paths if key.endswith(f"/{wanted.strip('/')}") and address_of(key) in by_address]
    if len(named) == 1:
        return by_address[address_of(named[0])]
    if named:
        raise Fault(f"{page!r} may be {' or '.join(sorted(named))}; name one of them")
    raise Fault(f"there is no page {page!r}; name it by its address (`places/kyiv/`) or by its file (`content/places/kyiv.md`)")


def _unpublished(path: str) -> NoReturn:
    raise Fault(f"{path} has no page: it is a draft, not yet due, or expired (try with --drafts)")


def _page(planned: Digest, cache: Cache) -> Page | None:
    try:
        page: Page = cache.value(planned, Page)
    except Lost:  # of an old page, swept away
        return None
    return page


def _file(key: Key, survey: Survey) -> str:
    return f"content/{key}" if key.startswith("images/") else survey.paths.get(key, f"{key} (no longer there)")


def _card(key: Key, survey: Survey) -> tuple[str, str]:
    """What a card is, and of which file."""
    for start in (TALLY, SERIES, TRACE):
        if key.startswith(start):
            return "the numbers of", _file("/".join(key.removeprefix(start).split("/")[:2]), survey)
    if key.startswith(STRETCH):
        return "where the timeline tells of", key.removeprefix(STRETCH) or "all time"
    return "the card of", _file(key, survey)


def _with_behind(names: Iterable[Key], archive: Index) -> list[Key]:
    """The cards of these names, and those behind them, each once."""
    return list(dict.fromkeys(one for name in names for one in (name, *archive.behind.get(name, "").split("\n")) if one))


def _made_from(planned: Planned, survey: Survey, cache: Cache) -> Iterator[tuple[str, str]]:
    assert survey.theme is not None
    assert survey.archive is not None
    theme, archive = survey.theme, survey.archive
    own: dict[str, str] = {address_of(key): path for key, path in survey.paths.items()}
    page = _page(planned.page, cache)
    assert page is not None
    base = page.paging.address if isinstance(page, EntryPage) else planned.address
    if base in own:
        yield "its own file", own[base]
    if planned.template:
        yield "the template", theme.paths[planned.template]
        for name in theme.reach(planned.template):
            if name != planned.template:
                yield "which uses", theme.paths[name]
    found = page.found if isinstance(page, EntryPage | DayPage) else ()
    for one in found:
        yield "what is said there", _file(one.article, survey)
    given = {one.article for one in found}
    for key in _with_behind((*page.named, *planned.beside), archive):
        if key in archive.cards and key not in given:
            yield _card(key, survey)
    yield "the site", "sitegen.yaml: title, languages, calendars, menu, addresses of the theme's files"


def changes(address: str, old: Snapshot | None, new: Snapshot, survey: Survey, cache: Cache) -> tuple[str, ...] | None:
    """What differs for a page between two builds; None where the older one had no such page."""
    if old is None:
        return None
    old_pages, pages = dict(old.pages), dict(new.pages)
    if address not in old_pages or address not in pages:
        return None
    out = ["the program itself, Python or a library"] if old.engine != new.engine else []
    out += [f"the site: {field}" for field in SiteCard.__struct_fields__ if getattr(old.site, field) != getattr(new.site, field)]
    template, data, beside = pages[address]
    old_template, old_data, old_beside = old_pages[address]
    assert survey.theme is not None
    for name in survey.theme.reach(template) if template else ():
        if old.templates.get(name) != new.templates.get(name):
            out.append(f"the template {name}")
    if old_template != template:
        out.append("the kind of the page")
    if old_beside != beside:
        out.append("which articles come before and after it")
    ours, theirs = _page(data, cache), _page(old_data, cache)
    if old_data != data:
        out += ["what it is made from"] if ours is None or theirs is None else _differences(theirs, ours, survey)
    old_cards, cards = dict(old.cards), dict(new.cards)
    assert survey.archive is not None
    named = (*(ours.named if ours else ()), *(theirs.named if theirs else ()), *beside, *old_beside)
    for key in sorted(_with_behind(named, survey.archive)):
        if old_cards.get(key) != cards.get(key):
            how = "" if key in old_cards and key in cards else " (now public)" if key in cards else " (no longer public)"
            out.append(f"{' '.join(_card(key, survey))}{how}")
    return tuple(out)


_FIELDS: Mapping[str, str] = {
    "article": "the text or the notes of its own file", "entry": "its own file", "mentions": "the places that it mentions",
    "cards": "which pages it names", "related": "which pages stand within it or name it", "seed": "the proof against its seed",
    "held": "whether its claims are held back", "paging": "how the list is cut into pages", "total": "how many articles lead to it",
    "counts": "how many pages there are",
    "facets": "the parts of the list", "part": "which part of the list it is", "latest": "which articles are the latest",
    "lead": "the newest article, or its words", "articles": "which articles are of that day",
    "entries": "which articles are the latest, or their texts", "addresses": "which pages there are", "older": "the day before it",
    "newer": "the day after it", "waived": "what is waived", "target": "where it leads",
    "moved": "which old addresses lead on",
    "forms": "by which names articles mention it", "months": "of which months the articles are", "figures": "which figures are the newest",
    "odd": "what does not add up", "summed": "in which months articles state figures of it", "apart": "of which claims figures do not meet",
    "corrected": "what was corrected", "parts": "which claims are parts of it", "differs": "whether anything differs",
    "past": "what Git tells of the changes of its file", "timeline": "where the timeline tells of it",
    "rows": "how much lies in which stretch of time", "cells": "how much lies in which stretch of time",
    "columns": "over which time its lanes run", "lanes": "which places and topics are named most, or when", "listed": "what lies in it",
    "other": "where the other way to tell the time leads",
    "aside": "how much of it is known no closer", "undated": "how much has no date", "above": "within which stretches of time it lies",
}  # fmt: skip
"""What the fields of the argument lists mean to an editor."""


def _differences(old: Page, new: Page, survey: Survey) -> Iterator[str]:
    """Which arguments differ."""
    if type(old) is not type(new):
        yield "the kind of the page"
        return
    for field in new.__struct_fields__:
        before, after = getattr(old, field), getattr(new, field)
        if before == after:
            continue
        if field != "found":
            yield _FIELDS.get(field, field)
            continue
        earlier, later = ({one.article: one.value for one in found} for found in (before, after))
        for key in sorted({*earlier, *later}):
            if earlier.get(key) != later.get(key):
                what = (
                    "what is said in"
                    if key in earlier and key in later
                    else "newly leads here:"
                    if key in later
                    else "no longer leads here:"
                )
                yield f"{what} {_file(key, survey)}"
