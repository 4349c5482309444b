"""From a data folder to a folder with the site. The only stage that writes output.

Everything is made in memory first and written to a new folder beside the old one; only a complete
folder takes the old one's place, so a half-built site never replaces a good one.
"""

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from geo_lv import __version__
from geo_lv.editions import Edition, Released, release
from geo_lv.errors import OutputError
from geo_lv.inputs import load_inputs
from geo_lv.maps.assets import assets, licences
from geo_lv.maps.downloads import downloads
from geo_lv.maps.model import Page
from geo_lv.maps.pages import make_pages, with_sheets
from geo_lv.maps.render import render_page
from geo_lv.pipeline import compute
from geo_lv.provenance import sha256

MANIFEST: Final = "manifest.json"
_ISO_LENGTH: Final = len("2024-12-31")
_KEPT: Final = frozenset({"README.md", ".gitignore"})
"""Files of the repository that may stand in the output folder and stay there."""


@dataclass(frozen=True)
class BuildOptions:
    """What to build from which folder to which folder."""

    data: Path
    out: Path
    edition: Edition = "publiek"
    peildatum: str = ""
    """ISO date; empty takes the newest date in the data."""
    single_file: bool = False
    basemap: bool = True
    pdf: bool = False
    """Also make an A3 sheet in PDF of each plan page."""


class Progress(Protocol):
    """Told what starts; where the number of steps is known, also how many of them are done."""

    def __call__(self, step: str, done: int = 0, total: int = 0) -> None:
        """Take in a step."""


def quiet(step: str, done: int = 0, total: int = 0) -> None:
    """Say nothing about progress."""


@dataclass(frozen=True)
class BuildReport:
    """What was built."""

    pages: tuple[str, ...]
    files: int
    bytes: int
    peildatum: str
    fictitious: bool
    unplaced: int
    """Dwellings that are in no area of the municipality, or not with certainty."""


def build_site(options: BuildOptions, progress: Progress = quiet) -> BuildReport:
    """
    Build the site.

    Parameters
    ----------
    options
        What to build.
    progress
        Called with a word for each step as it starts.

    Returns
    -------
    report
        What was written.

    Raises
    ------
    InputError
        With every problem of the data folder; the previous site stays as it was.
    OutputError
        If the folder cannot be written or holds files of somebody else.
    """
    refuse_foreign(options.out)
    progress("reading the data folder")
    inputs = load_inputs(options.data)
    progress("joining dwellings and working out figures")
    results = compute(inputs)
    released = release(results, options.edition)
    peildatum = options.peildatum or newest_date(released)
    files, paths = make_files(released, options, peildatum, progress)
    progress("writing the site")
    publish(files, options.out)
    join = results.joins["gemeente"]
    return BuildReport(
        pages=paths,
        files=len(files),
        bytes=sum(len(content) for content in files.values()),
        peildatum=peildatum,
        fictitious=released.fictitious_dwellings,
        unplaced=len(join.unmatched) + len(join.ambiguous),
    )


def make_files(
    released: Released, options: BuildOptions, peildatum: str, progress: Progress = quiet
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """
    Make every file of the site in memory.

    Parameters
    ----------
    released
        The released view.
    options
        What to build.
    peildatum
        ISO date that the pages carry.
    progress
        Called with a word for each step as it starts.

    Returns
    -------
    files
        Path from the site root to content, the manifest included.
    pages
        Which of them are pages.
    """
    progress("drawing pages")
    pages = make_pages(released, peildatum=peildatum, basemap=options.basemap)
    pages = with_sheets(pages) if options.pdf else pages
    files = {**licences(), **({} if options.single_file else assets())}
    for page in pages:
        progress(f"drawing {page.path}")
        rendered = render_page(page, inline=options.single_file)
        files[rendered.path] = rendered.html.encode()
        files |= rendered.assets
    files |= _sheets(pages, progress)
    progress("making downloads")
    files |= downloads(released)
    files[MANIFEST] = _manifest(released, peildatum, files)
    return files, tuple(page.path for page in pages)


def _sheets(pages: tuple[Page, ...], progress: Progress) -> dict[str, bytes]:
    """Draw each page on paper that has the path of a PDF."""
    on_paper = [page for page in pages if page.pdf]
    if not on_paper:
        return {}
    from geo_lv.maps.sheet.pdf import sheet_pdf  # noqa: PLC0415 - takes a second

    made = {}
    for done, page in enumerate(on_paper):
        progress(f"drawing {page.pdf}", done, len(on_paper))
        made[page.pdf] = sheet_pdf(page)
    return made


def newest_date(released: Released) -> str:
    """Return the newest date in the data; a year or month counts from its first day."""
    agreements = released.agreements
    dates = [
        released.municipality.phasing.peildatum,
        *(row.peildatum for row in agreements.phasing),
        *(site.status_date for site in agreements.sites),
        *(str(year) for year in released.figures["year"].unique()),
    ]
    if not any(dates):
        dates = [item.retrieved for item in released.provenance]
    return max(date + "-01-01"[: _ISO_LENGTH - len(date)] for date in dates if date)


def _manifest(released: Released, peildatum: str, files: Mapping[str, bytes]) -> bytes:
    inputs = [
        {
            "path": item.path,
            "title": item.title,
            "source": item.source,
            "licence": item.licence,
            "vintage": item.vintage,
            "retrieved": item.retrieved,
            "url": item.url,
            "transformed_by": item.transformed_by,
            "fictitious": item.fictitious,
            "note": item.note,
            "sha256": item.sha256,
        }
        for item in released.provenance
    ] + [{"path": path, "sha256": digest} for path, digest in released.settings]
    outputs = [
        {"path": path, "bytes": len(content), "sha256": sha256(content)}
        for path, content in sorted(files.items())
    ]
    manifest = {
        "generator": f"geo_lv {__version__}",
        "municipality": released.municipality.gm_code,
        "edition": released.edition,
        "peildatum": peildatum,
        "inputs": inputs,
        "outputs": outputs,
    }
    return (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()


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
    others = sorted(present - _KEPT - _made_before(out))
    if others:
        msg = (
            f"{out}: expected an empty folder or an earlier site, found {others[0]!r}"
            f"{' and more' if len(others) > 1 else ''}; choose another --out or empty the folder"
        )
        raise OutputError(msg)


def _made_before(out: Path) -> frozenset[str]:
    """Return the files that an earlier build put in a folder, by its own account."""
    try:
        manifest = json.loads((out / MANIFEST).read_bytes())
        made = frozenset[str](item["path"] for item in manifest["outputs"])
        ours = manifest["generator"].startswith("geo_lv ")
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return frozenset()
    return made | {MANIFEST} if ours else frozenset()


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
    for name in sorted(_KEPT):
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
