"""The files that an import is given: those of a folder, and of each its bytes with the place where the archive keeps it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from sitegen import config as config_room
from sitegen import urls
from sitegen.archive.extracts import PARTS
from sitegen.importer.formats.document import MANY
from sitegen.importer.formats.foreign import told_of
from sitegen.importer.report import Result, count, named, refused
from sitegen.model.digest import digest_of
from sitegen.tree import is_junk


class Raw(NamedTuple):
    """A file to be imported: what it is called in what is told of it; `place`, its path in the archive, where it lies already or is to be
    kept; its bytes with their SHA-256."""

    name: str
    shown: str
    place: str
    data: bytes
    sha256: str
    is_inside: bool


def raw(root: Path, file: Path) -> Raw | Result:
    """A file for the archive at `root`, or why it cannot be imported."""
    shown = named(root, file)
    try:
        if file.stat().st_size > MANY:
            return too_large(shown, MANY)
        if not file.is_file():  # the reading of a pipe would never end
            return refused(shown, "unreadable", "it is no file but a pipe, a socket or a device", "save the article in a file")
        data = file.read_bytes()
    except OSError as error:
        return refused(shown, "unreadable", f"the file cannot be read: {error.strerror}", "check its name")
    place = f"seeds/{file.name}"
    if not urls.is_inside(place) or is_junk(file.name):
        return refused(shown, "bad-file-name", "the file's name cannot be kept under seeds/", "rename it")
    own, seeds = file.resolve(), (root / "seeds").resolve()
    other = next((folder for folder in own.parents if (folder / config_room.PATH).is_file()), None)
    if other is not None and other != root.resolve():
        hint = f"name that archive: --source {other}"
        return refused(shown, "other-archive", f"the file lies in another archive, {other.name}/", hint)
    is_inside = own.is_relative_to(seeds)
    if not is_inside and seeds in (file.parent.resolve(), *file.parent.resolve().parents):
        return refused(place, "outside-archive", "the link leads out of the archive", "put the file itself under seeds/")
    if is_inside:
        place = "seeds/" + own.relative_to(seeds).as_posix()
    return Raw(file.name, shown, place, data, digest_of(data).hex(), is_inside)


def too_large(shown: str, limit: int) -> Result:
    hint = "an article is shorter; split it" if limit < MANY else "split it"
    return refused(shown, "too-large", f"the file has more than {limit // 1024**2} MiB", hint)


class Listed(NamedTuple):
    """A file that was named, or lies in a folder that was; or what is told of what is left out there."""

    file: Path | None
    left_out: str = ""


def listed(paths: Sequence[Path]) -> Iterator[Listed]:
    """The files of these paths; of a folder those that lie in it, in the order of their names."""
    for path in paths:
        if not path.is_dir():
            yield Listed(path)
            continue
        inner: list[str] = []
        for one in sorted(path.iterdir(), key=lambda one: one.name):
            if one.is_dir():
                inner += [] if is_junk(one.name) or one.name.endswith(PARTS) else [f"{one.name}/"]
            elif is_junk(one.name):
                yield Listed(None, f"{path}/{one.name}: left out, for it is no article but a file of a program")
            elif (what := _kind_of(one)) is not None:
                yield Listed(None, f"{path}/{one.name}: left out, for it is {what}")
            else:
                yield Listed(one)
        if inner:
            shown = f"{', '.join(inner[:5])}{' …' if len(inner) > 5 else ''}"
            yield Listed(None, f"{path}: left out {count(inner, 'folder')} in it, {shown}; name {'it' if len(inner) == 1 else 'them'} too")


_HEAD = 64
"""Bytes by which a picture is known."""


def _kind_of(file: Path) -> str | None:
    """What a file of a folder is that is no text: beside articles lie their pictures. Old files of Word are no such, for their articles
    would be missed in silence."""
    try:
        with file.open("rb") as opened:
            found = told_of(opened.read(_HEAD)) if file.is_file() else None
    except OSError:
        return None
    return found[0] if found and found[0].startswith(("a picture", "a film", "a recording")) else None
