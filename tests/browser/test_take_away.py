"""What a reader takes away is what the page shows: its figures, its areas and its picture."""

import csv
import io
import json
import re
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import geopandas as gpd
import pytest
import shapely
from playwright.sync_api import Browser, expect

from geo_lv.crs import RD_NEW

from .conftest import WAYS, Address, NewVisit
from .reader import (
    AREAS,
    BUURT_FIGURE,
    PLAN_PAGES,
    REASONS,
    SLIDER,
    WIJK_FIGURE,
    Visit,
    choose,
    headings,
    layer_keys,
    legend,
    options,
    tables,
    visible_areas,
)

KINDS: Final = ("csv", "geojson", "svg", "png")
PLAN: Final = "wijkuitvoeringsplan/essesteijn.html"
PHASING: Final = "thema/warmtetransitie.html"
MARK: Final = "FICTIEVE VOORBEELDGEGEVENS"
FICTITIOUS: Final = "label_efg"
COLUMNS: Final = (
    "code;naam;niveau;cijfer;jaar;waarde;eenheid;reden;vergelijking;signaal;gemeente;zekerheid;"
    "bron;fictief"
)
NEAR_M: Final = 2
FAR_SHARE: Final = 0.0005
"""Part of the pixels of two pictures without letters that may clearly differ."""
LETTERED_FAR_SHARE: Final = 0.01
"""The same with letters, whose edges depend on where exactly they fall."""
SVG: Final = "{http://www.w3.org/2000/svg}"

_COMPARE: Final = """async ([one, other]) => {
  const pixels = async (image) => {
    const picture = new Image();
    picture.src = "data:image/png;base64," + image;
    await picture.decode();
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const brush = canvas.getContext("2d");
    brush.drawImage(picture, 0, 0);
    return brush.getImageData(0, 0, picture.width, picture.height);
  };
  const [a, b] = [await pixels(one), await pixels(other)];
  const counts = new Map();  // by number: a million texts take seconds
  let sum = 0, far = 0;
  for (let at = 0; at < a.data.length; at += 4) {
    let largest = 0, colour = 0;
    for (let part = at; part < at + 3; part += 1) {
      const gap = Math.abs(a.data[part] - b.data[part]);
      sum += gap;
      largest = Math.max(largest, gap);
      colour = colour << 8 | a.data[part];
    }
    far += largest > 48;
    counts.set(colour, (counts.get(colour) || 0) + 1);
  }
  const all = a.data.length / 4;
  const name = (colour) => `rgb(${colour >> 16}, ${colour >> 8 & 255}, ${colour & 255})`;
  return { sizes: [[a.width, a.height], [b.width, b.height]], mean: sum / all / 3, far: far / all,
    counts: Object.fromEntries([...counts].filter((pair) => pair[1] > 200)
      .map(([colour, count]) => [name(colour), count])) };
}"""


_EVERYTHING: Final = """async ([options, areas]) => {
  HTMLAnchorElement.prototype.click = () => {};
  const press = (kind) => new Promise((done) => {
    URL.createObjectURL = (blob) => { done(blob.text()); return ""; };
    document.getElementById("bewaar-" + kind).click();
  });
  const found = {};
  for (const option of options) {
    const chooser = document.getElementById("kies-cijfer");
    chooser.value = option;
    chooser.dispatchEvent(new Event("change", { bubbles: true }));
    found[option] = {
      csv: await press("csv"), geojson: await press("geojson"), svg: await press("svg"),
      labels: [...document.querySelectorAll(areas)].filter((area) => area.checkVisibility())
        .map((area) => area.getAttribute("aria-label")) };
  }
  return found;
}"""


def everything(reader: Visit) -> dict[str, dict[str, Any]]:
    """
    Press the buttons for every indicator, and return what would be saved.

    Chromium lets a page save ten files per second and drops the next one without a word. No person
    is that fast, but a test is, so nothing is really saved here.
    """
    open_saving(reader)
    found: dict[str, dict[str, Any]] = reader.evaluate(_EVERYTHING, [list(options(reader)), AREAS])
    return found


def open_saving(reader: Visit) -> None:
    """Show the buttons, and wait until the script that opening asks for has wired the last one."""
    last = reader.page.locator(f"#bewaar-{KINDS[-1]}")
    if not last.is_visible():
        reader.page.locator("summary", has_text="Bewaren").click()
    expect(last).to_be_enabled()


def take(reader: Visit, kind: str) -> tuple[str, bytes]:
    """Save what is shown with the button for it; return the name of the file and what is in it."""
    open_saving(reader)
    with reader.page.expect_download() as coming:
        reader.page.locator(f"#bewaar-{kind}").click()
    return coming.value.suggested_filename, Path(coming.value.path()).read_bytes()


