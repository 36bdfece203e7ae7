"""Writes content files: new ones never over what is there, changed ones only over what was read; whole, or not at all."""

from __future__ import annotations

import contextlib
import ctypes
import difflib
import os
import secrets
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from sitegen.cache import FOLDER
from sitegen.cache.database import Unwritable, locked
from sitegen.model.problem import Fault

MERGES = ("content/**/*.notes.yaml merge=sitegen", "content/**/*.md merge=sitegen")
"""What tells Git whom to ask where two have changed a file; where a clone does not know whom that means, Git merges as ever."""


def create(path: Path, data: bytes) -> bool:
    """Makes a file with these bytes; False where one is there already. A crash leaves no half of it."""
    if path.exists() or path.is_symlink():
        return False
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        try:
            os.link(beside, path)  # fails where another has made it meanwhile
        except FileExistsError:
            return False
        except OSError:  # a file system without hard links
            os.replace(beside, path)
    except OSError as error:
        raise Fault(f"{path} could not be written: {error.strerror}") from error
    finally:
        beside.unlink(missing_ok=True)
    return True


def with_lines(path: Path, lines: Iterable[str]) -> list[str]:
    """Puts lines at the end of a file, which is made where there is none; gives those that did not stand in it. Raises OSError."""
    before = path.read_bytes() if path.exists() else b""
    known = {line.strip() for line in before.splitlines()}
    new = [line for line in lines if line.encode() not in known]
    if new:
        end = b"\r\n" if b"\r\n" in before else b"\n"
        begun = end if before and not before.endswith(b"\n") else b""
        path.write_bytes(before + begun + b"".join(line.encode() + end for line in new))
    return new


def place_of(root: Path, path: str) -> Path:
    """Where a file of the archive lies. Raises Fault where a link leads it out of the folder that its path begins with: what is called
    content is then no content, but a theme, a setting, or a file of another."""
    home, place = root.resolve(), root / path
    if not Path(os.path.realpath(place)).is_relative_to(home / path.partition("/")[0]):
        raise Fault(f"{path} lies outside of {path.partition('/')[0]}/, where a link leads; nothing is read or written there")
    return place


def bytes_of(place: Path) -> bytes | None:
    """The bytes of a file; None where there is none. Raises Fault where it cannot be read, or is none that ends (a pipe, a device)."""
    try:
        with open(place, "rb", buffering=0, opener=_at_once) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise Fault(f"{place.name} is no file but a folder, a pipe, a socket or a device; take it out of the archive")
            return file.readall()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise Fault(f"{place.name} cannot be read: {error.strerror}") from error


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))  # a pipe into which nobody writes would be waited for


class Change(NamedTuple):
    """A file before and after; None where there is none."""

    path: str
    before: str | None
    after: str | None


def diff(changes: Iterable[Change]) -> Iterator[str]:
    """The lines of the changes as a unified diff."""
    for path, *texts in changes:
        before, after = ((text or "").splitlines(keepends=True) for text in texts)
        old, new = ("/dev/null" if text is None else f"{side}/{path}" for side, text in zip("ab", texts, strict=True))
        for line in difflib.unified_diff(before, after, old, new):
            yield from (line[:-1],) if line.endswith("\n") else (line, "\\ No newline at end of file")


class Overtaken(Fault):
    """A file is no longer what it was when it was read: somebody else has saved it."""


def written(root: Path, changes: Iterable[Change]) -> None:
    """Writes files, all of them or none. Raises Overtaken where one is no longer what it was, Fault where one cannot be written; what was
    written by then is taken back. Programs of ours wait for one another. A save of another program between the last look and the writing
    is not lost, where the system can exchange two files (Linux): what comes out is looked at once more, and put back."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError, Unwritable):  # a folder in which there can be no lock is no shared one
            (root / FOLDER).mkdir(exist_ok=True)
            stack.enter_context(locked(root / FOLDER, "edit.db", "another program is writing into this archive"))
        _written(root, {path: (_encoded(before), _encoded(after)) for path, before, after in changes})


def _written(root: Path, changed: Mapping[str, tuple[bytes | None, bytes | None]]) -> None:
    for path, (before, _) in changed.items():
        if bytes_of(place_of(root, path)) != before:
            raise Overtaken(f"{path} changed meanwhile; nothing was written, try again")
    beside = {path: (root / path).with_name(f".{Path(path).name}.{secrets.token_hex(4)}.tmp") for path in changed}
    done: list[str] = []
    try:
        for path, (_, after) in changed.items():
            if after is not None:
                beside[path].parent.mkdir(parents=True, exist_ok=True)
                beside[path].write_bytes(after)
        for path, (before, after) in changed.items():
            if after is None:
                (root / path).rename(beside[path])
            elif before is None:
                _made(beside[path], root / path)
            else:
                _exchanged(beside[path], root / path)
            done.append(path)
            if before is not None and beside[path].exists() and bytes_of(beside[path]) != before:
                raise Overtaken(f"{path} changed meanwhile; all files are as they were, try again")
    except (OSError, Fault) as error:
        for path in reversed(done):
            before, after = changed[path]
            with contextlib.suppress(OSError, Fault):
                if before is None:
                    (root / path).unlink(missing_ok=True)
                elif beside[path].exists() and (bytes_of(root / path) == after):
                    os.replace(beside[path], root / path)  # what stood there, whoever wrote it
                elif bytes_of(root / path) == after:
                    (root / path).write_bytes(before)
        if isinstance(error, OSError):
            raise Fault(f"{error.filename} could not be written: {error.strerror}; all files are as they were") from error
        raise
    finally:
        for one in beside.values():
            with contextlib.suppress(OSError):
                one.unlink(missing_ok=True)


def _made(new: Path, path: Path) -> None:
    """Gives a new file its name. Raises Overtaken where another has made one of that name meanwhile."""
    try:
        os.link(new, path)
    except FileExistsError:
        raise Overtaken(f"{path.name} was made meanwhile; nothing was written, try again") from None
    except OSError:  # a file system without hard links
        os.replace(new, path)


_EXCHANGE, _HERE = 2, -100
"""`RENAME_EXCHANGE` and `AT_FDCWD` of Linux."""


def _exchanged(new: Path, path: Path) -> None:
    """Puts a new file in the place of one; that one has then the other's name, where the system can do so in one step."""
    rename = getattr(_c_library(), "renameat2", None)
    if rename is None or rename(_HERE, os.fsencode(new), _HERE, os.fsencode(path), _EXCHANGE) != 0:
        os.replace(new, path)


@lru_cache(maxsize=1)
def _c_library() -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(None) if sys.platform == "linux" else None
    except OSError:
        return None


def _encoded(text: str | None) -> bytes | None:
    return None if text is None else text.encode()
