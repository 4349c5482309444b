"""A stand-in of each source, all of one place."""

from typing import Any

from tests.kwb_stand_in import areas_of, plain, table_of
from tests.leefbaarometer_stand_in import Scores
from tests.odata_stand_in import Statline, Topic
from tests.ogc_stand_in import Boundaries
from tests.politie_stand_in import Police, months
from tests.stand_in import Service

CALM = {
    "AantalInwoners": {"BU": 1_000, "WK": 3_000, "GM": 6_000, "NL": 18_000_000},
    "k_65JaarOfOuder": {"BU": 200, "WK": 600, "GM": 1_200, "NL": 3_600_000},
}
"""Each buurt has 1,000 inhabitants, of whom 200 are 65 or older."""


def value(code: str, topic: Topic) -> Any:
    stem = topic.key.rsplit("_", 1)[0]
    return CALM[stem][code[:2]] if stem in CALM else plain(code, topic)


def services(place: Boundaries, years: tuple[int, ...] = (2023, 2024)) -> dict[str, Service]:
    """Return a stand-in of each source, all of one place."""
    areas = areas_of(place.buurten, place.wijk_names)
    own = tuple(code for code in areas if code[2:6] == place.gm_code[2:])
    spans = tuple(months("2024-11", "2025-10"))
    return {
        "pdok": place,
        "cbs": Statline(tables=tuple(table_of(year, areas, value) for year in years)),
        "leefbaarometer": Scores(buurten=place.buurten, years=(2024,)),
        "politie": Statline(tables=Police(areas=own, months=spans, years=("2024JJ00",)).tables()),
    }
