"""Writes the site. All changed files are staged first, as a tree beside the output, so that whatever stops a build before it has made
every page leaves the old output whole; then what is staged is moved into its place, and what is not planned is pruned.

What is promised: until the first move the old site is whole; each move is one rename, so that every file is wholly the old or wholly the
new one; the next build completes what a killed one began. Power that fails is the file system's affair: nothing is forced to the disk.

The output folder says by a file of ours that it is ours, and which files in it are: what is not among them is never replaced or removed. A
folder without that file, or one that would swallow the archive's own folders, is refused.
"""

from __future__ import annotations

import contextlib
import errno
import filecmp
import hashlib
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import NamedTuple

from sitegen.cache.stamps import Stamps
from sitegen.model.digest import Digest
from sitegen.model.problem import Fault
from sitegen.tree import LEFT_BY_SYSTEMS, Stamp, stamp_of
from sitegen.workers import Progress, silent

MARKER = ".sitegen-output"
HEAD = b"This folder is written by sitegen. The files below are its own: a build replaces and removes these, and no others.\n"
EARLIER = b"This folder is written by sitegen. All that a build does not plan is removed from it.\n"
"""As it stood before 0.2: of a folder that was wholly ours."""
STAGE = ".sitegen-stage"
"""What the folders begin with in which builds stage their files; each has one of its own, so that nothing which outlives a build that was
killed can write into the next."""
_NAMED = 5
"""Files that a message names."""
_SPARE = 12
"""A stage is removed with one open file a level."""
_NOT_OURS = Stamp(-1, 0, 0, 0)
"""Of what is no plain file: a link is never our own, and a pipe would be waited for."""


def own_files(folder: Path) -> list[str]:
    """The files of an output folder that a build has written, by what the folder says of itself: paths, in order. Raises Fault where it
    says nothing."""
    try:
        marked = (folder / MARKER).read_bytes()
    except OSError as error:
        raise Fault(f"{folder} cannot be read as a site that sitegen has built: {error.strerror}") from error
    return marked.removeprefix(HEAD).decode().splitlines() if marked.startswith(HEAD) else []


class Written(NamedTuple):
    """What a build did to the output folder."""

    written: int
    removed: int


