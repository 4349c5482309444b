"""Which names may leave in which edition: columns, properties and keys, as data.

Default-deny: a name that `columns.toml` does not list for an edition stops the build of a site,
and is found in one that was changed afterwards.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from geo_lv.errors import ReleaseError
from geo_lv.schema import Edition
from geo_lv.settings import read_toml

FILE: Final = "columns.toml"
PAGE: Final = "page"
"""Stands for the data block of any page."""
BETWEEN: Final = ".."
"""Stands between the levels of a name in JSON."""
_BLOCK: Final = re.compile(
    r'<script type="application/json" id="geo-lv-data">(?P<json>.*?)</script>', re.DOTALL
)
_STANDS_FOR: Final = {
    "<cijfer>": re.compile(
        r"(?P<id>[a-z][a-z0-9_]*)(-[0-9]{4})?(-fictief)?(-reden|-signaal(-richting)?)?"
    ),
    "<jaar>": re.compile(r"[0-9]{4}"),
    "<gebied>": re.compile(r"[a-z][a-z0-9-]*"),
}
"""What a listed name may hold in the place of a key that the data give."""


class Column(BaseModel):
    """Names that may leave in one kind of file, with who decides that, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    where: tuple[str, ...] = Field(min_length=1)
    names: tuple[str, ...] = Field(min_length=1)
    editions: tuple[Edition, ...] = Field(min_length=1)
    owner: str = Field(min_length=1)
    reason: str = Field(min_length=1)


class _Columns(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    column: tuple[Column, ...]


@cache
def columns() -> tuple[Column, ...]:
    """Return the list that comes with geo_lv."""
    return read_toml(Path(__file__).parent / FILE, FILE, _Columns).column


@cache
def allowed(where: str, edition: Edition) -> frozenset[str]:
    """Return the names that may leave in a file, or in the data of a page."""
    return frozenset(
        name
        for column in columns()
        if where in column.where and edition in column.editions
        for name in column.names
    )


def foreign_names(
    path: str, content: bytes, edition: Edition, indicators: Collection[str]
) -> list[str]:
    """
    Find the names in a file that are not listed.

    Parameters
    ----------
    path
        From the site root.
    content
        Of the file.
    edition
        Whose list counts.
    indicators
        Ids that a name of a figure may start with.

    Returns
    -------
    names
        Columns of CSV, keys of JSON with `BETWEEN` between their levels; each once. A file of
        another kind has no names.

    Raises
    ------
    ValueError
        If the file cannot be read as what it is called.
    """
    where = PAGE if path.endswith(".html") else path
    found = dict.fromkeys(_names(path, content))
    return [name for name in found if not is_listed(name, where, edition, indicators)]


def is_listed(name: str, where: str, edition: Edition, indicators: Collection[str]) -> bool:
    """Return whether a name, with `BETWEEN` between its levels, may leave in a file."""
    exact, others = _by_kind(where, edition)
    return name in exact or any(_fits(name, one, indicators) for one in others)


@cache
def _by_kind(where: str, edition: Edition) -> tuple[frozenset[str], frozenset[str]]:
    """Return the listed names that stand for themselves only, and those for what the data give."""
    names = allowed(where, edition)
    others = frozenset(name for name in names if _STANDS_FOR.keys() & name.split(BETWEEN))
    return names - others, others


def require_listed_names(
    files: Mapping[str, bytes], edition: Edition, indicators: Collection[str]
) -> None:
    """
    Refuse a site in which a name leaves that is not listed.

    Parameters
    ----------
    files
        Path from the site root to content.
    edition
        Whose list counts.
    indicators
        Ids that a name of a figure may start with.

    Raises
    ------
    ReleaseError
        With every name that is not in ``columns.toml``.
    """
    found = [
        f"{path}: expected only the names that {FILE} lists for {edition}, found {', '.join(names)}"
        for path, content in sorted(files.items())
        if (names := foreign_names(path, content, edition, indicators))
    ]
    if found:
        raise ReleaseError("\n".join(found))


def _fits(name: str, listed: str, indicators: Collection[str]) -> bool:
    """Tell whether a name is a listed one, level by level."""
    parts, wanted = name.split(BETWEEN), listed.split(BETWEEN)
    return len(parts) == len(wanted) and all(
        _fits_level(part, one, indicators) for part, one in zip(parts, wanted, strict=True)
    )


def _fits_level(part: str, listed: str, indicators: Collection[str]) -> bool:
    pattern = _STANDS_FOR.get(listed)
    if pattern is None:
        return part == listed
    found = pattern.fullmatch(part)
    return found is not None and found.groupdict().get("id", "") in {*indicators, ""}


def _names(path: str, content: bytes) -> Iterator[str]:
    if path.endswith(".csv"):
        header = content.decode("utf-8-sig").partition("\n")[0].rstrip("\r")
        yield from (name.strip('"') for name in header.split(";"))
    elif path.endswith((".json", ".geojson")):
        yield from keys_of(json.loads(content))
    elif path.endswith(".html"):
        for block in _BLOCK.finditer(content.decode()):
            yield from keys_of(json.loads(block["json"]))


def keys_of(value: Any, inside: str = "") -> Iterator[str]:  # noqa: ANN401 - what JSON may be
    """Yield the keys of a JSON value at any depth; the geometry of an area has none of ours."""
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict | list):
                yield from keys_of(item, inside)
    elif isinstance(value, dict):
        for key, below in value.items():
            name = f"{inside}{BETWEEN}{key}" if inside else str(key)
            yield name
            if key != "geometry":
                yield from keys_of(below, name)
