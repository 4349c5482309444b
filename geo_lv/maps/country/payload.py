"""The data block of the page of the country: everything once, in columns of packed numbers.

Where a column belongs its number stands; the columns themselves follow in one piece. Borders stand
as arcs; a code as the step from the one before it; a figure as its distance from the lowest, with
the first few numbers for the reasons that there is none.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

import numpy as np

from geo_lv.maps.country.arcs import Arcs
from geo_lv.maps.country.grid import UNIT, Frame, Rings
from geo_lv.maps.country.legend import REASON_TEXTS, Classed
from geo_lv.maps.country.numbers import signed_to_plain, steps
from geo_lv.maps.country.packing import Columns, packed_names
from geo_lv.maps.country.summary import Span
from geo_lv.maps.country.view import CountryGemeente, CountryView, Ints
from geo_lv.maps.payload import Json, safe_json
from geo_lv.maps.render import safe_address
from geo_lv.maps.text import euros_per, with_unit

_MARK: Final = "\0"
"""Stands for the figure in a text with its unit."""


def country_data(
    view: CountryView,
    borders: tuple[Frame, Rings, Arcs],
    items: Sequence[tuple[Classed, Sequence[Span]]],
) -> str:
    """
    Write the data of the page for its scripts.

    Parameters
    ----------
    view
        What the page shows.
    borders
        The grid, and on it the rings and arcs of the buurten.
    items
        Each indicator with its classes, and with its figures per municipality.

    Returns
    -------
    text
        Compact JSON with sorted keys, safe inside a script element.
    """
    frame, rings, arcs = borders
    columns = Columns()
    parts = {
        "areas": _areas(view, columns),
        "frame": asdict(frame) | {"unit": UNIT},
        "gemeenten": [_gemeente(each) for each in view.gemeenten],
        "indicators": [_indicator(item, found, columns) for item, found in items],
        "reasons": REASON_TEXTS,
        "shapes": _shapes(rings, arcs, len(view.codes), columns),
    }
    return safe_json(parts | {"columns": columns.packed()})


def _areas(view: CountryView, columns: Columns) -> Json:
    codes = np.array([int(code.removeprefix("BU")) for code in view.codes], dtype="int64")
    return {
        "codes": columns.add(signed_to_plain(steps(codes))),
        "gemeenten": columns.add(signed_to_plain(steps(np.asarray(view.gemeente_of)))),
        "names": packed_names(view.names),
    }


def _gemeente(gemeente: CountryGemeente) -> Json:
    href = safe_address(gemeente.href, "")
    return [gemeente.gm_code, gemeente.name, href, gemeente.problem]


def _shapes(rings: Rings, arcs: Arcs, count: int, columns: Columns) -> Json:
    x, y = signed_to_plain(steps(arcs.points)).T
    return {
        "arcs": columns.add(arcs.lengths),
        "per_area": columns.add(np.bincount(rings.area, minlength=count)),
        "references": columns.add(signed_to_plain(steps(arcs.references))),
        "rings": columns.add(arcs.ring_lengths),
        "x": columns.add(x),
        "y": columns.add(y),
    }


def _indicator(item: Classed, found: Sequence[Span], columns: Columns) -> Json:
    indicator = item.indicator
    present = item.reasons < 0
    low = int(item.figures[present].min()) if present.any() else 0
    before, after = _affixes(indicator.unit)
    return {
        "absent": item.absent,
        "after": after,
        "before": before,
        "breaks": item.breaks,
        "classes": item.labels,
        "counts": item.counts,
        "decimals": indicator.decimals,
        "euros": euros_per(indicator.unit),
        "figures": columns.add(_with_reasons(item, present, low)),
        "id": indicator.id,
        "label": indicator.label,
        "looks": [span.look for span in found],
        "low": low,
        "source": indicator.source,
        "title": item.title,
        "year": indicator.year,
    }


def _with_reasons(item: Classed, present: np.ndarray, low: int) -> Ints:
    """Return one number per buurt: the reason, or above those the figure less the lowest."""
    return np.where(present, item.figures - low + len(REASON_TEXTS), item.reasons)


def _affixes(unit: str) -> tuple[str, str]:
    """Return what stands before and after a figure; money carries its own sign."""
    if euros_per(unit):
        return "", ""
    before, after = with_unit(_MARK, unit).split(_MARK)
    return before, after
