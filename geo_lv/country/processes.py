"""
Work spread over processes of this machine, each of which gets what it works with once.

Never over threads: an area that is prepared for quick tests breaks when two use it at once. A
process is not a copy of this one, as pyarrow has threads of its own, which do not survive that.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import forkserver, get_context
from typing import Any, TypeVar, cast

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
        Number of processes; with one, this process does the work.

    Yields
    ------
    result
        One per item, in the same order.

    Raises
    ------
    GeoLvError
        If a process was ended by the system.
    """
    if workers == 1:
        yield from map(work, items)
        return
    with ProcessPoolExecutor(workers, get_context("forkserver"), _take, (work,)) as pool:
        try:
            yield from cast("Iterator[Result]", pool.map(_do, items))
        except BrokenProcessPool as error:
            msg = "a worker process was ended, most likely for want of memory: use fewer workers"
            raise GeoLvError(msg) from error


def _take(work: Callable[[Any], Any]) -> None:
    _work[:] = [work]


def _do(item: object) -> object:
    return _work[0](item)
