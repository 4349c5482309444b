"""The columns of the agreement tables."""

import re
from typing import Final, Literal, get_args

from geo_lv.agreements.measurements import FILE as MEASUREMENTS_FILE
from geo_lv.agreements.measurements import SCHEMA as MEASUREMENTS
from geo_lv.codes import BU_CODE, SLUG, WK_CODE
from geo_lv.properties import LABELS
from geo_lv.schema import Confidence
from geo_lv.tables import (
    Column,
    TableSchema,
    choice,
    date,
    day,
    pattern,
    text,
    year,
)

Phase = Literal["opstellen", "uitvoering", "gasvrij"]
PHASES: Final[tuple[Phase, ...]] = get_args(Phase)
"""In the order in which they follow each other."""
ActionState = Literal["open", "in uitvoering", "gereed", "vervallen"]
Decision = Literal["toegevoegd", "verlengd", "gewijzigd", "verwijderd"]
RenovationState = Literal["onbekend", "gepland", "in uitvoering", "gereed"]
Step = Literal["gepland", "gestart", "opgeleverd"]
STEPS: Final[tuple[Step, ...]] = get_args(Step)
"""In the order in which a site takes them."""
ATTENTION_FILE: Final = "agreements/attention.csv"
NEW_BUILD_FILE: Final = "agreements/new_build.csv"
PROGRESS_FILE: Final = "agreements/new_build_progress.csv"
PHASING_FILE: Final = "agreements/phasing.csv"
RENOVATIONS_FILE: Final = "agreements/renovations.csv"
ACTIONS_FILE: Final = "agreements/acties.csv"
DECISIONS_FILE: Final = "agreements/attention_decisions.csv"
SOURCES_FILE: Final = "agreements/sources.csv"

_BU_LIST: Final = re.compile(rf"{BU_CODE.pattern}( {BU_CODE.pattern})*")
_HOMES: Final = re.compile("[0-9]{1,5}")
_PROGRAMME: Final = re.compile("[0-9]{1,5}|Nnb|([1-9]?[0-9]|100)%")


def _confidence(name: str) -> Column:
    return choice(name, tuple(Confidence))


def _bu_list(name: str, *, optional: bool = False) -> Column:
    return pattern(name, _BU_LIST, "buurt codes with a space between them", optional=optional)


ATTENTION: Final = TableSchema(
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
NEW_BUILD: Final = TableSchema(
    (
        pattern("site_id", SLUG, "an id of lower-case letters, digits and hyphens"),
        text("corporation"),
        text("site"),
        pattern("programme_social", _PROGRAMME, "a number of homes, Nnb or a percentage"),
        pattern("programme_mid", _HOMES, "a number of homes"),
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
PROGRESS: Final = TableSchema(
    (
        pattern("site_id", SLUG, "the id of a site"),
        choice("step", STEPS),
        year("year", optional=True),
        pattern("homes_low", _HOMES, "a number of homes"),
        pattern("homes_high", _HOMES, "a number of homes", optional=True),
        text("source"),
        _confidence("confidence"),
        text("note", optional=True),
    ),
    unique=("site_id", "step"),
)
"""What is known since the programme: about how many social rent homes a step is, and in which
year. The year of `gepland` is the one in which the homes are to be ready. An empty `homes_high`
is no known upper limit."""
PHASING: Final = TableSchema(
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
TARGETS: Final = TableSchema(
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
RENOVATIONS: Final = TableSchema(
    (
        pattern("renovation_id", SLUG, "an id of lower-case letters, digits and hyphens"),
        text("site", optional=True),
        text("corporation", optional=True),
        text("complex_id", optional=True),
        pattern("complexes", re.compile("[1-9][0-9]?"), "a number of complexes, 1 to 99"),
        pattern("homes", _HOMES, "a number of homes"),
        year("start"),
        year("end"),
        choice("target_label", LABELS),
        choice("state", get_args(RenovationState)),
        date("state_date", optional=True),
        text("source"),
        _confidence("confidence"),
        text("note", optional=True),
    ),
    unique=("renovation_id",),
)
ACTIONS: Final = TableSchema(
    (
        pattern("action_id", SLUG, "an id of lower-case letters, digits and hyphens"),
        pattern("wk_code", WK_CODE, "a wijk code: WK and six digits"),
        text("action"),
        text("owner"),
        day("due", optional=True),
        choice("state", get_args(ActionState)),
        day("state_date", optional=True),
        choice("edition", ("publiek", "intern")),
        text("source", optional=True),
    ),
    unique=("action_id",),
)
"""Actions of the wijkveiligheidsplannen. `owner` is an organisation or a role, never a person;
`edition` says who may see the row."""
DECISIONS: Final = TableSchema(
    (
        pattern("list_id", SLUG, "the id of an attention list"),
        text("area_name"),
        choice("decision", get_args(Decision)),
        date("date", optional=True),
        text("body"),
        text("reason", optional=True),
        year("from_year"),
        year("until_year", optional=True),
        text("source"),
        _confidence("confidence"),
    ),
    unique=("list_id", "area_name", "from_year", "decision"),
)
"""Who put an area on an attention list or took it off, when, and why."""
SOURCES: Final = TableSchema(
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

FILES: Final = {
    ATTENTION_FILE: ATTENTION,
    NEW_BUILD_FILE: NEW_BUILD,
    PHASING_FILE: PHASING,
    RENOVATIONS_FILE: RENOVATIONS,
    SOURCES_FILE: SOURCES,
}
"""Every agreement table with its columns."""
OPTIONAL_FILES: Final = {
    PROGRESS_FILE: PROGRESS,
    ACTIONS_FILE: ACTIONS,
    DECISIONS_FILE: DECISIONS,
    MEASUREMENTS_FILE: MEASUREMENTS,
}
"""Tables that a data folder may do without."""
