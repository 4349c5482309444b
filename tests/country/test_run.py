"""Many municipalities in one run: nothing lost, nothing done twice, the bytes of one machine."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import psutil
import pytest

from geo_lv.country.folder import HomesSource, chosen, load_country
from geo_lv.country.homes import with_homes
from geo_lv.country.run import CountryOptions, build_country
from geo_lv.country.tasks import Outcome
from geo_lv.errors import GeoLvError, InputError, OutputError
from geo_lv.site import BuildOptions, build_site
from tests.command import PLAIN, ROOT, run

from .land import data_of, make_land

COUNT = 3
PATIENCE_S = 120


def options(land: Path, out: Path, gemeenten: str = "all") -> CountryOptions:
    return CountryOptions(land, out, BuildOptions(land, out), gemeenten)


def files_of(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a country, its sites, and what a next run need not do again."""
    folder = tmp_path_factory.mktemp("made")
    make_land(folder / "land", COUNT)
    report = build_country(options(folder / "land", folder / "site"))
    assert (report.built, report.still_good, report.failed) == (COUNT, 0, ())
    return folder


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    """Return the same, to be changed."""
    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy"


def again(copy: Path, gemeenten: str = "all") -> tuple[int, int, tuple[Outcome, ...]]:
    report = build_country(options(copy / "land", copy / "site", gemeenten))
    return report.built, report.still_good, report.failed


def payload(site: Path) -> str:
    page = (site / "index.html").read_text(encoding="utf-8")
    found = re.search(r'<script type="application/json" id="geo-lv-data">(.*?)</script>', page)
    assert found
    return found[1]


def test_each_site_is_the_one_of_one_machine(made: Path, tmp_path: Path) -> None:
    for number in range(1, COUNT + 1):
        alone = tmp_path / str(number)
        build_site(BuildOptions(data_of(made / "land", number), alone))
        assert files_of(alone) == files_of(made / "site" / "gemeente" / f"GM000{number}")


