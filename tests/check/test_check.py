"""Every leak is found, with file and place; nothing is found in what was built."""

import hashlib
import json
import re
import shutil
import zlib
from pathlib import Path

import pytest

from geo_lv.check import CheckReport, check_site
from geo_lv.check.findings import Finding, Kind
from geo_lv.editions import Released
from geo_lv.maps.model import Page
from geo_lv.maps.pages import with_sheets
from geo_lv.site import BuildOptions, make_files
from geo_lv.traces import TraceKind
from tests.check.leaks import PLAN
from tests.check.seeds import SEEDS, Seed
from tests.command import run

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
MANIFEST = "manifest.json"


def refresh(folder: Path) -> None:
    """Let the manifest say what is there, so that a leak itself must be found."""
    account = json.loads((folder / MANIFEST).read_text("utf-8"))
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != MANIFEST]
    account["outputs"] = [
        {
            "path": path.relative_to(folder).as_posix(),
            "bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in files
    ]
    (folder / MANIFEST).write_text(json.dumps(account), "utf-8")


@pytest.fixture(scope="module")
def seeded(site: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[CheckReport, list[str]]:
    """Check a copy of the public site with every leak in it; each is judged by itself."""
    folder = tmp_path_factory.mktemp("seeded") / "maps"
    shutil.copytree(site, folder)
    places = [seed.put(folder) for seed in SEEDS]
    refresh(folder)
    return check_site(folder, DATA), places


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_a_leak_is_found_with_file_and_place(
    seed: Seed, seeded: tuple[CheckReport, list[str]]
) -> None:
    report, places = seeded
    place = places[SEEDS.index(seed)]
    here = [item for item in report.findings if item.file == seed.file]
    there = re.compile(rf"(?<!\w){re.escape(place)}(?!\w)")
    found = [item for item in here if item.kind == seed.kind and there.search(item.place)]
    assert found, [str(item) for item in here]


def test_there_are_forty_kinds_of_leaks_or_more_and_no_two_are_the_same() -> None:
    assert len({seed.name for seed in SEEDS}) == len(SEEDS) >= 40


def test_nothing_else_is_found(seeded: tuple[CheckReport, list[str]]) -> None:
    """A file without a leak has no finding; the manifest names the file with an address."""
    touched = {seed.file for seed in SEEDS} | {"assets/eikenlaan-22.txt", "assets/extra.js"}
    others = {
        MANIFEST,
        "data/punten.csv",
        "dubbel.json",
        "data/koppeling.csv",
        "data/andere_jaren.csv",
    }
    assert {item.file for item in seeded[0].findings} <= touched | others


@pytest.fixture
def folder(site: Path, tmp_path: Path) -> Path:
    """Return a small copy of the public site, with a manifest that fits it."""
    copy = tmp_path / "maps"
    (copy / "data").mkdir(parents=True)
    for name in (MANIFEST, "data/fasering.csv", "assets"):
        source = site / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / name)
    refresh(copy)
    return copy


def kinds(findings: tuple[Finding, ...]) -> set[tuple[str, str]]:
    return {(item.file, item.kind) for item in findings}


def test_a_file_that_is_too_many_gone_or_changed_is_found(folder: Path) -> None:
    (folder / "assets" / "LICENSE-leaflet.txt").unlink()
    (folder / "data" / "fasering.csv").write_bytes(b"plangebied\r\n")
    (folder / "nieuw.txt").write_bytes(b"x")
    (folder / "README.md").write_bytes(b"x")
    assert kinds(check_site(folder, DATA).findings) == {
        ("assets/LICENSE-leaflet.txt", Kind.GONE),
        ("data/fasering.csv", Kind.CHANGED),
        ("nieuw.txt", Kind.EXTRA),
    }


def mark(folder: Path, **marks: object) -> None:
    account = json.loads((folder / MANIFEST).read_text("utf-8"))
    (folder / MANIFEST).write_text(json.dumps({**account, **marks}), "utf-8")


def test_fictitious_data_are_not_published_unless_somebody_says_so(folder: Path) -> None:
    mark(folder, publication="https://www.example.org/")
    assert kinds(check_site(folder, DATA).findings) == {(MANIFEST, Kind.FICTITIOUS)}
    assert not check_site(folder, DATA, allow_fictitious=True).findings


def test_the_internal_edition_is_not_published(folder: Path) -> None:
    mark(folder, publication="https://www.example.org/", edition="intern")
    found = check_site(folder, DATA, allow_fictitious=True).findings
    assert (MANIFEST, Kind.INTERNAL) in kinds(found)


def test_inputs_that_are_newer_than_the_build_are_found(folder: Path, data: Path) -> None:
    (data / "agreements" / "phasing.csv").write_bytes(b"x")
    (data / "privacy.toml").unlink()
    found = {item.place: item.found for item in check_site(folder, data).findings}
    assert found == {
        "agreements/phasing.csv": "changed",
        "privacy.toml": "gone",
    }


def test_a_new_input_of_the_internal_edition_is_found(folder: Path, data: Path) -> None:
    mark(folder, edition="intern")
    (data / "statistics" / "nieuw.csv").write_bytes(b"x")
    found = {item.place: item.found for item in check_site(folder, data).findings}
    assert found["statistics/nieuw.csv"] == "new"


def test_every_kind_of_finding_has_a_leak() -> None:
    elsewhere = {Kind.EXTRA, Kind.GONE, Kind.CHANGED, Kind.FICTITIOUS, Kind.INTERNAL, Kind.STALE}
    assert {seed.kind for seed in SEEDS} | elsewhere == {*Kind, *TraceKind}


def test_nothing_is_found_in_the_public_site(site: Path) -> None:
    report = check_site(site, DATA)
    assert report.findings == ()
    assert report.compared


def test_nothing_is_found_in_single_files(single_site: Path) -> None:
    assert check_site(single_site, DATA).findings == ()


def test_nothing_is_found_on_paper(
    released: Released, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a document for each meeting and the sheet of one plan; the others take too long."""

    def one_sheet(pages: tuple[Page, ...]) -> tuple[Page, ...]:
        on_paper = {page.path: page for page in with_sheets(pages)}
        return tuple(on_paper[PLAN] if page.path == PLAN else page for page in pages)

    monkeypatch.setattr("geo_lv.site.with_sheets", one_sheet)
    options = BuildOptions(DATA, tmp_path / "maps", pdf=True, pack=True)
    files, pages = make_files(released, options, "2025-08-31")
    for name, content in files.items():
        (options.out / name).parent.mkdir(parents=True, exist_ok=True)
        (options.out / name).write_bytes(content)
    assert any(path.startswith("overleg/") for path in pages)
    assert sum(path.endswith(".pdf") for path in files) == 1
    assert check_site(options.out, DATA).findings == ()


# The internal edition


def test_nothing_is_found_in_the_internal_site(internal_site: Path) -> None:
    assert check_site(internal_site, DATA).findings == ()


def test_a_home_off_the_grid_is_found(internal_site: Path, tmp_path: Path) -> None:
    """One dot of thousands, moved by five units: that is three metres on the ground."""
    copy = tmp_path / "maps"
    copy.mkdir()
    name = "energielabels.html"
    text = (internal_site / "thema" / name).read_text("utf-8")
    start = text.index('class="dots" d="M')
    row = text.count("\n", 0, start) + 1
    dots = text[start:].split("m", 3)  # all steps but the first are from the dot before
    for place, aside in ((1, 5), (2, -5)):
        east, north = dots[place].removesuffix("h0").split()
        dots[place] = f"{int(east) + aside} {north}h0"
    moved = "m".join(dots)
    (copy / name).write_text(text[:start] + moved, "utf-8")
    shutil.copy(internal_site / MANIFEST, copy)
    found = [item for item in check_site(copy, DATA).findings if item.kind is Kind.DOT]
    assert [item.place.partition(",")[0] for item in found] == [f"line {row}"]


# What must not make it fall


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("diep.json", b"[" * 100_000),
        ("diep.geojson", b'{"a":' * 50_000),
        ("diep.html", b"<div>" * 50_000),
        ("nul.html", b"\0\1\2<\xff>"),
        ("groot.json", b"[" + b"9" * 5_000 + b"]"),
        ("eeuwig.json", b'{"features":[{"geometry":{"type":"Polygon","coordinates":[[NaN,1]]}}]}'),
        ("bom.csv", b"\xef\xbb\xbf\xff\xfe"),
        ("citaat.csv", b'"' + b"x" * 200_000),
        ("lach.xml", b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'),
        ("deel.html", b"<p><![x[<p><![--i[<p>"),
        ("deel.svg", b"<![CDA"),
        ("kort.jpg", b"\xff\xd8\xff"),
        ("kort.ico", b"\0\0\1\0"),
        ("leeg.pdf", b""),
        ("leeg.png", b""),
        ("adres.html", b'<a href="http://[x">x</a><base href="//[">'),
    ],
)
def test_hostile_bytes_are_a_finding_and_never_a_traceback(
    folder: Path, name: str, content: bytes
) -> None:
    (folder / name).write_bytes(content)
    found = check_site(folder, DATA).findings
    assert (name, Kind.EXTRA) in kinds(found)
    assert {item.file for item in found} == {name}


def test_a_bomb_is_opened_a_little(folder: Path) -> None:
    squeeze = zlib.compressobj(wbits=31)
    bomb = b"".join(squeeze.compress(bytes(1_000_000)) for _ in range(100)) + squeeze.flush()
    (folder / "bom.gz").write_bytes(bomb)
    found = check_site(folder, DATA).findings
    assert kinds(found) == {("bom.gz", Kind.EXTRA), ("bom.gz", Kind.TYPE)}


# The command


def test_the_command_says_that_nothing_was_found(folder: Path) -> None:
    done = run("check", folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        done.stdout.splitlines()[-1] == f"nothing found in {len(list(folder.rglob('*.*')))} files"
    )


def test_the_command_lists_findings_by_file_with_what_to_do(folder: Path) -> None:
    (folder / "nieuw\x1b[31m.txt").write_text("Dorpsstraat 12", "utf-8")
    done = run("check", folder)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[0] == r"nieuw\x1b[31m.txt"
    assert any("line 1, column 1: an address: 'Dorpsstraat 12'; take it out" in x for x in lines)
    assert lines[-1].startswith("2 findings in ")


def test_another_municipality_is_not_compared(folder: Path, data: Path) -> None:
    municipality = (data / "municipality.toml").read_text("utf-8").replace("GM1916", "GM0001")
    (data / "municipality.toml").write_text(municipality, "utf-8")
    done = run("--data", data, "check", folder)
    assert done.returncode == 0
    assert "inputs: not compared" in done.stdout


@pytest.mark.parametrize(
    "content", [None, b"{", b"[]", b'{"generator": "another"}', b"[" * 100_000]
)
def test_a_folder_that_is_no_site_is_wrong_use(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / MANIFEST).write_bytes(content)
    done = run("check", tmp_path)
    assert done.returncode == 2
    assert "expected the account of a site" in done.stderr
