"""Runs Git: as a list, without a shell, in a folder, with what it prints kept."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from sitegen.model.problem import Fault


def git(folder: Path, *arguments: str, given: bytes = b"", env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    """What Git answers. `env`: its environment, which is ours where none is given. Raises Fault where there is no such program, or
    where it cannot be started."""
    program = shutil.which("git")
    if program is None:
        raise Fault("there is no program `git` here")
    command = [program, *arguments]
    try:
        return subprocess.run(command, cwd=folder, env=env, input=given, capture_output=True, check=False)  # noqa: S603 - no shell reads it
    except OSError as error:
        raise Fault(f"Git cannot be started: {error.strerror}") from error
