"""Dots of homes on a map: none in the public edition, on a coarse grid in the internal one."""

import json
import re
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
from pyproj import Transformer

from geo_lv.check.findings import Finding, Kind
from geo_lv.check.markup import Markup
from geo_lv.check.scan import Site
from geo_lv.coarsening import HOME_GRID_M
from geo_lv.crs import RD_NEW, WEB_MERCATOR

_DOTS: Final = re.compile(
    r"\s*M\s*-?[0-9.]+[ ,]-?[0-9.]+\s*h0(?:\s*[mM]\s*-?[0-9.]+[ ,]-?[0-9.]+\s*h0)+\s*"
)
"""Path data of dots and nothing else; a single one is a sign in a legend."""
_STEP: Final = re.compile(r"(-?[0-9.]+)[ ,](-?[0-9.]+)")
"""To the next dot: from the place where the walk starts with ``M``, or from the dot before."""
_TO_RD: Final = Transformer.from_crs(WEB_MERCATOR, RD_NEW, always_xy=True)
_SLACK_M: Final = 1.1
"""A drawing has whole units of not quite a metre."""

_Numbers = npt.NDArray[np.float64]


def find_dots(file: str, markup: Markup, site: Site) -> Iterator[Finding]:
    """Yield what the dots of a page tell of homes that its edition does not."""
    dotted = [(place, path) for place, path in markup.paths if _DOTS.fullmatch(path)]
    if not dotted:
        return
    frame = _frame(markup)
    if site.edition == "publiek" or frame is None:
        for place, path in dotted:
            yield Finding(file, Kind.DOT, place, f"{path.count('h0')} dots")
        return
    places = [_places(path, frame) for _, path in dotted]
    wrong = _off_grid(np.concatenate(places))
    ends = np.cumsum([len(part) for part in places])
    for (place, _), part in zip(dotted, np.split(wrong, ends[:-1]), strict=True):
        if part.any():
            yield Finding(file, Kind.DOT, place, f"{int(part.sum())} dots off the grid")


def _frame(markup: Markup) -> tuple[float, float, float] | None:
    """Return west, north and unit of the drawing, Web Mercator metres."""
    for _, text in markup.data:
        try:
            frame = json.loads(text)["frame"]
            return float(frame["west"]), float(frame["north"]), float(frame["unit"])
        except (ValueError, LookupError, TypeError, RecursionError):
            continue
    return None


def _places(path: str, frame: tuple[float, float, float]) -> _Numbers:
    """Return where the dots of a path are, RD New metres, shape (n, 2)."""
    west, north, unit = frame
    walks = [np.array(_STEP.findall(walk), dtype="float64") for walk in path.split("M")[1:]]
    east, up = np.concatenate([walk.cumsum(axis=0) for walk in walks]).T
    return np.column_stack(_TO_RD.transform(west + east * unit, north - up * unit))


def _off_grid(places: _Numbers) -> npt.NDArray[np.bool_]:
    """Return which homes are not where `geo_lv.maps.homes` draws homes rounded to the grid."""
    # Homes on one spot stand in rows and columns over the square around it. One at the edge of its
    # square may belong to the next, and is not judged.
    spots, aside = np.divmod(places / HOME_GRID_M + 0.5, 1)
    _, which, sizes = np.unique(spots, axis=0, return_inverse=True, return_counts=True)
    side = np.ceil(np.sqrt(sizes[which.ravel()]))[:, None]
    from_place = np.abs(aside * side % 1 - 0.5) / side * HOME_GRID_M
    slack = _SLACK_M / HOME_GRID_M
    at_edge = ((aside < slack) | (aside > 1 - slack)).any(axis=1)
    return np.asarray((from_place > _SLACK_M).any(axis=1) & ~at_edge, dtype=np.bool_)
