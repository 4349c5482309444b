"""Whatever the input files say stays text: on every page, in every download, at every gesture.

Every page of a site made from hostile data is opened from a folder (where nothing but our own care
stops a script), and from a server under a strict policy (where an attempt would leave a complaint).
"""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NoReturn

import pytest

from geo_lv.editions import release
from geo_lv.inputs import load_inputs
from geo_lv.maps.model import Page
from geo_lv.maps.pages import make_pages
from geo_lv.maps.render import render_page
from geo_lv.pipeline import compute
from geo_lv.site import BuildOptions, build_site, make_files
from geo_lv.site.workplace import working_on
from tests.command import run
from tests.once import Once

from .conftest import NewVisit, Serve
from .hostile import (
    PAYLOADS,
    Attack,
    all_payloads,
    ten_thousand,
    write_folder,
)
from .reader import (
    AREAS,
    CARD,
    CHOOSER,
    FRAME,
    MAP_PAGES,
    PAGES,
    PLAN_PAGES,
    POLICY,
    SITES,
    SLIDER,
    Visit,
    visible_areas,
)

NEVER_SHOWN: Final = {
    "afspraken.goals.name",
    "dwellings.street",
    "dwellings.complex_id",
    "dwellings.dwelling_id",
    "dwellings.dwelling_type",
    "dwellings.age_label",
    "dwellings.place",
    "renovations.note",
    "renovations.site",
    "renovations.code",
    "rent_levels.rent_class",
    "kerncijfers.source_table",
    "provenance.file.transformed_by",
}
"""Fields that need not be on a page. All others must be, else the attack was none."""

ONE_OF_EACH: Final = (
    "index.html",
    PLAN_PAGES[1],
    "thema/nieuwbouw.html",
    "monitor.html",
    "verantwoording.html",
    "wijk/wk191605.html",
)

SINGLE: Final = ("index.html", PLAN_PAGES[0], "verantwoording.html")

WATCHED: Final = [
    *("script", "style", "link", "meta", "base", "template", "iframe", "frame", "object", "embed"),
    *("img", "video", "audio", "source", "form", "input", "textarea"),
    *("math", "foreignObject", "animate", "set", "svg", "use"),
]

_ANATOMY: Final = """(watched) => {
  const all = [...document.querySelectorAll("*")];
  const handlers = all.flatMap((element) => [...element.attributes]
    .filter((attribute) => /^on/i.test(attribute.name) || attribute.name === "srcdoc")
    .map((attribute) => element.tagName + " " + attribute.name));
  const strange = all.filter((element) => /[^a-z0-9-]/i.test(element.localName));
  const linked = all.filter((element) => !element.matches("use, link[rel=icon]"));
  const addresses = linked.flatMap((element) => ["href", "src", "action", "formaction", "data"]
    .filter((name) => element.hasAttribute(name))
    .map((name) => new URL(element.getAttribute(name), location.href)));
  return {
    handlers, strange: strange.map((element) => element.localName),
    schemes: [...new Set(addresses.map((address) => address.protocol))],
    hosts: [...new Set(addresses.map((address) => address.hostname))],
    counts: watched.map((name) => document.getElementsByTagName(name).length),
    pwned: String(window.__pwned),
  };
}"""

