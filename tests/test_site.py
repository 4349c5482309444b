"""The same input gives the same bytes, a good site is never lost, and no dwelling leaves."""

import csv
import dataclasses
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from geo_lv.editions import Released, release
from geo_lv.errors import InputError, OutputError
from geo_lv.pipeline import Results, newest_date
from geo_lv.site import BuildOptions, build_site, make_files
from geo_lv.site.folder import refuse_foreign
from geo_lv.site.workplace import working_on

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"

PAGES = {
    "index.html",
    "verantwoording.html",
    "monitor.html",
    "monitor-samenvatting.html",
    *(
        f"wijkuitvoeringsplan/{name}.html"
        for name in (
            "de-heuvel-amstelwijk",
            "leidschendam-zuid",
            "essesteijn",
            "klein-plaspoelpolder",
        )
    ),
    *(
        f"thema/{name}.html"
        for name in ("aandachtswijken", "nieuwbouw", "energielabels", "warmtetransitie")
    ),
    *(f"wijk/wk1916{number:02}.html" for number in range(1, 14)),
}
EMBED_PAGES = {
    f"embed/{name}" for name in PAGES if not name.startswith(("wijk/", "verantwoording", "monitor"))
}
MEETING_PAGES = {
    f"overleg/{name}.html"
    for name in ("leidschendam-noord", "bovenveen", "voorburg-noord", "leidschendam-zuid")
}


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_progress_counts_the_sheets(released: Released, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo_lv.maps.sheet.pdf.sheet_pdf", lambda page: page.title.encode())
    told: list[tuple[str, int, int]] = []

    def tell(step: str, done: int = 0, total: int = 0) -> None:
        told.append((step, done, total))

    options = BuildOptions(DATA, ROOT / "maps", pdf=True)
    files, pages = make_files(released, options, "2024-02-29", tell)
    sheets = [path for path in files if path.startswith("pdf/")]
    assert len(sheets) == sum(page.startswith("wijkuitvoeringsplan/") for page in pages)
    assert [step for step in told if step[2]] == [
        (f"drawing {path}", n, len(sheets)) for n, path in enumerate(sheets)
    ]


def test_without_the_option_no_page_has_a_sheet(site: Path) -> None:
    assert not (site / "pdf").exists()
    for path in site.rglob("*.html"):
        assert ".pdf" not in path.read_text(encoding="utf-8")


def test_the_site_has_every_page_and_download(site: Path) -> None:
    files = set(contents(site))
    assert {name for name in files if name.endswith(".html")} == PAGES | EMBED_PAGES
    assert {name for name in files if name.startswith("data/")} == {
        "data/aandachtslijsten.csv",
        "data/andere_jaren.csv",
        "data/buurten.geojson",
        "data/cijfers.csv",
        "data/energielabels.csv",
        "data/fasering.csv",
        "data/koppeling.csv",
        "data/metingen.csv",
        "data/monitor.csv",
        "data/nieuwbouw.csv",
        "data/nieuwbouw_voortgang.csv",
        "data/plangebieden.geojson",
        "data/wijken.geojson",
    }
    assert {name.split("/")[0] for name in files} == {
        "assets",
        "data",
        "embed",
        "index.html",
        "manifest.json",
        "monitor.html",
        "monitor-samenvatting.html",
        "thema",
        "verantwoording.html",
        "wijk",
        "wijkuitvoeringsplan",
    }


def test_the_internal_edition_has_five_downloads_more(site: Path, internal_site: Path) -> None:
    own = {"complexen", "geheim", "gemiddeld_label", "niet_gekoppeld", "voorraad"}
    more = set(contents(internal_site)) - set(contents(site))
    assert {name for name in more if name.startswith("data/")} == {f"data/{n}.csv" for n in own}
    pages = [
        (folder / "verantwoording.html").read_text("utf-8") for folder in (site, internal_site)
    ]
    for name in own:
        assert [f"data/{name}.csv" in page for page in pages] == [False, True]


def test_the_same_data_give_the_same_bytes_in_another_place_and_order(
    site: Path, tmp_path: Path
) -> None:
    """From another folder, with another hash seed, locale, time zone and place of the data."""
    shutil.copytree(DATA, tmp_path / "elders" / "gegevens")
    done = subprocess.run(
        [sys.executable, "-m", "geo_lv", "--data", "elders/gegevens", "build", "--out", "uit"],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONHASHSEED": "4711",
            "PYTHONPATH": str(ROOT),
            "LC_ALL": "C",
            "TZ": "Asia/Tokyo",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "uit") == contents(site)


def test_the_pack_is_the_same_twice_and_in_the_manifest(tmp_path: Path, site: Path) -> None:
    first, second = (tmp_path / name for name in ("een", "twee"))
    command = [sys.executable, "-m", "geo_lv", "build", "--pack", "veiligheid", "--out"]
    for out in (first, second):
        done = subprocess.run(
            [*command, str(out)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    files = contents(first)
    assert files == contents(second)
    pages = {name for name in files if name.endswith(".html")}
    assert pages == PAGES | EMBED_PAGES | MEETING_PAGES
    manifest = json.loads(files["manifest.json"])
    assert {item["path"] for item in manifest["outputs"]} >= MEETING_PAGES
    index = files["index.html"].decode()
    assert all(f'href="{name}"' in index for name in MEETING_PAGES)
    assert "overleg/" not in (site / "index.html").read_text(encoding="utf-8")


def test_no_file_names_this_machine(site: Path, internal_site: Path) -> None:
    places = {str(ROOT), str(Path.home()), str(site.parent), sys.prefix} - {"/"}
    for folder in (site, internal_site):
        for name, content in contents(folder).items():
            for place in places:
                assert place.encode() not in content, name


def test_the_manifest_accounts_for_every_input_and_output(site: Path) -> None:
    manifest = json.loads((site / "manifest.json").read_bytes())
    files = contents(site)
    outputs = {item["path"]: item for item in manifest["outputs"]}
    assert set(outputs) == set(files) - {"manifest.json"}
    for name, item in outputs.items():
        assert item["sha256"] == hashlib.sha256(files[name]).hexdigest()
        assert item["bytes"] == len(files[name])
    inputs = {item["path"]: item["sha256"] for item in manifest["inputs"]}
    read = {
        path.relative_to(DATA).as_posix()
        for path in DATA.rglob("*")
        if path.suffix in {".csv", ".geojson"}
    }
    assert set(inputs) == read | {
        "agreements/afspraken.toml",
        "municipality.toml",
        "privacy.toml",
        "provenance.toml",
        "statistics/indicators.toml",
        "statistics/signals.toml",
    }
    for name, digest in inputs.items():
        assert digest == hashlib.sha256((DATA / name).read_bytes()).hexdigest()
    assert (manifest["municipality"], manifest["edition"]) == ("GM1916", "publiek")
    assert manifest["peildatum"] == "2025-08-31"


def test_every_input_in_the_manifest_says_where_it_comes_from(site: Path) -> None:
    manifest = json.loads((site / "manifest.json").read_bytes())
    described = [item for item in manifest["inputs"] if not item["path"].endswith(".toml")]
    assert len(described) == 15
    for item in described:
        assert item["source"]
        assert item["licence"]
        assert item["vintage"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", item["retrieved"])


def secrets_of_dwellings() -> Iterator[str]:
    """Yield id, complex, address and coordinates of every dwelling of the embedded sample."""
    with (DATA / "properties" / "dwellings.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield from (
                row["dwelling_id"],
                row["complex_id"],
                f"{row['street']} {row['house_number']}",
            )
            if row["x_rd"]:
                yield from (row["x_rd"], row["y_rd"])
                yield from (row["x_rd"].replace(".", ","), row["y_rd"].replace(".", ","))


def tokens(content: str) -> set[str]:
    """Return every word and number of a text, and every two neighbours as an address has them."""
    words = re.findall(r"[\w+.,-]+", content)
    trimmed = {word.strip(".,") for word in words}
    return trimmed | {f"{a} {b}".strip(".,") for a, b in pairwise(words)}


def test_no_dwelling_leaves_in_any_edition(site: Path, internal_site: Path) -> None:
    """
    9,223 ids, complexes, addresses and places against every word of every output file.

    The internal edition has a file and pages that name complexes, and nothing else of these.
    """
    secrets = set(secrets_of_dwellings())
    assert len(secrets) > 3 * 9_000
    assert {"FICTIEF-VID-00001", "Voorbeeldlaan 1", "86518.6"} <= secrets
    assert all(secret in tokens(f"<td>{secret}</td>") for secret in secrets)
    for folder in (site, internal_site):
        for name, content in contents(folder).items():
            found = secrets & tokens(content.decode("utf-8"))
            if folder == internal_site and name in {
                "data/complexen.csv",
                "thema/energielabels.html",
            }:
                assert all(re.fullmatch(r"FICTIEF-[A-Z]{3}-C\d{3}", secret) for secret in found)
                assert len(found) == 168
            elif folder == internal_site and name.startswith("wijk/"):
                assert all(re.fullmatch(r"FICTIEF-[A-Z]{3}-C\d{3}", secret) for secret in found)
            else:
                assert b"FICTIEF-" not in content, name
                assert found == set(), name


def test_the_internal_edition_is_marked_on_every_page(site: Path, internal_site: Path) -> None:
    manifest = json.loads((internal_site / "manifest.json").read_bytes())
    assert manifest["edition"] == "intern"
    for name in PAGES:
        public = (site / name).read_text(encoding="utf-8")
        inside = (internal_site / name).read_text(encoding="utf-8")
        marks = [
            len(re.findall(r"\bintern(?:e)?\b", page, re.IGNORECASE)) for page in (public, inside)
        ]
        assert marks[1] > marks[0], name


def test_peildatum_is_the_newest_date_in_the_data(results: Results) -> None:
    assert newest_date(results) == "2025-08-31"
    assert release(results, "publiek").monitor.day == "2025-08-31"


def test_a_newer_list_or_measurement_moves_the_peildatum(results: Results) -> None:
    """A measurement of a whole year is known at its end, a list on its day."""
    homes = results.inputs.dwellings.assign(list_date="2025-09-01")
    newer = dataclasses.replace(results.inputs, dwellings=homes)
    assert newest_date(dataclasses.replace(results, inputs=newer)) == "2025-09-01"
    agreements = results.inputs.agreements
    (measured,) = agreements.measurements
    later = dataclasses.replace(measured, date="2025")
    newer = dataclasses.replace(
        results.inputs, agreements=dataclasses.replace(agreements, measurements=(later,))
    )
    assert newest_date(dataclasses.replace(results, inputs=newer)) == "2025-12-31"


def test_without_any_date_the_day_of_retrieval_counts(results: Results) -> None:
    inputs = results.inputs
    phasing = inputs.municipality.phasing.model_copy(update={"peildatum": ""})
    nothing = dataclasses.replace(inputs.agreements, phasing=(), sites=(), measurements=())
    bare = dataclasses.replace(
        inputs,
        municipality=inputs.municipality.model_copy(update={"phasing": phasing}),
        agreements=nothing,
        dwellings=inputs.dwellings.head(0),
    )
    figures = results.figures[results.figures["year"] == ""]
    assert newest_date(dataclasses.replace(results, inputs=bare, figures=figures)) == "2026-11-27"


def test_a_chosen_peildatum_stands_on_the_pages(released: Released, tmp_path: Path) -> None:
    options = BuildOptions(DATA, tmp_path)
    files, pages = make_files(released, options, "2024-02-29")
    assert set(pages) == PAGES
    for page in pages:
        assert "29 februari 2024" in files[page].decode()


def test_a_municipality_without_plans_lists_figures_and_dwellings_has_a_site(data: Path) -> None:
    for path in data.rglob("*.csv"):
        path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    (data / "statistics" / "indicators.toml").write_text("# none\n", encoding="utf-8")
    privacy = (data / "privacy.toml").read_text("utf-8").partition("[[published]]")[0]
    (data / "privacy.toml").write_text(privacy, "utf-8")
    (data / "agreements" / "afspraken.toml").write_text("# none\n", encoding="utf-8")
    (data / "municipality.toml").write_text(
        'gm_code = "GM1916"\nname = "Elders"\n'
        "[boundaries]\nofficial_accuracy_m = 10\nindicative_accuracy_m = 200\n"
        "[phasing]\naxis_start = 2022\naxis_end = 2035\n",
        encoding="utf-8",
    )
    out = data.parent / "out"
    report = build_site(BuildOptions(data, out))
    found = {page for page in contents(out) if page.endswith(".html")}
    assert {page for page in found if not page.startswith("embed/")} == {
        page for page in PAGES if not page.startswith("wijkuitvoeringsplan/")
    }
    assert report.unplaced == 0
    for name in ("monitor.html", "monitor-samenvatting.html"):
        assert "Er zijn geen afspraken met een doel bekend." in (out / name).read_text("utf-8")
    index = (out / "index.html").read_text("utf-8")
    assert "Er zijn geen afspraken met een doel bekend." in index


def test_dwellings_without_coordinates_count_by_their_code(data: Path) -> None:
    path = data / "properties" / "dwellings.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    bare = [re.sub(r",[\d.]+,[\d.]+,(BU\d{8}),", r",,,\1,", line) for line in lines]
    path.write_text("\n".join(bare) + "\n", encoding="utf-8")
    report = build_site(BuildOptions(data, data.parent / "out"))
    assert report.unplaced == 1  # one of the 40 has no code either


# Publishing

FILES = {"index.html": b"new", "data/a.csv": b"1"}


def publish(files: dict[str, bytes], out: Path) -> None:
    with working_on(out, pytest.fail) as place:
        place.publish(files)


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return an output folder with an earlier site and the files of the repository."""
    folder = tmp_path / "maps"
    manifest = {"generator": "geo_lv 0.0.1", "outputs": [{"path": "old.html"}, {"path": "data/b"}]}
    publish(
        {"manifest.json": json.dumps(manifest).encode(), "old.html": b"", "data/b": b""}, folder
    )
    (folder / "README.md").write_text("kept", encoding="utf-8")
    (folder / ".gitignore").write_text("*", encoding="utf-8")
    return folder


def test_a_new_site_takes_the_place_of_the_old_one_and_keeps_the_readme(out: Path) -> None:
    refuse_foreign(out)
    publish(FILES, out)
    assert contents(out) == {**FILES, "README.md": b"kept", ".gitignore": b"*"}
    assert listing(out.parent) == ["maps"]


def test_a_site_is_made_where_there_is_no_folder_yet(tmp_path: Path) -> None:
    out = tmp_path / "a" / "b"
    refuse_foreign(out)
    publish(FILES, out)
    assert contents(out) == FILES


def test_a_link_to_a_folder_stays_a_link(out: Path) -> None:
    link = out.parent / "link"
    link.symlink_to(out)
    publish(FILES, link)
    assert link.is_symlink()
    assert contents(out) == {**FILES, "README.md": b"kept", ".gitignore": b"*"}


@pytest.mark.parametrize("name", ["photo.jpg", "data/c.csv", ".hidden", "sub/README.md"])
def test_a_file_that_geo_lv_did_not_make_stops_the_build(out: Path, name: str) -> None:
    (out / name).parent.mkdir(exist_ok=True)
    (out / name).write_text("mine", encoding="utf-8")
    before = contents(out)
    with pytest.raises(OutputError, match=re.escape(repr(name))):
        build_site(BuildOptions(DATA, out))
    assert contents(out) == before


@pytest.mark.parametrize(
    "manifest",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"name": "somebody\'s web app", "start_url": "."}',
        '{"generator": "another", "outputs": []}',
        '{"generator": "geo_lv 1", "outputs": [1]}',
        '{"generator": 1, "outputs": []}',
    ],
)
def test_a_manifest_of_somebody_else_is_no_earlier_site(tmp_path: Path, manifest: str) -> None:
    (tmp_path / "manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(OutputError, match=r"found 'manifest\.json'"):
        refuse_foreign(tmp_path)


def test_a_file_in_the_place_of_the_folder_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "maps").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="expected a folder, found a file"):
        build_site(BuildOptions(DATA, tmp_path / "maps"))
    assert (tmp_path / "maps").read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_or_one_with_a_readme_is_fine(tmp_path: Path) -> None:
    refuse_foreign(tmp_path)
    (tmp_path / "README.md").write_text("", encoding="utf-8")
    refuse_foreign(tmp_path)


def test_a_folder_that_cannot_be_made_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="expected a folder to write to"):
        publish(FILES, tmp_path / "file" / "maps")


def test_wrong_data_leave_the_previous_site_as_it_was(out: Path, data: Path) -> None:
    (data / "agreements" / "phasing.csv").unlink()
    before = contents(out)
    with pytest.raises(InputError):
        build_site(BuildOptions(data, out))
    assert contents(out) == before


def test_a_second_build_in_the_same_folder_leaves_no_trace_of_the_first(
    data: Path, tmp_path: Path
) -> None:
    out = tmp_path / "twice"
    build_site(BuildOptions(data, out, peildatum="2024-01-01", basemap=False))
    build_site(BuildOptions(data, out))
    once = tmp_path / "once"
    build_site(BuildOptions(data, once))
    assert contents(out) == contents(once)
    assert "data" in listing(tmp_path)
    assert not [name for name in listing(tmp_path) if name.startswith(".")]
