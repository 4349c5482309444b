"""A whole refresh from stand-ins, then a whole build: the site has the expected figures."""

import csv
import io
import json
import re
import shutil
import tomllib
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
import shapely
import shapely.geometry

from geo_lv.inputs import load_inputs
from geo_lv.refresh import RefreshOptions, refresh
from geo_lv.schema import Edition
from geo_lv.site import BuildOptions, build_site
from tests.every_stand_in import services
from tests.ogc_stand_in import Boundaries, from_folder, grid
from tests.refresh.conftest import BY_NAME, DATA, DAY, quick
from tests.stand_in import Service, serving

ELSEWHERE = "GM0518"
"""Another municipality: two wijken of three buurten each."""
SETTINGS = """\
gm_code = "GM0518"
name = "Voorbeeldstad"
start_indicator = "inwoners"

[boundaries]
official_accuracy_m = 10
indicative_accuracy_m = 200

[phasing]
axis_start = 2022
axis_end = 2035
"""
FIGURES = {
    # as they stand in the row of a buurt: mostly the number of the column in table 85984NED
    "arbeidsdeelname": "78",
    "bevolkingsdichtheid": "34",
    "bijstand": "94",  # 94 persons of 1,000 inhabitants
    "corporatiebezit": "49",
    "eenpersoonshuishoudens": "1",  # 30 of 5,000 households are 0.6 %
    "gasverbruik": "61",
    "huishoudens": "5000",
    "inkomen_hoog": "85",
    "inkomen_laag": "84",
    "inwoners": "1000",
    "jeugdzorg": "99",
    "koopwoningen": "47",
    "leeftijd_0_14": "1",  # 8 of 1,000
    "leeftijd_15_24": "1",
    "leeftijd_25_44": "1",
    "leeftijd_45_64": "1",
    "leeftijd_65_plus": "20",  # 200 of 1,000
    "mannen": "6",
    "opleiding_hbo_wo": "34",  # 77 of 75 + 76 + 77
    "oppervlakte_km2": "1,22",  # 122 hectares
    "oppervlakte_land_ha": "123",
    "oppervlakte_totaal_ha": "122",
    "oppervlakte_water_ha": "124",
    "sociaal_minimum": "90",
    "stadsverwarming": "69",
    "stedelijkheid": "2",
    "vrouwen": "7",
    "wmo": "101",
    "woningen": "35",
    "woz_waarde": "39",
}
YOUNG = ("leeftijd_0_14", "leeftijd_15_24", "leeftijd_25_44", "leeftijd_45_64")
OF_A_WIJK = {"inwoners": "3000", "bijstand": "31", **dict.fromkeys(YOUNG, "0")}
"""The same persons among 3,000: 94 are 31 per 1,000, 11 or fewer are less than half a percent."""
SCORES = {
    "leefbaarheid": "4",
    **{
        f"leefbaarheid_{part}": "-0,02"
        for part in ("omgeving", "samenhang", "veiligheid", "voorzieningen", "woningen")
    },
}
POLICE = {
    # one a month of each kind; violence has five kinds; per 1,000 of 3,000 inhabitants
    "misdrijven": ("2025", "12"),
    "geweld": ("2025", "60"),
    "vernieling": ("2025", "12"),
    "winkeldiefstal": ("2025", "12"),
    "woninginbraak": ("2025", "12"),
    "overlast": ("2025", "12"),
    "misdrijven_per_1000": ("2025", "4"),
    "geweld_per_1000": ("2025", "20"),
    "vernieling_per_1000": ("2025", "4"),
    "overlast_per_1000": ("2025", "4"),
}


