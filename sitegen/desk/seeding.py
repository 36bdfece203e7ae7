"""Raw articles from a browser: kept in `seeds/` as they are, under a name that is free, and imported."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from sitegen import urls
from sitegen.content.nfc import nfc
from sitegen.editor import bytes_of, create, place_of
from sitegen.importer import SEED_LIMIT, import_seeds
from sitegen.model.problem import Fault
from sitegen.tree import is_junk

MANY = 500
"""Articles that are taken at once."""
LONG = 150
"""Bytes of a name, without its number and its ending: no system's names are longer than 255."""


def take(root: Path, seeds: Sequence[tuple[str, bytes]], known: Iterable[str]) -> list[str]:
    """Keeps the seeds (name, bytes) and imports them, with those that lie in the archive already; gives what is told of each."""
    if len(seeds) > MANY:
        raise Fault(f"{len(seeds)} articles are too many at once: {MANY} at most")
    folder = place_of(root, "seeds")
    there = {one.casefold() for one in os.listdir(folder)} if folder.is_dir() else set()
    paths, out = [root / one for one in known], []
    for name, data in seeds:
        if len(data) > SEED_LIMIT:
            out.append(f"{name}: larger than {SEED_LIMIT // 1024**2} MiB")
            continue
        paths.append(_kept(root, name, data, there))
    for result in import_seeds(root, paths, None) if paths else ():
        out += [line.strip() for line in result.lines] + [line for problem in result.problems for line in problem.lines()]
    return out


def _kept(root: Path, name: str, data: bytes, there: set[str]) -> Path:
    """The file of a seed: one that holds the very same bytes, or a new one. Its name is made of letters, digits and hyphens, and is one on
    every system; `there`: the names that are taken, in small letters, for some systems do not tell these from others."""
    stem, point, ending = nfc(name[-1_000:]).replace("\\", "/").rpartition("/")[2].rpartition(".")
    stem, ending = (stem, ending) if point else (ending, "txt")
    stem = _short(re.sub(r"[^\w-]+", "-", stem), LONG).strip("-_") or "seed"
    ending = _short(re.sub(r"\W+", "", ending), 10).lower() or "txt"
    stem, ending = (
        (stem if urls.is_inside(unicodedata.normalize("NFKC", stem)) else f"seed-{stem}"),
        ("txt" if is_junk(f"a.{ending}") else ending),
    )
    for number in range(1, 10_000):
        path = f"seeds/{stem}{f'-{number}' if number > 1 else ''}.{ending}"
        place = root / path
        is_free = path.removeprefix("seeds/").casefold() not in there
        if (is_free and create(place, data)) or (not place.is_symlink() and place.is_file() and bytes_of(place) == data):
            there.add(path.removeprefix("seeds/").casefold())
            return place
    raise Fault(f"there are too many seeds of the name {stem}")


def _short(text: str, size: int) -> str:
    """The beginning of a text that takes so many bytes."""
    return text.encode()[:size].decode(errors="ignore")