class Output:
    """An output folder. `stamps` spare the reading of files that nobody touched."""

    def __init__(self, folder: Path, keep: Iterable[str], stamps: Stamps) -> None:
        self.folder = folder
        self.keep = tuple(path.strip("/") for path in keep)
        self.stamps = stamps
        self.is_open = False
        self.marked = b""
        """What the folder says of itself, as far as it was read."""
        self.present: dict[str, Stamp] = {}
        self.empty: list[str] = []
        self.staged: dict[str, Stamp] = {}
        self._stage = folder / f"{STAGE}-{os.getpid()}"
        self._spare: list[int] = []
        """Open files kept back, so that a stage can be removed where the machine gives no more."""
        self._folders: set[str] = set()
        """Of the stage: those that this process has made or seen."""

    def open(self, root: Path) -> None:
        """Makes the folder ours and lists it, once; raises Fault where it is not ours."""
        if self.is_open:
            return
        folder = self.folder.resolve()
        for name in ("content", "seeds", "themes", "static", ".sitegen", ".git"):
            source = (root / name).resolve()
            if folder == source or source.is_relative_to(folder) or folder.is_relative_to(source):
                raise Fault(f"the output folder {self.folder} is, contains or lies within {name}/; choose another with --output")
        if folder == root.resolve() or root.resolve().is_relative_to(folder):
            raise Fault(f"the output folder {self.folder} contains the archive itself; choose another with --output")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if not (self.folder / MARKER).is_file():
                others = [entry.name for entry in os.scandir(self.folder) if entry.name != ".git"]
                if others:
                    raise Fault(
                        f"{self.folder} is not empty and was not written by sitegen ({others[0]} is in it); "
                        f"choose another folder with --output, "
                        f"or empty it"
                    )
                self._mark(HEAD)
            self.marked = (self.folder / MARKER).read_bytes()
            for entry in list(os.scandir(self.folder)):
                if entry.name.startswith(STAGE):
                    _removed(entry.path)
            self.empty = []
            self.present = dict(_files(self.folder, self.empty))
            self._spare = [os.open(os.devnull, os.O_RDONLY) for _ in range(_SPARE)]
            self.is_open = True
        except OSError as error:
            raise Fault(f"the output folder {self.folder} cannot be written: {error.strerror}") from error

    def has(self, path: str, digest: Digest) -> bool:
        """Whether the file is there with these bytes."""
        stamp = self.present.get(path)
        if stamp is None or stamp.size < 0:
            return False
        known = self.stamps.remembered(path, stamp)
        if known is None:
            try:
                known = _digest_of_file(self.folder / path)
            except OSError:
                return False
            self.stamps.remember(path, stamp, known)
        return known == digest

    def confirm(self, path: str, digest: Digest) -> None:
        """Takes a worker's word that the file is there with these bytes, so that it need not be read again."""
        self.stamps.remember(path, self.present[path], digest)

    def lay(self, path: str, data: bytes) -> Stamp:
        """Lays new bytes beside the output, to be moved into place by `finish`. Several processes may do so at once; what a worker has
        laid, `take` is to be told."""
        try:
            self._make_stage(path.rpartition("/")[0])
            file = os.open(f"{self._stage}/{path}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
            try:
                rest = memoryview(data)
                while rest:
                    rest = rest[os.write(file, rest) :]
                stamp = stamp_of(os.fstat(file))
            finally:
                os.close(file)
        except OSError as error:
            raise Fault(f"{path} could not be written ({error.strerror}); the earlier output is untouched") from error
        self.staged[path] = stamp
        return stamp

    def take(self, path: str, stamp: Stamp) -> None:
        """Takes note of what a worker has laid."""
        self.staged[path] = stamp

    def place_for(self, path: str) -> Path:
        """Where a file is to be written that is too long to be handed over whole; `settle` is to be told when it is."""
        try:
            self._make_stage(path.rpartition("/")[0])
        except OSError as error:
            raise Fault(f"{path} could not be written ({error.strerror}); the earlier output is untouched") from error
        return self._stage / path

    def settle(self, path: str) -> tuple[Digest, int, Stamp | None]:
        """The digest and the size of a file that was written to its place, and its stamp; None where the output has those very bytes, and
        keeps them."""
        place = self._stage / path
        stamp = stamp_of(place.stat())
        found = _digest_of_file(place)
        if self.has(path, found):
            place.unlink()
            return found, stamp.size, None
        return found, stamp.size, stamp

    def _make_stage(self, folder: str) -> None:
        """Makes a folder of the stage, and those above it; another process may do so at the same time."""
        if folder in self._folders:
            return
        if folder:
            self._make_stage(folder.rpartition("/")[0])
        with contextlib.suppress(FileExistsError):
            os.mkdir(f"{self._stage}/{folder}" if folder else self._stage)
        self._folders.add(folder)

    def finish(self, planned: Mapping[str, Digest], progress: Progress = silent) -> Written:
        """Moves all that was staged into place, then removes what is not planned. Raises Fault where something that is not ours would be
        replaced or removed; nothing is touched then."""
        wanted = HEAD + "".join(f"{path}\n" for path in sorted(planned)).encode()
        ours = self._ours(planned, wanted)
        try:
            if self.staged.keys() - ours:  # before it is there, so that none is left that nobody knows if this is stopped
                self._mark(HEAD + "".join(f"{path}\n" for path in sorted({*ours, *planned})).encode())
            moving = _Moving(self.folder, self._stage, progress, len(self.staged))
            if self.staged:
                moving.merge("")
            for path, stamp in self.staged.items():
                # a file that came with its folder is as it was laid; one that was moved itself has another time of change
                self.stamps.remember(path, moving.moved.get(path, stamp), planned[path])
            left = [path for path in self.present if path not in planned and path != MARKER and not self._kept(path)]
            for path in left:
                with contextlib.suppress(FileNotFoundError, IsADirectoryError, NotADirectoryError):  # a folder took its place, or went
                    (self.folder / path).unlink()
            if self.marked != wanted:
                self._mark(wanted)
        except OSError as error:
            raise Fault(
                f"the output could not be completed ({error.strerror}); every file is whole, and the next build completes it"
            ) from error
        written = Written(len(self.staged), len(left))
        self.abandon()
        try:
            if self._stage.exists():  # the machine did not let all of it go: once more, and aloud
                shutil.rmtree(self._stage)
            empty = {self.folder / path for path in self.empty if not self._kept(path)}
            self._drop_empty(empty | {(self.folder / path).parent for path in left})
        except OSError as error:
            told = "the site is complete, but a folder that it no longer needs may be left in it"
            raise Fault(f"{told} ({error.strerror}); the next build removes it") from error
        return written

    def _ours(self, planned: Mapping[str, Digest], wanted: bytes) -> AbstractSet[str]:
        """The files of the folder that are ours, by what it says. Raises Fault where others would be replaced or removed."""
        if self.marked == wanted:
            ours: AbstractSet[str] = planned.keys()
        elif self.marked.startswith(HEAD):
            ours = set(self.marked[len(HEAD) :].decode(errors="replace").splitlines())
        elif self.marked == EARLIER:
            ours = self.present.keys()
        else:  # it was harmed: what we remember to have written is ours all the same
            known = (path for path, stamp in self.present.items() if self.stamps.remembered(path, stamp) is not None)
            ours = {*planned, *known}
        above = (
            {path.rsplit("/", count)[0] for path in ours for count in range(1, path.count("/") + 1)}
            if self.present.keys() - ours
            else set()
        )
        theirs = sorted(
            path
            for path in self.present.keys() - ours - above - {MARKER}  # above: what stands where a folder of ours was
            if (path not in planned or path in self.staged) and not self._kept(path) and path.rpartition("/")[2] not in LEFT_BY_SYSTEMS
        )
        if theirs:
            more = f" and {len(theirs) - _NAMED} more" if len(theirs) > _NAMED else ""
            raise Fault(
                f"{self.folder} holds what sitegen has not written, and what this build would replace or remove: "
                f"{', '.join(theirs[:_NAMED])}{more}. Nothing was changed. Move it to static/ (what lies there is published as it is), "
                f"name it under `keep` in sitegen.yaml, or remove it"
            )
        return ours

    def _mark(self, data: bytes) -> None:
        """Writes what the folder says of itself."""
        beside = f"{self._stage}-marker"
        Path(beside).write_bytes(data)
        os.replace(beside, self.folder / MARKER)
        self.marked = data

    def abandon(self) -> None:
        """Forgets what was staged."""
        while self._spare:
            os.close(self._spare.pop())
        shutil.rmtree(self._stage, ignore_errors=True)
        self._folders.clear()
        self.staged.clear()

    def _kept(self, path: str) -> bool:
        return path.split("/", maxsplit=1)[0] == ".git" or any(path == kept or path.startswith(kept + "/") for kept in self.keep)

    def _drop_empty(self, folders: Iterable[Path]) -> None:
        """Removes the folders that are left empty, and those that these leave empty."""
        for folder in sorted(folders, reverse=True):
            for place in (folder, *folder.parents):
                try:
                    if place == self.folder:
                        break
                    place.rmdir()
                except OSError as error:
                    if error.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT, errno.ENOTDIR):  # it holds something, or is gone
                        raise
                    break


