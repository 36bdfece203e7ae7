"""The acts that can be undone: for each, which bytes of which files became which others. A file beside the store, one act a line.

It is no truth of its own: where it is lost, or a file has changed since, nothing can be undone, and nothing is wrong. A store is handed
around, and what lies on the disk may be anybody's: a line that does not speak of pages alone is none, and no link is followed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from sitegen import urls
from sitegen.editor import Change, bytes_of, place_of
from sitegen.model.digest import digest_of
from sitegen.model.prepared import prepared
from sitegen.model.problem import Fault

NAME = ".sitegen/desk.jsonl"
MANY = 1_000
"""Acts that are remembered; when there are twice as many, the older half goes."""
LARGEST = 2**53
"""The number that a line may have at most."""


class Piece(msgspec.Struct, frozen=True):
    """That in a file `gone` became `new`, from a place on (in code points); `before` and `after` are digests of the whole, empty where
    there was no file."""

    path: str
    before: str
    after: str
    start: int
    gone: str
    new: str


class Line(msgspec.Struct, frozen=True):
    """An act, or that one was undone."""

    number: int
    what: str
    by: str
    pieces: tuple[Piece, ...] = ()
    undoes: int = 0


def piece_of(change: Change) -> Piece:
    """What differs between two states of a file.

    >>> piece = piece_of(Change("a", "one two three", "one 2 three"))
    >>> piece.start, piece.gone, piece.new
    (4, 'two', '2')
    """
    before, after = change.before or "", change.after or ""
    start = next((at for at, (ours, theirs) in enumerate(zip(before, after, strict=False)) if ours != theirs), min(len(before), len(after)))
    rest = min(len(before), len(after)) - start
    end = next((at for at in range(rest) if before[-1 - at] != after[-1 - at]), rest)
    return Piece(
        change.path,
        _digest(change.before),
        _digest(change.after),
        start,
        before[start : len(before) - end],
        after[start : len(after) - end],
    )


def _digest(text: str | None) -> str:
    return "" if text is None else digest_of(text.encode()).hex()


class Journal:
    """The acts of an archive."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lines = self._read()

    def _read(self) -> list[Line]:
        lines = []
        with contextlib.suppress(Fault):
            for one in (bytes_of(self._place()) or b"").splitlines():
                with contextlib.suppress(msgspec.MsgspecError, RecursionError):  # a line that was cut short when the machine stopped
                    line = msgspec.json.decode(one, type=prepared(Line))
                    if 0 < line.number < LARGEST and all(map(_is_of_a_page, line.pieces)):
                        lines.append(line)
        return lines

    def _place(self) -> Path:
        """Where it lies. Raises Fault where a link leads elsewhere."""
        place = place_of(self.root, NAME)
        if place.is_symlink():
            raise Fault(f"{NAME} is a link")
        return place

    @property
    def last(self) -> int:
        return self.lines[-1].number if self.lines else 0

    def add(self, changes: Iterable[Change], what: str, by: str, undoes: int = 0) -> Line:
        """Notes an act. Where that cannot be written, it cannot be undone after a restart; it was done all the same."""
        line = Line(self.last + 1, what, by, tuple(map(piece_of, changes)), undoes)
        self.lines.append(line)
        is_long = len(self.lines) > 2 * MANY
        if is_long:
            self.lines = self.lines[-MANY:]
        with contextlib.suppress(OSError, Fault):
            place = self._place()
            place.parent.mkdir(exist_ok=True)
            if place.exists() and not place.is_file():
                raise Fault(f"{NAME} is no file")
            with place.open("wb" if is_long else "ab") as file:
                file.write(b"".join(msgspec.json.encode(one) + b"\n" for one in (self.lines if is_long else [line])))
        return line

    def next(self, by: str) -> Line | None:
        """The act of somebody that is undone next."""
        undone = {one.undoes for one in self.lines}
        return next((one for one in reversed(self.lines) if not one.undoes and one.by == by and one.number not in undone), None)


def _is_of_a_page(piece: Piece) -> bool:
    """Whether a file is one that acts write: of the content, and text."""
    return urls.is_inside(piece.path) and piece.path.startswith("content/") and piece.path.endswith((".md", ".yaml")) and piece.start >= 0


def reverted(line: Line, texts: Iterable[tuple[str, str | None]]) -> list[Change]:
    """The changes that take an act back, from the files as they are. Raises Fault where one is no longer as the act left it."""
    now = dict(texts)
    changes: list[Change] = []
    for one in line.pieces:
        text = now[one.path]
        if _digest(text) != one.after:
            raise Fault(f"{one.path} has changed since; “{line.what}” can no longer be undone here. Git has what it was before")
        whole = text or ""
        before = whole[: one.start] + one.gone + whole[one.start + len(one.new) :]
        changes.append(Change(one.path, text, before if one.before else None))
    return changes
