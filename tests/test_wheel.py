"""The wheel: into an empty environment, then a build of an archive elsewhere, with the default theme."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from sitegen import installed
from tests.conftest import REPOSITORY
from tests.test_architecture import imports


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, made from a copy of the tree."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source tree"
    for name in ("sitegen", "themes"):
        shutil.copytree(REPOSITORY / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "requirements.lock", "tools/commit.py"):
        (source / name).parent.mkdir(exist_ok=True)
        shutil.copy(REPOSITORY / name, source / name)
    (made,) = WheelBuilder(str(source)).build(directory=str(folder))  # as pip and `build` ask for it, without their processes
    return Path(made)


def test_the_wheel_carries_all_that_a_build_needs(wheel: Path) -> None:
    inside = zipfile.ZipFile(wheel)
    names = inside.namelist()
    assert {"sitegen/basemap/earth.msgpack", "sitegen/basemap/world.json"} <= set(names)
    gazetteer = inside.getinfo("sitegen/importer/data/places.db")
    assert gazetteer.compress_size <= 6_000_000  # what the gazetteer may take of the wheel
    assert "sitegen/importer/data/first_names.tsv" in names
    for theme in ("plain", "default"):
        assert f"sitegen/themes/{theme}/templates/article.html" in names
        assert f"sitegen/themes/{theme}/assets/style.css" in names
    assert "sitegen/py.typed" in names
    assert "sitegen/locale/de/LC_MESSAGES/sitegen.mo" in names


def test_the_archive_carries_the_very_program(wheel: Path, tmp_path: Path) -> None:
    """The wheel that is put together from the installed files is the one that is built from the source."""
    made = installed.wheel()
    (tmp_path / made.name).write_bytes(made.data)
    ours, built = zipfile.ZipFile(tmp_path / made.name), zipfile.ZipFile(wheel)
    assert made.name == wheel.name
    differing = {
        name
        for name in built.namelist()
        if name.partition("/")[2] not in ("RECORD", "WHEEL", "METADATA") and ours.read(name) != built.read(name)
    }
    assert not differing
    assert {*ours.namelist()} - {*built.namelist()} <= {"sitegen/COMMIT"}
    assert {*built.namelist()} - {*ours.namelist()} <= {"sitegen/COMMIT"}
    assert installed.wheel().data == made.data


def plain(name: str) -> str:
    """The name of a library, as PEP 503 has it."""
    return re.sub("[-_.]+", "-", name).lower()


def test_the_wheel_asks_for_every_library_that_is_imported(wheel: Path) -> None:
    inside = zipfile.ZipFile(wheel)
    (metadata,) = (name for name in inside.namelist() if name.endswith(".dist-info/METADATA"))
    asked = {plain(found) for found in re.findall(r"^Requires-Dist: ([A-Za-z0-9._-]+)", inside.read(metadata).decode(), re.M)}
    modules = {name.partition(".")[0] for path in (REPOSITORY / "sitegen").rglob("*.py") for name in imports(path)}
    libraries = packages_distributions()
    missing = {module for module in modules & libraries.keys() if module != "sitegen" and asked.isdisjoint(map(plain, libraries[module]))}
    assert len(asked & {plain(one) for module in modules for one in libraries.get(module, ())}) > 10
    assert not missing


@pytest.mark.soak
@pytest.mark.parametrize("alone", [pytest.param(True, id="with its libraries"), pytest.param(False, id="beside ours")])
def test_an_archive_is_built_by_the_installed_wheel(alone: bool, wheel: Path, tmp_path: Path) -> None:
    """As at people's, and with those of the tests at its side. `make test` installs what an archive carries (tests/test_owning)."""
    environment = tmp_path / "empty environment"
    venv.create(environment)
    pip = [sys.executable, "-m", "pip", "--python", str(environment / "bin" / "python"), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-compile", *([] if alone else ["--no-deps"]), wheel], check=True, capture_output=True)
    if not alone:
        (packages,) = environment.glob("lib/python*/site-packages")
        (packages / "ours.pth").write_text("\n".join(one for one in sys.path if one.endswith("site-packages")))
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
