"""`sitegen import`: from a raw article to a page. The words are the seed's; what an editor has changed stays."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import count as numbers
from pathlib import Path
from typing import Any

from sitegen import config as config_room
from sitegen.archive.extracts import extract_path
from sitegen.archive.verbatim import decode, departure
from sitegen.cache import Cache, open_cache
from sitegen.content import article as article_room
from sitegen.content.entry import names_of
from sitegen.editor import create, place_of
from sitegen.importer.answer import Answered, answered
from sitegen.importer.apparatus import SCHEMA
from sitegen.importer.articles import Found, Setting, stem_of, title_of
from sitegen.importer.dates import dated
from sitegen.importer.days import Dated
from sitegen.importer.formats import format_of
from sitegen.importer.formats.document import ARTICLE, PARTS, Document, Documents, NoArticle, Told
from sitegen.importer.furniture import is_note
from sitegen.importer.gazetteer import SHIPPED, Gazetteer
from sitegen.importer.imported import Imported, Part
from sitegen.importer.language import guessed, language, languages_of
from sitegen.importer.page import Known, Page, page, print_of, quotes_in
from sitegen.importer.proposal import proposal
from sitegen.importer.raw import Raw, listed, raw, too_large
from sitegen.importer.reader import Reader, reader_by, reader_of
from sitegen.importer.report import Result, count, misread, record_of, refused, told
from sitegen.importer.structure import structure
from sitegen.model.article import Article, Entry
from sitegen.model.digest import digest_of
from sitegen.model.kinds import ARTICLES, KINDS
from sitegen.model.problem import Fault, Problem
from sitegen.model.records import Calendar, Claim, Config, Measure, Place, Source, Topic
from sitegen.program import NoAnswer
from sitegen.survey.reading import Settings, content_files, read_all
from sitegen.survey.state import of_one_state
from sitegen.tree import Tree
from sitegen.workers import Progress, silent

SEED_LIMIT = ARTICLE
"""Bytes of a raw article."""


def import_seeds(
    root: Path,
    seeds: Sequence[Path],
    calendar: str | None,
    *,
    reader: str | None = None,
    reader_command: str | None = None,
    gazetteer: Path | None = None,
    dry_run: bool = False,
    progress: Progress = silent,
) -> list[Result]:
    """Imports each seed into the archive at `root`, and of a folder each file in it; gives one result for each article. A file that cannot
    be imported does not stop the others.

    `reader` is the `module:function`, `reader_command` the program with its arguments, that proposes in place of the rules.
    Raises Fault where the archive, the reader or the gazetteer cannot be used.
    """
    with open_cache(root) as cache, languages_of(root):
        known = Gazetteer(gazetteer or SHIPPED)
        proposing = reader_of(reader) if reader else reader_by(reader_command) if reader_command else None

        def begun(tree: Tree) -> _Importing:
            config = _config(tree)
            if calendar is not None and calendar not in config.calendars:
                raise Fault(f"sitegen.yaml has no calendar {calendar!r} (it has: {', '.join(config.calendars) or 'none'})")
            name = calendar or (next(iter(config.calendars)) if len(config.calendars) == 1 else None)
            return _Importing(root, tree, cache, config, name, known, proposing, dry_run)

        importing = of_one_state(root, cache, begun)
        results: list[Result] = []
        files = list(listed(seeds))
        for done, (file, left_out) in enumerate(files):
            progress("Importing", done, len(files))
            results += importing.all_of(file) if file is not None else [Result((left_out,))]
        cache.commit()
        return results


def _config(tree: Tree) -> Config:
    if config_room.PATH not in tree.digests:
        raise Fault(f"there is no sitegen.yaml in {tree.root}; run `sitegen init`")
    config, problems = config_room.parse(tree.read(config_room.PATH))
    if config is None:
        raise Fault(f"sitegen.yaml cannot be read: {problems[0].message if problems else 'it is empty'}")
    return config


def read_text(
    text: str,
    name: str,
    lang: str = "en",
    calendar: Calendar | None = None,
    gazetteer: Gazetteer | None = None,
    own: Mapping[str, str] = {},
    reader: Reader | None = None,
    document: Document | None = None,
    taken: Collection[str] = (),
) -> Found:
    """All that can be told of a text. `name`: of its file; `lang`: the archive's language; `calendar`: what counts its days; `own`: the
    names of the archive's places -> their stems; `reader`: what proposes in place of the rules; `document`: the structure
    and the date that a format gives, where the text comes from one; `taken`: the keys of the archive's pages. Raises NoAnswer where the
    reader gives none that can be read."""
    tag = guessed(text, lang)
    rules = language(tag)
    read = document.structure if document is not None else structure(text, rules)
    when = document.dated if document is not None else Dated(None)
    if when.date is None:
        captions = [piece.text for piece in read.pieces if piece.kind == "caption"]
        others = [piece.text for piece in read.pieces if piece.kind != "caption"]
        notes = [line for line in read.above if is_note(line, rules)]
        when = dated([read.title or "", *read.above, *others], rules, calendar, name, captions, notes)
    if reader is None:
        found = Answered(proposal(read, tag, gazetteer or Gazetteer(), own), ())
    else:
        found = answered(reader.ask(text, tag), read, tag, own, reader.name, taken)
    return Found(read, when, found.proposal, tag, found.wrong)


class _Importing:
    """One run of imports: the archive is read once."""

    def __init__(
        self,
        root: Path,
        tree: Tree,
        cache: Cache,
        config: Config,
        calendar: str | None,
        gazetteer: Gazetteer,
        reader: Reader | None,
        dry_run: bool,
    ) -> None:
        self.root = root
        self.config = config
        self.calendar = calendar
        self.scale: Calendar | None = config.calendars.get(calendar or "")
        self.dry_run = dry_run
        self.gazetteer = gazetteer
        self.reader = reader
        self.schema = SCHEMA if (root / SCHEMA).is_file() else ""
        reads = read_all(cache, content_files(tree)[0], Settings.of(config))
        heads = [read.head for read in reads if read.head is not None]
        self.imported = Imported(heads, tree.below(ARTICLES.folder), cache)
        self.kept: set[str] = set()
        self.known = Known({}, {}, {}, {}, {head.card.key for head in heads})
        for head in heads:
            if not KINDS[head.kind].is_subject:
                continue
            entry: Entry = cache.value(head.value, Entry)
            match entry.record:
                case Place() as place:
                    self.known.places.update(dict.fromkeys(names_of(place), head.card.stem))
                case Source() as source:
                    self.known.sources.update(dict.fromkeys(names_of(source), head.card.stem))
                case Topic() as topic:
                    self.known.topics.update(dict.fromkeys(names_of(topic), head.card.stem))
                case Claim(measure=Measure() as measure):
                    self.known.units.setdefault(measure.unit.lower(), head.card.stem)

    def all_of(self, file: Path) -> list[Result]:
        """Imports one file: a result for each article that it holds."""
        seed = raw(self.root, file)
        if isinstance(seed, Result):
            return [seed]
        if seed.place in self.imported.extracts:
            of, article = self.imported.extracts[seed.place]
            return [Result((f"{seed.place}: the text of {of}, which {article} was made from; it is no seed of its own",))]
        article, recorded = self.imported.files.get(seed.place, ("", seed.sha256))
        if recorded != seed.sha256:
            message = f"the seed is not the one that {article} was made from (SHA-256 {recorded[:12]}… then, {seed.sha256[:12]}… now)"
            hint = "a seed never changes; restore it, or import the new text under another name"
            return [refused(seed.place, "seed-changed", f"{message}{self.difference(article, seed.data)}", hint)]
        format_ = format_of(seed.data, seed.name)
        limit = format_.limit if format_ is not None else ARTICLE
        if len(seed.data) > limit:
            return [too_large(seed.shown, limit)]
        if format_ is None:
            return [self.plain(seed)]
        lines: list[str] = []
        out = list(self.parts(seed, format_.documents, lines.append))
        return [*out, *([Result(tuple(f"{seed.place}: {line}" for line in lines))] if lines else [])]

    def parts(self, seed: Raw, documents: Documents, told: Told) -> Iterator[Result]:
        """Imports the articles of a file, one after the other, so that not all of them are in memory."""
        found = documents(seed.data, self.config.lang, told)
        for number in numbers(1):
            try:
                document = next(found, None)
            except ValueError as error:
                hint = error.hint if isinstance(error, NoArticle) else "export the article as plain text in UTF-8"
                yield refused(seed.shown, "no-article", str(error), hint)
                return
            except Fault as fault:  # a library is missing; the other files need none
                hint = "install it and import this file again, or save the article as plain text in UTF-8"
                yield refused(seed.shown, "no-article", str(fault), hint)
                return
            if document is None:
                if number > 2:
                    told(f"{number - 1:,} articles; next: hold them against the file: sitegen serve --desk")
                return
            if number > PARTS:
                told(f"only its first {PARTS:,} articles were read; split it to import the others")
                return
            yield self.one(seed, document.text, document)

    def plain(self, seed: Raw) -> Result:
        """Imports a file that is plain text."""
        text = decode(seed.data)
        if text is None or "\0" in text:
            message = "the file is not text in UTF-8, UTF-16 or Windows-1252"
            return refused(seed.shown, "not-text", message, "export the article as plain text in UTF-8")
        return self.one(seed, text, None)

    def one(self, seed: Raw, text: str, document: Document | None) -> Result:
        """Imports one article."""
        part = Part(seed.place, document.part if document is not None else "")
        twin = self.imported.twin(part)
        if twin is not None and self.imported.texts[twin] == digest_of(text.encode()).hex():
            return Result((f"{part.shown}: {self.imported.articles[twin]} has these words already, from {twin.seed}; nothing was made",))
        given = (self.config.lang, self.scale, self.gazetteer, self.known.places, self.reader)
        try:
            found = read_text(text, "" if part.part else seed.name, *given, document=document, taken=self.known.taken)
        except NoAnswer as error:
            hint = "nothing was made of this seed; mend the reader, and import again"
            shown = part._replace(seed=seed.shown).shown
            return refused(shown, "reader-failed", f"the reader {self.reader.name if self.reader else ''} gave no answer: {error}", hint)
        record = record_of(seed.name, found, part.part)
        if not found.structure.pieces and found.structure.title is None:
            return refused(seed.shown, "empty-seed", "the file has no words", "there is nothing to import")
        wanted = ARTICLES.file(stem_of(title_of(found.structure), found.dated.date, language(found.lang)))
        target = self.imported.target(part, wanted, anew=self.dry_run)
        before = self.imported.before(part)
        known = (seed.place, seed.sha256, self.config.lang, self.calendar, self.config.calendars)
        setting = Setting(*known, document, before, self.schema, self.config.import_.accept)
        made = page(found, setting, self.known, target, text)
        if isinstance(made, Problem):
            return Result((), (made, *misread(part.shown, found.wrong)), record if self.dry_run else None)
        wrong = misread(part.shown, (*found.wrong, *made.refused))
        if self.dry_run:
            return Result((f"{part.shown}: would make {target}",), wrong, record)
        result = self.keep(seed, document, part, target, made, record)
        if twin is not None and part.is_address and part in self.imported.articles:
            other = f"  {self.imported.articles[twin]}, from {twin.seed}, has other words: keep both, or take one out"
            result = result._replace(lines=(*result.lines, other))
        return result._replace(problems=(*wrong, *result.problems))

    def keep(self, seed: Raw, document: Document | None, part: Part, target: str, made: Page, record: dict[str, Any]) -> Result:
        """Writes the seed, if it came from elsewhere, the article, its notes and the stubs: what is not there yet."""
        place = part.shown
        if part in self.imported.articles:
            if all(self.holds(path, text.encode()) for path, text in made.files.items()):
                return Result((f"{place}: {target} is up to date",), (), record)
            return Result((f"{place}: {target} was edited since its import, and is kept as it is", *self.news(made, target)), (), record)
        extract = extract_path(*part)
        for path in (seed.place, extract, *made.files):
            try:
                place_of(self.root, path)
            except Fault as fault:
                return refused(path, "outside-archive", str(fault), "take the link out of the archive")
        if not self.is_kept(seed):
            return refused(seed.place, "seed-changed", "another file of this name is under seeds/", "rename the new one")
        if made.extract and not create(self.root / extract, made.extract) and not self.holds(extract, made.extract):
            return refused(extract, "seed-changed", "another file stands where the text would be recorded", "rename it")
        article, *others = made.files.items()
        if target in self.imported.taken or not create(self.root / target, article[1].encode()):
            hint = "two seeds lead to one name; rename the article that is there, and import again"
            return refused(place, "address-taken", f"{target} is there already, and was not made from this seed", hint)
        for path, text in others:
            create(self.root / path, text.encode())
        self.imported.remember(seed, part, target, made)
        self.known.taken.update(made.new.taken)
        for before, new in (
            (self.known.places, made.new.places),
            (self.known.topics, made.new.topics),
            (self.known.sources, made.new.sources),
            (self.known.units, made.new.units),
        ):
            before.update(new)
        return Result((f"{place}: made {target}", *told(record, made, document)), (), record)

    def is_kept(self, seed: Raw) -> bool:
        """Whether the archive keeps the file, by now: it is written where it is not there yet."""
        if seed.is_inside or seed.place in self.kept:
            return True
        if create(self.root / seed.place, seed.data) or self.holds(seed.place, seed.data):
            self.kept.add(seed.place)
        return seed.place in self.kept

    def holds(self, path: str, data: bytes) -> bool:
        """Whether a file is there with these bytes."""
        return (self.root / path).is_file() and (self.root / path).read_bytes() == data

    def difference(self, article: str, data: bytes) -> str:
        """Where a changed seed of plain text first departs from the page that was made from it."""
        text = decode(data)
        parsed = article_room.parse(article, (self.root / article).read_bytes(), calendars=self.config.calendars).value
        if text is None or not isinstance(parsed, Article) or (parsed.front.seed and parsed.front.seed.extract):
            return ""
        departed = departure(parsed, text)
        return f"; {departed.message}" if departed else ""

    def news(self, made: Page, target: str) -> tuple[str, ...]:
        """What an import would propose that an edited article does not have, and that was not proposed before: that was dropped."""
        notes = target.removesuffix(".md") + ".notes.yaml"
        present = [self.root / path for path in (target, notes) if (self.root / path).is_file()]
        known = {quote for path in present for quote in quotes_in(path.read_text(encoding="utf-8", errors="replace"))}
        before = frozenset(made.proposed.split())
        claims = [quote for quote in quotes_in(made.files.get(notes, "")) if quote not in known and print_of(quote) not in before]
        pages = [path for path in made.files if not path.startswith(f"{ARTICLES.folder}/") and not (self.root / path).is_file()]
        pages = [path for path in pages if print_of(path) not in before]
        shown = f"{count(claims, 'claim')}, the first “{claims[0]}”" if claims else ""
        new = [
            part
            for part in (shown, f"{count(pages, 'page')}: {', '.join(pages[:5])}{' …' if len(pages) > 5 else ''}" if pages else "")
            if part
        ]
        return (f"  it proposes what is not there: {'; '.join(new)}",) if new else ()
