"""From the figures of one year to evidence: arrays of areas by years in and out.

A figure that is missing, secret or not applicable is NaN: it gives no evidence, and the others get
what they would have without it.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from geo_lv.signals.noise import Array, Interval

Steps = npt.NDArray[np.int64]
"""Evidence: 0 none, 1 ``watch``, 2 ``strong``, below 0 where the area is lower."""

MAD_TO_SIGMA: Final = 1.4826
"""The median absolute deviation of a normal distribution times this is its standard deviation."""
_DIGITS: Final = 9
"""Figures have at most three decimals: what is beyond is an error of binary fractions."""


def median(values: Array, axis: int) -> Array:
    """Return the median of what is known along an axis, which stays; NaN where nothing is."""
    ordered = np.sort(values, axis=axis)  # NaN last
    known = np.isfinite(values).sum(axis=axis, keepdims=True)
    low, high = np.maximum(known - 1, 0) // 2, known // 2
    last = values.shape[axis] - 1
    pair = [np.take_along_axis(ordered, np.minimum(at, last), axis) for at in (low, high)]
    return (pair[0] + pair[1]) / 2


def difference(area: Interval, municipality: Interval) -> Interval:
    """Return how far an area may lie from the municipality: from the nearest to the farthest."""
    low, high = area.low - municipality.high, area.high - municipality.low
    return Interval(low.round(_DIGITS), high.round(_DIGITS))


def deviations(values: Array, municipal: Array) -> Array:
    """Return how far each area lies from the value of the municipality, in the same unit."""
    return (values - municipal).round(_DIGITS)


def robust_z(deviation: Array, minimum_areas: int) -> Array:
    """
    Place of each area among the others, in robust standard deviations from their median.

    Parameters
    ----------
    deviation
        Of comparable areas of one level, by year; NaN where there is no figure.
    minimum_areas
        How many must have a figure.

    Returns
    -------
    z
        Same shape; NaN where there is no figure, and everywhere in a year in which too few areas
        have one or at least half of them have the same.
    """
    distance = deviation - median(deviation, axis=0)
    spread = (MAD_TO_SIGMA * median(np.abs(distance), axis=0)).round(_DIGITS)
    enough = np.isfinite(deviation).sum(axis=0) >= minimum_areas
    return (distance / np.where(enough & (spread > 0), spread, np.nan)).round(_DIGITS)


def evidence(z: Array, differences: tuple[Interval, Interval], steps: tuple[float, float]) -> Steps:
    """
    Say what each figure shows by itself.

    Parameters
    ----------
    z
        From `robust_z`.
    differences
        With the municipality: with the chance that ``watch`` allows for and with the wider one of
        ``strong``.
    steps
        Least absolute z of ``watch`` and of ``strong``.

    Returns
    -------
    evidence
        0 unless the whole difference lies on the side on which the area is unusual.
    """
    sides = [_side(one) for one in differences]
    watch, strong = (side * z >= step for side, step in zip(sides, steps, strict=True))
    return sides[0] * np.where(watch & strong, 2, watch.astype(np.int64))


def _side(interval: Interval) -> Steps:
    """Return 1 where all of it is above 0, -1 where all is below, and 0 elsewhere."""
    return (interval.low > 0).astype(np.int64) - (interval.high < 0)
