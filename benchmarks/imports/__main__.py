"""Imports labelled articles and scores what is proposed: `python -m benchmarks.imports [FOLDER] [-v] [--only NN,NN]`.

FOLDER is `shown` (the default), `validation`, `aside`, `heads`, `heads-aside` or any folder of articles with their labels
(`NN-slug.gold.yaml`). The texts of all are made up, in six languages; those of `aside` and `heads-aside` are not read by whoever writes rules,
so that the first run over them is what can be told of texts that no rule has seen. Of heads nothing is labelled but what stands around a text.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Any

from benchmarks.imports.score import Tally, compare, read, report
from sitegen.content.text import caption_of
from sitegen.importer import import_seeds

HERE = Path(__file__).parent
FOLDERS = ("shown", "validation", "aside", "heads", "heads-aside")
SETTINGS = """title: Scored
base_url: https://example.org/
lang: en
calendars:
  ukraine-2022: {epoch: 2022-02-24, first_day: 0, label: "Day {n}"}
"""


def predictions(articles: list[Path]) -> list[dict[str, Any]]:
    """What an import into an archive that holds nothing else proposes of each article; nothing of one that cannot be imported."""
    with tempfile.TemporaryDirectory(prefix="sitegen-imports-") as folder:
        Path(folder, "sitegen.yaml").write_text(SETTINGS, encoding="utf-8")
        seeds = [Path(shutil.copy(article, folder)) for article in articles]  # where they lie, they are this archive's
        results = import_seeds(Path(folder), seeds, "ukraine-2022", dry_run=True)
        return [result.record or {} for result in results]


def labels(gold: Path) -> dict[str, Any]:
    """The labels of an article. Captions are held against what an import calls so: without brackets or label ("Photo:")."""
    found = dict(read(gold))
    return {**found, "captions": [caption_of(one) for one in found["captions"]]}


def scored(folder: Path, only: Collection[str] = ()) -> dict[str, dict[str, Tally]]:
    """The tallies of each labelled article of a folder, by measure."""
    golds = [path for path in sorted(folder.glob("[0-9]*-*.gold.yaml")) if not only or path.name.partition("-")[0] in only]
    stems = [path.name.removesuffix(".gold.yaml") for path in golds]
    articles = [next(path for ending in ("txt", "html", "md") if (path := folder / f"{stem}.{ending}").is_file()) for stem in stems]
    made = predictions(articles)
    return {stem: compare(labels(gold), one) for stem, gold, one in zip(stems, golds, made, strict=True)}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.imports", description=__doc__)
    parser.add_argument("folder", nargs="?", default="shown")
    parser.add_argument("--only", default="", metavar="NN,NN")
    parser.add_argument("-v", "--verbose", action="store_true", help="each article too")
    asked = parser.parse_args()
    folder = HERE / asked.folder if asked.folder in FOLDERS else Path(asked.folder)
    print(report(scored(folder, [one for one in asked.only.split(",") if one]), asked.verbose))
    return 0


if __name__ == "__main__":
    sys.exit(main())
