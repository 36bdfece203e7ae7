"""Annotations out of an archive and into it: ours as W3C Web Annotations, those of other programs as proposals that await an editor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from sitegen.annotations.foreign import Foreign, annotations_in
from sitegen.annotations.placing import Placing
from sitegen.annotations.proposals import Known, Proposal, Refused, proposal
from sitegen.annotations.vocabulary import ITEM
from sitegen.archive.index import address_of, is_doubtful
from sitegen.cache import Cache, open_cache
from sitegen.content import article as article_room
from sitegen.content import frontmatter, nodes
from sitegen.content.amending import Add, amended
from sitegen.content.cutting import root_of, said
from sitegen.content.fields import fields
from sitegen.content.reading import Reading
from sitegen.content.threeway import Said
from sitegen.content.words import Quotes, Words, laid
from sitegen.editor import Change, written
from sitegen.exports.annotations import Annotated, collection
from sitegen.model import records
from sitegen.model.article import Article, Key
from sitegen.model.kinds import ARTICLES
from sitegen.model.problem import Fault, Problem
from sitegen.model.records import Config
from sitegen.model.site import Head
from sitegen.survey import Options, sound, survey_of
from sitegen.survey.reading import NOTES, File, Settings, content_files, read_all
from sitegen.survey.state import as_changed, of_one_state
from sitegen.tree import Tree
from sitegen.workers import Progress, silent

SIZE_LIMIT = 64 * 1024 * 1024
"""Bytes of a file that is imported."""
NEW = "# Proposed by `sitegen annotations import`; each is to be judged.\n"
"""How the notes of an article begin that had none."""
LOCAL = frozenset(["localhost", "127.0.0.1", "::1", ""])
"""Where `sitegen serve` shows the site."""


class Put(NamedTuple):
    """How many proposals were put into a file."""

    path: str
    proposals: int


class Untaken(NamedTuple):
    """An annotation of a file that was not taken, why, and what could be done."""

    file: str
    of: Foreign
    why: str
    hint: str


class Received(NamedTuple):
    """What an import comes to. `known`: annotations that the archive has already; `problems`: the errors that the archive would have;
    nothing is written where there are any."""

    changes: tuple[Change, ...]
    put: tuple[Put, ...]
    known: int
    untaken: tuple[Untaken, ...]
    problems: tuple[Problem, ...]


def exported(root: Path, options: Options, names: Collection[str] = (), progress: Progress = silent) -> dict[str, object]:
    """The annotations of some articles, by their ids or files; of all where none is named. Raises Unsound where the archive has errors, for
    then not every quote has its place, and Fault where there is no such article."""
    with open_cache(root) as cache:

        def made(tree: Tree) -> dict[str, object]:
            config = sound(survey_of(tree, cache, options, progress))
            archive = _Archive(tree, cache, config, options)
            wanted = [archive.article(name) for name in names] or list(archive.articles)
            told = (archive.opened(one) for one in dict.fromkeys(wanted))
            return collection(config.title, config.base_url, (Annotated(one.article, one.words, one.said) for one in told))

        out = of_one_state(root, cache, made)
        cache.commit()
    return out


def receive(
    root: Path, files: Iterable[Path], options: Options, article: str = "", *, dry_run: bool = False, progress: Progress = silent
) -> Received:
    """Puts the annotations of some files into the archive as proposals, all or none of them: it must have no errors then. `article`: that
    of annotations whose address is none of the archive's. Raises Fault where a file cannot be read, or holds no annotation, and where there
    is no such article."""
    incoming = [(path.name, _read(path)) for path in files]
    with open_cache(root) as cache:

        def made(tree: Tree) -> Received:
            config = sound(survey_of(tree, cache, options, progress))
            archive = _Archive(tree, cache, config, options)
            return _Receiving(archive, archive.article(article) if article else None).all(incoming, cache, progress)

        out = of_one_state(root, cache, made)
        cache.commit()
    if not dry_run and not out.problems:
        written(root, out.changes)
    return out


def _read(path: Path) -> list[Foreign]:
    try:
        with open(path, "rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise Fault(f"{path} cannot be read: {error.strerror}") from error
    try:
        if len(data) > SIZE_LIMIT:
            raise ValueError(f"it has more than {SIZE_LIMIT // 1024**2} MiB; split it")
        return annotations_in(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Fault(f"{path}: it is not UTF-8") from None
    except ValueError as error:
        raise Fault(f"{path}: {error}") from None


class _Opened(NamedTuple):
    """An article with all that its files say."""

    file: File
    head: Head
    article: Article
    words: Words
    said: dict[str, Said]


class _Archive:
    """The articles of an archive without errors."""

    def __init__(self, tree: Tree, cache: Cache, config: Config, options: Options) -> None:
        self.tree, self.cache, self.config, self.options = tree, cache, config, options
        files = content_files(tree)[0]
        self.settings = Settings.of(config)
        reads = read_all(cache, files, self.settings, options.jobs)
        heads = [(file, read.head) for file, read in zip(files, reads, strict=True) if read.head is not None]
        self.known: frozenset[Key] = frozenset(head.card.key for _, head in heads)
        self.articles = {head.card.stem: (file, head) for file, head in heads if file.kind == ARTICLES.plural}

    def article(self, name: str) -> str:
        """The id of the article that is meant: by its id, its key, its file or its notes."""
        stem = name.removesuffix(NOTES).removesuffix(".md").rstrip("/").rpartition("/")[2]
        if stem not in self.articles:
            raise Fault(f"there is no article {name!r}; `sitegen list articles` tells which there are")
        return stem

    def opened(self, stem: str) -> _Opened:
        file, head = self.articles[stem]
        article: Article = self.cache.value(head.value, Article)
        front = frontmatter.halves(self.tree.read(file.path), file.path).front
        if file.notes:
            apparatus = nodes.nodes(frontmatter.decode(self.tree.read(file.notes), file.notes)[0], file.notes, 1)[0]
            front = frontmatter.merged(front, apparatus, {field.key for field in fields(records.Notes)}, ())[0]
        whole = said(front)
        assert isinstance(whole, dict)
        lang = article.front.lang or self.config.lang
        return _Opened(file, head, article, laid(article.title, article.elements, lang), whole)

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Every address that leads to an article, with its id: its page's, its old ones, and where it was first published."""
        for stem, (_, head) in self.articles.items():
            base = self.config.base_url
            for address in (address_of(head.card.key), *head.redirect_from):
                yield _place(base + address), stem
                yield urlsplit(base + address).path.rstrip("/"), stem
        for stem, (_, head) in self.articles.items():
            origin = self.cache.value(head.value, Article).front.origin
            if origin is not None:
                yield from ((_place(url), stem) for url in (origin.url, *(one.url for one in origin.archived)) if url)


