"""Runs Git: as a list, without a shell, in a folder, with what it prints kept."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from sitegen.model.problem import Fault


def git(folder: Path, *arguments: str, given: bytes = b"", env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    """What Git answers. `env`: what its environment has besides ours. Raises Fault where there is no such program."""
    program = shutil.which("git")
    if program is None:
        raise Fault("Git is not installed")
    return subprocess.run(  # noqa: S603 - a list, and no shell
        [program, *arguments], cwd=folder, env={**os.environ, **(env or {})}, input=given, capture_output=True, check=False
    )
