"""geo_lv: neighbourhood monitoring for a Dutch municipality, as a static and accessible site."""

__version__ = "0.1.0"
