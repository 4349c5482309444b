"""CBS region codes: gemeente ``GM`` + 4, wijk ``WK`` + 6, buurt ``BU`` + 8 digits, always text."""

import re
from typing import Final

# [0-9] and not \d, which also takes digits of other scripts.
GM_CODE: Final = re.compile(r"GM[0-9]{4}")
WK_CODE: Final = re.compile(r"WK[0-9]{6}")
BU_CODE: Final = re.compile(r"BU[0-9]{8}")
NL_CODE: Final = "NL00"
"""The Netherlands, as CBS has them among the areas; no part of any municipality."""
REGION_CODE: Final = re.compile(r"GM[0-9]{4}|WK[0-9]{6}|BU[0-9]{8}")
SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+){0,15}")
DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
"""Names that no file can have on Windows, with whatever extension."""


def gm_of(code: str) -> str:
    """Return the gemeente code in which a wijk, buurt or gemeente code lies."""
    return f"GM{code[2:6]}"


def wk_of(bu_code: str) -> str:
    """Return the wijk code in which a buurt code lies."""
    return f"WK{bu_code[2:8]}"


def slug_of(name: str) -> str:
    """Return a name as lower-case ASCII letters, digits and hyphens, for ids and file names."""
    plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in name.lower())
    return re.sub("-+", "-", plain).strip("-")[:40]
