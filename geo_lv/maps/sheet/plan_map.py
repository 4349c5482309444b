"""The map of a plan page on paper: the same drawing as on the page, in points."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from geo_lv.maps.drawing import Drawing, Label, Symbol, drawing, phase_look, start_indicator
from geo_lv.maps.model import MapModel
from geo_lv.maps.sheet.canvas import Box, Canvas, Look
from geo_lv.maps.sheet.fonts import Style, fold, width
from geo_lv.maps.sheet.looks import ATTENTION, RING, SITE, area_look, phase, site_letter
from geo_lv.maps.sheet.tags import Element
from geo_lv.maps.sheet.words import heading_of

PIXEL: Final = 0.75
"""Points per pixel of the drawing: a pixel of the web is a ninety-sixth of an inch."""
NAME: Final = Style(7.6, "bold", "name")
SMALL: Final = Style(7)
_STEPS: Final = re.compile(r"([Mlz])([^Mlz]*)")
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
_NAME_ROOM: Final = 110.0
"""A name on the map is broken into lines of at most so many points."""
_SMALLEST_SEEN: Final = 7.0
"""An area of the surroundings with less room than this radius in points goes without a name."""
_ASIDE: Final = (0.0, -10.0, 10.0, -20.0, 20.0, -32.0, 32.0, -44.0, 44.0)
"""Points up or down that a name may move to find room."""
_INSET: Final = 10.0

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class PlanMap:
    """A map ready to draw in a frame."""

    model: MapModel
    drawn: Drawing
    frame: Box
    scale: float
    """Points per drawing unit."""
    names: tuple[tuple[Box, tuple[str, ...]], ...]
    nameless: tuple[str, ...]
    """Areas in sight whose name found no room."""


def rings(path: str) -> list[Array]:
    """Read path data of the model: absolute ``M``, relative ``l``, ``z``.

    Parameters
    ----------
    path
        SVG path data in drawing units.

    Returns
    -------
    list[Array]
        Absolute points of each ring or line, shape (n, 2); a closed ring ends where it began.
    """
    found: list[Array] = []
    for letter, numbers in _STEPS.findall(path):
        values = np.array([float(n) for n in _NUMBER.findall(numbers)]).reshape(-1, 2)
        if letter == "M":
            found.append(values)
        elif letter == "l":
            found[-1] = np.cumsum(np.vstack([found[-1][:1], values]), axis=0)
        else:
            found[-1] = np.vstack([found[-1], found[-1][:1]])
    return [ring for ring in found if len(ring) > 1]


def shape_of(path: str) -> shapely.Geometry:
    """Return the polygons of path data; what lies inside an odd number of rings belongs to it."""
    polygons = [shapely.make_valid(shapely.Polygon(ring)) for ring in rings(path) if len(ring) > 3]  # noqa: PLR2004 - a triangle, closed
    return reduce(shapely.symmetric_difference, polygons, shapely.Polygon())


def plan_map(model: MapModel, frame: Box) -> PlanMap:
    """Fit a map in a frame.

    Parameters
    ----------
    model
        The map of a page.
    frame
        Where it goes on the sheet, in points.

    Returns
    -------
    PlanMap
        With a place for every name that found room.
    """
    screen = frame.width / PIXEL, frame.height / PIXEL
    drawn = _filling(drawing(model, screen), frame)
    scale = frame.width / drawn.view[2]
    fitted = PlanMap(model, drawn, frame, scale, (), ())
    names, nameless = _spread(fitted)
    return replace(fitted, names=names, nameless=nameless)


def _filling(drawn: Drawing, frame: Box) -> Drawing:
    """Show more on two sides, so that the drawing fills its frame."""
    x, y, wide, high = drawn.view
    most = max(wide / frame.width, high / frame.height)
    new_wide, new_high = frame.width * most, frame.height * most
    view = x - (new_wide - wide) / 2, y - (new_high - high) / 2, new_wide, new_high
    return replace(drawn, view=view)


def _to_points(fitted: PlanMap) -> Affine2D:
    x, y, *_ = fitted.drawn.view
    place = Affine2D().translate(-x, -y).scale(fitted.scale)
    return place.translate(fitted.frame.x, fitted.frame.y)


def figure_text(fitted: PlanMap) -> str:
    """Return what the map shows in words: each area of its level with its figure."""
    start = start_indicator(fitted.model)
    shown = f" {heading_of(start)}:" if start else ""
    level = fitted.drawn.level
    names = [shape.name for shape in fitted.drawn.shapes if shape.area.level == level]
    return f"{fitted.model.title}.{shown} {'; '.join(names)}."


def point(fitted: PlanMap, at: tuple[float, float]) -> tuple[float, float]:
    """Return where drawing units are on the sheet, in points."""
    x, y = _to_points(fitted).transform(at)
    return float(x), float(y)


def draw_map(canvas: Canvas, fitted: PlanMap, figure: Element) -> None:
    """Draw the map as one figure.

    Parameters
    ----------
    canvas
        The sheet.
    fitted
        The map.
    figure
        The element of the structure that it belongs to.
    """
    canvas.box(fitted.frame, Look(fill="water"), figure)
    _areas(canvas, fitted, figure)
    _outlines(canvas, fitted, figure)
    for symbol in fitted.drawn.symbols:
        if _symbol_box(fitted, symbol).overlaps(fitted.frame):
            _site(canvas, point(fitted, (symbol.x, symbol.y)), symbol, figure)
    _names(canvas, fitted, figure)
    _scale_bar(canvas, fitted, figure)
    _north(canvas, fitted, figure)
    canvas.box(fitted.frame, Look(line="line", thickness=0.8), figure)


def _filled(fitted: PlanMap, path: str) -> Path:
    """Return polygons as a path; holes run the other way round, so that they stay open."""
    polygons = shapely.get_parts(shapely.orient_polygons(shape_of(path)))
    every = [
        ring
        for polygon in polygons
        if polygon.geom_type == "Polygon"
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    return _joined(fitted, [shapely.get_coordinates(ring) for ring in every], closed=True)


def _joined(fitted: PlanMap, parts: Sequence[Array], *, closed: bool) -> Path:
    paths = [Path(part, closed=closed) for part in parts]
    return Path.make_compound_path(*paths).transformed(_to_points(fitted))


def _areas(canvas: Canvas, fitted: PlanMap, figure: Element) -> None:
    drawn, frame = fitted.drawn, fitted.frame
    paths = {shape.id: _filled(fitted, shape.area.path) for shape in drawn.shapes}
    for shape in drawn.shapes:
        if shape.area.level == drawn.level:
            canvas.shape(paths[shape.id], area_look(shape.look), figure, frame)
    if drawn.level == "buurt":
        lines = rings(fitted.model.indicative_lines)
        if lines:
            dashed = Look(line="casing", thickness=1.2, dashes=(2.2, 2.2))
            canvas.shape(_joined(fitted, lines, closed=False), dashed, figure, frame)
        for shape in drawn.shapes:
            if shape.area.level == "wijk":
                canvas.shape(paths[shape.id], Look(line="edge", thickness=1.3), figure, frame)
    for identity in drawn.attention:
        canvas.shape(paths[identity], ATTENTION, figure, frame)


def _outlines(canvas: Canvas, fitted: PlanMap, figure: Element) -> None:
    chart = fitted.model.phasing
    phases = chart.by_year.get(str(chart.year), {}) if chart else {}
    for outline in fitted.model.outlines:
        path = _filled(fitted, outline.path)
        if start_indicator(fitted.model) is None:
            look = phase(phase_look(phases.get(outline.slug, ("none", ""))[0]))
            canvas.shape(path, look, figure, fitted.frame)
        canvas.shape(path, Look(line="casing", thickness=4.8), figure, fitted.frame)
        canvas.shape(path, Look(line="plan", thickness=2.6), figure, fitted.frame)


def _site(canvas: Canvas, at: tuple[float, float], symbol: Symbol, figure: Element) -> None:
    radius = symbol.radius * PIXEL
    if symbol.site.approximate:
        canvas.circle(at, radius, RING, figure)
    canvas.circle(at, radius * 0.78, SITE[symbol.site.kind], figure)
    site_letter(canvas, at, symbol.site.kind, figure)


def _scale_bar(canvas: Canvas, fitted: PlanMap, figure: Element) -> None:
    length, words = fitted.drawn.scale
    long = length * fitted.scale
    x, y = fitted.frame.x + _INSET, fitted.frame.bottom - _INSET
    points = [(x, y - 5), (x, y), (x + long, y), (x + long, y - 5)]
    canvas.lines(points, Look(line="halo", thickness=3.4), figure)
    canvas.lines(points, Look(line="ink", thickness=1.2), figure)
    middle = x + long / 2, y - 4 - SMALL.leading
    canvas.halo(middle, words, SMALL)
    canvas.text(middle, words, SMALL, figure, "center")


def _north(canvas: Canvas, fitted: PlanMap, figure: Element) -> None:
    x, y = fitted.frame.right - _INSET - 8, fitted.frame.y + _INSET
    arrow = [(x, y), (x + 6, y + 18), (x, y + 14), (x - 6, y + 18), (x, y)]
    canvas.lines(arrow, Look(fill="ink", line="halo", thickness=0.8), figure)
    canvas.halo((x, y + 18), "N", NAME)
    canvas.text((x, y + 18), "N", NAME, figure, "center")


def _names(canvas: Canvas, fitted: PlanMap, figure: Element) -> None:
    for box, lines in fitted.names:
        middle = box.x + box.width / 2
        for n, line in enumerate(lines):
            at = middle, box.y + n * NAME.leading
            canvas.halo(at, line, NAME)
            canvas.text(at, line, NAME, figure, "center")


def _spread(
    fitted: PlanMap,
) -> tuple[tuple[tuple[Box, tuple[str, ...]], ...], tuple[str, ...]]:
    """Place the names of areas in sight so that none lies over another one or over a symbol."""
    taken = [*_furniture(fitted), *(_symbol_box(fitted, each) for each in fitted.drawn.symbols)]
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
    return tuple(placed), tuple(nameless)


def _in_sight(fitted: PlanMap) -> Iterable[tuple[Label, tuple[float, float]]]:
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
            yield label, point(fitted, radius.coords[0])


def _lines(label: Label) -> tuple[str, ...]:
    return tuple(part for line in label.lines for part in fold(line, NAME, _NAME_ROOM))


def _box_of(lines: Sequence[str], centre: tuple[float, float]) -> Box:
    wide = max(width(line, NAME) for line in lines)
    high = len(lines) * NAME.leading
    return Box(centre[0] - wide / 2, centre[1] - high / 2, wide, high)


def _free(box: Box, taken: Sequence[Box], frame: Box) -> Iterable[Box]:
    """Give the places where a name lies inside the frame and over nothing else."""
    for down in _ASIDE:
        for aside in _ASIDE[:5]:
            moved = replace(box, x=box.x + aside, y=box.y + down)
            if frame.holds(moved) and not any(moved.overlaps(other) for other in taken):
                yield moved


def _symbol_box(fitted: PlanMap, symbol: Symbol) -> Box:
    x, y = point(fitted, (symbol.x, symbol.y))
    reach = symbol.radius * PIXEL
    return Box(x - reach, y - reach, 2 * reach, 2 * reach)


def _furniture(fitted: PlanMap) -> tuple[Box, Box]:
    """Return the room of the scale bar and of the north arrow."""
    frame = fitted.frame
    long = fitted.drawn.scale[0] * fitted.scale
    return (
        Box(frame.x, frame.bottom - 28, long + 2 * _INSET, 28),
        Box(frame.right - 30, frame.y, 30, 42),
    )
