"""The embedded data broken in every way that happens: all problems with file, row and column.

Most cases call the loader; one of each kind runs the command as a user does, on top of an earlier
site that must stay as it was, to the byte.
"""

import dataclasses
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest

from geo_lv.errors import InputError, Problem
from geo_lv.inputs import load_inputs
from tests.command import run

BUURTEN = "boundaries/buurten.geojson"
WIJKEN = "boundaries/wijken.geojson"
FIGURES = "statistics/kerncijfers.csv"
CATALOGUE = "statistics/indicators.toml"
SITES = "agreements/new_build.csv"
PHASING = "agreements/phasing.csv"
HOMES = "properties/dwellings.csv"
RULES = "statistics/signals.toml"
SETTINGS = "municipality.toml"
PROVENANCE = "provenance.toml"

Break = Callable[[Path], None]


def text(name: str, old: str, new: str) -> Break:
    """Replace the first occurrence of a text."""

    def apply(data: Path) -> None:
        path = data / name
        content = path.read_bytes()
        assert old.encode() in content
        path.write_bytes(content.replace(old.encode(), new.encode(), 1))

    return apply


def line(name: str, number: int, edit: Callable[[str], str]) -> Break:
    """Change one line, counted from 1."""

    def apply(data: Path) -> None:
        path = data / name
        lines = path.read_text(encoding="utf-8").split("\n")
        lines[number - 1] = edit(lines[number - 1])
        path.write_text("\n".join(lines), encoding="utf-8")

    return apply


def content(name: str, new: bytes) -> Break:
    """Write another content."""

    def apply(data: Path) -> None:
        (data / name).write_bytes(new)

    return apply


def encoded(name: str, encoding: str, old: str = "", new: str = "") -> Break:
    """Save a file in another encoding, after replacing a text."""

    def apply(data: Path) -> None:
        path = data / name
        plain = path.read_text(encoding="utf-8")
        assert old in plain
        path.write_bytes(plain.replace(old, new, 1).encode(encoding, "replace"))

    return apply


def gone(name: str) -> Break:
    return lambda data: (data / name).unlink()


def folder(name: str) -> Break:
    """Put a folder in the place of a file."""

    def apply(data: Path) -> None:
        (data / name).unlink()
        (data / name).mkdir()

    return apply


def feature(position: int, edit: Callable[[dict[str, Any]], object], name: str = BUURTEN) -> Break:
    """Change one area, counted from 1 as in messages; 0 changes all of the file."""

    def apply(data: Path) -> None:
        path = data / name
        tree = json.loads(path.read_text(encoding="utf-8"))
        edit(tree["features"][position - 1] if position else tree)
        path.write_text(json.dumps(tree), encoding="utf-8")

    return apply


def prop(position: int, key: str, value: object, name: str = BUURTEN) -> Break:
    """Change a property of one area."""
    return feature(position, lambda area: area["properties"].update({key: value}), name)


def shape(position: int, geometry: object) -> Break:
    """Change the geometry of one area."""
    return feature(position, lambda area: area.update({"geometry": geometry}))


def polygon(*places: tuple[float, float]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[list(place) for place in places]]}


def reprojected(crs: str, *, keep_label: bool) -> Break:
    """Give the buurten coordinates in another system, with or without saying so."""

    def apply(data: Path) -> None:
        path = data / BUURTEN
        frame = gpd.read_file(path).to_crs(crs)
        tree = json.loads(frame.to_json(to_wgs84=False))
        if keep_label:
            tree["crs"] = {"type": "name", "properties": {"name": crs}}
        else:
            tree.pop("crs", None)
        path.write_text(json.dumps(tree), encoding="utf-8")

    return apply


def geopackage(crs: str, layers: int = 1) -> Break:
    """Replace the GeoJSON of the buurten by a GeoPackage."""

    def apply(data: Path) -> None:
        path = data / BUURTEN
        frame = gpd.read_file(path).to_crs(crs)
        for number in range(layers):
            frame.to_file(path.with_suffix(".gpkg"), driver="GPKG", layer=f"laag{number}")
        path.unlink()

    return apply


