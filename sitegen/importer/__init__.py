"""`sitegen import`: from a raw article to a page. The words are the seed's; what an editor has changed stays."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sitegen import config as config_room
from sitegen import urls
from sitegen.archive.verbatim import decode, departure
from sitegen.cache import Cache, open_cache
from sitegen.content import article as article_room
from sitegen.content.text import caption_of
from sitegen.content.writer import body, heading, paragraph, quoted
from sitegen.editor import create
from sitegen.importer.structure import Structure, structure
from sitegen.model.article import Article
from sitegen.model.digest import digest_of
from sitegen.model.problem import Fault, Problem
from sitegen.model.records import Calendar, Config
from sitegen.survey.reading import Reading, content_files
from sitegen.tree import Tree, is_junk, read_tree

_SMALL_WORDS = frozenset(
    re.findall(r"\w+", "a an and as at by for from in into of on or the to with after before over der die das und von im")
)
SLUG_LIMIT = 40
SEED_LIMIT = 4 * 1024 * 1024
"""Bytes of a raw article."""


class Result(NamedTuple):
    """What came of one seed: a line for the editor, the problems, and the record for `--json`."""

    outcome: str
    problems: tuple[Problem, ...] = ()
    record: dict[str, Any] | None = None


def import_seeds(root: Path, seeds: Sequence[Path], calendar: str | None, *, dry_run: bool) -> list[Result]:
    """Imports each seed into the archive at `root`. One that cannot be imported does not stop the others."""
    with open_cache(root) as cache:
        tree = read_tree(root, cache.remembered, cache.remember)
        config = _config(tree)
        if calendar is not None and calendar not in config.calendars:
            raise Fault(f"sitegen.yaml has no calendar {calendar!r} (it has: {', '.join(config.calendars) or 'none'})")
        name = calendar or (next(iter(config.calendars)) if len(config.calendars) == 1 else None)
        importing = _Importing(root, tree, cache, config, name, dry_run)
        results = [importing.one(seed) for seed in seeds]
        cache.commit()
        return results


def _config(tree: Tree) -> Config:
    if config_room.PATH not in tree.digests:
        raise Fault(f"there is no sitegen.yaml in {tree.root}; run `sitegen init`")
    config, problems = config_room.parse(tree.read(config_room.PATH))
    if config is None:
        raise Fault(f"sitegen.yaml cannot be read: {problems[0].message if problems else 'it is empty'}")
    return config


class _Importing:
    """One run of imports: the archive is read once."""

    def __init__(self, root: Path, tree: Tree, cache: Cache, config: Config, calendar: str | None, dry_run: bool) -> None:
        self.root = root
        self.calendar = calendar
        self.scale: Calendar | None = config.calendars.get(calendar or "")
        self.calendars: Mapping[str, Calendar] = config.calendars
        self.dry_run = dry_run
        files = [file for file in content_files(tree)[0] if file.kind == "articles"]
        heads = [read.head for read in Reading(tree, cache, config).reads(files) if read.head is not None]
        self.by_seed = {head.seed[0]: (head.path, head.seed[1]) for head in heads if head.seed}
        self.taken = {path for path in tree.digests if path.startswith("content/articles/")}

    def one(self, seed: Path) -> Result:
        """Imports one file."""
        shown = seed.name
        try:
            if seed.stat().st_size > SEED_LIMIT:
                return _refused(
                    shown, "too-large", f"the file has more than {SEED_LIMIT // 1024**2} MiB", "an article is shorter; split it"
                )
            data = seed.read_bytes()
        except OSError as error:
            return _refused(shown, "unreadable", f"the file cannot be read: {error.strerror}", "check its name")
        place = f"seeds/{seed.name}"
        if not urls.is_inside(place) or is_junk(seed.name):
            return _refused(shown, "bad-file-name", "the file's name cannot be kept under seeds/", "rename it")
        other = next((folder for folder in seed.resolve().parents if (folder / config_room.PATH).is_file()), None)
        if other is not None and other != self.root.resolve():
            hint = f"name that archive: --source {other}"
            return _refused(shown, "other-archive", f"the file lies in another archive, {other.name}/", hint)
        inside = seed.resolve().is_relative_to((self.root / "seeds").resolve())
        if inside:
            place = "seeds/" + seed.resolve().relative_to((self.root / "seeds").resolve()).as_posix()
        digest = digest_of(data).hex()
        if place in self.by_seed and self.by_seed[place][1] != digest:
            article, recorded = self.by_seed[place]
            message = f"the seed is not the one that {article} was made from (SHA-256 {recorded[:12]}… then, {digest[:12]}… now)"
            return _refused(place, "seed-changed", message, "a seed never changes; restore it, or import the new text under another name")
        text = decode(data)
        if text is None or "\0" in text:
            return _refused(shown, "not-text", "the file is not text", "export the article as plain text in UTF-8")
        read = structure(text, self.scale)
        if read.title is None:
            return _refused(shown, "missing-title", "the file begins with no title", "its first line must be the article's title")
        written = write(read, place, digest, self.calendar, self.scale)
        target = f"content/articles/{stem_of(read)}.md"
        proved = _proved(target, written, text, self.calendars)
        if proved:
            return Result("", (proved,))
        record = _record(seed.name, read)
        if self.dry_run:
            return Result(f"{place}: would make {target}", (), record)
        return self.keep(place, data, inside, target, written, record)

    def keep(self, place: str, data: bytes, inside: bool, target: str, written: str, record: dict[str, Any]) -> Result:
        """Writes the seed, if it came from elsewhere, and the article, if there is none."""
        if place in self.by_seed:
            article = self.by_seed[place][0]
            same = (self.root / article).read_bytes() == written.encode()
            return Result(
                f"{place}: {article} {'is up to date' if same else 'was edited since its import, and is kept as it is'}", (), record
            )
        if not inside and not create(self.root / place, data) and (self.root / place).read_bytes() != data:
            return _refused(place, "seed-changed", "another file of this name is under seeds/", "rename the new one")
        if target in self.taken or not create(self.root / target, written.encode()):
            hint = "two seeds lead to one name; rename the article that is there, and import again"
            return _refused(place, "address-taken", f"{target} is there already, and was not made from this seed", hint)
        self.taken.add(target)
        self.by_seed[place] = (target, digest_of(data).hex())
        return Result(f"{place}: made {target}\n  {_told(record)}", (), record)


def _told(record: dict[str, Any]) -> str:
    """What was read, in a line for the editor."""
    parts = [f"{len(record[key])} {key if len(record[key]) != 1 else key[:-1]}" for key in ("headings", "captions")]
    basis = "; ".join(f"“{one['quote']}” ({one['rule']})" for one in record["date_basis"])
    date = f"date {record['date']} from {basis}" if record["date"] else "no date was found: write `date:`"
    return f"read: title, {', '.join(parts)}; {date}. Next: annotate it (docs/editing.md)"


def _refused(path: str, code: str, message: str, hint: str) -> Result:
    return Result("", (Problem(path, 0, code, message, hint),))


def stem_of(read: Structure) -> str:
    """The article's file name: the date and the first words of the title, ending on no small word."""
    words = urls.slug(read.title or "", SLUG_LIMIT).split("-")
    while len(words) > 1 and words[-1] in _SMALL_WORDS:
        words.pop()
    stem = "-".join(words) or "untitled"
    out = f"{read.date.isoformat()}-{stem}" if read.date else stem
    return out if urls.is_stem(out) else f"article-{out}"


