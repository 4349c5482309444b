"""What each source is asked to take, out of the catalogue of the data folder."""

from pathlib import Path

from geo_lv.indicators.catalogue import Indicator, TableColumn, load_catalogue
from geo_lv.sources import cbs, politie
from geo_lv.sources.fetched import Source
from geo_lv.sources.odata import Wanted


def definitions_for(source: Source, data: Path) -> tuple[object, ...]:
    """
    Return the figures that a source is asked for.

    Parameters
    ----------
    source
        Which one; most need no more than a municipality.
    data
        The data folder.

    Returns
    -------
    definitions
        Of a type that the source has.

    Raises
    ------
    InputError
        With every problem of the catalogue.
    """
    if source.name == cbs.SOURCE.name:
        return tuple(_definition(each) for each in load_catalogue(data) if each.cbs)
    if source.name == politie.SOURCE.name:
        catalogue = load_catalogue(data)
        return tuple(politie.PoliceDefinition(i.id, i.politie) for i in catalogue if i.politie)
    return ()


def _definition(indicator: Indicator) -> cbs.Definition:
    return cbs.Definition(
        indicator=indicator.id,
        label=indicator.label,
        decimals=indicator.decimals,
        ways=tuple(
            cbs.Way(
                wanted=_wanted(way),
                factor=way.factor,
                of=tuple(_wanted(part) for part in way.of),
                per=way.per,
            )
            for way in indicator.cbs
        ),
        always=indicator.in_every_table,
    )


def _wanted(column: TableColumn) -> Wanted:
    return Wanted(column.titles, column.units, column.path, column.not_in)
