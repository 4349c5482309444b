"""Between which values a figure may lie, by rounding and by chance, in the unit of the figure.

A function takes the standard deviations of chance to allow for; with 0 only rounding is left.
Arrays of areas by years go in and come out; what is not known is NaN.
"""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
PERCENT: Final = 100


class Interval(NamedTuple):
    """The least and the greatest value."""

    low: Array
    high: Array


class Margins(NamedTuple):
    """How far published numbers may be off by rounding."""

    figure: float
    """In the unit of the figure: half a step of its last decimal."""
    counted: float
    """What is counted: people, homes, events."""
    base: float
    """The people or homes among whom it is counted."""


def mean_interval(means: Array, margins: Margins) -> Interval:
    """Return what rounding leaves open of a mean; how values differ within an area is not known."""
    return Interval(means - margins.figure, means + margins.figure)


def share_interval(percent: Array, base: Array, margins: Margins, chance_z: float) -> Interval:
    """
    Interval of a share: from the lower Wilson limit of the least share that rounding allows.

    Parameters
    ----------
    percent
        The share, 0-100.
    base
        How many people or homes it is a share of; the same shape.
    margins
        The rounding of both, and of the count behind the share.
    chance_z
        Standard deviations on either side; 0 leaves rounding alone.

    Returns
    -------
    interval
        Percent; NaN where the share or its base is unknown, or rounding leaves no base at all.
    """
    counts, bases = _counts(percent, base, PERCENT, margins)
    least, most = counts.low / bases.high, np.minimum(counts.high / bases.low, 1)
    low, high = _wilson(least, bases.low, -chance_z), _wilson(most, bases.low, chance_z)
    return Interval(PERCENT * np.maximum(low, 0), PERCENT * np.minimum(high, 1))


def rate_interval(
    rate: Array, base: Array, per: int, margins: Margins, chance_z: float
) -> Interval:
    """
    Interval of a rate of events that come one by one (Poisson), by the score method.

    Parameters
    ----------
    rate
        Events per `per` of the base.
    base
        How many people or homes it is a rate of; the same shape.
    per
        Such as 1,000 for a rate per 1,000 inhabitants.
    margins
        The rounding of both, and of the number of events.
    chance_z
        Standard deviations on either side; 0 leaves rounding alone.

    Returns
    -------
    interval
        In the unit of `rate`; NaN where the rate or its base is unknown, or rounding leaves no base
        at all.
    """
    counts, bases = _counts(rate, base, per, margins)
    low, high = _score(counts.low, -chance_z), _score(counts.high, chance_z)
    return Interval(np.maximum(low, 0) * per / bases.high, high * per / bases.low)


def _counts(figures: Array, base: Array, per: int, margins: Margins) -> tuple[Interval, Interval]:
    """Return what may have been counted, and among how many, before both were rounded."""
    people = np.where(base > margins.base, base, np.nan)
    low = (figures - margins.figure) * people / per - margins.counted
    high = (figures + margins.figure) * people / per + margins.counted
    bases = Interval(people - margins.base, people + margins.base)
    return Interval(np.maximum(low, 0), high), bases


def _wilson(share: Array, people: Array, z: float) -> Array:
    """Return the limit of a share on the side of the sign of z, as a fraction."""
    spread = np.sqrt(share * (1 - share) / people + z**2 / (4 * people**2))
    return (share + z**2 / (2 * people) + z * spread) / (1 + z**2 / people)


def _score(events: Array, z: float) -> Array:
    """Return the limit of the expected number of events on the side of the sign of z."""
    return events + z**2 / 2 + z * np.sqrt(events + z**2 / 4)
