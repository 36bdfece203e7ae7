"""`sitegen bag`: all of an archive in the form in which libraries and repositories take things to keep (BagIt 1.0, RFC 8493).

In it lies what editors wrote, byte for byte; the site that is built from it; and the program that builds it. Nothing else of the folder is
looked at: what the walk over an archive does not know (`.git`, `.env`, `public/`) cannot slip in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any, NamedTuple

from msgspec.structs import replace

from sitegen import config as config_room
from sitegen import installed
from sitegen.build import Report, build
from sitegen.cache import open_cache
from sitegen.citing import citation_of
from sitegen.exports import bag as words
from sitegen.exports.citing import NAMES, Form
from sitegen.model.digest import Digest
from sitegen.model.problem import Problem
from sitegen.model.records import Config
from sitegen.output import MARKER
from sitegen.packing import Pack, base_of, files_below, is_zip, packing, pieces_of, refuse_within, rest_of
from sitegen.survey import Options, sound, survey_of
from sitegen.survey.state import read_state
from sitegen.tree import Changed, Tree, beside_archive
from sitegen.workers import Progress, silent

SITE, PROGRAM = "site/", "program/"
"""Where in the payload lie the site, and the program where the archive does not carry it."""
_CITED: tuple[Form, ...] = ("cff", "datacite")


class Bagged(NamedTuple):
    """What came of it: the build's report, and where it failed nothing else; files and bytes of the payload; `lacking`: the keys of the
    settings for want of which the bag has no citation in a form; `alike`: paths that some systems hold to be one."""

    report: Report
    files: int = 0
    bytes: int = 0
    lacking: tuple[Problem, ...] = ()
    alike: tuple[tuple[str, ...], ...] = ()


class _Item(NamedTuple):
    """A file of the payload: its path in it, below which folder it has the same path, and the digest that it was read under, where it was
    read before. There may be a million."""

    path: str
    below: str
    digest: Digest | None = None

    @property
    def place(self) -> Path:
        return Path(self.below) / self.path


def bag(root: Path, target: Path, options: Options, progress: Progress = silent) -> Bagged:
    """Builds the site of the archive at `root` and makes a bag of both at `target`: a zip where its name ends so, else a folder.

    With problems of severity error no bag is made. Raises Fault where it cannot be written, and Changed where the archive changes
    meanwhile: what lies in a bag is of one state.
    """
    refuse_within(root, target)
    tree = _tree(root)
    beside, problems = beside_archive(root)
    if problems:
        return Bagged(Report(problems))
    has_program = any(installed.WHEEL.match(path.rpartition("/")[2]) for path in beside)
    wheel = None if has_program else installed.wheel()
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".sitegen-bag-", dir=target.parent) as folder:  # beside it: there must be room for it there anyway
        site = Path(folder) / SITE
        report = build(root, site, options, progress)
        if report.failed:
            return Bagged(report)
        config, cited, lacking = _cited(root, tree, options)
        items = [
            *(_Item(path, str(root), digest) for path, digest in tree.digests.items()),
            *(_Item(path, str(root)) for path in beside),
            *(_Item(f"{SITE}{path}", folder) for path in files_below(site) if path != MARKER),
        ]
        if wheel is not None:
            program = _Item(f"{PROGRAM}{wheel.name}", folder)
            program.place.parent.mkdir()
            program.place.write_bytes(wheel.data)
            items.append(program)
        items.sort()
        with packing(target) as pack, _manifests() as manifests:
            base = f"{base_of(target)}/" if is_zip(target) else ""
            count, size = _put_payload(pack, base, items, manifests, progress)
            told = words.information(config, options.today, f"sitegen {installed.version()}", size, count)
            tags = {words.DECLARATION: words.DECLARED, words.INFORMATION: told.encode()}
            tags |= {f"{words.METADATA}{name}": text.encode() for name, text in cited.items()}
            _put_tags(pack, base, tags, manifests)
    alike = words.alike([*tree.digests, *beside])
    return Bagged(report, count, size, tuple(lacking), tuple(map(tuple, alike)))


def _tree(root: Path) -> Tree:
    with open_cache(root) as cache:
        return read_state(root, cache)


def _cited(root: Path, tree: Tree, options: Options) -> tuple[Config, dict[str, str], list[Problem]]:
    """The settings as they were built with, the citation in the forms that a bag holds, and what is missing for them. Raises Changed where
    the archive is no longer what `tree` says."""
    with open_cache(root) as cache:
        if read_state(root, cache).digests != tree.digests:
            raise Changed("the archive changed while its bag was being made; try again")
        survey = survey_of(tree, cache, options)
        config = sound(survey)
        articles = len(survey.archive.articles) if survey.archive is not None else 0
    if options.base_url is not None:
        config = replace(config, base_url=options.base_url)
    found = {NAMES[form]: citation_of(tree.read(config_room.PATH), config, form, articles) for form in _CITED}
    texts = {name: one.text for name, one in found.items() if not one.failed}
    return config, texts, [problem for one in found.values() for problem in one.problems]


@contextmanager
def _manifests() -> Iterator[dict[str, IO[bytes]]]:
    """The lines of the payload's manifests, on disk until they are whole: of a large archive they are some hundred megabytes."""
    with ExitStack() as stack:
        files: dict[str, IO[bytes]] = {}
        for algorithm in words.ALGORITHMS:
            files[algorithm] = stack.enter_context(TemporaryFile())
        yield files


