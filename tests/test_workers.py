"""Turn what is promised of workers into tests: results in order, the same however many work, memory flat."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.workers import BATCH, FEW, WorkerLost, apart, each, each_unlocked, on_executor, usable_processors


def doubled(number: int) -> int:
    return 2 * number


def worker_of(_: int) -> int:
    return os.getpid()


def refuse_seven(number: int) -> int:
    if number == 7:
        raise ValueError("seven")
    return number


def end_like_the_system_does(_: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class CountingExecutor(Executor):
    """Runs nothing until asked, and counts how many batches were handed out and not yet fetched."""

    def __init__(self) -> None:
        self.under_way = 0
        self.most = 0

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN003, ANN201
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        return _Fetched(self, fn(*args, **kwargs))


class _Fetched(Future[list[int]]):
    def __init__(self, executor: CountingExecutor, value: list[int]) -> None:
        super().__init__()
        self.executor = executor
        self.set_result(value)

    def result(self, timeout: float | None = None) -> list[int]:
        self.executor.under_way -= 1
        return super().result(timeout)


@settings(deadline=None)
@given(st.lists(st.integers(), max_size=3 * BATCH), st.integers(min_value=1, max_value=5))
def test_law_results_come_in_the_order_of_the_items(items: list[int], under_way: int) -> None:
    with ThreadPoolExecutor(2) as executor:
        assert list(on_executor(executor, doubled, items, under_way)) == [2 * item for item in items]


@pytest.mark.parametrize("count", [0, 1, FEW - 1, FEW, FEW + BATCH + 1])
def test_one_process_gives_what_many_give(count: int) -> None:
    expected = [2 * number for number in range(count)]
    assert list(each(doubled, range(count), jobs=1)) == expected
    assert list(each(doubled, range(count), jobs=2)) == expected


def test_few_documents_stay_in_this_process() -> None:
    assert set(each(worker_of, range(FEW - 1), jobs=2)) == {os.getpid()}


def test_many_documents_go_to_other_processes() -> None:
    assert os.getpid() not in set(each(worker_of, range(FEW), jobs=2))


def test_no_more_batches_are_under_way_than_allowed() -> None:
    executor = CountingExecutor()
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for number in range(40 * BATCH):
            taken += 1
            yield number

    results = on_executor(executor, doubled, items(), under_way=3)
    assert next(results) == 0
    assert taken <= 4 * BATCH
    assert len(list(results)) == 40 * BATCH - 1
    assert executor.most == 3


@pytest.mark.parametrize("jobs", [1, 2])
def test_trouble_in_a_worker_reaches_the_caller(jobs: int) -> None:
    with pytest.raises(ValueError, match="seven"):
        list(each(refuse_seven, range(FEW + 1), jobs))


def test_there_is_a_processor_to_use() -> None:
    assert 1 <= usable_processors() <= (os.cpu_count() or 1)


def test_what_is_done_apart_is_done_in_a_process_of_its_own() -> None:
    assert apart(worker_of, 1) != os.getpid()
    with pytest.raises(ValueError, match="seven"):
        apart(refuse_seven, 7)


def test_a_process_that_the_system_ended_is_told_of() -> None:
    with pytest.raises(WorkerLost):
        apart(end_like_the_system_does, 1)


@pytest.mark.parametrize("count", [0, 1, FEW - 1])
@pytest.mark.parametrize("jobs", [0, 1, 3])
def test_few_items_done_by_threads_come_in_order(count: int, jobs: int) -> None:
    assert list(each_unlocked(str, range(count), jobs)) == [str(number) for number in range(count)]


def test_what_a_thread_raises_comes_through() -> None:
    with pytest.raises(ZeroDivisionError):
        list(each_unlocked((1).__truediv__, [1, 0], 2))
