"""Merges one file that two editors have changed, for Git: metadata member by member (`content.merging`), the words below it by lines.

Without the settings that `install` makes, Git merges all of it by lines.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sitegen.content.merging import Conflict, Style, is_right, marked, merged
from sitegen.content.uses import fences
from sitegen.editor import MERGES, with_lines
from sitegen.gitmerge import configured, merged_lines, replaced, shows_base
from sitegen.model.problem import Fault
from sitegen.survey.reading import NOTES

_DRIVER = (
    "{python} -P -m sitegen merge-driver --marker-size %L --ours-name %X --theirs-name %Y -- %O %A %B %P; code=$?;"
    ' test $code -eq 0 && exit 0; test $code -eq 1 && grep -q "^<<<" %A && exit 1;'
    " git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B"
)
"""What Git runs. Where the program has gone, or fails, nothing of theirs may be lost: then lines are merged."""


class Outcome(NamedTuple):
    """A merged file. `told`: what its editors should know."""

    data: bytes
    is_clean: bool
    told: tuple[str, ...] = ()


def install(root: Path) -> list[str]:
    """Has a clone ask the driver; tells what was done. Raises Fault."""
    command = _DRIVER.format(python=shlex.quote(sys.executable).replace("%", "%%"))
    settings = {"merge.sitegen.name": "merges an archive's metadata key by key", "merge.sitegen.driver": command}
    done = [f"set {name} in this clone" for name in configured(root, settings)]
    return done + [f"wrote into .gitattributes: {line}" for line in with_lines(root / ".gitattributes", MERGES)]


def merge(base: Path, ours: Path, theirs: Path, path: str, names: tuple[str, str], size: int) -> Outcome:
    """Merges three files into the second one, as the file at a `path` of the archive. Raises Fault and OSError."""
    sides = [place.read_bytes() for place in (base, ours, theirs)]
    out = merged_files(sides, path, Style(*names, size, with_base=shows_base()))
    replaced(ours, out.data)
    return out


def merged_files(sides: Sequence[bytes], path: str, style: Style) -> Outcome:
    """The merge of the bytes of three files: base, ours, theirs."""
    try:
        texts = [data.decode() for data in sides]
        dresses = [_dress(text) for text in texts]
        bare = [_undressed(text, dress, dresses) for text, dress in zip(texts, dresses, strict=True)]
        parts = [_parts(text, path) for text in bare]
    except (UnicodeDecodeError, Fault):
        return _lines(sides, style)
    front = _metadata([one.metadata for one in parts], style)
    words = _lines([one.words.encode() for one in parts], style)
    fence = "---\n" if path.endswith(".md") else ""
    text = f"{fence}{front.data.decode()}{fence}{words.data.decode()}"
    is_clean = front.is_clean and words.is_clean
    mark, end, is_ended = (_three(*each) for each in zip(*(dresses if texts[0] else [dresses[2], *dresses[1:]]), strict=True))
    if is_clean and not is_ended:
        text = text.removesuffix("\n")
    if all(one.end for one in dresses):
        text = text.replace("\n", end)
    return Outcome(f"{mark}{text}".encode(), is_clean, front.told)


def _three(base: Any, ours: Any, theirs: Any) -> Any:
    return theirs if ours == base else ours


def _metadata(texts: Sequence[str], style: Style) -> Outcome:
    found = merged(*texts)
    if found is not None:
        return Outcome(marked(found.pieces, style).encode(), found.is_clean, found.told)
    lines = _lines([text.encode() for text in texts], style)
    if lines.is_clean and not is_right(lines.data.decode(), *texts):
        base, ours, theirs = texts
        told = "its lines could be merged, but would not say what both sides meant"
        return Outcome(marked([Conflict(ours, base, theirs)], style).encode(), is_clean=False, told=(told,))
    return lines


def _lines(sides: Sequence[bytes], style: Style) -> Outcome:
    base, ours, theirs = sides
    if theirs in (ours, base):
        return Outcome(ours, is_clean=True)
    if ours == base:
        return Outcome(theirs, is_clean=True)
    found = merged_lines(base, ours, theirs, (style.ours, style.theirs), style.size)
    return Outcome(found.data, found.is_clean)


class _Parts(NamedTuple):
    metadata: str
    words: str


def _parts(text: str, path: str) -> _Parts:
    """A file's metadata, and the words below. Raises Fault where there is no metadata."""
    if path.endswith(NOTES) or not text:
        return _Parts(text, "")
    if not path.endswith(".md"):
        raise Fault(f"{path} has no metadata")
    start, end, words = fences(text, path)
    return _Parts(text[start:end], text[words:])


class _Dress(NamedTuple):
    """What a text has on: a byte order mark, the signs at the ends of its lines (empty where they differ), and whether the last has any."""

    mark: str
    end: str
    is_ended: bool


def _dress(text: str) -> _Dress:
    lines, pairs = text.count("\n"), text.count("\r\n")
    end = "\n" if not pairs else "\r\n" if pairs == lines else ""
    return _Dress("\ufeff" if text.startswith("\ufeff") else "", end, text.endswith("\n") or not text)


def _undressed(text: str, dress: _Dress, dresses: Sequence[_Dress]) -> str:
    text = text.removeprefix("\ufeff")
    if all(one.end for one in dresses):
        text = text.replace("\r\n", "\n")
    return text if dress.is_ended else f"{text}\n"
