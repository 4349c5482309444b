"""Which counts of dwellings stay secret: the small ones, and those that would give them away.

A cell is what is known of the dwellings of one corporation in one area, or of all corporations
there together. Cells add up: buurten to a wijk and to a plan area, wijken to the municipality,
corporations to all. So a small cell may follow from cells that are shown; then one of those is kept
secret too, until no small cell can be worked out.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo_lv.areas import AreaLevel, Areas
from geo_lv.properties import LABELS, NO_LABEL

MINIMUM_DWELLINGS: Final = 10
"""A cell with fewer dwellings, or fewer with a label, is secret (domain advice, C2)."""

ALL: Final = ""
"""In the place of a corporation: all of them together."""

Cell = tuple[str, str]
"""Area code and corporation."""

_Row = npt.NDArray[np.float64]
_TINY: Final = 1e-6
_LEVELS: Final[tuple[AreaLevel, ...]] = ("buurt", "wijk", "gemeente")


def secret_cells(labels: pd.DataFrame, areas: Areas) -> frozenset[Cell]:
    """
    Return the cells that may not be shown.

    Parameters
    ----------
    labels
        Dwellings per ``area``, ``corporation`` and label class, for areas of every level.
    areas
        How the areas add up.

    Returns
    -------
    cells
        Every cell that is too small, and as many others as keep those from being worked out.
    """
    labelled = labels[list(LABELS)].sum(axis=1)
    parts = labels[["area", "corporation"]].assign(
        homes=labelled + labels[NO_LABEL], labelled=labelled
    )
    wholes = parts.groupby("area", as_index=False)[["homes", "labelled"]].sum()
    sizes = pd.concat([parts, wholes.assign(corporation=ALL)]).sort_values(["area", "corporation"])
    sizes = sizes[sizes["homes"] > 0]
    numbers = sizes[["homes", "labelled"]]
    few = ((numbers > 0) & (numbers < MINIMUM_DWELLINGS)).any(axis=1)
    cells = list(zip(sizes["area"], sizes["corporation"], strict=True))
    counts = dict(zip(cells, sizes["homes"].tolist(), strict=True))
    small = [cell for cell, is_few in zip(counts, few, strict=True) if is_few]
    secret = frozenset(small)
    rows = _sums(areas, counts)
    while giving := _giving_away(rows, small, counts, secret):
        secret |= {giving}
    return secret


def is_secret(cells: frozenset[Cell], area: str, corporation: str) -> bool:
    """Return whether a cell is secret, by itself or because all of its area is."""
    return (area, corporation) in cells or (area, ALL) in cells


def _giving_away(
    rows: Mapping[Cell, _Row],
    small: list[Cell],
    counts: Mapping[Cell, int],
    secret: frozenset[Cell],
) -> Cell | None:
    """Return the cell that weighs most among shown ones that together give a small one, if any."""
    shown = [cell for cell in counts if not is_secret(secret, *cell)]
    if not shown:
        return None
    known = np.array([rows[cell] for cell in shown]).T
    for cell in small:
        weights = np.linalg.lstsq(known, rows[cell], rcond=None)[0]
        used = {one: abs(part) for one, part in zip(shown, weights, strict=True)}
        if max(used.values()) > _TINY and np.abs(known @ weights - rows[cell]).max() < _TINY:
            # Rounded, so that the choice does not hang on the last bit; then the smallest cell.
            return min(used, key=lambda one: (-round(used[one], 3), counts[one], one))
    return None


def _sums(areas: Areas, counts: Mapping[Cell, int]) -> dict[Cell, _Row]:
    """Return each cell as a sum of the cells of one buurt and one corporation that are not zero."""
    buurten = set(areas.buurten.index)
    atoms = [(area, owner) for area, owner in counts if area in buurten and owner != ALL]
    inside = {area: set(codes) for area, codes in areas.plan_areas["bu_codes"].items()}
    for level in _LEVELS:
        for code, area in areas.parents(level).items():
            inside.setdefault(area, set()).add(code)
    return {
        (area, owner): np.array(
            [float(code in inside[area] and owner in {ALL, own}) for code, own in atoms]
        )
        for area, owner in counts
    }
