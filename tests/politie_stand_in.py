"""Tables of the police on a web server of this machine, with invented numbers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from tests.odata_stand_in import Dimension, Row, Statline, Table, Topic

CRIMES: Final = {
    "0.0.0": "Totaal misdrijven",
    "1.0.0": "1. Vermogen en geweld, totaal",
    "1.1.1": "1.1.1 Diefstal/inbraak woning",
    "1.4.3": "1.4.3 Openlijk geweld (persoon)",
    "1.4.4": "1.4.4 Bedreiging",
    "1.4.5": "1.4.5 Mishandeling",
    "1.4.6": "1.4.6 Straatroof",
    "1.4.7": "1.4.7 Overval",
    "2.2.1": "2.2.1 Vernieling cq. zaakbeschadiging",
    "2.5.2": "2.5.2 Winkeldiefstal",
    "2.5.20": "2.5.20 Iets anders",
}
NUISANCE: Final = {"T001": "Totaal registraties overlast", "O001": "Overlast door jeugd"}
ELSEWHERE: Final = ("NL00", "GM9998", "BU99980000")

Count = Callable[[str, str, str], int | None]
"""Gives the number of a kind, an area and a period; None is withheld."""


def one(_kind: str, _area: str, _period: str) -> int:
    """Count one of everything in every month and year."""
    return 1


def months(first: str, last: str) -> list[str]:
    """Return the codes of the months from ``YYYY-MM`` to ``YYYY-MM``."""
    spans = [12 * int(each[:4]) + int(each[5:]) - 1 for each in (first, last)]
    return [f"{each // 12}MM{each % 12 + 1:02}" for each in range(spans[0], spans[1] + 1)]


@dataclass(frozen=True)
class Police:
    """What the tables hold; each table of months has whole years among them."""

    areas: tuple[str, ...]
    """Of the municipality; others are added."""
    months: tuple[str, ...]
    years: tuple[str, ...] = ()
    """Codes of the years that the table of years has."""
    count: Count = one
    region: str = "WijkenEnBuurten"
    """Key of the areas in the table of years."""

    def tables(self) -> tuple[Table, ...]:
        """Return the three tables."""
        whole = tuple(f"{year}JJ00" for year in sorted({month[:4] for month in self.months}))
        title = "Geregistreerde misdrijven; soort misdrijf, wijk, buurt"
        crimes = ("SoortMisdrijf", CRIMES, "Geregistreerde misdrijven")
        nuisance = ("Overlast", NUISANCE, "Geregistreerde overlast")
        with_years = (*self.months, *whole)
        return (
            self._table("47022NED", title, crimes, with_years, "WijkenEnBuurten"),
            self._table("47018NED", title, crimes, self.years, self.region),
            self._table("47024NED", "Overlast", nuisance, with_years, "WijkenEnBuurten"),
        )

    def _table(
        self,
        identifier: str,
        title: str,
        what: tuple[str, dict[str, str], str],
        periods: Iterable[str],
        region: str,
    ) -> Table:
        kind, kinds, topic = what
        areas = (*self.areas, *ELSEWHERE)
        rows: list[Row] = [
            {
                kind: code,
                region: area,
                "Perioden": period,
                "Aantal_1": self.count(code, area, period),
                "Gemeentenaam_2": "Elders",
            }
            for period in periods
            for area in areas
            for code in kinds
        ]
        return Table(
            identifier,
            title,
            (
                Dimension(kind, kinds, width=6),
                Dimension(region, dict.fromkeys(areas, "Ergens"), width=10, kind="GeoDetail"),
                Dimension("Perioden", dict.fromkeys(periods, ""), kind="TimeDimension"),
            ),
            (
                Topic("Aantal_1", topic, "aantal"),
                Topic("Gemeentenaam_2", "Gemeentenaam", "", ("Regioaanduiding",)),
            ),
            tuple(rows),
        )

    def service(self, **settings: int) -> Statline:
        """Return a server that has them."""
        return Statline(tables=self.tables(), **settings)  # type: ignore[arg-type]


def small_police(**settings: int) -> Statline:
    """Return a server with a few areas of the example, in several pages."""
    areas = ("GM1916", "WK191601", "BU19160100", "BU19160101")
    span = tuple(months("2025-11", "2026-10"))
    return Police(areas, span, ("2022JJ00", "2025JJ00")).service(page=200, **settings)
