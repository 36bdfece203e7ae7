"""Measures `sitegen import` of many seeds at once: made-up articles, each brought to about the size of the archive's own seed.

    python -m benchmarks.importing [--seeds 1000] [--times 3]

Written to `benchmarks/RESULTS.md`. Run it when nothing else runs.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import subprocess
import sys
import tempfile
from itertools import cycle
from pathlib import Path

from benchmarks.run import HERE, measure, median, section

SIZE = 3_500
"""Bytes of a seed, about; the archive's own has 3,487."""
SITEGEN = (sys.executable, "-m", "sitegen")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=1_000)
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    runs, one = [], []
    with tempfile.TemporaryDirectory(prefix="sitegen-import-") as folder:
        for _ in range(options.times):
            archive = Path(folder) / "archive"
            shutil.rmtree(archive, ignore_errors=True)
            subprocess.run([*SITEGEN, "init", str(archive)], check=True, capture_output=True)
            paths = seeds(archive / "seeds", options.seeds)
            one.append(measure([*SITEGEN, "import", "--source", archive, paths[0]]))
            runs.append(measure([*SITEGEN, "import", "--source", archive, *paths[1:]]))
    many, first = median(runs), median(one)
    rate = (options.seeds - 1) / (many.cpu - first.cpu)
    command = f"python -m benchmarks.importing --seeds {options.seeds} --times {options.times}"
    lines = [
        f"`{command}`, medians of {options.times}; Python {platform.python_version()}, one core used.",
        "",
        "| work | wall s | CPU s | largest process MiB |",
        "|---|---|---|---|",
        f"| one seed | {first.wall:.2f} | {first.cpu:.2f} | {first.peak:.0f} |",
        f"| {options.seeds - 1:,} more seeds at once | {many.wall:.2f} | {many.cpu:.2f} | {many.peak:.0f} |",
        "",
        f"That is {rate:.0f} articles a second of CPU after start-up, each read, written as a page with its notes and stubs, and held against its seed.",
    ]
    section("Importing", "\n".join(lines))


def seeds(folder: Path, count: int) -> list[Path]:
    """So many seeds, no two alike."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((HERE / "articles").glob("*.txt"))]
    blocks = [block for text in texts for block in text.split("\n\n")[1:]]
    out = []
    for number, text in zip(range(count), cycle(texts), strict=False):
        title, _, body = text.partition("\n")
        further = cycle(blocks[number % len(blocks) :])
        while len(body.encode()) < SIZE:
            body += f"\n\n{next(further)}"
        path = folder / f"{number:04}.txt"
        path.write_text(f"{title.rstrip('.')} ({number})\n{body}\n", encoding="utf-8")
        out.append(path)
    return out


if __name__ == "__main__":
    main()
