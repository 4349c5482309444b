"""What a new list changes, and the price levels it is judged by; worked out by hand."""

from pathlib import Path

import pandas as pd
import pytest

from geo_lv.errors import InputError
from geo_lv.intake.changes import changes
from geo_lv.rents import FILE, RentLevels, levels_of, load_rent_levels, rent_classes

LEVELS = RentLevels(2023, ("laag", "midden", "hoog"), (452.20, 647.19), "SEED")


def homes(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["dwelling_id", "energy_label", "rent_eur"], dtype="str")


def test_every_change_of_a_list() -> None:
    before = homes(
        ("a", "B", "400"),
        ("b", "C", "452.20"),
        ("c", "A++", "600"),
        ("d", "geen", "700"),
        ("e", "G", ""),
        ("f", "D", "500"),
    )
    after = homes(
        ("a", "B", "452.20"),  # on the limit is under it
        ("b", "A+", "452.21"),
        ("c", "A+", "600"),
        ("d", "E", "700"),
        ("e", "geen", "500"),  # a rent that was unknown has not moved
        ("z", "A", "400"),
    )
    assert changes(before, after, LEVELS).to_numpy().tolist() == [
        ["b", "label up", "C", "A+"],
        ["b", "rent class moved", "laag", "midden"],
        ["c", "label down", "A++", "A+"],
        ["d", "label found", "geen", "E"],
        ["e", "label lost", "G", "geen"],
        ["f", "gone", "", ""],
        ["z", "new", "", ""],
    ]


def test_the_same_list_changes_nothing() -> None:
    same = homes(("a", "B", "400"), ("b", "geen", ""))
    assert changes(same, same, LEVELS).empty
    assert changes(same.head(0), same, LEVELS).empty, "a first list changes nothing"


@pytest.mark.parametrize(
    ("rent", "name"),
    [(0, "laag"), (452.20, "laag"), (452.21, "midden"), (647.19, "midden"), (647.2, "hoog")],
)
def test_rent_classes(rent: float, name: str) -> None:
    assert rent_classes(pd.Series([rent]), LEVELS).tolist() == [name]


def test_an_unknown_rent_has_no_class() -> None:
    assert rent_classes(pd.Series([float("nan")]), LEVELS).tolist() == [""]


def test_the_levels_of_a_year() -> None:
    newer = RentLevels(2025, ("laag", "hoog"), (500.0,), "SEED")
    both = (LEVELS, newer)
    assert levels_of(both, 2024) is LEVELS
    assert levels_of(both, 2025) is newer
    assert levels_of(both, 2030) is newer
    assert levels_of(both, 2020) is LEVELS


def test_the_embedded_levels_are_those_of_the_agreements(data: Path) -> None:
    [levels] = load_rent_levels(data)
    assert levels.year == 2023
    assert levels.limits == (452.20, 647.19, 693.60, 808.06)
    assert len(levels.classes) == 5


@pytest.mark.parametrize(
    ("old", "new"), [("647.19", "447.19"), ("808.06", ""), (",,SEED", ",900,SEED")]
)
def test_levels_must_rise_and_end_open(data: Path, old: str, new: str) -> None:
    path = data / FILE
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match="limits that rise"):
        load_rent_levels(data)