def message(reader: Visit) -> str:
    return reader.page.locator("#kaart-melding").inner_text()


def rows(content: bytes) -> list[dict[str, str]]:
    """Read a CSV as a Dutch spreadsheet does."""
    text = content.decode("utf-8-sig")
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def names_of(content: bytes) -> list[str]:
    """Return the names of the areas in an SVG: shapes with a title, but for new-build sites."""
    titles = ET.fromstring(content).findall(f".//{SVG}path/{SVG}title")  # noqa: S314 - our own
    return [str(title.text) for title in titles]


def texts_of(content: bytes) -> str:
    """Return everything that is written in an SVG."""
    found = ET.fromstring(content).findall(f".//{SVG}text")  # noqa: S314 - our own
    return " ".join(str(text.text) for text in found)


@pytest.mark.parametrize("way", WAYS)
def test_everything_can_be_saved(way: str, address: Address, visit: NewVisit) -> None:
    reader = visit(address(PLAN, way))
    choose(reader, WIJK_FIGURE)
    for kind in KINDS:
        name, content = take(reader, kind)
        assert name == f"essesteijn-{WIJK_FIGURE}.{kind}"
        assert message(reader) == f"Bewaard: {name}"
        assert len(content) > 500
    assert reader.complaints() == {}


def test_a_single_file_can_save_too(single_site: Path, visit: NewVisit) -> None:
    reader = visit((single_site / "index.html").as_uri())
    names = [take(reader, kind)[0] for kind in KINDS]
    assert [name.rsplit(".", 1)[1] for name in names] == list(KINDS)
    assert reader.complaints() == {}


def test_without_a_figure_the_areas_remain(address: Address, visit: NewVisit) -> None:
    reader = visit(address(PLAN, "policy"))
    choose(reader, "")
    name, content = take(reader, "csv")
    assert name == "essesteijn-kaart.csv"
    assert set(rows(content)[0]) == {"code", "naam", "niveau"}
    features = json.loads(take(reader, "geojson")[1])["features"]
    assert [f["properties"] for f in features] == rows(content)
    assert "Bron:" not in texts_of(take(reader, "svg")[1])


def number_in(text: str) -> float | str:
    """Return the number that a text of the table stands for; other texts stay what they are."""
    plain = text.removeprefix("€ ")
    is_number = re.fullmatch(r"−?\d[\d.]*(,\d+)?", plain)
    return float(plain.replace(".", "").replace(",", ".").replace("−", "-")) if is_number else text


def cell_number(text: str) -> float | str:
    """Return the number in a cell of a Dutch CSV."""
    return float(text.replace(",", ".")) if re.fullmatch(r"-?\d+(,\d+)?", text) else text


def label_of(record: Mapping[str, str], text: str) -> str:
    """Return the accessible name that an area must have when the table says this text."""
    unit = "" if record["reden"] or "€" in text else record["eenheid"]
    if unit in {"klasse", "label"}:
        text = f"{unit} {text}"
    elif unit:
        text += unit if unit.startswith("%") else f" {unit}"
    year = f" ({record['jaar']})" if record["jaar"] else ""
    return f"{record['naam']}: {text}{year}"


@pytest.mark.parametrize("path", [PLAN, "index.html"])
def test_every_figure_is_the_one_of_the_page(
    path: str, site: Path, address: Address, visit: NewVisit
) -> None:
    reader = visit(address(path, "policy"))
    heading, by_level = headings(site), tables(reader)
    reasons = set()
    for option, made in everything(reader).items():
        records = rows(made["csv"].encode("utf-8-sig"))
        assert ";".join(records[0]) == COLUMNS
        column = by_level[records[0]["niveau"]].column(heading[option])
        wanted = {name: number_in(text) for name, text in column.items()}
        saved = {r["naam"]: r["reden"] or cell_number(r["waarde"]) for r in records}
        assert saved == wanted, option
        collection = json.loads(made["geojson"])
        properties = [feature["properties"] for feature in collection["features"]]
        assert {p["naam"]: p["reden"] or p["waarde"] for p in properties} == wanted, option
        keys = ("code", "reden", "jaar", "eenheid")
        assert [[p[k] for k in keys] for p in properties] == [[r[k] for k in keys] for r in records]
        labels = sorted(label_of(p, column[p["naam"]]) for p in properties)
        assert labels == sorted(made["labels"]), option
        assert sorted(names_of(made["svg"].encode())) == labels, option
        marked = {r["fictief"] for r in records} | {collection.get("fictief", "")}
        assert marked == ({MARK} if "fictief" in heading[option] else {""})
        assert collection["bronnen"][0] == records[0]["bron"]
        reasons |= {r["reden"] for r in records}
    assert path == PLAN or reasons & set(REASONS), "areas without a figure were compared too"
    assert reader.complaints() == {}


