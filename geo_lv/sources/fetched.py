"""What a source is asked for and what it gives: files, each with where it came from."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from geo_lv.sources.transport import Transport

FetchProgress = Callable[[str, int, int], None]
"""Gets what is going on, how much is done, and how much there is (0 if nobody knows)."""

_KEY: Final = re.compile(r"[\x21-\x7e]{8,500}")


class ApiKey:
    """A key that no message, log or file shows; only `reveal` gives it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value.strip()

    def __repr__(self) -> str:
        """Return what may be shown."""
        return "ApiKey(…)"

    def __reduce__(self) -> str:
        """
        Refuse to be copied into a file or another process.

        Raises
        ------
        TypeError
            Always.
        """
        msg = "a key is not written"
        raise TypeError(msg)

    @property
    def usable(self) -> bool:
        """True if it may be sent as a header: a library would quote any other in its error."""
        return _KEY.fullmatch(self._value) is not None

    def reveal(self) -> str:
        """Return the key itself, to be sent and nothing else."""
        return self._value


NO_KEY: Final = ApiKey("")


@dataclass(frozen=True)
class FetchedFile:
    """One file for the data folder, and what ``provenance.toml`` says about it, in Dutch."""

    path: str
    """In the data folder, with forward slashes: ``statistics/kerncijfers.csv``."""
    content: bytes
    rows: int
    title: str
    source: str
    licence: str
    vintage: str
    url: str
    """Where a reader finds the source; never the address of a question."""
    transformed_by: str
    note: str = ""
    table: str = ""
    """Table or layer of the source."""
    division: int | None = None
    """Of boundaries: the year of the division that they have."""


@dataclass(frozen=True)
class Expected:
    """What the data folder knows of the municipality, to check an answer against."""

    wk_codes: frozenset[str] = frozenset()
    bu_codes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class FetchRequest:
    """What is asked of a source."""

    gm_code: str
    address: str
    """Base URL of the source; a stand-in in tests."""
    day: str = ""
    """Today, as an ISO date."""
    years: tuple[int, ...] = ()
    """Those that are wanted; none means what the source thinks best."""
    expected: Expected = field(default_factory=Expected)
    definitions: tuple[object, ...] = ()
    """What to take, of a type that the source itself has, such as the figures of the catalogue."""
    held: Mapping[str, bytes] = field(default_factory=dict)
    """Path to content of the source's own files that the data folder has now, as far as it has
    them: a source that refreshes some years keeps the others."""
    key: ApiKey = NO_KEY
    folder: Path | None = None
    """Where a file that is too large for memory may go, beside what is kept of the source."""


@dataclass(frozen=True)
class Source:
    """A publisher, and how to get files from it."""

    name: str
    """As the command calls it."""
    title: str
    """As messages call it."""
    address: str
    """Base URL."""
    paths: tuple[str, ...]
    """Files of the data folder that come from it."""
    fetch: Callable[[Transport, FetchRequest, FetchProgress], dict[str, bytes]]
    """Asks, and gives raw documents by file name; writes nothing but in the folder it is given."""
    parse: Callable[[Mapping[str, bytes], FetchRequest], tuple[FetchedFile, ...]]
    """Makes files of those documents; pure, so that it can be done again offline."""
    by_default: bool = True
    """Whether it is fetched when no source is named."""
    key_variable: str = ""
    """Environment variable that holds its key, if it needs one."""
