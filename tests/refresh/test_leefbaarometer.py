"""Scores of the Leefbaarometer: found by the names of columns, missing where there are none."""

import csv
import io
from pathlib import Path

import pytest

from geo_lv.inputs import load_inputs
from geo_lv.sources import faults, leefbaarometer
from geo_lv.sources.fetched import Expected, FetchedFile, FetchRequest
from tests.leefbaarometer_stand_in import Scores
from tests.ogc_stand_in import from_folder, grid
from tests.refresh.conftest import DATA, DAY, Run, quick
from tests.stand_in import serving

PLACE = "GM0518"
BUURTEN = grid(PLACE).buurten


def fetched(service: Scores, folder: Path, **settings: object) -> FetchedFile:
    """Fetch and parse everything of a stand-in."""
    with serving(service) as base, quick("Leefbaarometer") as transport:
        request = FetchRequest(PLACE, base, DAY, folder=folder, **settings)  # type: ignore[arg-type]
        documents = leefbaarometer.fetch(transport, request, lambda *_: None)
        (file,) = leefbaarometer.parse(documents, request)
        return file


def rows(file: FetchedFile) -> list[dict[str, str]]:
    """Return the rows of a file."""
    return list(csv.DictReader(io.StringIO(file.content.decode())))


@pytest.mark.parametrize("separator", [",", ";"])
def test_each_area_has_its_score_and_five_dimensions(tmp_path: Path, separator: str) -> None:
    file = fetched(Scores(buurten=BUURTEN, separator=separator), tmp_path)
    found = rows(file)
    assert file.rows == len(found) == 6 * (6 + 2 + 1)
    assert {row["year"] for row in found} == {"2024"}
    assert found[:2] == [
        {
            "code": code,
            "indicator": "leefbaarheid",
            "year": "2024",
            "value": value,
            "reason": "",
            "source_table": "Leefbaarometer 2024",
        }
        for code, value in (("BU05180100", "4.000"), ("BU05180101", "4.010"))
    ]
    assert [*tmp_path.iterdir()] == []


def test_no_score_is_missing_and_never_zero(tmp_path: Path) -> None:
    file = fetched(Scores(buurten=BUURTEN, unscored=frozenset({"BU05180101"})), tmp_path)
    without = [row for row in rows(file) if row["code"] == "BU05180101"]
    assert [(row["value"], row["reason"]) for row in without] == [("", "missing")] * 6


def test_areas_of_another_division_are_left_out(tmp_path: Path) -> None:
    expected = Expected(bu_codes=frozenset({"BU05180100"}), wk_codes=frozenset({"WK051801"}))
    file = fetched(Scores(buurten=BUURTEN), tmp_path, expected=expected)
    assert {row["code"] for row in rows(file)} == {"GM0518", "WK051801", "BU05180100"}


def test_the_newest_measurement_is_taken(tmp_path: Path) -> None:
    service = Scores(buurten=BUURTEN, years=(2022, 2024))
    assert fetched(service, tmp_path).vintage == "2024"
    assert fetched(service, tmp_path, years=(2022,)).vintage == "2022"
    with pytest.raises(faults.RefusedError, match="status 404"):
        fetched(service, tmp_path, years=(2020,))


@pytest.mark.parametrize(
    ("mood", "error", "message"),
    [
        ("renamed", faults.SchemaDriftError, "expected lbm in the scores of buurten"),
        ("no wijken", faults.SchemaDriftError, "one file of scores of wijken in the zip"),
        ("twice", faults.DuplicatePageError, "the same page or row again"),
        ("words", faults.WrongValueError, "expected a number in lbm"),
        ("not a zip", faults.TruncatedError, "a whole zip"),
        ("page", faults.TruncatedError, "a whole zip"),
    ],
)
def test_each_fault_has_its_own_sentence(
    tmp_path: Path, mood: str, error: type[Exception], message: str
) -> None:
    service = Scores(buurten=BUURTEN, faults={0: mood})
    with pytest.raises(error, match=f"^Leefbaarometer: .*{message}"):
        fetched(service, tmp_path, years=(2024,))


def test_the_scores_are_figures_of_the_folder(small: Path, run: Run) -> None:
    before = len(load_inputs(small).statistics)
    with serving(Scores(buurten=from_folder(DATA).buurten)) as base:
        assert not run("leefbaarometer", base).failed
    inputs = load_inputs(small)
    assert len(inputs.statistics) == before + 6 * (43 + 13 + 1)
    assert inputs.certainty["leefbaarheid", "2024"] == "schatting met een rekenmodel"
    (entry,) = (item for item in inputs.provenance if item.path == leefbaarometer.FILE)
    assert (entry.rows, entry.vintage, entry.retrieved) == (6 * 57, "2024", DAY)
