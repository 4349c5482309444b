"""A page and its parts around the map: tables, charts, links; every text formatted."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from geo_lv.maps.map_model import (
    AttentionEntry,
    Cell,
    MapIndicator,
    MapModel,
    PhasingChart,
    Site,
)
from geo_lv.schema import Reason

if TYPE_CHECKING:  # these have links, which are in this module
    from geo_lv.maps.monitor.model import Board, Line, PathChart, ProcessLine, Tally
    from geo_lv.maps.wijk.model import WijkSheet


@dataclass(frozen=True)
class LabelPath:
    """The mean label beside its targets, on a scale of label classes."""

    steps: tuple[str, ...]
    """Label classes on the scale, worst first."""
    now: float
    """Mean on the ordinal scale: 0 is the first step."""
    goals: tuple[tuple[str, int, int], ...]
    """(label, year, step) of each target."""


@dataclass(frozen=True)
class LabelBar:
    """A stacked bar of energy labels."""

    name: str
    total: str
    mean: str
    """Mean label as text, e.g. ``C``; empty when hidden."""
    efg: str
    """Share E, F, G formatted with ``%``; empty when hidden."""
    parts: tuple[tuple[str, str, float], ...]
    """(class, count text, fraction 0–1); adds up to 1; empty when hidden."""
    reason: Reason | None = None
    targets: tuple[str, ...] = ()
    """Dutch sentences with the agreed targets of this corporation."""
    path: LabelPath | None = None


@dataclass(frozen=True)
class ProgressLine:
    """A series of the chart of new homes: cumulative, one point per year as far as it goes."""

    look: str
    """Class for its colour and its dashes."""
    name: str
    points: tuple[tuple[int, int, int, bool], ...]
    """Year, lowest, highest known, and whether it may be more than that."""


@dataclass(frozen=True)
class ProgressChart:
    """Homes agreed, planned, started and delivered, year by year."""

    years: tuple[int, ...]
    lines: tuple[ProgressLine, ...]
    goal: int | None = None
    """Homes that are asked for."""
    indicative: tuple[tuple[int, int], ...] = ()
    """Year and homes of what is only indicative, not cumulative."""


@dataclass(frozen=True)
class Table:
    """A table of texts; the first column is a row header."""

    id: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | str, ...], ...]
    numeric: tuple[bool, ...]
    sortable: bool = True
    fictitious: bool = False
    footers: tuple[tuple[Cell | str, ...], ...] = ()
    """Last rows that stay where they are, such as the municipality."""
    row_ids: tuple[str, ...] = ()
    """Where a link to a row leads, one per row; empty when no link does."""


@dataclass(frozen=True)
class Link:
    """A link inside the site or a source."""

    text: str
    href: str
    description: str = ""


@dataclass(frozen=True)
class Section:
    """A part of a page: one subject with its texts, tables, charts and links."""

    kind: Literal[
        "attention",
        "new_build",
        "progress",
        "labels",
        "phasing",
        "figures",
        "table",
        "sources",
        "links",
        "multiples",
        "monitor",
    ]
    id: str
    title: str
    intro: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    links: tuple[Link, ...] = ()
    attention: tuple[AttentionEntry, ...] = ()
    sites: tuple[Site, ...] = ()
    bars: tuple[LabelBar, ...] = ()
    phasing: PhasingChart | None = None
    progress: ProgressChart | None = None
    multiples: tuple[MapIndicator, ...] = ()
    """Indicators to draw as small maps, from the shapes of the map on the same page."""
    board: "Board | None" = None
    """The whole monitor, to choose goals from."""
    tallies: "tuple[Tally, ...]" = ()
    lines: "tuple[Line, ...]" = ()
    """Goals of the monitor."""
    brief: bool = False
    """Whether the goals link to where they stand in full."""
    processes: "tuple[ProcessLine, ...]" = ()
    paths: "tuple[tuple[str, PathChart], ...]" = ()
    """Goals with their way, each with its title."""
    fictitious: bool = False


@dataclass(frozen=True)
class Shared:
    """How a page shows where somebody shares a link to it."""

    address: str
    """Of the page on the web."""
    picture: str
    """Address of a picture."""
    picture_text: str


@dataclass(frozen=True)
class Page:
    """One HTML file."""

    path: str
    """Relative to the site root, with forward slashes."""
    title: str
    kicker: str
    """Small line above the title, e.g. ``wijkuitvoeringsplan``."""
    lead: str
    municipality: str
    edition: str
    peildatum: str
    """Dutch date."""
    map: MapModel | None
    sections: tuple[Section, ...]
    fictitious: bool
    intern: bool = False
    purpose: str = ""
    """Dutch: for whom a page is that only the parties may see."""
    aged: tuple[str, ...] = ()
    """Dutch: files that could not be refreshed, and how old they are."""
    disclaimer: str = ""
    """Dutch: who publishes the page and who does not; may be empty."""
    nav: tuple[Link, ...] = field(default=())
    sheet: "WijkSheet | None" = None
    """On the page of a wijk: what it is about."""
    sheets: "tuple[WijkSheet, ...]" = ()
    """On the page of a meeting: the sheets of its wijken, after its sections."""
    previous: str = ""
    """Page of its kind before this one, relative to the site root; empty when it is the first."""
    next: str = ""
    """Page of its kind after this one."""
    pdf: str = ""
    """Path from the site root of the same page on paper; empty when there is none."""

    embed: str = ""
    """Path of the same map for a frame on another website; empty when there is none."""
    whole: str = ""
    """On such a map: path of the page that it is taken from."""
    archive: int = 0
    """Year of the archive edition that it is in; 0 on a page that is kept up to date."""
    shared: Shared | None = None
    """Only of a page that is marked for publication."""

    @property
    def inside(self) -> str:
        """Of which day a page is that only the parties may see, and for whom; else empty."""
        return f"peildatum {self.peildatum} · {self.purpose}" if self.intern else ""

    @property
    def root(self) -> str:
        """Relative prefix from this page to the site root, ``""`` or ``"../"``."""
        return "../" * self.path.count("/")
