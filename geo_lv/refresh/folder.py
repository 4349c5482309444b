"""A data folder that changes in one step, however many files: completely old or completely new.

What is new is written beside, in a folder that no one reads. Giving that folder the name of a
complete refresh is the step; after it each file is moved to its place. Whoever opens a data folder
first moves what is left to move, so a refresh that was broken off is never seen half.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from geo_lv.errors import OutputError
from geo_lv.inputs import REFRESHING, REPORTS

COMMITTED: Final = REFRESHING
NEW: Final = f"{REFRESHING}.new"
CHECKED: Final = f"{REFRESHING}.check"

Step = Callable[[str], None]
"""Called with the name of each step that is done; for tests, which stop there."""


def _on(_: str) -> None:
    """Go on."""


def finish(data: Path, step: Step = _on) -> None:
    """
    Complete a refresh that was broken off, or remove what it left if it was not complete.

    Parameters
    ----------
    data
        The data folder; nothing is written if there is nothing to do.
    step
        Called after each step.

    Raises
    ------
    OutputError
        If that cannot be done.
    """
    if any((data / name).exists() for name in (COMMITTED, NEW, CHECKED)):
        with _failing_clearly(data), _locked(data, fcntl.LOCK_EX):
            _finish(data, step)


@contextmanager
def opened(data: Path, *, writing: bool = False) -> Iterator[Path]:
    """
    Keep a refresh away from a data folder that is being read.

    Parameters
    ----------
    data
        The data folder; a refresh that was broken off is completed first.
    writing
        Whether it is also written to, which keeps readers away too.

    Yields
    ------
    data
        The same folder.
    """
    finish(data)
    with _locked(data, fcntl.LOCK_EX if writing else fcntl.LOCK_SH):
        yield data


def commit(
    data: Path,
    files: Mapping[str, bytes],
    check: Callable[[Path], object] | None = None,
    step: Step = _on,
) -> None:
    """
    Let files of a data folder hold something else, all in one step.

    Parameters
    ----------
    data
        The data folder.
    files
        Path in it to content; new folders are made.
    check
        Called with a folder that is as the data folder will be; what it raises stops all.
    step
        Called after each step.

    Raises
    ------
    OutputError
        If a file cannot be written; the folder is then completely as it was, or will be completely
        new for whoever opens it next.
    """
    with _failing_clearly(data), _locked(data, fcntl.LOCK_EX):
        _finish(data, step)
        try:
            _write(data / NEW, files)
            step("written")
            if check is not None:
                _overlay(data, files)
                check(data / CHECKED)
                step("checked")
                shutil.rmtree(data / CHECKED)
        except BaseException:
            _discard(data)
            raise
        (data / NEW).rename(data / COMMITTED)
        _sync(data)
        step("committed")
        _finish(data, step)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    for each in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        _sync(each)


def _overlay(data: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder as the data folder will be, of links to the files."""
    whole = {name: data / name for name in _held(data)} | {
        name: data / NEW / name for name in files
    }
    for name, target in whole.items():
        link = data / CHECKED / name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(target.absolute())


def _held(data: Path) -> Iterator[str]:
    """Yield the paths of all files that a build may read."""
    for path in data.rglob("*"):
        name = path.relative_to(data).as_posix()
        if path.is_file() and not name.startswith((REFRESHING, REPORTS)):
            yield name


def _finish(data: Path, step: Step) -> None:
    _discard(data)
    ready = data / COMMITTED
    if not ready.is_dir():
        return
    for path in sorted(ready.rglob("*")):
        if path.is_file():
            place = data / path.relative_to(ready)
            place.parent.mkdir(parents=True, exist_ok=True)
            path.replace(place)
            _sync(place.parent)
            step(f"moved {place.name}")
    shutil.rmtree(ready)
    step("finished")


def _discard(data: Path) -> None:
    """Remove what was never complete."""
    for name in (CHECKED, NEW):
        if (data / name).exists():
            shutil.rmtree(data / name)


def _sync(folder: Path) -> None:
    """Let what a folder holds outlive a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _locked(data: Path, kind: int) -> Iterator[None]:
    try:
        handle = os.open(data, os.O_RDONLY)
    except OSError:
        yield  # there is no folder: who reads it says so
        return
    try:
        with suppress(OSError):  # some file systems have no locks
            fcntl.flock(handle, kind)
        yield
    finally:
        os.close(handle)


@contextmanager
def _failing_clearly(data: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = (error.strerror or "an error").lower()
        msg = f"{data}: cannot be refreshed ({why}); no file is half replaced"
        raise OutputError(msg) from error
