"""Reads the archive: which files there are, and their bytes. The only room that reads an archive's content, seeds and themes.

Links that lead out of the archive are refused; names that are not UTF-8, and files that nobody asked for, are named.
"""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from sitegen.model.digest import Digest, digest_of
from sitegen.model.history import History
from sitegen.model.problem import Code, Fault, Problem

CONFIG = "sitegen.yaml"
LEDGER = "urls.lock"
"""The addresses that were published once (`archive.ledger`)."""
FILES = (CONFIG, LEDGER)
STATIC = "static"
BESIDE = ("requirements.txt", "vendor", "warc")
"""What builds an archive, where it carries that (`sitegen.vendoring`), and the copies that it keeps of what it cites
(`sitegen.snapshot`)."""
FOLDERS = ("content", "seeds", "themes", STATIC)
DEPTH = 20
"""Folders that may lie in one another."""
LINKS = 16
"""Links that may lead to one folder."""
_JUNK = ("~", ".swp", ".swx", ".tmp", ".orig", ".bak")
LEFT_BY_SYSTEMS = (".DS_Store", "Thumbs.db", "desktop.ini")
_LEFT = (*LEFT_BY_SYSTEMS, ".git", ".gitignore", ".gitattributes", ".gitkeep", ".hg", "__pycache__")


class Stamp(NamedTuple):
    """What the file system says of a file. A hint that it is unchanged, never a proof (see `cache.stamps`)."""

    size: int
    mtime: int
    ctime: int
    inode: int


Place = tuple[int, int]
"""Which folder it is, by whatever path: device and inode."""


class Changed(Fault):
    """A file is no longer what it was when the archive was read: the archive is to be read again."""


class Tree(NamedTuple):
    """The files of an archive: path relative to its root -> digest of the bytes, in the order of paths. `unwritten`: path -> bytes, where
    an archive is looked at as it would be. `history`: what Git tells of it, where the archive wants that told."""

    root: Path
    digests: Mapping[str, Digest]
    problems: tuple[Problem, ...]
    unwritten: Mapping[str, bytes] = {}
    history: History = History()

    def read(self, path: str) -> bytes:
        """The bytes of a file of the tree, as `read_file`."""
        return self.unwritten[path] if path in self.unwritten else read_file(self.root, path, self.digests[path])

    def below(self, folder: str) -> list[str]:
        """The paths below a folder."""
        prefix = folder.rstrip("/") + "/"
        return [path for path in self.digests if path.startswith(prefix)]


def read_file(root: Path, path: str, digest: Digest) -> bytes:
    """The bytes of a file: those that have the digest. Raises Changed where it has others by now, or is gone, so that nothing is
    remembered under a digest that it does not have; Fault where it cannot be read."""
    try:
        with open(f"{root}/{path}", "rb", buffering=0) as file:
            data = file.read()
    except FileNotFoundError as error:
        raise Changed(f"{path} vanished while the archive was being read; try again") from error
    except OSError as error:
        raise Fault(f"{path} cannot be read: {error.strerror}") from error
    if digest_of(data) != digest:
        raise Changed(f"{path} changed while the archive was being read; try again")
    return data


def stamp_of(status: os.stat_result) -> Stamp:
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def read_tree(root: Path, remembered: Callable[[str, Stamp], Digest | None], remember: Callable[[str, Stamp, Digest], None]) -> Tree:
    """The archive at `root`. A file whose stamp is `remembered` is not read again."""
    if not root.is_dir():
        raise Fault(f"there is no folder {root}")
    walk = _Walk(root)
    problems = walk.problems
    found: dict[str, Digest] = {}
    for path, status in sorted(walk.files("", (_place(root),)), key=lambda entry: entry[0]):
        stamp = stamp_of(status)
        digest = remembered(path, stamp)
        if digest is None:
            try:
                data = (root / path).read_bytes()
            except OSError as error:
                hint = "make it readable, or take it out of the archive"
                problems.append(Problem(path, 0, "unreadable", f"the file cannot be read: {error.strerror}", hint))
                continue
            digest = digest_of(data)
            remember(path, stamp, digest)
        found[path] = digest
    return Tree(root, found, tuple(problems))


def is_junk(name: str) -> bool:
    """Whether a file is an editor's or the system's, and no part of the archive."""
    return name.startswith((".", "#")) or name.endswith(_JUNK) or name == "__pycache__"