def write(read: Structure, seed: str, sha256: str, calendar: str | None, scale: Calendar | None) -> str:
    """The article as a content file, quotes and captions in double quotes."""
    lines = ["---", f"title: {quoted(read.title or '')}", f"date: {read.date.isoformat() if read.date else 'null'}"]
    if read.date is not None and calendar is not None and scale is not None:
        day = (read.date - datetime.date.fromisoformat(scale.epoch)).days + scale.first_day
        lines += [f"day: {day}", f"calendar: {calendar}", "date_basis:"]
        lines += [f"  - {{quote: {quoted(basis.quote)}, rule: {basis.rule}}}" for basis in read.basis]
    lines += ["seed:", f"  path: {_plain(seed)}", f"  sha256: {sha256}", "review:", "  state: imported"]
    captions = [piece for piece in read.pieces if piece.kind == "caption"]
    if captions:
        lines.append("images:")
    for number, piece in enumerate(captions, 1):
        lines += [
            f"  - id: image-{number}",
            f"    caption: {quoted(caption_of(piece.text))}",
            f"    printed: {quoted(piece.text)}",
            "    file: null",
        ]
    lines.append("---")
    numbers = iter(range(1, len(captions) + 1))
    shown = {"heading": heading, "paragraph": paragraph}
    pieces = [f"![](image:image-{next(numbers)})" if p.kind == "caption" else shown[p.kind](p.text) for p in read.pieces]
    return "\n".join(lines) + "\n" + body(pieces)


def _plain(path: str) -> str:
    return path if re.fullmatch(r"[A-Za-z0-9._/-]+", path) else quoted(path)


def _proved(target: str, written: str, seed: str, calendars: Mapping[str, Calendar]) -> Problem | None:
    """The verbatim gate, before anything is written."""
    parsed = article_room.parse(target, written.encode(), calendars=calendars)
    errors = [problem for problem in parsed.problems if problem.severity == "error"]
    if errors or not isinstance(parsed.value, Article):
        first = errors[0]
        return Problem(target, 0, first.code, f"the page would not be valid: {first.message}", "please report this seed")
    return departure(parsed.value, seed)


def _record(name: str, read: Structure) -> dict[str, Any]:
    captions = [caption_of(piece.text) for piece in read.pieces if piece.kind == "caption"]
    date: datetime.date | None = read.date
    return {
        "file": name,
        "title": read.title,
        "date": date.isoformat() if date else None,
        "date_basis": [{"quote": basis.quote, "rule": basis.rule} for basis in read.basis],
        "captions": captions,
        "headings": [piece.text for piece in read.pieces if piece.kind == "heading"],
        "sources": [],
        "places": [],
        "claims": [],
    }