def elsewhere(folder: Path, place: Boundaries) -> Path:
    """Return a data folder of another municipality: its borders drawn roughly, all else empty."""
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("import", "downloads", "*2016*"))
    (folder / "municipality.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "agreements/afspraken.toml").write_text("# none\n", encoding="utf-8")
    for path in folder.rglob("*.csv"):
        if path.name != "rent_levels.csv":
            path.write_text(path.read_text("utf-8").split("\n")[0] + "\n", encoding="utf-8")
    for level, key in (("buurten", "bu"), ("wijken", "wk")):
        _write_layer(folder / f"boundaries/{level}.geojson", place, key)
    entries = tomllib.loads((DATA / "provenance.toml").read_text("utf-8"))["file"]
    present = [entry["path"] for entry in entries if (folder / entry["path"]).is_file()]
    (folder / "provenance.toml").write_text(
        "\n".join(
            f'[[file]]\npath = "{path}"\ntitle = "{path}"\nsource = "verzonnen"\n'
            'licence = "EUPL-1.2"\nvintage = "2020"\nretrieved = "2020-01-01"\n'
            for path in present
        ),
        encoding="utf-8",
    )
    return folder


def _write_layer(path: Path, place: Boundaries, key: str) -> None:
    names = {buurt.code: buurt.name for buurt in place.buurten} | place.wijk_names
    size = {"bu": 10, "wk": 8}[key]
    groups: dict[str, list[shapely.Geometry]] = {}
    for buurt in place.buurten:
        groups.setdefault(f"{key.upper()}{buurt.code[2:size]}", []).append(buurt.shape)
    features = [
        {
            "type": "Feature",
            "properties": {f"{key}_code": code, f"{key}_name": names[code]}
            | ({"wk_code": f"WK{code[2:8]}", "border": "indicative"} if key == "bu" else {}),
            "geometry": shapely.geometry.mapping(shapely.union_all(shapes)),
        }
        for code, shapes in groups.items()
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    path.write_text(json.dumps({"crs": crs, "features": features}), encoding="utf-8")


def built(data: Path, out: Path, edition: Edition = "publiek") -> dict[str, str]:
    """Build a site; return its texts by path."""
    build_site(BuildOptions(data, out, edition, basemap=False))
    return {
        path.relative_to(out).as_posix(): path.read_text("utf-8")
        for path in sorted(out.rglob("*"))
        if path.suffix in {".html", ".csv", ".json", ".geojson"}
    }


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def refreshed(data: Path, stand_ins: dict[str, Service]) -> None:
    """Refresh a folder from all of them at once."""
    names = list(stand_ins)
    with ExitStack() as stack:
        addresses = {
            name: stack.enter_context(serving(service)) for name, service in stand_ins.items()
        }
        options = RefreshOptions(
            data=data,
            sources=tuple(BY_NAME[name] for name in names),
            day=DAY,
            addresses=addresses,
            open_transport=partial(quick, timeout_s=60.0),  # nothing is slow on purpose here
        )
        report = refresh(options, lambda *_: None)
    assert [outcome.problem for outcome in report.outcomes] == [""] * len(names)


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """Return both editions of a site of another municipality, all of it refreshed."""
    folder = tmp_path_factory.mktemp("elders")
    place = grid(ELSEWHERE, years=(2024,))
    data = elsewhere(folder / "data", place)
    refreshed(data, services(place))
    return {edition: built(data, folder / edition, edition) for edition in ("publiek", "intern")}


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("BU05180100", {}),
        ("WK051801", OF_A_WIJK),
        ("GM0518", OF_A_WIJK | {"inwoners": "6000", "bijstand": "16"}),
        ("NL00", OF_A_WIJK | {"inwoners": "18000000", "bijstand": "0"}),
    ],
)
def test_the_site_has_the_expected_figures(
    other: dict[str, dict[str, str]], code: str, changed: dict[str, str]
) -> None:
    table = rows(other["publiek"]["data/cijfers.csv"])
    found = {
        row["cijfer"]: row["waarde"]
        for row in table
        if row["gebied_code"] == code and row["jaar"] == "2024"
    }
    scored = {} if code == "NL00" else SCORES
    assert found == FIGURES | changed | scored
    assert {row["jaar"] for row in table} == {"2024", ""}
    earlier = rows(other["publiek"]["data/andere_jaren.csv"])
    assert {row["jaar"] for row in earlier} == {"2023"}


def test_figures_of_the_police_are_inside_only(other: dict[str, dict[str, str]]) -> None:
    inside = {
        row["cijfer"]: (row["jaar"], row["waarde"])
        for row in rows(other["intern"]["data/cijfers.csv"])
        if row["gebied_code"] == "WK051802"
    }
    assert {name: inside[name] for name in POLICE} == POLICE
    public = "".join(other["publiek"].values()).lower()
    assert "politie" not in public
    assert not [name for name in POLICE if f";{name};" in public]


def test_every_page_tells_where_its_figures_come_from(other: dict[str, dict[str, str]]) -> None:
    site = other["publiek"]
    assert "Wijkmonitor Voorbeeldstad" in site["index.html"]
    sources = {row["cijfer"]: row["bron"] for row in rows(site["data/cijfers.csv"])}
    assert sources["woz_waarde"] == "CBS 85984NED, opgehaald op 25 november 2026"
    assert sources["leefbaarheid"] == "Leefbaarometer 2024, opgehaald op 25 november 2026"
    account = site["verantwoording.html"]
    for words in ("wijken-en-buurten-2024, buurten", "85618NED (2023), 85984NED (2024)", "CC0"):
        assert words in account
    inputs = {item["path"]: item for item in json.loads(site["manifest.json"])["inputs"]}
    figures = inputs["statistics/kerncijfers.csv"]
    assert (figures["rows"], figures["retrieved"], figures["licence"]) == (600, DAY, "CC BY 4.0")
    assert re.fullmatch("[0-9a-f]{64}", figures["sha256"])


def test_official_borders_replace_the_indicative_ones(other: dict[str, dict[str, str]]) -> None:
    site = other["publiek"]
    layer = json.loads(site["data/buurten.geojson"])
    assert {feature["properties"]["grens"] for feature in layer["features"]} == {"officieel"}
    assert "6 buurten hebben een officiële grens" in site["verantwoording.html"]


def test_the_embedded_folder_goes_on_after_a_refresh(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("import", "downloads"))
    homes = data / "properties/dwellings.csv"
    homes.write_text("".join(homes.read_text("utf-8").splitlines(keepends=True)[:200]), "utf-8")
    place = from_folder(DATA, years=(2024,))
    refreshed(data, services(place, tuple(range(2016, 2025))))
    inputs = load_inputs(data)
    assert (len(inputs.areas.wijken), len(inputs.areas.buurten)) == (13, 43)
    assert set(inputs.areas.buurten["border"]) == {"official"}
    site = built(data, tmp_path / "maps")
    found = {
        (row["gebied_code"], row["cijfer"]): (row["jaar"], row["waarde"])
        for row in rows(site["data/cijfers.csv"])
    }
    assert found["WK191606", "inwoners"] == ("2024", "3000")
    assert found["BU19160600", "leeftijd_65_plus"] == ("2024", "20")
    # three buurten of 1,000 inhabitants make one wijk, of which the figure is taken
    assert found["de-heuvel-amstelwijk", "inwoners"] == ("2024", "3000")
    # two of the five buurten of a wijk: now that buurten have figures, so has the plan area
    assert found["leidschendam-zuid", "inwoners"] == ("2024", "2000")
    # what CBS does not have stays: inhabitants and homes gave way, cars did not
    assert found["BU19160100", "autos"] == ("2016", "675")
    assert "streepjeslijn" not in site["wijkuitvoeringsplan/essesteijn.html"]
