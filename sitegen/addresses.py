"""`sitegen urls`: what the ledger of published addresses does not say yet, and what it says that is no more; and to accept both."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from sitegen.archive.ledger import Ledger, read, written
from sitegen.cache import Cache, open_cache
from sitegen.editor import Change
from sitegen.editor import written as put
from sitegen.model.article import Article, Entry
from sitegen.model.problem import Unsound
from sitegen.survey import Options, Survey, data_addresses, survey_of
from sitegen.survey.permanence import ANCHOR_GONE, GONE, NO_LINE, Anchored, anchored, answered, as_is, lost
from sitegen.survey.planning import redirects_of
from sitegen.survey.state import of_one_state
from sitegen.tree import LEDGER, Tree


class Difference(NamedTuple):
    """How the archive differs from its ledger: entries of this (`/places/kyiv/`, `/articles/a/#c-1`), in order."""

    new: tuple[str, ...]
    gone: tuple[str, ...]


def compare(root: Path, options: Options, *, accept: bool = False) -> Difference:
    """Holds an archive against its ledger; with `accept` the ledger then says what is so. Raises Unsound where the archive has errors, for
    then not all of it is known."""
    with open_cache(root) as cache:

        def made(tree: Tree) -> tuple[str | None, str, Ledger, Ledger]:
            before = tree.read(LEDGER).decode(errors="replace") if LEDGER in tree.digests else None
            old = read(before or "")[0]
            now = _now(survey_of(tree, cache, options), old, cache)
            return before, written(now), old, now

        before, after, old, now = of_one_state(root, cache, made)
        cache.commit()
    if accept and before != after:
        put(root, [Change(LEDGER, before, after)])
    entries = _entries(old), _entries(now)
    return Difference(tuple(sorted(entries[1] - entries[0])), tuple(sorted(entries[0] - entries[1])))


def _now(survey: Survey, old: Ledger, cache: Cache) -> Ledger:
    """What the ledger is to say: what there is now, and of what it said all that is still answered."""
    errors = [one for one in survey.problems if one.severity == "error" and one.code not in (GONE, ANCHOR_GONE, NO_LINE)]
    if errors or survey.archive is None or survey.config is None:
        first = f", first {errors[0].lines()[0]}" if errors else ""
        raise Unsound(f"the archive has errors, so that not all of it is known: sitegen check tells them{first}")
    files = [*survey.files, *data_addresses(survey.config)]
    there = answered(survey.pages, files)
    moved = dict(redirects_of(survey.archive, survey.boxes))

    def value(one: Anchored) -> Article | Entry:
        found: Article | Entry = cache.value(one.value, Article) if one.is_article else cache.value(one.value, Entry)
        return found

    now = as_is(survey.archive, survey.pages, files, value)
    gone = set(lost(old, anchored(survey.archive), moved, there, cache))
    for address, anchors in old.items():
        if address in there:
            still = {anchor for anchor in anchors if (address, anchor) not in gone}
            now[address] = now.get(address, frozenset()) | still
    return now


def _entries(ledger: Mapping[str, frozenset[str]]) -> set[str]:
    return {f"/{address}{end}" for address, anchors in ledger.items() for end in ("", *(f"#{one}" for one in anchors))}
