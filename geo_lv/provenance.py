"""Where a file came from, and proof that it is the same file."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Provenance:
    """Source of one input file; every published figure leads back to one of these."""

    path: str
    """Relative to the data folder, with forward slashes."""
    title: str
    source: str
    licence: str
    vintage: str
    retrieved: str
    """ISO date on which the figures were taken over."""
    url: str
    transformed_by: str
    fictitious: bool
    note: str
    sha256: str
    division: int | None = None
    """Of boundaries: the year of the division in wijken and buurten that they have."""
    rows: int | None = None
    """Rows or areas in the file, if somebody counted them."""
    table: str = ""
    """Table or layer of the source, as the source calls it."""


def sha256(content: bytes) -> str:
    """Return the SHA-256 of `content` in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
