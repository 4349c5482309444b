"""geo_lv: neighbourhood monitoring for a Dutch municipality, as a static and accessible site.

`load` gives a data folder as frames, `AreaLayer` draws areas on a map of folium. What stands behind
these names is imported when it is first used, so that the command starts quickly.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo_lv.api import DataFolder, load
    from geo_lv.maps.area_layer import AreaLayer, Measure

__version__ = "0.1.0"
__all__ = ["AreaLayer", "DataFolder", "Measure", "load"]

if not TYPE_CHECKING:  # a type checker takes the names from above, and refuses all others
    _MODULES = {
        "AreaLayer": "geo_lv.maps.area_layer",
        "DataFolder": "geo_lv.api",
        "Measure": "geo_lv.maps.area_layer",
        "load": "geo_lv.api",
    }

    def __getattr__(name: str) -> object:
        """Import a public name when it is first asked for."""
        if name not in _MODULES:
            msg = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(msg)
        return getattr(import_module(_MODULES[name]), name)

    def __dir__() -> list[str]:
        """Return what completion offers."""
        return sorted({*globals(), *__all__})