def broken_package(data: Path) -> None:
    (data / BUURTEN).unlink()
    (data / BUURTEN).with_suffix(".gpkg").write_bytes(b"PK not a database")


def overlap(data: Path) -> None:
    """Let the second buurt lie over the first as well."""
    path = data / BUURTEN
    tree = json.loads(path.read_text(encoding="utf-8"))
    first, second = tree["features"][:2]
    second["geometry"] = first["geometry"]
    path.write_text(json.dumps(tree), encoding="utf-8")


BOW_TIE = polygon((4.4, 52.1), (4.41, 52.11), (4.41, 52.1), (4.4, 52.11), (4.4, 52.1))
ENTRY = (
    '\n[[file]]\npath = "%s"\ntitle = "t"\nsource = "s"\nlicence = "l"\nvintage = "v"\n'
    'retrieved = "%s"\n'
)


def entry(path: str, retrieved: str = "2026-01-31") -> Break:
    """Add an entry to the provenance."""

    def apply(data: Path) -> None:
        with (data / PROVENANCE).open("a", encoding="utf-8") as file:
            file.write(ENTRY % (path, retrieved))

    return apply


# name: (break, file, row, column, words of what is expected and found); in settings, which grow,
# a row is given by what stands on it once the file is broken
CASES: dict[str, tuple[Break, str, int | str | None, str | None, str]] = {
    # files
    "missing-table": (gone(PHASING), PHASING, None, None, "no such file"),
    "missing-settings": (gone(SETTINGS), SETTINGS, None, None, "no such file"),
    "missing-boundaries": (gone(WIJKEN), WIJKEN, None, None, "no such file"),
    "missing-catalogue": (gone(CATALOGUE), CATALOGUE, None, None, "no such file"),
    "missing-rules": (gone(RULES), RULES, None, None, "no such file"),
    "missing-dwellings": (gone(HOMES), HOMES, None, None, "no such file"),
    "folder-table": (folder(PHASING), PHASING, None, None, "is a directory"),
    "folder-settings": (folder(SETTINGS), SETTINGS, None, None, "is a directory"),
    "folder-boundaries": (folder(BUURTEN), BUURTEN, None, None, "is a directory"),
    "empty-table": (content(FIGURES, b""), FIGURES, 1, None, "an empty file"),
    "empty-settings": (content(SETTINGS, b"\n \n"), SETTINGS, 1, None, "an empty file"),
    "empty-boundaries": (content(BUURTEN, b""), BUURTEN, 1, None, "an empty file"),
    "windows-1252-table": (
        encoded(PHASING, "cp1252"),
        PHASING,
        2,
        "6",
        "Windows-1252",
    ),
    "windows-1252-settings": (
        encoded(SETTINGS, "cp1252", "De Heuvel &", "De Heuvél &"),
        SETTINGS,
        "De Heuv",
        "16",
        "Windows-1252",
    ),
    "windows-1252-boundaries": (
        encoded(BUURTEN, "cp1252", "Prinsenhof hoog", "Prinsenhöf"),
        BUURTEN,
        7,
        None,
        "Windows-1252",
    ),
    "utf-16-table": (encoded(PHASING, "utf-16"), PHASING, 1, "1", "byte 0xFF"),
    "nul-table": (text(SITES, "Diaconessenhuis", "Dia\0"), SITES, 8, "3", "control character 0x00"),
    "nul-settings": (
        text(SETTINGS, "GM1916", "GM\x001916"),
        SETTINGS,
        "gm_code",
        "14",
        "character 0x00",
    ),
    "nul-boundaries": (text(BUURTEN, "Prinsenhof", "Pri\0"), BUURTEN, 7, None, "character 0x00"),
    "nul-escaped-boundaries": (
        prop(3, "bu_name", "a\0b"),
        BUURTEN,
        3,
        "bu_name",
        "expected text",
    ),
    # tables
    "missing-column": (text(FIGURES, ",reason,", ","), FIGURES, 1, "reason", "no such column"),
    "extra-column": (
        text(HOMES, "dwelling_id,", "huurder,dwelling_id,"),
        HOMES,
        1,
        "huurder",
        "expected only dwelling_id",
    ),
    "short-row": (line(PHASING, 3, lambda row: row.rsplit(",", 3)[0]), PHASING, 3, None, "values"),
    "long-row": (line(PHASING, 3, lambda row: f"{row},x"), PHASING, 3, None, "11 values"),
    "unclosed-quote": (
        line(PHASING, 13, lambda row: f'"{row}'),
        PHASING,
        13,
        None,
        "expected a comma-separated table",
    ),
    "long-field": (
        line(PHASING, 11, lambda row: row + "x" * 200_000),
        PHASING,
        11,
        None,
        "field larger than field limit",
    ),
    "semicolons": (
        content(PHASING, b"plan_area;phase;start\nessesteijn;opstellen;2022\n"),
        PHASING,
        1,
        "plan_area",
        "no such column",
    ),
    "year-as-text": (
        text(PHASING, ",2026,", ",tweeduizend,"),
        PHASING,
        11,
        "start",
        "expected a year such as 2024, found 'tweeduizend'",
    ),
    "year-of-other-digits": (
        text(PHASING, ",2026,", ",20\uff12\uff16,"),
        PHASING,
        11,
        "start",
        "a year",
    ),
    "backwards-years": (
        text(PHASING, "2026,2027", "2027,2026"),
        PHASING,
        11,
        "end",
        "2027 or later",
    ),
    "nan": (
        text(FIGURES, "GM1916,arbeidsdeelname,2022,62", "GM1916,arbeidsdeelname,2022,NaN"),
        FIGURES,
        None,
        "value",
        "found 'NaN'",
    ),
    "decimal-comma": (text(HOMES, ",628.39,", ',"628,39",'), HOMES, 2, "rent_eur", "'628,39'"),
    "value-and-reason": (
        text(FIGURES, ",76659,,", ",76659,missing,"),
        FIGURES,
        None,
        "value",
        "expected a value or a reason why there is none, found both",
    ),
    "neither": (text(FIGURES, ",76659,,", ",,,"), FIGURES, None, "value", "found neither"),
    "duplicate-figure": (
        text(FIGURES, "WK191602,stedelijkheid", "WK191601,stedelijkheid"),
        FIGURES,
        None,
        "code + indicator + year",
        "each code + indicator + year once",
    ),
    "duplicate-dwelling": (
        text(HOMES, "FICTIEF-VID-00002", "FICTIEF-VID-00001"),
        HOMES,
        3,
        "corporation + dwelling_id",
        "each corporation + dwelling_id once",
    ),
    "unknown-corporation": (
        line(HOMES, 5, lambda row: row.replace("Vidomes", "Vestia")),
        HOMES,
        5,
        "corporation",
        "'Vestia'",
    ),
    "unknown-label": (
        line(HOMES, 2, lambda row: row.replace(",A+,", ",H,")),
        HOMES,
        2,
        "energy_label",
        "'H'",
    ),
    "unknown-indicator": (
        text(FIGURES, ",stedelijkheid,", ",fietsen,"),
        FIGURES,
        None,
        "indicator",
        "fietsen",
    ),
    "foreign-figure": (
        text(FIGURES, "GM1916,inwoners", "GM0518,inwoners"),
        FIGURES,
        None,
        "code",
        "'GM0518'",
    ),
    "not-a-code": (text(FIGURES, "GM1916,inw", "1916,inw"), FIGURES, None, "code", "'1916'"),
    # boundaries
    "rd-metres-as-wgs84": (
        reprojected("EPSG:28992", keep_label=False),
        BUURTEN,
        1,
        "geometry",
        "an area outside the Netherlands",
    ),
    "degrees-as-rd": (
        feature(0, lambda tree: tree.update({"crs": {"properties": {"name": "EPSG:28992"}}})),
        BUURTEN,
        1,
        "geometry",
        "an area outside the Netherlands",
    ),
    "swapped-axes": (
        shape(2, polygon((52.1, 4.4), (52.2, 4.4), (52.2, 4.5), (52.1, 4.4))),
        BUURTEN,
        2,
        "geometry",
        "an area outside the Netherlands",
    ),
    "other-crs": (
        reprojected("EPSG:3857", keep_label=True),
        BUURTEN,
        1,
        "crs",
        "found 'EPSG:3857'",
    ),
    "unknown-crs": (
        feature(0, lambda tree: tree.update({"crs": {"properties": {"name": "?"}}})),
        BUURTEN,
        1,
        "crs",
        "no known coordinate system",
    ),
    "geopackage-other-crs": (
        geopackage("EPSG:3857"),
        "boundaries/buurten.gpkg",
        1,
        "crs",
        "found 'EPSG:3857'",
    ),
    "geopackage-two-layers": (
        geopackage("EPSG:28992", layers=2),
        "boundaries/buurten.gpkg",
        None,
        None,
        "expected one layer, found 2 layers",
    ),
    "not-a-geopackage": (
        broken_package,
        "boundaries/buurten.gpkg",
        None,
        None,
        "expected a GeoPackage",
    ),
    "invalid-json": (
        content(BUURTEN, b'{"type": "FeatureCollection",\n "features": [}\n'),
        BUURTEN,
        2,
        "15",
        "expected GeoJSON",
    ),
    "deep-json": (content(BUURTEN, b"[" * 200_000), BUURTEN, 1, None, "expected GeoJSON"),
    "json-of-something-else": (content(BUURTEN, b'{"a": 1}'), BUURTEN, 1, "geometry", "no areas"),
    "no-areas": (
        feature(0, lambda tree: tree["features"].clear()),
        BUURTEN,
        1,
        "geometry",
        "no areas",
    ),
    "missing-property": (
        feature(0, lambda tree: [area["properties"].pop("border") for area in tree["features"]]),
        BUURTEN,
        1,
        "border",
        "no such property",
    ),
    "missing-name": (prop(4, "bu_name", None), BUURTEN, 4, "bu_name", "found nothing"),
    "number-as-name": (prop(4, "bu_name", 5), BUURTEN, 4, "bu_name", "found '5'"),
    "list-as-name": (prop(4, "bu_name", ["a", "b"]), BUURTEN, 4, "bu_name", "found \"['a', 'b']\""),
    "unknown-border": (prop(4, "border", "ruw"), BUURTEN, 4, "border", "official or indicative"),
    "foreign-buurt": (
        prop(4, "bu_code", "BU05180103"),
        BUURTEN,
        4,
        "bu_code",
        "expected an area of GM1916, found BU05180103",
    ),
    "not-a-buurt": (prop(4, "bu_code", "BU1916010\uff13"), BUURTEN, 4, "bu_code", "eight digits"),
    "duplicate-buurt": (
        prop(4, "bu_code", "BU19160100"),
        BUURTEN,
        4,
        "bu_code",
        "BU19160100 again",
    ),
    "other-wijk": (prop(4, "wk_code", "WK191602"), BUURTEN, 4, "wk_code", "expected WK191601"),
    "unknown-wijk": (prop(13, "wk_code", "WK191699", WIJKEN), WIJKEN, 13, "wk_code", "'WK191699'"),
    "overlap": (
        overlap,
        BUURTEN,
        2,
        "geometry",
        "'BU19160100' and 'BU19160101' overlapping by",
    ),
    "self-intersection": (shape(4, BOW_TIE), BUURTEN, 4, "geometry", "Self-intersection"),
    "null-geometry": (shape(4, None), BUURTEN, 4, "geometry", "nothing that can be drawn"),
    "half-geometry": (
        shape(4, polygon((4.4, 52.1), (4.5, 52.1))),
        BUURTEN,
        4,
        "geometry",
        "nothing that can be drawn",
    ),
    "nan-geometry": (
        shape(4, polygon((4.4, 52.1), (4.5, float("nan")), (4.5, 52.2), (4.4, 52.1))),
        BUURTEN,
        4,
        "geometry",
        "",
    ),
    "infinite-geometry": (
        shape(4, polygon((4.4, 52.1), (4.5, float("inf")), (4.5, 52.2), (4.4, 52.1))),
        BUURTEN,
        4,
        "geometry",
        "",
    ),
    "line-geometry": (
        shape(4, {"type": "LineString", "coordinates": [[4.4, 52.1], [4.5, 52.1]]}),
        BUURTEN,
        4,
        "geometry",
        "found LineString",
    ),
    # settings
    "toml-syntax": (
        text(SETTINGS, "axis_end = 2035", "axis_end = = 2035"),
        SETTINGS,
        "axis_end = =",
        "12",
        "expected TOML",
    ),
    "toml-unknown-key": (
        text(SETTINGS, "axis_end", "axis_eind"),
        SETTINGS,
        "axis_eind",
        "phasing.axis_eind",
        "no such setting",
    ),
    "toml-number-as-key": (
        text(SETTINGS, "gm_code", '"0" = 1\n"\u00b2" = 2\ngm_code'),
        SETTINGS,
        None,
        "\u00b2",
        "no such setting",
    ),
    "toml-missing-key": (
        text(SETTINGS, "axis_end", "axis_eind"),
        SETTINGS,
        "[phasing]",
        "phasing.axis_end",
        "expected this setting",
    ),
    "toml-year-as-text": (
        text(SETTINGS, "axis_end = 2035", 'axis_end = "2035"'),
        SETTINGS,
        "axis_end",
        "phasing.axis_end",
        "valid integer",
    ),
    "toml-nan": (
        text(SETTINGS, "official_accuracy_m = 10", "official_accuracy_m = nan"),
        SETTINGS,
        "official_accuracy_m",
        "boundaries.official_accuracy_m",
        "nan",
    ),
    "toml-backwards-axis": (
        text(SETTINGS, "axis_end = 2035", "axis_end = 2021"),
        SETTINGS,
        "[phasing]",
        "phasing",
        "axis_end after axis_start",
    ),
    "toml-no-date": (
        text(SETTINGS, "2025-08-31", "2025-08-32"),
        SETTINGS,
        "2025-08-32",
        "phasing.peildatum",
        "a date such as",
    ),
    "toml-deep": (
        content(SETTINGS, b"a = " + b"[" * 50_000),
        SETTINGS,
        1,
        None,
        "expected TOML",
    ),
    "foreign-plan-buurt": (
        text(SETTINGS, '["BU19160502"', '["BU05180502"'),
        SETTINGS,
        "BU05180502",
        "plan_areas.1.bu_codes",
        "expected a buurt of GM1916",
    ),
    "unknown-plan-buurt": (
        text(SETTINGS, '["BU19160502"', '["BU19160599"'),
        SETTINGS,
        "BU19160599",
        "plan_areas.1.bu_codes",
        "found BU19160599",
    ),
    "unknown-meeting-buurt": (
        text(SETTINGS, '["BU19161000"', '["BU19161099"'),
        SETTINGS,
        "BU19161099",
        "meeting_areas.1.bu_codes",
        "found BU19161099",
    ),
    "buurt-in-two-plans": (
        text(SETTINGS, '["BU19160501"]', '["BU19160502"]'),
        SETTINGS,
        'bu_codes = ["BU19160502"]',
        "plan_areas.3.bu_codes",
        "'BU19160502' again",
    ),
    "double-slug": (
        text(SETTINGS, 'slug = "essesteijn"', 'slug = "leidschendam-zuid"'),
        SETTINGS,
        'slug = "leidschendam-zuid"\nname = "Ess',
        "plan_areas.2.slug",
        "'leidschendam-zuid' again",
    ),
    "climbing-slug": (
        text(SETTINGS, 'slug = "essesteijn"', 'slug = "../../etc"'),
        SETTINGS,
        'slug = "..',
        "plan_areas.2.slug",
        "lower-case letters",
    ),
    "upper-case-slug": (
        text(SETTINGS, 'slug = "essesteijn"', 'slug = "Essesteijn"'),
        SETTINGS,
        'slug = "E',
        "plan_areas.2.slug",
        "lower-case letters",
    ),
    "long-slug": (
        text(SETTINGS, 'slug = "essesteijn"', f'slug = "{"x" * 61}"'),
        SETTINGS,
        'slug = "xxx',
        "plan_areas.2.slug",
        "at most 60",
    ),
    "same-corporation": (
        text(SETTINGS, 'name = "WoonInvest"', 'name = "vidomes!"'),
        SETTINGS,
        "vidomes!",
        "corporations.1.name",
        "'vidomes' again",
    ),
    "double-indicator": (
        text(CATALOGUE, 'id = "leeftijd_0_14"', 'id = "inwoners"'),
        CATALOGUE,
        None,
        "indicator.3.id",
        "not yet in use",
    ),
    "unknown-weight": (
        text(CATALOGUE, 'weight = "inwoners"', 'weight = "bomen"'),
        CATALOGUE,
        None,
        None,
        "the id of an indicator in this file",
    ),
    "strong-below-watch": (
        text(RULES, "strong = 2.0", "strong = 0.5"),
        RULES,
        "strong",
        "strong",
        "a number above watch",
    ),
    "unknown-size": (
        text(RULES, 'size = "inwoners"', 'size = "bomen"'),
        RULES,
        "size",
        "size",
        "an indicator in indicators.toml, found 'bomen'",
    ),
    "signal-of-a-count": (
        text(CATALOGUE, 'aggregation = "sum"', 'aggregation = "sum"\nsignal = "mean"'),
        CATALOGUE,
        None,
        "indicator.0",
        "no signal for a figure that is added up",
    ),
    # provenance
    "no-provenance": (
        text(PROVENANCE, 'path = "agreements/phasing.csv"', 'path = "agreements/fasering.csv"'),
        PROVENANCE,
        None,
        "file",
        "expected an entry for agreements/phasing.csv",
    ),
    "climbing-provenance": (
        entry("../../etc/passwd"),
        PROVENANCE,
        "../../etc/passwd",
        "file.15.path",
        "found '../../etc/passwd'",
    ),
    "double-provenance": (
        entry(PHASING),
        PROVENANCE,
        'path = "agreements/phasing.csv"\ntitle = "t"',
        "file.15.path",
        f"{PHASING} again",
    ),
    "no-day": (
        text(PROVENANCE, 'retrieved = "2026-11-23"', 'retrieved = "gisteren"'),
        PROVENANCE,
        None,
        "file.0.retrieved",
        "a day such as",
    ),
}


