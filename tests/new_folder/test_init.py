"""`geo-lv init`: a folder from files or from sources, complete or not there at all."""

import csv
import json
import shutil
import tomllib
from contextlib import ExitStack
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo_lv.areas import BUURTEN_FILE, load_areas
from geo_lv.indicators.catalogue import load_catalogue
from geo_lv.inputs import embedded_data, load_inputs
from geo_lv.municipality import Municipality, load_municipality
from geo_lv.new_folder.settings import Place
from geo_lv.new_folder.skeleton import skeleton
from tests.command import Done, run
from tests.every_stand_in import services
from tests.new_folder.filled import uncommented
from tests.new_folder.second import BUURTEN, GM, HECTARES, NAME, SHAPES, WIJKEN, Cbs, box
from tests.ogc_stand_in import grid
from tests.stand_in import serving

HEAD = "code,indicator,year,value,reason,source_table"
FIGURES = f"""{HEAD}
{GM},inwoners,2024,2200,,CBS 85984NED
WK990100,inwoners,2024,1500,,CBS 85984NED
WK990101,inwoners,2024,700,,CBS 85984NED
WK990102,inwoners,2024,,suppressed,CBS 85984NED
BU99010000,inwoners,2024,400,,CBS 85984NED
NL00,inwoners,2024,17900000,,CBS 85984NED
GM9902,inwoners,2024,10,,CBS 85984NED
"""
"""One row is about a neighbour."""


@pytest.fixture(scope="module")
def cbs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Cbs().write(tmp_path_factory.mktemp("cbs") / "wijkenbuurten.gpkg")


@pytest.fixture(scope="module")
def made(cbs: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """Return a new folder and what was said of it."""
    folder = tmp_path_factory.mktemp("made")
    figures = folder / "cijfers.csv"
    figures.write_text(FIGURES, encoding="utf-8")
    done = run("init", GM, folder / "data", "--from", cbs, "--from", figures)
    return folder / "data", done


def test_what_is_said_of_a_new_folder(made: tuple[Path, Done]) -> None:
    folder, done = made
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        f"{folder}: {NAME} ({GM}), division of 2024: 3 wijken, 9 buurten, 6 figures",
        "rows of figures about other areas, left out: 1",
        "next:",
        f"  geo-lv --data {folder} build   (then open maps/index.html)",
        f"  write in {folder}/municipality.toml which areas have a plan; see its README.md",
        f"  geo-lv --data {folder} import LIST --corporatie NAME --dry-run",
    ]


def test_areas_are_those_of_the_file(made: tuple[Path, Done]) -> None:
    areas = load_areas(made[0], load_municipality(made[0]))
    hectares = areas.buurten.geometry.area / 10_000
    assert dict(areas.buurten["bu_name"]) == BUURTEN
    assert dict(areas.wijken["wk_name"]) == WIJKEN
    assert hectares.round().astype(int).to_dict() == HECTARES
    assert set(areas.buurten["border"]) == {"official"}


def test_an_island_an_enclave_and_a_foreign_piece_stay_what_they_are(
    made: tuple[Path, Done],
) -> None:
    areas = load_areas(made[0], load_municipality(made[0]))
    shapes = areas.buurten.geometry
    assert shapely.get_num_geometries(shapes["BU99010003"]) == 2
    assert shapely.get_num_interior_rings(shapes["BU99010100"]) == 2
    whole = shapely.coverage_union_all(shapes.to_numpy())
    holes = sum(shapely.get_num_interior_rings(part) for part in shapely.get_parts(whole))
    assert holes == 1  # that of the other municipality; the enclave is filled by its own buurt
    assert shapes["BU99010004"].within(shapely.Polygon(box(2, 0, 2, 2).exterior).buffer(1))


