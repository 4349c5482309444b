"""A data folder for another municipality: complete, valid, and ready to be filled in."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from geo_lv.areas import read_boundaries
from geo_lv.codes import GM_CODE
from geo_lv.errors import OutputError, SourceError, refuse
from geo_lv.indicators.catalogue import load_catalogue
from geo_lv.inputs import load_inputs
from geo_lv.new_folder.area_files import read_areas
from geo_lv.new_folder.figure_files import read_figures
from geo_lv.new_folder.given import area_files, figure_file, sorted_by_kind
from geo_lv.new_folder.settings import Place
from geo_lv.new_folder.skeleton import about, skeleton, write
from geo_lv.refresh import (
    SOURCES,
    Refreshed,
    RefreshOptions,
    commit,
    provenance_texts,
    refresh,
)
from geo_lv.sources import pdok
from geo_lv.sources.divided import DIVISIONS, divisions_in
from geo_lv.sources.fetched import FetchedFile, FetchProgress

__all__ = ["DIVISIONS", "InitOptions", "InitReport", "init"]


@dataclass(frozen=True)
class InitOptions:
    """Which municipality, to which folder, and from where."""

    gm_code: str
    folder: Path
    day: str
    """Today, as an ISO date: the day that is noted with each file."""
    files: tuple[Path, ...] = ()
    """Files to take areas and figures from; none asks the sources."""
    year: int | None = None
    """Of the division; of files that do not say it, or to ask for."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    """Name of a source to another address."""


@dataclass(frozen=True)
class InitReport:
    """What the new folder holds."""

    place: Place
    figures: int
    """Number of figures."""
    outcomes: tuple[Refreshed, ...] = ()
    """What became of each source that was asked."""
    unnamed: tuple[str, ...] = ()
    """Codes of areas of which no file had the name."""
    elsewhere: int = 0
    """Rows of figures that were left out, as they are about other municipalities."""

    @property
    def failed(self) -> bool:
        """True if a source could not be asked."""
        return any(outcome.problem for outcome in self.outcomes)


def init(options: InitOptions, progress: FetchProgress) -> InitReport:
    """
    Make a data folder for a municipality; it is there completely or not at all.

    Parameters
    ----------
    options
        What to make.
    progress
        Called as the work goes on.

    Returns
    -------
    report
        What is in it. A source of figures that fails leaves its file empty, and the report says so.

    Raises
    ------
    InputError
        If the code is no code, or with every problem of the files that were given.
    SourceError
        If there are no boundaries: without them there is no folder.
    OutputError
        If the folder is not empty or cannot be written.
    """
    if not GM_CODE.fullmatch(options.gm_code):
        expected, advice = "GM and four digits, such as GM0518", "look the code up at CBS"
        refuse("the municipality", expected, repr(options.gm_code[:20]), advice)
    with _growing(options.folder) as data:
        if options.files:
            report = _from_files(data, options, progress)
        else:
            report = _from_sources(data, options, progress)
        progress("checking", 0, 0)
        return replace(report, figures=len(load_inputs(data).statistics))


@contextmanager
def _growing(folder: Path) -> Iterator[Path]:
    """Give a folder beside that takes the place of `folder` when all went well."""
    beside = folder.parent / f".{folder.name}.new"
    try:
        _require_free(folder)
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        yield beside
        if folder.is_dir():
            folder.rmdir()
        beside.rename(folder)
    except OSError as error:
        why = (error.strerror or "an error").lower()
        msg = f"{folder}: cannot be written ({why}); nothing is made"
        raise OutputError(msg) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _require_free(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        found = "something that is no folder"
    elif folder.resolve() == Path.cwd():
        found = "the one that you are in"
    elif folder.is_dir() and any(folder.iterdir()):
        found = "one with files in it"
    else:
        return
    msg = f"{folder}: expected a folder that is not there yet, found {found}; choose another name"
    raise OutputError(msg)


def _from_sources(data: Path, options: InitOptions, progress: FetchProgress) -> InitReport:
    nameless = Place(options.gm_code, options.gm_code, int(options.day[:4]))
    write(data, skeleton(nameless, options.day))
    asked = RefreshOptions(
        data,
        (pdok.SOURCE,),
        options.day,
        () if options.year is None else (options.year,),
        addresses=options.addresses,
    )
    (boundaries,) = refresh(asked, progress).outcomes
    if boundaries.problem:
        other = "nothing is made; a file with the areas will do too: --from FILE"
        msg = f"{boundaries.problem}\n{other}"
        raise SourceError(msg)
    place = _division_in(data, options.gm_code)
    write(data, about(place))
    others = tuple(
        source for source in SOURCES if source.by_default and source.name != pdok.SOURCE.name
    )
    report = refresh(replace(asked, sources=others, years=()), progress)
    return InitReport(place, 0, (boundaries, *report.outcomes))


def _division_in(data: Path, gm_code: str) -> Place:
    """Read the areas of a folder that has just been given its boundaries."""
    buurten, wijken = read_boundaries(data, None)
    divisions = divisions_in((data / DIVISIONS).read_bytes())
    return Place(
        gm_code,
        next((row.name for row in divisions if row.code == gm_code), gm_code),
        max(row.year for row in divisions),
        dict(sorted(zip(wijken["wk_code"], wijken["wk_name"], strict=True))),
        dict(sorted(zip(buurten["bu_code"], buurten["bu_name"], strict=True))),
    )


def _from_files(data: Path, options: InitOptions, progress: FetchProgress) -> InitReport:
    areas, tables = sorted_by_kind(options.files)
    progress("reading the areas", 0, 0)
    given = read_areas(areas, options.gm_code, options.year)
    place = given.place
    write(data, skeleton(place, options.day))
    progress("reading the figures", 0, 0)
    codes = (options.gm_code, *place.wijken, *place.buurten)
    known = [item.id for item in load_catalogue(data) if not item.rate_of]
    figures = read_figures(tables, known, codes)
    files: tuple[FetchedFile, ...] = area_files(given)
    if tables:
        files = (*files, figure_file(figures))
    changed = {file.path: file.content for file in files}
    commit(data, changed | provenance_texts(data, files, options.day), load_inputs)
    return InitReport(place, 0, unnamed=given.unnamed, elsewhere=figures.elsewhere)
