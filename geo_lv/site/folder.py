"""What may stand in the output folder before a build."""

from collections.abc import Callable, Mapping
from pathlib import Path

from geo_lv.errors import OutputError
from geo_lv.schema import Edition
from geo_lv.site.manifest import edition_of, made_before
from geo_lv.site.workplace import KEPT


def refuse_foreign(out: Path, ours: Callable[[str], bool] = KEPT.__contains__) -> None:
    """
    Refuse an output folder that holds anything that geo_lv did not make.

    Parameters
    ----------
    out
        The output folder; it need not exist.
    ours
        Tells of a path from that folder whether it may stand there though no account names it.

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
    others = sorted(path for path in present - made_before(out) if not ours(path))
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


def refuse_mixing(out: Path, edition: Edition) -> None:
    """
    Refuse an output folder that is, or lies in, a site of the other edition.

    Who uploads a folder uploads all that is in it. A site inside this folder need not be looked
    for: its files are not of an earlier site here, so `refuse_foreign` refuses them.

    Parameters
    ----------
    out
        The output folder; it need not exist.
    edition
        What is to be built there.

    Raises
    ------
    OutputError
        If what is for everybody and what is for the parties only would stand in one folder.
    """
    whole = out.resolve()
    for folder in (whole, *whole.parents):
        found = edition_of(folder)
        if found and found != edition:
            msg = (
                f"{out}: expected a folder apart from any site of another edition, found a site of "
                f"the edition {found} in {folder}; choose another --out, as who uploads that "
                "folder would take both along"
            )
            raise OutputError(msg)
