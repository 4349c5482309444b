"""The catalogue, the published figures, and what is counted from dwellings and sites."""

import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.agreements import NewBuildSite, parse_programme
from geo_lv.errors import InputError
from geo_lv.indicators.catalogue import (
    SourceCertainty,
    load_catalogue,
    load_certainty,
    load_counted_places,
    share_id,
)
from geo_lv.indicators.computed import computed_catalogue
from geo_lv.indicators.counted import (
    dwelling_figures,
    dwelling_share,
    dwellings_per_area,
    label_table,
    new_build_figures,
)
from geo_lv.indicators.figures import COLUMNS
from geo_lv.indicators.published import certainty_by_moment, load_statistics
from geo_lv.municipality import Corporation
from geo_lv.pipeline import Results
from geo_lv.schema import Confidence

CATALOGUE = "statistics/indicators.toml"
FIGURES = "statistics/kerncijfers.csv"
OLDER = "statistics/buurtcijfers_2016.csv"


def homes(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Return dwellings as area, corporation and label."""
    return pd.DataFrame(rows, columns=["area", "corporation", "energy_label"], dtype="str")


def lookup(figures: pd.DataFrame) -> dict[tuple[str, str], tuple[float, str]]:
    """Return value and reason per area and indicator."""
    assert list(figures.columns) == list(COLUMNS)
    return {
        (row["code"], row["indicator"]): (row["value"], row["reason"])
        for row in figures.to_dict("records")
    }


def test_dwellings_are_counted_anew_per_area_and_an_area_without_has_none() -> None:
    rows = homes(("x", "P", "A"), ("x", "P", "G"), ("x", "Q", "geen"), ("y", "Q", "geen"))
    found = lookup(dwelling_figures(rows, ["x", "y", "z"], ("P", "Q")))
    assert found["x", "corporatiewoningen"] == (3, "")
    assert found["x", "aandeel_p"][0] == pytest.approx(200 / 3)
    assert found["x", "aandeel_q"][0] == pytest.approx(100 / 3)
    assert found["x", "label_gemiddeld"] == (3, "")
    assert found["x", "label_efg"] == (50, "")
    assert found["y", "corporatiewoningen"] == (1, "")
    assert found["y", "aandeel_p"] == (0, "")
    assert found["z", "corporatiewoningen"] == (0, "")
    for area, name in (
        ("y", "label_gemiddeld"),
        ("y", "label_efg"),
        ("z", "label_gemiddeld"),
        ("z", "aandeel_p"),
    ):
        value, reason = found[area, name]
        assert math.isnan(value)
        assert reason == "not_applicable"


def test_label_table_has_a_row_per_area_and_corporation_that_occurs() -> None:
    table = label_table(homes(("x", "P", "A"), ("x", "P", "G"), ("y", "Q", "geen")))
    assert table[["area", "corporation", "A", "G", "geen"]].to_numpy().tolist() == [
        ["x", "P", 1, 1, 0],
        ["y", "Q", 0, 0, 1],
    ]
    assert list(label_table(homes()).columns[:3]) == ["area", "corporation", "A+++++"]


@given(st.lists(st.tuples(st.sampled_from("xyz"), st.sampled_from("PQ")), max_size=30))
def test_shares_of_the_corporations_add_up_to_a_hundred(rows: list[tuple[str, str]]) -> None:
    table = homes(*((area, owner, "A") for area, owner in rows))
    total = dwellings_per_area(table, ["x", "y", "z"])
    shares = [dwelling_share(table[table["corporation"] == owner], total) for owner in "PQ"]
    assert total.sum() == len(rows)
    for area in "xyz":
        if total[area]:
            assert shares[0][area] + shares[1][area] == pytest.approx(100)
        else:
            assert math.isnan(shares[0][area])


def test_each_place_on_the_sheet_is_given_once(data: Path) -> None:
    path = data / "statistics" / "indicators.toml"
    text = path.read_text("utf-8")
    assert text.count("sheet = 20\n") == 1
    path.write_text(
        text.replace("sheet = 20\n", "sheet = 21\n").replace(
            "label_efg = 14", "label_efg = 7\nautos = 99"
        ),
        "utf-8",
    )
    with pytest.raises(InputError) as raised:
        load_catalogue(data)
    found = {problem.column: (problem.expected, problem.found) for problem in raised.value.problems}
    own = "a place of its own on the sheet"
    assert found["counted_on_sheet.label_efg"] == (own, "7, as sociaal_minimum has")
    assert (own, "21, as koopwoningen has") in found.values()
    assert found["counted_on_sheet.autos"][1] == "'autos'"
    assert len(found) == 3


def test_figures_that_geo_lv_counts_have_their_place_from_the_data(data: Path) -> None:
    assert load_counted_places(data) == {"label_efg": 14}
    on_sheet = {item.id: item.sheet for item in computed_catalogue((), {"label_efg": 14})}
    assert on_sheet == {
        "corporatiewoningen": 0,
        "label_gemiddeld": 0,
        "label_efg": 14,
        "nieuwbouw_sociaal": 0,
    }


def place(bu_code: str, social: str) -> NewBuildSite:
    """Return a site with a programme."""
    return NewBuildSite(
        site_id="s",
        corporation="P",
        site="plek",
        programme=parse_programme(social),
        mid_rent=5,
        target_group="",
        period=(2023, 2030),
        bu_code=bu_code,
        place_confidence=Confidence.HIGH,
        place_note="",
        status="",
        status_date="",
        status_source="",
        status_confidence=Confidence.UNKNOWN,
        source="",
    )


@pytest.mark.parametrize(
    ("programmes", "homes_known", "note"),
    [
        ([], 0, ""),
        (["0"], 0, ""),
        (["20", "8"], 28, ""),
        (["20", "Nnb"], 20, "Plus 1 locatie waarvan het aantal nog niet bekend is."),
        (["20", "Nnb", "30%"], 20, "Plus 2 locaties waarvan het aantal nog niet bekend is."),
        (["0", "Nnb"], 0, "Plus 1 locatie waarvan het aantal nog niet bekend is."),
        (["Nnb"], None, "Het aantal is nog niet bekend of alleen als percentage afgesproken."),
        (["30%"], None, "Het aantal is nog niet bekend of alleen als percentage afgesproken."),
    ],
)
def test_only_numbers_are_added_up(
    programmes: list[str], homes_known: int | None, note: str
) -> None:
    sites = tuple(place("BU00010100", social) for social in programmes)
    sites = (*sites, place("BU00019999", "7"))  # elsewhere
    (row,) = new_build_figures(sites, {"BU00010100": "x"}, ["x"]).to_dict("records")
    assert row["note"] == note
    if homes_known is None:
        assert math.isnan(row["value"])
        assert row["reason"] == "missing"
    else:
        assert (row["value"], row["reason"]) == (homes_known, "")


def test_each_corporation_has_its_own_share_and_no_computed_figure_is_averaged() -> None:
    catalogue = computed_catalogue((Corporation(name="Wonen & Zo", stock=1),))
    assert [indicator.id for indicator in catalogue] == [
        "corporatiewoningen",
        "aandeel_wonen_zo",
        "label_gemiddeld",
        "label_efg",
        "nieuwbouw_sociaal",
    ]
    assert {indicator.aggregation for indicator in catalogue} == {"none", "sum"}


@given(st.text(min_size=1))
def test_any_name_of_a_corporation_gives_a_catalogue(name: str) -> None:
    (share,) = [
        indicator
        for indicator in computed_catalogue((Corporation(name=name, stock=1),))
        if indicator.id.startswith("aandeel_")
    ]
    assert share.id == share_id(name)


ENTRY = """
[[indicator]]
id = "woningen"
label = "Woningen"
unit = "woningen"
theme = "wonen"
decimals = 0
direction = "neutral"
aggregation = "sum"
explanation = ""
source = ""
"""


@pytest.mark.parametrize(
    ("content", "column", "expected"),
    [
        (ENTRY + ENTRY, "indicator.1.id", "an id that is not yet in use"),
        (ENTRY.replace('"woningen"\nlabel', '"label_efg"\nlabel'), "indicator.0.id", "an id that"),
        (ENTRY.replace('"woningen"\nlabel', '"aandeel_x"\nlabel'), "indicator.0.id", "an id that"),
        (ENTRY.replace('"woningen"\nlabel', '"Woningen"\nlabel'), "indicator.0.id", "lower-case"),
        (ENTRY.replace('"sum"', '"mean"'), "indicator.0.aggregation", "input should be 'sum'"),
        (ENTRY.replace('"sum"', '"weighted_mean"'), "indicator.0", "a weight with weighted_mean"),
        (ENTRY.replace('"sum"', '"none"'), "indicator.0", "an aggregation_note with"),
        (
            ENTRY.replace('"sum"', '"weighted_mean"\nweight = "bomen"'),
            "indicator.0.weight",
            "the id of an indicator in this file",
        ),
        (ENTRY.replace("decimals = 0", "decimals = 9"), "indicator.0.decimals", "input should be"),
        (ENTRY.replace("theme", "thema"), "indicator.0.theme", "this setting"),
    ],
)
def test_a_catalogue_that_makes_no_sense_is_refused(
    data: Path, content: str, column: str, expected: str
) -> None:
    (data / CATALOGUE).write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_catalogue(data)
    found = {problem.column: problem for problem in raised.value.problems}
    assert found[column].expected.startswith(expected)
    assert found[column].file == CATALOGUE


HEAD = "code,indicator,year,value,reason,source_table"


def read(data: Path, *rows: str) -> pd.DataFrame:
    """Read figures of one municipality."""
    (data / FIGURES).write_text("\n".join([HEAD, *rows, ""]), encoding="utf-8")
    (data / OLDER).unlink(missing_ok=True)
    codes = frozenset({"GM0001", "WK000101"})
    return load_statistics(data, {"woningen": "publiek"}, codes).figures


def test_a_figure_has_a_value_or_a_reason(data: Path) -> None:
    figures = read(data, "GM0001,woningen,2024,-1.5,,t", "WK000101,woningen,2024,,suppressed,t")
    assert list(figures.columns) == [*COLUMNS, "source_table", "file"]
    assert figures["year"].tolist() == ["2024", "2024"]
    assert figures["value"][0] == -1.5
    assert math.isnan(figures["value"][1])
    assert figures["reason"].tolist() == ["", "suppressed"]


@pytest.mark.parametrize(
    ("row", "column", "found"),
    [
        ("GM0001,woningen,2024,5,missing,t", "value", "both"),
        ("GM0001,woningen,2024,,,t", "value", "neither"),
        ("GM0001,bomen,2024,5,,t", "indicator", "'bomen'"),
        ("GM0002,woningen,2024,5,,t", "code", "'GM0002'"),
        ("BU00010100,woningen,2024,5,,t", "code", "'BU00010100'"),
        ("NL00,woningen,2024,5,,t", "code", "'NL00'"),
        ("GM0001,woningen,2024,NaN,,t", "value", "'NaN'"),
        ("GM0001,woningen,2024,,secret,t", "reason", "'secret'"),
        ("GM0001,woningen,tweeduizend,5,,t", "year", "'tweeduizend'"),
        ("GM0001,woningen,2023,6,,t", "code + indicator + year", "'GM0001 woningen 2023'"),
    ],
)
def test_a_wrong_figure_names_row_and_column(data: Path, row: str, column: str, found: str) -> None:
    with pytest.raises(InputError) as raised:
        read(data, "GM0001,woningen,2023,5,,t", row)
    places = [(one.file, one.row, one.column, one.found) for one in raised.value.problems]
    assert places == [(FIGURES, 3, column, found)]


def test_figures_are_read_in_any_order_of_columns(data: Path) -> None:
    (data / FIGURES).write_text(
        "value,reason,year,indicator,source_table,code\n5,,2024,woningen,t,GM0001\n",
        encoding="utf-8",
    )
    (data / OLDER).unlink()
    figures = load_statistics(data, None, None).figures
    assert figures.to_dict("records") == [
        {
            "code": "GM0001",
            "indicator": "woningen",
            "year": "2024",
            "value": 5.0,
            "reason": "",
            "note": "",
            "source_table": "t",
            "file": FIGURES,
        }
    ]


def test_of_two_files_with_a_figure_the_first_counts_and_no_row_is_lost(data: Path) -> None:
    first = ["GM0001,woningen,2016,5,,CBS", "NL00,woningen,2016,9,,CBS"]
    later = ["GM0001,woningen,2016,6,,t", "GM0001,woningen,2015,4,,t", "WK000101,bomen,2016,1,,t"]
    for name, rows in ((FIGURES, first), (OLDER, later)):
        (data / name).write_text("\n".join([HEAD, *rows, ""]), encoding="utf-8")
    published = load_statistics(data, None, None)
    columns = ["code", "indicator", "year", "value", "source_table"]
    assert published.figures[columns].to_numpy().tolist() == [
        ["WK000101", "bomen", "2016", 1.0, "t"],
        ["GM0001", "woningen", "2015", 4.0, "t"],
        ["GM0001", "woningen", "2016", 5.0, "CBS"],
        ["NL00", "woningen", "2016", 9.0, "CBS"],
    ]
    assert published.gave_way == {OLDER: 1}
    assert len(published.figures) + 1 == len(first) + len(later)


def test_certainty_is_that_of_the_source_table(data: Path) -> None:
    figures = read(
        data,
        "GM0001,woningen,2022,5,,CBS 1",
        "WK000101,woningen,2022,5,,CBS 2",
        "GM0001,woningen,2024,5,,CBS 3",
        "WK000101,woningen,2024,5,,eigen telling",
        "GM0001,woningen,2016,5,,iets anders",
    )
    rules = [
        SourceCertainty(table=table, text=text)
        for table, text in (("CBS", "afgerond"), ("eigen", "geteld"), ("CBS 3", "nooit"))
    ]
    assert certainty_by_moment(figures, rules) == {
        ("woningen", "2022"): "afgerond",
        ("woningen", "2024"): "afgerond; geteld",
        ("woningen", "2016"): "niet bekend",
    }


def test_a_certainty_without_words_is_refused(data: Path) -> None:
    content = '[[certainty]]\ntable = ""\ntext = "zeker"\n[[certainty]]\ntable = "CBS"\n'
    (data / CATALOGUE).write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_certainty(data)
    assert [one.column for one in raised.value.problems] == [
        "certainty.0.table",
        "certainty.1.text",
    ]


def test_every_source_table_of_the_embedded_data_has_a_certainty(results: Results) -> None:
    assert set(results.inputs.certainty.values()) == {
        "gepubliceerd cijfer van het CBS, afgerond",
        "uitgever niet bekend: minder zeker",
    }
    assert results.inputs.certainty["inwoners", "2016"].startswith("uitgever niet bekend")


def test_every_figure_of_the_embedded_data_has_a_value_or_a_reason(
    results: Results,
) -> None:
    figures = results.figures
    assert (figures["value"].isna() == (figures["reason"] != "")).all()
    assert not figures.duplicated(["code", "indicator", "year"]).any()
    assert set(figures["reason"]) == {"", "missing", "not_applicable"}
