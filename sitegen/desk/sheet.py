"""A page as the desk shows it: what its files say, entry by entry, each with its line, its place in the text and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sitegen.content import article as article_room
from sitegen.content import entry as entry_room
from sitegen.content import frontmatter
from sitegen.content.amending import Address
from sitegen.content.anchoring import Found
from sitegen.content.cutting import Said, root_of, said
from sitegen.content.fields import fields
from sitegen.content.front import end_of
from sitegen.content.node import Mapping as Keys
from sitegen.content.node import Node, Scalar
from sitegen.content.node import Sequence as Listed
from sitegen.content.reading import Reading, read
from sitegen.content.words import Quotes, Selecting, Words, words_of
from sitegen.model import records
from sitegen.model.article import Article, Key
from sitegen.model.base import Record
from sitegen.model.digest import digest_of
from sitegen.model.kinds import ARTICLES, KINDS
from sitegen.model.problem import Fault, Problem
from sitegen.survey.reading import NOTES, Settings

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
        """Whether an editor has yet to judge it."""
        return isinstance(self.value, dict) and bool(self.value.get("todo"))


class Sheet(NamedTuple):
    """A page. `keys`: what its metadata say outside of the lists, each with a digest of its text; `version`: of each file."""

    key: Key
    paths: tuple[str, ...]
    version: Mapping[str, str]
    keys: Mapping[str, tuple[str, Said]]
    entries: tuple[Entry, ...]
    words: Words | None
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


def problems_of(key: Key, path: str, texts: Mapping[str, str], settings: Settings) -> tuple[tuple[Problem, ...], Article | None]:
    """What is wrong with a page by what its own files say."""
    data = texts[path].encode()
    if not is_article(key):
        return entry_room.parse(key.partition("/")[0], path, data, settings.lang).problems, None
    notes = path.removesuffix(".md") + NOTES
    told = texts[notes].encode() if notes in texts else None
    parsed = article_room.parse(path, data, notes if told is not None else "", told, settings.calendars, settings.lang)
    return parsed.problems, parsed.value if isinstance(parsed.value, Article) else None


def sheet_of(key: Key, path: str, texts: Mapping[str, str], settings: Settings) -> Sheet:
    """The page of these files (path -> text). Raises Fault where their metadata cannot be read."""
    roots = {}
    for one, text in texts.items():
        root = root_of(one, text)
        if root is None:
            raise Fault(f"{one} cannot be read; correct it in an editor")
        roots[one] = root
    problems, article = problems_of(key, path, texts, settings)
    reader, words, record = Reading(), None, None
    mapping = roots[path]
    notes = path.removesuffix(".md") + NOTES
    if notes in roots and notes != path:
        mapping = frontmatter.merged(mapping, roots[notes], IN_NOTES, ())[0]
    if is_article(key):
        record = read(records.Article, mapping, reader)
    if record is not None:
        halves = frontmatter.halves(texts[path].encode(), path)
        words, _ = words_of(record, path, halves.body, halves.body_line, (), Reading(), record.lang or settings.lang)
    listing = _Listing(
        texts, problems, Quotes(words, reader) if words is not None else None, {id(node): made for made, node in _written(record, reader)}
    )
    entries = [one for text, root in roots.items() for one in listing.entries(root)]
    keys = {
        name.text: (seen(texts[one], value), said(value))
        for one, root in roots.items()
        for name, value in root.items
        if name.text not in LISTS
    }
    versions = {one: version(text) for one, text in texts.items()}
    return Sheet(key, paths_of(key, path), versions, keys, tuple(entries), words, problems, article)


def _written(record: records.Article | None, reader: Reading) -> Iterator[tuple[Record, Keys]]:
    """Every record of an article that selects words, with the node that it was read from."""
    if record is None:
        return
    for entry in record.claims:
        for one in (entry.total, *entry.items) if isinstance(entry, records.Group) else (entry,):
            yield one, reader.written[id(one)]
    for other in (*record.annotations, *record.sources):
        yield other, reader.written[id(other)]


class _Listing:
    """Makes entries of the nodes of lists."""

    def __init__(self, texts: Mapping[str, str], problems: tuple[Problem, ...], quotes: Quotes | None, made: Mapping[int, Record]) -> None:
        self.texts = texts
        self.made = made
        self.quotes = quotes
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
        record = self.made.get(id(node))
        found, id_ = None, ""
        if isinstance(record, records.Appearance | records.Annotation | records.Citation):
            found, id_ = self.where(name, record)
        digest, trouble = seen(self.texts[node.path], node), tuple(self.trouble(node))
        return Entry(name, at, node.path, node.line, digest, value, id_, found, trouble, tuple(self.parts(name, at, node)))

    def where(self, name: str, record: Selecting) -> tuple[Found | None, str]:
        if not record.quote:
            return None, ""
        letter = LETTERS[name]
        given = f"s-{record.id}" if isinstance(record, records.Citation) and record.id else record.id
        found = self.quotes.find(record) if self.quotes is not None else None
        return found, given or article_room.default_id(letter, record)

    def parts(self, name: str, at: Address, node: Node) -> Iterator[Entry]:
        """The total and the items of a group."""
        for key, value in node.items if isinstance(node, Keys) else ():
            if key.text == "total":
                yield self.entry(name, (*at, "total"), value)
            elif key.text == "items" and isinstance(value, Listed):
                yield from (self.entry(name, (*at, "items", number), one) for number, one in enumerate(value.items))

    def trouble(self, node: Node) -> Iterator[str]:
        """What is told of the lines of a node."""
        last = max(node.line, *(one.line for one in _nodes(node)))
        for line in range(node.line, last + 1):
            yield from self.wrong.get((node.path, line), ())


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
