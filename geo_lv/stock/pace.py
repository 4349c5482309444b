"""How fast homes must improve to reach a target in time, and how fast they did so far."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo_lv.properties import NO_LABEL, label_rank

_KEY: Final = ["corporation", "dwelling_id"]
DAYS_A_YEAR: Final = 365.25


@dataclass(frozen=True)
class DatedHomes:
    """A list of homes with the day it is of."""

    dwellings: pd.DataFrame
    day: dt.date


def pace_asked(homes: int, list_year: int, target_year: int) -> float:
    """
    Return how many homes a year must improve.

    Parameters
    ----------
    homes
        How many still have to.
    list_year
        Year of the list that says so.
    target_year
        Year in which the target must be reached; both years count in full.

    Returns
    -------
    pace
        Homes a year; 0 when none has to, NaN when the target year is over.
    """
    years = target_year - list_year + 1
    if not homes:
        return 0.0
    return homes / years if years > 0 else float("nan")


def pace_so_far(before: DatedHomes, now: DatedHomes) -> "pd.Series[float]":
    """
    Return how many homes a year went up one label or more, per corporation.

    Parameters
    ----------
    before, now
        Two lists, each with ``corporation, dwelling_id, energy_label``. Only homes that are in
        both with a label are compared: a label that was found is no improvement. A label that was
        corrected cannot be told from a home that was improved.

    Returns
    -------
    pace
        Homes a year, by corporation of `now`; NaN where nothing can be compared, or where `now`
        is not of a later day.
    """
    corporations = pd.Index(sorted(now.dwellings["corporation"].unique()), name="corporation")
    days = (now.day - before.day).days
    if days <= 0:
        return pd.Series(float("nan"), index=corporations, dtype="float64")
    both = _labelled(before.dwellings).merge(_labelled(now.dwellings), on=_KEY)
    better = both["rank_y"] > both["rank_x"]
    ups = better.groupby(both["corporation"]).sum().reindex(corporations)
    return (ups / (days / DAYS_A_YEAR)).astype("float64")


def _labelled(dwellings: pd.DataFrame) -> pd.DataFrame:
    known = dwellings[dwellings["energy_label"] != NO_LABEL]
    return known[_KEY].assign(rank=known["energy_label"].map(label_rank))
