"""The lead of our page of the country is worked out from what was measured, and told when lost."""

from dataclasses import replace
from math import nan

import pytest

from benchmarks import country_page, country_peers
from benchmarks.browser import Visit
from benchmarks.compared import Compared, short_of
from benchmarks.weighing import Weight

MINE = {
    "page and all it loads, MB": 2.0,
    "first map, file, ms": 400.0,
    "first map, http, ms": 500.0,
}
EXPLORE = Compared("explore", 5, 600, Weight(60_000_000, 9_000_000), Visit(4000, 4000, nan, 11, 90))
WHOLE = replace(EXPLORE, weight=Weight(80_000_000, 30_000_000))


def test_the_lead_is_beside_one_figure_of_explore() -> None:
    assert country_peers.ratios(MINE, EXPLORE, WHOLE) == {
        "bytes, borders as they come": 40,
        "bytes, equal borders": 30,
        "first map, equal borders": 8,  # 4000 beside the slower of our two
    }


@pytest.mark.parametrize(
    ("heavier", "missed"),
    [
        (2.0, []),
        (2.4, []),
        (2.5, ["bytes, equal borders"]),
        (3.3, ["bytes, borders as they come", "bytes, equal borders"]),
    ],
)
def test_a_lead_that_is_lost_is_told(heavier: float, missed: list[str]) -> None:
    mine = {**MINE, "page and all it loads, MB": heavier}
    found = country_peers.ratios(mine, EXPLORE, WHOLE)
    told = short_of(found, country_peers.LIMITS)
    assert [name for name in country_peers.LIMITS if any(name in line for line in told)] == missed


def test_every_limit_of_our_page_is_of_something_that_is_measured() -> None:
    assert MINE.keys() <= country_page.LIMITS.keys()