def test_a_hostile_name_stays_a_cell(address: Address, visit: NewVisit) -> None:
    reader = visit(address(PLAN, "policy"))
    choose(reader, WIJK_FIGURE)
    hostile = [
        "=1+1",
        "@SUM(A1)",
        '+1;"x"',
        "\t=1",
        "\r\n=cmd|' /C calc'!A0",
        "</title><script>alert(1)</script>",
        "-3,4",
        "−3,4",
        "-3,4+1",
    ]
    reader.evaluate(
        """(names) => { Object.values(geoLv.data.areas).filter((area) => area.level === "wijk")
             .forEach((area, n) => { area.name = names[n % names.length]; }); geoLv.set({}); }""",
        hostile,
    )
    content = take(reader, "csv")[1]
    found = [row["naam"] for row in rows(content)]
    safe = ["'=1+1", "'@SUM(A1)", '\'+1;"x"', "'\t=1", "'\r\n=cmd|' /C calc'!A0"]
    safe += ["</title><script>alert(1)</script>", "-3,4", "−3,4", "'-3,4+1"]
    assert found == [safe[n % len(safe)] for n in range(len(found))]
    assert len(found) > 4
    assert content.decode("utf-8-sig").endswith("\r\n")
    assert "=1+1: " in "".join(names_of(take(reader, "svg")[1]))
    assert reader.complaints() == {}


@pytest.mark.parametrize(
    ("option", "file"), [(WIJK_FIGURE, "wijken.geojson"), (BUURT_FIGURE, "buurten.geojson")]
)
@pytest.mark.parametrize("path", ["index.html", PLAN])
def test_areas_lie_where_they_are(
    path: str, option: str, file: str, site: Path, address: Address, visit: NewVisit
) -> None:
    reader = visit(address(path, "policy"))
    choose(reader, option)
    content = take(reader, "geojson")[1]
    assert all(
        len(str(number).partition(".")[2]) <= 6
        for number in numbers(json.loads(content)["features"])
    )
    taken = gpd.read_file(io.BytesIO(content)).set_index("code").to_crs(RD_NEW)
    there = gpd.read_file(site / "data" / file).set_index("code").to_crs(RD_NEW)
    assert taken.geometry.is_valid.all()
    if path == "index.html":
        assert set(taken.index) == set(there.index)
    for code, shape in taken.geometry.items():
        assert shapely.hausdorff_distance(shape, there.geometry[code]) < NEAR_M, code
        assert counted(shape) == counted(there.geometry[code])
    for feature in json.loads(content)["features"]:
        assert turns(feature["geometry"])


def numbers(features: list[dict[str, Any]]) -> list[float]:
    return [
        number
        for feature in features
        for ring in rings(feature["geometry"])
        for place in ring
        for number in place
    ]


def rings(geometry: Mapping[str, Any]) -> list[list[list[float]]]:
    several = geometry["type"] == "MultiPolygon"
    parts = geometry["coordinates"] if several else [geometry["coordinates"]]
    return [ring for part in parts for ring in part]


def counted(shape: shapely.Geometry) -> list[int]:
    """Return the number of holes of each part."""
    return sorted(shapely.get_num_interior_rings(part) for part in shapely.get_parts(shape))


def turns(geometry: Mapping[str, Any]) -> bool:
    """Tell whether rings are closed, and turn as RFC 7946 says."""
    several = geometry["type"] == "MultiPolygon"
    parts = geometry["coordinates"] if several else [geometry["coordinates"]]
    return all(
        ring[0] == ring[-1] and shapely.is_ccw(shapely.linearrings(ring)) == (n == 0)
        for part in parts
        for n, ring in enumerate(part)
    )


