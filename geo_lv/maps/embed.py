"""The map of a page by itself, for a frame on another website."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from geo_lv.maps.model import Page
from geo_lv.maps.sections import MAP_TABLES

FOLDER: Final = "embed/"
"""Pages in here may stand in a frame on another website."""


def with_embeds(pages: Iterable[Page]) -> Iterator[Page]:
    """
    Yield the pages, those with a map with the path of it by itself.

    Parameters
    ----------
    pages
        The pages of a site.

    Yields
    ------
    page
        In the same order.
    """
    for page in pages:
        yield replace(page, embed=f"{FOLDER}{page.path}") if page.map else page


def embed_pages(pages: Iterable[Page]) -> Iterator[Page]:
    """
    Make the maps that stand by themselves.

    Parameters
    ----------
    pages
        The pages of a site, from `with_embeds`.

    Yields
    ------
    page
        Of each page with such a path: the map, and the tables that say what it says.
    """
    for page in pages:
        if page.embed:
            tables = tuple(part for part in page.sections if part.id == MAP_TABLES)
            yield replace(
                page,
                path=page.embed,
                whole=page.path,
                sections=tables,
                nav=(),
                previous="",
                next="",
                pdf="",
            )
