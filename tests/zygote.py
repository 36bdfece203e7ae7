"""Starts processes of the program from one that has imported it: that takes half a second, and tests start hundreds.

Each is a process of its own, with its own output, signals and end, as people start it; only its imports are inherited. What tests of the
start itself need (a wheel, another folder, limits, another interpreter) they start themselves.
"""

from __future__ import annotations

import contextlib
import faulthandler
import io
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any


class Process:
    """A process that the zygote has started, as `subprocess.Popen` would tell of it."""

    def __init__(self, zygote: Zygote, pid: int) -> None:
        self.zygote = zygote
        self.pid = pid

    def poll(self) -> int | None:
        return self.zygote.ended(self.pid)

    def wait(self, timeout: float) -> int:
        until = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired("sitegen", timeout)
            time.sleep(0.005)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class Speaking(Process):
    """One whose output and errors are read from one stream while it runs."""

    def __init__(self, zygote: Zygote, pid: int, output: int) -> None:
        super().__init__(zygote, pid)
        self.stdout = os.fdopen(output, encoding="utf-8", errors="replace")


class Zygote:
    """The process that has imported the program, and a line to it."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.line = ours
        self.codes: dict[int, int] = {}
        # held as long as this process: it ends by itself once the line is closed
        self.process = subprocess.Popen([sys.executable, "-m", "tests.zygote", str(theirs.fileno())], pass_fds=[theirs.fileno()])
        theirs.close()

    def start(self, arguments: Sequence[str], output: int, errors: int, env: Mapping[str, str]) -> int:
        """The number of a process of the program with these arguments, which writes where these lead."""
        asked = json.dumps({"arguments": list(arguments), "folder": os.getcwd(), "environment": dict(env)}).encode()
        socket.send_fds(self.line, [asked], [output, errors])
        while (pid := self.hear().get("pid")) is None:
            pass
        return int(pid)

    def hear(self, *, wait: bool = True) -> dict[str, Any]:
        """The next that it says; nothing where it says nothing yet."""
        try:
            told: dict[str, Any] = json.loads(self.line.recv(1000, 0 if wait else socket.MSG_DONTWAIT))
        except BlockingIOError:
            return {}
        if "ended" in told:
            self.codes[told["ended"]] = told["code"]
        return told

    def ended(self, pid: int) -> int | None:
        while pid not in self.codes and self.hear(wait=False):
            pass
        return self.codes.get(pid)


@cache
def zygote() -> Zygote:
    """That of this process."""
    return Zygote()


def started(arguments: Sequence[str]) -> Speaking:
    """A process of the program with these arguments."""
    read, write = os.pipe()
    pid = zygote().start(arguments, write, write, os.environ)
    os.close(write)
    return Speaking(zygote(), pid, read)


def silent(arguments: Sequence[str]) -> Process:
    """One whose words nobody reads."""
    with open(os.devnull, "wb") as nowhere:
        return Process(zygote(), zygote().start(arguments, nowhere.fileno(), nowhere.fileno(), os.environ))


def ran(
    arguments: Sequence[str | os.PathLike[str]], env: Mapping[str, str] | None = None, timeout: float = 60
) -> subprocess.CompletedProcess[str]:
    """A process of the program that has ended, with what it wrote."""
    plain = [os.fspath(one) for one in arguments]
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = Process(zygote(), zygote().start(plain, output.fileno(), errors.fileno(), os.environ if env is None else env))
        try:
            code = process.wait(timeout)
        finally:
            process.kill()
        return subprocess.CompletedProcess(plain, code, *(os.pread(one.fileno(), 10_000_000, 0).decode() for one in (output, errors)))


def shown(arguments: Sequence[str], env: Mapping[str, str]) -> str:
    """What a process of the program shows at a terminal of its own, at which nobody types."""
    ours, theirs = os.openpty()
    process = Process(zygote(), zygote().start(arguments, theirs, theirs, env))
    os.close(theirs)
    out = b""
    with contextlib.suppress(OSError):  # as a terminal says that nobody writes to it any more
        while part := os.read(ours, 65536):
            out += part
    os.close(ours)
    process.wait(60)
    return out.decode()


def _serve(line: socket.socket) -> None:
    """Forks as it is asked to, and tells of each that ends."""
    for name in ("build", "cli", "cli.site", "serve", "serve.app", "serve.editing", "serve.watch"):
        __import__(f"sitegen.{name}")
    __import__("uvicorn")
    woken, wake = socket.socketpair()
    wake.setblocking(False)
    signal.set_wakeup_fd(wake.fileno())
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's is for the tests
    with selectors.DefaultSelector() as selector:
        selector.register(line, selectors.EVENT_READ)
        selector.register(woken, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fileobj is woken:
                    woken.recv(1000)
                    _reap(line)
                    continue
                data, descriptors, *_ = socket.recv_fds(line, 1_000_000, 2)
                if not data:
                    return
                pid = os.fork()
                if not pid:
                    selector.close()
                    _become(json.loads(data), descriptors, [line, woken, wake])
                for one in descriptors:
                    os.close(one)
                line.send(json.dumps({"pid": pid}).encode())


def _reap(line: socket.socket) -> None:
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            line.send(json.dumps({"ended": pid, "code": os.waitstatus_to_exitcode(status)}).encode())


def _become(asked: Mapping[str, Any], written: Sequence[int], inherited: Sequence[socket.socket]) -> None:
    """Runs the program, and ends."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for one in inherited:
        one.close()
    for number, file in enumerate(written, 1):
        os.dup2(file, number)
        os.close(file)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(asked["folder"])
    sys.argv = ["sitegen", *asked["arguments"]]
    faulthandler.enable()  # a library that fails takes the process with it: it is to say where
    assert isinstance(sys.stdout, io.TextIOWrapper)
    sys.stdout.reconfigure(line_buffering=True)
    code = 1
    try:
        from sitegen.cli import main

        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:  # noqa: BLE001  # what an interpreter would print
        sys.excepthook(*sys.exc_info())
    finally:
        with contextlib.suppress(OSError):
            sys.stdout.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
