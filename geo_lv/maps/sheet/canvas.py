"""One sheet of paper: texts and shapes in points from its top left corner, each under its tag.

Every mark in the content of the page belongs to an element of the structure or is an artifact, such
as a line or a page number. matplotlib draws artists in their order; between them stand artists that
draw nothing and write where marked content begins and ends.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, cast

from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D, Bbox, IdentityTransform

from geo_lv.maps.sheet.fonts import Style, font, plain, width
from geo_lv.maps.sheet.palette import palette
from geo_lv.maps.sheet.tags import Element

if TYPE_CHECKING:
    from matplotlib.backends.backend_pdf import RendererPdf

WIDTH: Final = 1190.55
HEIGHT: Final = 841.89
"""A3 landscape, in points."""

Align = Literal["left", "center", "right"]
_SHIFT: Final[dict[Align, float]] = {"left": 0.0, "center": 0.5, "right": 1.0}


@dataclass(frozen=True)
class Box:
    """A rectangle in points from the top left corner of the sheet."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Points from the left edge of the sheet."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Points from the top edge of the sheet."""
        return self.y + self.height

    def overlaps(self, other: "Box") -> bool:
        """Tell whether two boxes share room."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        """Tell whether another box lies inside this one."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True)
class Look:
    """Fill, line and hatch of a shape; colours are names in the palette, empty is none."""

    fill: str = ""
    line: str = ""
    thickness: float = 0.6
    hatch: str = ""
    """Pattern of matplotlib, such as ``//``."""
    hatch_colour: str = "ink"
    hatch_thickness: float = 0.7
    dashes: tuple[float, float] | None = None


class _Mark(Artist):
    """Writes an operator between two things that are drawn."""

    def __init__(self, operator: str) -> None:
        super().__init__()
        self._operator = operator

    def draw(self, renderer: RendererBase) -> None:
        """Write the operator to the page; only the PDF renderer has a file."""
        cast("RendererPdf", renderer).file.write(f"{self._operator}\n".encode("ascii"))


class Canvas:
    """A sheet to draw on."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.marks: list[Element] = []
        """Element of each marked content on this sheet."""
        self.figure = Figure(figsize=(WIDTH / 72, HEIGHT / 72), dpi=72, frameon=False)
        self._flip = Affine2D().scale(1, -1).translate(0, HEIGHT)
        self._artists = 0
        self._under: Element | None = None
        self._begun = False

    def text(
        self,
        at: tuple[float, float],
        words: str,
        style: Style,
        under: Element | None = None,
        align: Align = "left",
    ) -> Box:
        """Write one line; `at` is the top of the line at its left end, middle or right end."""
        line = plain(words)
        long = width(line, style)
        box = Box(at[0] - _SHIFT[align] * long, at[1], long, style.leading)
        if line:
            self._add(self._letters(line, style, box), under)
        return box

    def halo(self, at: tuple[float, float], words: str, style: Style) -> None:
        """Draw the outline of a line of text, to keep it legible on a map; not a text itself."""
        line = plain(words)
        if line:
            outline = TextPath((0, 0), line, size=style.size, prop=font(style.weight), usetex=False)
            left = at[0] - width(line, style) / 2
            place = Affine2D().scale(1, -1).translate(left, at[1] + style.baseline)
            look = Look(line="halo", thickness=2.8)
            self.shape(Path(outline.vertices, outline.codes).transformed(place), look)

    def shape(
        self, path: Path, look: Look, under: Element | None = None, clip: Box | None = None
    ) -> None:
        """Draw a path in points."""
        colours = palette()
        patch = PathPatch(
            path.transformed(self._flip),
            facecolor=colours[look.fill] if look.fill else "none",
            edgecolor=colours[look.line] if look.line else "none",
            linewidth=look.thickness if look.line else 0,
            hatch=look.hatch or None,
            hatchcolor=colours[look.hatch_colour],
            linestyle=(0, look.dashes) if look.dashes else "solid",
            joinstyle="round",
            capstyle="butt",
            transform=IdentityTransform(),
        )
        patch.set_hatch_linewidth(look.hatch_thickness)
        if clip is not None:
            top, bottom = HEIGHT - clip.y, HEIGHT - clip.bottom
            patch.set_clip_box(Bbox.from_extents(clip.x, bottom, clip.right, top))
        self._add(patch, under)

    def box(self, box: Box, look: Look, under: Element | None = None) -> None:
        """Draw a rectangle."""
        place = Affine2D().scale(box.width, box.height).translate(box.x, box.y)
        self.shape(Path.unit_rectangle().transformed(place), look, under)

    def lines(
        self, points: Iterable[tuple[float, float]], look: Look, under: Element | None = None
    ) -> None:
        """Draw a line through points."""
        self.shape(Path(list(points)), look, under)

    def circle(
        self, centre: tuple[float, float], radius: float, look: Look, under: Element | None = None
    ) -> None:
        """Draw a circle."""
        self.shape(Path.circle(centre, radius), look, under)

    def finish(self) -> Figure:
        """Close the last marked content and return the sheet."""
        if self._begun:
            self._put(_Mark("EMC"))
            self._begun = False
        return self.figure

    def _letters(self, line: str, style: Style, box: Box) -> Text:
        letters = Text(
            box.x,
            HEIGHT - box.y - style.baseline,
            line,
            fontproperties=font(style.weight),
            fontsize=style.size,
            color=palette()[style.colour],
            parse_math=False,
            usetex=False,
            transform=IdentityTransform(),
        )
        letters.set_fontfeatures(["-liga"])  # a search for "fictief" must find it
        return letters

    def _add(self, artist: Artist, under: Element | None) -> None:
        if not self._begun or under is not self._under:
            self.finish()
            self._begin(under)
        self._put(artist)

    def _begin(self, under: Element | None) -> None:
        operator = "/Artifact BMC"
        if under is not None:
            number = len(self.marks)
            operator = f"/{under.tag} <</MCID {number}>> BDC"
            under.marks.append((self.number, number))
            self.marks.append(under)
        self._put(_Mark(operator))
        self._under, self._begun = under, True

    def _put(self, artist: Artist) -> None:
        self._artists += 1
        artist.set_zorder(self._artists)
        self.figure.add_artist(artist)
