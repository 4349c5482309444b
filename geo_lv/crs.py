"""Coordinate reference systems. Measure and join in RD New, show in WGS 84 or Web Mercator."""

from typing import Final

import geopandas as gpd

from geo_lv.errors import CrsError

RD_NEW: Final = "EPSG:28992"
"""Amersfoort / RD New, metres."""
WGS84: Final = "EPSG:4326"
"""Longitude and latitude, degrees."""
WEB_MERCATOR: Final = "EPSG:3857"
"""What web maps draw in; its metres are stretched by 1 / cos(latitude)."""


def require_crs(frame: gpd.GeoDataFrame, crs: str, name: str) -> None:
    """
    Refuse geometry in another coordinate reference system than `crs`.

    Parameters
    ----------
    frame
        Geometry to look at.
    crs
        Expected system, such as `RD_NEW`.
    name
        What the frame is called in the message.

    Raises
    ------
    CrsError
        If the frame has no system or another one.
    """
    if frame.crs is None or frame.crs != crs:
        found = "none" if frame.crs is None else frame.crs.to_string()
        msg = f"{name}: expected {crs}, found {found}; reproject with to_crs() first"
        raise CrsError(msg)
