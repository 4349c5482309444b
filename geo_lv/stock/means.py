"""Mean energy label on two scales: ranks of label classes, and EP2 in kWh/m² a year.

Means are counted anew over all homes of a group. A mean of means is never taken.
"""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from geo_lv.properties import NO_LABEL, label_counts, mean_label_ordinal

MEANS: Final = ("homes", "unlabelled", "mean_label", "ep2_homes", "ep2_mean")
"""Columns of `label_means`."""


def label_means(dwellings: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """
    Mean label per group of homes, on both scales.

    Parameters
    ----------
    dwellings
        With ``energy_label``, ``ep2_kwh_m2`` (kWh/m² a year), ``floor_area_m2`` (both NaN if
        unknown) and the columns of `by`.
    by
        Columns to group by, such as ``["corporation"]`` or ``["area"]``.

    Returns
    -------
    means
        `MEANS`, one row per group: ``homes``; ``unlabelled`` of them without a valid label;
        ``mean_label`` of the others, from 0 (all G) to 11 (all A+++++), NaN where there are none;
        ``ep2_homes`` with an EP2 and a floor area; ``ep2_mean``, their EP2 weighted by floor area,
        kWh/m² a year, NaN where there are none.
    """
    counts = label_counts(dwellings, by)
    measured = dwellings.dropna(subset=["ep2_kwh_m2", "floor_area_m2"])
    weighted = measured.assign(energy=measured["ep2_kwh_m2"] * measured["floor_area_m2"])
    groups = weighted.groupby(list(by))
    sums = groups[["energy", "floor_area_m2"]].sum()
    return pd.DataFrame(
        {
            "homes": counts.sum(axis=1),
            "unlabelled": counts[NO_LABEL],
            "mean_label": mean_label_ordinal(counts),
            "ep2_homes": groups.size().reindex(counts.index, fill_value=0),
            "ep2_mean": (sums["energy"] / sums["floor_area_m2"]).reindex(counts.index),
        },
        columns=list(MEANS),
    )
