"""What the parties agreed: attention lists, new build, heat transition, renovation, targets.

Programme and today's state are kept apart, ``Nnb`` and a percentage are no numbers, and a year
without a source stays unknown.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import pandas as pd

from geo_lv.agreements.references import reference_problems
from geo_lv.agreements.schemas import (
    AFFORDABLE_FILE,
    ATTENTION_FILE,
    FILES,
    NEW_BUILD_FILE,
    PHASING_FILE,
    RENOVATIONS_FILE,
    SOURCES_FILE,
    TARGETS_FILE,
    Phase,
    RenovationState,
    Size,
)
from geo_lv.errors import InputError, Problem
from geo_lv.municipality import Municipality
from geo_lv.schema import Confidence
from geo_lv.tables import read_table

ProgrammeKind = Literal["number", "nnb", "percentage"]


@dataclass(frozen=True)
class Attention:
    """One area on one attention list, for the years that were agreed."""

    list_id: str
    area_name: str
    bu_codes: tuple[str, ...]
    focus_bu_codes: tuple[str, ...]
    first_year: int
    last_year: int
    source: str
    confidence: Confidence
    note: str


@dataclass(frozen=True)
class Programme:
    """Social rent homes of a site as agreed: a number, not yet known, or a share."""

    kind: ProgrammeKind
    homes: int | None
    percentage: int | None


@dataclass(frozen=True)
class NewBuildSite:
    """One site of the new-build annex: programme and today's status apart."""

    site_id: str
    corporation: str
    site: str
    programme: Programme
    mid_rent: int
    target_group: str
    period: tuple[int, int]
    bu_code: str
    """Empty when the place is unknown."""
    place_confidence: Confidence
    place_note: str
    status: str
    status_date: str
    status_source: str
    status_confidence: Confidence
    source: str


@dataclass(frozen=True)
class PhaseRow:
    """One phase of one plan area."""

    plan_area: str
    phase: Phase
    start: int | None
    end: int | None
    status: str
    text: str
    source: str
    confidence: Confidence
    peildatum: str
    note: str


@dataclass(frozen=True)
class Target:
    """A measuring point with its target and year; an empty corporation means all."""

    code: str
    corporation: str
    subject: str
    measure: str
    target: str
    year: int
    source: str
    note: str


@dataclass(frozen=True)
class AffordableTarget:
    """The agreed affordable share of the small or the large homes of a corporation."""

    code: str
    corporation: str
    size: Size
    target_share: float
    """Percent 0–100, as agreed."""
    floor_area_limit_m2: float
    """A small home has at most this many square metres, a large one more."""
    rent_class: str
    """The highest rent class that is still affordable."""
    source: str
    definition_confidence: Confidence
    """How sure the limit and the class are; the share itself is as sure as its source."""
    note: str


@dataclass(frozen=True)
class Renovation:
    """A renovation as agreed, with what is known of its state; empty where nothing is."""

    renovation_id: str
    site: str
    corporation: str
    complex_id: str
    complexes: int
    homes: int
    start: int
    end: int
    target_label: str
    state: RenovationState
    state_date: str
    source: str
    confidence: Confidence
    note: str


@dataclass(frozen=True)
class Source:
    """A page or document that a fact comes from."""

    key: str
    short: str
    """What a page calls it in passing."""
    title: str
    publisher: str
    url: str
    date: str
    kind: str


@dataclass(frozen=True)
class Agreements:
    """Everything the agreements put on the map or on a time axis."""

    attention: tuple[Attention, ...]
    sites: tuple[NewBuildSite, ...]
    phasing: tuple[PhaseRow, ...]
    targets: tuple[Target, ...]
    affordable: tuple[AffordableTarget, ...]
    renovations: tuple[Renovation, ...]
    sources: tuple[Source, ...]


def load_agreements(
    data: Path,
    municipality: Municipality | None,
    bu_codes: frozenset[str] | None,
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
    bu_codes
        The buurten that exist; None leaves that unchecked.
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
    for name, schema in FILES.items():
        try:
            tables[name] = read_table(data / name, name, schema)
        except InputError as error:
            problems.extend(error.problems)
    problems.extend(reference_problems(tables, municipality, bu_codes, rent_classes))
    if problems:
        raise InputError(tuple(problems))
    return Agreements(
        tuple(_attention(row) for row in _rows(tables[ATTENTION_FILE])),
        tuple(_site(row) for row in _rows(tables[NEW_BUILD_FILE])),
        tuple(_phase(row) for row in _rows(tables[PHASING_FILE])),
        tuple(Target(**{**row, "year": int(row["year"])}) for row in _rows(tables[TARGETS_FILE])),
        tuple(_affordable(row) for row in _rows(tables[AFFORDABLE_FILE])),
        tuple(_renovation(row) for row in _rows(tables[RENOVATIONS_FILE])),
        tuple(Source(**row) for row in _rows(tables[SOURCES_FILE])),
    )


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def _attention(row: dict[str, Any]) -> Attention:
    return Attention(
        **{
            **row,
            "bu_codes": tuple(row["bu_codes"].split()),
            "focus_bu_codes": tuple(row["focus_bu_codes"].split()),
            "first_year": int(row["first_year"]),
            "last_year": int(row["last_year"]),
            "confidence": Confidence(row["confidence"]),
        }
    )


def parse_programme(value: str) -> Programme:
    """Return a programme cell as what it is: a number, ``Nnb`` or a percentage."""
    if value == "Nnb":
        return Programme("nnb", None, None)
    if value.endswith("%"):
        return Programme("percentage", None, int(value[:-1]))
    return Programme("number", int(value), None)


_SAME: Final = (
    "site_id",
    "corporation",
    "site",
    "target_group",
    "bu_code",
    "place_note",
    "status",
    "status_date",
    "status_source",
    "source",
)
"""Columns that a site takes over as they are."""


def _site(row: dict[str, Any]) -> NewBuildSite:
    return NewBuildSite(
        **{key: row[key] for key in _SAME},
        programme=parse_programme(row["programme_social"]),
        mid_rent=int(row["programme_mid"]),
        period=(int(row["period_start"]), int(row["period_end"])),
        place_confidence=Confidence(row["place_confidence"]),
        status_confidence=Confidence(row["status_confidence"]),
    )


def _phase(row: dict[str, Any]) -> PhaseRow:
    return PhaseRow(
        **{
            **row,
            "start": None if pd.isna(row["start"]) else int(row["start"]),
            "end": None if pd.isna(row["end"]) else int(row["end"]),
            "confidence": Confidence(row["confidence"]),
        }
    )


def _affordable(row: dict[str, Any]) -> AffordableTarget:
    confidence = Confidence(row["definition_confidence"])
    return AffordableTarget(**{**row, "definition_confidence": confidence})


def _renovation(row: dict[str, Any]) -> Renovation:
    numbers = {key: int(row[key]) for key in ("complexes", "homes", "start", "end")}
    return Renovation(**{**row, **numbers, "confidence": Confidence(row["confidence"])})