def test_the_page_of_the_country_has_every_buurt_with_its_figure(made: Path) -> None:
    rows = (made / "site/data/buurten.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 1 + 4 * COUNT
    # 800 inhabitants in the third buurt in 2023, and 5 more each year
    (third,) = (row for row in rows if row.startswith("BU00020201;"))
    assert "Stad 2" in third
    assert "810" in third.split(";")
    page = (made / "site/index.html").read_text(encoding="utf-8")
    for number in range(1, COUNT + 1):
        assert f'href="gemeente/GM000{number}/index.html"' in page


def test_a_next_run_builds_only_what_changed(copy: Path) -> None:
    assert again(copy) == (0, COUNT, ())
    before = files_of(copy / "site")
    change(data_of(copy / "land", 2) / "statistics/kerncijfers.csv", "BU00020201,inwoners,2025,810",
           "BU00020201,inwoners,2025,815")  # fmt: skip
    assert again(copy) == (1, COUNT - 1, ())
    after = files_of(copy / "site")
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert changed
    others = {path for path in changed if path.startswith(("gemeente/GM0001", "gemeente/GM0003"))}
    assert others == set()
    assert ";815" in after["data/buurten.csv"].decode()


def test_a_site_that_is_gone_or_a_part_that_is_damaged_is_made_again(copy: Path) -> None:
    before = files_of(copy / "site")
    shutil.rmtree(copy / "site/gemeente/GM0001")
    (copy / ".site.land/parts/GM0002.json").write_text("{", encoding="utf-8")
    assert again(copy) == (2, COUNT - 2, ())
    assert files_of(copy / "site") == before


def test_another_indicator_or_option_makes_every_site_again(copy: Path) -> None:
    change(copy / "land/land.toml", '"huurwoningen"', '"corporatiewoningen"')
    assert again(copy) == (COUNT, 0, ())
    wanted = CountryOptions(
        copy / "land", copy / "site", BuildOptions(copy, copy, peildatum="2026-01-01")
    )
    assert build_country(wanted).built == COUNT


def test_a_municipality_that_fails_stops_no_other_and_keeps_its_site(copy: Path) -> None:
    before = files_of(copy / "site/gemeente/GM0002")
    settings = data_of(copy / "land", 2) / "municipality.toml"
    change(settings, "official_accuracy_m = 10", "official_accuracy_m = -1")
    change(data_of(copy / "land", 3) / "municipality.toml", "Stad 3", "Dorp 3")
    built, still_good, (failed,) = again(copy)
    assert (built, still_good, failed.gm_code) == (1, 1, "GM0002")
    assert "municipality.toml, row 7, column boundaries.official_accuracy_m" in failed.problem
    assert files_of(copy / "site/gemeente/GM0002") == before
    page = (copy / "site/index.html").read_text(encoding="utf-8")
    assert "Van Stad 2 staat hier de vorige versie" in page
    assert "Dorp 3" in page
    # mended as it was: the site that stands there is of this very data
    change(settings, "official_accuracy_m = -1", "official_accuracy_m = 10")
    assert again(copy) == (0, COUNT, ())
    assert "vorige versie" not in (copy / "site/index.html").read_text(encoding="utf-8")


def test_what_was_never_built_is_on_the_page_without_figures(tmp_path: Path) -> None:
    land, out = make_land(tmp_path / "land", 3), tmp_path / "site"
    (data_of(land, 3) / "statistics/kerncijfers.csv").unlink()
    report = build_country(options(land, out, "GM0001, GM0003"))
    assert [outcome.gm_code for outcome in report.failed] == ["GM0003"]
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "nog niet gebouwd" in page  # GM0002, which nobody asked for
    assert "bouwen is niet gelukt" in page
    rows = (out / "data/buurten.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 1 + 4 * 3
    (row,) = (row for row in rows if row.startswith("BU00020101;"))
    assert "1010" not in row
    assert "niet gebouwd" in row


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("all", ("GM0001", "GM0002", "GM0003")),
        ("GM0003,GM0001", ("GM0001", "GM0003")),
        (" GM0002 , GM0002 ", ("GM0002",)),
    ],
)
def test_municipalities_are_named_by_their_codes(
    made: Path, words: str, codes: tuple[str, ...]
) -> None:
    assert chosen(load_country(made / "land"), words) == codes


def test_every_unknown_code_is_told(made: Path) -> None:
    with pytest.raises(InputError) as caught:
        chosen(load_country(made / "land"), "GM0001,GM0009,delft")
    assert [problem.found for problem in caught.value.problems] == ["'GM0009'", "'delft'"]
    with pytest.raises(InputError, match="found nothing"):
        chosen(load_country(made / "land"), " , ")


def test_what_is_wrong_with_the_folder_of_a_country_is_told_at_once(tmp_path: Path) -> None:
    land = make_land(tmp_path / "land", 1)
    (land / "gemeenten" / "Delft").mkdir()
    source = 'path = "homes.parquet"\ntitle = "a"\nsource = "b"\nlicence = "c"\nvintage = "d"\n'
    text = (land / "land.toml").read_text(encoding="utf-8")
    dated = f'{text}[dwellings]\n{source}retrieved = "2026-01-01"\n'
    (land / "land.toml").write_text(dated, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_country(land)
    assert [problem.file for problem in caught.value.problems] == ["gemeenten/Delft", "land.toml"]
    shutil.rmtree(land / "gemeenten")
    with pytest.raises(InputError, match="expected a data folder per municipality, found none"):
        load_country(land)


def test_a_folder_with_other_peoples_files_is_refused(made: Path, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "thesis.docx").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match=r"found 'thesis\.docx'"):
        build_country(options(made / "land", tmp_path / "site"))
    assert [path.name for path in tmp_path.rglob("*.*")] == ["thesis.docx"]


def test_the_site_of_one_municipality_is_never_replaced(made: Path, tmp_path: Path) -> None:
    build_site(BuildOptions(data_of(made / "land", 1), tmp_path / "site", edition="intern"))
    before = files_of(tmp_path / "site")
    with pytest.raises(OutputError, match="apart from the site of one municipality"):
        build_country(options(made / "land", tmp_path / "site"))
    assert files_of(tmp_path / "site") == before


