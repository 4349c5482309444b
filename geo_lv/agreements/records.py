"""The rows of the agreement tables as typed records."""

from dataclasses import dataclass
from typing import Any, Final, Literal

import pandas as pd

from geo_lv.agreements.schemas import ActionState, Decision, Phase, RenovationState, Step
from geo_lv.schema import Confidence

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
class SiteProgress:
    """What is known since the programme of one step of one new-build site."""

    site_id: str
    step: Step
    year: int | None
    """In which the homes are to be ready, were started or were delivered; None if unknown."""
    homes_low: int
    homes_high: int | None
    """None when no upper limit is known."""
    source: str
    confidence: Confidence
    note: str


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
class Action:
    """An action of the wijkveiligheidsplan of a wijk."""

    action_id: str
    wk_code: str
    action: str
    owner: str
    """An organisation or a role."""
    due: str
    """ISO day; empty when none was agreed."""
    state: ActionState
    state_date: str
    edition: str
    """``publiek`` when everyone may read it, else ``intern``."""
    source: str

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do."""
        return self.state in {"open", "in uitvoering"}


@dataclass(frozen=True)
class ListDecision:
    """Why an area is on an attention list, or no longer: who said so, when, for which years."""

    list_id: str
    area_name: str
    decision: Decision
    date: str
    """Year, year-month or day; empty when unknown."""
    body: str
    reason: str
    from_year: int
    until_year: int | None
    source: str
    confidence: Confidence


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


def decision_of(row: dict[str, Any]) -> ListDecision:
    """Return a decision of the cells of its row."""
    return ListDecision(
        **{
            **row,
            "from_year": int(row["from_year"]),
            "until_year": None if pd.isna(row["until_year"]) else int(row["until_year"]),
            "confidence": Confidence(row["confidence"]),
        }
    )


def attention_of(row: dict[str, Any]) -> Attention:
    """Return a listing of the cells of its row."""
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


def site_of(row: dict[str, Any]) -> NewBuildSite:
    """Return a site of the cells of its row."""
    return NewBuildSite(
        **{key: row[key] for key in _SAME},
        programme=parse_programme(row["programme_social"]),
        mid_rent=int(row["programme_mid"]),
        period=(int(row["period_start"]), int(row["period_end"])),
        place_confidence=Confidence(row["place_confidence"]),
        status_confidence=Confidence(row["status_confidence"]),
    )


def progress_of(row: dict[str, Any]) -> SiteProgress:
    """Return a step of a site of the cells of its row."""
    return SiteProgress(
        **{
            **row,
            "year": None if pd.isna(row["year"]) else int(row["year"]),
            "homes_low": int(row["homes_low"]),
            "homes_high": int(row["homes_high"]) if row["homes_high"] else None,
            "confidence": Confidence(row["confidence"]),
        }
    )


def phase_of(row: dict[str, Any]) -> PhaseRow:
    """Return a phase of the cells of its row."""
    return PhaseRow(
        **{
            **row,
            "start": None if pd.isna(row["start"]) else int(row["start"]),
            "end": None if pd.isna(row["end"]) else int(row["end"]),
            "confidence": Confidence(row["confidence"]),
        }
    )


def renovation_of(row: dict[str, Any]) -> Renovation:
    """Return a renovation of the cells of its row."""
    numbers = {key: int(row[key]) for key in ("complexes", "homes", "start", "end")}
    return Renovation(**{**row, **numbers, "confidence": Confidence(row["confidence"])})
