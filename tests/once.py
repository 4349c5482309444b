"""What takes long is made once in a run, by the first worker that needs it; all others read it."""

import fcntl
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Once:
    """Files and folders that all workers of a run share; tests only read them."""

    folder: Path

    def __call__(self, name: str, make: Callable[[Path], object]) -> Path:
        """
        Return a file or folder of this name; the first who asks makes it, the others wait.

        Whoever fails leaves nothing, and the next one tries again.
        """
        there, unfinished = self.folder / name, self.folder / f"{name}.unfinished"
        with (self.folder / f"{name}.lock").open("w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not there.exists():
                shutil.rmtree(unfinished, ignore_errors=True)
                make(unfinished)
                unfinished.rename(there)
        return there
