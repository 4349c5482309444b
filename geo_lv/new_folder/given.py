"""Files that the user gave, as the files of a data folder with where they come from."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from geo_lv.errors import InputError, Problem
from geo_lv.indicators.published import FILE as FIGURES_FILE
from geo_lv.new_folder.area_files import SUFFIXES, GivenAreas
from geo_lv.new_folder.figure_files import GivenFigures
from geo_lv.new_folder.settings import NOT_TOLD
from geo_lv.sources.coverage import repaired
from geo_lv.sources.divided import Division, divisions_file
from geo_lv.sources.fetched import FetchedFile
from geo_lv.sources.pdok.areas import wijken_of
from geo_lv.sources.pdok.files import boundary_files

TABLES: Final = (".csv",)


def sorted_by_kind(paths: tuple[Path, ...]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """
    Tell files of areas from files of figures.

    Parameters
    ----------
    paths
        What the user gave.

    Returns
    -------
    areas, figures
        The same paths.

    Raises
    ------
    InputError
        With every file that is neither, or that is named twice.
    """
    known = (*SUFFIXES, *TABLES)
    problems = [
        Problem(path.name, f"one of {', '.join(known)}", path.suffix or "another", "convert it")
        for path in paths
        if path.suffix.lower() not in known
    ]
    problems += [
        Problem(path.name, "each file once", f"{path.name} again", "name it once")
        for place, path in enumerate(paths)
        if path.name in [other.name for other in paths[:place]]
    ]
    if problems:
        raise InputError(tuple(problems))
    tables = tuple(path for path in paths if path.suffix.lower() in TABLES)
    return tuple(path for path in paths if path not in tables), tables


def area_files(given: GivenAreas) -> tuple[FetchedFile, ...]:
    """
    Write the boundary files.

    Parameters
    ----------
    given
        The areas as they came.

    Returns
    -------
    files
        Buurten, wijken, and the division of that year, of which it is not known what changed.

    Raises
    ------
    WrongValueError
        If the buurten do not fit together.
    """
    names = ", ".join(given.files)
    place = given.place
    coverage = repaired(names, list(given.shapes.values()))
    buurten = dict(zip(given.shapes, coverage.shapes, strict=True))
    boundaries = boundary_files(
        str(place.year),
        buurten,
        wijken_of(buurten),
        {**place.buurten, **place.wijken},
        coverage,
    )
    parts = {place.gm_code: place.name, **place.wijken, **place.buurten}
    rows = [Division(code, place.year, name, "") for code, name in parts.items()]
    return tuple(
        _from_file(file, names) for file in (*boundaries, divisions_file(rows, {}, replaces=False))
    )


def figure_file(given: GivenFigures) -> FetchedFile:
    """Write the file of figures."""
    rows = "1 rij ging" if given.elsewhere == 1 else f"{given.elsewhere} rijen gingen"
    note = f"Weggelaten: {rows} over andere gebieden."
    return FetchedFile(
        path=FIGURES_FILE,
        content=given.text.encode(),
        rows=given.rows,
        title="Cijfers per wijk en buurt",
        source=f"bestand {', '.join(given.files)}",
        licence=NOT_TOLD,
        vintage=" en ".join(map(str, given.years)) or "geen cijfers",
        url="",
        transformed_by="geo-lv init: alleen de gebieden van deze gemeente",
        note=note if given.elsewhere else "",
    )


def _from_file(file: FetchedFile, names: str) -> FetchedFile:
    """Say that a file came from the user: what is in it is not known to come from anybody else."""
    return replace(
        file,
        source=f"bestand {names}",
        licence=NOT_TOLD,
        url="",
        table="",
        transformed_by=file.transformed_by.replace("geo-lv fetch", "geo-lv init"),
    )
