"""The acts that can be undone: for each, which bytes of which files became which others. A file beside the store, one act a line.

It is no truth of its own: where it is lost, or a file has changed since, nothing can be undone, and nothing is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from sitegen.editor import Change
from sitegen.model.digest import digest_of
from sitegen.model.problem import Fault

NAME = ".sitegen/desk.jsonl"
MANY = 1_000
"""Acts that are remembered; when there are twice as many, the older half goes."""


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
        self.place = root / NAME
        self.lines = self._read()

    def _read(self) -> list[Line]:
        try:
            data = self.place.read_bytes().splitlines()
        except OSError:
            return []
        lines = []
        for one in data:
            try:
                lines.append(msgspec.json.decode(one, type=Line))
            except msgspec.MsgspecError:  # a line that was cut short when the machine stopped
                continue
        return lines

    @property
    def last(self) -> int:
        return self.lines[-1].number if self.lines else 0

    def add(self, changes: Iterable[Change], what: str, by: str, undoes: int = 0) -> Line:
        """Notes an act. Where that cannot be written, it cannot be undone after a restart; it was done all the same."""
        line = Line(self.last + 1, what, by, tuple(map(piece_of, changes)), undoes)
        self.lines.append(line)
        try:
            self.place.parent.mkdir(exist_ok=True)
            if len(self.lines) > 2 * MANY:
                self.lines = self.lines[-MANY:]
                self.place.write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in self.lines))
            else:
                with self.place.open("ab") as file:
                    file.write(msgspec.json.encode(line) + b"\n")
        except OSError:
            pass
        return line

    def next(self, by: str) -> Line | None:
        """The act of somebody that is undone next."""
        undone = {one.undoes for one in self.lines}
        return next((one for one in reversed(self.lines) if not one.undoes and one.by == by and one.number not in undone), None)


def reverted(line: Line, texts: Iterable[tuple[str, str | None]]) -> list[Change]:
    """The changes that take an act back, from the files as they are. Raises Fault where one is no longer as the act left it."""
    now = dict(texts)
    changes = []
    for one in line.pieces:
        text = now[one.path]
        if _digest(text) != one.after:
            raise Fault(f"{one.path} has changed since; “{line.what}” can no longer be undone here. Git has what it was before")
        whole = text or ""
        before = whole[: one.start] + one.gone + whole[one.start + len(one.new) :]
        changes.append(Change(one.path, text, before if one.before else None))
    return changes
