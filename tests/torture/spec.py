"""What is asked of the process that builds are forked from, and what it tells of each build. Sent as JSON lines."""

from __future__ import annotations

from typing import Literal

import msgspec

Does = Literal["kill", "kill-all", "interrupt", "interrupt-all", "terminate", "terminate-all", "pause", "fail"]


class Moment(msgspec.Struct, frozen=True):
    """Where a fault strikes from within: at the `count`-th of some operations of a process, as the interpreter's audit events count them.

    A moment that never comes is no fault. `fail` raises the error `errno` at that operation, and where it is `lasting` at every later one.
    """

    does: Does
    count: int
    events: tuple[str, ...]
    of: Literal["build", "worker"] = "build"
    errno: int = 0
    lasting: bool = False


class Mount(msgspec.Struct, frozen=True):
    """A disk of its own under a folder of the archive: with `room` bytes more than it has files for, or one that is not to be written."""

    folder: str
    room: int = 0
    read_only: bool = False


class Spec(msgspec.Struct, frozen=True):
    """One build. Where it is watched it begins with its first operation on the archive: what an interpreter does before is not its own.
    `limits` are of the kernel's, by name; that of memory (`AS`) counts from what the process has by then."""

    root: str
    arguments: tuple[str, ...] = ()
    day: str = ""
    watched: bool = False
    moment: Moment | None = None
    limits: dict[str, int] = {}
    mount: Mount | None = None

    @property
    def is_watched(self) -> bool:
        return self.watched or self.moment is not None or bool(self.limits)


class Outcome(msgspec.Struct, frozen=True):
    """How a build ended. `code` is negative for a signal; `outlived`: processes of it went on after it, and had to be ended; `staged`,
    where the build was watched and changed the output: the digests of the bytes that lay staged when it began to."""

    code: int
    out: str
    err: str
    stuck: bool = False
    outlived: bool = False
    staged: tuple[str, ...] | None = None
    could_not: str = ""
    """Why the machine does not let this fault be made."""


class Request(msgspec.Struct, frozen=True):
    """`begin` gives the process, `paused` whether it waits at its moment, `resume` lets it go on, `end` waits for its outcome."""

    do: Literal["begin", "paused", "resume", "end"]
    spec: Spec | None = None
    process: int = 0


class Reply(msgspec.Struct, frozen=True):
    process: int = 0
    paused: bool = False
    outcome: Outcome | None = None
