"""The Leaflet map of a page, written by folium; only its script is used, in a file of its own.

branca compiles every rendered child once more as a template, so nothing that comes from an input
file may pass through here: only numbers and the constants below do. Names and figures reach the
scripts through the data block of the page.
"""

import math
from functools import lru_cache
from typing import Any, ClassVar, Final

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template
from folium.utilities import JsCode

from geo_lv.maps.map_model import Frame, MapModel

MAP_ID: Final = "geo_lv"
ELEMENT_ID: Final = f"map_{MAP_ID}"
"""Id of the element that the page keeps ready for the map."""

BASEMAP_HOST: Final = "https://service.pdok.nl"
_BASEMAP_TILES = (
    f"{BASEMAP_HOST}/brt/achtergrondkaart/wmts/v2_0/grijs/EPSG:3857/{{z}}/{{x}}/{{y}}.png"
)
_BASEMAP_ATTRIBUTION = "Kaartgegevens © Kadaster"
_EARTH_RADIUS = 6378137.0
_MAX_ZOOM = 17


class GeoMap(folium.Map):
    """A folium map without links to other hosts, with Dutch controls and metric scale only."""

    default_js: ClassVar[list[tuple[str, str]]] = []  # type: ignore[misc] # folium says instance
    default_css: ClassVar[list[tuple[str, str]]] = []  # type: ignore[misc] # folium says instance
    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.map(
                {{ this.get_name()|tojson }},
                {
                    center: {{ this.location|tojson }},
                    ...{{ this.options|tojavascript }}
                }
            );
            L.control.zoom({
                zoomInTitle: "Inzoomen",
                zoomOutTitle: "Uitzoomen",
            }).addTo({{ this.get_name() }});
            {%- if this.control_scale %}
            L.control.scale({imperial: false}).addTo({{ this.get_name() }});
            {%- endif %}
        {% endmacro %}
        """
    )


class ScriptedAreas(MacroElement):
    """Hands the map to our scripts, which draw the areas from the drawing in the page."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            geoLv.start({{ this._parent.get_name() }},
                {{ this.basemap.get_name() if this.basemap else "null" }});
        {% endmacro %}
        """
    )

    def __init__(self, basemap: folium.TileLayer | None) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # branca is typed in part
        self._name = "ScriptedAreas"
        self.basemap = basemap


def unproject(frame: Frame, x: float, y: float) -> tuple[float, float]:
    """Latitude and longitude of a point of the drawing, in degrees."""
    east, north = frame.west + x * frame.unit, frame.north - y * frame.unit
    latitude = 2 * math.atan(math.exp(north / _EARTH_RADIUS)) - math.pi / 2
    return round(math.degrees(latitude), 6), round(math.degrees(east / _EARTH_RADIUS), 6)


def map_script(model: MapModel) -> str:
    """Write the script that makes the Leaflet map of a page.

    Parameters
    ----------
    model
        The map; only its frame and whether it has a background map are used.

    Returns
    -------
    str
        JavaScript for a classic script that runs after Leaflet and our own files.
    """
    return _script(model.frame, basemap=bool(model.basemap))


@lru_cache(maxsize=256)
def _script(frame: Frame, *, basemap: bool) -> str:
    """Write the script; the pages of a site share a few frames."""
    figure = _figure(frame, basemap=basemap)
    figure.render()
    body = figure.script.render()
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    return "\n".join(["(function () {", '"use strict";', *lines, "})();", ""])


def _figure(frame: Frame, *, basemap: bool) -> Figure:
    x, y, width, height = frame.focus
    corners = [unproject(frame, x, y + height), unproject(frame, x + width, y)]
    leaflet_map = _empty_map(unproject(frame, x + width / 2, y + height / 2))
    figure = Figure()
    figure.add_child(leaflet_map)
    start = folium.FitBounds(corners, padding=(12, 12))
    start.options["animate"] = False  # else the page opens with a jump
    _add(leaflet_map, start, "start")
    tiles = _basemap() if basemap else None
    if tiles is not None:
        _add(leaflet_map, tiles, "brt")
    _add(leaflet_map, ScriptedAreas(tiles), "areas")
    return figure


def _empty_map(centre: tuple[float, float]) -> GeoMap:
    """Make a map without background, that never moves for who asked for less motion."""
    moving: Any = JsCode(  # folium writes it as it is, but its types do not say so
        '!window.matchMedia("(prefers-reduced-motion: reduce)").matches'
    )
    made = GeoMap(
        location=centre,
        tiles=None,
        zoom_start=13,
        control_scale=True,
        zoom_control=False,
        attribution_control=False,  # it writes html; the page states the source itself
        zoom_snap=0.25,
        keyboard=False,  # the areas are the tab stop, not the map around them
        scroll_wheel_zoom=False,
    )
    made.options |= {
        "min_zoom": 9,  # folium keeps both zooms for its own tiles
        "max_zoom": _MAX_ZOOM,
        "zoom_animation": moving,
        "fade_animation": moving,
        "inertia": moving,
    }
    made._id = MAP_ID  # noqa: SLF001 - the only way to a repeatable name
    return made


def _basemap() -> folium.TileLayer:
    return folium.TileLayer(
        _BASEMAP_TILES,
        attr=_BASEMAP_ATTRIBUTION,
        name="achtergrondkaart",
        min_zoom=6,
        max_zoom=_MAX_ZOOM,
        overlay=True,
        show=False,
    )


def _add(parent: Element, child: Element, identity: str) -> None:
    child._id = identity  # noqa: SLF001 - folium draws lots for it otherwise
    parent.add_child(child)
