"""One task per municipality: its site as one machine makes it, and its part of the country."""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from geo_lv import __version__
from geo_lv.country.folder import HomesSource
from geo_lv.country.homes import with_homes
from geo_lv.country.parts import make_part, read_part, write_part
from geo_lv.errors import GeoLvError
from geo_lv.provenance import sha256
from geo_lv.refresh import opened
from geo_lv.site import BuildOptions, build_site
from geo_lv.site.manifest import MANIFEST


@dataclass(frozen=True)
class Task:
    """All that a worker must know; it finds the files under the same paths."""

    gm_code: str
    options: BuildOptions
    """For the site, with the data folder of the municipality."""
    indicators: tuple[str, ...]
    """Of the page of the country."""
    part: Path
    """Where its part of that page is kept."""
    homes: Path | None = None
    """Parquet file with its share of the homes of the country, if there is such a list."""
    source: HomesSource | None = None
    """Where that list comes from."""

    @property
    def digest(self) -> str:
        """Return a checksum of all that decides about the site, wherever its files stand."""
        anywhere = replace(self.options, data=Path(), out=Path())
        options = {name: str(value) for name, value in asdict(anywhere).items()}
        told = [__version__, options, self.indicators, self.source and self.source.model_dump()]
        files = dict(_digests(self.options.data))
        homes = sha256(self.homes.read_bytes()) if self.homes else ""
        return sha256(json.dumps([*told, files, homes], sort_keys=True).encode())


@dataclass(frozen=True)
class Outcome:
    """What became of a task."""

    gm_code: str
    problem: str = ""
    """Why there is no new site; empty when there is. A site that was there before still is."""


def _digests(data: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(data.rglob("*")):
        if path.is_file():
            yield path.relative_to(data).as_posix(), sha256(path.read_bytes())


def is_done(task: Task) -> bool:
    """Tell whether the site of a task stands there already, made from the very same."""
    part = read_part(task.part)
    made = (task.options.out / MANIFEST).is_file()
    return made and part is not None and part.digest == task.digest


def build_one(task: Task) -> Outcome:
    """
    Build the site of a municipality, then its part of the page of the country.

    Parameters
    ----------
    task
        What to do. Done twice it does the same, so a lost worker may be replaced by another.

    Returns
    -------
    outcome
        With the problem in words if the data folder or the output folder has one.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="geo-lv-") as scratch:
            data = _data_of(task, Path(scratch))
            with opened(data):
                report = build_site(replace(task.options, data=data))
                found = (task.options.out, task.indicators, task.digest, report.peildatum)
                write_part(make_part(data, *found), task.part)
    except GeoLvError as error:
        return Outcome(task.gm_code, str(error))
    return Outcome(task.gm_code)


def _data_of(task: Task, scratch: Path) -> Path:
    if task.homes is None or task.source is None:
        return task.options.data
    return with_homes(task.options.data, task.homes, task.source, scratch / task.gm_code)