def row_of(path: Path, row: int | str | None) -> int | None:
    """Return the number of the line where a text starts, or the number that was given."""
    if not isinstance(row, str):
        return row
    return path.read_bytes().decode("latin-1").split(row)[0].count("\n") + 1


def problems(data: Path) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as raised:
        load_inputs(data)
    return raised.value.problems


@pytest.mark.parametrize("name", CASES)
def test_a_problem_names_file_row_and_column(data: Path, name: str) -> None:
    apply, file, row, column, words = CASES[name]
    apply(data)
    found = problems(data)
    place = row_of(data / file, row)
    matching = [
        problem
        for problem in found
        if problem.file == file
        and (place is None or problem.row == place)
        and (column is None or problem.column == column)
        and words in str(problem)
    ]
    assert matching, "\n".join(map(str, found))
    assert all(len(str(problem)) < 600 and str(problem).isprintable() for problem in found)


def test_a_problem_is_reported_once(data: Path) -> None:
    CASES["year-as-text"][0](data)
    assert len(problems(data)) == 1


def test_the_embedded_data_have_no_problem(data: Path) -> None:
    assert len(load_inputs(data).dwellings) == 40


FIVE = (
    "year-as-text",
    "foreign-buurt",
    "toml-unknown-key",
    "duplicate-dwelling",
    "value-and-reason",
)


