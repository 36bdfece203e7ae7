"""The law: what must hold after a build that nothing disturbed, and after one that something did."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import time
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from tests.torture.archive import DAYS, State, lay
from tests.torture.builds import Builds
from tests.torture.spec import Outcome, Spec

What = Literal["bytes", "words", "exit", "torn", "outlived", "stuck"]
"""`bytes`: a build that said it was fine left another site than a clean one. `words`: it said other things of the content. `exit`: a wrong
exit code, a traceback, or more than one plain line. `torn`: a build that failed did not leave the old site whole. `outlived`: a process
of the build went on after it. `stuck`: it did not end."""
Site = Mapping[str, str]
"""An output folder: path -> digest; folders end with a slash and have none."""
MARKER = ".sitegen-output"
STAGE = ".sitegen-stage"
FINE, PROBLEMS, MACHINE = 0, 1, 4
_SUMMARY = re.compile(r"\d+ pages: ")


class Finding(NamedTuple):
    """One way in which a build broke the law."""

    what: What
    detail: str


class Expected(NamedTuple):
    """What a clean build gives: its exit code, what it said of the content, and the output."""

    code: int
    words: tuple[str, ...]
    site: Site


class Clean:
    """Clean builds: each state of an archive is built once, in a fresh folder, from nothing. `takes`: seconds that the last one took."""

    def __init__(self, builds: Builds, folder: Path) -> None:
        self.builds = builds
        self.folder = folder
        self.known: dict[bytes, Expected] = {}
        self.takes = 0.1

    def of(self, state: State, day: str, *, drafts: bool) -> Expected:
        total = hashlib.sha256(f"{day} {drafts}".encode())
        for path, data in sorted(state.items()):
            total.update(path.encode() + b"\0" + hashlib.sha256(data).digest())
        key = total.digest()
        if key not in self.known:
            root = self.folder / "clean"
            lay(root, {}, state)
            began = time.monotonic()
            outcome = self.builds.run(Spec(str(root), ("--jobs", "1", *(["--drafts"] if drafts else [])), DAYS[day]))
            self.takes = time.monotonic() - began
            assert outcome.code in (FINE, PROBLEMS), outcome
            self.known[key] = Expected(outcome.code, words(outcome), site(root))
            shutil.rmtree(root)
        return self.known[key]


def site(root: Path) -> Site:
    """The output of an archive as it is."""
    return dict(_entries(f"{root}/public", ""))


def _entries(folder: str, below: str) -> Iterator[tuple[str, str]]:
    try:
        found = sorted(os.scandir(f"{folder}/{below}"), key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in found:
        path = below + entry.name
        if entry.is_symlink():
            yield path, "a link"
        elif entry.is_dir():
            yield f"{path}/", ""
            yield from _entries(folder, f"{path}/")
        else:
            yield path, hashlib.sha256(Path(entry.path).read_bytes()).hexdigest()


def words(outcome: Outcome) -> tuple[str, ...]:
    """What a build said of the content: neither its summary nor what it says of the machine."""
    lines = [*outcome.out.splitlines(), *outcome.err.splitlines()]
    return tuple(line for line in lines if not _SUMMARY.match(line) and not line.startswith("sitegen: "))


def undisturbed(before: Site, after: Site, outcome: Outcome, expected: Expected) -> Iterator[Finding]:
    """After a build that nothing disturbs: it ends as a clean one would, says the same of the content, and leaves the same site."""
    yield from ended(outcome, expected, ())
    if outcome.code == expected.code:
        if words(outcome) != expected.words:
            said = sorted({*words(outcome)} ^ {*expected.words}) or ["in another order"]
            yield Finding("words", f"said otherwise: {said[0]}")
        if outcome.code == FINE and after != expected.site:
            yield Finding("bytes", differences(after, expected.site))
        if outcome.code == PROBLEMS and _files(after) != _files(before):
            yield Finding("torn", f"an output that was to stay as it was: {differences(_files(after), _files(before))}")


def disturbed(before: Site, after: Site, outcome: Outcome, expected: Expected, codes: Collection[int]) -> Iterator[Finding]:
    """After a build that something disturbed: where it says that it is fine it is so, and else the old site is whole, unless it had begun to
    change: then all was staged, and each file is the old or the new one. Only of a new site in which the machine may have left a
    folder it says both that it failed and that the site is complete. `codes`: how it may end, but for as a clean build does."""
    yield from ended(outcome, expected, codes)
    if outcome.code == FINE:
        if expected.code == FINE and after != expected.site:
            yield Finding("bytes", differences(after, expected.site))
        return
    old, now, new = _files(before), _files(after), _files(expected.site)
    if outcome.staged is None:
        if now != old:
            yield Finding("torn", f"changed in place: {differences(now, old)}")
        return
    missing = {digest for path, digest in new.items() if old.get(path) != digest} - set(outcome.staged)
    if expected.code == FINE and missing and "unknown" not in outcome.staged:
        yield Finding("torn", f"the output was changed before {len(missing)} files were staged")
    is_told = "the site is complete" in outcome.err
    if is_told and now != new:
        yield Finding("torn", f"said that it is complete, and left {differences(now, new)}")
    if outcome.code == MACHINE and now == new != old and not is_told:
        yield Finding("torn", f"said that it failed, and left the new site: {gist(outcome.err)}")
    torn = [path for path in {*old, *now, *new} if now.get(path) not in (old.get(path), new.get(path))]
    if torn:
        yield Finding("torn", f"neither old nor new: {', '.join(sorted(torn)[:3])}")


def ended(outcome: Outcome, expected: Expected, codes: Collection[int]) -> Iterator[Finding]:
    """How a build ended, and what it left behind."""
    if outcome.stuck:
        yield Finding("stuck", f"did not end: {gist(outcome.err)}")
        return
    if outcome.outlived:
        yield Finding("outlived", f"processes went on (exit {outcome.code})")
    if outcome.code not in (expected.code, *codes):
        yield Finding("exit", f"exit {outcome.code} for {expected.code}: {gist(outcome.err)}")
    elif any(word in outcome.err + outcome.out for word in ("Traceback", "Exception ignored", "Fatal Python error")):
        yield Finding("exit", f"exit {outcome.code} with a traceback: {gist(outcome.err)}")
    elif outcome.code == MACHINE:
        lines = [line for line in outcome.err.splitlines() if line.strip()]
        if len(lines) != 1 or not lines[0].startswith("sitegen: "):
            yield Finding("exit", f"exit 4 with {len(lines)} lines: {gist(outcome.err)}")


def gist(err: str) -> str:
    """The end of what a build said: of a traceback the last place and the error."""
    lines = [line.strip() for line in err.splitlines() if line.strip()]
    if not lines:
        return "nothing was said"
    last = max((number for number, line in enumerate(lines) if line.startswith("File ")), default=None)
    if last is None:
        return lines[-1]
    where = re.sub(r'File "\S*?([^/"]+)", line (\d+), in (\S+)', r"\1:\2 \3", lines[last])
    error = next((line for line in lines[last + 1 :] if re.match(r"[\w.]+(:|$)", line) and "(" not in line.partition(":")[0]), "")
    return f"{where}: {error}"


def differences(one: Site, other: Site) -> str:
    """A few of the files in which two sites differ."""
    paths = sorted(path for path in {*one, *other} if one.get(path) != other.get(path))
    named = [f"{path} ({'missing' if path not in one else 'left over' if path not in other else 'other bytes'})" for path in paths[:3]]
    return f"{len(paths)} files: {', '.join(named)}"


def _files(one: Site) -> Site:
    """The files of a site: without its folders, what is staged, and the mark that it is ours."""
    return {path: digest for path, digest in one.items() if digest and path != MARKER and not path.startswith(STAGE)}
