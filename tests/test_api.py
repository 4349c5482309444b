"""The Python API on a small invented folder: its frames, its site, and all that it refuses."""

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, get_type_hints

import geopandas as gpd
import pandas as pd
import pytest
from shapely import box

import geo_lv
from geo_lv import api
from geo_lv.editions import COLUMNS
from geo_lv.errors import ArgumentError, GeoLvError, InputError, OutputError, ReleaseError
from geo_lv.indicators.figures import KEY
from geo_lv.maps import area_layer
from geo_lv.maps.area_layer import measure
from geo_lv.signals.table import COLUMNS as SIGNAL_COLUMNS
from geo_lv.site import BuildOptions, build_site
from tests.once import Once
from tests.small_folder import make

ROOT = Path(__file__).parent.parent
BUURT = "BU00010101"


@pytest.fixture(scope="module")
def small(once: Once) -> Path:
    """Write the small folder once; tests only read it."""
    return once("api-data", make)


@pytest.fixture(scope="module")
def public(small: Path) -> geo_lv.DataFolder:
    return geo_lv.load(small)


@pytest.fixture(scope="module")
def internal(small: Path) -> geo_lv.DataFolder:
    return geo_lv.load(str(small), edition="intern")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a small folder that may be broken."""
    make(tmp_path / "data")
    return tmp_path / "data"


def figure(folder: geo_lv.DataFolder, code: str, indicator: str, year: int | None) -> Any:
    table = folder.indicators
    of_year = table["year"].isna() if year is None else table["year"] == year
    (row,) = table[(table["code"] == code) & (table["indicator"] == indicator) & of_year].index
    return table.loc[row]


def test_areas_are_one_frame_of_all_levels_in_rd_new(public: geo_lv.DataFolder) -> None:
    areas = public.areas
    assert areas.crs.to_string() == "EPSG:28992"
    assert list(areas.columns) == ["level", "name", "wk_code", "plan_area", "geometry"]
    assert areas.index.name == "code"
    expected = {
        "GM0001": ("gemeente", "Voorbeeldstad", None, None, 4e6),
        "het-plan": ("plan", "Het Plan", None, "het-plan", 2e6),
        "WK000101": ("wijk", "Wijk 1", "WK000101", None, 2e6),
        "WK000102": ("wijk", "Wijk 2", "WK000102", None, 2e6),
        "BU00010101": ("buurt", "Buurt 1", "WK000101", "het-plan", 1e6),
        "BU00010102": ("buurt", "Buurt 2", "WK000101", "het-plan", 1e6),
        "BU00010201": ("buurt", "Buurt 3", "WK000102", None, 1e6),
        "BU00010202": ("buurt", "Buurt 4", "WK000102", None, 1e6),
    }
    plain = areas.drop(columns="geometry").astype("object")
    plain = plain.where(plain.notna(), None)
    found = {
        str(code): (*row, square_metres)
        for code, row, square_metres in zip(
            areas.index, plain.itertuples(index=False, name=None), areas.area, strict=True
        )
    }
    assert found == expected
    assert areas.geometry["BU00010202"].equals(box(151_000, 461_000, 152_000, 462_000))


def test_areas_can_be_written_and_read_again(public: geo_lv.DataFolder, tmp_path: Path) -> None:
    public.areas.to_file(tmp_path / "areas.gpkg")
    assert len(gpd.read_file(tmp_path / "areas.gpkg")) == 8


def test_indicators_are_tidy(public: geo_lv.DataFolder) -> None:
    table = public.indicators
    assert list(table.columns) == ["code", "level", "indicator", "year", "value", "reason", "note"]
    assert str(table["year"].dtype) == "Int64"
    assert str(table["value"].dtype) == "float64"
    assert not table.duplicated(KEY).any()
    assert (table["value"].isna() == (table["reason"] != "")).all()
    assert set(table["level"]) == {"gemeente", "plan", "wijk", "buurt"}
    assert set(table["code"]) == set(public.areas.index)
    # 1000 inhabitants in 2023 and 5 more each year; a plan area that is a wijk has its figures
    assert figure(public, BUURT, "inwoners", 2025)["value"] == 1010
    assert figure(public, "het-plan", "inwoners", 2024)["value"] == 2205
    assert figure(public, "het-plan", "inwoners", 2024)["level"] == "plan"
    assert figure(public, "het-plan", "huurwoningen", 2023)["value"] == 52


def test_the_country_is_no_area_but_has_figures(copy: Path) -> None:
    with (copy / "statistics" / "kerncijfers.csv").open("a", encoding="utf-8") as file:
        file.write("NL00,inwoners,2025,18000000,,Tabel\n")
    folder = geo_lv.load(copy)
    assert figure(folder, "NL00", "inwoners", 2025)["level"] == "land"
    assert "NL00" not in folder.areas.index


def test_an_edition_shows_no_more_than_it_may(
    public: geo_lv.DataFolder, internal: geo_lv.DataFolder
) -> None:
    """Five of the ten homes in each buurt are of one corporation: fewer than ten are secret."""
    exact = figure(internal, BUURT, "aandeel_wonen_een", None)
    assert (exact["value"], exact["reason"]) == (50, "")
    hidden = figure(public, BUURT, "aandeel_wonen_een", None)
    assert pd.isna(hidden["value"])
    assert hidden["reason"] == "suppressed"
    assert hidden["note"].startswith("Geheim")


def test_the_catalogue_describes_every_indicator(public: geo_lv.DataFolder) -> None:
    catalogue = public.catalogue
    assert set(public.indicators["indicator"]) <= set(catalogue.index)
    assert list(catalogue.index[:2]) == ["inwoners", "huurwoningen"]
    described = catalogue[["label", "unit", "decimals"]].to_dict("index")
    assert described["huurwoningen"] == {"label": "Huurwoningen", "unit": "%", "decimals": 0}
    assert catalogue["fictitious"].dtype == bool
    assert catalogue["fictitious"].to_dict() == {
        name: name in {"corporatiewoningen", "label_gemiddeld", "label_efg"}
        or name.startswith("aandeel_")
        for name in catalogue.index
    }


def test_signals_have_level_unit_and_certainty(public: geo_lv.DataFolder) -> None:
    signals = public.signals
    front = ["code", "level", "indicator", "year", "signal", "unit", "certainty"]
    rest = [name for name in SIGNAL_COLUMNS if name not in {*KEY, "level"}]
    assert list(signals.columns) == front + rest
    # one indicator can signal; of it there are two wijken and four buurten in three years
    assert signals.groupby(["level", "year"]).size().to_dict() == {
        ("buurt", 2023): 4, ("buurt", 2024): 4, ("buurt", 2025): 4,
        ("wijk", 2023): 2, ("wijk", 2024): 2, ("wijk", 2025): 2,
    }  # fmt: skip
    assert set(signals["unit"]) == {"%"}
    assert set(signals["certainty"]) == {"verzonnen"}
    # 40 percent in this buurt and 58 in the municipality
    newest = signals[(signals["code"] == BUURT) & (signals["year"] == 2025)]
    assert newest["deviation"].tolist() == [-18]
    # with two wijken there is nothing to compare them with: four are asked for
    assert set(signals.loc[signals["level"] == "wijk", "signal"]) == {""}
    assert set(signals.loc[signals["level"] == "wijk", "unjudged"]) == {"no_reference"}


def test_frames_are_worked_out_once(public: geo_lv.DataFolder) -> None:
    assert public.areas is public.areas
    assert public.indicators is public.indicators
    assert public.signals is public.signals
    assert public.catalogue is public.catalogue


def test_the_peildatum_is_the_newest_date_unless_one_is_given(
    small: Path, public: geo_lv.DataFolder
) -> None:
    assert public.peildatum == "2025-01-31"
    assert geo_lv.load(small, peildatum="2026-03-01").peildatum == "2026-03-01"


def test_the_site_is_the_one_that_the_command_builds(small: Path, tmp_path: Path) -> None:
    report = geo_lv.load(small).site(tmp_path / "ours", single_file=True, basemap=False)
    build_site(BuildOptions(small, tmp_path / "its", single_file=True, basemap=False))
    ours, its = (
        {
            path.relative_to(folder): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        for folder in (tmp_path / "ours", tmp_path / "its")
    )
    assert ours == its
    assert (report.pages[0], report.files, report.peildatum) == (
        "index.html",
        len(ours),
        "2025-01-31",
    )


def test_a_folder_shows_where_it_is_and_none_of_its_content(small: Path) -> None:
    assert repr(geo_lv.load(small)) == f"DataFolder(path={small!r}, edition='publiek')"


@pytest.mark.parametrize(
    ("edition", "peildatum", "message"),
    [
        ("openbaar", "", "edition: expected publiek or intern, found 'openbaar'; choose one"),
        *(
            (
                "publiek",
                day,
                f"peildatum: expected a day as YYYY-MM-DD, found '{day}'; correct or omit it",
            )
            for day in ("31-01-2025", "2025-02-30", "20250131", "2025")
        ),
    ],
)
def test_wrong_arguments_are_refused(
    edition: Any, peildatum: str, message: str, small: Path
) -> None:
    with pytest.raises(ArgumentError, match=f"^{re.escape(message)}$") as refused:
        geo_lv.load(small, edition=edition, peildatum=peildatum)
    assert isinstance(refused.value, GeoLvError)
    assert isinstance(refused.value, ValueError)


def test_a_wrong_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for name, found in (("nowhere", "nothing"), ("file", "a file")):
        message = (
            f"{tmp_path / name}: expected a data folder, found {found}; "
            "correct the path, or make one"
        )
        with pytest.raises(InputError, match=f"^{re.escape(message)}$"):
            geo_lv.load(tmp_path / name)


def test_a_folder_half_way_a_refresh_is_refused(copy: Path) -> None:
    (copy / ".refresh").mkdir()
    with pytest.raises(InputError, match="expected a data folder that is not half way a refresh"):
        geo_lv.load(copy)


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_all_problems_of_bad_data_are_listed_at_once(copy: Path) -> None:
    replace_in(copy / "statistics/kerncijfers.csv", "BU00010101,inwoners", "BU99999999,inwoners")
    replace_in(copy / "agreements/sources.csv", "document", "verhaal")
    with pytest.raises(InputError) as refused:
        geo_lv.load(copy)
    assert [(each.file, each.row, each.column) for each in refused.value.problems] == [
        ("agreements/sources.csv", 2, "kind"),
        ("statistics/kerncijfers.csv", 2, "code"),
    ]
    assert len(str(refused.value).splitlines()) == 2
    assert "statistics/kerncijfers.csv, row 2, column code: expected" in str(refused.value)


def test_data_that_were_broken_after_loading_are_refused_by_the_site(
    copy: Path, tmp_path: Path
) -> None:
    folder = geo_lv.load(copy)
    replace_in(copy / "statistics/kerncijfers.csv", "BU00010101,inwoners", "BU99999999,inwoners")
    with pytest.raises(InputError, match=r"kerncijfers\.csv, row 2, column code: expected"):
        folder.site(tmp_path / "maps")
    assert not (tmp_path / "maps").exists()


def _file_of_somebody_else(out: Path) -> None:
    out.mkdir()
    (out / "brief.txt").touch()


@pytest.mark.parametrize(
    ("prepare", "options", "message"),
    [
        (
            _file_of_somebody_else,
            {},
            (
                "{out}: expected an empty folder or an earlier site, found 'brief.txt'; "
                "choose another --out or empty the folder"
            ),
        ),
        (Path.touch, {}, "{out}: expected a folder, found a file; choose another --out"),
        (
            lambda _: None,
            {"publication": "http://example.org"},
            (
                "'http://example.org': expected the https address of a folder, such as "
                "https://www.example.org/monitor/; correct --publicatie"
            ),
        ),
    ],
)
def test_a_site_that_cannot_be_built_is_refused(
    prepare: Callable[[Path], object],
    options: Any,
    message: str,
    public: geo_lv.DataFolder,
    tmp_path: Path,
) -> None:
    out = tmp_path / "maps"
    prepare(out)
    with pytest.raises(OutputError, match=f"^{re.escape(message.format(out=out))}$"):
        public.site(out, **options)


def test_the_internal_edition_is_never_published(
    internal: geo_lv.DataFolder, tmp_path: Path
) -> None:
    with pytest.raises(OutputError, match="expected the edition publiek, found intern"):
        internal.site(tmp_path / "maps", publication="https://example.org/")


def test_an_unknown_option_of_the_site_is_refused(
    public: geo_lv.DataFolder, tmp_path: Path
) -> None:
    wrong: Any = {"singlefile": True}
    message = (
        "site: expected options among single_file, basemap, pdf, pack, publication, "
        "found 'singlefile'; correct or remove it"
    )
    with pytest.raises(ArgumentError, match=f"^{re.escape(message)}$"):
        public.site(tmp_path / "maps", **wrong)
    assert not (tmp_path / "maps").exists()


@pytest.mark.parametrize("name", ["indicators", "catalogue", "signals", "peildatum"])
def test_what_no_edition_lists_is_refused(
    name: str, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = geo_lv.load(small)
    monkeypatch.setattr("geo_lv.editions.COLUMNS", COLUMNS[:-1])
    with pytest.raises(ReleaseError, match=r"^figures: expected only code, .*, found note$"):
        getattr(folder, name)
    with pytest.raises(ReleaseError, match=r"^figures: expected only code, .*, found note$"):
        folder.site(tmp_path / "maps")


def test_import_brings_in_nothing_until_it_is_used() -> None:
    code = (
        "import sys, geo_lv; before = set(sys.modules); geo_lv.load; after = set(sys.modules);"
        "heavy = {'pandas', 'numpy', 'geopandas', 'shapely', 'folium', 'pydantic', 'jinja2'};"
        "print(sorted(before & heavy), 'pandas' in after)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[] True\n"


def test_completion_offers_the_public_names_and_no_other_name_is_there() -> None:
    assert geo_lv.__all__ == ["AreaLayer", "DataFolder", "Measure", "load"]
    assert set(geo_lv.__all__) <= set(dir(geo_lv))
    assert all(getattr(geo_lv, name).__doc__ for name in geo_lv.__all__)
    with pytest.raises(AttributeError, match=r"^module 'geo_lv' has no attribute 'laod'$"):
        getattr(geo_lv, "laod")  # noqa: B009 - mypy knows that it is not there


def test_frames_that_mypy_cannot_see_are_typed_all_the_same() -> None:
    """There are no types of geopandas: to mypy an unannotated frame would look the same."""
    areas = api.DataFolder.__dict__["areas"]
    assert isinstance(areas, cached_property)
    assert get_type_hints(areas.func)["return"] is gpd.GeoDataFrame
    assert get_type_hints(geo_lv.AreaLayer.__init__)["frame"] is gpd.GeoDataFrame


@pytest.mark.parametrize(
    ("module", "examples"),
    [(api, 14), (area_layer, 9), (measure, 2)],
    ids=lambda each: str(each)[:40],
)
def test_the_examples_in_the_docstrings_run(module: Any, examples: int) -> None:
    assert doctest.testmod(module) == doctest.TestResults(failed=0, attempted=examples)


def test_the_examples_in_the_documentation_run() -> None:
    done = doctest.testfile(
        str(ROOT / "docs" / "api.md"), module_relative=False, optionflags=doctest.ELLIPSIS
    )
    assert done == doctest.TestResults(failed=0, attempted=19)


def test_the_lines_in_the_readme_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    section = (ROOT / "README.md").read_text(encoding="utf-8").split("## From Python")[1]
    lines = section.split("```python\n")[1].split("```")[0]
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(lines, names)  # noqa: S102 - what a reader would type
    assert (tmp_path / "maps" / "index.html").is_file()
    assert names["layer"].title == "Gemiddelde WOZ-waarde"
