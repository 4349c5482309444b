"""Kerncijfers wijken en buurten of CBS: figures of a municipality, its wijken and buurten, and NL.

Every year has a table of its own, in which columns are numbered, named and counted in another way.
`tables` finds the table of a year, `definitions` says what a figure is called in any of them,
`figures` reads them, and `files` keeps what the data folder has of other years.
"""

from typing import Final

from geo_lv.sources.cbs.definitions import Definition, Way
from geo_lv.sources.cbs.files import FIGURES, parse
from geo_lv.sources.cbs.tables import TITLE, fetch
from geo_lv.sources.divided import DIVISIONS
from geo_lv.sources.fetched import Source

__all__ = ["FIGURES", "SOURCE", "TITLE", "Definition", "Way", "fetch", "parse"]

SOURCE: Final = Source(
    name="cbs",
    title=TITLE,
    address="https://opendata.cbs.nl",
    paths=(FIGURES, DIVISIONS),
    fetch=fetch,
    parse=parse,
)
