"""The process that builds are forked from: it has imported the program, so that a build costs a fork, and is a whole interpreter
with nothing of the test in it, so that a build ends as one from a shell does. `builds.py` speaks to it over a socket."""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import runpy
import signal
import socket
import sys
import tempfile
import threading
from pathlib import Path
from typing import NoReturn

import msgspec

from tests.torture import archive, disks
from tests.torture.running import Pipe, Running
from tests.torture.spec import Reply, Request, Spec
from tests.torture.watch import Watch


class Nursery:
    """The builds that were begun and have not ended."""

    def __init__(self, wire: socket.socket) -> None:
        self.wire = wire
        self.running: dict[int, Running] = {}

    def serve(self) -> tuple[Spec, Running] | None:
        """Answers until the other side is gone. Comes back in the fork too, with what it is to build."""
        with self.wire.makefile("rb") as requests:
            for line in requests:
                request = msgspec.json.decode(line, type=Request)
                if request.do == "begin":
                    assert request.spec is not None
                    one = self.begin()
                    if not one.process:
                        return request.spec, one
                    one.await_note(b"ready")
                    self.reply(Reply(one.process))
                    continue
                one = self.running[request.process]
                match request.do:
                    case "paused":
                        self.reply(Reply(paused=one.await_note(b"paused")))
                    case "resume":
                        os.write(one.resume.writes, b".")
                        self.reply(Reply())
                    case _:
                        self.reply(Reply(outcome=self.running.pop(request.process).end()))
        return None

    def begin(self) -> Running:
        """Forks; `process` is 0 in the fork."""
        out, err, notes, life, resume = (Pipe() for _ in range(5))
        process = os.fork()
        one = Running(process, out, err, notes, life, resume, b"")
        if process:
            self.running[process] = one
            for pipe in (one.out, one.err, one.notes, one.life):
                pipe.close(reads=False)
            one.resume.close(writes=False)
        else:
            self.wire.close()
            for other in self.running.values():
                for pipe in (other.out, other.err, other.notes, other.life, other.resume):
                    pipe.close()
        return one

    def reply(self, reply: Reply) -> None:
        self.wire.sendall(msgspec.json.encode(reply) + b"\n")


def build(spec: Spec, one: Running) -> NoReturn:
    """The build itself, in its fork: as `python -m sitegen build` does it."""
    os.setsid()
    for pipe, number in ((one.out, 1), (one.err, 2)):
        os.dup2(pipe.writes, number)
        pipe.close()
    one.notes.close(writes=False)
    one.life.close(writes=False)
    one.resume.close(reads=False)
    os.set_blocking(one.resume.reads, True)
    os.environ["SOURCE_DATE_EPOCH"] = spec.day
    if spec.mount is not None:
        try:
            disks.mounted(spec.root, spec.mount)
        except OSError as error:
            os.write(one.notes.writes, f"cannot {error}\n".encode())
            sys.exit(0)
    if spec.is_watched:
        sys.addaudithook(Watch(spec, one.notes.writes, one.resume.reads))
    else:
        os.write(one.notes.writes, b"ready\n")
    sys.argv = ["sitegen", "build", "--source", spec.root, *spec.arguments]
    try:
        runpy.run_module("sitegen", run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interpreter that takes itself apart is no part of the program
        if spec.limits or not isinstance(ended.code, int):
            raise
        # all that an interpreter does at its end but taking itself apart, which takes as long as a build
        threading._shutdown()  # type: ignore[attr-defined]  # it waits for executors, and has no other name
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ended.code)
    sys.exit(0)


def small() -> None:
    """Makes a small archive do what a large one does: several boxes, little room, workers for a dozen pages."""
    from sitegen import workers
    from sitegen.archive import boxes
    from sitegen.survey import planning

    boxes.BOX, planning.AT_ONCE = 2, 1500
    defaults = workers.each.__kwdefaults__
    assert defaults is not None
    assert defaults.keys() == {"few", "chunk"}
    defaults.update(few=8, chunk=4)


def warm() -> None:
    """Builds the archive here with each of its themes, so that all is imported that a build needs, and Jinja has read what takes it long."""
    sys.argv = ["sitegen", "build", "--jobs", "1"]
    for state in archive.themed():
        with tempfile.TemporaryDirectory(prefix="sitegen-warm-") as folder:
            archive.lay(Path(folder), {}, state)
            with (
                contextlib.chdir(folder),
                contextlib.redirect_stdout(None),
                contextlib.redirect_stderr(None),
                contextlib.suppress(SystemExit),
            ):
                runpy.run_module("sitegen", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    wire = socket.socket(fileno=int(sys.argv[1]))
    small()
    warm()
    disks.adopt()
    gc.collect()
    gc.freeze()  # so that a fork does not copy what it only looks through
    begun = Nursery(wire).serve()
    if begun is not None:
        build(*begun)
