"""How many signals an area has per theme, and which: never one number for everything."""

from collections.abc import Iterable
from typing import Final

import pandas as pd

from geo_lv.indicators.catalogue import Indicator

COLUMNS: Final = ("code", "theme", "signals", "judged", "able", "which")
"""``able`` indicators of the theme have figures of areas like this one; ``judged`` of them could
be judged here, and ``signals`` of those are a signal: ``which`` has their ids."""


def theme_table(signals: pd.DataFrame, catalogue: Iterable[Indicator]) -> pd.DataFrame:
    """
    Count the signals of each area per theme, each indicator in its newest year.

    Parameters
    ----------
    signals
        From `geo_lv.signals.table.signal_table`, all or those of the years that are shown.
    catalogue
        Says the theme of each indicator.

    Returns
    -------
    themes
        With `COLUMNS`, by code, and then in the order of the signals. An area without a figure in
        the newest year of its level has one indicator less that is judged, and no older signal in
        its place.
    """
    themes = {indicator.id: indicator.theme for indicator in catalogue}
    level = signals["code"].str[:2]
    newest = signals.groupby([level, signals["indicator"]])["year"].transform("max")
    rows = signals[signals["year"] == newest].sort_values("code", kind="stable")
    marked = rows.assign(
        theme=rows["indicator"].map(themes).astype("str"),
        signals=rows["level"] != "",
        judged=rows["unjudged"] == "",
        which=rows["indicator"].where(rows["level"] != ""),
    )
    return (
        marked.groupby(["code", "theme"], sort=False)
        .agg(
            signals=("signals", "sum"),
            judged=("judged", "sum"),
            able=("signals", "size"),
            which=("which", lambda ids: tuple(ids.dropna())),
        )
        .reset_index()
    )
