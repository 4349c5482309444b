"""Coordinates of a list: RD New or WGS 84, in two orders, to RD New."""

import re
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from pyproj import Transformer

from geo_lv.crs import RD_NEW, WGS84
from geo_lv.intake.cells import Cells, Flags, alike, categories, replaced, texts_of

Numbers = npt.NDArray[np.float64]

_RD_X: Final = (10_000.0, 300_000.0)
_RD_Y: Final = (300_000.0, 625_000.0)
_LON: Final = (3.0, 7.5)
_LAT: Final = (50.5, 54.0)
"""Where the Netherlands lie, in RD New and in WGS 84: four ranges that do not overlap."""

_NUMBER: Final = re.compile(r"-?\d{1,9}(\.\d{1,15})?", re.ASCII)

ZERO: Final = "place 0, 0 read as no place"
LONE: Final = "?"
"""Stands for the coordinate that is not there beside one that is."""
SWAPPED: Final = "coordinates in the other order"
DEGREES: Final = "coordinates from degrees to RD New"


def rd_places(read: pd.DataFrame, mended: dict[str, int]) -> tuple[Cells, Cells]:
    """
    Bring the coordinates of a list to RD New.

    Parameters
    ----------
    read
        May hold ``x`` and ``y``, or ``lon`` and ``lat``, as texts with a decimal point. Which of
        the two systems it is, and in which order, is seen from the numbers.
    mended
        Gets the number of places of which the order or the system was changed.

    Returns
    -------
    x, y
        Metres with one decimal; ``""`` where the list has no place, and the text itself where it
        is no place in the Netherlands, for the schema to refuse.
    """
    first, second = _pair(read)
    a, b = _numbers(first), _numbers(second)
    zero = (a == 0) & (b == 0)
    x, y = np.full(len(a), np.nan), np.full(len(b), np.nan)
    swapped, degrees = np.zeros(len(a), dtype=bool), np.zeros(len(a), dtype=bool)
    for one, two, turned in ((a, b, False), (b, a, True)):
        metres = _within(one, _RD_X) & _within(two, _RD_Y)
        x[metres], y[metres] = one[metres], two[metres]
        angles = _within(one, _LON) & _within(two, _LAT)
        if angles.any():  # to make a transformation takes longer than to read a list
            x[angles], y[angles] = _to_rd(one[angles], two[angles])
            degrees |= angles
        if turned:
            swapped |= metres | angles
    for what, where in ((ZERO, zero), (SWAPPED, swapped), (DEGREES, degrees)):
        if number := int(where.sum()):
            mended[what] = number
    return _written(x, first, zero), _written(y, second, zero)


def _pair(read: pd.DataFrame) -> tuple[Cells, Cells]:
    names = ("x", "y") if "x" in read or "y" in read else ("lon", "lat")
    first, second = (read[name] if name in read else alike("", read.index) for name in names)
    # a place needs both: the schema refuses what stands for the other
    no_first, no_second = ((cells == "").to_numpy() for cells in (first, second))
    lone = alike(LONE, read.index)
    return (
        replaced(first, no_first & ~no_second, lone),
        replaced(second, no_second & ~no_first, lone),
    )


def _numbers(cells: Cells) -> Numbers:
    known = [float(text) if _NUMBER.fullmatch(text) else np.nan for text in texts_of(cells)]
    return np.array([*known, np.nan])[cells.cat.codes]


def _within(values: Numbers, limits: tuple[float, float]) -> Flags:
    return (values >= limits[0]) & (values <= limits[1])


def _to_rd(lon: Numbers, lat: Numbers) -> tuple[Numbers, Numbers]:
    x, y = Transformer.from_crs(WGS84, RD_NEW, always_xy=True).transform(lon, lat)
    return x, y


def _written(made: Numbers, cells: Cells, zero: Flags) -> Cells:
    """Return metres as text; where there are none, what the list says, unless that is nothing."""
    places, metres = pd.factorize(np.round(made, 1))  # -1 where there are none
    texts = categories(places, np.array([f"{value:.1f}" for value in metres], dtype="object"))
    without = replaced(cells, zero, alike("", cells.index))
    return replaced(pd.Series(texts, index=cells.index), places < 0, without)
