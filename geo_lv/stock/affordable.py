"""The affordable share of small and large homes, beside the share that was agreed.

What is small, large and affordable is not in the agreements. It is a setting in the data with a
confidence of its own, so an outcome is never a fact and always carries the note of the setting.
"""

from typing import Final

import pandas as pd

from geo_lv.agreements import AffordableTarget
from geo_lv.rents import RentLevels, rent_classes

SMALL: Final = "klein"


def affordable_share(
    dwellings: pd.DataFrame, target: AffordableTarget, levels: RentLevels
) -> tuple[float, int, int]:
    """
    Return the affordable share of the small or large homes of a corporation.

    Parameters
    ----------
    dwellings
        Homes with ``corporation``, ``floor_area_m2`` (square metres) and ``rent_eur`` (EUR a
        month), NaN if unknown.
    target
        Whose homes, of which size, up to which rent class.
    levels
        The price levels; they hold the rent class of `target`.

    Returns
    -------
    share
        Percent 0–100 of the homes that count; NaN where none does.
    homes
        How many count: of that size, with a known rent.
    unknown
        How many may be left out wrongly: of unknown size, or of that size with an unknown rent.
    """
    own = dwellings[dwellings["corporation"] == target.corporation]
    size, limit = own["floor_area_m2"], target.floor_area_limit_m2
    fits = size <= limit if target.size == SMALL else size > limit
    classes = rent_classes(own["rent_eur"], levels)
    counted = fits & (classes != "")
    cheap = levels.classes[: levels.classes.index(target.rent_class) + 1]
    homes = int(counted.sum())
    affordable = int((counted & classes.isin(cheap)).sum())
    unknown = int((size.isna() | (fits & (classes == ""))).sum())
    return (100 * affordable / homes if homes else float("nan")), homes, unknown
