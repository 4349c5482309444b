"""Features of an OGC API, page by page: every page once, from one host, in the system asked for."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import requests

from geo_lv.sources.answers import read_json, require_keys
from geo_lv.sources.faults import (
    CrsAnswerError,
    DuplicatePageError,
    EndlessPagesError,
    ForeignLinkError,
    SchemaDriftError,
    TooLargeError,
    TruncatedError,
    WrongValueError,
)
from geo_lv.sources.transport import Params, Transport, host_of

CRS_URI: Final = "http://www.opengis.net/def/crs/EPSG/0/28992"
"""RD New, as an OGC API names it."""
PAGE: Final = 1000
"""Features that are asked for at a time."""
MOST_PAGES: Final = 40
"""All buurten of the Netherlands are fewer: a service that ignores the filter gives no more."""
LARGEST_PAGE: Final = 128 * 1024**2
"""Bytes; a thousand buurten with all their figures take about half."""
LARGEST_ALL: Final = 1024**3
"""Bytes of all pages of one collection."""


def fetch_pages(
    transport: Transport, url: str, filters: Params, told: Callable[[int], None]
) -> tuple[bytes, ...]:
    """
    Get all pages of a collection.

    Parameters
    ----------
    transport
        Asks.
    url
        Of the items of the collection.
    filters
        Properties and their values; a service may ignore them.
    told
        Called with the number of pages that came.

    Returns
    -------
    pages
        Bodies, each JSON with features, in order.

    Raises
    ------
    EndlessPagesError
        If there is a next page after `MOST_PAGES`.
    TooLargeError
        If they are larger together than `LARGEST_ALL`; and the faults of `Transport.get`.
    """
    asked: Params = {"f": "json", "limit": str(PAGE), "crs": CRS_URI, **filters}
    pages: list[bytes] = []
    digests: set[bytes] = set()
    link: str | None = url
    seen = {url}
    while link is not None:
        if len(pages) == MOST_PAGES:
            raise EndlessPagesError(transport.source, MOST_PAGES)
        content = transport.ask(
            link, None if pages else asked, headers=_ACCEPT, read=_reader(transport)
        )
        _require_new(transport.source, hashlib.sha256(content).digest(), digests)
        pages.append(content)
        if sum(map(len, pages)) > LARGEST_ALL:
            raise TooLargeError(transport.source, LARGEST_ALL)
        link = _next_link(transport.source, content, link)
        if link is not None:
            _require_new(transport.source, link, seen)
        told(len(pages))
    return tuple(pages)


def features_of(source: str, pages: tuple[bytes, ...]) -> Iterator[Mapping[str, Any]]:
    """
    Read the features of all pages of a collection. Pure.

    Parameters
    ----------
    source
        What the source is called in messages.
    pages
        From `fetch_pages`.

    Yields
    ------
    feature
        An object that has properties and a geometry, of whatever kind.

    Raises
    ------
    TruncatedError
        If there are fewer than a page, or all pages together, say there are.
    SchemaDriftError
        If a page or a feature is put together in another way.
    """
    came, matched = 0, 0
    for content in pages:
        page = require_keys(source, read_json(source, content), ("features",), "a page")
        features = page["features"]
        if not isinstance(features, list):
            raise SchemaDriftError(source, ("a list of features",), "a page")
        if _count(source, page, "numberReturned", len(features)) != len(features):
            raise TruncatedError(source, "as many features as the page says")
        came += len(features)
        matched = max(matched, _count(source, page, "numberMatched", 0))
        for feature in features:
            yield require_keys(source, feature, ("properties", "geometry"), "a feature")
    if came < matched:
        raise TruncatedError(source, "as many features as the service says")


_ACCEPT: Final = {"Accept": "application/geo+json, application/json"}


def _reader(transport: Transport) -> Callable[[requests.Response], bytes]:
    def read(response: requests.Response) -> bytes:
        named = response.headers.get("Content-Crs", CRS_URI).strip().strip("<>")
        if named != CRS_URI:
            raise CrsAnswerError(transport.source, "RD New (EPSG:28992)")
        return transport.whole(response, LARGEST_PAGE)

    return read


def _require_new(source: str, item: Any, seen: set[Any]) -> None:  # noqa: ANN401 - address or digest
    if item in seen:
        raise DuplicatePageError(source)
    seen.add(item)


def _next_link(source: str, content: bytes, url: str) -> str | None:
    page = require_keys(source, read_json(source, content), ("features",), "a page")
    links = page.get("links", [])
    if not isinstance(links, list):
        raise SchemaDriftError(source, ("a list of links",), "a page")
    for link in links:
        if isinstance(link, dict) and link.get("rel") == "next":
            return _same_host(source, link.get("href"), url)
    return None


def _same_host(source: str, href: object, url: str) -> str:
    if not isinstance(href, str):
        raise SchemaDriftError(source, ("href",), "a link")
    try:
        link = urljoin(url, href)
        same = host_of(link) == host_of(url) and not urlsplit(link).username
    except ValueError:
        same = False
    if not same:
        raise ForeignLinkError(source)
    return link


def _count(source: str, page: Mapping[str, Any], key: str, default: int) -> int:
    value = page.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int):
        raise WrongValueError(source, "a number", key)
    return value
