"""What is made of an archive is made of one state of it, whatever changes meanwhile; or of one that it does not have yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias, TypeVar

from sitegen.cache import Cache, Lost
from sitegen.editor import Change
from sitegen.model.digest import Digest, digest_of
from sitegen.model.history import History
from sitegen.model.problem import Fault
from sitegen.packaged import installed_stamp
from sitegen.survey import Options
from sitegen.survey.revising import history_of
from sitegen.tree import Changed, Tree, read_tree

T = TypeVar("T")
ATTEMPTS = 4
"""How often the archive is read again where it changes under a build."""


def of_one_state(root: Path, cache: Cache, make: Callable[[Tree], T]) -> T:
    """What is made of one state of the archive at `root`. Where a file changes meanwhile, all is read again; where the store turns out to
    be damaged, it is dropped and all is made again. Raises Fault where the archive never rests."""
    for attempt in range(ATTEMPTS):
        try:
            return make(read_state(root, cache))
        except Lost:
            cache.forget()
        except Changed:
            if attempt == ATTEMPTS - 1:
                raise
    raise Fault("the store under .sitegen/ is damaged again and again while it is used; remove that folder and build again")


def read_state(root: Path, cache: Cache) -> Tree:
    """All that is made of an archive is made from this: its files, and what Git tells of them where the archive asks for it."""
    tree = read_tree(root, cache.sources.remembered, cache.sources.remember)
    return tree._replace(history=history_of(tree, cache))


Inputs: TypeAlias = tuple[bytes, Options, tuple[tuple[str, Digest], ...], History]


def inputs_of(tree: Tree, options: Options) -> Inputs:
    """All that a whole build follows from: the themes and catalogues that come with the program, what was asked for, every file of the
    archive, and what Git tells of them."""
    return installed_stamp(), options._replace(jobs=0), tuple(tree.digests.items()), tree.history


def as_changed(tree: Tree, changes: Iterable[Change], cache: Cache) -> Tree:
    """The archive as it would be; `cache` is given the bytes that no file has yet."""
    digests = dict(tree.digests)
    unwritten = dict(tree.unwritten)
    for change in changes:
        if change.after is None:
            del digests[change.path]
            unwritten.pop(change.path, None)
        else:
            data = change.after.encode()
            digests[change.path] = digest_of(data)
            cache.unwritten[digests[change.path]] = unwritten[change.path] = data
    return tree._replace(digests=dict(sorted(digests.items())), unwritten=unwritten)
