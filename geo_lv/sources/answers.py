"""From the bytes of an answer to JSON, with a fault of its own for each way to go wrong. Pure."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from geo_lv.sources.faults import CharsetError, HtmlError, SchemaDriftError, TruncatedError

_BOM: Final = b"\xef\xbb\xbf"
_TOO_MANY_ROWS: Final = re.compile(rb"more than ([0-9]{2,9}) (?:records|rows)")


def read_json(source: str, content: bytes) -> Any:  # noqa: ANN401 - JSON may be anything
    """
    Read an answer that should be JSON in UTF-8.

    Parameters
    ----------
    source
        What the source is called in messages.
    content
        The body, which may be anything.

    Returns
    -------
    value
        What the JSON holds.

    Raises
    ------
    HtmlError
        If it is a web page.
    CharsetError
        If it is not UTF-8.
    TruncatedError
        If it is not, or not whole, JSON. No number in it is NaN or infinite.
    """
    text = read_utf8(source, content)
    try:
        return json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        # What json says holds a part of the answer.
        raise TruncatedError(source) from None


def read_utf8(source: str, content: bytes) -> str:
    """
    Read an answer that should be text in UTF-8, and not a web page.

    Parameters
    ----------
    source
        What the source is called in messages.
    content
        The body, which may be anything.

    Returns
    -------
    text
        Without a byte-order mark.

    Raises
    ------
    HtmlError
        If it is a web page.
    CharsetError
        If it is not UTF-8.
    """
    bare = content.removeprefix(_BOM)
    if bare.lstrip()[:1] == b"<":
        raise HtmlError(source)
    try:
        return bare.decode("utf-8")
    except UnicodeDecodeError:
        raise CharsetError(source) from None


def row_limit(content: bytes) -> int:
    """
    Look in the answer of a service that failed whether the question was too large for it.

    Parameters
    ----------
    content
        The begin of the body, which may be anything.

    Returns
    -------
    limit
        How many rows it gives at most, 0 if that was not the matter.
    """
    found = _TOO_MANY_ROWS.search(content)
    return int(found[1]) if found else 0


def require_keys(source: str, item: object, keys: Iterable[str], where: str) -> Mapping[str, Any]:
    """
    Check that an object in an answer has what is needed of it.

    Parameters
    ----------
    source
        What the source is called in messages.
    item
        The object, which may be anything.
    keys
        Must be there, with any value.
    where
        What the object is called in messages.

    Returns
    -------
    item
        The object.

    Raises
    ------
    SchemaDriftError
        Naming all keys that are not there.
    """
    held = item if isinstance(item, dict) else {}
    missing = tuple(key for key in keys if key not in held)
    if missing or not isinstance(item, dict):
        raise SchemaDriftError(source, missing or ("an object",), where)
    return item


def _refuse(constant: str) -> None:
    raise ValueError(constant)
