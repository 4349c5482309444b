"""What may be secret: counts of dwellings per area and owner, and the labels of those dwellings."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo_lv.areas import NO_PLAN_AREA, AreaLevel, Areas
from geo_lv.properties import LABEL_CLASSES

ALL: Final = ""
"""In the place of a corporation: all of them together."""
UNCERTAIN: Final = "?"
"""In the place of a plan area: somewhere near a border, so inside or outside is not known."""

LEVELS: Final[tuple[AreaLevel, ...]] = ("buurt", "wijk", "plan", "gemeente")

Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.intp]


class Cell(NamedTuple):
    """The dwellings of one corporation, or of all, in one area of any level."""

    area: str
    owner: str


class Face(NamedTuple):
    """One of the two things that the public edition says of a cell."""

    cell: Cell
    what: Literal["homes", "labels"]


@dataclass(frozen=True, eq=False)
class Sum:
    """A weighted sum of atoms: what a published number is about."""

    atoms: Positions
    weights: Floats

    def of(self, homes: Floats) -> float:
        """Return the sum, for so many dwellings in each atom."""
        return float(homes[self.atoms] @ self.weights)


class _Place(NamedTuple):
    """Where a dwelling may be for all that is certain; an empty code is not certain."""

    bu_code: str
    wk_code: str
    plan: str


@dataclass(frozen=True)
class Population:
    """
    How all cells are made up of atoms: dwellings of one owner, with one label, in one place.

    A place is a buurt, or what is left of a wijk, plan area or the municipality: the dwellings so
    near a border that their buurt is not certain. Who knows the borders and the owners knows the
    atoms; how many dwellings each holds is what should not be found.
    """

    owners: tuple[str, ...]
    inside: Mapping[str, Positions]
    """Area code to the numbers of the places in it; a level to those that are certain on it."""
    numbers: npt.NDArray[np.intp]
    """Number of the atom by place, owner and label class; -1 where there surely is none."""

    @property
    def size(self) -> int:
        """Number of atoms."""
        return int(self.numbers.max(initial=-1)) + 1

    def total(self, cell: Cell, weights: Mapping[str, float]) -> Sum:
        """Return the sum over the dwellings of a cell, each with the weight of its label."""
        owners = np.array([cell.owner in {ALL, own} for own in self.owners])
        each = np.array([weights.get(label, 0.0) for label in LABEL_CLASSES])
        block = self.numbers[self.inside[cell.area]][:, owners][..., each != 0]
        there = block >= 0
        return Sum(block[there], np.broadcast_to(each[each != 0], block.shape)[there])


def population(
    cells: Collection[Cell], areas: Areas, matched: Mapping[AreaLevel, Mapping[str, int]]
) -> Population:
    """
    Tell which atoms there may be, from what everybody may know.

    Parameters
    ----------
    cells
        Those that have dwellings: which do not, everybody may know.
    areas
        How the areas add up.
    matched
        Per level how many dwellings of each corporation are in an area for certain.

    Returns
    -------
    population
        The atoms and how the areas consist of them.
    """
    owners = tuple(dict.fromkeys(cell.owner for cell in cells if cell.owner != ALL))
    places = [*_buurten(areas), *_rests(areas)]
    unplaced = {
        own for own in owners if matched["gemeente"].get(own, 0) > matched["buurt"].get(own, 0)
    }
    may_be = np.array(
        [
            [
                Cell(place.bu_code, own) in cells if place.bu_code else own in unplaced
                for own in owners
            ]
            for place in places
        ],
        dtype=bool,
    ).reshape(len(places), len(owners))
    numbers = np.full((*may_be.shape, len(LABEL_CLASSES)), -1, dtype=np.intp)
    numbers[may_be] = np.arange(may_be.sum() * len(LABEL_CLASSES)).reshape(-1, len(LABEL_CLASSES))
    return Population(owners, _inside(places, areas), numbers)


def _buurten(areas: Areas) -> list[_Place]:
    wijken, plans = areas.parents("wijk"), areas.parents("plan")
    return [_Place(code, wijken[code], plans[code]) for code in areas.buurten.index]


def _rests(areas: Areas) -> list[_Place]:
    """Return the places of dwellings of which the buurt is not certain."""
    within: dict[str, set[str]] = {"": set()}
    for place in _buurten(areas):
        within.setdefault(place.wk_code, set()).add(place.plan)
        within[""].add(place.plan)
    return [
        _Place("", wijk, plan)
        for wijk, plans in sorted(within.items())
        for plan in (*sorted(plans), UNCERTAIN)
    ]


def _inside(places: list[_Place], areas: Areas) -> dict[str, Positions]:
    found: dict[str, list[int]] = {}
    for number, place in enumerate(places):
        for code in _areas_of(place, areas.gm_code):
            found.setdefault(code, []).append(number)
    return {code: np.array(numbers, dtype=np.intp) for code, numbers in found.items()}


def _areas_of(place: _Place, gm_code: str) -> Iterator[str]:
    """Yield the areas in which a place lies, and the levels on which that is certain."""
    yield from (gm_code, "gemeente")
    certain = {"buurt": place.bu_code, "wijk": place.wk_code, "plan": place.plan}
    for level, code in certain.items():
        if code not in {"", UNCERTAIN}:
            yield level
            if code != NO_PLAN_AREA:
                yield code


def count_cells(labels: pd.DataFrame) -> dict[Cell, dict[str, int]]:
    """
    Count the dwellings of every cell that has any.

    Parameters
    ----------
    labels
        Dwellings per ``area``, ``corporation`` and label class, for areas of every level.

    Returns
    -------
    counts
        Dwellings per class of `LABEL_CLASSES`; the cells of `ALL` among them, all in order.
    """
    together = labels.groupby("area")[list(LABEL_CLASSES)].sum().reset_index()
    rows = pd.concat([labels, together.assign(corporation=ALL)])
    counts = {
        Cell(str(row["area"]), str(row["corporation"])): {
            label: int(row[label]) for label in LABEL_CLASSES
        }
        for row in rows.to_dict("records")
    }
    return {cell: counts[cell] for cell in sorted(counts) if any(counts[cell].values())}
