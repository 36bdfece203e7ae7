"""An archive in a string: `-- path --` lines between files, as in the tests of Go's tools."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, settings

from sitegen.build import Report, build
from sitegen.cli import main
from sitegen.clock import today
from sitegen.survey import Options

settings.register_profile("test", max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("soak", max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
IS_SOAK = bool(os.environ.get("SITEGEN_SOAK"))
settings.load_profile("soak" if IS_SOAK else "test")


def examples(count: int) -> settings:
    """How many examples a property is tried with in `make test`; in `make soak` it has as many as all others."""
    return settings() if IS_SOAK else settings(max_examples=count)


REPOSITORY = Path(__file__).parent.parent
CONFIG = """title: Test archive
base_url: https://x.org/
theme: plain
calendars:
  war: {epoch: 2022-02-24, label: "Day {n}"}
outputs: {data: false}
"""
"""Without the open data, which would take a quarter of each build: those that are about them, and the law, ask for them."""
WITH_DATA = f"-- sitegen.yaml --\n{CONFIG.replace('data: false', 'data: true')}"
"""The settings with open data, as a file of an archive."""


def files_of(text: str) -> dict[str, str]:
    """The files that a string writes."""
    parts = re.split(r"^-- (\S.*?) --\n", text, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def asked(**options: Any) -> Options:
    """What a command line asks for, today."""
    return Options(**{"today": today(), **options})


class Archive:
    """A small archive on disk, and what a build of it gives."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.output = root / "public"

    def write(self, path: str, text: str | bytes) -> None:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode() if isinstance(text, str) else text)

    def build(self, **options: Any) -> Report:
        return build(self.root, self.output, asked(**options))

    def html(self, address: str) -> str:
        path = self.output / address / "index.html" if not Path(address).suffix else self.output / address
        return path.read_text(encoding="utf-8")

    def bytes_of_output(self) -> dict[str, str]:
        """Every file of the output with the digest of its bytes."""
        return {
            path.relative_to(self.output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.output.rglob("*"))
            if path.is_file()
        }


def command(site: Archive, *arguments: str) -> Result:
    """What a command says of an archive."""
    return CliRunner().invoke(main, [*arguments, "--source", str(site.root)])


@pytest.fixture
def archive(tmp_path: Path) -> Callable[[str], Archive]:
    """Writes an archive from a string; `sitegen.yaml` may be left out."""

    def make(text: str = "") -> Archive:
        out = Archive(tmp_path / "archive")
        for path, content in {"sitegen.yaml": CONFIG, **files_of(text)}.items():
            out.write(path, content)
        return out

    return make


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY
