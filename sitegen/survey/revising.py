"""What Git tells of the archive's claims, where the archive wants it told: an input of the survey, as its files are."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen import config as config_room
from sitegen import history
from sitegen.archive.revisions import UNREAD, Version, past, version
from sitegen.cache import Cache, Memory
from sitegen.history import Line, NotAsked, Position
from sitegen.model.digest import Digest
from sitegen.model.history import History
from sitegen.model.kinds import CLAIMS
from sitegen.tree import Tree


class Blob:
    """The bytes of a file in Git, known by their id; `data` is fetched where nobody has read them yet."""

    def __init__(self, id: str) -> None:
        self.digest = Digest(bytes.fromhex(id))
        self.id = id
        self.data = b""


def history_of(tree: Tree, cache: Cache) -> History:
    """What Git tells of the archive; nothing, and no process is started, where `sitegen.yaml` does not ask for it."""
    data = tree.read(config_room.PATH) if config_room.PATH in tree.digests else b""
    config = config_room.parse(data)[0] if b"revisions" in data else None
    if config is None or config.revisions == "off":
        return History()
    try:
        at = history.position(tree.root)
        told = [line for line in cache.memo(lines_of, at) if line.path in tree.digests] if at is not None else []
        versions = _versions({commit.blob for line in told for commit in line.commits if commit.blob}, cache)
    except NotAsked as reason:
        return History(why=str(reason))
    pasts = (
        (line.path, past([(one.day, versions.get(one.blob, UNREAD)) for one in line.commits], line.since, config.publish.unchecked))
        for line in told
    )
    return History(tuple((path, one) for path, one in pasts if one is not None))


def lines_of(memory: Memory, at: Position) -> tuple[Line, ...]:
    """The commits that changed the files of claims. They follow from the position alone, for an id of Git stands for what it names."""
    return history.lines(memory.root, at, CLAIMS.folder, config_room.PATH)


def version_of(_: Memory, blob: Blob) -> Version:
    """What a file said."""
    return version(blob.data)


def _versions(ids: Iterable[str], memory: Memory) -> dict[str, Version]:
    """What the files of these ids say; Git is asked for those that are not known, all at once."""
    blobs = [Blob(id) for id in sorted(ids)]
    known = memory.recalled(version_of, [(blob,) for blob in blobs])
    missing = {blob.id: blob for blob, found in zip(blobs, known, strict=True) if found is None}
    out = {blob.id: found for blob, found in zip(blobs, known, strict=True) if found is not None}
    for id, data in history.texts(memory.root, missing):
        missing[id].data = data
        out[id] = memory.memo(version_of, missing[id])
    return out