def test_an_area_in_two_parts_with_a_hole(address: Address, visit: NewVisit) -> None:
    reader = visit(address(PLAN, "policy"))
    outer = [[52.0, 4.0], [52.0, 4.3], [52.3, 4.3], [52.3, 4.0]]
    hole = [[52.1, 4.1], [52.2, 4.1], [52.2, 4.2], [52.1, 4.2]]
    island = [[52.0, 5.0], [52.0, 5.1], [52.1, 5.1]]
    reader.evaluate(
        "(rings) => geoLv.areas.seen()[0].layer.setLatLngs(rings)", [outer, hole, island]
    )
    geometry = json.loads(take(reader, "geojson")[1])["features"][0]["geometry"]
    wanted = shapely.MultiPolygon(
        [
            (
                [(4.0, 52.0), (4.3, 52.0), (4.3, 52.3), (4.0, 52.3)],
                [[(4.1, 52.1), (4.1, 52.2), (4.2, 52.2), (4.2, 52.1)]],
            ),
            ([(5.0, 52.0), (5.1, 52.0), (5.1, 52.1)], []),
        ]
    )
    assert geometry["type"] == "MultiPolygon"
    assert shapely.equals(shapely.geometry.shape(geometry), wanted)
    assert turns(geometry)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [PLAN, PHASING])
def test_the_picture_stands_alone(
    path: str, scheme: str, address: Address, visit: NewVisit
) -> None:
    reader = visit(address(path, "policy"), color_scheme=scheme)
    reader.page.locator("input[name=sites]").check()
    content = take(reader, "svg")[1]
    root = ET.fromstring(content)  # noqa: S314 - our own
    every = list(root.iter())
    assert {each.tag for each in every} == {
        SVG + tag
        for tag in ("svg", "title", "desc", "g", "path", "rect", "circle", "text", "pattern")
    }
    assert not {name for each in every for name in each.attrib} & {
        "class",
        "style",
        "href",
        "onload",
    }
    ids = [each.attrib["id"] for each in every if "id" in each.attrib]
    assert len(ids) == len(set(ids))
    used = {
        value[5:-1] for each in every for value in each.attrib.values() if value.startswith("url(#")
    }
    assert used == set(ids)
    assert b"://" not in content.replace(b'xmlns="http://www.w3.org/2000/svg"', b"")
    assert root.findtext(f"{SVG}title")
    assert root.findtext(f"{SVG}desc")
    written = texts_of(content)
    for line in (*legend(reader), *layer_keys(reader)):
        assert " ".join(line["words"].split()) in written
    for words in (reader.page.locator("h1").inner_text(), "Peildatum", "Grenzen: CBS", "N", "m"):
        assert words in written


def test_the_picture_says_what_it_shows(address: Address, visit: NewVisit) -> None:
    reader = visit(address("index.html", "policy"))
    for option, marked in ((WIJK_FIGURE, False), (FICTITIOUS, True)):
        choose(reader, option)
        written = texts_of(take(reader, "svg")[1])
        assert (MARK in written) == marked
        assert reader.page.locator("#legenda-label").inner_text() in written
        assert reader.page.locator("#uitleg-bron").inner_text() in written
        assert "Meer over" not in written, "a link is of no use on paper"


def drawn(chromium: Browser, svg: bytes, tmp_path: Path) -> bytes:
    """Return what Chromium makes of an SVG, at twice its size."""
    file = tmp_path / "kaart.svg"
    file.write_bytes(svg)
    root = ET.fromstring(svg)  # noqa: S314 - our own
    size = {"width": int(root.attrib["width"]), "height": round(float(root.attrib["height"]))}
    page = chromium.new_page(viewport=size, device_scale_factor=2)  # type: ignore[arg-type]
    try:
        page.goto(file.as_uri())
        return page.screenshot()
    finally:
        page.close()


def compared(reader: Visit, one: bytes, other: bytes) -> dict[str, Any]:
    """Return how far two pictures differ, and the colours of the first."""
    images = [b64encode(one).decode(), b64encode(other).decode()]
    found: dict[str, Any] = reader.evaluate(_COMPARE, images)
    assert found["sizes"][0] == found["sizes"][1]
    return found


def unlettered(svg: bytes) -> bytes:
    """Return an SVG without its texts."""
    root = ET.fromstring(svg)  # noqa: S314 - our own
    for parent in root.iter():
        for text in parent.findall(f"{SVG}text"):
            parent.remove(text)
    return ET.tostring(root)


def unlettered_png(reader: Visit, svg: bytes) -> bytes:
    """Save the PNG with nothing written on it; what would be, must be what the SVG says."""
    reader.evaluate("""() => {
      window.written = [];
      const brush = CanvasRenderingContext2D.prototype;
      brush.fillText = (text, x, y) => window.written.push([text, Number.isFinite(+x + +y)]);
      brush.strokeText = () => {};
    }""")
    content = take(reader, "png")[1]
    written = reader.evaluate("() => window.written")
    assert " ".join(text for text, _ in written) == texts_of(svg)
    assert all(placed for _, placed in written)
    return content