def test_figures_of_other_areas_are_left_out_and_nothing_else(made: tuple[Path, Done]) -> None:
    with (made[0] / "statistics/kerncijfers.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["code"], row["value"], row["reason"]) for row in csv.DictReader(file)]
    assert rows == [
        ("BU99010000", "400", ""),
        (GM, "2200", ""),
        ("NL00", "17900000", ""),
        ("WK990100", "1500", ""),
        ("WK990101", "700", ""),
        ("WK990102", "", "suppressed"),
    ]


def test_where_files_come_from_is_told_and_not_made_up(made: tuple[Path, Done]) -> None:
    entries = {
        entry["path"]: entry
        for entry in tomllib.loads((made[0] / "provenance.toml").read_text("utf-8"))["file"]
    }
    buurten, figures = entries[BUURTEN_FILE], entries["statistics/kerncijfers.csv"]
    assert buurten["source"] == "bestand wijkenbuurten.gpkg"
    assert buurten["licence"] == figures["licence"] == "nog niet ingevuld"
    assert (buurten["division"], buurten["rows"], buurten["url"]) == (2024, 9, "")
    assert figures["source"] == "bestand cijfers.csv"
    assert figures["note"] == "Weggelaten: 1 rij ging over andere gebieden."
    assert entries["agreements/attention.csv"]["title"] == "Aandachtswijken: nog leeg"


def test_indicators_are_those_that_sources_have_of_every_municipality(
    made: tuple[Path, Done],
) -> None:
    here, example = (
        {item.id for item in load_catalogue(data)} for data in (made[0], embedded_data())
    )
    assert here < example
    assert example - here == {
        "autos",  # of a table of which the publisher is not known
        "verhuringen_aandachtsgroepen",
        "verhuringen_kwetsbare_groepen",  # by the agreements of the example
    }


def test_every_wijk_stands_ready_to_be_a_plan_area(made: tuple[Path, Done]) -> None:
    text = (made[0] / "municipality.toml").read_text("utf-8")
    before, after = tomllib.loads(text), tomllib.loads(uncommented(text))
    assert "plan_areas" not in before
    assert [(area["slug"], area["name"]) for area in after["plan_areas"]] == [
        ("de-brulee-oost-west", "De Brûlée 'Oost' & <West>"),
        ("con-01", "Con"),  # con is a name that no file has on Windows
        ("het-zilte-kwartier", 'Het "Zilte" \\ Kwartier'),
    ]
    codes = [code for area in after["plan_areas"] for code in area["bu_codes"]]
    assert codes == sorted(SHAPES)
    assert [area["name"] for area in after["meeting_areas"]] == ["De Brûlée 'Oost' & <West>"]
    assert after["attention_lists"][0]["years"] == [2024]
    assert after["corporations"] == [{"name": "NAME", "stock": 0}]


names_of_areas = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.sampled_from(" -/'"),
    min_size=1,
    max_size=60,
).filter(lambda name: name.strip() and name.isprintable())


@settings(max_examples=100)
@given(
    wijken=st.lists(names_of_areas | st.sampled_from(["con", "A b", "a-b"]), min_size=1, max_size=6)
)
@example(wijken=["x" * 39 + " y"])  # cut at the hyphen
@example(wijken=[" ".join("abcdefghijklmnopqrst")])  # more words than a name of a page may have
def test_settings_are_valid_whatever_wijken_are_called(wijken: list[str]) -> None:
    names = {f"WK9901{number:02}": name for number, name in enumerate(wijken)}
    buurten = {f"BU9901{number:02}00": name for number, name in enumerate(wijken)}
    text = skeleton(Place(GM, "Ergens", 2024, names, buurten), "2026-01-01")["municipality.toml"]
    assert Municipality.model_validate(tomllib.loads(text)).plan_areas == ()
    areas = Municipality.model_validate(tomllib.loads(uncommented(text))).plan_areas
    assert [area.name for area in areas] == wijken
    assert len({area.slug for area in areas}) == len(wijken)


def test_the_example_of_an_agreement_is_one(made: tuple[Path, Done], tmp_path: Path) -> None:
    shutil.copytree(made[0], tmp_path / "data")
    path = tmp_path / "data/agreements/afspraken.toml"
    path.write_text(uncommented(path.read_text("utf-8")), encoding="utf-8")
    with (tmp_path / "data/agreements/sources.csv").open("a", encoding="utf-8") as file:
        file.write("AFSPRAKEN,De afspraken,De afspraken,gemeente,,2025,document\n")
    monitored = load_inputs(tmp_path / "data").agreements.monitored
    assert [goal.value for goal in monitored.goals] == [100]


