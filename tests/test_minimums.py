"""Published figures about too few people or homes stay secret, and so does what gives them away."""

from pathlib import Path

import pandas as pd
import pytest

from geo_lv.areas import Areas
from geo_lv.errors import InputError
from geo_lv.indicators.catalogue import Indicator, load_catalogue
from geo_lv.indicators.figures import COLUMNS
from geo_lv.minimums import Moment, Withheld, too_few
from geo_lv.privacy import PublishedRule, load_privacy
from geo_lv.public_figures import HIDDEN_PUBLISHED, hide_published
from tests.conftest import DATA, MakeAreas

CODES = ("BU00010100", "BU00010101", "BU00010102", "BU00010200", "BU00010201")
WIJKEN = ("WK000101", "WK000102")
Row = tuple[str, str, str, float]


@pytest.fixture(scope="module")
def areas(make_areas: MakeAreas) -> Areas:
    """Return a wijk of three buurten and one of two, with a plan area across them."""
    boxes = {
        code: (1e5 + 100 * n, 4e5, 1e5 + 100 * n + 100, 4.001e5) for n, code in enumerate(CODES)
    }
    return make_areas(boxes, plans={"samen": (CODES[0], CODES[3])})


@pytest.fixture(scope="module")
def catalogue() -> tuple[Indicator, ...]:
    return load_catalogue(DATA)


def rule(indicator: str, of: str, **limits: int) -> PublishedRule:
    told = {"owner": "CBS", "reason": "te weinig", "confidence": "H"}
    return PublishedRule.model_validate({"indicators": [indicator], "of": of, **limits, **told})


def figures(*rows: Row) -> pd.DataFrame:
    full = [(code, name, year, value, "", "") for code, name, year, value in rows]
    return pd.DataFrame(full, columns=list(COLUMNS))


def homes(*counts: float, year: str = "2024") -> list[Row]:
    return [(code, "woningen", year, n) for code, n in zip(CODES, counts, strict=False)]


def worth(*codes: str, year: str = "2024") -> list[Row]:
    """Return a value of each area; that of a later one is higher."""
    return [(code, "woz_waarde", year, 300 + 10 * place) for place, code in enumerate(codes)]


def at(code: str, year: str = "2024", name: str = "woz_waarde") -> Moment:
    return Moment(code, name, year)


WOZ = rule("woz_waarde", "woningen", minimum=20)
SMALL = Withheld("te weinig", "")


def test_a_figure_about_nineteen_homes_is_secret_and_about_twenty_is_not(
    areas: Areas, catalogue: tuple[Indicator, ...]
) -> None:
    table = figures(*homes(20, 19, 300), *worth(*CODES[1:2], CODES[0]))
    assert too_few(table, [WOZ], catalogue, areas)[at(CODES[1])] == SMALL
    table = figures(*homes(20, 20, 300), *worth(*CODES[:2]))
    assert too_few(table, [WOZ], catalogue, areas) == {}


def test_a_second_part_of_the_wijk_is_hidden_with_one(
    areas: Areas, catalogue: tuple[Indicator, ...]
) -> None:
    """Of the two other buurten the one with the least figure; the wijk itself stays."""
    table = figures(*homes(5, 100, 100), *worth(*CODES[:3], WIJKEN[0]))
    assert too_few(table, [WOZ], catalogue, areas) == {
        at(CODES[0]): SMALL,
        at(CODES[1]): Withheld("", CODES[0]),
    }


def test_two_small_parts_hide_each_other(areas: Areas, catalogue: tuple[Indicator, ...]) -> None:
    table = figures(*homes(5, 6, 100), *worth(*CODES[:3]))
    assert too_few(table, [WOZ], catalogue, areas) == {at(CODES[0]): SMALL, at(CODES[1]): SMALL}


