"""What a sheet of a wijk holds; every text formatted, every mark placed."""

from dataclasses import dataclass
from typing import Final, Literal

from geo_lv.maps.drawing import Drawing
from geo_lv.maps.map_model import Cell, MapModel
from geo_lv.maps.model import Link

_ROOM: Final = 22
"""So many rows, of figures and of actions, a sheet of A4 holds."""
_FEWEST_ACTIONS: Final = 2
_MOST_ACTIONS: Final = 12
_COMPLEXES: Final = 2
_ROOMY: Final = 12

Span = tuple[float, float]
"""From left to right, in drawing units."""


@dataclass(frozen=True)
class Spine:
    """One row of the spine chart; places are drawing units, unfavourable on the left."""

    whole: Span | None
    """From the lowest to the highest of the other wijken."""
    half: Span | None
    """The middle half of them."""
    municipality: float | None
    dot: float | None
    interval: Span | None
    level: Literal["", "watch", "strong"]


@dataclass(frozen=True)
class Spark:
    """A line through the years; places are drawing units."""

    lines: tuple[str, ...]
    """Points of each part without a gap of years, at least two points in each."""
    dots: tuple[tuple[float, float], ...]
    """Every year; the last one stands out."""
    municipal: tuple[str, ...]
    """The same for the municipality, on the same scale."""


@dataclass(frozen=True)
class SheetRow:
    """An indicator on the sheet; the texts alone tell all that is drawn."""

    label: str
    detail: str
    """Unit and year."""
    value: Cell
    interval: str
    """Between which values it may lie; empty when that is not known."""
    municipal: str
    spread: str
    """The other wijken in words."""
    spine: Spine | None
    signal: str
    signal_detail: str
    trend: str
    trend_detail: str
    spark: Spark | None
    fictitious: bool = False


@dataclass(frozen=True)
class RowGroup:
    """Rows whose charts read the same way."""

    heading: str
    left: str
    """What lies on the left side of these charts."""
    right: str
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True)
class Fact:
    """What is known of the wijk from the agreements."""

    term: str
    text: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Gap:
    """Figures that are not there, with one reason."""

    why: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class ActionLine:
    """An open action of the plan for the safety of the wijk."""

    action: str
    owner: str
    due: str
    """Dutch date, or that none was agreed."""
    state: str
    overdue: bool


@dataclass(frozen=True)
class ComplexLine:
    """A complex of a corporation, as the internal edition has it."""

    corporation: str
    name: str
    homes: str
    mean_label: str
    renovation: str


@dataclass(frozen=True)
class WijkMaps:
    """Where the wijk lies, and its buurten."""

    locator: MapModel
    locator_drawn: Drawing
    buurten: MapModel
    buurten_drawn: Drawing
    names: tuple[str, ...]
    """The buurten in the order of their numbers on the map."""
    note: str
    """What else is drawn, in words."""


@dataclass(frozen=True)
class WijkSheet:
    """The sheet of one wijk."""

    code: str
    name: str
    lead: str
    maps: WijkMaps
    map_link: Link
    facts: tuple[Fact, ...]
    groups: tuple[RowGroup, ...]
    deviations: tuple[str, ...]
    deviations_note: str
    """Said when there are fewer than three."""
    gaps: tuple[Gap, ...]
    actions: tuple[ActionLine, ...]
    complexes: tuple[ComplexLine, ...]
    sources: tuple[str, ...]
    """Where its figures come from, each once."""
    fictitious: bool
    previous: Link | None = None
    next: Link | None = None

    @property
    def figures(self) -> int:
        """How many rows the table has."""
        return sum(len(group.rows) for group in self.groups)

    @property
    def actions_on_paper(self) -> int:
        """How many actions are printed: fewer when there are more figures, so that a page holds."""
        return min(max(_ROOM - self.figures, _FEWEST_ACTIONS), _MOST_ACTIONS)

    @property
    def roomy(self) -> bool:
        """Whether so little stands on the sheet that it can be printed in larger letters."""
        return self.figures + min(len(self.actions), self.actions_on_paper) <= _ROOMY

    @property
    def complexes_on_paper(self) -> tuple[ComplexLine, ...]:
        """The largest complexes; the others are on the page only."""
        return self.complexes[:_COMPLEXES]

    @property
    def id(self) -> str:
        """Start of the ids of its parts, as several sheets may stand in one document."""
        return self.code.lower()