def test_five_broken_files_are_found_in_one_run(data: Path) -> None:
    """Also when the settings, on which much else hangs, are among them."""
    for name in FIVE:
        if name == "foreign-buurt":  # without settings nobody knows what is foreign
            name = "duplicate-buurt"  # noqa: PLW2901 - the same file, broken in another way
        CASES[name][0](data)
    found = {(problem.file, problem.column) for problem in problems(data)}
    assert found >= {
        (PHASING, "start"),
        (BUURTEN, "bu_code"),
        (SETTINGS, "phasing.axis_eind"),
        (SETTINGS, "phasing.axis_end"),
        (HOMES, "corporation + dwelling_id"),
        (FIGURES, "value"),
    }


def test_problems_of_cells_and_of_references_are_listed_together(data: Path) -> None:
    names = ("nan", "unknown-corporation", "overlap", "backwards-years")
    for name in names:
        CASES[name][0](data)
    found = " ".join(map(str, problems(data)))
    assert [name for name in names if CASES[name][4] not in found] == []


# The command itself


@pytest.fixture(scope="module")
def earlier(site: Path) -> dict[str, bytes]:
    """Return the files of an earlier site."""
    return contents(site)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def refused(data: Path, site: Path, earlier: dict[str, bytes]) -> list[str]:
    """Return the lines that the command says, after a look at what it left behind."""
    out = data.parent / "maps"
    shutil.copytree(site, out)
    before = sorted(path.name for path in data.parent.iterdir())
    done = run("--data", data, "build", "--out", out, cwd=data.parent)
    assert done.returncode == 1
    assert done.stdout == ""
    assert str(data) not in done.stderr
    assert contents(out) == earlier
    assert sorted(path.name for path in data.parent.iterdir()) == before
    return done.stderr.splitlines()


