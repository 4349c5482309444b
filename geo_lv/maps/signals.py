"""Signals in plain Dutch: what the signal of one figure says, and how to read it."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from geo_lv.editions import Released

LEVELS: Final = {"watch": "let op", "strong": "sterk"}
DIRECTIONS: Final = {
    "higher": "hoger",
    "lower": "lager",
}
NOISES: Final = {
    "rounding": "de onzekerheid door afronding",
    "chance": "de onzekerheid door afronding en toeval",
    "assumed": "de onzekerheid door afronding en, naar schatting, toeval",
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
    signals = released.signals[released.signals["level"] != ""]
    return {
        (row["code"], row["indicator"], row["year"]): Signal(
            row["level"], row["direction"], _text(row)
        )
        for row in signals.to_dict("records")
    }


def _text(row: Mapping[Hashable, Any]) -> str:
    """Say which way a figure differs, by more than what, and on how many years that rests."""
    return (
        f"{_OPENINGS[row['level']]}: {DIRECTIONS[row['direction']]} dan de gemeente. "
        f"Het verschil is groter dan {NOISES[row['noise']]}. "
        f"{_years(row['year'], row['held'], row['years'])}"
    )


def _years(year: str, held: int, years: int) -> str:
    if years > 1:
        return f"Dit was zo in {held} van de laatste {years} meetjaren, tot en met {year}."
    return f"Eén meetjaar ({year})." if year else "Eén meting."
