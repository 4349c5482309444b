"""Colour classes of the buurten; figures that are absent are taken out before and kept apart."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from geo_lv.maps.classes import Classes, classify
from geo_lv.maps.country.view import REASONS, CountryIndicator, CountryView, Floats, Ints
from geo_lv.maps.drawing import REASON_WORDS
from geo_lv.maps.text import shown_unit

Classify = Callable[[Floats, int, str], Classes]

REASON_TEXTS: Final = (*(REASON_WORDS[reason.value] for reason in REASONS), "niet gebouwd")
"""What stands in the place of a figure, by number; the last is `NOT_BUILT`."""
LEGEND_TEXTS: Final = (
    "cijfer ontbreekt",
    "geheim: te weinig woningen of mensen",
    "niet van toepassing",
    "gemeente niet gebouwd",
)
LOOKS: Final = (*(reason.value.replace("_", "-") for reason in REASONS), "not-built")
"""Classes of a style sheet, by number."""


@dataclass(frozen=True, eq=False)
class Classed:
    """An indicator with its classes."""

    indicator: CountryIndicator
    figures: Ints
    """Shape (n buurten,); values as whole numbers of their last decimal; 0 where there is none."""
    reasons: npt.NDArray[np.int8]
    """Shape (n buurten,); number in `REASON_TEXTS`, -1 where a value stands."""
    breaks: tuple[float, ...]
    """Upper borders between classes, in the same units as `figures`."""
    labels: tuple[str, ...]
    counts: tuple[int, ...]
    """Buurten in each class."""
    absent: tuple[int, ...]
    """Buurten for each reason."""

    @property
    def title(self) -> str:
        """Label, unit and year, without a unit that says the same as the label."""
        item = self.indicator
        unit = "" if item.unit.lower() == item.label.lower() else shown_unit(item.unit)
        words = ", ".join(filter(None, (item.label, unit)))
        return f"{words} ({item.year})" if item.year else words

    @property
    def values(self) -> Floats:
        """Rounded as the page shows them, shape (n buurten,); NaN where there is none."""
        return np.where(self.reasons < 0, self.figures / 10**self.indicator.decimals, np.nan)

    def class_of(self, value: float) -> int:
        """Return the class of a value in the unit of the indicator."""
        scaled = round(value * 10**self.indicator.decimals, 9)
        return int(np.searchsorted(self.breaks, scaled, side="right"))


def by_gaps(values: Floats, decimals: int, unit: str) -> Classes:
    """Divide values where they differ most, as a map of the country tells levels."""
    return classify(values, decimals, unit, "natural breaks")


def classed(view: CountryView, indicator: CountryIndicator, divide: Classify = by_gaps) -> Classed:
    """
    Divide the figures of the country into classes.

    Parameters
    ----------
    view
        The view that the indicator is of.
    indicator
        The figures.
    divide
        Gets the values without NaN, the decimals and the unit.

    Returns
    -------
    classed
        Every buurt is counted once, in a class or under a reason.
    """
    reasons = view.reasons_of(indicator)
    present = reasons < 0
    scale = 10**indicator.decimals
    figures = np.where(present, indicator.values, 0.0) * scale
    whole = figures.round().astype("int64")
    classes = divide(whole[present] / scale, indicator.decimals, indicator.unit)
    breaks = tuple(round(edge * scale, 9) for edge in classes.breaks)
    bins = np.searchsorted(breaks, whole[present], side="right")
    counts = np.bincount(bins, minlength=len(classes.labels)).tolist()
    absent = np.bincount(reasons[~present], minlength=len(REASON_TEXTS)).tolist()
    return Classed(indicator, whole, reasons, breaks, classes.labels, tuple(counts), tuple(absent))
