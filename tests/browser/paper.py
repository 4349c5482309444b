"""What comes out of the printer: the browser's own PDF of a page, read back without the browser."""

import re
from dataclasses import dataclass
from functools import cached_property
from math import hypot
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from .reader import Visit

MM: Final = 72 / 25.4
"""Points in a millimetre."""
SIZES: Final = {"a4": (210 * MM, 297 * MM), "a3": (420 * MM, 297 * MM)}
"""Width and height in points, A4 upright and A3 on its side."""
MARGINS: Final = {"left": 14 * MM, "right": 14 * MM, "top": 15 * MM, "bottom": 17 * MM}

Picture = NDArray[np.uint8]


class Box(NamedTuple):
    """Where a run of text stands on a sheet, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


class Place(NamedTuple):
    """Where a colour is in a picture, in dots from the upper left corner."""

    left: int
    right: int
    top: int


@dataclass(frozen=True)
class Sheet:
    """One printed page."""

    page: Any
    size: tuple[float, float]

    @cached_property
    def read(self) -> Any:
        """Return the library's own view of the text."""
        return self.page.get_textpage()

    @cached_property
    def text(self) -> str:
        """All text, with single spaces between words."""
        return " ".join(self.read.get_text_range().split())

    @cached_property
    def boxes(self) -> list[Box]:
        """Return where the runs of text stand."""
        return [Box(*self.read.get_rect(n)) for n in range(self.read.count_rects())]

    def text_in(self, box: Box) -> str:
        """Return what stands in a box, with single spaces between words."""
        return " ".join(self.read.get_text_bounded(*box).split())

    def letters(self) -> list[tuple[str, float]]:
        """Return every third letter with its height in points as printed: enough to know all."""
        read, matrix = self.read, pdfium.FS_MATRIX()
        found = []
        for n in range(0, read.count_chars(), 3):
            pdfium.FPDFText_GetMatrix(read, n, matrix)
            size = pdfium.FPDFText_GetFontSize(read, n) * hypot(matrix.a, matrix.b)
            if not pdfium.FPDFText_IsGenerated(read, n):
                found.append((chr(pdfium.FPDFText_GetUnicode(read, n)), round(size, 1)))
        return found

    def picture(self, dots: int = 60) -> Picture:
        """Draw the sheet: rows, columns, and red, green, blue; dots per inch."""
        drawn = self.page.render(scale=dots / 72, rev_byteorder=True).to_numpy()
        return np.asarray(drawn[:, :, :3], dtype=np.uint8)


@dataclass(frozen=True)
class Print:
    """All sheets of one page."""

    sheets: list[Sheet]

    @cached_property
    def text(self) -> str:
        """All text without the page numbers."""
        return re.sub(r"pagina \d+ van \d+", "", " ".join(sheet.text for sheet in self.sheets))


def printed(reader: Visit) -> Print:
    """Print what the reader sees."""
    return read_back(reader.page.pdf(prefer_css_page_size=True))


def read_back(document: bytes | Path) -> Print:
    """Return the sheets of a PDF."""
    return Print([Sheet(page, page.get_size()) for page in pypdfium2.PdfDocument(document)])


def dots_of(picture: Picture, colour: tuple[int, ...]) -> NDArray[np.bool_]:
    """Return which dots have this very colour."""
    red, green, blue = (picture[:, :, part] == colour[part] for part in range(3))
    found: NDArray[np.bool_] = red & green & blue
    return found


def count(picture: Picture, colour: tuple[int, ...]) -> int:
    """Return how many dots have this very colour."""
    return int(dots_of(picture, colour).sum())


def place(picture: Picture, colour: tuple[int, ...]) -> Place | None:
    """Return what a colour covers, if it is there."""
    rows, columns = np.nonzero(dots_of(picture, colour))
    if rows.size < 20:
        return None
    return Place(int(columns.min()), int(columns.max()) + 1, int(rows.min()))


def places(picture: Picture, colour: tuple[int, ...], gap: int = 12) -> list[Place]:
    """Return what a colour covers in each column of text; columns are so many dots apart."""
    [used] = np.nonzero(dots_of(picture, colour).any(axis=0))
    parts = [part for part in np.split(used, np.flatnonzero(np.diff(used) > gap) + 1) if part.size]
    ends = [(int(part[0]), int(part[-1]) + 1) for part in parts]
    found = [(left, right, place(picture[:, left:right], colour)) for left, right in ends]
    return [Place(left, right, there.top) for left, right, there in found if there]
