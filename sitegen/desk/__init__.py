"""The desk: what an editor does in the browser, as edits of the archive's files. The files are the only truth; nothing is kept beside them
but how to take an act back.

`sheet` tells what a page's files say, `acts` what an act comes to, `journal` how it is undone; here they are read, held against the rules
and written. An act that would make an error of what was none is refused, with what `sitegen check` would say.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from sitegen.desk.acts import Act, Conflict, Texts, done
from sitegen.desk.journal import Journal, reverted
from sitegen.desk.sheet import Read, Reader, Sheet, is_judged_only, paths_of, sheet_of
from sitegen.editor import Change, bytes_of, place_of, written
from sitegen.model.article import Article, Key, Reference
from sitegen.model.kinds import KINDS
from sitegen.model.problem import Fault, Problem
from sitegen.survey.reading import Settings

CLIENT = Path(__file__).parent / "client"
"""What the desk is in a browser."""
__all__ = ["CLIENT", "Act", "Archive", "Conflict", "Desk", "Refused", "Saved"]


class Archive(NamedTuple):
    """What the desk must know of the archive, as it was read last. `paths`: the page of each key; `naming`: which pages name a page."""

    paths: Mapping[Key, str]
    settings: Settings
    naming: Callable[[Key], Iterable[Key]]


class Saved(NamedTuple):
    """An act that was done. `files`: each with the first line that changed, 0 where it is gone; `number`: what it is undone by."""

    number: int
    what: str
    files: tuple[tuple[str, int], ...]


class Refused(Exception):
    """What an act would make wrong."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(one.message for one in self.problems))


class Desk:
    """The acts on one archive. `look` gives what is known of it; one act is done at a time."""

    def __init__(self, root: Path, look: Callable[[], Archive]) -> None:
        self.root = root
        self.look = look
        self.journal = Journal(root)
        self.reader = Reader()
        self.lock = threading.Lock()
        self.made: dict[Key, str] = {}
        """Pages that were made here since the archive was read last."""

    def path(self, key: Key) -> str:
        """The file of a page; empty where there is none."""
        path = self.look().paths.get(key) or self.made.get(key, "")
        return path if path and self.read(path) is not None else ""

    def read(self, path: str) -> str | None:
        """The text of a file of the archive. Raises Fault where it is no text."""
        data = bytes_of(place_of(self.root, path))
        try:
            return None if data is None else data.decode()
        except UnicodeDecodeError as error:
            raise Fault(f"{path} is not UTF-8; save it so in an editor") from error

    def sheet(self, key: Key) -> Sheet:
        """A page as its files are now. Raises Fault where there is none, or it cannot be read."""
        path = self.path(key)
        if not path:
            raise Fault(f"there is no page {key}")
        texts = {one: text for one in paths_of(key, path) if (text := self.read(one)) is not None}
        return sheet_of(key, path, texts, self.reader.read(key, path, texts, self.look().settings))

    def act(self, act: Act) -> Saved:
        """Does an act. Raises Fault, Refused or Conflict, and has then written nothing."""
        with self.lock:
            texts = done(act, self.read, self.path)
            if not texts.changes:
                raise Fault("nothing would change")
            self._prove(texts)
            return self._write(texts.changes, act.what, act.by)

    def undo(self, by: str) -> Saved:
        """Takes back the last act of somebody that was not taken back yet."""
        with self.lock:
            line = self.journal.next(by)
            if line is None:
                raise Fault("there is nothing to be undone")
            changes = reverted(line, [(one.path, self.read(one.path)) for one in line.pieces])
            return self._write(changes, line.what, by, undoes=line.number)

    def noted(self, changes: Iterable[Change], what: str, by: str) -> Saved:
        """Notes what another room has written, so that it can be undone."""
        with self.lock:
            return self._noted(list(changes), what, by)

    def _write(self, changes: list[Change], what: str, by: str, undoes: int = 0) -> Saved:
        written(self.root, changes)
        return self._noted(changes, what, by, undoes)

    def _noted(self, changes: list[Change], what: str, by: str, undoes: int = 0) -> Saved:
        for one in changes:
            key = _key_of(one.path)
            if one.before is None and key:
                self.made[key] = one.path
        line = self.journal.add(changes, what, by, undoes)
        files = tuple(
            (one.path, 0 if one.after is None else one.after.count("\n", 0, piece.start) + 1)
            for one, piece in zip(changes, line.pieces, strict=True)
        )
        return Saved(line.number, what, files)

    def _prove(self, texts: Texts) -> None:
        """Holds the pages as they will be against the rules."""
        known = self.look()
        wrong: list[Problem] = []
        for key, path in texts.pages.items():
            before = _texts(texts.before, key, path)
            after = _texts(texts.after, key, path)
            if path not in after:
                wrong += self._missed(key, path, texts)
                continue
            was = self.reader.read(key, path, before, known.settings) if path in before else Read((), (), None)
            if path in before and is_judged_only(before, after):
                self.reader.remember(key, path, after, known.settings, was)
                continue
            now = self.reader.read(key, path, after, known.settings)
            wrong += [*_fresh(was.problems, now.problems), *self._unknown(now.references, was.references, texts)]
            if was.article is not None and now.article is not None and _words(was.article) != _words(now.article):
                raise Fault(f"{path}: this would change the article's own words, which no act does")
        if wrong:
            raise Refused(wrong)

    def _unknown(self, now: Iterable[Reference], was: Iterable[Reference], texts: Texts) -> Iterable[Problem]:
        """The pages that are newly named, and are not there."""
        named = {(one.kind, one.id) for one in was}
        for one in now:
            key = f"{one.kind}/{one.id}"
            if one.kind in KINDS and (one.kind, one.id) not in named and not (key in texts.pages or self.path(key)):
                yield Problem(
                    one.path,
                    one.line,
                    "unknown-id",
                    f"there is no {KINDS[one.kind].singular} {one.id!r}",
                    "make it first, or choose another",
                )

    def _missed(self, key: Key, path: str, texts: Texts) -> Iterable[Problem]:
        """The pages that name one which goes."""
        for other in self.look().naming(key):
            if other in texts.pages and other != key:
                continue  # what this act makes of it is proved for itself
            if other != key:
                yield Problem(path, 0, "unknown-id", f"{other} names it", "let it name another page first")


def _words(article: Article) -> list[tuple[str, str, str]]:
    """The article's own words, block by block; captions are told by its metadata."""
    return [(one.kind, one.text, one.raw) for one in article.blocks if one.kind != "caption"]


def _texts(files: Mapping[str, str | None], key: Key, path: str) -> dict[str, str]:
    return {one: text for one in paths_of(key, path) if (text := files.get(one)) is not None}


def _key_of(path: str) -> Key:
    parts = path.removeprefix("content/").removesuffix(".md")
    return parts if path.startswith("content/") and path.endswith(".md") else ""


def _fresh(was: Iterable[Problem], now: Iterable[Problem]) -> list[Problem]:
    """The errors that were none before, on whatever line."""
    known = Counter((one.code, one.message) for one in was)
    out = []
    for one in now:
        known[one.code, one.message] -= 1
        if one.severity == "error" and known[one.code, one.message] < 0:
            out.append(one)
    return out
