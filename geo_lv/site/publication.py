"""What a site that is marked for publication has more: its address, for those who list it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

from geo_lv.editions import Released
from geo_lv.errors import OutputError
from geo_lv.maps.model import Page, Shared
from geo_lv.schema import Edition

PICTURE: Final = "deelplaatje.png"
"""Stands beside a link to the site, in a message or on social media."""
SITEMAP: Final = "sitemap.xml"
ROBOTS: Final = "robots.txt"
_NOBODY: Final = "User-agent: *\nDisallow: /\n"


def picture_text(released: Released) -> str:
    """Return what the picture says, for who cannot see it."""
    fictitious = " Met fictieve voorbeeldgegevens." if released.fictitious_dwellings else ""
    return f"Kaart van de wijken van {released.municipality.name}.{fictitious}"


def require_publishable(address: str, edition: Edition) -> None:
    """
    Refuse an address under which no site can be published.

    Parameters
    ----------
    address
        Of the folder of the site on the web; empty when it is not marked for publication.
    edition
        Of the site; the internal one is never published.

    Raises
    ------
    OutputError
        If it is no https address of a folder, or the edition is not public.
    """
    if not address:
        return
    if edition != "publiek":
        msg = f"{address}: expected the edition publiek, found {edition}; that one stays inside"
        raise OutputError(msg)
    parts = urlsplit(address)
    plain = f"https://{parts.netloc}{parts.path}"
    if not parts.hostname or address != plain or not address.endswith("/") or "@" in parts.netloc:
        msg = (
            f"{address!r}: expected the https address of a folder, such as "
            "https://www.example.org/monitor/; correct --publicatie"
        )
        raise OutputError(msg)


def shared(pages: Iterable[Page], address: str, picture: str) -> Iterator[Page]:
    """Yield pages that say where they stand on the web, with a picture; `picture` is its text."""
    for page in pages:
        place = f"{address}{quote(page.path)}"
        yield replace(page, shared=Shared(place, f"{address}{PICTURE}", picture))


def listings(pages: Iterable[Page], address: str, peildatum: str) -> dict[str, bytes]:
    """
    Write what search engines ask of a site.

    Parameters
    ----------
    pages
        All pages.
    address
        Of the site on the web.
    peildatum
        ISO date that the pages carry.

    Returns
    -------
    files
        A sitemap, and a robots.txt that names it.
    """
    places = (escape(address + quote(page.path)) for page in pages)
    rows = "".join(
        f"<url><loc>{place}</loc><lastmod>{peildatum}</lastmod></url>\n" for place in places
    )
    sitemap = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'
    )
    robots = f"User-agent: *\nAllow: /\nSitemap: {address}{SITEMAP}\n"
    return {SITEMAP: sitemap.encode(), ROBOTS: robots.encode()}


def kept_out() -> dict[str, bytes]:
    """Return the robots.txt of a site that is for nobody to find."""
    return {ROBOTS: _NOBODY.encode()}
