"""`sitegen snapshot`: sees to it that what is cited can still be read when its address is dead.

It collects the addresses of sources that have no snapshot (`wanted`), asks a web archive for one (`wayback`) or keeps what they answer
itself (`warcs`), one after the other, and puts each into the files as soon as it is there (`writing`). What was asked of whom stands in a
journal on disk before it is asked (`journal`): a run that is killed is gone on with. Unless told of whom, nobody is asked.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from sitegen.cache import FOLDER
from sitegen.cache.database import Unwritable, locked
from sitegen.editor import Change, Overtaken, bytes_of, place_of, written
from sitegen.model import records
from sitegen.model.base import Record
from sitegen.model.kinds import kind_of
from sitegen.model.problem import Fault
from sitegen.model.records import Archived
from sitegen.snapshot.journal import NAME, Journal
from sitegen.snapshot.outcome import Got, Outcome, Refused, Stopped
from sitegen.snapshot.wanted import Wanted, wanted
from sitegen.snapshot.warcs import Warcs
from sitegen.snapshot.wayback import PUBLIC, Keys, Wayback
from sitegen.snapshot.writing import with_snapshots
from sitegen.survey import Options
from sitegen.survey.reading import NOTES
from sitegen.web import Reach, is_loopback, is_public_name
from sitegen.workers import Progress, silent

__all__ = ["Asking", "Keys", "Report", "Told", "lacking", "snapshot"]

FRESH = 30
"""Days for which a snapshot that a web archive has is as good as a new one."""
REMEMBERED = 7
"""Days for which an address that was refused is not asked again."""
IN_VAIN = 5
"""How many addresses in a row may come to nothing, before it is taken that none will."""
ATTEMPTS = 4
"""How often a file is read again that somebody saves meanwhile."""


class Asking(NamedTuple):
    """Whom to ask. `to`: "wayback" or "warc"; `service`: the address of a web archive that speaks the same protocol; `wait`: seconds
    between two requests to one host; `limit`: how many addresses may be asked for. `reach` is for tests."""

    to: str
    service: str = PUBLIC
    keys: Keys | None = None
    wait: float = 5.0
    limit: int | None = None
    reach: Reach = Reach.PUBLIC


class Told(NamedTuple):
    """What came of one address."""

    url: str
    outcome: Outcome


class Report(NamedTuple):
    """What a run came to. `changed`: the files that have a snapshot more; `left`: addresses that are still to be asked for; `stopped`: why
    nobody was asked any more, or empty; `private`: the addresses that nobody but their owner can reach."""

    told: tuple[Told, ...]
    changed: tuple[str, ...]
    left: int = 0
    stopped: str = ""
    private: tuple[str, ...] = ()


class Service(Protocol):
    """Whoever can be asked for a snapshot."""

    def asked(self, url: str, /) -> Outcome: ...


def lacking(
    root: Path, options: Options, paths: Collection[str] = (), again_after: int | None = None, to: str = ""
) -> tuple[list[Wanted], list[Wanted]]:
    """The addresses that want a snapshot, and those that nobody but their owner can reach, of which none can be had. Asks nobody."""
    found = wanted(root, options, paths, again_after, to)
    return [one for one in found if is_public_name(one.url)], [one for one in found if not is_public_name(one.url)]


def snapshot(
    root: Path,
    options: Options,
    asking: Asking,
    paths: Collection[str] = (),
    again_after: int | None = None,
    each: Callable[[Told], None] = lambda _: None,
    heard: Callable[[str], None] = lambda _: None,
    progress: Progress = silent,
) -> Report:
    """Gets a snapshot of each address that wants one and writes it into the files that cite it. `each` is told what came of an address,
    `heard` what it waits for. Raises Fault where it cannot be remembered what was asked, and where a file cannot be written."""
    public, private = lacking(root, options, paths, again_after, asking.to)
    here = [one for one in private if asking.reach is Reach.LOOPBACK and is_loopback(one.url)]
    left_out = tuple(one.url for one in private if one not in here)
    (root / FOLDER).mkdir(exist_ok=True)
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(Unwritable):  # the journal then says so
            stack.enter_context(locked(root / FOLDER, "snapshot.db", "another `sitegen snapshot` of this archive is running"))
        journal = Journal(root / FOLDER / NAME, asking.service if asking.to == "wayback" else asking.to)
        fresh = FRESH if again_after is None else again_after
        service: Service = (
            Warcs(root, journal, asking.wait, heard, asking.reach)
            if asking.to == "warc"
            else Wayback(asking.service, asking.keys, journal, options.today, fresh, asking.wait, heard)
        )
        run = _Run(root, journal, service, each)
        left, stopped = run.all([*public, *here], asking.limit, progress)
    return Report(tuple(run.told), tuple(dict.fromkeys(run.changed)), left, stopped, left_out)


class _Run:
    """A run on its way."""

    def __init__(self, root: Path, journal: Journal, service: Service, each: Callable[[Told], None]) -> None:
        self.root, self.journal, self.service, self.each = root, journal, service, each
        self.told: list[Told] = []
        self.changed: list[str] = []

    def all(self, found: Sequence[Wanted], limit: int | None, progress: Progress) -> tuple[int, str]:
        """Sees to some addresses; how many are left, and why nobody was asked for them."""
        asked = vain = 0
        for number, one in enumerate(found):
            progress("Snapshots", number, len(found))
            if self.is_there(one) or self.is_refused(one.url):
                continue
            if limit is not None and asked == limit:
                return len(found) - number, ""
            if vain == IN_VAIN:
                return len(found) - number, f"{vain} addresses in a row came to nothing"
            try:
                outcome = self.service.asked(one.url)
            except Stopped as stop:
                return len(found) - number, str(stop)
            if isinstance(outcome, Got):
                new = put(self.root, one.files, one.url, outcome.archived)
                self.changed += new
                if new:
                    self.journal.forget(one.url)
                else:  # asked for again and again, it would be the same again and again
                    self.journal.refused(one.url, "there is no newer snapshot than the one in the files")
            self.tell(one.url, outcome)
            asked += 1
            vain = 0 if isinstance(outcome, Got) else vain + 1
        return 0, ""

    def tell(self, url: str, outcome: Outcome) -> None:
        self.told.append(Told(url, outcome))
        self.each(self.told[-1])

    def is_there(self, one: Wanted) -> bool:
        """Whether there is a snapshot for which nobody need be asked: one that stands beside the address elsewhere, or that was had before
        a run was killed. It is put into the files."""
        state = self.journal.of(one.url)
        archived = one.known or (state.archived if state is not None else None)
        if archived is None:
            return False
        changed = put(self.root, one.files, one.url, archived)
        self.changed += changed
        if one.known is not None:
            return True
        self.journal.forget(one.url)
        return bool(changed)  # where it stood there already, it is the one that is too old

    def is_refused(self, url: str) -> bool:
        """Whether it was refused a short while ago, so that nobody is asked again."""
        state = self.journal.of(url)
        if state is None or not state.why or state.age() > REMEMBERED * 86_400:
            return False
        self.tell(url, Refused(f"{state.why} (on {state.at[:10]}; it is asked for again {REMEMBERED} days later)"))
        return True


def put(root: Path, files: Iterable[str], url: str, archived: Archived) -> list[str]:
    """Puts a snapshot beside an address wherever it is cited in some files, all of them or none; the paths of those that change. Somebody
    may be at work in them: a file that changes meanwhile is read again. Raises Fault where that does not end, or one cannot be written."""
    files = tuple(files)
    for attempt in range(ATTEMPTS):
        changes = [one for one in (_change(root, path, url, archived) for path in files) if one is not None]
        try:
            written(root, changes)
        except Overtaken:
            if attempt == ATTEMPTS - 1:
                raise
        else:
            break
    return [one.path for one in changes]


def _change(root: Path, path: str, url: str, archived: Archived) -> Change | None:
    data = bytes_of(place_of(root, path))
    if data is None:
        return None
    try:
        before = data.decode()
    except UnicodeDecodeError:
        raise Fault(f"{path} is not UTF-8; save it as UTF-8") from None
    after = with_snapshots(path, before, _table(path), {url: archived})
    return Change(path, before, after) if after != before else None


def _table(path: str) -> type[Record]:
    """The table of the metadata of a file of content."""
    if path.endswith(NOTES):
        return records.Notes
    kind = kind_of(path.removeprefix("content/"))
    assert kind is not None
    return kind.record
