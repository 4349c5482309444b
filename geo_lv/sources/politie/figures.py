"""Figures of twelve months per area, from the rows of the tables of the police. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from geo_lv.codes import REGION_CODE
from geo_lv.schema import Reason
from geo_lv.sources.politie.periods import (
    Month,
    Period,
    Total,
    month_of,
    over,
    periods,
    total,
    year_of,
)
from geo_lv.sources.politie.tables import PoliceTable, Row

WITHHELD: Final = "De politie geeft dit cijfer of een deel ervan niet."
UNKNOWN: Final = "De politie geeft niet alle delen van dit cijfer."

_NOTES: Final = {None: "", Reason.SUPPRESSED: WITHHELD}
_LEVELS: Final = ("GM", "WK", "BU")

_ByKind = dict[tuple[str, str], Total]
"""Area and kind to what was published."""


@dataclass(frozen=True)
class Registered:
    """What the police registered of one subject: per month, and per year if a table has that."""

    months: Mapping[Month, _ByKind]
    years: Mapping[int, _ByKind]
    sources: Mapping[bool, str] = field(default_factory=dict)
    """Identifier of the table of months (True) and of that of years."""

    @property
    def areas(self) -> frozenset[str]:
        """Return every area that something was published of."""
        parts = (*self.months.values(), *self.years.values())
        return frozenset(area for part in parts for area, _ in part)

    def has(self, area: str, kinds: Iterable[str], *, monthly: bool) -> bool:
        """Tell whether the table of months, or of years, has each of these kinds of an area."""
        parts = (*self.months.values(),) if monthly else (*self.years.values(),)
        return all(any((area, kind) in part for part in parts) for kind in kinds)


@dataclass(frozen=True)
class PoliceCount:
    """One figure of one area."""

    code: str
    period: Period
    count: Total
    table: str

    @property
    def note(self) -> str:
        """Return in Dutch which months it is about, and why it is not there."""
        return f"{self.period.note} {_NOTES.get(self.count[1], UNKNOWN)}".strip()


def registered(rows: Mapping[PoliceTable, Iterable[Row]]) -> Registered:
    """
    Sort the rows of the tables of one subject by period.

    Parameters
    ----------
    rows
        From `geo_lv.sources.politie.tables.counts_of`.

    Returns
    -------
    registered
        Of a table of months only months, as it may have years too: those would count twice.
    """
    months: dict[Month, _ByKind] = defaultdict(dict)
    years: dict[int, _ByKind] = defaultdict(dict)
    for table, of_table in rows.items():
        for row in of_table:
            month, year = month_of(row.period), year_of(row.period)
            if table.monthly and month:
                months[month][row.area, row.kind] = row.count
            elif not table.monthly and year:
                years[year][row.area, row.kind] = row.count
    return Registered(months, years, {table.monthly: table.identifier for table in rows})


def periods_of(found: Registered, gm_code: str, day: str, years: Iterable[int]) -> list[Period]:
    """
    Return the twelve months of which all is published.

    Parameters
    ----------
    found
        What was published.
    gm_code
        A month or year without any number of the whole municipality is not published yet.
    day
        Today, as an ISO date: what is not over is not complete.
    years
        Those that are wanted.

    Returns
    -------
    periods
        Oldest first.
    """
    wanted = frozenset(years)
    months = {
        month for month, part in found.months.items() if over(month, day) and _told(part, gm_code)
    }
    whole = {year for year in _whole_years(found, gm_code) if over(Month(year, 12), day)}
    ends = {period.last for period in periods(months, wanted)}
    ends |= {Month(year, 12) for year in whole & wanted}
    return [Period(end) for end in sorted(ends)]


def counts_in(
    found: Registered, kinds: tuple[str, ...], period: Period, gm_code: str
) -> Iterator[PoliceCount]:
    """
    Add up the kinds and months of one figure for every area.

    Parameters
    ----------
    found
        What was published.
    kinds
        Codes of the kinds that make the figure.
    period
        The twelve months.
    gm_code
        The municipality.

    Yields
    ------
    count
        Of a calendar year what the police published of that year, if it did; else the sum of the
        months.
    """
    whole = period.last.number == len(period.months) and period.last.year in _whole_years(
        found, gm_code
    )
    parts = (
        [found.years[period.last.year]]
        if whole
        else [found.months.get(month, {}) for month in period.months]
    )
    for area in sorted(found.areas, key=_order):
        count = total(part.get((area, kind)) for part in parts for kind in kinds)
        yield PoliceCount(area, period, count, found.sources[not whole])


def _whole_years(found: Registered, gm_code: str) -> frozenset[int]:
    return frozenset(year for year, part in found.years.items() if _told(part, gm_code))


def _told(part: _ByKind, gm_code: str) -> bool:
    return any(area == gm_code and count is not None for (area, _), (count, _) in part.items())


def _order(code: str) -> tuple[int, str]:
    return _LEVELS.index(code[:2]) if REGION_CODE.fullmatch(code) else len(_LEVELS), code
