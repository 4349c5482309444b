"""Borders that fit together, made once and kept."""

from pathlib import Path

import numpy as np
import pytest
import shapely

from geo_lv.maps.country import borders
from geo_lv.maps.country.borders import Repair, clean_borders, page_borders, simplified
from tests.country.small_country import small_country, square


def shapes(*several: shapely.Geometry | None) -> np.ndarray:
    found = np.empty(len(several), dtype=object)
    found[:] = several
    return found


def test_what_fits_stays_as_it_is() -> None:
    view = small_country()
    found = clean_borders(view.geometry)
    assert found.repair == Repair()
    assert shapely.equals_exact(found.shapes, view.geometry).all()


def test_an_overlap_goes_to_one_of_the_two_and_is_reported() -> None:
    given = shapes(square(0, 0), square(990, 0), square(5000, 0))
    assert not shapely.coverage_is_valid(given)
    found = clean_borders(given)
    assert shapely.coverage_is_valid(found.shapes)
    assert shapely.area(found.shapes).sum() == pytest.approx(2_990_000, abs=1)
    # ten metres of the thousand that one of them was wide
    assert found.repair.largest_change == pytest.approx(0.01, abs=1e-4)
    assert found.repair.mended in {1, 2}
    assert found.repair.lost == ()


def test_a_figure_of_eight_becomes_valid() -> None:
    bow = shapely.Polygon([(0, 0), (1000, 1000), (1000, 0), (0, 1000)])
    found = clean_borders(shapes(bow, square(3000, 0)))
    assert shapely.is_valid(found.shapes).all()
    assert found.repair.mended == 1
    assert found.repair.lost == ()


def test_an_area_without_a_shape_is_named_and_not_dropped() -> None:
    found = clean_borders(shapes(square(0, 0), None, shapely.Polygon()))
    assert len(found.shapes) == 3
    assert found.repair.lost == (1, 2)


def test_neighbours_stay_neighbours_when_bends_go() -> None:
    bend = [(1000, 250), (1002, 400), (1000, 600)]
    left = shapely.Polygon([(0, 0), (1000, 0), *bend, (1000, 1000), (0, 1000)])
    right = shapely.Polygon([(1000, 0), (2000, 0), (2000, 1000), (1000, 1000), *bend[::-1]])
    found = simplified(shapes(left, right), 50)
    assert shapely.coverage_is_valid(found)
    assert shapely.get_num_coordinates(found).tolist() == [5, 5]


def test_what_was_made_once_is_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = shapes(square(0, 0), square(990, 0), None)
    first = page_borders(given, tmp_path)
    monkeypatch.setattr(borders, "clean_borders", lambda _: pytest.fail("made again"))
    second = page_borders(given, tmp_path)
    assert first.repair == second.repair
    assert first.repair.lost == (2,)
    assert shapely.to_wkb(first.shapes).tolist() == shapely.to_wkb(second.shapes).tolist()
    assert len(list(tmp_path.iterdir())) == 1, "nothing unfinished is left"


@pytest.mark.parametrize("damage", [b"", b"x", None], ids=["empty", "rubbish", "cut off"])
def test_a_damaged_file_is_made_again(tmp_path: Path, damage: bytes | None) -> None:
    given = small_country().geometry
    good = page_borders(given, tmp_path)
    [path] = tmp_path.iterdir()
    content = path.read_bytes()
    path.write_bytes(content[:-7] if damage is None else damage)
    again = page_borders(given, tmp_path)
    assert shapely.to_wkb(again.shapes).tolist() == shapely.to_wkb(good.shapes).tolist()
    assert path.read_bytes() == content


def test_other_borders_and_other_wishes_have_files_of_their_own(tmp_path: Path) -> None:
    given = small_country().geometry
    page_borders(given, tmp_path)
    page_borders(given[::-1], tmp_path)
    page_borders(given, tmp_path, tolerance_m=10)
    assert len(list(tmp_path.iterdir())) == 3


def test_the_folder_is_made(tmp_path: Path) -> None:
    page_borders(small_country().geometry, tmp_path / "new" / "folder")
    assert len(list((tmp_path / "new" / "folder").iterdir())) == 1
