"""What is wrong between the files: ids that lead nowhere, links that are broken, addresses that two would have.

What can be told from the boxes is asked of them; the articles' own heads are read only where there is something to tell.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from urllib.parse import unquote

from sitegen import config as config_room
from sitegen.archive.checks import Heads
from sitegen.archive.index import Index, Stems, address_of, is_doubtful, key_of_address, unknown
from sitegen.archive.ledger import anchors_of
from sitegen.archive.lineage import LEVELS, is_in_circle, is_too_deep
from sitegen.archive.names import is_mention
from sitegen.archive.plan import outputs_of
from sitegen.cache import Memory
from sitegen.content.nearest import Options
from sitegen.model.article import Article, ArticleCard, Entry, Key
from sitegen.model.box import Box
from sitegen.model.digest import Digest
from sitegen.model.kinds import ARTICLES
from sitegen.model.pages import Planned
from sitegen.model.problem import Problem
from sitegen.model.site import Beside, Head

Lines = Callable[[str, str], int]
"""The line on which the file at a path says some words, or 0."""


class Between:
    """The problems between the files of one archive."""

    def __init__(self, archive: Index, boxes: Sequence[Box], heads: Heads, lines: Lines, memory: Memory) -> None:
        self.archive = archive
        self.boxes = boxes
        self.heads = heads
        self.lines = lines
        self.memory = memory
        self.anchors: dict[Digest, frozenset[str]] = {}

    def unknown_ids(self, broken: Collection[Key]) -> Iterator[Problem]:
        """Ids that lead nowhere, or to several pages. `broken`: pages that could not be read."""
        moved = {old: key for key, head in self.archive.heads.items() for old in head.redirect_from}
        moved |= {old: key for box in self.boxes for old, key in box.redirects}
        known, gone, stems = self.archive.known, frozenset(broken), Stems(self.archive.known, moved)
        for head in self.archive.heads.values():
            yield from unknown(head, known, gone, stems)
        for box in self.boxes:
            # nearly every reference is a page's own key
            rest = {one.replace(":", "/", 1) for one in box.references} - known
            if rest and any(is_doubtful(one, known) for one in box.references):
                for head in self.heads(path for _, path in box.files):
                    yield from unknown(head, known, gone, stems)

    def deep(self) -> Iterator[Problem]:
        """Entries that lie in too many others, or in themselves."""
        for head in self.archive.heads.values():
            if is_in_circle(head, self.archive):
                hint = "correct the one that names too small a place, or too low a source or topic"
                yield Problem(head.path, 1, "within-circle", "what this stands within leads back to it", hint)
            elif is_too_deep(head, self.archive):
                message = f"more than {LEVELS} pages stand above this one, each within the next"
                yield Problem(
                    head.path, 1, "within-too-deep", message, "name a larger place in `within`, or a source nearer the top in `parent`"
                )

    def broken_links(self, addresses: Iterable[str]) -> Iterator[Problem]:
        """Links of bodies to addresses that do not exist, and to anchors that do not. Asks for the addresses only where
        one is linked."""
        linking = [box for box in self.boxes if any(one.startswith(("address:/", "address:#")) for one in box.references)]
        heads = [*self.archive.heads.values(), *(head for box in linking for head in self.heads(path for _, path in box.files))]
        links = [(head, one) for head in heads for one in head.references if one.kind == "address" and one.id.startswith(("/", "#"))]
        known = frozenset(addresses if links else ())
        options = cache(lambda: Options(f"/{address}" for address in known))
        for head, one in links:
            problem = self._followed(head, one.id, known, options)
            if problem is not None:
                yield Problem(one.path, one.line, "broken-link", *problem)

    def _followed(self, head: Head, target: str, known: frozenset[str], options: Callable[[], Options]) -> tuple[str, str] | None:
        """What is wrong with a link, and what to do about it."""
        key = head.card.key if target.startswith("#") else key_of_address(target)
        if key is None or key not in self.archive.known:
            path = target.split("#", maxsplit=1)[0].split("?", maxsplit=1)[0].lstrip("/")
            if not known.isdisjoint((path, f"{path}/", unquote(path))):
                return None
            return f"the link {target!r} leads to nothing", options().did_you_mean(f"/{path}", "link a page that exists")
        anchor = target.partition("#")[2]
        # the anchors of mentions follow from all names, and are taken on trust
        if not anchor or is_mention(anchor) or anchor in self._anchors(head if target.startswith("#") else self._head(key)):
            return None
        hint = "an anchor is the id of a claim, note, heading (its words with hyphens) or image (`image-ID`)"
        return f"the page has no anchor for {target!r}", hint

    def _head(self, key: Key) -> Head:
        return self.archive.heads.get(key) or self._articles[key]

    @cached_property
    def _articles(self) -> dict[Key, Head]:
        return {head.card.key: head for head in self.heads(self._stems.values())}

    @cached_property
    def _stems(self) -> dict[str, str]:
        """The path of every article by its stem; where two have one stem, the first path is meant, whatever the order of the boxes."""
        files = [one for box in self.boxes for one in box.files]
        stems = dict(files)
        return stems if len(stems) == len(files) else dict(sorted(files, key=lambda one: one[1], reverse=True))

    def _anchors(self, head: Head) -> frozenset[str]:
        """The ids on a page that a link may lead to; a page is read once, however many lead there."""
        if head.value not in self.anchors:
            self.anchors[head.value] = self._read_anchors(head)
        return self.anchors[head.value]

    def _read_anchors(self, head: Head) -> frozenset[str]:
        is_article = isinstance(head.card, ArticleCard)
        return anchors_of(self.memory.value(head.value, Article) if is_article else self.memory.value(head.value, Entry))

    def clashes(
        self, pages: Iterable[Planned], files: Iterable[str], keep: Sequence[str], beside: Beside, sources: Mapping[str, str]
    ) -> list[Problem]:
        """Two pages or files that would lie in one place. `sources`: address -> the file that is published there."""
        outputs = ((str(path), page.address) for page in pages for path in outputs_of(page, beside))
        places = [*outputs, *((address, address) for address in files)]
        if not self.memory.memo(clashing, tuple(places), tuple(keep)):
            return []
        # what is said follows from the addresses, not from the order of the pages: of two, an old address is in the way
        old = {place for place, _ in self._old}
        ordered = tuple(sorted(places, key=lambda one: (one[1] in old, one[1] in sources, one[1])))
        found = [
            (other if other in sources and address not in sources else address, message)
            for address, other, message in clashing(self.memory, ordered, tuple(keep))
        ]
        named = dict(reversed(found))  # of a file that is in the way of many, the first
        return [self._taken(address, message, sources) for address, message in named.items()]

    def _taken(self, address: str, message: str, sources: Mapping[str, str]) -> Problem:
        path, *others = self._asking.get(address, [sources.get(address, config_room.PATH)])
        hint = f"rename one of them, or correct `redirect_from`{''.join(f'; {other} asks for it too' for other in others)}"
        old = address.rstrip("/")
        line = self.lines(path, old) if (address, path) in self._old and path != config_room.PATH else 0
        return Problem(path, line, "address-taken", message, hint)

    @cached_property
    def paths(self) -> dict[Key, str]:
        """The file that each page was written in."""
        paths = {head.card.key: head.path for head in self.archive.heads.values()}
        return paths | {ARTICLES.key(stem): path for stem, path in self._stems.items()}

    @cached_property
    def _old(self) -> list[tuple[str, str]]:
        """Every address that `redirect_from` asks for, in both its forms, with the file that asks."""
        old = [one for box in self.boxes for one in box.redirects]
        shown = ((key, head) for key, head in self.archive.heads.items() if self.archive.status[key] != "hidden")
        old += [(one, key) for key, head in shown for one in head.redirect_from]
        return sorted({(place, self.paths[key]) for one, key in old for place in (one, f"{one}/")})

    @cached_property
    def _asking(self) -> Mapping[str, list[str]]:
        """The files that ask for each address: by `redirect_from` before by their own names, for that is what can be mended."""
        asking: dict[str, list[str]] = {}
        for address, path in (*self._old, *sorted((address_of(key), path) for key, path in self.paths.items())):
            asking.setdefault(address, []).append(path)
        return asking


def clashing(_: Memory, places: tuple[tuple[str, str], ...], keep: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    """Two addresses of one place, whatever the case of their letters, or one in the other's way: the address, the other one (empty: none),
    and what is wrong. `places`: output path and address."""
    found: list[tuple[str, str, str]] = []
    owners: dict[str, str] = {}
    for path, address in places:
        place = path.casefold()
        if place in owners:
            both = f"/{address} and /{owners[place]} would lie in one place"
            message = both if address != owners[place] else f"two files ask for the address /{address}"
            found.append((address, owners[place], message))
        owners[place] = address
        if any(place == kept.strip("/").casefold() or place.startswith(kept.strip("/").casefold() + "/") for kept in keep):
            found.append((address, "", f"/{address} lies in what `keep` says is not ours"))
    for place, address in owners.items():
        parts = place.split("/")
        above = ("/".join(parts[:n]) for n in range(1, len(parts)))
        within = ((address, owners[one], f"/{address} would lie within the file /{owners[one]}") for one in above if one in owners)
        found += within
    return tuple(found)
