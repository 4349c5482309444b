"""The rows of a sheet: which indicators, what each says, what is missing, what stands out most."""

import math
from collections.abc import Iterator
from typing import Final

from geo_lv.editions import Released
from geo_lv.indicators.catalogue import Indicator
from geo_lv.maps.cells import Figures, Moment
from geo_lv.maps.text import shown_unit, with_unit
from geo_lv.maps.wijk.evidence import Evidence
from geo_lv.maps.wijk.model import Gap, RowGroup, SheetRow
from geo_lv.maps.wijk.sparkline import spark
from geo_lv.maps.wijk.spine import Measures, spine
from geo_lv.maps.wijk.words import (
    AXES,
    between,
    deviation_sentence,
    signal_words,
    spread_text,
    trend_words,
)
from geo_lv.schema import Reason

MOST: Final = 3
"""So many deviations are told in a sentence."""
_NOT_FETCHED: Final = "De bron is niet opgehaald"
_ONLY_BUURTEN: Final = "Alleen bekend per buurt, niet per wijk"
_NOWHERE: Final = "In geen enkele wijk bekend"
_REASONS: Final = {
    Reason.MISSING: "Ontbreekt in de bron",
    Reason.SUPPRESSED: "Geheim",
    Reason.NOT_APPLICABLE: "Niet van toepassing",
}
_TOO_SMALL: Final = "Te klein om te beoordelen"


class Rows:
    """What the figures say about each wijk, for its sheet."""

    def __init__(self, released: Released, figures: Figures) -> None:
        """Choose the year of each indicator that has a place on the sheet."""
        self._figures = figures
        self._gm_code = released.municipality.gm_code
        self._evidence = Evidence(released)
        self._rules = released.signal_rules
        self._catalogue = released.catalogue
        moments = {moment.indicator.id: moment for moment in figures.moments("wijk")}
        self._chosen = sorted(
            (item for item in released.catalogue if item.sheet), key=lambda item: item.sheet
        )
        self._moments = [moments[item.id] for item in self._chosen if item.id in moments]

    def groups(self, code: str) -> tuple[RowGroup, ...]:
        """Return the rows of a wijk, those whose charts read the same way together."""
        by_direction = {
            direction: [m for m in self._moments if m.indicator.direction == direction]
            for direction in AXES
        }
        return tuple(
            RowGroup(
                AXES[direction].heading,
                AXES[direction].left,
                AXES[direction].right,
                tuple(self._row(code, moment) for moment in moments),
            )
            for direction, moments in by_direction.items()
            if moments
        )

    def deviations(self, code: str) -> tuple[str, ...]:
        """Return a sentence for each of the signals that lie farthest out, the farthest first."""
        judged = [(moment, self._evidence.judged(code, moment)) for moment in self._moments]
        found = [(moment, row) for moment, row in judged if row is not None and row["level"]]
        found.sort(key=lambda pair: -abs(pair[1]["z"]))
        return tuple(
            deviation_sentence(
                moment.indicator.label,
                row,
                _value(self._figures, code, moment),
                _value(self._figures, self._gm_code, moment),
                moment.indicator,
            )
            for moment, row in found[:MOST]
        )

    def signals(self, code: str) -> list[tuple[Indicator, str]]:
        """Return each indicator of the sheet with a signal in this wijk, and its level."""
        levels = [(m.indicator, self._figures.signal(code, m).level) for m in self._moments]
        return [(indicator, level) for indicator, level in levels if level]

    def judged(self, code: str) -> int:
        """Return how many figures of the sheet could have a signal in this wijk."""
        rows = (self._evidence.judged(code, moment) for moment in self._moments)
        return sum(row is not None and not row["unjudged"] for row in rows)

    def gaps(self, code: str) -> tuple[Gap, ...]:
        """Return what the sheet should have and has not, by reason."""
        found: dict[str, list[str]] = {}
        for why, label in self._missing(code):
            found.setdefault(why, []).append(label)
        return tuple(Gap(why, tuple(labels)) for why, labels in found.items())

    def sources(self) -> tuple[str, ...]:
        """Return where the figures of the sheets come from, each source once."""
        return tuple(dict.fromkeys(self._figures.source(moment) for moment in self._moments))

    def is_fictitious(self) -> bool:
        """Return whether a figure on the sheets comes from the generated sample."""
        return any(self._figures.is_fictitious(moment.indicator) for moment in self._moments)

    def _missing(self, code: str) -> Iterator[tuple[str, str]]:
        moments = {moment.indicator.id: moment for moment in self._moments}
        for indicator in self._chosen:
            moment = moments.get(indicator.id)
            why = self._why_nowhere(indicator) if moment is None else self._why(code, moment)
            if why:
                yield why, indicator.label

    def _why_nowhere(self, indicator: Indicator) -> str:
        if self._evidence.has_values("BU", indicator.id):
            return _ONLY_BUURTEN
        return _NOWHERE if self._evidence.has_rows(indicator.id) else _NOT_FETCHED

    def _why(self, code: str, moment: Moment) -> str:
        found = self._figures.get(code, moment)
        if found is None:
            return _REASONS[Reason.MISSING]
        if found.reason is not None:
            return f"{_REASONS[found.reason]}{f': {found.note}' if found.note else ''}".rstrip(".")
        row = self._evidence.judged(code, moment)
        if row is None or row["unjudged"] != "small":
            return ""
        size = next(item for item in self._catalogue if item.id == self._rules.size)
        return f"{_TOO_SMALL} (minder dan {with_unit(f'{self._rules.minimum_size}', size.unit)})"

    def _row(self, code: str, moment: Moment) -> SheetRow:
        indicator, evidence = moment.indicator, self._evidence
        cell, found = self._figures.cell(code, moment), self._figures.get(code, moment)
        row = evidence.judged(code, moment)
        interval = None
        if row is not None and math.isfinite(row["low"]):
            interval = (float(row["low"]), float(row["high"]))
        whole = self._figures.of_municipality(moment)
        others = evidence.others(code, moment)
        measures = Measures(
            value=found.value if found else None,
            interval=interval,
            municipality=whole.value if whole else None,
            others=others,
        )
        own = evidence.series(code, indicator.id)
        municipal = evidence.series(self._gm_code, indicator.id)
        signal, signal_detail = signal_words(row)
        trend, trend_detail = trend_words(evidence.trend(code, moment), own, indicator)
        return SheetRow(
            label=indicator.label,
            detail=_detail(moment),
            value=cell,
            interval=between(*interval, indicator, 1) if interval else "",
            municipal=self._figures.municipal(moment) or "–",
            spread=spread_text(others, indicator),
            spine=spine(
                measures, mirrored=indicator.direction == "lower_better", level=cell.signal
            ),
            signal=signal,
            signal_detail=signal_detail,
            trend=trend,
            trend_detail=trend_detail,
            spark=spark(own, municipal, evidence.years(indicator.id)),
            fictitious=self._figures.is_fictitious(indicator),
        )


def _value(figures: Figures, code: str, moment: Moment) -> float:
    """Return a figure that is there, as it has a signal or is what a signal is measured from."""
    found = figures.get(code, moment)
    if found is None or found.value is None:
        msg = f"{code}, {moment.id}: expected a figure, found none"
        raise ValueError(msg)
    return found.value


def _detail(moment: Moment) -> str:
    indicator = moment.indicator
    unit = shown_unit(indicator.unit)
    unit = "" if unit.lower() in indicator.label.lower() and unit != "%" else unit
    return "\u00a0· ".join(part for part in (unit, moment.year) if part)
