"""Signals in plain Dutch: what the signal of one figure says, and how to read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from geo_lv.editions import Released

LEVELS: Final = {"watch": "let op", "strong": "sterk"}
DIRECTIONS: Final = {
    "higher": "hoger",
    "lower": "lager",
}
NOISES: Final = {
    "rounding": "de onzekerheid door afronding",
    "chance": "de onzekerheid door afronding en toeval",
}
_OPENINGS: Final = {"watch": "Let op", "strong": "Sterk signaal"}


@dataclass(frozen=True)
class Signal:
    """The signal of one figure."""

    level: Literal["", "watch", "strong"]
    direction: str
    """A key of `DIRECTIONS`, empty without a signal."""
    text: str
    """Dutch sentences, empty without a signal."""

    @property
    def words(self) -> tuple[str, str]:
        """Level and direction in Dutch, both empty without a signal."""
        return LEVELS.get(self.level, ""), DIRECTIONS.get(self.direction, "")


NO_SIGNAL: Final = Signal("", "", "")


def signals_by_figure(released: Released) -> Mapping[tuple[str, str, str], Signal]:
    """Return the signals of a view by area, indicator and year."""
    return {
        (code, indicator, year): Signal(level, direction, _text(level, direction, noise, year))
        for code, indicator, year, level, direction, noise in released.signals.itertuples(
            index=False
        )
    }


def _text(level: str, direction: str, noise: str, year: str) -> str:
    """Say which way a figure differs, by more than what, and on how many years that rests."""
    return (
        f"{_OPENINGS[level]}: {DIRECTIONS[direction]} dan de gemeente. "
        f"Het verschil is groter dan {NOISES[noise]}. "
        f"{f'Eén meetjaar ({year}).' if year else 'Eén meting.'}"
    )
