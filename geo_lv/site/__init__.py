"""From a data folder to a folder with the site. The only stage that writes output."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Protocol

from geo_lv.columns import require_listed_names
from geo_lv.editions import Released, release
from geo_lv.inputs import load_inputs
from geo_lv.maps.assets import assets, licences
from geo_lv.maps.changes import Site, with_changes
from geo_lv.maps.downloads import downloads, marked
from geo_lv.maps.embed import embed_pages, with_embeds
from geo_lv.maps.internal_files import internal_downloads
from geo_lv.maps.model import Page
from geo_lv.maps.monitor.files import monitor_files
from geo_lv.maps.pages import make_pages, with_sheets
from geo_lv.maps.progress_files import progress_downloads
from geo_lv.maps.render import render_page
from geo_lv.pipeline import compute
from geo_lv.schema import INTERN, PURPOSE, Edition
from geo_lv.site.folder import refuse_foreign, refuse_mixing, refuse_other
from geo_lv.site.manifest import MANIFEST, inputs_of, is_archive, manifest
from geo_lv.site.package import refuse_package, write_package
from geo_lv.site.previous import Previous, changes_since, pages_of, read_previous
from geo_lv.site.publication import (
    PICTURE,
    kept_out,
    listings,
    picture_text,
    require_publishable,
    shared,
)
from geo_lv.site.workplace import Workplace, working_on

NONE_BEFORE: Final = Previous()


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
    pack: bool = False
    """Also make a document for each partner meeting."""
    purpose: str = PURPOSE
    """Dutch: for whom the internal edition is."""
    zip: Path | None = None
    """Also pack the site, with `password`, into this file."""
    password: str = field(default="", repr=False)

    archive: int = 0
    """Year to keep the site for, for good; 0 makes a site that the next build replaces."""
    publication: str = ""
    """Address under which the site will stand on the web; empty when it will not."""

    @property
    def other_hosts(self) -> bool:
        """Whether a page may ask for a basemap: who reads what is internal asks nobody outside."""
        return self.basemap and self.edition == "publiek"


def default_out(edition: Edition, archive: int = 0) -> Path:
    """Return the folder of a site of which the user named none; an archive has its year in it."""
    name = "maps" if edition == "publiek" else "maps-intern"
    return Path(f"{name}-{archive}" if archive else name)


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


def build_site(
    options: BuildOptions, progress: Progress = quiet, tell: Callable[[str], None] = quiet
) -> BuildReport:
    """
    Build the site.

    Parameters
    ----------
    options
        What to build.
    progress
        Called with a word for each step as it starts.
    tell
        Called with what the user must know although the build goes on.

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
    require_publishable(options.publication, options.edition)
    if options.zip is not None:
        refuse_package(options.zip, options.out, options.password)
    with working_on(options.out, tell) as place:
        refuse_foreign(options.out)
        refuse_mixing(options.out, options.edition)
        return _build(options, place, progress)


def _build(options: BuildOptions, place: Workplace, progress: Progress) -> BuildReport:
    progress("reading the data folder")
    inputs = load_inputs(options.data)
    progress("joining dwellings and working out figures")
    results = compute(inputs)
    released = release(results, options.edition, options.peildatum)
    peildatum = released.monitor.day
    previous = read_previous(options.out)
    files, paths = make_files(released, options, peildatum, progress, previous)
    progress("writing the site")
    if options.archive or is_archive(options.out):
        refuse_other(files, options.out)
    place.publish(files)
    if options.zip is not None:
        progress(f"writing {options.zip}")
        write_package(files, options.zip, options.password)
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
    released: Released,
    options: BuildOptions,
    peildatum: str,
    progress: Progress = quiet,
    previous: Previous = NONE_BEFORE,
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
    previous
        The site that this one replaces.

    Returns
    -------
    files
        Path from the site root to content, the manifest included.
    pages
        Which of them are pages.

    Raises
    ------
    ReleaseError
        If a file holds a column, property or key that ``columns.toml`` does not list.
    """
    progress("drawing pages")
    pages = make_pages(
        released,
        peildatum=peildatum,
        basemap=options.other_hosts,
        pack=options.pack,
        purpose=options.purpose,
    )
    tables = {
        **downloads(released),
        **monitor_files(released),
        **progress_downloads(released, int(peildatum[:4])),
        **internal_downloads(released),
    }
    paths = pages_of(page.path for page in pages)
    site = Site(released.municipality.gm_code, tuple(inputs_of(released)), paths, tables)
    changes = changes_since(previous, site)
    pages = with_changes(with_sheets(pages) if options.pdf else pages, changes)
    pages = tuple(with_embeds(replace(page, archive=options.archive) for page in pages))
    if options.publication:
        pages = tuple(shared(pages, options.publication, picture_text(released)))
    files = _for_finders(released, pages, options, peildatum)
    files |= _drawn(pages, options, progress)
    files |= _sheets(pages, progress)
    progress("making downloads")
    inside = released.edition == "intern"
    files |= marked(tables, f"{INTERN} · {options.purpose}") if inside else tables
    files[MANIFEST] = manifest(released, peildatum, files, _marks(options), changes)
    require_listed_names(files, released.edition, {item.id for item in released.catalogue})
    return files, tuple(page.path for page in pages)


def _for_finders(
    released: Released, pages: tuple[Page, ...], options: BuildOptions, peildatum: str
) -> dict[str, bytes]:
    """Return what search engines and those who share a link get to see, or that they may not."""
    if options.publication:
        from geo_lv.maps.social import social_picture  # noqa: PLC0415 - takes half a second

        found = listings(pages, options.publication, peildatum)
        return {PICTURE: social_picture(released), **found}
    return kept_out() if released.edition == "intern" else {}


def _drawn(pages: tuple[Page, ...], options: BuildOptions, progress: Progress) -> dict[str, bytes]:
    """Draw every page, and every map by itself, with the styles and scripts that they need."""
    files = {**licences(), **({} if options.single_file else assets())}
    for page in (*pages, *embed_pages(pages)):
        progress(f"drawing {page.path}")
        rendered = render_page(page, inline=options.single_file)
        files[rendered.path] = rendered.html.encode()
        files |= rendered.assets
    return files


def _marks(options: BuildOptions) -> dict[str, str | int]:
    """Return what the manifest says the site is meant for."""
    marks: dict[str, str | int] = {
        "publication": options.publication,
        "archive": options.archive,
    }
    return {name: mark for name, mark in marks.items() if mark}


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
