"""The map of a plan page on paper: the same drawing as on the page, in points."""

from collections.abc import Sequence
from typing import Final

import shapely
from matplotlib.path import Path

from geo_lv.maps.drawing import Symbol, phase_look, start_indicator
from geo_lv.maps.sheet.canvas import Canvas, Look
from geo_lv.maps.sheet.fit import PIXEL, Fitted
from geo_lv.maps.sheet.fonts import Style
from geo_lv.maps.sheet.looks import ATTENTION, RING, SITE, area_look, phase, site_letter
from geo_lv.maps.sheet.names import INSET, NAME, Names
from geo_lv.maps.sheet.paths import Array, rings, shape_of
from geo_lv.maps.sheet.tags import Element

SMALL: Final = Style(7)


def draw_map(canvas: Canvas, fitted: Fitted, names: Names, figure: Element) -> None:
    """Draw the map as one figure.

    Parameters
    ----------
    canvas
        The sheet.
    fitted, names
        The map and the names on it.
    figure
        The element of the structure that it belongs to.
    """
    canvas.box(fitted.frame, Look(fill="water"), figure)
    _areas(canvas, fitted, figure)
    _outlines(canvas, fitted, figure)
    for symbol in fitted.drawn.symbols:
        if fitted.symbol_box(symbol).overlaps(fitted.frame):
            _site(canvas, fitted.point((symbol.x, symbol.y)), symbol, figure)
    _names(canvas, names, figure)
    _scale_bar(canvas, fitted, figure)
    _north(canvas, fitted, figure)
    canvas.box(fitted.frame, Look(line="line", thickness=0.8), figure)


def _filled(fitted: Fitted, path: str) -> Path:
    """Return polygons as a path; holes run the other way round, so that they stay open."""
    polygons = shapely.get_parts(shapely.orient_polygons(shape_of(path)))
    every = [
        ring
        for polygon in polygons
        if polygon.geom_type == "Polygon"
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    return _joined(fitted, [shapely.get_coordinates(ring) for ring in every], closed=True)


def _joined(fitted: Fitted, parts: Sequence[Array], *, closed: bool) -> Path:
    paths = [Path(part, closed=closed) for part in parts]
    return Path.make_compound_path(*paths).transformed(fitted.to_points)


def _areas(canvas: Canvas, fitted: Fitted, figure: Element) -> None:
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


def _outlines(canvas: Canvas, fitted: Fitted, figure: Element) -> None:
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


def _scale_bar(canvas: Canvas, fitted: Fitted, figure: Element) -> None:
    length, words = fitted.drawn.scale
    long = length * fitted.scale
    x, y = fitted.frame.x + INSET, fitted.frame.bottom - INSET
    points = [(x, y - 5), (x, y), (x + long, y), (x + long, y - 5)]
    canvas.lines(points, Look(line="halo", thickness=3.4), figure)
    canvas.lines(points, Look(line="ink", thickness=1.2), figure)
    middle = x + long / 2, y - 4 - SMALL.leading
    canvas.halo(middle, words, SMALL)
    canvas.text(middle, words, SMALL, figure, "center")


def _north(canvas: Canvas, fitted: Fitted, figure: Element) -> None:
    x, y = fitted.frame.right - INSET - 8, fitted.frame.y + INSET
    arrow = [(x, y), (x + 6, y + 18), (x, y + 14), (x - 6, y + 18), (x, y)]
    canvas.lines(arrow, Look(fill="ink", line="halo", thickness=0.8), figure)
    canvas.halo((x, y + 18), "N", NAME)
    canvas.text((x, y + 18), "N", NAME, figure, "center")


def _names(canvas: Canvas, names: Names, figure: Element) -> None:
    for box, lines in names.placed:
        middle = box.x + box.width / 2
        for n, line in enumerate(lines):
            at = middle, box.y + n * NAME.leading
            canvas.halo(at, line, NAME)
            canvas.text(at, line, NAME, figure, "center")
