"""From how many homes, inhabitants or households a figure may be public: rules that are data."""

from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, model_validator

from geo_lv.errors import InputError, Problem, shorten
from geo_lv.indicators.catalogue import Indicator
from geo_lv.schema import Confidence
from geo_lv.settings import read_toml

FILE: Final = "privacy.toml"


class _Rule(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    owner: str = Field(min_length=1)
    """Dutch: who stands for this rule."""
    reason: str = Field(min_length=1)
    """Dutch: why it is there, for readers of the account."""
    confidence: Confidence


class DwellingRules(_Rule):
    """When a count of dwellings, or what it says of their labels, stays secret."""

    cell: int = Field(ge=3)
    """A cell with fewer dwellings is secret, and so are labels of fewer dwellings."""
    label_class: int = Field(ge=2)
    """Fewer dwellings than this with the same label must not be found."""
    interval: int = Field(ge=5)
    """Between which numbers a secret count may lie, for all that is public, is at least so wide."""
    dominance_percent: float = Field(gt=50, le=100)
    """Labels are secret when more than this share of them is the same."""
    stock: int = Field(default=500, ge=100)
    """A figure about a whole stock is secret when it is about fewer dwellings: a whole percentage
    of more of them is no more precise than a count in fives."""

    @property
    def limits(self) -> dict[str, float]:
        """What the search for secret counts depends on: not who says so, nor what is of stocks."""
        return self.model_dump(exclude={"owner", "reason", "confidence", "stock"})


class PublishedRule(_Rule):
    """From how many of something on a published figure may be shown."""

    indicators: tuple[str, ...] = Field(min_length=1)
    """Ids of published indicators."""
    of: str = ""
    """Id of the published indicator that counts what the figure is about; empty when the figure is
    that count itself."""
    minimum: int = Field(default=1, ge=1)
    """A figure about fewer is secret."""
    fewest: int = Field(default=0, ge=0)
    """A share, or a rate, that comes down to fewer of them than this is secret too."""


class PrivacyRules(BaseModel):
    """The rules of the public edition."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dwellings: DwellingRules
    published: tuple[PublishedRule, ...] = ()

    @model_validator(mode="after")
    def _one_rule_each(self) -> "PrivacyRules":
        names = [name for rule in self.published for name in rule.indicators]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            msg = f"one rule for each indicator, not two for {', '.join(twice)}"
            raise ValueError(msg)
        return self


def load_privacy(data: Path, catalogue: tuple[Indicator, ...] | None) -> PrivacyRules:
    """
    Read the rules of a data folder.

    Parameters
    ----------
    data
        The data folder.
    catalogue
        The published indicators; None leaves the references to them unchecked.

    Returns
    -------
    rules
        The rules.

    Raises
    ------
    InputError
        With every problem of the file, also when a rule names an indicator that there is not.
    """
    rules = read_toml(data / FILE, FILE, PrivacyRules)
    known = None if catalogue is None else {indicator.id for indicator in catalogue}
    problems = tuple(
        Problem(
            FILE,
            "the id of an indicator in indicators.toml",
            shorten(name),
            "correct the id",
            column=f"published.{place}.{setting}",
        )
        for place, rule in enumerate(rules.published)
        for setting, names in (("indicators", rule.indicators), ("of", (rule.of,) * bool(rule.of)))
        for name in names
        if known is not None and name not in known
    )
    if problems:
        raise InputError(problems)
    return rules
