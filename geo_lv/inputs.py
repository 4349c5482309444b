"""The data folder as a whole: every file read, every problem of every file listed at once."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Final, TypeVar

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

from geo_lv.agreements import Agreements, load_agreements
from geo_lv.agreements.points import FILE as MONITORED_FILE
from geo_lv.areas import BUURTEN_FILE, Areas, load_areas, read_boundaries
from geo_lv.attempts import FILE as ATTEMPTS_FILE
from geo_lv.attempts import Attempt, Day, load_attempts
from geo_lv.codes import NL_CODE
from geo_lv.divisions import load_divisions
from geo_lv.errors import InputError, Problem, refuse, shorten
from geo_lv.files import read_text
from geo_lv.indicators.catalogue import FILE as CATALOGUE_FILE
from geo_lv.indicators.catalogue import (
    Indicator,
    load_catalogue,
    load_certainty,
    load_counted_places,
)
from geo_lv.indicators.entered import entered_figures, indicator_problems
from geo_lv.indicators.published import (
    Origins,
    certainty_by_moment,
    load_statistics,
    of_areas_of_now,
    origins_by_moment,
)
from geo_lv.municipality import FILE as MUNICIPALITY_FILE
from geo_lv.municipality import Municipality, load_municipality
from geo_lv.origins import FILE as PROVENANCE_FILE
from geo_lv.privacy import FILE as PRIVACY_FILE
from geo_lv.privacy import PrivacyRules, load_privacy
from geo_lv.properties import FILE as DWELLINGS_FILE
from geo_lv.properties import load_dwellings, load_previous
from geo_lv.provenance import Provenance, sha256
from geo_lv.rents import RentLevels, lasting_classes, load_rent_levels
from geo_lv.schema import Edition
from geo_lv.settings import read_toml, toml_row
from geo_lv.signals.rules import FILE as SIGNALS_FILE
from geo_lv.signals.rules import SignalRules, load_rules

REPORTS: Final = "properties/import/"
"""What an import leaves for the officer; not a part of what the site is made from."""
DOWNLOADS: Final = "downloads/"
"""What sources answered; not a part of that either."""
REFRESHING: Final = ".refresh"
"""How the names of the folders of a refresh start: as it is called, the new files are complete."""
BESIDE: Final = (REPORTS, DOWNLOADS, REFRESHING)
"""How the names start of what lies in a data folder and is no input of a build."""
_SETTINGS: Final = (
    MUNICIPALITY_FILE,
    PRIVACY_FILE,
    MONITORED_FILE,
    CATALOGUE_FILE,
    SIGNALS_FILE,
    PROVENANCE_FILE,
)

_T = TypeVar("_T")


class _FileEntry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    path: str
    title: str
    source: str
    licence: str
    vintage: str
    retrieved: Day
    url: str = ""
    transformed_by: str = ""
    fictitious: bool = False
    note: str = ""
    division: Annotated[int, Field(ge=1900, le=2099)] | None = None
    rows: Annotated[int | None, Field(strict=True, ge=0)] = None
    table: str = ""


class _ProvenanceFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    file: tuple[_FileEntry, ...]


@dataclass(frozen=True)
class Inputs:
    """Everything a data folder holds, validated."""

    municipality: Municipality
    areas: Areas
    catalogue: tuple[Indicator, ...]
    counted_places: Mapping[str, int]
    """Place on the sheet of a wijk of indicators that geo_lv counts itself."""
    statistics: pd.DataFrame
    """Table of figures, as in `geo_lv.indicators.figures`, with the ``source_table`` of each."""
    figures_of_others: pd.DataFrame
    """Rows of the same table that no area of now has, by `geo_lv.divisions`."""
    gave_way: Mapping[str, int]
    """Path of a file to how many of its rows do not count, as an earlier file has that figure."""
    certainty: Mapping[tuple[str, str], str]
    """Indicator and year to how sure the published figures are, in Dutch."""
    origins: Origins
    """Where the published figures come from."""
    signal_rules: SignalRules
    privacy: PrivacyRules
    dwellings: pd.DataFrame
    previous_dwellings: pd.DataFrame | None
    """An earlier list, if the folder has one."""
    rent_levels: tuple[RentLevels, ...]
    agreements: Agreements
    provenance: tuple[Provenance, ...]
    attempts: tuple[Attempt, ...]
    """Sources that could not be refreshed when that was last tried."""
    settings: tuple[tuple[str, str], ...]
    """Path and SHA-256 of each settings file."""

    @property
    def fictitious_dwellings(self) -> bool:
        """True when the dwellings are the generated sample."""
        return any(item.fictitious for item in self.provenance if item.path == DWELLINGS_FILE)

    def day_of(self, path: str) -> dt.date:
        """Return the day on which a file of the folder was taken over."""
        (day,) = (item.retrieved for item in self.provenance if item.path == path)
        return dt.date.fromisoformat(day)


class _Collector:
    """Runs loaders and keeps what they refuse, so that one run shows every problem."""

    def __init__(self, data: Path) -> None:
        self.problems: list[Problem] = []
        self._data = data

    def run(self, load: Callable[[], _T]) -> _T | None:
        try:
            return load()
        except InputError as error:
            self.problems.extend(error.problems)
            return None

    def error(self) -> InputError:
        located = (_located(problem, self._data) for problem in self.problems)
        return InputError(tuple(dict.fromkeys(located)))


def load_inputs(data: Path) -> Inputs:
    """
    Read and validate a data folder.

    Parameters
    ----------
    data
        The data folder, laid out as ``data/README.md`` says.

    Returns
    -------
    inputs
        All tables and settings.

    Raises
    ------
    InputError
        With every problem of every file. Tables are checked against settings and boundaries as
        far as those could be read.
    """
    _refuse_half_refreshed(data)
    collect = _Collector(data)
    municipality = collect.run(lambda: load_municipality(data))
    catalogue = collect.run(lambda: load_catalogue(data))
    certainty = collect.run(lambda: load_certainty(data))
    counted_places = collect.run(lambda: load_counted_places(data))
    signal_rules = collect.run(lambda: load_rules(data, catalogue))
    privacy = collect.run(lambda: load_privacy(data, catalogue))
    dwellings = collect.run(lambda: load_dwellings(data))
    previous = collect.run(lambda: load_previous(data))
    rent_levels = collect.run(lambda: load_rent_levels(data))
    provenance = collect.run(lambda: _load_provenance(data))
    attempts = collect.run(lambda: load_attempts(data))
    areas = collect.run(lambda: _load_areas(data, municipality))
    # References into what could not be read are not checked: they would only repeat its problems.
    ids = None if catalogue is None else _published_ids(catalogue)
    parts = None if areas is None else frozenset((*areas.wijken.index, *areas.buurten.index))
    divisions = collect.run(lambda: load_divisions(data, _division(provenance)))
    codes = None if areas is None else frozenset((*areas.all_codes, NL_CODE))
    earlier = divisions.codes if divisions else frozenset[str]()
    rents = None if rent_levels is None else lasting_classes(rent_levels)
    agreements = collect.run(lambda: load_agreements(data, municipality, parts, rents))
    published = collect.run(lambda: load_statistics(data, ids, codes, earlier))
    collect.problems.extend(_wijk_problems(agreements, catalogue, privacy))
    collect.problems.extend(_unknown_corporations(dwellings, municipality))
    if (
        collect.problems
        or municipality is None
        or areas is None
        or catalogue is None
        or certainty is None
        or counted_places is None
        or signal_rules is None
        or privacy is None
        or published is None
        or dwellings is None
        or rent_levels is None
        or agreements is None
        or provenance is None
        or attempts is None
    ):
        raise collect.error()
    statistics, others = of_areas_of_now(published.figures, divisions)
    statistics = pd.concat([statistics, entered_figures(agreements)])
    return Inputs(
        municipality=municipality,
        areas=areas,
        catalogue=catalogue,
        counted_places=counted_places,
        statistics=statistics,
        figures_of_others=others,
        gave_way=published.gave_way,
        certainty=certainty_by_moment(statistics, certainty),
        origins=origins_by_moment(statistics),
        signal_rules=signal_rules,
        privacy=privacy,
        dwellings=dwellings,
        previous_dwellings=previous,
        rent_levels=rent_levels,
        agreements=agreements,
        provenance=provenance,
        attempts=attempts,
        settings=tuple(_digests(data)),
    )


def _refuse_half_refreshed(data: Path) -> None:
    if (data / REFRESHING).is_dir():
        expected, found = "a data folder that is not half way a refresh", REFRESHING
        refuse(str(data), expected, found, "run a geo-lv command on it, which ends that first")


def _wijk_problems(
    agreements: Agreements | None,
    catalogue: tuple[Indicator, ...] | None,
    privacy: PrivacyRules | None,
) -> Iterator[Problem]:
    if agreements is None or catalogue is None or privacy is None:
        return
    public = {name for name, edition in _published_ids(catalogue).items() if edition == "publiek"}
    protected = {name for rule in privacy.published for name in rule.indicators}
    yield from indicator_problems(agreements.monitored, public, protected)


def _published_ids(catalogue: tuple[Indicator, ...]) -> dict[str, Edition]:
    return {item.id: item.edition for item in catalogue if not item.rate_of}


def _digests(data: Path) -> Iterator[tuple[str, str]]:
    for name in (*_SETTINGS, ATTEMPTS_FILE):
        if name in _SETTINGS or (data / name).is_file():
            yield name, sha256((data / name).read_bytes())


def embedded_data() -> Path:
    """Return the data folder that comes with geo_lv: in the wheel, or beside the package."""
    package = Path(__file__).parent
    installed = package / "data"
    return installed if installed.is_dir() else package.parent / "data"


def _load_areas(data: Path, municipality: Municipality | None) -> Areas | None:
    if municipality is None:
        read_boundaries(data, None)
        return None
    return load_areas(data, municipality)


def _division(provenance: tuple[Provenance, ...] | None) -> int | None:
    return next((item.division for item in provenance or () if item.path == BUURTEN_FILE), None)


def _unknown_corporations(
    dwellings: pd.DataFrame | None, municipality: Municipality | None
) -> tuple[Problem, ...]:
    if dwellings is None or municipality is None:
        return ()
    known = {corporation.name for corporation in municipality.corporations}
    wrong = dwellings[~dwellings["corporation"].isin(known)]
    expected, advice = "a corporation of municipality.toml", "correct it or add it there"
    return tuple(
        Problem(DWELLINGS_FILE, expected, shorten(str(name)), advice, int(str(row)), "corporation")
        for row, name in wrong["corporation"].items()
    )


def _load_provenance(data: Path) -> tuple[Provenance, ...]:
    entries = read_toml(data / PROVENANCE_FILE, PROVENANCE_FILE, _ProvenanceFile).file
    present = {
        path.relative_to(data).as_posix(): path for path in data.rglob("*") if path.is_file()
    }
    problems = tuple(_provenance_problems([entry.path for entry in entries], set(present)))
    if problems:
        raise InputError(problems)
    return tuple(
        Provenance(**entry.model_dump(), sha256=sha256(present[entry.path].read_bytes()))
        for entry in entries
    )


def _provenance_problems(named: list[str], present: set[str]) -> Iterator[Problem]:
    for place, path in enumerate(named):
        column = f"file.{place}.path"
        if path in named[:place]:
            yield Problem(
                PROVENANCE_FILE, "each path once", f"{path} again", "remove one", column=column
            )
        if path not in present:
            expected = "a file of the data folder"
            yield Problem(PROVENANCE_FILE, expected, shorten(path), "correct it", column=column)
    for path in sorted(present - set(named)):
        if path.endswith((".csv", ".geojson", ".gpkg")) and not path.startswith(BESIDE):
            expected, advice = f"an entry for {path}", "say where it comes from"
            yield Problem(PROVENANCE_FILE, expected, "none", advice, column="file")


def _located(problem: Problem, data: Path) -> Problem:
    """Give a problem with a setting the line on which that setting stands."""
    if problem.row is not None or problem.column is None or not problem.file.endswith(".toml"):
        return problem
    path = tuple(int(part) if part.isdecimal() else part for part in problem.column.split("."))
    return replace(problem, row=toml_row(read_text(data / problem.file, problem.file), path))


def default_data() -> Path:
    """Return ``data/`` where the command runs if it is a data folder, else the embedded one."""
    here = Path("data")
    return here if (here / MUNICIPALITY_FILE).is_file() else embedded_data()
