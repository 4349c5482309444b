"""The drawing of a map: what stands where, in drawing units; the template only writes it down."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from geo_lv.maps.map_model import (
    Cell,
    Frame,
    HomeDots,
    Level,
    MapArea,
    MapIndicator,
    MapModel,
    Site,
)
from geo_lv.maps.text import with_unit
from geo_lv.properties import NO_LABEL

Box = tuple[float, float, float, float]
View = tuple[float, float, float, float]
"""West, north, east and south side, in drawing units."""

_SCREEN = (760, 560)
"""Width and height in pixels at which letters and symbols of the drawing look as on the map."""
_LETTER = (7.5, 15)
"""Width and height of a letter of a name on the map, in pixels; only to keep names apart."""
_SMALLEST_LETTERED = 12
"""Radius in pixels below which no question mark or percent sign fits in a symbol."""
_MARGIN = 0.03
_GAP = 3
_SITES_PER_ROW = 3
_SCALE_SHARE = 0.22
"""The scale bar is at most this part of the width."""
_KILOMETRE = 1000
_FAR = 4
"""From this many drawing units per pixel on, dots of homes are small; areas.js has the same."""


@dataclass(frozen=True)
class Shape:
    """An area with the id under which its geometry stands in the page, once."""

    id: str
    area: MapArea
    look: str
    """Classes of the area for the indicator that the page starts with."""
    name: str
    """Accessible name for that indicator."""
    signal: str = ""
    """``watch`` or ``strong`` when that figure stands out."""


@dataclass(frozen=True)
class Symbol:
    """A site symbol, moved aside when several sites share a place."""

    site: Site
    dx: int
    """Screen pixels from the place of the site."""
    dy: int
    radius: int
    """Screen pixels; at least so large that its letter fits."""
    x: float
    y: float


@dataclass(frozen=True)
class Label:
    """A name on the map, broken into lines."""

    area: MapArea
    lines: tuple[str, ...]
    dy: int
    """Screen pixels below its place, to stay clear of a site symbol."""
    crowded: bool = False
    """True when it would be cut off or lie over another name; shown after zooming in."""


@dataclass(frozen=True)
class Drawing:
    """Everything that the drawing needs."""

    view: tuple[float, float, float, float]
    pixel: float
    """Drawing units per screen pixel."""
    shapes: tuple[Shape, ...]
    symbols: tuple[Symbol, ...]
    labels: tuple[Label, ...]
    attention: tuple[str, ...]
    """Ids of the shapes to hatch."""
    level: Level
    homes: tuple[tuple[str, HomeDots], ...]
    """Dots of homes with their id, in the order of drawing."""
    far: bool
    """True when so much is in view that dots must be small."""
    scale: tuple[float, str]
    """Length and text of the scale bar."""


def drawing(model: MapModel, screen: tuple[float, float] = _SCREEN) -> Drawing:
    """Lay out the drawing of a map.

    Parameters
    ----------
    model
        The map of a page.
    screen
        Width and height in pixels of what it is drawn on.

    Returns
    -------
    Drawing
        The drawing for the indicator that the page starts with.
    """
    view = _view(model.frame)
    pixel = round(max(view[2] / screen[0], view[3] / screen[1]), 3)
    start = start_indicator(model)
    listed = {code for entry in model.attention for code in entry.codes}
    shapes = tuple(_shape(f"v{i}", area, start) for i, area in enumerate(model.areas))
    symbols = tuple(_symbols(model.sites, pixel))
    return Drawing(
        view=view,
        pixel=pixel,
        shapes=shapes,
        symbols=symbols,
        labels=tuple(_spread(_labels(model.areas, symbols, pixel), symbols, view, pixel)),
        attention=tuple(shape.id for shape in shapes if shape.area.code in listed),
        level=start.level if start else _finest(model.areas),
        homes=tuple(_dots_in_order(model.homes)),
        far=pixel >= _FAR,
        scale=_scale_bar(model.frame, view[2]),
    )


def start_indicator(model: MapModel) -> MapIndicator | None:
    """Return the indicator that the page starts with, if any."""
    return next((i for i in model.indicators if i.id == model.start_indicator), None)


def cell_look(cell: Cell | None) -> str:
    """Class for the colour of a figure; an area without one is never drawn as a value."""
    if cell is None:
        return "no-figure"
    if cell.reason is not None:
        return cell.reason.value.replace("_", "-")
    return "no-figure" if cell.bin is None else f"class-{cell.bin}"


def phase_look(look: str) -> str:
    """Class of a plan area for a phase such as ``uitvoering`` or ``uitvoering indicative``."""
    return "-".join(("phase", *look.replace("-", " ").split()))


def _view(frame: Frame) -> View:
    x, y, width, height = frame.focus
    margin = round(_MARGIN * max(width, height), 1)
    return x - margin, y - margin, width + 2 * margin, height + 2 * margin


def _finest(areas: Iterable[MapArea]) -> Level:
    return "buurt" if any(area.level == "buurt" for area in areas) else "wijk"


def _shape(identity: str, area: MapArea, start: MapIndicator | None) -> Shape:
    cell = start.cells.get(area.code) if start and start.level == area.level else None
    name = f"{area.name}: {figure_text(start, cell)}" if start and cell else area.name
    return Shape(identity, area, cell_look(cell), name, cell.signal if cell else "")


def _dots_in_order(homes: Iterable[HomeDots]) -> Iterable[tuple[str, HomeDots]]:
    """Put homes without a label under the others; poor labels stand on top."""
    named = [(f"h{i}", dots) for i, dots in enumerate(homes)]
    return sorted(named, key=lambda each: each[1].label != NO_LABEL)


REASON_WORDS: Mapping[str, str] = {
    "missing": "ontbreekt",
    "suppressed": "geheim",
    "not_applicable": "niet van toepassing",
}
"""What a page says in the place of a figure."""


def figure_text(indicator: MapIndicator, cell: Cell) -> str:
    """Figure with its unit and year, or why there is none."""
    if cell.reason is not None:
        text = REASON_WORDS[cell.reason.value]
    else:
        text = with_unit(cell.text, indicator.unit)
    return f"{text} ({indicator.year})" if indicator.year else text


def _symbols(sites: Iterable[Site], pixel: float) -> Iterable[Symbol]:
    """Place the symbols; sites on one spot stand side by side instead of on top of each other."""
    by_place: dict[tuple[int, int], list[Site]] = defaultdict(list)
    for site in sites:
        if site.at is not None:
            by_place[site.at].append(site)
    for (x, y), group in by_place.items():
        step = 2 * max(map(_radius, group)) + _GAP
        for n, site in enumerate(group):
            dx, dy = _aside(n, len(group), step)
            at = round(x + dx * pixel, 1), round(y + dy * pixel, 1)
            yield Symbol(site, dx, dy, _radius(site), *at)


def _radius(site: Site) -> int:
    return site.radius if site.kind == "number" else max(site.radius, _SMALLEST_LETTERED)


def _aside(n: int, count: int, step: int) -> tuple[int, int]:
    """Offset of the n-th of `count` symbols in centred rows."""
    rows = math.ceil(count / _SITES_PER_ROW)
    row, column = divmod(n, _SITES_PER_ROW)
    in_row = min(_SITES_PER_ROW, count - row * _SITES_PER_ROW)
    return (
        round((column - (in_row - 1) / 2) * step),
        round((row - (rows - 1) / 2) * step),
    )


def _labels(areas: Iterable[MapArea], symbols: Sequence[Symbol], pixel: float) -> Iterable[Label]:
    """Name every area; those that the page is about come first and so find room first."""
    for area in sorted(areas, key=lambda area: not area.focus):
        yield Label(area, _lines(area.name), _below(area, symbols, pixel))


def _below(area: MapArea, symbols: Iterable[Symbol], pixel: float) -> int:
    """Pixels to move a name down when symbols stand where it would."""
    x, y = area.label_at
    room = 60 * pixel, 24 * pixel
    near = [s for s in symbols if abs(s.x - x) < room[0] and abs(s.y - y) < room[1]]
    return max((round((s.y - y) / pixel) + s.radius + 10 for s in near), default=0)


def _spread(
    labels: Iterable[Label], symbols: Iterable[Symbol], view: View, pixel: float
) -> Iterable[Label]:
    """Mark each name that would be cut off, or lie over a symbol or a name of its level."""
    taken: list[tuple[Level | None, Box]] = [(None, _symbol_box(s, pixel)) for s in symbols]
    left, top, width, height = view
    for label in labels:
        box = _box(label, pixel)
        level = label.area.level
        inside = (
            left <= box[0] and top <= box[1] and box[2] <= left + width and box[3] <= top + height
        )
        if not inside or any(o in {level, None} and _overlap(box, used) for o, used in taken):
            yield replace(label, crowded=True)
        else:
            taken.append((level, box))
            yield label


def _symbol_box(symbol: Symbol, pixel: float) -> Box:
    reach = symbol.radius * pixel
    return symbol.x - reach, symbol.y - reach, symbol.x + reach, symbol.y + reach


def _box(label: Label, pixel: float) -> Box:
    x, y = label.area.label_at
    half_width = max(map(len, label.lines)) * _LETTER[0] / 2 * pixel
    half_height = len(label.lines) * _LETTER[1] / 2 * pixel
    y_shifted = y + label.dy * pixel
    return x - half_width, y_shifted - half_height, x + half_width, y_shifted + half_height


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _lines(name: str) -> tuple[str, ...]:
    """Break a name after a slash, and a long part at the space nearest its middle."""
    parts = [part.strip() for part in name.split(" / ")]
    lines = [line for part in parts for line in _halved(part)]
    return tuple(lines)


def _halved(text: str) -> list[str]:
    longest = 18
    spaces = [i for i, letter in enumerate(text) if letter == " " and text[i + 1] != "-"]
    if len(text) <= longest or not spaces:
        return [text]
    at = min(spaces, key=lambda i: abs(i - len(text) // 2))
    return [text[:at], text[at + 1 :]]


def _scale_bar(frame: Frame, width: float) -> tuple[float, str]:
    """Longest round length that fits."""
    room = _SCALE_SHARE * width * frame.metres_per_unit
    power = 10 ** math.floor(math.log10(room))
    metres = max(step * power for step in (1, 2, 5) if step * power <= room)
    text = f"{metres / _KILOMETRE:g} km" if metres >= _KILOMETRE else f"{metres:g} m"
    return round(metres / frame.metres_per_unit, 1), text.replace(".", ",")
