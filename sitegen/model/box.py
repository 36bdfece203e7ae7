"""The boxes in which the articles lie. What some twenty articles give to all other pages is remembered as one value, so that an
edit opens one box and leaves the others shut.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from sitegen.model.article import Key
from sitegen.model.base import Value
from sitegen.model.digest import Digest, digest_of
from sitegen.model.problem import Problem, Waived
from sitegen.model.site import Corrected


class Facts(Value, frozen=True):
    """What must be known of a box before it can be filled.

    `words`: every word of its articles, by which the names are chosen that can occur in them. `turns`: the days (ISO, sorted) on
    which one of them becomes public or ceases to be. `seeds`: the files that its articles are proved against.
    """

    words: str
    turns: tuple[str, ...]
    seeds: tuple[str, ...]


class Slip(Value, frozen=True):
    """A public article, as its neighbours, the lists and the feed need it.

    `order` sorts articles by date; `page` is the digest of its argument list, `names` the cards that this names, a line each (one text
    takes a quarter of the room of as many keys); `day` its calendar and day, if it has them; `full`: all its words may be shown; `odd`: as
    of `Head`, where its claims may be seen; `changed`: as of `Head`;
    `was`: as of `Gift`.
    """

    order: str
    stem: str
    card: Digest
    value: Digest
    page: Digest
    names: str
    day: tuple[str, int] | None
    full: bool
    odd: tuple[tuple[str, tuple[str, ...]], ...]
    changed: str
    was: str = ""


class Gift(Value, frozen=True):
    """What one article gives to one page: `order` and `stem` of the article, the `Contribution`, encoded, and the cards to show it
    with. `updated`: as of `Fed`; `was`: the address that the article had first, empty where it has had one alone."""

    order: str
    stem: str
    value: bytes
    needs: tuple[Key, ...]
    updated: str = ""
    was: str = ""


FoundBy = dict[str, list[int]]
"""What the articles of a box are found by (`finding.index`): a key -> the places of the slips, in order."""
Gifts = dict[Key, bytes]
"""Page -> what the articles of one box give to it: a list of `Gift`, encoded."""
_ROW = struct.Struct("<32sI")


class Giving(Value, frozen=True):
    """To which pages a box gives something, and of each the digest of its gifts and how many bytes they are. In columns, for a large
    archive has millions: `pages` is a line each, `rows` are their digests and sizes, packed."""

    pages: str
    rows: bytes

    @classmethod
    def of(cls, gifts: Gifts) -> Giving:
        return cls("\n".join(gifts), b"".join([_ROW.pack(digest_of(data), len(data)) for data in gifts.values()]))

    @property
    def keys(self) -> list[Key]:
        return self.pages.split("\n") if self.pages else []

    def __iter__(self) -> Iterator[tuple[Key, bytes]]:
        """Of each page its key and its row, from which the digest of all that it is given follows."""
        rows = self.rows
        return zip(self.keys, [rows[at : at + _ROW.size] for at in range(0, len(rows), _ROW.size)], strict=True)

    @property
    def sizes(self) -> Iterator[tuple[Key, int]]:
        """Of each page its key, and how many bytes it is given."""
        return ((key, size) for key, (_, size) in zip(self.keys, _ROW.iter_unpack(self.rows), strict=True))


class Box(Value, frozen=True):
    """What the articles of one box give to the rest of the archive, under one set of names, rules and seeds.

    `files`: stem and path of every article, public or not. `found_by`: digest of the `FoundBy`, empty where nobody searches. `gifts`:
    digest of the `Gifts`; `giving`: to which pages they are.
    `references`: what the articles name, `kind:id`, each once.
    `redirects`: old address, article. `pictures`: the path of a file, and the pictures that it shows. `proofs`: the path of a file, and
    that of the text which is published as its proof. `held` and `hidden`: paths, and `awaiting`: those of articles of which single
    entries await an editor. `corrected`: what was corrected on public articles, and which were taken back. `langs`: the languages of
    public articles that say theirs, short of its region.
    """

    files: tuple[tuple[str, str], ...]
    slips: tuple[Slip, ...]
    found_by: Digest
    gifts: Digest
    giving: Giving
    references: tuple[str, ...]
    withdrawn: tuple[tuple[Key, Digest], ...]
    redirects: tuple[tuple[str, Key], ...]
    pictures: tuple[tuple[str, bool, tuple[str, ...]], ...]
    proofs: tuple[tuple[str, str], ...]
    held: tuple[str, ...]
    awaiting: tuple[str, ...]
    hidden: tuple[str, ...]
    problems: tuple[Problem, ...]
    waived: tuple[Waived, ...]
    waivers: tuple[Waived, ...]
    corrected: tuple[Corrected, ...]
    langs: tuple[str, ...]
