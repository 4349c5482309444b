"""Registered crime and nuisance per area, as the police publishes it in the catalogue of CBS.

`definitions` says which kinds make a figure, `tables` reads one table, `periods` knows twelve
months, `figures` adds up, `files` writes; all are pure. Only `ask` asks.
"""

from typing import Final

from geo_lv.sources.fetched import Source
from geo_lv.sources.politie.ask import fetch
from geo_lv.sources.politie.definitions import TITLE, PoliceDefinition, PoliceFigure
from geo_lv.sources.politie.files import FILE, parse

__all__ = ["FILE", "SOURCE", "PoliceDefinition", "PoliceFigure", "fetch", "parse"]

SOURCE: Final = Source(
    name="politie",
    title=TITLE,
    address="https://dataderden.cbs.nl",
    paths=(FILE,),
    fetch=fetch,
    parse=parse,
)