def test_a_run_goes_on_in_a_folder_where_it_was_broken_off(copy: Path) -> None:
    before = files_of(copy / "site")
    for name in ("index.html", "manifest.json"):
        (copy / "site" / name).unlink()
    shutil.rmtree(copy / "site/assets")
    shutil.rmtree(copy / "site/data")
    (copy / "site/index.html.geo-lv-new").write_text("half", encoding="utf-8")
    assert again(copy) == (0, COUNT, ())
    assert files_of(copy / "site") == before


HOMES = HomesSource(
    path="homes.parquet",
    title="Woningen",
    source="verzonnen",
    licence="geen",
    vintage="2025",
    retrieved="2025-01-01",
    fictitious=True,
)


def test_homes_of_the_country_come_to_the_municipality_in_which_they_lie(copy: Path) -> None:
    """Twelve homes in the west of Stad 1, eleven of Stad 2, and two beside the country."""
    places = [(150_100 + n, 460_100) for n in range(12)]
    places += [(152_100 + n, 460_100) for n in range(11)]
    places += [(149_000, 460_100), (150_100, 470_000)]
    homes = pd.DataFrame(places, columns=["x_rd", "y_rd"], dtype="float64")
    homes["dwelling_id"] = [f"F-{n}" for n in range(len(homes))]
    homes["corporation"], homes["energy_label"] = "Wonen Een", "B"
    homes["build_year"] = pd.array([1960, None] * 12 + [1960], dtype="Int64")
    homes.to_parquet(copy / "land/homes.parquet")
    entry = "".join(f"{name} = {json.dumps(value)}\n" for name, value in HOMES.model_dump().items())
    change(copy / "land/land.toml", '"huurwoningen"', '"corporatiewoningen"')
    with (copy / "land/land.toml").open("a", encoding="utf-8") as file:
        file.write(f"[dwellings]\n{entry}")
    shutil.rmtree(copy / "site")  # a site tells what changed since the one before
    assert again(copy) == (COUNT, 0, ())
    assert again(copy) == (0, COUNT, ())
    rows = (copy / "site/data/buurten.csv").read_text(encoding="utf-8-sig").splitlines()
    shown = {row.split(";")[0]: row for row in rows}
    assert ";10" in shown["BU00010101"]  # 12 in steps of five
    assert "FICTIEVE VOORBEELDGEGEVENS" in (copy / "site/index.html").read_text(encoding="utf-8")
    (parts,) = (copy / ".site.land").glob("homes-*")
    counts = {path.stem: len(pd.read_parquet(path)) for path in parts.glob("*.parquet")}
    assert counts == {"GM0001": 12, "GM0002": 11, "GM0003": 0, "outside": 2, "without_place": 0}
    data = with_homes(data_of(copy / "land", 2), parts / "GM0002.parquet", HOMES, copy / "alone")
    build_site(BuildOptions(data, copy / "alone-site"))
    assert files_of(copy / "alone-site") == files_of(copy / "site/gemeente/GM0002")


def test_homes_without_what_every_home_has_are_refused(made: Path, tmp_path: Path) -> None:
    pd.DataFrame({"x_rd": [1.0], "y_rd": [2.0]}).to_parquet(tmp_path / "part.parquet")
    with pytest.raises(InputError) as caught:
        with_homes(data_of(made / "land", 1), tmp_path / "part.parquet", HOMES, tmp_path / "data")
    found = [problem.column for problem in caught.value.problems]
    assert found == ["dwelling_id", "corporation", "energy_label"]
    assert not (tmp_path / "data").exists()


def command(land: Path, out: Path, *more: str) -> list[str]:
    start = [sys.executable, "-m", "geo_lv", "--data", str(land), "build", "--gemeenten", "all"]
    return [*start, "--engine", "dask", "--out", str(out), *more]


