"""Asks Git: which commits changed the files of a folder, and what these said.

Nothing in a repository may make it run a program or reach the network: no hooks, no drivers for diffs, no fetching of what is missing. What
is asked of a commit by its id is true for ever, so that it can be remembered.
"""

from __future__ import annotations

import datetime
import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from sitegen.git import git
from sitegen.model.base import Value
from sitegen.model.problem import Fault

_SAFE = (
    "--no-pager", "-c", "core.quotePath=false", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null",
    "-c", "protocol.allow=never", "-c", "log.showSignature=false", "-c", "diff.relative=false",
)  # fmt: skip
_LOG = (
    "log", "-z", "--raw", "--no-abbrev", "--root", "--first-parent", "-m", "-M", "-l1000", "--no-color", "--no-ext-diff", "--no-textconv",
    "--format=commit %H %at",
)  # fmt: skip
"""The line of the first parents: what was published, state by state. A branch counts as one change, when it was merged."""
_KEPT = ("GIT_CONFIG", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_EXEC_PATH")
_LAST = 253_402_300_799
"""The last second that a date can have."""
_FILES = (b"100644", b"100755")
"""The modes of plain files: all else (links, submodules) has no text of its own."""


class NotAsked(Exception):
    """Git cannot be asked; the message says why."""


class Position(Value, frozen=True):
    """Where a repository stands: its commit, the folder of the archive in it (empty, or with a slash behind it), and the commits at which a
    shallow clone ends. All that Git tells follows from these."""

    head: str
    folder: bytes
    shallow: tuple[str, ...]


class Commit(Value, frozen=True):
    """What a commit made of a file: its day (ISO, UTC), and the id of its bytes in Git; empty where it made no plain file of it."""

    day: str
    blob: str


class Line(Value, frozen=True):
    """The commits of a file that is there now, under whatever names, the newest first. `since`: as of `Past`."""

    path: str
    commits: tuple[Commit, ...]
    since: str


def position(root: Path) -> Position | None:
    """Where the repository of an archive stands; None where nothing is committed yet. Raises NotAsked where there is none."""
    done = _git(root, "rev-parse", "--is-shallow-repository", "HEAD", "--show-prefix")
    if done.returncode:
        if done.stdout.startswith((b"true\n", b"false\n")):
            return None
        raise NotAsked(_reason(done))
    shallow, head, folder = done.stdout.split(b"\n", 2)
    ends: tuple[str, ...] = ()
    if shallow == b"true":
        place = os.fsdecode(_told(root, "rev-parse", "--git-path", "shallow").removesuffix(b"\n"))
        try:
            ends = tuple(sorted((root / place).read_text(encoding="ascii").split()))
        except (OSError, ValueError) as error:
            raise NotAsked("where the shallow clone ends cannot be read") from error
    return Position(head.decode(), folder.removesuffix(b"\n"), ends)


def lines(root: Path, at: Position, folder: str, settings: str) -> tuple[Line, ...]:
    """Of every Markdown file below a folder of the archive the commits that changed it. An archive that was moved within its repository is
    followed, as its `settings` are. Raises NotAsked."""
    told = _told(root, *_LOG, at.head, "--", *(_at(f"{os.fsdecode(one)}{folder}") for one in sorted(_folders(root, at, settings))))
    found: dict[bytes, list[Commit]] = {}
    since: dict[bytes, str] = {}
    names: dict[bytes, bytes] = {}
    for commit in _commits(told):
        followed = [(change, names.get(change.path, change.path)) for change in commit.changes]
        names.update((change.path, b"") for change, _ in followed)
        for change, file in followed:
            if change.status not in b"AD":  # else the name was another file's before it, or nobody's
                names[change.before] = file
            if not file or change.status == b"D":
                continue
            found.setdefault(file, []).append(Commit(commit.day, change.blob))
            if change.status == b"A" and commit.id in at.shallow:
                since[file] = commit.day
    out = []
    begin = at.folder + folder.encode() + b"/"
    for file, commits in sorted(found.items()):
        try:
            path = file.removeprefix(at.folder).decode() if file.startswith(begin) and file.endswith(b".md") else ""
        except UnicodeDecodeError:  # such a name is refused by the archive, too
            continue
        if path:
            out.append(Line(path, tuple(commits), since.get(file, "")))
    return tuple(out)


def _folders(root: Path, at: Position, settings: str) -> set[bytes]:
    """Where in the repository the archive lies and has lain."""
    told = _told(root, *_LOG, "--follow", at.head, "--", _at(f"{os.fsdecode(at.folder)}{settings}"))
    paths = {path for commit in _commits(told) for change in commit.changes for path in (change.before, change.path)}
    name = settings.encode()
    return {at.folder, *(path.removesuffix(name) for path in paths if path.rpartition(b"/")[2] == name)}


def _at(path: str) -> str:
    """A path of the repository, sign for sign, as Git takes it."""
    return f":(top,literal){path}"


def texts(root: Path, blobs: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The bytes of blobs. Raises NotAsked where the repository does not hold them all."""
    wanted = sorted(set(blobs))
    told = _told(root, "cat-file", "--batch", given="".join(f"{one}\n" for one in wanted).encode()) if wanted else b""
    at = 0
    for blob in wanted:
        end = told.find(b"\n", at)
        head = told[at : max(end, at)].split()
        if len(head) != 3 or head[1] != b"blob":
            raise NotAsked("the repository does not hold all that was once committed")
        size = int(head[2])
        yield blob, told[end + 1 : end + 1 + size]
        at = end + 1 + size + 1


class _Change(NamedTuple):
    """What a commit did with a file: `status` is a letter of Git, `before` its path until then."""

    status: bytes
    before: bytes
    path: bytes
    blob: str


class _Told(NamedTuple):
    """A commit as `git log` tells of it."""

    id: str
    day: str
    changes: list[_Change]


def _commits(told: bytes) -> Iterator[_Told]:
    """The commits of a log: `commit ID SECONDS`, then of each file `:MODE MODE ID ID STATUS` and its path, of one renamed both."""
    tokens = iter(told.split(b"\0"))
    commit: _Told | None = None
    for token in tokens:
        first, *rest = token.lstrip(b"\n").split(b" ")
        if first == b"commit":
            if commit is not None:
                yield commit
            commit = _Told(rest[0].decode(), _day(rest[1]), [])
        elif first.startswith(b":") and commit is not None:
            mode, _, blob, status = rest
            before = next(tokens)
            path = next(tokens) if status[:1] in b"RC" else before
            commit.changes.append(_Change(status[:1], before, path, blob.decode() if mode in _FILES else ""))
    if commit is not None:
        yield commit


def _day(seconds: bytes) -> str:
    """The day of a time.

    >>> _day(b"1653000000"), _day(b"-5")
    ('2022-05-19', '1970-01-01')
    """
    number = int(seconds) if seconds.isdigit() else 0
    return datetime.datetime.fromtimestamp(min(number, _LAST), datetime.UTC).date().isoformat()


def _told(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What Git answers."""
    done = _git(root, *arguments, given=given)
    if done.returncode:
        raise NotAsked(_reason(done))
    return done.stdout


def _git(root: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Every argument is our own, an id of Git, or behind `--`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith(_KEPT)}
    own = {
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }
    try:
        return git(root, *_SAFE, *arguments, given=given, env={**kept, **own})
    except Fault as fault:
        raise NotAsked(str(fault)) from fault


def _reason(done: subprocess.CompletedProcess[bytes]) -> str:
    """Why Git gave no answer: the first line of what it says that is no mere hint."""
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    fatal = next((line.removeprefix("fatal: ") for line in said if line.startswith("fatal: ")), "")
    return fatal or (said[0] if said else f"git ended with code {done.returncode}")
