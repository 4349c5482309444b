"""A map fitted in a frame on the sheet: from drawing units to points."""

from dataclasses import dataclass, replace
from typing import Final

from matplotlib.transforms import Affine2D

from geo_lv.maps.drawing import Drawing, Symbol, drawing, start_indicator
from geo_lv.maps.map_model import MapModel
from geo_lv.maps.sheet.canvas import Box
from geo_lv.maps.sheet.words import heading_of

PIXEL: Final = 0.75
"""Points per pixel of the drawing: a pixel of the web is a ninety-sixth of an inch."""


@dataclass(frozen=True)
class Fitted:
    """A map and where it goes."""

    model: MapModel
    drawn: Drawing
    frame: Box
    scale: float
    """Points per drawing unit."""

    @property
    def to_points(self) -> Affine2D:
        """The way from drawing units to points on the sheet."""
        x, y, *_ = self.drawn.view
        place = Affine2D().translate(-x, -y).scale(self.scale)
        return place.translate(self.frame.x, self.frame.y)

    def point(self, at: tuple[float, float]) -> tuple[float, float]:
        """Return where drawing units are on the sheet, in points."""
        x, y = self.to_points.transform(at)
        return float(x), float(y)

    def symbol_box(self, symbol: Symbol) -> Box:
        """Return the room of a site symbol."""
        x, y = self.point((symbol.x, symbol.y))
        reach = symbol.radius * PIXEL
        return Box(x - reach, y - reach, 2 * reach, 2 * reach)


def fit(model: MapModel, frame: Box) -> Fitted:
    """
    Fit a map in a frame.

    Parameters
    ----------
    model
        The map of a page.
    frame
        Where it goes on the sheet, in points.

    Returns
    -------
    Fitted
        What the page shows first, with more on two sides so that the frame is filled.
    """
    screen = frame.width / PIXEL, frame.height / PIXEL
    drawn = _filling(drawing(model, screen), frame)
    return Fitted(model, drawn, frame, frame.width / drawn.view[2])


def in_words(fitted: Fitted) -> str:
    """Return what the map shows in words: each area of its level with its figure."""
    start = start_indicator(fitted.model)
    shown = f" {heading_of(start)}:" if start else ""
    level = fitted.drawn.level
    names = [shape.name for shape in fitted.drawn.shapes if shape.area.level == level]
    return f"{fitted.model.title}.{shown} {'; '.join(names)}."


def _filling(drawn: Drawing, frame: Box) -> Drawing:
    """Show more on two sides, so that the drawing fills its frame."""
    x, y, wide, high = drawn.view
    most = max(wide / frame.width, high / frame.height)
    new_wide, new_high = frame.width * most, frame.height * most
    view = x - (new_wide - wide) / 2, y - (new_high - high) / 2, new_wide, new_high
    return replace(drawn, view=view)
