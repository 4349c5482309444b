"""How coarse the public edition shows figures about dwellings, so that no single one stands out.

Suppression decides which cells are shown at all; this decides how precisely. Counts are multiples
of five, as CBS publishes them, a share is a whole percentage, a mean label is only a class, and a
share of poor labels that would rest on one or two dwellings is not shown.
"""

import math
from typing import Final

import pandas as pd

from geo_lv.properties import LABEL_CLASSES, LABELS, NO_LABEL, POOR_LABELS, label_of, label_rank

MINIMUM_PER_CLASS: Final = 3
"""Fewer dwellings than this in a label class are never shown as present."""
_STEP: Final = 5

LABEL_GROUPS: Final[dict[str, str]] = {
    **dict.fromkeys(LABELS[: LABELS.index("A")], "A+ en beter"),
    **{label: label for label in LABELS[LABELS.index("A") :]},
    NO_LABEL: NO_LABEL,
}
"""Label class to the group under which the public edition shows it, best first."""


def to_five(dwellings: float) -> int:
    """Return a count as the nearest multiple of five; one or two become none."""
    return _STEP * math.floor((dwellings + _STEP / 2) / _STEP)


def coarse_share(percent: float) -> float:
    """Return a share as a whole percentage; NaN stays NaN."""
    return percent if math.isnan(percent) else float(math.floor(percent + 0.5))


def coarse_mean(ordinal: float) -> float:
    """Return a mean label as the rank of the class it belongs to; NaN stays NaN."""
    return ordinal if math.isnan(ordinal) else float(label_rank(label_of(ordinal)))


def coarse_groups(counts: dict[str, int]) -> tuple[tuple[str, int], ...]:
    """Return rounded dwellings per label group, best first; groups that round to none left out."""
    groups: dict[str, int] = {}
    for label in LABEL_CLASSES:
        groups[LABEL_GROUPS[label]] = groups.get(LABEL_GROUPS[label], 0) + counts[label]
    rounded = {name: to_five(homes) for name, homes in groups.items()}
    return tuple((name, homes) for name, homes in rounded.items() if homes)


def share_tells_too_much(counts: pd.DataFrame) -> "pd.Series[bool]":
    """
    Tell where the share of poor labels rests on one or two dwellings, or on all but one or two.

    Parameters
    ----------
    counts
        Dwellings per label class, one row per cell.

    Returns
    -------
    tells
        Same index.
    """
    poor = counts[list(POOR_LABELS)].sum(axis=1)
    others = counts[list(LABELS)].sum(axis=1) - poor
    return poor.between(1, MINIMUM_PER_CLASS - 1) | others.between(1, MINIMUM_PER_CLASS - 1)
