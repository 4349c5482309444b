"""What a new list changes: which homes came and went, which labels and rent classes moved."""

from typing import Final

import pandas as pd

from geo_lv.properties import LABELS, label_rank
from geo_lv.rents import RentLevels, rent_classes

NEW: Final = "new"
GONE: Final = "gone"
LABEL_UP: Final = "label up"
LABEL_DOWN: Final = "label down"
LABEL_FOUND: Final = "label found"
LABEL_LOST: Final = "label lost"
RENT_CLASS: Final = "rent class moved"
COLUMNS: Final = ("dwelling_id", "change", "before", "after")


def changes(before: pd.DataFrame, after: pd.DataFrame, levels: RentLevels | None) -> pd.DataFrame:
    """
    Compare two lists of one corporation.

    Parameters
    ----------
    before, after
        Texts with the columns of the list of homes, each ``dwelling_id`` once.
    levels
        The price levels to judge both rents by, so that a new level moves no home; without them
        there are no classes, and none moves.

    Returns
    -------
    changes
        `COLUMNS`, one row per change of a home: new, gone, label up, label down, label found,
        label lost, rent class moved. A home can have several. Sorted by id. Nothing when there was
        no list before.
    """
    if before.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    old, new = (
        table[["dwelling_id", "energy_label", "rent_eur"]].astype("str").set_index("dwelling_id")
        for table in (before, after)
    )
    both = new.index.intersection(old.index)
    was, now = old.loc[both], new.loc[both]
    tables = [
        _table(new.index.difference(old.index), NEW),
        _table(old.index.difference(new.index), GONE),
        _labels(was["energy_label"], now["energy_label"]),
    ]
    if levels is not None:
        tables.append(_rents(was, now, levels))
    found = pd.concat(tables)
    return found.sort_values(["dwelling_id", "change"], kind="stable").reset_index(drop=True)


def _table(
    ids: "pd.Index[str]", change: str | list[str], before: object = "", after: object = ""
) -> pd.DataFrame:
    return pd.DataFrame({"dwelling_id": ids, "change": change, "before": before, "after": after})


def _labels(was: "pd.Series[str]", now: "pd.Series[str]") -> pd.DataFrame:
    moved = was != now
    was, now = was[moved], now[moved]
    pairs = list(zip(was, now, strict=True))
    return _table(was.index, [_direction(*pair) for pair in pairs], was.array, now.array)


def _direction(was: str, now: str) -> str:
    if was not in LABELS:
        return LABEL_FOUND
    if now not in LABELS:
        return LABEL_LOST
    return LABEL_UP if label_rank(now) > label_rank(was) else LABEL_DOWN


def _rents(was: pd.DataFrame, now: pd.DataFrame, levels: RentLevels) -> pd.DataFrame:
    old, new = (rent_classes(pd.to_numeric(side["rent_eur"]), levels) for side in (was, now))
    moved = (old != new) & (old != "") & (new != "")
    return _table(was.index[moved], RENT_CLASS, old[moved].array, new[moved].array)