_USE_EVERYTHING: Final = """([chooser, areas, sites, slider]) => {
  const fire = (element, ...types) => types.forEach((type) => element.dispatchEvent(
    new MouseEvent(type, { bubbles: true, cancelable: true, view: window })));
  const press = (element, key) => element.dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  const hover = (element) => fire(element, "mouseover", "mousemove");
  const seen = (selector) => [...document.querySelectorAll(selector)]
    .filter((element) => element.checkVisibility());
  const change = (element, value, type) => {
    element.value = value;
    element.dispatchEvent(new Event(type, { bubbles: true }));
  };
  const select = document.querySelector(chooser);
  (select ? [...select.options] : []).forEach((option, n) => {
    change(select, option.value, "change");
    // all areas for the first indicators; after that only the indicator is new
    seen(areas).slice(0, n < 3 ? 99 : 6).forEach((area, m) => {
      hover(area);
      if (n < 3 && m < 6) {
        area.focus(); fire(area, "click"); press(area, "Enter"); press(area, "Escape");
      }
    });
  });
  seen(sites).forEach((site) => {
    hover(site); site.focus(); fire(site, "click"); press(site, "Enter"); fire(site, "mouseout");
  });
  const years = document.querySelector(slider);
  if (years) for (let year = Number(years.min); year <= Number(years.max); year += 1) {
    change(years, String(year), "input");
  }
  seen("input[type=checkbox]").filter((box) => box.name !== "basemap").forEach((box) => {
    box.click(); box.click();
  });
  seen("thead button").forEach((button) => { button.click(); button.click(); });
  document.querySelectorAll("body *").forEach((element) => {
    fire(element, "mouseover", "mouseenter"); element.dispatchEvent(new Event("error"));
  });
}"""


@pytest.fixture(scope="session")
def hostile(once: Once) -> Path:
    """Build a site from hostile data, some pages in single files, and keep what was written."""

    def make(folder: Path) -> None:
        attack = write_folder(folder / "data", Attack(all_payloads))
        texts = {name: sorted(written) for name, written in attack.texts.items()}
        (folder / "texts.json").write_text(json.dumps(texts), "utf-8")
        released = release(compute(load_inputs(folder / "data")), "publiek")
        options = BuildOptions(folder / "data", folder / "site")
        peildatum = released.monitor.day
        with working_on(options.out, pytest.fail) as place:
            place.publish(make_files(released, options, peildatum)[0])
        pages = make_pages(released, peildatum=peildatum, basemap=options.basemap)
        write_single(folder / "single", (page for page in pages if page.path in SINGLE))

    return once("hostile", make)


def write_single(folder: Path, pages: Iterable[Page]) -> None:
    """Write pages in one file each, as ``--single-file`` does."""
    for page in pages:
        path = folder / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render_page(page, inline=True).html, "utf-8")


@pytest.fixture(scope="session")
def hostile_site(hostile: Path) -> Path:
    """Return a site from hostile data."""
    return hostile / "site"


@pytest.fixture(scope="session")
def long_site(once: Once) -> Path:
    """Build a site in which every name has 10,000 characters."""

    def make(folder: Path) -> None:
        write_folder(folder / "data", Attack(ten_thousand), every_dwelling=20)
        build_site(BuildOptions(folder / "data", folder / "site"))

    return once("long", make) / "site"


Clean = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="module")
def known() -> dict[str, dict[str, Any]]:
    """Keep what was seen of the pages made from data without harm."""
    return {}


@pytest.fixture
def clean(site: Path, visit: NewVisit, known: dict[str, dict[str, Any]]) -> Clean:
    """Give a function that returns what a page made from data without harm is made of."""

    def of(path: str) -> dict[str, Any]:
        if path not in known:
            known[path] = anatomy(unfold(visit((site / path).as_uri())))
        return known[path]

    return of


def anatomy(reader: Visit) -> dict[str, Any]:
    found: dict[str, Any] = reader.evaluate(_ANATOMY, WATCHED)
    return found


def unfold(reader: Visit) -> Visit:
    """Open all that unfolds, and wait for the script that some of it loads."""
    reader.evaluate("() => document.querySelectorAll('details').forEach((e) => { e.open = true; })")
    reader.page.wait_for_function("() => !document.querySelector('.tool-panel button[disabled]')")
    return reader


def use_everything(reader: Visit) -> None:
    reader.evaluate(_USE_EVERYTHING, [CHOOSER, AREAS, SITES, SLIDER])


def assert_unharmed(reader: Visit, clean: dict[str, Any] | None = None) -> None:
    """Nothing ran, nothing was blocked, and no element or handler of the attacker is there."""
    found = anatomy(reader)
    assert reader.complaints() == {}
    assert found["pwned"] == "undefined"
    assert found["handlers"] == []
    assert found["strange"] == []
    assert set(found["schemes"]) <= {"file:", "http:", "https:"}
    assert set(found["hosts"]) <= {"", "127.0.0.1", "x.example"}
    if clean is not None:
        assert dict(zip(WATCHED, found["counts"], strict=True)) == dict(
            zip(WATCHED, clean["counts"], strict=True)
        )


