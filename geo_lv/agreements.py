"""What the parties agreed: attention lists, new-build sites, heat-transition phasing, targets.

Programme and today's state are kept apart, ``Nnb`` and a percentage are no numbers, and a year
without a source stays unknown.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import pandas as pd

from geo_lv.codes import BU_CODE, SLUG
from geo_lv.errors import InputError, Problem, shorten
from geo_lv.municipality import Municipality
from geo_lv.schema import Confidence
from geo_lv.tables import (
    Column,
    TableSchema,
    choice,
    date,
    number,
    pattern,
    read_table,
    text,
    year,
)

Phase = Literal["opstellen", "uitvoering", "gasvrij"]
ProgrammeKind = Literal["number", "nnb", "percentage"]
PHASES: Final[tuple[Phase, ...]] = ("opstellen", "uitvoering", "gasvrij")

ATTENTION_FILE: Final = "agreements/attention.csv"
NEW_BUILD_FILE: Final = "agreements/new_build.csv"
PHASING_FILE: Final = "agreements/phasing.csv"
TARGETS_FILE: Final = "agreements/targets.csv"
SOURCES_FILE: Final = "agreements/sources.csv"

_BU_LIST: Final = re.compile(rf"{BU_CODE.pattern}( {BU_CODE.pattern})*")
_PROGRAMME: Final = re.compile(r"\d{1,5}|Nnb|\d{1,3}%")


def _confidence(name: str) -> Column:
    return choice(name, tuple(Confidence))


def _bu_list(name: str, *, optional: bool = False) -> Column:
    return pattern(name, _BU_LIST, "buurt codes with a space between them", optional=optional)


_ATTENTION: Final = TableSchema(
    (
        pattern("list_id", SLUG, "the id of an attention list"),
        text("area_name"),
        _bu_list("bu_codes"),
        _bu_list("focus_bu_codes", optional=True),
        year("first_year"),
        year("last_year"),
        text("source"),
        _confidence("confidence"),
        text("note", optional=True),
    )
)
_NEW_BUILD: Final = TableSchema(
    (
        pattern("site_id", SLUG, "an id of lower-case letters, digits and hyphens"),
        text("corporation"),
        text("site"),
        pattern("programme_social", _PROGRAMME, "a number of homes, Nnb or a percentage"),
        number("programme_mid", minimum=0),
        text("target_group"),
        year("period_start"),
        year("period_end"),
        pattern("bu_code", BU_CODE, "a buurt code: BU and eight digits", optional=True),
        choice("place_accuracy", ("buurt", "onbekend")),
        _confidence("place_confidence"),
        text("place_note", optional=True),
        text("status", optional=True),
        date("status_date", optional=True),
        text("status_source", optional=True),
        _confidence("status_confidence"),
        text("source"),
    ),
    unique=("site_id",),
)
_PHASING: Final = TableSchema(
    (
        pattern("plan_area", SLUG, "the slug of a plan area"),
        choice("phase", PHASES),
        year("start", optional=True),
        year("end", optional=True),
        choice("status", ("gepland", "afgeleid", "onbekend", "vertraagd")),
        text("text", optional=True),
        text("source", optional=True),
        _confidence("confidence"),
        date("peildatum", optional=True),
        text("note", optional=True),
    ),
    unique=("plan_area", "phase"),
)
_TARGETS: Final = TableSchema(
    (
        text("code"),
        text("corporation", optional=True),
        text("subject"),
        choice("measure", ("label_mean", "efg_share")),
        text("target"),
        year("year"),
        text("source"),
        text("note", optional=True),
    )
)
_SOURCES: Final = TableSchema(
    (
        text("key"),
        text("short"),
        text("title"),
        text("publisher", optional=True),
        pattern("url", re.compile(r"https?://[^\s\"'<>]+"), "a web address", optional=True),
        date("date", optional=True),
        choice("kind", ("primary", "news", "code", "document")),
    ),
    unique=("key",),
)


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
    sources: tuple[Source, ...]


def load_agreements(data: Path, municipality: Municipality, bu_codes: frozenset[str]) -> Agreements:
    """
    Read the agreements of a data folder.

    Parameters
    ----------
    data
        The data folder.
    municipality
        Whose plan areas, lists and corporations the tables may name.
    bu_codes
        The buurten that exist.

    Returns
    -------
    agreements
        Typed rows, in the order of the files.

    Raises
    ------
    InputError
        With every problem of every file.
    """
    files = {
        ATTENTION_FILE: _ATTENTION,
        NEW_BUILD_FILE: _NEW_BUILD,
        PHASING_FILE: _PHASING,
        TARGETS_FILE: _TARGETS,
        SOURCES_FILE: _SOURCES,
    }
    tables: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for name, schema in files.items():
        try:
            tables[name] = read_table(data / name, name, schema)
        except InputError as error:
            problems.extend(error.problems)
    problems.extend(_reference_problems(tables, municipality, bu_codes))
    if problems:
        raise InputError(tuple(problems))
    return Agreements(
        tuple(_attention(row) for row in _rows(tables[ATTENTION_FILE])),
        tuple(_site(row) for row in _rows(tables[NEW_BUILD_FILE])),
        tuple(_phase(row) for row in _rows(tables[PHASING_FILE])),
        tuple(Target(**{**row, "year": int(row["year"])}) for row in _rows(tables[TARGETS_FILE])),
        tuple(Source(**row) for row in _rows(tables[SOURCES_FILE])),
    )


def _reference_problems(
    tables: dict[str, pd.DataFrame], municipality: Municipality, bu_codes: frozenset[str]
) -> Iterator[Problem]:
    """Check that every code, slug, id and source key that a table names exists."""
    lists = {item.id for item in municipality.attention_lists}
    plans = {area.slug for area in municipality.plan_areas}
    corporations = {item.name for item in municipality.corporations}
    sources = set(tables[SOURCES_FILE]["key"]) if SOURCES_FILE in tables else None
    known: dict[tuple[str, str], set[str] | frozenset[str] | None] = {
        (ATTENTION_FILE, "list_id"): lists,
        (ATTENTION_FILE, "bu_codes"): bu_codes,
        (ATTENTION_FILE, "focus_bu_codes"): bu_codes,
        (ATTENTION_FILE, "source"): sources,
        (NEW_BUILD_FILE, "bu_code"): bu_codes,
        (NEW_BUILD_FILE, "source"): sources,
        (NEW_BUILD_FILE, "status_source"): sources,
        (PHASING_FILE, "plan_area"): plans,
        (PHASING_FILE, "source"): sources,
        (TARGETS_FILE, "source"): sources,
    }
    for (name, column), allowed in known.items():
        if name in tables and allowed is not None:
            yield from _unknown(tables[name], name, column, allowed)
    for name in (NEW_BUILD_FILE, TARGETS_FILE):
        if name in tables:
            yield from _unknown_corporations(tables[name], name, corporations)
    for name, first, last in (
        (ATTENTION_FILE, "first_year", "last_year"),
        (NEW_BUILD_FILE, "period_start", "period_end"),
        (PHASING_FILE, "start", "end"),
    ):
        if name in tables:
            yield from _backwards(tables[name], name, first, last)


def _unknown(
    table: pd.DataFrame, name: str, column: str, allowed: set[str] | frozenset[str]
) -> Iterator[Problem]:
    for row, value in table[column].items():
        for word in str(value).split():
            if word not in allowed:
                expected = f"a {column.removesuffix('s')} that exists in the data folder"
                yield Problem(name, expected, shorten(word), "correct it", int(str(row)), column)


def _unknown_corporations(table: pd.DataFrame, name: str, allowed: set[str]) -> Iterator[Problem]:
    for row, value in table["corporation"].items():
        if value and value not in allowed:
            expected = "a corporation of municipality.toml"
            found = shorten(str(value))
            yield Problem(name, expected, found, "correct it", int(str(row)), "corporation")


def _backwards(table: pd.DataFrame, name: str, first: str, last: str) -> Iterator[Problem]:
    wrong = table[(table[last] < table[first]).fillna(value=False).astype(bool)]
    for row, start, end in zip(wrong.index, wrong[first], wrong[last], strict=True):
        yield Problem(name, f"{start} or later", str(end), "correct the year", int(row), last)


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
