"""How what the parties agreed to spread lies over the wijken: a map, a measure, and a table."""

from typing import Final

from geo_lv.agreements.points import Point
from geo_lv.indicators.catalogue import DWELLINGS
from geo_lv.maps import account, sections
from geo_lv.maps.cells import Moment
from geo_lv.maps.maker import Heading, Maker, source_keys
from geo_lv.maps.model import Link, Page, Section, Table
from geo_lv.maps.monitor.lines import SPREAD_PAGE as PATH
from geo_lv.maps.monitor.lines import line_id, part_of
from geo_lv.maps.monitor.words import value_text
from geo_lv.maps.scene import whole_scene
from geo_lv.maps.text import enumeration
from geo_lv.monitor.rows import PointRow

_TITLE: Final = "Spreiding over de wijken"


def spread_page(maker: Maker) -> Page | None:
    """
    Make the page about the spread over the wijken.

    Parameters
    ----------
    maker
        What all pages of the build share.

    Returns
    -------
    page
        None when nothing was measured per wijk.
    """
    rows = [
        row
        for row in maker.released.monitor.points
        if row.point.indicator and maker.start(row.point.indicator)
    ]
    if not rows:
        return None
    names = enumeration([row.agreement.subject for row in rows])
    model = maker.map(
        whole_scene(maker.released.areas),
        f"{_TITLE} van {maker.released.municipality.name}",
        maker.start(rows[0].point.indicator),
        prefer="wijk",
        layers=(),
    )
    parts = (
        *(_spread_section(maker, row) for row in rows),
        sections.tables_section(maker.figures, model, maker.gemeente, ("wijk", "buurt")),
        account.sources_section(maker.released, source_keys(maker.released, None)),
    )
    heading = Heading(_TITLE, "thema", f"{names}: hoe ze over de wijken liggen.")
    return maker.page(PATH, heading, model, parts)


def _spread_section(maker: Maker, row: PointRow) -> Section:
    point = row.point
    years = [m for m in maker.figures.moments() if m.indicator.id == point.indicator]
    return Section(
        "table",
        part_of(point),
        point.subject,
        intro=(
            point.rule,
            point.not_measurable,
            "Een aantal dat te klein is om openbaar te zijn, staat er in de openbare editie niet.",
        ),
        tables=(_measure_table(row, point), _wijken_table(maker, point, years)),
        links=(Link("De afspraak op de monitor", f"monitor.html#{line_id(row)}"),),
        fictitious=any(value.fictitious for value in row.series),
    )


def _measure_table(row: PointRow, point: Point) -> Table:
    return Table(
        id=f"maat-{part_of(point)}",
        caption="Deel dat in een andere wijk zou moeten om gelijk verspreid te zijn",
        columns=("Jaar", "Maat"),
        rows=tuple((value.date, value_text(value, point, exact=False)) for value in row.series)
        or (("geen jaar", "niet te berekenen: niet van elke wijk is een aantal bekend"),),
        numeric=(False, False),
        sortable=False,
    )


def _wijken_table(maker: Maker, point: Point, years: list[Moment]) -> Table:
    figures = maker.figures
    homes = [moment for moment in figures.moments() if moment.indicator.id == DWELLINGS]
    shown = [*years, *homes]
    return Table(
        id=f"wijken-{part_of(point)}",
        caption="Aantal per wijk, naast de corporatiewoningen",
        columns=(
            "Wijk",
            *(f"{m.indicator.label} {m.year}".strip() for m in shown),
        ),
        rows=tuple(
            (str(name), *(figures.cell(str(code), moment) for moment in shown))
            for code, name in maker.released.areas.wijken["wk_name"].items()
        ),
        numeric=(False, *(True for _ in shown)),
        fictitious=any(figures.is_fictitious(moment.indicator) for moment in shown),
    )
