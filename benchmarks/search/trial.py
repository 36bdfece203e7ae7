"""Tries search libraries on the records of built archives: what they find, what they cost. docs/search.md has the table.

    python -m benchmarks.search.trial install
    python -m benchmarks.search.trial quality [--only NAME …]
    python -m benchmarks.search.trial scale --articles 1|2000|10000 [--only NAME …] [--site FOLDER]

`install` puts the libraries under `.venv/search-trial` (needs npm), pinned; they are no part of the project. `quality` puts the twenty queries
of queries.toml to each, alone and with what an archive would put around it (peers/glue.mjs). `scale` makes each index, alone, twice, edits
one article in it, and opens it as a telephone on a slow line would (needs Chromium): at 1 the archive of this repository, else that of
benchmarks/corpus.py; a library that takes over 4 GiB or ten minutes is given up. `--site` is a site of so many articles that is built already
(with `outputs: {json: true}`). Run it when nothing else runs.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import itertools
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic, sleep

import msgspec
from playwright.sync_api import Page

from benchmarks import corpus
from benchmarks.run import SITEGEN, Measured, apart
from benchmarks.search import browser, queries, records

REPOSITORY = Path(__file__).parents[2]
PEERS = Path(__file__).parent / "peers"
INSTALLED = REPOSITORY / ".venv/search-trial"
PINNED = (
    "pagefind@1.5.2",
    "minisearch@7.2.0",
    "@orama/orama@3.1.18",
    "@orama/stemmers@3.1.18",
    "flexsearch@0.8.212",
    "sql.js-httpvfs@0.8.12",
    "esbuild@0.28.2",
)
NAMES = ("pagefind", "pagefind_html", "minisearch", "orama", "flexsearch", "fts5")
SECONDS, MEMORY = 600, 4 * 2**30
"""At which a library is given up."""
LONG = 200
"""Seconds from which on an index is not made again, to see whether it has the same bytes."""
WHOLE = ("minisearch", "orama", "flexsearch")
"""Those that load all of their index."""
# under the policy that sitegen's own pages have
PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Search</title>'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; base-uri 'self'\">"
    '<script type="module" src="page.js"></script></head>'
    '<body><input id="field" type="search" aria-label="Search"><ol id="hits"></ol></body></html>'
)


class GivenUp(Exception):
    """A library took too long, too much, or failed; says which."""


def install() -> None:
    INSTALLED.mkdir(parents=True, exist_ok=True)
    options = ("--no-save", "--no-audit", "--no-fund", "--ignore-scripts")
    subprocess.run(["npm", "install", *options, "--prefix", str(INSTALLED), *PINNED], check=True)


def measure(command: Sequence[str | Path]) -> Measured:
    """One run of a command with its children, as `benchmarks.run.measure`, but ended at the limits."""
    result = apart(_measured, command)
    if isinstance(result, str):
        raise GivenUp(result)
    if result.peak * 2**20 > MEMORY:
        raise GivenUp(f"took {result.peak:,.0f} MiB")
    return result


def _measured(pipe: Connection, command: list[str]) -> None:
    """Asks /proc as the processes run: what a library starts besides may end without being waited for, and would not be counted."""
    started = monotonic()
    seen: dict[int, tuple[float, float]] = {}
    with tempfile.TemporaryFile() as said:
        running = subprocess.Popen(command, stdout=said, stderr=said, start_new_session=True, cwd=REPOSITORY)
        while running.poll() is None:
            for pid in _session(running.pid):
                with suppress(OSError, AttributeError):
                    peak = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(encoding="utf-8"))
                    times = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                    cpu = sum(map(int, times[11:13])) / os.sysconf("SC_CLK_TCK")
                    seen[pid] = (cpu, max(int(peak[1]) / 1024 if peak else 0, seen.get(pid, (0, 0))[1]))  # one that has ended has no size
            if monotonic() - started > SECONDS:
                os.killpg(running.pid, signal.SIGKILL)
                running.wait()
                pipe.send(f"took over {SECONDS} s (CPU {sum(cpu for cpu, _ in seen.values()):.0f} s, {_largest(seen):.0f} MiB)")
                return
            sleep(0.02)
        wall = monotonic() - started
        said.seek(0)
        text = said.read().decode(errors="replace")
    pipe.send(text[-400:] if running.returncode else Measured(wall, sum(cpu for cpu, _ in seen.values()), _largest(seen)))


def _largest(seen: dict[int, tuple[float, float]]) -> float:
    return max((peak for _, peak in seen.values()), default=0)


def _session(leader: int) -> Iterator[int]:
    """The processes of a session."""
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            with suppress(OSError):
                if os.getsid(int(path.name)) == leader:
                    yield int(path.name)


def command(what: str, name: str, given: Path, site: Path, folder: Path, *, glued: bool) -> list[str | Path]:
    """What makes or edits an index in a folder."""
    how: list[str | Path] = ["glued"] if glued else []
    if name == "fts5":
        return [sys.executable, "-m", "benchmarks.search.fts5", what, given, folder, *how]
    if name == "pagefind_html":
        glob = "{articles,places,sources,topics,claims}/*/index.html"
        options: list[str | Path] = ["--output-path", folder / "pagefind", "--glob", glob, "--force-language", "en"]
        return [INSTALLED / "node_modules/.bin/pagefind", "--site", site, "--root-selector", "main", *options]
    return ["node", f"--max-old-space-size={MEMORY // 2**20}", INSTALLED / "peers/run.mjs", what, name, given, folder, *how]


def dress(name: str, folder: Path, *, glued: bool) -> None:
    """Puts the page that searches beside an index."""
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    entry = INSTALLED / f"peers/entry-{name}.mjs"
    entry.write_text((PEERS / "entry.mjs").read_text(encoding="utf-8").replace("PEER", f"./{name}.mjs"), encoding="utf-8")
    options = [
        "--bundle",
        "--minify",
        "--format=esm",
        "--external:pagefind",
        f"--define:globalThis.GLUED={str(glued).lower()}",
        "--log-level=error",
    ]
    subprocess.run([INSTALLED / "node_modules/.bin/esbuild", entry, *options, f"--outfile={folder / 'page.js'}"], check=True)
    if name == "fts5":
        for file in ("sqlite.worker.js", "sql-wasm.wasm"):
            shutil.copyfile(INSTALLED / "node_modules/sql.js-httpvfs/dist" / file, folder / file)


def ready() -> None:
    if not (INSTALLED / "node_modules").is_dir():
        raise SystemExit("first: python -m benchmarks.search.trial install")
    shutil.copytree(PEERS, INSTALLED / "peers", dirs_exist_ok=True)


def built(archive: Path) -> Path:
    """The site of an archive, with its data."""
    config = archive / "sitegen.yaml"
    text = re.sub(r"^outputs:.*\n?", "", config.read_text(encoding="utf-8"), flags=re.M)
    config.write_text(text + "\noutputs: {json: true}\n", encoding="utf-8")
    subprocess.run([*SITEGEN, archive], check=True, cwd=REPOSITORY, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return archive / "public"


def own(folder: Path) -> Path:
    """A copy of the archive of this repository."""
    for part in ("content", "seeds"):
        shutil.copytree(REPOSITORY / part, folder / part)
    shutil.copyfile(REPOSITORY / "sitegen.yaml", folder / "sitegen.yaml")
    return folder


def quality(folder: Path, names: Sequence[str]) -> None:
    shutil.copytree(REPOSITORY / "examples/flood", folder / "flood")
    (folder / "kharkiv").mkdir()
    sites = {"kharkiv": built(own(folder / "kharkiv")), "flood": built(folder / "flood")}
    for archive, site in sites.items():
        records.write(folder / f"{archive}.jsonl", records.records(site))
    with browser.chromium() as chromium:
        for name, glued in itertools.product(names, (False, True)):
            for archive, site in sites.items():
                index = folder / f"index/{name}-{glued:d}/{archive}/search"
                index.mkdir(parents=True)
                measure(command("build", name, folder / f"{archive}.jsonl", site, index, glued=glued))
                dress(name, index, glued=glued)
            served = {archive: browser.serve(folder / f"index/{name}-{glued:d}/{archive}") for archive in sites}
            page = chromium.new_page()
            rows = queries.judged(sites, partial(_found, page, served))
            print(f"\n{name}, {'with what is put around it' if glued else 'alone'}: {queries.told(rows)}", flush=True)
            page.close()


def _found(page: Page, served: Mapping[str, str], archive: str, text: str) -> list[str]:
    """What a peer's page finds in an archive."""
    return browser.found(page, served[archive], "search/", text, "#hits li")


