"""The output folder: a complete site takes the old one's place in one step, or nothing changes.

A new folder is written beside the old one; only when it is complete does it take the old one's
place, so a half-built site never replaces a good one.
"""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from geo_lv.errors import OutputError
from geo_lv.site.manifest import made_before

KEPT: Final = frozenset({"README.md", ".gitignore"})
"""Files of the repository that may stand in the output folder and stay there."""


def refuse_foreign(out: Path) -> None:
    """
    Refuse an output folder that holds anything that geo_lv did not make.

    Parameters
    ----------
    out
        The output folder; it need not exist.

    Raises
    ------
    OutputError
        If it is a file, or a folder with other people's files.
    """
    if not out.exists():
        return
    if not out.is_dir():
        msg = f"{out}: expected a folder, found a file; choose another --out"
        raise OutputError(msg)
    present = {path.relative_to(out).as_posix() for path in out.rglob("*") if not path.is_dir()}
    others = sorted(present - KEPT - made_before(out))
    if others:
        msg = (
            f"{out}: expected an empty folder or an earlier site, found {others[0]!r}"
            f"{' and more' if len(others) > 1 else ''}; choose another --out or empty the folder"
        )
        raise OutputError(msg)


def refuse_other(files: Mapping[str, bytes], out: Path) -> None:
    """
    Refuse to replace an archive by another one: what was kept stays as it was.

    Parameters
    ----------
    files
        Path from the site root to content.
    out
        The output folder; an archive with the very same files may be written again.

    Raises
    ------
    OutputError
        If it holds an archive that differs, with a file that does.
    """
    kept = made_before(out)
    other = sorted(
        path
        for path in kept | (files.keys() if kept else set())
        if not (out / path).is_file() or files.get(path) != (out / path).read_bytes()
    )
    if other:
        msg = (
            f"{out}: expected an empty folder or the same archive, found another one, in which "
            f"{other[0]!r} differs; an archive is never replaced: choose another --out"
        )
        raise OutputError(msg)


def publish(files: Mapping[str, bytes], out: Path) -> None:
    """
    Write the site and let it take the place of the previous one.

    Parameters
    ----------
    files
        Path from the site root to content.
    out
        The output folder.

    Raises
    ------
    OutputError
        If it cannot be written; the previous site is then still there.
    """
    try:
        out = out.resolve()
        out.parent.mkdir(parents=True, exist_ok=True)
        workplace = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
        try:
            _write(files, workplace / "new")
            _keep(out, workplace / "new")
            _swap(workplace / "new", out, workplace / "old")
        finally:
            _clear(workplace, out)
    except OSError as error:
        reason = (error.strerror or "an error").lower()
        msg = (
            f"{out}: expected a folder to write to, found {reason}; the previous site is unchanged"
        )
        raise OutputError(msg) from error


def _clear(workplace: Path, out: Path) -> None:
    """Remove the work folder, unless it holds the only copy of the previous site."""
    if (workplace / "old").exists() and not out.exists():
        msg = (
            f"{out}: expected to put the previous site back, found no way to; it stands whole in "
            f"{workplace / 'old'}: rename that folder to {out.name}"
        )
        raise OutputError(msg)
    shutil.rmtree(workplace)


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _keep(out: Path, fresh: Path) -> None:
    for name in sorted(KEPT):
        if (out / name).is_file():
            shutil.copy2(out / name, fresh / name)


def _swap(fresh: Path, out: Path, old: Path) -> None:
    """Put `fresh` in the place of `out`; if that fails halfway, put the old folder back."""
    if not out.exists():
        fresh.rename(out)
        return
    out.rename(old)
    try:
        fresh.rename(out)
    except BaseException:  # an interrupt too must not leave the folder empty
        old.rename(out)
        raise
