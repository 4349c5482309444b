"""What the fictitious sample is made of: the settings of ``properties/sample.toml``."""

import tomllib
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, model_validator

LABELS: Final = ("A+++++", "A++++", "A+++", "A++", "A+", "A", "B", "C", "D", "E", "F", "G")
"""Energy labels, best first."""
NO_LABEL: Final = "geen"
"""What stands in the column of a home without a label."""

_PERMILLE: Final = 1000

Count = Annotated[int, Field(ge=0)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AwkwardRecipe(_Strict):
    """How many rows of a corporation must not simply land in their buurt."""

    without_location: Count
    """Neither coordinates nor a buurt code."""
    outside: Count
    """Coordinates outside the municipality, no buurt code."""
    contradicting_code: Count
    """The registered buurt is another one, more than 300 m away."""
    near_border_without_code: Count
    """No buurt code, and within 5 m of a border between two buurten."""


class CorporationRecipe(_Strict):
    """The fictitious stock of one corporation."""

    name: str
    prefix: str
    """Part of every id: ``FICTIEF-<prefix>-00001``."""
    count: Count
    labels: dict[str, Count]
    """Homes per thousand with each label, `NO_LABEL` included."""
    awkward: AwkwardRecipe
    weights: dict[str, Count]
    """Share of the homes per buurt code, in any unit."""

    @model_validator(mode="after")
    def _consistent(self) -> "CorporationRecipe":
        if sum(self.labels.values()) != _PERMILLE or set(self.labels) - {*LABELS, NO_LABEL}:
            msg = f"labels of {self.name} must be known and add up to 1000 per thousand"
            raise ValueError(msg)
        if not sum(self.weights.values()):
            msg = f"weights of {self.name} must hold a buurt with a weight above 0"
            raise ValueError(msg)
        return self


class SampleRecipe(_Strict):
    """Everything that decides the sample."""

    seed: int
    grid_m: Annotated[float, Field(gt=0)]
    """Grid on which the boundary file was drawn, in metres."""
    corporations: tuple[CorporationRecipe, ...]


def read_recipe(path: Path) -> SampleRecipe:
    """Read the recipe of a sample from a TOML file."""
    return SampleRecipe.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


def allocate(total: int, weights: dict[str, int]) -> dict[str, int]:
    """
    Divide `total` over keys by largest remainder; a tie goes to the first key.

    Parameters
    ----------
    total
        What to divide.
    weights
        Weight per key; together above 0.

    Returns
    -------
    parts
        Whole numbers per key that add up to `total`.
    """
    weight = sum(weights.values())
    parts = {key: total * share // weight for key, share in weights.items()}
    left = total - sum(parts.values())
    by_remainder = sorted(weights, key=lambda key: -(total * weights[key] % weight))
    return {key: part + (key in by_remainder[:left]) for key, part in parts.items()}
