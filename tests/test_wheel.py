"""The wheel: into an empty environment, then a build of an archive elsewhere, with the default theme."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

from tests.conftest import REPOSITORY


def test_the_wheel_carries_all_that_a_build_needs(tmp_path: Path) -> None:
    source = tmp_path / "source tree"
    for folder in ("sitegen", "themes"):
        shutil.copytree(REPOSITORY / folder, source / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(REPOSITORY / name, source / name)
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(tmp_path),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("sitegen-*.whl")
    inside = zipfile.ZipFile(wheel)
    names = inside.namelist()
    gazetteer = inside.getinfo("sitegen/importer/data/places.db")
    assert gazetteer.compress_size <= 6_000_000  # what the gazetteer may take of the wheel
    assert "sitegen/importer/data/first_names.tsv" in names
    for theme in ("plain", "default"):
        assert f"sitegen/themes/{theme}/templates/article.html" in names
        assert f"sitegen/themes/{theme}/assets/style.css" in names
    assert "sitegen/py.typed" in names
    assert "sitegen/locale/de/LC_MESSAGES/sitegen.mo" in names

    environment = tmp_path / "empty environment"
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel], check=True, capture_output=True)
    archive = tmp_path / "an archive"
    for folder in ("content", "seeds"):
        shutil.copytree(REPOSITORY / folder, archive / folder)
    config = (REPOSITORY / "sitegen.yaml").read_text(encoding="utf-8")
    (archive / "sitegen.yaml").write_text(
        "\n".join("theme: default" if line.startswith("theme:") else line for line in config.splitlines())
    )
    done = subprocess.run(
        [environment / "bin" / "sitegen", "build", "--source", archive], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    page = archive / "public/articles/2022-05-15-russia-loses-second-huge-battle/index.html"
    assert "Word for word" in page.read_text(encoding="utf-8") or "word for word" in page.read_text(encoding="utf-8")
    assert list((archive / "public/assets").glob("style.*.css"))
