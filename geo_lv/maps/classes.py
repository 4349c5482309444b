"""Colour classes: the same breaks for every year of a measure, absent figures kept out.

A map of one municipality ranks: its classes hold about as many areas each. A map of the country
tells levels: its classes follow the gaps between values (Fisher-Jenks).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import kmeans1d
import numpy as np
import numpy.typing as npt

from geo_lv.maps.text import figure
from geo_lv.properties import LABELS, label_of

Method = Literal["equal sizes", "natural breaks"]

_CLASSES = 5


@dataclass(frozen=True)
class Classes:
    """Upper borders between classes and the words for each class, lowest first."""

    breaks: tuple[float, ...]
    labels: tuple[str, ...]

    def bin(self, value: float) -> int:
        """Return the class of a value; a value on a break belongs to the higher class."""
        return int(np.searchsorted(self.breaks, value, side="right"))


def classify(
    values: npt.NDArray[np.float64],
    decimals: int,
    unit: str = "",
    method: Method = "equal sizes",
) -> Classes:
    """
    Divide values into at most five classes with round breaks.

    Parameters
    ----------
    values
        The figures of all areas and years that must share colours.
    decimals
        How the figures are written; breaks are never finer.
    unit
        Unit of the figures; breaks in money are written as full amounts.
    method
        Classes of about equal size, or those of `natural_breaks`; both with rounded breaks.

    Returns
    -------
    classes
        One class when all values are equal.

    Raises
    ------
    ValueError
        If a value is absent: that is no level, and would move the breaks.
    """
    _require_figures(values)
    if not len(values):
        return Classes((), ())
    low, high = float(values.min()), float(values.max())
    if (values == 0).mean() >= 1 / _CLASSES and low == 0 and high >= 10.0**-decimals:
        return _with_zero(values, decimals, unit, method)
    step = _step(high - low, decimals)
    rounded = {round(round(edge / step) * step, 9) for edge in _edges(values, method)}
    breaks = tuple(sorted(edge for edge in rounded if low < edge <= high))
    return Classes(breaks, _ranges(breaks, decimals, unit))


def natural_breaks(values: npt.NDArray[np.float64], classes: int = _CLASSES) -> tuple[float, ...]:
    """
    Find the classes in which values differ least: the exact optimum of Fisher and Jenks.

    Parameters
    ----------
    values
        Any order, any number; the work grows about linearly with it.
    classes
        How many to make; fewer when there are fewer different values.

    Returns
    -------
    breaks
        Highest value of each class, lowest class first: a value on a break belongs to the class
        that it ends. The sum of squared distances to the mean of the class is the least possible;
        of several divisions that are equally good one is taken, always the same.

    Raises
    ------
    ValueError
        If a value is absent, or no class is asked for.
    """
    _require_figures(values)
    if classes < 1:
        msg = f"expected at least one class, found {classes}"
        raise ValueError(msg)
    ordered = np.sort(values)
    wanted = min(classes, len(np.unique(ordered)))
    if not wanted:
        return ()
    numbers = np.asarray(kmeans1d.cluster(ordered, wanted).clusters)
    last = np.flatnonzero(np.diff(numbers, append=wanted))
    return tuple(map(float, ordered[last]))


def _require_figures(values: npt.NDArray[np.float64]) -> None:
    absent = int(np.count_nonzero(~np.isfinite(values)))
    if absent:
        msg = f"expected figures only, found {absent} of {len(values)} absent; take them out first"
        raise ValueError(msg)


def _edges(values: npt.NDArray[np.float64], method: Method) -> Iterable[float]:
    """Return the borders between classes, not rounded; a value on one belongs to the higher."""
    if method == "equal sizes":
        quantiles: list[float] = np.quantile(values, np.arange(1, _CLASSES) / _CLASSES).tolist()
        return quantiles
    ends = natural_breaks(values)[:-1]
    return [float(values[values > end].min()) for end in ends]


def _with_zero(
    values: npt.NDArray[np.float64], decimals: int, unit: str, method: Method
) -> Classes:
    """Give zero a class of its own, so that a few areas with something stand out from nothing."""
    smallest = 10.0**-decimals
    above = classify(values[values > 0], decimals, unit, method)
    keep = tuple(edge for edge in above.breaks if edge > smallest)[-(_CLASSES - 2) :]
    ranges = _ranges((smallest, *keep), decimals, unit) if keep else ("", "meer dan 0")
    return Classes((smallest, *keep), (figure(0, decimals, unit), *ranges[1:]))


def _step(spread: float, decimals: int) -> float:
    """Return the round unit to which breaks are rounded: about a fiftieth of the spread."""
    finest = 10.0**-decimals
    if spread <= 0:
        return finest
    return max(finest, 10.0 ** math.floor(math.log10(spread / 20)))


def _ranges(breaks: tuple[float, ...], decimals: int, unit: str) -> tuple[str, ...]:
    edges = [figure(edge, decimals, unit) for edge in breaks]
    if not edges:
        return ("alle waarden",)
    middle = [f"{low} tot {high}" for low, high in pairwise(edges)]
    return (f"minder dan {edges[0]}", *middle, f"{edges[-1]} of meer")


def classify_labels(values: npt.NDArray[np.float64]) -> Classes:
    """
    Give each mean energy label that occurs its own class, worst first.

    Parameters
    ----------
    values
        Means on the ordinal scale of `geo_lv.properties`; no NaN.

    Returns
    -------
    classes
        At most five; when more labels occur, the best ones share the last class.
    """
    present = sorted({label_of(float(value)) for value in values}, key=LABELS.index, reverse=True)
    if not present:
        return Classes((), ())
    shown = present[:_CLASSES]
    # A half counts as the worse label, so a class starts just above the half.
    breaks = tuple(
        math.nextafter(len(LABELS) - 1 - LABELS.index(label) - 0.5, math.inf) for label in shown[1:]
    )
    last = shown[-1] if len(present) <= _CLASSES else f"{shown[-1]} en beter"
    return Classes(breaks, (*shown[:-1], last))
