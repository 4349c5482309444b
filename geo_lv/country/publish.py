"""The page of the country beside the sites of the municipalities, each file in one step."""

import json
import re
from pathlib import Path
from typing import Final

from geo_lv import __version__
from geo_lv.country.overview import SITES
from geo_lv.country.written import UNFINISHED, write_file
from geo_lv.errors import OutputError
from geo_lv.maps.country.page import country_page
from geo_lv.maps.country.view import CountryView
from geo_lv.provenance import sha256
from geo_lv.site.folder import refuse_foreign
from geo_lv.site.manifest import MANIFEST, edition_of, made_before
from geo_lv.site.paths import refuse_unsafe

_INDEX: Final = "index.html"
_SITE: Final = re.compile(rf"{SITES}/GM[0-9]{{4}}/.+")


def refuse_others(out: Path) -> None:
    """
    Refuse an output folder that holds anything that a run for a country did not make.

    The site of one municipality is refused too: its files would be taken for an earlier page.

    Parameters
    ----------
    out
        The output folder; it need not exist.

    Raises
    ------
    OutputError
        If it is a file, or a folder with other people's files.
    """
    if edition_of(out):
        msg = (
            f"{out}: expected a folder apart from the site of one municipality, found such a site; "
            "choose another --out"
        )
        raise OutputError(msg)
    refuse_foreign(out, _is_ours)


def _is_ours(path: str) -> bool:
    """Tell of what a run that was broken off may have left: sites, and files half written."""
    return path == MANIFEST or path.endswith(UNFINISHED) or _SITE.fullmatch(path) is not None


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
            write_file(out / path, files[path])
        for path in before - files.keys():
            if (out / path).resolve().is_relative_to(out.resolve()):
                (out / path).unlink(missing_ok=True)
    except OSError as error:
        reason = (error.strerror or "an error").lower()
        msg = f"{out}: expected a folder to write to, found {reason}"
        raise OutputError(msg) from error
