"""Writes many files as one whole: a folder, or a zip. What is written stands beside its place until all of it is there; a file is passed
through in pieces, so that its size costs no memory.

A zip of the same files has the same bytes, whatever the day: names in the order in which they come, all of one time. (As long as the same
zlib packs them: Python takes the system's.)
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Protocol

from sitegen.model.problem import Fault
from sitegen.tree import BESIDE, FOLDERS

PIECE = 1 << 20
"""Bytes that are in memory at a time."""
ZIP = ".zip"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The oldest time that a zip can tell."""
_LARGE = (1 << 31) - 1
"""From this size on a zip tells sizes in 64 bits, which old programs cannot read."""
_UNIX = 3
_PACKED = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".woff2", ".zip", ".whl", ".gz", ".docx", ".mp3", ".mp4")
"""What is packed already is only put in."""


_OF_ARCHIVES = (*FOLDERS, *(name for name in BESIDE if "." not in name), ".sitegen", ".git")


def refuse_within(root: Path, target: Path) -> None:
    """Raises Fault where a place lies in one of the folders of an archive: what is made there would be part of what is made next."""
    place = target.resolve()
    for name in _OF_ARCHIVES:
        if place.is_relative_to((root / name).resolve()):
            raise Fault(f"{target} lies within {name}/ of the archive, and would be part of it; choose another place")


class Pack(Protocol):
    """What takes files, each once, by paths with `/`."""

    def put(self, path: str, pieces: Iterable[bytes], size: int) -> None:
        """Takes a file; `size` is about what its pieces come to."""


def is_zip(target: Path) -> bool:
    """Whether a place is one for a zip: by its name."""
    return target.name.lower().endswith(ZIP)


def base_of(target: Path) -> str:
    """What the one folder in a zip is called: as the zip is."""
    return target.name[: -len(ZIP)] or "archive"


@contextlib.contextmanager
def packing(target: Path) -> Iterator[Pack]:
    """Takes files and makes a zip of them where the name says so, which takes the place of one that is there; else a folder, which may be
    there only if it is empty. Where something is raised meanwhile, nothing is left. Raises Fault where it cannot be written."""
    if is_zip(target) and target.is_dir():
        raise Fault(f"{target} is a folder; name a file")
    if not is_zip(target) and os.path.lexists(target) and (not target.is_dir() or any(target.iterdir())):
        raise Fault(f"{target} is there and is not empty; name a folder that is not, or a file that ends in {ZIP}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise Fault(f"{target} could not be written: {error.strerror}") from error
    made = stage / "made"
    try:
        if is_zip(target):
            with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, strict_timestamps=True) as file:
                yield _Zip(file)
            os.replace(made, target)
        else:
            made.mkdir()
            yield _Folder(made)
            if target.is_dir():
                target.rmdir()
            os.replace(made, target)
    except OSError as error:
        raise Fault(f"{target} could not be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)


class _Zip:
    """Files as they go into a zip."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self.file = file

    def put(self, path: str, pieces: Iterable[bytes], size: int) -> None:
        entry = zipfile.ZipInfo(path, _EPOCH)
        entry.create_system = _UNIX
        entry.external_attr = 0o644 << 16
        entry.compress_type = zipfile.ZIP_STORED if path.lower().endswith(_PACKED) else zipfile.ZIP_DEFLATED
        with self.file.open(entry, "w", force_zip64=size >= _LARGE) as out:
            for piece in pieces:
                out.write(piece)


class _Folder:
    """Files as they go into a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made = {""}

    def put(self, path: str, pieces: Iterable[bytes], size: int) -> None:  # noqa: ARG002 - a folder need not know it
        above = path.rpartition("/")[0]
        if above not in self.made:
            os.makedirs(f"{self.folder}/{above}", exist_ok=True)
            self.made.add(above)
        with open(f"{self.folder}/{path}", "xb") as out:
            out.writelines(pieces)


def pieces_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file, a piece at a time."""
    with open(path, "rb") as file:
        yield from rest_of(file)


def rest_of(file: IO[bytes]) -> Iterator[bytes]:
    """The bytes of an open file from where it stands, a piece at a time."""
    while piece := file.read(PIECE):
        yield piece


def files_below(folder: Path) -> list[str]:
    """The files below a folder, as paths relative to it, in order."""
    found: list[str] = []
    pending = [""]
    while pending:
        below = pending.pop()
        with os.scandir(f"{folder}/{below}") as entries:
            for entry in entries:
                path = f"{below}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{path}/")
                else:
                    found.append(path)
    return sorted(found)
