"""An area layer on a map of folium: what stands in the page, and which frames it refuses."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import MultiPolygon, Point, Polygon, box

from geo_lv import AreaLayer, DataFolder, Measure, load
from geo_lv.errors import ArgumentError, CrsError, GeoLvError, InputError
from tests.once import Once
from tests.small_folder import make

AMERSFOORT = (155_000.0, 463_000.0)
"""Origin of RD New in metres: 52.155173 degrees north and 5.387204 east."""


def frame_of(**columns: Any) -> gpd.GeoDataFrame:
    """Return three squares of a kilometre in RD New, from west to east."""
    x, y = AMERSFOORT
    squares = [box(x + 1000 * n, y, x + 1000 * (n + 1), y + 1000) for n in range(3)]
    codes = pd.Index(["BU00010101", "BU00010102", "BU00010103"], name="code")
    content = {"name": ["West", "Midden", "Oost"], "inwoners": [10.0, np.nan, 30.0], **columns}
    return gpd.GeoDataFrame(content, index=codes, geometry=squares, crs="EPSG:28992")


def page_of(*layers: AreaLayer, **options: Any) -> str:
    """Return the page of a map with layers."""
    chart = folium.Map(tiles=None, **options)
    for layer in layers:
        layer.add_to(chart)
    page: str = chart.get_root().render()
    return page


def data_of(page: str) -> Any:
    """Return the data of the only layer of a page."""
    (block,) = re.findall(r'<script type="application/json" id="[^"]+">(.*?)</script>', page)
    return json.loads(block)


def test_the_geometry_stands_once_whatever_the_number_of_measures() -> None:
    frame = frame_of(auto=[1, 2, 3], huur=[40, 50, 60])
    one = page_of(AreaLayer(frame, {"inwoners": "Inwoners"}))
    three = page_of(AreaLayer(frame, {"inwoners": "Inwoners", "auto": "Auto's", "huur": "Huur"}))
    assert data_of(one)["areas"] == data_of(three)["areas"]
    assert [each["label"] for each in data_of(three)["measures"]] == ["Inwoners", "Auto's", "Huur"]
    assert three.count('"polygons"') == 3


def test_places_are_in_wgs_84() -> None:
    layer = AreaLayer(frame_of(), {"inwoners": "Inwoners"})
    (south, west), (north, east) = layer.bounds
    assert (south, west) == pytest.approx((52.155173, 5.387204), abs=1e-5)
    assert north - south == pytest.approx(1 / 111.2, rel=0.01)  # a kilometre; 111.2 in a degree
    assert east - west == pytest.approx(3 / 68.3, rel=0.01)  # at 52 degrees north
    first, *_ = data_of(page_of(layer))["areas"][0]["polygons"][0]
    ring = np.array(first).reshape(-1, 2).cumsum(axis=0) / 1e6
    assert ring.min(axis=0)[::-1] == pytest.approx((52.155173, 5.387204), abs=1e-5)
    assert tuple(ring[0]) == tuple(ring[-1])


def test_a_map_fits_to_its_layers() -> None:
    chart = folium.Map()
    layer = AreaLayer(frame_of(), {"inwoners": "Inwoners"}).add_to(chart)
    assert chart.get_bounds() == [[*corner] for corner in layer.bounds]


def test_parts_and_holes_are_kept() -> None:
    x, y = AMERSFOORT
    ring = Polygon(
        box(x, y, x + 900, y + 900).exterior, [box(x + 300, y, x + 600, y + 300).exterior]
    )
    frame = frame_of()
    frame.geometry = [MultiPolygon([ring, box(x, y + 2000, x + 9, y + 2009)]), *frame.geometry[1:]]
    polygons = data_of(page_of(AreaLayer(frame, {"inwoners": "Inwoners"})))["areas"][0]["polygons"]
    assert [len(rings) for rings in polygons] == [2, 1]


def test_absent_figures_are_no_class_and_keep_their_reason() -> None:
    frame = frame_of(inwoners=[np.nan, np.nan, np.nan], why=["suppressed", "not_applicable", None])
    measure = Measure("Inwoners", reasons="why")
    (shown,) = data_of(page_of(AreaLayer(frame, {"inwoners": measure})))["measures"]
    assert shown["texts"] == ["geheim", "niet van toepassing", "ontbreekt"]
    assert shown["bins"] == [-2, -3, -1]
    assert shown["classes"] == []


def test_figures_are_written_the_dutch_way_and_classed() -> None:
    frame = frame_of(
        woz=[339.4, 250.0, np.nan], label=[6, 4.6, 0], zon=pd.array([1, None, 2], "Int64")
    )
    measures = {
        "woz": Measure("WOZ", unit="× € 1.000", year="2024"),
        "label": Measure("Label", unit="label"),
        "zon": Measure("Zon", unit="%", decimals=1),
    }
    page = page_of(AreaLayer(frame, measures))
    woz, label, solar = data_of(page)["measures"]
    assert (woz["label"], woz["texts"]) == (
        "WOZ (2024)",
        ["€ 339.000", "€ 250.000", "ontbreekt"],
    )
    assert woz["bins"] == [len(woz["classes"]) - 1, 0, -1]
    # G is 0 and A is 6; classes begin with the worst
    assert label["texts"] == ["A", "B", "G"]
    assert (label["classes"], label["bins"]) == (["G", "B", "A"], [2, 1, 0])
    assert solar["texts"] == ["1,0%", "ontbreekt", "2,0%"]


def test_the_same_frame_gives_the_same_page_and_stays_as_it_was() -> None:
    frame = frame_of()
    before = frame.copy()

    def page() -> str:
        chart = folium.Map(tiles=None)
        chart._id = "kaart"  # noqa: SLF001 - the only way to a repeatable name
        AreaLayer(frame, {"inwoners": "Inwoners"}).add_to(chart)
        return str(chart.get_root().render())

    assert page() == page()
    pd.testing.assert_frame_equal(frame, before)


def test_style_and_script_stand_once_and_no_other_host_is_asked() -> None:
    frame = frame_of()
    bare = page_of()
    page = page_of(
        AreaLayer(frame, {"inwoners": "Inwoners"}), AreaLayer(frame, {"inwoners": "Mensen"})
    )
    assert page.count("window.geoLvAreaLayer = ") == 1
    assert page.count('<script type="application/json"') == 2
    hosts = re.compile(r"https?://[^\s\"']+")
    assert {*hosts.findall(page)} - {*hosts.findall(bare)} == {"http://www.w3.org/2000/svg"}


def test_hostile_texts_stay_data() -> None:
    names = [
        "</script><img src=x onerror=alert(1)>",
        "${alert(1)} {{7*7}} {% raw %}",
        "<!-- \\u003c",
    ]
    labels = ["{{7*7}}", "{% endraw %}"]
    frame = frame_of(name=names, tweede=[1, 2, 3])
    page = page_of(
        AreaLayer(
            frame,
            {"inwoners": Measure(labels[0], source=names[0], note=names[1]), "tweede": labels[1]},
            title="<b>{{7*7}}</b>",
        )
    )
    data = data_of(page)
    assert [each["name"] for each in data["areas"]] == names
    assert [each["label"] for each in data["measures"]] == labels
    assert (data["measures"][0]["source"], data["measures"][0]["note"]) == tuple(names[:2])
    assert data["title"] == "<b>{{7*7}}</b>"
    assert "<img" not in page
    assert "49" not in re.sub(r"[0-9a-f]{32}", "", page.split("</head>")[1].split("_data")[0])


def test_a_title_stays_text_in_a_layer_control() -> None:
    chart = folium.Map(tiles=None)
    AreaLayer(frame_of(), {"inwoners": "Inwoners"}, title="<i>{{7*7}} & co</i>").add_to(chart)
    folium.LayerControl().add_to(chart)
    script = chart.get_root().render().rsplit("<script>", 1)[1]
    (written,) = re.findall(r'(".*") : area_layer_', script)
    assert json.loads(written) == "&lt;i&gt;&#123;&#123;7*7}} &amp; co&lt;/i&gt;"


def _edited(edit: Callable[[gpd.GeoDataFrame], Any]) -> Any:
    frame = frame_of()
    changed = edit(frame)
    return frame if changed is None else changed


def _set(column: str, values: Any) -> Callable[[gpd.GeoDataFrame], Any]:
    return lambda frame: frame.assign(**{column: values})


REFUSED: list[tuple[Callable[[gpd.GeoDataFrame], Any], str]] = [
    (pd.DataFrame, "AreaLayer: expected a GeoDataFrame, found DataFrame; make one with a geometry"),
    (
        lambda frame: gpd.GeoDataFrame(frame.drop(columns="geometry")),
        (
            "AreaLayer: expected a column with the geometry, found none; choose the column with "
            "set_geometry()"
        ),
    ),
    (
        lambda frame: frame.iloc[:0],
        "AreaLayer: expected at least one area, found none; look at what was selected",
    ),
    (
        lambda frame: frame.set_axis(["A", "A", "B"]),
        (
            "AreaLayer: expected each code once in the index, found 'A' again; set "
            "the codes as index, "
            "and select one level and one year"
        ),
    ),
    (
        lambda frame: frame.rename(columns={"name": "naam"}),
        (
            "AreaLayer, column name: expected a column with the names of areas, found none; it has "
            "'naam', 'inwoners', 'geometry'; correct the name of the column"
        ),
    ),
    (
        _set("name", ["West", None, " "]),
        (
            "AreaLayer, column name: expected a name for each area, found none for 'BU00010102', "
            "'BU00010103'; fill it in"
        ),
    ),
    (
        lambda frame: frame.rename(columns={"inwoners": "mensen"}),
        (
            "AreaLayer, column inwoners: expected a column of figures, found none; it has 'name', "
            "'mensen', 'geometry'; correct the name of the column"
        ),
    ),
    (
        _set("inwoners", ["1", "2", "3"]),
        (
            "AreaLayer, column inwoners: expected numbers, found str; convert it with "
            "pandas.to_numeric()"
        ),
    ),
    (
        _set("inwoners", [True, False, True]),
        (
            "AreaLayer, column inwoners: expected numbers, found bool; convert it with "
            "pandas.to_numeric()"
        ),
    ),
    (
        _set("inwoners", [1, np.inf, -np.inf]),
        (
            "AreaLayer, column inwoners: expected finite numbers, found inf for 'BU00010102', "
            "'BU00010103'; make it NaN: it is no figure"
        ),
    ),
    (
        lambda frame: frame.set_geometry([None, Point(1, 1), Polygon()]).set_crs(28992),
        (
            "AreaLayer, column geometry: expected a polygon for each area, found "
            "another or none for "
            "'BU00010101', 'BU00010102', 'BU00010103'; remove or mend these"
        ),
    ),
    (
        lambda frame: frame.set_crs("EPSG:4326", allow_override=True),
        (
            "AreaLayer, column geometry: expected places on the earth, found "
            "others for 'BU00010101', "
            "'BU00010102', 'BU00010103'; the frame says it is in another reference "
            "system than it is: "
            "correct its crs"
        ),
    ),
]


@pytest.mark.parametrize(("edit", "message"), REFUSED)
def test_a_frame_that_cannot_be_shown_is_refused(
    edit: Callable[[gpd.GeoDataFrame], Any], message: str
) -> None:
    with pytest.raises(InputError, match=f"^{re.escape(message)}$") as refused:
        AreaLayer(_edited(edit), {"inwoners": "Inwoners"})
    assert isinstance(refused.value, GeoLvError)


def test_a_frame_without_a_reference_system_is_refused() -> None:
    message = "AreaLayer: expected a reference system, found none; say which with set_crs()"
    frame = frame_of().set_crs(None, allow_override=True)
    with pytest.raises(CrsError, match=f"^{re.escape(message)}$"):
        AreaLayer(frame, {"inwoners": "Inwoners"})


def test_no_columns_are_refused() -> None:
    message = (
        "AreaLayer: expected at least one column of figures, found none; say what to show, such as "
        'columns={"inwoners": "Inwoners"}'
    )
    with pytest.raises(InputError, match=f"^{re.escape(message)}$"):
        AreaLayer(frame_of(), {})


@pytest.mark.parametrize(
    ("values", "reasons", "message"),
    [
        (
            [1, np.nan, 3],
            {"waarom": ["", "secret", ""]},
            (
                "AreaLayer, column why: expected a column of reasons, found none; it has 'name', "
                "'inwoners', 'waarom' and 1 more; correct the name of the column"
            ),
        ),
        (
            [1, np.nan, 3],
            {"why": ["", "geheim", None]},
            (
                "AreaLayer, column why: expected missing, suppressed, not_applicable "
                "or nothing, found "
                "'geheim'; correct them"
            ),
        ),
        (
            [1, np.nan, 3],
            {"why": ["suppressed", "suppressed", ""]},
            (
                "AreaLayer, column why: expected no reason where there is a figure, found one for "
                "'BU00010101'; remove either"
            ),
        ),
    ],
)
def test_reasons_that_say_nothing_are_refused(values: Any, reasons: Any, message: str) -> None:
    frame = frame_of(inwoners=values, **reasons)
    with pytest.raises(InputError, match=f"^{re.escape(message)}$"):
        AreaLayer(frame, {"inwoners": Measure("Inwoners", reasons="why")})


def test_everything_that_is_wrong_is_said_at_once() -> None:
    frame = frame_of(name=["", "Midden", "Oost"], inwoners=["a", "b", "c"]).set_axis(
        ["A", "A", "B"]
    )
    with pytest.raises(InputError) as refused:
        AreaLayer(frame, {"inwoners": "Inwoners", "auto": "Auto's"})
    assert [each.column for each in refused.value.problems] == [None, "name", "inwoners", "auto"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"label": " "}, "Measure: expected a label, found ' '; say what the figures are"),
        (
            {"label": "A", "decimals": 4},
            "Measure: expected 0 to 3 decimals, found 4; choose one of those",
        ),
        (
            {"label": "A", "decimals": -1},
            "Measure: expected 0 to 3 decimals, found -1; choose one of those",
        ),
    ],
)
def test_a_measure_that_cannot_be_shown_is_refused(arguments: Any, message: str) -> None:
    with pytest.raises(ArgumentError, match=f"^{re.escape(message)}$"):
        Measure(**arguments)


def test_a_layer_on_no_map_cannot_be_drawn() -> None:
    message = "AreaLayer: expected to be on a map, found none; add it with add_to(map) first"
    with pytest.raises(ArgumentError, match=f"^{re.escape(message)}$"):
        AreaLayer(frame_of(), {"inwoners": "Inwoners"}).render()


@pytest.fixture(scope="module")
def small(once: Once) -> Path:
    return once("layer-data", make)


@pytest.fixture(scope="module")
def folder(small: Path) -> DataFolder:
    return load(small)


def test_a_layer_of_a_folder_has_its_newest_released_figures(folder: DataFolder) -> None:
    layer = AreaLayer.of(folder, ["huurwoningen", "aandeel_wonen_een"], level="buurt")
    rent, owner = data_of(page_of(layer))["measures"]
    assert rent["label"] == "Huurwoningen (%, 2025)"
    assert rent["texts"] == ["40%", "43%", "46%", "49%"]
    assert (rent["source"], rent["note"]) == ("verzonnen", "")
    # five of ten homes: fewer than ten are secret in the public edition
    assert owner["texts"] == ["geheim"] * 4
    assert owner["note"] == "FICTIEVE VOORBEELDGEGEVENS"


def test_a_layer_of_a_folder_has_the_year_that_is_asked_for(folder: DataFolder) -> None:
    layer = AreaLayer.of(folder, ["inwoners"], year=2024, title="Mensen")
    data = data_of(page_of(layer))
    assert data["title"] == "Mensen"
    assert data["measures"][0]["label"] == "Inwoners (2024)"
    assert data["measures"][0]["texts"] == ["2.205 inwoners", "1.705 inwoners"]


def test_a_layer_of_the_internal_edition_says_so(small: Path) -> None:
    layer = AreaLayer.of(load(small, edition="intern"), ["inwoners", "corporatiewoningen"])
    first, second = data_of(page_of(layer))["measures"]
    assert first["note"] == "INTERN – niet verspreiden"
    assert second["note"] == "FICTIEVE VOORBEELDGEGEVENS · INTERN – niet verspreiden"
    assert second["texts"] == ["20 woningen", "20 woningen"]


@pytest.mark.parametrize(
    ("indicators", "options", "message"),
    [
        (
            ["inwonres"],
            {},
            (
                "AreaLayer.of: expected an indicator of the edition publiek, found "
                "'inwonres'; look in "
                "folder.catalogue"
            ),
        ),
        (
            ["inwoners"],
            {"level": "straat"},
            (
                "AreaLayer.of: expected one of the levels gemeente, plan, wijk, buurt, "
                "found 'straat'; "
                "choose one of those"
            ),
        ),
        (
            ["inwoners"],
            {"year": 1999},
            (
                "AreaLayer.of: expected figures of inwoners for the level wijk in "
                "1999, found none; "
                "choose another level or year: see folder.indicators"
            ),
        ),
        (
            [],
            {},
            (
                "AreaLayer: expected at least one column of figures, found none; say "
                "what to show, such "
                'as columns={"inwoners": "Inwoners"}'
            ),
        ),
    ],
)
def test_what_a_folder_does_not_have_is_refused(
    indicators: list[str], options: Any, message: str, folder: DataFolder
) -> None:
    with pytest.raises(InputError, match=f"^{re.escape(message)}$"):
        AreaLayer.of(folder, indicators, **options)
