"""What a map shows, ready to be drawn: every text formatted, every class decided.

Templates and scripts add no logic of their own, so a number on the map, in the card and in the
table is one and the same string. All coordinates here are drawing units (see `Frame`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from geo_lv.schema import Reason

Level = Literal["wijk", "buurt"]


@dataclass(frozen=True)
class Cell:
    """One figure of one area: text for people, class for the colour, reason if there is none."""

    text: str
    """Dutch number such as ``12.345`` or ``3,4``; empty when `reason` is given."""
    bin: int | None = None
    """Colour class 0 (lowest) .. 4 (highest); None when `reason` is given."""
    reason: Reason | None = None
    difference: str = ""
    """Comparison with the municipality, e.g. ``4,1% van de gemeente``; may be empty."""
    note: str = ""
    """Why there is no figure, or that it is an own aggregation; Dutch, may be empty."""
    signal: Literal["", "watch", "strong"] = ""
    """Whether the figure stands out from the municipality, and how far."""
    signal_text: str = ""
    """What the signal says, in a sentence or two; empty without one."""


@dataclass(frozen=True)
class MapIndicator:
    """One choice in the indicator chooser."""

    id: str
    label: str
    unit: str
    year: str
    """Year of the figures, or empty (new-build programme, fictitious sample)."""
    theme: str
    """Dutch heading under which the chooser groups it."""
    level: Level
    source: str
    explanation: str
    municipal: str
    """Value of the municipality, formatted; empty when there is none."""
    classes: tuple[str, ...]
    """Legend text per class, lowest first (at most five)."""
    counts: tuple[int, ...]
    """Areas of the whole municipality per class, for the histogram in the legend."""
    cells: Mapping[str, Cell] = field(hash=False)
    """Area code to figure; every area of `level` in the map has one, plan slugs may have one."""
    fictitious: bool = False
    certainty: str = ""
    """How sure the figures are, in a few Dutch words."""

    @property
    def measure(self) -> str:
        """What is measured, whatever the year: the id in the catalogue."""
        return self.id.removesuffix(f"-{self.year}") if self.year else self.id

    @property
    def title(self) -> str:
        """Label, unit and year, as chooser and legend name it."""
        unit = f", {self.unit}" if self.unit and self.unit.lower() != self.label.lower() else ""
        year = f" ({self.year})" if self.year else ""
        return f"{self.label}{unit}{year}"


@dataclass(frozen=True)
class MapArea:
    """A polygon. `path` is SVG path data: absolute ``M``, relative integer ``l``, ``z``."""

    code: str
    name: str
    level: Level
    path: str
    label_at: tuple[int, int]
    """A point inside the polygon."""
    focus: bool = False
    """True when the area is part of the plan area that the page is about."""


@dataclass(frozen=True)
class Outline:
    """A plan area, drawn as a line over the areas."""

    slug: str
    name: str
    path: str
    href: str
    """Link to its page, relative; empty on that page itself."""
    current: bool


@dataclass(frozen=True)
class Site:
    """A new-build site on the map and in its table."""

    id: str
    name: str
    corporation: str
    kind: Literal["number", "nnb", "percentage"]
    programme: str
    """Social rent as agreed, in words: ``60 sociale huurwoningen``, never a number for ``Nnb``."""
    mid: str
    target_group: str
    period: str
    place: str
    """Buurt name with its accuracy, or ``locatie onbekend``."""
    status: str
    """Today's status with date and source, or ``onbekend``."""
    status_certainty: str
    at: tuple[int, int] | None = None
    """Drawing position (approximate); None when the place is unknown."""
    radius: int = 0
    """Symbol radius in screen pixels; its area follows the number of homes."""
    approximate: bool = True
    """True when `at` is only near the site; the symbol then has a dashed ring."""


@dataclass(frozen=True)
class Frame:
    """Drawing units to the earth: Web Mercator x = west + x·unit, y = north − y·unit (metres)."""

    width: int
    height: int
    west: float
    north: float
    unit: float
    metres_per_unit: float
    """Ground metres per drawing unit at this latitude, for the scale bar."""
    focus: tuple[int, int, int, int]
    """x, y, width, height of what the map shows first."""


@dataclass(frozen=True)
class AttentionEntry:
    """One agreed listing of this place."""

    area: str
    list_name: str
    years: str
    codes: tuple[str, ...]
    """Buurt codes to hatch."""
    source: str
    certainty: str
    note: str


@dataclass(frozen=True)
class FirstPlan:
    """Years that a phase once had; nobody counts on them since an earlier phase is late."""

    start: int
    end: int | None
    indicative: bool


@dataclass(frozen=True)
class PhaseBar:
    """One phase of one plan area."""

    area: str
    slug: str
    phase: Literal["opstellen", "uitvoering", "gasvrij"]
    phase_label: str
    start: int | None
    end: int | None
    """Last year included; None with a start means from then on."""
    look: Literal["certain", "indicative", "unknown"]
    text: str
    """What the bar says, e.g. ``2026–2027``, ``richting 2036``, ``onbekend``."""
    status: str
    certainty: str
    source: str
    peildatum: str
    note: str
    first_plan: FirstPlan | None = None
    """Set when an earlier phase is late, so that the years of this one are unknown."""


@dataclass(frozen=True)
class PhasingChart:
    """Bars per plan area on a year axis; a start after `axis_end` is an arrow at the edge."""

    axis_start: int
    axis_end: int
    slider_end: int
    """The same on every page of a municipality."""
    year: int
    """Year the slider starts at."""
    bars: tuple[PhaseBar, ...]
    by_year: Mapping[str, Mapping[str, tuple[str, str]]] = field(hash=False)
    """Year to plan slug to (look such as ``opstellen`` or ``unknown``, Dutch sentence)."""
    note: str


@dataclass(frozen=True)
class HomeDots:
    """The homes with one label group, a dot per home."""

    label: str
    look: str
    """Class for the colour."""
    count: str
    path: str
    """SVG path data: absolute ``M``, relative ``m``, and ``h0`` where a dot stands."""


@dataclass(frozen=True)
class MapModel:
    """The map of a page: geometry once, any number of indicators."""

    title: str
    description: str
    """Text alternative in Dutch: what the map shows and where the same figures stand."""
    frame: Frame
    areas: tuple[MapArea, ...]
    outlines: tuple[Outline, ...]
    indicative_lines: str
    """SVG path of borders that are only approximately known; drawn dashed."""
    indicators: tuple[MapIndicator, ...]
    start_indicator: str
    layers: frozenset[str]
    """Layers that are on at first: ``attention``, ``signals``, ``sites``, ``plan``, ``phasing``."""
    sites: tuple[Site, ...] = ()
    attention: tuple[AttentionEntry, ...] = ()
    phasing: PhasingChart | None = None
    homes: tuple[HomeDots, ...] = ()
    """Best label first; only in the internal edition."""
    homes_note: str = ""
    """Dutch: how exact the dots are and how many homes have none."""
    basemap: bool = True
    attribution: str = ""
