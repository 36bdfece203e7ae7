"""Which program runs, and where it came from; the program itself as a wheel, so that an archive can carry what builds it.

Where an installed program came from is written beside it by whatever installed it (PEP 610, `direct_url.json`).
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from sitegen import __version__
from sitegen.model.problem import Fault
from sitegen.packaged import packaged_themes
from sitegen.program import NoAnswer, answer_of

NAME = "sitegen-archive"
"""What the program is called where packages are distributed; the command and the import are `sitegen`."""
LOCK, CHANGES, COMMIT = "requirements.lock", "CHANGELOG.md", "COMMIT"
"""Files that lie beside the program: the libraries that it was tested with, with their digests; what changed; the commit."""
EXTRAS = {"pdf": "pypdfium2", "warc": "warcio", "parquet": "pyarrow"}
"""What may be installed besides: the extra, and the library by which one sees that it is."""
WHEEL = re.compile(rf"{NAME.replace('-', '_')}-[^/]*\.whl\Z")
"""What a wheel of the program is called."""
_HERE = Path(__file__).parent
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The oldest time that a zip can tell: a wheel of the same files has the same bytes."""


class Release(NamedTuple):
    """It came from a package index, by its version."""

    version: str


class Commit(NamedTuple):
    """It came from a repository. `address`: as `pip` takes it."""

    address: str


class Address(NamedTuple):
    """It is a file that lies on the web, with the SHA-256 of it."""

    url: str
    sha256: str


class Copied(NamedTuple):
    """It came from a folder or a file of this machine, where nobody else can have it from."""


Origin = Release | Commit | Address | Copied


def origin() -> Origin:
    """Where this program was installed from."""
    told = json.loads(_distribution().read_text("direct_url.json") or "null")
    if told is None:
        return Release(__version__)
    url = str(told.get("url", ""))
    if "vcs_info" in told and url.startswith(("https://", "ssh://")):
        below = f"#subdirectory={told['subdirectory']}" if told.get("subdirectory") else ""
        return Commit(f"{told['vcs_info']['vcs']}+{url}@{told['vcs_info']['commit_id']}{below}")
    digest = told.get("archive_info", {}).get("hashes", {}).get("sha256")
    if digest and url.startswith("https://"):
        return Address(url, digest)
    return Copied()


def version() -> str:
    """The version with the commit, as far as it is known; with `+` where files of a clone have changed since."""
    commit = _commit()
    return f"{__version__} (commit {commit})" if commit else __version__


@lru_cache(maxsize=1)
def _commit() -> str:
    """The commit that this program is of, in short; empty where nobody knows."""
    try:
        came = origin()
    except Fault:
        came = Copied()
    if isinstance(came, Commit):
        return came.address.partition("#")[0].rpartition("@")[2][:12]
    beside = _HERE.parent
    if not (beside / ".git").exists():
        return (_HERE / COMMIT).read_text(encoding="ascii").strip() if (_HERE / COMMIT).is_file() else ""
    try:
        head = answer_of(["git", "-C", str(beside), "rev-parse", "HEAD"], b"", seconds=10).decode().strip()
        changed = answer_of(["git", "-C", str(beside), "status", "--porcelain", "--untracked-files=no"], b"", seconds=10)
    except NoAnswer:
        return ""
    return head[:12] + ("+" if changed else "")


def _distribution() -> metadata.Distribution:
    try:
        return metadata.distribution(NAME)
    except metadata.PackageNotFoundError as error:
        raise Fault(f"this sitegen runs from its source, and is not installed: `python -m pip install .` in {_HERE.parent}") from error


def carried(name: str) -> Path:
    """A file that comes with the program: inside it once installed, beside it in its repository."""
    inside = _HERE / name
    return inside if inside.is_file() else _HERE.parent / name


class Wheel(NamedTuple):
    """A wheel: its file's name, and its bytes."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@lru_cache(maxsize=1)  # a process goes on with the program that it began with
def wheel() -> Wheel:
    """The program as a wheel, put together from its installed files: the same files with the same bytes as one that is built from the
    source. It needs no tool, and no network."""
    distribution = _distribution()
    told = f"{re.sub('[-_.]+', '_', NAME)}-{__version__}"
    about = f"{told}.dist-info"
    files = dict(sorted(_files()))
    for name in ("METADATA", "entry_points.txt"):
        text = distribution.read_text(name)
        if text is None:
            raise Fault(f"{NAME} is not installed whole: its {name} is missing; install it anew")
        files[f"{about}/{name}"] = text.encode()
    files[f"{about}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: sitegen\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    licence = distribution.read_text("licenses/LICENSE")
    files[f"{about}/licenses/LICENSE"] = (licence or "").encode()
    rows = [f"{path},sha256={_urlsafe(data)},{len(data)}" for path, data in files.items()]
    files[f"{about}/RECORD"] = "\n".join([*rows, f"{about}/RECORD,,", ""]).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, data in files.items():
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return Wheel(f"{told}-py3-none-any.whl", out.getvalue())


def _files() -> Iterator[tuple[str, bytes]]:
    """The program's own files, as they lie in a wheel."""
    for path in sorted(_HERE.rglob("*")):
        inner = path.relative_to(_HERE)
        if path.is_file() and "__pycache__" not in inner.parts and inner.parts[0] != "themes":
            yield f"sitegen/{inner.as_posix()}", path.read_bytes()
    themes = packaged_themes()
    for path in sorted(themes.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield f"sitegen/themes/{path.relative_to(themes).as_posix()}", path.read_bytes()
    for name in (LOCK, CHANGES):
        if not (_HERE / name).is_file():
            yield f"sitegen/{name}", carried(name).read_bytes()
    commit = _commit()
    if commit and not (_HERE / COMMIT).is_file():
        yield f"sitegen/{COMMIT}", f"{commit}\n".encode()


def _urlsafe(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def locked() -> str:
    """The libraries that this program needs, with those of the extras that are installed here, pinned to the versions that it was tested
    with: lines of a requirements file, with digests of every file of them, whatever the machine."""
    blocks = _blocks(carried(LOCK).read_text(encoding="utf-8"))
    wanted = sorted(_needed({*blocks}) & blocks.keys())
    return "".join(blocks[name] for name in wanted)


def _blocks(lock: str) -> dict[str, str]:
    """A lock taken apart: name of a library -> its lines."""
    return {_plain(found[2]): found[1] for found in re.finditer(r"^(([A-Za-z0-9._-]+)==(?:.*\\\n)*.*\n)", lock, re.M)}


def _needed(known: Iterable[str]) -> set[str]:
    """The libraries that are needed, and those that these need, on whatever system; of the extras those that are here."""
    known, found = set(known), set[str]()
    pending = [NAME]
    extras = {extra for extra, library in EXTRAS.items() if _is_installed(library)}
    while pending:
        name = pending.pop()
        try:
            asked = metadata.distribution(name).requires or []
        except metadata.PackageNotFoundError:
            asked = []  # of another system: what it needs itself is pinned by whoever made the lock, or nothing
        for line in asked:
            library, extra = _plain(re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0]), re.search(r"extra == ['\"]([\w-]+)", line)
            if extra and (name != NAME or extra[1] not in extras):
                continue
            if library in known and library not in found:
                found.add(library)
                pending.append(library)
    return found


def _is_installed(library: str) -> bool:
    try:
        return bool(metadata.version(library))
    except metadata.PackageNotFoundError:
        return False


def _plain(name: str) -> str:
    """The name of a library, as PEP 503 has it."""
    return re.sub("[-_.]+", "-", name).lower()
