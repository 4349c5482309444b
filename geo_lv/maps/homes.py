"""Homes on the map, a dot each: in the internal edition only, at a rounded place."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo_lv.coarsening import HOME_GRID_M, LABEL_GROUPS
from geo_lv.editions import Released
from geo_lv.maps.charts import label_look
from geo_lv.maps.geometry import Projection
from geo_lv.maps.map_model import HomeDots
from geo_lv.maps.text import number, plural

_ROUNDED: Final = (
    f"De plek is afgerond op {HOME_GRID_M} meter. Woningen op dezelfde plek staan naast elkaar. "
    "Per gebied staan de aantallen in de tabellen met energielabels."
)


def home_dots(
    released: Released, projection: Projection, inside: shapely.Geometry | None
) -> tuple[HomeDots, ...]:
    """
    Return the dots of a map.

    Parameters
    ----------
    released
        The released view; the public edition has no homes.
    projection
        Of the map.
    inside
        Only homes in here, RD New; every home if None.

    Returns
    -------
    dots
        One for each label group that occurs, best label first.
    """
    homes = released.homes
    if homes.empty:
        return ()
    own = homes if inside is None else homes[shapely.contains_xy(inside, homes["x"], homes["y"])]
    places = spread(own)
    groups = dict.fromkeys(LABEL_GROUPS.values())
    has = {group: (own["label"] == group).to_numpy() for group in groups}
    return tuple(
        HomeDots(group, label_look(group), number(rows.sum()), projection.dots(places[rows]))
        for group, rows in has.items()
        if rows.any()
    )


def spread(homes: pd.DataFrame) -> npt.NDArray[np.float64]:
    """
    Give homes on one spot a place each, evenly over the square around it that rounds to it.

    Parameters
    ----------
    homes
        ``x, y`` on the grid, in the order in which they are placed: row by row.

    Returns
    -------
    places
        RD New metres, shape (n, 2).
    """
    spots = homes.groupby(["x", "y"])["label"]
    side = np.ceil(np.sqrt(spots.transform("size").to_numpy("float64")))
    row, column = np.divmod(spots.cumcount().to_numpy("float64"), side)
    aside = (np.column_stack([column, row]) + 0.5) / side[:, None] - 0.5
    places: npt.NDArray[np.float64] = homes[["x", "y"]].to_numpy("float64") + aside * HOME_GRID_M
    return places


def homes_note(released: Released, place: str) -> str:
    """Return how exact the dots are, and how many homes of the input have none."""
    listed = sum(count.dwellings for count in released.joins if count.level == "gemeente")
    missing = listed - len(released.homes)
    note = f"Elke stip is een corporatiewoning in {place}. {_ROUNDED}"
    if not missing:
        return note
    verb = "staat" if missing == 1 else "staan"
    homes = f"{verb} {plural(missing, 'woning', 'woningen')}"
    return f"{note} Van de hele gemeente {homes} niet op de kaart, want de plek is niet zeker."
