"""Two folders that change places in one step, where the system can do that."""

import ctypes
import errno
import os
from pathlib import Path
from typing import Final

_HERE: Final = -100
"""AT_FDCWD: a path that does not start at an open folder."""
_EXCHANGE: Final = 2
"""RENAME_EXCHANGE of Linux."""
_CANNOT: Final = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM}
"""What a kernel, a file system or a sandbox says that does not have it."""


def exchange(one: Path, other: Path) -> bool:
    """
    Let two folders change places, so that both are there at every moment.

    Parameters
    ----------
    one
        A folder.
    other
        A folder on the same file system.

    Returns
    -------
    done
        False where the system cannot do this; nothing changed then.

    Raises
    ------
    OSError
        If it can but did not, such as on a read-only file system.
    """
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    paths = (_HERE, os.fsencode(one), _HERE, os.fsencode(other))
    if call(*paths, ctypes.c_uint(_EXCHANGE)) == 0:
        return True
    failed = ctypes.get_errno()
    if failed in _CANNOT:
        return False
    raise OSError(failed, os.strerror(failed), str(one))


def sync(path: Path) -> None:
    """Let what a file or folder holds outlive a loss of power."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
