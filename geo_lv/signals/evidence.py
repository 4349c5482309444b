"""From the figures of areas to levels: pure functions, Series in and Series out.

A figure that is missing, secret or not applicable is NaN, or has no row at all: that is the same.
Such an area has no signal, and the others get the signals that they would have without it.
"""

from typing import Final

import numpy as np
import pandas as pd

MAD_TO_SIGMA: Final = 1.4826
"""The median absolute deviation of a normal distribution times this is its standard deviation."""
_DIGITS: Final = 9
"""Figures have at most three decimals: what is beyond is an error of binary fractions."""


def deviations(values: "pd.Series[float]", municipal: float) -> "pd.Series[float]":
    """Return how far each area lies from the value of the municipality, in the same unit."""
    return (values - municipal).round(_DIGITS)


def comparable(sizes: "pd.Series[float]", minimum: int) -> "pd.Series[bool]":
    """Return which areas are large enough; an area of unknown size is not."""
    return sizes >= minimum


def robust_z(deviation: "pd.Series[float]", minimum_areas: int) -> "pd.Series[float]":
    """
    Place of each area among the others, in robust standard deviations from their median.

    Parameters
    ----------
    deviation
        Of comparable areas of one level; NaN where there is no figure.
    minimum_areas
        How many must have a figure.

    Returns
    -------
    z
        Same index; NaN where there is no figure, and everywhere when too few areas have one or
        at least half of them have the same.
    """
    distance = deviation - deviation.median()
    spread = MAD_TO_SIGMA * distance.abs().median()
    if deviation.count() < minimum_areas or not spread > 0:
        return distance * np.nan
    return (distance / spread).round(_DIGITS)


def levels(
    z: "pd.Series[float]",
    deviation: "pd.Series[float]",
    noise: "pd.Series[float]",
    thresholds: tuple[float, float],
) -> "pd.Series[str]":
    """
    Level of each area: ``watch``, ``strong`` or empty.

    Parameters
    ----------
    z, deviation, noise
        Of each area; the same index.
    thresholds
        Least absolute z of ``watch`` and of ``strong``.

    Returns
    -------
    level
        Empty unless the area lies on the same side of the municipality as of the other areas,
        and further from the municipality than its noise.
    """
    real = (deviation.abs() > noise.round(_DIGITS)) & (deviation * z > 0)
    watch, strong = (real & (z.abs() >= threshold) for threshold in thresholds)
    level = np.select([strong, watch], ["strong", "watch"], default="")
    return pd.Series(level, index=z.index, dtype="str")


def directions(deviation: "pd.Series[float]") -> "pd.Series[str]":
    """
    Say which way each area differs; what that is worth is for the reader to judge.

    Parameters
    ----------
    deviation
        Of each area.

    Returns
    -------
    words
        ``higher`` or ``lower``.
    """
    words = np.where(deviation > 0, "higher", "lower")
    return pd.Series(words, index=deviation.index, dtype="str")