def test_a_plan_area_is_hidden_with_a_part(areas: Areas, catalogue: tuple[Indicator, ...]) -> None:
    table = figures(*homes(100, 100, 100, 5, 6), *worth("samen", *CODES[3:]))
    assert too_few(table, [WOZ], catalogue, areas) == {
        at(CODES[3]): SMALL,
        at(CODES[4]): SMALL,
        at("samen"): Withheld("", CODES[3]),
    }


def test_a_wijk_that_is_hidden_for_another_does_not_follow_from_its_buurten(
    areas: Areas, catalogue: tuple[Indicator, ...]
) -> None:
    """The first wijk is small; with the municipality the second would tell it, and its buurten."""
    counts = [(WIJKEN[0], "woningen", "2024", 12.0), (WIJKEN[1], "woningen", "2024", 200.0)]
    table = figures(*counts, *worth(*WIJKEN, *CODES[3:]))
    found = too_few(table, [WOZ], catalogue, areas)
    assert found == {
        at(WIJKEN[0]): SMALL,
        at(WIJKEN[1]): Withheld("", WIJKEN[0]),
        at(CODES[3]): Withheld("", WIJKEN[1]),
        at(CODES[4]): Withheld("", CODES[3]),
    }


def test_the_base_of_the_same_year_counts_or_of_the_nearest_before(
    areas: Areas, catalogue: tuple[Indicator, ...]
) -> None:
    before = homes(10, year="2022")
    own = worth(CODES[0], year="2023")
    assert set(too_few(figures(*before, *own), [WOZ], catalogue, areas)) == {at(CODES[0], "2023")}
    after = homes(10, year="2024")
    assert too_few(figures(*after, *own), [WOZ], catalogue, areas) == {}, "not known in 2023"


def test_a_rate_that_comes_down_to_fewer_than_eight_is_secret(
    areas: Areas, catalogue: tuple[Indicator, ...]
) -> None:
    """15 per 1,000 of 500 inhabitants are 7.5 people; 16 are 8."""
    care = rule("wmo", "inwoners", fewest=8)
    people = (CODES[0], "inwoners", "2024", 500.0)
    few = figures(people, (CODES[0], "wmo", "2024", 15.0))
    assert set(too_few(few, [care], catalogue, areas)) == {at(CODES[0], name="wmo")}
    enough = figures(people, (CODES[0], "wmo", "2024", 16.0))
    assert too_few(enough, [care], catalogue, areas) == {}


def test_a_hidden_figure_does_not_say_which_rule_it_broke() -> None:
    table = hide_published(figures(*worth(*CODES[:2])), {at(CODES[0])})
    assert table.loc[0, "reason"] == "suppressed"
    assert table.loc[0, "note"] == HIDDEN_PUBLISHED
    assert table["value"].isna().tolist() == [True, False]


def test_the_rules_of_the_example_name_indicators_that_exist(
    catalogue: tuple[Indicator, ...], tmp_path: Path
) -> None:
    rules = load_privacy(DATA, catalogue)
    assert (rules.dwellings.cell, rules.dwellings.label_class) == (10, 3)
    text = (DATA / "privacy.toml").read_text("utf-8")
    wrong = text.replace('"woz_waarde"', '"woz"').replace("cell = 10", "cell = 1", 1)
    (tmp_path / "privacy.toml").write_text(text.replace('"woz_waarde"', '"woz"'), "utf-8")
    with pytest.raises(InputError, match="found 'woz'; correct the id"):
        load_privacy(tmp_path, catalogue)
    (tmp_path / "privacy.toml").write_text(wrong, "utf-8")
    with pytest.raises(InputError, match=r"dwellings\.cell: .*greater than or equal to 3"):
        load_privacy(tmp_path, catalogue)
    twice = text + text[text.index("[[published]]") :]
    (tmp_path / "privacy.toml").write_text(twice, "utf-8")
    with pytest.raises(InputError, match="one rule for each indicator, not two for"):
        load_privacy(tmp_path, catalogue)
