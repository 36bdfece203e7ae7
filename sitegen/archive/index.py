"""The index of the archive: which pages there are, which of them are public, and whether every id that is named exists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import NamedTuple

from sitegen import urls
from sitegen.archive.gate import Policy, Status
from sitegen.content.nearest import Options
from sitegen.model.article import Key
from sitegen.model.box import Box, Slip
from sitegen.model.digest import Digest
from sitegen.model.kinds import ARTICLES, KINDS, PAGES
from sitegen.model.problem import Problem
from sitegen.model.site import Head

HOME = PAGES.key("index")
"""The free page that stands on the home page."""

_RESERVED = frozenset(["checks", "differs", "days", "timeline", "map", "search", "data", "assets", "seeds", "images", "404"])


def is_reserved(first: str) -> bool:
    """Whether a first part of addresses is none that free pages can have."""
    return first in _RESERVED or first in _addressed()


def _addressed() -> list[str]:
    """The kinds whose addresses begin with their name: all but free pages."""
    return [kind.plural for kind in KINDS.values() if not kind.is_nested]


class Index(NamedTuple):
    """The pages of the archive, and what readers may see of each.

    `heads` and `status`: of all pages but the articles, in the order of their kinds and stems. `articles`: the public ones, newest first.
    `known`: every page, public or not. `cards`: digests of the cards of what is public; `behind`: of those that are shown with further
    cards the names of these, a line each; `shown`: the digest of each card with those behind it, once the pages are planned.
    """

    heads: Mapping[Key, Head]
    status: Mapping[Key, Status]
    articles: Sequence[Slip]
    known: AbstractSet[Key]
    cards: dict[Key, Digest]
    behind: dict[Key, str]
    shown: dict[Key, Digest]

    def public(self, kind: str) -> list[Head]:
        """The public pages of a kind, articles aside."""
        return [head for key, head in self.heads.items() if head.kind == kind and self.status[key] == "public"]


def index(entries: Iterable[Head], boxes: Sequence[Box], policy: Policy) -> tuple[Index, list[Problem]]:
    """The index, with two files for one address as problems."""
    problems: list[Problem] = []
    found: dict[Key, Head] = {}
    for head in sorted(entries, key=lambda head: (head.kind, head.card.stem, head.path)):
        key = head.card.key
        if key in found:
            problems.append(_taken(key, head.path, found[key].path))
        elif KINDS[head.kind].is_nested and is_reserved(head.card.stem.split("/")[0]):
            message = f"the address /{address_of(key)} belongs to the program"
            problems.append(Problem(head.path, 0, "address-taken", message, "rename the file"))
        else:
            found[key] = head
    stems = [stem for box in boxes for stem, _ in box.files]
    for stem in sorted(stem for stem, count in Counter(stems).items() if count > 1):
        first, *others = sorted(path for box in boxes for one, path in box.files if one == stem)
        problems += [_taken(ARTICLES.key(stem), path, first) for path in others]
    status = {key: policy.status(head.card.gate, KINDS[head.kind]) for key, head in found.items()}
    articles = sorted(chain.from_iterable(box.slips for box in boxes), key=lambda slip: (slip.order, slip.stem), reverse=True)
    cards = {ARTICLES.key(slip.stem): slip.card for slip in articles}
    cards |= {key: head.card_digest for key, head in found.items() if status[key] == "public"}
    known = found.keys() | {ARTICLES.key(stem) for stem in stems}
    return Index(found, status, articles, known, cards, {}, {}), problems


def _taken(key: Key, path: str, first: str) -> Problem:
    message = f"two files have the address /{address_of(key)}"
    return Problem(path, 0, "address-taken", message, f"the other is {first}; rename one of them")


def address_of(key: Key) -> urls.Address:
    """The address of a page.

    >>> address_of("pages/about/us"), address_of("pages/index"), address_of("places/kyiv")
    ('about/us/', '', 'places/kyiv/')
    """
    kind, _, stem = key.partition("/")
    if kind == PAGES.plural:
        return urls.Address("" if key == HOME else f"{stem}/")
    return urls.Address(f"{key}/")


def key_of_address(target: str) -> Key | None:
    """The page that an address within the site leads to, where it is one that an editor wrote.

    >>> key_of_address("/places/kyiv/#p-1"), key_of_address("/about/"), key_of_address("/timeline/")
    ('places/kyiv', 'pages/about', None)
    """
    path = re.split(r"[?#]", target)[0].strip("/")
    first, _, rest = path.partition("/")
    if "." in path:
        return None
    if first in _addressed():
        return path if rest and "/" not in rest else None
    return None if is_reserved(first) or not path else PAGES.key(path)


def meant(kind: str, id: str) -> list[Key]:
    """The pages that a reference may mean, whether there are such or not; `kind` empty: of any kind.

    >>> meant("places", "kyiv"), meant("address", "/about/")
    (['places/kyiv'], ['pages/about'])
    """
    if kind == "address":
        key = key_of_address(id)
        return [key] if key is not None else []
    return [f"{kind}/{id}"] if kind else [f"{one}/{id}" for one in KINDS]


def keys_of(kind: str, id: str, known: AbstractSet[Key]) -> list[Key]:
    """The pages of the archive that a reference means."""
    return [key for key in meant(kind, id) if key in known]


def is_doubtful(reference: str, known: AbstractSet[Key]) -> bool:
    """Whether a reference (`kind:id`) may be one of `unknown`."""
    kind, _, id = reference.partition(":")
    if kind == "address":
        return not id.startswith(("/", "#"))
    return len(keys_of(kind, id, known)) != 1


class Stems:
    """The stems of each kind of page, to be asked which is most like an id that is none of them. `moved`: old address -> key of the page
    that has it now."""

    def __init__(self, known: AbstractSet[Key], moved: Mapping[str, Key]) -> None:
        self.known = known
        self.moved = moved
        self.kinds: dict[str, Options] = {}

    def hint(self, kind: str, id: str) -> str:
        """What to do about an id of a kind (empty: any) that does not exist."""
        now = next((self.moved[old] for key in meant(kind, id) if (old := address_of(key).rstrip("/")) in self.moved), None)
        if now is not None:
            return f"it is called `{now.partition('/')[2]}` now"
        if kind not in self.kinds:
            keys = (key.partition("/") for key in self.known)
            self.kinds[kind] = Options(stem for one, _, stem in keys if not kind or one == kind)
        return self.kinds[kind].did_you_mean(id, f"write content/{kind}/{id}.md" if kind else "write a page")


def unknown(head: Head, known: AbstractSet[Key], broken: AbstractSet[Key], stems: Stems) -> Iterator[Problem]:
    """The ids of a file that lead nowhere, or to several pages.

    `broken`: pages whose files have errors of their own, which are told; that they are named is no second error. `stems`: those of
    `known`.
    """
    for reference in head.references:
        where = (reference.path, reference.line)
        if reference.kind == "address":
            if not reference.id.startswith(("/", "#")):
                hint = "link pages of the archive as `[[id]]` or by their address from the root, `/places/kyiv/`"
                yield Problem(*where, "relative-link", f"the link {reference.id!r} is relative", hint)
            continue
        keys = keys_of(reference.kind, reference.id, known)
        if not keys and keys_of(reference.kind, reference.id, broken):
            continue
        if not keys:
            what = KINDS[reference.kind].singular if reference.kind in KINDS else reference.kind or "page"
            hint = stems.hint(reference.kind, reference.id)
            yield Problem(*where, "unknown-id", f"there is no {what} {reference.id!r}", hint)
        elif len(keys) > 1:
            options = ", ".join(f"`[[{KINDS[kind].singular}:{stem}]]`" for kind, _, stem in (key.partition("/") for key in keys))
            yield Problem(*where, "ambiguous-id", f"{reference.id!r} may be several pages", f"write one of {options}")
