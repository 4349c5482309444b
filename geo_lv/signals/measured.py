"""The figures of one indicator as arrays of areas by years, with what rounding and chance allow."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import pandas as pd

from geo_lv.indicators.catalogue import Indicator
from geo_lv.indicators.figures import KEY
from geo_lv.signals.noise import (
    PERCENT,
    Array,
    Interval,
    Margins,
    mean_interval,
    rate_interval,
    share_interval,
)
from geo_lv.signals.rules import SignalRules

LEVELS: Final = ("WK", "BU")


class Grid:
    """The known values of a table of figures; what is absent for a reason is NaN."""

    def __init__(self, figures: pd.DataFrame) -> None:
        """Look up the values; a value that stands there with a reason is not read."""
        known = figures[figures["reason"] == ""]
        values = known.set_index(KEY)["value"]
        wide = values.unstack(KEY[1:])  # noqa: PD010 - pivot_table would average a double figure
        self._rows = {str(code): row for row, code in enumerate(wide.index)}
        self._columns = {moment: column for column, moment in enumerate(map(tuple, wide.columns))}
        # the last row and column stand for all that is not there
        self._values = np.pad(wide.to_numpy("float64"), (0, 1), constant_values=np.nan)
        self._years = known.groupby("indicator")["year"].unique().map(sorted).to_dict()
        self._codes = sorted(map(str, figures["code"].unique()))

    def codes(self, *prefixes: str) -> list[str]:
        """Return the areas whose code starts so, also those of which nothing is known."""
        return [code for code in self._codes if code.startswith(prefixes)]

    def values(self, codes: Sequence[str], indicator: str, years: Iterable[str]) -> Array:
        """Return an indicator of areas by years, NaN where it is not known."""
        rows = [self._rows.get(code, -1) for code in codes]
        columns = [self._columns.get((indicator, year), -1) for year in years]
        found: Array = self._values[np.ix_(rows, columns)]
        return found

    def latest(self, codes: Sequence[str], indicator: str, years: Sequence[str]) -> Array:
        """Return the same of each year or else of the nearest year before it that is known."""
        known = ["", *(str(year) for year in self._years.get(indicator, ()) if year)]
        found = self.values(codes, indicator, known)
        places = np.where(np.isfinite(found), np.arange(len(known)), 0)
        newest = np.maximum.accumulate(places, axis=1)
        until = np.searchsorted(known, list(years), side="right") - 1
        latest: Array = np.take_along_axis(found, newest[:, until], axis=1)
        return latest

    def years(self, codes: Sequence[str], indicator: str) -> list[str]:
        """Return the years in which at least one of the areas has a value, in order."""
        years = [str(year) for year in self._years.get(indicator, ())]
        known = np.isfinite(self.values(codes, indicator, years))
        return [year for year, has in zip(years, known.T, strict=True) if has.any()]


class Measured:
    """One indicator of some areas in some years."""

    def __init__(
        self,
        grid: Grid,
        codes: Sequence[str],
        years: Sequence[str],
        indicator: Indicator,
        rules: SignalRules,
    ) -> None:
        """
        Look up the values, the sizes of the areas and the bases of shares and rates.

        Figures of the police are there before those of the inhabitants of that year: sizes and
        bases that are not known yet are those of the nearest year before.
        """
        self._indicator = indicator
        self.values = grid.values(codes, indicator.id, years)
        self.sizes = grid.latest(codes, rules.size, years)
        self._base = (
            grid.latest(codes, indicator.weight, years)
            if indicator.has_known_base
            else self.sizes * rules.assumed_base_percent / PERCENT
        )
        off = float(rules.count_step - 1)  # a multiple of 5 is at most 4 from a whole number
        count = 0.0 if indicator.exact_count else off
        self._margins = Margins(0.5 * 10.0**-indicator.decimals, count, off)

    def interval(self, chance_z: float) -> Interval:
        """Return between which values each figure may lie, with so much chance; 0 is rounding."""
        if self._indicator.signal == "mean":
            return mean_interval(self.values, self._margins)
        if self._indicator.signal == "rate":
            per = self._indicator.per
            return rate_interval(self.values, self._base, per, self._margins, chance_z)
        return share_interval(self.values, self._base, self._margins, chance_z)

    def rounding_of_many(self) -> Interval:
        """Return what rounding leaves open of a large area: counts do not matter if not known."""
        whole, figure = self.interval(0), mean_interval(self.values, self._margins)
        pairs = zip(whole, figure, strict=True)
        return Interval(*(np.where(np.isnan(one), other, one) for one, other in pairs))


def noise_of(indicator: Indicator) -> str:
    """
    Say what the interval of an indicator allows for.

    Parameters
    ----------
    indicator
        One that can signal.

    Returns
    -------
    noise
        ``rounding``; ``chance`` as well; or ``assumed``: chance among an assumed number of people.
    """
    if indicator.signal == "mean":
        return "rounding"
    return "chance" if indicator.has_known_base else "assumed"
