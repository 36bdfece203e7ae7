"""Pure work on several cores: the same results in the same order, whatever the number of workers.

Workers are forks of this process, so that they see what it has read without a copy being sent; where a system cannot fork, and
for little work, everything runs here.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any, TypeVar

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
    must be small, for they are sent back."""
    if jobs < 2 or len(items) < few or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(task, items)
        return
    chunks = [items[start : start + chunk] for start in range(0, len(items), chunk)]
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork"), initializer=_begin, initargs=(task, os.getpid())) as pool:
        # no more is begun than is soon taken, so that results do not pile up
        underway: deque[Future[list[Result]]] = deque()
        for one in chunks:
            underway.append(pool.submit(_chunk, one))
            if len(underway) > _AHEAD * jobs:
                yield from underway.popleft().result()
        while underway:
            yield from underway.popleft().result()


def _begin(task: Callable[[Any], Any], parent: int) -> None:
    global _task  # noqa: PLW0603 - a forked worker has one task for its life, handed over without being pickled
    _task = task
    threading.Thread(target=_outlive, args=(parent,), daemon=True).start()


def _outlive(parent: int) -> None:
    """Ends this worker soon after its parent was killed: it waits for work on a pipe that its siblings hold open too."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _chunk(items: Sequence[Any]) -> list[Any]:
    assert _task is not None
    return [_task(item) for item in items]
