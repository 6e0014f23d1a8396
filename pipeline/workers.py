"""Turn a function over documents into results in order, in this process or on many.

A document is the unit of work, so the same stage runs in process, on a pool of processes, or on a cluster: whatever
offers `concurrent.futures.Executor`. The pool spawns (Saxon aborts in threads and must not be forked), so the function
and its arguments have to be importable and picklable.
"""

from __future__ import annotations

import collections
import gc
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

BATCH = 16
"""Documents handed to a worker at once: large enough that handing over costs little, small enough to balance."""

FEW = 24
"""Fewer documents than this are done sooner in this process than a pool starts."""


ALLOCATED = 20_000
"""Objects that a worker makes before it looks for cycles among them: documents are values and hardly form any."""


def usable_processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(function: Callable[[Item], Result], items: Iterable[Item], jobs: int = 0) -> Iterator[Result]:
    """Yield the function's result for each item, in order; `jobs` 0 means all processors, 1 means in this process.

    No more than a few batches are under way at once, so memory stays flat however many items there are.
    """
    jobs = jobs or usable_processors()
    iterator = iter(items)
    first = list(islice(iterator, FEW))
    if jobs == 1 or len(first) < FEW:
        yield from map(function, first)
        yield from map(function, iterator)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_collect_seldom) as executor:
        yield from on_executor(executor, function, _chain(first, iterator), under_way=3 * jobs)


def each_unlocked(function: Callable[[Item], Result], items: Sequence[Item], jobs: int = 0) -> Iterator[Result]:
    """Yield the same where the function's engine leaves Python's lock while it works, and may be used by threads.

    Few items are done by threads of this process, which is sooner than a pool starts.
    """
    if len(items) >= FEW:
        yield from each(function, items, jobs)
    else:
        with ThreadPoolExecutor(jobs or usable_processors()) as threads:
            yield from threads.map(function, items)


class WorkerLost(Exception):
    """The system ended a worker: nearly always for lack of memory."""


def apart(function: Callable[[Item], Result], item: Item) -> Result:
    """Return the function's result from a process of its own, so that all memory which it took is given back.

    Raise `WorkerLost` where the system ended that process; whatever the function raises comes through.
    """
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as executor:
        try:
            return executor.submit(function, item).result()
        except BrokenProcessPool as error:
            raise WorkerLost from error


def on_executor(
    executor: Executor, function: Callable[[Item], Result], items: Iterable[Item], under_way: int
) -> Iterator[Result]:
    """Yield results in order from any executor, with at most `under_way` batches handed out at once."""
    iterator = iter(items)
    pending: collections.deque[Future[list[Result]]] = collections.deque()
    while True:
        while len(pending) < under_way and (batch := list(islice(iterator, BATCH))):
            pending.append(executor.submit(_run, function, batch))
        if not pending:
            return
        yield from pending.popleft().result()


def _collect_seldom() -> None:
    """Let a worker look for cycles seldom, and never among what it has imported."""
    gc.freeze()
    gc.set_threshold(ALLOCATED, 20, 100)


def _run(function: Callable[[Item], Result], batch: list[Item]) -> list[Result]:
    return [function(item) for item in batch]


def _chain(first: list[Item], rest: Iterator[Item]) -> Iterator[Item]:
    yield from first
    yield from rest
