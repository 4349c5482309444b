"""Energy labels as registered: the public file of EP-Online beside what the list says."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from geo_lv.sources.ep_online import LabelJoin, join_labels

COLUMNS: Final = (
    "dwelling_id",
    "in_list",
    "registered_label",
    "registered",
    "valid_until",
    "matched_by",
    "reason",
)


@dataclass(frozen=True)
class Labels:
    """What the file of EP-Online says about the homes."""

    homes: pd.DataFrame
    """All homes, with the registered label and EP2 where there is a registration."""
    table: pd.DataFrame
    """`COLUMNS`, one row per home."""
    join: LabelJoin

    @property
    def differing(self) -> int:
        """Number of homes whose registered label is another one than the list has."""
        known = self.table["registered_label"] != ""
        return int((known & (self.table["registered_label"] != self.table["in_list"])).sum())


def find_labels(homes: pd.DataFrame, file: Path, peildatum: str) -> Labels:
    """
    Look up the registered labels of homes.

    Parameters
    ----------
    homes
        Texts, with the columns of the list of homes.
    file
        The zip of EP-Online, or the CSV in it.
    peildatum
        Day for which a registration must hold, YYYY-MM-DD.

    Returns
    -------
    labels
        A home without a registration keeps the label and EP2 of the list.

    Raises
    ------
    InputError
        If the file cannot be read.
    """
    homes = homes.astype("str")
    join = join_labels(file, homes, peildatum=dt.date.fromisoformat(peildatum))
    found = join.labels
    known = found["reason"] == ""
    table = pd.DataFrame(
        {
            "dwelling_id": homes["dwelling_id"],
            "in_list": homes["energy_label"],
            "registered_label": found["label"].where(known, ""),
            **{name: found[name] for name in COLUMNS[3:]},
        }
    )
    filled = homes.copy()
    filled["energy_label"] = homes["energy_label"].mask(known, found["label"])
    measured = known & found["ep2_kwh_m2"].notna()
    filled.loc[measured, "ep2_kwh_m2"] = found.loc[measured, "ep2_kwh_m2"].map("{:.2f}".format)
    # a figure by another method than the registered one would belong to another label
    filled.loc[known & ~measured, "ep2_kwh_m2"] = ""
    return Labels(filled, table, join)
