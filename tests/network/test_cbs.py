"""What CBS really says, for people with internet: `pytest -m network`."""

from collections.abc import Iterator

import pytest

from geo_lv.sources import cbs
from geo_lv.sources.cbs.definitions import change_column, found_in
from geo_lv.sources.cbs.tables import AREAS, HINTS, INFOS, PROPERTIES, year_of
from geo_lv.sources.odata import columns_of, fetch_entity, require_column, title_of
from geo_lv.sources.transport import Transport
from tests.refresh.test_cbs import DEFINITIONS

pytestmark = pytest.mark.network


@pytest.fixture(scope="module")
def live() -> Iterator[Transport]:
    with Transport("CBS") as transport:
        yield transport


@pytest.mark.parametrize("year", sorted(HINTS))
def test_the_table_of_a_year_is_what_we_take_it_for(live: Transport, year: int) -> None:
    address, table = cbs.SOURCE.address, HINTS[year]
    infos = fetch_entity(live, address, table, INFOS)
    assert year_of(title_of("CBS", infos, table)) == year
    columns = columns_of("CBS", fetch_entity(live, address, table, PROPERTIES), table)
    require_column("CBS", columns, AREAS, table)
    found = found_in("CBS", columns, DEFINITIONS, table)
    assert {"inwoners", "woningen", "woz_waarde", "koopwoningen"} <= set(found)
    assert change_column("CBS", columns, table) is not None