@pytest.mark.parametrize(
    ("path", "option"), [("index.html", WIJK_FIGURE), (PLAN_PAGES[0], BUURT_FIGURE), (PHASING, "")]
)
def test_both_pictures_are_the_same(
    path: str, option: str, tmp_path: Path, chromium: Browser, address: Address, visit: NewVisit
) -> None:
    reader = visit(address(path, "policy"))
    choose(reader, option)
    svg, png = take(reader, "svg")[1], take(reader, "png")[1]
    found = compared(visit(), png, drawn(chromium, svg, tmp_path))
    assert found["sizes"][0][0] == 2 * int(ET.fromstring(svg).attrib["width"])  # noqa: S314 - our own picture
    assert found["far"] < LETTERED_FAR_SHARE, found
    plain = unlettered_png(reader, svg)
    found = compared(visit(), plain, drawn(chromium, unlettered(svg), tmp_path))
    assert found["far"] < FAR_SHARE, found
    assert found["mean"] < 0.8, found
    classes = {line["fill"] for line in legend(reader) if line["fill"].startswith("rgb")}
    shown = {area["fill"] for area in visible_areas(reader)}
    assert classes & shown <= set(found["counts"])
    assert bool(classes & shown) == bool(option)


def test_homes_keep_their_marks(
    internal_site: Path, tmp_path: Path, chromium: Browser, visit: NewVisit
) -> None:
    reader = visit((internal_site / PLAN).as_uri())
    choose(reader, WIJK_FIGURE)
    assert MARK not in texts_of(take(reader, "svg")[1])
    reader.page.locator("input[name=homes]").check()
    svg = take(reader, "svg")[1]
    for words in (MARK, "INTERN", "afgerond op 25 meter", "geen label: "):
        assert words in texts_of(svg)
    assert b"h0m" in svg
    png = unlettered_png(reader, svg)
    found = compared(visit(), png, drawn(chromium, unlettered(svg), tmp_path))
    assert found["far"] < FAR_SHARE, found
    keys = {line["words"] for line in layer_keys(reader)}
    assert len([words for words in keys if words[0] in "ABCDEFGg" and ": " in words]) > 2


def test_a_dark_screen_gives_the_same_picture(address: Address, visit: NewVisit) -> None:
    link, made, fills = address(PLAN, "file"), {}, {}
    for scheme in ("light", "dark"):
        # with motion, so that a change of colour would take time
        reader = visit(link, color_scheme=scheme, reduced_motion="no-preference")
        before = [area["fill"] for area in visible_areas(reader)]
        made[scheme] = [take(reader, kind)[1] for kind in ("svg", "png")]
        fills[scheme] = [area["fill"] for area in visible_areas(reader)]
        assert fills[scheme] == before
        assert reader.evaluate("() => document.documentElement.className") == ""
    assert made["light"] == made["dark"]
    assert fills["light"] != fills["dark"]


def test_the_picture_follows_layers_and_year(address: Address, visit: NewVisit) -> None:
    reader = visit(address(PHASING, "policy"))
    assert "nieuwbouw" not in texts_of(take(reader, "svg")[1])
    reader.page.locator("input[name=sites]").check()
    first = take(reader, "svg")[1]
    assert b"<circle" in first
    reader.page.locator("input[name=sites]").uncheck()
    second = take(reader, "svg")[1]
    assert second.count(b"<circle") < first.count(b"<circle")
    assert "nieuwbouw" not in texts_of(second)
    pictures = {second: ""}
    for year in ("2023", "2034"):
        reader.page.locator(SLIDER).fill(year)
        made = take(reader, "svg")[1]
        assert f"Fasering in {year}" in texts_of(made)
        pictures[made] = year
    assert len(pictures) == 3
    reader.page.locator("input[name=phasing]").uncheck()
    assert "Fasering in" not in texts_of(take(reader, "svg")[1])


def test_the_background_map_leaves_no_trace(address: Address, visit: NewVisit) -> None:
    reader = visit(address(PLAN, "policy"))
    before = take(reader, "svg")[1]
    reader.evaluate("() => document.getElementById('kaart-figuur').classList.add('show-basemap')")
    assert take(reader, "svg")[1] == before


def test_what_fails_says_what_to_do(address: Address, visit: NewVisit) -> None:
    reader = visit(address(PLAN, "policy"))
    reader.evaluate("() => { HTMLCanvasElement.prototype.toBlob = (done) => done(null); }")
    reader.page.locator("summary", has_text="Bewaren").click()
    reader.page.locator("#bewaar-png").click()
    reader.page.locator("#kaart-melding", has_text="niet gelukt").wait_for()
    assert "andere browser" in message(reader)
    assert take(reader, "svg")[0].endswith(".svg")
    assert message(reader).startswith("Bewaard")
