"""The sources that can be fetched, in the order in which that is done."""

from typing import Final

from geo_lv.sources import cbs, ep_download, leefbaarometer, pdok, politie
from geo_lv.sources.fetched import Source

SOURCES: Final[tuple[Source, ...]] = (
    pdok.SOURCE,
    cbs.SOURCE,
    leefbaarometer.SOURCE,
    politie.SOURCE,
    ep_download.SOURCE,
)
"""Boundaries first: figures are checked against the areas of the folder."""
