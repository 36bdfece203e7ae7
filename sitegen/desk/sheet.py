"""A page as the desk shows it: what its files say, entry by entry, each with its line, its place in the text and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sitegen.content import article as article_room
from sitegen.content import entry as entry_room
from sitegen.content import frontmatter
from sitegen.content.amending import Address
from sitegen.content.anchoring import Found
from sitegen.content.cutting import borders, root_of, said
from sitegen.content.fields import fields
from sitegen.content.front import end_of
from sitegen.content.node import Mapping as Keys
from sitegen.content.node import Node, Scalar
from sitegen.content.node import Sequence as Listed
from sitegen.content.reading import Reading
from sitegen.content.threeway import Said
from sitegen.content.words import Words, words_of
from sitegen.model import records
from sitegen.model.article import Article, Key, Reference
from sitegen.model.base import Record
from sitegen.model.digest import digest_of, encode
from sitegen.model.kinds import ARTICLES, KINDS, SOURCES
from sitegen.model.problem import Fault, Problem
from sitegen.survey.reading import NOTES, Settings

WAITING = ("imported", "in-work")
"""The states of review in which something waits for an editor."""
LETTERS = {"claims": "c", "annotations": "n", "sources": "s"}
"""The lists whose entries quote the text, and what the ids of their highlights begin with."""
LISTS = (*LETTERS, "images", "date_basis", "corrections")
"""The lists of an article whose entries are shown one by one."""
IN_NOTES = frozenset(field.key for field in fields(records.Notes))


class Entry(NamedTuple):
    """One entry of a list. `seen`: a digest of its text in the file, by which a change made meanwhile is told; `found`: where its quote
    stands; `trouble`: what is wrong with it; `parts`: the total and the items of a group."""

    list: str
    at: Address
    path: str
    line: int
    seen: str
    value: Said
    id: str
    found: Found | None
    trouble: tuple[str, ...]
    parts: tuple[Entry, ...] = ()

    @property
    def is_undecided(self) -> bool:
        """Whether an editor has yet to judge it: it has something to do, or came from elsewhere and is not checked."""
        if not isinstance(self.value, dict):
            return False
        review = self.value.get("review")
        return bool(self.value.get("todo")) or (isinstance(review, dict) and review.get("state") in WAITING)


class Sheet(NamedTuple):
    """A page. `keys`: what its metadata say outside of the lists, each with a digest of its text; `version`: of each file."""

    key: Key
    paths: tuple[str, ...]
    version: Mapping[str, str]
    keys: Mapping[str, tuple[str, Said]]
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    article: Article | None


def is_article(key: Key) -> bool:
    """Whether a key is that of an article."""
    return key.partition("/")[0] == ARTICLES.plural


def paths_of(key: Key, path: str) -> tuple[str, ...]:
    """The files of a page: its own, and the notes of an article, which need not be there."""
    return (path, path.removesuffix(".md") + NOTES) if is_article(key) else (path,)


def seen(text: str, node: Node) -> str:
    """A digest of what a node is written as."""
    return digest_of(text[node.span[0] : end_of(node)].rstrip().encode()).hex()[:16]


def version(text: str) -> str:
    """A digest of a whole file."""
    return digest_of(text.encode()).hex()[:16]


class Read(NamedTuple):
    """What the files of a page say: what is wrong with them by themselves, the pages that they name, and the article, if it is one."""

    problems: tuple[Problem, ...]
    references: tuple[Reference, ...]
    article: Article | None


class Reader:
    """Reads pages; what was read last is remembered, for an act asks for a page before and after, and the next one again."""

    def __init__(self) -> None:
        self.known: dict[tuple[object, ...], Read] = {}

    def read(self, key: Key, path: str, texts: Mapping[str, str], settings: Settings) -> Read:
        """A page of these files (path -> text)."""
        asked = (key, path, *sorted(texts.items()), encode(settings))
        if asked not in self.known:
            while len(self.known) >= KEPT:
                del self.known[next(iter(self.known))]
            self.known[asked] = _read(key, path, texts, settings)
        return self.known[asked]

    def remember(self, key: Key, path: str, texts: Mapping[str, str], settings: Settings, read: Read) -> None:
        """That a page of these files is read as another was."""
        self.known[key, path, *sorted(texts.items()), encode(settings)] = read


KEPT = 8
"""Pages that a reader remembers."""


def is_judged_only(before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Whether files say the same on the same lines, but for what is left to do (`todo`): then they are read as the same, and nothing of
    them can be wrong that was right."""
    if before.keys() != after.keys():
        return False
    for path, text in before.items():
        if text == after[path]:
            continue
        old, new = root_of(path, text), root_of(path, after[path])
        rest = text[borders(path, text)[1] :], after[path][borders(path, after[path])[1] :]
        if old is None or new is None or rest[0] != rest[1] or _undone(old) != _undone(new):
            return False
    return True


