"""What the homes of a complex have in common: labels, age, and what was agreed about it."""

import re
from typing import Final

import pandas as pd

from geo_lv.agreements import Renovation
from geo_lv.properties import LABEL_CLASSES, label_counts
from geo_lv.stock.means import label_means

SENIOR_AGE: Final = 55
"""Age labels from this age on count as one for seniors (agreement M-A3)."""
SENIOR_SHARE: Final = 80
"""Percent of homes from which the rule about adapting a whole complex holds (M-A3). The agreement
is about the age of residents. No list has that; this is about the age label of homes."""
_AGE_LABEL: Final = re.compile("([0-9]{2,3}) ?(\\+|-?plus)", re.IGNORECASE)

_KEY: Final = ["corporation", "complex_id"]
_RENOVATION: Final = (
    "renovation",
    "renovation_homes",
    "renovation_start",
    "renovation_end",
    "renovation_target",
    "renovation_state",
    "renovation_note",
)
_TEXTS: Final = ("renovation", "renovation_target", "renovation_state", "renovation_note")
COLUMNS: Final = (
    *_KEY,
    "homes",
    *LABEL_CLASSES,
    "mean_label",
    "ep2_homes",
    "ep2_mean",
    "first_build_year",
    "last_build_year",
    "senior_share",
    "solar_share",
    "gas_free_share",
    *_RENOVATION,
)


def complex_table(dwellings: pd.DataFrame, renovations: tuple[Renovation, ...]) -> pd.DataFrame:
    """
    Describe every complex, with the renovation that was agreed for it.

    Parameters
    ----------
    dwellings
        With the columns of `geo_lv.properties.SCHEMA`. Homes without a ``complex_id`` share one
        row per corporation, with ``""`` as complex and only their number.
    renovations
        Joined by corporation and ``complex_id``. One that joins no complex gets a row of its own,
        without any number of the list, so that none is lost.

    Returns
    -------
    complexes
        `COLUMNS`, by corporation and complex, then what was not joined. Homes per label class;
        means as in `geo_lv.stock.means`; build years of the oldest and newest home; shares in
        percent 0–100: of homes with an age label of `SENIOR_AGE` or more among all homes, with
        solar panels and without gas among those of which it is known. NaN where nothing is known:
        for the age label, where no home of the corporation has one. Texts are ``""`` then.
    """
    counts = label_counts(dwellings, _KEY)
    owners = [dwellings[column] for column in _KEY]
    years = dwellings["build_year"].astype("float64").groupby(owners)
    table = counts.assign(
        **label_means(dwellings, _KEY).drop(columns="unlabelled"),
        first_build_year=years.min(),
        last_build_year=years.max(),
        senior_share=senior_share(dwellings),
        solar_share=_share_of_known(dwellings, "solar_panels"),
        gas_free_share=_share_of_known(dwellings, "gas_free"),
    ).reset_index()
    nameless = table["complex_id"] == ""
    shown = [column for column in COLUMNS[3:] if column in table]
    table[shown] = table[shown].astype("float64").mask(nameless)
    return _with_renovations(table, renovations)


def senior_share(dwellings: pd.DataFrame) -> "pd.Series[float]":
    """
    Share of the homes of each complex with an age label for seniors.

    Parameters
    ----------
    dwellings
        With ``corporation, complex_id`` and ``age_label`` such as ``55+`` (``""`` if none).

    Returns
    -------
    share
        Percent 0–100 by corporation and complex. NaN where no home of the corporation has an age
        label: then its list does not tell, and none is not zero.
    """
    labels = dwellings["age_label"]
    owners = [dwellings[column] for column in _KEY]
    told = (labels != "").groupby(dwellings["corporation"]).transform("any")
    share: pd.Series[float] = 100 * labels.map(_is_senior).astype("float64").groupby(owners).mean()
    return share.where(told.groupby(owners).any())


def _is_senior(age_label: str) -> bool:
    found = _AGE_LABEL.fullmatch(age_label.strip())
    return found is not None and int(found[1]) >= SENIOR_AGE


def _share_of_known(dwellings: pd.DataFrame, column: str) -> "pd.Series[float]":
    known = dwellings[dwellings[column] != ""]
    yes = (known[column] == "ja").astype("float64")
    return 100 * yes.groupby([known[key] for key in _KEY]).mean()


def _with_renovations(table: pd.DataFrame, renovations: tuple[Renovation, ...]) -> pd.DataFrame:
    rows = pd.DataFrame(
        [
            (
                each.corporation,
                each.complex_id,
                each.site,
                each.homes,
                each.start,
                each.end,
                each.target_label,
                each.state,
                each.note,
            )
            for each in renovations
        ],
        columns=[*_KEY, *_RENOVATION],
    )
    known = set(table[_KEY].itertuples(index=False, name=None)) - {
        (owner, "") for owner in table["corporation"]
    }
    keys = rows[_KEY].itertuples(index=False, name=None)
    joins = pd.Series([key in known for key in keys], index=rows.index, dtype=bool)
    joined = table.merge(rows[joins], on=_KEY, how="left")
    table = pd.concat([joined, rows[~joins]], ignore_index=True)[list(COLUMNS)]
    return table.fillna(dict.fromkeys(_TEXTS, ""))
