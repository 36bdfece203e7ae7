"""The index of the archive: which pages there are, which of them are public, and whether every id that is named exists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from sitegen import urls
from sitegen.archive.gate import Status, status
from sitegen.content.nearest import did_you_mean
from sitegen.model.article import ArticleCard
from sitegen.model.problem import Problem
from sitegen.model.records import Config
from sitegen.model.site import Head

Key = tuple[str, str]
"""Kind and stem of a page."""

RESERVED = frozenset(
    ["articles", "places", "sources", "claims", "days", "timeline", "map", "search", "data", "assets", "seeds", "images", "404"]
)
"""First parts of addresses that free pages cannot have."""


class Index(NamedTuple):
    """The pages of the archive by kind and stem, in the order of their paths, and what readers may see of each."""

    heads: Mapping[Key, Head]
    status: Mapping[Key, Status]

    def public(self, kind: str) -> list[Head]:
        """The public pages of a kind."""
        return [head for key, head in self.heads.items() if key[0] == kind and self.status[key] == "public"]

    def is_public(self, key: Key) -> bool:
        return self.status.get(key) == "public"


def index(
    heads: Iterable[Head], config: Config, today: str, *, drafts: bool, broken: AbstractSet[Key] = frozenset()
) -> tuple[Index, list[Problem]]:
    """The index, with two files for one address, and ids that lead nowhere, as problems.

    `broken`: pages whose files have errors of their own, which are told; that they are named is no second error.
    """
    problems: list[Problem] = []
    found: dict[Key, Head] = {}
    heads = sorted(heads, key=lambda head: (head.kind, head.card.stem, head.path))
    for head in heads:
        key = (head.kind, head.card.stem)
        if key in found:
            message = f"two files have the address /{address_of(key)}"
            problems.append(Problem(head.path, 0, "address-taken", message, f"the other is {found[key].path}; rename one of them"))
        elif head.kind == "pages" and head.card.stem.split("/")[0] in RESERVED:
            message = f"the address /{address_of(key)} belongs to the program"
            problems.append(Problem(head.path, 0, "address-taken", message, "rename the file"))
        else:
            found[key] = head
    statuses = {key: status(head.card.gate, today, config.publish.unchecked, drafts=drafts) for key, head in found.items()}
    out = Index(found, statuses)
    for head in found.values():
        problems += _unknown(head, out, broken)
    return out, problems


def address_of(key: Key) -> urls.Address:
    """The address of a page.

    >>> address_of(("pages", "about/us")), address_of(("pages", "index")), address_of(("places", "kyiv"))
    ('about/us/', '', 'places/kyiv/')
    """
    kind, stem = key
    if kind == "pages":
        return urls.Address("" if stem == "index" else f"{stem}/")
    return urls.address_of(kind, stem)


def key_of_address(target: str) -> Key | None:
    """The page that an address within the site leads to, where it is one that an editor wrote.

    >>> key_of_address("/places/kyiv/#p-1"), key_of_address("/about/"), key_of_address("/timeline/")
    (('places', 'kyiv'), ('pages', 'about'), None)
    """
    path = re.split(r"[?#]", target)[0].strip("/")
    first, _, rest = path.partition("/")
    if "." in path:
        return None
    if first in ("articles", "places", "sources", "claims"):
        return (first, rest) if rest and "/" not in rest else None
    return None if first in RESERVED or not path else ("pages", path)


def keys_of(kind: str, id: str, heads: Mapping[Key, Head]) -> list[Key]:
    """The pages that a reference may mean; `kind` empty: any."""
    if kind == "address":
        key = key_of_address(id)
        return [key] if key is not None and key in heads else []
    kinds = [kind] if kind else ["articles", "places", "sources", "claims", "pages"]
    return [(one, id) for one in kinds if (one, id) in heads]


def _unknown(head: Head, index: Index, broken: AbstractSet[Key]) -> Iterable[Problem]:
    for reference in head.references:
        where = (reference.path, reference.line)
        if reference.kind == "address":
            if not reference.id.startswith(("/", "#")):
                hint = "link pages of the archive as `[[id]]` or by their address from the root, `/places/kyiv/`"
                yield Problem(*where, "relative-link", f"the link {reference.id!r} is relative", hint)
            continue
        keys = keys_of(reference.kind, reference.id, index.heads)
        if not keys and any(reference.id == stem and reference.kind in ("", kind) for kind, stem in broken):
            continue
        if not keys:
            stems = [stem for kind, stem in index.heads if not reference.kind or kind == reference.kind]
            what = reference.kind.removesuffix("s") or "page"
            folder = f"content/{reference.kind}/{reference.id}.md" if reference.kind else "a page"
            yield Problem(
                *where, "unknown-id", f"there is no {what} {reference.id!r}", did_you_mean(reference.id, stems, f"write {folder}")
            )
        elif len(keys) > 1:
            options = ", ".join(f"`[[{kind.removesuffix('s')}:{stem}]]`" for kind, stem in keys)
            yield Problem(*where, "ambiguous-id", f"{reference.id!r} may be several pages", f"write one of {options}")


def newest_first(heads: Iterable[Head]) -> list[Head]:
    """Articles by date, newest first; undated ones last; equal dates by address."""

    def order(head: Head) -> tuple[str, str, str]:
        date = head.card.date if isinstance(head.card, ArticleCard) else None
        return (date.sort if date else "", date.first if date else "", head.card.stem)

    return sorted(heads, key=order, reverse=True)