def _place(url: str) -> str:
    """An address without what does not tell one page from another.

    >>> _place("HTTP://X.org/a/index.html#b"), _place("https://x.org/a/?n=1")
    ('x.org/a', 'x.org/a?n=1')
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "") + (f":{parts.port}" if parts.port else "")
    except ValueError:
        return ""
    path = parts.path.removesuffix("index.html").rstrip("/")
    return f"{host}{path}" + (f"?{parts.query}" if parts.query else "")


class _Receiving:
    """An import on its way."""

    def __init__(self, archive: _Archive, named: str | None) -> None:
        self.archive, self.named = archive, named
        self.places: dict[str, str] = {}
        for place, stem in archive.addresses():
            self.places.setdefault(place, stem)
        self.open: dict[str, _Opened] = {}
        self.have: dict[str, Known] = {}
        self.taken: dict[str, list[tuple[str, Proposal]]] = {}
        self.untaken: list[Untaken] = []
        self.known = 0

    def all(self, files: Sequence[tuple[str, list[Foreign]]], cache: Cache, progress: Progress) -> Received:
        for name, found in files:
            self.file(name, found)
        changes: list[Change] = []
        put: list[Put] = []
        for number, (stem, proposals) in enumerate(sorted(self.taken.items()), 1):
            texts, counts = self.written(self.open[stem], proposals)
            changes += [Change(path, self.before(path), text) for path, text in texts.items()]
            put += [Put(path, count) for path, count in sorted(counts.items())]
            progress("Adding proposals", number, len(self.taken))
        problems: tuple[Problem, ...] = ()
        if changes:
            after = survey_of(as_changed(self.archive.tree, changes, cache), cache, self.archive.options)
            problems = tuple(problem for problem in after.problems if problem.severity == "error")
        order = {name: number for number, (name, _) in enumerate(files)}
        untaken = sorted(self.untaken, key=lambda one: (order[one.file], one.of.number))
        return Received(tuple(sorted(changes)), tuple(put), self.known, tuple(untaken), problems)

    def file(self, name: str, found: Sequence[Foreign]) -> None:
        """Sorts the annotations of a file into the articles that they are about."""
        by_article: dict[str, list[Foreign]] = {}
        for one in found:
            stem = self.article_of(one.source)
            if one.why:
                self.refuse(name, Refused(one, one.why))
            elif stem is None:
                where = f"{one.source} is the address of no article here" if one.source else "it does not say what it is about"
                self.refuse(name, Refused(one, where, "name the article: --article ID"))
            else:
                by_article.setdefault(stem, []).append(one)
        for stem, some in by_article.items():
            if stem not in self.open:
                self.open[stem] = self.archive.opened(stem)
                self.have[stem] = Known(self.open[stem].said)
            self.of_article(name, stem, some)

    def article_of(self, source: str) -> str | None:
        """The article that an address leads to; else the one that was named."""
        place = _place(source) if source else ""
        found = self.places.get(place) or self.places.get(place.partition("?")[0])
        if not found and source:
            parts = urlsplit(f"//{place}" if place[:1] != "/" else place)
            path = parts.path.rstrip("/")
            found = self.places.get(path) if (parts.hostname or "") in LOCAL and path else None
        return found or self.named

    def of_article(self, name: str, stem: str, some: Sequence[Foreign]) -> None:
        words = self.open[stem].words
        placing = Placing(words, Quotes(words, Reading()))
        groups = {one.id for one in some if one.own is not None and one.own.kind == "group"}
        for one in some:
            if one.own is None and one.selected is not None:
                placing.learn(one.selected)
        for one in some:
            if one.own is not None and one.own.kind == ITEM:
                if one.own.group not in groups:
                    self.refuse(name, Refused(one, "it is an item of a group whose total is not in the file", "export the total with it"))
                continue  # it comes with its group
            made = proposal(one, placing, name)
            if isinstance(made, Refused):
                self.refuse(name, made)
            elif self.have[stem].has(made):
                self.known += 1
            else:
                self.have[stem].add(made.keys, made.entry)
                self.taken.setdefault(stem, []).append((name, made))

    def refuse(self, name: str, one: Refused) -> None:
        self.untaken.append(Untaken(name, one.of, one.why, one.hint))

    def before(self, path: str) -> str | None:
        return self.archive.tree.read(path).decode() if path in self.archive.tree.digests else None

    # what is written

    def written(self, one: _Opened, proposals: Sequence[tuple[str, Proposal]]) -> tuple[dict[str, str], Counter[str]]:
        """The files of an article with the proposals that hold, and how many each file has more."""
        return self.with_entries(one, self.holding(one, [], proposals))

    def holding(self, one: _Opened, kept: list[Proposal], some: Sequence[tuple[str, Proposal]]) -> list[Proposal]:
        """Proposals that hold together, those that do not refused. They are halved until it is known which these are."""
        together = [*kept, *(proposal for _, proposal in some)]
        wrong = self.wrong(one, together)
        if not wrong:
            return together
        if len(some) == 1:
            name, single = some[0]
            self.refuse(name, Refused(single.of, wrong))
            return kept
        half = len(some) // 2
        return self.holding(one, self.holding(one, kept, some[:half]), some[half:])

    def with_entries(self, one: _Opened, proposals: Iterable[Proposal]) -> tuple[dict[str, str], Counter[str]]:
        by_keys: dict[tuple[str, ...], list[Said]] = {}
        for made in proposals:
            by_keys.setdefault(made.keys, []).append(made.entry)
        texts: dict[str, str] = {}
        counts: Counter[str] = Counter()
        for keys, entries in by_keys.items():
            path = self.path_of(one, keys[0])
            text = texts[path] if path in texts else self.before(path)
            table = records.Article if path == one.file.path else records.Notes
            texts[path] = amended(path, NEW if text is None else text, table, [Add(keys, entry) for entry in entries])
            counts[path] += len(entries)
        return texts, counts

    def path_of(self, one: _Opened, key: str) -> str:
        """The file of an article in which a key stands, or belongs."""
        root = root_of(one.file.path, self.before(one.file.path) or "")
        in_front = root is not None and any(name.text == key for name, _ in root.items)
        may_be_noted = any(field.key == key for field in fields(records.Notes))
        return one.file.path if in_front or not may_be_noted else one.file.path.removesuffix(".md") + NOTES

    def wrong(self, one: _Opened, proposals: Sequence[Proposal]) -> str:
        """What would be wrong with an article that has these proposals; empty where nothing would."""
        try:
            texts, _ = self.with_entries(one, proposals)
        except Fault as fault:
            return str(fault)
        notes_path = one.file.path.removesuffix(".md") + NOTES
        data, notes = (texts[path] if path in texts else self.before(path) for path in (one.file.path, notes_path))
        settings = self.archive.settings
        encoded = None if notes is None else notes.encode()
        parsed = article_room.parse(one.file.path, (data or "").encode(), notes_path, encoded, settings.calendars, settings.lang)
        errors = [problem for problem in parsed.problems if problem.severity == "error"]
        if errors or not isinstance(parsed.value, Article):
            return f"{errors[0].message} ({errors[0].hint})" if errors else "the article could not be read with it"
        named = {(ref.kind, ref.id) for ref in parsed.value.references} - {(ref.kind, ref.id) for ref in one.article.references}
        lost = sorted(f"{kind}:{id}" for kind, id in named if kind != "address" and is_doubtful(f"{kind}:{id}", self.archive.known))
        return f"it names {lost[0].replace(':', '/')}, which this archive does not have" if lost else ""
