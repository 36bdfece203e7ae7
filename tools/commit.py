"""While a wheel is made: notes the commit that it is made from, as `sitegen/COMMIT` (hatchling calls this)."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CommitHook(BuildHookInterface):  # type: ignore[type-arg] # its type argument is the configuration of a builder, which is not asked
    """Puts the commit beside the program, where the tree is a clone; what is made from an archive of the source has the file already."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        if version == "editable" or not (root / ".git").exists():
            return
        asked = subprocess.run(["git", "rev-parse", "--short=12", "HEAD"], cwd=root, capture_output=True, text=True, check=False)
        if asked.returncode == 0:
            with tempfile.NamedTemporaryFile("w", prefix="sitegen-commit-", delete=False) as file:
                file.write(asked.stdout)
            build_data["force_include"][file.name] = "sitegen/COMMIT"
