"""Asking for one entity of a table, through cbsodata with our own transport lent to it."""

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any, Final
from urllib.parse import urlsplit

import cbsodata

from geo_lv.sources.answers import read_json, require_keys
from geo_lv.sources.faults import (
    DuplicatePageError,
    EndlessPagesError,
    ForeignLinkError,
    SchemaDriftError,
)
from geo_lv.sources.session import BorrowedSession, lent_to_cbsodata
from geo_lv.sources.transport import Transport, host_of

ROWS: Final = "TypedDataSet"
"""The entity that holds the rows, with numbers as numbers and codes as the source pads them."""
LARGEST_PAGE: Final = 128 * 1024**2
"""Bytes; ten thousand rows with a hundred columns take about a tenth."""
MOST_PAGES: Final = 200
"""Pages of ten thousand rows: more than all areas of the Netherlands in all months of ten years."""

_NEXT: Final = "odata.nextLink"


def fetch_entity(
    transport: Transport,
    address: str,
    table: str,
    name: str,
    *,
    columns: Iterable[str] = (),
    where: str = "",
) -> bytes:
    """
    Get everything in one entity of a table, however many pages it takes.

    Parameters
    ----------
    transport
        Asks.
    address
        Base URL of the catalogue: ``https://opendata.cbs.nl``, ``https://dataderden.cbs.nl``.
    table
        Identifier of the table.
    name
        The entity: ``TableInfos``, ``DataProperties``, `ROWS` or a dimension.
    columns
        Keys of the columns that are wanted; none means all.
    where
        Which rows, as OData has it. An equal sign only finds a code with all its padding: use
        `starts_with`.

    Returns
    -------
    document
        JSON: a list of the objects of all pages.

    Raises
    ------
    DuplicatePageError
        If the same page came twice.
    ForeignLinkError
        If a next page is at another host.
    EndlessPagesError
        If there is a next page after `MOST_PAGES`.
    SchemaDriftError
        If a page is put together in another way; and the faults of `Transport.get`.
    """

    def get(catalogue: str) -> list[Any]:
        held: list[Any] = cbsodata.get_meta(
            table, name, catalog_url=catalogue, select=list(columns), filters=where
        )
        return held

    return _document(transport, address, get)


def fetch_tables(transport: Transport, address: str) -> bytes:
    """
    Get the identifier and title of every table in a catalogue.

    Parameters
    ----------
    transport, address
        As for `fetch_entity`.

    Returns
    -------
    document
        JSON: a list of objects.

    Raises
    ------
    EndlessPagesError
        If it comes in pages: cbsodata takes the first only.
    SchemaDriftError
        If it is put together in another way; and the faults of `Transport.get`.
    """

    def get(catalogue: str) -> list[Any]:
        held: list[Any] = cbsodata.get_table_list(
            select=["Identifier", "Title"], catalog_url=catalogue
        )
        return held

    return _document(transport, address, get, pages=1)


def starts_with(column: str, beginnings: Iterable[str]) -> str:
    """
    Return a filter on the begin of a code, which padding at its end does not change.

    Parameters
    ----------
    column
        Key of a dimension; a source ignores or refuses such a filter on a topic.
    beginnings
        Any of them.

    Returns
    -------
    where
        For `fetch_entity`.
    """
    quoted = (beginning.replace("'", "''") for beginning in beginnings)
    return " or ".join(f"startswith({column},'{beginning}')" for beginning in quoted)


def as_safe(link: str, address: str) -> str:
    """
    Return a link in the scheme of the catalogue: CBS may write its own links without the s.

    Parameters
    ----------
    link
        To a next page.
    address
        Base URL of the catalogue.

    Returns
    -------
    link
        With ``https`` if it has ``http``, is of the same host, and the catalogue has ``https``.
    """
    host = address.removeprefix("https://").split("/")[0]
    plain = f"http://{host}/"
    if address.startswith("https://") and link.startswith(plain):
        return f"https://{host}/{link.removeprefix(plain)}"
    return link


def _document(
    transport: Transport, address: str, get: Callable[[str], list[Any]], *, pages: int = 0
) -> bytes:
    transport.require_safe(address)
    source = transport.source
    session = BorrowedSession(
        source,
        lambda url, headers: transport.get(
            as_safe(url, address), headers=headers, largest=LARGEST_PAGE
        ),
        lambda url: host_of(as_safe(url, address)) == host_of(address),
        inspect=_inspector(source, address, pages),
        most=MOST_PAGES,
    )
    scheme, _, catalogue = address.partition("://")
    with lent_to_cbsodata(session, https=scheme == "https"):
        held = get(catalogue)
    return json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode()


def _inspector(source: str, address: str, pages: int) -> Callable[[bytes], None]:
    """Return what looks at each page before cbsodata does; a link after `pages` is a fault."""
    seen: set[bytes] = set()

    def inspect(content: bytes) -> None:
        page = require_keys(source, read_json(source, content), ("value",), "a page")
        if not isinstance(page["value"], list):
            raise SchemaDriftError(source, ("a list of values",), "a page")
        digest = hashlib.sha256(content).digest()
        if digest in seen:
            raise DuplicatePageError(source)
        seen.add(digest)
        if page.get(_NEXT) is None:
            return
        if not _is_near(page[_NEXT], address):
            raise ForeignLinkError(source)
        if len(seen) == pages:
            raise EndlessPagesError(source, pages)

    return inspect


def _is_near(link: object, address: str) -> bool:
    try:
        return (
            isinstance(link, str)
            and host_of(as_safe(link, address)) == host_of(address)
            and not urlsplit(link).username
        )
    except ValueError:
        return False
