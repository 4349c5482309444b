"""The signals of a table of figures: one row per area, indicator and year that has one."""

from collections.abc import Iterable
from typing import Final

import pandas as pd

from geo_lv.indicators.catalogue import Indicator
from geo_lv.indicators.figures import KEY
from geo_lv.signals.evidence import comparable, deviations, directions, levels, robust_z
from geo_lv.signals.noise import rate_noise, rounding_noise, share_noise
from geo_lv.signals.rules import SignalRules

COLUMNS: Final = (*KEY, "level", "direction", "noise")
"""``level`` is ``watch`` or ``strong``; ``direction`` ``higher`` or ``lower``, never a judgement;
``noise`` says beyond what the difference goes: ``rounding``, or ``chance`` as well."""

_LEVELS: Final = ("WK", "BU")


def signal_table(
    figures: pd.DataFrame, catalogue: Iterable[Indicator], rules: SignalRules, gm_code: str
) -> pd.DataFrame:
    """
    Find the signals in a table of figures.

    Parameters
    ----------
    figures
        Table of figures as in `geo_lv.indicators.figures`; a value with a reason is not read.
    catalogue
        Only an indicator that says how it can signal gives signals.
    rules
        The thresholds.
    gm_code
        The area with which the others are compared: its own figure, not a mean of theirs.

    Returns
    -------
    signals
        With `COLUMNS`, only areas that have one; in the order of the catalogue, then by year and
        level. Wijken are compared with wijken and buurten with buurten; plan areas have none.
    """
    known = figures[figures["reason"] == ""]
    values = known.set_index(KEY)["value"]
    wide = values.unstack(KEY[1:])  # noqa: PD010 - pivot_table would average a double figure
    moments = [
        (indicator, year)
        for indicator in catalogue
        if indicator.signal
        for year in sorted(known.loc[known["indicator"] == indicator.id, "year"].unique())
    ]
    tables = [
        _signals(_Moment(wide, year, indicator, rules), gm_code, prefix)
        for indicator, year in moments
        for prefix in _LEVELS
    ]
    empty = pd.DataFrame({column: pd.Series(dtype="str") for column in COLUMNS})
    return pd.concat([empty, *tables], ignore_index=True)


class _Moment:
    """The figures of one indicator and year, with what else is known of that year."""

    def __init__(
        self, wide: pd.DataFrame, year: str, indicator: Indicator, rules: SignalRules
    ) -> None:
        self._wide = wide
        self.year, self.indicator, self.rules = year, indicator, rules
        self.figures = self.of(indicator.id)

    def of(self, indicator: str) -> "pd.Series[float]":
        """Return an indicator per area in this year, NaN where it is not known."""
        key = (indicator, self.year)
        return self._wide.get(key, pd.Series(float("nan"), index=self._wide.index))

    def noise(self) -> "pd.Series[float]":
        """Return the noise per area; NaN where a base is named and not known."""
        rounded = pd.Series(rounding_noise(self.indicator.decimals), index=self.figures.index)
        z = self.rules.chance_z
        if self.indicator.signal == "rate":
            base = self.of(self.indicator.weight)
            return rounded + rate_noise(self.figures, base, self.indicator.per, z)
        if self.indicator.signal == "share" and self.indicator.weight:
            return rounded + share_noise(self.figures, self.of(self.indicator.weight), z)
        return rounded


def _signals(moment: _Moment, gm_code: str, prefix: str) -> pd.DataFrame:
    rules, indicator = moment.rules, moment.indicator
    municipal = moment.figures.get(gm_code, float("nan"))
    sizes = moment.of(rules.size)
    chosen = sizes.index.str.startswith(prefix) & comparable(sizes, rules.minimum_size)
    deviation = deviations(moment.figures, municipal)[chosen]
    z = robust_z(deviation, rules.minimum_areas)
    level = levels(z, deviation, moment.noise()[chosen], (rules.watch, rules.strong))
    table = pd.DataFrame(
        {
            "code": deviation.index,
            "indicator": indicator.id,
            "year": moment.year,
            "level": level.to_numpy(),
            "direction": directions(deviation).to_numpy(),
            "noise": "chance" if indicator.has_known_base else "rounding",
        }
    )
    return table[table["level"] != ""].astype("str")
