"""Pure work on several cores: the same results in the same order, whatever the number of workers.

Workers are forks of this process, so that they see what it has read without a copy being sent; where a system cannot fork, and
for little work, everything runs here.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

FEW = 200
"""Items that are done sooner than workers are started: a fork costs some 10 ms, an item about 1 ms."""
_CHUNK = 50

_task: Callable[[Any], Any] | None = None


def default_jobs() -> int:
    """One worker a core that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(task: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> Iterator[Result]:
    """`task` of every item, in order. The task must be a function of its item and of what does not change meanwhile; its results
    must be small, for they are sent back."""
    if jobs < 2 or len(items) < FEW or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(task, items)
        return
    chunks = [items[i : i + _CHUNK] for i in range(0, len(items), _CHUNK)]
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork"), initializer=_begin, initargs=(task,)) as pool:
        for results in pool.map(_chunk, chunks):
            yield from results


def _begin(task: Callable[[Any], Any]) -> None:
    global _task  # noqa: PLW0603 - a forked worker has one task for its life, handed over without being pickled
    _task = task


def _chunk(items: Sequence[Any]) -> list[Any]:
    assert _task is not None
    return [_task(item) for item in items]