def is_part(path: str) -> bool:
    """Whether a file or folder may be part of an archive, by its path. What is published as it is may have hidden names too
    (`static/.well-known/`), but for what systems and Git leave behind.

    >>> is_part("sitegen.yaml"), is_part("static/.well-known"), is_part("static/.DS_Store"), is_part("content/.x.md"), is_part("README.md")
    (True, True, False, False, False)
    """
    folder, _, below = path.partition("/")
    name = path.rpartition("/")[2]
    if not below:
        return name in FILES or name in FOLDERS
    if folder == STATIC:
        return not (name in _LEFT or name.startswith(("._", ".#")) or name.endswith(_JUNK))
    return not is_junk(name)


def beside_archive(root: Path) -> tuple[list[str], tuple[Problem, ...]]:
    """What lies beside an archive and belongs to it for those who keep it: paths, in order, of what says what it is (README), what builds
    it (`requirements.txt`, `vendor/`) and what it keeps of what it cites (`warc/`); with what is wrong with them, as `read_tree` has it."""
    walk = _Walk(root, _is_beside)
    return sorted(path for path, _ in walk.files("", (_place(root),))), tuple(walk.problems)


def _is_beside(path: str) -> bool:
    """Whether a file or folder is among what `beside_archive` names.

    >>> _is_beside("README.uk.md"), _is_beside("vendor/a.whl"), _is_beside(".env"), _is_beside("vendor/.netrc"), _is_beside("notes.md")
    (True, True, False, False, False)
    """
    if "/" not in path:
        return path in BESIDE or bool(re.fullmatch(r"readme((\.[a-z]{2,3})?\.(md|markdown|txt|rst|adoc|html))?", path, re.I))
    return not is_junk(path.rpartition("/")[2])


class _Walk:
    """A walk over an archive. `is_part`: what it looks at, by its path. `problems`: what is wrong with what it meets; `linked`: how often
    links have led to a folder. Without a limit, a few that link to one another would be more folders than can ever be read."""

    def __init__(self, root: Path, is_part: Callable[[str], bool] = is_part) -> None:
        self.root = root
        self.is_part = is_part
        self.boundary = root.resolve()
        self.problems: list[Problem] = []
        self.linked: Counter[Place] = Counter()

    def files(self, folder: str, above: tuple[Place, ...]) -> Iterator[tuple[str, os.stat_result]]:
        """The files below a folder; `above` is this one, and those that it lies in."""
        here = self.root / folder
        try:
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError as error:
            self.wrong(folder or ".", "unreadable", f"the folder cannot be read: {error.strerror}", "make it readable")
            return
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if not self.is_part(path):
                continue
            try:
                path.encode()
            except UnicodeEncodeError:
                shown = path.encode("utf-8", "replace").decode()
                self.wrong(shown, "bad-file-name", "the file's name is not UTF-8", "rename it")
                continue
            is_link = entry.is_symlink()
            try:
                if is_link and not Path(os.path.realpath(here / entry.name)).is_relative_to(self.boundary):
                    self.wrong(path, "outside-archive", "the link leads out of the archive", "copy the file into the archive")
                    continue
                status = entry.stat()
                place = _place(here / entry.name) if stat.S_ISDIR(status.st_mode) else None
            except OSError as error:
                is_lost = is_link and isinstance(error, FileNotFoundError)
                message = "the link leads to nothing" if is_lost else f"the file cannot be read: {error.strerror}"
                self.wrong(path, "unreadable", message, "mend or remove it")
                continue
            if place is not None:
                if self.may_enter(path, place, above, is_link=is_link):
                    yield from self.files(path, (*above, place))
            elif stat.S_ISREG(status.st_mode):
                yield path, status
            else:
                self.wrong(path, "unreadable", "it is no file but a pipe, a socket or a device", "take it out of the archive")

    def may_enter(self, path: str, place: Place, above: tuple[Place, ...], *, is_link: bool) -> bool:
        """Whether the walk goes on into a folder."""
        if is_link and place in above:
            self.wrong(path, "outside-archive", "the folder contains itself", "remove the link")
        elif is_link and self.linked[place] >= LINKS:
            self.wrong(path, "outside-archive", f"more than {LINKS} links lead to the same folder", "remove some of them")
        elif len(above) > DEPTH + 1:
            self.wrong(path, "too-deep", f"the folder lies more than {DEPTH} folders deep", "move its files up")
        else:
            self.linked[place] += is_link
            return True
        return False

    def wrong(self, path: str, code: Code, message: str, hint: str) -> None:
        self.problems.append(Problem(path, 0, code, message, hint))


def _place(folder: Path) -> Place:
    status = os.stat(folder)  # what a listing gives has neither on Windows
    return status.st_dev, status.st_ino
