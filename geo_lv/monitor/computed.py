"""The values that geo_lv works out itself, from the lists of homes and the tables of agreements."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final

import pandas as pd

from geo_lv.agreements import Renovation
from geo_lv.agreements.measurements import Interval, last_day
from geo_lv.agreements.points import AFFORDABLE, Goal, Measure, Point
from geo_lv.agreements.targets import affordable_targets
from geo_lv.inputs import Inputs
from geo_lv.minimums import Moment
from geo_lv.monitor.new_homes import delivered, plan_capacity
from geo_lv.monitor.rows import Computed
from geo_lv.monitor.series import Counts, Value
from geo_lv.monitor.spread import spread_values
from geo_lv.pipeline import Results, dated_homes
from geo_lv.properties import (
    FILE,
    LABELS,
    NO_LABEL,
    POOR_LABELS,
    PREVIOUS_FILE,
    label_counts,
    mean_label_ordinal,
)
from geo_lv.rents import levels_of
from geo_lv.stock.affordable import affordable_share
from geo_lv.stock.pace import DatedHomes

_YES, _NO = "ja", "nee"
_DONE: Final = "gereed"


def computed_values(results: Results, day: str, withheld: Collection[Moment] = ()) -> Computed:
    """
    Work out every value that needs nobody to enter it.

    Parameters
    ----------
    results
        All figures.
    day
        ISO date of the peildatum: what is delivered in its year is delivered by then.
    withheld
        Figures that the edition hides.

    Returns
    -------
    values
        Oldest first, by code of a point and corporation (empty for all together). Nothing where
        nothing is known: without homes, without price levels, without any state of a renovation.
        Values of homes are exact and fictitious as their list is; they are of the day of that
        list, and an earlier list gives an earlier value.
    """
    inputs = results.inputs
    monitored = inputs.agreements.monitored
    of_homes = {point.code for point in monitored.points if point.computed in _COUNTS}
    owners = {goal.corporation for goal in monitored.goals if goal.point in of_homes}
    lists = {owner: tuple(_lists(inputs, owner)) for owner in owners}
    found: dict[tuple[str, str], tuple[Value, ...]] = {}
    for point in monitored.points:
        if point.computed == "spread":
            found[point.code, ""] = spread_values(results, point, withheld)
        for goal in monitored.goals_of(point.code):
            counted = _counted(inputs, lists.get(goal.corporation, ()), point, goal)
            values = (*_told(inputs, point, goal, day), *counted)
            if values:
                found[point.code, goal.corporation] = values
    return found


def _told(inputs: Inputs, point: Point, goal: Goal, day: str) -> Iterator[Value]:
    """Yield the values that the tables of agreements tell."""
    if point.computed == "renovated":
        yield from _renovated(inputs.agreements.renovations)
    if point.computed == "delivered":
        yield from delivered(inputs.agreements, goal.corporation, day)
    if point.computed == "plan_capacity":
        yield from plan_capacity(inputs.agreements, day)


def _counted(
    inputs: Inputs, lists: Iterable[DatedHomes], point: Point, goal: Goal
) -> Iterator[Value]:
    """Yield a value for each list of homes, if the point is about them."""
    count = _COUNTS.get(point.computed)
    if count is None:
        return
    for homes in lists:
        counted = count(inputs, homes, point, goal)
        if counted is not None:
            value, counts = counted
            yield Value(
                date=homes.day.isoformat(),
                end=homes.day,
                value=value,
                fictitious=inputs.fictitious_dwellings,
                counts=counts,
            )


def _lists(inputs: Inputs, corporation: str) -> Iterator[DatedHomes]:
    """Yield the earlier list of a corporation, or of all, if there is one, and the one of now."""
    names = [own.name for own in inputs.municipality.corporations if corporation in {"", own.name}]
    for dwellings, file in ((inputs.previous_dwellings, PREVIOUS_FILE), (inputs.dwellings, FILE)):
        if dwellings is not None:
            lists = [dated_homes(inputs, dwellings, file, name) for name in names]
            filled = [each for each in lists if len(each.dwellings)]
            if filled:
                homes = pd.concat([each.dwellings for each in filled])
                yield DatedHomes(homes, max(each.day for each in filled))


_Counted = tuple[Interval, Counts] | None
_Count = Callable[[Inputs, DatedHomes, Point, Goal], _Counted]


def _share(part: int, whole: int, unknown: int) -> _Counted:
    if not whole:
        return None
    share = 100 * part / whole
    return Interval(share, share), Counts(part, whole, unknown)


def _labels(homes: pd.DataFrame) -> pd.DataFrame:
    return label_counts(homes[["energy_label"]].assign(all=""), ["all"])


def _mean_label(_inputs: Inputs, homes: DatedHomes, _point: Point, _goal: Goal) -> _Counted:
    counts = _labels(homes.dwellings)
    unlabelled = int(counts[NO_LABEL].iloc[0])
    labelled = len(homes.dwellings) - unlabelled
    if not labelled:
        return None
    mean = float(mean_label_ordinal(counts).iloc[0])
    return Interval(mean, mean), Counts(labelled, labelled, unlabelled)


def _poor_share(_inputs: Inputs, homes: DatedHomes, _point: Point, _goal: Goal) -> _Counted:
    labels = homes.dwellings["energy_label"]
    unlabelled = int((labels == NO_LABEL).sum())
    return _share(int(labels.isin(POOR_LABELS).sum()), len(labels) - unlabelled, unlabelled)


def _affordable(inputs: Inputs, homes: DatedHomes, point: Point, goal: Goal) -> _Counted:
    if not inputs.rent_levels:
        return None
    target = next(
        each
        for each in affordable_targets(inputs.agreements.monitored)
        if (each.corporation, each.size) == (goal.corporation, AFFORDABLE[point.computed])
    )
    levels = levels_of(inputs.rent_levels, homes.day.year)
    share, known, unknown = affordable_share(homes.dwellings, target, levels)
    return _share(round(share * known / 100), known, unknown) if known else None


def _solar(_inputs: Inputs, homes: DatedHomes, _point: Point, _goal: Goal) -> _Counted:
    panels = homes.dwellings["solar_panels"]
    has, known = int((panels == _YES).sum()), int(panels.isin([_YES, _NO]).sum())
    if not known:
        return None
    unknown = len(panels) - known
    return Interval(has, has + unknown), Counts(has, known, unknown)


def _renovated_label(inputs: Inputs, homes: DatedHomes, _point: Point, _goal: Goal) -> _Counted:
    done = {
        (each.corporation, each.complex_id)
        for each in inputs.agreements.renovations
        if each.state == _DONE and each.complex_id
    }
    owned = homes.dwellings[["corporation", "complex_id"]].to_numpy("object")
    labels = homes.dwellings.loc[[tuple(each) in done for each in owned], "energy_label"]
    good = LABELS[: LABELS.index("B") + 1]
    unlabelled = int((labels == NO_LABEL).sum())
    return _share(int(labels.isin(good).sum()), len(labels) - unlabelled, unlabelled)


_COUNTS: Final[dict[Measure | None, _Count]] = {
    "label_mean": _mean_label,
    "efg_share": _poor_share,
    "affordable_small": _affordable,
    "affordable_large": _affordable,
    "solar": _solar,
    "renovated_label": _renovated_label,
}
"""Measures of homes, with what counts them."""


def _renovated(renovations: tuple[Renovation, ...]) -> Iterator[Value]:
    """Yield the homes of which the renovation is done; of which that is unknown may be done too."""
    told = [each for each in renovations if each.state != "onbekend"]
    if told:
        done = sum(each.homes for each in told if each.state == _DONE)
        unknown = sum(each.homes for each in renovations if each.state == "onbekend")
        end, date = max(_told_on(each) for each in told)
        yield Value(
            date=date,
            end=end,
            value=Interval(done, done + unknown),
            source=" ".join(dict.fromkeys(key for each in told for key in each.source.split())),
            confidence=max(
                (each.confidence for each in told), key=lambda each: "HML?".index(each.value)
            ),
        )


def _told_on(renovation: Renovation) -> tuple[dt.date, str]:
    date = renovation.state_date or str(renovation.end)
    return last_day(date), date