def wait_for(found: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not found():
        assert time.monotonic() < end
        time.sleep(0.02)


def workers_of(process: "subprocess.Popen[str]") -> list[psutil.Process]:
    """Return the processes that do the work: children of the nannies, which are in the program."""
    children = psutil.Process(process.pid).children(recursive=True)
    return [child for child in children if "spawn_main" in " ".join(child.cmdline())]


def test_a_killed_worker_loses_nothing(made: Path, tmp_path: Path) -> None:
    """Two processes build the very same bytes, also when one is killed halfway."""
    out, parts = tmp_path / "site", tmp_path / ".site.land/parts"
    with subprocess.Popen(
        command(made / "land", out),
        cwd=ROOT,
        env={**os.environ, **PLAIN},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        wait_for(lambda: any(parts.glob("GM*.json")))
        workers_of(process)[0].kill()
        said, complained = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0, complained
    assert said.splitlines()[0] == f"{COUNT} municipalities: {COUNT} built, 0 still good, 0 failed"
    assert complained == ""
    assert files_of(out) == files_of(made / "site")
    assert {path.name for path in tmp_path.iterdir()} == {"site", ".site.land"}


@contextmanager
def cluster() -> Iterator[str]:
    """Start a scheduler and a worker as somebody who has a cluster does; give the address."""
    dask = [sys.executable, "-m", "dask"]
    place = ["--host", "127.0.0.1", "--no-dashboard"]
    with subprocess.Popen(
        [*dask, "scheduler", *place, "--port", "0"], stderr=subprocess.PIPE, text=True
    ) as scheduler:
        assert scheduler.stderr
        found = (re.search(r"Scheduler at:\s+(tcp://\S+)", line) for line in scheduler.stderr)
        address = next(each[1] for each in found if each)
        worker = subprocess.Popen(
            [*dask, "worker", address, *place, "--nthreads", "1"], stderr=subprocess.DEVNULL
        )
        try:
            yield address
        finally:
            for process in (worker, scheduler):
                process.terminate()
                process.wait(PATIENCE_S)


def test_a_scheduler_that_runs_does_the_work(made: Path, tmp_path: Path) -> None:
    with cluster() as address:
        done = subprocess.run(
            command(made / "land", tmp_path / "site", "--scheduler", address),
            cwd=ROOT,
            env={**os.environ, **PLAIN},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert files_of(tmp_path / "site") == files_of(made / "site")


def test_a_scheduler_that_does_not_answer_is_told(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo_lv.country.engines._WAIT", "1s")
    wanted = CountryOptions(
        made / "land",
        tmp_path / "site",
        BuildOptions(tmp_path, tmp_path),
        engine="dask",
        scheduler="tcp://127.0.0.1:9",
    )
    with pytest.raises(GeoLvError, match="expected a dask scheduler that answers, found none"):
        build_country(wanted)


def test_the_command_tells_what_failed_and_what_to_do(copy: Path) -> None:
    change(data_of(copy / "land", 2) / "municipality.toml", 'name = "Stad 2"', "name = 2")
    done = run(
        "--data", copy / "land", "build", "--gemeenten", "all", "--out", copy / "site"
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == "3 municipalities: 0 built, 2 still good, 1 failed"
    assert done.stderr.startswith("GM0002: municipality.toml, row 2, column name: expected")
    assert done.stderr.endswith(
        "mend these and give the same command: only what is not good is built again\n"
    )


@pytest.mark.parametrize(
    "more",
    [("--edition", "intern"), ("--watch",), ("--archief", "2026"), ("--pack", "veiligheid")],
)
def test_what_is_about_one_municipality_is_refused_for_many(
    more: tuple[str, ...], tmp_path: Path
) -> None:
    done = run("build", "--gemeenten", "all", *more, cwd=tmp_path)
    assert done.returncode == 2
    assert "--gemeenten: leave out" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_country_is_not_built_as_one_municipality(made: Path, tmp_path: Path) -> None:
    done = run("--data", made / "land", "build", "--out", tmp_path / "site")
    assert done.returncode == 2
    assert "holds many municipalities: add --gemeenten all" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_engine_is_for_many_municipalities(tmp_path: Path) -> None:
    done = run("build", "--engine", "dask", cwd=tmp_path)
    assert done.returncode == 2
    assert "only with --gemeenten" in done.stderr
