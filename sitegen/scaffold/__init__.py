"""What an archive begins with, and what `sitegen upgrade` renews: settings, the files of a host, those of an editor, an example.

A file that we may renew says so in its first line, with the digest of what follows: where anybody has changed it since, it is theirs.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from sitegen import __version__
from sitegen.content.schema import json_schema, tables
from sitegen.editor import MERGES, create
from sitegen.model.kinds import KINDS
from sitegen.model.problem import Fault

Host = Literal["netlify", "github", "none"]
HOSTS: tuple[Host, ...] = get_args(Host)
PYTHON = "3.13"
"""The Python that hosts are to use: of each of our libraries there is a wheel for it."""
_FILES = Path(__file__).parent / "files"
_COMMENTS = {".toml": "#", ".yml": "#", ".js": "//", ".gitignore": "#", ".gitattributes": "#", ".json": "//"}
"""How a comment begins, in the files that we renew."""
_SCHEMAS = "schema/"
_THEIRS = ("sitegen.yaml", "README.md", "urls.lock")
"""Files that are begun and then belong to the archive alone."""
_SEAL = re.compile(r"\A(?:#|//) Written by sitegen [^ ]+ \(([0-9a-f]{16})\)[^\n]*\n")


class Choice(NamedTuple):
    """What somebody who begins an archive decides."""

    title: str = "An archive"
    base_url: str = "https://example.org/"
    lang: str = "en"
    host: Host = "none"
    is_empty: bool = False
    is_vendored: bool = False
    """Whether the program itself lies in the archive."""


def begun(root: Path, choice: Choice) -> list[Path]:
    """Begins an archive in a folder; gives what was made. What is there stays. Raises Fault where it cannot be written."""
    made = []
    for name in ("seeds", *(kind.folder for kind in KINDS.values()), "content/images"):
        place = root / name
        if not place.is_dir():
            try:
                place.mkdir(parents=True)
            except OSError as error:
                raise Fault(f"{place} could not be made: {error.strerror}") from error
            made.append(place)
    return [*made, *(root / path for path, data in files(choice) if create(root / path, data))]


def files(choice: Choice) -> Iterator[tuple[str, bytes]]:
    """The files of a new archive: path, bytes."""
    parts = ["common", *([choice.host] if choice.host != "none" else []), *([] if choice.is_empty else ["example"])]
    for part in parts:
        yield from _part(part, choice)
    for name in tables():
        yield f"{_SCHEMAS}{name}.schema.json", (json.dumps(json_schema(name), ensure_ascii=False, indent=1) + "\n").encode()


class Renewal(NamedTuple):
    """A file of ours in an archive, as it is and as it would be; `is_ours`: nobody has changed it since it was written."""

    path: str
    before: str
    after: str
    is_ours: bool


def renewals(root: Path) -> Iterator[Renewal]:
    """The files of an archive that this program would write otherwise, as far as the archive has them. Those of the archive alone, and
    those of its example, are left out."""
    new = dict(pair for host in HOSTS for pair in files(Choice(host=host, is_empty=True)))
    for path, data in sorted(new.items()):
        place = root / path
        if path in _THEIRS or not place.is_file() or not data:
            continue
        try:
            before = place.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise Fault(f"{path} cannot be read: {error}") from error
        after = data.decode()
        if _body(before) != _body(after):
            yield Renewal(path, before, after, path.startswith(_SCHEMAS) or is_untouched(before))


def is_untouched(text: str) -> bool:
    """Whether a file of ours is as it was written."""
    found = _SEAL.match(text)
    return found is not None and found[1] == _seal(text[found.end() :])


def _body(text: str) -> str:
    found = _SEAL.match(text)
    return text[found.end() :] if found else text


def _seal(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:16]


def _part(part: str, choice: Choice) -> Iterator[tuple[str, bytes]]:
    base = _FILES / part
    for path in sorted(base.rglob("*")):
        if not path.is_file():
            continue
        name = re.sub(r"(^|/)dot-", r"\1.", path.relative_to(base).as_posix())
        text = _environment().from_string(path.read_text(encoding="utf-8")).render(_words(choice))
        mark = _COMMENTS.get(Path(name).suffix or Path(name).name)
        if mark is not None and name not in _THEIRS:
            text = f"{mark} Written by sitegen {__version__} ({_seal(text)}); `sitegen upgrade` renews it until you change it.\n{text}"
        yield name, text.encode()


def _words(choice: Choice) -> dict[str, Any]:
    """What the files of a new archive say of it."""
    seed = (_FILES / "example/seeds/begin-here.txt").read_bytes()
    return {
        **choice._asdict(),
        "python": PYTHON,
        "merges": MERGES,
        "example_sha256": hashlib.sha256(seed).hexdigest(),
    }


@lru_cache(maxsize=1)
def _environment() -> Any:  # Jinja takes long to import, and few commands need it
    from jinja2 import Environment, StrictUndefined

    made = Environment(
        block_start_string="<%", block_end_string="%>", variable_start_string="<<", variable_end_string=">>",
        comment_start_string="<#", comment_end_string="#>", undefined=StrictUndefined, autoescape=False,  # noqa: S701 - they are no HTML
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    made.filters["quoted"] = lambda text: json.dumps(text, ensure_ascii=False)
    made.filters["oneline"] = lambda text: " ".join(text.split())
    return made
