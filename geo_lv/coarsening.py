"""How coarse the editions show figures about dwellings, so that no single one stands out.

Suppression decides which cells are shown at all; this decides how precisely. In the public edition
counts are multiples of five, as CBS publishes them, a share is a whole percentage of such counts,
and a mean label is only a class. The internal edition shows single homes, at a place on a coarse
grid.
"""

import math
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo_lv.errors import ReleaseError
from geo_lv.properties import LABEL_CLASSES, LABELS, NO_LABEL, label_of, label_rank
from geo_lv.schema import Edition

_STEP: Final = 5

LABEL_GROUPS: Final[dict[str, str]] = {
    **dict.fromkeys(LABELS[: LABELS.index("A")], "A+ en beter"),
    **{label: label for label in LABELS[LABELS.index("A") :]},
    NO_LABEL: NO_LABEL,
}
"""Label class to the group under which the public edition shows it, best first."""

HOME_COLUMNS: Final = ("x", "y", "label", "corporation")
"""The columns of the table of homes that may leave, in the internal edition only."""
HOME_ORDER: Final = ["y", "x", "label", "corporation"]
"""What the table of homes is sorted by: all that is shown, and nothing else."""
HOME_GRID_M: Final = 25
"""Homes are shown at a point of a grid in RD New with this many metres between its lines."""


def to_five(dwellings: float) -> int:
    """Return a count as the nearest multiple of five; one or two become none."""
    return _STEP * math.floor((dwellings + _STEP / 2) / _STEP)


def behind_five(dwellings: float) -> tuple[int, int]:
    """Return the least and the greatest count that `to_five` shows as it shows this one."""
    return to_five(dwellings) - _STEP // 2, to_five(dwellings) + _STEP // 2


def class_to_five(dwellings: float) -> int:
    """
    Return a count of dwellings with one label as a multiple of five.

    Parameters
    ----------
    dwellings
        How many there are.

    Returns
    -------
    shown
        None for fewer than five. Three or four could be shown as five, but an area of which five
        are shown beside two parts of which none are would then tell that each has one or two.
    """
    return to_five(dwellings) if dwellings >= _STEP else 0


def behind_class(dwellings: float) -> tuple[int, int]:
    """Return the least and the greatest count that `class_to_five` shows as it shows this one."""
    if not class_to_five(dwellings):
        return 0, _STEP - 1
    low, high = behind_five(dwellings)
    return max(low, _STEP), high


def coarse_share(part: float, whole: float) -> float:
    """
    Return which share a part is, worked out from rounded counts, as a whole percentage.

    Parameters
    ----------
    part, whole
        Counts as they are shown: whoever has those learns nothing from their share.

    Returns
    -------
    share
        Percent 0-100; NaN of nothing.
    """
    return math.floor(min(100 * part / whole, 100) + 0.5) if whole else math.nan


def coarse_mean(ordinal: float) -> float:
    """Return a mean label as the rank of the class it belongs to; NaN stays NaN."""
    return ordinal if math.isnan(ordinal) else float(label_rank(label_of(ordinal)))


def coarse_groups(counts: dict[str, int]) -> tuple[tuple[str, int], ...]:
    """Return rounded dwellings per label group, best first; groups that round to none left out."""
    groups: dict[str, int] = {}
    for label in LABEL_CLASSES:
        groups[LABEL_GROUPS[label]] = groups.get(LABEL_GROUPS[label], 0) + counts[label]
    rounded = {name: class_to_five(homes) for name, homes in groups.items()}
    return tuple((name, homes) for name, homes in rounded.items() if homes)


def coarse_homes(dwellings: pd.DataFrame, buurten: gpd.GeoSeries) -> pd.DataFrame:
    """
    Return homes at a rounded place, with a label group and nothing that tells them apart.

    Parameters
    ----------
    dwellings
        Homes of which the place is certain: ``x_rd, y_rd`` (RD New, metres, none missing),
        ``energy_label`` and ``corporation``. Any index.
    buurten
        Their polygons in RD New.

    Returns
    -------
    homes
        `HOME_COLUMNS`, one row per home: ``x, y`` (RD New, whole metres) on the grid of
        `HOME_GRID_M`, ``label`` a group of `LABEL_GROUPS`. Sorted and numbered by what is shown,
        so that neither tells anything of the file.
    """
    x, y = dwellings["x_rd"].to_numpy("float64"), dwellings["y_rd"].to_numpy("float64")
    east, north = _on_grid(x, y, buurten.to_numpy())
    homes = pd.DataFrame(
        {
            "x": east,
            "y": north,
            "label": dwellings["energy_label"].map(LABEL_GROUPS).to_numpy("str"),
            "corporation": dwellings["corporation"].to_numpy("str"),
        }
    )
    return homes.sort_values(HOME_ORDER, ignore_index=True)


_Numbers = npt.NDArray[np.float64]


def _on_grid(
    x: _Numbers, y: _Numbers, buurten: npt.NDArray[np.object_]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the nearest of the grid points around each home, in its own buurt if there is one."""
    own = buurten[shapely.STRtree(buurten).nearest(shapely.points(x, y))]
    columns, rows = x / HOME_GRID_M, y / HOME_GRID_M
    corners = [
        (east(columns) * HOME_GRID_M, north(rows) * HOME_GRID_M)
        for east in (np.floor, np.ceil)
        for north in (np.floor, np.ceil)
    ]
    outside = [~shapely.contains_xy(own, *corner) for corner in corners]
    metres = [np.hypot(east - x, north - y) for east, north in corners]
    best = np.argmin(np.where(outside, 2 * HOME_GRID_M, 0) + metres, axis=0)
    east, north = np.choose(best, [c[0] for c in corners]), np.choose(best, [c[1] for c in corners])
    return east.astype("int64"), north.astype("int64")


def require_coarse_homes(homes: pd.DataFrame, edition: Edition) -> None:
    """
    Refuse a table of homes that tells more than its edition may.

    Parameters
    ----------
    homes
        One row per home.
    edition
        ``publiek`` may hold none at all.

    Raises
    ------
    ReleaseError
        If it holds a home in the public edition, another column than `HOME_COLUMNS`, a place off
        the grid, a label class instead of a group, or an index or order that is not its own.
    """
    extra = [str(column) for column in homes.columns if column not in HOME_COLUMNS]
    ordered = homes.sort_values(HOME_ORDER, ignore_index=True)
    off_grid = homes[["x", "y"]] % HOME_GRID_M != 0
    faults = {
        "homes in the public edition": edition == "publiek" and not homes.empty,
        f"other columns than {', '.join(HOME_COLUMNS)}: {', '.join(extra)}": bool(extra),
        f"a place off the grid of {HOME_GRID_M} m": bool(off_grid.to_numpy().any()),
        "a label that is no group": not homes["label"].isin(LABEL_GROUPS.values()).all(),
        "an order or index of the file": not homes.reset_index().equals(ordered.reset_index()),
    }
    found = [fault for fault, holds in faults.items() if holds]
    if found:
        msg = f"homes: {'; '.join(found)}"
        raise ReleaseError(msg)
