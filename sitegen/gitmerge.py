"""What Git does where two have changed one file: its own merge of lines, and the driver that a clone asks first."""

from __future__ import annotations

import os
import secrets
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sitegen.git import git
from sitegen.model.problem import Fault


class Lines(NamedTuple):
    """What a merge of lines gives."""

    data: bytes
    is_clean: bool


def merged_lines(base: bytes, ours: bytes, theirs: bytes, names: tuple[str, str], size: int) -> Lines:
    """The merge that Git itself makes, with conflicts marked as it is told to mark them. Raises Fault where it makes none."""
    with TemporaryDirectory(prefix="sitegen-merge-") as folder:
        places = [Path(folder, name) for name in ("ours", "base", "theirs")]
        for place, data in zip(places, (ours, base, theirs), strict=True):
            place.write_bytes(data)
        labels = [part for name in (names[0], "base", names[1]) for part in ("-L", name)]
        done = git(Path(), "merge-file", "-p", "-q", f"--marker-size={size}", *labels, *map(str, places))
    if not 0 <= done.returncode < 128:
        raise Fault(f"git merge-file: {_reason(done)}")
    return Lines(done.stdout, not done.returncode)


def shows_base() -> bool:
    """Whether the clone, or its user, wants a conflict to show what stood there before."""
    return git(Path(), "config", "--get", "merge.conflictStyle").stdout.strip() in (b"diff3", b"zdiff3")


def configured(root: Path, settings: dict[str, str]) -> list[str]:
    """Puts settings into the configuration of a clone; gives those that were not there. Raises Fault where it is none."""
    done = git(root, "rev-parse", "--git-dir")
    if done.returncode:
        raise Fault(f"{root}: {_reason(done)}")
    new = []
    for name, value in settings.items():
        if git(root, "config", "--local", "--get", name).stdout.decode(errors="replace") == f"{value}\n":
            continue
        done = git(root, "config", "--local", "--replace-all", name, value)
        if done.returncode:
            raise Fault(f"git config {name}: {_reason(done)}")
        new.append(name)
    return new


def replaced(path: Path, data: bytes) -> None:
    """Gives a file other bytes, or leaves it as it is."""
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        beside.write_bytes(data)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _reason(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else f"exit code {done.returncode}"
