"""What was asked of whom, and what came of it: on disk before the next thing is done, so that a run that is killed is gone on with and
nothing is asked twice."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from sitegen.model.prepared import prepared
from sitegen.model.problem import Fault
from sitegen.model.records import Archived

NAME = "snapshots.json"


class Found(msgspec.Struct, frozen=True, omit_defaults=True):
    """A snapshot, as the journal has it: by the names of its keys, for a journal outlives versions of the program."""

    url: str | None = None
    warc: str | None = None
    record: str | None = None
    date: str | None = None
    sha256: str | None = None


class State(msgspec.Struct, frozen=True, omit_defaults=True):
    """How far an address is with one service: it was asked for (`at`: when, ISO, UTC); there is a `job` for it; there is a snapshot, which
    may not stand in the files yet (`found`); or it was refused (`why`)."""

    at: str
    job: str = ""
    found: Found | None = None
    why: str = ""

    @property
    def archived(self) -> Archived | None:
        one = self.found
        return Archived(url=one.url, warc=one.warc, record=one.record, date=one.date, sha256=one.sha256) if one else None

    def age(self) -> float:
        """Seconds since then."""
        return (datetime.now(UTC) - datetime.fromisoformat(self.at)).total_seconds()


class Journal:
    """The journal of one service in an archive's `.sitegen/`. Raises Fault where it cannot be written: what could not be remembered is not
    asked."""

    def __init__(self, place: Path, service: str) -> None:
        self.place, self.service = place, service
        self.states: dict[str, dict[str, State]] = {}
        with suppress(OSError, msgspec.DecodeError):
            self.states = msgspec.json.decode(place.read_bytes(), type=prepared(dict[str, dict[str, State]]))

    def of(self, url: str) -> State | None:
        found = self.states.get(self.service, {}).get(url)
        with suppress(ValueError, TypeError):
            return found if found is None or found.age() > -86_400 else None  # of a clock that was wrong by a day
        return None

    def asked(self, url: str) -> State:
        return self._put(url, State(now()))

    def job(self, url: str, job: str) -> State:
        return self._put(url, State(now(), job=job))

    def found(self, url: str, one: Archived) -> State:
        return self._put(url, State(now(), found=Found(one.url, one.warc, one.record, one.date, one.sha256)))

    def refused(self, url: str, why: str) -> State:
        return self._put(url, State(now(), why=why))

    def forget(self, url: str) -> None:
        if self.states.get(self.service, {}).pop(url, None) is not None:
            self._keep()

    def _put(self, url: str, state: State) -> State:
        self.states.setdefault(self.service, {})[url] = state
        self._keep()
        return state

    def _keep(self) -> None:
        beside = self.place.with_name(f".{self.place.name}.tmp")
        try:
            with open(beside, "wb") as file:
                file.write(msgspec.json.format(msgspec.json.encode(self.states), indent=1))
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, self.place)
        except OSError as error:
            raise Fault(f"{self.place} cannot be written: {error.strerror}; what cannot be remembered is not asked") from error


def now() -> str:
    """What time it is, to the second (ISO, UTC)."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
