"""Reads the archive: which files there are, and their bytes. The only room that reads content, seeds and themes.

Links that lead out of the archive are refused; names that are not UTF-8, and files that nobody asked for, are named.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from sitegen.model.digest import Digest, digest_of
from sitegen.model.history import History
from sitegen.model.problem import Code, Fault, Problem
from sitegen.theme.layers import PACKAGED, Layer

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


def packaged_themes() -> Path:
    """The themes that come with the program: beside it in the repository, inside it once installed."""
    inside = Path(__file__).parent / "themes"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "themes"


def theme_layers(tree: Tree, name: str) -> list[Layer]:
    """The files of a theme: the archive's own, and the program's; nothing where neither has such a theme."""
    return [layer for layer in (_own_layer(tree, name), _packaged_layer(tree, name)) if layer]


def themes(tree: Tree) -> set[str]:
    """The names of all themes, the archive's and the program's."""
    base = packaged_themes()
    packaged = {path.name for path in base.iterdir() if path.is_dir()} if base.is_dir() else set()
    return packaged | {path.split("/")[1] for path in tree.below("themes") if path.count("/") > 1}


def _own_layer(tree: Tree, name: str) -> Layer:
    """The archive's own files of a theme."""
    prefix = f"themes/{name}/"
    return {path.removeprefix(prefix): (path, tree.read(path)) for path in tree.below(prefix)}


def _packaged_layer(tree: Tree, name: str) -> Layer:
    """The program's own files of a theme; none where they are the archive's too, as in the repository of the program."""
    folder = packaged_themes() / name
    if not folder.is_dir() or folder.resolve() == (tree.root / "themes" / name).resolve():
        return {}
    found = ((path.removeprefix(f"{folder}/"), installed) for path, installed in _installed(folder))
    return {
        inner: (f"{PACKAGED}themes/{name}/{inner}", _data(*installed))
        for inner, installed in found
        if not any(map(is_junk, inner.split("/")))
    }


CATALOGUES = Path(__file__).parent / "locale"
"""The words of the program in the languages that it speaks."""


def catalogue(tag: str) -> tuple[str, bytes]:
    """The language that an archive with this tag is shown in, and its compiled catalogue: the tag itself, with or without its last subtags
    (`de-AT` has the words of `de`, and its own months). A language of which there is no catalogue is shown in English, whole."""
    first, *more = tag.split("-")
    parts = [first.lower(), *more]
    for count in range(len(parts), 0, -1):
        path = CATALOGUES / "_".join(parts[:count]) / "LC_MESSAGES" / "sitegen.mo"
        if path.is_file():
            return tag, path.read_bytes()
    return "en", b""


CLIENT = Path(__file__).parent / "finding" / "client"
"""What searches in the reader's browser."""


COMMON = Path(__file__).parent / "common"
"""Pieces of templates that are the same in every theme: what the search shows, and maps."""


def common_layer() -> Layer:
    """What lies below every theme, which may have its own in its place: pieces of templates, and the scripts of the search."""
    files = {f"templates/{path.rpartition('/')[2]}": one for path, one in _installed(COMMON) if path.endswith(".html")}
    files |= {f"assets/{path.rpartition('/')[2]}": one for path, one in _installed(CLIENT) if path.endswith(".js")}
    return {name: (f"{PACKAGED}{name.partition('/')[2]}", _data(*one)) for name, one in sorted(files.items())}


BASEMAP = Path(__file__).parent / "basemap"
"""The base map of the program: what maps are drawn from while the site is built, and what the script of their page reads."""


@lru_cache(maxsize=1)  # a process goes on with the base map that it began with
def base_map() -> tuple[bytes, bytes]:
    """The two files of the base map."""
    return (BASEMAP / "earth.msgpack").read_bytes(), (BASEMAP / "world.json").read_bytes()


class Installed(NamedTuple):
    """A file that comes with the program, as it is now: its path, and its time, size and number, by which what was read of it is known
    again. To read all of them at each build takes 10 ms."""

    path: str
    seen: tuple[int, int, int]


def _installed(base: Path) -> Iterator[tuple[str, Installed]]:
    """All files below a folder of the program, in order."""
    for folder, folders, files in os.walk(base):
        folders.sort()
        for name in sorted(files):
            path = f"{folder}/{name}"
            about = os.stat(path)
            yield path, Installed(path, (about.st_mtime_ns, about.st_size, about.st_ino))


@lru_cache(maxsize=1024)
def _data(path: str, _seen: tuple[int, int, int]) -> bytes:
    return Path(path).read_bytes()


@lru_cache(maxsize=1024)
def _digest(path: str, _seen: tuple[int, int, int]) -> bytes:
    return hashlib.sha256(Path(path).read_bytes()).digest()


def installed_stamp() -> bytes:
    """A digest of the themes, catalogues, scripts and the base map that come with the program, for the key of a whole build: an upgrade may
    change them."""
    total = hashlib.sha256()
    for base, ending in ((packaged_themes(), ""), (CATALOGUES, ".mo"), (CLIENT, ""), (COMMON, ""), (BASEMAP, "")):
        for path, installed in _installed(base):
            if path.endswith(ending):
                total.update(path.removeprefix(str(base)).encode() + b"\0" + _digest(*installed))
    return total.digest()