def test_the_same_files_give_the_same_folder(cbs: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert run("init", GM, tmp_path / name, "--from", cbs).returncode == 0
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / name).rglob("*") if path.is_file()}
        for name in ("one", "two")
    )
    assert one == two
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


def test_buurten_alone_are_enough(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame(
        {"BU_CODE": list(BUURTEN), "BU_NAAM": list(BUURTEN.values())},
        geometry=list(SHAPES.values()),
        crs="EPSG:28992",
    )
    path = tmp_path / "buurten.geojson"
    path.write_text(frame.to_crs("EPSG:4326").to_json(), encoding="utf-8")
    done = run("init", GM.lower(), tmp_path / "data", "--from", path, "--jaar", "2019")
    assert done.returncode == 0
    assert f"{GM} ({GM}), division of 2019: 3 wijken, 9 buurten, 0 figures" in done.stdout
    assert (
        f"no file names {GM}, WK990100, WK990101, WK990102: write the names in municipality.toml "
        "and boundaries/wijken.geojson"
    ) in done.stdout
    wijken = json.loads((tmp_path / "data/boundaries/wijken.geojson").read_text("utf-8"))
    names = [feature["properties"]["wk_name"] for feature in wijken["features"]]
    assert names == ["Wijk 00", "Wijk 01", "Wijk 02"]


def test_a_folder_can_be_made_of_the_files_of_another(
    made: tuple[Path, Done], tmp_path: Path
) -> None:
    given = [made[0] / f"boundaries/{name}.geojson" for name in ("buurten", "wijken")]
    options = [part for path in given for part in ("--from", path)]
    done = run("init", GM, tmp_path / "data", *options, "--jaar", "2024")
    assert done.returncode == 0, done.stderr
    first, again = (
        load_areas(data, load_municipality(data)) for data in (made[0], tmp_path / "data")
    )
    assert again.wijken["wk_name"].to_dict() == first.wijken["wk_name"].to_dict()
    differs = again.buurten.geometry.symmetric_difference(first.buurten.geometry, align=False)
    assert differs.area.max() < 100  # the same but for a centimetre along the border


def broken(frame: gpd.GeoDataFrame, path: Path) -> Path:
    frame.to_file(path, driver="GPKG", layer="buurten")
    return path


def plain(**changes: object) -> gpd.GeoDataFrame:
    frame = gpd.GeoDataFrame(
        {"buurtcode": list(BUURTEN), "buurtnaam": list(BUURTEN.values()), "jaar": 2024},
        geometry=list(SHAPES.values()),
        crs="EPSG:28992",
    )
    return frame.assign(**changes)


NAMES = list(BUURTEN.values())
OTHERS = list(SHAPES.values())[1:]
WRONG_AREAS = {
    "no year": (
        plain().drop(columns="jaar"),
        (
            "expected a column jaar with the year of the division, found none; "
            "say which year it is with --jaar YYYY"
        ),
    ),
    "two years": (
        plain(jaar=[2023] + [2024] * 8),
        "expected a column jaar with the year of the division, found 2 values",
    ),
    "no name": (
        plain(buurtnaam=["", *NAMES[1:]]),
        "row 1, column name: expected a name, found none that can be read; name BU99010000",
    ),
    "a name that would end a comment": (
        plain(buurtnaam=["x\nname = 'y'", *NAMES[1:]]),
        "row 1, column name: expected a name, found none that can be read",
    ),
    "twice": (
        plain(buurtcode=["BU99010001", *list(BUURTEN)[1:]]),
        "expected each buurt once, found BU99010001 again; remove one",
    ),
    "elsewhere": (
        plain(buurtcode=[f"BU9902{code[6:]}" for code in BUURTEN]),
        f"expected buurten of {GM}, found those of GM9902; correct the code",
    ),
    "no buurten": (
        plain().rename(columns={"buurtcode": "code"}),
        "expected one layer of buurten, with a column bu_code or buurtcode, found none",
    ),
    "other crs": (
        plain().to_crs("EPSG:3857"),
        "expected coordinates in WGS 84 (EPSG:4326) or RD New (EPSG:28992), found 'EPSG:3857'",
    ),
    "a point": (
        plain(geometry=[shapely.Point(150_000, 460_000), *OTHERS]),
        "row 1, column geometry: expected a polygon, found Point",
    ),
    "overlap": (
        plain(geometry=[box(0, 1, 1.5), *OTHERS]),
        "expected borders that are less than 1 m from each other",
    ),
}


@pytest.mark.parametrize(("frame", "message"), WRONG_AREAS.values(), ids=WRONG_AREAS)
def test_what_is_wrong_with_a_file_of_areas_is_said(
    frame: gpd.GeoDataFrame, message: str, tmp_path: Path
) -> None:
    path = broken(frame, tmp_path / "buurten.gpkg")
    done = run("init", GM, tmp_path / "data", "--from", path)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("buurten.gpkg")
    assert message in done.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["buurten.gpkg"]


def test_all_problems_of_a_file_of_areas_come_at_once(tmp_path: Path) -> None:
    names = ["", "", *list(BUURTEN.values())[2:]]
    path = broken(plain(buurtnaam=names), tmp_path / "buurten.gpkg")
    done = run("init", GM, tmp_path / "data", "--from", path)
    told = "column name: expected a name, found none that can be read; name"
    assert [line for line in done.stderr.splitlines() if "expected" in line] == [
        f"buurten.gpkg, row 1, {told} BU99010000",
        f"buurten.gpkg, row 2, {told} BU99010001",
    ]


WRONG_FILES = (
    (
        "cijfers.csv",
        f"{HEAD}\n{GM},inwoners,2024,1,,x\n{GM},bomen,2024,1,,x\n",
        (
            "cijfers.csv, row 3, column indicator: expected an indicator that geo-lv fetch knows "
            "too, found 'bomen'"
        ),
    ),
    (
        "cijfers.csv",
        f"{HEAD}\n{GM},inwoners,2024,veel,,x\n",
        "cijfers.csv, row 2, column value: expected a number",
    ),
    ("cijfers.csv", "a,b\n1,2\n", "cijfers.csv, row 1, column code: expected"),
    (
        "cijfers.xlsx",
        "no table",
        "cijfers.xlsx: expected one of .geojson, .json, .gpkg, .shp, .csv, found .xlsx; convert it",
    ),
    (
        "kaart.gpkg",
        "no map",
        "kaart.gpkg: expected a file of areas, found something else; restore the file",
    ),
    ("kaart.geojson", "{", "kaart.geojson, row 1, column 2: expected GeoJSON"),
)


@pytest.mark.parametrize(("name", "text", "message"), WRONG_FILES)
def test_what_is_wrong_with_another_file_is_said(
    name: str, text: str, message: str, cbs: Path, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    done = run("init", GM, tmp_path / "data", "--from", cbs, "--from", tmp_path / name)
    assert done.returncode == 1
    assert message in done.stderr
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_a_figure_in_two_files_is_refused(cbs: Path, tmp_path: Path) -> None:
    for name in ("een.csv", "twee.csv"):
        (tmp_path / name).write_text(FIGURES, encoding="utf-8")
    given = ("--from", tmp_path / "een.csv", "--from", tmp_path / "twee.csv")
    done = run("init", GM, tmp_path / "data", "--from", cbs, *given)
    assert (
        "twee.csv: expected each figure in one file, found 7 that another file has too"
        in done.stderr
    )


def test_a_folder_with_files_is_never_touched(cbs: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/mine.txt").write_text("mine", encoding="utf-8")
    done = run("init", GM, tmp_path / "data", "--from", cbs)
    assert done.returncode == 1
    assert "expected a folder that is not there yet, found one with files in it" in done.stderr
    assert (tmp_path / "data/mine.txt").read_text("utf-8") == "mine"
    assert [path.name for path in tmp_path.rglob("*")] == ["data", "mine.txt"]


def test_an_empty_folder_may_be_filled(cbs: Path, tmp_path: Path) -> None:
    assert run("init", GM, tmp_path, "--from", cbs).returncode == 0
    assert (tmp_path / "municipality.toml").is_file()


def test_the_folder_that_one_is_in_stays(cbs: Path, tmp_path: Path) -> None:
    done = run("init", GM, ".", "--from", cbs, cwd=tmp_path)
    assert done.returncode == 1
    assert "expected a folder that is not there yet, found the one that you are in" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_water_gives_no_name_and_no_area(tmp_path: Path) -> None:
    """A pond has the code of the buurt that it lies in, and a name of its own."""
    frame = plain(water="NEE")
    pond = frame.iloc[[8]].assign(buurtnaam="Plas", water="JA")
    path = broken(pd.concat([frame, pond], ignore_index=True), tmp_path / "buurten.gpkg")
    assert run("init", GM, tmp_path / "data", "--from", path).returncode == 0
    areas = load_areas(tmp_path / "data", load_municipality(tmp_path / "data"))
    assert areas.buurten["bu_name"].to_dict() == BUURTEN


@pytest.mark.parametrize("code", ["0518", "GM518", "GM05188", "BU05180000", "../GM0518"])
def test_what_is_no_code_of_a_municipality_is_refused(code: str, tmp_path: Path) -> None:
    done = run("init", code, tmp_path / "data")
    assert done.returncode == 1
    assert "expected GM and four digits, such as GM0518" in done.stderr
    assert list(tmp_path.iterdir()) == []


PLACE = "GM0518"


def asked(tmp_path: Path, moods: dict[str, str]) -> Done:
    """Make a folder from stand-ins, some of which are in a mood for good."""
    stand_ins = services(grid(PLACE, years=(2024,)))
    with ExitStack() as stack:
        options = []
        for name, service in stand_ins.items():
            if name in moods:
                service.faults, service.lasting = {0: moods[name]}, True
            options += ["--adres", f"{name}={stack.enter_context(serving(service))}"]
        return run("init", PLACE, tmp_path / "data", *options)


def test_sources_fill_a_folder(tmp_path: Path) -> None:
    done = asked(tmp_path, {})
    assert done.returncode == 0, done.stderr
    first, *rest = done.stdout.splitlines()
    assert first.startswith(
        f"{tmp_path}/data: Voorbeeldgemeente ({PLACE}), division of 2024: 2 wijken, 6 buurten, "
    )
    assert [line for line in rest if line.endswith(": refreshed")] == [
        "pdok: refreshed",
        "cbs: refreshed",
        "leefbaarometer: refreshed",
        "politie: refreshed",
    ]
    inputs = load_inputs(tmp_path / "data")
    inhabitants = inputs.statistics[inputs.statistics["indicator"] == "inwoners"]
    newest = inhabitants[inhabitants["year"] == "2024"].set_index("code")["value"]
    assert newest[["BU05180100", "WK051801", PLACE]].tolist() == [1_000, 3_000, 6_000]
    text = (tmp_path / "data/municipality.toml").read_text("utf-8")
    assert '# name = "Rij 1"' in text


def test_without_boundaries_there_is_no_folder(tmp_path: Path) -> None:
    done = asked(tmp_path, {"pdok": "empty"})
    assert done.returncode == 1
    assert "PDOK" in done.stderr
    assert "nothing is made; a file with the areas will do too: --from FILE" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_source_of_figures_that_fails_leaves_a_folder_that_builds(tmp_path: Path) -> None:
    done = asked(tmp_path, {"cbs": "403"})
    assert done.returncode == 1
    assert "cbs: not refreshed, its files are as they were" in done.stdout
    assert (
        f"  geo-lv --data {tmp_path}/data fetch cbs   (what did not come just now)" in done.stdout
    )
    assert "CBS" in done.stderr.splitlines()[-1]
    built = run("--data", tmp_path / "data", "build", "--out", tmp_path / "site")
    assert built.returncode == 0, built.stderr
