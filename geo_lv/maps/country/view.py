"""What the page of the country shows; all of it went through the gate of its municipality."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from geo_lv.codes import BU_CODE, GM_CODE
from geo_lv.errors import InputError, Problem
from geo_lv.schema import Reason

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Shapes = npt.NDArray[np.object_]
"""Polygons and multipolygons, one per buurt."""

REASONS: Final = tuple(Reason)
"""Why a buurt has no figure, by the number that stands in `CountryIndicator.reasons`."""
NOT_BUILT: Final = len(REASONS)
"""And one more reason: its municipality was not built, so nothing of it was released."""
_NAME: Final = "the view of the country"


@dataclass(frozen=True, eq=False)
class CountryIndicator:
    """One figure of every buurt; values and reasons stand in the order of `CountryView.codes`."""

    id: str
    label: str
    unit: str
    decimals: int
    year: str
    source: str
    values: Floats
    """Shape (n buurten,); NaN where there is none."""
    reasons: npt.NDArray[np.int8]
    """Place in `REASONS`; -1 where a value stands."""


@dataclass(frozen=True)
class CountryGemeente:
    """A municipality."""

    gm_code: str
    name: str
    href: str
    """Relative link to the site of its own; empty when there is none."""
    problem: str
    """Dutch: why it was not built; empty when it was."""


@dataclass(frozen=True, eq=False)
class CountryView:
    """All that the page shows."""

    title: str
    peildatum: str
    """ISO date."""
    gemeenten: tuple[CountryGemeente, ...]
    codes: tuple[str, ...]
    """Of the buurten, ascending."""
    names: tuple[str, ...]
    gemeente_of: Ints
    """Shape (n buurten,); place in `gemeenten`."""
    geometry: Shapes
    """Shape (n buurten,); RD New, metres."""
    indicators: tuple[CountryIndicator, ...]
    fictitious: bool
    sources: tuple[str, ...]
    """Dutch lines."""

    @cached_property
    def not_built(self) -> npt.NDArray[np.bool_]:
        """Tell for each buurt whether its municipality was not built; shape (n buurten,)."""
        failed = np.array([bool(gemeente.problem) for gemeente in self.gemeenten], dtype=bool)
        return np.asarray(failed[self.gemeente_of], dtype=bool)

    def reasons_of(self, indicator: CountryIndicator) -> npt.NDArray[np.int8]:
        """Return per buurt the place in `REASONS`, `NOT_BUILT`, or -1 where a value stands."""
        return np.where(self.not_built, NOT_BUILT, indicator.reasons).astype(np.int8)


def check_view(view: CountryView) -> None:
    """
    Refuse a view whose parts do not fit together.

    Parameters
    ----------
    view
        What the page will show.

    Raises
    ------
    InputError
        With every problem: a code that is none, lengths that differ, a buurt that is nowhere, a
        figure with a reason, or no figure without one.
    """
    problems = tuple(_problems(view))
    if problems:
        raise InputError(problems)


def _problems(view: CountryView) -> list[Problem]:
    found = [*_length_problems(view), *_code_problems(view)]
    # figures are only looked at when it is clear of which buurt they are
    return found or list(_figure_problems(view))


def _length_problems(view: CountryView) -> Iterator[Problem]:
    count = len(view.codes)
    lengths = {
        "names": len(view.names),
        "places of municipalities": len(view.gemeente_of),
        "shapes": len(view.geometry),
        **{f"values of {each.id}": len(each.values) for each in view.indicators},
        **{f"reasons of {each.id}": len(each.reasons) for each in view.indicators},
    }
    for name, length in lengths.items():
        if length != count:
            yield _problem(f"{count} {name}", str(length), "give one per buurt")


def _code_problems(view: CountryView) -> Iterator[Problem]:
    for code in view.codes:
        if not BU_CODE.fullmatch(code):
            yield _problem("codes as BU00010000", repr(code), "correct the code")
    for gemeente in view.gemeenten:
        if not GM_CODE.fullmatch(gemeente.gm_code):
            yield _problem("codes as GM0001", repr(gemeente.gm_code), "correct the code")
    if any(first >= second for first, second in zip(view.codes, view.codes[1:], strict=False)):
        yield _problem("ascending codes", "another order or the same code twice", "sort them")
    places = np.asarray(view.gemeente_of)
    if ((places < 0) | (places >= len(view.gemeenten))).any():
        yield _problem("a municipality for each buurt", "a place outside the list", "correct it")


def _figure_problems(view: CountryView) -> Iterator[Problem]:
    for indicator in view.indicators:
        absent = np.isnan(indicator.values)
        # what a municipality that was not built holds is never looked at
        unclear = ((indicator.reasons >= 0) != absent) & ~view.not_built
        unknown = (indicator.reasons < -1) | (indicator.reasons >= len(REASONS))
        infinite = np.isinf(indicator.values)
        for place in np.flatnonzero(unclear | unknown | infinite)[:1]:
            found = f"{indicator.values[place]} with reason {indicator.reasons[place]}"
            expected = f"a figure or a reason for {indicator.id} of {view.codes[place]}"
            yield _problem(expected, found, "give one of the two")


def _problem(expected: str, found: str, advice: str) -> Problem:
    return Problem(_NAME, expected, found, advice)