def _undone(node: Node) -> object:
    """What a node says and on which lines, without what is left to do."""
    if isinstance(node, Scalar):
        return node.line, node.text, node.plain
    if isinstance(node, Listed):
        return [_undone(one) for one in node.items]
    return [(key.line, key.text, _undone(value)) for key, value in node.items if key.text != "todo"]


def _read(key: Key, path: str, texts: Mapping[str, str], settings: Settings) -> Read:
    data = texts[path].encode()
    if not is_article(key):
        entry = entry_room.parse(key.partition("/")[0], path, data, settings.lang)
        return Read(entry.problems, entry.value.references if entry.value is not None else (), None)
    notes = path.removesuffix(".md") + NOTES
    told = texts[notes].encode() if notes in texts else None
    parsed = article_room.parse(path, data, notes if told is not None else "", told, settings.calendars, settings.lang)
    article = parsed.value if isinstance(parsed.value, Article) else None
    return Read(parsed.problems, article.references if article is not None else (), article)


def sheet_of(key: Key, path: str, texts: Mapping[str, str], read: Read) -> Sheet:
    """The page of these files (path -> text), as it was read. Raises Fault where their metadata cannot be read."""
    roots = {}
    for one, text in texts.items():
        root = root_of(one, text)
        if root is None:
            raise Fault(f"{one} cannot be read; correct it in an editor")
        roots[one] = root
    article = read.article
    found = {anchor.id: Found(anchor.block, anchor.start, anchor.end) for anchor in article.anchors} if article is not None else {}
    listing = _Listing(texts, read.problems, found)
    keys = {
        name.text: (seen(texts[one], value), said(value))
        for one, root in roots.items()
        for name, value in root.items
        if name.text not in LISTS
    }
    return Sheet(
        key,
        paths_of(key, path),
        {one: version(text) for one, text in texts.items()},
        keys,
        tuple(one for root in roots.values() for one in listing.entries(root)),
        read.problems,
        article,
    )


def words(path: str, text: str, article: Article, lang: str) -> Words:
    """The words of an article, in which quotes are sought."""
    halves = frontmatter.halves(text.encode(), path)
    return words_of(article.front, path, halves.body, halves.body_line, (), Reading(), article.front.lang or lang)[0]


class _Listing:
    """Makes entries of the nodes of lists. `found`: where the quotes of an article stand, by the ids of their highlights."""

    def __init__(self, texts: Mapping[str, str], problems: Iterable[Problem], found: Mapping[str, Found]) -> None:
        self.texts = texts
        self.found = found
        self.wrong: dict[tuple[str, int], list[str]] = {}
        for one in problems:
            self.wrong.setdefault((one.path, one.line), []).append(f"{one.message}: {one.hint}" if one.hint else one.message)

    def entries(self, root: Keys) -> Iterator[Entry]:
        for key, value in root.items:
            if key.text in LISTS and isinstance(value, Listed):
                for number, node in enumerate(value.items):
                    yield self.entry(key.text, (key.text, number), node)

    def entry(self, name: str, at: Address, node: Node) -> Entry:
        value = said(node)
        id = _id(name, value)
        digest, trouble = seen(self.texts[node.path], node), tuple(self.trouble(node))
        return Entry(name, at, node.path, node.line, digest, value, id, self.found.get(id), trouble, tuple(self.parts(name, at, node)))

    def parts(self, name: str, at: Address, node: Node) -> Iterator[Entry]:
        """The total and the items of a group."""
        for key, value in node.items if isinstance(node, Keys) else ():
            if key.text == "total":
                yield self.entry(name, (*at, "total"), value)
            elif key.text == "items" and isinstance(value, Listed):
                yield from (self.entry(name, (*at, "items", number), one) for number, one in enumerate(value.items))

    def trouble(self, node: Node) -> Iterator[str]:
        """What is told of the lines of a node."""
        if self.wrong:
            for line in sorted({one.line for one in _nodes(node)}):
                yield from self.wrong.get((node.path, line), ())


def _id(name: str, value: Said) -> str:
    """The id of an entry's highlight; empty of one that quotes nothing."""
    if name not in LETTERS or not isinstance(value, dict) or not isinstance(value.get("quote"), str):
        return ""
    told = {key: one for key, one in value.items() if isinstance(one, str)}
    if "id" in told:
        return f"s-{told['id']}" if name == SOURCES.plural else told["id"]
    nth = int(told["nth"]) if told.get("nth", "").isdecimal() else None
    quoting = records.Appearance(quote=told["quote"], prefix=told.get("prefix"), suffix=told.get("suffix"), nth=nth, in_=told.get("in"))
    return article_room.default_id(LETTERS[name], quoting)


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Scalar):
        return
    for one in node.items:
        for part in one if isinstance(one, tuple) else (one,):
            yield from _nodes(part)


def record_of(key: Key, path: str) -> type[Record]:
    """What the metadata of a file of a page are."""
    return records.Notes if path.endswith(NOTES) else KINDS[key.partition("/")[0]].record
