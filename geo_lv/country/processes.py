"""
Work shared by processes of this machine, of which this is one.

This one has at hand what it works with, the others each get it once, so it takes part.
Never over threads: an area that is prepared for quick tests breaks when two use it at once. A
process is not a copy of this one, as pyarrow has threads of its own, which do not survive that.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import forkserver, get_context
from typing import Any, TypeVar

from geo_lv.errors import GeoLvError

Item = TypeVar("Item")
Result = TypeVar("Result")

_work: list[Callable[[Any], Any]] = []
"""In a worker process: what it does, once it was told."""


def warm_up(module: str) -> None:
    """
    Let a process load a module beforehand, while this one does something else.

    Parameters
    ----------
    module
        The one in which the work is defined. Worker processes branch off after it is loaded.
    """
    get_context("forkserver").set_forkserver_preload([module])
    forkserver.ensure_running()


def in_processes(
    work: Callable[[Item], Result], items: Iterable[Item], workers: int
) -> Iterator[Result]:
    """
    Do the same work on each of many items.

    Parameters
    ----------
    work
        A function of a module, or `functools.partial` of one with what it works with.
    items
        What to give to each call.
    workers
        Number of processes, this one included.

    Yields
    ------
    result
        One per item, in the order in which they are done.

    Raises
    ------
    GeoLvError
        If a process was ended by the system.
    """
    if workers <= 1:
        yield from map(work, items)
        return
    pool = ProcessPoolExecutor(workers - 1, get_context("forkserver"), _take, (work,))
    try:
        yield from _shared(pool, work, deque(items), 2 * (workers - 1))
    except BrokenProcessPool as error:
        msg = "a worker process was ended, most likely for want of memory: use fewer workers"
        raise GeoLvError(msg) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _shared(
    pool: ProcessPoolExecutor, work: Callable[[Item], Result], items: deque[Item], ahead: int
) -> Iterator[Result]:
    """Keep the other processes `ahead` items ahead, and do one here as long as there are more."""
    given: set[Future[Any]] = set()
    while items or given:
        while items and len(given) < ahead:
            given.add(pool.submit(_do, items.popleft()))
        if items:
            yield work(items.popleft())
            done = {future for future in given if future.done()}
        else:
            done = wait(given, return_when=FIRST_COMPLETED).done
        given -= done
        yield from (future.result() for future in done)


def _take(work: Callable[[Any], Any]) -> None:
    _work[:] = [work]


def _do(item: object) -> object:
    return _work[0](item)
