"""The picture that stands beside a link to the site, in a message or on social media."""

from functools import partial
from io import BytesIO
from textwrap import wrap
from typing import Final

import matplotlib as mpl
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from geo_lv.editions import Released
from geo_lv.maps.sheet.palette import palette

WIDTH: Final = 1200
HEIGHT: Final = 630
"""Pixels, as those who show such a picture ask for."""
_DPI: Final = 100
_MAP: Final = (0.5, 0.06, 0.47, 0.88)
_LEFT: Final = 0.05
_TOP: Final = 0.78
_LETTERS: Final = 14
"""On a line of the name in its largest size; a longer word is written smaller."""
_LARGEST: Final = 40


def social_picture(released: Released) -> bytes:
    """
    Draw the wijken of the municipality, with its name.

    Parameters
    ----------
    released
        The released view.

    Returns
    -------
    png
        Of `WIDTH` by `HEIGHT` pixels, without metadata; the same view gives the same bytes.
    """
    out = BytesIO()
    with mpl.rc_context():
        mpl.rcdefaults()  # whatever the user of this machine likes
        figure = Figure(
            figsize=(WIDTH / _DPI, HEIGHT / _DPI), dpi=_DPI, facecolor=palette()["page"]
        )
        _write(figure, released)
        _draw(figure, released)
        FigureCanvasAgg(figure)
        figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()


def _write(figure: Figure, released: Released) -> None:
    colours = palette()
    lines = wrap(released.municipality.name, _LETTERS) or [""]
    size = _LARGEST * min(1, _LETTERS / max(map(len, lines)))
    below = _TOP - 0.13 * len(lines)
    words = "Wonen, wijken en warmtetransitie\nop de kaart, met cijfers in tabellen"
    figure.text(_LEFT, _TOP + 0.04, "Wijkmonitor", fontsize=24, color=colours["muted"])
    put = partial(figure.text, _LEFT, color=colours["ink"], va="top", parse_math=False)
    put(_TOP, "\n".join(lines), fontsize=size, weight="bold")
    put(below, words, fontsize=18, linespacing=1.5)
    if released.fictitious_dwellings:
        put(0.1, "FICTIEVE VOORBEELDGEGEVENS", fontsize=18, weight="bold")


def _draw(figure: Figure, released: Released) -> None:
    axes = figure.add_axes(_MAP)
    axes.set_axis_off()
    axes.set_aspect("equal")
    for shape in released.areas.wijken.geometry:
        axes.add_patch(
            _patch(shape, facecolor=palette()["class-1"], edgecolor="white", linewidth=1.5)
        )
    for shape in released.areas.plan_areas.geometry:
        axes.add_patch(
            _patch(shape, facecolor=palette()["class-4"], edgecolor="white", linewidth=1.0)
        )
    west, south, east, north = released.areas.wijken.total_bounds
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)


def _patch(shape: shapely.Geometry, **look: str | float) -> PathPatch:
    """Return polygons as one shape; holes run the other way round, so that they stay open."""
    polygons = shapely.get_parts(shapely.orient_polygons(shape))
    rings = [ring for each in polygons for ring in (each.exterior, *each.interiors)]
    paths = [Path(shapely.get_coordinates(ring), closed=True) for ring in rings]
    return PathPatch(Path.make_compound_path(*paths), **look)
