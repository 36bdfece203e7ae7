"""`sitegen import`: from a raw article to a page. The words are the seed's; what an editor has changed stays."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from sitegen import config as config_room
from sitegen import urls
from sitegen.archive.verbatim import decode, departure
from sitegen.cache import Cache, open_cache
from sitegen.content import article as article_room
from sitegen.content.entry import names_of
from sitegen.editor import create, place_of
from sitegen.importer.answer import Answered, answered
from sitegen.importer.apparatus import SCHEMA
from sitegen.importer.dates import dated
from sitegen.importer.formats import extracted
from sitegen.importer.formats.extraction import Extraction
from sitegen.importer.gazetteer import SHIPPED, Gazetteer
from sitegen.importer.language import guessed, language, languages_of
from sitegen.importer.page import Found, Known, Page, Setting, extract_path, page, print_of, quotes_in, stem_of, title_of
from sitegen.importer.proposal import proposal
from sitegen.importer.reader import Reader, reader_by, reader_of
from sitegen.importer.report import Result, count, misread, named, record_of, refused, told
from sitegen.importer.structure import structure
from sitegen.model.article import Article, Entry
from sitegen.model.digest import digest_of
from sitegen.model.kinds import ARTICLES, KINDS
from sitegen.model.problem import Fault, Problem
from sitegen.model.records import Calendar, Claim, Config, Measure, Place, Source, Topic
from sitegen.program import NoAnswer
from sitegen.survey.reading import Settings, content_files, read_all
from sitegen.survey.state import of_one_state
from sitegen.tree import Tree, is_junk
from sitegen.workers import Progress, silent

SEED_LIMIT = 4 * 1024 * 1024
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
    """Imports each seed into the archive at `root`. One that cannot be imported does not stop the others.

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
        results = []
        for done, seed in enumerate(seeds):
            progress("Importing", done, len(seeds))
            results.append(importing.one(seed))
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
    extraction: Extraction | None = None,
    taken: Collection[str] = (),
) -> Found:
    """All that can be told of a text. `name`: of its file; `lang`: the archive's language; `calendar`: what counts its days; `own`: the
    names of the archive's places -> their stems; `reader`: what proposes in place of the rules; `extraction`: the structure
    and the date that the markup gives, where the text comes from one; `taken`: the keys of the archive's pages. Raises NoAnswer where the
    reader gives none that can be read."""
    tag = guessed(text, lang)
    rules = language(tag)
    read = extraction.structure if extraction is not None else structure(text, rules)
    when = (
        extraction.dated
        if extraction is not None and extraction.dated.date is not None
        else dated(
            [read.title or "", *read.above, *(piece.text for piece in read.pieces if piece.kind != "caption")],
            rules,
            calendar,
            name,
            [piece.text for piece in read.pieces if piece.kind == "caption"],
        )
    )
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
        self.cache = cache
        self.by_seed = {head.seed[0]: (head.path, head.seed[1]) for head in heads if head.seed}
        self.wholes = {head.seed[0]: head.value for head in heads if head.seed}
        self.proposed: dict[str, str] = {}
        self.from_seeds = {article for article, _ in self.by_seed.values()}
        self.taken = set(tree.below(ARTICLES.folder))
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

    def one(self, seed: Path) -> Result:
        """Imports one file."""
        shown = named(self.root, seed)
        try:
            if seed.stat().st_size > SEED_LIMIT:
                return refused(shown, "too-large", f"the file has more than {SEED_LIMIT // 1024**2} MiB", "an article is shorter; split it")
            if not seed.is_file():  # the reading of a pipe would never end
                return refused(shown, "unreadable", "it is no file but a pipe, a socket or a device", "save the article in a file")
            data = seed.read_bytes()
        except OSError as error:
            return refused(shown, "unreadable", f"the file cannot be read: {error.strerror}", "check its name")
        place = f"seeds/{seed.name}"
        if not urls.is_inside(place) or is_junk(seed.name):
            return refused(shown, "bad-file-name", "the file's name cannot be kept under seeds/", "rename it")
        other = next((folder for folder in seed.resolve().parents if (folder / config_room.PATH).is_file()), None)
        if other is not None and other != self.root.resolve():
            hint = f"name that archive: --source {other}"
            return refused(shown, "other-archive", f"the file lies in another archive, {other.name}/", hint)
        inside = seed.resolve().is_relative_to((self.root / "seeds").resolve())
        if not inside and (self.root / "seeds").resolve() in (seed.parent.resolve(), *seed.parent.resolve().parents):
            return refused(place, "outside-archive", "the link leads out of the archive", "put the file itself under seeds/")
        if inside:
            place = "seeds/" + seed.resolve().relative_to((self.root / "seeds").resolve()).as_posix()
        of = place.removesuffix(".txt")
        if of in self.by_seed and extract_path(of) == place and self.is_extract(of, place):
            return Result((f"{place}: the text of {of}, which {self.by_seed[of][0]} was made from; it is no seed of its own",))
        digest = digest_of(data).hex()
        if place in self.by_seed and self.by_seed[place][1] != digest:
            article, recorded = self.by_seed[place]
            message = f"the seed is not the one that {article} was made from (SHA-256 {recorded[:12]}… then, {digest[:12]}… now)"
            hint = "a seed never changes; restore it, or import the new text under another name"
            return refused(place, "seed-changed", f"{message}{self.difference(article, data)}", hint)
        try:
            extraction = extracted(data, seed.name, self.config.lang)
        except ValueError as error:
            return refused(shown, "no-article", str(error), "export the article as plain text in UTF-8")
        except Fault as fault:  # a library is missing; the other files need none
            return refused(
                shown, "no-article", str(fault), "install it and import this file again, or save the article as plain text in UTF-8"
            )
        text = extraction.text if extraction is not None else decode(data)
        if text is None or "\0" in text:
            return refused(
                shown, "not-text", "the file is not text in UTF-8, UTF-16 or Windows-1252", "export the article as plain text in UTF-8"
            )
        given = (self.config.lang, self.scale, self.gazetteer, self.known.places, self.reader)
        try:
            found = read_text(text, seed.name, *given, extraction=extraction, taken=self.known.taken)
        except NoAnswer as error:
            hint = "nothing was made of this seed; mend the reader, and import again"
            return refused(shown, "reader-failed", f"the reader {self.reader.name if self.reader else ''} gave no answer: {error}", hint)
        record = record_of(seed.name, found)
        if not found.structure.pieces and found.structure.title is None:
            return refused(shown, "empty-seed", "the file has no words", "there is nothing to import")
        target = ARTICLES.file(stem_of(title_of(found.structure), found.dated.date))
        if place in self.by_seed and not self.dry_run:
            target = self.by_seed[place][0]
        elif place not in self.by_seed:
            target = self.free(target)
        place_known = (place, digest, self.config.lang, self.calendar, self.config.calendars)
        setting = Setting(*place_known, extraction, self.before(place), self.schema, self.config.import_.accept)
        made = page(found, setting, self.known, target, text)
        if isinstance(made, Problem):
            return Result((), (made, *misread(place, found.wrong)), record if self.dry_run else None)
        wrong = misread(place, (*found.wrong, *made.refused))
        if self.dry_run:
            return Result((f"{place}: would make {target}",), wrong, record)
        result = self.keep(place, data, inside, target, made, record)
        return result._replace(problems=(*wrong, *result.problems))

    def is_extract(self, of: str, place: str) -> bool:
        """Whether a file is the text that was extracted from another seed."""
        front = self.cache.value(self.wholes[of], Article).front
        return bool(front.seed and front.seed.extract and front.seed.extract.path == place)

    def before(self, place: str) -> str | None:
        """What was proposed of a seed when it was imported before, by its digests; None where it was not."""
        if place not in self.by_seed:
            return None
        if place not in self.proposed:
            front = self.cache.value(self.wholes[place], Article).front
            self.proposed[place] = (front.seed.proposed if front.seed else None) or ""
        return self.proposed[place]

    def free(self, target: str) -> str:
        """The path of an article, with a number where another seed has led to the same one."""
        stem, number = target.removesuffix(".md"), 2
        while target in self.from_seeds:
            target, number = f"{stem}-{number}.md", number + 1
        return target

    def keep(self, place: str, data: bytes, inside: bool, target: str, made: Page, record: dict[str, Any]) -> Result:
        """Writes the seed, if it came from elsewhere, the article, its notes and the stubs: what is not there yet."""
        if place in self.by_seed:
            if all(self.holds(path, text.encode()) for path, text in made.files.items()):
                return Result((f"{place}: {target} is up to date",), (), record)
            return Result((f"{place}: {target} was edited since its import, and is kept as it is", *self.news(made, target)), (), record)
        extract = extract_path(place)
        for path in (place, extract, *made.files):
            try:
                place_of(self.root, path)
            except Fault as fault:
                return refused(path, "outside-archive", str(fault), "take the link out of the archive")
        if not inside and not create(self.root / place, data) and not self.holds(place, data):
            return refused(place, "seed-changed", "another file of this name is under seeds/", "rename the new one")
        if made.extract and not create(self.root / extract, made.extract) and not self.holds(extract, made.extract):
            return refused(extract, "seed-changed", "another file stands where the text would be recorded", "rename it")
        article, *others = made.files.items()
        if target in self.taken or not create(self.root / target, article[1].encode()):
            hint = "two seeds lead to one name; rename the article that is there, and import again"
            return refused(place, "address-taken", f"{target} is there already, and was not made from this seed", hint)
        for path, text in others:
            create(self.root / path, text.encode())
        self.remember(place, target, made, data)
        return Result((f"{place}: made {target}", *told(record, made)), (), record)

    def holds(self, path: str, data: bytes) -> bool:
        """Whether a file is there with these bytes."""
        return (self.root / path).is_file() and (self.root / path).read_bytes() == data

    def difference(self, article: str, data: bytes) -> str:
        """Where a changed seed first departs from the page that was made from it."""
        text = decode(data)
        parsed = article_room.parse(article, (self.root / article).read_bytes(), calendars=self.config.calendars).value
        departed = departure(parsed, text) if isinstance(parsed, Article) and text is not None else None
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

    def remember(self, place: str, target: str, made: Page, data: bytes) -> None:
        """Counts what was made to what the archive has, for the seeds that follow."""
        self.taken.add(target)
        self.proposed[place] = made.proposed
        self.by_seed[place] = (target, digest_of(data).hex())
        self.from_seeds.add(target)
        self.known.taken.update(made.new.taken)
        for before, new in (
            (self.known.places, made.new.places),
            (self.known.topics, made.new.topics),
            (self.known.sources, made.new.sources),
            (self.known.units, made.new.units),
        ):
            before.update(new)
