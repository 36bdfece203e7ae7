"""Raw articles from a browser: kept in `seeds/` as they are, under a name that is free, and imported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from sitegen.editor import create
from sitegen.importer import SEED_LIMIT, import_seeds
from sitegen.model.problem import Fault

MANY = 500
"""Articles that are taken at once."""


def take(root: Path, seeds: Sequence[tuple[str, bytes]], known: Iterable[str]) -> list[str]:
    """Keeps the seeds (name, bytes) and imports them, with those that lie in the archive already; gives what is told of each."""
    if len(seeds) > MANY:
        raise Fault(f"{len(seeds)} articles are too many at once: {MANY} at most")
    paths, out = [root / one for one in known], []
    for name, data in seeds:
        if len(data) > SEED_LIMIT:
            out.append(f"{name}: larger than {SEED_LIMIT // 1024**2} MiB")
            continue
        paths.append(_kept(root, name, data))
    for result in import_seeds(root, paths, None) if paths else ():
        out += [line.strip() for line in result.lines] + [line for problem in result.problems for line in problem.lines()]
    return out


def _kept(root: Path, name: str, data: bytes) -> Path:
    """The file of a seed: one that holds the very same bytes, or a new one. Its name is made of letters, digits, points and hyphens."""
    stem, point, ending = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    stem, ending = (stem, ending) if point else (ending, "txt")
    stem = re.sub(r"[^\w-]+", "-", stem).strip("-_") or "seed"
    ending = re.sub(r"\W+", "", ending).lower() or "txt"
    for number in range(1, 10_000):
        place = root / "seeds" / f"{stem[:100]}{f'-{number}' if number > 1 else ''}.{ending[:10]}"
        if create(place, data) or place.read_bytes() == data:
            return place
    raise Fault(f"there are too many seeds of the name {stem}")
