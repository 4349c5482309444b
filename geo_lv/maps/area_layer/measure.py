"""What a layer says about its areas: which column, under which words, in which unit."""

from dataclasses import dataclass
from typing import Final

from geo_lv.errors import ArgumentError
from geo_lv.maps.text import shown_unit

_MOST_DECIMALS: Final = 3


@dataclass(frozen=True)
class Measure:
    """
    How a column of figures is shown. All texts are for readers, and may hold any sign.

    Parameters
    ----------
    label
        What the figures are called.
    unit
        Of the figures as they stand in the column, such as ``%`` or ``woningen``; ``€`` and
        ``× € 1.000`` are written as amounts. ``label`` takes means on the ordinal scale of energy
        labels and writes the label.
    decimals
        How many are shown: 0, 1, 2 or 3.
    year
        What the figures are of; goes behind the label.
    reasons
        Column that says of each absent figure why: ``missing``, ``suppressed`` or
        ``not_applicable``. Empty when there is none: every absent figure is then ``missing``.
    source
        Where the figures come from.
    note
        What a reader must know of them.

    Raises
    ------
    ArgumentError
        If there is no label, or `decimals` is not one of the four.

    Examples
    --------
    >>> import geo_lv
    >>> geo_lv.Measure("Koopwoningen", unit="%", year="2024").title
    'Koopwoningen (%, 2024)'
    """

    label: str
    unit: str = ""
    decimals: int = 0
    year: str = ""
    reasons: str = ""
    source: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse what cannot be shown."""
        if not self.label.strip():
            msg = f"Measure: expected a label, found {self.label!r}; say what the figures are"
            raise ArgumentError(msg)
        if self.decimals not in range(_MOST_DECIMALS + 1):
            msg = (
                f"Measure: expected 0 to {_MOST_DECIMALS} decimals, found {self.decimals!r}; "
                "choose one of those"
            )
            raise ArgumentError(msg)

    @property
    def title(self) -> str:
        """The label with unit and year, as a chooser shows it; no unit that it has already."""
        said = self.unit.casefold() in self.label.casefold()
        behind = ", ".join(filter(None, ("" if said else shown_unit(self.unit), self.year)))
        return f"{self.label} ({behind})" if behind else self.label
