"""Begins builds in processes of their own and tells how they end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Self

import msgspec

from tests.torture.spec import Outcome, Reply, Request, Spec

REPOSITORY = Path(__file__).parent.parent.parent


class Builds:
    """The other side of `child.py`."""

    def __init__(self) -> None:
        self.wire, theirs = socket.socketpair()
        command = [sys.executable, "-m", "tests.torture.child", str(theirs.fileno())]
        env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
        self.process = subprocess.Popen(command, cwd=REPOSITORY, env=env, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        theirs.close()
        self.replies = self.wire.makefile("rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.replies.close()
        self.wire.close()
        self.process.wait()

    def ask(self, request: Request) -> Reply:
        self.wire.sendall(msgspec.json.encode(request) + b"\n")
        return msgspec.json.decode(self.replies.readline(), type=Reply)

    def begin(self, spec: Spec) -> int:
        """Begins a build; gives its process, which is the first of a group of its own."""
        return self.ask(Request("begin", spec)).process

    def paused(self, process: int) -> bool:
        """Waits until a build is at the moment where it pauses; false where it ended before."""
        return self.ask(Request("paused", process=process)).paused

    def resume(self, process: int) -> None:
        self.ask(Request("resume", process=process))

    def end(self, process: int) -> Outcome:
        """Waits until a build has ended, and what it left behind."""
        outcome = self.ask(Request("end", process=process)).outcome
        assert outcome is not None
        return outcome

    def run(self, spec: Spec) -> Outcome:
        return self.end(self.begin(spec))


def send(process: int, what: signal.Signals, *, to_all: bool = False) -> None:
    """Sends a signal to a build that was not waited for yet, or to its whole group."""
    (os.killpg if to_all else os.kill)(process, what)
