"""Writes the site. All changed files are staged first, so that a full disk leaves the old output whole; then each is renamed into
its place; then what is not planned is pruned.

The output folder is wholly ours and says so by a file of constant bytes; one that is not, or that would swallow the archive's
own folders, is refused.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from sitegen.model.digest import Digest, digest_of
from sitegen.model.problem import Fault
from sitegen.tree import Stamp, stamp_of
from sitegen.workers import Progress, silent

MARKER = ".sitegen-output"
MARKER_BYTES = b"This folder is written by sitegen. All that a build does not plan is removed from it.\n"
_STAGE = ".sitegen-stage"


class Written(NamedTuple):
    """What a build did to the output folder."""

    written: int
    removed: int


class Output:
    """An output folder. `remembered` and `remember` spare the reading of files that nobody touched."""

    def __init__(
        self,
        folder: Path,
        keep: Iterable[str],
        remembered: Callable[[str, Stamp], Digest | None],
        remember: Callable[[str, Stamp, Digest], None],
    ) -> None:
        self.folder = folder
        self.keep = tuple(path.strip("/") for path in keep)
        self.remembered = remembered
        self.remember = remember
        self.is_open = False
        self.present: dict[str, Stamp] = {}
        self.empty: list[str] = []

    def open(self, root: Path) -> None:
        """Makes the folder ours and lists it, once; raises Fault where it is not ours."""
        if self.is_open:
            return
        folder = self.folder.resolve()
        for name in ("content", "seeds", "themes", ".sitegen", ".git"):
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
                (self.folder / MARKER).write_bytes(MARKER_BYTES)
            elif (self.folder / MARKER).read_bytes() != MARKER_BYTES:
                (self.folder / MARKER).write_bytes(MARKER_BYTES)
            if (self.folder / _STAGE).is_symlink():
                (self.folder / _STAGE).unlink()
            shutil.rmtree(self.folder / _STAGE, ignore_errors=True)
            self.empty = []
            self.present = dict(_files(self.folder, self.empty))
            self.is_open = True
        except OSError as error:
            raise Fault(f"the output folder {self.folder} cannot be written: {error.strerror}") from error

    def has(self, path: str, digest: Digest) -> bool:
        """Whether the file is there with these bytes."""
        stamp = self.present.get(path)
        if stamp is None or stamp.size < 0:
            return False
        known = self.remembered(f">{path}", stamp)
        if known is None:
            try:
                known = digest_of((self.folder / path).read_bytes())
            except OSError:
                return False
            self.remember(f">{path}", stamp, known)
        return known == digest

    def confirm(self, path: str, digest: Digest) -> None:
        """Takes a worker's word that the file is there with these bytes, so that it need not be read again."""
        self.remember(f">{path}", self.present[path], digest)

    def lay(self, path: str, data: bytes) -> None:
        """Lays new bytes beside the output, to be moved into place by `finish`. Several processes may do so at once."""
        place = self.folder / _STAGE / _staged_name(path)
        try:
            try:
                place.write_bytes(data)
            except FileNotFoundError:
                place.parent.mkdir(exist_ok=True)
                place.write_bytes(data)
        except OSError as error:
            raise Fault(f"{path} could not be written ({error.strerror}); the earlier output is untouched") from error

    def finish(self, planned: Mapping[str, Digest], progress: Progress = silent) -> Written:
        """Moves all that was staged into place, then removes what is not planned."""
        try:
            names = set(os.listdir(self.folder / _STAGE)) if (self.folder / _STAGE).is_dir() else set()
            staged = [path for path in planned if _staged_name(path) in names] if names else []
            folders: set[str] = set()
            for done, path in enumerate(staged):
                progress("Writing", done, len(staged))
                self._make_way(path.rpartition("/")[0], folders)
                self.remember(f">{path}", self._move(path), planned[path])
            left = [path for path in self.present if path not in planned and path != MARKER and not self._kept(path)]
            for path in left:
                with contextlib.suppress(FileNotFoundError, IsADirectoryError, NotADirectoryError):  # a folder took its place, or went
                    (self.folder / path).unlink()
            shutil.rmtree(self.folder / _STAGE, ignore_errors=True)
            empty = {self.folder / path for path in self.empty if not self._kept(path)}
            self._drop_empty(empty | {(self.folder / path).parent for path in left})
        except OSError as error:
            raise Fault(
                f"the output could not be completed ({error.strerror}); every file is whole, and the next build completes it"
            ) from error
        return Written(len(staged), len(left))

    def _make_way(self, folder: str, made: set[str]) -> None:
        """Makes a folder and those above it. A link or a file that stands in its place goes; `made` are those seen to already."""
        if not folder or folder in made:
            return
        self._make_way(folder.rpartition("/")[0], made)
        place = self.folder / folder
        try:
            place.mkdir()
        except FileExistsError:
            if place.is_symlink() or not place.is_dir():
                place.unlink()
                place.mkdir()
        made.add(folder)

    def _move(self, path: str) -> Stamp:
        """Moves one staged file into place; of a link there the link is replaced, and a folder there goes."""
        staged, target = f"{self.folder}/{_STAGE}/{_staged_name(path)}", f"{self.folder}/{path}"
        try:
            os.replace(staged, target)
        except IsADirectoryError:
            shutil.rmtree(target)
            os.replace(staged, target)
        return stamp_of(os.stat(target))

    def abandon(self) -> None:
        """Forgets what was staged."""
        shutil.rmtree(self.folder / _STAGE, ignore_errors=True)

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
                except OSError:  # it holds something, or is gone
                    break


def differences(folder: Path, clean: Path, keep: Iterable[str]) -> list[str]:
    """The files that two output folders do not have alike, as paths; what is kept counts for neither."""
    kept = tuple(path.strip("/") for path in keep)
    ours, theirs = (dict(_files(one, [])) if one.is_dir() else {} for one in (folder, clean))
    paths = [path for path in sorted({*ours, *theirs}) if not any(path == one or path.startswith(one + "/") for one in kept)]
    return [path for path in paths if path not in ours or path not in theirs or (folder / path).read_bytes() != (clean / path).read_bytes()]


def _staged_name(path: str) -> str:
    """A name of fixed length, so that no path is too long for one."""
    return hashlib.sha256(path.encode()).hexdigest()[:40]


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
                if path not in (".git", _STAGE):
                    pending.append(path)
            else:
                stamp = stamp_of(entry.stat(follow_symlinks=False))
                yield path, stamp if not entry.is_symlink() else Stamp(-1, 0, 0, 0)  # a link is never our own file
