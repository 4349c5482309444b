"""The stock of each corporation beside what was agreed about it, one figure a row."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import pandas as pd

from geo_lv.agreements import Agreements, Target
from geo_lv.properties import NO_LABEL, POOR_LABELS, label_counts, poor_label_share
from geo_lv.rents import RentLevels
from geo_lv.stock.affordable import SMALL, affordable_share
from geo_lv.stock.means import label_means
from geo_lv.stock.pace import DatedHomes, pace_asked, pace_so_far
from geo_lv.stock.path import MEAN_MEASURE, LabelPath, path_to

HOMES: Final = "homes"
MEAN_LABEL: Final = "mean_label"
MEAN_EP2: Final = "mean_ep2"
POOR: Final = "poor_labels"
POOR_SHARE: Final = "poor_label_share"
AFFORDABLE_SMALL: Final = "affordable_small"
AFFORDABLE_LARGE: Final = "affordable_large"

_NAN: Final = float("nan")


class StockRow(NamedTuple):
    """One figure about the whole stock of one corporation, beside one target if there is one."""

    corporation: str
    figure: str
    value: float
    """Homes, rank, kWh/m² a year or percent, by figure; NaN if unknown."""
    counted: int
    """Homes that the figure is about."""
    unknown: int
    """Homes of which it is not known what they would do to the figure."""
    target: str = ""
    """A label class, or a number of percent."""
    target_year: str = ""
    homes_to_improve: float = _NAN
    points_short: float = _NAN
    pace_asked: float = _NAN
    """Homes a year."""
    pace_so_far: float = _NAN
    """Homes a year that went up a label; NaN without an earlier list."""
    note: str = ""
    """Dutch, from the data."""


COLUMNS: Final = StockRow._fields


@dataclass(frozen=True)
class StockInputs:
    """What the overview is made from."""

    homes: DatedHomes
    """All homes, also those outside the municipality: the targets are about the whole stock."""
    corporations: tuple[str, ...]
    agreements: Agreements
    levels: RentLevels | None
    """None when no price levels are known: then no share is affordable or not."""
    before: DatedHomes | None = None
    """An earlier list, for the pace so far."""


def stock_table(inputs: StockInputs) -> pd.DataFrame:
    """
    Put the stock of each corporation beside its targets.

    Parameters
    ----------
    inputs
        Homes, targets and price levels.

    Returns
    -------
    stock
        `COLUMNS`; per corporation: homes, mean label, mean EP2, number and share of E, F and G,
        and the affordable shares that were agreed. A figure with targets has a row per target. A
        target without a corporation is for each of them.
    """
    before, homes = inputs.before, inputs.homes
    paces = pace_so_far(before, homes) if before else pd.Series(dtype="float64")
    rows = [
        row
        for name in inputs.corporations
        for row in (
            *_label_rows(inputs, name, float(paces.get(name, _NAN))),
            *_affordable_rows(inputs, name),
        )
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _label_rows(inputs: StockInputs, name: str, pace: float) -> Iterator[StockRow]:
    dwellings = inputs.homes.dwellings
    own = dwellings[dwellings["corporation"] == name]
    counts = label_counts(own, ["corporation"]).reindex([name], fill_value=0)
    means = label_means(own, ["corporation"]).reindex([name]).iloc[0]
    unlabelled, measured = int(counts[NO_LABEL].iloc[0]), int(means.fillna(0)["ep2_homes"])
    labelled = len(own) - unlabelled
    poor = int(counts[list(POOR_LABELS)].sum(axis=1).iloc[0])
    mean = StockRow(name, MEAN_LABEL, means["mean_label"], labelled, unlabelled)
    share = StockRow(name, POOR_SHARE, poor_label_share(counts).iloc[0], labelled, unlabelled)
    by_label = {str(label): int(homes) for label, homes in counts.iloc[0].items()}
    targets = [each for each in inputs.agreements.targets if each.corporation in {"", name}]
    year = inputs.homes.day.year
    yield StockRow(name, HOMES, len(own), len(own), 0)
    for row, is_mean in ((mean, True), (share, False)):
        goals = [goal for goal in targets if (goal.measure == MEAN_MEASURE) is is_mean]
        rows = (_with_target(row, goal, path_to(goal, by_label), year) for goal in goals)
        yield from (each._replace(pace_so_far=pace) for each in rows) if goals else (row,)
    yield StockRow(name, POOR, poor, labelled, unlabelled)
    yield StockRow(name, MEAN_EP2, means["ep2_mean"], measured, len(own) - measured)


def _with_target(row: StockRow, target: Target, path: LabelPath, list_year: int) -> StockRow:
    return row._replace(
        target=target.target,
        target_year=str(target.year),
        homes_to_improve=path.homes,
        points_short=path.points,
        pace_asked=pace_asked(path.homes, list_year, target.year),
        note=target.note,
    )


def _affordable_rows(inputs: StockInputs, name: str) -> Iterator[StockRow]:
    dwellings, levels = inputs.homes.dwellings, inputs.levels
    for target in inputs.agreements.affordable:
        if target.corporation == name:
            found = affordable_share(dwellings, target, levels) if levels else (_NAN, 0, 0)
            figure = AFFORDABLE_SMALL if target.size == SMALL else AFFORDABLE_LARGE
            # limits of an older year make rents of today look dear, so their year is told
            year = f" Prijspeil {levels.year}." if levels else " Prijsgrenzen zijn niet bekend."
            goal = f"{target.target_share:g}"
            yield StockRow(name, figure, *found, goal, note=target.note + year)
