"""The names on a map: each where it finds room, none over another one or over a symbol."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import shapely

from geo_lv.maps.drawing import Label
from geo_lv.maps.sheet.canvas import Box
from geo_lv.maps.sheet.fit import Fitted
from geo_lv.maps.sheet.fonts import Style, fold, width
from geo_lv.maps.sheet.paths import shape_of

NAME: Final = Style(7.6, "bold", "name")
INSET: Final = 10.0
"""Points from the edge of the map to its scale bar and north arrow."""
_ROOM: Final = 110.0
"""A name is broken into lines of at most so many points."""
_SMALLEST_SEEN: Final = 7.0
"""An area of the surroundings with less room than this radius in points goes without a name."""
_DOWN: Final = (0.0, -10.0, 10.0, -20.0, 20.0, -32.0, 32.0, -44.0, 44.0)
_ASIDE: Final = (0.0, -10.0, 10.0, -20.0, 20.0)
"""Points that a name may move to find room."""


@dataclass(frozen=True)
class Names:
    """The names of a map."""

    placed: tuple[tuple[Box, tuple[str, ...]], ...]
    """Room and lines of each name."""
    left_out: tuple[str, ...]
    """Areas in sight whose name found no room."""


def names_of(fitted: Fitted) -> Names:
    """
    Place the names of the areas in sight.

    Parameters
    ----------
    fitted
        The map.

    Returns
    -------
    Names
        Areas that the page is about come first and so find room first.
    """
    taken = [*_furniture(fitted), *(fitted.symbol_box(each) for each in fitted.drawn.symbols)]
    placed: list[tuple[Box, tuple[str, ...]]] = []
    nameless: list[str] = []
    for label, centre in _in_sight(fitted):
        lines = _lines(label)
        box = next(_free(_box_of(lines, centre), taken, fitted.frame), None)
        if box is None:
            nameless.append(label.area.name)
        else:
            taken.append(box)
            placed.append((box, lines))
    return Names(tuple(placed), tuple(nameless))


def _in_sight(fitted: Fitted) -> Iterator[tuple[Label, tuple[float, float]]]:
    """Give each area that is well in sight the middle of its part in sight."""
    x, y, wide, high = fitted.drawn.view
    view = shapely.box(x, y, x + wide, y + high)
    for label in fitted.drawn.labels:
        if label.area.level != fitted.drawn.level:
            continue
        seen = shapely.intersection(shape_of(label.area.path), view)
        if seen.area == 0:
            continue
        radius = shapely.maximum_inscribed_circle(seen, tolerance=5 / fitted.scale)
        if label.area.focus or radius.length * fitted.scale > _SMALLEST_SEEN:
            yield label, fitted.point(radius.coords[0])


def _lines(label: Label) -> tuple[str, ...]:
    return tuple(part for line in label.lines for part in fold(line, NAME, _ROOM))


def _box_of(lines: Sequence[str], centre: tuple[float, float]) -> Box:
    wide = max(width(line, NAME) for line in lines)
    high = len(lines) * NAME.leading
    return Box(centre[0] - wide / 2, centre[1] - high / 2, wide, high)


def _free(box: Box, taken: Sequence[Box], frame: Box) -> Iterator[Box]:
    """Give the places where a name lies inside the frame and over nothing else."""
    for down in _DOWN:
        for aside in _ASIDE:
            moved = replace(box, x=box.x + aside, y=box.y + down)
            if frame.holds(moved) and not any(moved.overlaps(other) for other in taken):
                yield moved


def _furniture(fitted: Fitted) -> tuple[Box, Box]:
    """Return the room of the scale bar and of the north arrow."""
    frame = fitted.frame
    long = fitted.drawn.scale[0] * fitted.scale
    return (
        Box(frame.x, frame.bottom - 28, long + 2 * INSET, 28),
        Box(frame.right - 30, frame.y, 30, 42),
    )
