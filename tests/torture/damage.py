"""What can happen to the store while no build runs. Nothing is known of it but that it has SQLite files, with tables.

Each kind of damage says what it did, or nothing where there was nothing to damage.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import NamedTuple

Moment = Mapping[str, bytes]
"""The store of a moment: path below `.sitegen/` -> bytes."""
HEADER = b"SQLite format 3\0"
BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file."""
_JOURNAL = bytes.fromhex("d9d505f920a163d7")
"""What a journal begins with that is to be rolled back."""


def _page_size(place: Path) -> int:
    """Bytes of a page, as the head of an SQLite file has them; of one that has none, the usual."""
    with place.open("rb") as file:
        head = file.read(18)
    size = int.from_bytes(head[16:18], "big") if head.startswith(HEADER) else 0
    return {0: 4096, 1: 65_536}.get(size, size)


class Store(NamedTuple):
    """The store of an archive, the same store at some earlier moments, and that of another archive."""

    folder: Path
    earlier: list[Moment]
    other: Moment

    def files(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.is_file()) if self.folder.is_dir() else []

    def databases(self) -> list[Path]:
        return [path for path in self.files() if _bytes(path).startswith(HEADER)]

    def moment(self) -> Moment:
        return {path.relative_to(self.folder).as_posix(): _bytes(path) for path in self.files()}

    def put(self, moment: Moment) -> None:
        for path, data in moment.items():
            place = self.folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)

    def clear(self) -> None:
        for path in self.files():
            path.unlink()


def _bytes(place: Path) -> bytes:
    """What a file holds; nothing where a build has removed it meanwhile."""
    try:
        return place.read_bytes()
    except FileNotFoundError:
        return b""


Damage = Callable[[Random, Store], str]


def _some(chance: Random, files: list[Path]) -> Path | None:
    """One of some files that is not empty."""
    full = [path for path in files if path.stat().st_size]
    return chance.choice(full) if full else None


def flip(chance: Random, place: Path) -> str:
    """Turns one bit of a file."""
    with place.open("r+b") as file:
        at = int(chance.random() * place.stat().st_size)
        bit = chance.randrange(8)
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ (1 << bit)]))
    return f"flips bit {bit} of byte {at} of {place.name}"


def overwrite(chance: Random, place: Path) -> str:
    """Zeroes one page of a file, or fills it with another's bytes."""
    size = _page_size(place)
    pages = max(1, place.stat().st_size // size)
    to, source = (int(chance.random() * pages) for _ in range(2))
    zeroes = chance.random() < 0.5
    with place.open("r+b") as file:
        file.seek(source * size)
        data = b"\0" * size if zeroes else file.read(size)
        file.seek(to * size)
        file.write(data)
    return f"{'zeroes page' if zeroes else f'puts page {source} into'} {to} of {place.name}"


def bit(chance: Random, store: Store) -> str:
    place = _some(chance, store.databases())
    return ", ".join(flip(chance, place) for _ in range(chance.choice([1, 1, 4, 16]))) if place else ""


def page(chance: Random, store: Store) -> str:
    place = _some(chance, store.databases())
    return overwrite(chance, place) if place else ""


def cut(chance: Random, store: Store) -> str:
    place = _some(chance, store.databases())
    if not place:
        return ""
    size = int(chance.random() * place.stat().st_size)
    os.truncate(place, size)
    return f"cuts {place.name} to {size} bytes"


def emptied(chance: Random, store: Store) -> str:
    place = _some(chance, store.files())
    if not place:
        return ""
    os.truncate(place, 0)
    return f"empties {place.name}"


def garbage(chance: Random, store: Store) -> str:
    files = store.files()
    if not files:
        return ""
    place = chance.choice(files)
    size = chance.choice([1, 100, 4096, 40_000])
    head = HEADER if chance.random() < 0.3 else b""
    place.write_bytes(head + chance.randbytes(size))
    return f"makes garbage of {place.name}: {size} bytes{' after a header' if head else ''}"


def lock(chance: Random, store: Store) -> str:
    """What is called a lock holds something else."""
    places = [path for path in store.files() if "lock" in path.name]
    if not places:
        return ""
    place = chance.choice(places)
    if chance.random() < 0.3:
        place.unlink()
        return f"removes {place.name}"
    place.write_bytes(chance.choice([b"\0", b"x" * 5000, HEADER + b"x" * 5000, chance.randbytes(4096)]))
    return f"makes garbage of {place.name}"


def another(_: Random, store: Store) -> str:
    store.clear()
    store.put(store.other)
    return "puts another archive's store in place"


def earlier(chance: Random, store: Store) -> str:
    """The store of an earlier moment, wholly or in part."""
    if not store.earlier:
        return ""
    moment = chance.choice(store.earlier)
    main = {path: data for path, data in moment.items() if not path.endswith(BESIDE)}
    match chance.randrange(3):
        case 0:
            store.clear()
            store.put(moment)
            return "puts the store of an earlier moment in place"
        case 1:
            store.clear()
            store.put(main)
            return "puts the store of an earlier moment in place, without what lay beside it"
        case _:
            name = chance.choice(sorted(main))
            store.put({name: main[name]})
            return f"puts {name} of an earlier moment in place"


def beside(chance: Random, store: Store) -> str:
    """Log, index and journal: missing, of another moment, or garbage."""
    databases = store.databases()
    if not databases:
        return ""
    place = chance.choice(databases)
    suffix = chance.choice(BESIDE)
    file = place.with_name(place.name + suffix)
    logs = [moment[file.name] for moment in store.earlier if moment.get(file.name)]
    match chance.randrange(4):
        case 0 if file.exists():
            file.unlink()
            return f"removes {file.name}"
        case 1 if file.exists() and file.stat().st_size:
            return flip(chance, file)
        case 2 if logs:
            file.write_bytes(chance.choice(logs))
            return f"puts {file.name} of an earlier moment in place"
        case _:
            head = _JOURNAL if suffix == "-journal" and chance.random() < 0.5 else b""
            file.write_bytes(head + chance.randbytes(chance.choice([10, 4096, 33_000])))
            return f"puts garbage into {file.name}"


AT_REST: dict[str, Damage] = {
    "bit in the file": bit,
    "page": page,
    "cut": cut,
    "emptied": emptied,
    "garbage": garbage,
    "lock damaged": lock,
    "another's store": another,
    "earlier store": earlier,
    "log, index, journal": beside,
}
"""Damage that a build sees through: it is complete, and slower."""


def obstructed(chance: Random, store: Store) -> str:
    """A folder stands where a file should be."""
    files = store.files()
    if not files:
        return ""
    place = chance.choice(files)
    if chance.random() < 0.3:
        place = place.with_name(place.name + chance.choice(BESIDE))
    place.unlink(missing_ok=True)
    place.mkdir()
    (place / "inside").write_text("x")
    return f"puts a folder in the place of {place.name}"


def replaced(_: Random, store: Store) -> str:
    """A file stands where the store's folder should be."""
    shutil.rmtree(store.folder)
    store.folder.write_text("x")
    return "puts a file in the place of .sitegen"


def mend(store: Store) -> None:
    """Takes away what `obstructed` and `replaced` put."""
    if store.folder.is_file():
        store.folder.unlink()
    for inside in sorted(store.folder.rglob("inside")):
        shutil.rmtree(inside.parent)


IN_THE_WAY: dict[str, Damage] = {"folder for a file": obstructed, "file for the folder": replaced}
"""Damage that a build may refuse to go on with, until it is mended."""
