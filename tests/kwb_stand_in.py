"""A web server on this machine that has Kerncijfers wijken en buurten, with invented figures.

The columns of 2024 are the real ones of table 85984NED; those of other years are put together from
what is known of them.
"""

import csv
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from geo_lv.sources.cbs.tables import HINTS
from tests.odata_stand_in import Dimension, Statline, Table, Topic
from tests.ogc_stand_in import Buurt

HERE: Final = Path(__file__).parent / "refresh"
CHANGE: Final = "IndelingswijzigingGemeenteWijkBuurt_4"

Value = Callable[[str, Topic], Any]


def real_topics() -> tuple[Topic, ...]:
    """Return the columns of 2024."""
    with (HERE / "85984NED_2024_keys.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Type"] == "Topic"]
    return tuple(
        Topic(
            row["Key"],
            row["Title"],
            row["Unit"],
            tuple(row["TopicGroupPath"].split(" > ")),
            int(row["Decimals"]),
        )
        for row in rows
    )


def numbered(suffix: Mapping[str, str]) -> tuple[Topic, ...]:
    """Return columns of 2024 with the numbers of another year: stem to key."""
    return tuple(
        Topic(suffix[stem], topic.title, topic.unit, topic.path)
        for topic in real_topics()
        if (stem := topic.key.rsplit("_", 1)[0]) in suffix
    )


OLDER: Final = (
    Topic("Codering_3", "Codering", "code", ("Regioaanduiding",)),
    Topic(
        "IndelingswijzigingWijkenEnBuurten_4",
        "Indelingswijziging wijken en buurten",
        "code",
        ("Regioaanduiding",),
    ),
    Topic("AantalInwoners_5", "Aantal inwoners", "aantal", ("Bevolking",)),
    Topic("Woningvoorraad_34", "Woningvoorraad", "aantal", ("Wonen",)),
    Topic("GemiddeldeWoningwaarde_35", "Gemiddelde woningwaarde", "x 1 000 euro", ("Wonen",)),
    Topic("Koopwoningen_40", "Koopwoningen", "%", ("Wonen", "Woningen naar eigendom")),
    Topic("Appartement_48", "Appartement", "kWh", ("Energie", "Elektriciteit")),
    Topic("GemiddeldAardgasverbruikTotaal_55", "Gemiddeld aardgasverbruik totaal", "m³", ("Gas",)),
    Topic("Appartement_56", "Appartement", "m³", ("Energie", "Gas")),
)
"""Some columns of 2017, of which one was called in another way."""


def table_of(
    year: int,
    areas: Mapping[str, str],
    value: Value,
    topics: tuple[Topic, ...] | None = None,
    **settings: Any,
) -> Table:
    """Return the table of a year: areas by code, and what gives a value for each of its columns."""
    columns = topics or real_topics()
    rows = tuple(
        {"WijkenEnBuurten": code, **{topic.key: value(code, topic) for topic in columns}}
        for code in areas
    )
    given: dict[str, Any] = {
        "identifier": HINTS[year],
        "title": f"Kerncijfers wijken en buurten {year}",
        **settings,
    }
    dimension = Dimension("WijkenEnBuurten", areas, width=10, kind="GeoDetail")
    return Table(given["identifier"], given["title"], (dimension,), columns, rows)


def areas_of(buurten: Iterable[Buurt], wijk_names: Mapping[str, str]) -> dict[str, str]:
    """Return all areas of a municipality, the country, and a municipality elsewhere."""
    listed = list(buurten)
    return {
        "NL00": "Nederland",
        "GM9998": "Elders",
        "WK999800": "Elders",
        "BU99980000": "Elders",
        f"GM{listed[0].code[2:6]}": "Voorbeeldgemeente",
        **wijk_names,
        **{buurt.code: buurt.name for buurt in listed},
    }


def plain(code: str, topic: Topic) -> Any:
    """Return an invented value: a round number for a whole, else the number of the column."""
    stem, number = topic.key.rsplit("_", 1)
    texts = {"Codering": code.ljust(10), "Gemeentenaam": "Voorbeeldgemeente   "}
    if topic.unit in {"code", "naam", "omschrijving"} and stem != "MateVanStedelijkheid":
        return texts.get(stem, "1")
    whole = {"AantalInwoners": 10_000, "HuishoudensTotaal": 5_000, "MateVanStedelijkheid": 2}
    return whole.get(stem, int(number))


def kerncijfers(areas: Mapping[str, str], years: Iterable[int], **settings: Any) -> Statline:
    """Return a stand-in with a table for each year, with `plain` values."""
    return Statline(tables=tuple(table_of(year, areas, plain) for year in years), **settings)
