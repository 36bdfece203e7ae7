"""Pure work on several cores: the same results in the same order, whatever the number of workers.

Workers are forks of this process, so that they see what it has read without a copy being sent; where a system cannot fork, and
for little work, everything runs here.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from sitegen.model.problem import Fault

Item = TypeVar("Item")
Result = TypeVar("Result")

FEW = 200
"""Items of about 1 ms that are done sooner than workers are started: a fork costs some 10 ms."""
CHUNK = 50
"""Items handed over at once."""

_AHEAD = 3
"""Chunks a worker that may wait to be done or to be taken."""

_task: Callable[[Any], Any] | None = None


Progress = Callable[[str, int, int], None]
"""Told of a long piece of work: what it is, how many items are done, of how many."""


def silent(what: str, done: int, total: int) -> None:
    """The progress that nobody watches."""


def default_jobs() -> int:
    """One worker a core that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(task: Callable[[Item], Result], items: Sequence[Item], jobs: int, *, few: int = FEW, chunk: int = CHUNK) -> Iterator[Result]:
    """`task` of every item, in order. The task must be a function of its item and of what does not change meanwhile; its results
    must be small, for they are sent back. Raises Fault where a worker is killed."""
    if jobs < 2 or len(items) < few or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(task, items)
        return
    chunks = [items[start : start + chunk] for start in range(0, len(items), chunk)]
    ends = os.pipe()
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("fork"), initializer=_begin, initargs=(task, *ends))
    try:
        # no more is begun than is soon taken, so that results do not pile up
        underway: deque[Future[list[Result]]] = deque()
        for one in chunks:
            with _undisturbed() if not underway else contextlib.nullcontext():  # the first of them forks all workers
                underway.append(pool.submit(_chunk, one))
            if len(underway) > _AHEAD * jobs:
                yield from underway.popleft().result()
        while underway:
            yield from underway.popleft().result()
    except BrokenProcessPool as error:
        raise Fault("a worker process was ended from outside; if the machine has too little memory, try `--jobs 1`") from error
    finally:
        for end in ends:  # whatever the workers are at, they end now: each waits at the other end
            os.close(end)
        pool.shutdown(cancel_futures=True)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """What is forked here is not told of Ctrl-C: it ends with its parent, without a word."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(task: Callable[[Any], Any], reading: int, writing: int) -> None:
    global _task  # noqa: PLW0603 - a forked worker has one task for its life, handed over without being pickled
    _task = task
    os.close(writing)
    threading.Thread(target=_outlive, args=(reading,), daemon=True).start()


def _outlive(reading: int) -> None:
    """Ends this worker with its parent, however that ends: nobody ever writes into the pipe, so it can be read when its other end is
    closed."""
    os.read(reading, 1)
    os._exit(1)


def _chunk(items: Sequence[Any]) -> list[Any]:
    assert _task is not None
    return [_task(item) for item in items]
