"""Years are joined only where an area stayed the same; BU19160901 has been two places."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.divisions import Divisions, load_divisions, to_areas_of_now
from geo_lv.editions import release
from geo_lv.errors import InputError
from geo_lv.inputs import load_inputs
from geo_lv.maps.pages import make_pages
from geo_lv.pipeline import compute

OLD = "BU19160901"
"""Voorburg Oud in 2016; since 2019 another place."""
SAME = "BU19160300"
NEW = "BU19160902"
GONE = "BU19160999"

DIVISIONS = f"""code,year,name,change
{OLD},2016,Voorburg Oud,ongewijzigd
{OLD},2017,Voorburg Oud,ongewijzigd
{OLD},2018,Voorburg Oud,ongewijzigd
{OLD},2019,Voorburg Midden midden,andere grens
{OLD},2020,Voorburg Midden midden,ongewijzigd
{SAME},2016,Gelijk,
{SAME},2017,Gelijk,ongewijzigd
{SAME},2018,Gelijk,ongewijzigd
{SAME},2019,Gelijk,ongewijzigd
{SAME},2020,Gelijk,ongewijzigd
{GONE},2018,Vroeger,ongewijzigd
{NEW},2019,Nieuw,andere code
{NEW},2020,Nieuw,ongewijzigd
"""
CROSSWALK = "from_year,from_code,to_year,to_code,source\n"


def divisions_of(folder: Path, crosswalk: str = "", of: int | None = 2020) -> Divisions:
    boundaries = folder / "boundaries"
    boundaries.mkdir(exist_ok=True)
    (boundaries / "divisions.csv").write_text(DIVISIONS, encoding="utf-8")
    if crosswalk:
        (boundaries / "crosswalk.csv").write_text(CROSSWALK + crosswalk, encoding="utf-8")
    found = load_divisions(folder, of)
    assert found is not None
    return found


def figures(*rows: tuple[str, int, float]) -> pd.DataFrame:
    return pd.DataFrame(
        [(code, "inwoners", str(year), value, "", "") for code, year, value in rows],
        columns=["code", "indicator", "year", "value", "reason", "note"],
    )


@pytest.mark.parametrize(
    ("code", "year", "now"),
    [
        (OLD, 2020, OLD),
        (OLD, 2019, OLD),
        (OLD, 2018, ""),
        (OLD, 2016, ""),
        (SAME, 2016, SAME),
        (SAME, 2015, ""),  # nothing is known of that year
        (GONE, 2018, ""),
        (NEW, 2019, NEW),
        (NEW, 2018, ""),
    ],
)
def test_a_code_counts_as_long_as_nothing_changed(
    code: str, year: int, now: str, tmp_path: Path
) -> None:
    assert divisions_of(tmp_path).code_now(code, year) == now


@pytest.mark.parametrize(
    ("code", "year", "now"),
    [(OLD, 2020, OLD), (OLD, 2019, ""), (SAME, 2020, SAME), (NEW, 2020, ""), (NEW, 2019, "")],
)
def test_years_after_the_boundaries_are_walked_back(
    code: str, year: int, now: str, tmp_path: Path
) -> None:
    """The boundaries are of 2019 or 2018, and figures of later years come in."""
    of = 2019 if now == OLD else 2018
    assert divisions_of(tmp_path, of=of).code_now(code, year) == now


def test_a_crosswalk_says_that_two_codes_are_one_area(tmp_path: Path) -> None:
    crosswalk = f"2018,{GONE},2019,{NEW},besluit\n"
    divisions = divisions_of(tmp_path, crosswalk)
    assert divisions.code_now(GONE, 2018) == NEW
    assert divisions.code_now(NEW, 2018) == ""
    older = divisions_of(tmp_path, crosswalk, of=2018)
    assert older.code_now(NEW, 2020) == GONE
    assert older.code_now(NEW, 2019) == GONE


def test_a_crosswalk_may_leap_over_years(tmp_path: Path) -> None:
    divisions = divisions_of(tmp_path, f"2016,{OLD},2020,{NEW},besluit\n")
    assert divisions.code_now(OLD, 2016) == NEW
    assert divisions.code_now(OLD, 2017) == ""
    between = divisions_of(tmp_path, of=2019)
    assert between.code_now(OLD, 2016) == "", "the leap goes beyond the boundaries"


def test_figures_of_another_place_are_set_apart_and_the_line_breaks(tmp_path: Path) -> None:
    divisions = divisions_of(tmp_path, f"2018,{GONE},2019,{NEW},besluit\n")
    came = figures((OLD, 2016, 5.0), (OLD, 2019, 7.0), (SAME, 2016, 3.0), (GONE, 2018, 2.0))
    kept, others = to_areas_of_now(came, divisions)
    found = kept[["code", "year", "value", "reason", "note"]].astype(object)
    nothing = (OLD, "2016", "missing", "In 2016 gold hier een andere indeling.")
    first = found.iloc[0]
    assert (first["code"], first["year"], first["reason"], first["note"]) == nothing
    assert pd.isna(first["value"])
    assert found.iloc[1:].to_numpy().tolist() == [
        [OLD, "2019", 7.0, "", ""],
        [SAME, "2016", 3.0, "", ""],
        [NEW, "2018", 2.0, "", ""],
    ]
    assert others.empty


def test_a_figure_without_an_area_of_now_is_kept_apart(tmp_path: Path) -> None:
    came = figures((GONE, 2018, 2.0), (SAME, 2018, 1.0))
    kept, others = to_areas_of_now(came, divisions_of(tmp_path))
    assert kept["code"].tolist() == [SAME]
    pd.testing.assert_frame_equal(others, came.iloc[:1])


def test_without_divisions_every_code_is_one_of_now(tmp_path: Path) -> None:
    assert load_divisions(tmp_path, None) is None
    came = figures((OLD, 2016, 5.0))
    kept, others = to_areas_of_now(came, None)
    pd.testing.assert_frame_equal(kept, came)
    assert others.empty


def test_the_country_is_the_same_in_every_year(tmp_path: Path) -> None:
    divisions = divisions_of(tmp_path)
    came = figures(("NL00", 2015, 5.0), ("NL00", 2026, 6.0))
    kept, others = to_areas_of_now(came, divisions)
    assert kept["value"].tolist() == [5.0, 6.0]
    assert others.empty
    assert "NL00" not in divisions.codes


def test_a_file_of_the_year_of_the_boundaries_says_nothing_of_others(tmp_path: Path) -> None:
    (tmp_path / "boundaries").mkdir()
    path = tmp_path / "boundaries" / "divisions.csv"
    path.write_text(f"code,year,name,change\n{OLD},2020,Hier,andere grens\n", encoding="utf-8")
    assert load_divisions(tmp_path, 2020) is None
    with pytest.raises(InputError, match="a division of the boundaries"):
        load_divisions(tmp_path, 2021)


CHANGES = st.sampled_from(["ongewijzigd", "andere code", "andere grens", ""])


@given(
    table=st.dictionaries(
        st.tuples(st.sampled_from([OLD, SAME, NEW, GONE]), st.integers(2015, 2022)), CHANGES
    ),
    of=st.integers(2015, 2022),
    rows=st.lists(
        st.tuples(st.sampled_from([OLD, SAME, NEW, GONE]), st.integers(2014, 2023)), unique=True
    ),
)
def test_no_figure_is_lost_or_doubled(
    table: dict[tuple[str, int], str], of: int, rows: list[tuple[str, int]]
) -> None:
    divisions = Divisions(of, table, {})
    came = figures(*((code, year, float(n)) for n, (code, year) in enumerate(rows)))
    kept, others = to_areas_of_now(came, divisions)
    assert sorted([*kept.index, *others.index]) == [*range(len(rows))]
    assert not kept.duplicated(["code", "indicator", "year"]).any()
    for (code, year), row in zip(rows, came.index, strict=True):
        between = range(min(year, of) + 1, max(year, of) + 1)
        same = all(table.get((code, each)) == "ongewijzigd" for each in between)
        assert (row in kept.index and kept.loc[row, "reason"] == "") == same


@pytest.mark.parametrize(
    ("crosswalk", "of", "words"),
    [
        (f"2019,{GONE},2018,{NEW},x\n", 2020, "row 2, column to_year: expected a later year"),
        (f"2018,BU19160998,2019,{NEW},x\n", 2020, "row 2, column from_code: expected a code of"),
        (f"2018,{GONE},2019,BU19160998,x\n", 2020, "row 2, column to_code: expected a code of"),
        (
            f"2018,{GONE},2019,{NEW},x\n2018,{OLD},2019,{NEW},x\n",
            2020,
            "row 3, column to_code: expected each area once",
        ),
        (f"2018,{GONE},2020,{SAME},x\n", 2020, "expected an area under another code than before"),
        (f"2018,{GONE},2019,{NEW},\n", 2020, "row 2, column source"),
        ("", 2021, "provenance.toml, column file: expected a division of the boundaries"),
        ("", None, "found none; say it at boundaries/buurten.geojson"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    crosswalk: str, of: int | None, words: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as caught:
        divisions_of(tmp_path, crosswalk, of)
    assert words in str(caught.value)


def add_divisions(data: Path) -> None:
    """Give the embedded default divisions in which only BU19160901 changed, and figures of 2018."""
    inputs = load_inputs(data)
    codes = sorted(inputs.areas.all_codes)
    rows = [
        f"{code},{year},naam,{'andere grens' if (code, year) == (OLD, 2019) else 'ongewijzigd'}"
        for code in [*codes, GONE]
        for year in range(2016, 2025)
        if code != GONE or year < 2019
    ]
    text = "\n".join(["code,year,name,change", *rows])
    (data / "boundaries" / "divisions.csv").write_text(f"{text}\n", encoding="utf-8")
    with (data / "provenance.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[[file]]\npath = "boundaries/divisions.csv"\ntitle = "Indelingen"\nsource = "CBS"\n'
            'licence = "CC BY 4.0"\nvintage = "2016-2024"\nretrieved = "2026-11-25"\n'
        )
    with (data / "statistics" / "kerncijfers.csv").open("a", encoding="utf-8") as file:
        file.writelines(
            f"{code},inwoners,2018,{value},,CBS 84286NED\n"
            for code, value in ((OLD, 4000), (GONE, 5000), (SAME, 6000))
        )


def test_a_page_shows_no_figure_of_another_place(data: Path) -> None:
    assert (data / "boundaries" / "buurten.geojson").is_file()
    add_divisions(data)
    inputs = load_inputs(data)
    of_2018 = inputs.statistics[inputs.statistics["year"] == "2018"].set_index("code")
    assert of_2018["value"].to_dict() == {OLD: pytest.approx(float("nan"), nan_ok=True), SAME: 6000}
    assert inputs.figures_of_others["value"].tolist() == [5000]
    released = release(compute(inputs), "publiek")
    pages = {
        page.path: page for page in make_pages(released, peildatum="2026-01-01", basemap=False)
    }
    sections = {section.id: section for section in pages["verantwoording.html"].sections}
    assert sections["andere-indeling"].tables[0].rows == (("2018", "1", GONE),)


def test_without_divisions_the_account_has_no_such_part(data: Path) -> None:
    released = release(compute(load_inputs(data)), "publiek")
    pages = make_pages(released, peildatum="2026-01-01", basemap=False)
    ids = {section.id for page in pages for section in page.sections}
    assert "andere-indeling" not in ids


def test_divisions_without_the_year_of_the_boundaries_are_refused(data: Path) -> None:
    add_divisions(data)
    provenance = data / "provenance.toml"
    text = provenance.read_text(encoding="utf-8").replace("division = 2022\n", "")
    provenance.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="division = a year"):
        load_inputs(data)