def differences(folder: Path, clean: Path, keep: Iterable[str]) -> list[str]:
    """The files that two output folders do not have alike, as paths; what is kept counts for neither."""
    kept = tuple(path.strip("/") for path in keep)
    ours, theirs = (dict(_files(one, [])) if one.is_dir() else {} for one in (folder, clean))
    paths = [path for path in sorted({*ours, *theirs}) if not any(path == one or path.startswith(one + "/") for one in kept)]
    return [path for path in paths if path not in ours or path not in theirs or not filecmp.cmp(folder / path, clean / path, shallow=False)]


class _Moving:
    """Moves a stage into an output: what the output does not have goes as a whole, folder by folder. `moved`: the new stamps of the files
    that were moved themselves."""

    def __init__(self, folder: Path, stage: Path, progress: Progress, total: int) -> None:
        self.folder = folder
        self.stage = stage
        self.progress = progress
        self.total = total
        self.moved: dict[str, Stamp] = {}

    def merge(self, below: str) -> None:
        """Moves what is in one folder of the stage. Of a link in its way the link goes, and a file that is in a folder's way."""
        with os.scandir(f"{self.stage}/{below}") as found:
            entries = sorted(found, key=lambda entry: entry.name)
        for entry in entries:
            path = f"{below}/{entry.name}" if below else entry.name
            target = f"{self.folder}/{path}"
            self.progress("Writing", min(len(self.moved), self.total), self.total)
            if not entry.is_dir(follow_symlinks=False):
                self._replace(entry.path, target)
                self.moved[path] = stamp_of(os.stat(target))
            elif _is_folder(target):
                self.merge(path)
            else:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(target)
                os.rename(entry.path, target)

    def _replace(self, staged: str, target: str) -> None:
        try:
            os.replace(staged, target)
        except IsADirectoryError:
            shutil.rmtree(target)
            os.replace(staged, target)


def _is_folder(path: str) -> bool:
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except FileNotFoundError:
        return False


def _digest_of_file(path: Path) -> Digest:
    """As `digest_of` its bytes, of which few are in memory at once."""
    with path.open("rb") as file:
        return Digest(hashlib.file_digest(file, "sha256").digest())


def _removed(path: str) -> None:
    """Removes a folder, or what stands in its place; what cannot be removed is left to the next build."""
    if _is_folder(path):
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            os.unlink(path)


def _files(folder: Path, empty: list[str]) -> Iterator[tuple[str, Stamp]]:
    """The files of an output folder; `empty` takes the folders in which nothing is."""
    pending = [""]
    while pending:
        below = pending.pop()
        with os.scandir(f"{folder}/{below}") as found:
            entries = list(found)
        if not entries and below:
            empty.append(below)
        for entry in entries:
            path = f"{below}/{entry.name}" if below else entry.name
            if entry.is_dir(follow_symlinks=False):
                if path != ".git" and not (not below and entry.name.startswith(STAGE)):
                    pending.append(path)
            else:
                status = entry.stat(follow_symlinks=False)
                yield path, stamp_of(status) if stat.S_ISREG(status.st_mode) else _NOT_OURS
