"""Who does the tasks: this program one after the other, or the workers of dask.

Always processes, never threads: areas that are prepared for quick tests break when two threads use
them at once.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from geo_lv.country.tasks import Outcome, Task, build_one
from geo_lv.errors import GeoLvError

if TYPE_CHECKING:
    from distributed import Client

MEMORY: Final = "1GB"
"""Of a worker of this machine; one that needs more is stopped, and its task tried again."""
_RETRIES: Final = 2
"""After a fault that is not in the data: a worker that was lost, a full disk, a fault of ours."""
_LOST_WORKERS: Final = 3
"""A task that so many workers did not survive is given up; the others go on."""
_SETTINGS: Final = {
    "distributed.scheduler.allowed-failures": _LOST_WORKERS,
    # a task keeps nothing that could go to disk: a worker that only waits for room waits for ever
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    # one that comes near its limit is replaced
    "distributed.worker.memory.terminate": 0.95,
    # what a task gave back is given back to the system too
    "distributed.nanny.pre-spawn-environ.MALLOC_ARENA_MAX": 1,
}
_WAIT: Final = "15s"


def in_turn(tasks: Sequence[Task]) -> Iterator[Outcome]:
    """
    Do the tasks one after the other in this program.

    Parameters
    ----------
    tasks
        What to do.

    Yields
    ------
    outcome
        One for each task.
    """
    for task in tasks:
        try:
            yield build_one(task)
        except Exception as error:  # noqa: BLE001 - the others must go on; it is told in the end
            yield _failed(task.gm_code, error)


def with_dask(tasks: Sequence[Task], workers: int, scheduler: str = "") -> Iterator[Outcome]:
    """
    Let workers of dask do the tasks; one that is lost is replaced, and its task done by another.

    Parameters
    ----------
    tasks
        What to do.
    workers
        How many processes to start on this machine when there is no scheduler.
    scheduler
        Address of one that runs, as ``tcp://host:8786``; its workers see the same folders.

    Yields
    ------
    outcome
        One for each task, in the order in which they end.

    Raises
    ------
    GeoLvError
        If dask is not installed, or no scheduler answers.
    """
    from distributed import as_completed  # noqa: PLC0415 - an optional dependency

    with _client(workers, scheduler) as client:
        doing = {
            client.submit(build_one, task, pure=False, retries=_RETRIES): task.gm_code
            for task in tasks
        }
        for done in as_completed(list(doing)):
            error = done.exception()
            yield _failed(doing[done], error) if error else done.result()
            done.release()


def require_dask() -> None:
    """
    Refuse to begin without dask.

    Raises
    ------
    GeoLvError
        If it is not installed.
    """
    try:
        import distributed  # noqa: F401, PLC0415 - an optional dependency
    except ImportError as error:
        msg = (
            "--engine dask: expected dask, found none; install it with: pip install 'geo_lv[land]'"
        )
        raise GeoLvError(msg) from error


@contextmanager
def _client(workers: int, scheduler: str) -> Iterator["Client"]:
    import dask  # noqa: PLC0415 - an optional dependency
    from distributed import Client, LocalCluster  # noqa: PLC0415 - as above

    _hush()
    with dask.config.set(_SETTINGS):
        if scheduler:
            with _answering(scheduler) as client:
                yield client
            return
        with (
            LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                memory_limit=MEMORY,
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",
                silence_logs=logging.CRITICAL,
            ) as cluster,
            Client(cluster) as client,
        ):
            yield client


def _hush() -> None:
    """Keep dask from telling of workers that come and go; what goes wrong is an outcome."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)


@contextmanager
def _answering(scheduler: str) -> Iterator["Client"]:
    from distributed import Client  # noqa: PLC0415 - an optional dependency

    try:
        client = Client(scheduler, timeout=_WAIT)
    except (OSError, ValueError) as error:
        msg = (
            f"--scheduler {scheduler}: expected a dask scheduler that answers, found none within "
            f"{_WAIT}; start one with: dask scheduler"
        )
        raise GeoLvError(msg) from error
    with client:
        yield client


def _failed(gm_code: str, error: BaseException) -> Outcome:
    return Outcome(gm_code, f"a fault that is not in the data: {type(error).__name__}: {error}")
