"""What is too long to stand in a page as it is: deflated, and as letters.

Names are a gzip file, which `geo_lv.check` opens. Numbers are a bare stream: nobody can read them,
and a check that took them for text would find the digits of a telephone in them.
"""

import base64
import gzip
import json
import zlib
from collections.abc import Sequence

from geo_lv.maps.country.numbers import packed
from geo_lv.maps.country.view import Ints
from geo_lv.maps.payload import Json

_BEST = 9
_BARE = -zlib.MAX_WBITS
"""For zlib: a stream without a head and a sum."""


class Columns:
    """Columns of numbers, deflated in one go."""

    def __init__(self) -> None:
        self._columns: list[bytes] = []

    def add(self, numbers: Ints) -> int:
        """Keep numbers of zero and above, shape (n,); return the number of their column."""
        self._columns.append(packed(numbers))
        return len(self._columns) - 1

    def packed(self) -> Json:
        """Return the columns after each other in base64, and how many bytes each has."""
        return {
            "bytes": _letters(zlib.compress(b"".join(self._columns), _BEST, _BARE)),
            "lengths": [len(column) for column in self._columns],
        }


def packed_names(names: Sequence[str]) -> str:
    """Return names as base64 of a gzip file of JSON."""
    text = json.dumps(list(names), ensure_ascii=False, separators=(",", ":"))
    return _letters(gzip.compress(text.encode(), _BEST, mtime=0))


def _letters(content: bytes) -> str:
    return base64.b64encode(content).decode()
