"""What a layer hands to its script: geometry once; per measure a text and a class of each area."""

import hashlib
import json
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from geo_lv.maps.area_layer.frame import LayerFrame, Measured
from geo_lv.maps.area_layer.measure import Measure
from geo_lv.maps.classes import Classes, classify, classify_labels
from geo_lv.maps.drawing import REASON_WORDS
from geo_lv.maps.text import figure, shown_unit, with_unit
from geo_lv.properties import label_of

UNITS_PER_DEGREE: Final = 1_000_000
"""A unit is about a decimetre; area_layer.js has the same."""
_LABEL: Final = "label"
"""Unit of means of energy labels."""
_IN_SCRIPT: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}
"""Signs that could end the block of data or begin another element."""


def payload(areas: LayerFrame, title: str) -> str:
    """
    Write the data of a layer.

    Parameters
    ----------
    areas
        What it shows.
    title
        What the layer is called.

    Returns
    -------
    data
        JSON that can stand in a ``script`` element: ASCII, without ``<``, ``>`` and ``&``. The same
        areas and figures give the same text.
    """
    data = {
        "title": title,
        "areas": [
            {"code": code, "name": name, "polygons": _polygons(shape)}
            for code, name, shape in zip(areas.codes, areas.names, areas.shapes, strict=True)
        ],
        "reasons": list(REASON_WORDS.values()),
        "measures": [_measure(each) for each in areas.measured],
    }
    return json.dumps(data, separators=(",", ":")).translate(_IN_SCRIPT)


def identity(data: str) -> str:
    """Return a name for a layer that follows from its data, where folium draws lots."""
    return hashlib.sha256(data.encode()).hexdigest()[:32]


def _polygons(shape: shapely.Geometry) -> list[list[list[int]]]:
    """Return the rings of each part: a first place and steps, longitude before latitude."""
    return [
        [_steps(ring) for ring in (part.exterior, *part.interiors)]
        for part in shapely.get_parts(shape)
    ]


def _steps(ring: shapely.LinearRing) -> list[int]:
    places = np.rint(shapely.get_coordinates(ring) * UNITS_PER_DEGREE).astype(np.int64)
    steps: list[int] = np.diff(places, axis=0, prepend=0).ravel().tolist()
    return steps


def _measure(each: Measured) -> dict[str, Any]:
    measure = each.measure
    classes = _classes(measure, each.values[~np.isnan(each.values)])
    order = list(REASON_WORDS)
    return {
        "label": measure.title,
        "source": measure.source,
        "note": measure.note,
        "classes": list(classes.labels),
        "texts": [_text(measure, *row) for row in zip(each.values, each.reasons, strict=True)],
        "bins": [
            # below zero: no class but a reason
            -1 - order.index(reason) if reason else classes.bin(value)
            for value, reason in zip(each.values, each.reasons, strict=True)
        ],
    }


def _classes(measure: Measure, values: npt.NDArray[np.float64]) -> Classes:
    if measure.unit == _LABEL:
        return classify_labels(values)
    return classify(values, measure.decimals, measure.unit)


def _text(measure: Measure, value: float, reason: str) -> str:
    if reason:
        return REASON_WORDS[reason]
    if measure.unit == _LABEL:
        return label_of(value)
    return with_unit(figure(value, measure.decimals, measure.unit), shown_unit(measure.unit))
