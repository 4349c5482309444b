"""What the parties agreed: attention lists, new build, heat transition, renovation, targets.

Programme and today's state are kept apart, ``Nnb`` and a percentage are no numbers, and a year
without a source stays unknown.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd

from geo_lv.agreements.measurements import FILE as MEASUREMENTS_FILE
from geo_lv.agreements.measurements import Measurement, measurement_of
from geo_lv.agreements.monitored import load_monitored
from geo_lv.agreements.points import Monitored
from geo_lv.agreements.records import (
    Action,
    Attention,
    ListDecision,
    NewBuildSite,
    PhaseRow,
    Programme,
    Renovation,
    SiteProgress,
    Source,
    attention_of,
    decision_of,
    parse_programme,
    phase_of,
    progress_of,
    renovation_of,
    site_of,
)
from geo_lv.agreements.references import reference_problems
from geo_lv.agreements.schemas import (
    ACTIONS_FILE,
    ATTENTION_FILE,
    DECISIONS_FILE,
    FILES,
    NEW_BUILD_FILE,
    OPTIONAL_FILES,
    PHASING_FILE,
    PROGRESS_FILE,
    RENOVATIONS_FILE,
    SOURCES_FILE,
)
from geo_lv.agreements.targets import (
    AffordableTarget,
    Target,
    affordable_targets,
    label_targets,
)
from geo_lv.errors import InputError, Problem
from geo_lv.municipality import Municipality
from geo_lv.tables import read_table

__all__ = [
    "Action",
    "AffordableTarget",
    "Agreements",
    "Attention",
    "ListDecision",
    "Measurement",
    "Monitored",
    "NewBuildSite",
    "PhaseRow",
    "Programme",
    "Renovation",
    "SiteProgress",
    "Source",
    "Target",
    "load_agreements",
    "parse_programme",
]


@dataclass(frozen=True)
class Agreements:
    """Everything the agreements put on the map or on a time axis."""

    attention: tuple[Attention, ...]
    sites: tuple[NewBuildSite, ...]
    phasing: tuple[PhaseRow, ...]
    monitored: Monitored
    """What the parties agreed and how it is measured."""
    measurements: tuple[Measurement, ...]
    targets: tuple[Target, ...]
    """Goals of `monitored` for energy labels."""
    affordable: tuple[AffordableTarget, ...]
    """Goals of `monitored` for affordable homes."""
    renovations: tuple[Renovation, ...]
    actions: tuple[Action, ...]
    decisions: tuple[ListDecision, ...]
    sources: tuple[Source, ...]
    progress: tuple[SiteProgress, ...] = ()
    """What is known of `sites` since their programme."""


def load_agreements(
    data: Path,
    municipality: Municipality | None,
    codes: frozenset[str] | None,
    rent_classes: frozenset[str] | None = None,
) -> Agreements:
    """
    Read the agreements of a data folder.

    Parameters
    ----------
    data
        The data folder.
    municipality
        Whose plan areas, lists and corporations the tables may name; None leaves that unchecked.
    codes
        The wijken and buurten that exist; None leaves that unchecked.
    rent_classes
        The rent classes that exist; None leaves that unchecked.

    Returns
    -------
    agreements
        Typed rows, in the order of the files.

    Raises
    ------
    InputError
        With every problem of every file.
    """
    tables: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    optional = {name: OPTIONAL_FILES[name] for name in OPTIONAL_FILES if (data / name).is_file()}
    for name, schema in (FILES | optional).items():
        try:
            tables[name] = read_table(data / name, name, schema)
        except InputError as error:
            problems.extend(error.problems)
    monitored = None
    try:
        monitored = load_monitored(data)
    except InputError as error:
        problems.extend(error.problems)
    problems.extend(reference_problems(tables, monitored, municipality, codes, rent_classes))
    if problems or monitored is None:
        raise InputError(tuple(problems))
    return Agreements(
        tuple(attention_of(row) for row in _rows(tables[ATTENTION_FILE])),
        tuple(site_of(row) for row in _rows(tables[NEW_BUILD_FILE])),
        tuple(phase_of(row) for row in _rows(tables[PHASING_FILE])),
        monitored,
        tuple(
            measurement_of(row, monitored) for row in _rows(tables.get(MEASUREMENTS_FILE, _NO_ROWS))
        ),
        label_targets(monitored),
        affordable_targets(monitored),
        tuple(renovation_of(row) for row in _rows(tables[RENOVATIONS_FILE])),
        tuple(Action(**row) for row in _rows(tables.get(ACTIONS_FILE, _NO_ROWS))),
        tuple(decision_of(row) for row in _rows(tables.get(DECISIONS_FILE, _NO_ROWS))),
        tuple(Source(**row) for row in _rows(tables[SOURCES_FILE])),
        tuple(progress_of(row) for row in _rows(tables.get(PROGRESS_FILE, _NO_ROWS))),
    )


_NO_ROWS: Final = pd.DataFrame()


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]