def assert_page_unharmed(reader: Visit, clean: dict[str, Any], *, use: bool) -> None:
    """Judge a page as it opens and, if asked, after everything in it was used."""
    if reader.page.locator(CHOOSER).count():
        reader.page.locator(AREAS).first.wait_for(state="attached")
    assert_unharmed(unfold(reader), clean)
    if use:
        use_everything(reader)
        assert_unharmed(reader)
        grown = WATCHED.index("svg")  # a site on the map may bring its own drawing
        assert anatomy(reader)["counts"][:grown] == clean["counts"][:grown]


@pytest.mark.parametrize("path", PAGES)
def test_hostile_text_stays_text_in_a_folder(
    path: str, clean: Clean, hostile_site: Path, visit: NewVisit
) -> None:
    assert_page_unharmed(visit((hostile_site / path).as_uri()), clean(path), use=True)


@pytest.mark.parametrize("path", PAGES)
def test_hostile_text_stays_text_under_a_policy(
    path: str, clean: Clean, hostile_site: Path, serve: Serve, visit: NewVisit
) -> None:
    """Under the policy the browser itself would complain of an attempt."""
    reader = visit(f"{serve(hostile_site, POLICY)}/{path}")
    assert_page_unharmed(reader, clean(path), use=path in ONE_OF_EACH)


_POINTS: Final = """([frame, kinds]) => {
  document.querySelector(frame).scrollIntoView({ block: "center", behavior: "instant" });
  const box = document.querySelector(frame).getBoundingClientRect();
  const found = new Map();
  for (let x = box.left + 3; x < box.right; x += 9) {
    for (let y = box.top + 3; y < box.bottom; y += 9) {
      const thing = document.elementFromPoint(x, y)?.closest(kinds);
      if (thing && !found.has(thing)) found.set(thing, [x, y]);
    }
  }
  return [...found.values()];
}"""


def walk_by_hand(reader: Visit) -> int:
    """Use mouse and keyboard as a reader does, not by events made in the page."""
    page = reader.page
    points = reader.evaluate(_POINTS, [FRAME, f"{AREAS}, {SITES}"])
    for x, y in points[:15]:
        page.mouse.move(x, y)
        page.mouse.click(x, y)
        page.keyboard.press("Escape")
    page.locator("h1").click()
    for _ in range(30):
        page.keyboard.press("Tab")
    page.locator(CHOOSER).focus()
    page.keyboard.press("ArrowDown")
    for name in ("h1", CARD, "main p", "table caption", "table td", "svg text"):
        page.locator(name).locator("visible=true").first.hover(force=True)
    return len(points)


@pytest.mark.parametrize("path", ["index.html", PLAN_PAGES[1], "thema/nieuwbouw.html"])
def test_by_hand_too(path: str, hostile_site: Path, serve: Serve, visit: NewVisit) -> None:
    reader = visit(f"{serve(hostile_site)}/{path}", reduced_motion="no-preference")
    assert walk_by_hand(reader) > 3
    assert_unharmed(reader)


@pytest.mark.parametrize("bypass", [False, True])
@pytest.mark.parametrize("path", SINGLE)
def test_single_files_too(path: str, *, bypass: bool, hostile: Path, visit: NewVisit) -> None:
    reader = unfold(visit((hostile / "single" / path).as_uri(), bypass_csp=bypass))
    use_everything(reader)
    assert_unharmed(reader)
    assert "${alert(1)}" in reader.page.locator("body").inner_text()


def page_texts(folder: Path, visit: NewVisit) -> str:
    """Return what a reader finds in all pages, the chooser and the names on the map included."""
    reader, found = visit(java_script_enabled=False), []
    for path in PAGES:
        reader.open((folder / path).as_uri())
        found.append(
            reader.evaluate(
                """() => [...document.body.children].filter((part) => part.tagName !== "SCRIPT")
                     .map((part) => part.textContent).join("\\n")"""
            )
        )
    return "\n".join(found)


