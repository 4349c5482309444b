"""A complete site takes the old one's place in one step, or nothing changes.

A build has a work folder beside the output folder. It writes the new site there, and only when that
is complete it takes the place of the old one. The work folder has a fixed name and is locked: two
builds cannot disturb each other, and the next build puts right what a broken one left.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from signal import SIG_DFL, SIGINT, SIGTERM, raise_signal, signal
from threading import current_thread, main_thread
from typing import Final

from geo_lv.errors import OutputError
from geo_lv.site.paths import refuse_unsafe
from geo_lv.site.swap import exchange, sync

KEPT: Final = frozenset({"README.md", ".gitignore"})
"""Files of the repository that may stand in the output folder and stay there."""
_NEW: Final = "new"
_OLD: Final = "old"
_STOPS: Final = (SIGINT, SIGTERM)
_BACK: Final = "the previous site is back in its place"


class Workplace:
    """The work folder of one build; only that build writes here and in the output folder."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.folder = out.parent / f".{out.name}.geo-lv"
        self.published = False

    def publish(self, files: Mapping[str, bytes]) -> None:
        """
        Write the site and let it take the place of the previous one.

        Parameters
        ----------
        files
            Path from the site root to content.

        Raises
        ------
        OutputError
            If a path could lie outside the site, or if it cannot be written; the previous site is
            then still there.
        """
        refuse_unsafe(files)
        fresh = self.folder / _NEW
        with self.clearly():
            _write(files, fresh)
            _keep(self.out, fresh)
            _sync_folders(fresh)
            self._swap(fresh)
            sync(self.out.parent)

    def _swap(self, fresh: Path) -> None:
        """Put the new site in its place; if that fails halfway, `put_right` returns the old one."""
        if not self.out.exists():
            fresh.rename(self.out)
        elif not exchange(fresh, self.out):
            self.out.rename(self.folder / _OLD)
            fresh.rename(self.out)
        self.published = True

    def put_right(self) -> bool:
        """
        Put the previous site back if nothing took its place, and remove what else is here.

        Returns
        -------
        back
            Whether the previous site had to be put back.

        Raises
        ------
        OSError
            If the file system refuses.
        """
        back = (self.folder / _OLD).exists() and not self.out.exists()
        if back:
            (self.folder / _OLD).rename(self.out)
        for name in (_NEW, _OLD):
            if (self.folder / name).exists():
                shutil.rmtree(self.folder / name)
        return back

    @contextmanager
    def clearly(self) -> Iterator[None]:
        """
        Say in words why the file system refused, and what stands in the output folder.

        Raises
        ------
        OutputError
            If it did.
        """
        try:
            yield
        except OSError as error:
            reason = (error.strerror or "an error").lower()
            msg = f"{self.out}: expected a folder to write to, found {reason}; {self.state}"
            raise OutputError(msg) from error

    @property
    def state(self) -> str:
        """What stands in the output folder, in words."""
        if self.published:
            return "the new site stands there"
        if not self.out.exists() and (self.folder / _OLD).exists():
            return (
                f"the previous site stands whole in {self.folder / _OLD}: rename that folder to "
                f"{self.out.name}"
            )
        return "the previous site is unchanged"


@contextmanager
def working_on(out: Path, tell: Callable[[str], None]) -> Iterator[Workplace]:
    """
    Keep other builds away from an output folder, and leave nothing beside it.

    Parameters
    ----------
    out
        The output folder; it need not exist.
    tell
        Gets a sentence if an earlier build was broken off and something had to be put right.

    Yields
    ------
    place
        Where to publish.

    Raises
    ------
    OutputError
        If another build is writing there, if the folder cannot be written, or if the user or the
        system stops this build; it says what then stands in the output folder.
    """
    place = Workplace(out.resolve())
    try:
        with ExitStack() as stack:
            with place.clearly():
                stack.enter_context(_parents(place.out.parent))
                was_there = stack.enter_context(_locked(place))
                back = place.put_right()
            if was_there:
                done = _BACK if back else "what it left has been removed"
                tell(f"{out}: an earlier build was broken off; {done}")
            yield place
    except KeyboardInterrupt as stop:
        msg = f"{out}: stopped on request; {place.state}"
        raise OutputError(msg) from stop


@contextmanager
def _parents(folder: Path) -> Iterator[None]:
    """Make the folders above, and take away those that are still empty in the end."""
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        for each in made:
            with suppress(OSError):
                each.rmdir()


@contextmanager
def _locked(place: Workplace) -> Iterator[bool]:
    """Hold the work folder, tell if it was there, and remove it in the end with what is in it."""
    with ExitStack() as last:
        with _undisturbed():
            handle, was_there = _hold(place)
            last.callback(_let_go, place, handle)
        yield was_there


def _let_go(place: Workplace, handle: int) -> None:
    try:
        with _undisturbed(), place.clearly():
            place.put_right()
            place.folder.rmdir()
    finally:
        os.close(handle)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let whoever asks to stop wait until the end of the block, so that nothing is left behind."""
    if current_thread() is not main_thread():  # nobody can ask another thread
        yield
        return
    asked: list[int] = []
    before = {stop: signal(stop, lambda number, _: asked.append(number)) for stop in _STOPS}
    try:
        yield
    finally:
        for stop, handler in before.items():
            signal(stop, handler or SIG_DFL)
        for number in asked[:1]:
            raise_signal(number)


def _hold(place: Workplace) -> tuple[int, bool]:
    """Lock the folder that has the name; the one before us may just have removed its own."""
    while True:
        was_there = not _made(place.folder)
        with suppress(FileNotFoundError):
            handle = os.open(place.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                _lock(handle, place.out)
                if os.path.samestat(os.fstat(handle), place.folder.lstat()):
                    return handle, was_there
            except BaseException:
                os.close(handle)
                raise
            os.close(handle)


def _made(folder: Path) -> bool:
    try:
        folder.mkdir()
    except FileExistsError:
        return False
    return True


def _lock(handle: int, out: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        msg = (
            f"{out}: expected no other build, found one that is writing there; nothing changed: "
            "wait until it is done, or choose another --out"
        )
        raise OutputError(msg) from error
    except OSError:
        return  # some file systems have no locks


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    folder.mkdir()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def _keep(out: Path, fresh: Path) -> None:
    for name in sorted(KEPT):
        if (out / name).is_file():
            shutil.copy2(out / name, fresh / name)


def _sync_folders(fresh: Path) -> None:
    for folder in (fresh, *(path for path in fresh.rglob("*") if path.is_dir())):
        sync(folder)