class _Measured:
    """The bytes of a file on their way, with what they come to: their number and digests."""

    def __init__(self, pieces: Iterable[bytes], algorithms: Sequence[str]) -> None:
        self.pieces = pieces
        self.size = 0
        self.digests: dict[str, Any] = {algorithm: hashlib.new(algorithm) for algorithm in algorithms}

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.pieces:
            self.size += len(piece)
            for digest in self.digests.values():
                digest.update(piece)
            yield piece


def _put_payload(pack: Pack, base: str, items: Sequence[_Item], manifests: Mapping[str, IO[bytes]], progress: Progress) -> tuple[int, int]:
    """Puts the payload in and writes down its digests; gives how many files and bytes it is."""
    total = 0
    for number, item in enumerate(items):
        progress("Packing", number, len(items))
        path = f"{words.PAYLOAD}{item.path}"
        passed = _Measured(pieces_of(item.place), words.ALGORITHMS)
        pack.put(f"{base}{path}", passed, item.place.stat().st_size)
        if item.digest is not None and passed.digests["sha256"].digest() != item.digest:
            raise Changed(f"{item.path} changed while the bag was being made; try again")
        for algorithm, file in manifests.items():
            file.write(words.line(passed.digests[algorithm].hexdigest(), path).encode())
        total += passed.size
    return len(items), total


def _put_tags(pack: Pack, base: str, tags: dict[str, bytes], manifests: Mapping[str, IO[bytes]]) -> None:
    """Puts in what is said of the payload, and its own manifest."""
    lines = []
    algorithm = words.ALGORITHMS[0]
    names: dict[str, bytes | IO[bytes]] = {**tags, **{words.manifest(one): manifests[one] for one in words.ALGORITHMS}}
    for path, told in sorted(names.items(), key=lambda one: one[0]):
        if isinstance(told, bytes):
            pieces: Iterable[bytes] = [told]
            size = len(told)
        else:
            size = told.tell()
            told.seek(0)
            pieces = rest_of(told)
        passed = _Measured(pieces, [algorithm])
        pack.put(f"{base}{path}", passed, size)
        lines.append(words.line(passed.digests[algorithm].hexdigest(), path))
    data = "".join(lines).encode()
    pack.put(f"{base}{words.tag_manifest(algorithm)}", [data], len(data))