def test_every_hostile_field_is_shown_as_it_was_written(hostile: Path, visit: NewVisit) -> None:
    shown = page_texts(hostile / "site", visit).replace("\r", "\n")
    written = json.loads((hostile / "texts.json").read_text("utf-8"))
    present = {name for name, texts in written.items() if any(text in shown for text in texts)}
    assert set(written) - present <= NEVER_SHOWN
    assert len(present) > 25


def test_what_is_private_leaves_in_no_file(hostile_site: Path) -> None:
    leaks = [
        (path.name, name)
        for path in hostile_site.rglob("*")
        if path.is_file()
        for name in ("dwellings.street", "dwellings.complex_id", "dwellings.dwelling_id")
        if f"[{name}]" in path.read_text("utf-8")
    ]
    assert leaks == []


def test_long_names_do_no_harm(long_site: Path, visit: NewVisit) -> None:
    reader = visit()
    for path in ONE_OF_EACH:
        reader.open((long_site / path).as_uri())
        assert_unharmed(reader)
        assert "W" * 5000 in reader.evaluate("() => document.querySelector('main').textContent")
        if path in MAP_PAGES:
            assert len(visible_areas(reader)) > 1, path


def cells(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield file and cell of every CSV download."""
    for path in sorted(folder.glob("data/*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file, delimiter=";", strict=True)
            assert rows, path.name
            assert {len(row) for row in rows} == {len(header)}, path.name
            yield from ((path.name, cell) for row in rows for cell in row)


def test_no_cell_of_a_download_is_a_formula(hostile_site: Path) -> None:
    number = re.compile(r"-?\d+(,\d+)?(E[+-]?\d+)?")
    found = list(cells(hostile_site))
    wrong = [
        (name, cell[:60])
        for name, cell in found
        if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) and not number.fullmatch(cell)
    ]
    assert wrong == []
    assert sum("${alert(1)}" in cell for _, cell in found) > 100, "the attack did not get there"


def test_downloads_stay_well_formed(hostile_site: Path) -> None:
    def refuse(word: str) -> NoReturn:
        pytest.fail(f"{word} is no JSON")

    collections = sorted(hostile_site.glob("data/*.geojson"))
    assert len(collections) == 3
    for path in collections:
        features = json.loads(path.read_text("utf-8"), parse_constant=refuse)["features"]
        assert features
        for feature in features:
            name = feature["properties"]["naam"]
            assert all(payload in name for payload in PAYLOADS), path.name
    manifest = json.loads((hostile_site / "manifest.json").read_text("utf-8"))
    outputs = {item["path"] for item in manifest["outputs"]}
    files = {p.relative_to(hostile_site).as_posix() for p in hostile_site.rglob("*") if p.is_file()}
    assert outputs == files - {"manifest.json"}


NO_ADDRESSES: Final = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    'https://x.example/"onclick=alert(1)',
    "https://x.example/'><script>alert(1)</script>",
    "//x.example/",
    "file:///etc/passwd",
)


def test_an_address_that_is_none_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "data"
    write_folder(data, Attack(lambda _name, original, _start: original), every_dwelling=200)
    path = data / "agreements" / "sources.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    for row, address in zip(rows, NO_ADDRESSES, strict=False):
        row[header.index("url")] = address
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    done = run("--data", data, "build", "--out", tmp_path / "site")
    assert done.returncode == 1
    for number, _ in enumerate(NO_ADDRESSES, 2):
        assert f"agreements/sources.csv, row {number}, column url" in done.stderr
    assert not (tmp_path / "site").exists()


def test_a_target_that_is_no_label_is_refused_in_words(tmp_path: Path) -> None:
    data = tmp_path / "data"
    write_folder(data, Attack(lambda _name, original, _start: original), every_dwelling=200)
    path = data / "agreements" / "afspraken.toml"
    path.write_text(path.read_text("utf-8").replace('value = "B"', 'value = "Z"'), "utf-8")
    done = run("--data", data, "build", "--out", tmp_path / "site")
    assert done.returncode == 1
    assert "agreements/afspraken.toml, row " in done.stderr
