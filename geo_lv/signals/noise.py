"""How far a figure may be off by rounding and by chance, in the unit of the figure."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def rounding_noise(decimals: int) -> float:
    """Return half a step for a published figure plus half a step for the municipal one."""
    return 10.0**-decimals


def share_noise(
    percent: "pd.Series[float]", base: "pd.Series[float]", chance_z: float
) -> "pd.Series[float]":
    """
    Half the width of the Wilson interval of a share.

    Parameters
    ----------
    percent
        The share, 0–100.
    base
        How many people or homes it is a share of; same index.
    chance_z
        Standard deviations on either side.

    Returns
    -------
    noise
        Percentage points, same index; NaN where the share or its base is unknown or the base is 0.
    """
    people = base.where(base > 0)
    part = percent.clip(0, 100) / 100
    spread = part * (1 - part) / people + chance_z**2 / (4 * people**2)
    return 100 * chance_z / (1 + chance_z**2 / people) * spread**0.5


def rate_noise(
    rate: "pd.Series[float]", base: "pd.Series[float]", per: int, chance_z: float
) -> "pd.Series[float]":
    """
    Half the width of the score interval of a rate of events that come one by one (Poisson).

    Parameters
    ----------
    rate
        Events per `per` of the base.
    base
        How many people or homes it is a rate of; same index.
    per
        Such as 1,000 for a rate per 1,000 inhabitants.
    chance_z
        Standard deviations on either side.

    Returns
    -------
    noise
        In the unit of `rate`, same index; never 0, also not for no events. NaN where the rate or
        its base is unknown or the base is 0.
    """
    people = base.where(base > 0)
    events = rate.clip(lower=0) * people / per
    return chance_z * (events + chance_z**2 / 4) ** 0.5 * per / people
