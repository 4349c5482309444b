"""The one shape of every figure: area, indicator, year, value or reason, and a note.

A table of figures is a DataFrame with the columns of `COLUMNS`: ``code`` (GM, WK or BU code, or the
slug of a plan area), ``indicator``, ``year`` (text, empty when a figure has none), ``value``
(float64, NaN exactly when there is a reason), ``reason`` (empty or a `Reason`) and ``note``
(Dutch).
"""

from typing import Final

import pandas as pd

from geo_lv.schema import Reason

COLUMNS: Final = ("code", "indicator", "year", "value", "reason", "note")
KEY: Final = ["code", "indicator", "year"]


def figures_of(
    values: "pd.Series[float]",
    indicator: str,
    *,
    absent: Reason = Reason.MISSING,
    note: str = "",
) -> pd.DataFrame:
    """
    Return a Series of values per area as a table of figures without a year.

    Parameters
    ----------
    values
        Indexed by area code; NaN where there is no figure.
    indicator
        Its id.
    absent
        Why a NaN is not a figure.
    note
        Dutch remark for the rows without a figure.

    Returns
    -------
    figures
        One row per area.
    """
    gone = values.isna().to_numpy()
    return pd.DataFrame(
        {
            "code": values.index.astype("str"),
            "indicator": indicator,
            "year": "",
            "value": values.to_numpy("float64"),
            "reason": [absent.value if missing else "" for missing in gone],
            "note": [note if missing else "" for missing in gone],
        }
    )
