"""Small maps: one year of each measure, every area as on the large map, in words too."""

from dataclasses import replace

from geo_lv.maps.drawing import cell_look, drawing
from geo_lv.maps.map_model import Cell
from geo_lv.maps.multiples import newest, small_maps
from geo_lv.maps.render import render_page

from .sample_page import INDICATORS, MAP, PAGE

PEOPLE, LABELS = INDICATORS


def test_the_newest_year_of_each_measure_is_kept() -> None:
    years = [replace(PEOPLE, id=f"mensen-{year}", year=year) for year in ("2024", "2022", "2016")]
    assert newest([*years, LABELS]) == (years[0], LABELS)


def test_areas_look_as_on_the_large_map() -> None:
    shapes = drawing(MAP).shapes
    codes = {shape.id: shape.area.code for shape in shapes}
    tiles = [tile for theme in small_maps(INDICATORS, shapes).values() for tile in theme]
    assert [tile.indicator for tile in tiles] == list(INDICATORS)
    for tile in tiles:
        drawn = {codes[id_]: look for look, ids in tile.groups for id_ in ids}
        cells = tile.indicator.cells.items()
        assert drawn == {code: cell_look(cell) for code, cell in cells if code in codes.values()}


def test_words_say_how_many_areas_each_class_has() -> None:
    shapes = drawing(MAP).shapes
    [tile] = small_maps([PEOPLE], shapes)["Bevolking"]
    assert tile.description == "1 buurt: 30 tot 40; 1 buurt: geheim"
    both = {code: Cell("5", 0) for code in ("BU01", "BU02")}
    [tile] = small_maps([replace(PEOPLE, cells=both)], shapes)["Bevolking"]
    assert tile.description == "2 buurten: minder dan 10"
    [tile] = small_maps([replace(PEOPLE, cells={})], shapes)["Bevolking"]
    assert tile.description == "2 buurten: geen cijfer"


def test_geometry_is_used_again_not_written_again() -> None:
    html = render_page(PAGE).html
    tiles = html[html.index('class="multiples"') :]
    assert '<g class="area class-3"><use href="#v1"/></g>' in tiles
    assert '<g class="area suppressed"><use href="#v2"/></g>' in tiles
    assert all(html.count(f'd="{area.path}"') == 1 for area in MAP.areas[:1])


def test_a_tile_names_its_figure_and_leads_to_it() -> None:
    html = render_page(PAGE).html
    assert '<a href="#indicator=mensen"><strong>Mensen</strong>' in html
    assert html.count('id="indicator=mensen"') == 1, "where the link leads without scripts"
    assert "2024 · per buurt · gemeente 1.245 mensen" in html
    assert '<strong>Labels</strong> <span class="badge fictitious">fictief</span>' in html
