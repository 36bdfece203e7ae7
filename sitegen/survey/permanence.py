"""Whether what was published is still there: the ledger (`archive.ledger`) held against the pages as they would be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from sitegen.archive.index import Index, address_of
from sitegen.archive.ledger import Ledger, address_at, anchors_of, listed, read
from sitegen.cache import Memory
from sitegen.model.article import Article, Entry, Key
from sitegen.model.digest import Digest
from sitegen.model.kinds import ARTICLES
from sitegen.model.pages import Planned
from sitegen.model.problem import Problem
from sitegen.tree import LEDGER, Tree

AT_ONCE = 50
"""Pages whose anchors are asked for and remembered together."""
GONE: Final = "address-gone"
ANCHOR_GONE: Final = "anchor-gone"
NO_LINE: Final = "ledger-line"
"""The codes of what can be wrong with a ledger."""
_ACCEPT = "or let it go with `sitegen urls --accept`"


class Anchored(NamedTuple):
    """A page whose anchors can be asked for: the digest of its value, and whether that is an `Article`."""

    value: Digest
    is_article: bool


class Kept(NamedTuple):
    """What the archive keeps: the problems of that, and the addresses that the ledger does not have yet (none where there is no ledger)."""

    problems: list[Problem]
    unlisted: tuple[str, ...]


def kept(tree: Tree, archive: Index, pages: Sequence[Planned], files: Iterable[str], moved: Mapping[str, Key], memory: Memory) -> Kept:
    """Holds the ledger against the pages. `files`: addresses of those that are published as they are; `moved`: old address, with its last
    slash, and the page to which it leads."""
    if LEDGER not in tree.digests:
        return Kept([], ())
    ledger, lines, wrong = read(tree.read(LEDGER).decode(errors="replace"))
    message = "this is no address, and no comment"
    problems = [Problem(LEDGER, number, NO_LINE, message, "write one address a line, or take it out") for number in wrong]
    files = list(files)
    there = answered(pages, files)
    for address in sorted(ledger.keys() - there.keys()):
        message = f"/{address} was published, and nothing would be there any more"
        old = address.rstrip("/")
        hint = f"say `redirect_from: [{old}]` in what took its place, bring it back, withdraw it where it stood (`withdrawn`), {_ACCEPT}"
        problems.append(Problem(LEDGER, lines.get(address, 0), GONE, message, hint))
    for address, anchor in lost(ledger, anchored(archive), moved, there, memory):
        message = f"/{address}#{anchor} was published, and the page has no such place any more"
        hint = f"give what took its place this `id`, {_ACCEPT}"
        problems.append(Problem(LEDGER, lines.get(f"{address}#{anchor}", 0), ANCHOR_GONE, message, hint))
    return Kept(problems, tuple(sorted(set(listed(pages, files)) - ledger.keys())))


def answered(pages: Iterable[Planned], files: Iterable[str]) -> dict[str, str]:
    """Every address at which there is something, with the template of the page (empty: a file)."""
    return dict.fromkeys(map(address_at, files), "") | {page.address: page.template for page in pages}


def anchored(archive: Index) -> dict[str, Anchored]:
    """The public pages that have anchors, by address."""
    articles: dict[str, Anchored] = {address_of(ARTICLES.key(slip.stem)): Anchored(slip.value, True) for slip in archive.articles}
    public = ((key, head) for key, head in archive.heads.items() if archive.status[key] == "public")
    entries: dict[str, Anchored] = {address_of(key): Anchored(head.value, False) for key, head in public}
    return articles | entries


def lost(
    ledger: Ledger, pages: Mapping[str, Anchored], moved: Mapping[str, Key], there: Mapping[str, str], memory: Memory
) -> Iterator[tuple[str, str]]:
    """The anchors of the ledger that are no more, with their addresses. Those of a page that was moved are sought where it leads; those of
    a page that was withdrawn went with its words."""
    asked: list[tuple[str, Anchored, tuple[str, ...]]] = []
    for address, anchors in sorted(ledger.items()):
        target = address_of(moved[address]) if address in moved else address
        if anchors and target in pages:
            asked.append((address, pages[target], tuple(sorted(anchors))))
        elif anchors and address in there and there.get(target) != "tombstone.html":
            yield from ((address, anchor) for anchor in sorted(anchors))
    for start in range(0, len(asked), AT_ONCE):
        part = asked[start : start + AT_ONCE]
        found = memory.memo(missing, tuple((one.value, one.is_article, anchors) for _, one, anchors in part))
        yield from ((address, anchor) for (address, _, _), anchors in zip(part, found, strict=True) for anchor in anchors)


def missing(memory: Memory, asked: tuple[tuple[Digest, bool, tuple[str, ...]], ...]) -> tuple[tuple[str, ...], ...]:
    """Of each page the anchors that it does not have."""
    out = []
    for value, is_article, anchors in asked:
        has = anchors_of(memory.value(value, Article) if is_article else memory.value(value, Entry))
        out.append(tuple(anchor for anchor in anchors if anchor not in has))
    return tuple(out)


def as_is(archive: Index, pages: Sequence[Planned], files: Iterable[str], value: Callable[[Anchored], Article | Entry]) -> Ledger:
    """What a ledger would say of the archive as it is."""
    places = anchored(archive)
    return {address: anchors_of(value(places[address])) if address in places else frozenset() for address in listed(pages, files)}
