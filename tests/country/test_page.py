"""The page of the country as a file: what it holds, and what it never does."""

import base64
import csv
import gzip
import io
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Transformer

from benchmarks.winding import Grid, coverage
from geo_lv.check.scan import Site, lines_of, scan
from geo_lv.crs import RD_NEW, WEB_MERCATOR
from geo_lv.maps.assets import assets, country_bundle
from geo_lv.maps.country.arcs import Arcs, make_arcs, rings_of
from geo_lv.maps.country.borders import simplified
from geo_lv.maps.country.grid import to_grid
from geo_lv.maps.country.numbers import plain_to_signed, signed_to_plain, steps, unpacked
from geo_lv.maps.country.packing import Columns
from geo_lv.maps.country.page import CSV_PATH, PATH, country_page
from geo_lv.maps.country.view import CountryView, Ints
from geo_lv.traces import TraceKind
from tests.country.small_country import renamed, small_country

HOSTILE = ("</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "${alert(1)}")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    return country_page(small_country(), tmp_path_factory.mktemp("cache"))


def text_of(files: Mapping[str, bytes]) -> str:
    return files[PATH].decode()


def data_of(files: Mapping[str, bytes]) -> dict[str, object]:
    found = re.search(
        r'<script type="application/json" id="geo-lv-data">(.*?)</script>', text_of(files)
    )
    assert found
    data: dict[str, object] = json.loads(found[1])
    return data


def names_of(files: Mapping[str, bytes]) -> list[str]:
    areas = data_of(files)["areas"]
    assert isinstance(areas, dict)
    names: list[str] = json.loads(gzip.decompress(base64.b64decode(areas["names"])))
    return names


def columns_of(files: Mapping[str, bytes]) -> list[Ints]:
    columns = data_of(files)["columns"]
    assert isinstance(columns, dict)
    content = zlib.decompress(base64.b64decode(columns["bytes"]), -zlib.MAX_WBITS)
    ends = np.cumsum(columns["lengths"]).tolist()
    assert ends[-1] == len(content)
    return [unpacked(content[start:end]) for start, end in pairwise([0, *ends])]


def rows_of(files: Mapping[str, bytes]) -> list[dict[str, str]]:
    text = files[CSV_PATH].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_two_builds_are_equal(files: Mapping[str, bytes], tmp_path: Path) -> None:
    assert dict(country_page(small_country(), tmp_path)) == dict(files)


def test_everything_that_the_page_loads_is_there(files: Mapping[str, bytes]) -> None:
    loaded = set(re.findall(r'(?:src|href)="(assets/[^"]+)"', text_of(files)))
    assert loaded == {path for path in files if re.search(r"\.(js|css|svg)$", path)}
    assert not re.search(r"https?://|//cdn", text_of(files))


def test_a_strict_policy_would_block_nothing(files: Mapping[str, bytes]) -> None:
    text = text_of(files)
    assert not re.search(r"<style|\sstyle=|\son\w+=", text)
    inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", text)
    assert inline == ['<script type="application/json" id="geo-lv-data">']


def test_no_other_page_grows(files: Mapping[str, bytes]) -> None:
    own = country_bundle()
    alone = {own.style.path, own.map_script.path, own.scripts[-1].path}
    assert alone < set(files)
    assert not alone & set(assets())


def test_the_page_says_that_figures_are_made_up(files: Mapping[str, bytes], tmp_path: Path) -> None:
    assert "FICTIEVE VOORBEELDGEGEVENS" in text_of(files)
    assert {row["fictief"] for row in rows_of(files)} == {"FICTIEVE VOORBEELDGEGEVENS"}
    real = country_page(replace(small_country(), fictitious=False), tmp_path)
    assert "FICTIEVE" not in text_of(real)
    assert b"FICTIEVE" not in real[CSV_PATH]


def test_codes_names_and_figures_come_back_from_the_data(files: Mapping[str, bytes]) -> None:
    view, data, columns = small_country(), data_of(files), columns_of(files)
    areas = data["areas"]
    assert isinstance(areas, dict)
    codes = np.cumsum(plain_to_signed(columns[areas["codes"]]))
    assert [f"BU{code:08}" for code in codes.tolist()] == list(view.codes)
    assert np.cumsum(plain_to_signed(columns[areas["gemeenten"]])).tolist() == [
        0 if n < 12 else 1 if n < 24 else 2 for n in range(36)
    ]
    assert names_of(files) == list(view.names)
    indicators = data["indicators"]
    assert isinstance(indicators, list)
    growth = indicators[1]
    # tenths of a percent; lowest is -5,0 and four numbers stand for the reasons
    assert growth["low"] == -50
    assert columns[growth["figures"]].tolist()[:3] == [4, 14, 24]
    assert set(columns[growth["figures"]].tolist()[24:]) == {3}


def test_borders_come_back_from_the_data(files: Mapping[str, bytes]) -> None:
    data, columns = data_of(files), columns_of(files)
    shapes, frame = data["shapes"], data["frame"]
    assert isinstance(shapes, dict)
    assert isinstance(frame, dict)
    x, y = (np.cumsum(plain_to_signed(columns[shapes[axis]])) for axis in "xy")
    arcs = Arcs(
        np.column_stack((x, y)),
        columns[shapes["arcs"]],
        np.cumsum(plain_to_signed(columns[shapes["references"]])),
        columns[shapes["rings"]],
    )
    # the first buurt is a square of a kilometre in the north-west of the three rows
    ring = rings_of(arcs)[0]
    corners = (
        frame["west"] + ring[:, 0] * frame["unit"],
        frame["north"] - ring[:, 1] * frame["unit"],
    )
    back = Transformer.from_crs(WEB_MERCATOR, RD_NEW, always_xy=True).transform(*corners)
    found = {(round(x, -1), round(y, -1)) for x, y in zip(*back, strict=True)}
    assert found == {(x, y) for x in (150_000, 151_000) for y in (452_000, 453_000)}
    assert columns[shapes["per_area"]].sum() == len(columns[shapes["rings"]])


def test_a_corner_of_a_border_takes_less_than_two_bytes() -> None:
    shapes = coverage(Grid(20, 20, 1900.0, 80_000.0, 450_000.0), np.random.default_rng(1))
    _, rings, _ = to_grid(simplified(shapes))
    arcs, columns = make_arcs(rings), Columns()
    x, y = signed_to_plain(steps(arcs.points)).T
    columns.add(x)
    columns.add(y)
    packed = columns.packed()
    assert isinstance(packed, dict)
    assert len(packed["bytes"]) < 2 * len(arcs.points)


def test_the_download_has_every_buurt(files: Mapping[str, bytes]) -> None:
    rows = rows_of(files)
    assert [row["code"] for row in rows] == list(small_country().codes)
    assert rows[1] == {
        "code": "BU00010001",
        "naam": "Buurt 1",
        "gm_code": "GM0001",
        "gemeente": "Aalstad",
        "inwoners": "",
        "inwoners_reden": "ontbreekt",
        "groei": "-4",
        "groei_reden": "",
        "woz": "201",
        "woz_reden": "",
        "fictief": "FICTIEVE VOORBEELDGEGEVENS",
    }
    assert rows[2]["inwoners_reden"] == "geheim"
    assert rows[15]["inwoners_reden"] == "niet van toepassing"
    assert {row["groei_reden"] for row in rows[24:]} == {"niet gebouwd"}
    assert {row["groei"] for row in rows[24:]} == {""}


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@x"])
def test_no_name_is_a_formula(start: str, tmp_path: Path) -> None:
    found = rows_of(country_page(named(start, start), tmp_path))
    assert found[0]["naam"] == f"'{start}"
    assert found[0]["gemeente"] == f"'{start}"


def named(buurt: str, gemeente: str) -> CountryView:
    view = small_country()
    first, *others = view.gemeenten
    return replace(
        view,
        names=(buurt, *view.names[1:]),
        gemeenten=(replace(first, name=gemeente, href="javascript:alert(1)"), *others),
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text(name: str, tmp_path: Path) -> None:
    files = country_page(named(name, name), tmp_path)
    text = text_of(files)
    assert "<img" not in text
    assert "<script>" not in text
    assert "javascript:" not in text
    gemeenten = data_of(files)["gemeenten"]
    assert isinstance(gemeenten, list)
    assert names_of(files)[0] == name
    assert gemeenten[0] == ["GM0001", name, "", ""]


@pytest.mark.parametrize(
    ("name", "found"),
    [("Buurt 1", []), ("Vraag naar 06 1234 5678", [TraceKind.PHONE])],
)
def test_a_check_reads_the_names_in_the_data(
    name: str, found: list[TraceKind], tmp_path: Path
) -> None:
    text = text_of(country_page(renamed(small_country(), 3, name), tmp_path))
    site = Site(edition="publiek", places=(), indicators=frozenset(), files=frozenset())
    findings = list(scan(PATH, lines_of(text), site))
    assert [finding.kind for finding in findings] == found
    assert all("in base64, in gzip" in finding.place for finding in findings)


def test_the_lead_counts(files: Mapping[str, bytes]) -> None:
    expected = (
        "36 buurten van 3 gemeenten op één kaart, met 3 cijfers per buurt. "
        "1 gemeente is niet gebouwd: daarvan staan hier geen cijfers."
    )
    assert f'content="{expected}"' in text_of(files)


def test_a_buurt_without_borders_is_named(tmp_path: Path) -> None:
    view = small_country()
    view.geometry[7] = shapely.MultiPolygon()
    text = text_of(country_page(view, tmp_path))
    assert "niet op de kaart maar wel in de tabel: Buurt 7." in text


def test_without_indicators_there_still_is_a_map(tmp_path: Path) -> None:
    text = text_of(country_page(replace(small_country(), indicators=()), tmp_path))
    assert text.count('<path class="area') == 3
