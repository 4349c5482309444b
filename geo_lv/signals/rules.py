"""When a difference is a signal: thresholds that are data, with somebody who owns them."""

from pathlib import Path
from statistics import NormalDist
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from geo_lv.errors import InputError, Problem, shorten
from geo_lv.indicators.catalogue import Indicator
from geo_lv.settings import read_toml

FILE: Final = "statistics/signals.toml"


class SignalRules(BaseModel):
    """The thresholds of a signal."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    owner: str = Field(min_length=1)
    """Dutch: who stands for these thresholds."""
    note: str = ""
    """Dutch: a remark for readers of the account."""
    watch: float = Field(gt=0)
    """Robust z from which a difference asks for a look."""
    strong: float
    """Robust z from which it is strong."""
    size: str = Field(min_length=1)
    """Indicator that says how large an area is."""
    minimum_size: int = Field(ge=0)
    """A smaller area has no signal and is in no reference."""
    minimum_areas: int = Field(ge=3)
    """With fewer areas to compare there are no signals."""
    confidence_percent: float = Field(ge=50, lt=100)
    """How much of what chance alone does counts as noise, in percent: of every interval."""
    strong_confidence_percent: float = Field(ge=50, lt=100)
    """The same for a strong signal."""
    count_step: int = Field(ge=1)
    """Published counts are multiples of this, each rounded up or down at random."""
    assumed_base_percent: float = Field(gt=0, le=100)
    """A share without a published base is taken as one of so many percent of the size, at least."""
    vintages: int = Field(ge=1)
    """How many of the last comparable years a signal looks at."""
    vintages_needed: int = Field(ge=1)
    """In how many of those it must be there; with fewer years at hand in all of them."""
    trend_vintages: int = Field(ge=3)
    """With fewer comparable years there is no trend."""
    trend_confidence_percent: float = Field(ge=50, lt=100)
    """A trend is certain if chance alone would give one like it in no more than the rest."""

    @field_validator("strong")
    @classmethod
    def _above_watch(cls, strong: float, info: ValidationInfo) -> float:
        if strong <= info.data.get("watch", 0):
            msg = "a number above watch"
            raise ValueError(msg)
        return strong

    @field_validator("strong_confidence_percent")
    @classmethod
    def _as_sure_as_watch(cls, percent: float, info: ValidationInfo) -> float:
        if percent < info.data.get("confidence_percent", 0):
            msg = "no less than confidence_percent"
            raise ValueError(msg)
        return percent

    @field_validator("vintages_needed")
    @classmethod
    def _no_more_than_vintages(cls, needed: int, info: ValidationInfo) -> int:
        if needed > info.data.get("vintages", needed):
            msg = "no more than vintages"
            raise ValueError(msg)
        return needed

    @property
    def chance_z(self) -> tuple[float, float]:
        """Standard deviations on either side that hold so much of chance, for both levels."""
        return _deviations(self.confidence_percent), _deviations(self.strong_confidence_percent)

    @property
    def trend_chance(self) -> float:
        """Greatest probability by chance alone of a trend that is certain."""
        return round((100 - self.trend_confidence_percent) / 100, 9)


def _deviations(percent: float) -> float:
    return NormalDist().inv_cdf(0.5 + percent / 200)


def load_rules(data: Path, catalogue: tuple[Indicator, ...] | None) -> SignalRules:
    """
    Read the thresholds of a data folder.

    Parameters
    ----------
    data
        The data folder.
    catalogue
        The published indicators; None leaves the reference to them unchecked.

    Returns
    -------
    rules
        The thresholds.

    Raises
    ------
    InputError
        With every problem of the file, also when an indicator can signal and the one that gives
        the size of an area is not in the catalogue, or may not be named in public.
    """
    rules = read_toml(data / FILE, FILE, SignalRules)
    editions = {indicator.id: indicator.edition for indicator in catalogue or ()}
    signals = any(indicator.signal for indicator in catalogue or ())
    if signals and editions.get(rules.size) != "publiek":
        inside = " that is public" if rules.size in editions else ""
        expected = f"the id of an indicator in indicators.toml{inside}"
        found = shorten(rules.size)
        raise InputError((Problem(FILE, expected, found, "correct the id", column="size"),))
    return rules
