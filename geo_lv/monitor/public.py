"""The monitor as everybody may see it: what was counted in a list of homes rounded, or secret.

States are judged by the exact values before: of a whole stock they tell next to nothing of a home,
and a page that says "op koers" to one reader and "loopt achter" to another is no use to either.
"""

import math
from dataclasses import replace
from typing import Final

from geo_lv.agreements.measurements import Interval
from geo_lv.agreements.points import Measure
from geo_lv.coarsening import coarse_mean, coarse_share, to_five
from geo_lv.monitor.rows import Monitor, PointRow
from geo_lv.monitor.series import Value
from geo_lv.privacy import DwellingRules

_SHARES: Final = frozenset({"efg_share", "affordable_small", "affordable_large", "renovated_label"})
_MEAN: Final = "label_mean"
_SOLAR: Final = "solar"
_SPREAD: Final = "spread"
_HALF: Final = 0.5


def public_monitor(monitor: Monitor, rules: DwellingRules) -> Monitor:
    """
    Make a monitor coarse.

    Parameters
    ----------
    monitor
        Without what was entered for the parties only.
    rules
        From how many homes on something may be shown.

    Returns
    -------
    monitor
        The same rows and states, where a value may be shown; without a state where it may not.
    """
    return replace(monitor, points=tuple(_public_row(row, rules) for row in monitor.points))


def _public_row(row: PointRow, rules: DwellingRules) -> PointRow:
    measure, judgement = row.point.computed, row.judgement
    values = tuple(_public_value(value, measure, rules) for value in row.series)
    value = judgement.value and _public_value(judgement.value, measure, rules)
    if value and value.secret and judgement.why != "not measurable":
        judgement = replace(judgement, why="secret", on_path=math.nan, start=None)
    elif value and value.counts and judgement.start:
        day, first = judgement.start
        judgement = replace(
            judgement,
            start=(day, _coarse(first, measure)),
            on_path=_coarse(judgement.on_path, measure),
        )
    value = value and replace(value, counts=None)
    values = tuple(replace(each, counts=None) for each in values)
    return replace(row, judgement=replace(judgement, value=value), series=values)


def _public_value(value: Value, measure: Measure | None, rules: DwellingRules) -> Value:
    counts = value.counts
    if measure == _SPREAD and not value.secret:
        # it rests on exact numbers of homes per wijk
        whole = math.floor(value.value.low + _HALF)
        return replace(value, value=Interval(whole, whole))
    if counts is None:
        return value
    few = measure == _SOLAR and 0 < counts.part < rules.cell
    if counts.whole < rules.stock or few:
        return replace(value, value=Interval(math.nan, math.nan), secret=True)
    if measure in _SHARES:
        share = coarse_share(to_five(counts.part), to_five(counts.whole))
        return replace(value, value=Interval(share, share))
    low, high = (_coarse(side, measure) for side in value.value)
    return replace(value, value=Interval(low, high))


def _coarse(value: float, measure: Measure | None) -> float:
    """Return a number as coarse as what is shown beside it."""
    if math.isnan(value):
        return value
    if measure == _MEAN:
        return coarse_mean(value)
    return math.floor(value + _HALF) if measure in _SHARES else to_five(value)
