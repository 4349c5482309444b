"""The one place where the paths of a site are checked, before anything is written."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from geo_lv.codes import DEVICES
from geo_lv.errors import OutputError, shorten

_PART: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}(?<!\.)")
"""One part of a path: what every file system and every web server takes as it is."""
_LONGEST: Final = 200


def refuse_unsafe(paths: Iterable[str]) -> None:
    """
    Refuse paths that could lie outside the site, or that some file system would not keep apart.

    Parameters
    ----------
    paths
        From the site root, with forward slashes.

    Raises
    ------
    OutputError
        With every path that is no plain name in a folder, or that is there twice.
    """
    known = list(paths)
    wrong = [path for path in known if not _plain(path)] or _colliding(known)
    if wrong:
        msg = (
            "expected paths of letters, digits, '.', '-' and '_' that differ in more than capitals,"
            f" found {', '.join(map(shorten, wrong))}; change the name or slug behind it"
        )
        raise OutputError(msg)


def _plain(path: str) -> bool:
    return len(path) <= _LONGEST and all(
        _PART.fullmatch(part) and part.split(".")[0].lower() not in DEVICES
        for part in path.split("/")
    )


def _colliding(paths: list[str]) -> list[str]:
    """Return the paths that are one on a file system without capitals, or that are a folder too."""
    seen = Counter(path.lower() for path in paths)
    folders = {
        path.lower()[:place] for path in paths for place, sign in enumerate(path) if sign == "/"
    }
    return [path for path in paths if seen[path.lower()] > 1 or path.lower() in folders]
