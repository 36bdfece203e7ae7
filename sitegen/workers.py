"""Pure work on several cores: the same results in the same order, whatever the number of workers.

Workers are forks of this process, so that they see what it has read without a copy being sent; where a system cannot fork, and
for little work, everything runs here. They are plain processes and pipes, without a thread on either side: where the machine gives no
thread any more, an executor's manager neither works nor ends.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from sitegen.model.problem import Fault

Item = TypeVar("Item")
Result = TypeVar("Result")

FEW = 200
"""Items of about 1 ms that are done sooner than workers are started: a fork costs some 10 ms."""
CHUNK = 50
"""Items handed over at once."""

_AHEAD = 3
"""Chunks a worker that may wait to be taken."""
_WAITING = 2
"""Chunks that a worker has: one at work, one at hand."""

Progress = Callable[[str, int, int], None]
"""Told of a long piece of work: what it is, how many items are done, of how many."""


def silent(what: str, done: int, total: int) -> None:
    """The progress that nobody watches."""


def default_jobs() -> int:
    """One worker a core that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(task: Callable[[Item], Result], items: Sequence[Item], jobs: int, *, few: int = FEW, chunk: int = CHUNK) -> Iterator[Result]:
    """`task` of every item, in order. The task must be a function of its item and of what does not change meanwhile; items and results
    must be small, for they are sent. Raises Fault where a worker is killed."""
    if jobs < 2 or len(items) < few or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(task, items)
        return
    chunks = [items[start : start + chunk] for start in range(0, len(items), chunk)]
    with _crew(task, min(jobs, len(chunks))) as crew:
        given = taken = 0
        load = dict.fromkeys(crew, 0)
        ready: dict[int, Any] = {}
        while taken < len(chunks):
            # no more is begun than is soon taken, so that results do not pile up
            for most in range(1, _WAITING + 1):  # nobody has a second before each has one
                for worker in crew:
                    if load[worker] < most and given < min(len(chunks), taken + _AHEAD * jobs):
                        _hand(worker, (given, chunks[given]))
                        load[worker] += 1
                        given += 1
            while taken not in ready:
                for said in wait(crew):
                    assert isinstance(said, Connection)
                    number, results = _receive(said)
                    load[said] -= 1
                    ready[number] = results
            yield from ready.pop(taken)
            taken += 1


def _hand(worker: Connection, message: Any) -> None:
    with _told():
        worker.send(message)


def _receive(worker: Connection) -> tuple[int, Any]:
    """The number of a chunk and its results; what a task raised is raised here."""
    with _told():
        number, results, error = worker.recv()
    if error is not None:
        raise error
    return number, results


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (EOFError, BrokenPipeError, ConnectionResetError) as error:
        raise Fault("a worker process was ended from outside; if the machine has too little memory, try `--jobs 1`") from error


@contextlib.contextmanager
def _crew(task: Callable[[Any], Any], size: int) -> Iterator[list[Connection]]:
    """So many workers, each by the connection to it. They end with this process, however that ends, and with this context."""
    crew: list[Connection] = []
    processes = []
    held: list[int] = []
    """The ends that keep the workers alive, one each: who is told of the other end's closing belongs to the pipe, and is one process."""
    # what is forked here is not told of Ctrl-C: it ends with its parent, without a word
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        try:
            for _ in range(size):
                ours, theirs = multiprocessing.Pipe()
                crew.append(ours)
                lifeline, ending = os.pipe()
                held.append(ending)
                process = multiprocessing.get_context("fork").Process(target=_work, args=(task, theirs, crew, lifeline, held), daemon=True)
                with contextlib.closing(theirs):
                    try:
                        process.start()
                    finally:
                        os.close(lifeline)
                processes.append(process)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        yield crew
    finally:
        for ending in held:  # whatever the workers are at, they end now
            os.close(ending)
        for connection in crew:
            connection.close()
        for process in processes:
            process.join()


def _work(task: Callable[[Any], Any], orders: Connection, crew: Sequence[Connection], lifeline: int, held: Sequence[int]) -> None:
    """What a worker does for its life. It ends without a word, by whatever it is ended: its parent notices, and says what is to be said."""
    with contextlib.suppress(BaseException):
        for ending in held:  # they are the parent's, as the connections are: while one is open, nobody learns of its end
            os.close(ending)
        for connection in crew:
            connection.close()
        _end_with(lifeline)
        while True:
            number, items = orders.recv()
            results, error = None, None
            try:
                results = [task(item) for item in items]
            except Exception as raised:  # noqa: BLE001 - whatever it is, it is raised in the parent
                raised.add_note("".join(traceback.format_exception(raised)))
                error = raised
            orders.send((number, results, error))
    os._exit(1)


def _end_with(lifeline: int) -> None:
    """Ends this process as soon as the other end of the pipe is closed everywhere, in the midst of whatever it does. Nobody ever writes
    into it, so that all it can tell of is its end; and the signal for that ends a process that does not expect it."""
    import fcntl

    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
