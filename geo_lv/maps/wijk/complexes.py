"""The complexes of corporations in a wijk; only the internal edition has them."""

import math
from typing import Final

from geo_lv.editions import Released
from geo_lv.internal import COMPLEX_WIJKEN, COMPLEXES
from geo_lv.maps.text import number
from geo_lv.maps.wijk.model import ComplexLine
from geo_lv.properties import label_of

_KEY: Final = ["corporation", "complex_id"]
_NO_COMPLEX: Final = "woningen zonder complex"


def complex_lines(released: Released, code: str) -> tuple[ComplexLine, ...]:
    """
    Return the complexes of which homes lie in a wijk for certain.

    Parameters
    ----------
    released
        The released view; the public edition has no such tables.
    code
        Of the wijk.

    Returns
    -------
    lines
        The largest first. Label and renovation are those of the whole complex.
    """
    if COMPLEX_WIJKEN not in released.tables:
        return ()
    places = released.tables[COMPLEX_WIJKEN]
    own = places[places["wk_code"] == code]
    described = released.tables[COMPLEXES].drop(columns="homes").drop_duplicates(_KEY)
    rows = own.merge(described, on=_KEY, how="left")
    rows = rows.sort_values(["homes", *_KEY], ascending=[False, True, True])
    return tuple(
        ComplexLine(
            corporation=str(row["corporation"]),
            name=str(row["complex_id"]) or _NO_COMPLEX,
            homes=number(row["homes"]),
            mean_label="–" if math.isnan(row["mean_label"]) else label_of(row["mean_label"]),
            renovation=_renovation(row["renovation"], row["renovation_state"]),
        )
        for row in rows.to_dict("records")
    )


def _renovation(name: object, state: object) -> str:
    return f"{name} ({state})" if isinstance(name, str) and name else "–"
