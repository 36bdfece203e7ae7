"""Types of values are made ready once, whatever threads there are: else the library that decodes them ends the process."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import REPOSITORY

RACE = """
import sys, threading, msgspec
from sitegen.model.prepared import prepared
sys.setswitchinterval(1e-6)
ready = (lambda one: one) if sys.argv[1] == "unprepared" else prepared
ROW = {f"f{k}": k for k in range(30)}
INNER, OUTER = msgspec.msgpack.encode(ROW), msgspec.msgpack.encode({"a": ROW, "b": [ROW]})

def work(barrier, type_, data):
    barrier.wait()
    decoder = msgspec.msgpack.Decoder(ready(type_))
    for _ in range(3):
        decoder.decode(data)

for number in range(int(sys.argv[2])):
    inner = msgspec.defstruct(f"I{number}", [(f"f{k}", "int | None", None) for k in range(30)], frozen=True)
    outer = msgspec.defstruct(f"O{number}", [("a", inner), ("b", tuple[inner, ...])], frozen=True)
    barrier = threading.Barrier(3)
    threads = [threading.Thread(target=work, args=(barrier, *one)) for one in ((inner, INNER), (outer, OUTER), (outer, OUTER))]
    [one.start() for one in threads]
    [one.join() for one in threads]
"""


def race(way: str, rounds: int) -> int:
    return subprocess.run([sys.executable, "-c", RACE, way, str(rounds)], cwd=REPOSITORY, capture_output=True, check=False).returncode


@pytest.mark.soak
def test_threads_that_meet_a_type_at_once_do_no_harm() -> None:
    assert race("prepared", 300) == 0


@pytest.mark.soak
def test_the_library_needs_it_still() -> None:
    """Where this fails, the library has been mended, and `model.prepared` may go."""
    assert race("unprepared", 3000) < 0


FORK = """
import os, sys, threading, time
from sitegen.model import prepared as room
with room._LOCK:  # another thread makes a type ready
    thread = threading.Thread(target=lambda: os._exit(os.waitstatus_to_exitcode(os.waitpid(child(), 0)[1])), daemon=True)
    def child():
        pid = os.fork()
        if not pid:
            room.prepared(int)
            os._exit(0)
        return pid
    thread.start()
    time.sleep(0.3)
thread.join(20)
sys.exit("a worker waits for ever")
"""


def test_a_worker_is_begun_between_two_types() -> None:
    """A fork has no other thread, which could let go of what it holds."""
    done = subprocess.run([sys.executable, "-c", FORK], cwd=REPOSITORY, capture_output=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
