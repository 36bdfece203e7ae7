"""The index of an archive: term -> where it stands, in files small enough to be fetched one by one.

A *document* is an article, or an entry. Documents lie in *groups*: the articles of one box, or some entries of one kind. What the
documents of a group are found by (`FoundBy`) is remembered with it, so that an edit makes one group anew; some groups at a time are laid
together, file by file, so that it also makes few files anew. A document's number is that of its group times `Shape.width`, and its place
there: it stays the same when articles come to other groups.

The keys of a file are of five kinds: a term; `^` and a term of a title; `=` and a name, folded; `~` and a word of a name that lacks its
first letter, its second or its third, so that who mistakes one of these finds it all the same, for files are chosen by them (as SymSpell
does, which lacks every letter once); and the key of a page (`places/kyiv`), with the articles that name it, or credit it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from sitegen.finding.terms import LEAST, plain, terms
from sitegen.model.article import Article, Entry, Key
from sitegen.model.base import Value
from sitegen.model.box import FoundBy
from sitegen.model.kinds import CLAIMS, kind_of
from sitegen.model.records import Named

FOLDER = "search/"
TERMS = "terms-"
"""How the names of the files of terms begin."""
TITLE, NAME, MISSPELT = "^", "=", "~"
PER_FILE = 80
"""Articles for which there is one file of terms, about: it then has some 50 kB, 15 of them when it is packed."""
PER_PART = 800
"""Articles for which there is one file of each kind's keys."""
TOGETHER = 32
"""Groups that are laid together."""
LISTED = 8
"""Groups whose documents stand in one file: the newest hits lie in many groups."""
MANY = 20_000
"""Articles from which on terms are told apart by their first three letters, below by two."""


CHOSEN_BY = 3
"""Letters at a term's beginning that may choose its file."""


class Shape(Value, frozen=True):
    """How an index is cut. `width`: places in a group, a power of two; `prefix`: the first letters of a term by which its file is chosen;
    `files`: of terms; `parts`: of the keys of each kind."""

    width: int
    prefix: int
    files: int
    parts: int

    @classmethod
    def of(cls, groups: Sequence[int], articles: int) -> Shape:
        """The shape of an index with groups of these sizes: powers of two, so that it stays the same while the archive grows a little."""
        return cls(
            width=_power(max(groups, default=1)),
            prefix=2 if articles < MANY else 3,
            files=_power(articles // PER_FILE),
            parts=_power(articles // PER_PART),
        )

    def file(self, key: str) -> str:
        """The file in which a key stands.

        >>> Shape(32, 2, 8, 2).file("^kharkiv") == Shape(32, 2, 8, 2).file("khaki")
        True
        """
        kind, slash, stem = key.partition("/")
        if slash and kind_of(key):
            return f"{kind}-{spread(stem) % self.parts}"
        return f"{TERMS}{spread(key.lstrip(TITLE + NAME + MISSPELT)[: self.prefix]) % self.files}"


def _power(number: int) -> int:
    """The power of two that is no less."""
    return 1 << max(0, number - 1).bit_length()


def spread(text: str) -> int:
    """A number by which texts are spread over files: FNV-1a of their code points, in 32 bits (`client/search.js` has the same)."""
    out = 0x811C9DC5
    for char in text:
        out = ((out ^ ord(char)) * 0x01000193) & 0xFFFFFFFF
    return out


def keys_of_article(article: Article, lang: str, pages: Iterable[Key], *, full: bool) -> set[str]:
    """What an article is found by. `pages`: those to which it gives something; `full`: whether all its words may be shown."""
    title = terms(article.title.text, lang)
    out = terms("\n".join(block.text for block in article.blocks), lang) if full else set(title)
    out.update(TITLE + term for term in title)
    out.update(page for page in pages if (kind := kind_of(page)) is not None and kind is not CLAIMS)
    return out


def keys_of_entry(entry: Entry, lang: str) -> set[str]:
    """What an entry is found by: its names, and the words of its body."""
    names = names_of(entry)
    called = terms("\n".join(names), lang)
    out = terms("\n".join(block.text for element in entry.elements for block in element.blocks), lang) | called
    out.update(TITLE + term for term in called)
    out.update(NAME + name for one in names if (name := " ".join(plain(one))))
    long = {word for one in names for word in plain(one) if len(word) > LEAST and word.isalpha()}
    out.update(MISSPELT + word[:at] + word[at + 1 :] for word in long for at in range(CHOSEN_BY))
    return out


def names_of(entry: Entry) -> list[str]:
    """What an entry is called, its title first."""
    record = entry.record
    aliases = record.aliases if isinstance(record, Named) else ()
    return list(dict.fromkeys([entry.card.title, *entry.card.names, *(one if isinstance(one, str) else one.form for one in aliases)]))


def group_of(documents: Iterable[Iterable[str]]) -> FoundBy:
    """What the documents of a group are found by; each is given as its keys."""
    out: FoundBy = {}
    for place, keys in enumerate(documents):
        for key in keys:
            out.setdefault(key, []).append(place)
    return dict(sorted(out.items()))  # sets have no order


def laid_together(first: int, groups: Iterable[FoundBy], shape: Shape) -> dict[str, FoundBy]:
    """Some groups that follow one another, the first of them of that number, by file: a key -> the numbers of the documents."""
    out: dict[str, FoundBy] = {}
    where: dict[str, str] = {}
    for number, group in enumerate(groups, first):
        base = number * shape.width
        for key, places in group.items():
            file = where.get(key)
            if file is None:
                file = where[key] = shape.file(key)
            out.setdefault(file, {}).setdefault(key, []).extend([base + place for place in places])
    return {file: dict(sorted(out[file].items())) for file in sorted(out)}


def file_of(parts: Iterable[FoundBy]) -> bytes:
    """A file of the index, from the groups laid together, in their order. JSON: a key -> the number of its first document, and of each that
    follows by how much it is more."""
    whole: FoundBy = {}
    for part in parts:
        for key, numbers in part.items():
            whole.setdefault(key, []).extend(numbers)
    return msgspec.json.encode({key: gaps(whole[key]) for key in sorted(whole)})


def gaps(numbers: Sequence[int]) -> list[int]:
    """The first of some numbers, and of each that follows by how much it is more: few digits.

    >>> gaps([7, 12, 13])
    [7, 5, 1]
    """
    return [*numbers[:1], *(after - before for before, after in pairwise(numbers))]
