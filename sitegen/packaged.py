"""What comes with the program beside its modules: its themes, over which an archive's own lie, its catalogues, what is common to all
themes, and the base map. The only room that reads these."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from sitegen.theme.layers import PACKAGED, Layer
from sitegen.tree import Tree, is_junk


def packaged_themes() -> Path:
    """The themes that come with the program: beside it in the repository, inside it once installed."""
    inside = Path(__file__).parent / "themes"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "themes"


def theme_layers(tree: Tree, name: str) -> list[Layer]:
    """The files of a theme: the archive's own, and the program's; nothing where neither has such a theme."""
    return [layer for layer in (_own_layer(tree, name), _packaged_layer(tree, name)) if layer]


def themes(tree: Tree) -> set[str]:
    """The names of all themes, the archive's and the program's."""
    base = packaged_themes()
    packaged = {path.name for path in base.iterdir() if path.is_dir()} if base.is_dir() else set()
    return packaged | {path.split("/")[1] for path in tree.below("themes") if path.count("/") > 1}


def _own_layer(tree: Tree, name: str) -> Layer:
    """The archive's own files of a theme."""
    prefix = f"themes/{name}/"
    return {path.removeprefix(prefix): (path, tree.read(path)) for path in tree.below(prefix)}


def _packaged_layer(tree: Tree, name: str) -> Layer:
    """The program's own files of a theme; none where they are the archive's too, as in the repository of the program."""
    folder = packaged_themes() / name
    if not folder.is_dir() or folder.resolve() == (tree.root / "themes" / name).resolve():
        return {}
    found = {file.path.removeprefix(f"{folder}/"): file for file in _files(folder)}
    return {
        inner: (f"{PACKAGED}themes/{name}/{inner}", _data(file)) for inner, file in found.items() if not any(map(is_junk, inner.split("/")))
    }


CATALOGUES = Path(__file__).parent / "locale"
"""The words of the program in the languages that it speaks."""


def catalogue(tag: str) -> tuple[str, bytes]:
    """The language that an archive with this tag is shown in, and its compiled catalogue: the tag itself, with or without its last subtags
    (`de-AT` has the words of `de`, and its own months). A language of which there is no catalogue is shown in English, whole."""
    first, *more = tag.split("-")
    parts = [first.lower(), *more]
    for count in range(len(parts), 0, -1):
        path = CATALOGUES / "_".join(parts[:count]) / "LC_MESSAGES" / "sitegen.mo"
        if path.is_file():
            return tag, path.read_bytes()
    return "en", b""


CLIENT = Path(__file__).parent / "finding" / "client"
"""What searches in the reader's browser."""


COMMON = Path(__file__).parent / "common"
"""Pieces of templates that are the same in every theme: what the search shows, and maps."""


def common_layer() -> Layer:
    """What lies below every theme, which may have its own in its place: pieces of templates, and the scripts of the search."""
    files = {f"templates/{Path(file.path).name}": file for file in _files(COMMON) if file.path.endswith(".html")}
    files |= {f"assets/{Path(file.path).name}": file for file in _files(CLIENT) if file.path.endswith(".js")}
    return {name: (f"{PACKAGED}{Path(name).name}", _data(file)) for name, file in sorted(files.items())}


BASEMAP = Path(__file__).parent / "basemap"
"""The base map of the program: what maps are drawn from while the site is built, and what the script of their page reads."""


@lru_cache(maxsize=1)  # a process goes on with the base map that it began with
def base_map() -> tuple[bytes, bytes]:
    """The two files of the base map."""
    return (BASEMAP / "earth.msgpack").read_bytes(), (BASEMAP / "world.json").read_bytes()


class _File(NamedTuple):
    """A file that comes with the program, as it is now: its path, and its time, size and number, by which what was read of it is known
    again. To read all of them at each build takes 10 ms."""

    path: str
    seen: tuple[int, int, int]


def _files(base: Path) -> Iterator[_File]:
    """All files below a folder of the program, in order."""
    for folder, folders, files in os.walk(base):
        folders.sort()
        for name in sorted(files):
            path = f"{folder}/{name}"
            about = os.stat(path)
            yield _File(path, (about.st_mtime_ns, about.st_size, about.st_ino))


@lru_cache(maxsize=1024)
def _data(file: _File) -> bytes:
    return Path(file.path).read_bytes()


@lru_cache(maxsize=1024)
def _digest(file: _File) -> bytes:
    return hashlib.sha256(Path(file.path).read_bytes()).digest()


def installed_stamp() -> bytes:
    """A digest of the themes, catalogues, scripts and the base map that come with the program, for the key of a whole build: an upgrade may
    change them."""
    total = hashlib.sha256()
    for base, ending in ((packaged_themes(), ""), (CATALOGUES, ".mo"), (CLIENT, ""), (COMMON, ""), (BASEMAP, "")):
        for file in _files(base):
            if file.path.endswith(ending):
                total.update(file.path.removeprefix(str(base)).encode() + b"\0" + _digest(file))
    return total.digest()
