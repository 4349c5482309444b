"""The signals, trends and years of a released view, looked up by area and indicator."""

from collections.abc import Hashable, Mapping
from typing import Any, Final

from geo_lv.editions import Released
from geo_lv.maps.cells import Moment
from geo_lv.maps.wijk.sparkline import Series

Row = Mapping[Hashable, Any]
"""A row of a table of `geo_lv.signals`."""

_SMALL: Final = "small"


class Evidence:
    """What the tables of signals and trends say, and every year of each figure."""

    def __init__(self, released: Released) -> None:
        """Index the tables once: thirteen sheets look things up in them."""
        self._judged: dict[tuple[str, str, str], Row] = {
            (row["code"], row["indicator"], row["year"]): row
            for row in released.signals.to_dict("records")
        }
        self._trends: dict[tuple[str, str], Row] = {
            (row["code"], row["indicator"]): row for row in released.trends.to_dict("records")
        }
        self._wijken = tuple(map(str, released.areas.wijken.index))
        figures = released.figures
        known = figures[(figures["reason"] == "")]
        self._values: dict[tuple[str, str], dict[str, float]] = {}
        for code, indicator, year, value in known[
            ["code", "indicator", "year", "value"]
        ].itertuples(index=False):
            self._values.setdefault((code, indicator), {})[year] = float(value)
        self._present = frozenset(figures["indicator"])
        self._levels = frozenset((str(code)[:2], name) for code, name in self._values)

    def judged(self, code: str, moment: Moment) -> Row | None:
        """Return the row of the table of signals, or None when the figure is not judged at all."""
        return self._judged.get((code, moment.indicator.id, moment.year))

    def trend(self, code: str, moment: Moment) -> Row | None:
        """Return the row of the table of trends, or None when there is none."""
        return self._trends.get((code, moment.indicator.id))

    def others(self, code: str, moment: Moment) -> list[float]:
        """Return the figures of the other wijken in that year, without those that are too small."""
        found = []
        for other in self._wijken:
            value = self._values.get((other, moment.indicator.id), {}).get(moment.year)
            row = self.judged(other, moment)
            small = row is not None and row["unjudged"] == _SMALL
            if other != code and value is not None and not small:
                found.append(value)
        return found

    def series(self, code: str, indicator: str) -> Series:
        """Return the figures of an area that have a year, in the order of time."""
        years = self._values.get((code, indicator), {})
        return sorted((int(year), value) for year, value in years.items() if year)

    def years(self, indicator: str) -> list[int]:
        """Return every year in which a wijk has this figure."""
        found = {year for code in self._wijken for year, _ in self.series(code, indicator)}
        return sorted(found)

    def has_rows(self, indicator: str) -> bool:
        """Return whether the data holds anything of an indicator, be it a reason for no figure."""
        return indicator in self._present

    def has_values(self, level: str, indicator: str) -> bool:
        """Return whether an area whose code starts so has a figure."""
        return (level, indicator) in self._levels
