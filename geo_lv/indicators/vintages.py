"""Which year of each indicator is shown: the newest that is filled well enough, per level."""

from typing import Final

import pandas as pd

ENOUGH: Final = 0.75
"""A year has enough values if it has this part of those of the best filled year."""
Shown = frozenset[tuple[str, str, str]]
"""Kind of area, as `kind_of` gives it, indicator and year."""

_KINDS: Final = ("WK", "BU")


def kind_of(code: str) -> str:
    """Return ``WK`` or ``BU``, or ``""`` for every other area: those go along with the two."""
    return code[:2] if code.startswith(_KINDS) else ""


def shown_vintages(figures: pd.DataFrame) -> Shown:
    """
    Choose the year in which each indicator is shown.

    The newest year of a publisher is partly empty for a long time, and not all indicators are
    published for wijken as well as buurten. So each has a year of its own for each of the two.

    Parameters
    ----------
    figures
        Table of figures as in `geo_lv.indicators.figures`; a figure with a reason does not count.

    Returns
    -------
    shown
        For wijken and for buurten the newest year that has at least `ENOUGH` of the values of the
        best filled year; for other areas each of those two years, or the newest year with a value
        of an indicator that neither wijken nor buurten have.
    """
    known = figures[figures["reason"] == ""]
    kinds = known["code"].map(kind_of).rename("kind")
    values = known.groupby([kinds, "indicator", "year"]).size().rename("values").reset_index()
    parts = values[values["kind"] != ""]
    most = parts.groupby(["kind", "indicator"])["values"].transform("max")
    filled = parts[parts["values"] >= ENOUGH * most]
    chosen = filled.groupby(["kind", "indicator"])["year"].max().reset_index()
    alone = values[~values["indicator"].isin(chosen["indicator"])]
    newest = alone.groupby(["kind", "indicator"])["year"].max().reset_index()
    shown = pd.concat([chosen, chosen.assign(kind=""), newest])
    return frozenset(shown[["kind", "indicator", "year"]].itertuples(index=False, name=None))
