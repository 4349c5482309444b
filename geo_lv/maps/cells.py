"""From released figures to the cells of a page: text, colour class, comparison, reason."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from geo_lv.editions import Released
from geo_lv.indicators.catalogue import LABEL_MEAN, Indicator
from geo_lv.indicators.published import UNKNOWN_CERTAINTY
from geo_lv.indicators.vintages import Shown, kind_of, shown_vintages
from geo_lv.maps.classes import Classes, classify, classify_labels
from geo_lv.maps.comparison import compared, value_text
from geo_lv.maps.map_model import Cell, Level, MapIndicator
from geo_lv.maps.origins import Origins
from geo_lv.maps.signals import NO_SIGNAL, Signal, signals_by_figure
from geo_lv.maps.text import sentence_case, shown_unit
from geo_lv.remembered import remember
from geo_lv.schema import Reason

_PREFIX: Final[dict[Level, str]] = {"wijk": "WK", "buurt": "BU"}


@dataclass(frozen=True)
class Figure:
    """One released figure."""

    value: float | None
    reason: Reason | None
    note: str


@dataclass(frozen=True)
class Moment:
    """An indicator in one year (empty when its figures have none)."""

    indicator: Indicator
    year: str

    @property
    def id(self) -> str:
        """Name of this choice in data, links and scripts."""
        return f"{self.indicator.id}-{self.year}" if self.year else self.indicator.id


class Figures:
    """Released figures, looked up by area and moment."""

    def __init__(self, released: Released) -> None:
        self._gm_code = released.municipality.gm_code
        self.catalogue = {indicator.id: indicator for indicator in released.catalogue}
        self._fictitious = released.fictitious_dwellings
        self._certainty = released.certainty
        self._origins = Origins(released)
        self._signals = signals_by_figure(released)
        self._shown = shown_vintages(released.figures)
        self._values = _shown_values(released, self._shown)
        self._years = _known_years(released)
        self._codes: dict[Level, list[str]] = {
            "wijk": list(map(str, released.areas.wijken.index)),
            "buurt": list(map(str, released.areas.buurten.index)),
        }
        self._plans = [plan.slug for plan in released.municipality.plan_areas]
        self._on_maps: dict[tuple[str, Level], MapIndicator] = {}
        self._moments = tuple(
            Moment(indicator, year)
            for indicator in released.catalogue
            for year in sorted(self._values[indicator.id], reverse=True)
        )
        self._lookup = {
            (code, name, year): _figure(value, reason, note)
            for code, name, year, value, reason, note in released.figures[
                ["code", "indicator", "year", "value", "reason", "note"]
            ].itertuples(index=False)
        }

    def get(self, code: str, moment: Moment) -> Figure | None:
        """Return the figure of an area, or None if the area has no row for it."""
        return self._lookup.get((code, moment.indicator.id, moment.year))

    def signal(self, code: str, moment: Moment) -> Signal:
        """Return the signal of a figure; an empty one if it has none."""
        return self._signals.get((code, moment.indicator.id, moment.year), NO_SIGNAL)

    def moments(self, level: Level | None = None) -> Iterator[Moment]:
        """Yield each moment that is shown (on a level), in catalogue order, newest first."""
        for moment in self._moments:
            if level is None or _PREFIX[level] in self._values[moment.indicator.id][moment.year]:
                yield moment

    def is_shown(self, code: str, indicator: str, year: str) -> bool:
        """Return whether a figure is of the year that the pages show, if it has a year."""
        return not year or (kind_of(code), indicator, year) in self._shown

    def years(self, indicator: Indicator) -> frozenset[str]:
        """Return every year of which a figure is known, shown on the pages or not."""
        return self._years.get(indicator.id, frozenset())

    def is_fictitious(self, indicator: Indicator) -> bool:
        """Return whether figures of an indicator come from the generated sample."""
        return self._fictitious and indicator.origin == "dwellings"

    def certainty(self, moment: Moment) -> str:
        """Return how sure the figures of a moment are, in a few Dutch words."""
        if self.is_fictitious(moment.indicator):
            return "verzonnen voorbeeld"
        published = self._certainty.get((moment.indicator.id, moment.year), UNKNOWN_CERTAINTY)
        return moment.indicator.certainty or published

    def source(self, moment: Moment) -> str:
        """Return where the figures of a moment come from, and when they were taken over."""
        return self._origins.text(moment.indicator, moment.year)

    def text(self, code: str, moment: Moment) -> str:
        """Return a figure as text, empty if there is none."""
        found = self.get(code, moment)
        if found is None or found.value is None:
            return ""
        return value_text(found.value, moment.indicator)

    def of_municipality(self, moment: Moment) -> Figure | None:
        """Return the figure of the municipality, or None if it has no row."""
        return self.get(self._gm_code, moment)

    def municipal(self, moment: Moment) -> str:
        """Return the value of the municipality as text, empty if there is none."""
        return self.text(self._gm_code, moment)

    def classes(self, indicator: Indicator, level: Level) -> Classes:
        """Return the colour classes of an indicator on a level, the same for every year."""
        years = self._values[indicator.id].values()
        values = np.array([value for year in years for value in year.get(_PREFIX[level], ())])
        if indicator.id == LABEL_MEAN:
            return classify_labels(values)
        return classify(values, indicator.decimals, indicator.unit)

    def counts(self, moment: Moment, level: Level, classes: Classes) -> tuple[int, ...]:
        """Return how many areas of the municipality fall in each class."""
        values = self._values[moment.indicator.id][moment.year].get(_PREFIX[level], ())
        bins = [classes.bin(value) for value in values]
        return tuple(bins.count(position) for position in range(len(classes.labels)))

    def cell(self, code: str, moment: Moment, classes: Classes | None = None) -> Cell:
        """Return a figure as a cell; an area without a row has no figure for this level."""
        found = self.get(code, moment)
        if found is None:
            return Cell(
                "", reason=Reason.MISSING, note="Voor dit soort gebied is dit cijfer er niet."
            )
        if found.value is None:
            return Cell("", reason=found.reason, note=found.note)
        signal = self.signal(code, moment)
        return Cell(
            value_text(found.value, moment.indicator),
            bin=classes.bin(found.value) if classes else None,
            difference=self.comparison(code, moment),
            note=found.note,
            signal=signal.level,
            signal_text=signal.text,
        )

    def on_maps(self, moment: Moment, level: Level) -> MapIndicator:
        """Return a choice of a map with every area of a level and every plan area; made once."""
        key = moment.id, level
        if key not in self._on_maps:
            codes = self._codes[level] + self._plans
            self._on_maps[key] = _map_indicator(self, moment, level, codes)
        return self._on_maps[key]

    def comparison(self, code: str, moment: Moment) -> str:
        """Return how an area compares with the municipality, in words that fit the unit."""
        own, all_of_it = self.get(code, moment), self.of_municipality(moment)
        if code == self._gm_code or own is None or own.value is None:
            return ""
        if all_of_it is None or all_of_it.value is None:
            return ""
        return compared(own.value, all_of_it.value, moment.indicator)


def figures_of(released: Released) -> Figures:
    """Return the figures of a view; the pages and the downloads of a build share them."""
    return remember("figures of a view", (released,), lambda: Figures(released))


def _shown_values(
    released: Released, shown: Shown
) -> Mapping[str, Mapping[str, Mapping[str, list[float]]]]:
    """Return the values that are shown: by indicator, year, and first letters of the code."""
    found: dict[str, dict[str, dict[str, list[float]]]] = {
        indicator.id: {} for indicator in released.catalogue
    }
    known = released.figures[released.figures["reason"] == ""]
    for code, name, year, value in known[["code", "indicator", "year", "value"]].itertuples(
        index=False
    ):
        if (kind_of(code), name, year) in shown:
            found[name].setdefault(year, {}).setdefault(code[:2], []).append(float(value))
    return found


def _known_years(released: Released) -> Mapping[str, frozenset[str]]:
    known = released.figures[(released.figures["reason"] == "") & (released.figures["year"] != "")]
    years = known.groupby("indicator")["year"].unique()
    return {str(indicator): frozenset(of) for indicator, of in years.items()}


def _figure(value: float, reason: str, note: str) -> Figure:
    return Figure(None, Reason(reason), note) if reason else Figure(float(value), None, note)


def map_indicators(
    figures: Figures, codes: Iterable[str], *, prefer: Level, slugs: Iterable[str] = ()
) -> tuple[MapIndicator, ...]:
    """
    Return the choices of a map.

    Parameters
    ----------
    figures
        Released figures.
    codes
        Wijken and buurten on the map.
    prefer
        The level shown when a moment has figures on both.
    slugs
        Plan areas whose figures go along for the card.

    Returns
    -------
    indicators
        One per moment that has a value on some level.
    """
    levels = {moment.id: moment for moment in figures.moments(prefer)}
    other: Level = "wijk" if prefer == "buurt" else "buurt"
    chosen = [(moment, prefer if moment.id in levels else other) for moment in figures.moments()]
    present = {moment.id for moment in figures.moments(other)} | set(levels)
    areas, plans = list(codes), list(slugs)
    return tuple(
        _only_with(
            figures.on_maps(moment, level),
            [code for code in areas if code.startswith(_PREFIX[level])] + plans,
        )
        for moment, level in chosen
        if moment.id in present
    )


def _only_with(indicator: MapIndicator, codes: list[str]) -> MapIndicator:
    """Return a choice with the cells of some areas."""
    return replace(indicator, cells={code: indicator.cells[code] for code in codes})


def _map_indicator(
    figures: Figures, moment: Moment, level: Level, codes: list[str]
) -> MapIndicator:
    indicator = moment.indicator
    classes = figures.classes(indicator, level)
    return MapIndicator(
        id=moment.id,
        label=indicator.label,
        unit=shown_unit(indicator.unit),
        year=moment.year,
        theme=sentence_case(indicator.theme),
        level=level,
        source=figures.source(moment),
        explanation=indicator.explanation,
        municipal=figures.municipal(moment),
        classes=classes.labels,
        counts=figures.counts(moment, level, classes),
        cells={code: figures.cell(code, moment, classes) for code in codes},
        fictitious=figures.is_fictitious(indicator),
        certainty=figures.certainty(moment),
    )


def plain_value(value: float) -> str:
    """Return a number for a spreadsheet: decimal comma, no thousands points, no exponent."""
    return "" if math.isnan(value) else f"{value:.9f}".rstrip("0").rstrip(".").replace(".", ",")
