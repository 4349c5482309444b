"""The municipality as data: names, codes and areas. No code of geo_lv mentions a place."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from geo_lv.codes import BU_CODE, DEVICES, GM_CODE, SLUG, gm_of, slug_of
from geo_lv.errors import InputError, Problem, shorten
from geo_lv.schema import Confidence
from geo_lv.settings import read_toml
from geo_lv.tables import is_date

FILE = "municipality.toml"


def _gm_code(value: str) -> str:
    if not GM_CODE.fullmatch(value):
        msg = "a gemeente code: GM and four digits"
        raise ValueError(msg)
    return value


def _bu_code(value: str) -> str:
    if not BU_CODE.fullmatch(value):
        msg = "a buurt code: BU and eight digits"
        raise ValueError(msg)
    return value


def _slug(value: str) -> str:
    if not SLUG.fullmatch(value) or len(value) > 60:  # noqa: PLR2004 - fits every file system
        msg = "lower-case letters, digits and single hyphens, at most 60"
        raise ValueError(msg)
    if value in DEVICES:
        msg = "a name that a file can have on Windows too"
        raise ValueError(msg)
    return value


def _date(value: str) -> str:
    if value and not is_date(value):
        msg = "a date such as 2024, 2024-03 or 2024-03-16"
        raise ValueError(msg)
    return value


BuCode = Annotated[str, AfterValidator(_bu_code)]
Slug = Annotated[str, AfterValidator(_slug)]
Name = Annotated[str, Field(min_length=1)]
Year = Annotated[int, Field(strict=True, ge=1900, le=2099)]
Metres = Annotated[float, Field(strict=True, ge=0, le=1000)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Boundaries(_Strict):
    """How far a drawn border may lie from the real one, in metres."""

    official_accuracy_m: Metres
    indicative_accuracy_m: Metres


class PhasingAxis(_Strict):
    """The year axis of the phasing chart, and what is known of the programme as a whole."""

    axis_start: Year
    axis_end: Year
    note: str = ""
    source: str = ""
    peildatum: Annotated[str, AfterValidator(_date)] = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.axis_end <= self.axis_start:
            msg = "axis_end after axis_start"
            raise ValueError(msg)
        return self


class Corporation(_Strict):
    """A housing corporation and the number of dwellings that the agreements give it."""

    name: Name
    stock: int = Field(strict=True, ge=0)
    source: str = ""


class PlanArea(_Strict):
    """A transition area with a wijkuitvoeringsplan, as a union of buurten."""

    slug: Slug
    name: Name
    bu_codes: tuple[BuCode, ...] = Field(min_length=1)
    confidence: Confidence
    note: str = ""
    source: str = ""


class MeetingArea(_Strict):
    """An area with a partner meeting."""

    name: Name
    bu_codes: tuple[BuCode, ...] = Field(min_length=1)
    confidence: Confidence
    note: str = ""
    source: str = ""


class AttentionList(_Strict):
    """A list of attention neighbourhoods and the years for which it was agreed."""

    id: Slug
    name: Name
    years: tuple[Year, ...] = Field(min_length=1)
    source: str = ""


class Municipality(_Strict):
    """All that makes this municipality another one than the next."""

    gm_code: Annotated[str, AfterValidator(_gm_code)]
    name: Name
    start_indicator: str = ""
    """Indicator that maps start with; empty takes the first of the catalogue."""
    disclaimer: str = ""
    """Dutch: who publishes the pages and who does not; stands at the foot of each."""
    boundaries: Boundaries
    phasing: PhasingAxis
    corporations: tuple[Corporation, ...] = ()
    plan_areas: tuple[PlanArea, ...] = ()
    meeting_areas: tuple[MeetingArea, ...] = ()
    attention_lists: tuple[AttentionList, ...] = ()


def load_municipality(data: Path) -> Municipality:
    """
    Read ``municipality.toml`` of a data folder.

    Parameters
    ----------
    data
        The data folder.

    Returns
    -------
    municipality
        The validated settings.

    Raises
    ------
    InputError
        With every problem of the file, double ids and foreign codes included.
    """
    municipality = read_toml(data / FILE, FILE, Municipality)
    problems = (*_foreign(municipality), *_double(municipality))
    if problems:
        raise InputError(problems)
    return municipality


def _foreign(municipality: Municipality) -> Iterator[Problem]:
    for kind in ("plan_areas", "meeting_areas"):
        for position, area in enumerate(getattr(municipality, kind)):
            for code in area.bu_codes:
                if gm_of(code) != municipality.gm_code:
                    expected = f"a buurt of {municipality.gm_code}"
                    column = f"{kind}.{position}.bu_codes"
                    advice = "use a buurt code of this municipality"
                    yield Problem(FILE, expected, shorten(code), advice, column=column)


def _double(municipality: Municipality) -> Iterator[Problem]:
    # An id is made from a corporation's name. A dwelling counts for one plan area.
    plans, lists = municipality.plan_areas, municipality.attention_lists
    once: dict[tuple[str, str], list[tuple[int, str]]] = {
        ("plan_areas", "slug"): [(place, area.slug) for place, area in enumerate(plans)],
        ("plan_areas", "bu_codes"): [
            (place, code) for place, area in enumerate(plans) for code in area.bu_codes
        ],
        ("attention_lists", "id"): [(place, item.id) for place, item in enumerate(lists)],
        ("corporations", "name"): [
            (place, slug_of(item.name)) for place, item in enumerate(municipality.corporations)
        ],
    }
    for (table, setting), values in once.items():
        seen: set[str] = set()
        for place, value in values:
            if value in seen:
                found = f"{shorten(value)} again"
                column = f"{table}.{place}.{setting}"
                advice = "change or remove one"
                yield Problem(FILE, "each only once", found, advice, column=column)
            seen.add(value)
