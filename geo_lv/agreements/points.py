"""What was agreed and how it is measured: agreements, measuring points and goals, as data.

An agreement without points is a process: nothing is measured, people say how it is going. A goal
that changes stays, with a second one of the same name beside it that says since when it holds.
"""

import datetime as dt
import re
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from geo_lv.properties import LABELS, label_rank
from geo_lv.schema import Confidence

FILE: Final = "agreements/afspraken.toml"
HALF_A_CLASS: Final = 0.5
LABEL_UNIT: Final = "label"
"""Unit of a mean energy label; its goal is a label class."""

Measure = Literal[
    "label_mean",
    "efg_share",
    "affordable_small",
    "affordable_large",
    "solar",
    "renovated",
    "renovated_label",
    "delivered",
    "plan_capacity",
    "spread",
]
"""What geo_lv works out itself, from the lists of homes and the tables of the agreements."""
Size = Literal["klein", "groot"]
AFFORDABLE: Final[dict[str | None, Size]] = {
    "affordable_small": "klein",
    "affordable_large": "groot",
}
"""Measures of affordability, with the size of the homes that they are about."""

_POINT_CODE: Final = re.compile(r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*")
_FIRST, _LAST = dt.date(1900, 1, 1), dt.date(2099, 12, 31)
_YEAR_MONTHS: Final = 12


def _day(value: dt.date) -> dt.date:
    if not _FIRST <= value <= _LAST:
        msg = "a day from 1900 to 2099"
        raise ValueError(msg)
    return value


def _code(value: str) -> str:
    if not _POINT_CODE.fullmatch(value):
        msg = "letters and digits, with single dots and hyphens between them"
        raise ValueError(msg)
    return value


def _label(value: str) -> str:
    if value not in LABELS:
        msg = f"a number, or one of {', '.join(LABELS)}"
        raise ValueError(msg)
    return value


def _vouched(value: Confidence) -> Confidence:
    if value is Confidence.UNKNOWN:
        msg = "H, M or L: what nobody vouches for is no agreement"
        raise ValueError(msg)
    return value


Vouched = Annotated[Confidence, AfterValidator(_vouched)]
Day = Annotated[dt.date, AfterValidator(_day)]
Text = Annotated[str, Field(min_length=1)]
Number = Annotated[float, Field(strict=True, ge=-1e12, le=1e12)]
Label = Annotated[str, AfterValidator(_label)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class JudgingRules(_Strict):
    """When a value that lies behind its path still counts as on course."""

    tolerance_percent: float = Field(strict=True, ge=0, le=100)
    """Percent of the whole way from the start to the goal."""
    owner: Text
    """Dutch: who stands for it."""
    reason: Text


class Theme(_Strict):
    """A part of the agreements."""

    id: Annotated[str, Field(pattern="^[A-Z]$")]
    name: Text


class Agreement(_Strict):
    """Something that the parties agreed."""

    code: Text
    also: tuple[Text, ...] = ()
    """Other codes of the same agreement."""
    theme: str
    parties: tuple[str, ...] = ()
    """Whose it is in the first place; empty for all who signed."""
    subject: Text
    source: Text
    confidence: Vouched
    note: str = ""


class Point(_Strict):
    """What is measured for an agreement."""

    code: Annotated[str, AfterValidator(_code)]
    agreement: str
    subject: Text
    unit: Text
    rule: Text
    """Dutch: how it is counted."""
    every_months: Literal[1, 3, 6, 12] = _YEAR_MONTHS
    """Months between two measuring moments, the last of which is the end of a year."""
    computed: Measure | None = None
    adds_up: bool = False
    """Whether a measurement is what happened in its period, so that periods are added up."""
    not_measurable: str = ""
    """Dutch: why no state can be given; empty when one can."""
    definition_confidence: Vouched = Confidence.HIGH
    """How sure it is that the parties mean what is counted here."""
    indicator: str = ""
    """Indicator that has the measurements of this point per wijk."""
    floor_area_limit_m2: Annotated[float | None, Field(strict=True, ge=1, le=2000)] = None
    """A small home has at most this many square metres, a large one more."""
    rent_class: str = ""
    """The highest rent class that is still affordable."""
    task: str = ""
    """Point whose goal the plans are held against."""
    note: str = ""

    @model_validator(mode="after")
    def _defined(self) -> Self:
        needs = self.computed in AFFORDABLE
        if needs != (self.floor_area_limit_m2 is not None) or needs != bool(self.rent_class):
            msg = "floor_area_limit_m2 and rent_class, for affordable homes and for no others"
            raise ValueError(msg)
        if (self.computed == "plan_capacity") != bool(self.task):
            msg = "a task for plan_capacity, and for nothing else"
            raise ValueError(msg)
        if (self.computed == "label_mean") != (self.unit == LABEL_UNIT):
            msg = "the unit label for label_mean, and for nothing else"
            raise ValueError(msg)
        return self


class Goal(_Strict):
    """What a point should reach, and by when."""

    point: str
    corporation: str = ""
    """Whose value counts; empty for all together."""
    name: str = ""
    """Tells the goals of a point apart."""
    bound: Literal["at_least", "at_most"]
    value: Number | Label
    up_to: Number | None = None
    """Upper end of a goal that is a range; its lower end is what must be reached."""
    each_year: bool = False
    """Whether every year is judged by itself."""
    start: Number | None = None
    since: Day | None = None
    until: Day | None = None
    """Last day; none for a norm that goes on."""
    path: Literal["linear", "flat"] = "linear"
    """Whether the value may move to the goal day by day, or must be as good all the time."""
    tolerance_percent: Annotated[float | None, Field(strict=True, ge=0, le=100)] = None
    """In the place of the one of the rules."""
    agreed: Day | None = None
    """Since when this goal holds; none since the beginning."""
    confidence: Vouched
    path_confidence: Vouched = Confidence.HIGH
    """How sure the start of the path is."""
    note: str = ""

    @property
    def number(self) -> float:
        """The value; a mean label is reached above half a class under its rank."""
        if isinstance(self.value, str):
            return label_rank(self.value) - HALF_A_CLASS
        return self.value

    @property
    def key(self) -> tuple[str, str, str]:
        """What a later version of the same goal has in common with it."""
        return (self.point, self.corporation, self.name)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since and self.until and self.until <= self.since:
            msg = "until after since"
            raise ValueError(msg)
        if self.start is not None and self.since is None:
            msg = "since, beside start"
            raise ValueError(msg)
        if self.path == "linear" and self.until is None:
            msg = 'until, or path = "flat" for a norm without an end'
            raise ValueError(msg)
        if self.each_year and (self.path == "linear" or self.since is None):
            msg = 'since and path = "flat" for a goal of each year'
            raise ValueError(msg)
        if self.up_to is not None and not (
            isinstance(self.value, float) and self.bound == "at_least" and self.value <= self.up_to
        ):
            msg = "up_to no less than value, for a number that is at_least"
            raise ValueError(msg)
        return self


class Monitored(_Strict):
    """All that the monitor follows."""

    parties: tuple[Text, ...] = ()
    rules: JudgingRules | None = None
    themes: tuple[Theme, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    points: tuple[Point, ...] = ()
    goals: tuple[Goal, ...] = ()

    def point(self, code: str) -> Point:
        """Return the point with a code."""
        return next(point for point in self.points if point.code == code)

    def goals_of(self, code: str) -> tuple[Goal, ...]:
        """Return the goals of a point, in the order of the file."""
        return tuple(goal for goal in self.goals if goal.point == code)

    def points_of(self, code: str) -> tuple[Point, ...]:
        """Return the points of an agreement; a process has none."""
        return tuple(point for point in self.points if point.agreement == code)
