"""What builds an archive, written down in it: `requirements.txt`, and in `vendor/` what cannot be had elsewhere.

A release is named by version and digest, a commit by its address; of any other program the archive gets a wheel. The libraries are those
with which the program was tested, by the digests of their files. With everything in `vendor/` an archive can be built without a network, as
long as there is a Python that can run it.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sitegen import __version__, installed
from sitegen.editor import Change, written
from sitegen.model.problem import Fault
from sitegen.program import NoAnswer, answer_of
from sitegen.scaffold import PYTHON

REQUIREMENTS = "requirements.txt"
VENDOR = "vendor"
NO_INDEX = "--no-index"
"""The line by which pip asks no index."""
_HOSTS = ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64")
"""What hosting services run on, as wheels are named for it (PEP 600)."""
_MINUTES = 20.0


class Vendored(NamedTuple):
    """What was written: paths below the archive; and how the program is named in the requirements."""

    paths: tuple[str, ...]
    named: str


def vendor(root: Path, *, everything: bool = False, ask: bool = True) -> Vendored:
    """Writes what builds an archive. `everything`: all libraries too, for this machine and for hosts; an archive that has them keeps having
    them. `ask`: the package index may be asked
    for the digest of a release. Raises Fault where something cannot be had or written."""
    everything = everything or is_whole(root)
    origin = installed.origin()
    paths: list[str] = []
    digest = ""
    if isinstance(origin, installed.Release) and ask and not everything:
        digest = _digest_of_release(origin.version)
    is_named = bool(digest) or isinstance(origin, installed.Commit | installed.Address)
    if everything or not is_named:
        wheel = installed.wheel()
        paths += _lay(root, wheel.name, wheel.data)
        named, line = "a wheel of itself", f"./{VENDOR}/{wheel.name} \\\n    --hash=sha256:{wheel.sha256}\n"
    elif isinstance(origin, installed.Commit):
        named, line = "its commit", f"{installed.NAME} @ {origin.address}\n"
    elif isinstance(origin, installed.Address):
        named, line = "its address", f"{installed.NAME} @ {origin.url} \\\n    --hash=sha256:{origin.sha256}\n"
    else:
        named, line = "its release", f"{installed.NAME}=={__version__} \\\n    --hash=sha256:{digest}\n"
    libraries = installed.locked()
    if named == "its commit":  # a repository has no digest that could be checked, and who checks some checks all
        libraries = re.sub(r" \\\n    --hash=\S+", "", libraries)
    if everything:
        paths += _libraries(root, libraries)
    head = [
        f"# What builds this archive: sitegen {installed.version()}, and the libraries with which it was tested.",
        "# Made by `sitegen vendor`; `sitegen upgrade` takes it to the sitegen that you have installed.",
        *([NO_INDEX, f"--find-links {VENDOR}"] if everything else []),
    ]
    text = "\n".join([*head, line + libraries])
    place = root / REQUIREMENTS
    before = place.read_text(encoding="utf-8") if place.is_file() else None
    if before != text:
        written(root, [Change(REQUIREMENTS, before, text)])
        paths.append(REQUIREMENTS)
    _drop_earlier(root, line)
    return Vendored(tuple(paths), named)


def is_whole(root: Path) -> bool:
    """Whether an archive carries all that builds it, libraries too."""
    place = root / REQUIREMENTS
    return place.is_file() and f"\n{NO_INDEX}\n" in place.read_text(encoding="utf-8")


def version_in(root: Path) -> str:
    """The version of the program that an archive names; empty where it names none."""
    place = root / REQUIREMENTS
    found = (
        re.search(r"^# What builds this archive: sitegen (\S+?),? ", place.read_text(encoding="utf-8"), re.M) if place.is_file() else None
    )
    return found[1] if found else ""


def _lay(root: Path, name: str, data: bytes) -> list[str]:
    """Writes a file into `vendor/`; gives its path, where it was not there already."""
    path = root / VENDOR / name
    try:
        path.parent.mkdir(exist_ok=True)
        if path.is_file() and path.read_bytes() == data:
            return []
        beside = path.with_name(f".{name}.tmp")
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        raise Fault(f"{VENDOR}/{name} could not be written: {error.strerror}") from error
    return [f"{VENDOR}/{name}"]


def _drop_earlier(root: Path, line: str) -> None:
    """Removes wheels of the program that are no longer named."""
    for path in (root / VENDOR).glob("*.whl") if (root / VENDOR).is_dir() else ():
        if installed.WHEEL.match(path.name) and path.name not in line:
            path.unlink()


def _digest_of_release(version: str) -> str:
    """The SHA-256 of a release's wheel, as the package index gives it; empty where it cannot be asked."""
    with TemporaryDirectory(prefix="sitegen-release-") as folder:
        try:
            _pip("download", "--no-deps", "--only-binary", ":all:", "--dest", folder, f"{installed.NAME}=={version}")
        except NoAnswer:
            return ""
        (found,) = Path(folder).glob("*.whl")
        return hashlib.sha256(found.read_bytes()).hexdigest()


def _libraries(root: Path, libraries: str) -> list[str]:
    """Fetches the libraries, for this machine and for hosts."""
    with TemporaryDirectory(prefix="sitegen-vendor-") as folder:
        asked = Path(folder) / "libraries.txt"
        asked.write_text(libraries, encoding="utf-8")
        got = Path(folder) / "got"
        for_hosts = [part for one in (*_HOSTS, "any") for part in ("--platform", one)]
        common = ("download", "--no-deps", "--require-hashes", "--only-binary", ":all:", "--dest", str(got), "--requirement", str(asked))
        try:
            _pip(*common)
            _pip(*common, "--python-version", PYTHON, "--implementation", "cp", *for_hosts)
        except NoAnswer as error:
            raise Fault(f"the libraries could not be fetched: pip {error}") from error
        place = root / VENDOR
        place.mkdir(exist_ok=True)
        wanted = {path.name for path in got.iterdir()}
        for path in place.glob("*.whl"):
            if path.name not in wanted and not installed.WHEEL.match(path.name):
                path.unlink()
        for path in sorted(got.iterdir()):
            shutil.copyfile(path, place / path.name)
        return sorted(f"{VENDOR}/{name}" for name in wanted)


def _pip(*arguments: str) -> None:
    """Runs pip, whose words are its user's to read. Raises NoAnswer where it fails or is not there."""
    answer_of([sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments], b"", seconds=_MINUTES * 60)