@pytest.mark.parametrize(
    "name",
    [
        "missing-column",
        "missing-table",
        "rd-metres-as-wgs84",
        "geopackage-other-crs",
        "foreign-buurt",
        "duplicate-buurt",
        "overlap",
        "toml-unknown-key",
        "toml-deep",
        "nan",
        "windows-1252-table",
        "deep-json",
        "climbing-slug",
    ],
)
def test_the_command_lists_the_problem_and_leaves_the_earlier_site(
    data: Path, site: Path, earlier: dict[str, bytes], name: str
) -> None:
    apply, file, row, _, words = CASES[name]
    apply(data)
    number = row_of(data / file, row)
    said = refused(data, site, earlier)
    place = file if number is None else f"{file}, row {number}"
    assert [one for one in said if one.startswith(place) and words in one], said


def test_the_command_lists_five_broken_files_in_one_run(
    data: Path, site: Path, earlier: dict[str, bytes]
) -> None:
    for name in FIVE:
        if not name.startswith("toml"):
            CASES[name][0](data)
    CASES["windows-1252-boundaries"][0](data)  # the same file as another one: it comes first
    CASES["double-slug"][0](data)
    said = refused(data, site, earlier)
    assert {one.split(",")[0].split(":")[0] for one in said} == {
        PHASING,
        BUURTEN,
        SETTINGS,
        HOMES,
        FIGURES,
    }


def test_problems_compare_by_what_they_say() -> None:
    """So that the same problem, found along two ways, is listed once."""
    problem = Problem("a.csv", "x", "y", "z", 1, "c")
    assert dataclasses.replace(problem) == problem
    assert len({problem, dataclasses.replace(problem), dataclasses.replace(problem, row=2)}) == 2
