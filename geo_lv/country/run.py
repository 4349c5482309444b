"""The sites of many municipalities and the page of the country, in a run that can be resumed."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Literal

import numpy as np

from geo_lv.areas import Areas, boundary_contents, load_areas
from geo_lv.country.engines import in_turn, require_dask, with_dask
from geo_lv.country.folder import ALL, Country, chosen, load_country
from geo_lv.country.overview import FAILED, NOT_YET, SITES, Unbuilt, country_view
from geo_lv.country.parts import outlines, read_part
from geo_lv.country.publish import publish_page, refuse_others
from geo_lv.country.tasks import Outcome, Task, is_done
from geo_lv.errors import InputError, OutputError
from geo_lv.municipality import load_municipality
from geo_lv.provenance import sha256
from geo_lv.site import BuildOptions, Progress, quiet

Engine = Literal["geen", "dask"]


@dataclass(frozen=True)
class CountryOptions:
    """What to build of which country."""

    folder: Path
    out: Path
    site: BuildOptions
    """For each municipality; data and output folder are filled in."""
    gemeenten: str = ALL
    engine: Engine = "geen"
    workers: int = 2
    scheduler: str = ""
    """Address of a dask scheduler; empty starts workers on this machine."""

    @property
    def work(self) -> Path:
        """Return the folder that keeps what a next run need not do again."""
        return self.out.parent / f".{self.out.name}.land"


@dataclass(frozen=True)
class CountryReport:
    """What became of a run."""

    built: int
    still_good: int
    """Sites that were made from the very same by an earlier run."""
    failed: tuple[Outcome, ...]


def build_country(options: CountryOptions, tell: Progress = quiet) -> CountryReport:
    """
    Build the sites that are not there yet, then the page of the country.

    Parameters
    ----------
    options
        What to build.
    tell
        Told what goes on, and how many municipalities are done.

    Returns
    -------
    report
        A municipality that failed did not stop the others, and keeps the site that it had.

    Raises
    ------
    InputError
        If the folder of the country is none.
    OutputError
        If the output folder holds something else, or another run writes there.
    GeoLvError
        If the engine is not there.
    """
    country = load_country(options.folder)
    gm_codes = chosen(country, options.gemeenten)
    if options.engine == "dask":
        require_dask()
    refuse_others(options.out)
    with _alone(options):
        tell("reading what is there")
        tasks = _tasks(country, gm_codes, options, tell)
        left = [task for task in tasks if not is_done(task)]
        outcomes = list(_told(_done_by(options, left), len(tasks), len(tasks) - len(left), tell))
        failed = tuple(sorted((o for o in outcomes if o.problem), key=lambda o: o.gm_code))
        tell("drawing the page of the country")
        _publish(country, options, {outcome.gm_code for outcome in failed})
    return CountryReport(len(left) - len(failed), len(tasks) - len(left), failed)


def _done_by(options: CountryOptions, tasks: Sequence[Task]) -> Iterator[Outcome]:
    if options.engine == "dask" and tasks:
        return with_dask(tasks, options.workers, options.scheduler)
    return in_turn(tasks)


def _told(
    outcomes: Iterator[Outcome], total: int, before: int, tell: Progress
) -> Iterator[Outcome]:
    tell("building municipalities", before, total)
    for done, outcome in enumerate(outcomes, before + 1):
        tell("building municipalities", done, total)
        yield outcome


def _tasks(
    country: Country, gm_codes: tuple[str, ...], options: CountryOptions, tell: Progress
) -> list[Task]:
    homes = _homes(country, options.work, tell)
    source = country.settings.dwellings
    return [
        Task(
            gm_code=gm_code,
            options=replace(
                options.site,
                data=country.data_of(gm_code),
                out=options.out / SITES / gm_code,
            ),
            indicators=country.settings.indicators,
            part=_part(options, gm_code),
            homes=homes / f"{gm_code}.parquet" if homes else None,
            source=source,
        )
        for gm_code in gm_codes
    ]


def _part(options: CountryOptions, gm_code: str) -> Path:
    return options.work / "parts" / f"{gm_code}.json"


def _homes(country: Country, work: Path, tell: Progress) -> Path | None:
    """Return a folder with the homes of each municipality, divided again only if need be."""
    if country.homes is None:
        return None
    from geo_lv.country.split import split_points  # noqa: PLC0415 - an optional dependency

    folder = work / f"homes-{_digest(country, country.homes)[:16]}"
    if not folder.is_dir():
        for old in work.glob("homes-*"):
            shutil.rmtree(old)
        areas = [found for code in country.gm_codes if (found := _areas(country, code))]
        split_points(
            country.homes,
            np.concatenate([each.buurten.geometry.to_numpy() for each in areas]),
            gemeente_of={str(code): each.gm_code for each in areas for code in each.buurten.index},
            folder=folder,
            progress=lambda done, total: tell("dividing homes", done, total),
        )
    return folder


def _digest(country: Country, homes: Path) -> str:
    """Return a checksum of a list of homes, which may be long, and of all borders."""
    borders = (boundary_contents(country.data_of(code)) for code in country.gm_codes)
    with homes.open("rb") as file:
        listed = hashlib.file_digest(file, "sha256").digest()
    return sha256(listed + b"".join(filter(None, chain(*borders))))


def _areas(country: Country, gm_code: str) -> Areas | None:
    """Return the areas of a municipality; None if they cannot be read, which its task will say."""
    data = country.data_of(gm_code)
    try:
        return load_areas(data, load_municipality(data))
    except InputError:
        return None


def _publish(country: Country, options: CountryOptions, failed: set[str]) -> None:
    parts = {code: read_part(_part(options, code)) for code in country.gm_codes}
    there = [part for part in parts.values() if part is not None]
    unbuilt = [
        _unbuilt(country, code, FAILED if code in failed else NOT_YET)
        for code, part in parts.items()
        if part is None
    ]
    kept = [part.name for part in there if part.gm_code in failed]
    view = country_view(country.settings, there, unbuilt, kept)
    publish_page(view, options.out, options.work / "borders")


def _unbuilt(country: Country, gm_code: str, problem: str) -> Unbuilt:
    areas = _areas(country, gm_code)
    if areas is None:
        return Unbuilt(gm_code, gm_code, problem, {})
    name = load_municipality(country.data_of(gm_code)).name
    return Unbuilt(gm_code, name, problem, outlines(areas))


@contextmanager
def _alone(options: CountryOptions) -> Iterator[None]:
    """Keep another run away from the output folder."""
    try:
        options.work.mkdir(parents=True, exist_ok=True)
        handle = os.open(options.work, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        reason = (error.strerror or "an error").lower()
        msg = f"{options.out}: expected a folder to write to, found {reason}"
        raise OutputError(msg) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        msg = f"{options.out}: expected no other run, found one that is writing there; wait for it"
        raise OutputError(msg) from error
    except KeyboardInterrupt as stop:
        msg = f"{options.out}: stopped on request; the same command goes on where this ended"
        raise OutputError(msg) from stop
    finally:
        os.close(handle)
