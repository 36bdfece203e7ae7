"""A build that runs in a process of its own, and what can be known of it from outside."""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass

from tests.torture.spec import Outcome

PATIENCE = 45.0
"""Seconds after which a build is stuck; a build waits 30 for another."""
GRACE = 3.0
"""Seconds that processes of a build may outlive it."""
_ROOM = 1 << 20
"""Bytes that a pipe holds, so that a build never waits for its words to be read."""


class Pipe:
    """One way from a build, or to it."""

    def __init__(self) -> None:
        self.reads, self.writes = os.pipe()
        fcntl.fcntl(self.writes, fcntl.F_SETPIPE_SZ, _ROOM)
        os.set_blocking(self.reads, False)

    def taken(self) -> bytes:
        """What lies in it."""
        data = b""
        with contextlib.suppress(BlockingIOError):
            while part := os.read(self.reads, _ROOM):
                data += part
        return data

    def close(self, *, reads: bool = True, writes: bool = True) -> None:
        """Closes one end or both, each once: its number is soon another's."""
        if reads and self.reads >= 0:
            os.close(self.reads)
            self.reads = -1
        if writes and self.writes >= 0:
            os.close(self.writes)
            self.writes = -1


@dataclass
class Running:
    """A build that was begun. `life` is held open by every process of it, and written by none."""

    process: int
    out: Pipe
    err: Pipe
    notes: Pipe
    life: Pipe
    resume: Pipe
    noted: bytes

    def await_note(self, note: bytes) -> bool:
        """Waits until the build notes something; false where it ended without."""
        with open_process(self.process) as handle:
            until = time.monotonic() + PATIENCE
            while note not in self.noted:
                ready = select.select([self.notes.reads, handle], [], [], max(0.0, until - time.monotonic()))[0]
                self.noted += self.notes.taken()
                if note not in self.noted and (handle in ready or not ready):
                    return False
        return True

    def end(self) -> Outcome:
        """Waits for the build, and for the processes that it left behind."""
        with open_process(self.process) as handle:
            stuck = not select.select([handle], [], [], PATIENCE)[0]
        if stuck:
            os.killpg(self.process, signal.SIGKILL)
        status = os.waitpid(self.process, 0)[1]
        outlived = not select.select([self.life.reads], [], [], GRACE)[0]
        if outlived:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):  # those that it left behind are this process's
            while os.waitpid(-self.process, 0):
                pass
        notes = (self.noted + self.notes.taken()).decode().splitlines()
        staged = next((tuple(note.split()[1:]) for note in notes if note.startswith("changing")), None)
        could_not = next((note.partition(" ")[2] for note in notes if note.startswith("cannot")), "")
        out, err = (pipe.taken().decode("utf-8", "replace") for pipe in (self.out, self.err))
        for pipe in (self.out, self.err, self.notes, self.life, self.resume):
            pipe.close()
        return Outcome(os.waitstatus_to_exitcode(status), out, err, stuck, outlived, staged, could_not)


@contextlib.contextmanager
def open_process(process: int) -> Iterator[int]:
    """A descriptor that can be read when the process has ended."""
    handle = os.pidfd_open(process)
    try:
        yield handle
    finally:
        os.close(handle)
