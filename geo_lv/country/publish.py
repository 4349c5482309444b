"""The page of the country beside the sites of the municipalities, each file in one step."""

import json
import os
import re
from pathlib import Path
from typing import Final

from geo_lv import __version__
from geo_lv.country.overview import SITES
from geo_lv.errors import OutputError
from geo_lv.maps.country.page import country_page
from geo_lv.maps.country.view import CountryView
from geo_lv.provenance import sha256
from geo_lv.site.manifest import MANIFEST, made_before
from geo_lv.site.paths import refuse_unsafe

_INDEX: Final = "index.html"
_NEW: Final = ".geo-lv-new"
"""Ending of a file that is being written."""
_SITE: Final = re.compile(rf"{SITES}/GM[0-9]{{4}}/.+")


def refuse_others(out: Path) -> None:
    """
    Refuse an output folder that holds anything that a run for a country did not make.

    Parameters
    ----------
    out
        The output folder; it need not exist.

    Raises
    ------
    OutputError
        If it is a file, or a folder with other people's files.
    """
    if out.exists() and not out.is_dir():
        msg = f"{out}: expected a folder, found a file; choose another --out"
        raise OutputError(msg)
    present = (path for path in out.rglob("*") if not path.is_dir())
    names = {path.relative_to(out).as_posix() for path in present}
    others = sorted(
        name
        for name in names - made_before(out) - {MANIFEST}
        if not _SITE.fullmatch(name) and not name.endswith(_NEW)
    )
    if others:
        msg = (
            f"{out}: expected an empty folder or an earlier run for a country, found "
            f"{others[0]!r}{' and more' if len(others) > 1 else ''}; choose another --out"
        )
        raise OutputError(msg)


def publish_page(view: CountryView, out: Path, cache: Path) -> None:
    """
    Write the page of the country; the page itself comes last, so that it finds all it needs.

    Parameters
    ----------
    view
        What it shows.
    out
        Folder that has the sites of the municipalities in ``gemeente/``.
    cache
        Keeps the borders of the page.

    Raises
    ------
    OutputError
        If it cannot be written; each file is then the old one or the new one.
    """
    files = dict(country_page(view, cache))
    refuse_unsafe(files)
    before = made_before(out)
    account = {
        "generator": f"geo_lv {__version__}",
        "title": view.title,
        "peildatum": view.peildatum,
        "outputs": [
            {"path": path, "bytes": len(content), "sha256": sha256(content)}
            for path, content in sorted(files.items())
        ],
    }
    files[MANIFEST] = (json.dumps(account, ensure_ascii=False, indent=1) + "\n").encode()
    try:
        for path in sorted(files, key=lambda path: (path == MANIFEST, path == _INDEX, path)):
            _write(out / path, files[path])
        for path in before - files.keys():
            if (out / path).resolve().is_relative_to(out.resolve()):
                (out / path).unlink(missing_ok=True)
    except OSError as error:
        reason = (error.strerror or "an error").lower()
        msg = f"{out}: expected a folder to write to, found {reason}"
        raise OutputError(msg) from error


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + _NEW)
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
