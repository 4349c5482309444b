"""What the templates of the monitor read; every text formatted, every position a percentage."""

from dataclasses import dataclass

from geo_lv.maps.model import Link
from geo_lv.monitor.judge import State


@dataclass(frozen=True)
class ChartPoint:
    """A measured value; a value between two limits is a line from one to the other."""

    x: float
    y: float
    y_to: float
    text: str


@dataclass(frozen=True)
class PathChart:
    """Values through the years beside the way to the goal; positions are percentages."""

    years: tuple[tuple[str, float], ...]
    levels: tuple[tuple[str, float], ...]
    """Text beside the axis, and how high."""
    path: tuple[float, float, float, float] | None
    """From and to, as x1, y1, x2, y2; none where no path is known."""
    points: tuple[ChartPoint, ...]
    segments: tuple[tuple[float, float, float, float], ...]
    """Between values that follow on each other without a missing one."""
    goal: tuple[float, float, str]
    """x, y and text."""
    text: str
    """Dutch: what the chart shows."""


@dataclass(frozen=True)
class Line:
    """One goal, or one point without a goal."""

    id: str
    """Where a link to it leads."""
    code: str
    subject: str
    owner: str
    """Corporation, or the parties."""
    parties: tuple[str, ...]
    """For the filter: whose it is, all parties by name."""
    theme: str
    goal: str
    value: str
    """With its unit; empty when there is none."""
    value_day: str
    value_when: str
    """Date and source."""
    path: str
    """What it should have been; may be empty."""
    state: State
    remark: str
    """Beside the state: ``indicatief``, or why there is no measurement; may be empty."""
    due: str
    """When the next measurement is due, and whether it is late; may be empty."""
    late: bool
    fictitious: bool
    explanation: tuple[str, ...]
    """Sentences that say how the state came about."""
    chart: PathChart | None
    link: Link | None = None
    """A page that shows more of it."""

    @property
    def is_judged(self) -> bool:
        """Whether the state rests on its value."""
        return self.state not in {"geen meting", "niet meetbaar"}

    @property
    def look(self) -> str:
        """Class for the mark of its state."""
        return look_of(self.state)


@dataclass(frozen=True)
class ProcessLine:
    """An agreement to do something together."""

    id: str
    code: str
    subject: str
    owner: str
    parties: tuple[str, ...]
    state: str
    """In the words of whoever entered it, or ``niet opgegeven``."""
    when: str
    fictitious: bool
    note: str


@dataclass(frozen=True)
class Tally:
    """How many goals have each state."""

    name: str
    counts: tuple[tuple[State, int, float], ...]
    """State, number, and share of the bar in percent; in the order of `STATE_ORDER`."""
    total: int
    fictitious: int
    """How many of these states rest on made-up values."""
    sentence: str


@dataclass(frozen=True)
class ThemePart:
    """The goals and processes of one theme."""

    id: str
    title: str
    lines: tuple[Line, ...]
    processes: tuple[ProcessLine, ...]
    tally: Tally


@dataclass(frozen=True)
class Board:
    """The whole monitor."""

    themes: tuple[ThemePart, ...]
    deviations: tuple[Line, ...]
    """The worst first."""
    tallies: tuple[Tally, ...]
    """Per theme, and all together last."""
    parties: tuple[str, ...]
    states: tuple[State, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every goal, by theme."""
        return tuple(line for theme in self.themes for line in theme.lines)


STATE_ORDER: tuple[State, ...] = (
    "niet gehaald",
    "loopt achter",
    "op koers",
    "gehaald",
    "geen meting",
    "niet meetbaar",
)
"""The worst first, what nobody knows last."""


def look_of(state: State) -> str:
    """Return the class for the mark of a state."""
    return f"state-{state.replace(' ', '-')}"