def edited(path: Path, whole: Path, changes: Path) -> None:
    """The same records after an edit of the first article: all of them, and those that the edit touches."""
    with path.open("rb") as file, whole.open("wb") as new, changes.open("wb") as few:
        articles = 0
        for line in file:
            one = msgspec.json.decode(line, type=records.Record)
            articles += one["kind"] == "article"
            if articles == 1 and one["kind"] in {"article", "sentence"}:
                changed = msgspec.json.encode({**one, "text": f"{one['text']} This was edited."}) + b"\n"
                few.write(changed)
                new.write(changed)
            else:
                new.write(line)


def digest(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def _differing(one: Path, other: Path) -> str:
    first, second = digest(one), digest(other)
    differ = [name for name in {**first, **second} if first.get(name) != second.get(name)]
    return f"{len(differ)} of {len(first)} files differ" if differ else "same bytes"


def scale(folder: Path, names: Sequence[str], count: int, site: Path | None) -> None:
    if site is None:
        archive = folder / "archive"
        if count == 1:
            archive.mkdir()
            own(archive)
        else:
            corpus.sitegen(archive, count)
        started = monotonic()
        site = built(archive)
        print(f"cold build with JSON: {monotonic() - started:.1f} s")
    path, whole, changes = folder / "records.jsonl", folder / "whole.jsonl", folder / "changes.jsonl"
    started = monotonic()
    print(
        f"{records.write(path, records.records(site)):,} records, {path.stat().st_size / 2**20:.1f} MiB, read in {monotonic() - started:.1f} s"
    )
    edited(path, whole, changes)
    figure = next(corpus.articles(6)).claims[3].value
    words = ["Kiev", "27,400", "artillery ships"] if count == 1 else ["Quay 0417", f"{figure:,}", "Bureau 017 stoves"]
    for name in names:
        print(f"\n## {name}, {count:,} articles", flush=True)
        try:
            for line in _tried(folder / name, name, (path, whole, changes), site, words):
                print(line, flush=True)
        except GivenUp as reason:
            print(f"given up: {reason}", flush=True)
        shutil.rmtree(folder / name, ignore_errors=True)


def _tried(folder: Path, name: str, given: tuple[Path, Path, Path], site: Path, words: Sequence[str]) -> Iterator[str]:
    path, whole, changes = given
    first, second, other = folder / "first/search", folder / "second/search", folder / "edited/search"
    for index in (first, second):
        index.mkdir(parents=True)
    one = measure(command("build", name, path, site, first, glued=False))
    files = [file for file in first.rglob("*") if file.is_file()]
    yield f"made in {one.wall:.2f} s (CPU {one.cpu:.2f} s), largest process {one.peak:.0f} MiB"
    yield f"{sum(file.stat().st_size for file in files):,} bytes in {len(files):,} files"
    if one.wall < LONG:
        again = measure(command("build", name, path, site, second, glued=False))
        yield f"again in {again.wall:.2f} s (CPU {again.cpu:.2f} s): {_differing(first, second)}"
    if name.startswith("pagefind"):
        yield "an edit makes it anew"
    else:
        shutil.copytree(first, other)
        edit = measure(command("edit", name, changes, site, other, glued=False))
        yield f"an edit: {edit.wall:.2f} s (CPU {edit.cpu:.2f} s), {edit.peak:.0f} MiB"
        if one.wall < LONG:
            shutil.rmtree(second)
            measure(command("build", name, whole, site, second, glued=False))
            yield f"an edited one beside one made anew: {_differing(other, second)}"
    dress(name, first, glued=False)
    if name in WHOLE:
        packed = sum(len(gzip.compress(file.read_bytes(), 6)) for file in files)
        yield f"packed {packed:,} bytes, all of which the first search needs: {packed / browser.RATE:.1f} s of the line"
        if packed / browser.RATE > browser.PATIENCE:
            return
    base = browser.serve(folder / "first")
    for how, visits in browser.measured(base, "search/", words, "#hits li", "#field").items():
        for text, visit in zip(words, visits, strict=True):
            what = (
                f"{visit.seconds:.2f} s, {visit.bytes:,} bytes in {visit.requests} answers" if visit else f"over {browser.PATIENCE:.0f} s"
            )
            yield f"{how} {text!r}: {what}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("install", "quality", "scale"))
    parser.add_argument("--articles", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES)
    parser.add_argument("--site", type=Path)
    options = parser.parse_args()
    if options.what == "install":
        install()
        return
    ready()
    with tempfile.TemporaryDirectory(prefix="sitegen-search-") as name:
        if options.what == "quality":
            quality(Path(name), options.only)
        else:
            scale(Path(name), options.only, options.articles, options.site)


if __name__ == "__main__":
    main()
