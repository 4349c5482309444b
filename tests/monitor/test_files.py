"""Agreements and measurements as they are read: typed, each fault with file, row and column."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.agreements.measurements import Interval, last_day
from geo_lv.agreements.monitored import load_monitored
from geo_lv.agreements.points import Monitored
from geo_lv.errors import InputError
from geo_lv.inputs import load_inputs
from geo_lv.tables import is_date

from .conftest import Folder

TOML = "agreements/afspraken.toml"
CSV = "agreements/metingen.csv"
GOOD = "D6-label,2023,C,Wonen Een,,BRON,Wonen Een,2024-02-01,publiek,nee,H,"
COUNT = """
[[points]]
code = "D8"
agreement = "D6"
subject = "Aantal"
unit = "woningen"
rule = "Geteld."
every_months = 6
adds_up = true

[[goals]]
point = "D8"
bound = "at_least"
value = 10
start = 0
since = 2024-01-01
until = 2025-12-31
confidence = "H"
"""


def problems(folder: Folder) -> list[tuple[str, str, int | None]]:
    with pytest.raises(InputError) as raised:
        load_inputs(folder.path)
    return [(each.file, str(each.column), each.row) for each in raised.value.problems]


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ('theme = "D"', 'theme = "E"', "agreements.0.theme"),
        ('parties = ["Wonen Een"]', 'parties = ["Wonen Drie"]', "agreements.0.parties"),
        ('source = "BRON"', 'source = "RON"', "agreements.0.source"),
        ('code = "D7"', 'code = "D6"', "agreements.1"),
        ('agreement = "D6"', 'agreement = "D9"', "points.0.agreement"),
        ('code = "D6-label"', 'code = "D6 label"', "points.0.code"),
        ('unit = "label"', 'unit = "%"', "points.0"),
        ('computed = "label_mean"', 'computed = "rent"', "points.0.computed"),
        ('computed = "label_mean"', 'computed = "plan_capacity"', "points.0"),
        ('computed = "label_mean"', 'computed = "affordable_small"', "points.0"),
        ('point = "D6-label"', 'point = "D6-huur"', "points.0.code"),
        ('corporation = "Wonen Een"', 'corporation = "Wonen Drie"', "goals.0.corporation"),
        ('value = "B"', 'value = "H"', "goals.0.value.function-after[_label(), str]"),
        ('value = "B"', "value = 4.5", "goals.0.value"),
        ('value = "B"', "value = nan", "goals.0.value.constrained-float"),
        ('"at_least"', '"at_most"', "goals.0.bound"),
        ("until = 2027-12-31", "until = 2127-12-31", "goals.0.until"),
        ("until = 2027-12-31", "", "goals.0"),
        ("until = 2027-12-31", "since = 2028-01-01\nuntil = 2027-12-31", "goals.0"),
        ("until = 2027-12-31", "start = 3\nuntil = 2027-12-31", "goals.0"),
        ("until = 2027-12-31", "until = 2027-12-31\nup_to = 3", "goals.0"),
        ("until = 2027-12-31", "until = 2027-12-31\neach_year = true", "goals.0"),
        ('confidence = "H"\n\n[[points]]', 'confidence = "?"\n\n[[points]]', "agreements.1"),
        ("tolerance_percent = 5", "tolerance_percent = -1", "rules.tolerance_percent"),
        ('id = "D"', 'id = "Dak"', "themes.0.id"),
        ('rule = "Het', 'regel = "Het', "points.0.rule"),
    ],
)
def test_a_wrong_setting_is_named(folder: Folder, old: str, new: str, column: str) -> None:
    folder.change(TOML, old, new)
    found = problems(folder)
    assert any(file == TOML and row and name.startswith(column) for file, name, row in found), found


def test_two_versions_of_a_goal_need_a_day_that_tells_them_apart(folder: Folder) -> None:
    text = (folder.path / TOML).read_text(encoding="utf-8")
    goal = text[text.index("[[goals]]") :]
    folder.agree(text + goal)
    assert {column for _, column, _ in problems(folder)} == {"goals.0.name", "goals.1.name"}
    folder.agree(text + goal + "agreed = 2025-01-01\n")
    assert len(load_monitored(folder.path).goals) == 2


def test_goals_without_rules_cannot_be_judged(folder: Folder) -> None:
    text = (folder.path / TOML).read_text(encoding="utf-8")
    first, rest = text.split("[rules]")
    folder.agree(first + rest[rest.index("[[themes]]") :])
    assert problems(folder) == [(TOML, "rules", None)]


def test_no_agreements_at_all_is_an_empty_file(folder: Folder) -> None:
    folder.agree("# none\n")
    folder.measure()
    assert load_monitored(folder.path) == Monitored()
    assert load_inputs(folder.path).agreements.targets == ()


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (GOOD.replace("D6-label", "D9"), "code"),
        (GOOD.replace("2023", "2023-13"), "date"),
        (GOOD.replace("2023", "2025"), "entered_on"),  # not over yet when it was entered
        (GOOD.replace(",C,", ",H,"), "value"),
        (GOOD.replace(",C,", ",1e3,"), "value"),
        (GOOD.replace(",C,", ",nan,"), "value"),
        (GOOD.replace("C,Wonen Een", "C,Wonen Twee"), "corporation"),
        (GOOD.replace("C,Wonen Een", "C,"), "corporation"),
        (GOOD.replace("Een,,BRON", "Een,WK000101,BRON"), "area"),
        (GOOD.replace("BRON", "BRAN"), "source"),
        (GOOD.replace("BRON", ""), "source"),
        (GOOD.replace("Wonen Een,2024", "j.jansen@voorbeeld.nl,2024"), "entered_by"),
        (GOOD.replace("Wonen Een,2024", ",2024"), "entered_by"),
        (GOOD.replace("2024-02-01", "2024-02"), "entered_on"),
        (GOOD.replace("publiek", "openbaar"), "edition"),
        (GOOD.replace("nee", "misschien"), "fictitious"),
        (GOOD.replace(",H,", ",?,"), "confidence"),
        ("D7,2024,bezig,,,BRON,gemeente,2025-01-01,publiek,nee,H,", "value"),
        ("D7,2024,loopt,Wonen Een,,BRON,gemeente,2025-01-01,publiek,nee,H,", "corporation"),
        ("D8,2024,3,,,BRON,gemeente,2025-01-01,publiek,nee,H,", "date"),  # half years are counted
        ("D8,2024-05,3,,,BRON,gemeente,2025-01-01,publiek,nee,H,", "date"),
        ("D8,2024-06,-3,,,BRON,gemeente,2025-01-01,publiek,nee,H,", "value"),
    ],
)
def test_a_wrong_cell_is_named(folder: Folder, row: str, column: str) -> None:
    folder.agree((folder.path / TOML).read_text(encoding="utf-8") + COUNT)
    folder.measure(GOOD, row)
    found = problems(folder)
    assert (CSV, column, 3) in found, found
    assert {file for file, _, _ in found} == {CSV}


def test_which_row_corrects_which_must_be_known(folder: Folder) -> None:
    folder.measure(GOOD, GOOD.replace("2023,C", "2023-12-31,D"))
    assert problems(folder) == [(CSV, "entered_on", 3)]
    folder.measure(GOOD, GOOD.replace("2023,C", "2023-12-31,D").replace("02-01", "02-02"))
    assert len(load_inputs(folder.path).agreements.measurements) == 2


def test_all_problems_of_both_files_at_once(folder: Folder) -> None:
    folder.change(TOML, 'theme = "D"', 'theme = "E"')
    folder.measure(GOOD.replace("BRON", "BRAN"))
    assert {file for file, _, _ in problems(folder)} == {TOML, CSV}


def test_a_label_told_as_a_letter_is_its_class(folder: Folder) -> None:
    (label, state) = load_inputs(folder.path).agreements.measurements
    assert label.value == Interval(math.nextafter(3.5, 4), 4.5)
    assert (state.code, state.state) == ("D7", "loopt")


def test_last_days() -> None:
    days = {"2024": "2024-12-31", "2024-02": "2024-02-29", "2023-02": "2023-02-28"}
    assert {value: last_day(value).isoformat() for value in days} == days
    assert last_day("2024-05-06").isoformat() == "2024-05-06"


@given(st.dates().map(str) | st.from_regex("(19|20)[0-9]{2}(-[0-9]{2})?", fullmatch=True))
def test_every_date_that_a_table_takes_has_a_last_day(value: str) -> None:
    if is_date(value):
        assert last_day(value).isoformat().startswith(value)
