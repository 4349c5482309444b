"""Energy labels: counted, averaged on a scale of ranks, never sorted as text."""

import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.errors import InputError
from geo_lv.properties import (
    LABEL_CLASSES,
    LABELS,
    NO_LABEL,
    label_counts,
    label_of,
    load_dwellings,
    mean_label_ordinal,
    poor_label_share,
)

RANKS = {
    "A+++++": 11,
    "A++++": 10,
    "A+++": 9,
    "A++": 8,
    "A+": 7,
    "A": 6,
    "B": 5,
    "C": 4,
    "D": 3,
    "E": 2,
    "F": 1,
    "G": 0,
}


def counts(**homes: int) -> pd.DataFrame:
    """Return one row of counts; ``Aplus`` stands for ``A+``."""
    named = {name.replace("plus", "+"): number for name, number in homes.items()}
    return pd.DataFrame([{label: named.get(label, 0) for label in LABEL_CLASSES}], index=["x"])


@pytest.mark.parametrize(("label", "rank"), RANKS.items())
def test_each_label_has_its_rank_and_comes_back_from_it(label: str, rank: int) -> None:
    homes = pd.DataFrame([{name: int(name == label) for name in LABEL_CLASSES}])
    assert mean_label_ordinal(homes).tolist() == [rank]
    assert label_of(rank) == label


@pytest.mark.parametrize(
    ("mean", "label"),
    [
        (0.0, "G"),
        (0.5, "G"),  # a half goes to the worse label
        (0.501, "F"),
        (4.5, "C"),
        (4.51, "B"),
        (5.499, "B"),
        (10.5, "A++++"),
        (11.0, "A+++++"),
    ],
)
def test_a_mean_gives_the_nearest_label(mean: float, label: str) -> None:
    assert label_of(mean) == label


@pytest.mark.parametrize(
    ("row", "mean", "poor"),
    [
        (counts(A=1, G=1), 3.0, 50.0),
        (counts(A=3, G=1), 4.5, 25.0),
        (counts(Aplus=1, B=1, C=1, D=1), (7 + 5 + 4 + 3) / 4, 0.0),
        (counts(E=1, F=1, G=1), 1.0, 100.0),
        (counts(B=1, geen=99), 5.0, 0.0),  # homes without a label are in no mean and no share
    ],
)
def test_mean_and_share_of_poor_labels(row: pd.DataFrame, mean: float, poor: float) -> None:
    assert mean_label_ordinal(row).tolist() == [mean]
    assert poor_label_share(row).tolist() == [poor]


def test_without_a_label_there_is_no_mean_and_no_share() -> None:
    assert mean_label_ordinal(counts(geen=5)).isna().all()
    assert poor_label_share(counts()).isna().all()


def test_a_mean_of_all_homes_is_not_the_mean_of_two_means() -> None:
    """One home A beside nine homes G: 6 / 10 = 0.6, and not (6 + 0) / 2 = 3."""
    both = counts(A=1) + counts(G=9)
    assert mean_label_ordinal(both).tolist() == [0.6]


@given(st.lists(st.sampled_from(LABEL_CLASSES), min_size=1, max_size=40))
def test_a_mean_lies_between_the_worst_and_the_best_label(labels: list[str]) -> None:
    homes = pd.DataFrame({"area": "x", "energy_label": labels})
    table = label_counts(homes, ["area"])
    known = [RANKS[label] for label in labels if label != NO_LABEL]
    mean, poor = float(mean_label_ordinal(table)["x"]), float(poor_label_share(table)["x"])
    assert table.to_numpy().sum() == len(labels)
    if known:
        assert min(known) <= mean <= max(known)
        assert mean == pytest.approx(sum(known) / len(known))
        assert poor == pytest.approx(100 * sum(rank < 3 for rank in known) / len(known))
        assert LABELS.index(label_of(max(known))) <= LABELS.index(label_of(mean))
    else:
        assert math.isnan(mean)
        assert math.isnan(poor)


def test_labels_are_counted_per_group_in_the_order_from_best_to_worst() -> None:
    homes = pd.DataFrame(
        {
            "area": ["x", "x", "x", "y"],
            "corporation": ["P", "P", "Q", "Q"],
            "energy_label": ["A", "A+", "A", "geen"],
        }
    )
    table = label_counts(homes, ["area", "corporation"])
    assert list(table.columns) == [*RANKS, "geen"]
    assert list(table.index) == [("x", "P"), ("x", "Q"), ("y", "Q")]
    assert table[["A+", "A", "B", "geen"]].to_numpy().tolist() == [
        [1, 1, 0, 0],
        [0, 1, 0, 0],
        [0, 0, 0, 1],
    ]


def test_no_homes_give_no_groups_but_all_classes() -> None:
    nothing = pd.DataFrame({"area": [], "energy_label": []}, dtype="str")
    assert label_counts(nothing, ["area"]).shape == (0, 13)


def test_dwellings_keep_row_code_and_missing_place(data: Path) -> None:
    path = data / "properties" / "dwellings.csv"
    header = path.read_text(encoding="utf-8").splitlines()[0]
    first = {"dwelling_id": "a", "corporation": "P", "energy_label": "geen", "rent_eur": "600.50"}
    second = {
        "dwelling_id": "b",
        "corporation": "P",
        "x_rd": "86000.5",
        "y_rd": "456000",
        "bu_code": "BU19160100",
        "energy_label": "A+++++",
        "rent_eur": "0",
        "build_year": "1895",
    }
    rows = [",".join(row.get(name, "") for name in header.split(",")) for row in (first, second)]
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    homes = load_dwellings(data)
    assert list(homes.index) == [2, 3]
    assert homes["x_rd"].isna().tolist() == [True, False]
    assert homes.loc[3, "x_rd"] == 86000.5
    assert homes["bu_code"].tolist() == ["", "BU19160100"]
    assert homes["rent_eur"].tolist() == [600.5, 0.0]
    assert homes["build_year"].isna().tolist() == [True, False]


def test_a_label_that_does_not_exist_is_refused(data: Path) -> None:
    path = data / "properties" / "dwellings.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",A+,", ",H,", 1), encoding="utf-8")
    with pytest.raises(InputError, match=r"dwellings\.csv, row 2, column energy_label"):
        load_dwellings(data)
