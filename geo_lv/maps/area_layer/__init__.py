"""A layer of areas for any map of folium: one geometry, many measures, usable without a mouse.

branca compiles what a child of a map renders once more as a template. So nothing that comes from a
frame passes through a template here: it stands in a block of data, which is written as it is.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from importlib.resources import files
from typing import Final, Self

import geopandas as gpd
import shapely
from branca.element import Element, Figure
from folium.map import Layer
from folium.template import Template

from geo_lv.errors import ArgumentError
from geo_lv.maps.area_layer.frame import read_frame
from geo_lv.maps.area_layer.measure import Measure
from geo_lv.maps.area_layer.payload import identity, payload
from geo_lv.maps.area_layer.released import ReleasedFrames, frame_of

__all__ = ["AreaLayer", "Measure", "ReleasedFrames"]

_SHARED: Final = "geo_lv_area_layer"
"""Under which a map holds style and script, once for all layers."""


class _AsItIs(Element):
    """A piece of a page that is written and never read as a template."""

    _template = Template("{{ this.text }}")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class AreaLayer(Layer):
    """
    Areas coloured by one of several measures, for any map of folium.

    Parameters
    ----------
    frame
        One row per area, indexed by its code; polygons or multipolygons in any declared reference
        system, shown in WGS 84. It is not changed.
    columns
        Numeric columns to show, in this order, each with a label or a `Measure`. NaN is an absent
        figure and never a class: it has the look of its reason.
    names
        Column with the names of the areas.
    title
        What the layer and its part of a LayerControl are called; the first label if empty. Two
        layers in one LayerControl need two titles.
    show
        Whether the layer is on the map when it opens.
    control
        Whether a LayerControl has it.

    Raises
    ------
    ArgumentError
        If a label is empty.
    CrsError
        If the frame has no reference system.
    InputError
        With everything that is wrong with the frame: it is no GeoDataFrame or has no geometry; it
        is empty; a column is not there, or holds no numbers or infinite ones; a code stands there
        twice; an area has no name, no polygon, or one that is not on the earth; a reason is unknown
        or stands beside a figure.

    Notes
    -----
    The reader gets a chooser, a legend, a table, and areas that Tab reaches and arrows walk along;
    words are Dutch. Each text from the frame stays text. The layer asks no other host for anything:
    its script and style stand in the page. Its name on the map follows from its content, so the
    same frame gives the same script. Classes are those of `geo_lv.maps.classes`.

    Examples
    --------
    >>> import folium, geopandas, geo_lv
    >>> from shapely import box
    >>> frame = geopandas.GeoDataFrame(
    ...     {"name": ["Oost", "West"], "inwoners": [1250.0, float("nan")]},
    ...     index=["BU00010101", "BU00010102"],
    ...     geometry=[box(85000, 455000, 86000, 456000), box(84000, 455000, 85000, 456000)],
    ...     crs="EPSG:28992",
    ... )
    >>> layer = geo_lv.AreaLayer(frame, {"inwoners": "Inwoners"}).add_to(folium.Map())
    >>> layer.title
    'Inwoners'
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = geoLvAreaLayer({{ this.get_name()|tojson }});
        {% endmacro %}
        """
    )

    def __init__(
        self,
        frame: gpd.GeoDataFrame,
        columns: Mapping[str, str | Measure],
        *,
        names: str = "name",
        title: str = "",
        show: bool = True,
        control: bool = True,
    ) -> None:
        measures = {column: _as_measure(given) for column, given in columns.items()}
        areas = read_frame(frame, measures, names)
        self.title = title or areas.measured[0].measure.label
        super().__init__(name=_in_html(self.title), overlay=True, control=control, show=show)
        self._name = "AreaLayer"
        self._data = payload(areas, self.title)
        self._id = identity(self._data)
        self._bounds = shapely.total_bounds(areas.shapes)

    @classmethod
    def of(
        cls,
        folder: ReleasedFrames,
        indicators: Iterable[str],
        *,
        level: str = "wijk",
        year: int | None = None,
        title: str = "",
    ) -> Self:
        """
        Make a layer of what a data folder lets out.

        Parameters
        ----------
        folder
            What `geo_lv.load` gave.
        indicators
            Ids of its catalogue, in the order of the chooser.
        level
            ``wijk``, ``buurt``, ``plan`` or ``gemeente``.
        year
            Of the figures; None takes of each indicator the newest year with a value on that level,
            or with reasons if no value is shown.
        title
            As of `AreaLayer`.

        Returns
        -------
        layer
            With unit, year, source and reasons of each figure. Invented figures and those for the
            parties only say so.

        Raises
        ------
        InputError
            If there is no such level or indicator, no row of it on that level or in that year, or
            no indicator is asked for.

        Examples
        --------
        >>> import folium, geo_lv
        >>> folder = geo_lv.load()
        >>> layer = geo_lv.AreaLayer.of(folder, ["woz_waarde", "inwoners"]).add_to(folium.Map())
        >>> layer.title
        'Gemiddelde WOZ-waarde'
        """
        frame, measures = frame_of(folder, indicators, level, year)
        return cls(frame, measures, title=title)

    @property
    def bounds(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """South-west and north-east corner as latitude and longitude, for ``Map.fit_bounds``."""
        west, south, east, north = map(float, self._bounds)
        return (south, west), (north, east)

    def add_to(self, parent: Element, name: str | None = None, index: int | None = None) -> Self:
        """
        Add the layer to a map or a feature group.

        Parameters
        ----------
        parent
            Where it goes.
        name, index
            As of every element of branca.

        Returns
        -------
        layer
            This one.
        """
        parent.add_child(self, name=name, index=index)
        return self

    def _get_self_bounds(self) -> list[list[float | None]]:
        """Return the corners to folium, which asks every child of a map for them."""
        return [[*corner] for corner in self.bounds]

    def render(self, **kwargs: object) -> None:  # type: ignore[override] # as all macros of branca
        """
        Put data, style and script in the page of the map.

        Parameters
        ----------
        **kwargs
            Passed on by branca.

        Raises
        ------
        ArgumentError
            If the layer is on no map.
        """
        figure = self.get_root()
        if not isinstance(figure, Figure):
            msg = "AreaLayer: expected to be on a map, found none; add it with add_to(map) first"
            raise ArgumentError(msg)
        figure.header.add_child(_AsItIs(_shared()), name=_SHARED)
        name = f"{self.get_name()}_data"
        block = f'<script type="application/json" id="{name}">{self._data}</script>'
        figure.html.add_child(_AsItIs(block), name=name)
        super().render(**kwargs)  # type: ignore[no-untyped-call] # folium is typed in part


def _as_measure(given: str | Measure) -> Measure:
    return given if isinstance(given, Measure) else Measure(given)


def _in_html(text: str) -> str:
    """Return a text that stays text in a LayerControl: first a template, then HTML."""
    return escape(text).replace("{", "&#123;")


@cache
def _shared() -> str:
    """Return style and scripts of all layers."""
    style, *scripts = (_text(name) for name in ("area_layer.css", "area_panel.js", "area_layer.js"))
    return f"<style>\n{style}</style>\n<script>\n{''.join(scripts)}</script>"


def _text(name: str) -> str:
    return (files("geo_lv.maps.area_layer") / name).read_text(encoding="utf-8")
